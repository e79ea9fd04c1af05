//! `check --url`: what a visitor is really served.

use super::open::{Context, Opened, Trouble, open};
use crate::content::Content;
use crate::fault::{Finding, Level};
use crate::host::fetch::{Reply, Visit};
use crate::served::{self, Known, Told};
use crate::site::Host;

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
    for question in &questions {
        let told = match visit.ask(&question.name)? {
            Reply::Served { bytes, content_type, traces } => {
                findings.extend(served::mistyped(
                    question,
                    &visit.address(&question.name),
                    content_type.as_deref(),
                ));
                Told::Bytes(Content::from(bytes), traces)
            }
            Reply::Status(status) => Told::Status(status),
            Reply::Unusable(reason) => Told::Unusable(reason),
        };
        findings.extend(served::findings(question, &visit.address(&question.name), &told, known));
    }
    Ok(Visited { address: visit.address(""), asked: questions.len(), findings })
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
