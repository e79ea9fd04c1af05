//! Every write to the root variable, in the order in which the file makes them.

use swc_ecma_ast::{
    AssignExpr, AssignOp, AssignTarget, Expr, MemberExpr, MemberProp, Pat, SimpleAssignTarget, Stmt, VarDecl,
    VarDeclKind,
};

use super::literal;
use super::parse::span_of;
use crate::text::Span;
use crate::value::KeyPath;

/// One statement that gives the root, or a key below it, a value.
pub(super) struct Write<'a> {
    /// Which key; the root itself has no segments.
    pub(super) path: KeyPath,
    /// What it is given.
    pub(super) value: &'a Expr,
    /// Whether the value is simply given (`=`), so that replacing it replaces the key's value.
    pub(super) plain: bool,
    /// Whether an `if`, a loop or the like decides if this happens.
    pub(super) conditional: bool,
    /// The whole statement.
    pub(super) statement: Span,
    /// How the statement spells the root: `config`, `window.config`.
    pub(super) root: String,
}

/// All writes to `root` among `statements`. `declared` tells whether the root is declared at all.
pub(super) fn writes<'a>(statements: &'a [Stmt], root: &str) -> (Vec<Write<'a>>, bool) {
    writes_by(statements, root, &[])
}

/// As `writes`, with those that go by one of the `names`, which are other names of the root.
pub(super) fn writes_by<'a>(statements: &'a [Stmt], root: &str, names: &[&str]) -> (Vec<Write<'a>>, bool) {
    let mut search = Search { root, names, found: Vec::new(), declared: false };
    for statement in statements {
        search.statement(statement, false);
    }
    (search.found, search.declared)
}

/// The variable that clients read as a member of `window`; `interfaceConfig` they call by its bare name.
const READ_OF_WINDOW: &str = "config";

/// The declaration, and its keyword, that keeps `root` from the client: `let` and `const` make no member of `window`.
/// None if one of the `found` writes makes that member.
pub(super) fn hidden_declaration(
    statements: &[Stmt],
    found: &[Write<'_>],
    root: &str,
) -> Option<(Span, &'static str)> {
    let is_shared = found.iter().any(|write| write.path.segments().is_empty() && write.root != root);
    if root != READ_OF_WINDOW || is_shared {
        return None;
    }
    statements.iter().find_map(|statement| {
        let declaration = statement.as_decl()?.as_var()?;
        let keyword = match declaration.kind {
            VarDeclKind::Let => "let",
            VarDeclKind::Const => "const",
            VarDeclKind::Var => return None,
        };
        let is_root = |name: &Pat| matches!(name, Pat::Ident(name) if name.id.sym == *root);
        declaration.decls.iter().any(|one| is_root(&one.name)).then(|| (span_of(statement), keyword))
    })
}

/// The names of the globals' own object. Outside of functions, `this` is one.
const GLOBAL: [&str; 4] = ["window", "self", "globalThis", "this"];

struct Search<'a, 'r> {
    root: &'r str,
    names: &'r [&'r str],
    found: Vec<Write<'a>>,
    declared: bool,
}

impl<'a> Search<'a, '_> {
    fn statement(&mut self, statement: &'a Stmt, conditional: bool) {
        match statement {
            Stmt::Decl(swc_ecma_ast::Decl::Var(declaration)) => {
                self.declaration(declaration, span_of(statement), conditional);
            }
            Stmt::Expr(expression) => self.expression(&expression.expr, span_of(statement), conditional),
            Stmt::Block(block) => self.statements(&block.stmts, conditional),
            Stmt::If(branch) => {
                self.statement(&branch.cons, true);
                if let Some(other) = &branch.alt {
                    self.statement(other, true);
                }
            }
            Stmt::Try(attempt) => self.statements(&attempt.block.stmts, true),
            _ => {}
        }
    }

    fn statements(&mut self, statements: &'a [Stmt], conditional: bool) {
        for statement in statements {
            self.statement(statement, conditional);
        }
    }

    fn declaration(&mut self, declaration: &'a VarDecl, statement: Span, conditional: bool) {
        for declarator in &declaration.decls {
            let is_root = matches!(&declarator.name, Pat::Ident(name) if name.id.sym == *self.root);
            self.declared |= is_root;
            let Some(value) = declarator.init.as_deref() else { continue };
            if is_root {
                let root = self.root.to_owned();
                self.found.push(Write {
                    path: KeyPath::default(),
                    value,
                    plain: true,
                    conditional,
                    statement,
                    root,
                });
            }
            self.expression(value, statement, conditional);
        }
    }

    fn expression(&mut self, expr: &'a Expr, statement: Span, conditional: bool) {
        match expr {
            Expr::Paren(inner) => self.expression(&inner.expr, statement, conditional),
            Expr::Seq(sequence) => {
                for expr in &sequence.exprs {
                    self.expression(expr, statement, conditional);
                }
            }
            Expr::Assign(assignment) => self.assignment(assignment, statement, conditional),
            _ => {}
        }
    }

    fn assignment(&mut self, assignment: &'a AssignExpr, statement: Span, conditional: bool) {
        self.expression(&assignment.right, statement, conditional);
        let Some((spelled, segments)) = target_of(&assignment.left) else { return };
        let global =
            GLOBAL.contains(&spelled.as_str()) && segments.first().is_some_and(|name| name == self.root);
        let (root, path) = match segments.split_first() {
            Some((first, rest)) if global => (format!("{spelled}.{first}"), rest.to_vec()),
            _ if spelled == self.root => (spelled, segments),
            _ if !segments.is_empty() && self.names.contains(&spelled.as_str()) => (spelled, segments),
            _ => return,
        };
        self.found.push(Write {
            path: KeyPath::new(path),
            value: &assignment.right,
            plain: assignment.op == AssignOp::Assign,
            conditional,
            statement,
            root,
        });
    }
}

/// The variable and the static path that an assignment writes to.
pub(super) fn target_of(target: &AssignTarget) -> Option<(String, Vec<String>)> {
    let AssignTarget::Simple(target) = target else { return None };
    match target {
        SimpleAssignTarget::Ident(name) => Some((name.id.sym.to_string(), Vec::new())),
        SimpleAssignTarget::Member(member) => member_path(member),
        SimpleAssignTarget::Paren(inner) => expression_path(&inner.expr),
        _ => None,
    }
}

fn member_path(member: &MemberExpr) -> Option<(String, Vec<String>)> {
    let (root, mut path) = expression_path(&member.obj)?;
    path.push(match &member.prop {
        MemberProp::Ident(name) => name.sym.to_string(),
        MemberProp::Computed(computed) => literal::computed_name(&computed.expr)?,
        MemberProp::PrivateName(_) => return None,
    });
    Some((root, path))
}

/// The variable and the static path that `expr` reads: `config.a['b']`.
pub(super) fn expression_path(expr: &Expr) -> Option<(String, Vec<String>)> {
    match expr {
        Expr::Ident(name) => Some((name.sym.to_string(), Vec::new())),
        Expr::This(_) => Some(("this".to_owned(), Vec::new())),
        Expr::Member(member) => member_path(member),
        Expr::Paren(inner) => expression_path(&inner.expr),
        _ => None,
    }
}
