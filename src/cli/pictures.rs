//! `lock` and `build`: the commands that make files without touching a site.

use std::path::Path;

use serde_json::json;

use super::commands::{findings, name_project};
use super::{Args, Exit, say};
use crate::deeds::{self, Context, Locking, Trouble};
use crate::host;
use crate::report;

/// Brings the lock up to date, or checks it.
pub(super) fn lock(
    context: &Context,
    args: &Args,
    locking: Locking,
    sheet: Option<&Path>,
) -> Result<Exit, Trouble> {
    name_project(args);
    let mut progress = say::Progress::new(args.quiet || args.json);
    let done = deeds::lock(context, locking, &mut |source, came, all| progress.fetched(source, came, all));
    progress.end();
    let done = done?;
    if let Some(file) = sheet {
        host::write_named(file, report::sheet(&done, &deeds::shown(context)).as_bytes())?;
    }
    let is_stale = locking == Locking::Check && !done.differences.is_empty();
    let exit = if is_stale || !done.changed.is_empty() { Exit::No } else { Exit::Done };
    if args.json {
        say::json(&json!({
            "format": 1,
            "command": "lock",
            "ok": exit == Exit::Done,
            "written": done.written,
            "differences": done.differences.iter().map(ToString::to_string).collect::<Vec<_>>(),
            "changed": done.changed,
            "accepted": done.accepted.iter().map(report::finding_json).collect::<Vec<_>>(),
            "findings": done.making.findings.iter().map(report::finding_json).collect::<Vec<_>>(),
            "pictures": done.making.pictures.iter().map(report::picture_json).collect::<Vec<_>>(),
        }));
        return Ok(exit);
    }
    if !args.quiet {
        say::data(&report::lock(&done));
        done.making.findings.iter().for_each(say::finding);
        for finding in &done.accepted {
            say::aside(&format!("accepted: {}\n", finding.message));
        }
    }
    for source in &done.changed {
        let message = format!("`{source}` shows another picture now, and stays as it is pinned");
        let hint = match done.renewed {
            Some(_) => "`rebrand lock --sheet FILE` shows both side by side, `--upgrade` takes the new one",
            None => "no pictures can be made of the new one; `rebrand lock --upgrade` tells why",
        };
        say::error(&message, Some(hint));
    }
    if is_stale {
        say::error("the lock does not say what would be made", Some("`rebrand lock` brings it up to date"));
    }
    Ok(exit)
}

/// Writes the branded files into `out`.
pub(super) fn build(context: &Context, args: &Args, out: &Path) -> Result<Exit, Trouble> {
    name_project(args);
    let mut progress = say::Progress::new(args.quiet || args.json);
    let built = deeds::build(context, out)?;
    progress.end();
    let exit = if built.plan.is_refused() { Exit::No } else { Exit::Done };
    if args.json {
        let mut document = report::plan_json("build", exit == Exit::Done, &built.opened, &built.plan);
        document["written"] =
            built.files.iter().map(crate::path::SitePath::as_str).collect::<Vec<_>>().into();
        say::json(&document);
        return Ok(exit);
    }
    findings(args, &built.plan);
    if !args.quiet {
        for path in &built.files {
            say::data(&format!("{}\n", out.join(path.as_str()).display()));
        }
        for path in &built.cleared.removed {
            say::aside(&format!("removed, wished no more: {}\n", out.join(path.as_str()).display()));
        }
        for path in &built.cleared.changed {
            let path = out.join(path.as_str());
            say::aside(&format!(
                "note: `{}` is wished no more, and was changed since it was built, so it stays\n",
                path.display()
            ));
        }
    }
    Ok(exit)
}
