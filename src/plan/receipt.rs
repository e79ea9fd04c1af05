//! The record of what was written, and from what: kept as `var/lib/rebrand/receipt.json`.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize};

use crate::catalogue::Date;
use crate::digest::Digest;
use crate::fault::Finding;
use crate::path::SitePath;
use crate::value::{KeyPath, Value};

/// What the last run did to the whole site.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Receipt {
    /// The version of this format: 1.
    pub format: u32,
    /// The tool that wrote it.
    pub tool: String,
    /// Counts the commits, from 1.
    pub generation: u64,
    /// Whether a person gave everything back, so that unattended runs leave the site alone.
    pub held: bool,
    /// The day of the client that it was done to, as far as it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client: Option<Date>,
    /// What upstream changed under the brand, and nobody accepted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub news: Vec<Finding>,
    /// What upstream had brought when somebody last accepted it; none where nothing changed since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accepted: Option<Accepted>,
    /// The names of all wishes of the project, those too for which this client has no place.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub wishes: Vec<String>,
    /// The wishes that unattended runs took back since a person last saw a plan.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub removed: Vec<String>,
    /// Every file that holds something of ours.
    pub files: BTreeMap<SitePath, FileReceipt>,
}

/// A client to which the brand was done, with nothing left to be accepted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Accepted {
    /// Its day, as far as it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client: Option<Date>,
    /// Every file that held something of ours.
    pub files: BTreeMap<SitePath, FileReceipt>,
}

impl From<&Receipt> for Accepted {
    fn from(receipt: &Receipt) -> Self {
        Accepted { client: receipt.client, files: receipt.files.clone() }
    }
}

/// What the last run did to one file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FileReceipt {
    /// The bytes before us; none if the file was not there.
    pub base: Option<Digest>,
    /// How the base is known.
    pub base_is: BaseIs,
    /// The bytes that were written.
    pub written: Digest,
    /// The keys that were given another value.
    #[serde(default)]
    pub edits: Vec<EditReceipt>,
    /// What was wished of the whole file.
    #[serde(default, flatten)]
    pub whole: Whole,
}

/// What is wished of a whole file.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Whole {
    /// All of it, as a digest; none where the edits of the file tell all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recipe: Option<Digest>,
    /// The unified diffs that change it, in their order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub patches: Vec<String>,
    /// The services that read it when they start.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub restart: Vec<String>,
}

/// How it is known that a file is what its package brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BaseIs {
    /// dpkg's sums, or the digests of upstream's files.
    Known,
    /// Nothing is known of the file, so it is taken as shipped.
    Assumed,
    /// It was edited by hand, and taken as it is by `--accept-base`.
    Accepted,
    /// No package owns it; it is edited where it stands.
    InPlace,
    /// No package owns it, and it held the brand before anything was recorded: what it was without is not known.
    Branded,
}

/// What the last run did to one key.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EditReceipt {
    /// The key.
    pub at: KeyPath,
    /// The source of the value before; none if the key was not written there.
    pub before: Option<String>,
    /// That value, if it is a plain one.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub before_value: Option<Value>,
    /// The value since; none if the key was taken out, or the value is no plain one.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub after: Option<Value>,
    /// The source of a value that is no plain one.
    pub after_source: Option<String>,
    /// How many missing parents were made for the key.
    pub created: usize,
    /// The wish behind it.
    pub wish: String,
}

/// Reads a value that is written, `null` too: a key that holds `null` is not one that is missing.
fn present<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(from).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn null_and_nothing_are_told_apart() {
        let written = EditReceipt {
            at: KeyPath::dotted("a.b"),
            before: Some("null".to_owned()),
            before_value: Some(Value::Null),
            after: None,
            after_source: None,
            created: 0,
            wish: "set a.b".to_owned(),
        };
        let json = serde_json::to_string(&written).unwrap();
        let read: EditReceipt = serde_json::from_str(&json).unwrap();
        assert_eq!(read, written, "{json}");
    }

    #[test]
    fn a_path_that_climbs_is_no_receipt() {
        let json = |path: &str| {
            let digest = Digest::of(b"");
            format!(
                r#"{{ "format": 1, "tool": "t", "generation": 1, "held": false,
                     "files": {{ "{path}": {{ "base": null, "base_is": "known", "written": "{digest}" }} }} }}"#
            )
        };
        assert!(serde_json::from_str::<Receipt>(&json("etc/x")).is_ok());
        for path in ["etc/../../x", "/etc/x", r"etc/\u0000x", ""] {
            assert!(serde_json::from_str::<Receipt>(&json(path)).is_err(), "{path:?}");
        }
    }
}
