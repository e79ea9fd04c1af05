//! The lock: what it pins, and what it refuses.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, chown};
use std::process::Command;

use rebrand::demo::sites::Year;

use crate::skip::skip;
use crate::{BRAND, World, write};

#[test]
fn two_fresh_projects_have_one_lock_and_checking_proves_it() {
    let locks = [0, 1].map(|_| {
        let world = World::new(Year::Y2026, BRAND);
        world.run(&["lock"]).is(0, &["icon-512", "PNG 512×512"]);
        world.run(&["lock", "--check"]).is(0, &[]);
        let lock = fs::read_to_string(world.brand().join("brand.lock")).unwrap();
        world.run(&["lock"]).is(0, &[]);
        assert_eq!(fs::read_to_string(world.brand().join("brand.lock")).unwrap(), lock);
        // What `lock` pins is what `apply` puts there.
        world.run(&["apply", "--yes", "--locked"]).is(0, &[]);
        lock
    });
    assert_eq!(locks[0], locks[1]);
}

#[test]
fn a_source_that_changed_makes_the_lock_stale() {
    let world = World::new(Year::Y2026, BRAND);
    world
        .run(&["apply", "--yes", "--locked"])
        .is(2, &["the lock is stale", "`rebrand lock` brings it up to date"]);
    world.run(&["lock"]).is(0, &[]);
    let svg = fs::read_to_string(world.brand().join("logo.svg")).unwrap();
    world.asset("logo.svg", svg.replace("#f", "#0").replace("<svg", "<svg id=\"other\"").as_bytes());
    let before = world.files();
    world.run(&["lock", "--check"]).is(1, &["the lock does not say what would be made"]);
    world.run(&["apply", "--yes", "--locked"]).is(2, &["the lock is stale: the source `logo.svg`"]);
    assert_eq!(world.files(), before);
    // Without `--locked` a source of the project is followed.
    world.run(&["apply", "--yes"]).is(0, &[]);
    world.run(&["lock", "--check"]).is(0, &[]);
}

#[test]
fn a_link_that_was_never_fetched_is_an_error_that_says_so() {
    let world = World::new(Year::Y2026, "[logo]\nsource = \"https://127.0.0.1:9/logo.png\"\n");
    let before = world.files();
    let words = ["`https://127.0.0.1:9/logo.png` was never fetched", "rebrand lock"];
    world.run(&["apply", "--yes"]).is(2, &words);
    world.run(&["--offline", "lock"]).is(2, &words);
    assert_eq!(world.files(), before);
    assert!(!world.brand().join("brand.lock").exists(), "nothing is half-written");
}

#[test]
fn a_lock_that_somebody_edited_is_told_with_every_fault() {
    let world = World::new(Year::Y2026, BRAND);
    world.asset("brand.lock", b"format = 2\nfoo = 1\n[source.a]\ndigest = \"x\"\n[picture.b]\nsize = -1\n");
    let words = ["brand/brand.lock:1:1", "`foo`", "64 hexadecimal digits", "no `recipe`", "no `size`"];
    world.run(&["status"]).is(2, &words);
}

#[test]
fn the_sheet_shows_every_picture_and_loads_nothing() {
    let world = World::new(Year::Y2026, BRAND);
    let file = world.folder.path().join("sheet.html");
    world.run(&["lock", "--sheet", file.to_str().unwrap()]).is(0, &[]);
    let page = fs::read_to_string(file).unwrap();
    for id in ["logo", "favicon", "apple-touch-icon", "icon-192", "icon-512", "icon-mask", "social"] {
        assert!(page.contains(&format!("<h2>{id}: ")), "{id}");
    }
    assert!(page.contains("alt=\"before\"") && page.contains("alt=\"after\""));
    assert!(!page.contains("http://") && !page.contains("https://"), "everything is in the page");
}

#[test]
fn text_is_drawn_in_a_font_of_the_project() {
    let Ok(font) = fs::read("/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf") else {
        return skip("DejaVu Sans is not here; tests/install-parts.sh installs it");
    };
    let world = World::new(Year::Y2026, BRAND);
    let text = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 90 30\">\
                <text y=\"24\" font-size=\"24\" font-family=\"DejaVu Sans\" fill=\"#777\">Meet</text></svg>";
    world.asset("logo.svg", text.as_bytes());
    let without = ["in the font `DejaVu Sans`, which is not there", "bring the font file"];
    world.run(&["lock"]).is(2, &without);
    world.asset("Bold.ttf", &font);
    world.run(&["lock"]).is(0, &["icon-512"]);
    world.run(&["lock", "--check"]).is(0, &[]);
    world.run(&["apply", "--yes", "--locked"]).is(0, &["applied"]);
    fs::remove_file(world.brand().join("Bold.ttf")).unwrap();
    world.run(&["apply", "--yes"]).is(2, &without);
}

/// The hint is a command, and it mends what is told.
#[test]
fn what_others_may_write_is_refused_with_the_command_that_mends_it() {
    if !rustix::process::geteuid().is_root() {
        return skip("only root refuses such projects");
    }
    let commands: [fn(&[&str]) -> String; 2] = [|parts| parts[1].to_owned(), |parts| parts[3].to_owned()];
    for (command, patch) in commands.into_iter().zip(["page.css", "it's mine.css"]) {
        let world = World::new(Year::Y2026, &format!("{BRAND}[page]\ncss = \"{patch}\"\n"));
        world.asset(patch, b"p { color: red }");
        write(&world.brand().join("../patches/config.toml"), b"");
        for name in ["brand.toml", "logo.svg", patch, "../patches/config.toml", ".", ".."] {
            let path = world.brand().join(name).canonicalize().unwrap();
            chown(&path, None, Some(100)).unwrap();
            let mode = fs::metadata(&path).unwrap().permissions().mode() & 0o777 | 0o020;
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            let run = world.run(&["apply", "--yes"]);
            run.is(2, &[path.to_str().unwrap(), &format!("can be written by others (mode {mode:o})")]);
            let hint = run.said.split("hint: ").last().unwrap();
            let command = command(&hint.split('`').collect::<Vec<_>>());
            assert!(Command::new("sh").args(["-c", &command]).status().unwrap().success(), "{command}");
            world.run(&["apply", "--yes"]).is(0, &[]);
        }
    }
}

/// What a umask of 002 leaves, as Debian's users have it: only their own group may write too.
#[test]
fn a_group_of_ones_own_may_write() {
    let world = World::new(Year::Y2026, BRAND);
    for (name, mode) in [("logo.svg", 0o664), ("brand.toml", 0o664), (".", 0o775), ("..", 0o775)] {
        fs::set_permissions(world.brand().join(name), fs::Permissions::from_mode(mode)).unwrap();
    }
    world.run(&["apply", "--yes"]).is(0, &["applied"]);
}
