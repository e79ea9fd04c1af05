//! Where a script that compiles stops once it runs: at a name that neither it nor a browser has, or at a key of a
//! variable that is still `undefined`.
//!
//! Certain enough to be told, and no more: other scripts of the page may bring a name. What is only run when somebody
//! calls it, or where an exception is caught, stops nothing here.

use std::collections::BTreeSet;

use javascript_globals::{GLOBALS, GLOBALS_BUILTIN};
use oxc_ast::ast::{
    ArrowFunctionExpression, AssignmentTarget, BinaryExpression, BindingIdentifier, CallExpression,
    ClassBody, ComputedMemberExpression, Expression, Function, Ident, IdentifierReference, Program,
    Statement, StaticMemberExpression, StringLiteral, TryStatement, UnaryExpression, WithStatement,
};
use oxc_ast_visit::{Visit, walk};
use oxc_semantic::Scoping;
use oxc_span::GetSpan as _;
use oxc_syntax::operator::{BinaryOperator, UnaryOperator};
use oxc_syntax::scope::ScopeFlags;

use super::source::GLOBAL;
use crate::text::Span;

/// Where a browser stops running a script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stop {
    /// The name.
    pub span: Span,
    /// What it says.
    pub name: String,
    /// Why it stops there.
    pub cause: Cause,
}

/// Why a browser stops running a script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// Nothing has this name.
    Unresolved {
        /// The name that was probably meant.
        meant: Option<String>,
    },
    /// Strict code assigns to it, and nothing declares it.
    Undeclared {
        /// The name that was probably meant.
        meant: Option<String>,
    },
    /// It is a variable of this script that has no value yet.
    Early,
}

/// What the pages of Jitsi Meet, and the scripts that they load first, give a script.
const OF_PAGE: [&str; 4] = ["config", "interfaceConfig", "loggingConfig", "subdomain"];

/// What other languages write for a word of JavaScript; their letters may be large or small.
const WORDS: [(&str, &str); 12] = [
    ("true", "true"),
    ("yes", "true"),
    ("on", "true"),
    ("enabled", "true"),
    ("false", "false"),
    ("no", "false"),
    ("off", "false"),
    ("disabled", "false"),
    ("null", "null"),
    ("none", "null"),
    ("nil", "null"),
    ("undefined", "undefined"),
];

/// Where `program`, whose names are resolved in `scoping`, stops: each name once, in the order of the text. `root` is
/// the variable that it is about.
pub(super) fn stops(program: &Program<'_>, scoping: &Scoping, root: &str) -> Vec<Stop> {
    let mut found: Vec<Stop> = early(program, scoping, root).into_iter().collect();
    let unresolved = scoping.root_unresolved_references();
    // Files that nobody broke end here, before anything is looked at again; and `eval` may declare any name.
    if unresolved.contains_key("eval") || unresolved.keys().all(|name| is_known(name, root)) {
        return found;
    }
    let mut walk =
        Walk { scoping, root, called: None, idle: 0, met: Vec::new(), excused: BTreeSet::default() };
    walk.visit_program(program);
    let own: Vec<&str> = scoping.get_bindings(scoping.root_scope_id()).keys().map(Ident::as_str).collect();
    for (name, span, is_assigned) in walk.met {
        if walk.excused.contains(&name) || found.iter().any(|stop| stop.name == name) {
            continue;
        }
        let meant = meant(&name, &own);
        let cause = if is_assigned { Cause::Undeclared { meant } } else { Cause::Unresolved { meant } };
        found.push(Stop { span, name, cause });
    }
    found.sort_by_key(|stop| stop.span.start);
    found
}

/// Whether a page has `name` before the script about the variable `root` runs. The variable itself it does not.
fn is_known(name: &str, root: &str) -> bool {
    let of_browser = || GLOBALS.get("browser").is_some_and(|browser| browser.contains_key(name));
    OF_PAGE.contains(&name) && name != root || GLOBALS_BUILTIN.contains_key(name) || of_browser()
}

/// The statement that sets a key of the variable `root`, which is declared below and named by nothing above.
fn early(program: &Program<'_>, scoping: &Scoping, root: &str) -> Option<Stop> {
    let symbol = scoping.get_root_binding(root.into())?;
    let declared = spanned(scoping.symbol_span(symbol));
    if !scoping.symbol_flags(symbol).is_function_scoped_declaration() {
        return None;
    }
    for statement in
        program.body.iter().take_while(|statement| spanned(statement.span()).end < declared.start)
    {
        if let Some(span) = keyed(statement, root) {
            return Some(Stop { span, name: root.to_owned(), cause: Cause::Early });
        }
        let mut mention = Mention { name: root, is_found: false };
        mention.visit_statement(statement);
        if mention.is_found {
            return None;
        }
    }
    None
}

/// The name of the variable `root` where `statement` sets a key of it.
fn keyed(statement: &Statement<'_>, root: &str) -> Option<Span> {
    let Statement::ExpressionStatement(statement) = statement else { return None };
    let Expression::AssignmentExpression(assignment) = &statement.expression else { return None };
    let mut object = match &assignment.left {
        AssignmentTarget::StaticMemberExpression(member) => &member.object,
        AssignmentTarget::ComputedMemberExpression(member) => &member.object,
        _ => return None,
    };
    loop {
        object = match object.without_parentheses() {
            Expression::StaticMemberExpression(member) => &member.object,
            Expression::ComputedMemberExpression(member) => &member.object,
            Expression::Identifier(name) => return (name.name == root).then(|| spanned(name.span)),
            _ => return None,
        };
    }
}

/// Looks for anything that may give the variable `name` a value.
struct Mention<'n> {
    name: &'n str,
    is_found: bool,
}

impl<'a> Visit<'a> for Mention<'_> {
    fn visit_identifier_reference(&mut self, it: &IdentifierReference<'a>) {
        self.is_found |= it.name == self.name;
    }

    fn visit_binding_identifier(&mut self, it: &BindingIdentifier<'a>) {
        self.is_found |= it.name == self.name;
    }

    fn visit_static_member_expression(&mut self, it: &StaticMemberExpression<'a>) {
        self.is_found |= it.property.name == self.name;
        walk::walk_static_member_expression(self, it);
    }

    fn visit_string_literal(&mut self, it: &StringLiteral<'a>) {
        self.is_found |= it.value == self.name;
    }
}

/// A walk through all code, for names that nothing here declares.
struct Walk<'s> {
    scoping: &'s Scoping,
    root: &'s str,
    /// The function that the call at hand runs on the spot.
    called: Option<oxc_span::Span>,
    /// How many things around do not run now, or catch what is thrown.
    idle: usize,
    /// Names that a browser does not have, where they are used, and whether that only gives them a value.
    met: Vec<(String, Span, bool)>,
    /// Names that are made or asked for somewhere in the script.
    excused: BTreeSet<String>,
}

impl Walk<'_> {
    fn excuse(&mut self, name: &str) {
        self.excused.insert(name.to_owned());
    }

    fn idly(&mut self, walk: impl FnOnce(&mut Self)) {
        self.idle += 1;
        walk(self);
        self.idle -= 1;
    }

    /// Whether the function at `span` runs where it stands. A promise or a generator catches or waits.
    fn runs(&self, span: oxc_span::Span, waits: bool) -> bool {
        self.called == Some(span) && !waits
    }
}

impl<'a> Visit<'a> for Walk<'_> {
    fn visit_identifier_reference(&mut self, it: &IdentifierReference<'a>) {
        let reference = self.scoping.get_reference(it.reference_id());
        // What `arguments` is, each function decides.
        if reference.symbol_id().is_some() || it.name == "arguments" {
            return;
        }
        let is_assigned = reference.flags().is_write_only();
        if is_assigned && !self.scoping.scope_flags(reference.scope_id()).is_strict_mode() {
            self.excuse(&it.name);
        } else if self.idle == 0 && !is_known(&it.name, self.root) {
            self.met.push((it.name.to_string(), spanned(it.span), is_assigned));
        }
    }

    fn visit_unary_expression(&mut self, it: &UnaryExpression<'a>) {
        match it.argument.get_identifier_reference() {
            Some(name) if matches!(it.operator, UnaryOperator::Typeof | UnaryOperator::Delete) => {
                self.excuse(&name.name);
            }
            _ => walk::walk_unary_expression(self, it),
        }
    }

    fn visit_binary_expression(&mut self, it: &BinaryExpression<'a>) {
        if let (BinaryOperator::In, Expression::StringLiteral(name)) = (it.operator, &it.left) {
            self.excuse(&name.value);
        }
        walk::walk_binary_expression(self, it);
    }

    fn visit_static_member_expression(&mut self, it: &StaticMemberExpression<'a>) {
        if is_global(&it.object) {
            self.excuse(&it.property.name);
        }
        walk::walk_static_member_expression(self, it);
    }

    fn visit_computed_member_expression(&mut self, it: &ComputedMemberExpression<'a>) {
        if let (true, Expression::StringLiteral(name)) = (is_global(&it.object), &it.expression) {
            self.excuse(&name.value);
        }
        walk::walk_computed_member_expression(self, it);
    }

    fn visit_call_expression(&mut self, it: &CallExpression<'a>) {
        // `defineProperty(window, 'x', …)`, `window.hasOwnProperty('x')`.
        for argument in &it.arguments {
            if let Some(Expression::StringLiteral(name)) = argument.as_expression() {
                self.excuse(&name.value);
            }
        }
        let callee = match it.callee.without_parentheses() {
            Expression::StaticMemberExpression(member) => member.object.without_parentheses(),
            callee => callee,
        };
        self.called = callee.is_function().then(|| callee.span());
        walk::walk_call_expression(self, it);
    }

    fn visit_function(&mut self, it: &Function<'a>, flags: ScopeFlags) {
        if self.runs(it.span, it.r#async || it.generator) {
            walk::walk_function(self, it, flags);
        } else {
            self.idly(|walk| walk::walk_function(walk, it, flags));
        }
    }

    fn visit_arrow_function_expression(&mut self, it: &ArrowFunctionExpression<'a>) {
        if self.runs(it.span, it.r#async) {
            walk::walk_arrow_function_expression(self, it);
        } else {
            self.idly(|walk| walk::walk_arrow_function_expression(walk, it));
        }
    }

    fn visit_class_body(&mut self, it: &ClassBody<'a>) {
        self.idly(|walk| walk::walk_class_body(walk, it));
    }

    fn visit_with_statement(&mut self, it: &WithStatement<'a>) {
        self.idly(|walk| walk::walk_with_statement(walk, it));
    }

    fn visit_try_statement(&mut self, it: &TryStatement<'a>) {
        if it.handler.is_some() {
            self.idly(|walk| walk::walk_try_statement(walk, it));
        } else {
            walk::walk_try_statement(self, it);
        }
    }
}

/// Whether `object` is the global object.
fn is_global(object: &Expression<'_>) -> bool {
    match object.without_parentheses() {
        Expression::ThisExpression(_) => true,
        Expression::Identifier(name) => GLOBAL.contains(&name.name.as_str()),
        _ => false,
    }
}

/// The word of JavaScript, or the name of this script or of a page, that was probably meant by `name`.
fn meant(name: &str, own: &[&str]) -> Option<String> {
    let wanted = plain(name);
    if let Some((_, word)) = WORDS.iter().find(|(word, _)| *word == wanted) {
        return Some((*word).to_owned());
    }
    let limit = if wanted.len() < 4 { 0 } else { 1 + wanted.len() / 8 };
    let others = ["window", "document", "location", "navigator", "console"].into_iter().chain(OF_PAGE);
    let words = WORDS.iter().map(|(_, word)| *word);
    let candidates = own.iter().copied().chain(words).chain(others);
    let candidates = candidates.chain(GLOBALS_BUILTIN.keys().map(|name| *name as &str));
    let near = candidates.filter(|candidate| *candidate != name).filter_map(|candidate| {
        let other = plain(candidate);
        // A slip seldom is in the first letter, and `full` is not meant to be `null`.
        let is_like = other.chars().next() == wanted.chars().next();
        let slips = is_like.then(|| strsim::osa_distance(&other, &wanted))?;
        (slips <= limit).then_some((slips, candidate))
    });
    near.min_by_key(|(slips, _)| *slips).map(|(_, candidate)| candidate.to_owned())
}

/// The name without what people spell differently.
fn plain(name: &str) -> String {
    name.chars().filter(|letter| *letter != '_').flat_map(char::to_lowercase).collect()
}

pub(super) fn spanned(span: oxc_span::Span) -> Span {
    Span::new(span.start as usize, span.end as usize)
}
