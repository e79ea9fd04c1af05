//! A test that lacks its part says so where a person sees it, past libtest's capture, and `tests/without.rs` counts it.
//! With `REBRAND_REQUIRE=all` it fails.

use std::fmt::Display;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::PathBuf;

/// Says that the test of this thread does not run for want of something, and how to get it.
pub(crate) fn skip(want: impl Display) {
    let thread = std::thread::current();
    let test = thread.name().unwrap_or("a test");
    let line = format!("SKIPPED {test}: {want}\n");
    // Not by `eprintln!`, which libtest keeps to itself where a test passes.
    let _ = std::io::stderr().write_all(line.as_bytes());
    // What cannot be noted was said at least.
    let _ = list().parent().map(fs::create_dir_all);
    let file = File::options().append(true).create(true).open(list());
    let _ = file.and_then(|mut file| file.write_all(line.as_bytes()));
    assert!(!is_required(), "{test} lacks its part, and REBRAND_REQUIRE=all asks for it: {want}");
}

/// Whether every test has to run.
pub(crate) fn is_required() -> bool {
    std::env::var("REBRAND_REQUIRE").is_ok_and(|required| required == "all")
}

/// Where the programs of one run of cargo, which is the parent of each, note what was skipped.
pub(crate) fn list() -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR"))
        .join(format!("skipped/{}", std::os::unix::process::parent_id()))
}
