//! A site that dpkg owns: kills and failing calls at every call that changes the disk, each followed by an upgrade with
//! the real dpkg before anything heals.
//!
//! Enabling, applying again and giving back are swept. Whatever happens, no file of the client is ever missing or torn,
//! the next run ends with the brand in force on the new package, dpkg finds its files as it wrote them, and after
//! `restore` nothing of ours is left. A control that moves files aside first, as `dpkg-divert --rename` does, must be
//! found out. Every kill is swept always; of the failing calls a fixed sample, and all with `REBRAND_SWEEP=full`.

#![allow(clippy::unwrap_used)]

mod control;
mod disk;
mod moving;
mod overlay;
mod points;
mod site;
#[path = "../skip/mod.rs"]
mod skip;

use std::os::unix::process::ExitStatusExt as _;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use points::{Point, points, traced};
use site::{Scene, Site, scenes};

/// How a call fails.
const ERRORS: [&str; 4] = ["EIO", "ENOSPC", "EROFS", "EACCES"];
/// Every how many-th pair of a call and an error is tried where not all are.
const SAMPLE: usize = 9;

#[test]
fn killed_anywhere_and_upgraded_before_it_heals_the_site_is_whole() {
    let Some(scenes) = scenes() else { return };
    for scene in scenes {
        let all = points(scene);
        assert!(all.len() > 60, "{}: {} calls only", scene.deed, all.len());
        sweep(&all, |point| {
            let site = scene.before.copy();
            let status =
                traced(&scene.command(&site), &format!("{}:signal=KILL:when={}", point.name, point.nth));
            assert_eq!(status.signal(), Some(9), "{}: {point:?}", scene.deed);
            upgraded_and_healed(scene, &site, &format!("{} killed at {point:?}", scene.deed));
        });
        println!("{}: {} kills, 0 violations", scene.deed, all.len());
    }
}

#[test]
fn with_any_call_failing_the_site_is_whole_and_the_next_run_goes_on() {
    let Some(scenes) = scenes() else { return };
    let is_full = std::env::var("REBRAND_SWEEP").is_ok_and(|sweep| sweep == "full");
    for scene in scenes {
        let all = points(scene);
        let pairs: Vec<(&Point, &str)> =
            all.iter().flat_map(|point| ERRORS.iter().map(move |error| (point, *error))).collect();
        let pairs: Vec<_> = pairs.into_iter().step_by(if is_full { 1 } else { SAMPLE }).collect();
        sweep(&pairs, |(point, error)| {
            let site = scene.before.copy();
            let what = format!("{}: {error} at {point:?}", scene.deed);
            let status =
                traced(&scene.command(&site), &format!("{}:error={error}:when={}", point.name, point.nth));
            assert!(status.code().is_some(), "{what}: {status}");
            if status.success() {
                // What could not be tidied up after the commit is the next run's.
                assert!(scene.command(&site).status().unwrap().success(), "{what}");
                let done = site.run(&["check"]).status.code();
                assert_eq!(
                    done,
                    Some(i32::from(scene.deed == "restore")),
                    "{what}: exit 0, and it is not done"
                );
            }
            upgraded_and_healed(scene, &site, &what);
        });
        println!("{}: {} failing calls, 0 violations", scene.deed, pairs.len());
    }
}

/// An upgrade before recovery, the recovery, and everything given back.
fn upgraded_and_healed(scene: &Scene, site: &Site, what: &str) {
    scene.whole(site, what);
    site.install(&scene.newer);
    scene.whole(site, &format!("{what}, upgraded"));
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

/// Runs `test` for each of `all`, on all cores.
fn sweep<T: Sync>(all: &[T], test: impl Fn(&T) + Sync) {
    let next = AtomicUsize::new(0);
    let workers = std::thread::available_parallelism().map_or(1, usize::from).min(4);
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                while let Some(one) = all.get(next.fetch_add(1, Ordering::Relaxed)) {
                    test(one);
                }
            });
        }
    });
}

/// Whether `program` can be run.
fn has(program: &str) -> bool {
    let is_there = |folder: std::path::PathBuf| folder.join(program).is_file();
    std::env::var_os("PATH").is_some_and(|path| std::env::split_paths(&path).any(is_there))
}

/// Below the folder for what tests leave behind.
fn scratch(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("sweep").join(name)
}
