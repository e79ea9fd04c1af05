//! From text to words, braces and semicolons, as nginx splits it.

use crate::text::Span;

/// A part of a configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// A word, its quotes and escapes resolved.
    Word(String),
    /// `{`
    Open,
    /// `}`
    Close,
    /// `;`
    End,
}

/// Every token of `text`, in order.
pub(super) struct Tokens<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Tokens<'t> {
    /// Those of `text`.
    pub(super) fn of(text: &'t str) -> Self {
        let at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        Tokens { text, at }
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or("")
    }

    /// Goes past white space and comments.
    fn skip(&mut self) {
        loop {
            let rest = self.rest();
            self.at += rest.len() - rest.trim_start().len();
            if !self.rest().starts_with('#') {
                return;
            }
            self.at += self.rest().find('\n').unwrap_or(self.rest().len());
        }
    }

    /// A word in `quote`s, whose first stands here.
    fn quoted(&mut self, quote: char) -> String {
        let mut word = String::new();
        let mut letters = self.rest().char_indices().skip(1);
        while let Some((_, letter)) = letters.next() {
            match letter {
                '\\' => escaped(letters.next().map(|(_, next)| next), &mut word),
                letter if letter == quote => break,
                letter => word.push(letter),
            }
        }
        self.at += letters.next().map_or(self.rest().len(), |(at, _)| at);
        word
    }

    /// A word without quotes.
    fn bare(&mut self) -> String {
        let mut word = String::new();
        let mut letters = self.rest().char_indices();
        let mut end = self.rest().len();
        while let Some((at, letter)) = letters.next() {
            match letter {
                '\\' => escaped(letters.next().map(|(_, next)| next), &mut word),
                // `${name}` is a variable and no block.
                '{' if word.ends_with('$') => word.push(letter),
                ';' | '{' => {
                    end = at;
                    break;
                }
                letter if letter.is_ascii_whitespace() => {
                    end = at;
                    break;
                }
                letter => word.push(letter),
            }
        }
        self.at += end;
        word
    }
}

impl Iterator for Tokens<'_> {
    type Item = (Token, Span);

    fn next(&mut self) -> Option<Self::Item> {
        self.skip();
        let start = self.at;
        let first = self.rest().chars().next()?;
        let token = match first {
            '{' | '}' | ';' => {
                self.at += 1;
                match first {
                    '{' => Token::Open,
                    '}' => Token::Close,
                    _ => Token::End,
                }
            }
            '"' | '\'' => Token::Word(self.quoted(first)),
            _ => Token::Word(self.bare()),
        };
        Some((token, Span::new(start, self.at)))
    }
}

/// What a backslash and the letter after it stand for.
fn escaped(letter: Option<char>, word: &mut String) {
    match letter {
        Some('t') => word.push('\t'),
        Some('r') => word.push('\r'),
        Some('n') => word.push('\n'),
        Some(letter @ ('"' | '\'' | '\\')) => word.push(letter),
        Some(letter) => word.extend(['\\', letter]),
        None => word.push('\\'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let word = |(token, _)| match token {
            Token::Word(word) => word,
            Token::Open => "{".into(),
            Token::Close => "}".into(),
            Token::End => ";".into(),
        };
        Tokens::of(text).map(word).collect()
    }

    #[test]
    fn words_end_where_nginx_ends_them() {
        let text = "a 'b ;c' \"d\\\"e\";# not this }\nf{g ${h}i;}\n'it''s' x#y;";
        let expected = ["a", "b ;c", "d\"e", ";", "f", "{", "g", "${h}i", ";", "}", "it", "s", "x#y", ";"];
        assert_eq!(words(text), expected);
    }

    #[test]
    fn patterns_keep_their_backslashes_and_quotes() {
        assert_eq!(words(r#"~ ^/([^/?&:'"]+)\.js$ {"#), ["~", r#"^/([^/?&:'"]+)\.js$"#, "{"]);
    }

    #[test]
    fn a_quote_that_never_ends_ends_with_the_file() {
        assert_eq!(words("a 'b"), ["a", "b"]);
        assert_eq!(words("a \\"), ["a", "\\"]);
    }
}
