//! `check --url`: what a visitor is really served.

use std::collections::BTreeSet;

use super::open::{Context, Opened, Trouble, open};
use crate::catalogue::ConfigFile;
use crate::content::Content;
use crate::fault::{Finding, Level};
use crate::host::fetch::{Reply, Visit};
use crate::js::{Dialect, Document, Known as Value};
use crate::plan::Plan;
use crate::served::reference::{self, Reference};
use crate::served::{self, Known, Told};
use crate::site::Host;
use crate::value::KeyPath;

/// What a visitor got.
pub struct Visited {
    /// The address of the page.
    pub address: String,
    /// How many addresses were asked.
    pub asked: usize,
    /// What a visitor does not get.
    pub findings: Vec<Finding>,
}

/// Visits the site at `address` as anybody would, and compares what comes with what should.
///
/// # Errors
/// When the site or the project cannot be read, or no server answers.
pub fn visit(context: &Context, address: &str) -> Result<Visited, Trouble> {
    let visit = Visit::new(address)?;
    let opened = open(context)?;
    let plan = opened.plan();
    let host = host(&opened, visit.host());
    let mut findings: Vec<Finding> = Vec::new();
    if host.is_none() && !opened.site.hosts.is_empty() {
        findings.push(foreign(&opened, visit.host()));
    }
    if plan.is_refused() {
        let message = "the plan is refused, so not all that should be served is known";
        findings.push(Finding::new(Level::Error, message).hint("`rebrand check` says what is wrong"));
    }
    let known = Known { site: &opened.site, receipt: opened.receipt.as_ref() };
    let questions = served::questions(&plan, &opened.site, host);
    let mut visitor = Visitor { visit: visit.clone(), asked: BTreeSet::new() };
    let mut references: Vec<Reference> = Vec::new();
    for question in &questions {
        let address = visitor.visit.address(&question.name);
        let (told, content_type) = visitor.ask(&address)?;
        findings.extend(served::mistyped(question, &address, content_type.as_deref()));
        findings.extend(served::findings(question, &address, &told, known));
        if let (Told::Bytes(page, _), true) = (&told, question.name.is_empty()) {
            references.extend(reference::pictures(page));
            // Everything that the page names is resolved against what it says.
            let below = reference::base(page).and_then(|base| visit.below(&base));
            visitor.visit = below.unwrap_or(visitor.visit);
        }
    }
    let branding = host.and_then(|host| dynamic_branding(&plan, host));
    if let Some(branding) = branding
        && let Some(Told::Bytes(answer, _)) = visitor.follow(&branding, &mut findings)?
    {
        references.extend(reference::in_branding(&answer));
    }
    for reference in &references {
        visitor.follow(reference, &mut findings)?;
    }
    Ok(Visited { address: visit.address(""), asked: visitor.asked.len(), findings })
}

/// Somebody who looks at the site.
struct Visitor {
    /// What the addresses in its pages are resolved against.
    visit: Visit,
    /// What was asked for.
    asked: BTreeSet<String>,
}

impl Visitor {
    /// The answer for `address`, and what the server says that it is.
    fn ask(&mut self, address: &str) -> Result<(Told, Option<String>), Trouble> {
        self.asked.insert(address.to_owned());
        Ok(match self.visit.ask(address)? {
            Reply::Served { bytes, content_type, traces } => {
                (Told::Bytes(Content::from(bytes), traces), content_type)
            }
            Reply::Status(status) => (Told::Status(status), None),
            Reply::Unusable(reason) => (Told::Unusable(reason), None),
        })
    }

    /// The answer for `reference`, if it leads to this server. That nothing comes is told if it was not asked for before.
    fn follow(
        &mut self,
        reference: &Reference,
        findings: &mut Vec<Finding>,
    ) -> Result<Option<Told>, Trouble> {
        let Some(address) = self.visit.resolve(&reference.address) else { return Ok(None) };
        let is_new = !self.asked.contains(&address);
        let (told, _) = self.ask(&address)?;
        findings.extend(reference::missing(reference, &address, &told).filter(|_| is_new));
        Ok(Some(told))
    }
}

/// The answer of dynamic branding for which the client of `host` will ask.
fn dynamic_branding(plan: &Plan, host: &Host) -> Option<Reference> {
    let file = plan.files.iter().find(|file| file.path == host.file.path)?;
    let bytes = file.target.as_ref().or(file.actual.as_ref())?;
    let config = Document::parse(bytes.text().ok()?, Dialect::Script(ConfigFile::Config.variable())).ok()?;
    let key = "dynamicBrandingUrl";
    let address = config.value(&KeyPath::dotted(key)).and_then(Value::to_value)?;
    let address = address.as_str().filter(|address| !address.is_empty())?.to_owned();
    Some(Reference { by: format!("`{key}` of {}", host.name), address })
}

/// The host of this machine that is called `name`, or the only one.
fn host<'o>(opened: &'o Opened, name: &str) -> Option<&'o Host> {
    let hosts = &opened.site.hosts;
    let only = || if let [only] = hosts.as_slice() { Some(only) } else { None };
    hosts.iter().find(|host| host.name.eq_ignore_ascii_case(name)).or_else(only)
}

fn foreign(opened: &Opened, name: &str) -> Finding {
    let names: Vec<&str> = opened.site.hosts.iter().map(|host| host.name.as_str()).collect();
    let message = format!("`{name}` is none of the hosts here, so its `config.js` cannot be judged");
    Finding::new(Level::Error, message).hint(format!("the hosts here are {}", names.join(", ")))
}
