//! An object literal as it stands in the text: its members, and the gaps between them.
//!
//! A gap holds nothing but blanks, comments and at most one comma, so it can be read without a parser.

use std::cell::OnceCell;
use std::collections::HashMap;

use swc_ecma_ast::{Expr, ObjectLit, Prop, PropName, PropOrSpread};

use super::literal;
use super::parse::span_of;
use crate::text::{Span, Text};

/// One member of an object literal.
pub(super) struct Member<'a> {
    /// Its name, unless that is computed; a spread has none.
    pub(super) name: Option<String>,
    /// What kind of member.
    pub(super) kind: Kind<'a>,
    /// All of it, without the comma.
    pub(super) span: Span,
    /// Whether the name is written between quotes.
    pub(super) quoted: bool,
}

/// The kinds of member.
pub(super) enum Kind<'a> {
    /// `key: value`
    Pair(&'a Expr),
    /// `key`
    Shorthand,
    /// A method, getter or setter.
    Code,
    /// `...other`, or `[computed]: value`: may be any key.
    Open,
}

/// An object literal in its text.
pub(super) struct Object<'a> {
    /// The members, in order.
    pub(super) members: Vec<Member<'a>>,
    /// From `{` to `}`.
    pub(super) span: Span,
    names: OnceCell<Names>,
    sorted: OnceCell<Option<usize>>,
}

/// The names of an object's members.
struct Names {
    /// The last member of each.
    last: HashMap<String, usize>,
    /// Whether one is there twice.
    repeat: bool,
}

impl<'a> Object<'a> {
    /// Reads `literal`.
    pub(super) fn of(literal: &'a ObjectLit) -> Self {
        let members = literal.props.iter().map(member).collect();
        Object { members, span: span_of(literal), names: OnceCell::new(), sorted: OnceCell::new() }
    }

    /// The index of the last member called `name`.
    pub(super) fn last(&self, name: &str) -> Option<usize> {
        self.names().last.get(name).copied()
    }

    /// All members that are called like member `index`, itself among them.
    pub(super) fn twins(&self, index: usize) -> Vec<usize> {
        if !self.names().repeat {
            return vec![index];
        }
        let name = self.members.get(index).and_then(|member| member.name.as_deref());
        let same = |(at, member): (usize, &Member<'_>)| (member.name.as_deref() == name).then_some(at);
        self.members.iter().enumerate().filter_map(same).collect()
    }

    /// The index of the last member that may be any key.
    pub(super) fn last_open(&self) -> Option<usize> {
        self.members.iter().rposition(|member| matches!(member.kind, Kind::Open))
    }

    /// Gap `index` lies before member `index`; the last one before the closing brace.
    pub(super) fn gap(&self, index: usize) -> Span {
        let start = match index.checked_sub(1).and_then(|before| self.members.get(before)) {
            Some(member) => member.span.end,
            None => self.span.start + 1,
        };
        let end = self.members.get(index).map_or(self.span.end.saturating_sub(1), |member| member.span.start);
        Span::new(start, end)
    }

    /// Whether all names are quoted, so that a new one is too.
    pub(super) fn quotes_names(&self) -> bool {
        !self.members.is_empty() && self.members.iter().all(|member| member.quoted)
    }

    /// How many members, from the first, stand in the order of their names, ignoring case; a last member that is out
    /// of order is meant to stay last. None if the members are not sorted, or too few to tell.
    pub(super) fn sorted(&self) -> Option<usize> {
        *self.sorted.get_or_init(|| self.in_order())
    }

    fn names(&self) -> &Names {
        let named = |(index, member): (usize, &Member<'_>)| member.name.clone().map(|name| (name, index));
        self.names.get_or_init(|| {
            let last: HashMap<_, _> = self.members.iter().enumerate().filter_map(named).collect();
            let repeat = last.len() < self.members.iter().filter(|member| member.name.is_some()).count();
            Names { last, repeat }
        })
    }

    fn in_order(&self) -> Option<usize> {
        let names: Option<Vec<String>> =
            self.members.iter().map(|member| member.name.as_ref().map(|name| name.to_lowercase())).collect();
        let names = names.filter(|names| names.len() >= 4)?;
        let in_order =
            names.iter().zip(names.iter().skip(1)).take_while(|(one, next)| one <= next).count() + 1;
        (in_order + 1 >= names.len()).then_some(in_order)
    }
}

fn member(prop: &PropOrSpread) -> Member<'_> {
    let span = span_of(prop);
    let open = Member { name: None, kind: Kind::Open, span, quoted: false };
    let PropOrSpread::Prop(prop) = prop else { return open };
    let (name, kind) = match prop.as_ref() {
        Prop::Shorthand(name) => {
            return Member { name: Some(name.sym.to_string()), kind: Kind::Shorthand, ..open };
        }
        Prop::KeyValue(pair) => (&pair.key, Kind::Pair(&pair.value)),
        Prop::Getter(getter) => (&getter.key, Kind::Code),
        Prop::Setter(setter) => (&setter.key, Kind::Code),
        Prop::Method(method) => (&method.key, Kind::Code),
        Prop::Assign(_) => return open,
    };
    match literal::name_of(name) {
        Some(text) => Member { name: Some(text), kind, span, quoted: matches!(name, PropName::Str(_)) },
        None => open,
    }
}

/// The byte of the comma in `gap`, if there is one outside the comments.
pub(super) fn comma_in(text: &Text, gap: Span) -> Option<usize> {
    let mut at = gap.start;
    while at < gap.end {
        let rest = text.slice(Span::new(at, gap.end));
        if rest.starts_with(',') {
            return Some(at);
        }
        at += skip(rest);
    }
    None
}

/// The end of what still belongs to the line on which `from` stands, within `gap`: blanks, a comma, comments that
/// end on it. The line end is not included. Whether the line ends there comes with it.
pub(super) fn rest_of_line(text: &Text, gap: Span, from: usize) -> (usize, bool) {
    let mut at = from;
    while at < gap.end {
        let rest = text.slice(Span::new(at, gap.end));
        if rest.starts_with(['\n', '\r']) {
            return (at, true);
        }
        let next = at + skip(rest);
        if rest.starts_with("/*") && text.slice(Span::new(at, next)).contains('\n') {
            return (at, false);
        }
        at = next;
    }
    (at.min(gap.end), false)
}

/// How many bytes the comment or character at the start of `rest` takes; a line comment stops at its line end.
fn skip(rest: &str) -> usize {
    let closed = |end: &str| rest.find(end).map_or(rest.len(), |at| at + end.len());
    if rest.starts_with("//") || rest.starts_with("<!--") || rest.starts_with("-->") {
        rest.find(['\n', '\r']).unwrap_or(rest.len())
    } else if rest.starts_with("/*") {
        closed("*/")
    } else {
        rest.chars().next().map_or(1, char::len_utf8)
    }
}

/// The blanks at the start of the line on which byte `at` stands, if nothing else is before it.
pub(super) fn indentation(text: &Text, at: usize) -> Option<&str> {
    let before = before_on_line(text, at);
    before.chars().all(char::is_whitespace).then_some(before)
}

/// The blanks at the start of the line on which byte `at` stands.
pub(super) fn line_indentation(text: &Text, at: usize) -> &str {
    let line = text.line(text.line_of(at));
    line.get(..line.len() - line.trim_start().len()).unwrap_or("")
}

fn before_on_line(text: &Text, at: usize) -> &str {
    let start = text.line_start(text.line_of(at));
    text.slice(Span::new(start, at)).trim_start_matches('\u{feff}')
}
