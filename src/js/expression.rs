//! The value of an expression, as far as it can be told.

use swc_ecma_ast::{
    ArrayLit, AssignExpr, AssignOp, BinExpr, BinaryOp, CallExpr, Callee, Expr, Lit, MemberProp, ObjectLit,
    Prop, PropOrSpread, UnaryExpr, UnaryOp,
};

use super::evaluate::Machine;
use super::known::{Known, Members, Unknown};
use super::literal::name_of;
use super::names;
use super::operator::computed;
use super::parse::span_of;
use super::writes::{expression_path, is_global, target_of};

/// Methods of strings and lists that change nothing.
const PURE: [&str; 16] = [
    "charAt",
    "concat",
    "endsWith",
    "filter",
    "includes",
    "indexOf",
    "join",
    "map",
    "replace",
    "slice",
    "split",
    "startsWith",
    "substr",
    "substring",
    "toLowerCase",
    "trim",
];

/// How long a chain of operators is still followed.
const CHAIN: usize = 1000;

impl Machine<'_> {
    /// The value of `expr`; assignments in it are made.
    pub(super) fn expression(&mut self, expr: &Expr) -> Known {
        match expr {
            Expr::Paren(inner) => self.expression(&inner.expr),
            Expr::Lit(literal) => self.literal(literal, expr),
            Expr::Ident(name) if name.sym == *"undefined" => Known::Undefined,
            Expr::Ident(_) => self.variable(expr),
            Expr::Array(array) => self.array(array, expr),
            Expr::Object(object) => self.object(object),
            Expr::Unary(unary) => self.unary(unary, expr),
            Expr::Bin(binary) => self.binary(binary, expr),
            Expr::Cond(choice) => match self.expression(&choice.test).truth() {
                Some(true) => self.expression(&choice.cons),
                Some(false) => self.expression(&choice.alt),
                None => self.opaque(expr),
            },
            Expr::Member(member) => self.read(member, expr),
            Expr::Assign(assignment) => self.assignment(assignment, expr),
            Expr::Seq(sequence) => {
                let mut last = Known::Undefined;
                for expr in &sequence.exprs {
                    last = self.expression(expr);
                }
                last
            }
            Expr::Tpl(template) if template.exprs.is_empty() => {
                let text = template
                    .quasis
                    .first()
                    .and_then(|quasi| quasi.cooked.as_ref()?.as_str().map(str::to_owned));
                text.map_or_else(|| self.unknown(expr), Known::String)
            }
            Expr::Call(call) => self.call(call, expr),
            Expr::Fn(_) | Expr::Arrow(_) | Expr::This(_) => self.unknown(expr),
            _ => self.opaque(expr),
        }
    }

    /// An expression that is not followed: unknown, and with an effect if it might have one.
    fn opaque(&mut self, expr: &Expr) -> Known {
        if names::has_effect(expr) {
            self.effect(span_of(expr), names::of(expr));
        }
        self.unknown(expr)
    }

    fn literal(&self, literal: &Lit, expr: &Expr) -> Known {
        let span = span_of(expr);
        match literal {
            Lit::Str(_)
                if self
                    .tree
                    .markers
                    .iter()
                    .any(|marker| span.start < marker.end && marker.start < span.end) =>
            {
                Known::symbol(self.normalised(span))
            }
            Lit::Str(text) => {
                text.value.as_str().map_or_else(|| self.unknown(expr), |text| Known::String(text.to_owned()))
            }
            Lit::Bool(flag) => Known::Bool(flag.value),
            Lit::Null(_) => Known::Null,
            Lit::Num(number) => Known::Number(number.value),
            Lit::BigInt(_) | Lit::Regex(_) | Lit::JSXText(_) => self.unknown(expr),
        }
    }

    fn variable(&self, expr: &Expr) -> Known {
        let Expr::Ident(name) = expr else { return Known::Undefined };
        if self.is_marker(span_of(expr)) {
            return Known::symbol(self.normalised(span_of(expr)));
        }
        self.state.variables.get(&*name.sym).cloned().unwrap_or_else(|| Known::symbol(name.sym.to_string()))
    }

    fn array(&mut self, array: &ArrayLit, expr: &Expr) -> Known {
        let mut items = Vec::with_capacity(array.elems.len());
        for element in &array.elems {
            match element {
                None => items.push(Known::Undefined),
                Some(item) => match (item.spread, self.expression(&item.expr)) {
                    (None, known) => items.push(known),
                    (Some(_), Known::Array(more)) => items.extend(more),
                    (Some(_), _) => return self.unknown(expr),
                },
            }
        }
        Known::Array(items)
    }

    fn object(&mut self, object: &ObjectLit) -> Known {
        let mut members = Members::default();
        for prop in &object.props {
            match prop {
                PropOrSpread::Spread(spread) => match self.expression(&spread.expr) {
                    Known::Object(Members { named, open: None }) => members.named.extend(named),
                    Known::Undefined | Known::Null | Known::Bool(_) | Known::Number(_) => {}
                    other => open(&mut members, &other),
                },
                PropOrSpread::Prop(prop) => self.property(prop, &mut members),
            }
        }
        Known::Object(members)
    }

    fn property(&mut self, prop: &Prop, members: &mut Members) {
        let (name, value) = match prop {
            Prop::Shorthand(name) => (Some(name.sym.to_string()), self.variable(&Expr::Ident(name.clone()))),
            Prop::KeyValue(pair) => (name_of(&pair.key), self.expression(&pair.value)),
            Prop::Getter(getter) => (name_of(&getter.key), Known::symbol(self.normalised(span_of(getter)))),
            Prop::Setter(setter) => (name_of(&setter.key), Known::symbol(self.normalised(span_of(setter)))),
            Prop::Method(method) => (name_of(&method.key), Known::symbol(self.normalised(span_of(method)))),
            Prop::Assign(_) => return,
        };
        match name {
            // The prototype is no member.
            Some(name) if name == "__proto__" => open(members, &value),
            Some(name) => {
                members.named.insert(name, value);
            }
            None => open(members, &Known::symbol(self.normalised(span_of(prop)))),
        }
    }

    fn unary(&mut self, unary: &UnaryExpr, expr: &Expr) -> Known {
        if unary.op == UnaryOp::Delete {
            return self.delete(&unary.arg, expr);
        }
        let known = self.expression(&unary.arg);
        match (unary.op, &known) {
            (UnaryOp::Bang, known) => {
                known.truth().map_or_else(|| self.unknown(expr), |truth| Known::Bool(!truth))
            }
            (UnaryOp::Minus, Known::Number(number)) => Known::Number(-number),
            (UnaryOp::Plus, Known::Number(number)) => Known::Number(*number),
            (UnaryOp::Void, _) => Known::Undefined,
            _ => self.unknown(expr),
        }
    }

    fn binary(&mut self, binary: &BinExpr, expr: &Expr) -> Known {
        // A long chain leans to the left, and following it to its end would take as much stack.
        let mut chain = vec![binary];
        let mut left = &binary.left;
        while let Expr::Bin(next) = left.as_ref() {
            chain.push(next);
            left = &next.left;
        }
        if chain.len() > CHAIN {
            return Known::symbol(self.normalised(span_of(expr)));
        }
        let mut known = self.expression(left);
        while let Some(binary) = chain.pop() {
            let whole = Expr::Bin(binary.clone());
            known = match (binary.op, known.truth()) {
                (BinaryOp::LogicalOr, Some(true)) | (BinaryOp::LogicalAnd, Some(false)) => known,
                (BinaryOp::LogicalOr, Some(false)) | (BinaryOp::LogicalAnd, Some(true)) => {
                    self.expression(&binary.right)
                }
                (BinaryOp::NullishCoalescing, _) => match known {
                    Known::Undefined | Known::Null => self.expression(&binary.right),
                    Known::Unknown(_) => self.opaque(&whole),
                    known => known,
                },
                (BinaryOp::LogicalOr | BinaryOp::LogicalAnd, None) => self.opaque(&whole),
                (op, _) => {
                    let right = self.expression(&binary.right);
                    computed(op, &known, &right).unwrap_or_else(|| self.unknown(&whole))
                }
            };
        }
        known
    }

    fn read(&mut self, member: &swc_ecma_ast::MemberExpr, expr: &Expr) -> Known {
        let Some((root, path)) = expression_path(expr) else { return self.opaque(expr) };
        let (root, path) = match path.split_first() {
            Some((first, rest)) if is_global(&root) => (first.clone(), rest.to_vec()),
            _ => (root, path),
        };
        let Some(mut known) = self.state.variables.get(&root) else { return self.unknown(expr) };
        for segment in &path {
            known = match (known, known.member(segment)) {
                (_, Some(member)) => member,
                (Known::Object(Members { open: None, .. }), None) if !is_inherited(segment) => {
                    &Known::Undefined
                }
                (Known::Undefined | Known::Null, None) => {
                    self.throw(span_of(member), format!("`{segment}` of nothing is read"));
                    return Known::Undefined;
                }
                _ => return self.unknown(expr),
            };
        }
        known.clone()
    }

    fn call(&mut self, call: &CallExpr, expr: &Expr) -> Known {
        let is_pure = match &call.callee {
            Callee::Expr(callee) => match callee.as_ref() {
                Expr::Member(member) => {
                    let receiver = self.expression(&member.obj);
                    let is_text = !matches!(receiver, Known::Object(_) | Known::Array(_));
                    let name = match &member.prop {
                        MemberProp::Ident(name) => name.sym.to_string(),
                        _ => String::new(),
                    };
                    is_text
                        && PURE.contains(&name.as_str())
                        && !call.args.iter().any(|arg| names::has_effect(&arg.expr))
                }
                _ => false,
            },
            _ => false,
        };
        if !is_pure {
            self.effect(span_of(expr), names::of(expr));
        }
        self.unknown(expr)
    }

    fn assignment(&mut self, assignment: &AssignExpr, expr: &Expr) -> Known {
        let Some((root, path)) = target_of(&assignment.left) else { return self.opaque(expr) };
        let (root, path) = match path.split_first() {
            Some((first, rest)) if is_global(&root) => (first.clone(), rest.to_vec()),
            _ => (root, path),
        };
        let there =
            self.state.variables.get(&root).and_then(|known| {
                path.iter().try_fold(known, |known, segment| known.member(segment)).cloned()
            });
        let right = match (assignment.op, there.as_ref().map(Known::truth)) {
            (AssignOp::Assign, _) => self.expression(&assignment.right),
            (AssignOp::OrAssign, Some(Some(true))) | (AssignOp::AndAssign, Some(Some(false))) => {
                return there.unwrap_or(Known::Undefined);
            }
            (AssignOp::OrAssign, Some(Some(false))) | (AssignOp::AndAssign, Some(Some(true))) => {
                self.expression(&assignment.right)
            }
            (AssignOp::AddAssign, Some(_)) => {
                let right = self.expression(&assignment.right);
                let sum = there.as_ref().and_then(|there| computed(BinaryOp::Add, there, &right));
                sum.unwrap_or_else(|| self.unknown(expr))
            }
            _ => self.opaque(expr),
        };
        self.alias(&root, &assignment.right, &right);
        self.assign(&root, &path, right.clone(), span_of(expr));
        right
    }

    fn assign(&mut self, root: &str, path: &[String], value: Known, span: crate::text::Span) {
        let Some((last, above)) = path.split_last() else {
            self.state.variables.insert(root.to_owned(), value);
            return;
        };
        let elsewhere = || Known::symbol(format!("{root} from elsewhere"));
        let mut known = self.state.variables.entry(root.to_owned()).or_insert_with(elsewhere);
        for segment in above {
            let is_list = matches!(known, Known::Array(_));
            let Some(members) = members_of(known) else {
                return self.throw(span, format!("`{segment}` of nothing is read"));
            };
            let missing = match &members.open {
                Some(unknown) if !is_list => Known::symbol(format!("{}.{segment}", unknown.text)),
                _ => Known::Undefined,
            };
            known = members.named.entry(segment.clone()).or_insert(missing);
        }
        let is_nothing = matches!(known, Known::Undefined | Known::Null);
        match members_of(known) {
            // What an accessor does with it is its own affair.
            Some(members) if members.named.get(last).is_some_and(is_accessor) => {}
            Some(members) => {
                members.named.insert(last.clone(), value);
            }
            None if is_nothing => self.throw(span, format!("`{last}` of nothing is assigned")),
            // A string or a number does not keep it.
            None => {}
        }
    }

    fn delete(&mut self, target: &Expr, expr: &Expr) -> Known {
        let Some((root, path)) = expression_path(target) else { return self.opaque(expr) };
        let (root, path) = match path.split_first() {
            Some((first, rest)) if is_global(&root) => (first.clone(), rest.to_vec()),
            _ => (root, path),
        };
        let (Some((last, above)), Some(known)) = (path.split_last(), self.state.variables.get_mut(&root))
        else {
            return self.opaque(expr);
        };
        let mut known = known;
        for segment in above {
            match known {
                Known::Object(members) if members.named.contains_key(segment) => {
                    known = members.named.entry(segment.clone()).or_insert(Known::Undefined);
                }
                _ => return self.opaque(expr),
            }
        }
        match known {
            Known::Object(members) if members.open.is_none() => {
                members.named.remove(last);
                Known::Bool(true)
            }
            _ => self.opaque(expr),
        }
    }
}

/// The members of `known`, which an assignment is about to write to. An unknown value becomes an object that may have
/// any other member; none for what has no members at all.
fn members_of(known: &mut Known) -> Option<&mut Members> {
    if let Known::Unknown(unknown) = known {
        *known = Known::Object(Members { open: Some(unknown.clone()), ..Members::default() });
    }
    match known {
        Known::Object(members) => Some(members),
        Known::Array(items) => {
            let named = items.drain(..).enumerate().map(|(index, item)| (index.to_string(), item)).collect();
            // It is a list still, which no plain object equals.
            let open = Some(Box::new(Unknown { text: "a list with members".to_owned(), reads: Vec::new() }));
            *known = Known::Object(Members { named, open });
            members_of(known)
        }
        _ => None,
    }
}

/// Whether `known` is a getter or a setter: no expression reads like one.
fn is_accessor(known: &Known) -> bool {
    let Known::Unknown(unknown) = known else { return false };
    unknown.text.starts_with("get ") || unknown.text.starts_with("set ")
}

/// Lets `members` have any member that `by` may bring; those before it may be overwritten.
fn open(members: &mut Members, by: &Known) {
    let text = by.to_string();
    for value in members.named.values_mut() {
        let reads = vec![("before".to_owned(), std::mem::replace(value, Known::Undefined))];
        *value = Known::Unknown(Box::new(Unknown { text: format!("unless {text} has it"), reads }));
    }
    let reads = match (members.open.take(), by) {
        (Some(earlier), _) => vec![("before".to_owned(), Known::Unknown(earlier))],
        (None, Known::Unknown(unknown)) => unknown.reads.clone(),
        (None, _) => Vec::new(),
    };
    members.open = Some(Box::new(Unknown { text, reads }));
}

/// Whether every object has a member of this name.
fn is_inherited(name: &str) -> bool {
    ["constructor", "hasOwnProperty", "isPrototypeOf", "toString", "toLocaleString", "valueOf"]
        .contains(&name)
}
