//! Unified diffs of files that are no configuration of the client.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};

use crate::{BRAND, World, write};

const PROSODY: &str = "etc/prosody/conf.avail/meet.publiccode.net.cfg.lua";
const LUA: &str = "-- prosody\nplugin_paths = { \"/usr/share/jitsi-meet/prosody-plugins/\" }\n\n\
    VirtualHost \"meet.publiccode.net\"\n    authentication = \"jitsi-anonymous\"\n    modules_enabled = {\n        \"bosh\";\n    }\n";
const PATCH: &str = "Ask for a password.\nrestart = [\"prosody\"]\n\n\
    --- a/etc/prosody/conf.avail/meet.publiccode.net.cfg.lua\n+++ b/etc/prosody/conf.avail/meet.publiccode.net.cfg.lua\n\
    @@ -4,3 +4,3 @@\n VirtualHost \"meet.publiccode.net\"\n-    authentication = \"jitsi-anonymous\"\n\
    +    authentication = \"internal_hashed\"\n     modules_enabled = {\n";

impl World {
    fn patched(patch: &str) -> Self {
        let world = World::named("");
        write(&world.site().join(PROSODY), LUA.as_bytes());
        write(&world.folder.path().join("project/patches/prosody.patch"), patch.as_bytes());
        world
    }

    fn lua(&self) -> String {
        fs::read_to_string(self.site().join(PROSODY)).unwrap()
    }
}

#[test]
fn a_patch_is_put_in_told_and_taken_back() {
    let world = World::patched(PATCH);
    let words = ["line 5", "internal_hashed", "patches/prosody.patch"];
    world.run(&["diff"]).is(1, &words);
    world.run(&["apply", "--yes"]).is(0, &["`systemctl restart prosody` puts its changed file in force"]);
    assert_eq!(world.lua(), LUA.replace("jitsi-anonymous", "internal_hashed"));
    world.run(&["apply", "--yes"]).is(0, &["nothing to do"]);
    world.run(&["check"]).is(0, &[]);
    world.run(&["restore", "--yes"]).is(0, &["systemctl restart prosody"]);
    assert_eq!(world.lua(), LUA);
}

/// The files of Prosody that are in use are links to those that are there; nothing else may be one.
#[test]
fn a_link_leads_to_no_other_file() {
    let avail = PATCH.replace("conf.avail/", "conf.d/");
    let world = World::patched(&avail);
    let link = world.site().join("etc/prosody/conf.d/meet.publiccode.net.cfg.lua");
    fs::create_dir_all(link.parent().unwrap()).unwrap();
    symlink("../conf.avail/meet.publiccode.net.cfg.lua", &link).unwrap();
    world.run(&["apply", "--yes"]).is(0, &[]);
    assert!(world.lua().contains("internal_hashed"));
    world.run(&["restore", "--yes"]).is(0, &[]);
    fs::remove_file(&link).unwrap();
    write(&world.site().join("etc/passwd"), LUA.as_bytes());
    symlink("../../passwd", &link).unwrap();
    world.run(&["apply", "--yes"]).is(2, &["etc/passwd`, which no diff may change", "nothing was changed"]);
    assert_eq!(fs::read_to_string(world.site().join("etc/passwd")).unwrap(), LUA);
}

/// What holds secrets is kept as secret as it is.
#[test]
fn a_private_file_is_kept_privately() {
    let world = World::patched(PATCH);
    let private = fs::Permissions::from_mode(0o640);
    fs::set_permissions(world.site().join(PROSODY), private).unwrap();
    world.run(&["apply", "--yes"]).is(0, &[]);
    let kept = fs::read_dir(world.site().join("var/lib/rebrand")).unwrap();
    let holds = |path: &std::path::Path| fs::read_to_string(path).is_ok_and(|text| text == LUA);
    let path = kept.map(|entry| entry.unwrap().path()).find(|path| holds(path)).unwrap();
    assert_eq!(fs::metadata(path).unwrap().permissions().mode() & 0o777, 0o640);
}

/// A package wrote it anew, or somebody did: it stays, and is named, and everything else is given back.
#[test]
fn a_file_that_is_another_one_now_holds_up_nothing_else() {
    let world = World::patched(PATCH);
    let before = world.files();
    world.run(&["apply", "--yes"]).is(0, &[]);
    let anew = "-- another version\nVirtualHost \"meet.publiccode.net\"\n    authentication = \"token\"\n";
    write(&world.site().join(PROSODY), anew.as_bytes());
    world.run(&["apply", "--yes"]).is(1, &["meet.publiccode.net.cfg.lua` was changed by hand where a patch"]);
    world
        .run(&["restore", "--yes"])
        .is(1, &["meet.publiccode.net.cfg.lua` was changed by hand where a patch"]);
    assert_eq!(world.lua(), anew);
    world
        .run(&["apply", "--yes", "--overwrite-drift"])
        .is(0, &["that file is kept below `var/lib/rebrand/rescued`"]);
    assert!(world.lua().contains("internal_hashed"));
    let rescued =
        fs::read_dir(world.site().join("var/lib/rebrand/rescued")).unwrap().next().unwrap().unwrap();
    assert_eq!(fs::read_to_string(rescued.path()).unwrap(), anew);
    world.run(&["restore", "--yes"]).is(0, &[]);
    let prosody = world.site().join(PROSODY);
    let others = |files: std::collections::BTreeMap<_, _>| {
        files.into_iter().filter(|(path, _)| *path != prosody).collect::<Vec<_>>()
    };
    assert!(others(world.files()) == others(before), "everything else is as it was");
}

#[test]
fn what_somebody_changed_elsewhere_stays() {
    let world = World::patched(PATCH);
    write(&world.site().join(PROSODY), format!("-- one more\n{LUA}").as_bytes());
    world.run(&["apply", "--yes"]).is(0, &["fits at line 5, 1 lines away"]);
    let mine = world.lua().replace("\"bosh\"", "\"bosh\"; \"ping\"");
    write(&world.site().join(PROSODY), mine.as_bytes());
    world.run(&["status"]).is(0, &["drifted"]);
    world.run(&["apply", "--yes"]).is(0, &[]);
    assert_eq!(world.lua(), mine);
    world.run(&["restore", "--yes"]).is(0, &[]);
    assert_eq!(world.lua(), mine.replace("internal_hashed", "jitsi-anonymous"));
}

#[test]
fn where_somebody_changed_the_same_lines_nothing_is_written() {
    let world = World::patched(PATCH);
    world.run(&["apply", "--yes"]).is(0, &[]);
    write(&world.site().join(PROSODY), world.lua().replace("internal_hashed", "token").as_bytes());
    let before = world.files();
    world.run(&["apply", "--yes"]).is(1, &["changed by hand where a patch of ours is", "--overwrite-drift"]);
    assert_eq!(world.files(), before);
    world.run(&["apply", "--yes", "--overwrite-drift"]).is(0, &[]);
    assert!(world.lua().contains("internal_hashed"));
}

#[test]
fn a_patch_that_does_not_fit_changes_no_file_at_all() {
    let world = World::patched(&PATCH.replace("jitsi-anonymous", "jitsi-other"));
    world.asset("brand.toml", BRAND.as_bytes());
    let before = world.files();
    world.run(&["apply", "--yes"]).is(
        1,
        &[
            "patches/prosody.patch:6",
            "line 5 should be `    authentication = \"jitsi-other\"`, but is",
            "make the diff anew",
        ],
    );
    assert_eq!(world.files(), before);
}

#[test]
fn one_that_is_in_already_changes_nothing() {
    let world = World::patched(PATCH);
    write(&world.site().join(PROSODY), LUA.replace("jitsi-anonymous", "internal_hashed").as_bytes());
    world.run(&["apply", "--yes"]).is(0, &["nothing to do"]);
}

#[test]
fn a_wish_withdrawn_is_taken_back() {
    let world = World::patched(PATCH);
    world.run(&["apply", "--yes"]).is(0, &[]);
    fs::remove_file(world.folder.path().join("project/patches/prosody.patch")).unwrap();
    world.run(&["apply", "--yes"]).is(0, &["systemctl restart prosody"]);
    assert_eq!(world.lua(), LUA);
}

#[test]
fn files_that_no_patch_may_touch_are_refused_with_the_way_to_do_it() {
    let hunk = "@@ -1,1 +1,1 @@\n-a\n+b\n";
    for (path, words) in [
        ("etc/passwd", "is in none of the folders that are patched"),
        ("usr/share/jitsi-meet/../../../etc/passwd", "holds an empty segment, `.` or `..`"),
        ("usr/share/jitsi-meet/index.html", "`page.head` and `page.body`"),
        ("usr/share/jitsi-meet/css/all.css", "`page.css`"),
        ("usr/share/jitsi-meet/libs/app.bundle.min.js", "is never edited"),
        ("usr/share/jitsi-meet/interface_config.js", "patches/interface_config.toml"),
        ("etc/jitsi/meet/meet.publiccode.net-config.js", "patches/config.toml"),
    ] {
        let world = World::patched(&format!("--- a/{path}\n+++ b/{path}\n{hunk}"));
        world.run(&["apply", "--yes"]).is(2, &[words, "patches/prosody.patch:2"]);
    }
    let world = World::patched("--- a/etc/prosody/x.lua\n+++ b/etc/prosody/x.lua\n@@ -1,1 +1,1 @@\n-a\n+b\n");
    world.run(&["apply", "--yes"]).is(1, &["`etc/prosody/x.lua` is not here"]);
    let world = World::patched(&format!("restart = prosody\n{}", &PATCH[PATCH.find("---").unwrap()..]));
    world.run(&["apply", "--yes"]).is(2, &["`restart` is a list of services"]);
}

#[test]
fn a_page_that_the_brand_edits_takes_no_patch() {
    let page = "usr/share/jitsi-meet/title.html";
    let patch = format!(
        "--- a/{page}\n+++ b/{page}\n@@ -1,1 +1,1 @@\n-<title>Jitsi Meet</title>\n+<title>X</title>\n"
    );
    let world = World::patched(&patch);
    world.asset("brand.toml", BRAND.as_bytes());
    world.run(&["apply", "--yes"]).is(1, &["is edited by the brand too"]);
    world.asset("brand.toml", b"");
    world.run(&["apply", "--yes"]).is(0, &["applied"]);
    assert!(world.text("title.html").starts_with("<title>X</title>"));
}

#[test]
fn services_are_restarted_on_the_machine_itself_alone() {
    let world = World::patched(PATCH);
    let before = world.files();
    world.run(&["apply", "--yes", "--restart"]).is(2, &["services are restarted with `--root /` alone"]);
    assert_eq!(world.files(), before);
}
