//! The `brand.toml` a new project starts with, and the reference of its keys. Both come from the table of keys.

use super::key::{KEYS, Key, TABLES};

/// A commented `brand.toml` for a Jitsi Meet named `name` on these hosts. Every key is explained; all but the
/// name are examples behind a `#`. With an empty name, that too.
///
/// The first line names the schema `brand.schema.json` beside the file, for editors.
#[must_use]
pub fn template(name: &str, hosts: &[String]) -> String {
    let tables = TABLES.iter().map(|(table, doc)| format!("\n# {doc}\n{}", lines(table, name, hosts)));
    std::iter::once(HEAD.to_owned()).chain(tables).collect()
}

/// The keys of `brand.toml` as a table in Markdown: name, what it holds, what it is.
#[must_use]
pub fn reference() -> String {
    let head = "| key | example | what it is |\n|---|---|---|\n".to_owned();
    let rows = KEYS.iter().map(|key| format!("| `{}` | `{}` | {} |\n", key.name, key.example, key.doc));
    std::iter::once(head).chain(rows).collect()
}

const HEAD: &str = "#:schema ./brand.schema.json
# The brand: what this Jitsi Meet should look like, whatever its version.
# Every table and every key may be left out. A key behind a `#` is an example: take the `#` away and say your own.
";

/// The lines of one table.
fn lines(table: &str, name: &str, hosts: &[String]) -> String {
    match table {
        "text" => {
            let Key { doc, example, .. } = Key::text();
            format!("# {doc}\n#[text.en]\n#\"welcomepage.headerTitle\" = {example}\n")
        }
        "silence" => "#[silence]\n#mobile-promo-lockout = \"all our phones have the app\"\n".to_owned(),
        "sites" => sites(hosts),
        _ => {
            let keys = Key::of(table).map(|key| line(key, name));
            std::iter::once(format!("[{table}]\n")).chain(keys).collect()
        }
    }
}

fn line(key: &Key, name: &str) -> String {
    let name = one_line(name);
    let written = if key.name == "brand.name" && !name.is_empty() {
        format!("{} = {}", key.field(), quoted(&name))
    } else {
        format!("#{} = {}", key.field(), key.example)
    };
    format!("# {}\n{written}\n", key.doc)
}

fn sites(hosts: &[String]) -> String {
    let example = ["meet.example.org".to_owned()];
    let hosts = if hosts.is_empty() { &example } else { hosts };
    let tables =
        hosts.iter().map(|host| ["#[sites.", &quoted(host), "]\n#people.remote = \"guest\"\n"].concat());
    tables.collect()
}

/// A name as the reader takes it: one line, not too long.
fn one_line(name: &str) -> String {
    let broken = |letter: char| letter.is_control() || matches!(letter, '\u{2028}' | '\u{2029}');
    name.replace(broken, " ").trim().chars().take(200).collect()
}

/// A TOML string.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
