//! What the web server may not read.

use std::fs::{Permissions, set_permissions};
use std::os::unix::fs::PermissionsExt as _;

use super::site::Site;

#[test]
fn a_closed_file_and_a_closed_folder_are_told() {
    let site = Site::with("");
    let chmod = |name: &str, mode: u32| {
        set_permissions(site.world.web(name), Permissions::from_mode(mode)).unwrap();
    };
    chmod("title.html", 0o640);
    site.told().is(1, &[("error", "`www-data` cannot read `/usr/share/jitsi-meet/title.html`")]);
    chmod("title.html", 0o644);
    chmod("images", 0o750);
    site.told().is(1, &[("error", "`www-data` cannot go through `/usr/share/jitsi-meet/images`")]);
    chmod("images", 0o755);
    site.put("etc/passwd", "root:x:0:0::/root:/bin/sh\n");
    site.told().is(0, &[("warning", "works as `www-data`, who is not in `/etc/passwd`")]);
}
