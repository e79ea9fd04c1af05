//! Whether a value is what its key holds.

use fluent_uri::Uri;

use super::is_link;
use super::keys::Kind;
use crate::path::ProjectPath;
use crate::value::Value;

/// What is wrong with a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wrong {
    /// What, as the rest of a sentence that starts with the key.
    pub(super) message: String,
    /// How to mend it; an example is given where there is none.
    pub(super) hint: Option<String>,
}

/// Letters that end an unquoted `url(...)` in a style sheet, which is how the client writes the address of the logo.
const UNSAFE_IN_CSS: [char; 6] = ['\'', '"', '(', ')', '\\', ' '];

/// Checks `value` against `kind`.
pub(super) fn check(kind: Kind, value: &Value) -> Result<(), Wrong> {
    match (kind, value) {
        (Kind::Text(most), Value::String(text)) => is_text(text, most),
        (Kind::Link, Value::String(text)) => is_address(text, &["https"]),
        (Kind::LinkOrMail, Value::String(text)) => is_address(text, &["https", "mailto"]),
        (Kind::LinkOrFile | Kind::Pictures, Value::String(text)) => is_picture(text),
        (Kind::Pictures, Value::Object(pictures)) => pictures.iter().try_for_each(|(size, picture)| {
            let is_size =
                size == "default" || size.parse::<u32>().is_ok_and(|size| (1..=4096).contains(&size));
            match picture {
                _ if !is_size => {
                    Err(wrong(format!("has no size `{size}`"), "sizes are `default` and px, as `16 = …`"))
                }
                Value::String(text) => is_picture(text),
                other => Err(plain(format!("takes a picture for `{size}`, not {}", shown(other)))),
            }
        }),
        (Kind::Color, Value::String(text)) if is_color(text) => Ok(()),
        (Kind::Color, Value::String(text)) => Err(wrong(
            format!("takes a colour, not `{text}`"),
            "write `#rrggbb`, or `rgba(255, 255, 255, 0.5)`",
        )),
        (Kind::Bool, Value::Bool(_)) => Ok(()),
        (kind, other) => Err(plain(format!("takes {}, not {}", words(kind), shown(other)))),
    }
}

/// What `kind` holds, in words.
pub(super) fn words(kind: Kind) -> &'static str {
    match kind {
        Kind::Text(_) => "a text",
        Kind::Link => "an `https:` address",
        Kind::LinkOrMail => "an `https:` or `mailto:` address",
        Kind::LinkOrFile => "an `https:` address or a file in `brand/`",
        Kind::Pictures => "a picture, or a table of pictures by size",
        Kind::Color => "a colour",
        Kind::Bool => "`true` or `false`",
        Kind::Texts => "a table",
    }
}

fn is_text(text: &str, most: usize) -> Result<(), Wrong> {
    let length = text.chars().count();
    if text.trim().is_empty() {
        Err(wrong("is empty".to_owned(), "leave the line out to keep what Jitsi Meet says"))
    } else if text.chars().any(|letter| letter.is_control() || matches!(letter, '\u{2028}' | '\u{2029}')) {
        Err(wrong("holds a line break or a control character".to_owned(), "write it on one line"))
    } else if length > most {
        Err(wrong(format!("has {length} characters, more than {most}"), "write it shorter"))
    } else {
        Ok(())
    }
}

fn is_address(text: &str, schemes: &[&str]) -> Result<(), Wrong> {
    let Ok(uri) = Uri::parse(text) else {
        let bare = !text.contains(':') && text.contains('.') && !text.contains(char::is_whitespace);
        let hint = if bare {
            format!("write `https://{text}`")
        } else {
            format!("percent-encode what an address may not hold: `{}`", encoded(text))
        };
        let message = format!("takes an address with its scheme, not `{text}`");
        return Err(Wrong { message, hint: Some(hint) });
    };
    let scheme = uri.scheme().as_str().to_ascii_lowercase();
    if scheme == "http" {
        return Err(wrong(
            "takes an `https:` address".to_owned(),
            "browsers block or mark plain `http:`; use `https:`",
        ));
    }
    if !schemes.contains(&scheme.as_str()) {
        let hint = if text.contains('.') && uri.authority().is_none() {
            format!("write `https://{text}`")
        } else {
            "use an `https:` address".to_owned()
        };
        return Err(Wrong { message: format!("takes no `{scheme}:` address"), hint: Some(hint) });
    }
    let authority = uri.authority();
    if scheme == "https" && authority.is_none_or(|authority| authority.host().is_empty()) {
        return Err(plain(format!("takes an address with a host, not `{text}`")));
    }
    if authority.is_some_and(|authority| authority.userinfo().is_some()) {
        return Err(wrong(
            "holds a name or a password".to_owned(),
            "every visitor would see it; take it out",
        ));
    }
    Ok(())
}

fn is_picture(text: &str) -> Result<(), Wrong> {
    if is_link(text) || text.contains(':') {
        if text.contains(UNSAFE_IN_CSS) {
            let message = format!("holds a character that breaks the logo in the page: `{text}`");
            return Err(Wrong { message, hint: Some(format!("percent-encode it: `{}`", encoded(text))) });
        }
        return is_address(text, &["https"]);
    }
    ProjectPath::new(text).map(|_| ()).map_err(|error| {
        wrong(
            format!("takes a file in `brand/`: {error}"),
            "write its path as seen from `brand/`, such as `logo.svg`",
        )
    })
}

/// Whether `text` is `#rgb`, `#rrggbb`, `#rrggbbaa`, `rgb(…)` or `rgba(…)`.
fn is_color(text: &str) -> bool {
    if let Some(digits) = text.strip_prefix('#') {
        return matches!(digits.len(), 3 | 6 | 8) && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    }
    let inner = |name: &str| text.strip_prefix(name)?.strip_prefix('(')?.strip_suffix(')');
    let numbers =
        |list: &str| -> Option<Vec<f64>> { list.split(',').map(|part| part.trim().parse().ok()).collect() };
    let bytes = |numbers: &[f64]| numbers.iter().all(|number| (0.0..=255.0).contains(number));
    match (inner("rgba").and_then(numbers), inner("rgb").and_then(numbers)) {
        (Some(numbers), _) => match numbers.as_slice() {
            [colors @ .., alpha] => colors.len() == 3 && bytes(colors) && (0.0..=1.0).contains(alpha),
            [] => false,
        },
        (None, Some(numbers)) => numbers.len() == 3 && bytes(&numbers),
        (None, None) => false,
    }
}

/// `text` with everything percent-encoded that an address, or an unquoted `url(...)`, may not hold.
fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            byte if byte <= b' ' || byte >= 0x7F || b"\"'()<>\\^`{|}".contains(&byte) => {
                format!("%{byte:02X}")
            }
            byte => char::from(byte).to_string(),
        })
        .collect()
}

fn shown(value: &Value) -> String {
    let text = value.to_string();
    if text.len() > 60 { format!("a {}", value.kind()) } else { format!("`{text}`") }
}

fn plain(message: String) -> Wrong {
    Wrong { message, hint: None }
}

fn wrong(message: String, hint: &str) -> Wrong {
    Wrong { message, hint: Some(hint.to_owned()) }
}
