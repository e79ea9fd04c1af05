//! What the members of a value are.

use std::borrow::Cow;

use super::known::Known;

/// What every object inherits; a member of this name is there even where none is listed.
const INHERITED: [&str; 12] = [
    "__defineGetter__",
    "__defineSetter__",
    "__lookupGetter__",
    "__lookupSetter__",
    PROTOTYPE,
    "constructor",
    "hasOwnProperty",
    "isPrototypeOf",
    "propertyIsEnumerable",
    "toLocaleString",
    "toString",
    "valueOf",
];

/// The member that is no member, but what an object inherits from.
pub(super) const PROTOTYPE: &str = "__proto__";

/// What reading a place gives.
pub(super) enum Found<'a> {
    /// This value.
    Here(Cow<'a, Known>),
    /// Nobody can tell.
    Hidden,
    /// An exception, with this message.
    Fails(String),
}

/// Whether every plain object has the member `key` from elsewhere.
pub(super) fn is_inherited(key: &str) -> bool {
    INHERITED.contains(&key)
}

/// What `value.key` gives.
pub(super) fn member<'a>(value: &'a Known, key: &str) -> Found<'a> {
    let absent = || {
        if INHERITED.contains(&key) { Found::Hidden } else { Found::Here(Cow::Owned(Known::Undefined)) }
    };
    match value {
        Known::Undefined => Found::Fails("undefined".to_owned()),
        Known::Null => Found::Fails("null".to_owned()),
        Known::Object(members) => {
            members.get(key).map_or_else(absent, |known| Found::Here(Cow::Borrowed(known)))
        }
        Known::Open(open) => match open.members.get(key) {
            Some(known) => Found::Here(Cow::Borrowed(known)),
            None if open.gone.contains(key) => absent(),
            None => Found::Hidden,
        },
        Known::Array(items) if key == "length" => length(items.len()),
        Known::Array(items) => match index(key) {
            Some(at) => items.get(at).map_or_else(absent, |known| Found::Here(Cow::Borrowed(known))),
            None => Found::Hidden,
        },
        Known::Bool(_) => absent(),
        Known::Number(_) if !matches!(key, "toExponential" | "toFixed" | "toPrecision") => absent(),
        Known::String(text) if key == "length" => length(text.encode_utf16().count()),
        _ => Found::Hidden,
    }
}

/// Whether `value` itself has the member `key`, if that can be told.
pub(super) fn has_own(value: &Known, key: &str) -> Option<bool> {
    // Of a member that is unknown after an `if` nobody knows whether it is there.
    let certain = |known: &Known| match known {
        Known::Unknown(unknown) => unknown.is_function() || known.is_primitive(),
        _ => true,
    };
    match value {
        _ if key == PROTOTYPE => None,
        Known::Object(members) => {
            members.get(key).map_or(Some(false), |known| certain(known).then_some(true))
        }
        Known::Open(open) => match open.members.get(key) {
            Some(known) => certain(known).then_some(true),
            None => open.gone.contains(key).then_some(false),
        },
        _ => None,
    }
}

fn length(count: usize) -> Found<'static> {
    let count = u32::try_from(count).unwrap_or(u32::MAX);
    Found::Here(Cow::Owned(Known::Number(f64::from(count))))
}

/// The index that `key` is, spelled as JavaScript spells it.
pub(super) fn index(key: &str) -> Option<usize> {
    key.parse::<u32>().ok().filter(|at| at.to_string() == key).and_then(|at| usize::try_from(at).ok())
}
