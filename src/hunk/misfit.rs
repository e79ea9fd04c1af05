//! Why a hunk does not fit into a text.

/// A hunk that does not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfit {
    /// Which of the patch's hunks, from 0.
    pub hunk: usize,
    /// Why.
    pub reason: Reason,
}

/// Why a hunk does not fit. Lines are those of the given text, from 1.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// Neither its old lines nor its new ones stand anywhere.
    #[error("its lines stand nowhere{}", near.as_ref().map_or_else(String::new, |near| format!(": {near}")))]
    NotFound {
        /// The first difference at the place that is most like it, if any is.
        near: Option<Near>,
    },
    /// It fits at two places that are equally near.
    #[error("it fits equally well at lines {}", list(lines))]
    Ambiguous {
        /// Where.
        lines: Vec<usize>,
    },
    /// It fits only at a place that is before or in the hunk above it.
    #[error("it fits only at line {line}, which is not below the hunk before it")]
    Overlaps {
        /// Where.
        line: usize,
    },
    /// It fits, but a second run would not find it where it was put in.
    #[error("it fits at line {line}, but repeats lines so that a second run would not see that it is made")]
    Again {
        /// Where.
        line: usize,
    },
}

/// The first line that differs where a hunk nearly stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Near {
    /// Its line, from 1.
    pub line: usize,
    /// What the hunk expects there; nothing where the file should begin or end.
    pub expected: Option<String>,
    /// What stands there; nothing behind the end of the file.
    pub found: Option<String>,
}

impl std::fmt::Display for Near {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let said = |line: &Option<String>, other: &str| {
            line.as_ref().map_or_else(|| other.to_owned(), |line| format!("`{line}`"))
        };
        let expected = said(&self.expected, "the edge of the file");
        let found = said(&self.found, "the end of the file");
        write!(out, "line {} should be {expected}, but is {found}", self.line)
    }
}

fn list(lines: &[usize]) -> String {
    lines.iter().map(usize::to_string).collect::<Vec<_>>().join(" and ")
}
