//! A program that writes two files one after the other, as `cp` does. The sweep must find it out.

use std::fs;
use std::os::unix::process::ExitStatusExt as _;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};

use super::{Scene, copy_of, points, scenes, sweep, traced, tree};

const ONE: &str = "usr/share/jitsi-meet/interface_config.js";
const TWO: &str = "usr/share/jitsi-meet/title.html";

#[test]
fn control_files_written_in_place_are_found_mixed_and_torn() {
    let Some(apply) = scenes().first() else { return };
    let site = copy_of(&apply.before);
    let log = tempfile::NamedTempFile::new().unwrap();
    let path = log.path().to_str().unwrap();
    assert!(traced(&in_place(site.path()), &["-o", path, "-e", "trace=open,openat,write"]).success());
    let points = points(&fs::read_to_string(path).unwrap(), site.path());
    let control = Scene { new: tree(site.path()), ..apply.clone() };

    let (mixed, torn) = (AtomicBool::new(false), AtomicBool::new(false));
    let look = |site: &Path| {
        let now = tree(site);
        let is = |name: &str, state: &super::Tree| now.get(name) == state.get(name);
        let is_whole = [ONE, TWO].iter().all(|name| is(name, &control.old) || is(name, &control.new));
        torn.fetch_or(!is_whole, Ordering::Relaxed);
        mixed.fetch_or(now != control.old && now != control.new, Ordering::Relaxed);
    };
    let kill = |point: &super::Point, site: &Path| {
        let inject = format!("inject={}:signal=KILL:when={}", point.name, point.nth);
        assert_eq!(traced(&in_place(site), &["-e", &inject]).signal(), Some(9), "{point:?}");
        look(site);
    };
    sweep(points.iter().filter(|point| !point.is_reading), kill, &control);
    assert!(mixed.into_inner(), "no site with one file old and one new: {points:?}");
    assert!(torn.into_inner(), "no file that is neither: {points:?}");
}

/// One process, so that a kill ends all of it.
fn in_place(site: &Path) -> Command {
    let script = format!("cd \"$0\" && echo one > \"$0/{ONE}\" && echo two > \"$0/{TWO}\"");
    let mut command = Command::new("sh");
    command.args(["-c", &script]).arg(site);
    command
}
