//! Reading `brand.toml`: every key typed, every fault told.

use super::check::check;
use super::keys::{KEYS, Key, Kind, find, is_section};
use super::{Brand, BrandWish};
use crate::edit::Wish;
use crate::fault::Fault;
use crate::text::{Span, Text};
use crate::toml::{Item, Reading, Table, as_table, kind, members, nearest, span};
use crate::value::Value;

/// Reads `text`, the file `file`.
pub(super) fn read(file: &str, text: &Text) -> Result<Brand, Vec<Fault>> {
    let (reading, table) = Reading::start(file, text);
    let mut reader = Reader { reading, brand: Brand::default() };
    for (name, at, item) in members(table.get_ref()) {
        if name == "sites" { reader.sites(item) } else { reader.entry("", name, at, item, None) }
    }
    let faults = reader.reading.faults();
    if faults.is_empty() { Ok(reader.brand) } else { Err(faults) }
}

struct Reader<'t> {
    reading: Reading<'t>,
    brand: Brand,
}

impl Reader<'_> {
    fn sites(&mut self, item: &Item<'_>) {
        let Some(table) = as_table(item) else {
            return self.wrong_kind(item, "sites", "a table for each host");
        };
        for (host, at, item) in members(table) {
            let is_host = !host.is_empty()
                && host.chars().all(|letter| letter.is_ascii_alphanumeric() || ".-".contains(letter))
                && !host.starts_with(['.', '-']);
            if !is_host {
                let hint = "write the host as in the address bar, in quotes: `[sites.\"meet.example.org\"]`";
                self.reading.fault(at, format!("`{host}` is no name of a host"), Some(hint));
            }
            let Some(table) = as_table(item) else { return self.wrong_kind(item, host, "a table") };
            self.brand.sites.push(host.to_owned());
            for (name, at, item) in members(table) {
                self.entry("", name, at, item, Some(host));
            }
        }
    }

    /// Reads the entry `name` of the table `above`.
    fn entry(&mut self, above: &str, name: &str, at: Span, item: &Item<'_>, site: Option<&str>) {
        let full = if above.is_empty() { name.to_owned() } else { format!("{above}.{name}") };
        match find(&full) {
            Some(key) if key.kind == Kind::Texts => self.texts(key, item, site),
            Some(key) => self.leaf(key, item, site),
            None if is_section(&full) => match as_table(item) {
                Some(table) => {
                    for (name, at, item) in members(table) {
                        self.entry(&full, name, at, item, site);
                    }
                }
                None => self.wrong_kind(item, &full, "a table"),
            },
            None => self.unknown(&full, at),
        }
    }

    fn unknown(&mut self, name: &str, at: Span) {
        let near = nearest(name, KEYS.iter().map(|key| key.name));
        let hint = near.map_or_else(
            || "`rebrand init` writes a file with every key in it".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        self.reading.fault(at, format!("`{name}` is no key of the brand"), Some(&hint));
    }

    fn wrong_kind(&mut self, item: &Item<'_>, name: &str, wanted: &str) {
        self.reading.fault(span(item), format!("`{name}` is {wanted}, not {}", kind(item)), None);
    }

    fn leaf(&mut self, key: &'static Key, item: &Item<'_>, site: Option<&str>) {
        let Some(value) = self.reading.value(item) else { return };
        match check(key.kind, &value) {
            Ok(()) => self.wish(key, value, span(item), key.name, site),
            Err(wrong) => {
                let hint = wrong
                    .hint
                    .clone()
                    .unwrap_or_else(|| format!("for example `{} = {}`", key.name, key.example));
                self.reading.fault(span(item), format!("`{}` {}", key.name, wrong.message), Some(&hint));
            }
        }
    }

    fn texts(&mut self, key: &'static Key, item: &Item<'_>, site: Option<&str>) {
        let Some(table) = as_table(item) else {
            return self.wrong_kind(item, key.name, "a table for each language");
        };
        for (language, at, item) in members(table) {
            if !is_language(language) {
                let hint = "write it as the files in `lang/` do: `en`, `pt-BR`";
                self.reading.fault(at, format!("`{language}` is no language"), Some(hint));
            }
            match as_table(item) {
                Some(table) => self.strings(key, &format!("text.{language}"), table, site),
                None => self.wrong_kind(item, language, "a table of texts"),
            }
        }
    }

    fn strings(&mut self, key: &'static Key, above: &str, table: &Table<'_>, site: Option<&str>) {
        for (name, _, item) in members(table) {
            let full = format!("{above}.{name}");
            match (as_table(item), item.get_ref().as_str()) {
                (Some(table), _) => self.strings(key, &full, table, site),
                (None, Some(text)) => self.wish(key, Value::from(text), span(item), &full, site),
                (None, None) => self.wrong_kind(item, &full, "a text"),
            }
        }
    }

    fn wish(&mut self, key: &'static Key, value: Value, at: Span, name: &str, site: Option<&str>) {
        let name = site.map_or_else(|| name.to_owned(), |site| format!("sites.\"{site}\".{name}"));
        let wish = Wish { name, place: self.reading.place(at) };
        self.brand.wishes.push(BrandWish { key, site: site.map(str::to_owned), value, wish });
    }
}

/// Whether `name` is written like `en`, `pt-BR` or `zh-TW`.
fn is_language(name: &str) -> bool {
    let (language, region) = name.split_once('-').unwrap_or((name, "XX"));
    (2..=3).contains(&language.len())
        && language.bytes().all(|letter| letter.is_ascii_lowercase())
        && (2..=4).contains(&region.len())
        && region.bytes().all(|letter| letter.is_ascii_alphanumeric())
}
