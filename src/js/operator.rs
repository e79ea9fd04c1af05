//! JavaScript's operators on known values.
//!
//! Every function gives nothing where the result depends on what is not known here: the identity of objects, the
//! text of an object, the last bit of a power.

use swc_ecma_ast::{BinaryOp, UnaryOp};

use super::known::Known;

/// The largest integer below which every integer is exact.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// `left operator right` for the operators that always look at both sides.
pub(super) fn binary(operator: BinaryOp, left: &Known, right: &Known) -> Option<Known> {
    use BinaryOp as Op;
    match operator {
        Op::EqEqEq => strictly_equal(left, right).map(Known::Bool),
        Op::NotEqEq => strictly_equal(left, right).map(|equal| Known::Bool(!equal)),
        Op::EqEq => loosely_equal(left, right).map(Known::Bool),
        Op::NotEq => loosely_equal(left, right).map(|equal| Known::Bool(!equal)),
        Op::Lt | Op::LtEq | Op::Gt | Op::GtEq => compared(operator, left, right).map(Known::Bool),
        Op::Add => add(left, right),
        Op::Sub | Op::Mul | Op::Div | Op::Mod | Op::Exp => {
            calculated(operator, number(left)?, number(right)?).map(Known::Number)
        }
        _ => None,
    }
}

/// `operator value`; `void` and `delete` are not for values.
pub(super) fn unary(operator: UnaryOp, value: &Known) -> Option<Known> {
    match operator {
        UnaryOp::Bang => truth(value).map(|truth| Known::Bool(!truth)),
        UnaryOp::Minus => number(value).map(|number| Known::Number(-number)),
        UnaryOp::Plus => number(value).map(Known::Number),
        UnaryOp::TypeOf => kind(value).map(|kind| Known::String(kind.to_owned())),
        UnaryOp::Tilde | UnaryOp::Void | UnaryOp::Delete => None,
    }
}

/// Whether an `if` takes `value` for true.
pub(super) fn truth(value: &Known) -> Option<bool> {
    match value {
        Known::Undefined | Known::Null => Some(false),
        Known::Bool(flag) => Some(*flag),
        Known::Number(number) => Some(*number != 0.0 && !number.is_nan()),
        Known::String(text) => Some(!text.is_empty()),
        Known::Array(_) | Known::Object(_) => Some(true),
        Known::Open(_) | Known::Unknown(_) => None,
    }
}

/// Whether `value` is `undefined` or `null`.
pub(super) fn nullish(value: &Known) -> Option<bool> {
    match value {
        Known::Undefined | Known::Null => Some(true),
        Known::Open(_) | Known::Unknown(_) => None,
        _ => Some(false),
    }
}

/// A primitive value as text.
pub(super) fn text(value: &Known) -> Option<String> {
    match value {
        Known::Undefined => Some("undefined".to_owned()),
        Known::Null => Some("null".to_owned()),
        Known::Bool(flag) => Some(flag.to_string()),
        Known::Number(number) => Some(number_text(*number)),
        Known::String(text) => Some(text.clone()),
        _ => None,
    }
}

/// A primitive value as a number.
pub(super) fn number(value: &Known) -> Option<f64> {
    match value {
        Known::Undefined => Some(f64::NAN),
        Known::Null => Some(0.0),
        Known::Bool(flag) => Some(f64::from(*flag)),
        Known::Number(number) => Some(*number),
        Known::String(text) => text_number(text),
        _ => None,
    }
}

/// How JavaScript spells a number.
pub(super) fn number_text(number: f64) -> String {
    if number.is_nan() {
        return "NaN".to_owned();
    }
    let sign = if number < 0.0 { "-" } else { "" };
    if number.is_infinite() {
        return format!("{sign}Infinity");
    }
    // Rust's shortest digits are JavaScript's; only where the point goes differs.
    let scientific = format!("{:e}", number.abs());
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let digits = mantissa.replace('.', "");
    let point = exponent.parse::<i32>().unwrap_or(0) + 1;
    format!("{sign}{}", placed(&digits, point))
}

/// `digits` with the decimal point after `point` of them, or with an exponent where JavaScript uses one.
fn placed(digits: &str, point: i32) -> String {
    let count = i32::try_from(digits.len()).unwrap_or(i32::MAX);
    let zeros = |count: i32| "0".repeat(usize::try_from(count).unwrap_or(0));
    let split = |at: i32| digits.split_at(usize::try_from(at).unwrap_or(0));
    if (-5..=0).contains(&point) {
        format!("0.{}{digits}", zeros(-point))
    } else if (1..=21).contains(&point) && count <= point {
        format!("{digits}{}", zeros(point - count))
    } else if (1..=21).contains(&point) {
        let (whole, fraction) = split(point);
        format!("{whole}.{fraction}")
    } else {
        let (first, rest) = split(1);
        let dot = if rest.is_empty() { "" } else { "." };
        let sign = if point > 0 { "+" } else { "-" };
        format!("{first}{dot}{rest}e{sign}{}", (point - 1).abs())
    }
}

fn text_number(text: &str) -> Option<f64> {
    let blank = |letter: char| letter == '\u{feff}' || (letter.is_whitespace() && letter != '\u{85}');
    let text = text.trim_matches(blank);
    let digits = text.get(2..).unwrap_or("");
    match text.get(..2).unwrap_or("") {
        "0x" | "0X" => return whole_number(digits, 16),
        "0o" | "0O" => return whole_number(digits, 8),
        "0b" | "0B" => return whole_number(digits, 2),
        _ => {}
    }
    Some(match text {
        "" => 0.0,
        "Infinity" | "+Infinity" => f64::INFINITY,
        "-Infinity" => f64::NEG_INFINITY,
        // Rust would read `inf` and `nan` too.
        _ if text.bytes().any(|byte| byte.is_ascii_alphabetic() && !matches!(byte, b'e' | b'E')) => f64::NAN,
        _ => text.parse().unwrap_or(f64::NAN),
    })
}

/// The number of these digits, `NaN` if they are none; nothing where it would have to be rounded.
fn whole_number(digits: &str, radix: u32) -> Option<f64> {
    let value = |sum: f64, digit: char| Some(sum * f64::from(radix) + f64::from(digit.to_digit(radix)?));
    match digits.chars().try_fold(0.0, value).filter(|_| !digits.is_empty()) {
        None => Some(f64::NAN),
        Some(sum) => (sum < EXACT).then_some(sum),
    }
}

fn strictly_equal(left: &Known, right: &Known) -> Option<bool> {
    match (kind(left)?, kind(right)?) {
        // Whether two objects are the same one is not kept.
        ("object", "object") if *left != Known::Null && *right != Known::Null => None,
        ("number", "number") => {
            #[expect(clippy::float_cmp, reason = "JavaScript compares numbers exactly")]
            let equal = number(left)? == number(right)?;
            Some(equal)
        }
        _ => Some(left == right),
    }
}

fn loosely_equal(left: &Known, right: &Known) -> Option<bool> {
    if let (Some(one), Some(other)) = (nullish(left), nullish(right))
        && (one || other)
    {
        return Some(one && other);
    }
    if kind(left)? == kind(right)? {
        return strictly_equal(left, right);
    }
    #[expect(clippy::float_cmp, reason = "JavaScript compares numbers exactly")]
    let equal = number(left)? == number(right)?;
    Some(equal)
}

fn compared(operator: BinaryOp, left: &Known, right: &Known) -> Option<bool> {
    let order = if let (Known::String(left), Known::String(right)) = (left, right) {
        Some(left.encode_utf16().cmp(right.encode_utf16()))
    } else {
        number(left)?.partial_cmp(&number(right)?)
    };
    Some(order.is_some_and(|order| match operator {
        BinaryOp::Lt => order.is_lt(),
        BinaryOp::LtEq => order.is_le(),
        BinaryOp::Gt => order.is_gt(),
        _ => order.is_ge(),
    }))
}

fn add(left: &Known, right: &Known) -> Option<Known> {
    if matches!((left, right), (Known::String(_), _) | (_, Known::String(_))) {
        return Some(Known::String(text(left)? + &text(right)?));
    }
    Some(Known::Number(number(left)? + number(right)?))
}

fn calculated(operator: BinaryOp, left: f64, right: f64) -> Option<f64> {
    match operator {
        BinaryOp::Sub => Some(left - right),
        BinaryOp::Mul => Some(left * right),
        BinaryOp::Div => Some(left / right),
        BinaryOp::Mod => Some(left % right),
        _ => power(left, right),
    }
}

/// Only powers that are exact: engines differ in the last bit of others.
fn power(base: f64, exponent: f64) -> Option<f64> {
    if base.fract() != 0.0 || exponent.fract() != 0.0 || !(0.0..=64.0).contains(&exponent) {
        return None;
    }
    let mut result = 1.0;
    let mut left = exponent;
    while left > 0.0 {
        result *= base;
        left -= 1.0;
    }
    (f64::abs(result) < EXACT).then_some(result)
}

fn kind(value: &Known) -> Option<&'static str> {
    match value {
        Known::Undefined => Some("undefined"),
        Known::Null | Known::Array(_) | Known::Object(_) => Some("object"),
        Known::Bool(_) => Some("boolean"),
        Known::Number(_) => Some("number"),
        Known::String(_) => Some("string"),
        Known::Open(_) | Known::Unknown(_) => None,
    }
}
