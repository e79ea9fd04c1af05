//! The two-sided proof: what counts as a difference, and what does not.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail by panicking")]

use rebrand::js::{Dialect, Evaluation, Expect, Kind, Known, differences, evaluate_source};
use rebrand::text::Text;
use rebrand::value::{KeyPath, Value};

fn evaluated(source: &str) -> Evaluation {
    evaluate_source(&Text::from(source), Dialect::Script("config")).unwrap()
}

fn is(path: &str, value: impl Into<Value>) -> (KeyPath, Expect) {
    (KeyPath::dotted(path), Expect::Is(Known::from(&value.into())))
}

fn absent(path: &str) -> (KeyPath, Expect) {
    (KeyPath::dotted(path), Expect::Absent)
}

/// What the proof says, with the rule that is broken.
fn proof(before: &str, after: &str, wished: &[(KeyPath, Expect)]) -> Vec<String> {
    let found = differences(&evaluated(before), &evaluated(after), "config", wished);
    found.iter().map(|difference| format!("{:?}: {difference}", difference.kind)).collect()
}

#[track_caller]
fn proves(before: &str, after: &str, wished: &[(KeyPath, Expect)]) {
    assert_eq!(proof(before, after, wished), Vec::<String>::new());
}

#[track_caller]
fn refutes(before: &str, after: &str, wished: &[(KeyPath, Expect)], expected: &str) {
    assert_eq!(proof(before, after, wished), [expected]);
}

#[test]
fn nothing_wished_nothing_changed() {
    let script = "var config = { a: 1, f: function() { return a + 'x  y'; }, g: foo(config) };";
    let spelled =
        "// new\nvar config={g:foo( config ),\nf: function ( ) {\n return a /* ? */ + 'x  y' }, 'a': 0x1 }";
    refutes(
        script,
        spelled,
        &[],
        "Other: `config.f` would change from the unknown `function(){return a+'x  y';}` to the unknown `function(){return a+'x  y'}`, which nothing asks for",
    );
    proves(script, &spelled.replace("'x  y'", "'x  y';"), &[]);
    refutes(
        "var config = { a: 1 }, b = 2;",
        "var config = { a: 1 }, b = 3;",
        &[],
        "Other: `b` would change from `2` to `3`, which nothing asks for",
    );
}

#[test]
fn wishes_are_met_or_named() {
    proves("var config = { a: 1, b: 2 };", "var config = { a: 'x', b: 2 };", &[is("a", "x")]);
    refutes(
        "var config = { a: 1 };",
        "var config = { a: 2 };",
        &[is("a", "x")],
        "Wish: `config.a` should be `\"x\"`, but would be `2`",
    );
    refutes(
        "var config = { a: 1 };",
        "var config = {};",
        &[is("a", "x")],
        "Wish: `config.a` should be `\"x\"`, but would be nothing",
    );
    refutes(
        "var config = { a: 1 };",
        "var config = { a: foo };",
        &[is("a", "x")],
        "Wish: `config.a` should be `\"x\"`, but would be the unknown `foo`",
    );
    // What a spread brings nobody knows, so neither is the wish proved.
    assert_eq!(proof("var config = {};", "var config = { ...foo };", &[absent("a")]).len(), 2);
    refutes(
        "var config = { b: 1 };",
        "var config = { a: 1, b: 2 };",
        &[is("a", Value::Number(1.0))],
        "Other: `config.b` would change from `1` to `2`, which nothing asks for",
    );
}

#[test]
fn parents_may_come_with_wishes() {
    let wishes = [is("a.b.c", "x"), is("a.b.d", true)];
    proves("var config = {};", "var config = { a: { b: { c: 'x', d: true } } };", &wishes);
    proves("var config = { a: null };", "var config = {}; config.a = { b: { c: 'x', d: true } };", &wishes);
    refutes(
        "var config = {};",
        "var config = { a: { b: { c: 'x', d: true, e: 1 } } };",
        &wishes,
        "Other: `config.a.b.e` would change from nothing to `1`, which nothing asks for",
    );
    refutes(
        "var config = { a: 'text' };",
        "var config = { a: { b: { c: 'x', d: true } } };",
        &wishes,
        "Other: `config.a` would change from `\"text\"` to `{ \"b\": { \"c\": \"x\", \"d\": true } }`, which nothing asks for",
    );
    refutes(
        "var config = {};",
        "var config = { a: {} };",
        &[absent("a.b")],
        "Other: `config.a` would change from nothing to `{}`, which nothing asks for",
    );
}

#[test]
fn removals_may_leave_parents() {
    proves("var config = { a: { b: 1 } };", "var config = { a: {} };", &[absent("a.b")]);
    proves("var config = { a: { b: 1 } };", "var config = { a: { b: undefined } };", &[absent("a.b")]);
    proves("var config = {};", "var config = {};", &[absent("a.b")]);
    refutes(
        "var config = { a: { b: 1 } };",
        "var config = {};",
        &[absent("a.b")],
        "Other: `config.a` would change from `{ \"b\": 1 }` to nothing, which nothing asks for",
    );
    proves("Object.assign(config, x);", "Object.assign(config, x); delete config.a;", &[absent("a")]);
}

#[test]
fn files_of_assignments_are_proved_too() {
    proves(
        "config.a = 1;",
        "config.a = 1;\nconfig.b = 'x';\nconfig.c.d = 'y';",
        &[is("b", "x"), is("c.d", "y")],
    );
    proves("", "config.b = 'x';", &[is("b", "x")]);
    refutes(
        "config.a = 1;",
        "config.a = 1; config.b = 'x'; config.c = 2;",
        &[is("b", "x")],
        "Other: `config.c` would change from unknown to `2`, which nothing asks for",
    );
    assert_eq!(
        proof("var config = load();", "var config = other(); config.a = 'x';", &[is("a", "x")]).len(),
        2
    );
}

#[test]
fn what_is_computed_from_a_wish_is_named() {
    refutes(
        "var config = { a: 'x' }; config.b = config.a || foo();",
        "var config = { a: 'y' }; config.b = config.a || foo();",
        &[is("a", "y")],
        "Other: `config.b` would change from `\"x\"` to `\"y\"`, which nothing asks for",
    );
    refutes(
        "var config = { a: 'x' }; config.b = config.a + foo;",
        "var config = { a: 'y' }; config.b = config.a + foo;",
        &[is("a", "y")],
        "Follows: `config.b` is computed from `config.a`, now `\"x\"`, which would become `\"y\"`",
    );
    refutes(
        "var config = { a: 'x' }; function f() { return config.a; } var b = f() + '';",
        "var config = { a: 'y' }; function f() { return config.a; } var b = f() + '';",
        &[is("a", "y")],
        "Follows: `b` is computed from `config.a`, now `\"x\"`, which would become `\"y\"`",
    );
}

#[test]
fn effects_and_exceptions_count() {
    proves("for (;;) { config.a = 1; }\nvar b = 1;", "for(;;){config.a=1 ;}var b = 1; // x", &[]);
    refutes(
        "var config = {};",
        "var config = {}; while (x) { }",
        &[],
        "Effect: no further code with unknown effects would become the code `while(x){}`, which nothing asks for",
    );
    let found = differences(
        &evaluated("var config = {};"),
        &evaluated("var config = {}; config.x.z = 2;"),
        "config",
        &[],
    );
    assert_eq!(found.first().map(|difference| difference.kind), Some(Kind::Throw));
    assert_eq!(
        found[0].to_string(),
        "the script would stop: `config.x` is undefined, so `config.x.z` cannot be set"
    );
    // One that was there before is no better.
    refutes(
        "var config = {}; config.x.z = 2;",
        "var config = {}; config.x.z = 2;",
        &[],
        "Throw: the script would stop: `config.x` is undefined, so `config.x.z` cannot be set",
    );
}

#[test]
fn thousands_of_wishes_take_one_pass() {
    let keys: Vec<String> = (0..3000).map(|number| format!("k{number}: {{ a: {number} }}")).collect();
    let before = evaluated(&format!("var config = {{ {} }};", keys.join(", ")));
    let after = evaluated(&format!("var config = {{ {} }};", keys.join(", ").replace("a:", "b:")));
    let wished: Vec<_> = (0..3000)
        .flat_map(|number| {
            [is(&format!("k{number}.b"), Value::Number(f64::from(number))), absent(&format!("k{number}.a"))]
        })
        .collect();
    assert_eq!(differences(&before, &after, "config", &wished), []);
}
