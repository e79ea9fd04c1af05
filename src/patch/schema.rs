//! The JSON Schema of a patch file, so that editors complete it, and the reference of its tables.
//!
//! The schema knows the tables, not Jitsi's keys: those are the catalogue's.

use serde_json::{Map, Value as Json, json};

use super::TABLES;

/// The schema of `patches/*.toml` (JSON Schema, draft 2020-12).
#[must_use]
pub fn schema() -> Json {
    let mut properties = Map::new();
    properties.insert(
        "style".to_owned(),
        json!({
            "enum": ["splice", "overlay"],
            "default": "splice",
            "description": "How edits are made: where the key stands, or by assignments after everything else.",
        }),
    );
    for table in &TABLES {
        let mut schema = self::table(table.name);
        if let Json::Object(members) = &mut schema {
            members.insert("description".to_owned(), table.doc.into());
            members.insert("examples".to_owned(), json!([table.example]));
        }
        properties.insert(table.name.to_owned(), schema);
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "patches/*.toml",
        "description": "Typed edits of interface_config.js, config.js or manifest.json; the file's name says of which.",
        "type": "object",
        "additionalProperties": false,
        "properties": properties,
        "$defs": {
            "path": {
                "type": "string",
                "pattern": r"^[^.]+(\.[^.]+)*$",
                "not": { "pattern": r"(^|\.)(__proto__|constructor|prototype)(\.|$)" },
            },
            "values": table_of(&json!({})),
            "lists": table_of(&json!({
                "anyOf": [{ "type": "array", "minItems": 1 }, { "$ref": "#/$defs/lists" }],
            })),
            "literals": table_of(&json!({
                "anyOf": [{ "type": "string", "pattern": r"\S" }, { "$ref": "#/$defs/literals" }],
            })),
        },
    })
}

/// The tables of a patch file as a table in Markdown.
#[must_use]
pub fn reference() -> String {
    let head = "| table | example | what it does |\n|---|---|---|\n".to_owned();
    let rows =
        TABLES.iter().map(|table| format!("| `[{}]` | `{}` | {} |\n", table.name, table.example, table.doc));
    std::iter::once(head).chain(rows).collect()
}

fn table(name: &str) -> Json {
    match name {
        "set" => json!({ "$ref": "#/$defs/values" }),
        "raw" => json!({ "$ref": "#/$defs/literals" }),
        "remove" => json!({
            "type": "object",
            "additionalProperties": false,
            "properties": { "keys": { "type": "array", "items": { "$ref": "#/$defs/path" } } },
        }),
        _ => json!({ "$ref": "#/$defs/lists" }),
    }
}

/// A table whose keys are paths.
fn table_of(what: &Json) -> Json {
    json!({ "type": "object", "propertyNames": { "$ref": "#/$defs/path" }, "additionalProperties": what })
}
