//! The little language that names elements: `title`, `meta[description]`, `link[rel=icon]`.

use super::tag::Element;
use super::{Error, Markup};

/// Which elements are meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Selector<'s> {
    name: &'s str,
    attribute: Option<(&'s str, Option<&'s str>)>,
}

impl<'s> Selector<'s> {
    pub(super) fn parse(selector: &'s str) -> Result<Self, Error> {
        Selector::read(selector).ok_or_else(|| Error::Selector { selector: selector.to_owned() })
    }

    fn read(selector: &'s str) -> Option<Self> {
        let Some((name, rest)) = selector.split_once('[') else {
            return is_name(selector).then_some(Selector { name: selector, attribute: None });
        };
        let inner = rest.strip_suffix(']')?;
        let (attribute, value) =
            inner.split_once('=').map_or((inner, None), |(attribute, value)| (attribute, Some(value)));
        let is_plain = |value: &str| !value.is_empty() && !value.contains(['[', ']', '"', '\'']);
        let is_selector = is_name(name) && is_name(attribute) && value.is_none_or(is_plain);
        is_selector.then_some(Selector { name, attribute: Some((attribute, value)) })
    }

    pub(super) fn matches(&self, markup: &Markup, element: &Element) -> bool {
        element.name.eq_ignore_ascii_case(self.name)
            && self.attribute.is_none_or(|(name, wanted)| {
                let value = markup.attribute(element, name);
                value.is_some_and(|value| wanted.is_none_or(|wanted| has(name, &value, wanted)))
            })
    }
}

/// Whether the attribute `name` with this value is `wanted`; `rel` is a list of words in any letter case.
fn has(name: &str, value: &str, wanted: &str) -> bool {
    if name.eq_ignore_ascii_case("rel") {
        value.split_ascii_whitespace().any(|word| word.eq_ignore_ascii_case(wanted))
    } else {
        value == wanted
    }
}

/// Whether `name` can be that of an element or an attribute, as people write them.
pub(super) fn is_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | ':' | '.'))
}
