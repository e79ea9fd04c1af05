//! Packages that come while a run is at work, and clocks that are far off.

use std::path::Path;
use std::process::Command;

use rebrand::deeds::{Applied, Context, Person, apply};
use rebrand::demo::sites::Year;

use crate::packaged::{INTERFACE, run};
use crate::skip::skip;
use crate::world::World;

/// Between the plan and the commit dpkg unpacks another file, as it may where nobody holds its locks.
#[test]
fn a_package_that_comes_after_the_plan_is_planned_for_anew() {
    let Some(world) = World::packaged(Year::Y2026) else { return };
    world.run(&["apply", "--yes"]).is(0, &[]);
    world.asset("brand.toml", b"[brand]\nname = \"Another Name\"\n");
    let newer = format!("// newer\n{}", std::fs::read_to_string(world.shipped(INTERFACE)).unwrap());
    let before = world.served(INTERFACE);
    let project = Some(world.site().join("etc/rebrand"));
    let context = Context { project, offline: true, ..Context::new(world.site()) };
    let mut agree = |_: &_, _: &_| {
        world.unpack(INTERFACE, newer.as_bytes());
        true
    };
    let refused = apply(&context, false, &mut Person { agree: &mut agree, waiting: &mut |_: &Path| () });
    assert!(refused.is_err_and(|trouble| trouble.to_string().contains("changed")));
    assert_eq!(world.served(INTERFACE), before);
    world.installed("1.0.2-1");
    let mut agree = |_: &_, _: &_| true;
    let done = apply(&context, false, &mut Person { agree: &mut agree, waiting: &mut |_: &Path| () });
    assert!(done.is_ok_and(|done| done == Applied::Done));
    let served = world.served(INTERFACE);
    assert!(served.starts_with("// newer\n") && served.contains("Another Name"), "{served}");
}

/// What is done is decided by digests, and generations count.
#[test]
fn clocks_that_are_far_off_change_nothing() {
    if Command::new("faketime").arg("--version").output().is_err() {
        skip("faketime is missing; `tests/install-parts.sh` installs it");
        return;
    }
    let Some(world) = World::packaged(Year::Y2026) else { return };
    let (before, shipped) = (world.files(), world.served(INTERFACE));
    let root = world.site();
    let root = root.to_str().unwrap();
    let at = |when: &str, arguments: &[&str]| {
        let mut faketime = Command::new("faketime");
        faketime.args([when, env!("CARGO_BIN_EXE_rebrand"), "--root", root, "-C"]);
        let done = faketime.arg(format!("{root}/etc/rebrand")).args(arguments).output().unwrap();
        assert!(done.status.success(), "{when}: {arguments:?}: {done:?}");
    };
    at("2099-12-31 23:59:59", &["apply", "--yes"]);
    world.asset("brand.toml", b"[brand]\nname = \"Another Name\"\n");
    at("1970-01-01 00:00:01", &["apply", "--yes"]);
    at("1970-01-01 00:00:01", &["check"]);
    world.unpack(INTERFACE, format!("// newer\n{shipped}").as_bytes());
    world.installed("1.0.2-1");
    at("2099-12-31 23:59:59", &["apply", "--yes"]);
    at("1970-01-01 00:00:01", &["status"]);
    assert!(world.served(INTERFACE).starts_with("// newer\n"));
    run(&["--root", root, "restore", "--yes"], &[]).is(0, &[]);
    world.unpack(INTERFACE, shipped.as_bytes());
    world.is_as(&before);
}
