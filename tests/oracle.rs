//! Node as an independent judge: wherever the static evaluator claims to know a value, node has the same.
//!
//! Judges upstream's own files, the scripts of `oracle/scripts.txt` and some hundred random ones, each batch in one
//! process. Without node, or without the upstream files, the test says so and passes.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail by panicking")]

mod skip;

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use rebrand::js::{Dialect, Evaluation, Known, Look, evaluate_source};
use rebrand::text::Text;
use rebrand::value::KeyPath;
use serde::Deserialize;
use skip::skip;

/// What node says of one script.
#[derive(Deserialize)]
struct Verdict {
    throws: Option<String>,
    values: BTreeMap<String, Told>,
    made: Vec<String>,
}

/// A value as node tells it.
#[derive(Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum Told {
    Undefined,
    Null,
    Boolean {
        value: bool,
    },
    Number {
        value: String,
    },
    String {
        value: String,
    },
    Array {
        items: Vec<Told>,
    },
    Object {
        members: BTreeMap<String, Told>,
    },
    /// The variable is not there.
    Missing,
    /// A function, a getter, a regular expression and the like: nothing the evaluator may claim to know.
    #[serde(other)]
    Other,
}

/// A script with what the evaluator says of it.
struct Case {
    name: String,
    source: String,
    evaluation: Evaluation,
}

fn case(name: &str, source: &str) -> Case {
    let evaluation = evaluate_source(&Text::from(source), Dialect::Script("config"))
        .unwrap_or_else(|error| panic!("{name}: {error}\n{source}"));
    Case { name: name.to_owned(), source: source.to_owned(), evaluation }
}

/// Node's verdicts on `cases`, or none where there is no node.
fn judge(cases: &[Case]) -> Option<Vec<Verdict>> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/oracle/judge.js");
    let node = Command::new("node").arg(script).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let Ok(mut node) = node else {
        skip("`node` is not installed; `apt-get install nodejs` brings the judge");
        return None;
    };
    let asked: Vec<_> = cases
        .iter()
        .map(|case| {
            let names: Vec<_> = case.evaluation.variables.keys().collect();
            serde_json::json!({ "source": case.source, "names": names })
        })
        .collect();
    let mut input = node.stdin.take().unwrap();
    input.write_all(serde_json::to_string(&asked).unwrap().as_bytes()).unwrap();
    drop(input);
    let answer = node.wait_with_output().unwrap();
    assert!(answer.status.success(), "the judge failed");
    let verdicts: Vec<Verdict> = serde_json::from_slice(&answer.stdout).unwrap();
    assert_eq!(verdicts.len(), cases.len());
    Some(verdicts)
}

/// Everything in which the evaluator and node disagree.
fn disagreements(case: &Case, verdict: &Verdict) -> Vec<String> {
    let Evaluation { variables, effects, throws, .. } = &case.evaluation;
    let mut found = Vec::new();
    let from_elsewhere = ["elsewhere", "yes", "no)"].iter().any(|name| case.source.contains(name));
    let all_known = variables.values().all(is_known) && !from_elsewhere;
    match (throws, &verdict.throws) {
        (None, Some(error)) if effects.is_empty() && all_known => {
            found.push(format!("node throws `{error}`"));
        }
        (Some(throw), None) => found.push(format!("node does not throw, but: {}", throw.message)),
        _ => {}
    }
    // Something unknown may have thrown before the evaluator noticed.
    if verdict.throws.is_some() && !(effects.is_empty() && all_known) {
        return found;
    }
    let touched = |name: &str| effects.iter().any(|effect| effect.names.iter().any(|one| one == name));
    for (name, known) in variables.iter().filter(|(name, _)| !touched(name)) {
        compare(name, known, &verdict.values[name], &mut found);
    }
    for name in verdict.made.iter().filter(|name| !variables.contains_key(*name) && !touched(name)) {
        found.push(format!("node has a variable `{name}`"));
    }
    found
}

fn is_known(known: &Known) -> bool {
    match known {
        Known::Unknown(_) | Known::Open(_) => false,
        Known::Array(items) => items.iter().all(is_known),
        Known::Object(members) => members.iter().all(|(_, known)| is_known(known)),
        _ => true,
    }
}

fn compare(at: &str, known: &Known, told: &Told, found: &mut Vec<String>) {
    match (known, told) {
        (Known::Bool(one), Told::Boolean { value }) if one == value => {}
        (Known::Number(one), Told::Number { value }) if same_number(*one, value) => {}
        (Known::String(one), Told::String { value }) if one == value => {}
        (Known::Array(known), Told::Array { items }) if known.len() == items.len() => {
            for (index, (known, told)) in known.iter().zip(items).enumerate() {
                compare(&format!("{at}[{index}]"), known, told, found);
            }
        }
        (Known::Object(known), Told::Object { members }) => {
            for (key, known) in known.iter() {
                compare(&format!("{at}.{key}"), known, member(members, key), found);
            }
            let untold = members.keys().filter(|key| known.get(&key[1..]).is_none());
            found.extend(untold.map(|key| format!("node has `{at}{key}`")));
        }
        (Known::Open(known), Told::Object { members }) => {
            for (key, known) in known.members.iter() {
                compare(&format!("{at}.{key}"), known, member(members, key), found);
            }
            let there = known.gone.iter().filter(|key| members.contains_key(&format!(".{key}")));
            found.extend(there.map(|key| format!("`{at}.{key}` is said to be gone")));
        }
        // A script that sets members of something from elsewhere takes it for an object; so does the evaluator.
        (Known::Open(_) | Known::Unknown(_), _)
        | (Known::Undefined, Told::Undefined)
        | (Known::Null, Told::Null) => {}
        _ => found.push(format!("`{at}` is said to be {known}, but node has {told:?}")),
    }
}

fn member<'a>(members: &'a BTreeMap<String, Told>, key: &str) -> &'a Told {
    members.get(&format!(".{key}")).unwrap_or(&Told::Missing)
}

fn same_number(one: f64, other: &str) -> bool {
    let other: f64 = other.parse().unwrap();
    one.to_bits() == other.to_bits() || (one.is_nan() && other.is_nan())
}

fn assert_agreed(cases: &[Case]) {
    let Some(verdicts) = judge(cases) else { return };
    let mut wrong = Vec::new();
    for (case, verdict) in cases.iter().zip(&verdicts) {
        for disagreement in disagreements(case, verdict) {
            let shown = if case.source.len() < 2000 { case.source.as_str() } else { "" };
            wrong.push(format!("{}: {disagreement}\n{shown}", case.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn node_agrees_on_upstream_files() {
    let upstream = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/upstream");
    let Ok(versions) = std::fs::read_dir(&upstream) else {
        skip(format_args!("`{}` is not there", upstream.display()));
        return;
    };
    let mut cases = Vec::new();
    for version in versions.map(|entry| entry.unwrap().path()) {
        for (name, root) in [("config.js", "config"), ("interface_config.js", "interfaceConfig")] {
            let file =
                find(&version, name).unwrap_or_else(|| panic!("no `{name}` in `{}`", version.display()));
            let case = case(&file.display().to_string(), &std::fs::read_to_string(&file).unwrap());
            let known = case.evaluation.variables.get(root).unwrap();
            let members = if let Known::Object(members) = known { members.len() } else { 0 };
            assert!(members > 10, "{}: only {members} members of `{root}` are told", case.name);
            assert!(case.evaluation.effects.iter().all(|effect| !effect.names.contains(&root.to_owned())));
            cases.push(case);
        }
    }
    assert_agreed(&cases);
}

fn find(folder: &Path, name: &str) -> Option<std::path::PathBuf> {
    let mut entries: Vec<_> = std::fs::read_dir(folder).ok()?.map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    let here = entries.iter().find(|path| path.is_file() && path.ends_with(name)).cloned();
    here.or_else(|| entries.iter().filter(|path| path.is_dir()).find_map(|path| find(path, name)))
}

#[test]
fn node_agrees_on_every_construct() {
    let text = include_str!("oracle/scripts.txt");
    let mut cases = Vec::new();
    for part in text.split("==== ").skip(1) {
        let (head, source) = part.split_once('\n').unwrap();
        let (name, must_know) = head.split_once(" | ").unwrap_or((head, ""));
        let case = case(name, source);
        for variable in must_know.split_whitespace() {
            let known = case.evaluation.variables.get(variable);
            assert!(known.is_some_and(is_known), "{name}: `{variable}` is not known: {known:?}\n{source}");
        }
        assert_eq!(
            name.starts_with("throws: "),
            case.evaluation.throws.is_some(),
            "{name}: {:?}",
            case.evaluation
        );
        cases.push(case);
    }
    assert!(cases.len() > 60);
    assert_agreed(&cases);
}

#[test]
fn node_agrees_on_random_scripts() {
    let mut runner = TestRunner::deterministic();
    let scripts = proptest::collection::vec(statement(), 1..12).prop_map(|statements| {
        format!(
            "var x = {{ a: 1, c: {{ b: 's' }}, d: {{ e: {{}} }} }}, y = {{ b: null, d: {{}} }};\n{}",
            statements.join("\n")
        )
    });
    let count = std::env::var("ORACLE_SCRIPTS").ok().and_then(|count| count.parse().ok()).unwrap_or(600);
    let cases: Vec<_> = (0..count)
        .map(|number| case(&format!("random {number}"), &scripts.new_tree(&mut runner).unwrap().current()))
        .collect();
    assert_agreed(&cases);
}

fn path() -> impl Strategy<Value = String> {
    let key = prop::sample::select(vec![".a", ".b", "['c']", ".d.e"]);
    (prop::sample::select(vec!["x", "y", "window.x", "elsewhere"]), proptest::collection::vec(key, 0..3))
        .prop_map(|(root, keys)| root.to_owned() + &keys.concat())
}

fn literal() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(vec![
            "0",
            "1",
            "-2.5",
            "1e21",
            "''",
            "'s'",
            "\"5\"",
            "true",
            "false",
            "null",
            "undefined",
            "`t`",
            "NaN",
        ])
        .prop_map(str::to_owned),
        Just("{}".to_owned()),
        Just("[]".to_owned()),
    ]
}

fn expression() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![4 => literal(), 2 => path(), 1 => Just("yes".to_owned())];
    leaf.prop_recursive(3, 12, 3, |inner| {
        let operators = ["+", "-", "*", "===", "==", "<", "&&", "||", "??", ","];
        prop_oneof![
            (inner.clone(), prop::sample::select(operators.to_vec()), inner.clone())
                .prop_map(|(left, operator, right)| format!("(({left}) {operator} ({right}))")),
            (inner.clone(), inner.clone())
                .prop_map(|(a, b)| format!("{{ a: {a}, 'b': {b}, d: {{ e: 1 }} }}")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("{{ ...({a}), a: {b} }}")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("[{a}, {b}]")),
            (inner.clone(), inner.clone(), inner.clone())
                .prop_map(|(a, b, c)| format!("(({a}) ? {b} : {c})")),
            inner.clone().prop_map(|a| format!("!({a})")),
            inner.clone().prop_map(|a| format!("typeof ({a})")),
            inner.clone().prop_map(|a| format!("`<${{{a}}}>`")),
            (path(), inner).prop_map(|(path, value)| format!("({path} = {value})")),
        ]
    })
}

fn statement() -> impl Strategy<Value = String> {
    let operator = prop::sample::select(vec!["=", "=", "=", "+=", "||=", "&&=", "??="]);
    let simple = prop_oneof![
        2 => (prop::sample::select(vec!["x", "y"]), expression())
            .prop_map(|(name, value)| format!("var {name} = {value};")),
        6 => (path(), operator, expression())
            .prop_map(|(path, operator, value)| format!("{path} {operator} {value};")),
        1 => path().prop_map(|path| format!("delete {path};")),
        1 => path().prop_map(|path| format!("Object.assign({path} || {{}}, {{ a: 9 }});")),
        1 => path().prop_map(|path| format!("Object.assign({path}, {{ a: 9, c: {{}} }});")),
        1 => path().prop_map(|path| format!("if ('a' in {path} && !{path}.hasOwnProperty('d')) {path}.d = 1;")),
        1 => path().prop_map(|path| format!("for (var k in {path}) {{ x.n = {path}[k]; }}")),
        1 => path().prop_map(|path| format!("Object.freeze({path});")),
        1 => path().prop_map(|path| format!("(function() {{ {path} = 8; }})();")),
    ];
    let test = || prop_oneof![2 => Just("yes".to_owned()), 2 => Just("no".to_owned()), 1 => expression()];
    let simple = simple.boxed();
    let branch = (test(), simple.clone(), simple.clone())
        .prop_map(|(test, yes, no)| format!("if ({test}) {{ {yes} }} else {{ {no} }}"))
        .boxed();
    let nested = (test(), simple.clone(), branch.clone())
        .prop_map(|(test, yes, no)| format!("if ({test}) {yes} else {no}"));
    // Several statements, so not for an `if`.
    let names = prop_oneof![
        1 => (prop::sample::select(vec!["p", "q"]), path())
            .prop_map(|(name, path)| format!("var {name} = {path}; {name}.a = {name}.d;")),
        1 => (prop::sample::select(vec!["p", "q"]), path())
            .prop_map(|(name, path)| format!("{path} = 7; {name}.c = {path};")),
        1 => path().prop_map(|path| format!("var {{ d, c: e = 5 }} = {path}; d.e = e;")),
    ];
    prop_oneof![8 => simple, 2 => branch, 1 => nested, 3 => names]
}

#[test]
fn long_chains_and_copies_stay_cheap() {
    let sum = format!("var a = {}1;", "1 + ".repeat(400));
    assert_eq!(case("sum", &sum).evaluation.variables["a"], Known::Number(401.0));
    let unknown = format!("var a = {}1;", "b + ".repeat(400));
    assert!(matches!(case("unknown sum", &unknown).evaluation.variables["a"], Known::Unknown(_)));
    let doubling = format!("var a = ['x'];{}", "a = [a, a];".repeat(60));
    assert!(!case("doubling", &doubling).evaluation.effects.is_empty());
    let text = format!("var a = 'x';{}", "a += a;".repeat(60));
    assert!(!case("doubling text", &text).evaluation.effects.is_empty());
    let nested = format!("var a = {{}};{}", "a = { x: a };".repeat(20_000));
    assert!(!case("nesting", &nested).evaluation.effects.is_empty());
    let calls: Vec<_> = (0..300).map(|at| format!("config.x{at} = f(config);")).collect();
    assert!(case("calls", &calls.join("\n")).evaluation.effects.len() >= 300);
}

#[test]
fn json_is_one_value() {
    let text = Text::from("{ \"a\": { \"__proto__\": 1, \"b\": [null, -2] } }");
    let evaluation = evaluate_source(&text, Dialect::Json).unwrap();
    let look = |path: &str| evaluation.variables[""].look(&KeyPath::dotted(path));
    assert_eq!(look("a.__proto__"), Look::Found(&Known::Number(1.0)));
    assert_eq!(look("a.b"), Look::Found(&Known::Array(vec![Known::Null, Known::Number(-2.0)])));
    assert_eq!(look("a.c"), Look::Absent);
}
