//! `build`: a folder that is made, filled, and cleared of what the brand wishes no more.

use std::fs;

use rebrand::demo::sites::Year;

use crate::world::{BRAND, INTERFACE, Run, World, files, rebrand};

/// Builds into `out`, as seen from the folder of the site and the project.
fn build(world: &World, out: &str) -> Run {
    let (site, project) = (world.site(), world.project());
    let args = ["--root", site.to_str().unwrap(), "-C", project.to_str().unwrap(), "build", "--out", out];
    rebrand(site.parent().unwrap(), &args)
}

#[test]
fn folders_that_are_not_there_are_made() {
    for out in ["a", "a/b", "./a/b/../c", "a/"] {
        let world = World::new(Year::Y2026, BRAND);
        let run = build(&world, out);
        run.is(0);
        let out = world.site().parent().unwrap().join(out);
        assert!(out.join(INTERFACE).is_file(), "{}", run.err);
    }
    let world = World::new(Year::Y2026, BRAND);
    let folder = world.site().join("../new");
    fs::create_dir(&folder).unwrap();
    rebrand(&folder, &["--root", world.site().to_str().unwrap(), "-C", "deep/er", "init"]).is(0);
}

#[test]
fn what_is_wished_no_more_goes_and_nothing_else() {
    let world = World::new(Year::Y2026, BRAND);
    let out = world.site().join("../out");
    fs::create_dir_all(out.join("images")).unwrap();
    fs::write(out.join("images/mine.png"), "mine").unwrap();
    build(&world, "out").is(0);
    let first = files(&out);
    let logos =
        |files: &crate::world::Files| files.keys().filter(|path| path.contains("rebrand/logo-")).count();
    assert!(logos(&first) > 0, "{:?}", first.keys());
    world.brand("[people]\nremote = \"guest\"\n");
    let run = build(&world, "out");
    run.is(0).says(&["removed, wished no more: out/"]);
    let second = files(&out);
    assert_eq!(logos(&second), 0, "{:?}", second.keys());
    assert_eq!(second["images/mine.png"], b"mine");
    assert!(second.keys().all(|path| first.contains_key(path)));
    // The same as in a folder of its own.
    build(&world, "other").is(0);
    let mut second = second;
    second.remove("images/mine.png");
    assert_eq!(files(&world.site().join("../other")), second);
}

#[test]
fn what_no_build_made_is_neither_replaced_nor_removed() {
    let world = World::new(Year::Y2026, BRAND);
    let out = world.site().join("../out");
    let mine = out.join(INTERFACE);
    fs::create_dir_all(mine.parent().unwrap()).unwrap();
    fs::write(&mine, "mine").unwrap();
    build(&world, "out").is(2).says(&["is there already"]);
    assert_eq!(files(&out).len(), 1, "nothing was written");
    fs::remove_file(&mine).unwrap();
    build(&world, "out").is(0);
    // Changed since, and wished no more.
    fs::write(&mine, "mine").unwrap();
    world.brand("");
    build(&world, "out").is(0).says(&["was changed since it was built"]);
    assert_eq!(fs::read(&mine).unwrap(), b"mine");
    // A record that names what lies elsewhere.
    let secret = world.site().join("../secret");
    fs::write(&secret, "").unwrap();
    let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    fs::write(out.join(".rebrand-built"), format!("{empty}  ../secret\n")).unwrap();
    build(&world, "out").is(0);
    assert!(secret.exists());
}
