//! A plan for people: what is asked before it is carried out, the keys it changes, and the difference as git shows it.

use std::collections::BTreeMap;

use super::totals::{ahead, counted};
use super::words::{NO_MORE, action, how};
use super::{ADDED, BOLD, DIM, GONE, MARK, styled};
use crate::catalogue::{self, ConfigFile};
use crate::content::Content;
use crate::js::How;
use crate::plan::{Action, FilePlan, KeyDifference, Plan, WishRecord, Written};
use crate::target::KeyChange;
use crate::text::unified;
use crate::value::Value;

/// What a person is asked before `verb` writes; what it takes back with no word of the owner is in the question.
#[must_use]
pub fn question(verb: &str, plan: &Plan) -> String {
    let WishRecord { removed, recorded, is_silence, .. } = &plan.wishes;
    let changed = |file: &&FilePlan| matches!(file.action, Action::Write | Action::Remove);
    let files = plan.files.iter().filter(changed).count();
    let gone = removed.len();
    if *is_silence {
        return format!("take the brand off: {gone} of {recorded} wishes, {files} files?");
    }
    let figures = ahead(plan);
    if gone == 0 {
        format!("{figures}: {verb} this?")
    } else {
        format!("{figures}: {verb} this, and take back {gone} of {recorded} wishes?")
    }
}

/// The keys that are given another value: old → new, why, and how. Files that change in the same way are told together,
/// and of many translations how many strings change; with `verbose` each is told.
#[must_use]
pub fn keys(plan: &Plan, verbose: bool) -> String {
    let files: Vec<&FilePlan> = plan.files.iter().filter(|file| file.action != Action::Keep).collect();
    let groups = if verbose { files.iter().map(|file| Group::of(file)).collect() } else { groups(&files) };
    groups
        .iter()
        .map(|Group { headers, block }| format!("{}\n{block}", headers.join("\n")))
        .collect::<Vec<_>>()
        .concat()
}

/// Files that are told together.
struct Group {
    /// A line for each of them, or one for all.
    headers: Vec<String>,
    /// What changes in them.
    block: String,
}

impl Group {
    /// A file by itself.
    fn of(file: &FilePlan) -> Self {
        Group { headers: vec![header(&file.path, action(file))], block: block(file) }
    }
}

fn header(name: impl std::fmt::Display, action: &str) -> String {
    format!("{}  {}", styled(BOLD, name), styled(DIM, action))
}

/// The `files`, those together that change in the same way.
fn groups(files: &[&FilePlan]) -> Vec<Group> {
    let (translations, files): (Vec<&FilePlan>, Vec<&FilePlan>) =
        files.iter().partition(|file| is_translation(file));
    let mut groups: Vec<Group> = Vec::new();
    for file in &files {
        let folder = file.path.as_str().rsplit_once('/').map_or("", |(folder, _)| folder);
        let new = files.iter().filter(|file| is_new_in(file, folder)).count();
        let is_host = file.path.as_str().ends_with(crate::site::HOST_SUFFIX);
        if is_new_in(file, folder) && new >= MANY {
            let headers = vec![header(format!("{folder}/*"), "add")];
            if groups.iter().all(|group| group.headers != headers) {
                groups
                    .push(Group { headers, block: format!("  {}; `-v` shows each\n", counted(new, "file")) });
            }
            continue;
        }
        let own = Group::of(file);
        match groups.iter_mut().find(|other| is_host && other.block == own.block) {
            Some(other) => other.headers.extend(own.headers),
            None => groups.push(own),
        }
    }
    if translations.len() < MANY {
        groups.extend(translations.iter().map(|file| Group::of(file)));
    } else {
        groups.push(strings(&translations));
    }
    groups
}

/// Whether the file is new in `folder`, and of no keys: a picture, say.
fn is_new_in(file: &FilePlan, folder: &str) -> bool {
    let is_there = file.path.as_str().rsplit_once('/').is_some_and(|(above, _)| above == folder);
    is_there && file.action == Action::Write && file.actual.is_none() && file.shown_differences().is_empty()
}

/// How many translations, or new files of one folder, are too many to be told one by one.
const MANY: usize = 4;

fn is_translation(file: &FilePlan) -> bool {
    let name = file.path.as_str().strip_prefix(crate::site::WEB).unwrap_or_default();
    name.starts_with("/lang/") && file.action == Action::Write && !file.shown_differences().is_empty()
}

/// What changes in one file, line by line.
fn block(file: &FilePlan) -> String {
    let keys = file.shown_differences();
    let width = keys.iter().map(|key| key.at.to_string().chars().count()).max().unwrap_or(0);
    let lines: Vec<String> = keys.iter().map(|key| line(file, key, width)).collect();
    if keys.is_empty() && !matches!(file.action, Action::Refuse | Action::Leave) {
        return format!("  {}\n", whole(file));
    }
    lines.concat()
}

/// Many translations in a few lines: how many of their strings change for which wish.
fn strings(files: &[&FilePlan]) -> Group {
    let mut counts: BTreeMap<(&str, bool), usize> = BTreeMap::new();
    for key in files.iter().flat_map(|file| file.shown_differences()) {
        *counts.entry((key.wish, key.change.is_none())).or_default() += 1;
    }
    let line = |((wish, is_taken_back), count): (&(&str, bool), &usize)| {
        let why = if *is_taken_back { format!("{wish}; {NO_MORE}") } else { (*wish).to_owned() };
        format!("  {}  {}\n", counted(*count, "string"), styled(DIM, format!("({why})")))
    };
    let name = format!("{}/lang/* ({} translations)", crate::site::WEB, files.len());
    let block = counts.iter().map(line).collect::<Vec<_>>().concat();
    Group { headers: vec![header(name, "write; `-v` shows each")], block }
}

/// The difference of every file that changes, as `git diff` shows it and `git apply -p1` takes it.
#[must_use]
pub fn diff(plan: &Plan) -> String {
    let mut out = String::new();
    for file in plan.files.iter().filter(|file| matches!(file.action, Action::Write | Action::Remove)) {
        let [old, new] = [&file.actual, &file.target]
            .map(|bytes| bytes.as_ref().map(|bytes| str::from_utf8(bytes)).transpose());
        // Pictures that are no text are told in one line each, above.
        if let (Ok(old), Ok(new)) = (old, new) {
            for line in unified(file.path.as_str(), old, new).split_inclusive('\n') {
                out.push_str(&colored(line));
            }
        }
    }
    out
}

fn line(file: &FilePlan, key: &KeyDifference<'_>, width: usize) -> String {
    let at = format!("{:<width$}", key.at.to_string());
    let how = match key.change {
        Some(change) => [how(change.change.how).map(str::to_owned), moved(file, change)],
        None => [Some(NO_MORE.to_owned()), None],
    };
    let why = [Some(key.wish.to_owned())].into_iter().chain(how);
    let why = why.flatten().collect::<Vec<_>>().join("; ");
    format!("  {} {}  {}\n", styled(MARK, at), values(key), styled(DIM, format!("({why})")))
}

/// The value now and then; of a list that is edited, only what it loses and gets.
fn values(key: &KeyDifference<'_>) -> String {
    if let (Some(How::ListEdited), Some(Value::Array(old)), Some(Value::Array(new))) =
        (key.change.map(|change| change.change.how), &key.now.value, &key.then.value)
    {
        let only = |word: &str, these: &[Value], others: &[Value]| {
            let items: Vec<Value> = these.iter().filter(|item| !others.contains(item)).cloned().collect();
            (!items.is_empty()).then(|| format!("{word} {}", Value::Array(items)))
        };
        let gone = only("loses", old, new).map(|text| styled(GONE, text));
        let added = only("gets", new, old).map(|text| styled(ADDED, text));
        return [gone, added].into_iter().flatten().collect::<Vec<_>>().join(", ");
    }
    format!("{} → {}", styled(GONE, shown(&key.now)), styled(ADDED, shown(&key.then)))
}

fn shown(written: &Written) -> String {
    let value = written.value.as_ref().map(ToString::to_string);
    let text = value.or_else(|| written.source.clone()).unwrap_or_else(|| "absent".to_owned());
    if text.chars().count() > 72 { format!("{}…", text.chars().take(71).collect::<String>()) } else { text }
}

/// Where the key came from, if its predecessor was in another file.
fn moved(file: &FilePlan, change: &KeyChange) -> Option<String> {
    let is_config = file.path.as_str().ends_with(crate::site::HOST_SUFFIX);
    let old = catalogue::predecessors(ConfigFile::Config, &change.edit.at)
        .into_iter()
        .next()
        .filter(|_| is_config)?;
    Some(format!("moved here from {} on {}", old.path, old.since))
}

/// What happens to a file of which no key is given a value.
fn whole(file: &FilePlan) -> String {
    let size = |bytes: &Content| super::picture::line(bytes);
    match (&file.actual, &file.target) {
        (Some(_), target) if target.is_some() && *target == file.base => "as it was before".to_owned(),
        _ if !file.changes.is_empty() => {
            format!("{} keys as before, around them it is new", file.changes.len())
        }
        (actual, target) => {
            let [old, new] = [actual, target].map(|bytes| bytes.as_ref().map_or("absent".to_owned(), size));
            format!("{old} → {new}")
        }
    }
}

fn colored(line: &str) -> String {
    let style = match line {
        line if line.starts_with("+++") || line.starts_with("---") || line.starts_with("diff ") => BOLD,
        line if line.starts_with("@@") => MARK,
        line if line.starts_with('+') => ADDED,
        line if line.starts_with('-') => GONE,
        _ => return line.to_owned(),
    };
    let content = line.trim_end_matches('\n');
    format!("{}{}", styled(style, content), &line[content.len()..])
}
