//! The hands: the commit, healing, roots, locks, surveys and projects, on real folders.

#![allow(clippy::unwrap_used)]

mod committing;
mod finding;
mod healing;
mod running;
mod site;
#[path = "../skip/mod.rs"]
mod skip;
