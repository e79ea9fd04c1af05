//! What a run came to that no person watched.

use serde_json::{Value as Json, json};

use crate::deeds::{LastRun, Outcome};
use crate::fault::Level;
use crate::plan::listed;

/// How it ended, in one line.
#[must_use]
pub fn line(run: &LastRun) -> String {
    let count = |level: Level| run.findings.iter().filter(|finding| finding.level == level).count();
    let (errors, warnings) = (count(Level::Error), count(Level::Warning));
    if run.withdrawn {
        return "what was in force is lost, so the shipped files are shown: `rebrand apply` brands them again"
            .to_owned();
    }
    match &run.outcome {
        Outcome::Applied => {
            format!("the brand is in force again, {} files{}{}", run.files, removed(run), told(warnings))
        }
        Outcome::Nothing => format!("the brand was in force already{}", removed(run)),
        Outcome::Held => {
            "held: since `rebrand restore`, the site is left as it is until `rebrand apply`".to_owned()
        }
        Outcome::NoSite => "there is no Jitsi Meet here".to_owned(),
        Outcome::Left => {
            format!(
                "/etc/rebrand speaks of no brand any more, so {} branded files stay as they were: bring it back, or \
                 `rebrand restore` takes the brand off",
                run.files
            )
        }
        Outcome::NoBrand => "there is no brand in /etc/rebrand".to_owned(),
        Outcome::Refused => {
            format!(
                "the new files cannot be branded, so the last ones that could stay: `rebrand status` tells {errors} errors"
            )
        }
        Outcome::BadProject => {
            let first = run.findings.first();
            let place = first.and_then(|found| Some(format!("{}: ", found.place.as_ref()?)));
            let first = first.map(|found| format!("{}{}", place.unwrap_or_default(), found.message));
            format!(
                "the project in /etc/rebrand holds {errors} errors, so the brand stays as it was: {}",
                first.unwrap_or_default()
            )
        }
        Outcome::Busy => "another run was at work".to_owned(),
        Outcome::OutOfTime => "it took too long, and was ended; `rebrand apply` does it again".to_owned(),
        Outcome::Failed(why) => format!("failed: {why}; `rebrand apply` does it again"),
    }
}

fn removed(run: &LastRun) -> String {
    match run.removed.len() {
        0 => String::new(),
        gone => format!(", without {gone} wishes that left the project: {}", listed(&run.removed)),
    }
}

fn told(warnings: usize) -> String {
    if warnings == 0 { String::new() } else { format!("; `rebrand status` tells {warnings} warnings") }
}

/// The document of `apply --trigger --json`.
#[must_use]
pub fn json(run: &LastRun) -> Json {
    json!({ "format": 1, "command": "apply", "ok": true, "last_run": run })
}
