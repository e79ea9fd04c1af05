//! Pages of the client: elements that are to say something else, and pieces that are put at the end of a fragment.
//!
//! A page is edited as configuration is: on its base, by splices, and what comes out is read again and compared.

use super::make::{Goal, Input};
use super::pictures::{WholeBase, refused, whole_base};
use super::receipt::EditReceipt;
use super::{Action, FilePlan};
use crate::base::Past;
use crate::content::Content;
use crate::edit::{Edit, Op, Wish};
use crate::fault::{Finding, Level, Place};
use crate::js::{Change, How};
use crate::markup::{Element, Markup};
use crate::site::Found;
use crate::target::KeyChange;
use crate::text::{Splice, SpliceSet, Text};
use crate::value::{KeyPath, Value};

/// A page with its base.
pub(super) struct Page<'i> {
    found: &'i Found,
    is_ours: bool,
    read: Result<(WholeBase, Markup), Box<Finding>>,
}

/// What an element is to say.
pub(super) struct Says {
    /// The elements.
    pub(super) selector: String,
    /// The attribute that says it; none for the text.
    pub(super) attribute: Option<String>,
    /// What it says.
    pub(super) what: What,
    /// The wish behind it.
    pub(super) why: Wish,
}

/// What is said.
pub(super) enum What {
    /// This.
    Text(String),
    /// An address on the host that was asked for: its path, and the host where the server does not tell.
    OnHost(String, String),
}

/// Lines that come at the end of a page that the server puts into others.
pub(super) struct Piece {
    /// The lines.
    pub(super) text: String,
    /// The wish behind them.
    pub(super) why: Wish,
    /// The lines of the brand that they carry.
    pub(super) carries: Vec<&'static str>,
}

/// What the key of a change is where a piece is put at the end.
const END: &str = "the end";

/// Every page here; `Shipped` needs those alone that hold something of ours.
pub(super) fn pages<'i>(input: &Input<'i>) -> Vec<Page<'i>> {
    // One that a diff changed is planned with the diffs.
    let is_ours = |found: &Found| {
        let receipt = input.receipt.and_then(|receipt| receipt.files.get(&found.path));
        receipt.is_some_and(|file| file.whole.patches.is_empty())
    };
    let is_branded = matches!(input.goal, Goal::Branded { .. });
    let all = input.site.pages.iter().map(|found| (found, is_ours(found)));
    all.filter(|(_, is_ours)| is_branded || *is_ours)
        .map(|(found, is_ours)| Page { found, is_ours, read: read(input, found) })
        .collect()
}

fn read(input: &Input<'_>, found: &Found) -> Result<(WholeBase, Markup), Box<Finding>> {
    let receipt = input.receipt.and_then(|receipt| receipt.files.get(&found.path));
    let edits = receipt.map(|receipt| receipt.edits.as_slice()).unwrap_or_default();
    // What somebody did to the page since stays, as far as it is not what we did.
    let actual = || parsed(found, &found.bytes);
    let in_force = |_: &Content| actual().is_ok_and(|actual| undone(&actual, edits) != *actual.text());
    let base = match whole_base(input, &found.path, Some(found), &in_force) {
        Err(_) if receipt.is_some() => {
            let base = Some(Content::from(undone(&actual()?, edits)));
            let base_is = receipt.map_or(super::receipt::BaseIs::Assumed, |receipt| receipt.base_is);
            WholeBase { base, base_is, past: Past::Drifted }
        }
        base => base?,
    };
    let markup = parsed(found, base.base.as_ref().unwrap_or(&found.bytes))?;
    Ok((base, markup))
}

fn parsed(found: &Found, bytes: &Content) -> Result<Markup, Box<Finding>> {
    let broken = |error: String| {
        let message = format!("`{}` {error}", found.path);
        Box::new(Finding::new(Level::Error, message).hint("install the package again"))
    };
    let text = bytes.text().map_err(|error| broken(error.to_string()))?;
    Markup::parse(text).map_err(|error| broken(error.to_string()))
}

/// The text of `markup` without what `edits` did, where that is still so.
fn undone(markup: &Markup, edits: &[EditReceipt]) -> Text {
    let mut splices = SpliceSet::default();
    let mut seen: Vec<&KeyPath> = Vec::new();
    for edit in edits {
        let nth = seen.iter().filter(|at| **at == &edit.at).count();
        seen.push(&edit.at);
        if let Some(splice) = undoing(markup, edit, nth) {
            // Two edits never meet; if a page says otherwise, the second stays.
            let _ = splices.add(splice);
        }
    }
    markup.text().apply(&splices)
}

/// The splice that takes `edit` back, which was the `nth` of its kind.
fn undoing(markup: &Markup, edit: &EditReceipt, nth: usize) -> Option<Splice> {
    let after = edit.after.as_ref()?.as_str()?;
    let (selector, attribute) = match edit.at.segments() {
        [end] if end == END => {
            let start = markup.text().as_str().rfind(after)?;
            let span = crate::text::Span::new(start, start + after.len());
            return Some(Splice { span, text: String::new() });
        }
        [selector] => (selector, None),
        [selector, attribute] => (selector, Some(attribute.as_str())),
        _ => return None,
    };
    let element = markup.elements(selector).ok()?.into_iter().nth(nth)?;
    let is_ours = value(markup, &element, attribute).as_deref() == Some(after);
    match (&edit.before, attribute) {
        _ if !is_ours => None,
        (Some(source), _) => markup.set_source(&element, attribute, source),
        (None, Some(name)) => markup.remove_attribute(&element, name).into_iter().next(),
        (None, None) => None,
    }
}

fn value(markup: &Markup, element: &Element, attribute: Option<&str>) -> Option<String> {
    attribute.map_or_else(|| markup.content(element), |name| markup.attribute(element, name))
}

impl Page<'_> {
    /// Its name below the web client.
    pub(super) fn name(&self) -> &str {
        self.found.below_web()
    }

    /// What is said by the attribute `name` of the first element that `selector` names; without one, by its text.
    pub(super) fn says(&self, selector: &str, name: Option<&str>) -> Option<String> {
        let (_, markup) = self.read.as_ref().ok()?;
        let element = markup.elements(selector).ok()?.into_iter().next()?;
        value(markup, &element, name)
    }

    /// The page as it is to be; none where nothing is wanted of it, and nothing was.
    pub(super) fn plan(
        self,
        says: &[Says],
        pieces: &[Piece],
        findings: &mut Vec<Finding>,
    ) -> Option<FilePlan> {
        let path = self.found.path.clone();
        let is_wanted = !says.is_empty() || !pieces.is_empty();
        if !is_wanted && !self.is_ours {
            return None;
        }
        let (base, markup) = match self.read {
            Ok(read) => read,
            Err(finding) => {
                findings.push(*finding);
                return Some(refused(path, Some(self.found)));
            }
        };
        match target(&markup, says, pieces) {
            Ok((text, changes)) => {
                let bytes = text.as_str().as_bytes();
                let same = [base.base.as_ref(), Some(&self.found.bytes)].into_iter().flatten();
                let same = same.into_iter().find(|content| ***content == *bytes).cloned();
                let target = Some(same.unwrap_or_else(|| Content::from(text)));
                Some(FilePlan { changes, ..base.plan(path, Some(self.found), target) })
            }
            Err(refusals) => {
                findings.extend(refusals.into_iter().map(|(place, error)| {
                    let finding = Finding::new(Level::Error, format!("failed to edit `{path}`: {error}"));
                    if let Some(place) = place { finding.at(&place) } else { finding }
                }));
                let actual = Some(self.found.bytes.clone());
                let base = WholeBase { base: actual.clone(), ..base };
                Some(FilePlan {
                    action: Action::Refuse,
                    ..base.plan(self.found.path.clone(), Some(self.found), actual)
                })
            }
        }
    }
}

/// Reasons, each with the place of its wish if it is about one.
type Refusals = Vec<(Option<Place>, String)>;

/// An element that is given something else to say.
struct Touched<'s> {
    /// Its place among all.
    place: usize,
    says: &'s Says,
    before: Option<String>,
    old: Option<String>,
}

/// The page with what it is to say, and each change.
fn target(markup: &Markup, says: &[Says], pieces: &[Piece]) -> Result<(Text, Vec<KeyChange>), Refusals> {
    let mut splices = SpliceSet::default();
    let mut touched: Vec<Touched<'_>> = Vec::new();
    let mut refused = Vec::new();
    for one in says {
        if let Err(error) = say(markup, one, &mut splices, &mut touched) {
            refused.push((Some(one.why.place.clone()), error.to_string()));
        }
    }
    if !refused.is_empty() {
        return Err(refused);
    }
    let said = markup.text().apply(&splices);
    let broken = |error: String| vec![(None, error)];
    let after = Markup::parse(said.clone()).map_err(|error| broken(error.to_string()))?;
    prove(markup, &after, &touched).map_err(broken)?;
    let mut changes: Vec<KeyChange> = touched.iter().map(|touched| changed(touched, &after)).collect();
    let text = ended(&said, pieces, &mut changes);
    Ok((text, changes))
}

/// Adds the splices by which every element that is meant says `one`.
fn say<'s>(
    markup: &Markup,
    one: &'s Says,
    splices: &mut SpliceSet,
    touched: &mut Vec<Touched<'s>>,
) -> Result<(), crate::markup::Error> {
    let attribute = one.attribute.as_deref();
    for element in markup.elements(&one.selector)? {
        let old = value(markup, &element, attribute);
        let splice = match (&one.what, attribute) {
            (What::Text(text), _) if old.as_ref() == Some(text) => continue,
            (What::Text(text), None) => markup.set_content(&element, text)?,
            (What::Text(text), Some(name)) => markup.set_attribute(&element, name, text)?,
            (What::OnHost(path, default), name) => {
                let around = ["https://", path.as_str()];
                let name = name.unwrap_or("content");
                markup.set_attribute_with_echo(&element, name, around, ("http_host", default))?
            }
        };
        // Two selectors may name one element; the second then finds its work done.
        if let (Ok(()), Some(place)) = (splices.add(splice), markup.place(&element)) {
            let before = markup.source(&element, attribute).map(str::to_owned);
            touched.push(Touched { place, says: one, before, old });
        }
    }
    Ok(())
}

/// Exactly the elements that were touched differ, and they say what they are to say.
fn prove(before: &Markup, after: &Markup, touched: &[Touched<'_>]) -> Result<(), String> {
    let differing = before.differing(after).ok_or("the edited page would have other elements")?;
    if let Some(other) =
        differing.iter().find(|place| !touched.iter().any(|touched| touched.place == **place))
    {
        return Err(format!("the edited page would differ in its element {} too", other + 1));
    }
    let all = after.all();
    for touched in touched {
        let attribute = touched.says.attribute.as_deref();
        let now = all.get(touched.place).and_then(|element| value(after, element, attribute));
        let is_said = match &touched.says.what {
            What::Text(text) => now.as_ref() == Some(text),
            What::OnHost(path, _) => now.is_some_and(|now| now.ends_with(path)),
        };
        if !is_said {
            return Err(format!("`{}` would not say what was wished", touched.says.selector));
        }
    }
    Ok(())
}

fn changed(touched: &Touched<'_>, after: &Markup) -> KeyChange {
    let Says { selector, attribute, why, .. } = touched.says;
    let at = KeyPath::new([Some(selector.clone()), attribute.clone()].into_iter().flatten().collect());
    let new = after.all().get(touched.place).and_then(|element| value(after, element, attribute.as_deref()));
    let how = if touched.before.is_some() { How::Replaced } else { How::Inserted };
    let (old, new) = [&touched.old, &new].map(|text| text.as_deref().map(Value::from)).into();
    change(at, why, how, (touched.before.clone(), old), new)
}

fn change(
    at: KeyPath,
    why: &Wish,
    how: How,
    (before, old): (Option<String>, Option<Value>),
    new: Option<Value>,
) -> KeyChange {
    let op = new.clone().map_or(Op::Remove, Op::Set);
    let edit = Edit { at, op, why: why.clone() };
    let change = Change { how, before, created: 0, notes: Vec::new() };
    KeyChange { edit, change, old, new, new_source: None }
}

/// `text` with `pieces` at its end, each a change of its own.
fn ended(text: &Text, pieces: &[Piece], changes: &mut Vec<KeyChange>) -> Text {
    let mut ended = text.as_str().to_owned();
    let end = text.line_end();
    for piece in pieces {
        let gap = if ended.is_empty() || ended.ends_with('\n') { "" } else { end };
        let lines: String = piece.text.lines().flat_map(|line| [line, end]).collect();
        let added = format!("{gap}{lines}");
        ended.push_str(&added);
        let at = KeyPath::new(vec![END.to_owned()]);
        changes.push(change(at, &piece.why, How::Inserted, (None, None), Some(Value::from(added.as_str()))));
    }
    if pieces.is_empty() { text.clone() } else { Text::from(ended) }
}
