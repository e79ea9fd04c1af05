//! The order that a person would write first, with `dpkg-divert --rename`. The sweep must find it out.

use std::process::Command;

use super::points::traced;
use super::site::scenes;

#[test]
fn control_files_that_are_moved_aside_first_are_found_missing() {
    let Some(scenes) = scenes() else { return };
    let scene = &scenes[0];
    let mut missing = 0;
    for nth in 1..40 {
        let site = scene.before.copy();
        traced(&moved_aside(site.root()), &format!("?wait4,?clone,?vfork,?clone3:signal=KILL:when={nth}"));
        missing += usize::from(!scene.torn(&site).is_empty());
    }
    assert!(missing > 0, "no site without its files: the sweep would find nothing");
}

/// One process that moves the files aside and then makes the links.
fn moved_aside(root: &std::path::Path) -> Command {
    let script = "cd \"$0/usr/share/jitsi-meet\"; for file in interface_config.js title.html; do \
         dpkg-divert --admindir \"$0/var/lib/dpkg\" --instdir \"$0\" --package rebrand --rename \
         --divert /usr/share/jitsi-meet/$file.rebrand-shipped --add /usr/share/jitsi-meet/$file; \
         cp $file.rebrand-shipped \"$0/var/$file\"; ln -s ../../../var/$file $file; done";
    let mut command = Command::new("sh");
    command.args(["-c", script]).arg(root);
    command
}
