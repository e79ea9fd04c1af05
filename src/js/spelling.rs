//! One spelling for code that is written in many: without comments and needless white space.
//!
//! For comparing and for messages only. Strings stay as they are, and so do line ends that may end a statement.

/// A normal spelling in the making.
#[derive(Default)]
pub(super) struct Spelling(String);

impl Spelling {
    /// The text that was added.
    pub(super) fn finish(self) -> String {
        self.0
    }

    /// Adds a string, a part of a template, a regular expression or a marker.
    pub(super) fn verbatim(&mut self, text: &str) {
        self.0.push_str(text);
    }

    /// Adds code that holds no strings, templates or regular expressions.
    pub(super) fn code(&mut self, mut code: &str) {
        loop {
            let rest = after_blanks(code);
            let blanks = &code[..code.len() - rest.len()];
            if !blanks.is_empty() {
                self.separate(blanks.contains(['\n', '\r']), rest);
            }
            let end = rest
                .char_indices()
                .find(|(at, _)| starts_blank(&rest[*at..]))
                .map_or(rest.len(), |(at, _)| at);
            self.0.push_str(&rest[..end]);
            code = &rest[end..];
            if code.is_empty() {
                return;
            }
        }
    }

    /// What must stay of white space before `rest`: a line end where it may end a statement, a space between words.
    fn separate(&mut self, line_end: bool, rest: &str) {
        let word = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '$');
        let (Some(before), after) = (self.0.chars().next_back(), rest.chars().next()) else { return };
        let last_word = self.0.rsplit(|letter| !word(letter)).next().unwrap_or("");
        let restricted = matches!(last_word, "return" | "break" | "continue" | "yield" | "async");
        let counts = |text: &str| text.starts_with("++") || text.starts_with("--");
        let ends_counting = self.0.ends_with("++") || self.0.ends_with("--");
        if line_end && (restricted || counts(rest) || ends_counting) {
            self.0.push('\n');
        } else if after.is_some_and(|after| (word(before) && word(after)) || glues(before, after)) {
            self.0.push(' ');
        }
    }
}

/// Whether two characters would become another operator if they touched.
fn glues(before: char, after: char) -> bool {
    matches!((before, after), ('+', '+') | ('-', '-') | ('/', '/' | '*'))
}

fn starts_blank(code: &str) -> bool {
    code.starts_with("//") || code.starts_with("/*") || code.starts_with(is_blank)
}

fn is_blank(letter: char) -> bool {
    letter.is_whitespace() || letter == '\u{feff}'
}

/// `code` without the white space and comments at its start.
fn after_blanks(code: &str) -> &str {
    let mut rest = code;
    loop {
        let trimmed = rest.trim_start_matches(is_blank);
        rest = if let Some(comment) = trimmed.strip_prefix("//") {
            comment.find(['\n', '\r']).map_or("", |end| &comment[end..])
        } else if let Some(comment) = trimmed.strip_prefix("/*") {
            comment.find("*/").map_or("", |end| &comment[end + 2..])
        } else {
            return trimmed;
        };
    }
}
