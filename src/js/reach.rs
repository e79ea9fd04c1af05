//! What a piece of code that is not followed may change: which places it writes to, and which objects it hands on.
//!
//! Names rather too much than too little. Reading a member, asking for its presence, and the functions of the language
//! that only read change nothing.

use std::collections::BTreeSet;

use swc_ecma_ast::{
    ArrowExpr, AssignExpr, CallExpr, Callee, Class, Expr, ExprOrSpread, ForHead, ForInStmt, ForOfStmt,
    Function, NewExpr, OptCall, Param, Pat, TaggedTpl, ThrowStmt, UnaryExpr, UnaryOp, UpdateExpr,
    VarDeclarator, WithStmt,
};
use swc_ecma_visit::{Visit, VisitWith};

use super::body::Reach;
use super::builtin::{self, Method};
use super::known::Known;
use super::place::Place;
use super::scope::Scope;
use super::source::Source;
use super::unknown::Code;

/// What `node` may change. Of a function that runs later, when no `scope` is known yet, every value may be an object.
pub(super) fn reach(node: &impl Code, source: Source<'_>, scope: Option<&Scope>) -> Reach {
    let mention = source.mention(node);
    let mut walk = Walk {
        source,
        scope,
        flows: Vec::new(),
        names: BTreeSet::new(),
        touched: BTreeSet::new(),
        found: Reach::default(),
    };
    walk.found.everything = mention.everything;
    node.visit_with(&mut walk);
    if let Some(scope) = scope {
        // Reading may run code too: a getter, or what turns an object into a text.
        let read =
            mention.places.iter().flat_map(|place| scope.mentioned(place)).chain(mention.places.clone());
        walk.found.everything |= read.into_iter().any(|place| scope.runs_code(&place));
    }
    walk.spread();
    walk.found
}

/// A walk through code.
pub(super) struct Walk<'a> {
    source: Source<'a>,
    scope: Option<&'a Scope>,
    /// Variables, and the places whose objects they may hold.
    flows: Vec<(String, Vec<Place>)>,
    /// What the code declares itself.
    names: BTreeSet<String>,
    /// Variables whose object may be changed.
    touched: BTreeSet<String>,
    found: Reach,
}

impl Walk<'_> {
    /// Whoever changes an object changes it for all that hold it.
    fn spread(&mut self) {
        let mut done = 0;
        while done != self.touched.len() {
            done = self.touched.len();
            let reached = self.flows.iter().filter(|(name, _)| self.touched.contains(name));
            let reached: Vec<Place> = reached.flat_map(|(_, places)| places.iter().cloned()).collect();
            for place in &reached {
                self.hand(place);
            }
        }
    }

    /// `place` is given to code that may do anything with it.
    fn hand(&mut self, place: &Place) {
        self.touched.insert(place.root.clone());
        let scope = self.scope;
        if builtin::is_harmless(&place.root)
            && scope.is_none_or(|scope| !scope.variables.contains_key(&place.root))
        {
            return;
        }
        self.run(place);
        if scope.is_none_or(|scope| !scope.is_primitive(place)) {
            self.found.places.insert(place.clone());
        }
    }

    /// `place` is given to code from elsewhere; what the functions of this script do when they are called is known.
    fn lend(&mut self, place: &Place) {
        let Some(scope) = self.scope else { return self.hand(place) };
        self.found.locks |= !scope.functions(place).is_empty();
        self.run(place);
        if !scope.is_primitive(place) && !builtin::is_harmless(&place.root) {
            self.found.lent.insert(place.clone());
        }
    }

    /// The functions at `place` are called.
    fn run(&mut self, place: &Place) {
        let Some(scope) = self.scope else { return };
        for body in scope.functions(place) {
            let inner = body.reach.places.iter().chain(&body.reach.lent);
            self.touched.extend(inner.map(|place| place.root.clone()));
            self.found.join(&body.reach);
        }
    }

    fn write(&mut self, place: Place) {
        if !place.keys.is_empty() {
            self.touched.insert(place.root.clone());
        }
        self.found.places.insert(place);
    }

    fn write_all(&mut self, node: &impl Code) {
        for place in self.source.mention(node).places {
            self.write(place);
        }
    }

    fn hand_all(&mut self, node: &impl Code) {
        for place in self.source.mention(node).places {
            self.hand(&place);
        }
    }

    /// `names` may hold what `value` gives.
    fn flow(&mut self, names: &[String], value: &impl Code) {
        let places = self.source.mention(value).places;
        self.flows.extend(names.iter().map(|name| (name.clone(), places.clone())));
    }

    fn bound(&mut self, pattern: &impl Code) -> Vec<String> {
        let places = self.source.mention(pattern).places;
        let names: Vec<String> = places.iter().map(|place| place.root.clone()).collect();
        for place in places {
            self.write(place);
        }
        names
    }

    fn declared(&mut self, pattern: &impl Code) -> Vec<String> {
        let names = self.bound(pattern);
        self.names.extend(names.iter().cloned());
        names
    }

    fn head(&mut self, head: &ForHead) -> Vec<String> {
        match head {
            ForHead::VarDecl(declaration) => {
                declaration.decls.iter().flat_map(|one| self.declared(&one.name)).collect()
            }
            ForHead::Pat(pattern) => self.bound(pattern),
            other @ ForHead::UsingDecl(_) => self.bound(other),
        }
    }

    /// The parameters of `function` may hold what is in `values`.
    fn parameters(&mut self, function: &Expr, values: &[&Expr]) {
        let patterns: Vec<&Pat> = match function {
            Expr::Paren(inner) => return self.parameters(&inner.expr, values),
            Expr::Fn(function) => function.function.params.iter().map(|param: &Param| &param.pat).collect(),
            Expr::Arrow(arrow) => arrow.params.iter().collect(),
            _ => return,
        };
        let mut names: Vec<String> =
            patterns.into_iter().flat_map(|pattern| self.declared(pattern)).collect();
        names.push("arguments".to_owned());
        for value in values {
            self.flow(&names, *value);
        }
    }

    fn call(&mut self, callee: &Expr, arguments: &[ExprOrSpread]) {
        let values: Vec<&Expr> = arguments.iter().map(|argument| &*argument.expr).collect();
        let functions = values.iter().filter(|value| is_function(value));
        let receiver = builtin::receiver(callee);
        let held: Vec<&Expr> =
            values.iter().copied().filter(|value| !is_function(value)).chain(receiver).collect();
        match builtin::method(callee, &values, &self.source, self.scope) {
            Method::Reads => {
                for function in functions {
                    self.parameters(function, &held);
                }
            }
            Method::Changes => {
                if let Some(receiver) = receiver {
                    self.write_all(receiver);
                    let names: Vec<String> =
                        self.source.mention(receiver).places.into_iter().map(|place| place.root).collect();
                    for value in &values {
                        self.flow(&names, *value);
                    }
                }
                for function in functions {
                    self.parameters(function, &held);
                }
            }
            Method::Other if is_function(callee) => self.parameters(callee, &values),
            Method::Other if self.source.place(callee).is_some_and(|place| self.is_elsewhere(&place)) => {
                // What is given a function may call it later.
                self.found.locks |= functions.count() > 0;
                if let Some(place) = self.source.place(callee) {
                    self.lend(&place);
                }
                for place in held.iter().flat_map(|one| self.source.mention(*one).places).collect::<Vec<_>>()
                {
                    self.lend(&place);
                }
            }
            Method::Other if let Some(place) = self.defined(callee, &values) => {
                self.found.locks = true;
                self.write(place);
            }
            Method::Other => {
                self.found.locks |= builtin::locks(callee, &self.source);
                match self.source.place(callee) {
                    Some(place) => self.run(&place),
                    None => self.hand_all(callee),
                }
                for one in held.into_iter().chain(functions.copied()) {
                    self.hand_all(one);
                }
            }
        }
    }

    /// The member that `Object.defineProperty(…)` defines, if that is written down.
    fn defined(&self, callee: &Expr, values: &[&Expr]) -> Option<Place> {
        let (object, key) = builtin::defines(callee, values)?;
        Some(self.source.place(object)?.child(&self.source.literal_key(key)?))
    }

    /// Whether the function at `place` is none of this script.
    fn is_elsewhere(&self, place: &Place) -> bool {
        let Some(scope) = self.scope else { return false };
        let ours = scope.deepest(place).is_some_and(|(_, known)| {
            let known: &Known = &known;
            matches!(known, Known::Unknown(unknown) if unknown.is_function())
        });
        !ours && !self.names.contains(&place.root) && !builtin::is_global(&place.root)
    }
}

impl Visit for Walk<'_> {
    fn visit_assign_expr(&mut self, assignment: &AssignExpr) {
        let names = match self.source.target(&assignment.left) {
            Some(place) => {
                let name = place.root.clone();
                self.write(place);
                vec![name]
            }
            None => self.bound(&assignment.left),
        };
        self.flow(&names, &*assignment.right);
        assignment.visit_children_with(self);
    }

    fn visit_update_expr(&mut self, update: &UpdateExpr) {
        match self.source.written(&update.arg) {
            Some(place) => self.write(place),
            None => self.write_all(&*update.arg),
        }
        update.visit_children_with(self);
    }

    fn visit_unary_expr(&mut self, unary: &UnaryExpr) {
        if unary.op == UnaryOp::Delete {
            self.write_all(&*unary.arg);
        }
        unary.visit_children_with(self);
    }

    fn visit_var_declarator(&mut self, declarator: &VarDeclarator) {
        let names = self.declared(&declarator.name);
        if let Some(value) = &declarator.init {
            self.flow(&names, &**value);
        }
        declarator.visit_children_with(self);
    }

    fn visit_for_in_stmt(&mut self, statement: &ForInStmt) {
        self.head(&statement.left);
        statement.visit_children_with(self);
    }

    fn visit_for_of_stmt(&mut self, statement: &ForOfStmt) {
        let names = self.head(&statement.left);
        self.flow(&names, &*statement.right);
        statement.visit_children_with(self);
    }

    fn visit_function(&mut self, function: &Function) {
        self.found.locks |= function.is_async || function.is_generator;
        for param in &function.params {
            self.declared(&param.pat);
        }
        function.visit_children_with(self);
    }

    fn visit_arrow_expr(&mut self, arrow: &ArrowExpr) {
        self.found.locks |= arrow.is_async;
        for pattern in &arrow.params {
            self.declared(pattern);
        }
        arrow.visit_children_with(self);
    }

    fn visit_fn_decl(&mut self, function: &swc_ecma_ast::FnDecl) {
        self.names.insert(function.ident.sym.to_string());
        self.write(Place::variable(function.ident.sym.as_str()));
        self.flow(&[function.ident.sym.to_string()], &*function.function);
        function.visit_children_with(self);
    }

    fn visit_class(&mut self, class: &Class) {
        self.write_all(class);
        class.visit_children_with(self);
    }

    fn visit_throw_stmt(&mut self, statement: &ThrowStmt) {
        self.hand_all(&*statement.arg);
        statement.visit_children_with(self);
    }

    fn visit_with_stmt(&mut self, statement: &WithStmt) {
        self.found.everything = true;
        statement.visit_children_with(self);
    }

    fn visit_call_expr(&mut self, call: &CallExpr) {
        match &call.callee {
            Callee::Expr(callee) if !builtin::asks_presence(call) => self.call(callee, &call.args),
            Callee::Expr(_) => {}
            _ => self.found.everything = true,
        }
        call.visit_children_with(self);
    }

    fn visit_opt_call(&mut self, call: &OptCall) {
        self.call(&call.callee, &call.args);
        call.visit_children_with(self);
    }

    fn visit_new_expr(&mut self, new: &NewExpr) {
        let arguments = new.args.as_deref().unwrap_or_default();
        if !builtin::makes_plain(&new.callee) {
            self.call(&new.callee, arguments);
        }
        new.visit_children_with(self);
    }

    fn visit_tagged_tpl(&mut self, tagged: &TaggedTpl) {
        self.hand_all(tagged);
        tagged.visit_children_with(self);
    }
}

fn is_function(expr: &Expr) -> bool {
    match expr {
        Expr::Paren(inner) => is_function(&inner.expr),
        Expr::Fn(_) | Expr::Arrow(_) => true,
        _ => false,
    }
}
