//! A plan for people: one line per file, the keys it changes, and the difference as git shows it.

use std::fmt::Write as _;

use super::totals::ahead;
use super::{ADDED, BOLD, DIM, GONE, MARK, styled};
use crate::base::Past;
use crate::catalogue::{self, ConfigFile};
use crate::content::Content;
use crate::dating::{By, Dating};
use crate::deeds::Opened;
use crate::js::How;
use crate::plan::{Action, FilePlan, KeyDifference, Plan, WishRecord, Written};
use crate::target::KeyChange;
use crate::text::unified;
use crate::value::Value;

/// One line per managed file, in two columns: what happened since it was last written, what `apply` would do.
#[must_use]
pub fn status(opened: &Opened, plan: &Plan) -> String {
    let mut out = format!("{}\n", version(opened, plan.dating.as_ref()));
    if let Some(folder) = opened.project_folder() {
        let _ = writeln!(out, "project: {}", folder.display());
    }
    if opened.receipt.as_ref().is_some_and(|receipt| receipt.held) {
        out.push_str(
            "held: since `restore`, unattended runs leave the site as it is until `rebrand apply`\n",
        );
    }
    if let Some(run) = &opened.last_run {
        let _ = writeln!(out, "last run of the trigger, {}: {}", run.when, super::last_run(run));
        for path in &run.rescued {
            let _ = writeln!(out, "  it kept your `{path}` below `var/lib/rebrand/rescued`");
        }
    }
    if opened.interrupted {
        out.push_str("interrupted: an earlier run was killed; the next `apply` or `restore` heals it\n");
    }
    for file in &plan.files {
        let (past, action) = (past(file.past), action(file));
        let _ = writeln!(out, "{past:<10} {action:<8} {}", file.path);
    }
    out
}

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

/// The keys that are given another value: old → new, why, and how.
#[must_use]
pub fn keys(plan: &Plan) -> String {
    let mut out = String::new();
    for file in plan.files.iter().filter(|file| file.action != Action::Keep) {
        let _ = writeln!(out, "{}  {}", styled(BOLD, &file.path), styled(DIM, action(file)));
        let keys = file.shown_differences();
        let width = keys.iter().map(|key| key.at.to_string().chars().count()).max().unwrap_or(0);
        for key in &keys {
            out.push_str(&line(file, key, width));
        }
        if keys.is_empty() && !matches!(file.action, Action::Refuse | Action::Leave) {
            let _ = writeln!(out, "  {}", whole(file));
        }
    }
    out
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
        Some(change) => [how(change.change.how), moved(file, change)],
        None => [Some("wished no more".to_owned()), None],
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

fn how(how: How) -> Option<String> {
    let text = match how {
        How::Already | How::Replaced | How::Removed | How::ListEdited => return None,
        How::Inserted => "inserted",
        How::InsertedAtComment => "inserted after its comment",
        How::Assigned => "assigned in a statement of its own",
    };
    Some(text.to_owned())
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

fn version(opened: &Opened, dating: Option<&Dating>) -> String {
    let package = opened.site.web_version.as_ref().map(|version| format!("jitsi-meet-web {version}"));
    let build = opened.site.build.map(|build| format!("build {build}"));
    let age = dating.map(|dating| {
        let by = match dating.by {
            By::Digest => "by its interface_config.js",
            By::Build => "by its build",
            By::Package => "by its package",
            By::Keys => "at least, by its keys",
        };
        format!("upstream of {} ({by})", dating.day)
    });
    let hosts: Vec<&str> = opened.site.hosts.iter().map(|host| host.name.as_str()).collect();
    let hosts = if hosts.is_empty() { "no hosts".to_owned() } else { hosts.join(", ") };
    let known = [package, build, age].into_iter().flatten().collect::<Vec<_>>().join(", ");
    format!("Jitsi Meet: {}; {hosts}", if known.is_empty() { "of unknown age" } else { &known })
}

fn past(past: Past) -> &'static str {
    match past {
        Past::New => "new",
        Past::Unchanged => "unchanged",
        Past::Reset => "reset",
        Past::Renewed => "renewed",
        Past::Drifted => "drifted",
        Past::Gone => "gone",
    }
}

fn action(file: &FilePlan) -> &'static str {
    match (file.action, &file.actual) {
        (Action::Keep, _) => "keep",
        (Action::Write, None) => "add",
        (Action::Write, Some(_)) => "write",
        (Action::Remove, _) => "remove",
        (Action::Refuse, _) => "refuse",
        (Action::Leave, _) => "leave",
    }
}
