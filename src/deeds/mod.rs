//! The deeds: one file per verb. Each reads through `host`, judges, and acts through `host`.

mod apply;
mod audit;
mod build;
mod check;
mod demo;
mod doctor;
mod explain;
mod explain_wish;
mod init;
mod lock;
mod lost;
mod making;
mod open;
mod overlay;
mod project;
mod rehearse;
mod restore;
mod trigger;
mod upgrade;
mod visit;

pub use apply::{Applied, Person, apply};
pub use audit::audit;
pub use build::{Built, build, write_page};
pub use check::{Health, Verdict, check};
pub use demo::{Scene, demo};
pub use doctor::{Diagnosis, Sent, doctor};
pub use explain::{Answer, Explanation, explain};
pub use explain_wish::WishExplanation;
pub use init::{Started, init};
pub use lock::{Locked, Locking, accept, lock, shown};
pub use making::Making;
pub use open::{Context, Opened, Trouble, open};
pub use project::{Whereabouts, whereabouts};
pub use rehearse::{Rehearsal, rehearse, rehearse_candidate};
pub use restore::{NotKept, NothingKept, restore, restore_to};
pub use trigger::{triggered, withdraw};
pub use upgrade::{Ended, Step, Told, Upgraded, restart, upgrade};
pub use visit::{Visited, visit};

pub use crate::host::{LastRun, Outcome};
