//! Unified diffs: what is read and refused, where hunks stand, what they make of a text, and the laws of all that.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod git;
mod laws;
mod placing;
mod reading;
mod refusing;
#[path = "../skip/mod.rs"]
mod skip;

use rebrand::hunk::{Applied, FilePatch, Misfit, Outcome, parse};
use rebrand::text::Text;

fn read(source: &str) -> Vec<FilePatch> {
    let tell = |faults| panic!("{faults:#?}\n{source}");
    parse("patches/x.patch", &Text::from(source)).unwrap_or_else(tell)
}

/// The only file of `source`.
fn one(source: &str) -> FilePatch {
    let mut patches = read(source);
    assert_eq!(patches.len(), 1, "{source}");
    patches.remove(0)
}

/// The patch of the file `x` with these hunks.
fn of(hunks: &str) -> FilePatch {
    one(&format!("--- a/x\n+++ b/x\n{hunks}"))
}

fn put(patch: &FilePatch, text: &str) -> Result<(String, Vec<Outcome>), Vec<Misfit>> {
    let text = Text::from(text);
    let Applied { splices, outcomes } = patch.apply(&text)?;
    Ok((text.apply(&splices).as_str().to_owned(), outcomes))
}

/// `text` with the patch put in; a second run changes nothing.
fn made(patch: &FilePatch, text: &str) -> String {
    let tell = |misfits| panic!("{misfits:#?}\n{text}");
    let (after, _) = put(patch, text).unwrap_or_else(tell);
    let (again, outcomes) = put(patch, &after).unwrap_or_else(tell);
    assert_eq!(again, after, "a second run, from {text}");
    assert!(outcomes.iter().all(|outcome| matches!(outcome, Outcome::Already { .. })), "{outcomes:?}");
    after
}

/// Lines, written as words: `a b` for the lines `a` and `b`.
fn lines(words: &str) -> String {
    words.split_whitespace().flat_map(|word| [word, "\n"]).collect()
}
