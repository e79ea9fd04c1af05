//! What the text of an expression tells: the places it mentions, whether it acts, and how it is spelled.

use std::collections::BTreeSet;

use swc_common::Spanned;
use swc_ecma_ast::{
    ArrowExpr, AssignExpr, AssignTarget, AwaitExpr, BinExpr, CallExpr, Callee, Class, Expr, Function, Ident,
    Lit, MemberExpr, MemberProp, NewExpr, OptCall, PropName, Regex, SimpleAssignTarget, Str, TaggedTpl,
    ThisExpr, TplElement, UnaryExpr, UnaryOp, UpdateExpr, YieldExpr,
};
use swc_ecma_visit::{Visit, VisitWith};

use super::operator::number_text;
use super::parse::span_of;
use super::place::Place;
use super::spelling::Spelling;
use crate::text::Span;

/// Paths with more keys than any file has are not followed.
const LONGEST_PATH: usize = 256;

/// The names of the global object.
const GLOBAL: [&str; 4] = ["window", "self", "globalThis", "this"];

/// The text that a tree was read from.
#[derive(Clone, Copy)]
pub(super) struct Source<'a> {
    /// The original text, markers in place.
    pub(super) text: &'a str,
    /// Where server-side-include markers are: the tree sees underscores there.
    pub(super) markers: &'a [Span],
}

/// What a piece of code mentions.
#[derive(Default)]
pub(super) struct Mention {
    /// Variables and static paths, in the order of the text, each once.
    pub(super) places: Vec<Place>,
    /// Whether evaluating it may do more than give a value.
    pub(super) acts: bool,
    /// Whether it holds functions or assignments, so that a variable it names may get another value.
    pub(super) defines: bool,
    /// Whether it names the global object or `eval`, and so may change anything.
    pub(super) everything: bool,
    verbatim: Vec<Span>,
}

impl<'a> Source<'a> {
    /// Whether a marker hides part of `span`.
    pub(super) fn hides(&self, span: Span) -> bool {
        let at = self.markers.partition_point(|marker| marker.end <= span.start);
        self.markers.get(at).is_some_and(|marker| marker.start < span.end)
    }

    /// The place that `expr` is, if it is one.
    pub(super) fn place(&self, expr: &Expr) -> Option<Place> {
        let mut keys = Vec::new();
        let mut at = expr;
        let root = loop {
            match at {
                Expr::Paren(inner) => at = &inner.expr,
                Expr::Member(member) if keys.len() < LONGEST_PATH => {
                    keys.push(self.key(&member.prop)?);
                    at = &member.obj;
                }
                Expr::Ident(name) if !self.hides(span_of(name)) => break name.sym.as_str(),
                Expr::This(_) => break "this",
                _ => return None,
            }
        };
        Some(placed(root, keys))
    }

    /// The place that `member` is, if it is one.
    pub(super) fn member_place(&self, member: &MemberExpr) -> Option<Place> {
        let above = self.place(&member.obj)?;
        let mut keys = above.keys;
        if keys.is_empty() && GLOBAL.contains(&above.root.as_str()) {
            return Some(placed(&above.root, vec![self.key(&member.prop)?]));
        }
        keys.push(self.key(&member.prop)?);
        Some(Place { keys, ..above })
    }

    /// The place that an assignment writes to.
    pub(super) fn target(&self, target: &AssignTarget) -> Option<Place> {
        let AssignTarget::Simple(target) = target else { return None };
        match target {
            SimpleAssignTarget::Ident(name) if !self.hides(span_of(name)) => {
                Some(Place::variable(name.id.sym.as_str()))
            }
            SimpleAssignTarget::Member(member) => self.member_place(member),
            SimpleAssignTarget::Paren(inner) => self.place(&inner.expr),
            _ => None,
        }
    }

    /// The key that `expr` gives, if it is a literal.
    pub(super) fn literal_key(&self, expr: &Expr) -> Option<String> {
        match expr {
            Expr::Paren(inner) => self.literal_key(&inner.expr),
            Expr::Lit(Lit::Str(text)) if !self.hides(span_of(text)) => text.value.as_str().map(str::to_owned),
            Expr::Lit(Lit::Num(number)) => Some(number_text(number.value)),
            _ => None,
        }
    }

    /// The name of a property, if it is written down.
    pub(super) fn property_key(&self, key: &PropName) -> Option<String> {
        match key {
            PropName::Ident(name) if !self.hides(span_of(name)) => Some(name.sym.to_string()),
            PropName::Str(text) if !self.hides(span_of(text)) => text.value.as_str().map(str::to_owned),
            PropName::Num(number) => Some(number_text(number.value)),
            PropName::Computed(computed) => self.literal_key(&computed.expr),
            _ => None,
        }
    }

    /// What `node` mentions.
    pub(super) fn mention<N: VisitWith<Collector<'a>>>(&self, node: &N) -> Mention {
        let mut collector =
            Collector { source: *self, seen: BTreeSet::new(), inside: 0, found: Mention::default() };
        node.visit_with(&mut collector);
        collector.found.verbatim.sort_unstable();
        collector.found
    }

    /// The text of `node` without comments and needless white space.
    pub(super) fn spelling(&self, node: &impl Spanned, mention: &Mention) -> String {
        let span = span_of(node);
        let mut text = Spelling::default();
        let mut at = span.start;
        let from = self.markers.partition_point(|marker| marker.end <= span.start);
        let markers =
            self.markers.get(from..).unwrap_or_default().iter().filter(|marker| marker.start < span.end);
        let mut kept: Vec<Span> = mention.verbatim.iter().chain(markers).copied().collect();
        kept.sort_unstable();
        for keep in kept {
            text.code(self.text.get(at..keep.start).unwrap_or(""));
            let start = keep.start.max(at);
            text.verbatim(self.text.get(start..keep.end).unwrap_or(""));
            at = keep.end.max(at);
        }
        text.code(self.text.get(at..span.end).unwrap_or(""));
        text.finish()
    }

    fn key(&self, key: &MemberProp) -> Option<String> {
        match key {
            MemberProp::Ident(name) if !self.hides(span_of(name)) => Some(name.sym.to_string()),
            MemberProp::Computed(computed) => self.literal_key(&computed.expr),
            _ => None,
        }
    }
}

/// `keys`, innermost first, below `root`; `window.x` is the variable `x`.
fn placed(root: &str, mut keys: Vec<String>) -> Place {
    let mut root = root.to_owned();
    let mut global = false;
    while GLOBAL.contains(&root.as_str())
        && let Some(name) = keys.pop()
    {
        root = name;
        global = true;
    }
    keys.reverse();
    Place { root, keys, global }
}

/// Collects a `Mention`. Left-deep operator chains are walked in a loop, so that long ones need no stack.
pub(super) struct Collector<'a> {
    source: Source<'a>,
    seen: BTreeSet<Place>,
    inside: usize,
    found: Mention,
}

impl Collector<'_> {
    fn note(&mut self, place: Place) {
        let bare = place.keys.is_empty();
        self.found.everything |= bare && (GLOBAL.contains(&place.root.as_str()) || place.root == "eval");
        if self.seen.insert(place.clone()) {
            self.found.places.push(place);
        }
    }

    fn act(&mut self) {
        self.found.acts |= self.inside == 0;
    }

    /// The strings between brackets of a static path; they are not visited otherwise.
    fn note_strings(&mut self, expr: &Expr) {
        let mut at = expr;
        loop {
            match at {
                Expr::Paren(inner) => at = &inner.expr,
                Expr::Member(member) => {
                    if let MemberProp::Computed(computed) = &member.prop {
                        computed.expr.visit_with(self);
                    }
                    at = &member.obj;
                }
                _ => return,
            }
        }
    }

    fn function(&mut self, visit: impl FnOnce(&mut Self)) {
        self.found.defines = true;
        self.inside += 1;
        visit(self);
        self.inside -= 1;
    }
}

impl Visit for Collector<'_> {
    fn visit_expr(&mut self, expr: &Expr) {
        if let Some(place) = self.source.place(expr) {
            self.note(place);
            self.note_strings(expr);
        } else {
            expr.visit_children_with(self);
        }
    }

    fn visit_bin_expr(&mut self, top: &BinExpr) {
        let mut chain = vec![top];
        let mut at = top;
        while let Expr::Bin(left) = &*at.left {
            chain.push(left);
            at = left;
        }
        at.left.visit_with(self);
        for link in chain.iter().rev() {
            link.right.visit_with(self);
        }
    }

    fn visit_member_expr(&mut self, member: &MemberExpr) {
        if let Some(place) = self.source.member_place(member) {
            self.note(place);
            self.note_strings(&member.obj);
            if let MemberProp::Computed(computed) = &member.prop {
                computed.expr.visit_with(self);
            }
        } else {
            member.visit_children_with(self);
        }
    }

    fn visit_ident(&mut self, name: &Ident) {
        if !self.source.hides(span_of(name)) {
            self.note(Place::variable(name.sym.as_str()));
        }
    }

    fn visit_this_expr(&mut self, _: &ThisExpr) {
        self.found.everything = true;
    }

    fn visit_call_expr(&mut self, call: &CallExpr) {
        self.act();
        // A method sees all of the object that it is called on.
        if let Callee::Expr(callee) = &call.callee
            && let Expr::Member(member) = &**callee
            && let Some(receiver) = self.source.place(&member.obj)
        {
            self.note(receiver);
        }
        call.visit_children_with(self);
    }

    fn visit_opt_call(&mut self, call: &OptCall) {
        self.act();
        call.visit_children_with(self);
    }

    fn visit_new_expr(&mut self, new: &NewExpr) {
        self.act();
        new.visit_children_with(self);
    }

    fn visit_tagged_tpl(&mut self, tagged: &TaggedTpl) {
        self.act();
        tagged.visit_children_with(self);
    }

    fn visit_await_expr(&mut self, wait: &AwaitExpr) {
        self.act();
        wait.visit_children_with(self);
    }

    fn visit_yield_expr(&mut self, give: &YieldExpr) {
        self.act();
        give.visit_children_with(self);
    }

    fn visit_assign_expr(&mut self, assignment: &AssignExpr) {
        self.act();
        self.found.defines = true;
        assignment.visit_children_with(self);
    }

    fn visit_update_expr(&mut self, update: &UpdateExpr) {
        self.act();
        self.found.defines = true;
        update.visit_children_with(self);
    }

    fn visit_unary_expr(&mut self, unary: &UnaryExpr) {
        if unary.op == UnaryOp::Delete {
            self.act();
            self.found.defines = true;
        }
        unary.visit_children_with(self);
    }

    fn visit_function(&mut self, function: &Function) {
        self.function(|collector| function.visit_children_with(collector));
    }

    fn visit_arrow_expr(&mut self, arrow: &ArrowExpr) {
        self.function(|collector| arrow.visit_children_with(collector));
    }

    fn visit_class(&mut self, class: &Class) {
        self.found.defines = true;
        class.visit_children_with(self);
    }

    fn visit_str(&mut self, text: &Str) {
        self.found.verbatim.push(span_of(text));
    }

    fn visit_tpl_element(&mut self, text: &TplElement) {
        self.found.verbatim.push(span_of(text));
    }

    fn visit_regex(&mut self, regex: &Regex) {
        self.found.verbatim.push(span_of(regex));
    }
}
