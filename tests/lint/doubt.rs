//! What nobody can tell is no mistake, and a file may be evidence where no day is known.

use rebrand::catalogue::ConfigFile::{Config, InterfaceConfig};
use rebrand::lint::{Outcome, mistakes};

use crate::{read, site};

#[test]
fn a_client_of_no_known_day_is_given_the_benefit_of_the_doubt() {
    let config =
        "prejoinPageEnabled: false, defaultLocalDisplayName: 'myself', deeplinking: { hideLogo: true }";
    let ids = site("NATIVE_APP_NAME: 'Ours', APP_NAME: 'Ours'", config).undated().ids();
    assert_eq!(ids, Vec::<String>::new());
}

#[test]
fn what_upstream_documents_tells_the_age_too() {
    let documented =
        "var config = {\n    // defaultLocalDisplayName: 'me',\n\n    // prejoinConfig: {\n    // },\n";
    let files = site("", "").config(&format!(
        "{documented}    defaultLocalDisplayName: 'myself',\n    prejoinPageEnabled: false\n}};"
    ));
    assert_eq!(files.undated().ids(), ["local-name-half"], "a successor is shown by its own name only");
    let object = "var config = {\n    // deeplinking: {\n    // },\n    deeplinking: { hideLogo: true }\n};";
    let files = site("APP_NAME: 'Ours'", "").config(object).undated();
    assert_eq!(files.ids(), ["app-name-left-in-deeplinking"]);
}

#[test]
fn a_value_that_only_running_tells_is_no_mistake() {
    let computed = "var config = { deeplinking: window.links, disableDeepLinking: location.hash === '#x' };";
    assert_eq!(site("MOBILE_APP_PROMO: false", "").config(computed).ids(), Vec::<String>::new());
    let merged = "var config = { a: 1 };\nObject.assign(config, window.more);";
    assert_eq!(site("MOBILE_APP_PROMO: false", "").config(merged).ids(), Vec::<String>::new());
}

#[test]
fn a_key_of_somebody_is_told_once() {
    let found = site("LIVE_STREAMING_HELP_LINK: 'https://example.org'", "").mistakes();
    assert_eq!(found.len(), 1, "a lint of its own speaks of it: {found:#?}");
    let found = site("", "callStatsConfigParams: { collectIP: true, siteID: 'x' }").mistakes();
    let keys: Vec<String> = found.iter().map(|mistake| mistake.keys[0].1.to_string()).collect();
    assert_eq!(keys, ["callStatsConfigParams"], "not its members too");
    let ids = site("SHOW_DEEP_LINKING_IMAGE: true", "").ids();
    assert_eq!(ids, ["not-translated"], "and not that nobody reads it");
}

#[test]
fn hosts_that_share_a_mistake_make_it_once() {
    let (before, after) = ("var interfaceConfig = {};", "var interfaceConfig = { MOBILE_APP_PROMO: false };");
    let (shipped, shared) = (read(before, InterfaceConfig), read(after, InterfaceConfig));
    let (on, off) =
        (read("var config = {};", Config), read("var config = { disableDeepLinking: true };", Config));
    let outcome = |second| Outcome {
        interface_config: Some(&shared),
        shipped_interface_config: Some(&shipped),
        hosts: vec![("one", &on), ("two", second)],
        bases: vec![("one", &on), ("two", second)],
        assets: Vec::new(),
        missing: Vec::new(),
        wished: Vec::new(),
        day: None,
    };
    let of = |second| mistakes(&outcome(second)).into_iter().map(|mistake| mistake.host).collect::<Vec<_>>();
    assert_eq!(of(&off), [Some("one".to_owned())]);
    assert_eq!(of(&on), [None]);
}

#[test]
fn a_site_without_hosts_is_judged_by_what_is_there() {
    let shared =
        read("var interfaceConfig = { MOBILE_APP_PROMO: false, SUPPORT_URL: 'x.org' };", InterfaceConfig);
    let outcome = Outcome {
        interface_config: Some(&shared),
        shipped_interface_config: Some(&shared),
        hosts: Vec::new(),
        bases: Vec::new(),
        assets: Vec::new(),
        missing: Vec::new(),
        wished: Vec::new(),
        day: None,
    };
    let ids: Vec<String> = mistakes(&outcome).into_iter().map(|mistake| mistake.id).collect();
    assert_eq!(ids, ["link-without-scheme"]);
}
