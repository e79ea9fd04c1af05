//! What is left when our package goes: a page as shipped or as branded, never worse, whatever was deleted before.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use rebrand::demo::sites::Year;

use crate::packaged::{INTERFACE, run};
use crate::world::{Run, World};

const HOST: &str = "etc/jitsi/meet/meet.publiccode.net-config.js";
const REINSTALL: &str = "apt-get install --reinstall jitsi-meet-web";

impl World {
    /// What the removal of our own package runs.
    fn removal(&self) -> Run {
        run(&["--root", self.site().to_str().unwrap(), "restore", "--trigger"], &[])
    }

    /// That every file of the brand which a page or a script names is there.
    fn names_nothing_that_is_missing(&self) {
        for (path, bytes) in self.files() {
            let text = String::from_utf8_lossy(&bytes);
            let is_asked = path.extension().is_some_and(|end| ["js", "html"].iter().any(|one| end == *one));
            for rest in text.split("images/rebrand/").skip(1).filter(|_| is_asked) {
                let name = rest.split(['"', '\'', '?', ' ', '\\']).next().unwrap();
                assert!(self.web("images/rebrand").join(name).exists(), "{} names {name}", path.display());
            }
        }
    }

    /// That each file which was there in `before` is there, and the site names nothing that is missing.
    fn has_all_of(&self, before: &BTreeMap<PathBuf, Vec<u8>>) {
        let records = self.site().join("var/lib");
        let files = before.keys().filter(|path| !path.starts_with(&records));
        files.for_each(|path| assert!(path.exists(), "{} is gone", path.display()));
        self.names_nothing_that_is_missing();
    }
}

fn is_plain(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_file())
}

/// Somebody took them for backups. The branded bytes stay as plain files, and what brings the shipped ones back is said.
#[test]
fn without_the_shipped_files_the_branded_ones_stay_as_plain_files() {
    for lost in [&[INTERFACE, "title.html"][..], &[INTERFACE], &["title.html"]] {
        let Some(world) = World::packaged(Year::Y2026) else { return };
        let (before, host) = (world.files(), fs::read_to_string(world.site().join(HOST)).unwrap());
        world.run(&["apply", "--yes"]).is(0, &[]);
        let branded: Vec<String> = lost.iter().map(|name| world.served(name)).collect();
        for name in lost {
            world.drop_file(name);
        }
        world.removal().is(0, &[lost[0], REINSTALL]);
        assert_eq!(world.diversions(), "", "{lost:?}");
        for (name, branded) in lost.iter().zip(branded) {
            assert!(is_plain(&world.web(name)), "{name}");
            assert_eq!(world.served(name), branded, "{name}");
        }
        assert_eq!(fs::read_to_string(world.site().join(HOST)).unwrap(), host);
        world.has_all_of(&before);
    }
}

#[test]
fn restore_removes_no_file_whose_shipped_bytes_are_lost() {
    for mode in ["", "[files]\nlinks = false\n"] {
        let Some(world) = World::packaged(Year::Y2026) else { return };
        let before = world.files();
        world.asset("brand.toml", format!("{}{mode}", crate::packaged::BRAND).as_bytes());
        world.run(&["apply", "--yes"]).is(0, &[]);
        let branded = world.served("title.html");
        world.drop_file("title.html");
        world.run(&["restore", "--yes"]).is(1, &["title.html", "stays as it is branded", REINSTALL]);
        assert_eq!(world.diversions(), "");
        assert!(is_plain(&world.web("title.html")));
        assert_eq!(world.served("title.html"), branded);
        world.has_all_of(&before);
        // dpkg brings it again, and then all is as ever.
        world.unpack("title.html", &before[&world.web("title.html")]);
        world.run(&["apply", "--yes"]).is(0, &[]);
        world.run(&["restore", "--yes"]).is(0, &[]);
        world.is_as(&before);
    }
}

/// As on a full disk: what the hosts' files name stays there, and the records by which they can be given back.
#[test]
fn a_host_that_cannot_be_given_back_keeps_what_it_names() {
    let Some(world) = World::packaged(Year::Y2026) else { return };
    let (before, host) = (world.files(), fs::read_to_string(world.site().join(HOST)).unwrap());
    world.run(&["apply", "--yes"]).is(0, &[]);
    let receipt = world.site().join("var/lib/rebrand/receipt.json");
    let recorded = fs::read(&receipt).unwrap();
    fs::write(&receipt, "{").unwrap();
    world.removal().is(0, &[HOST, "names pictures of the brand"]);
    assert_eq!(world.diversions(), "");
    world.has_all_of(&before);
    // The next removal goes on with it.
    fs::write(&receipt, recorded).unwrap();
    world.removal().is(0, &[]);
    assert_eq!(fs::read_to_string(world.site().join(HOST)).unwrap(), host);
    world.is_as(&before);
}
