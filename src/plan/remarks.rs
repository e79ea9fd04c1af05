//! What the owner should know about the files of a plan.

use super::document::Opened;
use super::english::is_ours;
use super::make::{Goal, Input};
use super::receipt::{BaseIs, EditReceipt};
use super::saying::Carried;
use super::shared::Shared;
use super::wishes::FileEdits;
use super::{Action, FilePlan};
use crate::base::{Collision, Past};
use crate::brand::BrandWish;
use crate::catalogue::{self, ConfigFile, Date};
use crate::fault::{Finding, Level};
use crate::js::{Document, Known};
use crate::path::SitePath;
use crate::site::Found;
use crate::target;
use crate::value::{KeyPath, Value};

/// A package's file that dpkg knows, but not like this: it was edited by hand before the first `apply`.
pub(super) fn unproven(input: &Input<'_>, shared: &Opened, day: Option<Date>) -> Option<Finding> {
    let found = input.site.interface_config.as_ref()?;
    let base = shared.base.as_ref()?;
    let is_new = matches!(base.past, Past::New);
    if !is_new || shared.base_is != BaseIs::Assumed || found.package_md5.is_none() || input.accept_base {
        return None;
    }
    let differing = shared.document.as_ref().map(|document| differing(document, day)).unwrap_or_default();
    let keys = if differing.is_empty() { String::new() } else { format!(": {}", differing.join(", ")) };
    let message = format!("`{}` is not the file that the package brought{keys}", found.path);
    let hint =
        "`apt-get install --reinstall jitsi-meet-web` brings it back; `--accept-base` takes it as it is";
    Some(Finding::new(Level::Error, message).hint(hint))
}

/// Files that the package brings and that somebody took away.
pub(super) fn gone(input: &Input<'_>) -> impl Iterator<Item = Finding> {
    let hint = "`apt-get install --reinstall jitsi-meet-web` brings it back, unless dpkg is told to put it elsewhere or to leave it out: `rebrand doctor` tells that";
    let message = |path: &SitePath| format!("`{path}` is not here, though its package brings it");
    input.site.gone.iter().map(move |path| Finding::new(Level::Warning, message(path)).hint(hint))
}

/// A `title.html` that somebody or a full disk emptied: it holds no place for what is wished of it, and no icons.
pub(super) fn emptied(input: &Input<'_>) -> Option<Finding> {
    let title = input.site.page("title.html").filter(|page| page.package().trim_ascii().is_empty())?;
    let message = format!("`{}` is empty, so pages have no title, no icons and no link preview", title.path);
    let hint = "`apt-get install --reinstall jitsi-meet-web` brings it back";
    Some(Finding::new(Level::Warning, message).hint(hint))
}

/// Links in the place of hosts' files that lead to none: what is wished of such a host is wished of nobody.
pub(super) fn dangling(input: &Input<'_>) -> impl Iterator<Item = Finding> {
    let hint = "remove the link, or bring back the file that it leads to";
    let message = |path: &SitePath| format!("`{path}` is a link to a file that is not there, and so no host");
    input.site.dangling.iter().map(move |path| Finding::new(Level::Warning, message(path)).hint(hint))
}

/// The keys whose value is not the one that upstream shipped on `day`.
fn differing(document: &Document, day: Option<Date>) -> Vec<String> {
    let Some(day) = day else { return Vec::new() };
    let differs = |path: &KeyPath| {
        let key = catalogue::key(ConfigFile::InterfaceConfig, path)?;
        let Some(catalogue::DefaultValue::Literal(shipped)) = &key.state_on(day)?.default else {
            return None;
        };
        let now = document.value(path).and_then(Known::to_value);
        (now.as_ref() != Some(shipped)).then(|| format!("`{path}`"))
    };
    catalogue::keys(ConfigFile::InterfaceConfig).filter_map(|path| differs(&path)).collect()
}

/// A key of ours that somebody gave another value.
pub(super) fn clash_finding(found: &Found, collision: &Collision) -> Finding {
    let shown = |value: &Option<Value>| value.as_ref().map_or("no plain value".to_owned(), Value::to_string);
    let EditReceipt { at, after, .. } = &collision.edit;
    let message = format!(
        "`{at}` of `{}` was changed by hand: {} → {}",
        found.path,
        shown(after),
        shown(&collision.theirs)
    );
    let hint = "write that value into the brand, or `--overwrite-drift` to put the brand's back";
    Finding::new(Level::Error, message).hint(hint)
}

/// Wishes that the client ignores and that change nothing: a silent no-op if nobody said so.
pub(super) fn idle(changes: &[target::KeyChange], edits: &FileEdits) -> Vec<Finding> {
    let nothing = |change: &&target::KeyChange| {
        change.change.how == crate::js::How::Already && edits.idle.contains(&change.edit.at)
    };
    let found = changes.iter().filter(nothing).map(|change| {
        let message = format!("`{}` would change nothing at all, and the client ignores it", change.edit.at);
        Finding::new(Level::Error, message).at(&change.edit.why.place).hint("take it out of the patch")
    });
    found.collect()
}

/// Dynamic branding, where it is set up, replaces the logo and its link in every meeting.
pub(super) fn dynamic_branding(input: &Input<'_>, path: &SitePath, target: &Document) -> Vec<Finding> {
    let Goal::Branded { brand, .. } = &input.goal else { return Vec::new() };
    let Some(wish) = ["logo.source", "brand.home"].iter().find_map(|key| brand.wish(key, None)) else {
        return Vec::new();
    };
    let is_set = |key: &&str| {
        let value = target.value(&KeyPath::dotted(key)).filter(|value| !is_ours(value));
        value.is_some_and(|value| *value != Known::Null && *value != Known::String(String::new()))
    };
    let finding = |key: &str| {
        let message = format!("`{key}` of `{path}` is set: what it serves replaces the logo and its link");
        let hint = "give that JSON the `logoImageUrl` and `logoClickUrl` of the brand";
        Finding::new(Level::Warning, message).at(&wish.wish.place).hint(hint)
    };
    ["dynamicBrandingUrl", "brandingDataUrl"].into_iter().filter(is_set).map(finding).collect()
}

/// What is worth knowing about the bases: one that was taken as it was, one that nobody knows any more.
pub(super) fn bases(input: &Input<'_>, files: &[FilePlan]) -> Vec<Finding> {
    let mut found = Vec::new();
    let is_lost = input.receipt.is_none() && input.site.has_traces();
    for file in files {
        let path = &file.path;
        let is_branded = is_lost
            && file.base_is != BaseIs::Known
            && file.action == Action::Keep
            && !file.changes.is_empty()
            && file.changes.iter().all(|change| change.change.how == crate::js::How::Already);
        if file.base_is == BaseIs::Accepted {
            found.push(Finding::new(
                Level::Note,
                format!("`{path}` had been edited by hand, and was taken as it was"),
            ));
        } else if is_branded || file.base_is == BaseIs::Branded {
            let message = format!("`{path}` holds the brand already, and what was there before is not known");
            let hint = if file.base_is == BaseIs::Branded {
                "`restore` leaves what it held; a backup from before the brand has the rest"
            } else {
                "`restore` cannot give it back; installing the package again can"
            };
            found.push(Finding::new(Level::Note, message).hint(hint));
        }
    }
    found
}

/// Takes package's files that were edited by hand before the first `apply` as they are, or refuses them.
pub(super) fn accept(input: &Input<'_>, files: &mut [FilePlan]) -> Vec<Finding> {
    let mut found = Vec::new();
    let shared = input.site.interface_config.as_ref().map(|found| &found.path);
    for file in files.iter_mut().filter(|file| Some(&file.path) != shared) {
        let is_package = input.site.found(&file.path).is_some_and(|found| found.package_md5.is_some());
        let is_edited = is_package && file.base_is == BaseIs::Assumed && file.past == Past::New;
        if !is_edited || file.target == file.base {
            continue;
        }
        if input.accept_base {
            file.base_is = BaseIs::Accepted;
            continue;
        }
        let message = format!("`{}` is not the file that the package brought", file.path);
        let hint =
            "`apt-get install --reinstall jitsi-meet-web` brings it back; `--accept-base` takes it as it is";
        found.push(Finding::new(Level::Error, message).hint(hint));
    }
    found
}

/// Wishes for files that all hosts share which found no place there.
pub(super) fn homeless<'b>(shared: &Shared<'b>, carried: &Carried) -> Vec<&'b BrandWish> {
    let names = ["brand.short-name", "brand.description", "colors.theme", "logo.wide"];
    let names = names.into_iter().chain(["page.css", "page.head", "page.body"]);
    let wishes = names.filter_map(|name| shared.wish(name));
    let is_off = |wish: &BrandWish| wish.value == Value::Bool(false);
    let strings = shared.languages().into_iter().filter(|(language, _)| *language != "en");
    let strings = strings.flat_map(|(language, _)| shared.strings(language)).map(|(_, wish)| wish);
    let is_homeless = |wish: &&BrandWish| !is_off(wish) && !carried.contains(&wish.path.to_string());
    wishes.chain(strings).filter(is_homeless).collect()
}

/// That the installed version has no place for `wish`.
pub(super) fn not_here(wish: &BrandWish) -> Finding {
    let message = format!("`{}` is not here: the installed version has no place for it", wish.path);
    Finding::new(Level::Warning, message).at(&wish.wish.place)
}

/// Errors first, then warnings, then notes, each told once.
pub(super) fn order(findings: &mut Vec<Finding>) {
    findings.sort_by_key(|finding| finding.level);
    let mut seen: Vec<Finding> = Vec::new();
    findings.retain(|finding| {
        let is_new = !seen.contains(finding);
        if is_new {
            seen.push(finding.clone());
        }
        is_new
    });
}
