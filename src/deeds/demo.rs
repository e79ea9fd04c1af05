//! `demo`: the whole round on the stand-in sites that come with the program, in a folder of its own.

use std::path::Path;

use super::apply::{apply, willing};
use super::check::check;
use super::open::{Context, Opened, Trouble, open};
use super::restore::restore;
use crate::brand;
use crate::demo::sites::{File, Year, files, upgrade};
use crate::host;
use crate::path::ProjectPath;
use crate::plan::Plan;

/// What the demo tells.
pub enum Scene<'s> {
    /// A step begins.
    Step(&'s str),
    /// A command line that would do the same.
    Command(&'s str),
    /// What a plan shows.
    Plan(&'s Opened, &'s Plan),
    /// The difference that a plan makes.
    Diff(&'s Plan),
    /// What happened.
    Text(&'s str),
}

/// Plays the round and tells it; returns whether everything was as promised.
///
/// # Errors
/// When the folder for it cannot be made or used.
pub fn demo(tell: &mut dyn FnMut(Scene<'_>)) -> Result<bool, Trouble> {
    let folder = host::scratch("rebrand-demo")?;
    let (site, project) = (folder.join("site"), folder.join("project"));
    put(&site, files(Year::Y2021).iter())?;
    let own = [("brand/brand.toml", brand::OWN.0), ("brand/logo.svg", brand::OWN.1)];
    put(&project, own.iter())?;
    let context = Context { project: Some(project), offline: true, ..Context::new(site.clone()) };
    let as_told = play(&context, &site, tell);
    let _ = host::remove_scratch(&folder);
    as_told
}

fn play(context: &Context, site: &Path, tell: &mut dyn FnMut(Scene<'_>)) -> Result<bool, Trouble> {
    tell(Scene::Step("A server with the Jitsi Meet of 2021, two hosts, and a brand in git"));
    tell(Scene::Command("rebrand diff"));
    let opened = open(context)?;
    let plan = opened.plan();
    tell(Scene::Plan(&opened, &plan));
    tell(Scene::Diff(&plan));
    let first = put_in_force(context, tell)?;

    tell(Scene::Step(
        "`apt upgrade` brings the Jitsi Meet of 2026: shipped files are back, and keys have moved",
    ));
    put(site, upgrade(Year::Y2026))?;
    let upgraded = check(context, false)?;
    tell(Scene::Command("rebrand check"));
    tell(Scene::Text("  exit 1: the brand is not in force any more"));
    tell(Scene::Command("rebrand diff --keys"));
    tell(Scene::Plan(&upgraded.opened, &upgraded.plan));
    let second = put_in_force(context, tell)?;

    tell(Scene::Step("And all of it taken back"));
    tell(Scene::Command("rebrand restore --yes"));
    let gone = willing(|person| restore(context, false, person))?.is_ok() && is_shipped(site)?;
    tell(Scene::Text(if gone {
        "  every file is back, byte for byte"
    } else {
        "  a file is not as it was shipped"
    }));
    Ok(first && second && gone && !upgraded.is_in_force)
}

/// `apply`, `check`, and a second `apply`.
fn put_in_force(context: &Context, tell: &mut dyn FnMut(Scene<'_>)) -> Result<bool, Trouble> {
    tell(Scene::Command("rebrand apply --yes"));
    willing(|person| apply(context, false, person))?;
    let verdict = check(context, false)?;
    tell(Scene::Text(if verdict.is_in_force { "  applied" } else { "  not applied" }));
    tell(Scene::Command("rebrand check"));
    tell(Scene::Text(if verdict.is_in_force { "  exit 0: every wish is in force" } else { "  exit 1" }));
    let again = matches!(willing(|person| apply(context, false, person))?, super::Applied::Nothing);
    tell(Scene::Command("rebrand apply --yes"));
    tell(Scene::Text(if again { "  nothing to do" } else { "  changed something again" }));
    Ok(verdict.is_in_force && again)
}

/// Whether every file of the site is the one that was put there: packages of 2026, hosts of 2021.
fn is_shipped(site: &Path) -> Result<bool, Trouble> {
    let root = host::Root::open(site)?;
    let hosts = files(Year::Y2021).iter().filter(|(path, _)| path.starts_with("etc/"));
    for (path, text) in hosts.chain(upgrade(Year::Y2026)) {
        let path = crate::path::SitePath::new(path)
            .map_err(|error| host::Error::Record { path: site.join(path), reason: error.to_string() })?;
        if root.read(&path)?.as_deref() != Some(text.as_bytes()) {
            return Ok(false);
        }
    }
    Ok(true)
}

fn put<'f>(folder: &Path, files: impl Iterator<Item = &'f File>) -> Result<(), Trouble> {
    for (path, text) in files {
        let file = ProjectPath::new(path)
            .map_err(|error| host::Error::Record { path: folder.join(path), reason: error.to_string() })?;
        host::write_project_file(folder, &file, text.as_bytes(), true)?;
    }
    Ok(())
}
