//! What a project says of hosts that are not on this machine: skipped and named, and a slip of the pen with the name
//! that was probably meant.

use crate::fault::{Finding, Level};
use crate::toml::nearest;

/// Whether `name` is one of the `hosts` here.
pub(super) fn is_here(name: &str, hosts: &[&str]) -> bool {
    hosts.iter().any(|host| host.eq_ignore_ascii_case(name))
}

/// That `what` is skipped because `name` is none of the `hosts` here. Those of which the project speaks by their names,
/// `known`, were not meant, nor was one that differs by its number alone: machines are often counted.
pub(super) fn skipped(name: &str, hosts: &[&str], known: &[&str], what: &str) -> Finding {
    let message = format!("`{name}` is not on this machine, so {what} skipped");
    let digitless = |name: &str| name.replace(|letter: char| letter.is_ascii_digit(), "");
    let is_meant = |host: &&str| !is_here(host, known) && digitless(host) != digitless(name);
    match nearest(name, hosts.iter().copied().filter(is_meant)) {
        Some(near) => Finding::new(Level::Warning, message).hint(format!("did you mean `{near}`?")),
        None => Finding::new(Level::Note, message),
    }
}
