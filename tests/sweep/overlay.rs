//! Overlay mode: whatever nginx is told to take from the generation in force is there, wherever a run is killed.

use std::fs;

use super::points::{points, traced};
use super::site::{Scene, Site, overlays};
use super::sweep;

#[test]
fn killed_anywhere_nginx_finds_every_file_that_it_is_told_of() {
    let Some(scenes) = overlays() else { return };
    for scene in &scenes {
        let all = points(scene);
        assert!(all.len() > 40, "{}: {} calls only", scene.deed, all.len());
        sweep(&all, |point| {
            let site = scene.before.copy();
            let what = format!("{} killed at {point:?}", scene.deed);
            traced(&scene.command(&site), &format!("{}:signal=KILL:when={}", point.name, point.nth));
            found(&site, &what);
            site.install(&scene.newer);
            found(&site, &format!("{what}, upgraded"));
            healed(scene, &site, &what);
        });
        println!("overlay, {}: {} kills, 0 violations", scene.deed, all.len());
    }
}

/// Every file that the drop-in leads to is there, if the package brought it or the brand has it.
fn found(site: &Site, what: &str) {
    let drop_in =
        fs::read_to_string(site.root().join("etc/jitsi/meet/jaas/rebrand.conf")).unwrap_or_default();
    for alias in drop_in.lines().filter_map(|line| line.trim().strip_prefix("alias /")) {
        let alias = alias.trim_end_matches(';');
        let path = alias.strip_prefix("var/lib/rebrand/current/tree/").unwrap();
        let is_shipped = site.root().join(path).is_file();
        assert!(!is_shipped || fs::read(site.root().join(alias)).is_ok(), "{what}: {alias} leads nowhere");
    }
}

fn healed(scene: &Scene, site: &Site, what: &str) {
    if scene.deed == "restore" {
        let again = site.run(&["restore", "--yes"]);
        assert!(matches!(again.status.code(), Some(0 | 1)), "{what}: {again:?}");
        site.is_shipped(&scene.newer, what);
        assert!(site.run(&["apply", "--yes"]).status.success(), "{what}");
    } else {
        assert!(site.trigger().status.success(), "{what}");
    }
    let checked = site.run(&["check"]);
    assert!(checked.status.success(), "{what}: not in force after recovery: {checked:?}");
    assert_eq!(site.verified(), "", "{what}: dpkg -V");
    assert!(site.run(&["restore", "--yes"]).status.success(), "{what}");
    site.is_shipped(&scene.newer, what);
}
