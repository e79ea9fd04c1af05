//! The `brand.toml` that `rebrand init` writes: every key, explained and commented out.

use std::fmt::Write as _;

use super::keys::{KEYS, Key};

/// The file for a brand called `name`, on a machine with these `hosts`.
#[must_use]
pub fn template(name: &str, hosts: &[String]) -> String {
    let mut text = "# What this Jitsi Meet looks like. Take the `#` away from what you want;\n\
                    # `rebrand diff` shows what it changes before `rebrand apply` changes it.\n"
        .to_owned();
    let mut section = "";
    for key in KEYS.iter().filter(|key| key.name.contains('.')) {
        let Some((table, leaf)) = key.name.split_once('.') else { continue };
        if table != section {
            let _ = write!(text, "\n[{table}]\n");
            section = table;
        }
        text.push_str(&line(key, leaf, name));
    }
    text.push_str("\n# Strings of the translations, by language and key:\n# [text.en]\n# \"welcomepage.headerTitle\" = \"…\"\n");
    text.push_str("\n# Any key above, for one host only:\n");
    for host in hosts {
        let _ = write!(text, "# [sites.\"{host}\"]\n# people.remote = \"fellow guest\"\n");
    }
    text
}

fn line(key: &Key, leaf: &str, name: &str) -> String {
    let later = if key.is_carried { "" } else { " (not carried by this version)" };
    let entry = match key.name {
        "brand.name" => format!("{leaf} = {}", crate::value::Value::from(name)),
        _ => format!("# {leaf} = {}", key.example),
    };
    format!("# {}{later}\n{entry}\n", key.doc)
}
