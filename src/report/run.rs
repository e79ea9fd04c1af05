//! What a run came to that no person watched.

use serde_json::{Value as Json, json};

use crate::deeds::{LastRun, Outcome};
use crate::fault::Level;

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
        Outcome::Applied if errors + warnings == 0 => {
            format!("the brand is in force again, {} files", run.files)
        }
        Outcome::Applied => {
            format!(
                "the brand is in force again, {} files; `rebrand status` tells {warnings} warnings",
                run.files
            )
        }
        Outcome::Nothing => "the brand was in force already".to_owned(),
        Outcome::Held => {
            "held: since `rebrand restore`, the site is left as it is until `rebrand apply`".to_owned()
        }
        Outcome::NoSite => "there is no Jitsi Meet here".to_owned(),
        Outcome::Left => {
            "there is no brand in /etc/rebrand, so the branded files stay as they were: `rebrand restore` gives them back"
                .to_owned()
        }
        Outcome::NoBrand => "there is no brand in /etc/rebrand".to_owned(),
        Outcome::Refused => {
            format!(
                "the new files cannot be branded, so the last ones that could stay: `rebrand status` tells {errors} errors"
            )
        }
        Outcome::Busy => "another run was at work".to_owned(),
        Outcome::OutOfTime => "it took too long, and was ended; `rebrand apply` does it again".to_owned(),
        Outcome::Failed(why) => format!("failed: {why}; `rebrand apply` does it again"),
    }
}

/// The document of `apply --trigger --json`.
#[must_use]
pub fn json(run: &LastRun) -> Json {
    json!({ "format": 1, "command": "apply", "ok": true, "last_run": run })
}
