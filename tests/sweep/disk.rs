//! Disks that are really full or read-only, and runs without the rights of root.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use super::scratch;
use super::site::{Scene, Site, scenes};
use crate::skip::skip;

/// A file system of its own, until it is dropped.
struct Mount(PathBuf);

impl Mount {
    /// A small file system in memory; none where nothing may be mounted.
    fn small(name: &str) -> Option<Self> {
        let folder = scratch(&format!("{name}-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let is_mounted = mount(&["-t", "tmpfs", "-o", "size=4m", "tmpfs"], &folder);
        if !is_mounted {
            skip("nothing may be mounted here");
        }
        is_mounted.then_some(Mount(folder))
    }

    fn site(&self, scene: &Scene) -> Site {
        scene.before.copy_to(&self.0)
    }
}

impl Drop for Mount {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("--recursive").arg(&self.0).status();
    }
}

fn mount(options: &[&str], folder: &Path) -> bool {
    Command::new("mount").args(options).arg(folder).status().is_ok_and(|status| status.success())
}

/// That the run failed with exit status 2 and said `words`, and the site is as it was.
fn refused(scene: &Scene, site: &Site, done: &Output, words: &str) {
    let said = String::from_utf8_lossy(&done.stderr);
    assert_eq!(done.status.code(), Some(2), "{}: {said}", scene.deed);
    assert!(said.contains(words), "{}: `{words}` is not in: {said}", scene.deed);
    scene.whole(site, scene.deed);
    let served =
        |site: &Site| fs::read(site.root().join("usr/share/jitsi-meet/interface_config.js")).unwrap();
    assert!(served(site) == served(&scene.before), "{}: something changed", scene.deed);
}

#[test]
fn a_full_disk_changes_nothing_and_room_lets_it_go_on() {
    let (Some(scenes), Some(mount)) = (scenes(), Mount::small("full")) else { return };
    for scene in scenes.iter().filter(|scene| scene.deed == "apply") {
        let site = mount.site(scene);
        // The file system takes as much as it has, and then refuses.
        let filler = site.root().join("filler");
        assert!(fs::write(&filler, vec![0; 8 << 20]).is_err());
        refused(scene, &site, &scene.command(&site).output().unwrap(), "No space left on device");
        fs::remove_file(filler).unwrap();
        assert!(scene.command(&site).status().unwrap().success());
        assert!(site.run(&["check"]).status.success());
        fs::remove_dir_all(site.root()).unwrap();
    }
}

#[test]
fn a_disk_that_cannot_be_written_changes_nothing() {
    let (Some(scenes), Some(mounted)) = (scenes(), Mount::small("read-only")) else { return };
    // A changed brand writes nothing below `usr`: the links are there.
    let parts: [&[&str]; 3] = [&["usr", "var"], &["var"], &["var"]];
    for (scene, parts) in scenes.iter().zip(parts) {
        for part in parts {
            let site = mounted.site(scene);
            let part = site.root().join(part);
            let source = part.to_str().unwrap();
            assert!(mount(&["--bind", source], &part) && mount(&["-o", "remount,bind,ro"], &part));
            let done = scene.command(&site).output().unwrap();
            assert!(Command::new("umount").arg(&part).status().unwrap().success());
            refused(scene, &site, &done, "ead-only");
            assert!(scene.command(&site).status().unwrap().success());
            fs::remove_dir_all(site.root()).unwrap();
        }
    }
}

#[test]
fn without_the_rights_of_root_nothing_is_written() {
    let Some(scenes) = scenes() else { return };
    for scene in scenes {
        let site = scene.before.copy();
        assert!(Command::new("chmod").args(["755"]).arg(site.root()).status().unwrap().success());
        let command = scene.command(&site);
        let mut nobody = Command::new("setpriv");
        nobody.args(["--reuid=65534", "--regid=65534", "--clear-groups"]);
        let done = nobody.arg(program(&site)).args(command.get_args()).output().unwrap();
        refused(scene, &site, &done, "sudo");
    }
}

/// A copy of the program that everybody may run: the folder of the build may be closed to others.
fn program(site: &Site) -> PathBuf {
    let copy = site.root().join("rebrand");
    fs::copy(env!("CARGO_BIN_EXE_rebrand"), &copy).unwrap();
    copy
}
