//! The translations: upstream's name in their strings, and strings that the brand gives.

use std::fmt::Write as _;

use super::document::{Kind, file_plan, opened};
use super::make::{Goal, Input};
use super::pictures::refused;
use super::receipt::Whole;
use super::saying::Carried;
use super::shared::Shared;
use super::wishes::FileEdits;
use super::{Action, FilePlan};
use crate::base::Past;
use crate::brand::BrandWish;
use crate::digest::Digest;
use crate::edit::{Edit, Op, Wish};
use crate::fault::{Finding, Level};
use crate::js::{Document, Known};
use crate::site::{Found, Shipped};
use crate::toml::nearest;
use crate::value::{KeyPath, Value};
use crate::words::{Names, mentioning, saying};

/// The longest translation that is read, in bytes: twenty times upstream's longest.
const MOST: usize = 2 << 20;

/// What the brand wants of the translations.
pub(super) struct Wanted<'b> {
    shared: &'b Shared<'b>,
    names: &'b Names<'b>,
    /// The wish behind the names.
    why: Option<&'b Wish>,
}

impl<'b> Wanted<'b> {
    pub(super) fn new(shared: &'b Shared<'b>, names: &'b Names<'b>) -> Self {
        Wanted { shared, names, why: shared.wish("brand.name").map(|wish| &wish.wish) }
    }
}

/// Wishes for strings that the client does not have: nobody would ever see them.
pub(super) fn unknown_strings(input: &Input<'_>) -> Vec<Finding> {
    let Goal::Branded { brand, .. } = input.goal else { return Vec::new() };
    let wishes: Vec<&BrandWish> =
        brand.wishes.iter().filter(|wish| wish.path.segments().len() == 3).collect();
    let english = || serde_json::from_slice::<Value>(&input.site.english.as_ref()?.bytes).ok();
    let Some(english) = (!wishes.is_empty()).then(english).flatten() else { return Vec::new() };
    let strings = saying(&english, &|_| true);
    let known: Vec<String> = strings.iter().map(|(at, _)| at.segments().join(".")).collect();
    let unknown = wishes.into_iter().filter_map(|wish| {
        let name = wish.path.last().filter(|name| !known.iter().any(|key| key == name))?;
        let message = format!("`{name}` is no string of the installed client, so nobody sees it");
        let finding = Finding::new(Level::Warning, message).at(&wish.wish.place);
        Some(match nearest(name, known.iter().map(String::as_str)) {
            Some(near) => finding.hint(format!("did you mean `{near}`?")),
            None => finding.hint("`lang/main.json` of the client holds them all"),
        })
    });
    unknown.collect()
}

/// Plans every translation of which something is wanted, or was.
pub(super) fn languages(
    input: &Input<'_>,
    wanted: &Wanted<'_>,
    findings: &mut Vec<Finding>,
    carried: &mut Carried,
) -> Vec<FilePlan> {
    let mut files = Vec::new();
    for (language, found) in &input.site.languages {
        let overrides = wanted.shared.strings(language);
        carried.extend(overrides.iter().map(|(_, wish)| wish.path.to_string()));
        let is_ours = input.receipt.is_some_and(|receipt| receipt.files.contains_key(&found.path));
        let says_other = || memchr::memmem::find(found.package(), b"Jitsi").is_some();
        if is_ours || !overrides.is_empty() || (!wanted.names.is_empty() && says_other()) {
            files.extend(language_plan(input, found, wanted, &overrides, is_ours, findings));
        }
    }
    files
}

fn language_plan(
    input: &Input<'_>,
    found: &Found,
    wanted: &Wanted<'_>,
    overrides: &[(String, &BrandWish)],
    is_ours: bool,
    findings: &mut Vec<Finding>,
) -> Option<FilePlan> {
    let recipe = recipe(wanted.names, overrides);
    if let Some(kept) = unchanged(input, found, &recipe) {
        return Some(kept);
    }
    let mut own = Vec::new();
    let opened = if found.package().len() <= MOST {
        opened(input, found, Kind::Strings, &mut own)
    } else {
        let message =
            format!("`{}` has {} bytes, more than a translation has", found.path, found.package().len());
        own.push(Finding::new(Level::Error, message));
        super::document::Opened::nothing()
    };
    let Some(document) = &opened.document else {
        // A file that was broken before us breaks nothing more by staying so.
        let level = if is_ours { Level::Error } else { Level::Warning };
        findings.extend(own.into_iter().map(|finding| Finding { level, ..finding }));
        return is_ours.then(|| refused(found.path.clone(), Some(found)));
    };
    let edits = FileEdits { spliced: edits(document, wanted, overrides), ..FileEdits::default() };
    if edits.spliced.is_empty() && !is_ours {
        return None;
    }
    let plan = file_plan(input, found, opened, &edits, findings).plan;
    let is_branded = matches!(input.goal, Goal::Branded { .. });
    let recipe = is_branded.then_some(recipe);
    Some(FilePlan { whole: Whole { recipe, ..Whole::default() }, ..plan })
}

/// The plan of a file that is as it was written, by the same wishes: it stays, and is not even read.
fn unchanged(input: &Input<'_>, found: &Found, recipe: &Digest) -> Option<FilePlan> {
    let receipt = input.receipt?.files.get(&found.path)?;
    let is_same = receipt.whole.recipe.as_ref() == Some(recipe) && receipt.written == *found.bytes.digest();
    let base = match &found.shipped {
        Shipped::Beside(shipped) => {
            shipped.as_ref().filter(|shipped| receipt.base.as_ref() == Some(shipped.digest()))
        }
        _ => receipt.base.as_ref().and_then(|base| input.kept.get(base)),
    };
    let base = base.filter(|_| is_same)?;
    Some(FilePlan {
        path: found.path.clone(),
        actual: Some(found.bytes.clone()),
        base: Some(base.clone()),
        target: Some(found.bytes.clone()),
        base_is: receipt.base_is,
        past: Past::Unchanged,
        action: Action::Keep,
        changes: Vec::new(),
        standing: Vec::new(),
        collisions: Vec::new(),
        whole: receipt.whole.clone(),
    })
}

/// What distinguishes these wishes from others, and this program from one that carries them out in another way.
fn recipe(names: &Names<'_>, overrides: &[(String, &BrandWish)]) -> Digest {
    let mut text = format!("1 {} {}", env!("CARGO_PKG_VERSION"), names.signature());
    for (key, wish) in overrides {
        // Writing to a string cannot fail.
        let _ = write!(text, "{key:?}={};", wish.value);
    }
    Digest::of(text.as_bytes())
}

fn edits(document: &Document, wanted: &Wanted<'_>, overrides: &[(String, &BrandWish)]) -> Vec<Edit> {
    let given = overrides.iter().map(|(key, wish)| {
        let (at, op) = (KeyPath::dotted(key), Op::Set(wish.value.clone()));
        Edit { at, op, why: wish.wish.clone() }
    });
    let mut edits: Vec<Edit> = given.collect();
    let all = document.value(&KeyPath::default()).and_then(Known::to_value);
    let (Some(all), Some(why)) = (all, wanted.why) else { return edits };
    for (at, text) in mentioning(&all) {
        let renamed = wanted.names.renamed(&at.to_string(), text).map(|text| Value::from(text.as_str()));
        if let Some(value) = renamed.filter(|_| !edits.iter().any(|edit| edit.at == at)) {
            edits.push(Edit { at, op: Op::Set(value), why: why.clone() });
        }
    }
    edits
}
