//! Making the plan: every managed file of the site, from what is there to what should be there.

use std::collections::{BTreeMap, HashMap};

use super::difference::note_standing_edits;
use super::diverted::{elsewhere, rescued, told};
use super::document::{Kind, Opened, file_plan, host_plan, opened, opened_host};
use super::english::{Client, english, shipped};
use super::language::{Wanted as Translations, languages, unknown_strings};
use super::manifest::{manifest, member_edits};
use super::mistakes::{Configuration, mistakes};
use super::news::unaccepted;
use super::page::pages;
use super::patched::{patched, restarts};
use super::pictures::{Picture, pictures, wanted};
use super::placing::{Uses, icon_edits, icons, placed};
use super::receipt::Receipt;
use super::remarks::{accept, bases, dangling, emptied, gone, homeless, not_here, order, unproven};
use super::removed::record_wishes;
use super::saying::{Carried, OwnFiles, address_of, is_brought_in, pieces, says};
use super::shared::Shared;
use super::unattended::or_left;
use super::wishes::{Documents, FileEdits, Wishes, wishes};
use super::{FilePlan, Plan};
use crate::base::Past;
use crate::brand::Brand;
use crate::catalogue::{self, BrandSurface, Date};
use crate::content::Content;
use crate::dating::dating;
use crate::digest::Digest;
use crate::edit::Op;
use crate::js::Known;
use crate::patch::{DiffFile, PatchFile};
use crate::path::SitePath;
use crate::site::{Found, Host, Site};
use crate::surface::{Evidence, carriers};
use crate::value::{KeyPath, Value};

/// All that a plan is made from.
pub struct Input<'a> {
    /// What is there.
    pub site: &'a Site,
    /// What was done before.
    pub receipt: Option<&'a Receipt>,
    /// The kept files that the receipt names as bases, by digest.
    pub kept: &'a HashMap<Digest, Content>,
    /// What is wanted.
    pub goal: Goal<'a>,
    /// Whether a package's file that was edited by hand is taken as shipped.
    pub accept_base: bool,
    /// Whether hand edits of our keys are overwritten.
    pub overwrite_drift: bool,
    /// Whether nobody is there who could be asked.
    pub is_unattended: bool,
}

impl Input<'_> {
    /// Whether a host's file that cannot be edited keeps nothing else from it.
    pub(super) fn leaves_broken(&self) -> bool {
        self.is_unattended || matches!(self.goal, Goal::Shipped)
    }
}

/// What is wanted of the site.
pub enum Goal<'a> {
    /// The brand in force.
    Branded {
        /// The brand.
        brand: &'a Brand,
        /// The patches.
        patches: &'a [PatchFile],
        /// Pictures that were made for it.
        pictures: &'a [Picture],
        /// The unified diffs.
        diffs: &'a [DiffFile],
        /// Files that the brand names and that are no pictures, by their names in it.
        sources: &'a BTreeMap<String, Content>,
    },
    /// Everything as it was.
    Shipped,
}

/// Makes the plan.
#[must_use]
pub fn plan(input: &Input<'_>) -> Plan {
    let interface_config = input.site.interface_config.as_ref();
    let mut findings = Vec::new();
    let record = record_wishes(input, &mut findings);
    let shared = interface_config.map(|at| opened(input, at, Kind::InterfaceConfig, &mut findings));
    let shared = shared.unwrap_or(Opened::nothing());
    let hosts = input.site.hosts.iter().filter(|host| is_concerned(input, host));
    let hosts: Vec<_> = hosts.map(|host| opened_host(input, host, &mut findings)).collect();
    let dated = dating(input.site, shared.document.as_ref(), kept_base(input, &shared));
    let (day, oldest) = dated.as_ref().map(|dated| (dated.day, dated.oldest)).unzip();
    if matches!(input.goal, Goal::Branded { .. }) {
        findings.extend(unproven(input, &shared, day));
        findings.extend(gone(input));
        findings.extend(dangling(input));
        findings.extend(emptied(input));
    }
    let mut wished = wished(input, &shared, &hosts, (day, oldest));
    let around = around(input, &shared, &hosts, (day, oldest), &mut wished);
    findings.append(&mut wished.findings);
    let mut found = Vec::new();
    let edits = &wished.interface_config;
    let shared = interface_config.map(|at| file_plan(input, at, shared, edits, &mut found));
    let (nothing, mut planned) = (FileEdits::default(), Vec::new());
    for (host, file, opened) in hosts {
        let edits = wished.hosts.get(host).unwrap_or(&nothing);
        planned.push((host, host_plan(input, file, opened, edits, &mut found)));
    }
    let configuration = Configuration { shared: shared.as_ref(), hosts: &planned, wishes: &wished, day };
    let mistakes = mistakes(input, &configuration, &around, &mut findings);
    let mut files = around;
    files.extend(shared.into_iter().chain(planned.into_iter().map(|(_, own)| own)).map(|file| file.plan));
    findings.extend(found);
    files.extend(patched(input, &files, &mut findings));
    findings.extend(accept(input, &mut files));
    findings.extend(elsewhere(input, &mut files));
    let rescued = rescued(input, &files);
    findings.extend(told(&rescued));
    findings.extend(bases(input, &files));
    files.sort_by(|one, other| one.path.cmp(&other.path));
    note_standing_edits(input, &mut files);
    order(&mut findings);
    let restarts = restarts(input, &files);
    let (not_here, dating, news) = (wished.not_here, dated, Vec::new());
    let mut plan =
        Plan { files, findings, news, not_here, dating, mistakes, restarts, rescued, wishes: record };
    if let (Goal::Branded { .. }, Some(receipt)) = (&input.goal, input.receipt) {
        plan.news = unaccepted(receipt, &plan);
    }
    plan
}

/// Whether `interface_config.js` is there and cannot be read: then where wishes go is not guessed at.
fn is_broken(input: &Input<'_>, shared: &Opened) -> bool {
    input.site.interface_config.is_some() && shared.document.is_none()
}

/// Whether the file of `host` is looked into: to be given back, only what is ours is.
fn is_concerned(input: &Input<'_>, host: &Host) -> bool {
    let is_recorded = || input.receipt.is_some_and(|receipt| receipt.files.contains_key(&host.file.path));
    matches!(input.goal, Goal::Branded { .. }) || is_recorded()
}

/// Every other file: pages, translations, `manifest.json`, pictures. May add edits of the hosts' files to `wished`.
fn around(
    input: &Input<'_>,
    shared: &Opened,
    hosts: &[(&str, &Found, Opened)],
    (day, oldest): (Option<Date>, Option<Date>),
    wished: &mut Wishes,
) -> Vec<FilePlan> {
    let (brand, sources) = match input.goal {
        Goal::Branded { brand, sources, .. } => (brand, sources),
        Goal::Shipped => (&Brand::default(), &BTreeMap::new()),
    };
    let strings = shipped(input);
    let mut own = dynamic_branding_files(input, brand, strings.as_ref(), (shared, hosts), oldest, wished);
    let common = Shared::new(brand, input.site);
    let (mut found, mut carried) = (common.disagreements(), Carried::new());
    found.extend(unknown_strings(brand, strings.as_ref()));
    let manifest = manifest(input, &wished.manifest, &common, &mut found);
    let icons = manifest.as_ref().and_then(|(_, opened)| icons(opened.document.as_ref()?));
    let pages = pages(input);
    let title = pages.iter().find(|page| page.name() == "title.html");
    let uses = Uses {
        has_key: &|surface| has_key(shared, hosts, day, surface),
        is_set: &|key| is_set(shared, &wished.interface_config, key),
        link: &|selector| title?.says(selector, Some(address_of(selector))),
        icons: icons.as_deref(),
    };
    let placed = placed(input, &uses);
    let mut files = Vec::new();
    if let Some((found_at, opened)) = manifest {
        member_edits(&opened, &common, &mut wished.manifest, &mut carried);
        if let Some(document) = &opened.document {
            icon_edits(&placed, document, &mut wished.manifest);
        }
        let plan = |found: &mut _| Some(file_plan(input, found_at, opened, &wished.manifest, found).plan);
        files.extend(or_left(input, &mut found, plan));
    }
    let names = common.names();
    let (pieces, style) = pieces(&common, sources, wanted(input), &mut found);
    own.extend(style);
    for page in pages {
        let says = says(&page, &common, &names, input.site, &placed, &mut carried);
        let pieces = pieces.get(page.name()).filter(|_| is_brought_in(input.site, page.name()));
        let pieces = pieces.map(Vec::as_slice).unwrap_or_default();
        carried.extend(pieces.iter().flat_map(|piece| &piece.carries).map(|name| (*name).to_owned()));
        files.extend(or_left(input, &mut found, |found| page.plan(&says, pieces, found)));
    }
    let translations = Translations::new(&common, &names, strings.as_ref());
    files.extend(languages(input, &translations, &mut found, &mut carried));
    files.extend(pictures(input, &placed, &own, &mut found));
    let homeless = homeless(&common, &carried);
    wished.not_here.extend(homeless.iter().map(|wish| wish.path.to_string()));
    found.extend(homeless.into_iter().map(not_here));
    wished.findings.append(&mut found);
    files
}

/// The files of dynamic branding, which `wished` then names.
fn dynamic_branding_files(
    input: &Input<'_>,
    brand: &Brand,
    strings: Option<&Value>,
    (shared, hosts): (&Opened, &[(&str, &Found, Opened)]),
    day: Option<Date>,
    wished: &mut Wishes,
) -> OwnFiles {
    if is_broken(input, shared) {
        return OwnFiles::new();
    }
    let interface_config = shared.document.as_ref();
    let hosts = hosts.iter().map(|(name, _, opened)| (*name, opened.document.as_ref())).collect();
    english(
        brand,
        strings,
        &Client { interface_config, hosts, day, languages: &input.site.languages },
        wished,
    )
}

/// The digest of the shipped file that was kept, for one that was edited by hand since.
fn kept_base<'i>(input: &Input<'i>, shared: &Opened) -> Option<&'i Digest> {
    let drifted = shared.base.as_ref().is_some_and(|base| base.past == Past::Drifted);
    let receipt = input.receipt.filter(|_| drifted)?;
    receipt.files.get(&input.site.interface_config.as_ref()?.path)?.base.as_ref()
}

fn wished(
    input: &Input<'_>,
    shared: &Opened,
    hosts: &[(&str, &Found, Opened)],
    (day, oldest): (Option<Date>, Option<Date>),
) -> Wishes {
    let Goal::Branded { brand, patches, pictures, .. } = &input.goal else { return Wishes::default() };
    if is_broken(input, shared) {
        return Wishes::default();
    }
    let served = |picture: &Picture| {
        let part = picture.artifact.parts.first().filter(|_| picture.artifact.fact.is_named_by_keys())?;
        Some((part.source.clone(), picture.served()?))
    };
    let logos = pictures.iter().filter_map(served).collect();
    let stands_in = |wish: &str| {
        let is_it = |picture: &&Picture| picture.artifact.fact.wishes.iter().any(|name| name == wish);
        let has_no_key = |picture: &Picture| {
            let surface = picture.artifact.fact.unless_key_of.as_deref();
            surface.is_some_and(|surface| !has_key(shared, hosts, day, surface))
        };
        let is_there = |path: SitePath| input.site.is_there(&path);
        pictures.iter().filter(is_it).any(|picture| has_no_key(picture) && picture.paths().any(is_there))
    };
    let hosts = hosts.iter().map(|(name, _, opened)| (*name, opened.document.as_ref())).collect();
    let interface_config = shared.document.as_ref();
    let documents = Documents { interface_config, hosts, day, oldest, stands_in: &stands_in };
    wishes(&documents, brand, patches, &logos)
}

/// Whether a host here has a key for `surface`.
fn has_key(shared: &Opened, hosts: &[(&str, &Found, Opened)], day: Option<Date>, surface: &str) -> bool {
    let interface_config = shared.document.as_ref();
    let Some(surface) = catalogue::surface(surface) else { return false };
    let surface = BrandSurface {
        keys: surface.keys().cloned().collect(),
        surface,
        unless: None,
        inverted: false,
        along: false,
        if_all_off: false,
    };
    let configs = hosts.iter().map(|(_, _, opened)| opened.document.as_ref()).chain([None]);
    configs
        .into_iter()
        .any(|config| !carriers(Evidence { interface_config, config, day, oldest: day }, &surface).is_empty())
}

/// Whether `key` of `interface_config.js` is true, or will be.
fn is_set(shared: &Opened, edits: &FileEdits, key: &str) -> bool {
    let at = KeyPath::dotted(key);
    match edits.spliced.iter().chain(&edits.overlaid).rfind(|edit| edit.at == at) {
        Some(edit) => edit.op == Op::Set(Value::Bool(true)),
        None => shared.document.as_ref().and_then(|document| document.value(&at)) == Some(&Known::Bool(true)),
    }
}
