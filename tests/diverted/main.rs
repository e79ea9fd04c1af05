//! A site that dpkg owns: its files diverted, reached through generations, and given back.
//!
//! The program itself is run on a root with dpkg's records, and dpkg-divert itself keeps them. What apt and dpkg do to
//! such a site for real is the suite `apt`'s to show.

// Helpers of tests may fail as tests do; clippy's own exception ends at `#[test]`.
#![allow(clippy::unwrap_used)]

mod copies;
mod doctor;
mod drops;
mod hands;
mod immutable;
mod links;
mod locks;
mod losses;
mod overlay;
mod packaged;
mod removal;
mod silence;
#[path = "../skip/mod.rs"]
mod skip;
mod times;
mod trigger;
mod unattended;
#[path = "../world/mod.rs"]
mod world;
