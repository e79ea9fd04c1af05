//! The JSON Schema of `patches/*.toml`, by which editors complete and check them.

use serde_json::{Value as Json, json};

/// The schema, in draft 2020-12.
#[must_use]
pub fn schema() -> Json {
    let lists = json!({ "oneOf": [{ "type": "array" }, { "type": "object" }] });
    let sources = json!({ "oneOf": [{ "type": "string" }, { "type": "object" }] });
    let table = |description: &str, values: Option<&Json>| {
        let values = values.cloned().unwrap_or(json!(true));
        json!({ "type": "object", "description": description, "additionalProperties": values })
    };
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "patches/*.toml of rebrand",
        "type": "object",
        "properties": {
            "style": {
                "enum": ["splice", "overlay"],
                "description": "how the edits are made: in the text, or as a block of assignments at the end",
            },
            "set": table("keys and the values they get; dots, quoted or not, mean a path", None),
            "append": table("lists, and the items they get where those are missing", Some(&lists)),
            "without": table("lists, and the items they lose", Some(&lists)),
            "remove": {
                "type": "object",
                "description": "keys that are taken out",
                "properties": { "keys": { "type": "array", "items": { "type": "string", "minLength": 1 } } },
                "additionalProperties": false,
            },
            "raw": table("keys and the JavaScript literals they get, in quotes", Some(&sources)),
        },
        "additionalProperties": false,
    })
}
