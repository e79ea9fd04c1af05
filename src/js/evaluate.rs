//! Static evaluation: what the variables of a script hold in the end, without running it.
//!
//! Understands what configuration files are made of: declarations, literals, assignments to keys, `if`, `delete`.
//! Whatever else a statement does is named as an effect, never ignored and never guessed.

use std::collections::{BTreeMap, BTreeSet};

use swc_ecma_ast::{Decl, Expr, Function, Pat, Stmt, VarDecl};

use super::known::{Known, Members, Unknown};
use super::names;
use super::parse::{Dialect, Tree, span_of};
use crate::text::{Span, Text};

/// What a script comes to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Evaluation {
    /// The global variables in the end; the value of a JSON file has the empty name.
    pub variables: BTreeMap<String, Known>,
    /// Statements whose effect cannot be told, in their order.
    pub effects: Vec<Effect>,
    /// What ends the script early, for certain.
    pub throws: Option<Throw>,
}

/// A statement, or a call in one, whose effect cannot be told.
#[derive(Clone, Debug, PartialEq)]
pub struct Effect {
    /// Where.
    pub span: Span,
    /// Its source, without comments and with single blanks.
    pub text: String,
    /// The names it mentions: what it may change.
    pub names: Vec<String>,
}

/// An exception that is certain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Throw {
    /// Where.
    pub span: Span,
    /// What happens there.
    pub message: String,
}

/// Evaluates the statements of `tree`, which was read from `text`.
pub(super) fn evaluate(tree: &Tree, text: &Text, dialect: Dialect) -> Evaluation {
    let mut machine = Machine { tree, text, functions: BTreeMap::new(), state: Evaluation::default() };
    match (dialect, tree.statements.as_slice()) {
        (Dialect::Json, [Stmt::Expr(json)]) => {
            let value = machine.expression(&json.expr);
            machine.state.variables.insert(String::new(), value);
        }
        (_, statements) => {
            machine.hoist(statements);
            machine.statements(statements);
        }
    }
    machine.state
}

/// The state of one evaluation.
pub(super) struct Machine<'a> {
    pub(super) tree: &'a Tree,
    pub(super) text: &'a Text,
    functions: BTreeMap<String, &'a Function>,
    pub(super) state: Evaluation,
}

impl<'a> Machine<'a> {
    fn hoist(&mut self, statements: &'a [Stmt]) {
        for statement in statements {
            if let Stmt::Decl(Decl::Fn(function)) = statement {
                let name = function.ident.sym.to_string();
                self.state.variables.insert(name.clone(), Known::symbol(format!("function {name}")));
                self.functions.insert(name, &function.function);
            }
        }
    }

    fn statements(&mut self, statements: &'a [Stmt]) {
        for statement in statements {
            if self.state.throws.is_some() {
                return;
            }
            self.statement(statement);
        }
    }

    fn statement(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::Decl(Decl::Var(declaration)) => self.declaration(declaration),
            Stmt::Expr(expression) => {
                self.expression(&expression.expr);
                self.include(&expression.expr);
            }
            Stmt::Block(block) => self.statements(&block.stmts),
            Stmt::If(branch) => self.branch(branch),
            Stmt::Empty(_) | Stmt::Decl(Decl::Fn(_)) => {}
            other => self.effect(span_of(other), names::of(other)),
        }
    }

    /// A server-side include on a line of its own may bring any statement.
    fn include(&mut self, expr: &Expr) {
        if let Expr::Ident(name) = expr
            && self.is_marker(span_of(name))
        {
            self.effect(span_of(name), vec!["config".to_owned(), "interfaceConfig".to_owned()]);
        }
    }

    fn declaration(&mut self, declaration: &'a VarDecl) {
        for declarator in &declaration.decls {
            let Pat::Ident(name) = &declarator.name else {
                self.effect(span_of(declarator), names::of(declarator));
                continue;
            };
            let name = name.id.sym.to_string();
            if let Some(value) = declarator.init.as_deref() {
                let known = self.expression(value);
                self.alias(&name, value, &known);
                self.state.variables.insert(name, known);
            } else {
                let elsewhere = Known::symbol(format!("{name} from elsewhere"));
                self.state.variables.entry(name).or_insert(elsewhere);
            }
        }
    }

    fn branch(&mut self, branch: &'a swc_ecma_ast::IfStmt) {
        let test = self.expression(&branch.test);
        match test.truth() {
            Some(true) => self.statement(&branch.cons),
            Some(false) => {
                if let Some(other) = &branch.alt {
                    self.statement(other);
                }
            }
            None => self.either(branch, &test),
        }
    }

    /// Runs both branches of an `if` whose test cannot be told, and merges what comes of them.
    fn either(&mut self, branch: &'a swc_ecma_ast::IfStmt, test: &Known) {
        let before = self.state.variables.clone();
        self.statement(&branch.cons);
        let thrown = self.state.throws.take();
        let then = std::mem::replace(&mut self.state.variables, before);
        if let Some(other) = &branch.alt {
            self.statement(other);
        }
        // What throws in one branch only may not throw at all.
        self.state.throws = self.state.throws.take().and(thrown);
        let test = test.to_string();
        let names: BTreeSet<String> = then.keys().chain(self.state.variables.keys()).cloned().collect();
        for name in names {
            let other = self.state.variables.remove(&name).unwrap_or(Known::Undefined);
            let merged = merged(&test, then.get(&name).cloned().unwrap_or(Known::Undefined), other);
            self.state.variables.insert(name, merged);
        }
    }

    /// Notes that `name` and what `value` names are one object from now on, which this evaluation does not follow.
    pub(super) fn alias(&mut self, name: &str, value: &Expr, known: &Known) {
        if !matches!(known, Known::Object(_) | Known::Array(_)) {
            return;
        }
        if let Some((root, path)) = super::writes::expression_path(value) {
            let global = path.first().filter(|_| super::writes::is_global(&root)).cloned();
            let names = vec![name.to_owned(), global.unwrap_or(root)];
            if names.first() != names.last() {
                self.effect(span_of(value), names);
            }
        }
    }

    /// Notes an effect on `names`, and on what the functions among them mention.
    pub(super) fn effect(&mut self, span: Span, mut names: Vec<String>) {
        let called: Vec<&Function> =
            names.iter().filter_map(|name| self.functions.get(name).copied()).collect();
        for function in called {
            names.extend(names::of(function));
        }
        names.sort_unstable();
        names.dedup();
        let effect = Effect { span, text: self.normalised(span), names };
        self.state.effects.push(effect);
    }

    pub(super) fn throw(&mut self, span: Span, message: String) {
        self.state.throws.get_or_insert(Throw { span, message });
    }

    pub(super) fn is_marker(&self, span: Span) -> bool {
        self.tree.markers.contains(&span)
    }

    /// The original source of `span`, without comments and with single blanks outside strings.
    pub(super) fn normalised(&self, span: Span) -> String {
        normalised(self.text.slice(span))
    }

    pub(super) fn unknown(&self, expr: &Expr) -> Known {
        let reads = names::reads(expr);
        let value = |(root, path): (String, Vec<String>)| {
            let known = self
                .state
                .variables
                .get(&root)
                .and_then(|known| path.iter().try_fold(known, |known, segment| known.member(segment)));
            let name = std::iter::once(root).chain(path).collect::<Vec<_>>().join(".");
            (name, known.cloned().unwrap_or(Known::Undefined))
        };
        let reads = reads.into_iter().map(value).collect();
        Known::Unknown(Box::new(Unknown { text: self.normalised(span_of(expr)), reads }))
    }
}

/// What `then` and `other` come to when `test` decides between them.
fn merged(test: &str, then: Known, other: Known) -> Known {
    match (then, other) {
        (then, other) if then == other => then,
        (Known::Object(then), Known::Object(mut other)) if then.open == other.open => {
            let mut named = BTreeMap::new();
            for (name, value) in then.named {
                let there = other.named.remove(&name).unwrap_or(Known::Undefined);
                named.insert(name, merged(test, value, there));
            }
            for (name, value) in other.named {
                named.insert(name, merged(test, Known::Undefined, value));
            }
            Known::Object(Members { named, open: then.open })
        }
        (then, other) => {
            let reads = vec![("then".to_owned(), then), ("else".to_owned(), other)];
            Known::Unknown(Box::new(Unknown { text: format!("depends on {test}"), reads }))
        }
    }
}

fn normalised(source: &str) -> String {
    let mut text = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(letter) = rest.chars().next() {
        let length = match letter {
            '\'' | '"' | '`' => string_length(rest, letter),
            '/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |at| at + 2),
            letter => letter.len_utf8(),
        };
        let token = rest.get(..length).unwrap_or(rest);
        let is_blank = letter.is_whitespace() || token.starts_with("//") || token.starts_with("/*");
        if !is_blank {
            text.push_str(token);
        } else if !text.ends_with(' ') && !text.is_empty() {
            text.push(' ');
        }
        rest = rest.get(length..).unwrap_or("");
    }
    text.trim_end().to_owned()
}

fn string_length(source: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, letter) in source.char_indices().skip(1) {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            letter if letter == quote => return at + 1,
            _ => {}
        }
    }
    source.len()
}
