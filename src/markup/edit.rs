//! Changes of elements as splices.
//!
//! Splices of one page can be made together, in any order: none of them changes what another one was made from.

use super::select::is_name;
use super::tag::{Attribute, Element, is_blank};
use super::{Error, Markup, entity};
use crate::text::{Span, Splice};

impl Markup {
    /// Gives the attribute `name` this value, between the quotes that are there; of duplicates it is the first.
    ///
    /// A value without quotes gets them, with any `/` that HTML counts to it. An attribute that is not there is
    /// added after the last one.
    ///
    /// # Errors
    /// When `name` is no name, or `value` holds a part of a server-side include or a control character.
    pub fn set_attribute(&self, element: &Element, name: &str, value: &str) -> Result<Splice, Error> {
        self.set_written(element, name, &|quote| entity::escaped(value, quote))
    }

    /// As `set_attribute`, with the value of `variable` of the web server between `before` and `after`: it is written
    /// as a server-side include, and where the server has no such value it is `default`.
    ///
    /// # Errors
    /// As `set_attribute`; a `variable` is a name too.
    pub fn set_attribute_with_echo(
        &self,
        element: &Element,
        name: &str,
        [before, after]: [&str; 2],
        (variable, default): (&str, &str),
    ) -> Result<Splice, Error> {
        if !is_name(variable) {
            return Err(Error::Name { name: variable.to_owned() });
        }
        self.set_written(element, name, &|quote| {
            let [before, default, after] =
                [before, default, after].map(|text| entity::escaped(text, quote.or(Some('"'))));
            Ok(format!("{}<!--# echo var=\"{variable}\" default=\"{}\" -->{}", before?, default?, after?))
        })
    }

    /// Gives the attribute `name` the value that `write` writes between these quotes.
    fn set_written(
        &self,
        element: &Element,
        name: &str,
        write: &dyn Fn(Option<char>) -> Result<String, Error>,
    ) -> Result<Splice, Error> {
        if !is_name(name) {
            return Err(Error::Name { name: name.to_owned() });
        }
        let Some(attribute) = self.named(element, name).next() else {
            let text = format!(" {name}=\"{}\"", write(Some('"'))?);
            return Ok(Splice { span: Span::empty(end_of_attributes(element)), text });
        };
        let quote = attribute.value.map_or(Some('"'), |value| value.quote.or(Some('"')));
        let escaped = write(quote)?;
        Ok(match attribute.value {
            Some(value) if value.quote.is_some() => Splice { span: value.span, text: escaped },
            Some(value) => Splice { span: value.span, text: format!("\"{escaped}\"") },
            None => Splice { span: attribute.span, text: self.completed(attribute, &escaped) },
        })
    }

    /// An attribute without a value, with one. Its name is written again, so that what is added after it stays there.
    fn completed(&self, attribute: &Attribute, escaped: &str) -> String {
        let written = self.text.slice(attribute.span);
        let equals = if attribute.span == attribute.name { "=" } else { "" };
        format!("{written}{equals}\"{escaped}\"")
    }

    /// Takes out the attribute `name` with the blanks before it: one splice for each duplicate, none if it is not
    /// there. Blanks without which the neighbours would grow together stay.
    #[must_use]
    pub fn remove_attribute(&self, element: &Element, name: &str) -> Vec<Splice> {
        let splice = |attribute: &Attribute| {
            let start = if self.may_close(element, attribute) {
                self.text.slice(Span::new(0, attribute.span.start)).trim_end_matches(is_blank_char).len()
            } else {
                attribute.span.start
            };
            Splice { span: Span::new(start, attribute.span.end), text: String::new() }
        };
        self.named(element, name).map(splice).collect()
    }

    /// Whether what is before and after `attribute` may stand side by side.
    fn may_close(&self, element: &Element, attribute: &Attribute) -> bool {
        let is_open = |other: &Attribute| match other.value {
            Some(value) => value.quote.is_none(),
            None => other.span != other.name,
        };
        match self.text.as_str().as_bytes().get(attribute.span.end) {
            Some(b'/') => !element.attributes.iter().any(is_open),
            Some(byte) => *byte == b'>' || is_blank(*byte),
            None => false,
        }
    }

    /// Gives an element such as `title` this text.
    ///
    /// # Errors
    /// When it holds anything but text, or `value` holds a part of a server-side include or a control character.
    pub fn set_content(&self, element: &Element, value: &str) -> Result<Splice, Error> {
        let content = element.content.filter(|_| !element.is_code());
        let span = content.ok_or_else(|| Error::NotText { name: element.name.clone() })?;
        Ok(Splice { span, text: entity::escaped(value, None)? })
    }

    /// Puts the lines of `markup` after `element`, each indented as the line on which it starts, with its line end.
    ///
    /// After an element that holds more than text they come right behind its start tag.
    #[must_use]
    pub fn insert_after(&self, element: &Element, markup: &str) -> Splice {
        let line = self.text.line(self.text.line_of(element.span.start));
        let indent = line.get(..line.len() - line.trim_start_matches([' ', '\t']).len()).unwrap_or("");
        let end = self.line_end_after(element.span.end);
        let text = markup.lines().flat_map(|line| [end, indent, line]).collect();
        Splice { span: Span::empty(element.span.end), text }
    }

    /// The line end of the line with byte `at`; the first one's, if this is the last.
    fn line_end_after(&self, at: usize) -> &'static str {
        let rest = self.text.slice(Span::new(at, self.text.as_str().len()));
        match rest.split_once('\n') {
            Some((line, _)) if line.ends_with('\r') => "\r\n",
            Some(_) => "\n",
            None => self.text.line_end(),
        }
    }
}

/// Where an attribute can be added. After an `=` without a value it would become that value.
fn end_of_attributes(element: &Element) -> usize {
    let last = element.attributes.last().filter(|last| last.value.is_some() || last.span == last.name);
    last.map_or(element.name_span.end, |last| last.span.end)
}

fn is_blank_char(letter: char) -> bool {
    u8::try_from(letter).is_ok_and(is_blank)
}
