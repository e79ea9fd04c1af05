//! What nginx and Apache serve: said by the program, and asked of the servers themselves where they are installed.

// Helpers of tests may fail as tests do; clippy's own exception ends at `#[test]`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod apache;
mod drop_in;
mod jitsi;
mod nginx;
mod oracle;
mod site;
#[path = "../skip/mod.rs"]
mod skip;
