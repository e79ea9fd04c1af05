//! A key that moves from one file to another: at no moment is its value in neither, in both directions.

use std::fs;

use super::points::{points, traced};
use super::site::{Site, moves};
use super::sweep;

const FILES: [&str; 3] = [
    "usr/share/jitsi-meet/interface_config.js",
    "etc/jitsi/meet/meet.publiccode.net-config.js",
    "etc/jitsi/meet/meet.community.publiccode.net-config.js",
];

#[test]
fn a_key_that_moves_is_in_one_of_its_files_wherever_the_run_is_killed() {
    let Some(scenes) = moves() else { return };
    for scene in &scenes {
        assert!(is_served(&scene.before), "before the run");
        let all = points(scene);
        sweep(&all, |point| {
            let site = scene.before.copy();
            traced(&scene.command(&site), &format!("{}:signal=KILL:when={}", point.name, point.nth));
            assert!(is_served(&site), "killed at {point:?}");
            let healing = scene.command(&site).status().unwrap();
            assert!(healing.success() && is_served(&site), "healed after {point:?}");
        });
        println!("{} kills while a key moves, 0 violations", all.len());
    }
}

/// Whether each host says it, by itself or by what all hosts share.
fn is_served(site: &Site) -> bool {
    let [shared, hosts @ ..] = FILES.map(|path| {
        let text = fs::read_to_string(site.root().join(path)).unwrap();
        text.lines().any(|line| !line.trim_start().starts_with("//") && line.contains("fellow Public Coder"))
    });
    shared || hosts.into_iter().all(|host| host)
}
