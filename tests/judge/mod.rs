//! Node as an independent judge of what scripts come to, in one process for all of them.

#![allow(dead_code)]

use std::io::Write as _;
use std::process::{Command, Stdio};

use rebrand::value::Value;
use serde_json::Value as Json;

/// Runs each script in a context of its own and prints its root: what JSON cannot say becomes a tagged string.
const PROGRAM: &str = r"
const vm = require('vm');
const tag = (key, value) =>
    typeof value === 'function' ? 'code: ' + value
    : typeof value === 'number' && !Number.isFinite(value) ? 'number: ' + value
    : value instanceof RegExp || Object.prototype.toString.call(value) === '[object RegExp]' ? 'regex: ' + value
    : value;
const judge = ([root, source]) => {
    try {
        if (root === '') return JSON.parse(source.replace(/^\ufeff/, ''));
        const context = {};
        context.window = context.self = context;
        vm.runInNewContext(source.replace(/<!--#[^]*?-->/g, '0'), context, { timeout: 1000 });
        return JSON.parse(JSON.stringify(context[root], tag));
    } catch (error) {
        return { 'node throws': String(error) };
    }
};
const scripts = JSON.parse(require('fs').readFileSync(0, 'utf8'));
console.log(JSON.stringify(scripts.map(judge)));
";

/// The values that node gives the roots of `scripts`, each a name and a source; none for a script that throws.
/// None at all where node is not installed.
pub(crate) fn evaluate(scripts: &[(&str, String)]) -> Option<Vec<Option<Json>>> {
    let node =
        Command::new("node").args(["-e", PROGRAM]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let Ok(mut node) = node else {
        eprintln!("node is not installed, so only our own evaluation was checked");
        return None;
    };
    let input = serde_json::to_vec(scripts).unwrap();
    node.stdin.take().unwrap().write_all(&input).unwrap();
    let output = node.wait_with_output().unwrap();
    assert!(output.status.success(), "node failed");
    let values: Vec<Json> = serde_json::from_slice(&output.stdout).unwrap();
    Some(values.into_iter().map(|value| (value.get("node throws").is_none()).then_some(value)).collect())
}

/// Takes the value at `path` out of `whole`, with the parents that are empty then.
pub(crate) fn taken_out(whole: &mut Json, path: &[String]) -> Option<Json> {
    let (name, rest) = path.split_first()?;
    let members = whole.as_object_mut()?;
    if rest.is_empty() {
        return members.remove(name);
    }
    let below = members.get_mut(name)?;
    let found = taken_out(below, rest);
    if below.is_null() || below.as_object().is_some_and(serde_json::Map::is_empty) {
        members.remove(name);
    }
    found
}

/// Whether node's `found` is `value`.
pub(crate) fn same(found: &Json, value: &Value) -> bool {
    match (found, value) {
        (Json::Number(found), Value::Number(value)) => found.as_f64() == Some(*value),
        (Json::Array(found), Value::Array(value)) => {
            found.len() == value.len() && found.iter().zip(value).all(|(found, value)| same(found, value))
        }
        (Json::Object(found), Value::Object(value)) => {
            found.len() == value.len()
                && value.iter().all(|(name, value)| found.get(name).is_some_and(|found| same(found, value)))
        }
        (found, value) => serde_json::to_value(value).is_ok_and(|value| value == *found),
    }
}

/// Whether the list `found` holds `value`.
pub(crate) fn holds(found: &Json, value: &Value) -> bool {
    found.as_array().is_some_and(|items| items.iter().any(|item| same(item, value)))
}
