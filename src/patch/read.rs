//! Reading a patch file: every edit typed, every fault told.

use super::{PatchFile, Style, Target};
use crate::edit::{Edit, Op, Wish};
use crate::fault::Fault;
use crate::text::{Span, Text};
use crate::toml::{Item, Reading, Table, as_table, kind, members, nearest, span};
use crate::value::{KeyPath, Value};

const SECTIONS: [&str; 6] = ["style", "set", "append", "without", "remove", "raw"];

/// Names that would reach the prototype of every object.
const FORBIDDEN: [&str; 3] = ["__proto__", "constructor", "prototype"];

/// Reads `text`, the file `file`.
pub(super) fn read(file: &str, text: &Text) -> Result<PatchFile, Vec<Fault>> {
    let (reading, table) = Reading::start(file, text);
    let mut reader = Reader { reading, style: Style::default(), edits: Vec::new() };
    let target = reader.target(file);
    for (name, at, item) in members(table.get_ref()) {
        reader.section(name, at, item);
    }
    reader.clashes();
    let faults = reader.reading.faults();
    match target {
        Some(target) if faults.is_empty() => {
            let edits = reader.edits.into_iter().map(|(edit, _)| edit).collect();
            Ok(PatchFile { file: file.to_owned(), target, style: reader.style, edits })
        }
        _ => Err(faults),
    }
}

struct Reader<'t> {
    reading: Reading<'t>,
    style: Style,
    edits: Vec<(Edit, Span)>,
}

impl Reader<'_> {
    fn target(&mut self, file: &str) -> Option<Target> {
        let stem = file.rsplit('/').next().unwrap_or(file).trim_end_matches(".toml");
        let found = Target::NAMES.iter().find(|(name, _)| *name == stem).map(|(_, target)| *target);
        if found.is_none() {
            let names: Vec<String> = Target::NAMES.iter().map(|(name, _)| format!("`{name}.toml`")).collect();
            let message = format!("the name `{stem}.toml` tells no file to patch");
            self.reading.fault(Span::empty(0), message, Some(&format!("call it {}", names.join(", "))));
        }
        found
    }

    fn section(&mut self, name: &str, at: Span, item: &Item<'_>) {
        match (name, as_table(item)) {
            ("style", _) => self.style(item),
            ("remove", Some(table)) => self.remove(table),
            ("set" | "append" | "without" | "raw", Some(table)) => {
                self.leaves(name, &KeyPath::default(), table);
            }
            ("set" | "append" | "without" | "raw" | "remove", None) => {
                self.reading.fault(
                    span(item),
                    format!("`{name}` is a table, not {}", kind(item)),
                    Some(&format!("write `[{name}]`")),
                );
            }
            _ => {
                let near = nearest(name, SECTIONS.into_iter());
                let hint = match near {
                    Some(near) => format!("did you mean `[{near}]`?"),
                    None => {
                        "keys stand below `[set]`, `[append]`, `[without]`, `[remove]` or `[raw]`".to_owned()
                    }
                };
                self.reading.fault(at, format!("`{name}` is no part of a patch"), Some(&hint));
            }
        }
    }

    fn style(&mut self, item: &Item<'_>) {
        match item.get_ref().as_str() {
            Some("splice") => self.style = Style::Splice,
            Some("overlay") => self.style = Style::Overlay,
            _ => self.reading.fault(span(item), "`style` is `\"splice\"` or `\"overlay\"`", None),
        }
    }

    fn remove(&mut self, table: &Table<'_>) {
        for (name, at, item) in members(table) {
            let keys = item.get_ref().as_array().filter(|_| name == "keys");
            let Some(keys) = keys else {
                self.reading.fault(
                    at,
                    format!("`remove.{name}` is no part of a patch"),
                    Some("write `keys = [\"KEY\", \"a.b\"]`"),
                );
                continue;
            };
            for key in keys {
                match key.get_ref().as_str() {
                    Some(text) => self.edit("remove", &dotted(text), Op::Remove, span(key)),
                    None => {
                        self.reading.fault(span(key), format!("a key is a string, not {}", kind(key)), None);
                    }
                }
            }
        }
    }

    /// Reads the leaves of `table`, whose path is `above`.
    fn leaves(&mut self, section: &str, above: &KeyPath, table: &Table<'_>) {
        for (name, at, item) in members(table) {
            // Quoted dots and TOML's own both mean a path.
            let path = name.split('.').fold(above.clone(), |path, segment| path.child(segment));
            match (section, as_table(item)) {
                (_, Some(table)) if !table.is_empty() => self.leaves(section, &path, table),
                ("set", _) => {
                    if let Some(value) = self.reading.value(item) {
                        self.edit(section, &path, Op::Set(value), at);
                    }
                }
                ("raw", _) => {
                    if let Some(source) = item.get_ref().as_str() {
                        self.edit(section, &path, Op::Raw(source.to_owned()), at);
                    } else {
                        let hint = "write the JavaScript literal in quotes: `\"null\"`";
                        self.reading.fault(
                            span(item),
                            format!("`{path}` is a string, not {}", kind(item)),
                            Some(hint),
                        );
                    }
                }
                _ => self.list(section, &path, item, at),
            }
        }
    }

    fn list(&mut self, section: &str, path: &KeyPath, item: &Item<'_>, at: Span) {
        match self.reading.value(item) {
            Some(Value::Array(items)) if section == "append" => {
                self.edit(section, path, Op::Append(items), at);
            }
            Some(Value::Array(items)) => self.edit(section, path, Op::Without(items), at),
            Some(_) => {
                let message = format!("`{path}` is a list, not {}", kind(item));
                self.reading.fault(span(item), message, Some("write `[\"item\"]`"));
            }
            None => {}
        }
    }

    fn edit(&mut self, section: &str, path: &KeyPath, op: Op, at: Span) {
        if path.is_root() || path.segments().iter().any(String::is_empty) {
            return self.reading.fault(
                at,
                format!("`{path}` holds an empty part"),
                Some("write a path as `a.b`"),
            );
        }
        if let Some(name) = path.segments().iter().find(|segment| FORBIDDEN.contains(&segment.as_str())) {
            return self.reading.fault(at, format!("`{name}` is no key that can be set"), None);
        }
        let why = Wish { name: format!("{section} {path}"), place: self.reading.place(at) };
        self.edits.push((Edit { at: path.clone(), op, why }, at));
    }

    /// Refuses two edits of one key, or of a key and one below it.
    fn clashes(&mut self) {
        let mut sorted: Vec<(KeyPath, Op, Span)> =
            self.edits.iter().map(|(edit, at)| (edit.at.clone(), edit.op.clone(), *at)).collect();
        sorted.sort_by(|one, other| one.0.cmp(&other.0));
        for (index, (path, op, at)) in sorted.iter().enumerate() {
            let below = sorted.iter().skip(index + 1).take_while(|(other, ..)| path.contains(other));
            for (other, other_op, other_at) in below {
                if !is_list_pair(op, other_op) || path != other {
                    let later = if at.start > other_at.start { at } else { other_at };
                    let message = if path == other {
                        format!("`{path}` is edited twice")
                    } else {
                        format!("`{other}` lies below `{path}`, which is edited too")
                    };
                    self.reading.fault(*later, message, Some("keep one of the two"));
                }
            }
        }
    }
}

/// Whether one adds to a list, the other takes from it, and they share no item.
fn is_list_pair(one: &Op, other: &Op) -> bool {
    match (one, other) {
        (Op::Append(add), Op::Without(drop)) | (Op::Without(drop), Op::Append(add)) => {
            !add.iter().any(|item| drop.contains(item))
        }
        _ => false,
    }
}

/// The path that `text` writes with dots; empty parts stay, to be refused.
fn dotted(text: &str) -> KeyPath {
    KeyPath::new(text.split('.').map(str::to_owned).collect())
}
