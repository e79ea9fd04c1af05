//! The JSON Schema of `brand.toml`, made from the table of keys, so that editors complete it.
//!
//! It accepts all that the reader accepts. Some of what the reader refuses (a port, a path that climbs in an
//! unusual way) a pattern cannot say well; the reader has the last word.

use serde_json::{Map, Value as Json, json};

use super::key::{Key, Kind, TABLES};

/// Host names; also the keys of `[sites]`.
const HOST: &str = r"^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*$";
/// Languages as upstream names them.
const LANGUAGE: &str = "^[a-z]{2,3}(-?([A-Z]{2}|[A-Z][a-z]{3}))?$";
/// A link with a plain host, and only letters that a link may hold, or that become such ones.
const LINK: &str = concat!(
    r"^[Hh][Tt][Tt][Pp][Ss]://([A-Za-z0-9.:\[\]-]|[^\u0000-\u00a0\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff])+",
    r"([/?#]([A-Za-z0-9._~:/?#@!$&'()*+,;=-]|%[0-9A-Fa-f]{2}|[^\u0000-\u00a0\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff])*)?$",
);
/// Such a link, or one to a mail address.
const CONTACT: &str = concat!(
    r"^([Hh][Tt][Tt][Pp][Ss]://([A-Za-z0-9.:\[\]-]|[^\u0000-\u00a0\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff])+",
    r"([/?#]([A-Za-z0-9._~:/?#@!$&'()*+,;=-]|%[0-9A-Fa-f]{2}|[^\u0000-\u00a0\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff])*)?",
    r"|[Mm][Aa][Ii][Ll][Tt][Oo]:[^\s@]+@[^\s@]+)$",
);
/// A link that CSS takes unquoted, or a relative path that does not climb.
const PICTURE: &str = concat!(
    r"^([Hh][Tt][Tt][Pp][Ss]://([A-Za-z0-9.:\[\]-]|[^\u0000-\u00a0\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff])+",
    r"([/?#]([A-Za-z0-9._~:/?#@!$&*+,;=-]|%[0-9A-Fa-f]{2}|[^\u0000-\u00a0\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff])*)?",
    r"|(?![A-Za-z][A-Za-z0-9+-]+:)(?!/)(?!(.*/)?\.{1,2}(/|$))[^\\\n]+)$",
);
/// A relative path that does not climb.
const FILE: &str = r"^(?![A-Za-z][A-Za-z0-9+-]+:)(?!/)(?!(.*/)?\.{1,2}(/|$))[^\\\n]+$";
const COLOR: &str = concat!(
    r"^(#([0-9A-Fa-f]{3,4}|[0-9A-Fa-f]{6}|[0-9A-Fa-f]{8})",
    r"|rgb\( *[0-9]+ *(, *[0-9]+ *){2}\)|rgba\( *[0-9]+ *(, *[0-9]+ *){2}, *[0-9.]+ *\))$",
);
/// One line that is not empty.
const LINE: &str = concat!(
    r"^[^\u0000-\u001f\u007f-\u009f\u2028\u2029]*\S",
    r"[^\u0000-\u001f\u007f-\u009f\u2028\u2029]*$",
);

/// The schema of `brand.toml` (JSON Schema, draft 2020-12).
#[must_use]
pub fn schema() -> Json {
    let mut properties = tables();
    properties.insert(
        "sites".to_owned(),
        json!({
            "type": "object",
            "description": described("sites"),
            "additionalProperties": false,
            "patternProperties": { HOST: { "$ref": "#/$defs/site" } },
        }),
    );
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "brand.toml",
        "description": "What a Jitsi Meet should look like, whatever its version.",
        "type": "object",
        "additionalProperties": false,
        "properties": properties,
        "$defs": {
            "site": {
                "type": "object",
                "description": "Wishes for this host only.",
                "additionalProperties": false,
                "properties": tables(),
            },
        },
    })
}

/// All tables but `[sites]`.
fn tables() -> Map<String, Json> {
    let tables = TABLES.iter().filter(|(name, _)| *name != "sites");
    tables.map(|(name, _)| ((*name).to_owned(), table(name))).collect()
}

fn table(name: &str) -> Json {
    match name {
        "text" => return text(),
        "silence" => return silence(),
        _ => {}
    }
    let properties: Map<String, Json> =
        Key::of(name).map(|key| (key.field().to_owned(), property(key))).collect();
    json!({
        "type": "object",
        "description": described(name),
        "additionalProperties": false,
        "properties": properties,
    })
}

/// Strings by language and key; a key's dots may be TOML's own, hence the tables below tables.
fn text() -> Json {
    let strings = json!({ "anyOf": [kind(Key::text().kind), { "type": "object" }] });
    json!({
        "type": "object",
        "description": described("text"),
        "additionalProperties": false,
        "patternProperties": {
            LANGUAGE: { "type": "object", "description": Key::text().doc, "additionalProperties": strings },
        },
    })
}

/// Reasons by the names of mistakes.
fn silence() -> Json {
    json!({
        "type": "object",
        "description": described("silence"),
        "additionalProperties": kind(Kind::Text(500)),
    })
}

fn property(key: &Key) -> Json {
    let mut property = kind(key.kind);
    if let Json::Object(members) = &mut property {
        members.insert("description".to_owned(), key.doc.into());
    }
    property
}

fn kind(kind: Kind) -> Json {
    let pattern = |pattern: &str| json!({ "type": "string", "pattern": pattern, "maxLength": 2000 });
    match kind {
        Kind::Text(most) => json!({ "type": "string", "pattern": LINE, "minLength": 1, "maxLength": most }),
        Kind::Link => pattern(LINK),
        Kind::Contact => pattern(CONTACT),
        Kind::Picture => pattern(PICTURE),
        Kind::Color => pattern(COLOR),
        Kind::File => pattern(FILE),
        Kind::Bool => json!({ "type": "boolean" }),
        Kind::Pictures => json!({
            "anyOf": [pattern(PICTURE), {
                "type": "object",
                "minProperties": 1,
                "additionalProperties": false,
                "patternProperties": { "^(default|[1-9][0-9]{0,3})$": pattern(PICTURE) },
            }],
        }),
    }
}

fn described(table: &str) -> &'static str {
    TABLES.iter().find(|(name, _)| *name == table).map_or("", |(_, doc)| *doc)
}

#[cfg(test)]
mod tests {
    use super::super::key::KEYS;
    use super::*;

    #[test]
    fn every_key_is_in_the_schema() {
        let schema = schema();
        for key in KEYS.iter().filter(|key| key.table() != "text") {
            for tables in [&schema["properties"], &schema["$defs"]["site"]["properties"]] {
                assert!(tables[key.table()]["properties"][key.field()].is_object(), "{}", key.name);
            }
        }
    }
}
