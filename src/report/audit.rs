//! What is left of upstream: in words, grouped by where a visitor meets it, and as JSON.

use std::fmt::Write as _;

use serde_json::{Value as Json, json};

use crate::audit::{Left, Remedy};

/// Everything that is left, by where it is met.
#[must_use]
pub fn audit(left: &[Left]) -> String {
    let mut out = String::new();
    let mut heading = None;
    for one in left {
        if heading != Some(one.seen) {
            // Writing to a string cannot fail.
            let _ = writeln!(out, "{}{}", if heading.is_some() { "\n" } else { "" }, one.seen);
            heading = Some(one.seen);
        }
        let _ = writeln!(out, "  {}\n    {}\n    {}", one.place, one.says, remedy(&one.remedy));
    }
    out
}

/// The same as JSON.
#[must_use]
pub fn audit_json(left: &[Left], ok: bool) -> Json {
    json!({ "format": 1, "command": "audit", "ok": ok, "left": left })
}

fn remedy(remedy: &Remedy) -> String {
    match remedy {
        Remedy::Wish(name) => format!("→ `{name}` of brand.toml"),
        Remedy::Patch { file, path } => format!("→ `{path}` in {file}"),
        Remedy::Hunk { file } => format!("→ a diff of {file} in patches/*.patch"),
        Remedy::Bundle(reason) => format!("stays: {reason}"),
    }
}
