//! The translations: upstream's name in their strings, and strings that the brand gives.

use std::fmt::Write as _;

use super::document::{Kind, file_plan, opened};
use super::english::{Branded, branded};
use super::make::{Goal, Input};
use super::pictures::{WholeBase, refused};
use super::receipt::{BaseIs, Whole};
use super::saying::Carried;
use super::shared::Shared;
use super::wishes::FileEdits;
use super::{Action, FilePlan};
use crate::base::Past;
use crate::brand::{Brand, BrandWish};
use crate::digest::Digest;
use crate::edit::{Edit, Op, Wish};
use crate::fault::{Finding, Level};
use crate::js::{Document, Known};
use crate::site::{Found, Shipped, WEB};
use crate::toml::nearest;
use crate::translation::{bases, resolve, strings};
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
    /// The English strings as they are compiled in, if they are known.
    shipped: Option<&'b Value>,
    /// What takes the place of English where a language falls back to it.
    english: Branded<'b>,
}

impl<'b> Wanted<'b> {
    pub(super) fn new(shared: &'b Shared<'b>, names: &'b Names<'b>, shipped: Option<&'b Value>) -> Self {
        let why = shared.wish("brand.name").map(|wish| &wish.wish);
        let mut english = branded(shipped, names, why, &shared.strings("en"));
        english.retain(|key, _| shipped.is_some_and(|shipped| resolve(&[shipped], key).is_some()));
        Wanted { shared, names, why, shipped, english }
    }
}

/// What is wanted of one language.
struct Job<'b> {
    wanted: &'b Wanted<'b>,
    /// The strings that the brand gives.
    given: Vec<(String, &'b BrandWish)>,
    /// Which language it is.
    language: &'b str,
    /// Whether English is shown for what the file lacks; else the language without its region.
    falls_back: bool,
}

/// Wishes for strings that the client does not have: nobody would ever see them.
pub(super) fn unknown_strings(brand: &Brand, english: Option<&Value>) -> Vec<Finding> {
    let wishes: Vec<&BrandWish> =
        brand.wishes.iter().filter(|wish| wish.path.segments().len() == 3).collect();
    let Some(english) = english.filter(|_| !wishes.is_empty()) else { return Vec::new() };
    let strings = saying(english, &|_| true);
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
    let (mut files, mut whole) = (Vec::new(), Vec::new());
    findings.extend(english_unknown(input, wanted));
    // A language comes before those of its regions.
    for (language, found) in &input.site.languages {
        let given = wanted.shared.strings(language);
        carried.extend(given.iter().map(|(_, wish)| wish.path.to_string()));
        let falls_back = !bases(language).any(|base| whole.contains(&base));
        let (plan, is_whole) =
            language_plan(input, found, &Job { wanted, given, language, falls_back }, findings);
        whole.extend(is_whole.then_some(language.as_str()));
        files.extend(plan);
    }
    files
}

/// That nobody knows which English strings other languages fall back to.
fn english_unknown(input: &Input<'_>, wanted: &Wanted<'_>) -> Option<Finding> {
    let why = wanted.why.filter(|_| wanted.shipped.is_none() && !input.site.languages.is_empty())?;
    let message = format!(
        "`{WEB}/lang/main.json` is not here or cannot be read, so languages that lack a string may show upstream's name"
    );
    Some(Finding::new(Level::Warning, message).at(&why.place).hint("install the package again"))
}

/// The plan of one translation, if there is one, and whether all that is wanted of it will be so.
fn language_plan(
    input: &Input<'_>,
    found: &Found,
    job: &Job<'_>,
    findings: &mut Vec<Finding>,
) -> (Option<FilePlan>, bool) {
    let is_ours = input.receipt.is_some_and(|receipt| receipt.files.contains_key(&found.path));
    let is_short = found.package().len() <= MOST;
    // Most of the files that are not ours lack nothing: no tree is made of their syntax.
    let own = (!is_ours && is_short).then(|| strings(found.package())).flatten();
    if !is_ours && (job.is_idle() || own.is_some_and(|own| job.edits(&own).is_empty())) {
        return (None, true);
    }
    let recipe = job.recipe();
    if let Some(kept) = unchanged(input, found, &recipe) {
        return (Some(kept), true);
    }
    let mut own = Vec::new();
    let opened = if is_short {
        opened(input, found, Kind::Strings, &mut own)
    } else {
        let message =
            format!("`{}` has {} bytes, more than a translation has", found.path, found.package().len());
        own.push(Finding::new(Level::Error, message));
        super::document::Opened::nothing()
    };
    let says = opened.document.as_ref().and_then(|document| strings_of(found, document, &mut own));
    let Some(says) = says else {
        // A file that was broken before us breaks nothing more by staying so.
        let is_upstreams = matches!(found.shipped, Shipped::Beside(_)) || opened.base_is == BaseIs::Known;
        let level = if is_ours && !is_upstreams { Level::Error } else { Level::Warning };
        findings.extend(own.into_iter().map(|finding| Finding { level, ..finding }));
        let plan = || if is_upstreams { given_back(found) } else { refused(found.path.clone(), Some(found)) };
        return (is_ours.then(plan), false);
    };
    let edits = FileEdits { spliced: job.edits(&says), ..FileEdits::default() };
    if edits.spliced.is_empty() && !is_ours {
        return (None, true);
    }
    let plan = file_plan(input, found, opened, &edits, findings).plan;
    let is_branded = matches!(input.goal, Goal::Branded { .. });
    let recipe = is_branded.then_some(recipe);
    let is_whole = plan.action != Action::Refuse;
    (Some(FilePlan { whole: Whole { recipe, ..Whole::default() }, ..plan }), is_whole)
}

/// The strings of `document`; why there are none goes to `findings`.
fn strings_of(found: &Found, document: &Document, findings: &mut Vec<Finding>) -> Option<Value> {
    let value = document.value(&KeyPath::default()).and_then(Known::to_value);
    let reason = match value {
        Some(Value::Object(_)) => return value,
        Some(_) => "holds no object, so the client shows English in its place",
        None => "holds half a letter or a number without end, so it stays as it is",
    };
    let message = format!("`{}` {reason}", found.path);
    findings.push(Finding::new(Level::Error, message).hint("install the package again"));
    None
}

/// The plan of a file that is no translation any more: it is what upstream has of it, and nothing of ours.
fn given_back(found: &Found) -> FilePlan {
    let shipped = Some(found.package().clone());
    let base = WholeBase { base: shipped.clone(), base_is: BaseIs::Known, past: Past::Renewed };
    base.plan(found.path.clone(), Some(found), shipped)
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

impl<'b> Job<'b> {
    /// Whether nothing is wanted.
    fn is_idle(&self) -> bool {
        self.given.is_empty() && self.wanted.names.is_empty() && self.english().next().is_none()
    }

    /// What takes the place of English, if this language falls back to that.
    fn english(&self) -> impl Iterator<Item = (&KeyPath, &(String, &'b Wish))> {
        self.wanted.english.iter().filter(|_| self.falls_back)
    }

    /// What distinguishes these wishes from others, and this program from one that carries them out in another way.
    fn recipe(&self) -> Digest {
        let mut text = format!("3 {} {}", env!("CARGO_PKG_VERSION"), self.wanted.names.signature());
        for (key, wish) in &self.given {
            // Writing to a string cannot fail.
            let _ = write!(text, "{key:?}={};", wish.value);
        }
        for (key, (english, _)) in self.english() {
            let _ = write!(text, "{key}={english:?};");
        }
        Digest::of(text.as_bytes())
    }

    /// The edits of a file that says `own`.
    fn edits(&self, own: &Value) -> Vec<Edit> {
        let mut edits = Vec::new();
        for (key, wish) in &self.given {
            put(&mut edits, own, &KeyPath::dotted(key), wish.value.clone(), &wish.wish);
        }
        for (at, text) in mentioning(own) {
            let renamed = self.wanted.names.renamed(self.language, &at.to_string(), text);
            if let (Some(renamed), Some(why)) = (renamed, self.wanted.why) {
                put(&mut edits, own, &at, Value::from(renamed.as_str()), why);
            }
        }
        for (at, (english, why)) in self.english() {
            let shown = self.wanted.shipped.and_then(|shipped| resolve(&[own, shipped], at));
            if shown.is_some_and(|(file, _)| file == 1) {
                put(&mut edits, own, at, Value::from(english.as_str()), why);
            }
        }
        edits
    }
}

/// Adds the edit that gives a file that says `own` the string `value` for `key`, if none does. What is no object on the
/// way to it is shown to nobody, and becomes one.
fn put(edits: &mut Vec<Edit>, own: &Value, key: &KeyPath, value: Value, why: &Wish) {
    let is_blocked =
        |at: &&KeyPath| own.at(at).is_some_and(|above| !matches!(above, Value::Object(_) | Value::Null));
    let above: Vec<KeyPath> = std::iter::successors(key.parent(), KeyPath::parent).collect();
    let at = above.iter().rev().find(is_blocked).unwrap_or(key);
    let below = key.segments().get(at.segments().len()..).unwrap_or_default();
    match edits.iter_mut().find(|edit| edit.at == *at) {
        Some(Edit { op: Op::Set(object), .. }) if !below.is_empty() => object.insert(below, value),
        Some(_) => {}
        None => {
            let mut whole = Value::Object(Vec::new());
            whole.insert(below, value);
            edits.push(Edit { at: at.clone(), op: Op::Set(whole), why: why.clone() });
        }
    }
}
