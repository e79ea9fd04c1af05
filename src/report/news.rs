//! What the next upgrade does to the brand.

use std::fmt::Write as _;

use serde_json::{Value as Json, json};

use super::json::plan as plan_json;
use super::plan::keys;
use super::{BOLD, styled};
use crate::deeds::Rehearsal;

/// The packages, and the keys as they would be given values after the upgrade.
#[must_use]
pub fn rehearsal(rehearsal: &Rehearsal, verbose: bool) -> String {
    let mut out = String::new();
    for package in &rehearsal.packages {
        let is_web = package.name == "jitsi-meet-web";
        let now = rehearsal.installed.as_ref().filter(|_| is_web).map(|now| format!("{now} → "));
        let version = format!("{}{}", now.unwrap_or_default(), package.version);
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{} {version}", styled(BOLD, &package.name));
    }
    out + &keys(&rehearsal.plan, verbose)
}

/// The document of a rehearsal: the plan, the packages, and what would be lost.
#[must_use]
pub fn json(rehearsal: &Rehearsal) -> Json {
    let mut document = plan_json("rehearse", rehearsal.is_good(), &rehearsal.opened, &rehearsal.plan);
    let package =
        |package: &crate::host::Package| json!({ "name": package.name, "version": package.version });
    document["packages"] = rehearsal.packages.iter().map(package).collect();
    document["lost"] = json!(rehearsal.lost);
    document
}

/// The document of a rehearsal without packages.
#[must_use]
pub fn nothing_newer() -> Json {
    json!({ "format": 1, "command": "rehearse", "ok": true, "packages": [], "lost": [] })
}
