//! A site that this program branded makes no mistake that its owner did not ask for.

use std::collections::{BTreeMap, HashMap};

use rebrand::brand::Brand;
use rebrand::catalogue::Severity;
use rebrand::content::Content;
use rebrand::lint::Mistake;
use rebrand::path::SitePath;
use rebrand::plan::{Goal, Input, plan};
use rebrand::site::{Found, Host, Site};
use rebrand::text::Text;

use crate::HOST;
use crate::stock::{Version, versions};

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
            let told: Vec<_> = told.collect();
            assert!(told.is_empty(), "{} with {}: {told:#?}", client.name, config.name);
        }
    }
}

fn branded(client: &Version, config: &Version) -> Vec<Mistake> {
    let site = Site {
        interface_config: Some(found("usr/share/jitsi-meet/interface_config.js", &client.interface_config)),
        hosts: vec![Host {
            name: HOST.to_owned(),
            file: found(&format!("etc/jitsi/meet/{HOST}-config.js"), &config.config),
        }],
        manifest: None,
        pages: vec![found("usr/share/jitsi-meet/title.html", &client.title)],
        languages: BTreeMap::new(),
        english: None,
        index: None,
        base: "/".to_owned(),
        web_version: None,
        build: None,
        gone: vec![],
        dangling: vec![],
        others: BTreeMap::new(),
    };
    let brand = Brand::parse("brand/brand.toml", &Text::from(BRAND)).unwrap();
    let sources = BTreeMap::new();
    let goal = Goal::Branded { brand: &brand, patches: &[], pictures: &[], diffs: &[], sources: &sources };
    let kept = HashMap::new();
    let plan = plan(&Input {
        site: &site,
        receipt: None,
        kept: &kept,
        goal,
        accept_base: false,
        overwrite_drift: false,
        is_unattended: false,
    });
    assert!(!plan.is_refused(), "{:#?}", plan.findings);
    plan.mistakes.into_iter().map(|made| made.mistake).collect()
}

fn found(path: &str, source: &str) -> Found {
    Found {
        path: SitePath::new(path).unwrap(),
        bytes: Content::from(Text::from(source)),
        package_md5: None,
        shipped: rebrand::site::Shipped::Here,
    }
}
