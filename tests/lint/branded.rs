//! A site that this program branded makes no mistake that its owner did not ask for.

use std::collections::{BTreeMap, HashMap};

use rebrand::brand::Brand;
use rebrand::catalogue::{ConfigFile, Severity};
use rebrand::content::Content;
use rebrand::edit::Op;
use rebrand::lint::{Mistake, Outcome, mistakes};
use rebrand::path::SitePath;
use rebrand::plan::{Goal, Input, Plan, plan};
use rebrand::site::{Found, Host, Site};
use rebrand::text::Text;

use crate::stock::{Version, versions};
use crate::{HOST, read};

const BRAND: &str = r##"
[brand]
name     = "Public Code Meet"
provider = "Foundation for Public Code"
home     = "https://publiccode.net/"
support  = "https://publiccode.net/contact"
[people]
remote = "fellow Public Coder"
local  = "myself"
[logo]
source = "https://publiccode.net/logo.svg"
show   = false
[colors]
background = "#1b1b1b"
"##;

#[test]
fn no_branded_site_makes_a_mistake() {
    let versions = versions();
    for client in &versions {
        for config in versions.iter().filter(|config| config.name <= client.name) {
            let found = branded(client, config);
            let told = found.iter().filter(|mistake| mistake.severity != Severity::Info);
            // Nothing writes the page's title yet.
            let told: Vec<_> = told.filter(|mistake| mistake.id != "app-name-left-in-title").collect();
            assert!(told.is_empty(), "{} with {}: {told:#?}", client.name, config.name);
        }
    }
}

fn branded(client: &Version, config: &Version) -> Vec<Mistake> {
    let site = Site {
        interface_config: found("usr/share/jitsi-meet/interface_config.js", &client.interface_config),
        hosts: vec![Host {
            name: HOST.to_owned(),
            file: found(&format!("etc/jitsi/meet/{HOST}-config.js"), &config.config),
        }],
        manifest: None,
        title: None,
        web_version: None,
        build: None,
        others: BTreeMap::new(),
    };
    let brand = Brand::parse("brand/brand.toml", &Text::from(BRAND)).unwrap();
    let goal = Goal::Branded { brand: &brand, patches: &[], pictures: &[] };
    let kept = HashMap::new();
    let plan = plan(&Input {
        site: &site,
        receipt: None,
        kept: &kept,
        goal,
        accept_base: false,
        overwrite_drift: false,
    });
    assert!(!plan.is_refused(), "{:#?}", plan.findings);
    judged(&plan, client)
}

fn judged(plan: &Plan, client: &Version) -> Vec<Mistake> {
    let file = |end: &str| plan.files.iter().find(|file| file.path.as_str().ends_with(end)).unwrap();
    let (shared, own) = (file("/interface_config.js"), file("-config.js"));
    let text = |content: &Option<Content>| String::from_utf8(content.as_ref().unwrap().to_vec()).unwrap();
    let document = |content, file| read(&text(content), file);
    let wished = [(ConfigFile::InterfaceConfig, shared), (ConfigFile::Config, own)].map(|(of, file)| {
        let set = file.changes.iter().filter_map(move |change| match &change.edit.op {
            Op::Set(value) => Some((of, change.edit.at.clone(), value.clone())),
            _ => None,
        });
        set.collect::<Vec<_>>()
    });
    let title = Text::from(client.title.as_str());
    mistakes(&Outcome {
        interface_config: &document(&shared.target, ConfigFile::InterfaceConfig),
        shipped_interface_config: &document(&shared.base, ConfigFile::InterfaceConfig),
        hosts: vec![(HOST, &document(&own.target, ConfigFile::Config))],
        bases: vec![(HOST, &document(&own.base, ConfigFile::Config))],
        assets: vec![("title.html", &title)],
        missing: rebrand::lint::asked_for(),
        wished: wished.concat(),
        day: plan.dating.as_ref().map(|dating| dating.day),
    })
}

fn found(path: &str, source: &str) -> Found {
    Found { path: SitePath::new(path).unwrap(), bytes: Content::from(Text::from(source)), package_md5: None }
}
