//! Where visitors meet what is said and shown: every key of every surface and every picture has its place.

use std::collections::BTreeSet;

use rebrand::catalogue::{
    KeyTarget, Seen, Setting, Shows, SignKind, key, page_seen, picture_sights, pictures, sight, sights,
    signs, surfaces,
};

#[test]
fn every_key_of_every_surface_is_met_or_has_a_reason_not_to_be() {
    let has_sight = |target: &KeyTarget| {
        let newer = key(target.file, &target.path).map(|key| key.moved_to).unwrap_or_default();
        let is_met = |file, path: &_| sights().any(|sight| sight.file == file && sight.key == *path);
        is_met(target.file, &target.path) || newer.iter().any(|to| is_met(to.file, &to.path))
    };
    for surface in surfaces() {
        let without: Vec<_> = surface.keys().filter(|target| !has_sight(target)).collect();
        assert!(without.is_empty(), "{}: {without:?}", surface.id);
    }
}

#[test]
fn every_sight_is_read_and_names_keys_that_are_known() {
    assert_eq!(sights().count(), include_str!("../../src/catalogue/data/sights.jsonl").lines().count());
    let is_known = |setting: &Setting| key(setting.file, &setting.path).is_some();
    for one in sights() {
        assert!(key(one.file, &one.key).is_some(), "{}", one.key);
        assert_eq!(sight(&one.key.to_string()).as_ref(), Some(&one));
        assert!(one.when.iter().chain(&one.unless).all(is_known), "{}", one.key);
        match &one.shows {
            Shows::Picture { picture, otherwise, .. } => {
                assert!(pictures().any(|fact| fact.id == *picture), "{picture}");
                assert!(otherwise.as_deref().is_none_or(|other| sight(other).is_some()), "{otherwise:?}");
            }
            Shows::Link { fallback: Some(fallback), .. } => assert!(fallback.when.iter().all(is_known)),
            Shows::Nothing { reason } | Shows::Fixed { reason, .. } => assert!(!reason.is_empty()),
            _ => {}
        }
    }
}

#[test]
fn a_text_that_is_compiled_in_is_met_as_such() {
    let fixed: BTreeSet<String> = sights()
        .filter(|sight| matches!(sight.shows, Shows::Fixed { .. }))
        .map(|sight| sight.key.to_string())
        .collect();
    let surfaces = surfaces().filter(|surface| surface.fixed_text);
    let keys =
        surfaces.flat_map(|surface| surface.keys().map(|key| key.path.to_string()).collect::<Vec<_>>());
    assert_eq!(keys.collect::<BTreeSet<_>>(), fixed);
}

#[test]
fn every_picture_is_met_somewhere() {
    let met: Vec<String> = picture_sights().map(|sight| sight.picture).collect();
    assert_eq!(pictures().map(|fact| fact.id).collect::<Vec<_>>(), met);
    let is_there = |fixed: bool, id: &str| {
        let fact = pictures().find(|fact| fact.id == id).unwrap();
        !(fixed && fact.files.is_empty() && fact.adds.is_empty())
    };
    assert!(picture_sights().all(|sight| is_there(sight.fixed, &sight.picture)));
}

#[test]
fn pages_are_met_where_they_come_up_and_signs_are_words_or_addresses() {
    assert_eq!(page_seen("static/close3.html"), Some(Seen::ClosePage));
    assert_eq!(page_seen("static/welcomePageAdditionalCard.html"), Some(Seen::WelcomePage));
    assert_eq!(page_seen("static/whiteboard.html"), Some(Seen::OtherPage));
    assert_eq!(page_seen("body.html"), Some(Seen::OtherPage));
    assert_eq!(page_seen("static/close.js"), None);
    let words = signs().filter(|sign| sign.kind == SignKind::Word).map(|sign| sign.sign);
    assert_eq!(words.collect::<Vec<_>>(), ["Jitster"]);
    assert!(signs().filter(|sign| sign.kind == SignKind::Address).all(|sign| sign.sign.contains('.')));
    assert!(Seen::Tab < Seen::Translation && Seen::Tab.to_string() == "browser tab");
}
