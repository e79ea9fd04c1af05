//! From text to elements: tags, comments, and elements whose content is text.
//!
//! One pass from left to right, without recursion. Tokens are cut by the rules of the HTML standard, section 13.2.5,
//! with server-side includes blanked first, since no browser ever sees one.

use memchr::{memchr, memmem};

use super::error::Error;
use super::tag::{self, Element};
use crate::text::{Span, include};

/// Elements in which other rules hold, and whose `title` is not that of the page.
const FOREIGN: [&str; 2] = ["svg", "math"];

/// The elements of `source`, in order, and the texts between tags; what elements such as `title` hold is none of those.
pub(super) fn scanned(source: &str) -> Result<(Vec<Element>, Vec<Span>), Error> {
    let masked = without_includes(source);
    let mut scanner = Scanner { source: &masked, at: 0, found: Vec::new(), open: None, foreign: 0 };
    let mut texts = Vec::new();
    let mut add = |start: usize, end: usize| {
        let is_text = source.get(start..end).is_some_and(|text| !text.trim().is_empty());
        texts.extend(is_text.then(|| Span::new(start, end)));
    };
    let mut start = 0;
    while let Some(at) = scanner.find(scanner.at, "<") {
        scanner.at = at;
        scanner.token()?;
        // A `<` that opens nothing is a part of the text.
        if scanner.at > at + 1 {
            add(start, at);
            start = scanner.at;
        }
    }
    add(start, source.len());
    Ok((scanner.found, texts))
}

/// `source` with each server-side include as one word of equal length. Its line ends are not kept: they would end a
/// value without quotes.
fn without_includes(source: &str) -> String {
    let mut masked = String::with_capacity(source.len());
    for marker in include::markers(source) {
        masked.push_str(source.get(masked.len()..marker.start).unwrap_or(""));
        masked.extend(std::iter::repeat_n('_', marker.end - marker.start));
    }
    masked.push_str(source.get(masked.len()..).unwrap_or(""));
    masked
}

struct Scanner<'s> {
    source: &'s str,
    at: usize,
    found: Vec<Element>,
    /// The element whose start tag is the last token: only text stands between it and here.
    open: Option<usize>,
    /// How many pictures and formulas are open.
    foreign: usize,
}

impl Scanner<'_> {
    /// Goes over what starts with the `<` here.
    fn token(&mut self) -> Result<(), Error> {
        let rest = self.source.get(self.at..).unwrap_or("").as_bytes();
        match rest {
            [_, b'!', b'-', b'-', ..] => self.comment(),
            [_, b'!', b'[', b'C', b'D', b'A', b'T', b'A', b'[', ..] if self.foreign > 0 => self.over("]]>"),
            [_, b'/', letter, ..] if letter.is_ascii_alphabetic() => self.end_tag(),
            [_, b'!' | b'?', ..] | [_, b'/', _, ..] => self.over(">"),
            [_, letter, ..] if letter.is_ascii_alphabetic() => self.start_tag(),
            _ => {
                self.at += 1;
                Ok(())
            }
        }
    }

    fn comment(&mut self) -> Result<(), Error> {
        let text = self.at + "<!--".len();
        let rest = self.source.get(text..).unwrap_or("");
        let end = ["->", ">"].iter().find(|end| rest.starts_with(**end)).map(|end| text + end.len());
        let end = end.or_else(|| self.comment_end(text));
        self.at = end.ok_or(Error::Comment { span: Span::new(self.at, text) })?;
        self.open = None;
        Ok(())
    }

    /// One past the first `-->` or `--!>` from `from` on.
    fn comment_end(&self, from: usize) -> Option<usize> {
        let mut from = from;
        loop {
            let dashes = self.find(from, "--")?;
            let after = self.source.get(dashes + 2..)?;
            match ["!>", ">"].iter().find(|end| after.starts_with(**end)) {
                Some(end) => return Some(dashes + 2 + end.len()),
                None => from = dashes + 1,
            }
        }
    }

    /// Goes over a document type, an instruction, or what browsers take for a comment.
    fn over(&mut self, end: &str) -> Result<(), Error> {
        let close = self.find(self.at, end).ok_or(Error::Tag { span: Span::new(self.at, self.at + 2) })?;
        self.at = close + end.len();
        self.open = None;
        Ok(())
    }

    fn end_tag(&mut self) -> Result<(), Error> {
        let tag = tag::read(self.source, self.at, self.at + 2)?;
        let opened = self.open.take().and_then(|index| self.found.get_mut(index));
        if let Some(element) = opened.filter(|element| element.name == tag.name) {
            element.content = Some(Span::new(element.span.end, tag.span.start));
            element.span.end = tag.span.end;
        }
        if FOREIGN.contains(&tag.name.as_str()) {
            self.foreign = self.foreign.saturating_sub(1);
        }
        self.at = tag.span.end;
        Ok(())
    }

    fn start_tag(&mut self) -> Result<(), Error> {
        let tag = tag::read(self.source, self.at, self.at + 1)?;
        self.at = tag.span.end;
        self.open = None;
        if FOREIGN.contains(&tag.name.as_str()) && !tag.is_self_closed {
            self.foreign += 1;
        } else if self.foreign == 0 {
            if tag.is_raw() {
                let missing = || Error::Element { span: tag.span, name: tag.name.clone() };
                self.at = self.raw_end(&tag.name).ok_or_else(missing)?;
            }
            self.open = Some(self.found.len());
            self.found.push(tag);
        }
        Ok(())
    }

    /// The next end tag of the element `name`.
    fn raw_end(&self, name: &str) -> Option<usize> {
        let mut from = self.at;
        loop {
            let at = self.find(from, "</")?;
            from = at + 2;
            let rest = self.source.as_bytes().get(from..)?;
            let is_name = rest.get(..name.len())?.eq_ignore_ascii_case(name.as_bytes());
            if is_name
                && rest.get(name.len()).is_some_and(|byte| tag::is_blank(*byte) || tag::is_close(*byte))
            {
                return Some(at);
            }
        }
    }

    fn find(&self, from: usize, what: &str) -> Option<usize> {
        let rest = self.source.as_bytes().get(from..)?;
        let found = match what.as_bytes() {
            [byte] => memchr(*byte, rest),
            bytes => memmem::find(rest, bytes),
        };
        found.map(|at| from + at)
    }
}
