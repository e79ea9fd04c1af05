//! Files and folders that not even root may change, as `chattr +i` makes them: refused before anything is touched.

use std::path::{Path, PathBuf};
use std::process::Command;

use rebrand::demo::sites::Year;

use crate::packaged::INTERFACE;
use crate::skip::skip;
use crate::world::World;

const HINT: &str = "`chattr -i` ends that";

/// A path that nothing may change until it is dropped.
struct Fixed(PathBuf, &'static str);

impl Fixed {
    /// None where the file system, or whoever runs the tests, cannot do that.
    fn new(path: &Path, flag: &'static str) -> Option<Self> {
        let done = Command::new("chattr").arg(format!("+{flag}")).arg(path).output();
        if done.is_ok_and(|done| done.status.success()) {
            return Some(Fixed(path.to_owned(), flag));
        }
        skip(format_args!("`chattr +{flag}` does not work here (it needs root, and ext4, xfs or btrfs)"));
        None
    }
}

impl Drop for Fixed {
    fn drop(&mut self) {
        let _ = Command::new("chattr").arg(format!("-{}", self.1)).arg(&self.0).status();
    }
}

#[test]
fn nothing_is_left_of_a_brand_that_an_immutable_file_refuses() {
    for flag in ["i", "a"] {
        for what in
            [INTERFACE, "title.html", "", "images", "../../../etc/jitsi/meet/meet.publiccode.net-config.js"]
        {
            let Some(world) = World::packaged(Year::Y2026) else { return };
            let before = world.files();
            let Some(fixed) = Fixed::new(&world.web(what), flag) else { return };
            world.run(&["apply", "--yes"]).is(2, &[HINT]);
            world.is_as(&before);
            let ours = world.site().join("var/lib/rebrand");
            assert!(
                !ours.join("journal.json").exists() && !ours.join("receipt.json").exists(),
                "+{flag} {what}"
            );
            drop(fixed);
            world.run(&["apply", "--yes"]).is(0, &[]);
            world.run(&["restore", "--yes"]).is(0, &[]);
            world.is_as(&before);
        }
    }
}

#[test]
fn a_brand_stays_whole_that_an_immutable_file_keeps_from_being_given_back() {
    for what in
        [&format!("{INTERFACE}.rebrand-shipped"), "../../../etc/jitsi/meet/meet.publiccode.net-config.js", ""]
    {
        let Some(world) = World::packaged(Year::Y2026) else { return };
        let before = world.files();
        world.run(&["apply", "--yes"]).is(0, &[]);
        let branded = world.files();
        let Some(fixed) = Fixed::new(&world.web(what), "i") else { return };
        world.run(&["restore", "--yes"]).is(2, &[HINT]);
        assert!(world.files() == branded, "{what}");
        world.run(&["check"]).is(0, &[]);
        drop(fixed);
        world.run(&["restore", "--yes"]).is(0, &[]);
        world.is_as(&before);
    }
}
