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

    /// The string `text` of the translations to `language`, whose key is `key`, with the brand's names; none if it says
    /// no other.
    #[must_use]
    pub fn renamed(&self, language: &str, key: &str, text: &str) -> Option<String> {
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
                mend_article(language, &mut renamed, name);
                renamed.push_str(&fitted(language, name, rest.get(word.spelling.len()..).unwrap_or("")));
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

/// Mends the article at the end of `before` for the `name` that follows: upstream's begins with a consonant.
fn mend_article(language: &str, before: &mut String, name: &str) {
    let (article, more) = match language.get(..2) {
        Some("en") => ("a ", "n"),
        Some("hu") => ("a ", "z"),
        _ => return,
    };
    let length = before.len() - article.len().min(before.len());
    let is_article = before.get(length..).is_some_and(|end| end.eq_ignore_ascii_case(article));
    let is_word = before.get(..length).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric));
    if is_article && is_word && begins_with_vowel(language, name) {
        before.pop();
        before.push_str(more);
        before.push(' ');
    }
}

/// Whether `name` sounds as if it began with a vowel; in English some that are written so do not.
fn begins_with_vowel(language: &str, name: &str) -> bool {
    let name = name.to_lowercase();
    let is_consonant =
        ["eu", "ewe", "one", "once", "uni", "us", "ut", "ub"].iter().any(|start| name.starts_with(start));
    name.starts_with(|letter| "aeiouáàâäãåéèêëíìîïóòôöőõøúùûüűæœ".contains(letter))
        && !(language.starts_with("en") && is_consonant)
}

/// `name` as it stands before `rest`: German joins all words of a name that begins a longer word.
fn fitted(language: &str, name: &str, rest: &str) -> String {
    let is_joined = rest.strip_prefix('-').is_some_and(|after| after.starts_with(char::is_alphabetic));
    if language.starts_with("de") && is_joined { name.replace(' ', "-") } else { name.to_owned() }
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

    fn renamed(language: &str, key: &str, text: &str) -> Option<String> {
        let wished = |wish: &str| match wish {
            "brand.name" => Some("Public Code Meet"),
            "brand.short-name" => Some("Public Code"),
            _ => None,
        };
        Names::new(wished).renamed(language, key, text)
    }

    #[test]
    fn names_are_replaced_as_whole_words_and_where_they_mean_the_product() {
        let is = |key, text, wanted: Option<&str>| {
            assert_eq!(renamed("de", key, text).as_deref(), wanted, "{text}");
        };
        is("welcomepage.headerTitle", "Jitsi Meet", Some("Public Code Meet"));
        is("welcomepage.logo.logoDeepLinking", "Logo Jitsi meet", Some("Logo Public Code Meet"));
        is("notify.x", "des Jitsi-Meet-Clients", Some("des Public-Code-Meet-Clients"));
        is("welcomepage.jitsiOnMobile", "Jitsi unterwegs", Some("Public Code unterwegs"));
        is("calendarSync.confirmAddLink", "einen Jitsi-Link zu", Some("einen Public-Code-Link zu"));
        is("incomingCall.productLabel", "Jitsi Meet에서", Some("Public Code Meet에서"));
        is("incomingCall.productLabel", "a Jitsi Meettől", Some("a Public Code Meet"));
        is("notify.x", "旧版Jitsi Meet客户端", Some("旧版Public Code Meet客户端"));
        is("x", "Jitsi", None);
        is("x", "Jitsi Meeting, Jitsi Meets, MyJitsi Meet", None);
        is("x", "see https://jitsi.org/", None);
        is("dialog.tokenAuthFailedReason.audInvalid", "It should be `Jitsi Meet`.", None);
    }

    #[test]
    fn articles_fit_the_name_and_hyphens_the_language() {
        let is = |language, name, text, wanted: &str| {
            let names = Names::new(|_| Some(name));
            let renamed = names.renamed(language, "calendarSync.confirmAddLink", text);
            assert_eq!(renamed.as_deref(), Some(wanted), "{language}");
        };
        is("en", "Acme Meet", "Add a Jitsi link?", "Add an Acme Meet link?");
        is("enGB", "Acme Meet", "A Jitsi link", "An Acme Meet link");
        is("en", "Public Meet", "Add a Jitsi link?", "Add a Public Meet link?");
        is("en", "University Meet", "a Jitsi link", "a University Meet link");
        is("en", "Acme", "extra Jitsi links, a Jitsi one", "extra Acme links, an Acme one");
        is("fr", "Acme", "il a Jitsi", "il a Acme");
        is("hu", "Acme", "a Jitsi", "az Acme");
        is("de", "Acme Meet", "des Jitsi-Meet-Clients, Jitsi-", "des Acme-Meet-Clients, Acme Meet-");
        is("nl", "Acme Meet", "een Jitsi-link", "een Acme Meet-link");
        is("en", "Acme Meet", "the Jitsi-based", "the Acme Meet-based");
    }

    #[test]
    fn a_name_that_holds_upstreams_is_not_replaced_again() {
        let names = Names::new(|_| Some("Our Jitsi Meet"));
        assert_eq!(names.renamed("en", "x", "Jitsi Meet").as_deref(), Some("Our Jitsi Meet"));
    }
}
