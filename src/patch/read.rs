//! Reads a patch file: walks its tables and makes an edit of every leaf.
//!
//! It stops at nothing: what is wrong is added to the faults, and the next key is read.

use super::{PatchFile, Style, TABLES, Target, clash, value};
use crate::edit::{Edit, Op};
use crate::fault::Fault;
use crate::text::{Span, Text};
use crate::toml::{Content, Entry, Faults, Node, nearest};
use crate::value::KeyPath;

/// An edit, and where its key is written.
pub(super) struct Written {
    pub(super) edit: Edit,
    pub(super) span: Span,
}

struct Reader<'a> {
    faults: Faults<'a>,
    written: Vec<Written>,
}

/// Reads `text`, which is the file `file`.
pub(super) fn patch(file: &str, text: &Text) -> Result<PatchFile, Vec<Fault>> {
    let (entries, mut faults) = crate::toml::read(file, text);
    let target = target(file, &mut faults);
    let mut reader = Reader { faults, written: Vec::new() };
    let mut style = Style::default();
    for entry in &entries {
        match entry.key.as_str() {
            "style" => style = reader.style(&entry.node, target),
            "set" | "append" | "without" | "raw" => reader.table(entry),
            "remove" => reader.remove(entry),
            _ => reader.unknown(entry),
        }
    }
    let Reader { mut faults, mut written } = reader;
    written.sort_by_key(|written| written.span);
    clash::check(&written, &mut faults);
    let edits = written.into_iter().map(|written| written.edit).collect();
    // Without a target there is a fault, so its stand-in here is never seen.
    let target = target.unwrap_or(Target::Config);
    faults.outcome(PatchFile { file: file.to_owned(), target, style, edits })
}

fn target(file: &str, faults: &mut Faults<'_>) -> Option<Target> {
    let name = file.rsplit('/').next().unwrap_or(file);
    let stem = name.strip_suffix(".toml").unwrap_or(name);
    let found = Target::ALL.into_iter().find(|target| target.name() == stem);
    if found.is_none() {
        let names = Target::ALL.map(|target| format!("`{}.toml`", target.name())).join(", ");
        let hint = match nearest(stem, Target::ALL.map(Target::name)) {
            Some(near) => format!("did you mean `{near}.toml`? The names are {names}"),
            None => format!("the names are {names}"),
        };
        faults.add(Span::empty(0), format!("the name `{name}` says of no file that it is edited"), hint);
    }
    found
}

impl Reader<'_> {
    fn style(&mut self, node: &Node, target: Option<Target>) -> Style {
        let overlay = matches!(&node.content, Content::String(text) if text == "overlay");
        let splice = matches!(&node.content, Content::String(text) if text == "splice");
        if overlay && target == Some(Target::Manifest) {
            let hint = "leave `style` out: an overlay is JavaScript";
            self.faults.add(node.span, "`manifest.json` takes no overlay", hint);
        } else if !overlay && !splice {
            let message =
                format!("`style` cannot be `{}`", self.faults.source(node.span).trim_matches(['"', '\'']));
            self.faults.add(node.span, message, "write `\"splice\"` or `\"overlay\"`");
        }
        if overlay { Style::Overlay } else { Style::Splice }
    }

    /// A table whose leaves are edits.
    fn table(&mut self, table: &Entry) {
        for entry in self.entries_of(table) {
            self.leaves(&table.key, &KeyPath::default(), entry);
        }
    }

    fn leaves(&mut self, table: &str, above: &KeyPath, entry: &Entry) {
        let Some(at) = value::path(above, &entry.key, entry.key_span, &mut self.faults) else { return };
        match &entry.node.content {
            Content::Table(entries) if table != "set" || !entries.is_empty() => {
                for below in entries {
                    self.leaves(table, &at, below);
                }
                if entries.is_empty() {
                    let hint = "leave it out";
                    self.faults.add(entry.key_span, format!("`{at}` is an empty table"), hint);
                }
            }
            _ => {
                if let Some(op) = value::op(table, &at, &entry.node, &mut self.faults) {
                    self.edit(table, at, op, entry.span());
                }
            }
        }
    }

    fn remove(&mut self, table: &Entry) {
        for entry in self.entries_of(table) {
            match &entry.node.content {
                Content::List(items) if entry.key == "keys" => {
                    for item in items {
                        self.remove_key(item);
                    }
                }
                content if entry.key == "keys" => {
                    let message = format!("`keys` is a list of strings, not {}", content.kind());
                    let hint = format!("write `keys = [{}]`", self.faults.source(entry.node.span));
                    self.faults.add(entry.node.span, message, hint);
                }
                _ => {
                    let hint = format!("write `keys = [\"{}\"]`", entry.key);
                    self.faults.add(entry.key_span, format!("unknown key `{}`", entry.key), hint);
                }
            }
        }
    }

    fn remove_key(&mut self, item: &Node) {
        let Content::String(key) = &item.content else {
            let message = format!("a key is a string, not {}", item.content.kind());
            return self.faults.add(item.span, message, "write its name in quotes");
        };
        if let Some(at) = value::path(&KeyPath::default(), key, item.span, &mut self.faults) {
            self.edit("remove", at, Op::Remove, item.span);
        }
    }

    fn edit(&mut self, table: &str, at: KeyPath, op: Op, span: Span) {
        let why = self.faults.wish(format!("{table} {at}"), span);
        self.written.push(Written { edit: Edit { at, op, why }, span });
    }

    fn unknown(&mut self, entry: &Entry) {
        let names = || TABLES.iter().map(|table| table.name).chain(["style"]);
        let hint = match nearest(&entry.key, names()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "write the keys of the edited file below `[set]`".to_owned(),
        };
        let what = if matches!(entry.node.content, Content::Table(_)) { "table" } else { "key" };
        self.faults.add(entry.key_span, format!("unknown {what} `{}`", entry.key), hint);
    }

    /// The entries of a table, or a fault if it is none.
    fn entries_of<'e>(&mut self, entry: &'e Entry) -> &'e [Entry] {
        if let Content::Table(entries) = &entry.node.content {
            return entries;
        }
        let example = TABLES.iter().find(|table| table.name == entry.key).map_or("", |table| table.example);
        let message = format!("`{}` is a table, not {}", entry.key, entry.node.content.kind());
        let hint = format!("write `[{}]` and below it, say, `{example}`", entry.key);
        self.faults.add(entry.key_span, message, hint);
        &[]
    }
}
