//! What is known of a value that a script computes.
//!
//! A value that cannot be known is kept as the expression it comes from and what that expression reads, so that two
//! unknown values can still be told equal: same expression, same inputs.

use std::collections::BTreeSet;
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::body::Body;
use super::table::Members;
use crate::text::Span;
use crate::value::{JavaScriptNumber, KeyPath, Value};

/// How deeply a value may nest that is copied. Literals nest less; only scripts that wrap a value in a loop reach it.
const DEEPEST: usize = 512;

/// The longest text that a message shows of a value, in characters.
const SHOWN: usize = 100;

/// A value as far as it is known.
#[derive(Clone, Debug)]
pub enum Known {
    /// `undefined`.
    Undefined,
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number; `NaN` equals itself here, and `-0` is not `0`.
    Number(f64),
    /// A string.
    String(String),
    /// A list; a hole is `undefined`.
    Array(Vec<Known>),
    /// An object all of whose members are listed.
    Object(Members),
    /// An object that has further members nobody knows.
    Open(Box<Open>),
    /// Anything else.
    Unknown(Box<Unknown>),
}

/// An object of which only some members are known.
#[derive(Clone, Debug, PartialEq)]
pub struct Open {
    /// Members that are there.
    pub members: Members,
    /// Members that are certainly not there.
    pub gone: BTreeSet<String>,
    /// Where all others come from.
    pub rest: Unknown,
}

/// A value that only running the script would tell.
#[derive(Clone, Debug)]
pub struct Unknown {
    /// The expression, without comments and needless white space.
    pub text: String,
    /// What it mentions, and the value of that at the moment of evaluation.
    pub reads: Vec<(String, Known)>,
    /// Where it is written; plays no part in equality.
    pub span: Span,
    nature: Nature,
    body: Option<Box<Body>>,
    print: u64,
}

/// What can be said of an unknown value all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Nature {
    Any,
    /// No object, so nothing can change it from elsewhere.
    Primitive,
    /// A getter or setter: reading or writing it runs code.
    Accessor,
}

/// What is at a path.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Look<'a> {
    /// This value, which may itself be unknown.
    Found(&'a Known),
    /// Certainly nothing.
    Absent,
    /// Nobody can tell: a value above is unknown.
    Hidden,
}

impl Known {
    /// The value at `path` below this one; none if nothing is there or nobody can tell.
    #[must_use]
    pub fn at(&self, path: &KeyPath) -> Option<&Known> {
        if let Look::Found(known) = self.look(path) { Some(known) } else { None }
    }

    /// What is at `path` below this value.
    #[must_use]
    pub fn look(&self, path: &KeyPath) -> Look<'_> {
        path.segments().iter().fold(Look::Found(self), |at, key| match at {
            Look::Found(known) => known.member(key),
            other => other,
        })
    }

    /// Whether nobody can tell what is at `path`: the value there, or one above it, is unknown.
    #[must_use]
    pub fn is_open_at(&self, path: &KeyPath) -> bool {
        matches!(self.look(path), Look::Hidden | Look::Found(Known::Unknown(_) | Known::Open(_)))
    }

    /// The value, if all of it is known and JSON can say it. Members come sorted by name.
    #[must_use]
    pub fn to_value(&self) -> Option<Value> {
        match self {
            Known::Null => Some(Value::Null),
            Known::Bool(flag) => Some(Value::Bool(*flag)),
            Known::Number(number) => number.is_finite().then_some(Value::Number(*number)),
            Known::String(text) => Some(Value::String(text.clone())),
            Known::Array(items) => items.iter().map(Known::to_value).collect::<Option<_>>().map(Value::Array),
            Known::Object(members) => {
                let member = |(key, known): (&str, &Known)| Some((key.to_owned(), known.to_value()?));
                members.iter().map(member).collect::<Option<_>>().map(Value::Object)
            }
            Known::Undefined | Known::Open(_) | Known::Unknown(_) => None,
        }
    }

    fn member(&self, key: &str) -> Look<'_> {
        match self {
            Known::Object(members) => members.get(key).map_or(Look::Absent, Look::Found),
            Known::Open(open) => match open.members.get(key) {
                Some(known) => Look::Found(known),
                None if open.gone.contains(key) => Look::Absent,
                None => Look::Hidden,
            },
            Known::Unknown(_) => Look::Hidden,
            _ => Look::Absent,
        }
    }

    /// Whether this is certainly no object.
    pub(super) fn is_primitive(&self) -> bool {
        match self {
            Known::Undefined | Known::Null | Known::Bool(_) | Known::Number(_) | Known::String(_) => true,
            Known::Unknown(unknown) => unknown.nature == Nature::Primitive,
            Known::Array(_) | Known::Object(_) | Known::Open(_) => false,
        }
    }

    /// Whether reading this, or anything below it, may run code of the script.
    pub(super) fn runs_code(&self, depth: usize) -> bool {
        let member = |(key, known): (&str, &Known)| {
            matches!(key, "toJSON" | "toString" | "valueOf") || known.runs_code(depth + 1)
        };
        depth > DEEPEST
            || match self {
                Known::Array(items) => items.iter().any(|known| known.runs_code(depth + 1)),
                Known::Object(members) => members.iter().any(member),
                Known::Open(open) => open.rest.is_accessor() || open.members.iter().any(member),
                Known::Unknown(unknown) => unknown.is_accessor(),
                _ => false,
            }
    }

    /// Whether this is a function of the script.
    pub(super) fn is_function(&self) -> bool {
        matches!(self, Known::Unknown(unknown) if unknown.is_function())
    }

    /// Whether this is an object that runs code of its own where a text or a number is needed.
    pub(super) fn converts(&self) -> bool {
        let own = |members: &Members| members.get("toString").or_else(|| members.get("valueOf")).is_some();
        match self {
            Known::Object(members) => own(members),
            Known::Open(open) => own(&open.members),
            _ => false,
        }
    }

    /// Roughly how much memory a copy takes, in values; at least `limit` if it takes as much or nests too deeply.
    pub(super) fn weight(&self, limit: usize) -> usize {
        self.weight_at(0, limit)
    }

    fn weight_at(&self, depth: usize, limit: usize) -> usize {
        if depth > DEEPEST {
            return limit;
        }
        let mut below = 1;
        let mut add = |known: &Known| {
            below += known.weight_at(depth + 1, limit.saturating_sub(below));
            below < limit
        };
        match self {
            Known::String(text) => below += text.len() / 64,
            Known::Array(items) => _ = items.iter().all(&mut add),
            Known::Object(members) => _ = members.iter().all(|(_, known)| add(known)),
            Known::Open(open) => _ = open.members.iter().all(|(_, known)| add(known)),
            Known::Unknown(unknown) => _ = unknown.reads.iter().all(|(_, known)| add(known)),
            _ => {}
        }
        below
    }

    /// A copy whose unknown values keep their identity, but no longer list what they read.
    pub(super) fn shallow(&self) -> Known {
        match self {
            Known::Array(items) => Known::Array(items.iter().map(Known::shallow).collect()),
            Known::Object(members) => Known::Object(members.mapped(Known::shallow)),
            Known::Open(open) => Known::Open(Box::new(Open {
                members: open.members.mapped(Known::shallow),
                gone: open.gone.clone(),
                rest: open.rest.shallow(),
            })),
            Known::Unknown(unknown) => Known::Unknown(Box::new(unknown.shallow())),
            plain => plain.clone(),
        }
    }

    fn feed(&self, print: &mut DefaultHasher) {
        std::mem::discriminant(self).hash(print);
        match self {
            Known::Undefined | Known::Null => {}
            Known::Bool(flag) => flag.hash(print),
            Known::Number(number) => canonical(*number).hash(print),
            Known::String(text) => text.hash(print),
            Known::Array(items) => {
                items.len().hash(print);
                for item in items {
                    item.feed(print);
                }
            }
            Known::Object(members) => members.feed(print),
            Known::Open(open) => {
                open.members.feed(print);
                open.gone.hash(print);
                open.rest.print.hash(print);
            }
            Known::Unknown(unknown) => unknown.print.hash(print),
        }
    }
}

impl Members {
    fn feed(&self, print: &mut DefaultHasher) {
        self.len().hash(print);
        for (key, known) in self.iter() {
            key.hash(print);
            known.feed(print);
        }
    }
}

/// One bit pattern for every number that counts as the same.
fn canonical(number: f64) -> u64 {
    if number.is_nan() { f64::NAN.to_bits() } else { number.to_bits() }
}

impl Unknown {
    /// The value of the expression `text`, which read `reads`.
    pub(super) fn new(text: String, reads: Vec<(String, Known)>, span: Span) -> Self {
        let mut hasher = DefaultHasher::new();
        text.hash(&mut hasher);
        for (name, known) in &reads {
            name.hash(&mut hasher);
            known.feed(&mut hasher);
        }
        let print = hasher.finish();
        Unknown { text, reads, span, nature: Nature::Any, body: None, print }
    }

    /// The same, and certainly no object if `primitive`.
    pub(super) fn primitive(mut self, primitive: bool) -> Self {
        self.nature = if primitive { Nature::Primitive } else { self.nature };
        self
    }

    /// The same as a getter or setter.
    pub(super) fn accessor(mut self) -> Self {
        self.nature = Nature::Accessor;
        self
    }

    /// The same as a function with this body.
    pub(super) fn function(mut self, body: Body) -> Self {
        self.body = Some(Box::new(body));
        self
    }

    /// Whether this is a function of the script.
    pub(super) fn is_function(&self) -> bool {
        self.body.is_some()
    }

    /// What code that read this leaves of a variable on which `before` had left something. Of code from elsewhere
    /// nothing is known, so neither is what it read held against it.
    pub(super) fn tainting(&self, before: Option<Known>, is_elsewhere: bool) -> Known {
        let own = if is_elsewhere { &[][..] } else { &self.reads[..] };
        let before = before.map(|before| ("before".to_owned(), before.shallow()));
        Unknown::new(self.text.clone(), own.iter().cloned().chain(before).collect(), self.span).into()
    }

    /// Whether this is a getter or setter.
    pub(super) fn is_accessor(&self) -> bool {
        self.nature == Nature::Accessor
    }

    /// What the body mentions and does, if this is a function.
    pub(super) fn body(&self) -> Option<&Body> {
        self.body.as_deref()
    }

    fn shallow(&self) -> Unknown {
        Unknown { text: self.text.clone(), reads: Vec::new(), body: self.body.clone(), ..*self }
    }
}

impl From<Unknown> for Known {
    fn from(unknown: Unknown) -> Self {
        Known::Unknown(Box::new(unknown))
    }
}

impl From<&Value> for Known {
    fn from(value: &Value) -> Self {
        match value {
            Value::Null => Known::Null,
            Value::Bool(flag) => Known::Bool(*flag),
            Value::Number(number) => Known::Number(*number),
            Value::String(text) => Known::String(text.clone()),
            Value::Array(items) => Known::Array(items.iter().map(Known::from).collect()),
            Value::Object(members) => {
                Known::Object(members.iter().map(|(key, value)| (key.clone(), Known::from(value))).collect())
            }
        }
    }
}

impl PartialEq for Known {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Known::Undefined, Known::Undefined) | (Known::Null, Known::Null) => true,
            (Known::Bool(one), Known::Bool(other)) => one == other,
            (Known::Number(one), Known::Number(other)) => canonical(*one) == canonical(*other),
            (Known::String(one), Known::String(other)) => one == other,
            (Known::Array(one), Known::Array(other)) => one == other,
            (Known::Object(one), Known::Object(other)) => one == other,
            (Known::Open(one), Known::Open(other)) => one == other,
            (Known::Unknown(one), Known::Unknown(other)) => one == other,
            _ => false,
        }
    }
}

/// The same expression that read the same values. What was read is compared by a digest made at the time.
impl PartialEq for Unknown {
    fn eq(&self, other: &Self) -> bool {
        self.print == other.print && self.text == other.text
    }
}

/// Prints the value for people, at most some hundred characters of it.
impl fmt::Display for Known {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match (self, self.to_value()) {
            (_, Some(value)) => value.to_string(),
            (Known::Number(number), _) => JavaScriptNumber(*number).to_string(),
            (Known::Unknown(unknown), _) => unknown.text.clone(),
            (Known::Array(_), _) => "a list with parts only known when it runs".to_owned(),
            (Known::Object(_) | Known::Open(_), _) => {
                "an object with members only known when it runs".to_owned()
            }
            _ => "undefined".to_owned(),
        };
        out.write_str(&shortened(&text))
    }
}

/// `text`, cut with an ellipsis where it is too long for a message.
pub(super) fn shortened(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or(text)),
        None => text.to_owned(),
    }
}
