//! Overlay mode: nginx takes the branded files from the generation in force, and the package's own are never touched.

use std::fs;
use std::path::PathBuf;

use rebrand::demo::sites::{PACKAGE, Year, upgrade};

use crate::packaged::INTERFACE;
use crate::world::{World, write};

const BRAND: &str =
    "[brand]\nname = \"Public Code Meet\"\n[logo]\nsource = \"logo.svg\"\n[files]\noverlay = true\n";
const DROP_IN: &str = "etc/jitsi/meet/jaas/rebrand.conf";

/// A site whose nginx includes the folder for both hosts.
fn overlaid(year: Year) -> Option<World> {
    let world = World::packaged(year)?;
    world.asset("brand.toml", BRAND.as_bytes());
    nginx(&world, "meet.publiccode.net meet.community.publiccode.net", "");
    Some(world)
}

fn nginx(world: &World, names: &str, more: &str) {
    let server = format!(
        "events {{}}\nhttp {{\n  server {{\n    listen 80;\n    server_name {names};\n    root /usr/share/jitsi-meet;\n    \
         ssi on;\n    {more}\n    include /etc/jitsi/meet/jaas/*.conf;\n  }}\n}}\n"
    );
    write(&world.site().join("etc/nginx/nginx.conf"), server.as_bytes());
}

/// What nginx sends as the file `name` of the web client, by the drop-in.
fn sent(world: &World, name: &str) -> String {
    let drop_in = fs::read_to_string(world.site().join(DROP_IN)).unwrap_or_default();
    let location = drop_in.split("location = ").find(|text| text.starts_with(&format!("/{name} ")));
    let alias = location.map(|text| text.split("alias /").nth(1).unwrap().split(';').next().unwrap());
    let path = alias.map_or_else(|| PathBuf::from(format!("{PACKAGE}{name}")), PathBuf::from);
    fs::read_to_string(world.site().join(path)).unwrap()
}

#[test]
fn visitors_get_the_brand_and_the_package_keeps_its_files() {
    let Some(world) = overlaid(Year::Y2026) else { return };
    let before = world.files();
    world.run(&["apply", "--yes"]).is(0, &["applied"]);
    world.run(&["check"]).is(0, &[]);
    world.run(&["apply", "--yes"]).is(0, &["nothing to do"]);
    assert!(!world.run(&["doctor"]).said.contains("leads nowhere"));
    assert!(sent(&world, INTERFACE).contains("Public Code Meet"));
    let client = |world: &World| {
        let files = world.files().into_iter();
        files.filter(|(path, _)| path.to_str().unwrap().contains("/usr/")).collect::<Vec<_>>()
    };
    let shipped: Vec<_> =
        before.clone().into_iter().filter(|(path, _)| path.to_str().unwrap().contains("/usr/")).collect();
    assert_eq!(client(&world), shipped, "the package's files are its own");
    assert_eq!(world.diversions(), "");

    world.asset("brand.toml", BRAND.replace("Code Meet", "Code Community").as_bytes());
    world.run(&["check"]).is(1, &[]);
    world.run(&["apply", "--yes"]).is(0, &["applied"]);
    assert!(sent(&world, INTERFACE).contains("Public Code Community"));
    world.run(&["restore", "--to", "1", "--yes"]).is(0, &[]);
    assert!(sent(&world, INTERFACE).contains("Public Code Meet"));
    world.run(&["restore", "--yes"]).is(0, &["restored"]);
    world.is_as(&before);
}

#[test]
fn an_upgrade_is_followed_and_both_ways_of_leaving_leave_nothing() {
    let Some(world) = overlaid(Year::Y2021) else { return };
    world.run(&["apply", "--yes"]).is(0, &[]);
    for (path, text) in upgrade(Year::Y2026) {
        world.unpack(path.strip_prefix(PACKAGE).unwrap(), text.as_bytes());
    }
    world.installed("1.0.9268-1");
    assert!(sent(&world, INTERFACE).contains("Public Code Meet"));
    world.trigger().is(0, &["in force again"]);
    world.run(&["check"]).is(0, &[]);
    world.run(&["status"]).is(0, &["upstream moved"]);
    world.drop_file("manifest.json");
    world.installed("1.0.9300-1");
    world.trigger().is(0, &["in force again"]);
    assert!(!fs::read_to_string(world.site().join(DROP_IN)).unwrap().contains("manifest.json"));

    fs::remove_dir_all(world.site().join("var/lib/rebrand")).unwrap();
    world.run(&["apply", "--yes"]).is(0, &[]);
    assert!(sent(&world, INTERFACE).contains("Public Code Meet"));
    fs::remove_file(world.site().join(DROP_IN)).unwrap();
    world.run(&["apply", "--yes"]).is(0, &[]);
    assert!(sent(&world, INTERFACE).contains("Public Code Meet"));
    world.run(&["restore", "--trigger"]).is(0, &[]);
    assert!(!world.site().join(DROP_IN).exists());
    assert!(sent(&world, INTERFACE).contains("'Jitsi Meet'"));
}

#[test]
fn where_it_is_not_safe_nothing_is_written() {
    let Some(world) = overlaid(Year::Y2026) else { return };
    let both = "meet.publiccode.net meet.community.publiccode.net";
    let before = world.files();
    let refused = |words: &[&str]| {
        world.run(&["diff"]).is(1, words);
        world.run(&["apply", "--yes"]).is(1, words);
        let nginx = world.site().join("etc/nginx");
        let now: Vec<_> = world.files().into_iter().filter(|(path, _)| !path.starts_with(&nginx)).collect();
        let before: Vec<_> =
            before.clone().into_iter().filter(|(path, _)| !path.starts_with(&nginx)).collect();
        assert_eq!(now, before);
    };
    nginx(&world, "meet.publiccode.net", "");
    refused(&["`files.overlay` is not safe here", "meet.community.publiccode.net"]);
    nginx(&world, both, "location = /interface_config.js { alias /etc/jitsi/frozen.js; }");
    refused(&["nginx.conf:8", "= /interface_config.js"]);
    nginx(
        &world,
        both,
        "include /etc/jitsi/meet/jaas/*.conf;\n  }\n  server {\n    listen 81;\n    server_name other.example.org;",
    );
    refused(&["none of this site's"]);
    fs::remove_file(world.site().join("etc/nginx/nginx.conf")).unwrap();
    refused(&["there is no nginx"]);
}

#[test]
fn another_mode_goes_by_way_of_restore() {
    let Some(world) = overlaid(Year::Y2026) else { return };
    world.run(&["apply", "--yes"]).is(0, &[]);
    world.asset("brand.toml", BRAND.replace("overlay = true", "links = true").as_bytes());
    world.run(&["apply", "--yes"]).is(1, &["in another way", "rebrand restore"]);
    assert!(sent(&world, INTERFACE).contains("Public Code Meet"));
    world.run(&["restore", "--yes"]).is(0, &[]);
    world.run(&["apply", "--yes"]).is(0, &[]);
    assert!(world.is_link("usr/share/jitsi-meet/interface_config.js"));
    world.asset("brand.toml", BRAND.as_bytes());
    world.run(&["apply", "--yes"]).is(1, &["in another way"]);
    world.run(&["check"]).is(1, &["in another way"]);
}
