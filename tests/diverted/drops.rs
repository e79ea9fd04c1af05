//! Releases that come without a file: what only it held is withdrawn and told, and the rest stays in force.

use rebrand::demo::sites::Year;

use crate::packaged::{BRAND, INTERFACE};
use crate::world::{World, write};

/// A brand that lives in every file, and a patch of `interface_config.js`.
fn branded(year: Year) -> Option<World> {
    let world = World::packaged(year)?;
    world.asset("brand.toml", format!("{BRAND}\n[people]\nremote = \"fellow Public Coder\"\n").as_bytes());
    let patches = world.site().join("etc/rebrand/patches");
    write(&patches.join("interface_config.toml"), b"[set]\nSHOW_CHROME_EXTENSION_BANNER = false\n");
    world.run(&["apply", "--yes"]).is(0, &["applied"]);
    Some(world)
}

/// The files below the site that `config.js` of the first host names.
fn named(world: &World) -> Vec<String> {
    let config = world.site().join("etc/jitsi/meet/meet.publiccode.net-config.js");
    let config = std::fs::read_to_string(config).unwrap();
    let names = config.split('\'').filter(|text| text.starts_with("images/rebrand/"));
    names.map(str::to_owned).collect()
}

#[test]
fn without_interface_config_the_rest_is_in_force() {
    for year in [Year::Y2026, Year::Y2021] {
        let Some(world) = branded(year) else { return };
        world.drop_file(INTERFACE);
        world.installed("1.0.2-1");
        world.trigger().is(0, &["in force again"]);
        assert!(!world.web(INTERFACE).exists() && !world.web(INTERFACE).is_symlink());
        assert!(!world.diversions().contains(INTERFACE));
        assert!(world.served("title.html").contains("Public Code Meet"));
        for name in named(&world) {
            assert!(world.web(&name).exists(), "{name} is named and not there");
        }
        let told = ["patches/interface_config.toml", "the installed version has no `interface_config.js`"];
        world.run(&["apply", "--yes"]).is(0, &told);
        world.run(&["check"]).is(0, &[]);
        world.run(&["status"]).is(0, &[]);
        world.run(&["audit"]).is(1, &[]);
        world.run(&["restore", "--yes"]).is(0, &["restored"]);
        assert_eq!(world.diversions(), "");
    }
}

#[test]
fn every_file_may_go_in_turn() {
    let Some(world) = branded(Year::Y2026) else { return };
    for (at, name) in ["title.html", "manifest.json", INTERFACE, "lang/main-de.json"].iter().enumerate() {
        if !world.shipped(name).exists() {
            continue;
        }
        world.drop_file(name);
        world.installed(&format!("1.1.{at}-1"));
        world.trigger().is(0, &["in force again"]);
        assert!(!world.web(name).exists() && !world.web(name).is_symlink(), "{name}");
        world.run(&["check"]).is(0, &[]);
    }
    world.run(&["restore", "--yes"]).is(0, &["restored"]);
    assert_eq!(world.diversions(), "");
}

#[test]
fn a_site_that_never_had_it_is_branded() {
    let Some(world) = World::packaged(Year::Y2026) else { return };
    world.drop_file(INTERFACE);
    world.installed("1.0.2-1");
    world.run(&["apply", "--yes"]).is(0, &["applied"]);
    assert!(world.served("title.html").contains("Public Code Meet"));
    world.run(&["check"]).is(0, &[]);
    world.run(&["doctor"]).is(0, &[]);
}

/// It is no package's there, and nobody knows whether it should be.
#[test]
fn a_root_without_dpkg_may_lack_it_too() {
    let world = World::bare(Year::Y2026, "[brand]\nname = \"Public Code Meet\"\n");
    std::fs::remove_file(world.web(INTERFACE)).unwrap();
    world.run(&["apply", "--yes"]).is(0, &["applied"]);
    world.run(&["check"]).is(0, &[]);
    world.run(&["restore", "--yes"]).is(0, &["restored"]);
    std::fs::remove_file(world.web("index.html")).unwrap();
    world.run(&["apply", "--yes"]).is(2, &["there is no Jitsi Meet here"]);
}
