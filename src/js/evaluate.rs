//! What a script computes, told from its tree: no code is ever run.
//!
//! Promises never to claim a value that running the script would not give. What it cannot know it keeps as an
//! unknown value, and what may change things in a way that it does not follow it lists as an effect.

use std::collections::{BTreeMap, BTreeSet};

use swc_ecma_ast::{Decl, Expr, IfStmt, Lit, Pat, Stmt, VarDecl, VarDeclKind, VarDeclarator};

use super::influence::Influence;
use super::known::{Known, Unknown};
use super::merge::merged;
use super::operator;
use super::parse::{self, Dialect, Error, Tree, span_of};
use super::place::Place;
use super::scope::{Lexical, Scope, elsewhere};
use super::source::Source;
use super::unknown::Code;
use crate::text::{Span, Text};

/// How many values may be copied before the evaluator gives up on a file: scripts can double a list with each line.
const BUDGET: usize = 5_000_000;

/// What is known after a script has run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Evaluation {
    /// The global variables that the script declares or writes to. The value of a JSON file has the empty name.
    pub variables: BTreeMap<String, Known>,
    /// What may have changed variables in a way that is not followed, in the order of execution. The values of the
    /// variables that it names are those without it.
    pub effects: Vec<Effect>,
    /// The exception that stops the script; nothing after it has run.
    pub throws: Option<Throw>,
}

/// A piece of code that may change variables in a way that is not followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effect {
    /// Where it is.
    pub span: Span,
    /// The code, without comments and needless white space.
    pub text: String,
    /// The variables that it may change, sorted.
    pub names: Vec<String>,
}

/// An exception that nothing catches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Throw {
    /// The code that throws.
    pub span: Span,
    /// Why.
    pub message: String,
}

/// A name outside a block that a declaration inside it covers.
struct Covered {
    name: String,
    value: Option<Known>,
    lexical: Option<Lexical>,
    tainted: bool,
}

/// What `text` evaluates to.
///
/// # Errors
/// When it does not parse, is a template or nests too deeply.
pub fn evaluate_source(text: &Text, dialect: Dialect) -> Result<Evaluation, Error> {
    Ok(evaluate(&parse::parse(text, dialect)?, text, dialect))
}

/// What `tree`, which was parsed from `text`, evaluates to.
pub(super) fn evaluate(tree: &Tree, text: &Text, dialect: Dialect) -> Evaluation {
    let source = Source { text: text.as_str(), markers: &tree.markers };
    let json = dialect == Dialect::Json;
    let mut evaluator = Evaluator {
        source,
        json,
        scope: Scope::default(),
        influence: Influence::default(),
        effects: Vec::new(),
        budget: BUDGET,
    };
    let throws = match tree.statements.first() {
        Some(Stmt::Expr(value)) if json => {
            evaluator.value(&value.expr).map(|known| evaluator.scope.declare("", known)).err()
        }
        _ => evaluator.script(&tree.statements).err(),
    };
    evaluator.finish(throws)
}

/// An evaluation under way.
pub(super) struct Evaluator<'a> {
    pub(super) source: Source<'a>,
    pub(super) json: bool,
    pub(super) scope: Scope,
    pub(super) influence: Influence,
    pub(super) effects: Vec<Effect>,
    pub(super) budget: usize,
}

impl Evaluator<'_> {
    fn finish(mut self, throws: Option<Throw>) -> Evaluation {
        if self.budget == 0 {
            let names = self.scope.variables.keys().cloned().collect();
            let text = "the script copies more than can be followed".to_owned();
            self.effects.push(Effect { span: Span::empty(0), text, names });
        }
        Evaluation { variables: self.scope.variables, effects: self.effects, throws }
    }

    fn script(&mut self, statements: &[Stmt]) -> Result<(), Throw> {
        self.scope.strict = statements.iter().map_while(directive).any(|text| text == "use strict");
        for statement in statements {
            if let Stmt::Decl(Decl::Fn(function)) = statement {
                let known = self.function(&function.function);
                let name = function.ident.sym.as_str();
                self.connect(&Place::variable(name), &known);
                self.scope.declare(name, known);
            }
        }
        self.bury(statements);
        statements.iter().try_for_each(|statement| self.statement(statement))
    }

    fn statement(&mut self, statement: &Stmt) -> Result<(), Throw> {
        match statement {
            Stmt::Expr(expression) => self.expression(&expression.expr),
            Stmt::Decl(Decl::Var(declaration)) => self.declaration(declaration),
            Stmt::Decl(Decl::Fn(_)) | Stmt::Empty(_) | Stmt::Debugger(_) => Ok(()),
            Stmt::Decl(Decl::Class(class)) => {
                let (known, name) = (self.unknown(&*class.class), class.ident.sym.as_str());
                self.scope.lexical.insert(name.to_owned(), Lexical::Variable);
                self.scope.declare(name, known);
                self.act(&*class.class);
                Ok(())
            }
            Stmt::If(branch) => self.branch(branch),
            Stmt::Block(block) if !block.stmts.iter().any(is_function) => self.block(&block.stmts),
            Stmt::Throw(throw) => {
                let text = self.source.spelling(throw, &self.source.mention(throw));
                Err(Throw { span: span_of(throw), message: format!("the script says `{text}`") })
            }
            other => {
                self.effect(other);
                Ok(())
            }
        }
    }

    /// An expression whose value nobody uses.
    fn expression(&mut self, expr: &Expr) -> Result<(), Throw> {
        match expr {
            Expr::Assign(assignment) => self.assign(assignment, false).map(|_| ()),
            Expr::Paren(inner) => self.expression(&inner.expr),
            Expr::Seq(sequence) => sequence.exprs.iter().try_for_each(|expr| self.expression(expr)),
            Expr::Ident(name) if self.source.hides(span_of(name)) => {
                self.include(span_of(name));
                Ok(())
            }
            _ => self.known(expr).map(|_| ()),
        }
    }

    /// A server-side include where a statement may be: it can put any code there, or leave some out.
    fn include(&mut self, span: Span) {
        let text = self.source.text.get(span.start..span.end).unwrap_or("");
        if ["echo", "set", "config"].iter().any(|harmless| text.starts_with(&format!("<!--#{harmless}"))) {
            return;
        }
        let names = self.scope.variables.keys().cloned().collect();
        self.affect(span, text.to_owned(), names);
    }

    fn declaration(&mut self, declaration: &VarDecl) -> Result<(), Throw> {
        declaration.decls.iter().try_for_each(|declarator| self.declarator(declaration.kind, declarator))
    }

    fn declarator(&mut self, kind: VarDeclKind, declarator: &VarDeclarator) -> Result<(), Throw> {
        let Pat::Ident(name) = &declarator.name else {
            self.destructure(kind, declarator);
            return Ok(());
        };
        let name = name.id.sym.as_str();
        let known = match &declarator.init {
            Some(value) => {
                let known = self.value(value)?;
                self.link(&Place::variable(name), value);
                self.connect(&Place::variable(name), &known);
                Some(known)
            }
            None if kind == VarDeclKind::Let => Some(Known::Undefined),
            None if self.scope.variables.contains_key(name) => None,
            None => Some(elsewhere(name.to_owned())),
        };
        self.enliven(kind, name);
        if let Some(known) = known {
            self.scope.declare(name, known);
        }
        Ok(())
    }

    /// `var { a, b } = value`: each name becomes unknown.
    fn destructure(&mut self, kind: VarDeclKind, declarator: &VarDeclarator) {
        self.effect(declarator);
        for place in self.source.mention(&declarator.name).places {
            let whole = self.unknown(declarator);
            self.enliven(kind, &place.root);
            self.scope.declare(&place.root, whole);
            if let Some(value) = &declarator.init {
                self.link(&place, value);
            }
        }
    }

    fn enliven(&mut self, kind: VarDeclKind, name: &str) {
        let lexical = match kind {
            VarDeclKind::Var => return,
            VarDeclKind::Let => Lexical::Variable,
            VarDeclKind::Const => Lexical::Constant,
        };
        self.scope.lexical.insert(name.to_owned(), lexical);
    }

    /// Declares what `let`, `const` and `class` among `statements` declare; reading them too early throws.
    fn bury(&mut self, statements: &[Stmt]) -> Vec<Covered> {
        let mut covered = Vec::new();
        let names: Vec<String> = statements.iter().flat_map(|one| self.lexical_names(one)).collect();
        for name in names {
            let value = self.scope.variables.remove(&name);
            let lexical = self.scope.lexical.insert(name.clone(), Lexical::Dead);
            let tainted = self.scope.tainted.remove(&name);
            covered.push(Covered { name, value, lexical, tainted });
        }
        covered
    }

    fn lexical_names(&self, statement: &Stmt) -> Vec<String> {
        let names = match statement {
            Stmt::Decl(Decl::Var(declaration)) if declaration.kind != VarDeclKind::Var => {
                let names = declaration.decls.iter().flat_map(|one| self.source.mention(&one.name).places);
                names.map(|place| place.root).collect()
            }
            Stmt::Decl(Decl::Class(class)) => vec![class.ident.sym.to_string()],
            _ => Vec::new(),
        };
        // A name that a pattern mentions twice, as in `let { a = b }`, must be covered only once.
        names.into_iter().collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// Statements between braces: what they declare covers what is outside, and ends with them.
    fn block(&mut self, statements: &[Stmt]) -> Result<(), Throw> {
        let covered = self.bury(statements);
        let ran = statements.iter().try_for_each(|statement| self.statement(statement));
        for Covered { name, value, lexical, tainted } in covered {
            self.scope.variables.remove(&name);
            self.scope.lexical.remove(&name);
            self.scope.variables.extend(value.map(|value| (name.clone(), value)));
            self.scope.lexical.extend(lexical.map(|lexical| (name.clone(), lexical)));
            // What changed the inner one may have meant the outer one: functions see both.
            self.scope.tainted.extend(tainted.then_some(name));
        }
        ran
    }

    fn branch(&mut self, branch: &IfStmt) -> Result<(), Throw> {
        let test = self.known(&branch.test)?;
        match (test.as_ref().and_then(operator::truth), &branch.alt) {
            (Some(true), _) => self.statement(&branch.cons),
            (Some(false), Some(other)) => self.statement(other),
            (Some(false), None) => Ok(()),
            (None, _) => self.fork(branch),
        }
    }

    /// An `if` that may go either way: both are followed, and what differs is unknown.
    fn fork(&mut self, branch: &IfStmt) -> Result<(), Throw> {
        let Known::Unknown(test) = self.unknown(&*branch.test) else { return Ok(()) };
        let names = self.names(&self.source.mention(branch), false);
        let before = self.values(&names);
        let tainted = self.scope.tainted.clone();
        let yes = self.statement(&branch.cons);
        let after_yes = self.take(&names);
        self.restore(before);
        let tainted = std::mem::replace(&mut self.scope.tainted, tainted);
        let no = branch.alt.as_ref().map_or(Ok(()), |other| self.statement(other));
        self.scope.tainted.extend(tainted);
        match (yes, no) {
            (Ok(()), Ok(())) => self.reconcile(&test, after_yes),
            (Err(throw), Err(_)) => return Err(throw),
            // One way ends here. Whatever follows may not happen, so nothing is certain any more.
            (yes, _) => {
                if yes.is_ok() {
                    self.take(&names);
                    self.restore(after_yes);
                }
                let all = self.scope.variables.keys().cloned().chain(names).collect();
                let code = self.source.spelling(branch, &self.source.mention(branch));
                self.affect(span_of(branch), code, all);
            }
        }
        Ok(())
    }

    fn reconcile(&mut self, test: &Unknown, after_yes: Vec<(String, Option<Known>)>) {
        for (name, yes) in after_yes {
            let no = self.scope.variables.remove(&name);
            if yes.is_some() || no.is_some() {
                self.scope.variables.insert(name, merged(test, yes, no));
            }
        }
    }

    fn values(&mut self, names: &BTreeSet<String>) -> Vec<(String, Option<Known>)> {
        let value = |name: &String| (name.clone(), self.scope.variables.get(name).cloned());
        let values: Vec<_> = names.iter().map(value).collect();
        for (_, known) in &values {
            self.charge(known.as_ref());
        }
        values
    }

    fn take(&mut self, names: &BTreeSet<String>) -> Vec<(String, Option<Known>)> {
        names.iter().map(|name| (name.clone(), self.scope.variables.remove(name))).collect()
    }

    fn restore(&mut self, values: Vec<(String, Option<Known>)>) {
        let there = values.into_iter().filter_map(|(name, known)| Some((name, known?)));
        self.scope.variables.extend(there);
    }

    /// Notes that copying `known` costs memory.
    pub(super) fn charge(&mut self, known: Option<&Known>) {
        let weight = known.map_or(0, |known| known.weight(self.budget));
        self.budget = self.budget.saturating_sub(weight);
    }

    /// Lists `node` as an effect on everything that it names.
    pub(super) fn effect(&mut self, node: &impl Code) {
        let mention = self.source.mention(node);
        let names = self.names(&mention, false);
        let text = self.source.spelling(node, &mention);
        self.affect(span_of(node), text, names);
    }

    /// Lists `node` as an effect, if evaluating it may change a variable.
    pub(super) fn act(&mut self, node: &impl Code) {
        let mention = self.source.mention(node);
        if !mention.acts {
            return;
        }
        let names = self.names(&mention, !mention.defines);
        if !names.is_empty() {
            let text = self.source.spelling(node, &mention);
            self.affect(span_of(node), text, names);
        }
    }

    /// Lists an effect. Nothing is derived from the variables it names from now on.
    pub(super) fn affect(&mut self, span: Span, text: String, names: BTreeSet<String>) {
        let names = self.influence.closure(names);
        self.scope.tainted.extend(names.iter().cloned());
        self.effects.push(Effect { span, text, names: names.into_iter().collect() });
    }
}

/// The text of a directive such as `'use strict'`.
fn directive(statement: &Stmt) -> Option<&str> {
    let Stmt::Expr(expression) = statement else { return None };
    let Expr::Lit(Lit::Str(text)) = &*expression.expr else { return None };
    text.raw.as_deref().map(|raw| raw.trim_matches(['\'', '"']))
}

fn is_function(statement: &Stmt) -> bool {
    matches!(statement, Stmt::Decl(Decl::Fn(_)))
}
