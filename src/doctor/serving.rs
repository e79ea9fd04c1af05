//! What a web server sends for an address, against the file that the brand is written to.

use super::Problem;
use crate::fault::Level;
use crate::webserver::{Answer, Links, Served};

/// An address of a host, what it should be, and what it is.
pub struct Question<'q> {
    /// The web server, such as `nginx`.
    pub server: &'q str,
    /// The host.
    pub host: &'q str,
    /// The path of the address.
    pub address: &'q str,
    /// The file that the brand is written to.
    pub expected: &'q str,
    /// What the server would send.
    pub served: &'q Served,
    /// Whether the file holds server-side includes.
    pub has_includes: bool,
    /// What links there are on the way to the file.
    pub way: Way,
    /// Whether the file that is sent and the one that should be are the same after every link.
    pub is_same: bool,
}

/// What links there are on the way to a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// None.
    Plain,
    /// Those of the file's owner.
    Linked,
    /// One of another than the file's owner.
    LinkedByOthers,
}

/// What is wrong with the answer.
#[must_use]
pub fn serving(question: &Question) -> Vec<Problem> {
    match &question.served.answer {
        Answer::File(file) if question.is_same => sent(question, file),
        other => vec![elsewhere(question, other)],
    }
}

/// What comes in place of the file.
fn elsewhere(question: &Question, answer: &Answer) -> Problem {
    let Question { server, host, address, expected, .. } = question;
    let unseen = format!("what is written to `{expected}` is not what visitors get");
    let (level, what, why, hint) = match answer {
        Answer::File(file) => (
            Level::Error,
            format!("{server} sends `{file}` for `{address}` of `{host}`, and not `{expected}`"),
            unseen,
            format!("take out what leads there, or the copy: upgrades and `rebrand` change `{expected}`"),
        ),
        Answer::Missing(file) => (
            Level::Error,
            format!("{server} looks for `{file}` for `{address}` of `{host}`, which is not there"),
            unseen,
            format!("let it lead to `{expected}`"),
        ),
        Answer::Status(code) => (
            Level::Error,
            format!("{server} answers `{address}` of `{host}` with {code}, and not with `{expected}`"),
            unseen,
            "take this line out".to_owned(),
        ),
        Answer::Redirect(to) => (
            Level::Error,
            format!("{server} sends who asks for `{address}` of `{host}` to `{to}`, and not `{expected}`"),
            unseen,
            "take this line out".to_owned(),
        ),
        Answer::Proxied(to) => (
            Level::Error,
            format!("{server} fetches `{address}` of `{host}` from `{to}`, and does not send `{expected}`"),
            unseen,
            "brand the server it is fetched from, or send the file from here".to_owned(),
        ),
        Answer::Unknown(reason) => (
            Level::Warning,
            format!("what {server} sends for `{address}` of `{host}` cannot be told: {reason}"),
            format!("nobody knows whether visitors get `{expected}`"),
            format!("`curl https://{host}{address}` shows what it sends"),
        ),
    };
    Problem::new(level, what, why, hint).at(question.served.by.as_ref())
}

/// What is wrong with how the right file is sent.
fn sent(question: &Question, file: &str) -> Vec<Problem> {
    let Question { server, host, address, .. } = question;
    let manner = &question.served.manner;
    let mut problems = Vec::new();
    // Upstream's site file for Apache parses no scripts, and the client minds that.
    let is_left_alone = *server == "Apache" && ends_in(address, "js");
    if question.has_includes && !manner.includes && !is_left_alone {
        let why = "title, configuration and the pages of the brand are put into the page by them";
        let hint = match *server {
            "nginx" => {
                "`ssi on;` in the server block carries them out; scripts need `ssi_types application/javascript;`"
            }
            _ => "`a2enmod include`, `Options +Includes` and `AddOutputFilter INCLUDES html` carry them out",
        };
        let what = format!("{server} does not carry out the server-side includes in `{address}` of `{host}`");
        let level = if ends_in(address, "js") { Level::Warning } else { Level::Error };
        problems.push(Problem::new(level, what, why, hint).at(manner.includes_by.as_ref()));
    }
    // All of ours belong to root, and so do the files.
    let is_well = manner.links == Links::SameOwner && question.way == Way::Linked;
    if manner.links != Links::Followed && !is_well {
        let which =
            if manner.links == Links::Refused { "no links" } else { "only links of the file's owner" };
        let level = if question.way == Way::Plain { Level::Warning } else { Level::Error };
        let what = format!("{server} follows {which} for `{address}` of `{host}`");
        let why = format!("a branded file that is a link is not sent; `{file}` is one of them");
        let hint = "`files.links = false` in brand.toml: regular files in the place of links";
        problems.push(Problem::new(level, what, why, hint).at(manner.links_by.as_ref()));
    }
    if let Some(by) = &manner.rewritten_by {
        let what = format!("{server} changes the text of `{address}` of `{host}` on the way out");
        let why = "it may change what the brand says";
        problems
            .push(Problem::new(Level::Warning, what, why, "look whether it is still needed").at(Some(by)));
    }
    // Pictures get new names when they change.
    for caching in manner.caching.iter().filter(|caching| !is_picture(address) && keeps(&caching.says)) {
        let what = format!("browsers may keep `{address}` of `{host}`: `{}`", caching.says);
        let why = "visitors who came before see the old brand until that has passed";
        problems
            .push(Problem::new(Level::Warning, what, why, "take it out for this file").at(Some(&caching.by)));
    }
    problems
}

fn is_picture(address: &str) -> bool {
    ["svg", "png", "ico", "jpg", "webp"].iter().any(|ending| ends_in(address, ending))
}

fn ends_in(address: &str, ending: &str) -> bool {
    address.rsplit_once('.').is_some_and(|(_, end)| end == ending)
}

/// Whether a browser keeps a file by what is said of it: `1y`, `max-age=60`, but not `-1` and `no-cache`.
fn keeps(says: &str) -> bool {
    let says = says.to_lowercase();
    let age = says.split_once("max-age=").map(|(_, age)| age);
    let age = age.or(Some(&says)).filter(|age| age.starts_with(|digit: char| digit.is_ascii_digit()));
    !says.contains("no-cache") && (says == "max" || age.is_some_and(|age| !age.starts_with('0')))
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_browsers_keep() {
        for (says, keeps) in [
            ("1y", true),
            ("max", true),
            ("public, max-age=60", true),
            ("-1", false),
            ("no-cache", false),
            ("0", false),
        ] {
            assert_eq!(super::keeps(says), keeps, "{says}");
        }
    }
}
