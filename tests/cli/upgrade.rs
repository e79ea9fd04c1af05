//! `upgrade`, with stand-ins of apt, dpkg and systemd that say what a test wants. It is only for `/`, so each run has a
//! `/` of its own: a mount namespace in which the few folders that matter are others.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Stdio};

use rebrand::demo::sites::Year;

use crate::rehearse::{Deb, package};
use crate::skip::skip;
use crate::world::{BRAND, Run, World};

/// A branded machine of 2021 and what apt would install on it.
struct Machine {
    world: World,
    deb: Deb,
    /// Whether `apt-mark hold` keeps the web client as it is.
    is_held: bool,
}

/// What stands in for the programs: each says on standard error what it was called with.
const APT_CACHE: &str = "#!/bin/sh\necho \"$2:\"\n[ \"$2\" = jitsi-meet-web ] || exit 0\n\
    echo '  Installed: 1.0.9268-1'\necho '  Candidate: 1.0.9300-1'\n";
const APT_GET: &str = "#!/bin/sh\necho \"apt-get $*\" >&2\n[ \"$1\" = \"$(cat /stand-in/fails)\" ] && exit 100\n\
    case \"$1\" in\n  download) cp /stand-in/new.deb . ;;\n  install) dpkg-deb -x /stand-in/new.deb / \
    && dpkg-deb -I /stand-in/new.deb md5sums > /var/lib/dpkg/info/jitsi-meet-web.md5sums ;;\nesac\n";
const DPKG_QUERY: &str = "#!/bin/sh\nsed 's/ /\\t/' /stand-in/installed\n";
const SYSTEMCTL: &str = "#!/bin/sh\n[ \"$1\" = restart ] && { echo \"restarted $3\" >&2; exit 0; }\n\
    case \"$*\" in *jicofo*) echo MainPID=$PPID ;; *) echo MainPID=0 ;; esac\n";

impl Machine {
    fn new(change: impl Fn(&Path)) -> Option<Machine> {
        let is_possible =
            Command::new("unshare").args(["-m", "mount", "-t", "tmpfs", "none", "/srv"]).status();
        if !is_possible.is_ok_and(|status| status.success()) {
            skip("no mount namespace can be made here");
            return None;
        }
        let deb = package("1.0.9300-1", Year::Y2026, change)?;
        let world = World::new(Year::Y2021, BRAND);
        crate::packages::known_to_dpkg(&world);
        // Its process was started long before: the files of the package are of tomorrow.
        world.put("var/lib/dpkg/info/jicofo.list", "/usr/share/jicofo\n");
        let tomorrow = std::time::SystemTime::now() + std::time::Duration::from_hours(24);
        let list = fs::File::open(world.site().join("var/lib/dpkg/info/jicofo.list")).unwrap();
        list.set_modified(tomorrow).unwrap();
        world.run(&["apply", "--yes"]).is(0);
        Some(Machine { world, deb, is_held: false })
    }

    /// Runs `upgrade` where `apt-get fails` does, with nobody at the terminal.
    fn upgrade(&self, fails: &str, arguments: &[&str]) -> Run {
        let tools = self.world.site().join("stand-in");
        fs::create_dir_all(&tools).unwrap();
        for (name, text) in [
            ("apt-get", APT_GET),
            ("apt-cache", APT_CACHE),
            ("dpkg-query", DPKG_QUERY),
            ("systemctl", SYSTEMCTL),
        ] {
            fs::write(tools.join(name), text).unwrap();
            fs::set_permissions(tools.join(name), fs::Permissions::from_mode(0o755)).unwrap();
        }
        fs::write(tools.join("fails"), fails).unwrap();
        let web = if self.is_held { "hold" } else { "install" };
        let installed = format!("jitsi-meet-web {web} installed\njicofo install installed\n");
        fs::write(tools.join("installed"), installed).unwrap();
        fs::copy(self.deb.path(), tools.join("new.deb")).unwrap();
        // Every folder of the machine, wherever the clone and the temporary files lie, but those of the site.
        let script = "set -e; site=$1; shift; mount -t tmpfs none /mnt; cd /mnt; \
            for folder in /*/; do folder=${folder%/}; \
              case $folder in /mnt|/sys) ;; *) mkdir .$folder; mount --rbind $folder .$folder ;; esac; done; \
            mkdir -p var/lib stand-in; mount --bind $site/var/lib var/lib; mount --bind $site/stand-in stand-in; \
            mount -t tmpfs none usr/share; mkdir usr/share/jitsi-meet; \
            mount --bind $site/usr/share/jitsi-meet usr/share/jitsi-meet; \
            mount -t tmpfs none etc; mkdir etc/jitsi; mount --bind $site/etc/jitsi etc/jitsi; \
            exec chroot /mnt env PATH=/stand-in:/usr/bin:/bin:/usr/sbin:/sbin \"$@\"";
        let done = Command::new("unshare")
            .args(["-m", "sh", "-c", script, "sh"])
            .arg(self.world.site())
            .arg(env!("CARGO_BIN_EXE_rebrand"))
            .arg("-C")
            .arg(self.world.project())
            .arg("upgrade")
            .args(arguments)
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Run { status: done.status.code().unwrap(), out: text(done.stdout), err: text(done.stderr) }
    }
}

#[test]
fn the_runbook_upgrades_applies_and_checks() {
    let Some(machine) = Machine::new(|_| {}) else { return };
    let run = machine.upgrade("nothing", &["--yes"]);
    run.is(0).prints(&["jitsi-meet-web 1.0.9268-1 → 1.0.9300-1"]).says(&[
        "apt-get update",
        "apt-get download jitsi-meet-web=1.0.9300-1",
        "upstream moved",
        "apt-get install --only-upgrade --yes --no-remove -o Dpkg::Options::=--force-confdef",
        "-- jitsi-meet-web jicofo",
        "the site is branded: every wish is in force",
        "unattended runs read `/etc/rebrand` alone",
        "`jicofo` runs code from before the upgrade",
    ]);
    assert!(!run.err.contains("restarted"), "nothing is restarted unasked:\n{}", run.err);
    machine.world.run(&["check"]).is(0);
    assert!(
        machine.world.text(crate::world::HOST).contains("defaultRemoteDisplayName: 'fellow Public Coder'")
    );
}

/// What a person gave back stays so until a person applies.
#[test]
fn a_held_site_is_upgraded_and_left_as_it_is_shipped() {
    let Some(machine) = Machine::new(|_| {}) else { return };
    machine.world.run(&["restore", "--yes"]).is(0);
    machine.upgrade("nothing", &["--yes"]).is(0).says(&["--only-upgrade", "as `restore` left it"]);
    machine.world.run(&["status"]).is(1).prints(&["held"]);
    assert!(!machine.world.text(crate::world::HOST).contains("fellow Public Coder"));
}

/// apt would end with an error for it.
#[test]
fn a_client_on_hold_is_left_and_told() {
    let Some(machine) = Machine::new(|_| {}) else { return };
    let machine = Machine { is_held: true, ..machine };
    let run = machine.upgrade("download", &["--yes"]);
    run.is(0).says(&["`jitsi-meet-web` is on hold", "apt-mark unhold jitsi-meet-web", "-- jicofo\n"]);
    assert!(!run.err.contains("apt-get download"), "{}", run.err);
}

#[test]
fn services_are_restarted_where_that_is_asked_for() {
    let Some(machine) = Machine::new(|_| {}) else { return };
    let run = machine.upgrade("nothing", &["--yes", "--restart", "jicofo"]);
    run.is(0).says(&["restarted jicofo"]);
    assert!(!run.err.contains("runs code from before"), "{}", run.err);
}

#[test]
fn a_step_that_fails_ends_with_a_word_on_the_site() {
    for (fails, step) in [
        ("update", "refresh the lists of apt"),
        ("download", "rehearse"),
        ("install", "upgrade the packages"),
    ] {
        let Some(machine) = Machine::new(|_| {}) else { return };
        let before = machine.world.files();
        let run = machine.upgrade(fails, &["--yes", "--restart", "jicofo"]);
        run.is(2).says(&[&format!("failed to {step}"), "the site is branded: every wish is in force"]);
        assert!(!run.err.contains("restarted"), "{}", run.err);
        let mut after = machine.world.files();
        after.retain(|path, _| !path.starts_with("stand-in/"));
        assert!(before == after, "the site is as it was");
    }
}

#[test]
fn an_upgrade_that_loses_a_wish_needs_a_person() {
    let broken =
        |tree: &Path| fs::write(tree.join(crate::world::INTERFACE), "var interfaceConfig = {{;").unwrap();
    let Some(machine) = Machine::new(broken) else { return };
    let run = machine.upgrade("nothing", &["--yes"]);
    run.is(1).says(&["the upgrade would lose what is in force now", "every wish is in force"]);
    assert!(!run.err.contains("--only-upgrade"), "nothing is upgraded:\n{}", run.err);
}

#[test]
fn nobody_to_ask_and_another_root_are_refused() {
    let Some(machine) = Machine::new(|_| {}) else { return };
    machine.upgrade("nothing", &[]).is(1).says(&["`upgrade` asks first", "`--yes`"]);
    machine.upgrade("nothing", &["--yes", "--offline"]).is(2).says(&["`--offline`"]);
    machine.world.refuses(&["upgrade", "--yes"], 2).says(&["with `--root /` alone"]);
    machine.world.refuses(&["upgrade", "--yes", "--restart", "nginx"], 2).says(&["nginx"]);
}
