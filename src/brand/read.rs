//! Reads a brand: walks its tables, and checks every key against the table of keys.
//!
//! It stops at nothing: what is wrong is added to the faults, and the next key is read.

use super::check;
use super::key::{KEYS, Key, Kind, TABLES};
use super::link::is_host;
use super::{Brand, BrandWish, HostTable, Silenced};
use crate::fault::Fault;
use crate::text::{Span, Text};
use crate::toml::{Content, Entry, Faults, nearest};
use crate::value::KeyPath;

struct Reader<'a> {
    faults: Faults<'a>,
    brand: Brand,
}

/// Reads `text`, which is the file `file`.
pub(super) fn brand(file: &str, text: &Text) -> Result<Brand, Vec<Fault>> {
    let (entries, faults) = crate::toml::read(file, text);
    let mut reader = Reader { faults, brand: Brand::default() };
    for entry in &entries {
        if entry.key == "sites" { reader.sites(entry) } else { reader.table(entry, None) }
    }
    let Reader { faults, mut brand } = reader;
    brand.wishes.sort_by_key(|wish| (wish.wish.place.line, wish.wish.place.column));
    faults.outcome(brand)
}

impl Reader<'_> {
    fn sites(&mut self, sites: &Entry) {
        for entry in self.entries_of(sites, "[sites.\"meet.example.org\"]") {
            if !is_host(&entry.key) {
                let hint = "write the name alone, such as `[sites.\"meet.example.org\"]`";
                self.faults.add(entry.key_span, format!("`{}` is no host name", entry.key), hint);
                continue;
            }
            if self.brand.sites.iter().any(|site| site.host.eq_ignore_ascii_case(&entry.key)) {
                let hint = "host names do not tell capitals from small letters";
                self.faults.add(entry.key_span, format!("the host `{}` is there twice", entry.key), hint);
                continue;
            }
            let place = self.faults.place(entry.key_span);
            self.brand.sites.push(HostTable { host: entry.key.clone(), place });
            for table in self.entries_of(entry, &format!("[sites.\"{}\"]", entry.key)) {
                self.table(table, Some(&entry.key));
            }
        }
    }

    /// A table of keys, for one host or for all.
    fn table(&mut self, table: &Entry, site: Option<&str>) {
        let known = TABLES.iter().any(|(name, _)| *name == table.key) && table.key != "sites";
        if !known {
            return self.unknown_table(table, site);
        }
        for entry in self.entries_of(table, &format!("[{}]", table.key)) {
            match table.key.as_str() {
                "text" => self.language(entry, site),
                "silence" => self.silence(entry, site),
                _ => self.key(table, entry, site),
            }
        }
    }

    fn key(&mut self, table: &Entry, entry: &Entry, site: Option<&str>) {
        let name = format!("{}.{}", table.key, entry.key);
        if let Some(key) = Key::named(&name) {
            return self.wish(key, KeyPath::dotted(&name), entry, site);
        }
        let hint = other_key(&table.key, &entry.key);
        self.faults.add(entry.key_span, format!("unknown key `{name}`"), hint);
    }

    /// The strings of one language, by keys in quotes or with TOML's own dots.
    fn language(&mut self, language: &Entry, site: Option<&str>) {
        if !is_language(&language.key) {
            let hint = "write it as `en`, `pt-BR` or `zh-TW`";
            self.faults.add(language.key_span, format!("`{}` is no language", language.key), hint);
            return;
        }
        for entry in self.entries_of(language, &format!("[text.{}]", language.key)) {
            self.strings(&language.key, entry.key.clone(), entry, site);
        }
    }

    fn strings(&mut self, language: &str, name: String, entry: &Entry, site: Option<&str>) {
        if let Content::Table(below) = &entry.node.content {
            for entry in below {
                self.strings(language, format!("{name}.{}", entry.key), entry, site);
            }
            return;
        }
        if name.split('.').any(|segment| segment.trim().is_empty()) {
            let hint = "write it as `\"welcomepage.headerTitle\"`";
            return self.faults.add(entry.key_span, format!("`{name}` is no key of a string"), hint);
        }
        let path = KeyPath::new(vec!["text".to_owned(), language.to_owned(), name]);
        if let Some(first) =
            self.brand.wishes.iter().find(|wish| wish.path == path && wish.site.as_deref() == site)
        {
            let hint = format!("it is written first at line {}", first.wish.place.line);
            return self.faults.add(entry.key_span, format!("`{path}` is written twice"), hint);
        }
        self.wish(Key::text(), path, entry, site);
    }

    /// A mistake that is none here, with the reason.
    fn silence(&mut self, entry: &Entry, site: Option<&str>) {
        let place = self.faults.place(entry.key_span);
        let (id, host) = (entry.key.clone(), site.map(str::to_owned));
        match check::value(Kind::Text(500), &entry.node, &|span| self.faults.source(span)) {
            Ok(reason) => {
                let reason = reason.as_str().unwrap_or_default().to_owned();
                self.brand.silenced.push(Silenced { id, reason, host, place });
            }
            Err(complaints) => {
                for complaint in complaints {
                    let hint = "say why it is no mistake here, in quotes";
                    self.faults.add(entry.node.span, format!("`silence.{id}` {}", complaint.message), hint);
                }
            }
        }
    }

    fn wish(&mut self, key: &'static Key, path: KeyPath, entry: &Entry, site: Option<&str>) {
        match check::value(key.kind, &entry.node, &|span| self.faults.source(span)) {
            Ok(value) => {
                let wish = self.faults.wish(full_name(&path, site), entry.span());
                self.brand.wishes.push(BrandWish { key, path, site: site.map(str::to_owned), value, wish });
            }
            Err(complaints) => {
                for complaint in complaints {
                    let span = complaint.span.unwrap_or(entry.node.span);
                    self.faults.add(span, format!("`{path}` {}", complaint.message), complaint.hint);
                }
            }
        }
    }

    fn unknown_table(&mut self, table: &Entry, site: Option<&str>) {
        let hint = match (&table.node.content, site) {
            (Content::Table(_), Some(host)) if !host.contains('.') => quoted_host(host, table),
            (_, Some(_)) if table.key == "sites" => Some("a host's table holds no other hosts".to_owned()),
            (Content::Table(_), _) => None,
            (_, _) => KEYS.iter().find(|key| key.field() == table.key).map(|key| meant(key.name)),
        };
        let near = || nearest(&table.key, TABLES.iter().map(|(name, _)| *name)).map(meant);
        let hint = hint
            .or_else(near)
            .unwrap_or_else(|| format!("the tables are {}", listed(TABLES.iter().map(|(name, _)| *name))));
        let what = if matches!(table.node.content, Content::Table(_)) { "table" } else { "key" };
        self.faults.add(table.key_span, format!("unknown {what} `{}`", table.key), hint);
    }

    /// The entries of a table, or a fault if it is none.
    fn entries_of<'e>(&mut self, entry: &'e Entry, header: &str) -> &'e [Entry] {
        if let Content::Table(entries) = &entry.node.content {
            return entries;
        }
        let message = format!("`{}` is a table, not {}", entry.key, entry.node.content.kind());
        let span = Span::new(entry.key_span.start, entry.key_span.end);
        self.faults.add(span, message, format!("write its keys below `{header}`"));
        &[]
    }
}

fn full_name(path: &KeyPath, site: Option<&str>) -> String {
    let Some(host) = site else { return path.to_string() };
    let above = ["sites", host].map(str::to_owned);
    KeyPath::new([&above, path.segments()].concat()).to_string()
}

/// What was meant by `field`, which the table does not have.
fn other_key(table: &str, field: &str) -> String {
    if let Some(near) = nearest(field, Key::of(table).map(Key::field)) {
        return meant(near);
    }
    match KEYS.iter().find(|key| key.field() == field) {
        Some(key) => meant(key.name),
        None => format!("the keys of `[{table}]` are {}", listed(Key::of(table).map(Key::field))),
    }
}

/// What was meant by `[sites.meet.example.org]`, whose dots make tables.
fn quoted_host(first: &str, table: &Entry) -> Option<String> {
    let mut host = format!("{first}.{}", table.key);
    let mut node = &table.node;
    while let Content::Table(entries) = &node.content {
        match entries.as_slice() {
            [only] if !TABLES.iter().any(|(name, _)| *name == only.key) => {
                host = format!("{host}.{}", only.key);
                node = &only.node;
            }
            _ => break,
        }
    }
    is_host(&host).then(|| format!("put the host in quotes: `[sites.\"{host}\"]`"))
}

/// Whether `text` names a language as upstream does: `en`, `pt-BR`, in older releases `ptBR`.
fn is_language(text: &str) -> bool {
    let letters = text.chars().take_while(char::is_ascii_lowercase).count();
    let (language, rest) = text.split_at(letters);
    let region = rest.strip_prefix('-').unwrap_or(rest);
    let titled = region.chars().skip(1).all(|letter| letter.is_ascii_lowercase());
    let capitals = region.chars().all(|letter| letter.is_ascii_uppercase());
    let starts = region.starts_with(|letter: char| letter.is_ascii_uppercase());
    (2..=3).contains(&language.len())
        && (rest.is_empty() || starts && (region.len() == 2 && capitals || region.len() == 4 && titled))
}

fn meant(name: &str) -> String {
    format!("did you mean `{name}`?")
}

fn listed<'n>(names: impl Iterator<Item = &'n str>) -> String {
    names.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
