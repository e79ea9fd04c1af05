//! The names that a piece of code mentions: what it may read or change.

use swc_ecma_ast::{
    ArrowExpr, AssignExpr, CallExpr, Expr, Function, Ident, IdentName, MemberExpr, NewExpr, OptCall,
    TaggedTpl, UnaryExpr, UnaryOp, UpdateExpr,
};
use swc_ecma_visit::{Visit, VisitWith};

use super::writes::expression_path;

/// Every name in `code`, of variables and of members alike, sorted.
pub(super) fn of(code: &impl VisitWith<Names>) -> Vec<String> {
    let mut names = Names::default();
    code.visit_with(&mut names);
    names.found.sort_unstable();
    names.found.dedup();
    names.found
}

/// Every variable, or longest chain of members, that `expr` reads.
pub(super) fn reads(expr: &Expr) -> Vec<(String, Vec<String>)> {
    let mut reads = Reads::default();
    expr.visit_with(&mut reads);
    reads.found.sort_unstable();
    reads.found.dedup();
    reads.found
}

/// Whether evaluating `expr` may change something.
pub(super) fn has_effect(expr: &Expr) -> bool {
    let mut search = Effects::default();
    expr.visit_with(&mut search);
    search.found
}

/// Collects names.
#[derive(Default)]
pub(super) struct Names {
    found: Vec<String>,
}

impl Visit for Names {
    fn visit_ident(&mut self, name: &Ident) {
        self.found.push(name.sym.to_string());
    }

    fn visit_ident_name(&mut self, name: &IdentName) {
        self.found.push(name.sym.to_string());
    }
}

#[derive(Default)]
struct Reads {
    found: Vec<(String, Vec<String>)>,
}

impl Visit for Reads {
    fn visit_ident(&mut self, name: &Ident) {
        self.found.push((name.sym.to_string(), Vec::new()));
    }

    fn visit_member_expr(&mut self, member: &MemberExpr) {
        match expression_path(&Expr::Member(member.clone())) {
            Some(path) => self.found.push(path),
            None => member.visit_children_with(self),
        }
    }
}

#[derive(Default)]
struct Effects {
    found: bool,
}

impl Visit for Effects {
    fn visit_call_expr(&mut self, _: &CallExpr) {
        self.found = true;
    }

    fn visit_new_expr(&mut self, _: &NewExpr) {
        self.found = true;
    }

    fn visit_tagged_tpl(&mut self, _: &TaggedTpl) {
        self.found = true;
    }

    fn visit_opt_call(&mut self, _: &OptCall) {
        self.found = true;
    }

    fn visit_assign_expr(&mut self, _: &AssignExpr) {
        self.found = true;
    }

    fn visit_update_expr(&mut self, _: &UpdateExpr) {
        self.found = true;
    }

    fn visit_unary_expr(&mut self, unary: &UnaryExpr) {
        self.found |= unary.op == UnaryOp::Delete;
        unary.visit_children_with(self);
    }

    // What a function would do counts where it is called.
    fn visit_function(&mut self, _: &Function) {}

    fn visit_arrow_expr(&mut self, _: &ArrowExpr) {}
}
