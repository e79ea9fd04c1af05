//! `rebrand doctor` on written trees: a healthy site, of which nothing is told, and one story for each ill.

// Helpers of tests may fail as tests do; clippy's own exception ends at `#[test]`.
#![allow(clippy::unwrap_used, clippy::panic)]

mod access;
mod serving;
mod site;
#[path = "../skip/mod.rs"]
mod skip;
mod tools;
#[path = "../world/mod.rs"]
mod world;
