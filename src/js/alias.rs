//! Variables that are but another name of a place for as long as they live: `var c = config`, `var { hosts } = config`.
//!
//! Told from the text alone. A name counts only if it is bound once, at the top of the script, and if what it names is
//! given no other object afterwards; then each mention of the name is a mention of the place.

use std::collections::BTreeMap;

use swc_ecma_ast::{
    ArrowExpr, AssignExpr, AssignOp, AssignPat, AssignPatProp, AssignTarget, BindingIdent, CatchClause,
    Class, ClassDecl, Decl, Expr, FnDecl, ForHead, ForInStmt, ForOfStmt, Function, Ident, MemberExpr,
    ObjectPat, ObjectPatProp, Pat, Stmt, UnaryExpr, UnaryOp, UpdateExpr, VarDeclKind, WithStmt,
};
use swc_ecma_visit::{Visit, VisitWith};

use super::lookup::PROTOTYPE;
use super::parse::span_of;
use super::place::Place;
use super::source::{GLOBAL, Source};
use crate::text::Span;

/// A name that stands for a place.
#[derive(Clone, Debug)]
pub(super) struct Alias {
    /// The place.
    pub(super) target: Place,
    /// Whether the name is none of the global object's: `let` and `const`.
    pub(super) is_lexical: bool,
}

/// Names and what they stand for.
pub(super) type Aliases = BTreeMap<String, Alias>;

/// The names in `statements` that always stand for a place.
pub(super) fn aliases(statements: &[Stmt], text: &str, markers: &[Span], root: &str) -> Aliases {
    let mut found = Aliases::new();
    let mut candidates = Vec::new();
    for statement in statements {
        let source = Source { text, markers, aliases: &found };
        for (name, alias) in named(statement, source) {
            // The root may be another name of a variable, but not of a part of one: then there is no telling them apart.
            if name == root && !alias.target.keys.is_empty() {
                continue;
            }
            candidates.push((name.clone(), span_of(statement)));
            found.insert(name, alias);
        }
    }
    if found.is_empty() {
        return found;
    }
    // A name that proves to be none may have hidden that another is none.
    loop {
        let source = Source { text, markers, aliases: &found };
        let uses = Uses::of(statements, source);
        let count = found.len();
        let kept = |(name, span): &&(String, Span)| {
            let alias = found.get(name)?;
            (!uses.refute(name, alias, *span)).then(|| (name.clone(), alias.clone()))
        };
        let kept: Aliases = candidates.iter().filter_map(|candidate| kept(&candidate)).collect();
        if kept.len() == count {
            return kept;
        }
        found = kept;
    }
}

/// What `statement` gives names to.
fn named(statement: &Stmt, source: Source<'_>) -> Vec<(String, Alias)> {
    match statement {
        Stmt::Decl(Decl::Var(declaration)) => {
            let is_lexical = declaration.kind != VarDeclKind::Var;
            let pairs = declaration.decls.iter().filter_map(|one| Some((&one.name, one.init.as_deref()?)));
            let all =
                pairs.filter_map(|(pattern, value)| Some(parts(pattern, &object_place(value, source)?)));
            all.flatten().map(|(name, target)| (name, Alias { target, is_lexical })).collect()
        }
        Stmt::Expr(expression) => {
            let Expr::Assign(assignment) = &*expression.expr else { return Vec::new() };
            let name = source.target(&assignment.left).filter(|place| place.keys.is_empty());
            let target = object_place(&assignment.right, source);
            let plain = assignment.op == AssignOp::Assign;
            let pair = name.zip(target).filter(|(name, target)| plain && name.root != target.root);
            pair.map(|(name, target)| (name.root, Alias { target, is_lexical: false })).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

/// The place that `value` is, if it is one that can be named.
fn object_place(value: &Expr, source: Source<'_>) -> Option<Place> {
    let place = source.place(value)?;
    let constant = ["undefined", "NaN", "Infinity", "arguments", "window", "self", "globalThis", "this"];
    let plain = !constant.contains(&place.root.as_str()) && !place.keys.iter().any(|key| key == PROTOTYPE);
    plain.then_some(Place { global: false, ..place })
}

/// The names in `pattern`, which is given `place`; none of a pattern that does more than to name members.
fn parts(pattern: &Pat, place: &Place) -> Vec<(String, Place)> {
    match pattern {
        Pat::Ident(name) => vec![(name.id.sym.to_string(), place.clone())],
        Pat::Object(object) => members(object, place).unwrap_or_default(),
        _ => Vec::new(),
    }
}

fn members(object: &ObjectPat, place: &Place) -> Option<Vec<(String, Place)>> {
    let mut all = Vec::new();
    for property in &object.props {
        match property {
            ObjectPatProp::KeyValue(pair) => {
                let key = pair.key.as_ident().map(|name| name.sym.to_string());
                let key =
                    key.or_else(|| pair.key.as_str().and_then(|text| Some(text.value.as_str()?.to_owned())))?;
                all.extend(parts(&pair.value, &place.child(&key)));
            }
            ObjectPatProp::Assign(AssignPatProp { key, value: None, .. }) => {
                all.push((key.id.sym.to_string(), place.child(key.id.sym.as_str())));
            }
            // A default decides by the value, and a rest is a new object.
            ObjectPatProp::Assign(_) => {}
            ObjectPatProp::Rest(_) => return None,
        }
    }
    Some(all)
}

/// A place that is given a value.
struct Binding {
    place: Place,
    at: usize,
    /// Any member of the place, rather than the place.
    any_member: bool,
    /// In a function, which may run at any time.
    in_function: bool,
    /// Declared between braces, so that another variable of the name is covered there.
    covers: bool,
}

/// Who binds and who mentions what.
#[derive(Default)]
struct Uses<'a> {
    source: Option<Source<'a>>,
    bindings: Vec<Binding>,
    first_mention: BTreeMap<String, usize>,
    blocks: usize,
    functions: usize,
    obscure: bool,
}

impl<'a> Uses<'a> {
    fn of(statements: &[Stmt], source: Source<'a>) -> Self {
        let mut uses = Uses { source: Some(source), ..Uses::default() };
        for statement in statements {
            statement.visit_with(&mut uses);
        }
        uses
    }

    /// Whether `name`, bound by the statement `by`, may not always stand for its place.
    fn refute(&self, name: &str, alias: &Alias, by: Span) -> bool {
        let target = &alias.target;
        let mut bound = 0;
        for binding in &self.bindings {
            let is_name = binding.place.root == name && binding.place.keys.is_empty();
            bound += usize::from(is_name);
            let above = target.root == binding.place.root && target.keys.starts_with(&binding.place.keys);
            let replaces = above && (!binding.any_member || target.keys.len() > binding.place.keys.len());
            let is_later = binding.in_function || binding.at >= by.start;
            let covers = binding.covers && binding.place.root == target.root;
            if (replaces && is_later) || covers {
                return true;
            }
        }
        let early = self.first_mention.get(name).is_some_and(|first| *first < by.start);
        self.obscure || bound != 1 || early || name == target.root
    }

    fn bind(&mut self, place: Place, at: usize, declares: bool) {
        let covers = declares && self.blocks > 0;
        self.bindings.push(Binding { place, at, any_member: false, in_function: self.functions > 0, covers });
    }

    fn declare(&mut self, name: &Ident) {
        self.bind(Place::variable(name.sym.as_str()), span_of(name).start, true);
    }

    /// `expr` is given a value.
    fn target(&mut self, expr: &Expr, at: usize) {
        let Some(source) = self.source else { return };
        match (source.written(expr), expr) {
            (Some(place), _) => self.bind(place, at, false),
            (None, Expr::Member(member)) => self.any_member(member, at),
            (None, Expr::Paren(inner)) => self.target(&inner.expr, at),
            _ => {}
        }
    }

    fn any_member(&mut self, member: &MemberExpr, at: usize) {
        let Some(source) = self.source else { return };
        match source.place(&member.obj) {
            Some(place) if !GLOBAL.contains(&place.root.as_str()) => {
                let in_function = self.functions > 0;
                self.bindings.push(Binding { place, at, any_member: true, in_function, covers: false });
            }
            Some(_) => self.obscure = true,
            None => {}
        }
    }

    fn mention(&mut self, place: &Place, at: usize) {
        let first = self.first_mention.entry(place.root.clone()).or_insert(at);
        *first = at.min(*first);
        self.obscure |= place.root == "eval";
    }

    fn block(&mut self, visit: impl FnOnce(&mut Self)) {
        self.blocks += 1;
        visit(self);
        self.blocks -= 1;
    }

    fn function(&mut self, visit: impl FnOnce(&mut Self)) {
        self.functions += 1;
        self.block(visit);
        self.functions -= 1;
    }
}

impl Visit for Uses<'_> {
    fn visit_stmt(&mut self, statement: &Stmt) {
        match statement {
            Stmt::Expr(_) | Stmt::Decl(_) | Stmt::If(_) => statement.visit_children_with(self),
            _ => self.block(|uses| statement.visit_children_with(uses)),
        }
    }

    fn visit_binding_ident(&mut self, name: &BindingIdent) {
        self.declare(&name.id);
    }

    fn visit_assign_pat_prop(&mut self, property: &AssignPatProp) {
        self.declare(&property.key.id);
        property.value.visit_with(self);
    }

    fn visit_fn_decl(&mut self, function: &FnDecl) {
        self.declare(&function.ident);
        function.function.visit_with(self);
    }

    fn visit_class_decl(&mut self, class: &ClassDecl) {
        self.declare(&class.ident);
        class.class.visit_with(self);
    }

    fn visit_function(&mut self, function: &Function) {
        self.function(|uses| function.visit_children_with(uses));
    }

    fn visit_arrow_expr(&mut self, arrow: &ArrowExpr) {
        self.function(|uses| arrow.visit_children_with(uses));
    }

    fn visit_class(&mut self, class: &Class) {
        self.function(|uses| class.visit_children_with(uses));
    }

    fn visit_catch_clause(&mut self, clause: &CatchClause) {
        self.block(|uses| clause.visit_children_with(uses));
    }

    fn visit_with_stmt(&mut self, statement: &WithStmt) {
        self.obscure = true;
        statement.visit_children_with(self);
    }

    fn visit_assign_expr(&mut self, assignment: &AssignExpr) {
        let at = span_of(assignment).start;
        match &assignment.left {
            AssignTarget::Simple(simple) => {
                let source = self.source;
                if let Some(place) = source.and_then(|source| source.target(&assignment.left)) {
                    self.bind(place, at, false);
                } else {
                    if let Some(member) = simple.as_member() {
                        self.any_member(member, at);
                    }
                    simple.visit_with(self);
                }
            }
            AssignTarget::Pat(pattern) => pattern.visit_with(self),
        }
        assignment.right.visit_with(self);
    }

    fn visit_pat(&mut self, pattern: &Pat) {
        match pattern {
            Pat::Expr(expr) => self.target(expr, span_of(expr).start),
            Pat::Assign(AssignPat { left, right, .. }) => {
                left.visit_with(self);
                right.visit_with(self);
            }
            _ => pattern.visit_children_with(self),
        }
    }

    fn visit_update_expr(&mut self, update: &UpdateExpr) {
        self.target(&update.arg, span_of(update).start);
        update.visit_children_with(self);
    }

    fn visit_unary_expr(&mut self, unary: &UnaryExpr) {
        if unary.op == UnaryOp::Delete {
            self.target(&unary.arg, span_of(unary).start);
        }
        unary.visit_children_with(self);
    }

    fn visit_for_in_stmt(&mut self, statement: &ForInStmt) {
        visit_head(self, &statement.left);
        statement.right.visit_with(self);
        statement.body.visit_with(self);
    }

    fn visit_for_of_stmt(&mut self, statement: &ForOfStmt) {
        visit_head(self, &statement.left);
        statement.right.visit_with(self);
        statement.body.visit_with(self);
    }

    fn visit_expr(&mut self, expr: &Expr) {
        if let Some(place) = self.source.and_then(|source| source.place_unresolved(expr)) {
            self.mention(&place, span_of(expr).start);
        }
        expr.visit_children_with(self);
    }

    fn visit_ident(&mut self, name: &Ident) {
        self.mention(&Place::variable(name.sym.as_str()), span_of(name).start);
    }
}

fn visit_head(uses: &mut Uses<'_>, head: &ForHead) {
    match head {
        ForHead::Pat(pattern) => pattern.visit_with(uses),
        other => other.visit_with(uses),
    }
}
