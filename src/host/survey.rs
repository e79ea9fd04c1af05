//! Looking at a site, and at what earlier runs left for us.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::PathBuf;

use super::error::Error;
use super::root::{Root, read_file};
use crate::digest::Digest;
use crate::path::SitePath;
use crate::plan::receipt::Receipt;
use crate::site::{Found, HOST_SUFFIX, HOSTS, Host, Site, WEB};

/// Where our own state lies.
pub(super) const STATE: &str = "var/lib/rebrand";

const PACKAGE: &str = "jitsi-meet-web";

/// Looks at the Jitsi Meet below `root`.
///
/// # Errors
/// When there is none, or a file of it cannot be read.
pub fn survey(root: &Root) -> Result<Site, Error> {
    let sums = md5sums(root)?;
    let found = |path: SitePath| -> Result<Option<Found>, Error> {
        let package_md5 = sums.get(path.as_str()).cloned();
        Ok(root.read(&path)?.map(|bytes| Found { path, bytes, package_md5 }))
    };
    let interface_config = site_path(&format!("{WEB}/interface_config.js"))?;
    let missing = || Error::NoSite(root.folder().join(interface_config.as_str()));
    Ok(Site {
        interface_config: found(interface_config.clone())?.ok_or_else(missing)?,
        hosts: hosts(root)?,
        manifest: found(site_path(&format!("{WEB}/manifest.json"))?)?,
        web_version: web_version(root)?,
        build: build(root)?,
    })
}

/// What the last run recorded; none if there was none.
///
/// # Errors
/// When the record cannot be read.
pub fn receipt(root: &Root) -> Result<Option<Receipt>, Error> {
    let path = site_path(&format!("{STATE}/receipt.json"))?;
    let Some(bytes) = root.read(&path)? else { return Ok(None) };
    let bad = |reason: String| Error::Record { path: root.folder().join(path.as_str()), reason };
    let receipt: Receipt = serde_json::from_slice(&bytes).map_err(|error| bad(error.to_string()))?;
    if receipt.format != 1 {
        return Err(bad(format!("its format is {}, and this version knows only 1", receipt.format)));
    }
    Ok(Some(receipt))
}

/// The kept files that `receipt` names as bases; one that is lost or spoiled is left out.
///
/// # Errors
/// When one is there and cannot be read.
pub fn kept(root: &Root, receipt: Option<&Receipt>) -> Result<HashMap<Digest, Vec<u8>>, Error> {
    let bases =
        receipt.iter().flat_map(|receipt| receipt.files.values()).filter_map(|file| file.base.as_ref());
    let mut kept = HashMap::new();
    for digest in bases.filter(|digest| digest.is_well_formed()) {
        let path = site_path(&format!("{STATE}/shipped/{digest}"))?;
        if let Some(bytes) = root.read(&path)?.filter(|bytes| Digest::of(bytes) == *digest) {
            kept.insert(digest.clone(), bytes);
        }
    }
    Ok(kept)
}

/// Those of `paths`, and of the files that `receipt` says were added, that are there.
///
/// # Errors
/// When one is there and cannot be read.
pub fn added<'p>(
    root: &Root,
    receipt: Option<&'p Receipt>,
    paths: impl Iterator<Item = &'p SitePath>,
) -> Result<BTreeMap<SitePath, Vec<u8>>, Error> {
    let recorded = receipt.iter().flat_map(|receipt| &receipt.files).filter(|(_, file)| file.base.is_none());
    let paths: BTreeSet<&SitePath> = recorded.map(|(path, _)| path).chain(paths).collect();
    let mut found = BTreeMap::new();
    for path in paths {
        if let Some(bytes) = root.read(path)? {
            found.insert(path.clone(), bytes);
        }
    }
    Ok(found)
}

fn hosts(root: &Root) -> Result<Vec<Host>, Error> {
    let mut seen: BTreeSet<PathBuf> = BTreeSet::new();
    let mut hosts = Vec::new();
    for file in root.list(&site_path(HOSTS)?)? {
        let Some(name) = file.strip_suffix(HOST_SUFFIX).filter(|name| !name.is_empty()) else { continue };
        let path = site_path(&format!("{HOSTS}/{file}"))?;
        let Some(real) = root.resolve(&path)? else { continue };
        // Two names of one file are one host.
        if !seen.insert(real.clone()) {
            continue;
        }
        let bytes = read_file(&real, 64 << 20)?;
        hosts.push(Host { name: name.to_owned(), file: Found { path, bytes, package_md5: None } });
    }
    Ok(hosts)
}

/// dpkg's sums of the package's files, by their path.
fn md5sums(root: &Root) -> Result<HashMap<String, String>, Error> {
    let text = read_text(root, &format!("var/lib/dpkg/info/{PACKAGE}.md5sums"))?;
    let line = |line: &str| line.split_once("  ").map(|(sum, path)| (path.to_owned(), sum.to_owned()));
    Ok(text.lines().filter_map(line).collect())
}

/// The version of the package, if dpkg has it installed.
fn web_version(root: &Root) -> Result<Option<String>, Error> {
    let text = read_text(root, "var/lib/dpkg/status")?;
    let is_it = |entry: &&str| {
        entry.lines().any(|line| line == format!("Package: {PACKAGE}"))
            && entry.lines().any(|line| line.starts_with("Status:") && line.ends_with(" installed"))
    };
    let entry = text.split("\n\n").find(is_it);
    Ok(entry
        .and_then(|entry| entry.lines().find_map(|line| line.strip_prefix("Version: ")))
        .map(str::to_owned))
}

/// The build number that `index.html` asks its files with: `libs/app.bundle.min.js?v=9268`.
fn build(root: &Root) -> Result<Option<u32>, Error> {
    let text = read_text(root, &format!("{WEB}/index.html"))?;
    let after = text.find("app.bundle").or_else(|| text.find("all.css")).and_then(|at| text.get(at..));
    let number = after.and_then(|rest| rest.split_once("?v=")).map(|(_, rest)| rest);
    let digits = number.map(|rest| rest.chars().take_while(char::is_ascii_digit).collect::<String>());
    Ok(digits.and_then(|digits| digits.parse().ok()))
}

/// The text of a file that only helps to explain; none if it is not there or not UTF-8.
fn read_text(root: &Root, path: &str) -> Result<String, Error> {
    let bytes = root.read(&site_path(path)?)?.unwrap_or_default();
    Ok(String::from_utf8(bytes).unwrap_or_default())
}

pub(super) fn site_path(text: &str) -> Result<SitePath, Error> {
    SitePath::new(text)
        .map_err(|error| Error::Record { path: PathBuf::from(text), reason: error.to_string() })
}
