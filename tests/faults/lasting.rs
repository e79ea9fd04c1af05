//! A disk that stays full, and one that stays broken: from some call on every one fails, undoing too.

use std::fs;
use std::path::Path;
use std::process::ExitStatus;

use super::{Point, Scene, assert_whole, heal, litter, scenes, sweep, traced, tree};

/// The calls that need space. A rename to a name that is there needs none, and undoing makes only those.
const NEED_SPACE: [&str; 7] = ["write", "mkdir", "mkdirat", "link", "linkat", "fsetxattr", "ftruncate"];

/// The calls that a broken or read-only disk refuses. Opening is not among them, for that is also reading.
const CHANGE: [&str; 20] = [
    "write",
    "fsync",
    "fdatasync",
    "ftruncate",
    "rename",
    "renameat",
    "renameat2",
    "link",
    "linkat",
    "unlink",
    "unlinkat",
    "mkdir",
    "mkdirat",
    "rmdir",
    "chmod",
    "fchmod",
    "fchmodat",
    "fchown",
    "fsetxattr",
    "fremovexattr",
];

#[test]
fn on_a_disk_that_stays_full_everything_is_undone() {
    for scene in scenes() {
        let points = scene.points.iter().filter(|point| NEED_SPACE.contains(&point.name.as_str()));
        sweep(
            points,
            |point, site| {
                let status = run(scene, point, site, &NEED_SPACE, "ENOSPC");
                let told = if status.success() { &scene.new } else { &scene.old };
                assert!(tree(site) == *told, "{} {point:?}: {status}, but the site differs", scene.deed);
                assert_eq!(litter(site), [""; 0], "{point:?}");
            },
            scene,
        );
    }
}

#[test]
fn on_a_disk_that_stays_broken_every_file_is_whole_and_is_healed_later() {
    for scene in scenes() {
        for error in ["EIO", "EROFS"] {
            let points = scene.points.iter().filter(|point| CHANGE.contains(&point.name.as_str()));
            sweep(points, |point, site| broken_from(scene, point, site, error), scene);
        }
    }
}

fn broken_from(scene: &Scene, point: &Point, site: &Path, error: &str) {
    let status = run(scene, point, site, &CHANGE, error);
    assert_whole(scene, site, &format!("{error} from {point:?} on"));
    heal(site);
    let tree = tree(site);
    // A failure after the receipt is in place is told as one, but cannot be undone any more: the whole is new.
    let is_told = tree == scene.new || (tree == scene.old && !status.success());
    assert!(is_told, "{} {error} {point:?}: {status}, a mixed site", scene.deed);
    assert_eq!(litter(site), [""; 0], "{error} {point:?}");
}

/// The deed of `scene` on `site`, where all of `calls` fail with `error` from `point` on.
fn run(scene: &Scene, point: &Point, site: &Path, calls: &[&str], error: &str) -> ExitStatus {
    let log = tempfile::NamedTempFile::new().unwrap();
    let path = log.path().to_str().unwrap();
    // What is not traced is not made to fail either.
    let mut options =
        vec!["-o".to_owned(), path.to_owned(), "-e".to_owned(), format!("trace={}", calls.join(","))];
    for call in calls {
        let before = point.so_far.get(*call).copied().unwrap_or(0);
        let first = if *call == point.name { point.nth } else { before + 1 };
        options.extend(["-e".to_owned(), format!("inject={call}:error={error}:when={first}+")]);
    }
    let options: Vec<&str> = options.iter().map(String::as_str).collect();
    let status = traced(&scene.command(site), &options);
    let log = fs::read_to_string(path).unwrap();
    let failing: Vec<&str> = log.lines().skip_while(|line| !line.contains("(INJECTED)")).collect();
    assert!(!failing.is_empty(), "{point:?} was not met: {log}");
    let went_through = failing.iter().find(|line| line.contains('(') && !line.contains("(INJECTED)"));
    assert_eq!(went_through, None, "{point:?}");
    status
}
