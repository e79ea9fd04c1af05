//! The record of the last run that no person watched, and its end when it takes too long.

use std::path::Path;
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

use super::error::Error;
use super::files::{make_folders, place};
use super::root::Root;
use super::state::{decode, encode, known_format, site_path};
use crate::fault::Finding;
use crate::path::SitePath;

/// Where it is kept.
const LAST_RUN: &str = "var/lib/rebrand/last-run.json";

/// What such a run came to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LastRun {
    /// The version of this format: 1.
    format: u32,
    /// When it began, as HTTP writes dates.
    pub when: String,
    /// How it ended.
    pub outcome: Outcome,
    /// The version of the package `jitsi-meet-web`.
    pub web_version: Option<String>,
    /// How many files it looked after.
    pub files: usize,
    /// What the owner should know.
    pub findings: Vec<Finding>,
    /// The files in whose place somebody wrote, which was kept aside.
    #[serde(default)]
    pub rescued: Vec<SitePath>,
    /// The wishes that were taken back, because the project speaks of them no more.
    #[serde(default)]
    pub removed: Vec<String>,
    /// Whether the shipped files are in force, because links of ours led nowhere.
    #[serde(default)]
    pub withdrawn: bool,
}

/// How a run that no person watched ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// The brand is in force again.
    Applied,
    /// It was in force already.
    Nothing,
    /// A person gave everything back, and nobody applied it since.
    Held,
    /// There is no Jitsi Meet.
    NoSite,
    /// There is no brand.
    NoBrand,
    /// There is no brand any more, or it speaks of no wish, and files of one are in force.
    Left,
    /// The project's own files hold faults; the findings tell them. What was in force before still is.
    BadProject,
    /// It cannot be put in force; the findings say why. What was in force before still is.
    Refused,
    /// Another run is at work.
    Busy,
    /// It took too long.
    OutOfTime,
    /// Something failed.
    Failed(String),
}

impl Outcome {
    /// Whether the brand could not be put in force, though nobody else was at work.
    #[must_use]
    pub fn is_failure(&self) -> bool {
        matches!(
            self,
            Outcome::Failed(_) | Outcome::Refused | Outcome::BadProject | Outcome::NoSite | Outcome::Left
        )
    }
}

impl LastRun {
    /// A run that begins now.
    #[must_use]
    pub fn new(outcome: Outcome) -> Self {
        let when = httpdate::fmt_http_date(SystemTime::now());
        LastRun {
            format: 1,
            when,
            outcome,
            web_version: None,
            files: 0,
            findings: Vec::new(),
            rescued: Vec::new(),
            removed: Vec::new(),
            withdrawn: false,
        }
    }
}

/// Records `run` below the root `folder`, as far as that can be written.
pub fn record(folder: &Path, run: &LastRun) {
    let _ = write(folder, run);
}

fn write(folder: &Path, run: &LastRun) -> Result<(), Error> {
    let root = Root::open(folder)?;
    let path = root.at(&root.real(&site_path(LAST_RUN)?)?);
    make_folders(&path)?;
    place(&path, &encode(&root, LAST_RUN, run)?)
}

/// The last such run; none if there was none, or it cannot be read.
#[must_use]
pub fn last_run(root: &Root) -> Option<LastRun> {
    let bytes = root.read(&site_path(LAST_RUN).ok()?).ok()??;
    let run: LastRun = decode(root, LAST_RUN, &bytes).ok()?;
    known_format(root, LAST_RUN, run.format).ok().map(|()| run)
}

/// Ends this process with success once `most` is over, and records `run` as what it came to.
pub fn end_after(most: Duration, folder: &Path, run: LastRun) {
    let folder = folder.to_owned();
    std::thread::spawn(move || {
        std::thread::sleep(most);
        record(&folder, &run);
        std::process::exit(0);
    });
}
