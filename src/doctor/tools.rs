//! Other tools that touch the files of the brand: who else, with which line, and what that line does.

use super::Problem;
use crate::content::Content;
use crate::fault::{Level, Place};
use crate::text::Span;

/// A file of a tool, by its path.
pub type Found = (String, Content);

/// What names a file of the brand in a line, and what is shown for it.
const NAMES: [&str; 7] = [
    "/usr/share/jitsi-meet",
    "/etc/jitsi/meet",
    "interface_config.js",
    "title.html",
    "plugin.head.html",
    "watermark.svg",
    "jitsi-meet-web",
];

/// Words of commands, and what they do to what follows.
const DEEDS: [(&str, &str); 18] = [
    ("sed", "edits"),
    ("perl", "edits"),
    ("patch", "edits"),
    ("lineinfile", "edits"),
    ("replace", "edits"),
    ("blockinfile", "edits"),
    ("cp", "writes"),
    ("install", "writes"),
    ("rsync", "writes"),
    ("tee", "writes"),
    ("wget", "writes"),
    ("curl", "writes"),
    ("mv", "moves"),
    ("rm", "removes"),
    ("ln", "links"),
    ("chmod", "changes who may read"),
    ("chown", "changes who may read"),
    ("dpkg-divert", "diverts"),
];

/// What the lines of `files` do to files of the brand.
#[must_use]
pub fn tools(files: &[Found]) -> Vec<Problem> {
    files.iter().flat_map(|(path, content)| lines(path, content)).collect()
}

fn lines(path: &str, content: &Content) -> Vec<Problem> {
    let Ok(text) = content.text() else { return Vec::new() };
    let is_of_apt = path.starts_with("/etc/apt/");
    let mut problems = Vec::new();
    for (index, line) in text.as_str().lines().enumerate() {
        let code = line.trim_start();
        let is_comment = code.starts_with('#') || code.starts_with("//") || code.starts_with(';');
        if is_comment || code.contains("rebrand") {
            continue;
        }
        let start = text.line_start(index + 1) + (line.len() - code.len());
        let place = || Place::of(path, &text, Span::new(start, start + code.len()));
        if let Some(name) = NAMES.iter().find(|name| code.contains(*name)) {
            problems.push(touched(code, name).at(Some(&place())));
        } else if is_of_apt && is_hook_of_dpkg(text.as_str(), start + code.len()) {
            let why = "it runs after every upgrade, and may change what the upgrade and `rebrand` wrote";
            let hint = "look at what it does";
            let what = "apt runs a command after it has changed packages";
            problems.push(Problem::new(Level::Note, what, why, hint).at(Some(&place())));
        } else if is_of_apt && code.to_lowercase().contains("jitsi") {
            let what = "unattended-upgrades upgrades Jitsi Meet by itself";
            let why = "only the Debian package of `rebrand` brands what comes at a time that nobody chose";
            let hint = "look at `rebrand status` afterwards, or let `rebrand check --monitor` watch";
            problems.push(Problem::new(Level::Note, what, why, hint).at(Some(&place())));
        }
    }
    problems
}

/// Whether the last line of `text` before `end` hooks a command on what dpkg does. Lists that were refreshed, after which
/// every Ubuntu runs some, are no upgrade.
fn is_hook_of_dpkg(text: &str, end: usize) -> bool {
    let read = text[..end].to_ascii_lowercase();
    let line = read.rfind('\n').map_or(0, |at| at + 1);
    let Some(hook) = read[line..].find("post-invoke") else { return false };
    let scopes = &read[..line + hook];
    scopes.rfind("dpkg") >= scopes.rfind("update::").max(scopes.rfind("update {"))
}

/// What a line does to the file `name`.
fn touched(line: &str, name: &str) -> Problem {
    let is_word = |letter: char| letter.is_ascii_alphanumeric() || letter == '-' || letter == '_';
    let words: Vec<&str> = line.split(|letter: char| !is_word(letter)).collect();
    let deed = DEEDS.iter().find(|(command, _)| words.contains(command)).map(|(_, deed)| *deed);
    let deed = deed.or_else(|| line.contains('>').then_some("writes"));
    let path = line.split([' ', '"', '\'', '=', ';', ',']).find(|word| word.contains(name)).unwrap_or(name);
    match deed {
        Some(deed) => Problem::new(
            Level::Warning,
            format!("another tool {deed} `{path}`"),
            "what it does and what `rebrand` writes undo each other, whoever comes last",
            "take the line out, and write the wish into `brand/` or `patches/`",
        ),
        None => Problem::new(
            Level::Note,
            format!("another tool names `{path}`"),
            "it may read or change a file of the brand",
            "look at what it does",
        ),
    }
}
