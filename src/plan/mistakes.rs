//! The known mistakes that the plan would make or leave, but for those that its findings tell already.

use super::document::Planned;
use super::english::is_ours;
use super::make::{Goal, Input};
use super::wishes::Wishes;
use super::{FilePlan, Mistaken};
use crate::brand::Brand;
use crate::catalogue::{ConfigFile, Date};
use crate::edit::{Edit, Op};
use crate::fault::{Finding, Place};
use crate::js::Document;
use crate::lint::{Mistake, Outcome, Silenced, asked_for, mistakes as made, silence};
use crate::patch::{PatchFile, Target};
use crate::path::SitePath;
use crate::site::WEB;
use crate::target;
use crate::text::Text;
use crate::value::{KeyPath, Value};

/// The configuration files as planned.
pub(super) struct Configuration<'p> {
    /// None where the release has no `interface_config.js`.
    pub(super) shared: Option<&'p Planned>,
    pub(super) hosts: &'p [(&'p str, Planned)],
    pub(super) wishes: &'p Wishes,
    pub(super) day: Option<Date>,
}

/// The mistakes in what the files will say.
pub(super) fn mistakes(
    input: &Input<'_>,
    configuration: &Configuration<'_>,
    files: &[FilePlan],
    findings: &mut Vec<Finding>,
) -> Vec<Mistaken> {
    let Goal::Branded { brand, patches, .. } = input.goal else { return Vec::new() };
    let Configuration { shared, hosts, wishes, day } = configuration;
    let after = shared.as_ref().and_then(|planned| planned.after());
    let before = shared.as_ref().and_then(|planned| planned.before.as_ref());
    if shared.is_some() && after.is_none() {
        return Vec::new();
    }
    let is_there = |path: &SitePath| {
        let planned = files.iter().find(|file| file.path == *path).map(|file| file.target.is_some());
        planned.unwrap_or_else(|| input.site.found(path).is_some())
    };
    let missing = |name: &&str| SitePath::new(&format!("{WEB}/{name}")).is_ok_and(|path| !is_there(&path));
    let title = title(input, files);
    let found = made(&Outcome {
        interface_config: after,
        shipped_interface_config: before,
        hosts: hosts.iter().filter_map(|(host, planned)| Some((*host, planned.after()?))).collect(),
        bases: hosts.iter().filter_map(|(host, planned)| Some((*host, planned.before.as_ref()?))).collect(),
        assets: title.iter().map(|text| ("title.html", text)).collect(),
        missing: asked_for().into_iter().filter(missing).collect(),
        wished: wished(wishes),
        day: *day,
    });
    let (found, about) = audible(found, brand);
    findings.extend(about);
    let document = |mistake: &Mistake| match mistake.keys.first()?.0 {
        ConfigFile::InterfaceConfig => Some((&shared.as_ref()?.plan.path, after?)),
        ConfigFile::Config => {
            let is_it = |host: &str| mistake.host.as_deref().is_none_or(|named| named == host);
            let (_, planned) = hosts.iter().find(|(host, _)| is_it(host))?;
            Some((&planned.plan.path, planned.after()?))
        }
    };
    let is_new = |mistake: &Mistake| {
        let document = document(mistake).map(|(_, document)| document);
        !is_told(mistake, brand, patches)
            && !document.is_some_and(|document| is_our_branding(mistake, document))
    };
    let found = found.into_iter().filter(is_new);
    found
        .map(|mistake| Mistaken { place: document(&mistake).and_then(|at| place(&mistake, at)), mistake })
        .collect()
}

/// `title.html` as it will be.
fn title(input: &Input<'_>, files: &[FilePlan]) -> Option<Text> {
    let found = input.site.page("title.html")?;
    let planned = files.iter().find(|file| file.path == found.path).and_then(|file| file.target.as_ref());
    planned.unwrap_or(&found.bytes).text().ok()
}

fn wished(wishes: &Wishes) -> Vec<(ConfigFile, KeyPath, Value)> {
    let set = |file: ConfigFile, edit: &Edit| match &edit.op {
        Op::Set(value) => Some((file, edit.at.clone(), value.clone())),
        _ => None,
    };
    let shared = &wishes.interface_config;
    let shared = shared.spliced.iter().chain(&shared.overlaid);
    let shared = shared.filter_map(|edit| set(ConfigFile::InterfaceConfig, edit));
    let hosts = wishes.hosts.values().flat_map(|host| host.spliced.iter().chain(&host.overlaid));
    shared.chain(hosts.filter_map(|edit| set(ConfigFile::Config, edit))).collect()
}

/// The mistakes that the brand does not silence, and what is wrong with the silence.
fn audible(found: Vec<Mistake>, brand: &Brand) -> (Vec<Mistake>, Vec<Finding>) {
    let of_host = |mistake: &Mistake| {
        brand.silenced.iter().any(|silenced| {
            silenced.id == mistake.id && silenced.host.is_some() && silenced.host == mistake.host
        })
    };
    let common = brand.silenced.iter().filter(|silenced| silenced.host.is_none());
    let common: Vec<Silenced> = common
        .map(|silenced| Silenced {
            id: silenced.id.clone(),
            reason: silenced.reason.clone(),
            place: silenced.place.clone(),
        })
        .collect();
    let found = found.into_iter().filter(|mistake| !of_host(mistake)).collect();
    silence(found, &common)
}

/// Whether a finding of the plan tells the same already.
fn is_told(mistake: &Mistake, brand: &Brand, patches: &[PatchFile]) -> bool {
    let is_patched = |(file, path): &(ConfigFile, KeyPath)| {
        let target = match file {
            ConfigFile::InterfaceConfig => Target::InterfaceConfig,
            ConfigFile::Config => Target::Config,
        };
        let of_file = patches.iter().filter(|patch| patch.target == target);
        of_file.flat_map(|patch| &patch.edits).any(|edit| edit.at == *path)
    };
    match mistake.id.as_str() {
        "dead-key" | "not-translated" | "new-beats-legacy" => mistake.keys.first().is_some_and(is_patched),
        "dynamic-branding-overrides-logo" => {
            ["logo.source", "brand.home"].iter().any(|key| brand.wish(key, None).is_some())
        }
        _ => false,
    }
}

/// Whether it is about dynamic branding of ours, which brings what the mistake would lose.
fn is_our_branding(mistake: &Mistake, document: &Document) -> bool {
    mistake
        .keys
        .iter()
        .any(|(file, path)| *file == ConfigFile::Config && document.value(path).is_some_and(is_ours))
}

fn place(mistake: &Mistake, (path, document): (&SitePath, &Document)) -> Option<Place> {
    Some(target::place(path, document.text(), mistake.line?))
}
