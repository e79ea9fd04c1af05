//! How branded files take their places on a server with packages, and whether nginx can be told to take them from
//! elsewhere.

use super::open::{Opened, Trouble};
use crate::brand::Brand;
use crate::fault::{Finding, Level};
use crate::host::{self, Mode, Root, is_of_client};
use crate::plan::Plan;
use crate::site::{Site, WEB};
use crate::value::Value;
use crate::webserver::{Disk, Kind, nginx};

/// How `brand` wants its files to take their places.
pub(super) fn mode(brand: &Brand) -> Mode {
    let says = |key: &str, value| brand.wish(key, None).is_some_and(|wish| wish.value == Value::Bool(value));
    match (says("files.overlay", true), says("files.links", false)) {
        (true, _) => Mode::Overlay,
        (false, true) => Mode::Copies,
        (false, false) => Mode::Links,
    }
}

/// How the files take their places, which do so now as `in_force`, and what keeps them from it as `brand` has it.
/// Where nobody is there who could give them back first, they go on as they are.
pub(super) fn settled(
    root: &Root,
    in_force: Mode,
    brand: &Brand,
    unattended: bool,
) -> Result<(Mode, Option<Finding>), Trouble> {
    let wanted = mode(brand);
    if !host::is_other_mode(root, wanted)? {
        return Ok((wanted, None));
    }
    let message = "`[files]` wishes the branded files to take their places in another way than they do";
    let level = if unattended { Level::Warning } else { Level::Error };
    let hint = "`rebrand restore` first, and then `rebrand apply`";
    Ok((in_force, Some(Finding::new(level, message).hint(hint))))
}

/// Why nginx cannot be told safely to take the files of `plan` from elsewhere.
pub(super) fn refusal(opened: &Opened, plan: &Plan) -> Option<Finding> {
    let ours = plan.files.iter().filter(|file| is_of_client(&file.path) && file.target.is_some());
    let ours = ours.filter(|file| file.target != file.base).map(|file| file.path.as_str());
    let addresses: Vec<&str> = ours.filter_map(|path| path.strip_prefix(WEB)).collect();
    let reason = unsafe_name(&addresses).or_else(|| not_included(&opened.root, &opened.site, &addresses))?;
    let hint = "take `overlay` out of `[files]` in brand.toml, and the files take their places by links";
    Some(Finding::new(Level::Error, format!("`files.overlay` is not safe here: {reason}")).hint(hint))
}

/// A name that would have to be quoted in nginx's configuration.
fn unsafe_name(addresses: &[&str]) -> Option<String> {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "/._-".contains(letter);
    let odd = addresses.iter().find(|address| !address.chars().all(is_plain))?;
    Some(format!("`{odd}` is no plain name"))
}

fn not_included(root: &Root, site: &Site, addresses: &[&str]) -> Option<String> {
    let files = |pattern: &str| root.matching(pattern);
    let stands = |path: &str| {
        root.standing(path).map(|standing| if standing.is_folder { Kind::Folder } else { Kind::File })
    };
    let disk = Disk { files: &files, stands: &stands };
    let Some(config) = nginx::Config::read(&disk, nginx::MAIN) else {
        return Some("there is no nginx".to_owned());
    };
    let hosts: Vec<&str> = site.hosts.iter().map(|host| host.name.as_str()).collect();
    let refused = hosts.iter().find_map(|host| config.drop_in(&disk, host, addresses).err());
    refused.or_else(|| config.shared_with_others(&hosts)).map(|reason| reason.to_string())
}
