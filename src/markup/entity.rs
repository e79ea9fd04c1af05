//! Characters that are written by name or number.

use memchr::memchr;

use super::Error;

/// The names that are read: those of XML, and what people put into titles. Others are left as they are written.
const NAMES: [(&str, char); 16] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", '\u{a0}'),
    ("copy", '©'),
    ("reg", '®'),
    ("trade", '™'),
    ("middot", '·'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("ldquo", '“'),
    ("rdquo", '”'),
];

/// What `written` says. Names and numbers count only with their `;`.
pub(super) fn unescaped(written: &str) -> String {
    let mut said = String::with_capacity(written.len());
    let mut rest = written;
    while let Some((before, after)) = rest.split_once('&') {
        said.push_str(before);
        // What is longer is not read, so that a text of many `&` takes one pass.
        let near = after.as_bytes().get(..after.len().min(12)).unwrap_or_default();
        let named =
            memchr(b';', near).and_then(|end| Some((character(after.get(..end)?)?, after.get(end + 1..)?)));
        let (character, after) = named.unwrap_or(('&', after));
        said.push(character);
        rest = after;
    }
    said.push_str(rest);
    said
}

/// The character of a name or number that stands between `&` and `;`.
fn character(name: &str) -> Option<char> {
    let Some(number) = name.strip_prefix('#') else {
        return NAMES.iter().find(|(known, _)| *known == name).map(|(_, character)| *character);
    };
    let (digits, radix) = number.strip_prefix(['x', 'X']).map_or((number, 10), |digits| (digits, 16));
    if digits.is_empty() || !digits.chars().all(|digit| digit.is_digit(radix)) {
        return None;
    }
    let code = u32::from_str_radix(digits, radix).ok().filter(|code| *code != 0);
    Some(code.and_then(char::from_u32).unwrap_or(char::REPLACEMENT_CHARACTER))
}

/// `value` as it is written between tags, or in an attribute between either kind of quotes.
///
/// Line ends and tabs are written as numbers, so that the line ends of a file stay of one kind.
pub(super) fn escaped(value: &str, quote: Option<char>) -> Result<String, Error> {
    if let Some(marker) = ["<!--#", "-->"].into_iter().find(|marker| value.contains(marker)) {
        return Err(Error::Marker { marker });
    }
    let mut written = String::with_capacity(value.len());
    for letter in value.chars() {
        match letter {
            '&' => written.push_str("&amp;"),
            '<' => written.push_str("&lt;"),
            '>' => written.push_str("&gt;"),
            '"' if quote == Some('"') => written.push_str("&quot;"),
            '\'' if quote == Some('\'') => written.push_str("&#39;"),
            '\t' => written.push_str("&#9;"),
            '\n' => written.push_str("&#10;"),
            '\r' => written.push_str("&#13;"),
            _ if letter.is_control() => return Err(Error::Control { code: u32::from(letter) }),
            _ => written.push(letter),
        }
    }
    Ok(written)
}
