//! What this run of the tests did without. Its name comes last, so that its lines do.

#![allow(clippy::unwrap_used)]

#[allow(dead_code, reason = "this program only counts")]
mod skip;

use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;

#[test]
fn what_was_skipped_is_counted() {
    let noted = fs::read_to_string(skip::list()).unwrap_or_default();
    // What other runs noted is of no use any more.
    let _ = fs::remove_dir_all(skip::list().parent().unwrap());
    let skipped: BTreeSet<&str> = noted.lines().collect();
    if skipped.is_empty() {
        return;
    }
    let all: Vec<&str> = skipped.into_iter().collect();
    let (count, all) = (all.len(), all.join("\n"));
    let told = format!(
        "{all}\n{count} tests did not run for want of something. `tests/install-parts.sh --apt` installs what can be \
         installed; `../shared` comes with the workplace. `REBRAND_REQUIRE=all` makes each a failure.\n"
    );
    std::io::stderr().write_all(told.as_bytes()).unwrap();
    assert!(!skip::is_required(), "REBRAND_REQUIRE=all asks for all of them");
}
