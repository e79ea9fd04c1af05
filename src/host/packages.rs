//! Debian packages that are not installed: what they bring of the client, in a scratch folder, and read from there.
//!
//! Nothing is installed, no script of a package is run, no link of one is followed while files are written, and the
//! scratch folder goes away with its value.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, Read};
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use tar::EntryType;

use super::error::{At, Error};
use super::layout::is_of_client;
use super::project::{remove_scratch, scratch};
use crate::path::SitePath;
use crate::site::WEB;

/// The largest package that is unpacked, in bytes; that of the web client has 40 MiB.
const MOST: u64 = 256 << 20;
/// The most that one may hold, in bytes; that of the web client holds 130 MiB.
const MOST_UNPACKED: u64 = 1 << 30;
/// The longest that one is looked into.
const PATIENCE: Duration = Duration::from_mins(2);

/// A folder of ours that is removed with everything in it, whatever happens.
#[derive(Debug)]
pub struct Scratch(PathBuf);

/// A package that was unpacked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Package {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
}

impl Scratch {
    /// A new empty folder.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn new() -> Result<Self, Error> {
        scratch("rebrand-rehearse").map(Scratch)
    }

    /// The folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // It lies where whatever is left is swept.
        let _ = remove_scratch(&self.0);
    }
}

/// Unpacks what `package`, a .deb file, brings of the web client into `root`, with what dpkg records of an installed
/// package.
///
/// Of its other files none is written, and of those no link before everything else: whatever a package holds, nothing
/// is written outside `root`.
///
/// # Errors
/// When it is no package, or cannot be unpacked.
pub fn unpack(package: &Path, root: &Path) -> Result<Package, Error> {
    let is_whole = fs::metadata(package).at("read", package)?;
    if !is_whole.is_file() {
        return Err(Error::NotAFile(package.to_owned()));
    }
    if is_whole.len() > MOST {
        return Err(Error::TooLarge { path: package.to_owned(), most: MOST });
    }
    let log = root.with_extension("log");
    let show = &["--showformat=${Package}\\t${Version}\\n", "--show"];
    let shown = read(&mut dpkg_deb(show, package), package, &log)?;
    let (name, version) = shown.trim_end().split_once('\t').ok_or_else(|| no_package(package, &shown))?;
    let found = Package { name: name.to_owned(), version: version.to_owned() };
    if !name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"+-.".contains(&byte))
    {
        return Err(no_package(package, "its name is none"));
    }
    // A package may have none.
    let sums = read(dpkg_deb(&["--info"], package).arg("md5sums"), package, &log).unwrap_or_default();
    record(root, &found, &sums)?;
    extract(package, root, &log)?;
    Ok(found)
}

/// Whether one of the packages that were unpacked into `root` brings files of the web client.
#[must_use]
pub fn brings_client(root: &Path) -> bool {
    root.join(WEB).exists()
}

/// Writes what dpkg records: the state of the package, and the sums of its files.
fn record(root: &Path, package: &Package, sums: &str) -> Result<(), Error> {
    let folder = root.join("var/lib/dpkg/info");
    fs::create_dir_all(&folder).at("make", &folder)?;
    let path = folder.join(format!("{}.md5sums", package.name));
    fs::write(&path, sums).at("write", &path)?;
    let path = root.join("var/lib/dpkg/status");
    let Package { name, version } = package;
    let mut status = fs::read_to_string(&path).unwrap_or_default();
    // Writing to a string cannot fail.
    let _ = write!(status, "Package: {name}\nStatus: install ok installed\nVersion: {version}\n\n");
    fs::write(&path, status).at("write", &path)
}

/// Writes the files of the web client that `package` brings below `root`.
fn extract(package: &Path, root: &Path, log: &Path) -> Result<(), Error> {
    let errors = File::create(log).at("make", log)?;
    let mut unpacking = dpkg_deb(&["--fsys-tarfile"], package);
    unpacking.stdout(Stdio::piped()).stderr(errors);
    let mut child = unpacking.spawn().at("run", Path::new("dpkg-deb"))?;
    let Some(files) = child.stdout.take() else { return Err(no_package(package, "it holds nothing")) };
    let written = write_files(files, root);
    // What it still writes, nobody reads.
    let status = child.wait().at("run", Path::new("dpkg-deb"))?;
    match written {
        // A broken package breaks off its stream too; dpkg knows better why.
        _ if !status.success() && status.code().is_some() => Err(no_package(package, &last_line(log))),
        written => written.map_err(|error| no_package(package, &error.to_string())),
    }
}

/// Writes those of `files`, a tar archive, that lie in the folder of the web client.
fn write_files(files: impl Read, root: &Path) -> io::Result<()> {
    let too_much = || io::Error::other(format!("it holds more than {} MiB", MOST_UNPACKED >> 20));
    let (mut left, mut links) = (MOST_UNPACKED, Vec::new());
    for entry in tar::Archive::new(files).entries()? {
        let mut entry = entry?;
        left = left.checked_sub(entry.size()).ok_or_else(too_much)?;
        let Some(path) = of_client(&entry.path()?) else { continue };
        let path = root.join(path.as_str());
        match (entry.header().entry_type(), entry.link_name()?) {
            (EntryType::Regular, _) => {
                path.parent().map_or(Ok(()), fs::create_dir_all)?;
                io::copy(&mut entry, &mut File::create(path)?)?;
            }
            (EntryType::Symlink, Some(target)) => links.push((target.into_owned(), path)),
            (EntryType::Link, Some(target)) => {
                let Some(target) = of_client(&target) else { continue };
                path.parent().map_or(Ok(()), fs::create_dir_all)?;
                fs::copy(root.join(target.as_str()), path)?;
            }
            _ => {}
        }
    }
    links.into_iter().try_for_each(|(target, path)| {
        path.parent().map_or(Ok(()), fs::create_dir_all)?;
        symlink(target, path)
    })
}

/// The path of an archive as one of the web client.
fn of_client(path: &Path) -> Option<SitePath> {
    let path = path.strip_prefix(".").unwrap_or(path);
    path.to_str().and_then(|path| SitePath::new(path).ok()).filter(is_of_client)
}

fn dpkg_deb(action: &[&str], package: &Path) -> Command {
    let mut command = Command::new("dpkg-deb");
    // A name that begins with a dash is no option.
    let package = Path::new(".").join(package);
    command.args(action).arg(package).env("LC_ALL", "C").stdin(Stdio::null());
    command
}

/// What `command` prints; it is stopped when it takes too long. Its output goes through the file `log`, so that no
/// pipe fills up meanwhile.
fn read(command: &mut Command, package: &Path, log: &Path) -> Result<String, Error> {
    let errors = log.with_extension("errors");
    let open = |path: &Path| File::create(path).at("make", path);
    let begun = Instant::now();
    let mut child =
        command.stdout(open(log)?).stderr(open(&errors)?).spawn().at("run", Path::new("dpkg-deb"))?;
    let status = loop {
        match child.try_wait().at("run", Path::new("dpkg-deb"))? {
            Some(status) => break status,
            None if begun.elapsed() > PATIENCE => {
                let _ = child.kill();
                break child.wait().at("run", Path::new("dpkg-deb"))?;
            }
            None => std::thread::sleep(Duration::from_millis(5)),
        }
    };
    let text = |path: &Path| fs::read(path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    if status.success() {
        return text(log).at("read", log);
    }
    Err(no_package(package, &last_line(&errors)))
}

/// The last line of what a program said into `log`; it was stopped if there is none.
fn last_line(log: &Path) -> String {
    let said = fs::read(log).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
    said.lines().last().unwrap_or("it takes too long").to_owned()
}

fn no_package(package: &Path, reason: &str) -> Error {
    let reason = reason.trim().trim_start_matches("dpkg-deb: error: ").to_owned();
    Error::NoPackage { path: package.to_owned(), reason }
}
