//! Pictures in words: what they are, how large, and what became of the lock.

use std::fmt::Write as _;

use serde_json::{Value as Json, json};

use super::{DIM, MARK, styled};
use crate::deeds::Locked;
use crate::plan::Picture;
use crate::raster;

/// The kind and size of the picture in `bytes`: `PNG 180×180, 4.2 kB`.
#[must_use]
pub fn line(bytes: &[u8]) -> String {
    let size = size(bytes.len());
    match raster::measure(bytes) {
        Some(source) => format!("{} {}×{}, {size}", source.kind, source.width, source.height),
        None => size,
    }
}

/// A picture for programs.
#[must_use]
pub fn json(picture: &Picture) -> Json {
    let source = raster::measure(&picture.content);
    json!({
        "id": picture.id(),
        "title": picture.artifact.fact.title,
        "kind": source.map(|source| source.kind.to_string()),
        "width": source.map(|source| source.width),
        "height": source.map(|source| source.height),
        "bytes": picture.content.len(),
        "digest": picture.content.digest(),
        "remarks": picture.remarks().iter().map(ToString::to_string).collect::<Vec<_>>(),
    })
}

/// What `lock` came to: every picture in a line, then what differs from the lock as it was.
#[must_use]
pub fn lock(done: &Locked) -> String {
    let mut out = String::new();
    let width = done.making.pictures.iter().map(|picture| picture.id().len()).max().unwrap_or(0);
    for picture in &done.making.pictures {
        let id = format!("{:<width$}", picture.id());
        let title = styled(DIM, format!("({})", picture.artifact.fact.title));
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{}  {}  {title}", styled(MARK, id), line(&picture.content));
    }
    for difference in &done.differences {
        let _ = writeln!(out, "{difference}");
    }
    out
}

fn size(bytes: usize) -> String {
    match bytes {
        0..1000 => format!("{bytes} bytes"),
        1000..1_000_000 => format!("{}.{} kB", bytes / 1000, bytes % 1000 / 100),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}
