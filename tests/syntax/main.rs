//! What a browser refuses is refused, and what it takes is read: three lists, and mutants of real files.
//!
//! `refused.txt` and `accepted.txt` say what browsers do, `refused-by-us.txt` where we differ and why. Node judges all
//! of them, so that they are facts and not our opinion. Two more lists are of what stops once it runs.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod mutants;
#[path = "../skip/mod.rs"]
mod skip;
mod stops;

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use rebrand::js::{Dialect, Document, Error, evaluate_source};
use rebrand::text::Text;
use skip::skip;

/// A script of a list, with the heading that it stands under.
struct Case {
    reason: &'static str,
    source: String,
}

/// The scripts of a list: `==== ` and a reason, then one script a line.
fn cases(list: &'static str) -> Vec<Case> {
    let mut cases = Vec::new();
    for part in list.split("==== ").skip(1) {
        let (reason, scripts) = part.split_once('\n').unwrap();
        let scripts = scripts.lines().filter(|line| !line.is_empty());
        cases.extend(scripts.map(|line| Case { reason, source: spelled_out(line) }));
    }
    cases
}

/// `␤` is a line end, `<U+200B>` that character.
fn spelled_out(line: &str) -> String {
    let mut parts = line.split("<U+");
    let mut source = parts.next().unwrap().to_owned();
    for part in parts {
        let (code, rest) = part.split_once('>').unwrap();
        source.push(char::from_u32(u32::from_str_radix(code, 16).unwrap()).unwrap());
        source.push_str(rest);
    }
    source.replace('␤', "\n").replace('␍', "\r").replace('␊', "\n")
}

fn refused() -> Vec<Case> {
    cases(include_str!("refused.txt"))
}

fn accepted() -> Vec<Case> {
    cases(include_str!("accepted.txt"))
}

/// What is refused by us alone: how the message begins, what the script holds, and why that is let be.
fn excuses() -> Vec<Case> {
    cases(include_str!("refused-by-us.txt"))
}

/// Whether the heading `reason` of an excuse speaks of this refusal.
fn is_excused(reason: &str, message: &str, source: &str) -> bool {
    let mut parts = reason.split(" | ");
    let (start, marker) = (parts.next().unwrap(), parts.next().unwrap());
    message.starts_with(start) && source.contains(marker)
}

/// Why this program does not read `source`.
fn complaint(source: &str) -> Option<Error> {
    evaluate_source(&Text::from(source), Dialect::Script("config")).err()
}

/// What is said of `error`, behind "does not parse".
fn words(error: &Error) -> String {
    match error {
        Error::Syntax { message, .. } => message.clone(),
        error => error.to_string(),
    }
}

/// Why node does not compile each of `sources`; nothing at all where there is no node.
fn node_complaints<'s>(sources: impl Iterator<Item = &'s str>) -> Option<Vec<Option<String>>> {
    node_says("judge.js", sources)
}

/// What `script` has node say of each of `sources`; nothing at all where there is no node.
fn node_says<'s>(script: &str, sources: impl Iterator<Item = &'s str>) -> Option<Vec<Option<String>>> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/syntax").join(script);
    let node = Command::new("node").arg(script).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let Ok(mut node) = node else {
        skip("`node` is not installed; `apt-get install nodejs` brings the judge");
        return None;
    };
    // A browser takes the mark off before the script is compiled.
    let sources: Vec<&str> =
        sources.map(|source| source.strip_prefix('\u{feff}').unwrap_or(source)).collect();
    node.stdin.take().unwrap().write_all(&serde_json::to_vec(&sources).unwrap()).unwrap();
    let output = node.wait_with_output().unwrap();
    assert!(output.status.success(), "the judge failed");
    Some(serde_json::from_slice(&output.stdout).unwrap())
}

#[test]
fn what_no_browser_loads_is_refused_with_its_place() {
    let mut wrong = Vec::new();
    for Case { reason, source } in refused() {
        match complaint(&source) {
            Some(Error::Syntax { span, message }) => {
                let is_placed = span.end <= source.len() && source.is_char_boundary(span.start);
                let is_said = message.chars().next().is_some_and(|first| !first.is_uppercase());
                if !is_placed || !is_said || message.ends_with('.') {
                    wrong.push(format!("{reason}: {source:?}: {span:?} {message}"));
                }
            }
            other => wrong.push(format!("{reason}: {source:?}: {other:?}")),
        }
    }
    assert!(wrong.is_empty(), "{} are wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn what_a_browser_loads_is_read() {
    let wrong: Vec<String> = accepted()
        .iter()
        .filter_map(|Case { reason, source }| Some(format!("{reason}: {source:?}: {}", complaint(source)?)))
        .collect();
    assert!(wrong.is_empty(), "{} are wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn what_is_refused_by_us_alone_has_its_reason() {
    let wrong: Vec<String> = excuses()
        .iter()
        .filter(|Case { reason, source }| {
            !complaint(source).is_some_and(|error| is_excused(reason, &words(&error), source))
        })
        .map(|Case { reason, source }| format!("{reason}: {source:?}: {:?}", complaint(source)))
        .collect();
    assert!(wrong.is_empty(), "{} are wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn node_agrees_with_the_lists() {
    let (refused, accepted, excuses) = (refused(), accepted(), excuses());
    let sources = refused.iter().chain(&accepted).chain(&excuses).map(|case| case.source.as_str());
    let Some(complaints) = node_complaints(sources) else { return };
    let (of_refused, of_accepted) = complaints.split_at(refused.len());
    let taken = refused.iter().zip(of_refused).filter(|(_, complaint)| complaint.is_none());
    let mut wrong: Vec<String> = taken.map(|(case, _)| format!("node takes {:?}", case.source)).collect();
    let not_taken = accepted.iter().chain(&excuses).zip(of_accepted).filter_map(|(case, complaint)| {
        Some(format!("node refuses {:?}: {}", case.source, complaint.as_ref()?))
    });
    wrong.extend(not_taken);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_config_that_clients_do_not_see_is_refused() {
    let read = |variable, source| Document::parse(Text::from(source), Dialect::Script(variable)).map(|_| ());
    for (source, keyword) in [
        ("let config = {};", "let"),
        ("// note\n'use strict';\nconst config = {};", "const"),
        ("let a = 1, config = { a };\nconfig.b = 2;", "let"),
        ("let config; config = {};", "let"),
    ] {
        match read("config", source) {
            Err(Error::Lexical { span, keyword: told, .. }) => {
                assert!(source[span.start..].starts_with(keyword) && told == keyword, "{source}: {span:?}");
            }
            other => panic!("{source}: {other:?}"),
        }
    }
    for source in
        ["var config = {};", "let a = 1;\nvar config = {};", "const config = {};\nwindow.config = config;"]
    {
        assert_eq!(read("config", source), Ok(()), "{source}");
    }
    // Clients call it by its bare name, which finds it.
    assert_eq!(read("interfaceConfig", "const interfaceConfig = {};"), Ok(()));
}

/// Node compiles these, and no page runs them: ECMA-262 16.1.7 looks before the first statement.
#[test]
fn what_every_page_declares_is_not_declared_anew() {
    for source in ["let undefined;", "var a;\nconst location = 1;", "class top {}", "let a, [b, window] = c;"]
    {
        let error = complaint(source).map(|error| words(&error)).unwrap_or_default();
        assert!(error.contains("is declared by every page"), "{source}: {error}");
    }
    for source in ["var undefined, location, top;", "{ let location; }", "(function() { let top; })();"] {
        assert_eq!(complaint(source), None, "{source}");
    }
}

#[test]
fn what_is_said_can_be_read() {
    for (source, said) in [
        ("var config = {\u{200d}};", "invalid Character `\\u{200d}`"),
        ("<script>\nvar config = {};", "unexpected JSX expression (JSX syntax is disabled"),
        ("({ a = 1 });", "invalid assignment in object literal (did you mean to use a ':'?)"),
        ("let a;\nlet a;", "identifier `a` has already been declared"),
    ] {
        let error = complaint(source).map(|error| words(&error)).unwrap_or_default();
        assert!(error.starts_with(said), "{source}: {error}");
    }
}
