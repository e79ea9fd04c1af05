//! The overlay: a drop-in of nginx by which visitors get branded files from the generation in force, while the package's
//! own stay where dpkg put them.
//!
//! It names files that are in force already, and nginx looks at it before it counts: a drop-in that nginx refuses would
//! end the site at its next start. Only the machine's own nginx is asked; below another root none is running.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use super::durable::sync_folder;
use super::error::{At, Error};
use super::files::{folder_of, make_folders, place, remove};
use super::layout::{CURRENT, TREE, is_folder};
use super::root::Root;
use super::state::site_path;
use crate::path::SitePath;
use crate::site::WEB;
use crate::webserver::nginx::DROP_IN;

/// The folders whose files upstream's site lets browsers keep when they are asked for with `?v=`.
const KEPT: [&str; 8] = ["libs", "css", "static", "images", "fonts", "lang", "sounds", ".well-known"];

/// The time in which the workers of nginx that still go by the old drop-in take their last requests.
const LAST_REQUESTS: Duration = Duration::from_millis(100);

/// Every path that the drop-in takes the place of.
pub(super) fn paths(root: &Root) -> Result<BTreeSet<SitePath>, Error> {
    let bytes = root.read(&site_path(DROP_IN)?)?.unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes);
    let addresses = text.lines().filter_map(|line| {
        let address = line.strip_prefix("location = /").or(line.strip_prefix("location ^~ /"))?;
        Some(address.trim_end_matches(" {").trim_end_matches('/'))
    });
    addresses.map(|address| site_path(&format!("{WEB}/{address}"))).collect()
}

/// Lets nginx take exactly `paths` from the generation in force.
pub(super) fn set(root: &Root, paths: &BTreeSet<SitePath>) -> Result<(), Error> {
    let (entry, old) = (root.entry(&site_path(DROP_IN)?)?, root.read(&site_path(DROP_IN)?)?);
    let new = (!paths.is_empty()).then(|| text(paths));
    if old.as_deref() == new.as_deref().map(str::as_bytes) {
        return Ok(());
    }
    write(&entry, new.as_deref().map(str::as_bytes))?;
    let is_running_here = root.folder() == Path::new("/");
    if !is_running_here {
        return Ok(());
    }
    if let Err(error) = nginx(&["-t", "-q"]) {
        write(&entry, old.as_deref())?;
        return Err(error);
    }
    match nginx(&["-s", "reload"]) {
        // It is not running, and reads the drop-in when it starts.
        Err(Error::Nginx(reason)) if reason.contains("nginx.pid") || reason.contains("invalid PID") => {}
        done => {
            done?;
            thread::sleep(LAST_REQUESTS);
        }
    }
    Ok(())
}

fn write(entry: &Path, bytes: Option<&[u8]>) -> Result<(), Error> {
    make_folders(entry)?;
    match bytes {
        Some(bytes) => place(entry, bytes)?,
        None => remove(entry)?,
    }
    sync_folder(folder_of(entry))
}

fn nginx(arguments: &[&str]) -> Result<(), Error> {
    let done = Command::new("nginx").args(arguments).stdin(Stdio::null()).output();
    let done = done.at("ask", "nginx".as_ref())?;
    if done.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&done.stderr);
    // It notes first that it sends a signal, and warns of what is no reason.
    let is_reason = |line: &&str| !line.contains("[notice]") && !line.contains("[warn]");
    Err(Error::Nginx(said.lines().find(is_reason).unwrap_or("it does not say why").to_owned()))
}

/// The drop-in. What upstream's own locations say of headers and of `?v=` is said again.
fn text(paths: &BTreeSet<SitePath>) -> String {
    let mut text = "# Written by rebrand; `rebrand restore` takes it away.\n".to_owned();
    for path in paths {
        let name = path.as_str().trim_start_matches(WEB).trim_start_matches('/');
        let (matches, end) = if is_folder(path) { ("^~", "/") } else { ("=", "") };
        // Writing to a string cannot fail.
        let _ = writeln!(text, "location {matches} /{name}{end} {{");
        let _ = writeln!(text, "    alias /{CURRENT}/{TREE}/{path}{end};");
        if KEPT.iter().any(|folder| name.split('/').next() == Some(folder) && name != *folder) {
            text.push_str("    add_header 'Access-Control-Allow-Origin' '*';\n    if ($arg_v) {\n        expires 1y;\n    }\n");
        }
        text.push_str("}\n");
    }
    text
}
