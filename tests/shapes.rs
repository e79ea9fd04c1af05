//! Statements around a configuration, in every shape that people write: each is edited rightly, as node proves, or
//! refused with one sentence that names the line.
//!
//! `shapes/*.txt` holds them: a name, the file before, and then the file after or what is said. The wishes are
//! `a = 2`, which most files hold already as 1, and `fresh = "x"`, which none holds; a case may have its own after
//! `---- wish`. A hint that offers the style `overlay` is taken, and has to work.
//! `REBRAND_BLESS=1` rewrites what is expected: review it by eye.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "judge/mod.rs"]
mod judge;

use std::fs;
use std::path::Path;

use rebrand::edit::Edit;
use rebrand::fault::{Finding, Level};
use rebrand::js::{Dialect, Document};
use rebrand::patch::PatchFile;
use rebrand::path::SitePath;
use rebrand::target::{Target, findings, target};
use rebrand::text::Text;
use serde_json::Value as Json;

const WISH: &str = "[set]\na = 2\nfresh = \"x\"\n";

struct Shape {
    name: String,
    wish: String,
    before: String,
    expected: String,
}

impl Shape {
    fn read(part: &str) -> Shape {
        let (name, rest) = part.split_once('\n').unwrap();
        let (head, expected) = rest.split_once("---- then\n").unwrap_or((rest, ""));
        let (before, wish) = head.split_once("---- wish\n").unwrap_or((head, WISH));
        let [name, wish, before, expected] = [name, wish, before, expected].map(str::to_owned);
        Shape { name, wish, before, expected }
    }

    fn written(&self, expected: &str) -> String {
        let wish = if self.wish == WISH { String::new() } else { format!("---- wish\n{}", self.wish) };
        format!("==== {}\n{}{wish}---- then\n{expected}", self.name, self.before)
    }

    fn edits(&self) -> Vec<Edit> {
        PatchFile::parse("config.toml", &Text::from(self.wish.as_str())).unwrap().edits
    }

    fn target(&self, overlay: bool) -> Result<(Target, Vec<Finding>), Vec<Finding>> {
        let text = Text::from(self.before.as_str());
        let document = Document::parse(text, Dialect::Script("config"))
            .map_err(|error| vec![Finding::new(Level::Error, format!("the file {error}"))])?;
        let path = SitePath::new("site/config.js").unwrap();
        let edits = self.edits();
        let (spliced, overlaid): (&[Edit], &[Edit]) = if overlay { (&[], &edits) } else { (&edits, &[]) };
        let target = target(&path, &document, spliced, overlaid, "config.toml")?;
        let warnings = findings(&path, &document, &target.changes);
        Ok((target, warnings))
    }

    /// What comes of it: the file, or what is said.
    fn outcome(&self) -> String {
        let said = |found: &[Finding]| {
            found.iter().fold(String::new(), |all, one| {
                let hint = one.hint.as_ref().map_or_else(String::new, |hint| format!("  hint: {hint}\n"));
                format!("{all}{:?}: {}\n{hint}", one.level, one.message)
            })
        };
        match self.target(false) {
            Ok((target, warnings)) => {
                target.text.as_str().to_owned() + &said(&warnings) + &said(&target.notes)
            }
            Err(found) => said(&found),
        }
    }

    /// The texts that come of it, to be judged: by splices, or by the overlay that a hint offers.
    fn results(&self, faults: &mut Vec<String>) -> Option<String> {
        let found = match self.target(false) {
            Ok((target, _)) => return Some(target.text.as_str().to_owned()),
            Err(found) => found,
        };
        for finding in &found {
            let (message, hint) = (&finding.message, finding.hint.as_deref().unwrap_or_default());
            if !message.contains("line ") && !message.starts_with("the file") && !hint.contains("[set]") {
                faults.push(format!("{}: no line is named: {message}", self.name));
            }
        }
        let offered = |finding: &Finding| finding.hint.as_ref().is_some_and(|hint| hint.contains("overlay"));
        if !found.iter().all(offered) {
            return None;
        }
        match self.target(true) {
            Ok((target, _)) => Some(target.text.as_str().to_owned()),
            Err(found) => {
                faults.push(format!("{}: the overlay that is offered fails: {found:?}", self.name));
                None
            }
        }
    }
}

fn judged(shape: &Shape, before: Option<&Json>, after: Option<&Json>) -> Option<String> {
    let Some(before) = before else { return Some(format!("{}: node cannot run it", shape.name)) };
    let Some(after) = after else { return Some(format!("{}: node cannot run the result", shape.name)) };
    let (mut rest_before, mut rest_after) = (before.clone(), after.clone());
    for edit in shape.edits() {
        judge::taken_out(&mut rest_before, edit.at.segments());
        let found = judge::taken_out(&mut rest_after, edit.at.segments());
        let well = match &edit.op {
            rebrand::edit::Op::Set(value) => found.as_ref().is_some_and(|found| judge::same(found, value)),
            rebrand::edit::Op::Remove => found.is_none(),
            _ => true,
        };
        if !well {
            return Some(format!("{}: node finds {found:?} at `{}`", shape.name, edit.at));
        }
    }
    (rest_before != rest_after).then(|| format!("{}: {rest_before} became {rest_after}", shape.name))
}

fn judge_file(name: &str, least: usize) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/shapes").join(name);
    let text = fs::read_to_string(&path).unwrap();
    let shapes: Vec<Shape> = text.split("==== ").skip(1).map(Shape::read).collect();
    assert!(shapes.len() >= least, "only {} shapes", shapes.len());
    let outcomes: Vec<String> = shapes.iter().map(Shape::outcome).collect();
    if std::env::var_os("REBRAND_BLESS").is_some() {
        let all = shapes.iter().zip(&outcomes).map(|(shape, outcome)| shape.written(outcome));
        fs::write(&path, all.collect::<String>()).unwrap();
    }
    let mut faults = Vec::new();
    for (shape, outcome) in shapes.iter().zip(&outcomes) {
        if std::env::var_os("REBRAND_BLESS").is_none() && shape.expected != *outcome {
            faults.push(format!("{}\n--- expected\n{}\n--- found\n{outcome}", shape.name, shape.expected));
        }
    }
    let results: Vec<Option<String>> = shapes.iter().map(|shape| shape.results(&mut faults)).collect();
    let pairs = shapes.iter().zip(results).filter_map(|(shape, result)| Some((shape, result?)));
    let pairs: Vec<(&Shape, String)> = pairs.collect();
    let scripts: Vec<(&str, String)> = pairs
        .iter()
        .flat_map(|(shape, result)| [("config", shape.before.clone()), ("config", result.clone())])
        .collect();
    if let Some(values) = judge::evaluate(&scripts) {
        for ((shape, _), pair) in pairs.iter().zip(values.chunks(2)) {
            let [before, after] = pair else { panic!("node gave an odd number of values") };
            faults.extend(judged(shape, before.as_ref(), after.as_ref()));
        }
    }
    assert!(faults.is_empty(), "{} faults\n\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn statements_of_every_shape() {
    judge_file("statements.txt", 60);
}

#[test]
fn odd_files() {
    judge_file("odd.txt", 20);
}
