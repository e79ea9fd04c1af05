//! The package on a real Debian: apt, dpkg, unattended-upgrades, nginx and Apache in a chroot, with stand-ins for the
//! packages of Jitsi Meet, while a visitor asks for the pages without a pause.
//!
//! Needs root and what `tests/install-parts.sh --apt` installs; says what is missing and passes where it cannot run.
//! `REBRAND_DEB=FILE` tests a package that was built before instead of packing the program of this test run.

#![allow(clippy::unwrap_used, clippy::panic)]

mod chroot;
mod packages;
mod parts;
mod poller;
mod server;
#[path = "../skip/mod.rs"]
mod skip;
mod stories;
