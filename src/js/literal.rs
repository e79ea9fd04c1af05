//! Literals: what a written one means, and how a wished one is written.

use swc_common::{FileName, SourceMap, sync::Lrc};
use swc_ecma_ast::{ArrayLit, EsVersion, Expr, Lit, ObjectLit, Prop, PropName, PropOrSpread, Tpl, UnaryOp};
use swc_ecma_codegen::{Config, Emitter, Node as _, text_writer::JsWriter};
use swc_ecma_parser::{Syntax, parse_file_as_expr};

use crate::value::{JavaScriptNumber, Value};

/// How a file writes its literals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Style {
    /// The quote round strings.
    pub(super) quote: char,
    /// Whether only JSON may be written.
    pub(super) json: bool,
}

/// The value of `expr`, if it is a literal that JSON could say too.
pub(super) fn value_of(expr: &Expr) -> Option<Value> {
    match expr {
        Expr::Paren(inner) => value_of(&inner.expr),
        Expr::Lit(Lit::Str(text)) => text.value.as_str().map(Value::from),
        Expr::Lit(Lit::Bool(flag)) => Some(Value::Bool(flag.value)),
        Expr::Lit(Lit::Null(_)) => Some(Value::Null),
        Expr::Lit(Lit::Num(number)) => Some(Value::Number(number.value)),
        Expr::Unary(unary) if unary.op == UnaryOp::Minus => match value_of(&unary.arg)? {
            Value::Number(number) => Some(Value::Number(-number)),
            _ => None,
        },
        Expr::Tpl(Tpl { exprs, quasis, .. }) if exprs.is_empty() => {
            quasis.first()?.cooked.as_ref()?.as_str().map(Value::from)
        }
        Expr::Array(ArrayLit { elems, .. }) => {
            let item = |element: &Option<swc_ecma_ast::ExprOrSpread>| {
                element.as_ref().filter(|item| item.spread.is_none()).and_then(|item| value_of(&item.expr))
            };
            elems.iter().map(item).collect::<Option<_>>().map(Value::Array)
        }
        Expr::Object(ObjectLit { props, .. }) => {
            props.iter().map(member_of).collect::<Option<_>>().map(Value::Object)
        }
        _ => None,
    }
}

/// The name of a property, if it is written down and not computed from something else.
pub(super) fn name_of(name: &PropName) -> Option<String> {
    match name {
        PropName::Ident(name) => Some(name.sym.to_string()),
        PropName::Str(text) => text.value.as_str().map(str::to_owned),
        PropName::Num(number) => Some(JavaScriptNumber(number.value).to_string()),
        PropName::Computed(computed) => computed_name(&computed.expr),
        PropName::BigInt(_) => None,
    }
}

/// The name that a literal between brackets gives: `['a']`, `[1]`.
pub(super) fn computed_name(expr: &Expr) -> Option<String> {
    match value_of(expr)? {
        Value::String(text) => Some(text),
        Value::Number(number) => Some(JavaScriptNumber(number).to_string()),
        _ => None,
    }
}

/// `value` as a literal, on one line.
pub(super) fn written(value: &Value, style: Style) -> String {
    match value {
        Value::String(text) => quoted(text, style),
        Value::Array(items) if items.is_empty() => "[]".to_owned(),
        Value::Array(items) => {
            let items: Vec<_> = items.iter().map(|item| written(item, style)).collect();
            format!("[ {} ]", items.join(", "))
        }
        Value::Object(members) if members.is_empty() => "{}".to_owned(),
        Value::Object(members) => {
            let member = |(key, value): &(String, Value)| {
                format!("{}: {}", property_name(key, style, false), written(value, style))
            };
            format!("{{ {} }}", members.iter().map(member).collect::<Vec<_>>().join(", "))
        }
        plain => plain.to_string(),
    }
}

/// `name` before a colon: bare where JavaScript of 2009 allows that, unless `always_quoted`.
pub(super) fn property_name(name: &str, style: Style, always_quoted: bool) -> String {
    if style.json || always_quoted || !is_identifier(name) { quoted(name, style) } else { name.to_owned() }
}

/// Whether `name` can follow a dot.
pub(super) fn is_identifier(name: &str) -> bool {
    let starts_well =
        name.starts_with(|letter: char| letter.is_ascii_alphabetic() || letter == '_' || letter == '$');
    starts_well && name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_' || letter == '$')
}

/// `text` as a string literal that is also safe between `<script>` and `</script>` and under server-side includes.
pub(super) fn quoted(text: &str, style: Style) -> String {
    let mut literal = String::with_capacity(text.len() + 2);
    literal.push(style.quote);
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match (letter, letters.clone().next()) {
            ('\\', _) => literal.push_str("\\\\"),
            ('\n', _) => literal.push_str("\\n"),
            ('\r', _) => literal.push_str("\\r"),
            ('\t', _) => literal.push_str("\\t"),
            // `</script` would end the element; `<!--#` would be executed by the web server.
            ('<', Some('/')) => {
                letters.next();
                literal.push_str("<\\/");
            }
            // Behind a `<!--`, as upstream's own files have it, `<script` would hide the end of the element.
            ('<', _) if opens_more(letters.clone()) => {
                literal.push_str(if style.json { "\\u003C" } else { "\\x3C" });
            }
            ('\u{2028}' | '\u{2029}', _) => literal += &escaped(letter, 'u', 4),
            (control, _) if control.is_control() && (style.json || control as u32 > 0xFF) => {
                literal += &escaped(control, 'u', 4);
            }
            (control, _) if control.is_control() => literal += &escaped(control, 'x', 2),
            (quote, _) if quote == style.quote => {
                literal.push('\\');
                literal.push(quote);
            }
            (plain, _) => literal.push(plain),
        }
    }
    literal.push(style.quote);
    literal
}

/// Whether `rest`, behind a less-than sign, makes it `<!` or `<script`.
fn opens_more(rest: impl Iterator<Item = char>) -> bool {
    let name: String = rest.take("script".len()).collect();
    name.starts_with('!') || name.eq_ignore_ascii_case("script")
}

/// `letter` as `\u2028`, `\x07`.
fn escaped(letter: char, kind: char, digits: usize) -> String {
    format!("\\{kind}{:0digits$X}", letter as u32)
}

/// The literal that `source` holds, as swc prints it, or none if it holds anything but one literal.
pub(super) fn raw(source: &str) -> Option<String> {
    super::depth::depth(source).ok().filter(|depth| *depth <= super::depth::SHALLOW)?;
    let map: Lrc<SourceMap> = Lrc::default();
    let file = map.new_source_file(FileName::Anon.into(), source.to_owned());
    let mut recovered = Vec::new();
    let syntax = Syntax::Es(swc_ecma_parser::EsSyntax::default());
    let expr = parse_file_as_expr(&file, syntax, EsVersion::latest(), None, &mut recovered).ok()?;
    if !recovered.is_empty() || !is_literal(&expr) {
        return None;
    }
    let mut printed = Vec::new();
    let writer = JsWriter::new(map.clone(), "\n", &mut printed, None);
    let config = Config::default().with_inline_script(true);
    let mut emitter = Emitter { cfg: config, cm: map, comments: None, wr: writer };
    expr.emit_with(&mut emitter).ok()?;
    let printed = String::from_utf8(printed).ok()?;
    // A directive of the web server has no business in a literal.
    (!printed.contains("<!")).then_some(printed)
}

fn is_literal(expr: &Expr) -> bool {
    match expr {
        Expr::Paren(inner) => is_literal(&inner.expr),
        Expr::Lit(Lit::JSXText(_)) => false,
        Expr::Lit(_) => true,
        Expr::Tpl(template) => template.exprs.is_empty(),
        Expr::Unary(unary) => {
            matches!(unary.op, UnaryOp::Minus | UnaryOp::Plus | UnaryOp::Bang) && is_literal(&unary.arg)
        }
        Expr::Array(array) => array
            .elems
            .iter()
            .all(|item| item.as_ref().is_some_and(|item| item.spread.is_none() && is_literal(&item.expr))),
        Expr::Object(object) => object.props.iter().all(|prop| match prop {
            PropOrSpread::Prop(prop) => match prop.as_ref() {
                Prop::KeyValue(pair) => name_of(&pair.key).is_some() && is_literal(&pair.value),
                _ => false,
            },
            PropOrSpread::Spread(_) => false,
        }),
        Expr::Ident(name) => matches!(&*name.sym, "undefined" | "NaN" | "Infinity"),
        _ => false,
    }
}

fn member_of(prop: &PropOrSpread) -> Option<(String, Value)> {
    let PropOrSpread::Prop(prop) = prop else { return None };
    let Prop::KeyValue(pair) = prop.as_ref() else { return None };
    Some((name_of(&pair.key)?, value_of(&pair.value)?))
}
