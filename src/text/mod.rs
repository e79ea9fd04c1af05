//! Text with lines: the bytes of a file, known to be UTF-8, and places in it.
//!
//! A `Text` never changes its bytes: byte-order mark, line ends and a missing last newline stay as they are.

mod diff;
pub mod include;
mod splice;

use std::sync::{Arc, OnceLock};

pub use diff::unified;
pub use splice::{Overlap, Splice, SpliceSet};

/// A half-open range of bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The range `start..end`.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        Span { start, end }
    }

    /// The empty range before byte `at`.
    #[must_use]
    pub fn empty(at: usize) -> Self {
        Span { start: at, end: at }
    }

    /// Whether the byte `at` lies inside.
    #[must_use]
    pub fn covers(self, at: usize) -> bool {
        self.start <= at && at < self.end
    }
}

/// A line and a column, both from 1; columns count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// The file is not UTF-8.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("is not UTF-8: line {line} holds the byte 0x{byte:02x}")]
pub struct NotUtf8 {
    /// The line of the first bad byte, from 1.
    pub line: usize,
    /// That byte.
    pub byte: u8,
}

/// The UTF-8 bytes of a file. A clone costs nothing.
#[derive(Clone, Debug)]
pub struct Text(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    source: String,
    /// Found when a line is first asked for.
    line_starts: OnceLock<Vec<usize>>,
}

impl Text {
    /// Takes the bytes of a file.
    ///
    /// # Errors
    /// When they are not UTF-8.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, NotUtf8> {
        std::str::from_utf8(bytes).map(Text::from).map_err(|error| {
            let at = error.valid_up_to();
            let line = 1 + bytes.iter().take(at).filter(|byte| **byte == b'\n').count();
            NotUtf8 { line, byte: bytes.get(at).copied().unwrap_or_default() }
        })
    }

    /// The whole text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0.source
    }

    /// The bytes of `span`, or nothing where it does not lie on characters.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.0.source.get(span.start..span.end).unwrap_or("")
    }

    /// Where byte `at` is.
    #[must_use]
    pub fn position(&self, at: usize) -> Position {
        let line = self.line_of(at);
        let start = self.line_start(line);
        let column =
            self.slice(Span::new(start, at.min(self.0.source.len()))).trim_start_matches('\u{feff}').chars();
        Position { line, column: column.count() + 1 }
    }

    /// The line of byte `at`, from 1.
    #[must_use]
    pub fn line_of(&self, at: usize) -> usize {
        self.line_starts().partition_point(|start| *start <= at).max(1)
    }

    /// The byte at which line `line` (from 1) starts.
    #[must_use]
    pub fn line_start(&self, line: usize) -> usize {
        self.line_starts().get(line.saturating_sub(1)).copied().unwrap_or(self.0.source.len())
    }

    /// Line `line` (from 1) without its line end.
    #[must_use]
    pub fn line(&self, line: usize) -> &str {
        let whole = self.slice(Span::new(self.line_start(line), self.line_start(line + 1)));
        whole.trim_end_matches(['\n', '\r']).trim_start_matches('\u{feff}')
    }

    /// The line end that the first line uses: `"\r\n"` or `"\n"`.
    #[must_use]
    pub fn line_end(&self) -> &'static str {
        let first = self.0.source.find('\n').unwrap_or(0);
        if first > 0 && self.0.source.as_bytes().get(first - 1) == Some(&b'\r') { "\r\n" } else { "\n" }
    }

    /// The text with every splice of `splices` made.
    #[must_use]
    pub fn apply(&self, splices: &SpliceSet) -> Text {
        Text::from(splices.applied_to(&self.0.source))
    }

    /// The byte at which each line starts.
    fn line_starts(&self) -> &[usize] {
        self.0.line_starts.get_or_init(|| {
            let newlines = memchr::memchr_iter(b'\n', self.0.source.as_bytes()).map(|at| at + 1);
            std::iter::once(0).chain(newlines).collect()
        })
    }
}

/// The same bytes.
impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.as_str() == other.as_str()
    }
}

impl Eq for Text {}

impl From<String> for Text {
    fn from(source: String) -> Self {
        Text(Arc::new(Inner { source, line_starts: OnceLock::new() }))
    }
}

impl From<&str> for Text {
    fn from(source: &str) -> Self {
        Text::from(source.to_owned())
    }
}
