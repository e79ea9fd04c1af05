//! dpkg's locks: taken for the commit alone, waited for, and left alone inside a maintainer script.

use std::fs::File;

use rebrand::demo::sites::Year;
use rustix::fs::{FlockOperation, fcntl_lock};

use crate::packaged::{INTERFACE, run};
use crate::world::World;

/// dpkg at work, as far as its locks tell.
fn busy(world: &World) -> File {
    let lock = File::create(world.site().join("var/lib/dpkg/lock-frontend")).unwrap();
    fcntl_lock(&lock, FlockOperation::LockExclusive).unwrap();
    lock
}

#[test]
fn a_run_beside_apt_waits_and_then_gives_up() {
    let Some(world) = World::packaged(Year::Y2026) else { return };
    let before = world.served(INTERFACE);
    let _busy = busy(&world);
    let words = ["apt or dpkg is at work: waiting", "--lock-timeout"];
    world.run(&["apply", "--yes", "--lock-timeout", "1"]).is(75, &words);
    assert_eq!(world.served(INTERFACE), before);
    world.run(&["status"]).is(1, &[]);
}

#[test]
fn a_run_beside_apt_goes_on_once_apt_ends() {
    let Some(world) = World::packaged(Year::Y2026) else { return };
    let busy = busy(&world);
    let end = std::thread::spawn(move || {
        std::thread::sleep(std::time::Duration::from_millis(700));
        drop(busy);
    });
    world.run(&["apply", "--yes", "--lock-timeout", "60"]).is(0, &["applied"]);
    end.join().unwrap();
    world.run(&["check"]).is(0, &[]);
}

#[test]
fn inside_a_maintainer_script_dpkg_holds_its_locks_for_us() {
    let Some(world) = World::packaged(Year::Y2026) else { return };
    world.run(&["apply", "--yes"]).is(0, &[]);
    world.run(&["restore", "--yes"]).is(0, &[]);
    let _busy = busy(&world);
    let root = world.site();
    let root = root.to_str().unwrap();
    let project = format!("{root}/etc/rebrand");
    let arguments = ["--root", root, "-C", &project, "apply", "--yes"];
    run(&arguments, &[("DPKG_MAINTSCRIPT_PACKAGE", "rebrand")]).is(0, &["applied"]);
}
