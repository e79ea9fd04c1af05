//! The voice: plans and findings as text for people, and as JSON for programs. Prints nothing itself.

mod audit;
mod doctor;
mod finding;
mod json;
mod mistake;
mod monitor;
mod news;
mod picture;
mod plan;
mod run;
mod sheet;
mod status;
mod story;
mod totals;
mod verdict;
mod words;

pub use audit::{audit, audit_json};
pub use doctor::{doctor_json, problem};
pub use finding::{brief, drawn, fault, plain};
pub use json::{
    explanation as explanation_json, finding as finding_json, plan as plan_json, visited as visited_json,
};
pub use mistake::mistake;
pub use monitor::{monitored, unknown};
pub use news::{json as rehearsal_json, nothing_newer as nothing_newer_json, rehearsal};
pub use picture::{json as picture_json, line as picture_line, lock};
pub use plan::{diff, keys, question};
pub use run::{json as last_run_json, line as last_run};
pub use sheet::sheet;
pub use status::status;
pub use story::{explanation, nearest, wish};
pub use totals::{ahead, done};
pub use verdict::verdict;
pub use words::meaning;

use anstyle::{AnsiColor, Style};

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const ADDED: Style = AnsiColor::Green.on_default();
const GONE: Style = AnsiColor::Red.on_default();
const MARK: Style = AnsiColor::Cyan.on_default();

/// `text` in `style`; the terminal's end takes the style out again where it is not wanted.
fn styled(style: Style, text: impl std::fmt::Display) -> String {
    format!("{style}{text}{style:#}")
}
