//! What a script computes, told from its tree: no code is ever run.
//!
//! Promises never to claim a value that running the script would not give. What it cannot know it keeps as an
//! unknown value, and what may change things in a way that it does not follow it lists as an effect.

use std::collections::{BTreeMap, BTreeSet};

use swc_ecma_ast::{Decl, Expr, IfStmt, Lit, Pat, Stmt, VarDecl, VarDeclKind, VarDeclarator};

use super::alias::{Aliases, aliases};
use super::body::Reach;
use super::evaluation::{Effect, Evaluation, Store, Throw};
use super::influence::Influence;
use super::known::{Known, Unknown};
use super::merge::merged;
use super::operator;
use super::parse::{self, Dialect, Error, Tree, span_of};
use super::place::Place;
use super::scope::{Lexical, Scope, elsewhere};
use super::source::Source;
use crate::text::{Span, Text};

/// How many values may be copied before the evaluator gives up on a file: scripts can double a list with each line.
const BUDGET: usize = 5_000_000;

/// A name outside a block that a declaration inside it covers.
struct Covered {
    name: String,
    value: Option<Known>,
    lexical: Option<Lexical>,
    tainted: Option<Known>,
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
    let json = dialect == Dialect::Json;
    let root = if let Dialect::Script(root) = dialect { root } else { "" };
    let aliases = match dialect {
        Dialect::Script(root) => aliases(&tree.statements, text.as_str(), &tree.markers, root),
        Dialect::Json => Aliases::new(),
    };
    let source = Source { text: text.as_str(), markers: &tree.markers, aliases: &aliases };
    let mut evaluator = Evaluator {
        source,
        json,
        scope: Scope::default(),
        influence: Influence::default(),
        root,
        effects: Vec::new(),
        stores: Vec::new(),
        sources: BTreeMap::new(),
        frozen: BTreeSet::new(),
        named: BTreeSet::new(),
        forks: 0,
        budget: BUDGET,
    };
    let throws = match tree.statements.first() {
        Some(Stmt::Expr(value)) if json => {
            evaluator.value(&value.expr).map(|known| evaluator.scope.declare("", known)).err()
        }
        _ => evaluator.script(&tree.statements).err(),
    };
    evaluator.finish(throws, root)
}

/// An evaluation under way.
pub(super) struct Evaluator<'a> {
    pub(super) source: Source<'a>,
    pub(super) json: bool,
    pub(super) scope: Scope,
    pub(super) influence: Influence,
    /// The variable that the script is about.
    pub(super) root: &'a str,
    pub(super) effects: Vec<Effect>,
    pub(super) stores: Vec<Store>,
    pub(super) sources: BTreeMap<String, BTreeSet<String>>,
    /// Variables of which an object may not be changed any more.
    pub(super) frozen: BTreeSet<String>,
    /// The names that stand for a place by now.
    pub(super) named: BTreeSet<String>,
    /// How many undecided conditions the statement under way stands in.
    pub(super) forks: usize,
    pub(super) budget: usize,
}

impl Evaluator<'_> {
    fn finish(mut self, throws: Option<Throw>, root: &str) -> Evaluation {
        if self.budget == 0 {
            let text = "the script copies more than can be followed".to_owned();
            let read = Unknown::new(text, Vec::new(), Span::empty(0));
            self.affect(Span::empty(0), read, Reach { everything: true, ..Reach::default() });
        }
        let aliases = self.name_aliases(root);
        let Evaluator { scope, effects, stores, sources, .. } = self;
        Evaluation { variables: scope.variables, effects, throws, aliases, stores, sources }
    }

    /// Gives the names that stand for places the values of these.
    fn name_aliases(&mut self, root: &str) -> BTreeMap<String, String> {
        let mut named = BTreeMap::new();
        for (name, alias) in self.source.aliases {
            let target = &alias.target;
            let whole = self.scope.deepest(target).filter(|(count, _)| *count == target.keys.len());
            let known = match whole {
                // An exception came first.
                _ if !self.named.contains(name) => Known::Undefined,
                Some((_, known)) => known.into_owned(),
                None => elsewhere(target.to_string()),
            };
            self.charge(Some(&known));
            for effect in self.effects.iter_mut().filter(|effect| effect.names.contains(&target.root)) {
                effect.names.push(name.clone());
                effect.names.sort_unstable();
            }
            self.scope.variables.insert(name.clone(), known);
            // The root goes by its own name.
            if name == root {
                named.insert(target.root.clone(), root.to_owned());
            } else {
                named.insert(name.clone(), target.to_string());
            }
        }
        named
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
                self.note_store(&Place::variable(name), &*class.class, span_of(class));
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
        let read = Unknown::new(text.to_owned(), Vec::new(), span);
        self.affect(span, read, self.all_lent(BTreeSet::new()));
    }

    /// All variables, and `names`: something from elsewhere decides what becomes of them.
    fn all_lent(&self, names: BTreeSet<String>) -> Reach {
        let all = self.scope.variables.keys().cloned().chain(names);
        Reach::lending(all.map(|name| Place::variable(&name)))
    }

    fn declaration(&mut self, declaration: &VarDecl) -> Result<(), Throw> {
        declaration.decls.iter().try_for_each(|declarator| self.declarator(declaration.kind, declarator))
    }

    fn declarator(&mut self, kind: VarDeclKind, declarator: &VarDeclarator) -> Result<(), Throw> {
        let Pat::Ident(name) = &declarator.name else {
            return self.destructure(kind, declarator);
        };
        let name = name.id.sym.as_str();
        if let (true, Some(value)) = (self.source.aliases.contains_key(name), &declarator.init) {
            self.enliven(kind, name);
            self.known(value)?;
            self.named.insert(name.to_owned());
            return Ok(());
        }
        let known = match &declarator.init {
            Some(value) => {
                let known = self.value(value)?;
                self.link(&Place::variable(name), value);
                self.connect(&Place::variable(name), &known);
                self.note_store(&Place::variable(name), &**value, span_of(declarator));
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

    pub(super) fn enliven(&mut self, kind: VarDeclKind, name: &str) {
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
            self.scope.tainted.extend(tainted.map(|taint| (name, taint)));
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
        let names = self.names(&self.source.mention(branch));
        let before = self.values(&names);
        let tainted = self.scope.tainted.clone();
        self.forks += 1;
        let yes = self.statement(&branch.cons);
        let after_yes = self.take(&names);
        self.restore(before);
        let tainted = std::mem::replace(&mut self.scope.tainted, tainted);
        let no = branch.alt.as_ref().map_or(Ok(()), |other| self.statement(other));
        self.forks -= 1;
        for (name, yes) in tainted {
            let both = match self.scope.tainted.remove(&name) {
                Some(Known::Unknown(no)) => no.tainting(Some(yes), false),
                _ => yes,
            };
            self.scope.tainted.insert(name, both);
        }
        match (yes, no) {
            (Ok(()), Ok(())) => self.reconcile(&test, after_yes),
            (Err(throw), Err(_)) => return Err(throw),
            // One way ends here. Whatever follows may not happen, so nothing is certain any more.
            (yes, _) => {
                if yes.is_ok() {
                    self.take(&names);
                    self.restore(after_yes);
                }
                let read = self.unread(branch);
                self.affect(span_of(branch), read, self.all_lent(names));
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
