//! The laws of editing, held to generated files and generated edits: identity, untouched bytes, idempotence, an edit
//! reads back, what was put in can be taken out again, and node agrees with the evaluator.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]
#![allow(clippy::format_push_string, clippy::format_collect)]

mod generated;
#[path = "../judge/mod.rs"]
mod judge;

use generated::{edits, file};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::{Config, TestRunner};
use rebrand::edit::{Edit, Op};
use rebrand::js::{Dialect, Document, Known, Withdrawal};
use rebrand::path::SitePath;
use rebrand::target::{KeyChange, Target, target};
use rebrand::text::{Span, Splice, SpliceSet, Text};
use rebrand::value::{KeyPath, Value};

/// Nothing is kept of failures: a case that fails belongs into `tests/edits`, with a name.
fn config() -> Config {
    Config { failure_persistence: None, ..Config::default() }
}

fn read(source: &str) -> Document {
    Document::parse(Text::from(source), Dialect::Script("config"))
        .unwrap_or_else(|error| panic!("{error}\n{source}"))
}

/// The target; where it is refused, nothing, and never for a fault of ours.
fn made(document: &Document, edits: &[Edit]) -> Option<Target> {
    let path = SitePath::new("config.js").unwrap();
    match target(&path, document, edits, &[], "config.toml") {
        Ok(target) => Some(target),
        Err(findings) => {
            for finding in findings {
                let ours = finding.message.contains("does not parse");
                assert!(!ours, "{}\n{}", finding.message, document.text().as_str());
            }
            None
        }
    }
}

fn has(document: &Document, at: &KeyPath, op: &Op) -> bool {
    let value = document.value(at);
    let items = match (value, value.and_then(Known::to_value)) {
        (_, Some(Value::Array(items))) => items,
        // A list that has been given members is no value that can be told.
        (Some(_), None) if !matches!(op, Op::Set(_) | Op::Remove) => return true,
        _ => Vec::new(),
    };
    match op {
        Op::Set(wished) => value == Some(&Known::from(wished)),
        Op::Remove => value.is_none(),
        Op::Append(wished) => wished.iter().all(|item| items.contains(item)),
        Op::Without(unwished) => !unwished.iter().any(|item| items.contains(item)),
        Op::Raw(_) => true,
    }
}

/// Whether what a change replaced cannot be told from its receipt: a `null` above a key gives way to an object.
fn is_promised(document: &Document, edits: &[Edit]) -> bool {
    let mut parents = edits.iter().filter_map(|edit| edit.at.parent());
    let gives_way = |at: &KeyPath| {
        (1..=at.segments().len()).any(|depth| {
            let above = KeyPath::new(at.segments().iter().take(depth).cloned().collect());
            document.value(&above) == Some(&Known::Null)
        })
    };
    !edits.iter().any(|edit| edit.op == Op::Remove) && !parents.any(|at| gives_way(&at))
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn no_edits_change_nothing(source in file()) {
        let document = read(&source);
        let lowered = document.lower(&[]);
        prop_assert!(lowered.splices.is_empty());
        let after = document.text().apply(&lowered.splices);
        prop_assert_eq!(after.as_str(), source);
    }

    #[test]
    fn bytes_outside_the_splices_stay(source in file(), edits in edits()) {
        let document = read(&source);
        let splices = document.lower(&edits).splices;
        let after = document.text().apply(&splices);
        let (mut from, mut rest) = (0, after.as_str());
        for splice in splices.as_slice() {
            prop_assert!(from <= splice.span.start && splice.span.start <= splice.span.end);
            for part in [&source[from..splice.span.start], &splice.text] {
                rest = rest.strip_prefix(part).expect("this part stands here");
            }
            from = splice.span.end;
        }
        prop_assert_eq!(rest, &source[from..]);
    }

    #[test]
    fn an_edit_reads_back_and_a_second_run_changes_nothing(source in file(), edits in edits()) {
        let document = read(&source);
        // What stands behind a certain exception is never in force.
        let runs = document.evaluation().throws.is_none();
        if let Some(target) = made(&document, &edits).filter(|_| runs) {
            let after = read(target.text.as_str());
            for edit in &edits {
                prop_assert!(has(&after, &edit.at, &edit.op), "{} of {source}\n{}", edit.at, target.text.as_str());
            }
            let again = made(&after, &edits).map(|target| target.text);
            prop_assert_eq!(again.as_ref().map(Text::as_str), Some(target.text.as_str()));
        }
    }

    #[test]
    fn what_was_put_in_can_be_taken_out(source in file(), edits in edits()) {
        let document = read(&source);
        let target = if is_promised(&document, &edits) { made(&document, &edits) } else { None };
        if let Some(target) = target {
            let receipts = target.changes.iter().filter_map(KeyChange::receipt);
            let withdrawals: Vec<Withdrawal> = receipts
                .map(|receipt| Withdrawal { at: receipt.at, before: receipt.before, created: receipt.created })
                .collect();
            let after = read(target.text.as_str());
            let back = after.text().apply(&after.withdraw(&withdrawals).splices);
            prop_assert_eq!(back.as_str(), source, "by way of\n{}", after.text().as_str());
        }
    }

    #[test]
    fn disjoint_splices_commute_and_others_are_refused(lengths in prop::collection::vec((0..4_usize, 1..4_usize), 1..8)) {
        let (mut at, mut splices) = (0, Vec::new());
        for (index, (length, gap)) in lengths.into_iter().enumerate() {
            splices.push(Splice { span: Span::new(at, at + length), text: index.to_string() });
            at += length + gap;
        }
        let text = Text::from("x".repeat(at));
        let set = |splices: &mut dyn Iterator<Item = &Splice>| {
            let mut set = SpliceSet::default();
            for splice in splices {
                set.add(splice.clone()).unwrap();
            }
            set
        };
        let forth = set(&mut splices.iter());
        prop_assert_eq!(&forth, &set(&mut splices.iter().rev()));
        let removed: usize = splices.iter().map(|splice| splice.span.end - splice.span.start).sum();
        prop_assert_eq!(text.apply(&forth).as_str().len(), at - removed + splices.len());
        for splice in splices.iter().filter(|splice| splice.span.start < splice.span.end) {
            let mut more = forth.clone();
            let wider = Splice { span: Span::new(splice.span.start, at), text: String::new() };
            prop_assert!(more.add(wider).is_err());
            prop_assert_eq!(&more, &forth);
        }
    }
}

#[test]
fn node_agrees_with_every_value_that_is_claimed_known() {
    let mut runner = TestRunner::deterministic();
    let sources: Vec<String> = (0..800).map(|_| file().new_tree(&mut runner).unwrap().current()).collect();
    let scripts: Vec<(&str, String)> = sources.iter().map(|source| ("config", source.clone())).collect();
    let Some(values) = judge::evaluate(&scripts) else { return };
    let mut known = 0;
    for (source, value) in sources.iter().zip(values) {
        let document = read(source);
        let evaluation = document.evaluation();
        // What certainly throws is told, and what may throw is at least named.
        let is_told = evaluation.throws.is_some() || !evaluation.effects.is_empty();
        assert!(value.is_some() || is_told, "it throws:\n{source}");
        assert!(value.is_none() || evaluation.throws.is_none(), "it does not throw:\n{source}");
        if let Some(value) = value {
            known += compare(&evaluation.variables["config"], &value, source);
        }
    }
    assert!(known > 2000, "only {known} values were compared");
}

/// Compares what is known of a value with node's, and tells how many values that were.
fn compare(known: &Known, found: &serde_json::Value, source: &str) -> usize {
    match known {
        // A function or a list may have members too, which JSON does not show.
        Known::Object(_)
            if found.is_array() || found.as_str().is_some_and(|text| text.starts_with("code: ")) =>
        {
            0
        }
        Known::Object(members) => {
            let found = found.as_object().unwrap_or_else(|| panic!("{found} is no object:\n{source}"));
            let named = members.iter().filter(|(_, known)| **known != Known::Undefined);
            named
                .map(|(name, known)| {
                    compare(known, found.get(name).unwrap_or(&serde_json::Value::Null), source)
                })
                .sum()
        }
        known => {
            let value = known.to_value();
            let agrees = value.as_ref().is_none_or(|value| judge::same(found, value));
            assert!(agrees, "{known} is {found}:\n{source}");
            usize::from(value.is_some())
        }
    }
}
