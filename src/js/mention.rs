//! What a piece of code mentions: places, whether it acts, and how it is spelled.

use std::collections::BTreeSet;

use swc_common::Spanned;
use swc_ecma_ast::{
    ArrowExpr, AssignExpr, AwaitExpr, BinExpr, BinaryOp, BindingIdent, CallExpr, Callee, Class, Expr,
    Function, Ident, MemberExpr, MemberProp, NewExpr, OptCall, Regex, Str, TaggedTpl, ThisExpr, TplElement,
    UnaryExpr, UnaryOp, UpdateExpr, YieldExpr,
};
use swc_ecma_visit::{Visit, VisitWith};

use super::builtin;
use super::parse::span_of;
use super::place::Place;
use super::source::{GLOBAL, Source};
use super::spelling::Spelling;
use crate::text::Span;

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
    /// What `node` mentions.
    pub(super) fn mention<N: VisitWith<Collector<'a>>>(&self, node: &N) -> Mention {
        let mut collector = Collector {
            source: *self,
            seen: BTreeSet::new(),
            inside: 0,
            owners: 0,
            found: Mention::default(),
        };
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
}

/// Collects a `Mention`. Left-deep operator chains are walked in a loop, so that long ones need no stack.
pub(super) struct Collector<'a> {
    source: Source<'a>,
    seen: BTreeSet<Place>,
    inside: usize,
    /// How many functions stand around that have a `this` of their own.
    owners: usize,
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
            // In a function nobody knows what `this` is.
            self.found.everything |= self.owners > 0 && is_of_this(expr);
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
        if let (BinaryOp::In, Some(key), Some(object)) =
            (at.op, self.source.literal_key(&at.left), self.source.place(&at.right))
        {
            at.left.visit_with(self);
            self.note(object.child(&key));
            chain.pop();
        } else {
            at.left.visit_with(self);
        }
        for link in chain.iter().rev() {
            link.right.visit_with(self);
        }
    }

    fn visit_member_expr(&mut self, member: &MemberExpr) {
        if let Some(place) = self.source.member_place(member) {
            self.found.everything |= self.owners > 0 && is_of_this(&member.obj);
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
            self.note(self.source.resolved(Place::variable(name.sym.as_str())));
        }
    }

    fn visit_binding_ident(&mut self, name: &BindingIdent) {
        self.note(Place::variable(name.id.sym.as_str()));
    }

    fn visit_this_expr(&mut self, _: &ThisExpr) {
        self.found.everything = true;
    }

    fn visit_call_expr(&mut self, call: &CallExpr) {
        // Whether a member is there depends on nothing else.
        if let Some((object, key)) = builtin::presence(call)
            && let Some(place) = self.source.place(object)
            && let Some(name) = self.source.literal_key(key)
        {
            key.visit_with(self);
            self.note(place.child(&name));
            return;
        }
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
        // Asking what kind of thing the global object is does not hand it on.
        if unary.op == UnaryOp::TypeOf
            && self.source.place(&unary.arg).is_some_and(|place| GLOBAL.contains(&place.root.as_str()))
        {
            return;
        }
        if unary.op == UnaryOp::Delete {
            self.act();
            self.found.defines = true;
        }
        unary.visit_children_with(self);
    }

    fn visit_function(&mut self, function: &Function) {
        self.owners += 1;
        self.function(|collector| function.visit_children_with(collector));
        self.owners -= 1;
    }

    fn visit_arrow_expr(&mut self, arrow: &ArrowExpr) {
        self.function(|collector| arrow.visit_children_with(collector));
    }

    fn visit_class(&mut self, class: &Class) {
        self.found.defines = true;
        self.owners += 1;
        class.visit_children_with(self);
        self.owners -= 1;
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

/// Whether `expr` is `this`, or a member of it.
fn is_of_this(expr: &Expr) -> bool {
    match expr {
        Expr::This(_) => true,
        Expr::Paren(inner) => is_of_this(&inner.expr),
        Expr::Member(member) => is_of_this(&member.obj),
        _ => false,
    }
}
