//! apt, dpkg and systemd, asked and told by their own programs. Only for the machine's own `/`.
//!
//! Programs are called without a path and with `LC_ALL=C`. What they say to people goes to standard error.

use std::fs;
use std::io::{self, IsTerminal as _};
use std::os::fd::AsFd as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, SystemTime};

use super::error::{At, Error};

/// What apt knows of a package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Its name.
    pub name: String,
    /// The version that is installed; none if it is not.
    pub installed: Option<String>,
    /// The version that apt would install.
    pub version: String,
}

impl Candidate {
    /// Whether apt would install another version than the installed one.
    #[must_use]
    pub fn is_newer(&self) -> bool {
        self.installed.as_ref().is_some_and(|installed| *installed != self.version)
    }
}

/// What apt would install of `package`; none if it knows none.
///
/// # Errors
/// When apt cannot be asked.
pub fn candidate(package: &str) -> Result<Option<Candidate>, Error> {
    let policy = said(program("apt-cache").args(["policy", package]))?;
    let field = |name: &str| {
        let line = policy.lines().find_map(|line| line.trim().strip_prefix(name)?.strip_prefix(": "));
        line.filter(|version| *version != "(none)").map(str::to_owned)
    };
    let (installed, name) = (field("Installed"), package.to_owned());
    Ok(field("Candidate").map(|version| Candidate { name, installed, version }))
}

/// Lets apt download `packages` into a folder of its own below `folder`, and tells where each is.
///
/// # Errors
/// When that fails.
pub fn download(packages: &[Candidate], folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let folder = folder.join("download");
    fs::create_dir(&folder).at("make", &folder)?;
    // apt downloads as a user of its own, who has to reach the folder.
    if let Some(user) = sandbox_user() {
        std::os::unix::fs::chown(&folder, Some(user), None).at("give away", &folder)?;
    }
    let named = packages.iter().map(|package| format!("{}={}", package.name, package.version));
    run(program("apt-get").arg("download").args(named).current_dir(&folder))?;
    let mut files = Vec::new();
    for entry in fs::read_dir(&folder).at("list", &folder)? {
        files.push(entry.at("list", &folder)?.path());
    }
    files.retain(|path| path.extension().is_some_and(|end| end == "deb"));
    files.sort();
    Ok(files)
}

/// The number of the user `_apt`, if there is one and this run may give files away.
fn sandbox_user() -> Option<u32> {
    let users = fs::read_to_string("/etc/passwd").ok().filter(|_| rustix::process::geteuid().is_root())?;
    users.lines().find_map(|line| line.strip_prefix("_apt:")?.split(':').nth(1)?.parse().ok())
}

/// Lets apt refresh its lists.
///
/// # Errors
/// When that fails.
pub fn refresh() -> Result<(), Error> {
    run(program("apt-get").arg("update"))
}

/// Packages that are installed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Installed {
    /// Those that apt may upgrade.
    pub free: Vec<String>,
    /// Those that `apt-mark hold` keeps as they are.
    pub on_hold: Vec<String>,
}

/// Those of `packages` that are installed.
///
/// # Errors
/// When dpkg cannot be asked.
pub fn installed(packages: &[&str]) -> Result<Installed, Error> {
    let mut query = program("dpkg-query");
    let format = "--showformat=${Package}\\t${db:Status-Want} ${db:Status-Status}\\n";
    query.args(["--show", format]).args(packages);
    // Its status says that one of them is unknown, which is no trouble.
    let output = query.stderr(Stdio::null()).output().at("run", Path::new("dpkg-query"))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let mut installed = Installed::default();
    for line in text.lines() {
        match line.split_once('\t') {
            Some((name, "hold installed")) => installed.on_hold.push(name.to_owned()),
            Some((name, state)) if state.ends_with(" installed") => installed.free.push(name.to_owned()),
            _ => {}
        }
    }
    Ok(installed)
}

/// Lets apt upgrade `packages` and whatever they need; `unattended` asks nothing, keeps configuration files and removes
/// no other package. apt itself asks a person where more than these packages is concerned.
///
/// # Errors
/// When that fails.
pub fn upgrade(packages: &[String], unattended: bool) -> Result<(), Error> {
    let mut apt = program("apt-get");
    apt.args(["install", "--only-upgrade"]);
    if unattended {
        apt.env("DEBIAN_FRONTEND", "noninteractive").args(["--yes", "--no-remove"]);
        apt.args(["-o", "Dpkg::Options::=--force-confdef", "-o", "Dpkg::Options::=--force-confold"]);
    } else if io::stdin().is_terminal() {
        apt.stdin(Stdio::inherit());
    }
    run(apt.arg("--").args(packages))
}

/// Whether the process of `service` was started before the files of `package` were unpacked; none if it does not run.
///
/// # Errors
/// When systemd cannot be asked.
pub fn runs_old_code(service: &str, package: &str) -> Result<Option<bool>, Error> {
    let shown = said(program("systemctl").args(["show", "--property=MainPID", "--", service]))?;
    let process = shown.trim().strip_prefix("MainPID=").filter(|process| *process != "0");
    let Some(started) = process.and_then(started) else { return Ok(None) };
    let list = PathBuf::from(format!("/var/lib/dpkg/info/{package}.list"));
    let unpacked = fs::metadata(&list).and_then(|metadata| metadata.modified()).at("look at", &list)?;
    Ok(Some(started < unpacked))
}

/// When a process was started, to the second; none if it is gone.
fn started(process: &str) -> Option<SystemTime> {
    /// The ticks of a second, as the kernel tells them on every machine.
    const TICKS: u64 = 100;
    let line = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The name of the program may hold anything; after its bracket come the fields from the third on.
    let ticks: u64 = line.rsplit_once(") ")?.1.split(' ').nth(19)?.parse().ok()?;
    let machine = fs::read_to_string("/proc/stat").ok()?;
    let boot = machine.lines().find_map(|line| line.strip_prefix("btime "))?.trim().parse().ok()?;
    Some(SystemTime::UNIX_EPOCH + Duration::from_secs(boot) + Duration::from_millis(ticks * 1000 / TICKS))
}

/// A program of the system with nothing of our environment but where programs, home and terminal are.
fn program(name: &str) -> Command {
    let mut command = Command::new(name);
    command.env_clear().env("LC_ALL", "C").stdin(Stdio::null());
    for kept in ["PATH", "HOME", "TERM"] {
        if let Some(value) = std::env::var_os(kept) {
            command.env(kept, value);
        }
    }
    command
}

/// Runs `command`, whose output people see.
fn run(command: &mut Command) -> Result<(), Error> {
    let name = PathBuf::from(command.get_program());
    let shown = io::stderr().as_fd().try_clone_to_owned().at("write to", Path::new("/dev/stderr"))?;
    let status = command.stdout(shown).status().at("run", &name)?;
    if status.success() { Ok(()) } else { Err(failed(command, &status.to_string())) }
}

/// What `command` says.
fn said(command: &mut Command) -> Result<String, Error> {
    let name = PathBuf::from(command.get_program());
    let output = command.output().at("run", &name)?;
    if !output.status.success() {
        let reason = String::from_utf8_lossy(&output.stderr);
        return Err(failed(command, reason.lines().last().unwrap_or("it says nothing")));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

fn failed(command: &Command, reason: &str) -> Error {
    let words = [command.get_program()].into_iter().chain(command.get_args());
    let words: Vec<_> = words.map(std::ffi::OsStr::to_string_lossy).collect();
    Error::Program { command: words.join(" "), reason: reason.trim().to_owned() }
}
