//! What dpkg is told to leave where others want it: diversions of others, and files that it does not unpack.

use super::Problem;
use super::tools::Found;
use crate::content::Content;
use crate::fault::{Level, Place};
use crate::text::Span;

/// The folders of the brand's files.
const FOLDERS: [&str; 2] = ["/usr/share/jitsi-meet/", "/etc/jitsi/"];

/// Diversions of others on the files of the brand, by dpkg's list of them.
#[must_use]
pub fn diversions(path: &str, content: &Content, is_there: &dyn Fn(&str) -> bool) -> Vec<Problem> {
    let Ok(text) = content.text() else { return Vec::new() };
    let lines: Vec<&str> = text.as_str().lines().collect();
    let mut problems = Vec::new();
    for (index, entry) in lines.chunks(3).enumerate() {
        let [from, to, package] = entry else { continue };
        if *package == "rebrand" || !FOLDERS.iter().any(|folder| from.starts_with(folder)) {
            continue;
        }
        let start = text.line_start(index * 3 + 1);
        let place = Place::of(path, &text, Span::new(start, start + from.len()));
        let who = if *package == ":" { "somebody" } else { package };
        let what = format!("{who} diverted `{from}` to `{to}`");
        let why = "upgrades write elsewhere, so the file that is sent stays as it is, and `rebrand` cannot divert it";
        let hint = end_of_diversion(from, to, package, is_there);
        problems.push(Problem::new(Level::Error, what, why, hint).at(Some(&place)));
    }
    problems
}

/// How the diversion of `from` to `to` ends that `package` made, `:` for a local one. `dpkg-divert --rename` refuses to
/// put the package's file over another, and without that it would stay where it is.
#[must_use]
pub fn end_of_diversion(from: &str, to: &str, package: &str, is_there: &dyn Fn(&str) -> bool) -> String {
    let whose = if package == ":" { "--local".to_owned() } else { format!("--package {package}") };
    let ends = format!("dpkg-divert {whose} --no-rename --remove {from}");
    match (is_there(to), is_there(from)) {
        (true, true) => {
            format!("`mv -f {to} {from} && {ends}` ends that, and replaces `{from}` by the package's file")
        }
        (true, false) => format!("`mv -f {to} {from} && {ends}` ends that"),
        (false, _) => format!("`{ends}` ends that"),
    }
}

/// Files of the brand that dpkg is told not to unpack, by the lines of its own settings in `files`.
#[must_use]
pub fn excludes(files: &[Found]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (path, content) in files {
        let Ok(text) = content.text() else { continue };
        for (index, line) in text.as_str().lines().enumerate() {
            let pattern = line.trim().trim_start_matches("--").strip_prefix("path-exclude");
            let pattern = pattern.map(|rest| rest.trim_start_matches([' ', '=']));
            let Some(pattern) = pattern.filter(|pattern| pattern.starts_with("/usr/share/jitsi-meet")) else {
                continue;
            };
            let start = text.line_start(index + 1);
            let place = Place::of(path, &text, Span::new(start, start + line.len()));
            let what = format!("dpkg is told to leave out `{pattern}`");
            let why = "an upgrade takes these files away and brings none, branded or not";
            let hint =
                "take the line out, and then `apt-get install --reinstall jitsi-meet-web` brings them back";
            problems.push(Problem::new(Level::Error, what, why, hint).at(Some(&place)));
        }
    }
    problems
}
