//! Reading a diff. What it cannot stand for is refused: making, removing, renaming and linking files, and binary ones.

use super::path::{is_plain, name, path};
use super::{FilePatch, Hunk, Kind, Line};
use crate::fault::{Fault, Place};
use crate::text::{Span, Text};

/// Reads `text`, which is the file `file`: a diff by git, or by `diff -u`. Lines before the first file are passed over.
///
/// # Errors
/// Every fault, with its place.
pub fn parse(file: &str, text: &Text) -> Result<Vec<FilePatch>, Vec<Fault>> {
    let mut reader = Reader { file, text, line: 1, patches: Vec::new(), faults: Vec::new() };
    while reader.now().is_some() {
        reader.step();
    }
    if reader.patches.is_empty() && reader.faults.is_empty() {
        reader.fault(Span::empty(0), "holds no unified diff", "make it with `diff -u OLD NEW` or `git diff`");
    }
    if reader.faults.is_empty() { Ok(reader.patches) } else { Err(reader.faults) }
}

/// What git says of a file that no patch here does.
const REFUSED: [(&str, &str); 10] = [
    ("new file mode", "makes a file"),
    ("deleted file mode", "removes a file"),
    ("old mode", "changes the mode of a file"),
    ("new mode", "changes the mode of a file"),
    ("rename from", "renames a file"),
    ("rename to", "renames a file"),
    ("copy from", "copies a file"),
    ("copy to", "copies a file"),
    ("GIT binary patch", "is of a binary file"),
    ("Binary files ", "is of a binary file"),
];
const EXISTING: &str = "only the lines of files that are there are patched";

struct Reader<'a> {
    file: &'a str,
    text: &'a Text,
    /// The line that is read next, from 1.
    line: usize,
    patches: Vec<FilePatch>,
    faults: Vec<Fault>,
}

impl<'a> Reader<'a> {
    /// The next line without its end; none after the last.
    fn now(&self) -> Option<&'a str> {
        let is_there = self.text.line_start(self.line) < self.text.as_str().len();
        is_there.then(|| self.text.line(self.line))
    }

    /// Where that line is.
    fn span(&self) -> Span {
        let start = self.text.line_start(self.line);
        Span::new(start, start + self.text.line(self.line).len())
    }

    fn fault(&mut self, span: Span, message: impl Into<String>, hint: &str) {
        let place = Place::of(self.file, self.text, span);
        self.faults.push(Fault { place, message: message.into(), hint: Some(hint.to_owned()) });
    }

    /// Reads the header of a file with its hunks, or passes over a line.
    fn step(&mut self) {
        let Some(line) = self.now() else { return };
        if let Some((_, what)) = REFUSED.iter().find(|(start, _)| line.starts_with(start)) {
            self.fault(self.span(), format!("the patch {what}"), EXISTING);
        } else if line.starts_with("index ") && line.ends_with(" 120000") {
            self.fault(self.span(), "the patch is of a symbolic link", EXISTING);
        } else if line.starts_with("@@@") {
            self.fault(self.span(), "the patch is of a merge", "make it with `git diff` of two versions");
        } else if let Some(old) = line.strip_prefix("--- ") {
            self.line += 1;
            if let Some(new) = self.now().and_then(|line| line.strip_prefix("+++ ")) {
                self.header(old, new);
            }
            return;
        } else if line.starts_with("@@ ") {
            let hint = "the lines `--- FILE` and `+++ FILE` come before it";
            self.fault(self.span(), "nothing says of which file these lines are", hint);
        }
        self.line += 1;
    }

    fn header(&mut self, old: &str, new: &str) {
        let at = self.span();
        self.line += 1;
        let (Some(old), Some(new)) = (name(old), name(new)) else {
            return self.fault(at, "the name of the file cannot be read", "write it as `git diff` does");
        };
        if [old.as_str(), new.as_str()].contains(&"/dev/null") {
            let what = if old == "/dev/null" { "makes" } else { "removes" };
            self.fault(at, format!("the patch {what} a file"), EXISTING);
        }
        let path = path(&old, &new);
        if !is_plain(&path) {
            let message = format!("`{path}` is no path below the root");
            self.fault(at, message, "write it without `.` and `..`, as `etc/prosody/prosody.cfg.lua`");
        }
        if self.patches.iter().any(|patch| patch.path == path) {
            self.fault(at, format!("`{path}` is patched twice"), "put its hunks below one header");
        }
        let mut hunks: Vec<Hunk> = Vec::new();
        while self.now().is_some_and(|line| line.starts_with("@@ ")) {
            let at = self.span();
            let Some(hunk) = self.hunk() else { continue };
            if hunks
                .last()
                .is_some_and(|last| last.starts[0] + last.without(Kind::Added).len() > hunk.starts[0])
            {
                self.fault(at, "the hunk begins before the one above it ends", "make the diff anew");
            }
            hunks.push(hunk);
        }
        if hunks.is_empty() {
            self.fault(at, "no hunk of this file can be read", "a hunk begins with `@@ -1,3 +1,4 @@`");
        }
        self.patches.push(FilePatch { path, at, hunks });
    }

    fn hunk(&mut self) -> Option<Hunk> {
        let at = self.span();
        let numbers = self.now().and_then(numbers);
        self.line += 1;
        let Some([(start, mut old), (new_start, mut new)]) = numbers else {
            self.fault(at, "the numbers of the hunk cannot be read", "write them as `@@ -1,3 +1,4 @@`");
            return None;
        };
        let mut lines: Vec<Line> = Vec::new();
        while let Some(line) = self.now().filter(|line| old + new > 0 || line.starts_with('\\')) {
            let (kind, text) = match line.chars().next() {
                Some('\\') => {
                    lines.iter_mut().next_back()?.is_ended = false;
                    self.line += 1;
                    continue;
                }
                // Editors take the blank of an empty line away.
                None => (Kind::Context, ""),
                Some(' ') => (Kind::Context, line.get(1..).unwrap_or("")),
                Some('-') => (Kind::Removed, line.get(1..).unwrap_or("")),
                Some('+') => (Kind::Added, line.get(1..).unwrap_or("")),
                Some(_) => break,
            };
            let takes = [kind != Kind::Added, kind != Kind::Removed].map(usize::from);
            if takes[0] > old || takes[1] > new {
                break;
            }
            (old, new) = (old - takes[0], new - takes[1]);
            lines.push(Line { kind, text: text.to_owned(), is_ended: true });
            self.line += 1;
        }
        let hunk = Hunk { at, starts: [start, new_start], lines };
        let problem = if old + new > 0 {
            Some((
                "the hunk has fewer lines than its numbers say",
                "make the diff anew; its numbers count lines",
            ))
        } else if hunk.lines.iter().all(|line| line.kind == Kind::Context) {
            Some(("the hunk changes nothing", "leave it out"))
        } else if hunk.lines.iter().all(|line| line.kind == Kind::Added) {
            Some(("the hunk has no line by which its place is known", "make the diff with `diff -U3`"))
        } else {
            None
        };
        match problem {
            Some((message, hint)) => {
                self.fault(at, message, hint);
                None
            }
            None => Some(hunk),
        }
    }
}

/// The first line and the count of lines, before and after, in `@@ -1,3 +1,4 @@ …`.
fn numbers(line: &str) -> Option<[(usize, usize); 2]> {
    let (ranges, _) = line.strip_prefix("@@ -")?.split_once(" @@")?;
    let (old, new) = ranges.split_once(" +")?;
    let range = |text: &str| {
        let (start, count) = text.split_once(',').unwrap_or((text, "1"));
        Some((start.parse().ok()?, count.parse().ok()?))
    };
    Some([range(old)?, range(new)?])
}
