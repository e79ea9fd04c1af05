//! The JSON Schema of `brand.toml`, by which editors complete and check it.

use serde_json::{Map, Value as Json, json};

use super::keys::{KEYS, Key, Kind};

/// The schema, in draft 2020-12.
#[must_use]
pub fn schema() -> Json {
    let mut properties = sections();
    let site = json!({
        "type": "object",
        "description": "any key of the brand, for one host only",
        "properties": sections(),
        "additionalProperties": false,
    });
    properties.insert(
        "sites".to_owned(),
        json!({
            "type": "object",
            "description": "keys for one host only, by the host's name",
            "propertyNames": { "pattern": "^[A-Za-z0-9][A-Za-z0-9.-]*$" },
            "additionalProperties": site,
        }),
    );
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "brand.toml of rebrand",
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
    })
}

fn sections() -> Map<String, Json> {
    let mut sections: Map<String, Json> = Map::new();
    for key in KEYS.iter().filter(|key| key.name != "sites") {
        let Some((section, name)) = key.name.split_once('.') else {
            sections.insert(key.name.to_owned(), property(key));
            continue;
        };
        let empty = || json!({ "type": "object", "properties": {}, "additionalProperties": false });
        let entry = sections.entry(section.to_owned()).or_insert_with(empty);
        if let Some(properties) = entry.get_mut("properties").and_then(Json::as_object_mut) {
            properties.insert(name.to_owned(), property(key));
        }
    }
    sections
}

fn property(key: &Key) -> Json {
    let mut property = shape(key.kind);
    if let Some(map) = property.as_object_mut() {
        map.insert("description".to_owned(), json!(key.doc));
    }
    property
}

fn shape(kind: Kind) -> Json {
    let picture =
        json!({ "type": "string", "minLength": 1, "pattern": "^(https://[^\\s'\"()\\\\]+|[^:/][^:]*)$" });
    match kind {
        Kind::Text(most) => json!({ "type": "string", "minLength": 1, "maxLength": most }),
        Kind::Link => json!({ "type": "string", "format": "uri", "pattern": "^https://" }),
        Kind::LinkOrMail => json!({ "type": "string", "format": "uri", "pattern": "^(https://|mailto:)" }),
        Kind::LinkOrFile => picture,
        Kind::Pictures => json!({ "oneOf": [
            picture,
            { "type": "object", "propertyNames": { "pattern": "^(default|[0-9]+)$" }, "additionalProperties": picture },
        ] }),
        Kind::Color => {
            json!({ "type": "string", "pattern": "^(#([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6}|[0-9A-Fa-f]{8})|rgba?\\([0-9., ]+\\))$" })
        }
        Kind::Bool => json!({ "type": "boolean" }),
        Kind::Texts => json!({ "type": "object", "additionalProperties": { "type": "object" } }),
    }
}
