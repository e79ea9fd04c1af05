//! A data file as text: lines sorted by the string that each begins with, found without parsing the others.
//!
//! A line is a JSON object whose first member is a string without escapes: the *head* of the record.

use memchr::{memchr, memchr_iter, memrchr};
use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer};

use crate::value::KeyPath;

/// A data file: one record per line.
pub(super) struct Table(pub(super) &'static str);

impl Table {
    /// Every line, in the order of the file.
    pub(super) fn lines(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.0.lines()
    }

    /// Every record, in the order of the file.
    pub(super) fn records<T: DeserializeOwned>(&self) -> impl Iterator<Item = T> + use<T> {
        self.lines().filter_map(parse)
    }

    /// The lines whose head is `wanted`, in a file that is sorted by head.
    pub(super) fn matching(&self, wanted: &str) -> impl Iterator<Item = &'static str> {
        self.from(wanted).take_while(move |line| head(line) == wanted)
    }

    /// The lines whose head is `wanted` or comes after it, in a file that is sorted by head.
    pub(super) fn from(&self, wanted: &str) -> impl Iterator<Item = &'static str> + use<> {
        let text = self.0;
        // All lines that begin before `low` are too small, none that begins at or after `high` is.
        let (mut low, mut high) = (0, text.len());
        while low < high {
            let line = line_around(text, usize::midpoint(low, high));
            if head(&text[line.clone()]) < wanted {
                low = line.end;
            } else {
                high = line.start;
            }
        }
        text[low..].lines()
    }
}

/// The string that a line begins with.
pub(super) fn head(line: &str) -> &str {
    let mut quotes = memchr_iter(b'"', line.as_bytes()).skip(2);
    let between = quotes.next().zip(quotes.next()).and_then(|(open, close)| line.get(open + 1..close));
    between.unwrap_or("")
}

/// The record of a line.
pub(super) fn parse<T: DeserializeOwned>(line: &str) -> Option<T> {
    serde_json::from_str(line).ok()
}

/// Reads a path written with dots.
pub(super) fn dotted<'de, D: Deserializer<'de>>(from: D) -> Result<KeyPath, D::Error> {
    String::deserialize(from).map(|text| KeyPath::dotted(&text))
}

/// Reads a member that is there, so that `null` is a value and not an absence.
pub(super) fn present<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    from: D,
) -> Result<Option<T>, D::Error> {
    T::deserialize(from).map(Some)
}

/// The line that holds the byte `at`, with its line end.
fn line_around(text: &str, at: usize) -> std::ops::Range<usize> {
    let (before, after) = text.as_bytes().split_at(at);
    let start = memrchr(b'\n', before).map_or(0, |end| end + 1);
    let end = memchr(b'\n', after).map_or(text.len(), |end| at + end + 1);
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRUIT: Table =
        Table("{\"f\":\"apple\"}\n{\"f\":\"fig\"}\n{\"f\":\"fig\",\"n\":2}\n{\"f\":\"pear\"}\n");

    #[test]
    fn finds_every_line_of_a_head() {
        assert_eq!(FRUIT.matching("apple").count(), 1);
        assert_eq!(FRUIT.matching("fig").count(), 2);
        assert_eq!(FRUIT.matching("pear").collect::<Vec<_>>(), ["{\"f\":\"pear\"}"]);
        assert_eq!(FRUIT.matching("").count() + FRUIT.matching("date").count(), 0);
    }

    #[test]
    fn starts_where_a_missing_head_would_stand() {
        assert_eq!(FRUIT.from("b").map(head).collect::<Vec<_>>(), ["fig", "fig", "pear"]);
        assert_eq!(FRUIT.from("quince").count(), 0);
        assert_eq!(FRUIT.from("").count(), 4);
        assert_eq!(Table("").from("a").count(), 0);
    }
}
