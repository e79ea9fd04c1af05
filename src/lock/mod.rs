//! The lock: what `brand/brand.lock` pins of sources and of the pictures that are made of them.
//!
//! Text in, text out: nothing is read or written here. The same lock is always the same text, one value in a line and
//! sorted, so that a `git diff` shows what changed.

mod compare;
mod read;

use std::collections::BTreeMap;
use std::fmt::Write as _;

pub use compare::{Difference, differences};

use crate::digest::Digest;
use crate::fault::Fault;
use crate::path::ProjectPath;
use crate::text::Text;

/// What is pinned.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lock {
    /// The sources, by their names in the brand.
    pub sources: BTreeMap<String, SourcePin>,
    /// The pictures, by their names in the catalogue.
    pub pictures: BTreeMap<String, PicturePin>,
}

/// What is pinned of a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourcePin {
    /// Where what came from the network is kept, below `brand/`.
    pub file: Option<ProjectPath>,
    /// Its bytes.
    pub digest: Digest,
    /// How many they are.
    pub size: u64,
    /// What its server calls this state of it.
    pub etag: Option<String>,
    /// Since when its server has had it so.
    pub last_modified: Option<String>,
}

/// What is pinned of a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PicturePin {
    /// What it was made from, and how.
    pub recipe: Digest,
    /// Its bytes.
    pub digest: Digest,
    /// Its pixels, where it has some: the same whatever the tool that wrote the file.
    pub pixels: Option<Digest>,
    /// How many bytes it has.
    pub size: u64,
}

const HEAD: &str = "# Made by `rebrand lock`. Keep it in git; do not edit it.\nformat = 1\n";

impl Lock {
    /// Reads `text`, which is the file `file`.
    ///
    /// # Errors
    /// Every fault of the file, sorted by place.
    pub fn parse(file: &str, text: &Text) -> Result<Lock, Vec<Fault>> {
        read::lock(file, text)
    }

    /// The lock as text.
    #[must_use]
    pub fn written(&self) -> String {
        let mut out = format!("{HEAD}tool = {}\n", quoted(concat!("rebrand ", env!("CARGO_PKG_VERSION"))));
        for (name, pin) in &self.sources {
            // Writing to a string cannot fail.
            let _ = writeln!(out, "\n[source.{}]", quoted(name));
            line(&mut out, "file", pin.file.as_ref().map(|file| quoted(file.as_str())));
            line(&mut out, "digest", Some(quoted(pin.digest.as_str())));
            line(&mut out, "size", Some(pin.size.to_string()));
            line(&mut out, "etag", pin.etag.as_deref().map(quoted));
            line(&mut out, "last-modified", pin.last_modified.as_deref().map(quoted));
        }
        for (name, pin) in &self.pictures {
            let _ = writeln!(out, "\n[picture.{name}]");
            line(&mut out, "recipe", Some(quoted(pin.recipe.as_str())));
            line(&mut out, "digest", Some(quoted(pin.digest.as_str())));
            line(&mut out, "pixels", pin.pixels.as_ref().map(|pixels| quoted(pixels.as_str())));
            line(&mut out, "size", Some(pin.size.to_string()));
        }
        out
    }
}

/// Where what came from `url` is kept below `brand/`: a name that is safe on every system, and that changes with it.
#[must_use]
pub fn kept_name(url: &str, digest: &Digest, extension: &str) -> String {
    let path = url.split(['?', '#']).next().unwrap_or(url);
    let last = path.rsplit('/').find(|segment| !segment.is_empty()).unwrap_or("picture");
    let stem = last.rsplit_once('.').map_or(last, |(stem, _)| stem);
    let plain = stem.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '-' });
    let plain: String = plain.take(40).collect();
    format!("fetched/{}-{}.{extension}", plain.trim_matches('-'), digest.short())
}

fn line(out: &mut String, key: &str, value: Option<String>) {
    if let Some(value) = value {
        let _ = writeln!(out, "{key} = {value}");
    }
}

/// `text` as a basic string of TOML.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => {
                out.push('\\');
                out.push(letter);
            }
            letter if letter.is_control() => {
                let _ = write!(out, "\\u{:04x}", u32::from(letter));
            }
            letter => out.push(letter),
        }
    }
    out.push('"');
    out
}
