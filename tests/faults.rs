//! `apply` and `restore`, killed at every call that changes the disk, and with every such call failing once.
//!
//! The program itself is run under `strace`, which kills it or makes a call fail. Whatever happens, the site is
//! wholly as it was or wholly as it was to be once the next run has healed it; a run that says that it failed has
//! changed nothing. A control shows that the sweep finds what it looks for: without the journal it must fail.

#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock};

use tempfile::TempDir;

#[path = "faults/control.rs"]
mod control;
#[path = "faults/lasting.rs"]
mod lasting;
#[path = "faults/site.rs"]
mod site;
mod skip;

use site::{Tree, assert_parses, copy, copy_of, files, files_of, heal, litter, tree, write_project};
use skip::skip;

/// Every call by which a program can change what is on the disk, or make it durable.
const CALLS: &str = "open,openat,creat,write,pwrite64,writev,copy_file_range,sendfile,ftruncate,truncate,fallocate,\
    fsync,fdatasync,rename,renameat,renameat2,link,linkat,symlink,symlinkat,unlink,unlinkat,mkdir,mkdirat,rmdir,\
    chmod,fchmod,fchmodat,fchown,fchownat,fsetxattr,fremovexattr,flock";

/// A deed, with the site before it and after it.
#[derive(Clone)]
struct Scene {
    deed: &'static str,
    project: PathBuf,
    before: PathBuf,
    old: Tree,
    new: Tree,
    /// The calls of the deed from the first that changes the site to the last.
    points: Vec<Point>,
}

/// The `nth` call of `name` in a run.
#[derive(Clone, Debug)]
struct Point {
    name: String,
    nth: usize,
    /// How many calls of each name there were up to it.
    so_far: BTreeMap<String, usize>,
    /// Whether it only opens something to read it.
    is_reading: bool,
}

#[test]
fn killed_anywhere_the_site_is_old_or_new() {
    for scene in scenes() {
        let points = scene.points.iter().filter(|point| !point.is_reading);
        let seen = Mutex::new(BTreeSet::new());
        sweep(
            points,
            |point, site| {
                let status = scene.run(site, point, "signal=KILL");
                assert_eq!(status.signal(), Some(9), "{point:?}: {status}");
                assert_whole(scene, site, &format!("{point:?}"));
                // The program alone heals, and what it leaves can be taken back.
                let other = copy_of(site);
                assert!(scene.command(other.path()).status().unwrap().success(), "{point:?}");
                assert!(self::tree(other.path()) == scene.new, "{}: not healed: {point:?}", scene.deed);
                there_and_back(scene, other.path(), point);

                heal(site);
                let tree = tree(site);
                assert!(tree == scene.old || tree == scene.new, "{}: a mixed site: {point:?}", scene.deed);
                assert_eq!(litter(site), [""; 0], "{point:?}");
                seen.lock().unwrap().insert(tree == scene.new);
                // The next run does what this one could not.
                assert!(scene.command(site).status().unwrap().success(), "{point:?}");
                assert!(self::tree(site) == scene.new, "{}: not finished: {point:?}", scene.deed);
            },
            scene,
        );
        assert_eq!(
            seen.into_inner().unwrap().len(),
            2,
            "{}: kills fall before and after the commit",
            scene.deed
        );
    }
}

#[test]
fn with_any_call_failing_the_exit_status_tells_the_truth() {
    for scene in scenes() {
        for error in ["EIO", "ENOSPC", "EROFS"] {
            // A disk that is full or read-only can still be read.
            let points = scene.points.iter().filter(|point| !point.is_reading || error == "EIO");
            sweep(
                points,
                |point, site| {
                    let status = scene.run(site, point, &format!("error={error}"));
                    let tree = tree(site);
                    let told = if status.success() { &scene.new } else { &scene.old };
                    // A folder that could not be cleaned up after the commit is the next run's.
                    let is_told = tree == *told || (status.success() && files_of(&tree) == files_of(told));
                    assert!(is_told, "{} {error} {point:?}: {status}, but the site differs", scene.deed);
                    heal(site);
                    assert!(self::tree(site) == *told, "{} {error} {point:?}: not healed", scene.deed);
                    assert_eq!(litter(site), [""; 0], "{error} {point:?}");
                },
                scene,
            );
        }
    }
}

#[test]
fn where_second_names_are_refused_copies_do() {
    for scene in scenes() {
        for error in ["EPERM", "EMLINK", "EOPNOTSUPP"] {
            let site = copy_of(&scene.before);
            let inject = format!("link,linkat:error={error}");
            let status = traced(&scene.command(site.path()), &["-e", &format!("inject={inject}")]);
            assert!(status.success(), "{error}: {status}");
            assert!(tree(site.path()) == scene.new, "{error}");
            assert_eq!(litter(site.path()), [""; 0], "{error}");
        }
        // Also when it is killed among the renames that follow.
        let renames = scene.points.iter().filter(|point| point.name.starts_with("rename"));
        sweep(
            renames,
            |point, site| {
                let refuse = "inject=link,linkat:error=EPERM";
                let kill = format!("inject={}:signal=KILL:when={}", point.name, point.nth);
                traced(&scene.command(site), &["-e", refuse, "-e", &kill]);
                heal(site);
                let tree = tree(site);
                assert!(tree == scene.old || tree == scene.new, "{}: a mixed site: {point:?}", scene.deed);
                assert_eq!(litter(site), [""; 0], "{point:?}");
            },
            scene,
        );
    }
}

#[test]
fn killed_while_healing_the_next_run_heals() {
    let Some(apply) = scenes().first() else { return };
    let site = interrupted(apply);
    let healing = scene("apply", &apply.project, site.path());
    assert!(healing.old != apply.old && healing.old != apply.new, "there is something to heal");
    assert!(healing.new == apply.new);
    // Healing writes nothing; the commit after it is swept above.
    let points: Vec<&Point> = healing.points.iter().take_while(|point| point.name != "write").collect();
    assert!(points.iter().any(|point| point.name.starts_with("rename")), "{points:?}");
    for fault in ["signal=KILL", "error=EIO"] {
        let test = |point: &Point, site: &Path| {
            let status = healing.run(site, point, fault);
            heal(site);
            let told = if status.success() { &apply.new } else { &apply.old };
            assert!(tree(site) == *told, "{fault}: a mixed site: {point:?}");
            assert_eq!(litter(site), [""; 0], "{fault} {point:?}");
        };
        sweep(points.iter().copied().filter(|point| !point.is_reading), test, &healing);
    }
}

#[test]
fn control_without_the_journal_the_sweep_finds_mixed_sites() {
    for scene in scenes() {
        let site = interrupted(scene);
        let mixed = tree(site.path());
        assert!(mixed != scene.old && mixed != scene.new, "{}: the kill fell beside the renames", scene.deed);
        fs::remove_file(site.path().join("var/lib/rebrand/journal.json")).unwrap();
        heal(site.path());
        let healed = tree(site.path());
        assert!(healed != scene.old && healed != scene.new, "{}: the sweep would find nothing", scene.deed);
    }
}

// --- scenes ---

/// `apply` on a shipped site and `restore` on the branded one; none where nothing can be traced.
fn scenes() -> &'static [Scene] {
    static SCENES: OnceLock<Vec<Scene>> = OnceLock::new();
    SCENES.get_or_init(|| {
        let can_trace = traced(&Command::new("true"), &[]).success();
        if !can_trace {
            skip("`strace` is missing or may not trace (`tests/install-parts.sh` installs it)");
            return Vec::new();
        }
        // Left behind for a look when a test fails; the next run makes them anew.
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("faults");
        let _ = fs::remove_dir_all(&folder);
        let (project, shipped, branded) =
            (folder.join("project"), folder.join("shipped"), folder.join("branded"));
        write_project(&project);
        copy(Path::new("src/demo/sites/2021"), &shipped);
        with_pictures_made(&project, &shipped);
        copy(&shipped, &branded);
        let apply = scene("apply", &project, &shipped);
        assert!(apply.command(&branded).status().unwrap().success());
        let restore = scene("restore", &project, &branded);
        let changed = apply.new.iter().filter(|(name, file)| apply.old.get(*name) != Some(file)).count();
        assert!(changed >= 5, "three files, a picture and the receipt change: {changed}");
        vec![apply, restore]
    })
}

/// Gives `site` the pictures of `project` as an earlier run keeps them: making them is another process, and no call of
/// it changes a site.
fn with_pictures_made(project: &Path, site: &Path) {
    let other = copy_of(site);
    let mut apply = Command::new(env!("CARGO_BIN_EXE_rebrand"));
    apply.args(["apply", "--quiet", "--yes", "--root"]).arg(other.path()).arg("-C").arg(project);
    assert!(apply.status().unwrap().success());
    copy(&other.path().join(MADE), &site.join(MADE));
}

/// Where pictures that were made are kept.
const MADE: &str = "var/lib/rebrand/made";

fn scene(deed: &'static str, project: &Path, before: &Path) -> Scene {
    let mut scene = Scene {
        deed,
        project: project.to_owned(),
        before: before.to_owned(),
        old: tree(before),
        new: Tree::new(),
        points: Vec::new(),
    };
    let site = copy_of(before);
    let log = site.path().join("strace.log");
    let path = log.to_str().unwrap().to_owned();
    let status = traced(&scene.command(site.path()), &["-o", &path, "-e", &format!("trace={CALLS}")]);
    assert!(status.success(), "{deed}: {status}");
    scene.points = points(&fs::read_to_string(&log).unwrap(), site.path());
    fs::remove_file(&log).unwrap();
    scene.new = tree(site.path());
    assert_eq!(litter(site.path()), [""; 0]);
    files(site.path())
        .iter()
        .filter(|path| path.extension().is_some_and(|end| end == "js"))
        .for_each(|path| assert_parses(path));
    assert!(scene.points.len() > 40, "{deed}: {} calls only", scene.points.len());
    scene
}

impl Scene {
    /// The deed on `site`, as a person calls it.
    fn command(&self, site: &Path) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rebrand"));
        command.args([self.deed, "--quiet", "--root"]).arg(site).arg("-C").arg(&self.project);
        if self.deed != "check" {
            command.arg("--yes");
        }
        command
    }

    /// The deed on `site` with `fault` at `point`.
    fn run(&self, site: &Path, point: &Point, fault: &str) -> ExitStatus {
        let log = tempfile::NamedTempFile::new().unwrap();
        let path = log.path().to_str().unwrap();
        let inject = format!("inject={}:{fault}:when={}", point.name, point.nth);
        let trace = format!("trace={}", point.name);
        let status = traced(&self.command(site), &["-o", path, "-e", &trace, "-e", &inject]);
        let log = fs::read_to_string(path).unwrap();
        assert!(log.contains("(INJECTED)") || status.signal() == Some(9), "{point:?} was not met: {log}");
        status
    }
}

/// The calls in `log` from the first that changes something of `site` to the last, each with how many of its name
/// came before it in the run.
fn points(log: &str, site: &Path) -> Vec<Point> {
    let site = site.to_str().unwrap();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut points = Vec::new();
    let mut last = 0;
    for line in log.lines() {
        let call = line.split_once(' ').map_or("", |(_, call)| call.trim_start());
        let Some((name, _)) = call.split_once('(') else { continue };
        let nth = *counts.entry(name.to_owned()).and_modify(|count| *count += 1).or_insert(1);
        let is_reading = name.starts_with("open") && !call.contains("O_CREAT");
        if points.is_empty() && (is_reading || !call.contains(site)) {
            continue;
        }
        points.push(Point { name: name.to_owned(), nth, so_far: counts.clone(), is_reading });
        if !is_reading && call.contains(site) {
            last = points.len();
        }
    }
    points.truncate(last);
    points
}

fn traced(command: &Command, options: &[&str]) -> ExitStatus {
    let mut strace = Command::new("strace");
    strace.args(["-f", "-qq"]).args(options);
    if !options.contains(&"-o") {
        strace.args(["-o", "/dev/null"]);
    }
    strace.arg(command.get_program()).args(command.get_args());
    strace.stdout(Stdio::null()).stderr(Stdio::null()).stdin(Stdio::null());
    strace.status().unwrap_or_else(|_| ExitStatus::from_raw(1 << 8))
}

/// Runs `test` for every point on a site of its own, on all cores.
fn sweep<'p>(points: impl Iterator<Item = &'p Point>, test: impl Fn(&Point, &Path) + Sync, scene: &Scene) {
    let points: Vec<&Point> = points.collect();
    let next = AtomicUsize::new(0);
    let workers = std::thread::available_parallelism().map_or(1, usize::from).min(4);
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                while let Some(point) = points.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let site = copy_of(&scene.before);
                    test(point, site.path());
                }
            });
        }
    });
}

/// A site where the deed of `scene` was killed when all files were in place but the receipt, which is the last.
fn interrupted(scene: &Scene) -> TempDir {
    let site = copy_of(&scene.before);
    let last = scene.points.iter().rfind(|point| point.name.starts_with("rename")).unwrap();
    scene.run(site.path(), last, "signal=KILL");
    site
}

/// Right after a fault, and before any healing: every file, and the receipt, is wholly old or wholly new.
fn assert_whole(scene: &Scene, site: &Path, fault: &str) {
    let now = tree(site);
    for name in now.keys().chain(scene.old.keys()).chain(scene.new.keys()) {
        let file = now.get(name);
        let is_whole = file == scene.old.get(name) || file == scene.new.get(name);
        assert!(is_whole, "{}: {name} is neither old nor new: {fault}", scene.deed);
    }
}

/// `check` agrees with a site that `scene` has been played on, and the other deed gives back what was before.
fn there_and_back(scene: &Scene, site: &Path, point: &Point) {
    let run = |deed| Scene { deed, ..scene.clone() }.command(site).status().unwrap().code();
    let (back, checked) = if scene.deed == "apply" { ("restore", [0, 1]) } else { ("apply", [1, 0]) };
    assert_eq!(run("check"), Some(checked[0]), "{point:?}");
    assert_eq!(run(back), Some(0), "{point:?}");
    assert_eq!(run("check"), Some(checked[1]), "{point:?}");
    let site_only = |mut tree: Tree| {
        tree.retain(|name, _| !name.starts_with("var"));
        tree
    };
    assert!(site_only(tree(site)) == site_only(scene.old.clone()), "{back} gave something else: {point:?}");
    assert_eq!(litter(site), [""; 0], "{point:?}");
}
