//! The command line, end to end: a folder before, a command, what it prints and returns, the folder after.

// Helpers of tests may fail as tests do; clippy's own exception ends at `#[test]`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod bad_input;
mod below;
mod building;
mod daily;
mod drift;
mod hosts;
mod json;
mod large;
mod manual;
mod monitor;
mod owners;
mod packages;
mod places;
mod rehearse;
#[path = "../skip/mod.rs"]
mod skip;
mod spelling;
mod upgrade;
mod visit;
mod voice;
mod world;
