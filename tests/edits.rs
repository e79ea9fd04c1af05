//! Every kind of edit as a folder of `tests/edits`: `before.js`, a patch file, and `after.js` or `refused.txt`.
//!
//! Each case goes the whole way: the patch is read, the target made, and its proof run. Then the laws are held to it:
//! a second run changes nothing, withdrawing gives back the bytes, and node, where it is installed, agrees.
//! `warned.txt` holds the warnings, if any are due. `REBRAND_BLESS=1` rewrites what is expected: review it by eye.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "judge/mod.rs"]
mod judge;

use std::fs;
use std::path::{Path, PathBuf};

use rebrand::edit::{Edit, Op};
use rebrand::js::{Dialect, Document, Withdrawal};
use rebrand::patch::{PatchFile, Style, Target as PatchTarget};
use rebrand::path::SitePath;
use rebrand::target::{Target, findings, target};
use rebrand::text::Text;
use serde_json::Value as Json;

/// Cases whose bytes do not come back, and why that is not promised.
const NOT_GIVEN_BACK: [(&str, &str); 6] = [
    ("nested-parent-is-empty-over-lines", EMPTIED),
    ("object-empty-over-lines", EMPTIED),
    ("object-empty-with-blanks", EMPTIED),
    ("nested-parent-is-null", "an object takes the place of the `null`, and counts as made for its keys"),
    ("later-assignment-of-null-to-the-parent", "the `null` comes back as `{}`"),
    ("shorthand-expanded", "`a` comes back as `a: a`"),
];

const EMPTIED: &str = "what is emptied is written `{}`, without blanks";

/// Edits that take something out: what a removed member looked like around its value is not kept.
fn takes_out(edits: &[Edit]) -> bool {
    edits.iter().any(|edit| matches!(edit.op, Op::Remove))
}

struct Case {
    name: String,
    folder: PathBuf,
    extension: &'static str,
    before: String,
    patch: PatchFile,
    dialect: Dialect,
}

impl Case {
    fn read(folder: PathBuf) -> Case {
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        let file = PatchTarget::ALL
            .iter()
            .map(|target| format!("{}.toml", target.name()))
            .find(|file| folder.join(file).exists())
            .unwrap_or_else(|| panic!("{name}: no patch file"));
        let toml = Text::from(fs::read_to_string(folder.join(&file)).unwrap());
        let patch = PatchFile::parse(&file, &toml).unwrap_or_else(|faults| panic!("{name}: {faults:?}"));
        let dialect = match patch.target {
            PatchTarget::InterfaceConfig => Dialect::Script("interfaceConfig"),
            PatchTarget::Config => Dialect::Script("config"),
            PatchTarget::Manifest => Dialect::Json,
        };
        let extension = if dialect == Dialect::Json { "json" } else { "js" };
        let before = fs::read_to_string(folder.join(format!("before.{extension}"))).unwrap();
        Case { name, folder, extension, before, patch, dialect }
    }

    fn document(&self, source: &str) -> Document {
        Document::parse(Text::from(source), self.dialect)
            .unwrap_or_else(|error| panic!("{}: {error}", self.name))
    }

    /// Makes the target from `source`; the messages of the findings where it is refused.
    fn target(&self, source: &str) -> Result<(Target, Vec<String>), Vec<String>> {
        let document =
            Document::parse(Text::from(source), self.dialect).map_err(|error| vec![error.to_string()])?;
        let path = SitePath::new(&format!("site/before.{}", self.extension)).unwrap();
        let (spliced, overlaid): (&[Edit], &[Edit]) = match self.patch.style {
            Style::Splice => (&self.patch.edits, &[]),
            Style::Overlay => (&[], &self.patch.edits),
        };
        let messages =
            |found: Vec<rebrand::fault::Finding>| found.into_iter().map(|finding| finding.message).collect();
        let target = target(&path, &document, spliced, overlaid, &self.patch.file).map_err(messages)?;
        let warnings = messages(findings(&path, &document, &target.changes));
        Ok((target, warnings))
    }

    /// Compares `found` with the file `name` of the case, or rewrites it.
    fn expect(&self, name: &str, found: Option<&str>, faults: &mut Vec<String>) {
        let path = self.folder.join(name);
        let expected = fs::read_to_string(&path).ok();
        if expected.as_deref() == found {
            return;
        }
        if std::env::var_os("REBRAND_BLESS").is_some() {
            match found {
                Some(found) => fs::write(&path, found).unwrap(),
                None => fs::remove_file(&path).unwrap(),
            }
            return;
        }
        faults.push(format!(
            "{}/{name}:\n--- expected\n{}\n--- found\n{}\n",
            self.name,
            expected.as_deref().unwrap_or("(no such file)"),
            found.unwrap_or("(nothing)")
        ));
    }

    /// Runs the case, and gives the text of its target.
    fn run(&self, faults: &mut Vec<String>) -> Option<String> {
        let outcome = self.target(&self.before);
        let lines = |messages: &[String]| {
            Some(messages.iter().fold(String::new(), |all, line| all + line + "\n"))
                .filter(|all| !all.is_empty())
        };
        let (after, warned, refused) = match &outcome {
            Ok((target, warnings)) => (Some(target.text.as_str()), lines(warnings), None),
            Err(messages) => (None, None, lines(messages)),
        };
        self.expect(&format!("after.{}", self.extension), after, faults);
        self.expect("warned.txt", warned.as_deref(), faults);
        self.expect("refused.txt", refused.as_deref(), faults);
        let (target, _) = outcome.ok()?;
        self.laws(&target, faults);
        Some(target.text.as_str().to_owned())
    }

    fn laws(&self, target: &Target, faults: &mut Vec<String>) {
        let after = target.text.as_str();
        let mut hold = |law: &str, expected: &str, found: &str| {
            if expected != found {
                faults.push(format!("{}: {law}\n--- expected\n{expected}\n--- found\n{found}\n", self.name));
            }
        };
        let document = self.document(after);
        if self.patch.style == Style::Overlay {
            // The block is made anew from the same base.
            if after != self.before {
                let base = document.without_overlay().expect("the block is found");
                hold("the block can be taken off", &self.before, base.as_str());
            }
            let again = self.target(&self.before).map_or_else(|faults| faults.join("\n"), text_of);
            return hold("a second run makes the same file", after, &again);
        }
        let again = self.target(after).map_or_else(|faults| faults.join("\n"), text_of);
        hold("a second run changes nothing", after, &again);
        if takes_out(&self.patch.edits) || NOT_GIVEN_BACK.iter().any(|(name, _)| *name == self.name) {
            return;
        }
        let receipts = target.changes.iter().filter_map(rebrand::target::KeyChange::receipt);
        let withdrawals: Vec<Withdrawal> = receipts
            .map(|receipt| Withdrawal { at: receipt.at, before: receipt.before, created: receipt.created })
            .collect();
        let back = document.text().apply(&document.withdraw(&withdrawals).splices);
        hold("withdrawing gives back the bytes", &self.before, back.as_str());
    }
}

fn text_of((target, _): (Target, Vec<String>)) -> String {
    target.text.as_str().to_owned()
}

fn cases() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/edits");
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut folders: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    folders.sort();
    folders.into_iter().map(Case::read).collect()
}

#[test]
fn every_case_comes_out_as_its_folder_says() {
    let cases = cases();
    assert!(cases.len() > 80, "only {} cases were found", cases.len());
    let mut faults = Vec::new();
    let mut scripts = Vec::new();
    let mut judged = Vec::new();
    for case in &cases {
        if let Some(after) = case.run(&mut faults) {
            let root = if let Dialect::Script(root) = case.dialect { root } else { "" };
            scripts.push((root, case.before.clone()));
            scripts.push((root, after));
            judged.push(case);
        }
    }
    if let Some(values) = judge::evaluate(&scripts) {
        for (case, pair) in judged.iter().zip(values.chunks(2)) {
            let [before, after] = pair else { panic!("node gave an odd number of values") };
            judged_by_node(case, before.as_ref(), after.as_ref(), &mut faults);
        }
    }
    assert!(faults.is_empty(), "{} faults\n\n{}", faults.len(), faults.join("\n"));
}

/// Node's word on a case: every wished key is as wished, nothing else differs, and nothing throws that did not.
fn judged_by_node(case: &Case, before: Option<&Json>, after: Option<&Json>, faults: &mut Vec<String>) {
    let (Some(before), Some(after)) = (before, after) else {
        if before.is_some() {
            faults.push(format!("{}: node cannot run the result", case.name));
        }
        return;
    };
    let (mut rest_before, mut rest_after) = (before.clone(), after.clone());
    for edit in &case.patch.edits {
        let found = judge::taken_out(&mut rest_after, edit.at.segments());
        judge::taken_out(&mut rest_before, edit.at.segments());
        let well = match &edit.op {
            Op::Set(value) => found.as_ref().is_some_and(|found| judge::same(found, value)),
            Op::Remove => found.is_none(),
            Op::Append(items) => {
                found.is_none_or(|found| items.iter().all(|item| judge::holds(&found, item)))
            }
            Op::Without(items) => {
                found.is_none_or(|found| !items.iter().any(|item| judge::holds(&found, item)))
            }
            Op::Raw(source) => found.is_some() || source == "undefined",
        };
        // A condition may decide otherwise, of which the case warns.
        if !well && !case.folder.join("warned.txt").exists() {
            faults.push(format!("{}: node finds something else at `{}`: {after}", case.name, edit.at));
        }
    }
    if rest_before != rest_after {
        faults.push(format!("{}: node finds other differences:\n{rest_before}\n{rest_after}", case.name));
    }
}
