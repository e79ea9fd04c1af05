//! The guard before the parser: swc's recursion aborts the process on deep nesting, so depth is counted first.
//!
//! Not only brackets nest: so do `!!!!a`, `1+1+1`, `a.b.c` and `if … else if …`, in the parser and when its tree is
//! dropped. The count is of tokens, never too low but where code is no JavaScript anyway, and starts anew where an
//! expression or a statement ends.

use memchr::{memchr, memmem};

/// As deep as a parser can follow on any thread's stack, and deeper than files of Jitsi Meet go.
pub(super) const SHALLOW: usize = 64;

/// Deeper than any configuration file nests brackets, far below what overflows the stack of our own recursion.
const BRACKETS: usize = 256;

/// More than any configuration file has of operators, brackets and `else if` inside each other.
const TOKENS: usize = 500;

/// Where a source nests too deeply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TooDeep {
    /// The byte that is too deep.
    pub(super) at: usize,
    /// How deep is still read there.
    pub(super) limit: usize,
}

/// How deep `source` nests at most.
///
/// # Errors
/// When that is too deep.
pub(super) fn depth(source: &str) -> Result<usize, TooDeep> {
    let bytes = source.as_bytes();
    let mut scan = Scan { bytes, at: 0, levels: vec![Level::default()], total: 0, last: Last::End };
    let mut new_line = false;
    let mut deepest = 0;
    while let Some(&byte) = bytes.get(scan.at) {
        let at = scan.at;
        scan.at += 1;
        match byte {
            b'\n' => {
                new_line = true;
                scan.at += scan.rest().iter().take_while(|byte| **byte == b' ').count();
            }
            b' ' | b'\t' | b'\r' => {}
            b'/' if scan.comment() => {}
            byte => {
                scan.token(byte, at, std::mem::take(&mut new_line));
                deepest = deepest.max(scan.total);
                for (depth, limit) in [(scan.levels.len() - 1, BRACKETS), (scan.total, TOKENS)] {
                    if depth > limit {
                        return Err(TooDeep { at, limit });
                    }
                }
            }
        }
    }
    Ok(deepest)
}

/// What stands between two brackets, so far.
#[derive(Default)]
struct Level {
    /// How many operators the expression chains.
    chain: usize,
    /// How many `if`, `else` and loops hold the statement.
    statements: usize,
    /// What the closing bracket ends.
    kind: Kind,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Kind {
    #[default]
    Plain,
    /// `if (…)`: a statement follows.
    Head,
    /// `${…}`: the rest of the template follows.
    Template,
}

/// The last token.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    /// The start, or `;`: a statement has ended, unless `else` goes on with it.
    End,
    /// A value, or the end of one.
    Value,
    /// `}`, which ends a value or a block.
    Brace,
    /// `if`, `for`, `while`, `with`.
    Control,
    /// `.`: the next word is a name.
    Dot,
    /// Anything that a value follows.
    Operator,
}

struct Scan<'a> {
    bytes: &'a [u8],
    at: usize,
    levels: Vec<Level>,
    /// The sum of all open levels.
    total: usize,
    last: Last,
}

impl Scan<'_> {
    /// Takes the token that starts with `byte`, behind which the scan stands.
    fn token(&mut self, byte: u8, start: usize, new_line: bool) {
        let is_word = byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$' | b'\\' | 0x80..);
        if is_word {
            return self.word(start, new_line);
        }
        if self.last == Last::End {
            self.settle(true);
        }
        match byte {
            b'(' | b'[' | b'{' => self.open(byte),
            b')' | b']' | b'}' => self.close(byte),
            b'\'' | b'"' => self.string(byte),
            b'`' => {
                self.count();
                self.template();
            }
            b'/' if !matches!(self.last, Last::Value | Last::Brace) => self.regular_expression(),
            b',' => {
                self.settle(false);
                self.last = Last::Operator;
            }
            b';' => {
                self.settle(false);
                self.last = Last::End;
            }
            byte => {
                self.count();
                self.last = if byte == b'.' { Last::Dot } else { Last::Operator };
            }
        }
    }

    fn word(&mut self, start: usize, new_line: bool) {
        let is_part =
            |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$' | b'\\' | 0x80..);
        self.at += self.rest().iter().take_while(|byte| is_part(byte)).count();
        let word = self.bytes.get(start..self.at).unwrap_or_default();
        if self.last == Last::Dot {
            self.last = Last::Value;
            return;
        }
        let infix = matches!(word, b"in" | b"instanceof" | b"of" | b"extends" | b"catch" | b"finally");
        let is_else = word == b"else";
        // Two values side by side: a statement has ended, or the file does not parse.
        let ended = match self.last {
            Last::End | Last::Brace => true,
            Last::Value => new_line,
            _ => false,
        };
        if ended && !infix {
            self.settle(!is_else);
        }
        self.last = match word {
            b"if" | b"for" | b"while" | b"with" | b"do" | b"else" => {
                self.nest();
                if matches!(word, b"do" | b"else") { Last::Operator } else { Last::Control }
            }
            b"typeof" | b"void" | b"delete" | b"new" | b"await" | b"yield" | b"async" | b"class"
            | b"return" | b"throw" | b"case" => {
                self.count();
                Last::Operator
            }
            _ if infix => {
                self.count();
                Last::Operator
            }
            _ => Last::Value,
        };
    }

    fn open(&mut self, byte: u8) {
        let kind = if self.last == Last::Control && byte == b'(' { Kind::Head } else { Kind::Plain };
        if self.last == Last::Brace && byte == b'{' {
            self.settle(true);
        }
        self.count();
        self.levels.push(Level { kind, ..Level::default() });
        self.last = Last::End;
    }

    fn close(&mut self, byte: u8) {
        let kind =
            if self.levels.len() > 1 { self.levels.pop() } else { None }.map_or(Kind::Plain, |level| {
                self.total -= level.chain + level.statements;
                level.kind
            });
        self.last = match (kind, byte) {
            (Kind::Head, _) => Last::Operator,
            (_, b'}') => Last::Brace,
            _ => Last::Value,
        };
        if kind == Kind::Template {
            self.template();
        }
    }

    fn count(&mut self) {
        self.total += 1;
        if let Some(level) = self.levels.last_mut() {
            level.chain += 1;
        }
    }

    fn nest(&mut self) {
        self.total += 1;
        if let Some(level) = self.levels.last_mut() {
            level.statements += 1;
        }
    }

    /// Forgets the expression that has ended, and with `all` the statement too.
    fn settle(&mut self, all: bool) {
        if let Some(level) = self.levels.last_mut() {
            self.total -= std::mem::take(&mut level.chain);
            if all {
                self.total -= std::mem::take(&mut level.statements);
            }
        }
    }

    fn rest(&self) -> &[u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    /// Skips the comment whose first slash has been read, if it is one.
    fn comment(&mut self) -> bool {
        let rest = self.rest();
        let length = match rest.first() {
            Some(b'/') => memchr(b'\n', rest).unwrap_or(rest.len()),
            Some(b'*') => {
                let inside = rest.get(1..).unwrap_or_default();
                memmem::find(inside, b"*/").map_or(rest.len(), |at| at + 3)
            }
            _ => return false,
        };
        self.at += length;
        true
    }

    /// Skips the rest of a string; it ends with its line at the latest.
    fn string(&mut self, quote: u8) {
        while let Some(&byte) = self.bytes.get(self.at) {
            match byte {
                b'\\' => self.at += 1,
                b'\n' => break,
                _ => {}
            }
            self.at += 1;
            if byte == quote {
                break;
            }
        }
        self.last = Last::Value;
    }

    /// Skips the rest of a template, up to its end or to code in it.
    fn template(&mut self) {
        self.last = Last::Value;
        while let Some(&byte) = self.bytes.get(self.at) {
            self.at += 1;
            match byte {
                b'\\' => self.at += 1,
                b'`' => return,
                b'$' if self.rest().first() == Some(&b'{') => {
                    self.at += 1;
                    self.levels.push(Level { kind: Kind::Template, ..Level::default() });
                    self.last = Last::End;
                    return;
                }
                _ => {}
            }
        }
    }

    /// Skips the rest of a regular expression; it ends with its line at the latest.
    fn regular_expression(&mut self) {
        let mut in_class = false;
        while let Some(&byte) = self.bytes.get(self.at) {
            if byte == b'\n' {
                break;
            }
            self.at += 1;
            match byte {
                b'\\' => self.at += 1,
                b'[' => in_class = true,
                b']' => in_class = false,
                b'/' if !in_class => break,
                _ => {}
            }
        }
        self.last = Last::Value;
    }
}
