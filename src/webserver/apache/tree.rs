//! From lines to directives and sections, with the files that are included.

use std::collections::{BTreeMap, BTreeSet};

use crate::content::Content;
use crate::fault::{Fault, Place};
use crate::text::{Span, Text};
use crate::webserver::{Disk, MOST_DEPTH, MOST_FILES, tidied};

/// One directive, or one section with what stands in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directive {
    /// Its name in small letters; of a section with `<`.
    pub name: String,
    /// The words after it.
    pub words: Vec<String>,
    /// Where it stands.
    pub place: Place,
    /// What stands in the section.
    pub block: Vec<Directive>,
}

impl Directive {
    /// The word `index` after the name; empty if there are not so many.
    #[must_use]
    pub fn word(&self, index: usize) -> &str {
        self.words.get(index).map_or("", String::as_str)
    }
}

/// Reads configuration as Apache does: conditions are decided where they stand, by what was read before.
pub(super) struct Reader<'r> {
    disk: &'r Disk<'r>,
    root: String,
    defined: BTreeMap<String, String>,
    /// Modules, as `ssl_module` and as `mod_ssl.c`.
    modules: BTreeSet<String>,
    files: usize,
    pub(super) faults: Vec<Fault>,
}

/// What Debian builds into the program.
const BUILT_IN: [&str; 7] = ["core", "so", "http", "log_config", "logio", "version", "unixd"];

impl<'r> Reader<'r> {
    pub(super) fn new(disk: &'r Disk<'r>, root: &str) -> Self {
        let modules = BUILT_IN.iter().flat_map(|name| [format!("{name}_module"), format!("mod_{name}.c")]);
        let modules = modules.collect();
        let (defined, faults) = (BTreeMap::new(), Vec::new());
        Reader { disk, root: root.to_owned(), defined, modules, files: 0, faults }
    }

    /// Reads what `pattern` names: files, or a folder with everything below it.
    pub(super) fn read(&mut self, pattern: &str, depth: usize) -> Option<Vec<Directive>> {
        let path = self.absolute(pattern);
        let path =
            if self.disk.is_folder(&path) { format!("{}/*", path.trim_end_matches('/')) } else { path };
        let files = (self.disk.files)(&path);
        if depth > MOST_DEPTH || self.files + files.len() > MOST_FILES {
            return None;
        }
        let is_there = !files.is_empty();
        let all = files.iter().flat_map(|(path, content)| self.file(path, content, depth)).collect();
        is_there.then_some(all)
    }

    /// Whether the module `name` is loaded.
    pub(super) fn has_module(&self, name: &str) -> bool {
        self.modules.contains(name)
    }

    fn absolute(&self, name: &str) -> String {
        tidied(&if name.starts_with('/') { name.to_owned() } else { format!("{}/{name}", self.root) })
    }

    fn file(&mut self, path: &str, content: &Content, depth: usize) -> Vec<Directive> {
        self.files += 1;
        let text = Text::from(String::from_utf8_lossy(content).into_owned());
        // Each section that is open: itself, and whether what stands in it counts.
        let mut open: Vec<(Directive, bool)> = Vec::new();
        let mut top = Vec::new();
        for (line, joined) in joined(text.as_str()) {
            let span = Span::new(text.line_start(line), text.line_start(line + 1).saturating_sub(1));
            let words = words(&self.filled(joined.trim()));
            let Some(first) = words.first().filter(|first| !first.starts_with('#')) else { continue };
            let counts = open.iter().all(|(_, counts)| *counts);
            if first.starts_with("</") {
                if let Some((section, counts)) = open.pop() {
                    add(section, counts, &mut open, &mut top);
                }
                continue;
            }
            let name = first.to_lowercase();
            let rest = words.get(1..).unwrap_or_default().to_vec();
            let directive =
                Directive { name, words: rest, place: Place::of(path, &text, span), block: Vec::new() };
            if directive.name.starts_with('<') {
                let holds = counts && open.len() < MOST_DEPTH && self.holds(&directive);
                open.push((directive, holds));
            } else if counts {
                let included = self.carry_out(&directive, depth);
                let to = open.last_mut().map_or(&mut top, |(section, _)| &mut section.block);
                to.push(directive);
                to.extend(included);
            }
        }
        for (section, _) in open {
            let message = format!("`{}>` is never closed", section.name);
            let hint = Some("`apache2ctl configtest` tells what Apache says".to_owned());
            self.faults.push(Fault { place: section.place, message, hint });
        }
        top
    }

    /// Whether what stands in a section is read at all.
    fn holds(&self, section: &Directive) -> bool {
        let (negated, asked) =
            section.word(0).strip_prefix('!').map_or((false, section.word(0)), |asked| (true, asked));
        match section.name.as_str() {
            "<ifmodule" => self.modules.contains(asked) != negated,
            "<ifdefine" => self.defined.contains_key(asked) != negated,
            _ => true,
        }
    }

    /// What a directive does to reading itself.
    fn carry_out(&mut self, directive: &Directive, depth: usize) -> Vec<Directive> {
        match directive.name.as_str() {
            "define" => {
                self.defined.insert(directive.word(0).to_owned(), directive.word(1).to_owned());
            }
            "serverroot" => directive.word(0).clone_into(&mut self.root),
            "loadmodule" => {
                let file = directive.word(1).rsplit('/').next().unwrap_or_default();
                self.modules.extend([directive.word(0).to_owned(), file.replace(".so", ".c")]);
            }
            "include" | "includeoptional" => {
                let included = self.read(directive.word(0), depth + 1);
                if included.is_none() && directive.name == "include" {
                    let message = format!("`{}` is included and cannot be read", directive.word(0));
                    let hint = Some("`apache2ctl configtest` tells what Apache says".to_owned());
                    self.faults.push(Fault { place: directive.place.clone(), message, hint });
                }
                return included.unwrap_or_default();
            }
            _ => {}
        }
        Vec::new()
    }

    /// `line` with what was defined in place of `${NAME}`.
    fn filled(&self, line: &str) -> String {
        let mut line = line.to_owned();
        for (name, value) in &self.defined {
            line = line.replace(&format!("${{{name}}}"), value);
        }
        line
    }
}

/// Puts a section that ended where it stands; one that only decides gives what stands in it.
fn add(section: Directive, counts: bool, open: &mut [(Directive, bool)], top: &mut Vec<Directive>) {
    let to = open.last_mut().map_or(top, |(outer, _)| &mut outer.block);
    if section.name.starts_with("<if") && section.name != "<if" {
        if counts {
            to.extend(section.block);
        }
    } else if counts {
        to.push(section);
    }
}

/// Every line with its number from 1, those that end in `\` joined with the next.
fn joined(text: &str) -> Vec<(usize, String)> {
    let mut lines: Vec<(usize, String)> = Vec::new();
    let mut continues = false;
    for (index, line) in text.lines().enumerate() {
        let (line, goes_on) = line.strip_suffix('\\').map_or((line, false), |line| (line, true));
        match lines.last_mut().filter(|_| continues) {
            Some((_, last)) => last.push_str(line),
            None => lines.push((index + 1, line.to_owned())),
        }
        continues = goes_on;
    }
    lines
}

/// The words of a line, without their quotes and without the `>` of a section.
fn words(line: &str) -> Vec<String> {
    let line = if line.starts_with('<') { line.trim_end_matches('>') } else { line };
    let mut words = Vec::new();
    let mut rest = line.trim_start();
    while let Some(first) = rest.chars().next() {
        let (word, left) = match first {
            '"' | '\'' => quoted(&rest[1..], first),
            _ => {
                let (word, left) = rest.split_at(rest.find(char::is_whitespace).unwrap_or(rest.len()));
                (word.to_owned(), left)
            }
        };
        words.push(word);
        rest = left.trim_start();
    }
    words
}

fn quoted(text: &str, quote: char) -> (String, &str) {
    let mut word = String::new();
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        if letter == quote {
            return (word, &text[at + 1..]);
        }
        if letter == '\\' && letters.peek().is_some_and(|(_, next)| *next == quote) {
            continue;
        }
        word.push(letter);
    }
    (word, "")
}
