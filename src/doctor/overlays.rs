//! Locations of nginx that stand for single files, and what became of those files.

use super::Problem;
use crate::fault::Level;
use crate::webserver::nginx::{DROP_IN, Directive, Server};

/// The addresses that upstream's own site files have locations for.
const UPSTREAMS: [&str; 2] = ["/config.js", "/external_api.js"];

/// What is wrong with the locations of `server` that lead to files of their own, below `web`.
#[must_use]
pub fn overlays(server: &Server, web: &str, is_there: &dyn Fn(&str) -> bool) -> Vec<Problem> {
    let is_exact = |directive: &&Directive| directive.name == "location" && directive.word(0) == "=";
    let exact = server.block().block.iter().filter(is_exact);
    exact.filter_map(|location| stale(location, web, is_there)).collect()
}

fn stale(location: &Directive, web: &str, is_there: &dyn Fn(&str) -> bool) -> Option<Problem> {
    let address = location.word(1);
    let alias = location.block.iter().find(|directive| directive.name == "alias")?.word(0);
    if UPSTREAMS.contains(&address) || alias.contains('$') {
        return None;
    }
    let shipped = format!("{web}{address}");
    let problem = if !is_there(alias) {
        let what = format!("`{address}` leads to `{alias}`, which is not there");
        let why = format!("visitors get an error in place of `{shipped}`");
        Problem::new(Level::Error, what, why, "take the location out")
    } else if location.place.file.ends_with(DROP_IN) {
        return None;
    } else if !is_there(&shipped) {
        let what = format!("`{address}` is a file that the installed version does not have");
        let why = format!("nothing asks for `{alias}` any more; what it says has no effect");
        Problem::new(Level::Warning, what, why, "take the location and the file out")
    } else {
        return drop_in(location, alias);
    };
    Some(problem.at(Some(&location.place)))
}

/// A location that somebody put beside upstream's site file.
fn drop_in(location: &Directive, alias: &str) -> Option<Problem> {
    let is_drop_in = location.place.file.starts_with("/etc/jitsi/meet/jaas/");
    is_drop_in.then(|| {
        let what = format!("a drop-in sends `{alias}` for `{}`", location.word(1));
        let why = "it wins over everything in the site file, also after upgrades";
        Problem::new(Level::Warning, what, why, "keep in mind that it is there").at(Some(&location.place))
    })
}
