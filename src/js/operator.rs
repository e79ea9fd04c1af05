//! Operators on plain values.

use swc_ecma_ast::BinaryOp;

use super::known::Known;
use crate::value::JavaScriptNumber;

/// The value of `left op right`, if both are plain enough.
pub(super) fn computed(op: BinaryOp, left: &Known, right: &Known) -> Option<Known> {
    let number = |value: f64| Some(Known::Number(value));
    match (op, left, right) {
        (BinaryOp::EqEqEq, ..) => same(left, right).map(Known::Bool),
        (BinaryOp::NotEqEq, ..) => same(left, right).map(|same| Known::Bool(!same)),
        (BinaryOp::Add, Known::Number(left), Known::Number(right)) => number(left + right),
        (BinaryOp::Sub, Known::Number(left), Known::Number(right)) => number(left - right),
        (BinaryOp::Mul, Known::Number(left), Known::Number(right)) => number(left * right),
        (BinaryOp::Div, Known::Number(left), Known::Number(right)) => number(left / right),
        (BinaryOp::Lt, Known::Number(left), Known::Number(right)) => Some(Known::Bool(left < right)),
        (BinaryOp::Gt, Known::Number(left), Known::Number(right)) => Some(Known::Bool(left > right)),
        (BinaryOp::Add, Known::String(left), right) => {
            Some(Known::String(format!("{left}{}", shown(right)?)))
        }
        (BinaryOp::Add, left, Known::String(right)) => {
            Some(Known::String(format!("{}{right}", shown(left)?)))
        }
        _ => None,
    }
}

/// Whether `left === right`; objects are told apart by nothing here.
fn same(left: &Known, right: &Known) -> Option<bool> {
    match (left, right) {
        (Known::Unknown(_) | Known::Object(_) | Known::Array(_), _)
        | (_, Known::Unknown(_) | Known::Object(_) | Known::Array(_)) => None,
        (left, right) => Some(left == right),
    }
}

/// A primitive as JavaScript turns it into a string; numbers in exponential notation are left alone.
fn shown(known: &Known) -> Option<String> {
    match known {
        Known::String(text) => Some(text.clone()),
        Known::Number(number) if *number == 0.0 => Some("0".to_owned()),
        Known::Number(number) if (1e-6..1e21).contains(&number.abs()) => {
            Some(JavaScriptNumber(*number).to_string())
        }
        Known::Bool(flag) => Some(flag.to_string()),
        Known::Null => Some("null".to_owned()),
        Known::Undefined => Some("undefined".to_owned()),
        _ => None,
    }
}
