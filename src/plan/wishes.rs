//! From brand and patches to the edits of each file.

use std::collections::BTreeMap;

use super::elsewhere::{is_here, skipped};
use crate::brand::{Brand, BrandWish};
use crate::catalogue::{self, ConfigFile};
use crate::edit::{Edit, Op};
use crate::effect::{companions, judge, write_out_lists};
use crate::fault::{Finding, Level};
use crate::js::Document;
use crate::patch::{PatchFile, Style, Target};
use crate::surface::{Evidence, carriers};
use crate::value::{KeyPath, Value};

/// The edits of one file, by the way they are made.
#[derive(Clone, Debug, Default)]
pub(super) struct FileEdits {
    /// Edits spliced into the text.
    pub(super) spliced: Vec<Edit>,
    /// Edits in a block at the end.
    pub(super) overlaid: Vec<Edit>,
    /// The patch file that asks for the block.
    pub(super) origin: String,
    /// Keys that the client certainly ignores.
    pub(super) idle: Vec<KeyPath>,
}

/// What the wishes come to on this site.
#[derive(Default)]
pub(super) struct Wishes {
    /// The edits of the file that all hosts share.
    pub(super) interface_config: FileEdits,
    /// The edits of each host's file, by host.
    pub(super) hosts: BTreeMap<String, FileEdits>,
    /// The edits of `manifest.json`.
    pub(super) manifest: FileEdits,
    /// What the owner should know.
    pub(super) findings: Vec<Finding>,
    /// Wishes of the brand for which the installed version has no place.
    pub(super) not_here: Vec<String>,
}

/// The documents of a site without edits of ours.
pub(super) struct Documents<'a> {
    /// None where the release has no such file.
    pub(super) interface_config: Option<&'a Document>,
    pub(super) hosts: Vec<(&'a str, Option<&'a Document>)>,
    pub(super) day: Option<catalogue::Date>,
    /// See `Evidence::oldest`.
    pub(super) oldest: Option<catalogue::Date>,
    /// Whether a picture of that wish takes the place of a file that clients without a key for it show.
    pub(super) stands_in: &'a dyn Fn(&str) -> bool,
}

impl<'a> Documents<'a> {
    /// Whether the release has the file that patches of this `target` edit.
    fn has(&self, target: Target) -> bool {
        target != Target::InterfaceConfig || self.interface_config.is_some()
    }

    fn evidence(&self, config: Option<&'a Document>) -> Evidence<'a> {
        Evidence { interface_config: self.interface_config, config, day: self.day, oldest: self.oldest }
    }
}

/// Decides where each wish goes. `logos` maps a logo file of the brand to where it is served.
pub(super) fn wishes(
    documents: &Documents<'_>,
    brand: &Brand,
    patches: &[PatchFile],
    logos: &BTreeMap<String, String>,
) -> Wishes {
    let mut wishes = Wishes::default();
    for (host, _) in &documents.hosts {
        wishes.hosts.entry((*host).to_owned()).or_default();
    }
    for key in catalogue::brand_wishes() {
        carry(&mut wishes, documents, brand, key, logos);
    }
    wishes.findings.extend(leftovers(brand, documents));
    let (here, not_here): (Vec<_>, Vec<_>) = patches.iter().partition(|patch| documents.has(patch.target));
    for patch in &here {
        add_patch(&mut wishes, patch);
    }
    wishes.findings.extend(not_here.into_iter().filter_map(not_carried));
    write_out(&mut wishes, documents);
    disagreements(&mut wishes);
    judge_patches(&mut wishes, documents, &here);
    add_companions(&mut wishes, documents);
    wishes
}

/// Adds the edits that carry the brand's wish `key`.
fn carry(
    wishes: &mut Wishes,
    documents: &Documents<'_>,
    brand: &Brand,
    key: &str,
    logos: &BTreeMap<String, String>,
) {
    let hosts: Vec<Option<&str>> = match documents.hosts.as_slice() {
        [] => vec![None],
        hosts => hosts.iter().map(|(host, _)| Some(*host)).collect(),
    };
    let mut shared: Vec<(KeyPath, &BrandWish, Value)> = Vec::new();
    let mut homeless: Option<(&BrandWish, String)> = None;
    let is_off = |host: Option<&str>| brand.wish(key, host).is_some_and(|wish| wish.value == false.into());
    let is_all_off = hosts.iter().all(|host| is_off(*host));
    for host in hosts {
        let Some(wish) = brand.wish(key, host) else { continue };
        let config =
            documents.hosts.iter().find(|(name, _)| Some(*name) == host).and_then(|(_, config)| *config);
        for surface in catalogue::brand_surfaces(key) {
            let is_outdone = surface.unless.as_deref().is_some_and(|other| brand.wish(other, host).is_some());
            let is_contested = surface.if_all_off && !is_all_off;
            if is_contested && is_off(host) {
                wishes.findings.push(badges_stay(wish));
            }
            if is_outdone || is_contested {
                continue;
            }
            let found = carriers(documents.evidence(config), &surface);
            if found.is_empty() && !surface.along && !(documents.stands_in)(key) {
                homeless = Some((wish, surface.surface.title.clone()));
            }
            for carrier in found {
                let value = value(wish, logos, surface.inverted);
                match carrier.file {
                    ConfigFile::InterfaceConfig => shared.push((carrier.path, wish, value)),
                    ConfigFile::Config => {
                        let edit = Edit { at: carrier.path, op: Op::Set(value), why: wish.wish.clone() };
                        let edits = wishes.hosts.entry(host.unwrap_or_default().to_owned()).or_default();
                        edits.spliced.push(edit);
                    }
                }
            }
        }
    }
    share(wishes, shared);
    // A file that cannot be read is told as an error; what might be in it is not guessed at.
    let all_read = documents.hosts.iter().all(|(_, config)| config.is_some());
    if let Some((wish, title)) = homeless.filter(|_| all_read) {
        wishes.not_here.push(key.to_owned());
        let message = format!("`{key}` is not here: the installed version has no key for it ({title})");
        wishes.findings.push(Finding::new(Level::Warning, message).at(&wish.wish.place));
    }
}

/// That hosts share what only some of them are to be without.
fn badges_stay(wish: &BrandWish) -> Finding {
    let message = format!(
        "`{}` is not `false` for all hosts here, which share `interface_config.js`: the store badges of the welcome page stay",
        wish.key.name
    );
    Finding::new(Level::Note, message).at(&wish.wish.place)
}

/// Adds the edits of the file that all hosts share, if the hosts agree.
fn share(wishes: &mut Wishes, shared: Vec<(KeyPath, &BrandWish, Value)>) {
    for (path, wish, value) in shared {
        let there = wishes.interface_config.spliced.iter().find(|edit| edit.at == path);
        match there {
            None => {
                let why = wish.wish.clone();
                wishes.interface_config.spliced.push(Edit { at: path, op: Op::Set(value), why });
            }
            Some(other) if other.op == Op::Set(value.clone()) => {}
            Some(other) => {
                let message = format!(
                    "`{}` wants another value for some hosts, but all hosts here share `{path}`",
                    wish.key.name
                );
                let hint = format!(
                    "give all hosts of this machine one value; the other wish is at {}",
                    other.why.place
                );
                wishes.findings.push(Finding::new(Level::Error, message).at(&wish.wish.place).hint(hint));
            }
        }
    }
}

/// The value of a wish, or its contrary; a logo file stands for the place it is served from.
fn value(wish: &BrandWish, logos: &BTreeMap<String, String>, is_inverted: bool) -> Value {
    match (&wish.value, wish.value.as_str().and_then(|source| logos.get(source))) {
        (_, Some(served)) if wish.key.name.starts_with("logo.") => Value::from(served.as_str()),
        (Value::Bool(value), _) => Value::Bool(*value != is_inverted),
        (value, _) => value.clone(),
    }
}

/// Wishes that nothing here carries: for other machines, or of kinds that this version does not carry.
fn leftovers(brand: &Brand, documents: &Documents<'_>) -> Vec<Finding> {
    let hosts: Vec<&str> = documents.hosts.iter().map(|(host, _)| *host).collect();
    let tables: Vec<&str> = brand.sites().iter().map(|site| site.host.as_str()).collect();
    let elsewhere = brand.sites().iter().filter(|site| !is_here(&site.host, &hosts));
    elsewhere.map(|site| skipped(&site.host, &hosts, &tables, "its wishes are").at(&site.place)).collect()
}

/// That the release has no `interface_config.js`, with the keys of `patch` that have another place.
fn not_carried(patch: &PatchFile) -> Option<Finding> {
    let first = patch.edits.first()?;
    let message =
        format!("`{}` is not carried: the installed version has no `interface_config.js`", patch.file);
    let moved = |edit: &Edit| {
        let key = catalogue::key(ConfigFile::InterfaceConfig, &edit.at)?;
        let to = key.moved_to.into_iter().find(|to| to.file == ConfigFile::Config)?;
        Some(format!("`{}` is `{}` there", edit.at, to.path))
    };
    let moved: Vec<String> = patch.edits.iter().filter_map(moved).collect();
    let finding = Finding::new(Level::Warning, message).at(&first.why.place);
    Some(match moved.as_slice() {
        [] => finding.hint("no other file has its keys"),
        moved => finding.hint(format!("`patches/config.toml` can say it: {}", moved.join(", "))),
    })
}

fn add_patch(wishes: &mut Wishes, patch: &PatchFile) {
    let files: Vec<&mut FileEdits> = match patch.target {
        Target::InterfaceConfig => vec![&mut wishes.interface_config],
        Target::Config => wishes.hosts.values_mut().collect(),
        Target::Manifest => vec![&mut wishes.manifest],
    };
    for file in files {
        match patch.style {
            Style::Splice => file.spliced.extend(patch.edits.iter().cloned()),
            Style::Overlay => {
                file.overlaid.extend(patch.edits.iter().cloned());
                file.origin.clone_from(&patch.file);
            }
        }
    }
}

/// Writes lists out whole that the files do not set and of which only items are wished.
fn write_out(wishes: &mut Wishes, documents: &Documents<'_>) {
    let first = documents.hosts.iter().find_map(|(_, config)| *config);
    let mut of_file = |edits: &mut FileEdits, file, config| {
        for edits in [&mut edits.spliced, &mut edits.overlaid] {
            wishes.findings.extend(write_out_lists(edits, file, documents.evidence(config)));
        }
    };
    of_file(&mut wishes.interface_config, ConfigFile::InterfaceConfig, first);
    for (host, config) in &documents.hosts {
        if let Some(edits) = wishes.hosts.get_mut(*host) {
            of_file(edits, ConfigFile::Config, *config);
        }
    }
}

/// Refuses two wishes that give one key two values; drops the second of two that agree.
fn disagreements(wishes: &mut Wishes) {
    let mut found = Vec::new();
    let files = wishes.hosts.values_mut().chain([&mut wishes.interface_config, &mut wishes.manifest]);
    for file in files {
        let mut kept: Vec<Edit> = Vec::new();
        for edit in file.spliced.drain(..) {
            match kept.iter().find(|other| other.at == edit.at) {
                Some(other) if other.op == edit.op => {}
                Some(other) if matches!(edit.op, Op::Set(_) | Op::Raw(_) | Op::Remove) => {
                    let message = format!("`{}` is wished for twice, with different values", edit.at);
                    let hint = format!("keep one of the two; the other is at {}", other.why.place);
                    found.push(Finding::new(Level::Error, message).at(&edit.why.place).hint(hint));
                }
                _ => kept.push(edit),
            }
        }
        file.spliced = kept;
    }
    found.dedup();
    wishes.findings.extend(found);
}

/// Judges every edit of the patches by the catalogue, for each host by its own file.
fn judge_patches(wishes: &mut Wishes, documents: &Documents<'_>, patches: &[&PatchFile]) {
    let is_wished = |file: ConfigFile, path: &KeyPath| match file {
        ConfigFile::InterfaceConfig => wishes.interface_config.wants(path),
        ConfigFile::Config => wishes.hosts.values().any(|host| host.wants(path)),
    };
    let first = documents.hosts.iter().find_map(|(_, config)| *config);
    let mut findings = Vec::new();
    let mut idle: Vec<(Option<&str>, KeyPath)> = Vec::new();
    for patch in patches {
        let (file, judges): (ConfigFile, Vec<_>) = match patch.target {
            Target::InterfaceConfig => (ConfigFile::InterfaceConfig, vec![(None, first)]),
            Target::Config => (
                ConfigFile::Config,
                documents.hosts.iter().map(|(host, config)| (Some(*host), *config)).collect(),
            ),
            Target::Manifest => continue,
        };
        for (edit, (host, config)) in
            patch.edits.iter().flat_map(|edit| judges.iter().map(move |judge| (edit, judge)))
        {
            let judgement = judge(edit, file, documents.evidence(*config), &is_wished);
            findings.extend(judgement.findings);
            if judgement.is_idle {
                idle.push((*host, edit.at.clone()));
            }
        }
    }
    wishes.findings.extend(findings);
    for (host, path) in idle {
        let file = match host {
            None => Some(&mut wishes.interface_config),
            Some(host) => wishes.hosts.get_mut(host),
        };
        if let Some(file) = file {
            file.idle.push(path);
        }
    }
}

fn add_companions(wishes: &mut Wishes, documents: &Documents<'_>) {
    let shared = wishes.interface_config.spliced.clone();
    for (host, config) in &documents.hosts {
        let Some(file) = wishes.hosts.get_mut(*host) else { continue };
        let edits: Vec<Edit> = file.spliced.iter().chain(&file.overlaid).cloned().collect();
        file.spliced.extend(companions(&edits, documents.evidence(*config), &shared));
    }
}

impl FileEdits {
    /// The value that an edit gives `path`, if one does.
    pub(super) fn value(&self, path: &KeyPath) -> Option<Value> {
        let edit = self.spliced.iter().chain(&self.overlaid).rfind(|edit| edit.at == *path)?;
        if let Op::Set(value) = &edit.op { Some(value.clone()) } else { None }
    }

    /// Whether some edit gives `path`, or a key above or below it, a value.
    pub(super) fn wants(&self, path: &KeyPath) -> bool {
        let near = |edit: &&Edit| edit.at.contains(path) || path.contains(&edit.at);
        self.spliced.iter().chain(&self.overlaid).filter(near).any(|edit| edit.op != Op::Remove)
    }
}
