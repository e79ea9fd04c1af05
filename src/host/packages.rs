//! Debian packages that are not installed: unpacked by dpkg into a scratch folder, and read from there.
//!
//! Nothing is installed, no script of a package is run, and the scratch folder goes away with its value.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::error::{At, Error};
use super::project::{remove_scratch, scratch};

/// The largest package that is unpacked, in bytes; that of the web client has 40 MiB.
const MOST: u64 = 256 << 20;
/// The longest that one is unpacked.
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

/// Unpacks `package`, a .deb file, into `root`, with what dpkg records of an installed package.
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
    let mut show = dpkg_deb("--show");
    show.arg("--showformat=${Package}\\t${Version}\\n").arg("--").arg(package);
    let shown = read(&mut show, package, &log)?;
    let (name, version) = shown.trim_end().split_once('\t').ok_or_else(|| no_package(package, &shown))?;
    let found = Package { name: name.to_owned(), version: version.to_owned() };
    if !name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"+-.".contains(&byte))
    {
        return Err(no_package(package, "its name is none"));
    }
    fs::create_dir_all(root).at("make", root)?;
    let mut extract = dpkg_deb("--extract");
    extract.arg("--").arg(package).arg(root);
    read(&mut extract, package, &log)?;
    let mut sums = dpkg_deb("--info");
    sums.arg("--").arg(package).arg("md5sums");
    // A package may have none.
    record(root, &found, &read(&mut sums, package, &log).unwrap_or_default())?;
    Ok(found)
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

fn dpkg_deb(action: &str) -> Command {
    let mut command = Command::new("dpkg-deb");
    command.arg(action).env("LC_ALL", "C").stdin(Stdio::null());
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
    let reason = text(&errors).unwrap_or_default();
    Err(no_package(package, reason.lines().last().unwrap_or("it takes too long")))
}

fn no_package(package: &Path, reason: &str) -> Error {
    let reason = reason.trim().trim_start_matches("dpkg-deb: error: ").to_owned();
    Error::NoPackage { path: package.to_owned(), reason }
}
