//! Places that a shell can open, and which project a run took.

use std::fs;

use rebrand::demo::sites::Year;

use crate::world::{BRAND, Run, World, rebrand};

/// A run in `folder` without `-C`.
fn run_in(world: &World, folder: &str, args: &[&str]) -> Run {
    let (site, folder) = (world.site(), world.site().parent().unwrap().join(folder));
    fs::create_dir_all(&folder).unwrap();
    rebrand(&folder, &[&["--root", site.to_str().unwrap()], args].concat())
}

/// The places in `told`: what stands behind `-->`, without line and column.
fn places(told: &str) -> Vec<&str> {
    let after = told.lines().filter_map(|line| line.trim_start().strip_prefix("--> "));
    after.filter_map(|place| place.split(':').next()).collect()
}

#[test]
fn places_are_named_from_where_the_person_is() {
    let world = World::new(Year::Y2026, "[brand]\nnmae = \"x\"\n");
    world.patch("config.toml", "[sett]\na = 1\n");
    for (folder, args, wanted) in [
        (".", &["-C", "project"][..], ["project/brand/brand.toml", "project/patches/config.toml"]),
        ("project", &[], ["brand/brand.toml", "patches/config.toml"]),
        ("project/brand", &[], ["brand.toml", "../patches/config.toml"]),
        ("project/brand/deep", &[], ["../brand.toml", "../../patches/config.toml"]),
        (
            "elsewhere",
            &["-C", "../project"],
            ["../project/brand/brand.toml", "../project/patches/config.toml"],
        ),
    ] {
        let run = run_in(&world, folder, &[args, &["status"]].concat());
        run.is(2);
        assert_eq!(places(&run.err), wanted, "in {folder}\n{}", run.err);
        let folder = world.site().parent().unwrap().join(folder);
        assert!(places(&run.err).iter().all(|place| folder.join(place).is_file()), "{}", run.err);
    }
}

#[test]
fn places_of_the_site_are_below_the_root() {
    let world = World::new(Year::Y2026, BRAND);
    world.put(crate::world::HOST, "var config = {\n    a = 1\n};\n");
    let run = run_in(&world, ".", &["-C", "project", "check"]);
    let wanted = format!("site/{}", crate::world::HOST);
    assert!(places(&run.err).contains(&wanted.as_str()), "{}", run.err);
    // Programs read what they always read.
    let json = run_in(&world, ".", &["-C", "project", "check", "--json"]).json();
    let findings = json["findings"].as_array().unwrap();
    assert!(findings.iter().any(|found| found["place"]["file"] == crate::world::HOST), "{findings:?}");
}

#[test]
fn a_project_is_found_from_within_and_named() {
    let world = World::new(Year::Y2026, BRAND);
    for folder in ["project", "project/brand", "project/brand/deep/er", "project/patches"] {
        run_in(&world, folder, &["diff", "--keys"]).is(1).prints(&["fellow Public Coder"]);
    }
    let project = fs::canonicalize(world.project()).unwrap();
    let named = format!("project: {}", project.display());
    run_in(&world, "project/brand", &["status"]).prints(&[&named]);
    for args in
        [&["diff", "--keys"][..], &["apply", "--dry-run"], &["lock"], &["build", "--out", "/proc/none"]]
    {
        run_in(&world, "project/brand", args).says(&[&named]);
        assert!(!run_in(&world, "project", args).err.contains("project: "), "it is here");
    }
    run_in(&world, "project/brand", &["apply", "--yes"]).is(0);
    assert_eq!(run_in(&world, "project/brand", &["check"]).is(0).err, "", "a silent one stays so");
}

#[test]
fn the_root_has_a_project_of_its_own() {
    let world = World::new(Year::Y2026, BRAND);
    let told = run_in(&world, "empty", &["status"]);
    told.is(2).says(&["there is no project here", "/etc/rebrand", "rebrand init"]);
    world.put("etc/rebrand/brand/brand.toml", "[people]\nremote = \"guest of the root\"\n");
    run_in(&world, "empty", &["diff"]).is(1).prints(&["guest of the root"]).says(&["site/etc/rebrand"]);
    // What is nearer goes first.
    run_in(&world, "project", &["diff"]).is(1).prints(&["fellow Public Coder"]);
}
