//! A Debian of its own for one story: a copy of the base, in which real apt and dpkg run.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use crate::packages::{self, HOST, Release};
use crate::parts;

/// What every command in it is run with. Nobody is there to answer.
const ENVIRONMENT: [(&str, &str); 4] = [
    ("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"),
    ("DEBIAN_FRONTEND", "noninteractive"),
    ("LC_ALL", "C.UTF-8"),
    ("HOME", "/root"),
];

/// No mirror but our folder, and no user of apt's own, who could not read it.
const APT: &str = r#"APT::Sandbox::User "root";
APT::Get::Assume-Yes "true";
Acquire::Languages "none";
Dpkg::Use-Pty "false";
Unattended-Upgrade::Origins-Pattern { "origin=jitsi.org"; };
"#;

/// The folder of a Debian, removed at the end of the story.
pub(crate) struct Chroot {
    root: PathBuf,
}

/// What a command came to.
#[derive(Debug)]
pub(crate) struct Done {
    /// The exit status, or none where a signal ended it.
    pub(crate) status: Option<i32>,
    pub(crate) said: String,
}

impl Chroot {
    /// A copy of the base for the story `name`, with an empty repository and no Jitsi Meet.
    pub(crate) fn new(name: &str) -> Self {
        let root = parts::scratch(name);
        remove(&root);
        fs::create_dir_all(root.parent().unwrap()).unwrap();
        let copied = Command::new("cp").arg("-a").arg(parts::base()).arg(&root).status().unwrap();
        assert!(copied.success(), "failed to copy {}", parts::base().display());
        let chroot = Chroot { root };
        // No package starts a service: the story itself does.
        chroot.write("usr/sbin/policy-rc.d", "#!/bin/sh\nexit 101\n");
        chroot.must("chmod 755 /usr/sbin/policy-rc.d; rm -rf /etc/apt/sources.list* /var/lib/apt/lists/*");
        chroot.write("etc/apt/sources.list", "deb [trusted=yes] file:/repository ./\n");
        chroot.write("etc/apt/apt.conf.d/99story", APT);
        chroot
    }

    /// With Jitsi Meet of `release` installed.
    pub(crate) fn with_jitsi(name: &str, release: Release) -> Self {
        let chroot = Self::new(name);
        chroot.publish(release);
        chroot.must(&format!("apt-get install {}", packages::JITSI.join(" ")));
        chroot
    }

    /// With Jitsi Meet, our package and a brand in force.
    pub(crate) fn branded(name: &str, release: Release) -> Self {
        let chroot = Self::with_jitsi(name, release);
        chroot.must("apt-get install rebrand");
        chroot.brand();
        chroot
    }

    /// Writes a brand to `/etc/rebrand`, and applies it as a person does the first time.
    pub(crate) fn brand(&self) {
        for (path, text) in packages::brand() {
            self.write(&format!("etc/rebrand/brand/{path}"), text);
        }
        self.must("rebrand apply --yes");
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn host_config(&self) -> String {
        self.read(&format!("etc/jitsi/meet/{HOST}-config.js"))
    }

    /// A command that runs `program` in it.
    pub(crate) fn command(&self, program: &str) -> Command {
        let mut command = Command::new("chroot");
        command.arg(&self.root).arg(program);
        command.env_clear().envs(ENVIRONMENT).stdin(Stdio::null());
        command
    }

    /// Runs a line of shell.
    pub(crate) fn run(&self, line: &str) -> Done {
        Done::of(&self.command("/bin/sh").args(["-c", line]).output().unwrap())
    }

    /// Runs a line of shell that has to succeed, and gives what it said.
    pub(crate) fn must(&self, line: &str) -> String {
        let done = self.run(line);
        assert_eq!(done.status, Some(0), "`{line}` said:\n{}", done.said);
        done.said
    }

    /// Puts the packages of `release` and ours into the repository, and lets apt know.
    pub(crate) fn publish(&self, release: Release) {
        self.add(&packages::debs(release));
        self.add(&[packages::ours().to_owned()]);
    }

    /// Puts packages into the repository, and lets apt know.
    pub(crate) fn add(&self, debs: &[PathBuf]) {
        fs::create_dir_all(self.path("repository")).unwrap();
        for deb in debs {
            fs::copy(deb, self.path("repository").join(deb.file_name().unwrap())).unwrap();
        }
        self.must(
            "cd /repository && apt-ftparchive packages . >Packages && rm -f Release \
             && apt-ftparchive -o APT::FTPArchive::Release::Origin=jitsi.org release . >../Release \
             && mv ../Release . && apt-get -q update",
        );
    }

    /// That nothing of ours is left, and that packages hold what they shipped.
    pub(crate) fn assert_clean(&self) {
        self.assert_shipped();
        assert!(!self.must("dpkg-divert --list").contains("rebrand"), "a diversion of ours is left");
        for path in ["var/lib/rebrand", "var/cache/rebrand", "etc/rebrand"] {
            assert!(!self.path(path).exists(), "{path} is left");
        }
        let litter = self.must(
            "find /usr/share/jitsi-meet /etc/jitsi -type f -o -type l | sort >/tmp/there; \
             { dpkg -L jitsi-meet-web jitsi-meet-web-config; find /etc/jitsi/meet -name '*-config.js'; } \
             2>/dev/null | sort >/tmp/owned; comm -23 /tmp/there /tmp/owned; find / -xdev -name '*rebrand*' \
             -not -path '/repository/*' -not -path '/var/log/*' -not -path '/var/cache/apt/*'",
        );
        assert_eq!(litter, "", "litter is left");
        assert_eq!(self.must("dpkg --audit"), "");
    }

    /// That `dpkg -V` and debsums find nothing changed in any package, branded or not.
    pub(crate) fn assert_shipped(&self) {
        let told = self.run("dpkg -V jitsi-meet-web jitsi-meet-web-config rebrand 2>/dev/null").said;
        assert_eq!(told, "", "dpkg -V");
        let told = self.run("debsums -s jitsi-meet-web jitsi-meet-web-config 2>&1 | grep -v 'not installed'");
        assert_eq!(told.said, "", "debsums");
    }
}

impl Drop for Chroot {
    fn drop(&mut self) {
        // A failed story is looked at.
        if !std::thread::panicking() {
            remove(&self.root);
        }
    }
}

impl Done {
    pub(crate) fn of(output: &Output) -> Self {
        let said = [output.stdout.as_slice(), &output.stderr].concat();
        Done { status: output.status.code(), said: String::from_utf8_lossy(&said).into_owned() }
    }
}

/// Removes a folder, of which there may be none. Nothing is ever mounted in it.
fn remove(folder: &Path) {
    if folder.exists() {
        fs::remove_dir_all(folder).unwrap();
    }
}
