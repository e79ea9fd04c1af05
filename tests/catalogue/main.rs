//! The compiled-in catalogue: every record can be read, and the facts that are easily missed are there.

// Helpers of tests may fail as tests do; clippy's own exception ends at `#[test]`.
#![allow(clippy::unwrap_used, clippy::panic)]

mod lists;
mod mistakes;
mod refresh;
mod sights;
#[path = "../skip/mod.rs"]
mod skip;

use std::fs;
use std::path::{Path, PathBuf};

use ConfigFile::{Config, InterfaceConfig};
use rebrand::catalogue::{
    Carry, Condition, ConfigFile, Date, DefaultValue, Key, KeyTest, Lint, Overridable, Presence, Reader,
    Rule, Search, Severity, When, brand_surfaces, brand_wishes, elsewhere, fate, key, keys, lints, nearest,
    predecessors, predecessors_below, release_of_build, release_on, releases, shipped_on, surface, surfaces,
};
use rebrand::digest::Digest;
use rebrand::value::{KeyPath, Value};
use skip::skip;

// Every record can be read.

#[test]
fn every_key_is_read_and_sorted() {
    for (file, count) in [(InterfaceConfig, 106), (Config, 796)] {
        let paths: Vec<KeyPath> = keys(file).collect();
        assert!(paths.iter().map(KeyPath::to_string).is_sorted_by(|left, right| left < right), "{file}");
        assert_eq!(paths.len(), count);
        for path in &paths {
            let found = known_at(file, path);
            assert_eq!(found.path, *path);
            assert!(found.states.is_sorted_by_key(|state| state.since), "{path}");
            assert!(!found.history().is_empty(), "{path}");
        }
    }
}

#[test]
fn every_newest_default_and_fallback_is_of_its_type() {
    for (file, path) in every_key() {
        let found = known_at(file, &path);
        let by_type = Key { states: Vec::new(), ..found.clone() };
        let newest = found.states.last().filter(|state| state.presence == Presence::Active);
        if let Some(DefaultValue::Literal(value)) = newest.and_then(|state| state.default.as_ref()) {
            assert_eq!(by_type.check(value), Ok(()), "{file} {path}");
            assert!(found.unknown_items(value).is_empty(), "{file} {path}");
        }
        if let Some(value) = &found.fallback {
            assert_eq!(by_type.check(value), Ok(()), "{file} {path}");
        }
    }
}

#[test]
fn what_upstream_once_shipped_is_never_a_mismatch() {
    let muted = known(Config, "startAudioMuted");
    assert_eq!(muted.check(&false.into()), Ok(()), "a boolean in 2015, a number since");
    assert_eq!(muted.check(&true.into()).unwrap_err().to_string(), "takes a number, not `true`");
}

#[test]
fn every_move_is_in_the_index() {
    let mut count = 0;
    for (file, path) in every_key() {
        for to in known_at(file, &path).moved_to {
            count += 1;
            let olds = predecessors(to.file, &to.path);
            let old = olds.iter().find(|old| old.file == file && old.path == path).unwrap();
            assert_eq!((old.since, old.rule, old.carry), (to.since, to.rule, to.carry));
            assert_eq!(old.switched_off_by(), to.switched_off_by());
            known_at(to.file, &to.path);
        }
    }
    assert_eq!(count, 117);
}

#[test]
fn every_surface_lint_and_release_is_read() {
    assert_eq!(surfaces().count(), 30);
    assert_eq!(lints().len(), 25);
    assert_eq!(releases().count(), 118);
    for one in surfaces() {
        assert_eq!(surface(&one.id).as_ref(), Some(&one));
        assert_eq!(one.keys().count() + one.assets().count(), one.targets.len());
        one.keys().for_each(|target| drop(known_at(target.file, &target.path)));
    }
}

#[test]
fn every_shipped_file_is_dated() {
    let Some(upstream) = shared("upstream") else { return };
    let mut months: Vec<PathBuf> =
        fs::read_dir(upstream).unwrap().map(|entry| entry.unwrap().path()).collect();
    months.sort();
    let date = |month: &PathBuf| {
        let bytes = fs::read(month.join("interface_config.js")).unwrap();
        shipped_on(&Digest::of(&bytes)).unwrap_or_else(|| panic!("{}", month.display())).date
    };
    assert!(months.iter().map(date).is_sorted_by(|left, right| left < right));
    assert_eq!(shipped_on(&Digest::of(b"var interfaceConfig = {};")), None);
}

// What not to miss, in the order of the shared catalogue's README.

#[test]
fn a_release_is_looked_up_by_its_source_date() {
    let release = release_of_build(9008).unwrap();
    assert_eq!(
        (release.date, release.source_date, release.exact),
        (day("2026-02-02"), day("2026-01-23"), false)
    );
    assert_eq!(release_of_build(9100).unwrap(), release);
    assert_eq!(release_on(day("2026-01-23")).unwrap(), release);
    assert_ne!(release_on(day("2026-01-22")).unwrap(), release);
    assert_eq!(release_of_build(213), None);
    assert_eq!(release_on(day("2014-10-21")), None);
}

#[test]
fn the_old_live_streaming_link_has_no_effect() {
    let old = known(InterfaceConfig, "LIVE_STREAMING_HELP_LINK");
    assert_eq!((old.read, old.read_until), (Reader::Nobody, Some(day("2022-08-02"))));
    assert_eq!(old.moved_to[0].path, KeyPath::dotted("liveStreaming.helpLink"));
    assert_eq!(old.moved_to[0].rule, Rule::NotTranslated);
}

#[test]
fn eight_old_keys_override_their_successors() {
    let overrides =
        |path: &KeyPath| known_at(Config, path).moved_to.iter().any(|to| to.rule == Rule::OldWins);
    let names: Vec<String> = keys(Config).filter(overrides).map(|path| path.to_string()).collect();
    let expected = "autoCaptionOnRecord disableRemoveRaisedHandOnFocus e2eeLabels hideAddRoomButton \
        liveStreamingEnabled preferredTranscribeLanguage transcribeWithAppLanguage transcribingEnabled";
    assert_eq!(names.join(" "), expected);
}

#[test]
fn an_object_switches_off_all_of_its_old_keys() {
    for (object, count) in [("deeplinking", 7), ("connectionIndicators", 3), ("liveStreaming", 0)] {
        let object = KeyPath::dotted(object);
        let olds = predecessors_below(Config, &object);
        let mut off: Vec<_> =
            olds.iter().filter(|old| old.switched_off_by().as_ref() == Some(&object)).collect();
        off.sort_by_key(|old| &old.path);
        off.dedup_by_key(|old| &old.path);
        assert_eq!(off.len(), count, "{object}");
        assert!(off.iter().all(|old| old.file == InterfaceConfig));
    }
    let olds = predecessors_below(Config, &KeyPath::dotted("liveStreaming"));
    assert_eq!(olds.iter().map(|old| old.rule).collect::<Vec<_>>(), [Rule::OldWins, Rule::NotTranslated]);
    assert_eq!(known(Config, "deeplinking.desktop.appName").fallback, Some("Jitsi Meet".into()));
}

#[test]
fn the_old_switch_still_counts_inside_deeplinking() {
    let olds = predecessors(Config, &KeyPath::dotted("deeplinking.disabled"));
    assert_eq!(olds.len(), 1);
    assert_eq!((olds[0].path.to_string().as_str(), olds[0].rule), ("disableDeepLinking", Rule::NewWins));
    assert_eq!(olds[0].switched_off_by(), None);
    let inverted = predecessors(Config, &KeyPath::dotted("welcomePage.disabled"));
    assert!(inverted.iter().any(|old| old.carry == Carry::Inverted));
}

#[test]
fn an_empty_name_falls_back_and_an_empty_logo_hides() {
    assert_eq!(known(Config, "defaultLocalDisplayName").fallback, Some("me".into()));
    assert_eq!(lint("remote-name-empty").severity, Severity::Warning);
    assert_eq!(lint("local-name-empty").severity, Severity::Warning);
    let logo = known(Config, "defaultLogoUrl");
    assert_eq!(logo.url_overridable, Overridable::Embedded);
    assert!(logo.notes.iter().any(|note| note.contains("hides the logo")));
}

#[test]
fn the_local_name_needs_both_files_and_the_welcome_page_its_own_logo() {
    let local = surface("local-name").unwrap();
    assert_eq!(local.keys().map(|key| key.write_too).collect::<Vec<_>>(), [false, true]);
    assert!(local.keys().all(|key| key.until.is_none()));
    assert!(known(InterfaceConfig, "DEFAULT_WELCOME_PAGE_LOGO_URL").moved_to.is_empty());
    assert_eq!(lint("watermark-welcome").instead.unwrap().file, InterfaceConfig);
}

#[test]
fn phones_are_locked_out_only_while_deep_linking_is_on() {
    let lockout = lint("mobile-promo-lockout");
    let When::Holds(Condition::All(all)) = &lockout.when else { panic!("{lockout:?}") };
    let (path, is) = (KeyPath::dotted("MOBILE_APP_PROMO"), KeyTest::Equals(false.into()));
    assert_eq!(all[0], Condition::Key { file: InterfaceConfig, path, is });
    let Condition::Any(any) = &all[1] else { panic!("{lockout:?}") };
    let Condition::All(on) = &any[0] else { panic!("{lockout:?}") };
    let (path, is) = (KeyPath::dotted("deeplinking.disabled"), KeyTest::Differs(true.into()));
    assert_eq!(on[0], Condition::Key { file: Config, path, is });
    assert_eq!(lockout.instead.unwrap().value, Some(true.into()));
}

#[test]
fn the_new_keys_are_only_ever_documented() {
    let new = ["defaultLogoUrl", "defaultRemoteDisplayName", "defaultLocalDisplayName"].map(KeyPath::dotted);
    let object = KeyPath::dotted("deeplinking");
    for path in keys(Config).filter(|path| new.contains(path) || object.contains(path)) {
        let active = |state: &rebrand::catalogue::State| state.presence == Presence::Active;
        assert!(!known_at(Config, &path).states.iter().any(active), "{path}");
    }
    assert_eq!(known(Config, "defaultLogoUrl").state_on(day("2022-08-29")), None);
}

#[test]
fn some_mistakes_count_from_a_day_on() {
    assert_eq!(lint("live-stream-help-dead").since, Some(day("2022-08-02")));
    assert_eq!(lint("link-without-scheme").since, None);
    assert_eq!(lint("late-assignment").when, When::Search(Search::AssignedAfterLiteral));
}

#[test]
fn shipped_is_not_read() {
    for (name, until) in [("HIDE_INVITE_MORE_HEADER", "2022-11-08"), ("POLICY_LOGO", "2024-12-13")] {
        let dead = known(InterfaceConfig, name);
        assert_eq!((dead.read, dead.read_until), (Reader::Nobody, Some(day(until))));
        assert_eq!(dead.states.last().unwrap().presence, Presence::Active);
    }
    let ringing = known(InterfaceConfig, "DISABLE_RINGING");
    assert_eq!(ringing.state_on(day("2025-01-16")).unwrap().presence, Presence::Active);
    assert_eq!(ringing.read_until, Some(day("2018-07-10")));
    let shipped = |value: Value| ringing.was_shipped_as(&value);
    assert_eq!((shipped(false.into()), shipped(true.into())), (true, false));
    assert_eq!(fate(InterfaceConfig, &KeyPath::dotted("DISABLE_RINGING")), Some(ringing.clone()));
    assert_eq!(fate(InterfaceConfig, &KeyPath::dotted("APP_NAME")), None, "it is read, and did not move");
    let logo = known(InterfaceConfig, "POLICY_LOGO");
    assert_eq!(logo.states[0].default, Some(DefaultValue::Literal(Value::Null)), "null is a default too");
}

#[test]
fn some_keys_were_renamed_without_translation() {
    for name in ["prejoinPageEnabled", "startAudioOnly", "tokenAuthUrlAutoRedirect"] {
        assert_eq!(known(Config, name).moved_to[0].rule, Rule::NotTranslated, "{name}");
    }
}

#[test]
fn some_values_are_expressions_or_come_later() {
    let bosh = known(Config, "bosh").states.pop().unwrap().default;
    assert!(matches!(bosh, Some(DefaultValue::Expression { source }) if source.contains("subdir")));
    let flag = known(Config, "flags.sourceNameSignaling");
    assert_eq!(flag.state_on(day("2024-01-01")).unwrap().presence, Presence::Active);
    assert_eq!(flag.state_on(day("2025-01-16")).unwrap().presence, Presence::Absent);
}

// The brand, names that are not there, and history.

#[test]
fn every_line_of_the_brand_feeds_keys() {
    let mut fed = Vec::new();
    for wish in brand_wishes() {
        for feed in brand_surfaces(wish) {
            let keys: Vec<String> = feed.keys.iter().map(|key| key.path.to_string()).collect();
            let unless = feed.unless.map(|wish| format!(" unless {wish}")).unwrap_or_default();
            fed.push(format!("{wish}: {}{unless}", keys.join(" ")));
        }
    }
    let expected = [
        "brand.name: APP_NAME inviteAppName",
        "brand.name: deeplinking.desktop.appName deeplinking.android.appName deeplinking.ios.appName NATIVE_APP_NAME",
        "brand.provider: PROVIDER_NAME",
        "brand.home: JITSI_WATERMARK_LINK",
        "brand.support: SUPPORT_URL",
        "brand.help: legalUrls.helpCentre deploymentUrls.userDocumentationURL",
        "brand.privacy: legalUrls.privacy",
        "brand.terms: legalUrls.terms",
        "brand.streaming-help: liveStreaming.helpLink LIVE_STREAMING_HELP_LINK",
        "people.remote: defaultRemoteDisplayName DEFAULT_REMOTE_DISPLAY_NAME",
        "people.local: defaultLocalDisplayName DEFAULT_LOCAL_DISPLAY_NAME",
        "logo.source: defaultLogoUrl DEFAULT_LOGO_URL",
        "logo.source: DEFAULT_WELCOME_PAGE_LOGO_URL unless logo.welcome",
        "logo.welcome: DEFAULT_WELCOME_PAGE_LOGO_URL",
        "logo.show: SHOW_JITSI_WATERMARK",
        "colors.background: DEFAULT_BACKGROUND",
        "phones.app: deeplinking.disabled disableDeepLinking",
        "phones.app: DISPLAY_WELCOME_FOOTER",
        "phones.logo: deeplinking.hideLogo HIDE_DEEP_LINKING_LOGO",
    ];
    assert!(brand_surfaces("phones.app")[0].inverted && !brand_surfaces("brand.terms")[0].inverted);
    assert_eq!(fed, expected);
    assert!(brand_surfaces("brand.nonsense").is_empty());
}

#[test]
fn a_name_that_is_not_there_finds_its_neighbour() {
    let near = |file, name| nearest(file, &KeyPath::dotted(name)).map(|path| path.to_string());
    assert_eq!(near(Config, "disableModeratorIndicatr").as_deref(), Some("disableModeratorIndicator"));
    assert_eq!(near(Config, "DEFAULT_LOGO_URL").as_deref(), Some("defaultLogoUrl"));
    assert_eq!(near(Config, "hideLogo").as_deref(), Some("deeplinking.hideLogo"));
    assert_eq!(near(InterfaceConfig, "APPNAME").as_deref(), Some("APP_NAME"));
    assert_eq!(near(Config, "somethingElseAltogether"), None);
    assert_eq!(nearest(Config, &KeyPath::default()), None);
}

#[test]
fn a_key_of_the_other_file_is_found_there() {
    let name = KeyPath::dotted("APP_NAME");
    assert_eq!(elsewhere(Config, &name), Some((InterfaceConfig, name.clone())));
    assert_eq!(elsewhere(InterfaceConfig, &name), None);
    assert_eq!(key(Config, &KeyPath::new(vec!["deeplinking.hideLogo".to_owned()])), None, "a dot in a name");
}

#[test]
fn a_history_reads_as_sentences() {
    let expected = [
        "2014-09-18 active, default \"Fellow Jitster\"",
        "2021-11-26 only documented in a comment",
        "2021-11-26 moved to config.js `defaultRemoteDisplayName` (the new one wins)",
    ];
    assert_eq!(known(InterfaceConfig, "DEFAULT_REMOTE_DISPLAY_NAME").history(), expected);
    let name = known(InterfaceConfig, "NATIVE_APP_NAME").history();
    assert_eq!(
        name.last().unwrap(),
        "2022-12-20 moved to config.js `deeplinking.desktop.appName`, `deeplinking.android.appName`, \
         `deeplinking.ios.appName` (the old one counts only while there is no `deeplinking`)"
    );
    let unnamed = known(Config, "deeplinking.ios.appPackage").history();
    assert_eq!(unnamed, ["never in the shipped file, only known to the client"]);
    let buttons = known(InterfaceConfig, "TOOLBAR_BUTTONS");
    assert!(buttons.history().contains(&"2016-03-16 default changed 30 times until 2020-06-09".to_owned()));
    assert!(buttons.states.len() > 30 && buttons.history().len() < 12, "{:#?}", buttons.history());
}

/// The folder `../shared/NAME`, if it is there.
fn shared(name: &str) -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(name);
    if !folder.is_dir() {
        skip(format_args!("`{}` is not there", folder.display()));
        return None;
    }
    Some(folder)
}

fn every_key() -> impl Iterator<Item = (ConfigFile, KeyPath)> {
    ConfigFile::ALL.into_iter().flat_map(|file| keys(file).map(move |path| (file, path)))
}

fn known(file: ConfigFile, name: &str) -> Key {
    known_at(file, &KeyPath::dotted(name))
}

fn known_at(file: ConfigFile, path: &KeyPath) -> Key {
    key(file, path).unwrap_or_else(|| panic!("{file} {path}"))
}

fn lint(id: &str) -> Lint {
    lints().iter().find(|lint| lint.id == id).unwrap_or_else(|| panic!("{id}")).clone()
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// Pictures that are called upstream's are, and each that it ships is known.
#[test]
fn the_digests_of_upstreams_pictures_are_theirs() {
    let Some(upstream) = shared("upstream") else { return };
    let names: Vec<String> = rebrand::catalogue::pictures().flat_map(|fact| fact.shipped_as).collect();
    let mut seen = 0;
    for version in std::fs::read_dir(upstream).unwrap() {
        let version = version.unwrap().path();
        for bytes in names.iter().filter_map(|name| std::fs::read(version.join(name)).ok()) {
            assert!(
                rebrand::catalogue::is_shipped_picture(&rebrand::digest::Digest::of(&bytes)),
                "{version:?}"
            );
            seen += 1;
        }
    }
    assert!(seen > 20, "{seen}");
    assert!(!rebrand::catalogue::is_shipped_picture(&rebrand::digest::Digest::of(b"ours")));
}
