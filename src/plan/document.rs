//! Files that are edited key by key, `interface_config.js`, the hosts' own and JSON: their base, and their plan.

use super::make::{Goal, Input};
use super::receipt::{BaseIs, Whole};
use super::remarks::{clash_finding, dynamic_branding, idle};
use super::wishes::FileEdits;
use super::{Action, FilePlan};
use crate::base::{Base, Collision, Past, base};
use crate::catalogue::{self, ConfigFile};
use crate::content::Content;
use crate::digest::md5;
use crate::edit::Edit;
use crate::fault::{Finding, Level, Place};
use crate::js::{Dialect, Document, How};
use crate::site::{Found, Host, PICTURES, Shipped};
use crate::target::{self, KeyChange, target};
use crate::text::Text;
use crate::value::Value;

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
    Strings,
}

impl Opened {
    /// A file that was not read.
    pub(super) fn nothing() -> Self {
        Opened { base: None, base_is: BaseIs::Assumed, document: None }
    }
}

impl Kind {
    /// What becomes of the client while a file of this kind does not parse.
    fn when_broken(self) -> &'static str {
        match self {
            Kind::InterfaceConfig | Kind::Config => {
                "visitors get a blank page from this file until it is mended"
            }
            Kind::Manifest => {
                "browsers ignore such a file: nobody can install the client as an app until it is mended"
            }
            Kind::Strings => "the client says English instead of this language until the file is mended",
        }
    }

    pub(super) fn dialect(self) -> Dialect {
        match self {
            Kind::InterfaceConfig => Dialect::Script(ConfigFile::InterfaceConfig.variable()),
            Kind::Config => Dialect::Script(ConfigFile::Config.variable()),
            Kind::Manifest | Kind::Strings => Dialect::Json,
        }
    }
}

/// Reads the base of `found`; what is wrong with it goes to `findings`.
pub(super) fn opened(input: &Input<'_>, found: &Found, kind: Kind, findings: &mut Vec<Finding>) -> Opened {
    let base_is = base_is(found, kind);
    let mut refuse = |finding: Finding| {
        findings.push(finding);
        Opened { base: None, base_is, document: None }
    };
    let path = &found.path;
    let actual = match found.package().text() {
        Ok(actual) => actual,
        Err(error) => {
            let hint = "save the file as UTF-8";
            return refuse(Finding::new(Level::Error, format!("`{path}` {error}")).hint(hint));
        }
    };
    let receipt = input.receipt.and_then(|receipt| receipt.files.get(path));
    let kept = receipt.and_then(|receipt| receipt.base.as_ref()).and_then(|digest| input.kept.get(digest));
    let kept = kept.and_then(|bytes| bytes.text().ok());
    let is_shipped = base_is == BaseIs::Known;
    let (kind_is, overwrite) = (kind.dialect(), input.overwrite_drift);
    let based = match &found.shipped {
        Shipped::Beside(shipped) => {
            let past = Past::of_diverted(&found.bytes, shipped.as_ref(), receipt);
            Ok(Base { text: actual, past, collisions: Vec::new() })
        }
        _ => base(&actual, found.bytes.digest(), kind_is, receipt, kept.as_ref(), is_shipped, overwrite),
    };
    let base = match based {
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
        // Given back whole, it need not be understood.
        Err(_) if is_given_back_whole(input, found) => Opened { base: Some(base), base_is, document: None },
        Err(error) => {
            let finding = Finding::new(Level::Error, format!("`{path}` {error}"));
            refuse(
                finding
                    .at(&Place::of(path.as_str(), &base.text, error.span()))
                    .hint(parse_hint(kind, &error, found)),
            )
        }
    }
}

/// Whether the package's own file, which lies beside it, only takes its place again.
fn is_given_back_whole(input: &Input<'_>, found: &Found) -> bool {
    matches!(input.goal, Goal::Shipped) && matches!(found.shipped, Shipped::Beside(Some(_)))
}

/// As `opened`, for the file of a host.
pub(super) fn opened_host<'h>(
    input: &Input<'_>,
    host: &'h Host,
    findings: &mut Vec<Finding>,
) -> (&'h str, &'h Found, Opened) {
    let mut found = Vec::new();
    let opened = opened(input, &host.file, Kind::Config, &mut found);
    findings.extend(found.into_iter().map(|finding| as_told(input, finding)));
    (&host.name, &host.file, opened)
}

/// As `file_plan`, for the file of a host. Where that is wished, one that cannot be edited stays as it is.
pub(super) fn host_plan(
    input: &Input<'_>,
    found: &Found,
    opened: Opened,
    edits: &FileEdits,
    findings: &mut Vec<Finding>,
) -> Planned {
    let mut told = Vec::new();
    let mut planned = file_plan(input, found, opened, edits, &mut told);
    if planned.plan.action != Action::Refuse || !input.leaves_broken() {
        findings.extend(told);
        return planned;
    }
    planned.plan.action = Action::Leave;
    findings.extend(told.into_iter().map(|finding| as_told(input, finding)));
    let message = format!("`{}` cannot be edited, so it stays as it is", found.path);
    findings.push(Finding::new(Level::Warning, message).hint("mend it, and run it again"));
    planned
}

/// What keeps nothing else from it is a warning.
pub(super) fn as_told(input: &Input<'_>, finding: Finding) -> Finding {
    let level = if input.leaves_broken() { Level::Warning.max(finding.level) } else { finding.level };
    Finding { level, ..finding }
}

/// What is to be done about a file of this `kind` that is not understood.
fn parse_hint(kind: Kind, error: &crate::js::Error, found: &Found) -> &'static str {
    use crate::js::Error;
    match error {
        Error::Template { .. } => "give `--root` a server's own files, after its deployment tool made them",
        Error::Syntax { .. } if matches!(found.shipped, Shipped::Beside(Some(_))) => {
            "visitors keep getting the branded one of before until the package brings one that parses"
        }
        Error::Syntax { .. } => kind.when_broken(),
        Error::TooDeep { .. } => "no file of Jitsi Meet nests like that",
        Error::Lexical { .. } => "write `var` in its place",
        Error::Marker { .. } => "take that line out of the object: what it decides can follow as a statement",
        Error::Included { .. } => {
            "leave it as it is, and edit what it includes; to brand it here, put that text in the place of its line"
        }
        Error::NoRoot { .. } => "it is not the file that Jitsi Meet expects there",
    }
}

/// What is known of `found` as it is now.
fn base_is(found: &Found, kind: Kind) -> BaseIs {
    let bytes = found.package();
    let by_digest = || kind == Kind::InterfaceConfig && catalogue::shipped_on(bytes.digest()).is_some();
    match &found.package_md5 {
        _ if kind == Kind::Config => BaseIs::InPlace,
        Some(sum) if *sum == md5(bytes) => BaseIs::Known,
        _ if by_digest() => BaseIs::Known,
        _ => BaseIs::Assumed,
    }
}

/// A file with its plan, and what it says before and after.
pub(super) struct Planned {
    pub(super) plan: FilePlan,
    /// Its base; none if it is refused.
    pub(super) before: Option<Document>,
    /// What it will say; none if it is refused, or says what its base says.
    pub(super) edited: Option<Document>,
}

impl Planned {
    /// What the file will say.
    pub(super) fn after(&self) -> Option<&Document> {
        self.edited.as_ref().or(self.before.as_ref())
    }
}

impl From<FilePlan> for Planned {
    fn from(plan: FilePlan) -> Self {
        Planned { plan, before: None, edited: None }
    }
}

/// Plans a configuration file.
pub(super) fn file_plan(
    input: &Input<'_>,
    found: &Found,
    opened: Opened,
    edits: &FileEdits,
    findings: &mut Vec<Finding>,
) -> Planned {
    let actual = Some(found.bytes.clone());
    let (base, document) = match (opened.base, opened.document) {
        (Some(base), Some(document)) => (base, document),
        (Some(base), None) => return given_back(input, found, base, opened.base_is).into(),
        (None, _) => return refused(found, opened.base_is, Past::New, Vec::new()).into(),
    };
    let Base { text, past, collisions } = base;
    let wanted: Vec<&Edit> = edits.spliced.iter().chain(&edits.overlaid).collect();
    let clashes = clashing(&collisions, &wanted, input.overwrite_drift);
    if !clashes.is_empty() {
        findings.extend(clashes.iter().map(|clash| clash_finding(found, clash)));
        return refused(found, opened.base_is, past, collisions).into();
    }
    match target(&found.path, &document, &edits.spliced, &edits.overlaid, &edits.origin) {
        Ok(made) => {
            findings.extend(target::findings(&found.path, &document, &made.changes));
            findings.extend(made.notes);
            findings.extend(idle(&made.changes, edits));
            if document.variable() == ConfigFile::Config.variable() {
                let edited = made.edited.as_ref().unwrap_or(&document);
                findings.extend(dynamic_branding(input, &found.path, edited));
            }
            let target = Some(content(made.text, input, found));
            let action = if target == actual { Action::Keep } else { Action::Write };
            let base = Some(content(text, input, found));
            let path = found.path.clone();
            let base_is = known(input, opened.base_is, past, &made.changes);
            let (changes, standing, whole) = (made.changes, Vec::new(), Whole::default());
            let plan = FilePlan {
                path,
                actual,
                base,
                target,
                base_is,
                past,
                action,
                changes,
                standing,
                collisions,
                whole,
            };
            Planned { plan, before: Some(document), edited: made.edited }
        }
        Err(refusals) => {
            findings.extend(refusals);
            refused(found, opened.base_is, past, collisions).into()
        }
    }
}

/// `text` as a file: the one that was `found`, or is kept, if it is the same, for that is hashed already.
fn content(text: Text, input: &Input<'_>, found: &Found) -> Content {
    let receipt = input.receipt.and_then(|receipt| receipt.files.get(&found.path));
    let kept = receipt.and_then(|receipt| input.kept.get(receipt.base.as_ref()?));
    let mut known = [Some(&found.bytes), Some(found.package()), kept].into_iter().flatten();
    let same = known.find(|same| text.as_str().as_bytes() == &***same);
    same.cloned().unwrap_or_else(|| Content::from(text))
}

/// How the base is known of a file that is looked into for the first time.
fn known(input: &Input<'_>, base_is: BaseIs, past: Past, changes: &[KeyChange]) -> BaseIs {
    // Owners write such words too, and what stands there is then theirs: only what else is left of us tells.
    let was_here = || input.receipt.is_none() && input.site.has_traces();
    let is_ours = |text: &str| text.trim_start_matches('/').starts_with(PICTURES) || was_here();
    let is_branded = |change: &KeyChange| {
        change.change.how == How::Already
            && matches!(&change.new, Some(Value::String(text)) if !text.is_empty() && is_ours(text))
    };
    match base_is {
        _ if past != Past::New => base_is,
        BaseIs::Assumed if input.accept_base => BaseIs::Accepted,
        BaseIs::InPlace if changes.iter().any(is_branded) => BaseIs::Branded,
        _ => base_is,
    }
}

fn given_back(input: &Input<'_>, found: &Found, base: Base, base_is: BaseIs) -> FilePlan {
    let bytes = Some(content(base.text, input, found));
    let plan = refused(found, base_is, base.past, Vec::new());
    FilePlan { action: Action::Write, base: bytes.clone(), target: bytes, ..plan }
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
        standing: Vec::new(),
        collisions,
        whole: Whole::default(),
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
