//! What upstream changed under the brand since it was last applied: a judgement of the record of that run and of a plan
//! for what is there now. Reads nothing.
//!
//! `status` and `apply` after an upgrade, the trigger's verdict, and `rehearse` before one say the same by it.

use std::collections::{BTreeMap, BTreeSet};

use super::receipt::{Accepted, FileReceipt, Receipt};
use super::{Action, FilePlan, Plan};
use crate::base::Past;
use crate::catalogue::{self, ConfigFile, Date};
use crate::content::Content;
use crate::fault::{Finding, Level};
use crate::path::SitePath;
use crate::site::{HOST_SUFFIX, WEB};
use crate::target::KeyChange;
use crate::value::{KeyPath, Value};

/// What upstream changed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct News {
    /// What the owner should know.
    pub findings: Vec<Finding>,
    /// The wishes that were in force and will not be, by their names, each once.
    pub lost: Vec<String>,
}

/// A key in words: its file, as people call it, and its path. All hosts have one `config.js` here.
type Key = (String, String);

/// The keys of each wish.
type Keys<'a> = BTreeMap<&'a str, BTreeSet<Key>>;

/// All that upstream changed and nobody accepted: the difference between what was accepted and what is there, however it
/// came about.
pub(super) fn unaccepted(receipt: &Receipt, plan: &Plan) -> Vec<Finding> {
    if let Some(accepted) = &receipt.accepted {
        return since(accepted, plan).findings;
    }
    // News of an earlier version, which kept no more.
    let mut all = receipt.news.clone();
    for finding in news(receipt, plan).findings {
        if !all.contains(&finding) {
            all.push(finding);
        }
    }
    all
}

/// What is new to `plan` since `receipt`.
///
/// Says nothing where no package brought another file, for then whatever differs is its owner's doing.
#[must_use]
pub fn news(receipt: &Receipt, plan: &Plan) -> News {
    since(&Accepted::from(receipt), plan)
}

fn since(old: &Accepted, plan: &Plan) -> News {
    let packaged = old.files.iter().filter(|(path, old)| is_packaged(path) && old.base.is_some());
    let packaged: Vec<(&SitePath, Now<'_>)> =
        packaged.map(|(path, old)| (path, now(plan, path, old))).collect();
    if packaged.iter().all(|(_, now)| matches!(now, Now::Same)) {
        return News::default();
    }
    let (before, after) = (recorded(old), planned(plan));
    let mut news = News::default();
    for (path, now) in &packaged {
        match now {
            Now::Gone { is_ours } => news.findings.push(gone(path, *is_ours)),
            Now::Renewed(file) => news.findings.extend(
                old.files.get(*path).iter().flat_map(|old| changed_defaults(path, old, &file.changes)),
            ),
            Now::Same | Now::Refused => {}
        }
    }
    let has_no_place =
        |wish: &str| plan.not_here.iter().any(|name| name == wish) || is_in_doubt(old, &packaged, wish);
    for (wish, keys) in &before {
        let new = after.get(wish);
        news.findings.extend(moved(wish, keys, new));
        if new.is_none() && has_no_place(wish) {
            news.lost.push((*wish).to_owned());
            news.findings.push(lost(wish, keys));
        }
    }
    news.findings.extend(surfaces(old.client, plan, &after));
    news
}

/// The wishes that are carried in full by `before` and not by `after`, two plans of one project: the client of `after`
/// has no place for them, or does not heed their keys.
#[must_use]
pub fn lost_between(before: &Plan, after: &Plan) -> Vec<String> {
    let warned = |plan: &Plan, change: &KeyChange| {
        let place = Some(&change.edit.why.place);
        plan.findings.iter().any(|found| found.level == Level::Warning && found.place.as_ref() == place)
    };
    let changes =
        |plan: &'_ Plan| plan.files.iter().flat_map(|file| file.changes.clone()).collect::<Vec<_>>();
    let unheeded =
        changes(after).into_iter().filter(|change| warned(after, change) && !warned(before, change));
    let homeless = after.not_here.iter().filter(|wish| !before.not_here.contains(wish)).cloned();
    let lost: BTreeSet<String> = unheeded.map(|change| change.edit.why.name).chain(homeless).collect();
    lost.into_iter().collect()
}

/// What became of a file that was recorded.
enum Now<'p> {
    /// The package brought no other.
    Same,
    /// The package brought another.
    Renewed(&'p FilePlan),
    /// It cannot be edited; the findings of the plan say why.
    Refused,
    /// The package brings it no more; the brand may still have one of its own there.
    Gone { is_ours: bool },
}

fn now<'p>(plan: &'p Plan, path: &SitePath, old: &FileReceipt) -> Now<'p> {
    match plan.files.iter().find(|file| file.path == *path) {
        // What somebody does by hand is told as that.
        Some(file) if file.past == Past::Drifted => Now::Same,
        Some(file) if file.action == Action::Refuse => Now::Refused,
        Some(file) if file.base.as_ref().map(Content::digest) == old.base.as_ref() => Now::Same,
        Some(file) if file.base.is_some() => Now::Renewed(file),
        file => Now::Gone { is_ours: file.is_some_and(|file| file.target.is_some()) },
    }
}

/// Whether a package brings `path`; what the owner edits where it stands is news to nobody.
fn is_packaged(path: &SitePath) -> bool {
    path.as_str().strip_prefix(WEB).is_some()
}

/// Whether `wish` was carried by a file that is gone now, or cannot be edited.
fn is_in_doubt(old: &Accepted, packaged: &[(&SitePath, Now<'_>)], wish: &str) -> bool {
    let carries = |path: &SitePath| {
        old.files.get(path).is_some_and(|old| old.edits.iter().any(|edit| edit.wish == wish))
    };
    packaged.iter().any(|(path, now)| matches!(now, Now::Gone { .. } | Now::Refused) && carries(path))
}

/// The keys by which the last run carried each wish. Hunks of diffs are none: their lines come and go.
fn recorded(old: &Accepted) -> Keys<'_> {
    let mut keys = Keys::new();
    for (path, file) in old.files.iter().filter(|(_, file)| file.whole.patches.is_empty()) {
        for edit in &file.edits {
            keys.entry(&edit.wish).or_default().insert((called(path), edit.at.to_string()));
        }
    }
    keys
}

/// The keys by which `plan` carries each wish.
fn planned(plan: &Plan) -> Keys<'_> {
    let mut keys = Keys::new();
    for file in plan.files.iter().filter(|file| file.whole.patches.is_empty()) {
        for change in &file.changes {
            let key = (called(&file.path), change.edit.at.to_string());
            keys.entry(&change.edit.why.name).or_default().insert(key);
        }
    }
    keys
}

fn called(path: &SitePath) -> String {
    let name = if path.as_str().ends_with(HOST_SUFFIX) { "config.js" } else { path.name() };
    name.to_owned()
}

/// A wish whose keys are others now: which of them took another's place, which went without, and which came beside.
fn moved(wish: &str, old: &BTreeSet<Key>, new: Option<&BTreeSet<Key>>) -> Vec<Finding> {
    let Some(new) = new else { return Vec::new() };
    // Titles and translations are many, and the brand finds them by what they say.
    let is_setting = |key: &&Key| file_of(key).is_some();
    let gone: Vec<&Key> = old.difference(new).filter(is_setting).collect();
    let came: Vec<&Key> = new.difference(old).filter(is_setting).collect();
    let (moved, dropped): (Vec<&Key>, Vec<&Key>) =
        gone.iter().partition(|old| came.iter().any(|new| is_successor(new, old)));
    let (places, added): (Vec<&Key>, Vec<&Key>) =
        came.iter().partition(|new| gone.iter().any(|old| is_successor(new, old)));
    let successions = listed(moved.into_iter()).zip(listed(places.into_iter()));
    let messages = [
        successions.map(|(gone, came)| format!("upstream moved {gone} to {came}, and `{wish}` with it")),
        listed(dropped.into_iter())
            .map(|gone| format!("upstream dropped {gone}; `{wish}` is carried without it")),
        listed(added.into_iter()).map(|came| format!("`{wish}` is carried by {came} too, which is new")),
    ];
    messages.into_iter().flatten().map(|message| Finding::new(Level::Note, message)).collect()
}

/// Whether upstream put the key `new` in the place of `old`. That one wish has both is no sign of it: English strings and
/// a name have one wish.
fn is_successor(new: &Key, old: &Key) -> bool {
    let Some((new_file, old_file)) = file_of(new).zip(file_of(old)) else { return false };
    let olds = catalogue::predecessors(new_file, &KeyPath::dotted(&new.1));
    olds.iter().any(|known| known.file == old_file && known.path.to_string() == old.1)
}

fn file_of((file, _): &Key) -> Option<ConfigFile> {
    ConfigFile::ALL.into_iter().find(|known| known.file_name() == file)
}

/// Keys as a list; none if there are none.
fn listed<'k>(keys: impl Iterator<Item = &'k Key>) -> Option<String> {
    let names: Vec<String> = keys.map(|(file, key)| format!("`{key}` of `{file}`")).collect();
    (!names.is_empty()).then(|| names.join(" and "))
}

fn lost(wish: &str, old: &BTreeSet<Key>) -> Finding {
    let was = listed(old.iter()).unwrap_or_default();
    let message = format!("`{wish}` lost its place: {was} carried it, and nothing does now");
    Finding::new(Level::Warning, message)
        .hint("`rebrand explain` tells where a key went; take the wish out if it is gone")
}

fn gone(path: &SitePath, is_ours: bool) -> Finding {
    if is_ours {
        return Finding::new(
            Level::Note,
            format!("upstream has no `{path}` any more; the brand's own stays"),
        );
    }
    let message = format!("upstream has no `{path}` any more; what the brand did in it is not needed");
    Finding::new(Level::Warning, message)
        .hint("see whether visitors still meet what it was for: `rebrand audit`")
}

/// What the package changed under our edits: values that the brand replaces, and that are others than before.
fn changed_defaults(path: &SitePath, receipt: &FileReceipt, changes: &[KeyChange]) -> Vec<Finding> {
    let shown = |value: &Option<Value>| value.as_ref().map_or("nothing".to_owned(), Value::to_string);
    let told = changes.iter().filter_map(|change| {
        let before = &receipt.edits.iter().find(|edit| edit.at == change.edit.at)?.before_value;
        // Upstream's name is replaced in whatever a translation says now.
        if path.as_str().contains("/lang/") && !change.edit.why.name.starts_with("text.") {
            return None;
        }
        let now = &change.old;
        (before != now).then(|| {
            let at = &change.edit.at;
            let message =
                format!("upstream changed `{at}` of `{path}` from {} to {}", shown(before), shown(now));
            let hint =
                "the brand's value takes its place as before; look whether that is still what you want";
            Finding::new(Level::Note, message).at(&change.edit.why.place).hint(hint)
        })
    });
    told.collect()
}

/// Keys that came since the `old` client and that a line of the brand would set, which the brand does not have.
fn surfaces(old: Option<Date>, plan: &Plan, carried: &Keys<'_>) -> Vec<Finding> {
    let (Some(old), Some(new)) = (old, plan.dating.as_ref().map(|dating| dating.day)) else {
        return Vec::new();
    };
    let is_new = |since: Date| old < since && since <= new;
    let mut found = Vec::new();
    for wish in catalogue::brand_wishes() {
        if carried.contains_key(wish) || plan.not_here.iter().any(|name| name == wish) {
            continue;
        }
        for surface in catalogue::brand_surfaces(wish) {
            let is_first = surface.keys.iter().all(|key| is_new(key.since));
            for key in surface.keys.iter().filter(|_| is_first).take(1) {
                let message = format!(
                    "new to brand: `{}` of `{}` ({})",
                    key.path,
                    key.file.file_name(),
                    surface.surface.title
                );
                found
                    .push(Finding::new(Level::Note, message).hint(format!("`{wish}` of brand.toml sets it")));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is told of `brand.name` where these keys of `interface_config.js` and of `config.js` carried it, and those do.
    fn told(old: [&[&str]; 2], new: [&[&str]; 2]) -> Vec<String> {
        let keys = |[shared, own]: [&[&str]; 2]| {
            let of = |file: &str, keys: &[&str]| {
                keys.iter().map(|key| (file.to_owned(), (*key).to_owned())).collect::<Vec<Key>>()
            };
            [of("interface_config.js", shared), of("config.js", own)]
                .concat()
                .into_iter()
                .collect::<BTreeSet<Key>>()
        };
        let found = moved("brand.name", &keys(old), Some(&keys(new)));
        found.into_iter().map(|finding| finding.message).collect()
    }

    #[test]
    fn only_a_key_that_took_anothers_place_is_a_move() {
        let dropped =
            "upstream dropped `NATIVE_APP_NAME` of `interface_config.js`; `brand.name` is carried without it";
        let new = "`brand.name` is carried by `dynamicBrandingUrl` of `config.js` too, which is new";
        assert_eq!(told([&["NATIVE_APP_NAME"], &[]], [&[], &["dynamicBrandingUrl"]]), [dropped, new]);
        let moved = "upstream moved `NATIVE_APP_NAME` of `interface_config.js` to `deeplinking.ios.appName` of `config.js`, \
                     and `brand.name` with it";
        let places = [&[][..], &["deeplinking.ios.appName", "dynamicBrandingUrl"]];
        assert_eq!(told([&["NATIVE_APP_NAME"], &[]], places), [moved, new]);
        assert_eq!(told([&["APP_NAME"], &[]], [&["APP_NAME"], &["dynamicBrandingUrl"]]), [new]);
        assert!(told([&["APP_NAME"], &[]], [&["APP_NAME"], &[]]).is_empty());
    }
}
