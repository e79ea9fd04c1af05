//! The guard before the parser: swc's recursion aborts the process on deep nesting, so depth is counted first.
//!
//! Not only brackets nest. So do `!!!a`, `a = b = c`, `a ? b : c ? d : e`, `x => y => z` and `if (a) if (b)`, and a
//! sum of 100 000 terms makes a tree that overflows the stack when it is freed. Measured in a debug build with 8 MiB:
//! the parser fails at some 600 nested arrows and 5 000 assignments, freeing a tree at some 50 000 terms.
//! Counts tokens without parsing them, so it may count a little too much; no file that a person wrote comes near.

/// Deeper than any configuration file nests, far below what overflows a stack.
pub(super) const LIMIT: usize = 256;

/// More operators than any statement chains, far below what overflows a stack.
pub(super) const LONGEST: usize = 4096;

/// How much of a chain one `.b`, `[b]` or call counts: several calls deep for every walk over the tree.
const ACCESS: usize = 4;

/// Words after which something nested follows.
const NESTING: [&str; 14] = [
    "await", "delete", "do", "else", "extends", "for", "if", "new", "return", "throw", "typeof", "void",
    "while", "yield",
];

/// The byte at which `source` goes deeper than a limit, and that limit.
#[must_use]
pub(super) fn too_deep(source: &str) -> Option<(usize, usize)> {
    let mut guard = Guard { bytes: source.as_bytes(), ..Guard::default() };
    while let Some(&byte) = guard.bytes.get(guard.at) {
        let start = guard.at;
        guard.token(byte);
        guard.at += 1;
        if guard.nested > LIMIT {
            return Some((start, LIMIT));
        }
        if guard.chained > LONGEST {
            return Some((start, LONGEST));
        }
    }
    None
}

/// What one bracket holds so far.
#[derive(Default)]
struct Level {
    nested: usize,
    chained: usize,
    /// Whether it is the head of an `if` or a loop, behind which something nested follows.
    head: bool,
}

/// What the last token was.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Last {
    /// Something that a value or statement follows.
    #[default]
    Opening,
    /// `if`, `for`, `while`.
    Keyword,
    /// The end of a value.
    Value,
    /// `}`, which may end a value or a statement.
    Brace,
    /// `;`.
    End,
}

#[derive(Default)]
struct Guard<'a> {
    bytes: &'a [u8],
    at: usize,
    outer: Vec<Level>,
    level: Level,
    nested: usize,
    chained: usize,
    last: Last,
    line_end: bool,
}

impl Guard<'_> {
    fn token(&mut self, byte: u8) {
        match byte {
            b'\n' => self.line_end = true,
            b' ' | b'\t' | b'\r' => {}
            b'/' if matches!(self.next(), Some(b'/' | b'*')) => self.at = after_comment(self.bytes, self.at),
            b'\'' | b'"' | b'`' => {
                self.boundary(byte != b'`');
                self.at = after_string(self.bytes, self.at);
                self.last = Last::Value;
            }
            b'(' | b'[' | b'{' => self.open(byte),
            b')' | b']' | b'}' => self.close(byte),
            b',' => {
                self.reset();
                self.last = Last::Opening;
            }
            // Not yet the end of an `if` that has an `else`.
            b';' => self.last = Last::End,
            _ if byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$' | b'\\' | 0x80..) => self.word(),
            _ => self.operator(byte),
        }
    }

    fn next(&self) -> Option<u8> {
        self.bytes.get(self.at + 1).copied()
    }

    fn nest(&mut self) {
        self.nested += 1;
        self.level.nested += 1;
    }

    fn chain(&mut self, count: usize) {
        self.chained += count;
        self.level.chained += count;
    }

    /// Another statement or member begins: what came before does not hold it.
    fn reset(&mut self) {
        self.nested -= self.level.nested;
        self.chained -= self.level.chained;
        self.level.nested = 0;
        self.level.chained = 0;
    }

    /// A token that can begin a statement does so after a line end or a brace; after a semicolon any does.
    fn boundary(&mut self, begins: bool) {
        let ended = self.last == Last::Brace || (self.last == Last::Value && self.line_end);
        if self.last == Last::End || (begins && ended) {
            self.reset();
        }
        self.line_end = false;
    }

    fn word(&mut self) {
        let start = self.at;
        let number = self.bytes.get(start).is_some_and(u8::is_ascii_digit);
        let inside = |byte: u8| {
            byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$' | 0x80..) || (number && byte == b'.')
        };
        while self.next().is_some_and(inside) {
            self.at += 1;
        }
        let word =
            self.bytes.get(start..=self.at).and_then(|word| std::str::from_utf8(word).ok()).unwrap_or("");
        if word != "else" {
            self.boundary(!matches!(word, "in" | "instanceof" | "of"));
        }
        if matches!(word, "case" | "default") {
            self.reset();
        }
        self.last = match word {
            "if" | "for" | "while" | "with" => Last::Keyword,
            "case" | "in" | "instanceof" | "of" => Last::Opening,
            _ if NESTING.contains(&word) => Last::Opening,
            _ => Last::Value,
        };
        if NESTING.contains(&word) {
            self.nest();
        }
    }

    fn open(&mut self, byte: u8) {
        self.boundary(byte == b'{');
        if byte != b'{' && matches!(self.last, Last::Value | Last::Brace) {
            self.chain(ACCESS);
        }
        let head = self.last == Last::Keyword;
        self.outer.push(std::mem::take(&mut self.level));
        self.level.head = head;
        self.nested += 1;
        self.last = Last::Opening;
    }

    fn close(&mut self, byte: u8) {
        self.reset();
        self.line_end = false;
        self.last = match byte {
            b'}' => Last::Brace,
            _ if self.level.head => Last::Opening,
            _ => Last::Value,
        };
        // A bracket too many is the parser's business.
        if let Some(outer) = self.outer.pop() {
            self.level = outer;
            self.nested -= 1;
        }
    }

    fn operator(&mut self, byte: u8) {
        let (before, after) =
            (self.at.checked_sub(1).and_then(|at| self.bytes.get(at)).copied(), self.next());
        let value = matches!(self.last, Last::Value | Last::Brace);
        self.boundary(false);
        match byte {
            b'/' if !value => {
                self.at = after_regex(self.bytes, self.at);
                self.last = Last::Value;
                return;
            }
            b'.' => {
                self.chain(ACCESS);
                self.last = Last::Opening;
                return;
            }
            b'=' if after != Some(b'=') && !matches!(before, Some(b'=' | b'!' | b'<' | b'>')) => self.nest(),
            b'?' if before != Some(b'?') && !matches!(after, Some(b'?' | b'.')) => self.nest(),
            b'+' | b'-' if !value => self.nest(),
            b'*' if after == Some(b'*') => self.nest(),
            b'!' | b'~' if after != Some(b'=') => self.nest(),
            b':' => self.nest(),
            _ => self.chain(1),
        }
        self.last = Last::Opening;
    }
}

/// The last byte of the string that starts at `start`; only a template may span lines.
fn after_string(bytes: &[u8], start: usize) -> usize {
    let quote = bytes.get(start).copied().unwrap_or_default();
    let mut at = start + 1;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 1,
            b'\n' if quote != b'`' => return at,
            byte if byte == quote => return at,
            _ => {}
        }
        at += 1;
    }
    at
}

/// The last byte of the regular expression that starts at `start`, or of its line if it has no end.
fn after_regex(bytes: &[u8], start: usize) -> usize {
    let mut class = false;
    let mut at = start + 1;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 1,
            b'[' => class = true,
            b']' => class = false,
            b'\n' => return at,
            b'/' if !class => return at,
            _ => {}
        }
        at += 1;
    }
    at
}

/// The last byte of the comment that starts at `start`; a line comment leaves its line end.
fn after_comment(bytes: &[u8], start: usize) -> usize {
    let rest = bytes.get(start..).unwrap_or_default();
    if rest.starts_with(b"//") {
        start + rest.iter().position(|byte| *byte == b'\n').map_or(rest.len(), |end| end - 1)
    } else {
        start + 1 + rest.windows(2).skip(2).position(|pair| pair == b"*/").map_or(rest.len(), |at| at + 2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(source: &str) -> bool {
        too_deep(source).is_some()
    }

    #[test]
    fn what_nests_is_refused() {
        for unit in [
            "(",
            "[",
            "{",
            "!",
            "- ",
            "typeof ",
            "a=",
            "a=>",
            "a?1:",
            "2**",
            "new ",
            "if(a)",
            "a:",
            "do ",
            "while(a)\n",
            "if(a);else ",
            "if(a){}else ",
            "a = \n",
            "a ? {} : ",
            "`${",
        ] {
            assert!(refused(&unit.repeat(5000)), "{unit}");
        }
        for unit in ["1+", "a||\n", ".b", "()", "['a']", "'a' +\n"] {
            assert!(refused(&format!("x={}", unit.repeat(50_000))), "{unit}");
        }
    }

    #[test]
    fn what_people_write_is_not() {
        for unit in [
            "config.a = 1;\n",
            "config.a = 1\n",
            "a: { b: -1, c: !d },\n",
            "if (a) { b = 1 }",
            "b = {}\n",
            "if (a) b = 1\n",
            "case 1:\n",
            "x.y('a', function() { return 1; });\n",
            "function a() {}\n",
            "// a = b = (\n",
            "/* ((( */",
            "x = /[(/]\\/(/;\n",
            "'((('\n",
            "if (a) {} else if (b) {}\n",
        ] {
            assert!(!refused(&unit.repeat(5000)), "{unit}");
        }
        assert!(!refused(&format!("x={}1", "'a' +\n".repeat(2000))));
    }
}
