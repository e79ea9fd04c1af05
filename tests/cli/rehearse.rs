//! `rehearse`: packages made here by dpkg-deb, looked into and never installed.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use rebrand::deeds::{Context, open};
use rebrand::demo::sites::{Year, upgrade};
use rebrand::digest::md5;
use rebrand::plan::News;
use tempfile::TempDir;

use crate::packages::known_to_dpkg;
use crate::skip::skip;
use crate::world::{BRAND, INTERFACE, Run, World, files};

/// A package in a folder of its own.
pub(crate) struct Deb {
    folder: TempDir,
    file: PathBuf,
}

impl Deb {
    pub(crate) fn path(&self) -> &str {
        self.file.to_str().unwrap()
    }
}

/// A package `jitsi-meet-web` with the stand-in of `year`, changed by `change`; none, and a word, without dpkg-deb.
pub(crate) fn package(version: &str, year: Year, change: impl Fn(&Path)) -> Option<Deb> {
    packed(version, change, |tree| {
        for (path, text) in upgrade(year) {
            put(&tree.join(path), text.as_bytes());
        }
    })
}

/// The same with whatever `fill` puts into it.
fn packed(version: &str, change: impl Fn(&Path), fill: impl Fn(&Path)) -> Option<Deb> {
    if Command::new("dpkg-deb").arg("--version").stdout(Stdio::null()).status().is_err() {
        skip("there is no `dpkg-deb` here");
        return None;
    }
    let folder = TempDir::new().unwrap();
    let deb = Deb { file: folder.path().join("jitsi-meet-web.deb"), folder };
    let tree = deb.folder.path().join("tree");
    fill(&tree);
    change(&tree);
    let sums: Vec<String> =
        files(&tree).iter().map(|(path, bytes)| format!("{}  {path}", md5(bytes))).collect();
    let sums = sums.join("\n") + "\n";
    put(&tree.join("DEBIAN/md5sums"), sums.as_bytes());
    let control = format!(
        "Package: jitsi-meet-web\nVersion: {version}\nArchitecture: all\nMaintainer: x <x@example.org>\n\
         Description: stand-in\n"
    );
    put(&tree.join("DEBIAN/control"), control.as_bytes());
    let built = Command::new("dpkg-deb")
        .args(["--root-owner-group", "-Znone", "--build"])
        .args([&tree, &deb.file])
        .stdout(Stdio::null())
        .status();
    assert!(built.unwrap().success());
    Some(deb)
}

fn put(path: &Path, bytes: &[u8]) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

/// A rehearsal, which changes nothing, our own records included, and leaves nothing behind.
fn rehearse(world: &World, arguments: &[&str], status: i32) -> Run {
    let (before, scratch) = (files(&world.site()), TempDir::new().unwrap());
    let done = Command::new(env!("CARGO_BIN_EXE_rebrand"))
        .arg("--root")
        .arg(world.site())
        .arg("-C")
        .arg(world.project())
        .arg("rehearse")
        .args(arguments)
        .env("TMPDIR", scratch.path())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    let (out, err) = (text(done.stdout), text(done.stderr));
    let run = Run { status: done.status.code().unwrap(), out, err };
    run.is(status);
    assert!(before == files(&world.site()), "nothing is changed");
    assert_eq!(fs::read_dir(scratch.path()).unwrap().count(), 0, "nothing is left behind");
    run
}

/// A branded site of 2021 whose packages dpkg knows.
fn of_2021(brand: &str) -> World {
    let world = World::new(Year::Y2021, brand);
    known_to_dpkg(&world);
    world.run(&["apply", "--yes"]).is(0);
    world
}

/// Unpacks the package as dpkg does, and takes away what it does not hold any more.
fn install(world: &World, deb: &Deb) {
    const SUMS: &str = "var/lib/dpkg/info/jitsi-meet-web.md5sums";
    let before = fs::read_to_string(world.site().join(SUMS)).unwrap_or_default();
    let done = Command::new("dpkg-deb").arg("-x").arg(&deb.file).arg(world.site()).status();
    assert!(done.unwrap().success());
    let sums = Command::new("dpkg-deb").arg("-I").arg(&deb.file).arg("md5sums").output().unwrap();
    let now = String::from_utf8(sums.stdout).unwrap();
    let path = |line: &str| line.split_once("  ").unwrap().1.to_owned();
    let kept: Vec<String> = now.lines().map(path).collect();
    for gone in before.lines().map(path).filter(|path| !kept.contains(path)) {
        fs::remove_file(world.site().join(gone)).unwrap();
    }
    world.put(SUMS, now);
}

/// What is rehearsed is what happens: after the upgrade `diff --keys` shows the very same, and the wishes are in force.
#[test]
fn a_rehearsal_shows_what_comes() {
    let world = of_2021(BRAND);
    let Some(deb) = package("1.0.9300-1", Year::Y2026, |_| {}) else { return };
    let told = rehearse(&world, &[deb.path()], 0);
    told.prints(&["jitsi-meet-web 1.0.9268-1 → 1.0.9300-1", "defaultRemoteDisplayName"]);
    told.says(&[
        "upstream moved `DEFAULT_REMOTE_DISPLAY_NAME` of `interface_config.js` to `defaultRemoteDisplayName` of \
         `config.js`, and `people.remote` with it",
    ]);
    install(&world, &deb);
    let keys = world.run(&["diff", "--keys"]).out;
    assert!(told.out.ends_with(&keys) && !keys.is_empty(), "{}\n{keys}", told.out);
    world.run(&["apply", "--yes"]).is(0);
    world.run(&["check"]).is(0);
}

/// What the trigger would stop at is told before it does.
#[test]
fn a_project_that_no_upgrade_follows_now_is_a_no() {
    let world = of_2021("[brand]\nname = \"Public Code Meet\"\n[logo]\nicon = \"logo.svg\"\n");
    let Some(deb) = package("1.0.9300-1", Year::Y2026, |_| {}) else { return };
    fs::create_dir_all(world.site().join("etc")).unwrap();
    symlink(world.project(), world.site().join("etc/rebrand")).unwrap();
    rehearse(&world, &[deb.path()], 0);
    let logo = world.project().join("brand/logo.svg");
    let drawn = fs::read_to_string(&logo).unwrap();
    fs::write(&logo, drawn.replace("<svg ", "<svg data-drawn='anew' ")).unwrap();
    let told = ["an upgrade would leave the brand as it is", "never made here", "`rebrand apply` makes them"];
    rehearse(&world, &[deb.path()], 1).says(&told);
    world.run(&["apply", "--yes"]).is(0);
    rehearse(&world, &[deb.path()], 0);
    fs::remove_dir_all(world.site().join("var/lib/rebrand/made")).unwrap();
    rehearse(&world, &[deb.path()], 1).says(&told);
}

#[test]
fn the_same_package_is_no_news() {
    let world = of_2021(BRAND);
    let Some(deb) = package("1.0.5056-1", Year::Y2021, |_| {}) else { return };
    let told = rehearse(&world, &[deb.path()], 0);
    assert!(!told.err.contains("upstream"), "{}", told.err);
}

/// Hand edits are told as that, and not as something that upstream did.
#[test]
fn what_somebody_does_by_hand_is_no_news_of_upstream() {
    let world = of_2021(BRAND);
    world.edit(INTERFACE, "PROVIDER_NAME: 'Jitsi'", "PROVIDER_NAME: 'Somebody'");
    let worker = Some(PathBuf::from(env!("CARGO_BIN_EXE_rebrand")));
    let context =
        Context { project: Some(world.project()), offline: true, worker, ..Context::new(world.site()) };
    let Ok(opened) = open(&context) else { panic!("the site and the project are sound") };
    assert_eq!(opened.news(&opened.plan()), News::default());
}

#[test]
fn a_default_that_changes_under_an_edit_is_told() {
    let world = of_2021(BRAND);
    let change = |tree: &Path| {
        let file = tree.join(INTERFACE);
        let text = fs::read_to_string(&file).unwrap();
        assert!(text.contains("'https://jitsi.org'"));
        fs::write(&file, text.replace("'https://jitsi.org'", "'https://jitsi.example'")).unwrap();
    };
    let Some(deb) = package("1.0.5057-1", Year::Y2021, change) else { return };
    let told = rehearse(&world, &[deb.path()], 0);
    told.says(&[
        "upstream changed `JITSI_WATERMARK_LINK`",
        "\"https://jitsi.org\" to \"https://jitsi.example\"",
    ]);
    assert_eq!(told.err.matches("upstream changed").count(), 1, "{}", told.err);
}

#[test]
fn a_wish_that_would_be_lost_is_a_no() {
    let world = of_2021("[brand]\ndescription = \"Video calls\"\n");
    let drop = |tree: &Path| {
        for file in ["title.html", "manifest.json"] {
            fs::remove_file(tree.join("usr/share/jitsi-meet").join(file)).unwrap();
        }
    };
    let Some(deb) = package("1.0.5057-1", Year::Y2021, drop) else { return };
    let told = rehearse(&world, &[deb.path()], 1);
    told.says(&["upstream has no `usr/share/jitsi-meet/title.html` any more"]);
    told.says(&["`brand.description` is in force now, and would be lost"]);
}

#[test]
fn a_package_that_does_not_parse_is_a_no() {
    let world = of_2021(BRAND);
    let broken = |tree: &Path| fs::write(tree.join(INTERFACE), "var interfaceConfig = {{;").unwrap();
    let Some(deb) = package("1.0.5057-1", Year::Y2021, broken) else { return };
    rehearse(&world, &[deb.path()], 1).says(&["interface_config.js", "would be lost"]);
}

/// Upstream calls that file deprecated.
#[test]
fn a_release_without_interface_config_is_told_of_beforehand() {
    let world = of_2021(BRAND);
    let without = |tree: &Path| fs::remove_file(tree.join(INTERFACE)).unwrap();
    let Some(deb) = package("1.0.5057-1", Year::Y2021, without) else { return };
    rehearse(&world, &[deb.path()], 1).says(&["is in force now, and would be lost"]);
}

#[test]
fn what_is_no_package_is_said() {
    let world = of_2021(BRAND);
    let text = world.project().join("brand/brand.toml");
    rehearse(&world, &[text.to_str().unwrap()], 2)
        .says(&["brand.toml` cannot be unpacked", "hint: name a .deb"]);
    rehearse(&world, &["/nowhere.deb"], 2).says(&["`/nowhere.deb`"]);
    rehearse(&world, &[], 2).says(&["`--root /` alone", "name .deb files"]);
    let empty = |tree: &Path| {
        fs::remove_file(tree.join(INTERFACE)).unwrap();
        fs::remove_file(tree.join("usr/share/jitsi-meet/index.html")).unwrap();
    };
    let Some(deb) = package("1.0.5057-1", Year::Y2021, empty) else { return };
    rehearse(&world, &[deb.path()], 2).says(&["there is no Jitsi Meet here"]);
}

/// Upstream's own files, each neighbour of the other and the oldest beside the newest.
#[test]
fn what_upstream_did_is_told() {
    let upstream = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/upstream");
    let versions = ["2021-06", "2022-08", "2023-06", "2024-06", "2025-06", "2026-08"];
    if !versions.iter().all(|version| upstream.join(version).is_dir()) {
        return skip("`../shared/upstream` is not beside this checkout");
    }
    let pack = |version: &str| {
        let from = upstream.join(version);
        let fill = |tree: &Path| {
            for (path, bytes) in files(&from) {
                if path != "config.js" && !path.starts_with("doc/") {
                    put(&tree.join("usr/share/jitsi-meet").join(path), &bytes);
                }
            }
        };
        packed("1.0.1-1", |_| {}, fill)
    };
    let neighbours = versions.windows(2).map(|pair| (pair[0], pair[1]));
    for (old, new) in neighbours.chain([("2021-06", "2026-08")]) {
        let world = World::new(Year::Y2021, BRAND);
        let (Some(before), Some(after)) = (pack(old), pack(new)) else { return };
        fs::remove_dir_all(world.site().join("usr/share/jitsi-meet")).unwrap();
        install(&world, &before);
        world.run(&["apply", "--yes"]).is(0);
        let told = rehearse(&world, &[after.path()], 0);
        if old == "2021-06" {
            told.says(&["upstream moved `DEFAULT_REMOTE_DISPLAY_NAME` of `interface_config.js`"]);
        }
        if new == "2026-08" && old == "2021-06" {
            told.says(&["new to brand: "]);
        }
        install(&world, &after);
        let keys = world.run(&["diff", "--keys"]).out;
        assert!(told.out.ends_with(&keys), "{old} to {new}:\n{}\n{keys}", told.out);
    }
}

/// A package can hold links to anywhere; nothing is ever written through one.
#[test]
fn a_package_writes_nowhere_else() {
    let world = of_2021(BRAND);
    let elsewhere = TempDir::new().unwrap();
    let victim = elsewhere.path().join("status");
    fs::write(&victim, "a file of the machine\n").unwrap();
    fs::create_dir(elsewhere.path().join("lang")).unwrap();
    let link = |from: &Path, to: &Path| {
        fs::create_dir_all(from.parent().unwrap()).unwrap();
        symlink(to, from).unwrap();
    };
    let records = |tree: &Path| link(&tree.join("var/lib/dpkg"), elsewhere.path());
    let client = |tree: &Path| {
        link(&tree.join("usr/share/jitsi-meet/lang"), &elsewhere.path().join("lang"));
    };
    let Some(deb) = package("1.0.9300-1", Year::Y2026, records) else { return };
    rehearse(&world, &[deb.path()], 0);
    rehearse(&world, &[package("1.0.9300-1", Year::Y2026, client).unwrap().path()], 2).says(&["leads out"]);
    assert_eq!(fs::read_to_string(&victim).unwrap(), "a file of the machine\n");
    assert_eq!(
        fs::read_dir(elsewhere.path()).unwrap().count(),
        2,
        "the file, and what the package was made of"
    );
}

/// The package of new hosts alone, as apt brings it where that of the client is held.
#[test]
fn a_package_without_the_client_changes_nothing() {
    let world = of_2021(BRAND);
    let template =
        |tree: &Path| put(&tree.join("usr/share/jitsi-meet-web-config/config.js"), b"var config = {};\n");
    let Some(deb) = packed("1.0.9300-1", |_| {}, template) else { return };
    rehearse(&world, &[deb.path()], 0);
}
