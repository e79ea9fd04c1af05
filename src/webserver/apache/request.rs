//! One request, from its address to what is sent.

use super::manner::manner;
use super::sections::Sections;
use super::{Directive, Server};
use crate::fault::Place;
use crate::webserver::{Answer, Disk, Kind, MOST_TURNS, Manner, Served, pattern, tidied};

/// A request on its way.
pub(super) struct Request<'r> {
    server: Server<'r>,
    disk: &'r Disk<'r>,
    path: String,
}

/// An answer, and the directive that decided it.
type Decided = (Answer, Option<Place>);

impl<'r> Request<'r> {
    pub(super) fn new(server: Server<'r>, disk: &'r Disk<'r>, path: &str) -> Self {
        Request { server, disk, path: path.to_owned() }
    }

    /// What is sent.
    pub(super) fn served(mut self) -> Served {
        for _ in 0..MOST_TURNS {
            let (file, by) = match self.translated() {
                Ok(translated) => translated,
                Err((answer, by)) => return Served { answer, by, manner: Manner::default() },
            };
            let sections = Sections::of(&self.server, self.disk, &file, &self.path);
            if let Some((answer, by)) = sections.decided() {
                return Served { answer, by: Some(by), manner: Manner::default() };
            }
            match (self.disk.stands)(file.trim_end_matches('/')) {
                Some(Kind::Folder) if self.path.ends_with('/') => match self.index(&file, &sections) {
                    Some(page) => self.path.push_str(&page),
                    None => return Served { answer: Answer::Status(403), by, manner: Manner::default() },
                },
                Some(Kind::Folder) => {
                    let answer = Answer::Redirect(format!("{}/", self.path));
                    return Served { answer, by, manner: Manner::default() };
                }
                Some(Kind::File) if !file.ends_with('/') => {
                    let manner = manner(&sections, &file, self.server.config.has_includes);
                    return Served { answer: Answer::File(file), by, manner };
                }
                _ => return Served { answer: Answer::Missing(file), by, manner: Manner::default() },
            }
        }
        let answer = Answer::Unknown("the server sends the request round in circles".into());
        Served { answer, by: None, manner: Manner::default() }
    }

    /// The file of the address, or what is decided before one is looked for.
    fn translated(&self) -> Result<(String, Option<Place>), Decided> {
        if let Some(found) = self.rewritten()? {
            return Ok(found);
        }
        for directive in self.server.all() {
            self.redirected(directive)?;
        }
        for directive in self.server.block.block.iter().filter(|directive| directive.name == "proxypass") {
            if self.path.starts_with(directive.word(0)) {
                if directive.word(1) == "!" {
                    break;
                }
                return Err((Answer::Proxied(directive.word(1).to_owned()), Some(directive.place.clone())));
            }
        }
        for directive in self.server.all() {
            if let Some(file) = self.aliased(directive)? {
                return Ok((tidied(&file), Some(directive.place.clone())));
            }
        }
        let root = self.server.all().find(|directive| directive.name == "documentroot");
        Ok((self.below_root(&self.path), root.map(|root| root.place.clone())))
    }

    fn below_root(&self, path: &str) -> String {
        let root = self.server.all().find(|directive| directive.name == "documentroot");
        tidied(&format!("{}{path}", root.map_or("/var/www/html", |root| root.word(0))))
    }

    /// What the rules of the virtual host make of the address; nothing if none fits.
    fn rewritten(&self) -> Result<Option<(String, Option<Place>)>, Decided> {
        let block = &self.server.block.block;
        let engine = block.iter().rfind(|directive| directive.name == "rewriteengine");
        if !engine.is_some_and(|engine| engine.word(0).eq_ignore_ascii_case("on")) {
            return Ok(None);
        }
        let mut conditions: Vec<&Directive> = Vec::new();
        for rule in block {
            match rule.name.as_str() {
                "rewritecond" => conditions.push(rule),
                "rewriterule" => {
                    let asked = std::mem::take(&mut conditions);
                    if let Some(found) = self.rule(rule, &asked)? {
                        return Ok(Some(found));
                    }
                }
                _ => {}
            }
        }
        Ok(None)
    }

    fn rule(
        &self,
        rule: &Directive,
        asked: &[&Directive],
    ) -> Result<Option<(String, Option<Place>)>, Decided> {
        let by = Some(rule.place.clone());
        let unknown = |reason: String| (Answer::Unknown(reason), Some(rule.place.clone()));
        let (pattern, negated) =
            rule.word(0).strip_prefix('!').map_or((rule.word(0), false), |rest| (rest, true));
        let flags = rule.word(2).to_uppercase();
        let found = pattern::find(pattern, flags.contains("NC"), &self.path).map_err(unknown)?;
        if found.is_some() == negated || (asked.iter().any(|condition| self.fails(condition))) {
            return Ok(None);
        }
        if let Some(condition) = asked.iter().find(|condition| !is_about_encryption(condition)) {
            let reason = format!("`RewriteCond {}` is decided by who asks", condition.words.join(" "));
            return Err(unknown(reason));
        }
        if rule.word(1) == "-" && !flags.contains('F') && !flags.contains('G') {
            return Ok(None);
        }
        let groups = found.map(|found| found.numbered).unwrap_or_default();
        let to = filled(rule.word(1), &groups);
        let flags: Vec<&str> = flags.trim_matches(['[', ']']).split(',').map(str::trim).collect();
        let has = |flag: &str| flags.iter().any(|one| *one == flag || one.starts_with(&format!("{flag}=")));
        if has("F") || has("G") {
            return Err((Answer::Status(if has("F") { 403 } else { 410 }), by));
        }
        if has("P") {
            return Err((Answer::Proxied(to), by));
        }
        if has("R") || to.contains("://") {
            return Err((Answer::Redirect(to), by));
        }
        if to.contains('%') || !(has("L") || has("END")) && flags != [""] || has("PT") {
            return Err(unknown("the rule goes on in ways that are not followed".into()));
        }
        Ok(Some((self.below_root(to.split('?').next().unwrap_or_default()), by)))
    }

    /// Whether a condition certainly does not hold.
    fn fails(&self, condition: &Directive) -> bool {
        let wanted = if self.server.is_encrypted() { "on" } else { "off" };
        is_about_encryption(condition) && {
            let (asked, negated) =
                condition.word(1).strip_prefix('!').map_or((condition.word(1), false), |rest| (rest, true));
            (asked.trim_matches(['=', '^', '$']) == wanted) == negated
        }
    }

    fn redirected(&self, directive: &Directive) -> Result<(), Decided> {
        let statuses = ["permanent", "temp", "seeother", "gone"];
        let first = directive.word(0);
        let has_status = statuses.contains(&first) || first.parse::<u16>().is_ok();
        let (from, to) = if has_status {
            (directive.word(1), directive.word(2))
        } else {
            (directive.word(0), directive.word(1))
        };
        let by = Some(directive.place.clone());
        let to = match directive.name.as_str() {
            "redirect" | "redirectpermanent" => below(&self.path, from).map(|rest| format!("{to}{rest}")),
            "redirectmatch" => pattern::find(from, false, &self.path)
                .map_err(|reason| (Answer::Unknown(reason), by.clone()))?
                .map(|found| filled(to, &found.numbered)),
            _ => None,
        };
        match to {
            None => Ok(()),
            Some(_) if first == "gone" => Err((Answer::Status(410), by)),
            Some(to) if to.is_empty() => Err((Answer::Status(first.parse().unwrap_or(302)), by)),
            Some(to) => Err((Answer::Redirect(to), by)),
        }
    }

    fn aliased(&self, directive: &Directive) -> Result<Option<String>, Decided> {
        let (from, to) = (directive.word(0), directive.word(1));
        match directive.name.as_str() {
            "alias" | "scriptalias" => Ok(below(&self.path, from).map(|rest| format!("{to}{rest}"))),
            "aliasmatch" => Ok(pattern::find(from, false, &self.path)
                .map_err(|reason| (Answer::Unknown(reason), Some(directive.place.clone())))?
                .map(|found| filled(to, &found.numbered))),
            _ => Ok(None),
        }
    }

    /// The page of a folder, by its name.
    fn index(&self, folder: &str, sections: &Sections) -> Option<String> {
        let index = sections.effective("directoryindex");
        let pages =
            index.map_or(vec!["index.html"], |index| index.words.iter().map(String::as_str).collect());
        let is_there = |page: &&&str| self.disk.is_file(&tidied(&format!("{folder}/{page}")));
        pages.iter().find(is_there).map(|page| (*page).to_owned())
    }
}

fn is_about_encryption(condition: &Directive) -> bool {
    condition.word(0).eq_ignore_ascii_case("%{HTTPS}")
}

/// What of `path` lies below `prefix`, which ends at a `/`.
fn below<'p>(path: &'p str, prefix: &str) -> Option<&'p str> {
    let rest = path.strip_prefix(prefix)?;
    (rest.is_empty() || rest.starts_with('/') || prefix.ends_with('/')).then_some(rest)
}

/// `text` with `$1` and the like from `groups`.
fn filled(text: &str, groups: &[String]) -> String {
    (0..10).fold(text.to_owned(), |text, index| {
        text.replace(&format!("${index}"), groups.get(index).map_or("", String::as_str))
    })
}
