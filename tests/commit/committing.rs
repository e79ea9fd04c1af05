//! All files or none, with everything that a file has beside its bytes.

use std::fs;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};

use rebrand::digest::Digest;
use rebrand::host::{self, Change, Error, Patience, Step, Transaction};
use rebrand::path::SitePath;

use crate::site::{
    LOGO, ONE, TWO, at, commit, litter, put, receipt, remove, root, site, text, transaction, tree, write,
    write_step,
};

#[test]
fn writes_removes_and_records() {
    let site = site();
    let root = root(&site);
    assert_eq!(host::receipt(&root).unwrap(), None);
    let write = Transaction {
        steps: vec![write(ONE, Some("one"), "ONE"), write(LOGO, None, "logo")],
        keep: vec![(SitePath::new(ONE).unwrap(), "one".into())],
        rescue: vec![],
        branded: None,
        receipt: receipt(1),
    };
    commit(&root, &write).unwrap();
    assert_eq!(text(&site, ONE), "ONE");
    assert_eq!(text(&site, LOGO), "logo");
    assert_eq!(host::receipt(&root).unwrap(), Some(receipt(1)));
    let kept = format!("var/lib/rebrand/shipped-{}", Digest::of(b"one"));
    assert_eq!(text(&site, &kept), "one");
    assert_eq!(litter(&site), [""; 0]);

    let back = Transaction {
        steps: vec![write_step(ONE, Some("ONE"), Change::Write("one".into())), remove(LOGO, "logo")],
        keep: vec![],
        rescue: vec![],
        branded: None,
        receipt: receipt(2),
    };
    commit(&root, &back).unwrap();
    assert_eq!(text(&site, ONE), "one");
    assert!(!site.path().join("usr/share/jitsi-meet/images/rebrand").exists(), "its folder goes too");
    assert_eq!(host::receipt(&root).unwrap().map(|receipt| receipt.generation), Some(2));
    assert_eq!(litter(&site), [""; 0]);
}

/// A first commit of `steps` that keeps the bytes `one` of the file `ONE`, and where those lie then.
fn keeping(steps: Vec<Step>) -> (Transaction, String) {
    let keep = vec![(at(ONE), "one".into())];
    (Transaction { keep, ..transaction(1, steps) }, format!("var/lib/rebrand/shipped-{}", Digest::of(b"one")))
}

#[test]
fn what_is_replaced_is_kept_itself_unless_it_has_another_name() {
    let (write_one, kept) = keeping(vec![write(ONE, Some("one"), "ONE")]);
    for is_sole in [true, false] {
        let site = site();
        let (file, other) = (site.path().join(ONE), site.path().join("backup.js"));
        let before = fs::metadata(&file).unwrap().ino();
        if !is_sole {
            fs::hard_link(&file, &other).unwrap();
        }

        commit(&root(&site), &write_one).unwrap();

        assert_eq!(fs::metadata(site.path().join(&kept)).unwrap().ino() == before, is_sole);
        if !is_sole {
            fs::write(&other, "written in place").unwrap();
        }
        assert_eq!(text(&site, &kept), "one");
    }
}

#[test]
fn what_a_failed_commit_kept_is_kept_anew_once_it_changed() {
    let site = site();
    let (refused, kept) = keeping(vec![write(ONE, Some("one"), "ONE"), write(TWO, Some("other"), "TWO")]);
    commit(&root(&site), &refused).unwrap_err();
    // As an editor does that writes into the file: into the one that was kept.
    fs::write(site.path().join(ONE), "written in place").unwrap();
    assert_eq!(text(&site, &kept), "written in place");

    put(&site, ONE, "one");
    commit(&root(&site), &keeping(vec![write(ONE, Some("one"), "ONE")]).0).unwrap();
    assert_eq!(text(&site, &kept), "one");
}

#[test]
fn mode_owner_and_attributes_are_kept() {
    let site = site();
    let file = site.path().join(ONE);
    let is_root = rustix::process::geteuid().is_root();
    if is_root {
        std::os::unix::fs::chown(&file, Some(33), Some(34)).unwrap();
    }
    fs::set_permissions(&file, fs::Permissions::from_mode(0o6751)).unwrap();
    let flags = rustix::fs::XattrFlags::empty();
    let has_attributes = rustix::fs::setxattr(&file, "user.note", b"\0kept", flags).is_ok();
    let before = fs::metadata(&file).unwrap();

    commit(&root(&site), &transaction(1, vec![write(ONE, Some("one"), "ONE")])).unwrap();

    let after = fs::metadata(&file).unwrap();
    assert_eq!(text(&site, ONE), "ONE");
    assert_eq!((after.mode(), after.uid(), after.gid()), (before.mode(), before.uid(), before.gid()));
    assert_ne!(after.ino(), before.ino(), "it was replaced, not written into");
    if has_attributes {
        let mut value = [0_u8; 16];
        let length = rustix::fs::getxattr(&file, "user.note", &mut value[..]).unwrap();
        assert_eq!(&value[..length], b"\0kept");
    }
}

#[test]
fn a_change_since_the_plan_is_refused_and_nothing_is_done() {
    let site = site();
    let before = tree(&site);
    for steps in [
        vec![write(ONE, Some("one"), "ONE"), write(TWO, Some("other"), "TWO")],
        vec![write(ONE, Some("one"), "ONE"), write(TWO, None, "TWO")],
        vec![write(LOGO, None, "logo"), remove(TWO, "other")],
        vec![write(ONE, Some("one"), "ONE"), write(LOGO, Some("was here"), "logo")],
    ] {
        let error = commit(&root(&site), &transaction(1, steps)).unwrap_err();
        assert!(matches!(error, Error::ChangedMeanwhile(_)), "{error}");
        assert_eq!(tree(&site), before);
        assert!(!site.path().join("usr/share/jitsi-meet/images/rebrand").exists());
        assert_eq!(litter(&site), [""; 0]);
    }
}

#[test]
fn a_generation_that_is_not_new_is_refused() {
    let site = site();
    let root = root(&site);
    commit(&root, &transaction(2, vec![write(ONE, Some("one"), "ONE")])).unwrap();
    for generation in [1, 2] {
        let again = transaction(generation, vec![write(ONE, Some("ONE"), "again")]);
        assert!(matches!(commit(&root, &again), Err(Error::ChangedMeanwhile(_))));
    }
    assert_eq!(text(&site, ONE), "ONE");
}

#[test]
fn links_inside_are_followed_and_stay_links() {
    let site = site();
    let real = "srv/shared.js";
    put(&site, real, "shared");
    let link = site.path().join("etc/jitsi/meet/linked-config.js");
    symlink("../../../srv/shared.js", &link).unwrap();
    let step = write("etc/jitsi/meet/linked-config.js", Some("shared"), "SHARED");
    commit(&root(&site), &transaction(1, vec![step])).unwrap();
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(text(&site, real), "SHARED");
    assert_eq!(litter(&site), [""; 0]);

    let twice =
        vec![write("etc/jitsi/meet/linked-config.js", Some("SHARED"), "a"), write(real, Some("SHARED"), "b")];
    assert!(matches!(commit(&root(&site), &transaction(2, twice)), Err(Error::Twice(_))));
    assert_eq!(text(&site, real), "SHARED");
}

/// The record is such a file too, and its place is taken by the journal.
#[test]
fn a_receipt_behind_a_link_is_replaced_where_it_lies() {
    let site = site();
    put(&site, "srv/receipt.json", &serde_json::to_string(&receipt(1)).unwrap());
    put(&site, "var/lib/rebrand/lock", "");
    let link = site.path().join("var/lib/rebrand/receipt.json");
    symlink("../../../srv/receipt.json", &link).unwrap();
    let root = root(&site);
    commit(&root, &transaction(2, vec![write(ONE, Some("one"), "ONE")])).unwrap();
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(host::receipt(&root).unwrap(), Some(receipt(2)));
    assert_eq!((text(&site, ONE), litter(&site)), ("ONE".to_owned(), vec![]));
}

#[test]
fn links_that_lead_out_are_refused() {
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("x.js"), "outside").unwrap();
    let site = site();
    let inside = site.path().join("srv");
    fs::create_dir(&inside).unwrap();
    symlink(outside.path().join("x.js"), inside.join("file.js")).unwrap();
    symlink(outside.path(), inside.join("folder")).unwrap();
    // Absolute, although it names a file of the site: a web server in a container would follow it elsewhere.
    symlink(site.path().join(ONE), inside.join("absolute.js")).unwrap();
    symlink("../../../../../../../../../etc/hostname", inside.join("climbs.js")).unwrap();
    symlink("nowhere/../../..", inside.join("around.js")).unwrap();
    let before = tree(&site);
    for name in ["file.js", "folder/x.js", "folder/new.js", "absolute.js", "climbs.js", "around.js/x"] {
        let path = format!("srv/{name}");
        let root = root(&site);
        assert!(matches!(root.read(&at(&path)), Err(Error::LeadsOut { .. })), "{name}");
        let steps = vec![write(ONE, Some("one"), "ONE"), write(&path, Some("outside"), "in")];
        let error = commit(&root, &transaction(1, steps)).unwrap_err();
        assert!(matches!(error, Error::LeadsOut { .. }), "{name}: {error}");
        assert_eq!(tree(&site), before);
    }
    assert_eq!(fs::read_to_string(outside.path().join("x.js")).unwrap(), "outside");
    assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 1);
}

#[test]
fn our_own_folder_may_not_lead_out_either() {
    let outside = tempfile::tempdir().unwrap();
    let site = site();
    fs::create_dir_all(site.path().join("var/lib")).unwrap();
    symlink(outside.path(), site.path().join("var/lib/rebrand")).unwrap();
    let root = root(&site);
    assert!(matches!(host::lock(&root, Patience::NONE, &mut |_| ()), Err(Error::LeadsOut { .. })));
    assert!(matches!(host::interrupted(&root), Err(Error::LeadsOut { .. })));
    assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 0);
}

#[test]
fn what_is_no_regular_file_is_refused() {
    let site = site();
    let pipe = site.path().join("pipe");
    let mode = rustix::fs::Mode::from_raw_mode(0o644);
    rustix::fs::mknodat(rustix::fs::CWD, &pipe, rustix::fs::FileType::Fifo, mode, 0).unwrap();
    symlink("loop", site.path().join("loop")).unwrap();
    fs::File::create(site.path().join("huge")).unwrap().set_len((64 << 20) + 1).unwrap();
    let root = root(&site);
    assert!(matches!(root.read(&at("pipe")), Err(Error::NotAFile(_))));
    assert!(matches!(root.read(&at("etc")), Err(Error::NotAFile(_))));
    assert!(matches!(root.read(&at("huge")), Err(Error::TooLarge { .. })));
    assert!(matches!(root.read(&at("loop")), Err(Error::Io { .. })));
    assert!(matches!(root.read(&at(&format!("{ONE}/below"))), Err(Error::Io { .. })));
    assert_eq!(root.read(&at("not/there")).unwrap(), None);
    for path in ["pipe", "etc"] {
        let error = commit(&root, &transaction(1, vec![write(path, Some("x"), "y")])).unwrap_err();
        assert!(matches!(error, Error::NotAFile(_) | Error::Io { .. }), "{error}");
        assert_eq!(litter(&site), [""; 0]);
    }
}
