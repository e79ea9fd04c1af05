//! Making the plan: every managed file of the site, from what is there to what should be there.

use std::collections::HashMap;

use super::pictures::{Picture, pictures, wanted};
use super::placing::{Uses, icon_edits, icons, placed};
use super::receipt::{BaseIs, Receipt};
use super::remarks::{bases, clash_finding, dynamic_branding, idle, order, unproven};
use super::title::title;
use super::wishes::{Documents, FileEdits, Wishes, wishes};
use super::{Action, FilePlan, Plan};
use crate::base::{Base, Collision, Past, base};
use crate::brand::Brand;
use crate::catalogue::{self, BrandSurface, ConfigFile, Date};
use crate::content::Content;
use crate::dating::dating;
use crate::digest::{Digest, md5};
use crate::edit::{Edit, Op};
use crate::fault::{Finding, Level, Place};
use crate::js::{Dialect, Document, Known};
use crate::patch::PatchFile;
use crate::site::{Found, Host, Site};
use crate::surface::{Evidence, carriers};
use crate::target::{self, target};
use crate::text::Text;
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
    },
    /// Everything as it was.
    Shipped,
}

/// Makes the plan.
#[must_use]
pub fn plan(input: &Input<'_>) -> Plan {
    let Site { interface_config, hosts, .. } = input.site;
    let (shared, hosts) = beside(
        || collected(|findings| opened(input, interface_config, Kind::InterfaceConfig, findings)),
        || collected(|findings| hosts.iter().map(|host| opened_host(input, host, findings)).collect()),
    );
    let (shared, mut findings): (Opened, _) = shared;
    let (hosts, found): (Vec<(&str, &Found, Opened)>, _) = hosts;
    findings.extend(found);
    let recorded = kept_base(input, &shared);
    let dated = shared.document.as_ref().and_then(|document| dating(input.site, document, recorded));
    let day = dated.as_ref().map(|dated| dated.day);
    if matches!(input.goal, Goal::Branded { .. }) {
        findings.extend(unproven(input, &shared, day));
    }
    let mut wished = wished(input, &shared, &hosts, day);
    findings.append(&mut wished.findings);
    let manifest = manifest(input, &wished.manifest, &mut findings);
    let icons = manifest.as_ref().and_then(|(_, opened)| icons(opened.document.as_ref()?));
    let title = title(input, &mut findings);
    let uses = Uses {
        has_key: &|surface| has_key(&shared, &hosts, day, surface),
        is_set: &|key| is_set(&shared, &wished.interface_config, key),
        link: &|selector| title.as_ref()?.link(selector),
        icons: icons.as_deref(),
    };
    let placed = placed(input, &uses);
    if let Some(manifest) = manifest.as_ref().and_then(|(_, opened)| opened.document.as_ref()) {
        icon_edits(&placed, manifest, &mut wished.manifest);
    }
    let host_plan = |(host, file, opened): (&str, _, _), findings: &mut _| {
        let edits = wished.hosts.get(host).cloned().unwrap_or_default();
        file_plan(input, file, opened, &edits, findings)
    };
    let ((shared, found), (mut files, others)): (_, (Vec<FilePlan>, _)) = beside(
        || collected(|found| file_plan(input, interface_config, shared, &wished.interface_config, found)),
        || collected(|found| hosts.into_iter().map(|host| host_plan(host, found)).collect()),
    );
    files.push(shared);
    findings.extend(found.into_iter().chain(others));
    files.extend(
        manifest.map(|(found, opened)| file_plan(input, found, opened, &wished.manifest, &mut findings)),
    );
    files.extend(title.map(|title| title.plan(input.site, &placed, &mut findings)));
    findings.extend(bases(input, &files));
    files.extend(pictures(input, &placed, &mut findings));
    files.sort_by(|one, other| one.path.cmp(&other.path));
    order(&mut findings);
    Plan { files, findings, not_here: wished.not_here, dating: dated }
}

/// What both come to; the first is done beside the second. One file of two is parsed and proven while the other is.
fn beside<A: Send, B>(first: impl FnOnce() -> A + Send, second: impl FnOnce() -> B) -> (A, B) {
    std::thread::scope(|scope| {
        let first = scope.spawn(first);
        let second = second();
        (first.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)), second)
    })
}

/// What `make` comes to, with the findings it has.
fn collected<R>(make: impl FnOnce(&mut Vec<Finding>) -> R) -> (R, Vec<Finding>) {
    let mut findings = Vec::new();
    let result = make(&mut findings);
    (result, findings)
}

/// The digest of the shipped file that was kept, for one that was edited by hand since.
fn kept_base<'i>(input: &Input<'i>, shared: &Opened) -> Option<&'i Digest> {
    let drifted = shared.base.as_ref().is_some_and(|base| base.past == Past::Drifted);
    let receipt = input.receipt.filter(|_| drifted)?;
    receipt.files.get(&input.site.interface_config.path)?.base.as_ref()
}

/// A file with its base.
pub(super) struct Opened {
    pub(super) base: Option<Base>,
    pub(super) base_is: BaseIs,
    pub(super) document: Option<Document>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    InterfaceConfig,
    Config,
    Manifest,
}

impl Kind {
    pub(super) fn dialect(self) -> Dialect {
        match self {
            Kind::InterfaceConfig => Dialect::Script(ConfigFile::InterfaceConfig.variable()),
            Kind::Config => Dialect::Script(ConfigFile::Config.variable()),
            Kind::Manifest => Dialect::Json,
        }
    }
}

/// Reads the base of `found`; what is wrong with it goes to `findings`.
fn opened(input: &Input<'_>, found: &Found, kind: Kind, findings: &mut Vec<Finding>) -> Opened {
    let base_is = base_is(found, kind);
    let mut refuse = |finding: Finding| {
        findings.push(finding);
        Opened { base: None, base_is, document: None }
    };
    let path = &found.path;
    let actual = match Text::from_bytes(&found.bytes) {
        Ok(actual) => actual,
        Err(error) => {
            let hint = "save the file as UTF-8, or install the package again";
            return refuse(Finding::new(Level::Error, format!("`{path}` {error}")).hint(hint));
        }
    };
    let receipt = input.receipt.and_then(|receipt| receipt.files.get(path));
    let kept = receipt.and_then(|receipt| receipt.base.as_ref()).and_then(|digest| input.kept.get(digest));
    let kept = kept.and_then(|bytes| Text::from_bytes(bytes).ok());
    let is_shipped = base_is == BaseIs::Known;
    let kind_is = kind.dialect();
    let base = match base(
        &actual,
        found.bytes.digest(),
        kind_is,
        receipt,
        kept.as_ref(),
        is_shipped,
        input.overwrite_drift,
    ) {
        Ok(base) => base,
        Err(error) => {
            let hint = "`--overwrite-drift` writes the file anew from the one that was kept";
            return refuse(Finding::new(Level::Error, format!("`{path}` {error}")).hint(hint));
        }
    };
    let base_is = match (base.past, receipt) {
        (Past::Unchanged | Past::Reset | Past::Drifted, Some(receipt)) => receipt.base_is,
        _ => base_is,
    };
    match Document::parse(base.text.clone(), kind.dialect()) {
        Ok(document) => Opened { base: Some(base), base_is, document: Some(document) },
        Err(error) => {
            let finding = Finding::new(Level::Error, format!("`{path}` {error}"));
            refuse(finding.at(&Place::of(path.as_str(), &base.text, error.span())).hint(parse_hint(&error)))
        }
    }
}

fn opened_host<'h>(
    input: &Input<'_>,
    host: &'h Host,
    findings: &mut Vec<Finding>,
) -> (&'h str, &'h Found, Opened) {
    (&host.name, &host.file, opened(input, &host.file, Kind::Config, findings))
}

fn parse_hint(error: &crate::js::Error) -> &'static str {
    match error {
        crate::js::Error::Template { .. } => {
            "give `--root` a server's own files, after its deployment tool made them"
        }
        crate::js::Error::Syntax { .. } => {
            "visitors get a blank page from this file; mend it, or install it again"
        }
        crate::js::Error::TooDeep { .. } => "no file of Jitsi Meet nests like that; install it again",
        crate::js::Error::NoRoot { .. } => {
            "it is not the file that Jitsi Meet expects there; install it again"
        }
    }
}

/// What is known of `found` as it is now.
fn base_is(found: &Found, kind: Kind) -> BaseIs {
    let by_digest = || kind == Kind::InterfaceConfig && catalogue::shipped_on(found.bytes.digest()).is_some();
    match &found.package_md5 {
        _ if kind == Kind::Config => BaseIs::InPlace,
        Some(sum) if *sum == md5(&found.bytes) => BaseIs::Known,
        _ if by_digest() => BaseIs::Known,
        _ => BaseIs::Assumed,
    }
}

fn wished(input: &Input<'_>, shared: &Opened, hosts: &[(&str, &Found, Opened)], day: Option<Date>) -> Wishes {
    let (Goal::Branded { brand, patches, pictures }, Some(document)) = (&input.goal, &shared.document) else {
        return Wishes::default();
    };
    let served = |picture: &Picture| {
        let part = picture.artifact.parts.first().filter(|_| picture.artifact.fact.is_named_by_keys())?;
        Some((part.source.clone(), picture.served()?))
    };
    let logos = pictures.iter().filter_map(served).collect();
    let hosts = hosts.iter().map(|(name, _, opened)| (*name, opened.document.as_ref())).collect();
    wishes(&Documents { interface_config: document, hosts, day }, brand, patches, &logos)
}

/// Plans a configuration file.
fn file_plan(
    input: &Input<'_>,
    found: &Found,
    opened: Opened,
    edits: &FileEdits,
    findings: &mut Vec<Finding>,
) -> FilePlan {
    let actual = Some(found.bytes.clone());
    let (Some(base), Some(document)) = (opened.base, opened.document) else {
        return refused(found, opened.base_is, Past::New, Vec::new());
    };
    let Base { text, past, collisions } = base;
    let wanted: Vec<&Edit> = edits.spliced.iter().chain(&edits.overlaid).collect();
    let clashes = clashing(&collisions, &wanted, input.overwrite_drift);
    if !clashes.is_empty() {
        findings.extend(clashes.iter().map(|clash| clash_finding(found, clash)));
        return refused(found, opened.base_is, past, collisions);
    }
    match target(&found.path, &document, &edits.spliced, &edits.overlaid, &edits.origin) {
        Ok(made) => {
            findings.extend(target::findings(&found.path, &document, &made.changes));
            findings.extend(idle(&made.changes, edits));
            if document.variable() == ConfigFile::Config.variable() {
                let edited = made.edited.as_ref().unwrap_or(&document);
                findings.extend(dynamic_branding(input, &found.path, edited));
            }
            let target = Some(content(made.text, &found.bytes));
            let action = if target == actual { Action::Keep } else { Action::Write };
            let base = Some(content(text, &found.bytes));
            let path = found.path.clone();
            let base_is = accepted(input, opened.base_is, past);
            FilePlan { path, actual, base, target, base_is, past, action, changes: made.changes, collisions }
        }
        Err(refusals) => {
            findings.extend(refusals);
            refused(found, opened.base_is, past, collisions)
        }
    }
}

/// `text` as a file: the one that was `found`, if it is the same.
fn content(text: Text, found: &Content) -> Content {
    if text.as_str().as_bytes() == &**found { found.clone() } else { Content::from(text) }
}

fn accepted(input: &Input<'_>, base_is: BaseIs, past: Past) -> BaseIs {
    let is_accepted = input.accept_base && base_is == BaseIs::Assumed && past == Past::New;
    if is_accepted { BaseIs::Accepted } else { base_is }
}

fn refused(found: &Found, base_is: BaseIs, past: Past, collisions: Vec<Collision>) -> FilePlan {
    let actual = Some(found.bytes.clone());
    let (path, action, changes) = (found.path.clone(), Action::Refuse, Vec::new());
    FilePlan {
        path,
        base: actual.clone(),
        target: actual.clone(),
        actual,
        base_is,
        past,
        action,
        changes,
        collisions,
    }
}

/// The collisions in which the brand still wants something else than what somebody wrote.
fn clashing<'c>(collisions: &'c [Collision], wanted: &[&Edit], overwrite: bool) -> Vec<&'c Collision> {
    let agrees = |collision: &Collision, edit: &Edit| match &edit.op {
        crate::edit::Op::Set(value) => collision.theirs.as_ref() == Some(value),
        _ => false,
    };
    let clashes = |collision: &&Collision| {
        wanted.iter().any(|edit| edit.at == collision.edit.at && !agrees(collision, edit))
    };
    if overwrite { Vec::new() } else { collisions.iter().filter(clashes).collect() }
}

/// `manifest.json` with its base, if something is wanted of it, or was.
fn manifest<'i>(
    input: &Input<'i>,
    edits: &FileEdits,
    findings: &mut Vec<Finding>,
) -> Option<(&'i Found, Opened)> {
    let is_patched = !edits.spliced.is_empty() || !edits.overlaid.is_empty();
    let Some(found) = &input.site.manifest else {
        if is_patched {
            findings
                .push(Finding::new(Level::Warning, "`manifest.json` is not here, so its patch is skipped"));
        }
        return None;
    };
    let is_ours = input.receipt.is_some_and(|receipt| receipt.files.contains_key(&found.path));
    let is_wanted = is_patched || is_ours || wanted(input).iter().any(Picture::is_icon);
    is_wanted.then(|| (found, opened(input, found, Kind::Manifest, findings)))
}

/// Whether a host here has a key for `surface`.
fn has_key(shared: &Opened, hosts: &[(&str, &Found, Opened)], day: Option<Date>, surface: &str) -> bool {
    let Some(interface_config) = &shared.document else { return false };
    let Some(surface) = catalogue::surface(surface) else { return false };
    let surface = BrandSurface { keys: surface.keys().cloned().collect(), surface, unless: None };
    let configs = hosts.iter().map(|(_, _, opened)| opened.document.as_ref()).chain([None]);
    configs
        .into_iter()
        .any(|config| !carriers(Evidence { interface_config, config, day }, &surface).is_empty())
}

/// Whether `key` of `interface_config.js` is true, or will be.
fn is_set(shared: &Opened, edits: &FileEdits, key: &str) -> bool {
    let at = KeyPath::dotted(key);
    match edits.spliced.iter().chain(&edits.overlaid).rfind(|edit| edit.at == at) {
        Some(edit) => edit.op == Op::Set(Value::Bool(true)),
        None => shared.document.as_ref().and_then(|document| document.value(&at)) == Some(&Known::Bool(true)),
    }
}
