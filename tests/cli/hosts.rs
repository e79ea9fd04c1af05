//! Several hosts on one server: what each has alone, and what they share.

use std::os::unix::fs::symlink;

use rebrand::demo::sites::Year;
use rebrand::value::Value;

use crate::world::{BRAND, COMMUNITY, HOST, INTERFACE, World};

/// A host that is here.
const HOST_NAME: &str = "meet.publiccode.net";

const REMOTE: &str = r#"
[sites."meet.community.publiccode.net"]
people.remote = "fellow neighbour"
"#;

#[test]
fn hosts_differ_where_each_has_a_file_of_its_own() {
    let world = World::branded(Year::Y2026, &format!("{BRAND}{REMOTE}"));
    let remote = |host| world.value(host, "defaultRemoteDisplayName");
    assert_eq!(remote(HOST), Some(Value::from("fellow Public Coder")));
    assert_eq!(remote(COMMUNITY), Some(Value::from("fellow neighbour")));
    world.run(&["check"]).is(0);
}

#[test]
fn hosts_cannot_differ_in_a_file_that_they_share() {
    let world = World::new(Year::Y2021, &format!("{BRAND}{REMOTE}"));
    let refused = world.refuses(&["apply", "--yes"], 1);
    refused.says(&["`people.remote` wants another value for some hosts", "DEFAULT_REMOTE_DISPLAY_NAME"]);
    refused.says(&["brand/brand.toml:"]);
}

#[test]
fn hosts_that_agree_share_a_file() {
    let both = r#"
[sites."meet.community.publiccode.net"]
people.remote = "fellow neighbour"
[sites."meet.publiccode.net"]
people.remote = "fellow neighbour"
"#;
    let world = World::branded(Year::Y2021, &format!("{BRAND}{both}"));
    let shared = world.value(INTERFACE, "DEFAULT_REMOTE_DISPLAY_NAME");
    assert_eq!(shared, Some(Value::from("fellow neighbour")));
}

#[test]
fn a_host_of_another_machine_is_named_and_skipped() {
    let elsewhere = "\n[sites.\"meet.example.org\"]\npeople.remote = \"guest\"\n";
    let world = World::branded(Year::Y2026, &format!("{BRAND}{elsewhere}"));
    world.run(&["status"]).is(0).says(&["`meet.example.org` is not on this machine"]);
    assert_eq!(world.value(HOST, "defaultRemoteDisplayName"), Some(Value::from("fellow Public Coder")));
}

#[test]
fn a_slip_in_a_hosts_name_is_a_warning_that_names_the_host() {
    let site = |host: &str| format!("{BRAND}\n[sites.\"{host}\"]\npeople.remote = \"guest\"\n");
    let world = World::branded(Year::Y2026, &site("meet.publicode.net"));
    let run = world.run(&["status"]);
    run.is(0).says(&[
        "warning: `meet.publicode.net` is not on this machine",
        "did you mean `meet.publiccode.net`?",
    ]);
    // Machines are counted, and a host that has a table of its own was not meant.
    for host in ["meet2.publiccode.net", "meet.example.org"] {
        let world = World::branded(Year::Y2026, &site(host));
        let run = world.run(&["status"]);
        run.is(0).says(&[&format!("note: `{host}` is not on this machine")]);
    }
    let both = site("meet.publicode.net") + "[sites.\"meet.publiccode.net\"]\npeople.remote = \"guest\"\n";
    World::branded(Year::Y2026, &both).run(&["status"]).is(0).says(&["note: `meet.publicode.net`"]);
}

#[test]
fn a_patch_of_a_hosts_file_is_skipped_where_the_host_is_not() {
    let patch = |host: &str| {
        let path = format!("etc/prosody/conf.avail/{host}.cfg.lua");
        format!("--- a/{path}\n+++ b/{path}\n@@ -1 +1 @@\n-old = 1\n+new = 1\n")
    };
    for (host, words) in [
        (
            "meet.example.org",
            "note: `meet.example.org` is not on this machine, so the patch of `etc/prosody/conf.avail/meet.example.org.cfg.lua` is skipped",
        ),
        ("meet.publicode.net", "did you mean `meet.publiccode.net`?"),
    ] {
        let world = World::new(Year::Y2026, BRAND);
        world.patch("prosody.patch", &patch(host));
        world.run(&["apply", "--yes"]).is(0).says(&[words]);
        assert_eq!(world.value(HOST, "defaultRemoteDisplayName"), Some(Value::from("fellow Public Coder")));
        world.run(&["check"]).is(0);
    }
    // What is missing though its host is here is missing.
    for host in [HOST_NAME, "auth.meet.publiccode.net", "prosody"] {
        let world = World::new(Year::Y2026, BRAND);
        world.patch("prosody.patch", &patch(host));
        world.refuses(&["apply", "--yes"], 1).says(&["is not here, so it cannot be patched"]);
    }
}

#[test]
fn a_patch_of_config_reaches_every_host() {
    let world = World::new(Year::Y2026, "");
    world.patch("config.toml", "[set]\ndisableModeratorIndicator = true\n");
    world.run(&["apply", "--yes"]).is(0);
    for host in [HOST, COMMUNITY] {
        assert_eq!(world.value(host, "disableModeratorIndicator"), Some(Value::Bool(true)));
    }
}

#[test]
fn a_new_host_is_branded_by_the_next_apply() {
    let world = World::branded(Year::Y2026, BRAND);
    let fresh = World::new(Year::Y2026, BRAND).text(HOST);
    let third = "etc/jitsi/meet/third.example.org-config.js";
    world.put(third, fresh.replace("meet.publiccode.net", "third.example.org"));
    world.refuses(&["check"], 1);
    world.run(&["apply", "--yes"]).is(0);
    assert_eq!(world.value(third, "defaultRemoteDisplayName"), Some(Value::from("fellow Public Coder")));
}

#[test]
fn a_link_to_no_file_is_no_host_and_is_told() {
    let world = World::new(Year::Y2026, BRAND);
    symlink("gone.js", world.site().join("etc/jitsi/meet/near.example.org-config.js")).unwrap();
    world
        .run(&["apply", "--yes"])
        .is(0)
        .says(&["`etc/jitsi/meet/near.example.org-config.js` is a link to a file"]);
    world.run(&["check"]).is(0);
}
