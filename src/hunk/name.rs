//! The names in `---` and `+++` lines: which file is meant, below the root.

use std::borrow::Cow;

use super::header::{self, Refusal};
use crate::path::SitePath;

/// Where no file is.
const NOWHERE: &str = "/dev/null";

const RELATIVE: &str =
    "write the path from the root on, such as `a/etc/…` and `b/etc/…`, without `.` and `..`";

/// Why the names are not taken.
pub(super) struct Wrong {
    /// Whether it is the `---` line.
    pub(super) is_old: bool,
    pub(super) message: String,
    pub(super) hint: String,
}

impl Wrong {
    fn new(is_old: bool, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Wrong { is_old, message: message.into(), hint: hint.into() }
    }

    fn refused(is_old: bool, refusal: Refusal) -> Self {
        Wrong::new(is_old, refusal.message, refusal.hint)
    }
}

/// The file that the lines `--- …` and `+++ …` name.
pub(super) fn named(old: &str, new: &str, is_git: bool) -> Result<String, Wrong> {
    let (old, new) = (written(old, true)?, written(new, false)?);
    if old == NOWHERE {
        return Err(Wrong::refused(true, header::CREATES));
    }
    if new == NOWHERE {
        return Err(Wrong::refused(false, header::DELETES));
    }
    let (old, new) = stripped(&old, &new, is_git);
    if is_git && old != new {
        return Err(Wrong::refused(false, header::RENAMES));
    }
    checked(new).map_err(|message| Wrong::new(false, message, RELATIVE))
}

/// The name in a line, as it is meant: without what `diff` adds, and unquoted.
fn written(line: &str, is_old: bool) -> Result<Cow<'_, str>, Wrong> {
    let name = line.get("+++ ".len()..).unwrap_or_default();
    let Some(quoted) = name.strip_prefix('"') else {
        return Ok(Cow::Borrowed(name.split('\t').next().unwrap_or(name)));
    };
    let message = "the quoted name is not understood";
    let hint = "write `\"` at both ends, and for a byte that is no letter `\\` with three octal digits";
    unquoted(quoted).map(Cow::Owned).ok_or_else(|| Wrong::new(is_old, message, hint))
}

/// What stands before the last quote, with its escapes read as C has them.
fn unquoted(quoted: &str) -> Option<String> {
    let mut bytes = quoted.bytes();
    let mut name = Vec::new();
    loop {
        match bytes.next()? {
            b'"' => return String::from_utf8(name).ok(),
            b'\\' => name.push(escaped(&mut bytes)?),
            byte => name.push(byte),
        }
    }
}

/// The byte that follows `\`.
fn escaped(bytes: &mut impl Iterator<Item = u8>) -> Option<u8> {
    Some(match bytes.next()? {
        b'a' => 7,
        b'b' => 8,
        b't' => b'\t',
        b'n' => b'\n',
        b'v' => 11,
        b'f' => 12,
        b'r' => b'\r',
        same @ (b'"' | b'\\') => same,
        first => {
            let digits = [first, bytes.next()?, bytes.next()?];
            let value = |sum: u32, digit: u8| Some(sum * 8 + char::from(digit).to_digit(8)?);
            u8::try_from(digits.into_iter().try_fold(0, value)?).ok()?
        }
    })
}

/// Both names without git's prefixes, if they have them, else without a leading `/`.
fn stripped<'n>(old: &'n str, new: &'n str, is_git: bool) -> (&'n str, &'n str) {
    if let (Some(old), Some(new)) = (old.strip_prefix("a/"), new.strip_prefix("b/")) {
        return (old, new);
    }
    // `git diff -R`, and `diff.mnemonicPrefix`: commit, index, object, work tree.
    let cut = |name: &'n str| {
        name.split_once('/').filter(|(start, _)| "abciow".contains(start) && start.len() == 1)
    };
    match (cut(old), cut(new)) {
        (Some((one, old)), Some((other, new))) if is_git && one != other && old == new => (old, new),
        _ => (old.strip_prefix('/').unwrap_or(old), new.strip_prefix('/').unwrap_or(new)),
    }
}

fn checked(path: &str) -> Result<String, String> {
    let mut letters = path.chars();
    let is_drive =
        letters.next().is_some_and(|letter| letter.is_ascii_alphabetic()) && letters.next() == Some(':');
    if path.contains('\\') || is_drive {
        return Err(format!("`{path}` is no path below the root"));
    }
    SitePath::new(path).map(String::from).map_err(|error| error.to_string())
}
