//! The program itself, beside other runs of itself and where it may not write.
//!
//! Where two runs must meet at one call, `strace` holds the one there until the other has ended: no luck is needed.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use crate::skip::skip;
use rebrand::brand;
use rebrand::demo::sites::{self, Year};
use tempfile::TempDir;

const INTERFACE: &str = "usr/share/jitsi-meet/interface_config.js";

#[test]
fn two_first_runs_at_once_do_not_trip_over_our_folder() {
    if cannot_trace() {
        return;
    }
    for below in ["var", "var/lib", "var/lib/rebrand"] {
        let stage = Stage::new();
        let held = stage.held("mkdir,mkdirat", below, "apply", || is(&stage.run("apply"), &[0]));
        is(&held, &[0, 75]);
        is(&stage.run("check"), &[0]);
    }
}

#[test]
fn six_runs_at_once_come_to_what_one_does() {
    let alone = Stage::new();
    is(&alone.run("apply"), &[0]);
    for _ in 0..5 {
        let stage = Stage::new();
        let runs: Vec<_> = (0..6).map(|_| stage.command("apply").spawn().unwrap()).collect();
        let ended: Vec<Output> = runs.into_iter().map(|run| run.wait_with_output().unwrap()).collect();
        for run in &ended {
            is(run, &[0, 75]);
        }
        assert!(ended.iter().any(|run| run.status.success()));
        assert!(stage.files() == alone.files());
        assert_eq!(litter(&stage.site()), [""; 0]);
        is(&stage.run("check"), &[0]);
    }
}

#[test]
fn status_sees_one_state_although_the_site_changes_under_it() {
    if cannot_trace() {
        return;
    }
    // It looks at these one after the other; all that it read before is of the other state.
    let opened = [INTERFACE, "etc/jitsi/meet/meet.publiccode.net-config.js", "var/lib/rebrand/receipt.json"];
    for (deed, back, expected) in [("apply", "restore", 0), ("restore", "apply", 1)] {
        for path in opened {
            let stage = Stage::new();
            is(&stage.run("apply"), &[0]);
            is(&stage.run(back), &[0]);
            let held = stage.held("open,openat", path, "status", || is(&stage.run(deed), &[0]));
            let after = stage.run("status");
            is(&after, &[expected]);
            is(&held, &[expected]);
            assert_eq!(text(&held.stdout), text(&after.stdout), "{deed} at {path}");
        }
    }
}

#[test]
fn a_picture_that_goes_while_it_is_looked_at_is_no_trouble() {
    if cannot_trace() {
        return;
    }
    let stage = Stage::new();
    is(&stage.run("apply"), &[0]);
    let picture = stage.files().into_keys().find(|path| path.contains("images/rebrand/")).unwrap();
    let held = stage.held("open,openat", &picture, "status", || is(&stage.run("restore"), &[0]));
    is(&held, &[1]);
    assert_eq!(text(&held.stdout), text(&stage.run("status").stdout));
}

#[test]
fn status_meanwhile_tells_a_whole_state_or_that_a_run_is_at_work() {
    let stage = Stage::new();
    let told = |deed: &str| {
        is(&stage.run(deed), &[0]);
        text(&stage.run("status").stdout)
    };
    // The first two of each differ from later ones in what is remembered; from then on there are two states.
    told("apply");
    told("restore");
    let states = [told("apply"), told("restore")];
    std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            for deed in ["apply", "restore"].iter().cycle().take(40) {
                is(&stage.run(deed), &[0]);
            }
        });
        while !writer.is_finished() {
            let seen = stage.run("status");
            is(&seen, &[0, 1]);
            let seen = text(&seen.stdout);
            assert!(states.contains(&seen) || seen.contains("interrupted"), "a mixed state:\n{seen}");
        }
    });
}

#[test]
fn a_part_that_is_mounted_read_only_leaves_everything_as_it_was() {
    for read_only in ["usr", "etc", "var", "."] {
        let stage = Stage::new();
        is(&stage.run("apply"), &[0]);
        is(&stage.run("restore"), &[0]);
        let before = every(&stage.site());
        let Some(refused) = stage.with_read_only(read_only, "apply") else {
            skip("nothing can be mounted here (it needs root and `unshare`)");
            return;
        };
        is(&refused, &[2]);
        assert!(text(&refused.stderr).contains("Read-only file system"), "{}", text(&refused.stderr));
        assert_eq!(litter(&stage.site()), [""; 0], "{read_only}");
        assert!(every(&stage.site()) == before, "{read_only}: something was changed");
        // The reading commands need nothing written.
        is(&stage.with_read_only(read_only, "status").unwrap(), &[1]);
        is(&stage.run("apply"), &[0]);
        is(&stage.run("check"), &[0]);
    }
}

#[test]
fn who_may_not_write_is_told_so_and_changes_nothing() {
    if !rustix::process::geteuid().is_root() {
        skip("only root can become somebody else");
        return;
    }
    let stage = Stage::new();
    let before = every(&stage.site());
    let refused = stage.as_nobody("apply");
    is(&refused, &[2]);
    let message = text(&refused.stderr);
    assert!(message.contains("Permission denied") && message.contains("sudo"), "{message}");
    assert!(every(&stage.site()) == before);
    is(&stage.as_nobody("status"), &[1]);
    is(&stage.run("apply"), &[0]);
    let branded = every(&stage.site());
    is(&stage.as_nobody("check"), &[0]);
    is(&stage.as_nobody("restore"), &[2]);
    assert!(every(&stage.site()) == branded);
}

#[test]
fn modes_are_explicit_whatever_the_umask() {
    let stage = Stage::new();
    // In a process of its own: a umask is of the whole process, and the tests beside this one make files too.
    let strict = ["sh", "-c", "umask 077; exec \"$0\" \"$@\""];
    is(&after(&strict, &stage.args("apply")).output().unwrap(), &[0]);
    let picture = stage.files().into_keys().find(|path| path.contains("images/rebrand/"));
    let mode = |path: &str| fs::metadata(stage.site().join(path)).unwrap().permissions().mode() & 0o7777;
    for folder in ["usr/share/jitsi-meet/images/rebrand", "var", "var/lib/rebrand"] {
        assert_eq!(mode(folder), 0o755, "{folder}");
    }
    for file in [picture.unwrap().as_str(), INTERFACE, "var/lib/rebrand/receipt.json"] {
        assert_eq!(mode(file), 0o644, "{file}");
    }
}

#[test]
fn a_root_that_is_moved_is_still_known_and_restored() {
    let mut stage = Stage::new();
    let shipped = stage.files();
    is(&stage.run("apply"), &[0]);
    fs::rename(stage.site(), stage.folder.path().join("elsewhere")).unwrap();
    stage.site = "elsewhere";
    is(&stage.run("check"), &[0]);
    is(&stage.run("restore"), &[0]);
    assert!(stage.files() == shipped);
    assert!(!stage.site().join("usr/share/jitsi-meet/images/rebrand").exists());
}

// --- the stage ---

/// A stand-in site and the project of this repository, in a folder of their own.
struct Stage {
    folder: TempDir,
    site: &'static str,
}

impl Stage {
    fn new() -> Self {
        let stage = Stage { folder: tempfile::tempdir().unwrap(), site: "site" };
        // Others may look into it, as into a server's `/`.
        fs::set_permissions(stage.folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
        let own = [
            ("brand/brand.toml", brand::OWN.0),
            ("brand/logo.svg", brand::OWN.1),
            // So that the hosts' own files change too.
            ("patches/config.toml", "[set]\nenableWelcomePage = false\n"),
        ];
        for (path, text) in sites::files(Year::Y2021) {
            put(&stage.site().join(path), text);
        }
        for (path, text) in own {
            put(&stage.project().join(path), text);
        }
        stage
    }

    fn site(&self) -> PathBuf {
        self.folder.path().join(self.site)
    }

    fn project(&self) -> PathBuf {
        self.folder.path().join("project")
    }

    fn args(&self, deed: &str) -> Vec<String> {
        let path = |path: PathBuf| path.to_str().unwrap().to_owned();
        let mut args = vec![env!("CARGO_BIN_EXE_rebrand").to_owned(), deed.to_owned()];
        args.extend(["--root".to_owned(), path(self.site()), "-C".to_owned(), path(self.project())]);
        if matches!(deed, "apply" | "restore") {
            args.push("--yes".to_owned());
        }
        args
    }

    fn command(&self, deed: &str) -> Command {
        after(&[], &self.args(deed))
    }

    fn run(&self, deed: &str) -> Output {
        self.command(deed).output().unwrap()
    }

    /// `deed`, held at its first of `calls` on `path` of the site until `meanwhile` has ended.
    fn held(&self, calls: &str, path: &str, deed: &str, meanwhile: impl FnOnce()) -> Output {
        let path = self.site().join(path);
        let log = tempfile::NamedTempFile::new().unwrap();
        let (path, log_path) = (path.to_str().unwrap(), log.path().to_str().unwrap());
        let (trace, inject) =
            (format!("trace={calls}"), format!("inject={calls}:delay_enter=1500000:when=1"));
        let strace = ["strace", "-f", "-qq", "-o", log_path, "-P", path, "-e", &trace, "-e", &inject];
        let held = after(&strace, &self.args(deed)).spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(500));
        meanwhile();
        let held = held.wait_with_output().unwrap();
        let log = fs::read_to_string(log_path).unwrap();
        assert!(log.contains("(DELAYED)"), "{deed} was not held at {path}: {log}");
        held
    }

    /// `deed` with the folder `path` of the site mounted read-only; none where nothing can be mounted.
    fn with_read_only(&self, path: &str, deed: &str) -> Option<Output> {
        let folder = self.site().join(path);
        let script = "mount --bind \"$0\" \"$0\" && mount -o remount,bind,ro \"$0\" || exit 99; exec \"$@\"";
        let unshare = ["unshare", "--mount", "sh", "-c", script, folder.to_str().unwrap()];
        let run = after(&unshare, &self.args(deed)).output().ok()?;
        (!matches!(run.status.code(), Some(99)) && !text(&run.stderr).starts_with("unshare:")).then_some(run)
    }

    /// `deed` as a user who owns nothing, from a copy of the program that such a user can reach.
    fn as_nobody(&self, deed: &str) -> Output {
        let program = self.folder.path().join("rebrand");
        if !program.exists() {
            fs::copy(env!("CARGO_BIN_EXE_rebrand"), &program).unwrap();
        }
        let mut args = self.args(deed);
        program.to_str().unwrap().clone_into(&mut args[0]);
        let somebody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];
        after(&somebody, &args).output().unwrap()
    }

    /// The files of the site, but for our records of it.
    fn files(&self) -> BTreeMap<String, String> {
        let mut files = every(&self.site());
        files.retain(|path, _| !path.starts_with("var"));
        files
    }
}

fn after(wrapper: &[&str], args: &[String]) -> Command {
    let mut all = wrapper.iter().map(|text| (*text).to_owned()).chain(args.iter().cloned());
    let mut command = Command::new(all.next().unwrap());
    command.args(all).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn cannot_trace() -> bool {
    let traced = Command::new("strace").args(["-qq", "-o", "/dev/null", "true"]).output();
    let cannot = !traced.is_ok_and(|run| run.status.success());
    if cannot {
        skip("`strace` is missing or may not trace (`tests/install-parts.sh` installs it)");
    }
    cannot
}

fn is(run: &Output, statuses: &[i32]) {
    let (out, err) = (text(&run.stdout), text(&run.stderr));
    assert!(
        statuses.iter().any(|status| run.status.code() == Some(*status)),
        "{}:\n{out}\n{err}",
        run.status
    );
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn put(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// Every file and folder below `site`, with what it holds.
fn every(site: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut ahead = vec![site.to_owned()];
    while let Some(folder) = ahead.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(site).unwrap().to_str().unwrap().to_owned();
            if path.is_dir() {
                found.insert(name, "a folder".to_owned());
                ahead.push(path);
            } else {
                found.insert(name, String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned());
            }
        }
    }
    found
}

fn litter(site: &Path) -> Vec<String> {
    let names = every(site).into_keys();
    names.filter(|name| name.contains(".rebrand-") || name.ends_with("journal.json")).collect()
}
