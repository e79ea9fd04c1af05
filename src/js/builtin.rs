//! The functions of the language that are understood: those that only read, and those that change what they are
//! called on.
//!
//! Only while nothing in the script gives their names another meaning.

use swc_ecma_ast::{CallExpr, Callee, Expr, MemberProp, OptChainBase};

use super::known::Known;
use super::place::Place;
use super::scope::Scope;
use super::source::Source;

/// Global names whose functions change no variable, unless one is handed to them.
const HARMLESS: [&str; 18] = [
    "Array",
    "Boolean",
    "Date",
    "Infinity",
    "JSON",
    "Math",
    "NaN",
    "Number",
    "Object",
    "RegExp",
    "String",
    "console",
    "decodeURIComponent",
    "encodeURIComponent",
    "isNaN",
    "parseFloat",
    "parseInt",
    "undefined",
];

/// Further global names of the language.
const GLOBAL: [&str; 8] =
    ["BigInt", "Function", "Promise", "Proxy", "Reflect", "Symbol", "eval", "structuredClone"];

/// Functions that change nothing that is handed to them.
const READING: [&str; 26] = [
    "Array.from",
    "Array.isArray",
    "Array.of",
    "Boolean",
    "Date.now",
    "Date.parse",
    "JSON.parse",
    "JSON.stringify",
    "Number",
    "Number.isFinite",
    "Number.isInteger",
    "Number.parseInt",
    "Object.entries",
    "Object.fromEntries",
    "Object.getOwnPropertyNames",
    "Object.hasOwn",
    "Object.is",
    "Object.isFrozen",
    "Object.keys",
    "Object.values",
    "String",
    "decodeURIComponent",
    "encodeURIComponent",
    "isNaN",
    "parseFloat",
    "parseInt",
];

/// Methods of strings, lists, numbers and plain objects that change nothing.
const READING_METHODS: [&str; 46] = [
    "at",
    "charAt",
    "charCodeAt",
    "concat",
    "endsWith",
    "entries",
    "every",
    "filter",
    "find",
    "findIndex",
    "flat",
    "flatMap",
    "forEach",
    "hasOwnProperty",
    "includes",
    "indexOf",
    "isPrototypeOf",
    "join",
    "keys",
    "lastIndexOf",
    "map",
    "match",
    "padEnd",
    "padStart",
    "propertyIsEnumerable",
    "reduce",
    "reduceRight",
    "repeat",
    "replace",
    "replaceAll",
    "search",
    "slice",
    "some",
    "split",
    "startsWith",
    "substr",
    "substring",
    "test",
    "toFixed",
    "toLowerCase",
    "toString",
    "toUpperCase",
    "trim",
    "trimEnd",
    "trimStart",
    "values",
];

/// Those of the methods and functions that may call what they are given.
const CALLING: [&str; 15] = [
    "Array.from",
    "JSON.parse",
    "JSON.stringify",
    "every",
    "filter",
    "find",
    "findIndex",
    "flatMap",
    "forEach",
    "map",
    "reduce",
    "reduceRight",
    "replace",
    "replaceAll",
    "some",
];

/// Those that may give any object at all, with methods of its own.
const GIVES_ANYTHING: [&str; 8] =
    ["JSON.parse", "Object.fromEntries", "at", "find", "pop", "reduce", "reduceRight", "shift"];

/// Methods that change the list they are called on.
const CHANGING_METHODS: [&str; 8] = ["fill", "pop", "push", "reverse", "shift", "sort", "splice", "unshift"];

/// What calling a function does.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Method {
    /// It reads what it is given.
    Reads,
    /// It changes what it is called on.
    Changes,
    /// Nobody knows.
    Other,
}

/// Whether the global `name` holds functions of the language.
pub(super) fn is_harmless(name: &str) -> bool {
    HARMLESS.contains(&name)
}

/// Whether the language itself has the global `name`.
pub(super) fn is_global(name: &str) -> bool {
    is_harmless(name) || GLOBAL.contains(&name)
}

/// What `callee` is called on, if that is anything.
pub(super) fn receiver(callee: &Expr) -> Option<&Expr> {
    match callee {
        Expr::Paren(inner) => receiver(&inner.expr),
        Expr::Member(member) => Some(&member.obj),
        Expr::OptChain(chain) => match &*chain.base {
            OptChainBase::Member(member) => Some(&member.obj),
            OptChainBase::Call(_) => None,
        },
        _ => None,
    }
}

/// What calling `callee` with `values` does. Without a `scope` only what is written down is the language's own.
pub(super) fn method(callee: &Expr, values: &[&Expr], source: &Source<'_>, scope: Option<&Scope>) -> Method {
    let found = named(callee, source, scope);
    match found {
        // A function that is only named could be any.
        Some((name, Method::Reads)) if CALLING.contains(&name.as_str()) => {
            let from = usize::from(name.contains('.'));
            let harmless = values.iter().skip(from).all(|value| is_written(value));
            if harmless { Method::Reads } else { Method::Other }
        }
        Some((_, method)) => method,
        None => Method::Other,
    }
}

fn named(callee: &Expr, source: &Source<'_>, scope: Option<&Scope>) -> Option<(String, Method)> {
    if let Some(place) = source.place(callee)
        && scope.is_none_or(|scope| !scope.variables.contains_key(&place.root))
    {
        let name = place.to_string();
        if place.root == "console" || place.root == "Math" || READING.contains(&name.as_str()) {
            return Some((name, Method::Reads));
        }
    }
    let Expr::Member(member) = callee else { return None };
    let MemberProp::Ident(name) = &member.prop else { return None };
    let name = name.sym.as_str();
    if !is_plain(&member.obj, name, source, scope) {
        return None;
    }
    let reads = READING_METHODS.contains(&name).then_some(Method::Reads);
    let method = reads.or_else(|| CHANGING_METHODS.contains(&name).then_some(Method::Changes))?;
    Some((name.to_owned(), method))
}

/// Whether `value` is a literal or a function, rather than the name of one.
fn is_written(value: &Expr) -> bool {
    match value {
        Expr::Paren(inner) => is_written(&inner.expr),
        Expr::Lit(_) | Expr::Tpl(_) | Expr::Fn(_) | Expr::Arrow(_) | Expr::Bin(_) | Expr::Array(_) => true,
        _ => false,
    }
}

/// Whether `callee` may make members that cannot be set like others.
pub(super) fn locks(callee: &Expr, source: &Source<'_>) -> bool {
    let named = source.place(callee).is_some_and(|place| {
        let assigns = place.root == "Object" && place.keys == ["assign"];
        (["Object", "Reflect", "Proxy"].contains(&place.root.as_str()) && !assigns)
            || place.keys.last().is_some_and(|key| key.starts_with("__define"))
    });
    named || source.place(callee).is_none()
}

/// What `Object.freeze(…)` and its like are given: nothing about it changes but that it cannot be changed any more.
pub(super) fn freezes(call: &CallExpr) -> Option<&Expr> {
    let Callee::Expr(callee) = &call.callee else { return None };
    let Expr::Member(member) = &**callee else { return None };
    let MemberProp::Ident(name) = &member.prop else { return None };
    let is_object = is_named(&member.obj, "Object");
    let freezes = ["freeze", "seal", "preventExtensions"].contains(&&*name.sym);
    call.args.first().filter(|one| is_object && freezes && one.spread.is_none()).map(|one| &*one.expr)
}

/// Whether the method `name` of `receiver` is the language's own.
fn is_plain(receiver: &Expr, name: &str, source: &Source<'_>, scope: Option<&Scope>) -> bool {
    match receiver {
        Expr::Paren(inner) => is_plain(&inner.expr, name, source, scope),
        Expr::Array(_) | Expr::Tpl(_) | Expr::Lit(_) | Expr::Bin(_) => true,
        Expr::Call(call) => match &call.callee {
            // A method of what a function gives is told only of what gives lists and texts.
            Callee::Expr(callee) => named(callee, source, scope).is_some_and(|(name, method)| {
                method == Method::Reads && !GIVES_ANYTHING.contains(&name.as_str())
            }),
            _ => false,
        },
        _ => source.place(receiver).zip(scope).is_some_and(|(place, scope)| holds_plain(&place, name, scope)),
    }
}

/// Whether `place` holds a string, a list, a number or a plain object without a method `name` of its own.
fn holds_plain(place: &Place, name: &str, scope: &Scope) -> bool {
    if scope.tainted.contains_key(&place.root) {
        return false;
    }
    scope.deepest(place).is_some_and(|(count, known)| {
        count == place.keys.len()
            && match &*known {
                Known::Object(members) => members.get(name).is_none(),
                Known::Array(_) | Known::Bool(_) | Known::Number(_) | Known::String(_) => true,
                Known::Unknown(_) => known.is_primitive(),
                _ => false,
            }
    })
}

/// Whether `new callee(…)` makes an object of the language that changes nothing.
pub(super) fn makes_plain(callee: &Expr) -> bool {
    let plain = ["Date", "RegExp", "Map", "Set", "Array", "Error", "URL", "URLSearchParams"];
    matches!(callee, Expr::Ident(name) if plain.contains(&name.sym.as_str()))
}

/// The object and the key of `object.hasOwnProperty('key')` and of the other ways to ask that.
pub(super) fn presence(call: &CallExpr) -> Option<(&Expr, &Expr)> {
    let Callee::Expr(callee) = &call.callee else { return None };
    let Expr::Member(member) = &**callee else { return None };
    let MemberProp::Ident(name) = &member.prop else { return None };
    let arguments: Vec<&Expr> =
        call.args.iter().filter(|one| one.spread.is_none()).map(|one| &*one.expr).collect();
    match (name.sym.as_str(), arguments.as_slice()) {
        ("hasOwnProperty", [key]) => Some((&member.obj, *key)),
        ("hasOwn", [object, key]) if is_named(&member.obj, "Object") => Some((*object, *key)),
        ("call", [object, key]) => {
            let Expr::Member(method) = &*member.obj else { return None };
            let MemberProp::Ident(name) = &method.prop else { return None };
            let prototype = match &*method.obj {
                Expr::Member(owner) => is_named(&owner.obj, "Object") && is_key(&owner.prop, "prototype"),
                Expr::Object(object) => object.props.is_empty(),
                Expr::Paren(inner) => matches!(&*inner.expr, Expr::Object(object) if object.props.is_empty()),
                _ => false,
            };
            (name.sym == *"hasOwnProperty" && prototype).then_some((*object, *key))
        }
        _ => None,
    }
}

/// Whether `call` asks for the presence of a member that is written down.
pub(super) fn asks_presence(call: &CallExpr) -> bool {
    presence(call).is_some_and(|(_, key)| matches!(key, Expr::Lit(_)))
}

/// Whether what `expr` gives holds nothing that was there before: a text, a number, a list of texts, a deep copy.
pub(super) fn gives_new(expr: &Expr) -> bool {
    match expr {
        Expr::Paren(inner) => gives_new(&inner.expr),
        Expr::Member(member) => gives_new(&member.obj),
        Expr::Call(call) => asks_presence(call) || copies(call),
        _ => false,
    }
}

fn copies(call: &CallExpr) -> bool {
    let Callee::Expr(callee) = &call.callee else { return false };
    let Expr::Member(member) = &**callee else { return false };
    let (Expr::Ident(owner), MemberProp::Ident(method)) = (&*member.obj, &member.prop) else { return false };
    let name = format!("{}.{}", owner.sym, method.sym);
    let new = ["JSON.parse", "JSON.stringify", "Object.getOwnPropertyNames", "Object.keys"];
    // What a function puts into the value that is read may be anything.
    let plain = name != "JSON.parse" || call.args.len() == 1;
    plain && new.contains(&name.as_str())
}

/// The object and the key of `Object.defineProperty(object, 'key', …)`.
pub(super) fn defines<'c>(callee: &Expr, arguments: &[&'c Expr]) -> Option<(&'c Expr, &'c Expr)> {
    let Expr::Member(member) = callee else { return None };
    let is_it = is_named(&member.obj, "Object") && is_key(&member.prop, "defineProperty");
    match arguments {
        [object, key, ..] if is_it => Some((*object, *key)),
        _ => None,
    }
}

fn is_named(expr: &Expr, wanted: &str) -> bool {
    matches!(expr, Expr::Ident(name) if name.sym == *wanted)
}

fn is_key(key: &MemberProp, wanted: &str) -> bool {
    matches!(key, MemberProp::Ident(name) if name.sym == *wanted)
}
