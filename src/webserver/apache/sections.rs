//! The sections that a file and its address lie in, in the order in which Apache merges them.

use super::tree::Reader;
use super::{Directive, Server};
use crate::fault::Place;
use crate::webserver::{Answer, Disk, pattern};

/// Everything that is said of a file, what counts most last.
pub(super) struct Sections {
    levels: Vec<Vec<Directive>>,
}

impl Sections {
    /// What `server` says of `file`, which is asked for as `path`.
    pub(super) fn of(server: &Server, disk: &Disk, file: &str, path: &str) -> Self {
        let both = || server.config.directives.iter().chain(&server.block.block);
        let mut levels = vec![server.config.directives.clone(), server.block.block.clone()];
        let mut folders: Vec<&Directive> = both().filter(|section| is_folder_of(section, file)).collect();
        folders.sort_by_key(|section| segments(section.word(0)));
        levels.extend(folders.into_iter().map(|section| section.block.clone()));
        levels.extend(of_folders(disk, file, &levels));
        let name = file.rsplit('/').next().unwrap_or_default();
        let fits = |section: &&Directive, plain: &str, by_pattern: &str, text: &str| {
            let (word, second) = (section.word(0), section.word(1));
            let is_plain = section.name == plain && word != "~" && fits_plain(plain, word, text);
            let pattern = if section.name == by_pattern { Some(word) } else { None };
            let pattern = pattern.or((section.name == plain && word == "~").then_some(second));
            is_plain || pattern.is_some_and(|asked| matches!(pattern::find(asked, false, text), Ok(Some(_))))
        };
        let files = both().filter(|section| fits(section, "<files", "<filesmatch", name));
        levels.extend(files.map(|section| section.block.clone()));
        let places = both().filter(|section| fits(section, "<location", "<locationmatch", path));
        levels.extend(places.map(|section| section.block.clone()));
        Sections { levels }
    }

    /// The directive `name` that counts.
    pub(super) fn effective(&self, name: &str) -> Option<&Directive> {
        self.every(name).last()
    }

    /// Every directive `name`, what counts most last.
    pub(super) fn every(&self, name: &str) -> impl Iterator<Item = &Directive> {
        self.levels.iter().flatten().filter(move |directive| directive.name == name)
    }

    /// What the sections decide before a file is sent.
    pub(super) fn decided(&self) -> Option<(Answer, Place)> {
        let inner = self.levels.iter().skip(2).flatten();
        for directive in inner {
            let answer = match directive.name.as_str() {
                "rewriterule" => Answer::Unknown("a rule in a section for folders is not followed".into()),
                "sethandler" | "proxypass" | "proxypassmatch" => {
                    Answer::Proxied(directive.words.last().cloned().unwrap_or_default())
                }
                "<if" | "<else" => Answer::Unknown("`<If>` is decided by who asks".into()),
                _ => continue,
            };
            return Some((answer, directive.place.clone()));
        }
        let require = self.effective("require")?;
        let is_denied = require.words.join(" ").eq_ignore_ascii_case("all denied");
        is_denied.then(|| (Answer::Status(403), require.place.clone()))
    }
}

/// What the files `.htaccess` above `file` say, where they count.
fn of_folders(disk: &Disk, file: &str, levels: &[Vec<Directive>]) -> Vec<Vec<Directive>> {
    let allowed = levels.iter().flatten().rfind(|directive| directive.name == "allowoverride");
    if allowed.is_none_or(|allowed| allowed.word(0).eq_ignore_ascii_case("none")) {
        return Vec::new();
    }
    let folders = file.match_indices('/').skip(1).map(|(at, _)| &file[..at]);
    folders.filter_map(|folder| Reader::new(disk, folder).read(&format!("{folder}/.htaccess"), 0)).collect()
}

fn is_folder_of(section: &Directive, file: &str) -> bool {
    let word = section.word(0);
    let by_pattern = match section.name.as_str() {
        "<directorymatch" => Some(word),
        "<directory" if word == "~" => Some(section.word(1)),
        "<directory" => None,
        _ => return false,
    };
    if let Some(asked) = by_pattern {
        let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
        return matches!(pattern::find(asked, false, &format!("{folder}/")), Ok(Some(_)));
    }
    file.strip_prefix(word.trim_end_matches('/')).is_some_and(|rest| rest.starts_with('/'))
}

/// How many folders a section's path names; patterns come after all of them.
fn segments(path: &str) -> usize {
    if path == "~" { usize::MAX } else { path.split('/').filter(|segment| !segment.is_empty()).count() }
}

/// Whether `text` is what a section without pattern says: a file's name, or the beginning of an address.
fn fits_plain(section: &str, word: &str, text: &str) -> bool {
    if section == "<files" {
        return word
            .split_once('*')
            .map_or(word == text, |(start, end)| text.starts_with(start) && text.ends_with(end));
    }
    text.strip_prefix(word)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/') || word.ends_with('/'))
}
