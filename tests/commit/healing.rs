//! What a kill between two renames leaves, made by hand; `faults.rs` makes it by killing.

use std::fs;

use rebrand::host::{self, Error, Healed, Patience};
use rebrand::path::SitePath;
use tempfile::TempDir;

use crate::site::{
    LOGO, ONE, TWO, at, beside, commit, digest, heal, litter, put, receipt, root, site, text, transaction,
    tree, write,
};

#[test]
fn an_interrupted_commit_is_undone() {
    let site = interrupted_site();
    let root = root(&site);
    assert!(host::interrupted(&root).unwrap());
    let files = vec![at(LOGO), at(ONE)];
    assert_eq!(heal(&root).unwrap(), Healed::RolledBack { files, left: vec![] });
    assert_eq!((text(&site, ONE), text(&site, TWO)), ("one".to_owned(), "two".to_owned()));
    assert!(!site.path().join("usr/share/jitsi-meet/images/rebrand").exists());
    assert_eq!(litter(&site), [""; 0]);
    assert!(!host::interrupted(&root).unwrap());
    assert_eq!(heal(&root).unwrap(), Healed::Nothing);
}

#[test]
fn what_a_package_wrote_after_the_kill_is_not_undone() {
    let site = interrupted_site();
    put(&site, ONE, "the upgrade");
    put(&site, TWO, "the operator");
    let left = vec![at(TWO), at(ONE)];
    assert_eq!(heal(&root(&site)).unwrap(), Healed::RolledBack { files: vec![at(LOGO)], left });
    assert_eq!((text(&site, ONE), text(&site, TWO)), ("the upgrade".to_owned(), "the operator".to_owned()));
    assert_eq!(litter(&site), [""; 0]);
}

#[test]
fn a_commit_whose_receipt_is_there_has_happened() {
    let site = interrupted_site();
    put(&site, TWO, "TWO");
    put(&site, "var/lib/rebrand/receipt.json", &serde_json::to_string(&receipt(7)).unwrap());
    assert_eq!(heal(&root(&site)).unwrap(), Healed::CleanedUp);
    assert_eq!((text(&site, ONE), text(&site, TWO)), ("ONE".to_owned(), "TWO".to_owned()));
    assert_eq!(text(&site, LOGO), "logo");
    assert!(!beside(&site, ONE, "old").exists() && !beside(&site, TWO, "old").exists());
}

/// The names become durable together, so a power cut can keep any of them.
#[test]
fn a_commit_whose_receipt_is_there_before_a_file_is_undone() {
    let site = interrupted_site();
    let recorded = "var/lib/rebrand/receipt.json";
    fs::rename(beside(&site, recorded, "new"), site.path().join(recorded)).unwrap();
    let files = vec![at(recorded), at(LOGO), at(ONE)];
    assert_eq!(heal(&root(&site)).unwrap(), Healed::RolledBack { files, left: vec![] });
    assert_eq!((text(&site, ONE), text(&site, TWO)), ("one".to_owned(), "two".to_owned()));
    assert!(!site.path().join(recorded).exists());
    assert_eq!(litter(&site), [""; 0]);
}

/// A file that is kept itself has no other second name, and needs none to come back.
#[test]
fn what_is_kept_itself_comes_back_from_where_it_is_kept() {
    for is_spoiled in [false, true] {
        let site = interrupted_site();
        let kept = format!("var/lib/rebrand/shipped-{}", digest("one"));
        fs::rename(beside(&site, ONE, "old"), site.path().join(&kept)).unwrap();
        if is_spoiled {
            put(&site, &kept, "spoiled");
        }
        let Healed::RolledBack { files, left } = heal(&root(&site)).unwrap() else { panic!("not undone") };
        let is_of = |paths: &[SitePath]| paths.iter().any(|path| path.as_str() == ONE);
        assert_eq!((is_of(&files), is_of(&left)), (!is_spoiled, is_spoiled));
        assert_eq!(text(&site, ONE), if is_spoiled { "ONE" } else { "one" });
        assert_eq!(text(&site, &kept), if is_spoiled { "spoiled" } else { "one" });
        assert!(!beside(&site, ONE, "new").exists());
    }
}

#[test]
fn nothing_is_committed_over_an_interrupted_run() {
    let site = interrupted_site();
    let before = tree(&site);
    let refused = commit(&root(&site), &transaction(8, vec![write(TWO, Some("two"), "2")]));
    assert!(matches!(refused, Err(Error::ChangedMeanwhile(_))));
    assert_eq!(tree(&site), before);
}

#[test]
fn a_journal_that_is_not_ours_touches_nothing() {
    let hostile = serde_json::json!([{ "path": "etc/../../../victim", "old": null, "new": digest("x") }]);
    let hostile = journal(&serde_json::json!({ "steps": hostile, "receipt": null, "folders": [] }));
    let turn = |old: &str| {
        let turn = serde_json::json!({ "old": old, "new": "7", "moves": { "enable": [], "disable": [] }, "fresh": [] });
        journal(&serde_json::json!({ "steps": [], "receipt": null, "folders": [], "turn": turn }))
    };
    let newer = turn("6").replace("\"format\":1", "\"format\":2");
    for journal in [
        "{ \"format\": 1,",
        "",
        "[]",
        &hostile,
        &newer,
        &turn("../../../victim"),
        &turn("/etc"),
        &turn("6/tree"),
    ] {
        let site = interrupted_site();
        // In place, so that its second name, which it had once all was durable, is of the same file.
        fs::write(site.path().join("var/lib/rebrand/journal.json"), journal).unwrap();
        let before = tree(&site);
        let error = heal(&root(&site)).unwrap_err();
        assert!(matches!(error, Error::Record { .. }), "{error}");
        assert!(error.to_string().contains("journal.json"), "{error}");
        assert_eq!(tree(&site), before);
    }
}

/// A power cut while everything is made ready can keep the journal, or any part of it, from the disk. A second name that
/// was left from another run is no sign that it was whole.
#[test]
fn a_journal_that_never_was_durable_is_of_a_run_that_replaced_nothing() {
    let whole = journal(&serde_json::json!({ "steps": [], "receipt": null, "folders": [] }));
    let with_hole = whole.replacen("\"tool\"", "\0\0\0\0\0\0", 1);
    let only_recorded = serde_json::to_string(&receipt(1)).unwrap();
    for journal in ["", "{", "{ \"format\": 1,", "\0\0\0\0", "{ \"format\": 1,\0\0", "[]", &with_hole] {
        for stale in [None, Some(&only_recorded)] {
            let site = site();
            let before = tree(&site);
            put(&site, "var/lib/rebrand/journal.json", journal);
            if let Some(stale) = stale {
                put(&site, "var/lib/rebrand/.receipt.json.rebrand-new", stale);
            }
            let root = root(&site);
            assert!(host::interrupted(&root).unwrap());
            assert_eq!(heal(&root).unwrap(), Healed::Nothing);
            assert!(!host::interrupted(&root).unwrap());
            assert_eq!((tree(&site), litter(&site)), (before, vec![]));
            commit(&root, &transaction(1, vec![write(ONE, Some("one"), "ONE")])).unwrap();
        }
    }
}

/// Whoever puts another file in the place of the journal leaves the journal its second name.
#[test]
fn a_journal_that_was_lost_since_is_read_by_its_second_name() {
    for journal in ["", "{ \"format\": 1,", "[]"] {
        let site = interrupted_site();
        put(&site, "var/lib/rebrand/journal.json", journal);
        let files = vec![at(LOGO), at(ONE)];
        assert_eq!(heal(&root(&site)).unwrap(), Healed::RolledBack { files, left: vec![] });
        assert_eq!((text(&site, ONE), text(&site, TWO)), ("one".to_owned(), "two".to_owned()));
        assert_eq!(litter(&site), [""; 0]);
    }
}

#[test]
fn a_receipt_that_is_broken_is_told_and_touches_nothing() {
    let site = interrupted_site();
    put(&site, "var/lib/rebrand/receipt.json", "{");
    let before = tree(&site);
    let root = root(&site);
    assert!(matches!(host::receipt(&root), Err(Error::Record { .. })));
    assert!(matches!(heal(&root), Err(Error::Record { .. })));
    assert_eq!(tree(&site), before);
}

#[test]
fn only_one_run_writes() {
    let site = site();
    let root = root(&site);
    let held = host::lock(&root, Patience::NONE, &mut |_| ()).unwrap();
    assert!(matches!(host::lock(&root, Patience::NONE, &mut |_| ()), Err(Error::Locked(_))));
    drop(held);
    host::lock(&root, Patience::NONE, &mut |_| ()).unwrap();
}

#[test]
fn kept_bytes_that_are_spoiled_are_not_used_and_are_kept_anew() {
    let site = site();
    let root = root(&site);
    let kept = format!("var/lib/rebrand/shipped-{}", digest("one"));
    put(&site, &kept, "spoiled");
    let mut change = transaction(1, vec![write(ONE, Some("one"), "ONE")]);
    change.keep = vec![(SitePath::new(ONE).unwrap(), "one".into())];
    commit(&root, &change).unwrap();
    assert_eq!(text(&site, &kept), "one");
}

/// A site whose third generation 7 was killed when `ONE` and `LOGO` were in place, and `TWO` and the receipt not.
fn interrupted_site() -> TempDir {
    let site = site();
    fs::rename(site.path().join(ONE), beside(&site, ONE, "old")).unwrap();
    put(&site, ONE, "ONE");
    put(&site, LOGO, "logo");
    fs::hard_link(site.path().join(TWO), beside(&site, TWO, "old")).unwrap();
    fs::write(beside(&site, TWO, "new"), "TWO").unwrap();
    let entry = |path: &str, old: Option<&str>, new: &str| serde_json::json!({ "path": path, "old": old.map(digest), "new": digest(new) });
    let steps = [entry(ONE, Some("one"), "ONE"), entry(LOGO, None, "logo"), entry(TWO, Some("two"), "TWO")];
    let folders = ["usr/share/jitsi-meet/images/rebrand"];
    let written = journal(&serde_json::json!({ "steps": steps, "receipt": null, "folders": folders }));
    put(&site, "var/lib/rebrand/journal.json", &written);
    let recorded = "var/lib/rebrand/receipt.json";
    fs::hard_link(site.path().join("var/lib/rebrand/journal.json"), beside(&site, recorded, "new")).unwrap();
    site
}

/// A journal: the next receipt, and how to undo its commit.
fn journal(undo: &serde_json::Value) -> String {
    let mut journal = serde_json::to_value(receipt(7)).unwrap();
    journal["undo"] = undo.clone();
    journal.to_string()
}
