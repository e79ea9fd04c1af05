//! The commands: from arguments to a deed, from what it came to to words and an exit status.

use std::path::Path;

use clap::CommandFactory as _;
use serde_json::json;

use super::args::{Args, Command};
use super::{Exit, checks, manual, pictures, say, upkeep, writing};
use crate::audit::{Left, Remedy};
use crate::deeds::{self, Context, Locking, Opened, Scene, Trouble};
use crate::fault::{Finding, Level};
use crate::plan::Plan;
use crate::report;

/// Runs the command that `args` name.
///
/// # Errors
/// When it could not be done at all.
pub(super) fn run(args: &Args) -> Result<Exit, Trouble> {
    match &args.command {
        Command::Status { all } => status(args, *all),
        Command::Diff { files, keys } => diff(args, files, *keys),
        Command::Apply { trigger: true, .. } => Ok(writing::triggered(args)),
        Command::Apply { write, accept_base, .. } => writing::apply(args, write, *accept_base),
        Command::Check { url: Some(url), .. } => checks::visit(args, &context(args), url),
        Command::Check { monitor: true, strict, .. } => Ok(checks::monitor(context(args), *strict)),
        Command::Check { strict, .. } => checks::check(args, &context(args), *strict),
        Command::Restore { trigger: true, .. } => Ok(writing::withdrawn(args)),
        Command::Restore { write, to, .. } => writing::restore(args, write, *to),
        Command::Rehearse { packages } => upkeep::rehearse(args, &context(args), packages),
        Command::Upgrade { yes, restart } => upkeep::upgrade(args, &context(args), *yes, restart),
        Command::Explain { key } => explain(args, key),
        Command::Lock { check, upgrade, sheet } => {
            pictures::lock(&context(args), args, locking(*check, *upgrade), sheet.as_deref())
        }
        Command::Build { out } => pictures::build(&context(args), args, out),
        Command::Accept => accept(args),
        Command::Audit => audit(args),
        Command::Doctor => doctor(args),
        Command::Init => init(args),
        Command::Demo => demo(),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut Args::command(), "rebrand", &mut script);
            say::data(&String::from_utf8_lossy(&script));
            Ok(Exit::Done)
        }
        Command::Man { out } => man(out.as_deref()),
    }
}

/// Tells which project was taken, where nobody waits for data alone.
pub(super) fn name_project(args: &Args) {
    if !args.quiet && !args.json {
        say::project();
    }
}

/// The site and the project; a person sees that pictures are being made for it.
fn opened(args: &Args) -> Result<Opened, Trouble> {
    let _progress = say::Progress::new(args.quiet || args.json);
    deeds::open(&context(args))
}

fn status(args: &Args, all: bool) -> Result<Exit, Trouble> {
    let opened = opened(args)?;
    let plan = opened.plan();
    let is_out_of_place = opened.is_out_of_place(&plan);
    let exit = if is_out_of_place { Exit::No } else { difference(&plan) };
    if args.json {
        say::json(&report::plan_json("status", exit == Exit::Done, &opened, &plan));
    } else {
        let all = all || args.verbose;
        say::data(&report::status(&opened, &plan, all));
        if all {
            findings(args, &plan);
        } else {
            brief_findings(args, &plan);
        }
        let is_held = opened.receipt.as_ref().is_some_and(|receipt| receipt.held);
        if is_out_of_place && !is_held && !plan.is_refused() && !args.quiet {
            say::aside("files do not take their places as they should: `rebrand apply` mends that\n");
        }
        if !plan.news.is_empty() && !args.quiet {
            say::aside("`rebrand accept` accepts what upstream changed, and it is told no more\n");
        }
    }
    Ok(exit)
}

fn diff(args: &Args, files: &[String], only_keys: bool) -> Result<Exit, Trouble> {
    name_project(args);
    let opened = opened(args)?;
    let mut plan = opened.plan();
    if let Some(unknown) = only(&mut plan, files) {
        let hint = "`rebrand status` lists the files; name one as it does, or by its end";
        say::error(&format!("`{unknown}` is none of the files that are managed here"), Some(hint));
        return Ok(Exit::Trouble);
    }
    let exit = difference(&plan);
    if args.json {
        say::json(&report::plan_json("diff", exit == Exit::Done, &opened, &plan));
        return Ok(exit);
    }
    let keys = report::keys(&plan, args.verbose);
    say::pages(&if only_keys { keys } else { keys + &report::diff(&plan) });
    if only_keys && !args.verbose {
        brief_findings(args, &plan);
    } else {
        findings(args, &plan);
    }
    Ok(exit)
}

/// Keeps of `plan` the files that are named, in full or by their end; returns a name that fits none.
fn only<'f>(plan: &mut Plan, names: &'f [String]) -> Option<&'f String> {
    let fits = |name: &String, path: &str| {
        format!("/{path}").ends_with(&format!("/{}", name.trim_start_matches('/')))
    };
    let unknown = names.iter().find(|name| !plan.files.iter().any(|file| fits(name, file.path.as_str())));
    if !names.is_empty() && unknown.is_none() {
        plan.files.retain(|file| names.iter().any(|name| fits(name, file.path.as_str())));
    }
    unknown
}

/// Accepts what upstream changed under the brand.
fn accept(args: &Args) -> Result<Exit, Trouble> {
    let accepted = deeds::accept(&context(args))?;
    if args.json {
        let accepted: Vec<_> = accepted.iter().map(report::finding_json).collect();
        say::json(&json!({ "format": 1, "command": "accept", "ok": true, "accepted": accepted }));
    } else if !args.quiet {
        for finding in &accepted {
            say::aside(&format!("accepted: {}\n", finding.message));
        }
        if accepted.is_empty() {
            say::aside("nothing to accept: what is new since the last `apply` is recorded by the next one\n");
        }
    }
    Ok(Exit::Done)
}

fn audit(args: &Args) -> Result<Exit, Trouble> {
    name_project(args);
    let left = deeds::audit(&context(args))?;
    let is_within_reach = |left: &Left| !matches!(left.remedy, Remedy::Bundle(_));
    let exit = if left.iter().any(is_within_reach) { Exit::No } else { Exit::Done };
    if args.json {
        say::json(&report::audit_json(&left, exit == Exit::Done));
    } else if !args.quiet {
        say::data(&report::audit(&left));
        if left.is_empty() {
            say::aside("nothing of upstream is left\n");
        }
    }
    Ok(exit)
}

fn doctor(args: &Args) -> Result<Exit, Trouble> {
    let found = deeds::doctor(&context(args))?;
    let is_ill = found.problems.iter().any(|problem| problem.level == Level::Error);
    let exit = if is_ill { Exit::No } else { Exit::Done };
    if args.json {
        say::json(&report::doctor_json(&found, exit == Exit::Done));
        return Ok(exit);
    }
    for problem in found.problems.iter().filter(|problem| !args.quiet || problem.level == Level::Error) {
        say::problem(problem);
    }
    if found.problems.is_empty() && !args.quiet {
        say::aside("nothing is wrong\n");
    }
    Ok(exit)
}

fn explain(args: &Args, key: &str) -> Result<Exit, Trouble> {
    let meaning = report::meaning(key);
    if let Some(meaning) = meaning.filter(|_| !args.json) {
        say::data(&format!("{key}: {meaning}\n"));
        return Ok(Exit::Done);
    }
    name_project(args);
    let deeds::Answer { found, near, wish, near_wish } = deeds::explain(&context(args), key)?;
    let meaning =
        meaning.or_else(|| wish.as_ref().map(|wish| wish.key.map_or("a wish of a patch", |key| key.doc)));
    if args.json {
        say::json(&report::explanation_json(&found, meaning));
    }
    if found.is_empty() && meaning.is_none() {
        say::error(&format!("nothing is known of `{key}`"), report::nearest(&near, near_wish).as_deref());
        return Ok(Exit::No);
    }
    if !args.json {
        let wish = wish.iter().map(|wish| report::wish(wish, &say::named));
        let texts: Vec<String> =
            wish.chain(found.iter().map(|one| report::explanation(one, &say::named))).collect();
        say::data(&texts.join("\n"));
    }
    Ok(Exit::Done)
}

fn init(args: &Args) -> Result<Exit, Trouble> {
    let folder = args.project.clone().unwrap_or_else(|| ".".into());
    let started = deeds::init(&context(args), &folder)?;
    for file in &started.files {
        say::data(&format!("{}\n", started.folder.join(file).display()));
    }
    if !args.quiet {
        let hosts = if started.hosts.is_empty() { "no hosts".to_owned() } else { started.hosts.join(", ") };
        say::aside(&format!("found {hosts}; write your wishes into brand/brand.toml, then `rebrand diff`\n"));
    }
    Ok(Exit::Done)
}

fn demo() -> Result<Exit, Trouble> {
    let as_told = deeds::demo(&mut |scene| match scene {
        Scene::Step(text) => say::data(&format!("\n# {text}\n")),
        Scene::Command(text) => say::data(&format!("\n$ {text}\n")),
        Scene::Plan(_, plan) => {
            say::data(&report::keys(plan, true));
            for finding in plan.findings.iter().filter(|finding| finding.level != Level::Note) {
                say::finding(finding);
            }
        }
        Scene::Diff(plan) => say::data(&report::diff(plan)),
        Scene::Text(text) => say::data(&format!("{text}\n")),
    })?;
    Ok(if as_told { Exit::Done } else { Exit::No })
}

/// Prints the page of the program, or writes all pages into `out`.
fn man(out: Option<&Path>) -> Result<Exit, Trouble> {
    for (name, page) in manual::pages(Args::command()) {
        match out {
            Some(folder) => deeds::write_page(folder, &name, &page)?,
            None if name == "rebrand.1" => say::data(&page),
            None => {}
        }
    }
    Ok(Exit::Done)
}

/// Errors always, the rest unless `--quiet`.
pub(super) fn findings(args: &Args, plan: &Plan) {
    told_findings(args, plan).iter().for_each(say::finding);
}

/// What is to be told of `plan`.
fn told_findings(args: &Args, plan: &Plan) -> Vec<Finding> {
    let is_told = |finding: &&Finding| !args.quiet || finding.level == Level::Error;
    let mut told: Vec<Finding> = plan.findings.iter().filter(is_told).cloned().collect();
    if !args.quiet {
        told.extend(plan.news.iter().cloned());
        told.extend(plan.mistakes.iter().map(|made| report::mistake(&made.mistake, made.place.as_ref())));
    }
    told
}

/// The same in short.
fn brief_findings(args: &Args, plan: &Plan) {
    say::brief(&told_findings(args, plan));
}

fn locking(check: bool, upgrade: bool) -> Locking {
    match (check, upgrade) {
        (true, _) => Locking::Check,
        (_, true) => Locking::Upgrade,
        _ => Locking::Update,
    }
}

fn difference(plan: &Plan) -> Exit {
    if plan.is_refused() || plan.changes_files() { Exit::No } else { Exit::Done }
}

pub(super) fn context(args: &Args) -> Context {
    Context {
        project: args.project.clone(),
        locked: args.locked,
        offline: args.offline,
        ..Context::new(args.root.clone())
    }
}
