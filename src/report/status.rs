//! What `status` prints: the site, and a line for each file that is not as wished; the rest is counted.

use std::fmt::Write as _;

use super::totals::counted;
use super::words::{action, meaning, past};
use super::{ADDED, BOLD, DIM, GONE, MARK, styled};
use crate::base::Past;
use crate::dating::{By, Dating};
use crate::deeds::Opened;
use crate::plan::{Action, FilePlan, Plan};

/// The site, and what happened to each of its files and what `apply` would do, in two columns. Unless `all` are wanted,
/// only what is not as it should be, many files of one folder in one line.
#[must_use]
pub fn status(opened: &Opened, plan: &Plan, all: bool) -> String {
    let mut out = head(opened, plan);
    let rest = plan.files.iter().filter(|file| !all && is_as_wished(file)).count();
    let rows = rows(plan, all);
    for row in &rows {
        let (past, action) = (format!("{:<10}", row.past), format!("{:<8}", row.action));
        let _ = writeln!(
            out,
            "{} {} {}",
            styled(style(row.past), past),
            styled(style(row.action), action),
            row.name
        );
    }
    if rest > 0 {
        let (are, others) =
            (if rest == 1 { "is" } else { "are" }, if rows.is_empty() { "" } else { "other " });
        let note = styled(DIM, "(`--all` lists what is as it should be too)");
        let _ = writeln!(out, "{} {are} as wished {note}", counted(rest, &format!("{others}file")));
    }
    let mut words: Vec<&str> = rows.iter().flat_map(|row| [row.past, row.action]).collect();
    words.sort_unstable();
    words.dedup();
    for word in words {
        let meaning = meaning(word).unwrap_or_default();
        let _ = writeln!(out, "{}", styled(DIM, format!("  {word}: {meaning}")));
    }
    out
}

/// What is known of the site as a whole.
fn head(opened: &Opened, plan: &Plan) -> String {
    let mut out = format!("{}\n", styled(BOLD, version(opened, plan.dating.as_ref())));
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
    out
}

/// A line of the list.
struct Row {
    past: &'static str,
    action: &'static str,
    name: String,
}

/// The lines for the files of `plan`.
fn rows(plan: &Plan, all: bool) -> Vec<Row> {
    let shown: Vec<&FilePlan> = plan.files.iter().filter(|file| all || !is_as_wished(file)).collect();
    let mut rows: Vec<Row> = Vec::new();
    for file in &shown {
        let folder = folder(file);
        let is_alike = |other: &&&FilePlan| {
            (other.past, action(other)) == (file.past, action(file)) && self::folder(other) == folder
        };
        let alike = shown.iter().filter(is_alike).count();
        let is_folded = !all && alike >= MANY;
        let name = if is_folded { format!("{folder}/* ({alike} files)") } else { file.path.to_string() };
        // Files come by their paths, so those of a folder need not follow one another where folders lie in it.
        let is_there = is_folded && rows.iter().any(|row| row.name == name && row.past == past(file.past));
        if !is_there {
            rows.push(Row { past: past(file.past), action: action(file), name });
        }
    }
    rows
}

/// How many files of one folder, to which the same happened, are told in one line.
const MANY: usize = 4;

fn folder(file: &FilePlan) -> &str {
    file.path.as_str().rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Whether there is nothing to say of a file: it is as it should be, and nobody else had a hand in it.
fn is_as_wished(file: &FilePlan) -> bool {
    file.action == Action::Keep && file.past != Past::Drifted
}

fn style(word: &str) -> anstyle::Style {
    match word {
        "add" | "write" => ADDED,
        "remove" | "refuse" | "leave" | "drifted" | "gone" => GONE,
        "renewed" | "reset" => MARK,
        _ => DIM,
    }
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
