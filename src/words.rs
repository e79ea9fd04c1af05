//! Upstream's name in the words of the client: where it is said, and what is said with the brand's in its place.

use crate::catalogue::{self, Word};
use crate::value::{KeyPath, Value};

/// What the brand is called.
pub struct Names<'n> {
    /// Each spelling of upstream's, with the name that takes its place.
    words: Vec<(Word, &'n str)>,
}

impl<'n> Names<'n> {
    /// The names by the lines of the brand, which `wished` gives.
    pub fn new(wished: impl Fn(&str) -> Option<&'n str>) -> Self {
        let named = |word: Word| {
            let name = word.wishes.iter().find_map(|wish| wished(wish))?;
            Some((word, name))
        };
        Names { words: catalogue::words().filter_map(named).collect() }
    }

    /// What distinguishes these names from others.
    #[must_use]
    pub fn signature(&self) -> String {
        let parts: Vec<String> =
            self.words.iter().map(|(word, name)| format!("{}={name:?}", word.spelling)).collect();
        parts.join(";")
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The string `text` of the translations, whose key is `key`, with the brand's names; none if it says no other.
    #[must_use]
    pub fn renamed(&self, key: &str, text: &str) -> Option<String> {
        if !mentions(text) || catalogue::kept_string(key).is_some() {
            return None;
        }
        let is_meant =
            |(word, _): &&(Word, &str)| word.only.is_empty() || word.only.iter().any(|only| only == key);
        let words: Vec<_> = self.words.iter().filter(is_meant).collect();
        let mut renamed = String::new();
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let begins =
                |(word, _): &&&(Word, &str)| is_word(rest, &word.spelling, renamed.chars().next_back());
            let length = if let Some((word, name)) = words.iter().find(begins) {
                renamed.push_str(name);
                word.spelling.len()
            } else {
                renamed.push(first);
                first.len_utf8()
            };
            rest = rest.get(length..).unwrap_or("");
        }
        (renamed != text).then_some(renamed)
    }
}

/// Whether `text` begins with `word`, and with no longer word; `before` stands before it.
fn is_word(text: &str, word: &str, before: Option<char>) -> bool {
    // Scripts from Hebrew on have no letters in common with the word, and write particles to it: `Jitsi Meet에서`.
    let is_letter =
        |letter: Option<char>| letter.is_some_and(|letter| letter < '\u{590}' && letter.is_alphanumeric());
    text.strip_prefix(word).is_some_and(|after| !is_letter(after.chars().next()) && !is_letter(before))
}

/// Whether `text` says upstream's name, in any case.
#[must_use]
pub fn mentions(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr2_iter(b'J', b'j', bytes)
        .any(|at| bytes.get(at..at + 5).is_some_and(|word| word.eq_ignore_ascii_case(b"jitsi")))
}

/// The strings of the translations `strings` that say upstream's name, by their keys.
#[must_use]
pub fn mentioning(strings: &Value) -> Vec<(KeyPath, &str)> {
    saying(strings, &mentions)
}

/// The strings of the translations `strings` that are `wanted`, by their keys.
#[must_use]
pub fn saying<'v>(strings: &'v Value, wanted: &dyn Fn(&str) -> bool) -> Vec<(KeyPath, &'v str)> {
    type Found<'v> = Vec<(KeyPath, &'v str)>;
    fn walk<'v>(
        at: &mut Vec<&'v str>,
        value: &'v Value,
        wanted: &dyn Fn(&str) -> bool,
        found: &mut Found<'v>,
    ) {
        match value {
            Value::String(text) if wanted(text) => {
                found.push((KeyPath::new(at.iter().map(|segment| (*segment).to_owned()).collect()), text));
            }
            Value::Object(members) => {
                for (key, value) in members {
                    at.push(key);
                    walk(at, value, wanted, found);
                    at.pop();
                }
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    walk(&mut Vec::new(), strings, wanted, &mut found);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn renamed(key: &str, text: &str) -> Option<String> {
        let wished = |wish: &str| match wish {
            "brand.name" => Some("Public Code Meet"),
            "brand.short-name" => Some("Public Code"),
            _ => None,
        };
        Names::new(wished).renamed(key, text)
    }

    #[test]
    fn names_are_replaced_as_whole_words_and_where_they_mean_the_product() {
        let is =
            |key, text, wanted: Option<&str>| assert_eq!(renamed(key, text).as_deref(), wanted, "{text}");
        is("welcomepage.headerTitle", "Jitsi Meet", Some("Public Code Meet"));
        is("welcomepage.logo.logoDeepLinking", "Logo Jitsi meet", Some("Logo Public Code Meet"));
        is("notify.x", "des Jitsi-Meet-Clients", Some("des Public Code Meet-Clients"));
        is("welcomepage.jitsiOnMobile", "Jitsi unterwegs", Some("Public Code unterwegs"));
        is("calendarSync.confirmAddLink", "einen Jitsi-Link zu", Some("einen Public Code-Link zu"));
        is("incomingCall.productLabel", "Jitsi Meet에서", Some("Public Code Meet에서"));
        is("incomingCall.productLabel", "a Jitsi Meettől", Some("a Public Code Meet"));
        is("notify.x", "旧版Jitsi Meet客户端", Some("旧版Public Code Meet客户端"));
        is("x", "Jitsi", None);
        is("x", "Jitsi Meeting, Jitsi Meets, MyJitsi Meet", None);
        is("x", "see https://jitsi.org/", None);
        is("dialog.tokenAuthFailedReason.audInvalid", "It should be `Jitsi Meet`.", None);
    }

    #[test]
    fn a_name_that_holds_upstreams_is_not_replaced_again() {
        let names = Names::new(|_| Some("Our Jitsi Meet"));
        assert_eq!(names.renamed("x", "Jitsi Meet").as_deref(), Some("Our Jitsi Meet"));
    }
}
