//! `manifest.json`: what phones and desktops call the client once it is installed, and which app they offer instead.

use super::document::{Kind, Opened, opened};
use super::make::Input;
use super::pictures::{Picture, wanted};
use super::saying::Carried;
use super::shared::Shared;
use super::unattended;
use super::wishes::FileEdits;
use crate::catalogue::{ManifestMember, manifest_members};
use crate::edit::{Edit, Op};
use crate::fault::{Finding, Level};
use crate::site::Found;
use crate::value::{KeyPath, Value};

/// `manifest.json` with its base, if something is wanted of it, or was.
pub(super) fn manifest<'i>(
    input: &Input<'i>,
    edits: &FileEdits,
    shared: &Shared<'_>,
    findings: &mut Vec<Finding>,
) -> Option<(&'i Found, Opened)> {
    let is_patched = !edits.spliced.is_empty() || !edits.overlaid.is_empty();
    let Some(found) = &input.site.manifest else {
        if is_patched {
            let message = "`manifest.json` is not here, so its patch is skipped";
            findings.push(Finding::new(Level::Warning, message));
        }
        return None;
    };
    let is_ours = input.receipt.is_some_and(|receipt| receipt.files.contains_key(&found.path));
    let is_said = || manifest_members().any(|fact| shared.said(&fact.says).is_some());
    let is_wanted = is_patched || is_ours || wanted(input).iter().any(Picture::is_icon) || is_said();
    is_wanted.then(|| {
        let mut told = Vec::new();
        let opened = opened(input, found, Kind::Manifest, &mut told);
        findings.extend(told.into_iter().map(|finding| unattended::told(input, finding)));
        (found, opened)
    })
}

/// Adds what the brand says to `edits`, but for what a patch gives another value.
pub(super) fn member_edits(
    manifest: &Opened,
    shared: &Shared<'_>,
    edits: &mut FileEdits,
    carried: &mut Carried,
) {
    let Some(document) = &manifest.document else { return };
    for fact in manifest_members() {
        let at = KeyPath::dotted(&fact.member);
        let is_taken = edits.spliced.iter().chain(&edits.overlaid).any(|edit| edit.at.contains(&at));
        let is_there = document.value(&at).is_some();
        let Some(wish) = shared.said(&fact.says).filter(|_| is_there || !fact.if_there) else { continue };
        if fact.value.is_none() {
            carried.insert(fact.says.clone());
        }
        if is_taken || is_left(&fact, shared) {
            continue;
        }
        let value = fact.value.unwrap_or_else(|| wish.value.clone());
        edits.spliced.push(Edit { at, op: Op::Set(value), why: wish.wish.clone() });
    }
}

/// Whether the brand wants to have it as upstream has.
fn is_left(fact: &ManifestMember, shared: &Shared<'_>) -> bool {
    let wish = fact.unless.as_deref().and_then(|unless| shared.wish(unless));
    wish.is_some_and(|wish| wish.value == Value::Bool(true))
}
