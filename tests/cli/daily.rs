//! The daily round: status, diff, apply, check, restore; and explain, init, usage.

use std::fs;
use std::process::Command;

use rebrand::brand::OWN;
use rebrand::demo::sites::Year;
use rebrand::value::Value;

use crate::world::{BRAND, COMMUNITY, Files, HOST, INTERFACE, World, files, rebrand};

#[test]
fn the_round_of_a_site_that_is_new() {
    for year in [Year::Y2021, Year::Y2026] {
        let world = World::new(year, BRAND);
        let shipped = world.files();
        world
            .refuses(&["status"], 1)
            .prints(&["new        write    usr/share/jitsi-meet/interface_config.js"]);
        world.refuses(&["check"], 1).prints(&["JITSI_WATERMARK_LINK"]);
        world.run(&["apply", "--yes"]).is(0).says(&["applied"]);
        let branded = world.files();
        assert_ne!(shipped, branded);
        world.run(&["status"]).is(0).prints(&["files are as wished"]);
        world.run(&["status", "--all"]).is(0).prints(&["unchanged  keep"]);
        let check = world.run(&["check"]);
        check.is(0);
        assert_eq!(check.out + &check.err, "", "a check that passes is silent");
        world.run(&["diff"]).is(0);
        world.run(&["apply", "--yes"]).is(0).says(&["nothing to do"]);
        assert_eq!(branded, world.files(), "a second apply changes nothing");
        world.run(&["restore", "--yes"]).is(0).says(&["restored"]);
        assert_eq!(shipped, world.files(), "restore gives back every byte");
    }
}

#[test]
fn the_wishes_are_where_each_version_reads_them() {
    let wished = |text: &str| Some(Value::from(text));
    let is_logo = |value: Option<Value>| {
        value.as_ref().and_then(Value::as_str).is_some_and(|path| path.starts_with("images/rebrand/logo-"))
    };
    let old = World::branded(Year::Y2021, BRAND);
    assert_eq!(old.value(INTERFACE, "DEFAULT_REMOTE_DISPLAY_NAME"), wished("fellow Public Coder"));
    assert!(is_logo(old.value(INTERFACE, "DEFAULT_LOGO_URL")));
    assert_eq!(old.value(INTERFACE, "JITSI_WATERMARK_LINK"), wished("https://publiccode.net/"));
    let new = World::branded(Year::Y2026, BRAND);
    for host in [HOST, COMMUNITY] {
        assert_eq!(new.value(host, "defaultRemoteDisplayName"), wished("fellow Public Coder"));
        assert!(is_logo(new.value(host, "defaultLogoUrl")));
    }
    assert_eq!(new.value(INTERFACE, "JITSI_WATERMARK_LINK"), wished("https://publiccode.net/"));
}

/// The printed difference and what `apply` writes are the same, byte for byte, an added file included.
#[test]
fn git_applies_what_diff_prints() {
    for year in [Year::Y2021, Year::Y2026] {
        let world = World::new(year, OWN.0);
        let printed = world.refuses(&["diff"], 1).out;
        let start = printed.find("diff --git").expect("a difference");
        let other = World::new(year, OWN.0);
        let file = other.project().join("the.diff");
        fs::write(&file, &printed[start..]).unwrap();
        let git = Command::new("git").args(["apply", "-p1"]).arg(&file).current_dir(other.site()).output();
        let git = git.unwrap();
        assert!(git.status.success(), "{}", String::from_utf8_lossy(&git.stderr));
        world.run(&["apply", "--yes"]).is(0);
        // Pictures that are no text are in a line each, and not in the difference.
        let texts = |mut files: Files| {
            files.retain(|_, bytes| std::str::from_utf8(bytes).is_ok());
            files
        };
        assert_eq!(texts(world.files()), texts(other.files()));
    }
}

#[test]
fn diff_takes_keys_alone_and_files() {
    let world = World::new(Year::Y2026, BRAND);
    let keys = world.refuses(&["diff", "--keys"], 1);
    keys.prints(&["defaultLogoUrl", "moved here from", "DEFAULT_LOGO_URL", "JITSI_WATERMARK_LINK"]);
    assert!(!keys.out.contains("@@"), "{}", keys.out);
    let one = world.refuses(&["diff", HOST], 1);
    one.prints(&[HOST, "@@"]);
    assert!(!one.out.contains(INTERFACE), "{}", one.out);
}

/// On a terminal `diff` is shown by the pager that git takes, and nowhere else.
#[test]
fn a_person_reads_a_difference_in_a_pager() {
    let world = World::new(Year::Y2026, BRAND);
    let program = env!("CARGO_BIN_EXE_rebrand");
    let (site, project) = (world.site(), world.project());
    let line = format!("{program} --root {} -C {} diff", site.display(), project.display());
    let paged = |name: &str, pager: &str| {
        let mut command = Command::new("script");
        command.args(["-qec", &line, "/dev/null"]).env_remove("GIT_PAGER").env(name, pager);
        let done = command.stdin(std::process::Stdio::null()).output().unwrap();
        String::from_utf8_lossy(&done.stdout).into_owned()
    };
    for name in ["PAGER", "GIT_PAGER"] {
        assert!(paged(name, "sed s/^/paged:/").contains("paged:"), "by {name}");
    }
    for none in ["", "cat", "/no/such/pager"] {
        assert!(paged("PAGER", none).contains("defaultLogoUrl"), "{none}");
    }
    assert!(!world.run(&["diff"]).out.contains("paged:"));
}

#[test]
fn a_dry_run_shows_and_writes_nothing() {
    let world = World::new(Year::Y2026, BRAND);
    world.refuses(&["apply", "--dry-run"], 1).prints(&["defaultLogoUrl"]).says(&["nothing was written"]);
    assert!(!world.site().join("var").exists(), "not even a record");
    world.run(&["apply", "--yes"]).is(0);
    world.run(&["apply", "--dry-run"]).is(0).says(&["nothing to do"]);
    world.refuses(&["restore", "--dry-run"], 1).says(&["nothing was written"]);
}

#[test]
fn nobody_to_ask_is_a_no() {
    let world = World::new(Year::Y2026, BRAND);
    world.refuses(&["apply"], 1).says(&["`apply` asks first, and here is nobody to ask", "`--yes`"]);
    world.run(&["apply", "--yes"]).is(0);
    world.refuses(&["restore"], 1).says(&["`restore` asks first", "`--yes`"]);
}

#[test]
fn an_upgrade_is_noticed_and_branded_again() {
    let world = World::branded(Year::Y2021, BRAND);
    for (path, text) in rebrand::demo::sites::upgrade(Year::Y2026) {
        world.put(path, text);
    }
    let shipped = world.text(INTERFACE);
    world.refuses(&["check"], 1);
    world.refuses(&["status"], 1).prints(&["renewed    write    usr/share/jitsi-meet/interface_config.js"]);
    world.run(&["apply", "--yes"]).is(0);
    assert_eq!(world.value(HOST, "defaultRemoteDisplayName"), Some(Value::from("fellow Public Coder")));
    world.run(&["restore", "--yes"]).is(0);
    assert_eq!(world.text(INTERFACE), shipped, "the shipped file is the one of the upgrade");
}

#[test]
fn restore_holds_until_a_person_applies() {
    let world = World::branded(Year::Y2026, BRAND);
    world.run(&["restore", "--yes"]).is(0);
    world.run(&["status"]).is(1).prints(&["held: "]);
    world.run(&["restore", "--yes"]).is(0).says(&["nothing to do"]);
    world.run(&["apply", "--yes"]).is(0);
    let status = world.run(&["status"]);
    assert!(!status.is(0).out.contains("held"), "{}", status.out);
}

#[test]
fn a_wish_withdrawn_from_the_brand_is_reversed() {
    for year in [Year::Y2021, Year::Y2026] {
        let shipped = World::new(year, BRAND).files();
        let world = World::branded(year, BRAND);
        world.brand("[brand]\nhome = \"https://publiccode.net/\"\n");
        world.refuses(&["check"], 1);
        world.run(&["apply", "--yes"]).is(0);
        assert_eq!(world.text(HOST).as_bytes(), shipped[HOST], "the host's file is back");
        assert_eq!(world.value(INTERFACE, "JITSI_WATERMARK_LINK"), Some("https://publiccode.net/".into()));
        world.brand("");
        world.run(&["apply", "--yes"]).is(0);
        assert_eq!(world.files(), shipped);
    }
}

#[test]
fn a_picture_of_the_project_comes_and_goes() {
    let world = World::new(Year::Y2026, "[logo]\nsource = \"mark (1).svg\"\n");
    let shipped = world.files();
    fs::write(world.project().join("brand/mark (1).svg"), OWN.1).unwrap();
    world.run(&["apply", "--yes"]).is(0);
    let logo = world.value(HOST, "defaultLogoUrl");
    let logo = logo.as_ref().and_then(Value::as_str).expect("a logo");
    assert!(!logo.contains(['(', ' ']), "`{logo}` stands unquoted in a style sheet");
    assert!(world.text(&format!("usr/share/jitsi-meet/{logo}")).starts_with("<svg "));
    world.run(&["restore", "--yes"]).is(0);
    assert_eq!(world.files(), shipped);
}

#[test]
fn explain_tells_value_wish_type_and_history() {
    let world = World::branded(Year::Y2026, BRAND);
    let explained = world.run(&["explain", "defaultLogoUrl"]);
    explained.is(0).prints(&["images/rebrand/logo-", "logo.source", "type", "history", "comment, line"]);
    world.run(&["explain", "defaultLogoURL"]).is(1).says(&["did you mean", "`defaultLogoUrl` of config.js"]);
    let folder = world.site();
    let root = folder.to_str().unwrap();
    rebrand(&folder, &["--root", root, "explain", "SUPPORT_URL"]).is(0).prints(&["SUPPORT_URL"]);
}

#[test]
fn init_starts_a_project_that_applies() {
    let world = World::new(Year::Y2026, BRAND);
    let (site, folder) = (world.site(), world.site().join("../new"));
    let args = ["--root", site.to_str().unwrap(), "-C", folder.to_str().unwrap()];
    let run = |more: &[&str]| rebrand(&site, &[&args[..], more].concat());
    run(&["init"]).is(0).says(&["meet.publiccode.net"]);
    let made: Vec<String> = files(&folder).into_keys().collect();
    assert_eq!(made, ["brand/brand.schema.json", "brand/brand.toml", "patches/patch.schema.json"]);
    let before = files(&folder);
    run(&["init"]).is(2).says(&["is there already"]);
    assert_eq!(files(&folder), before, "what is there is not replaced");
    run(&["diff"]).says(&[]);
    run(&["apply", "--yes"]).is(0);
    run(&["check"]).is(0);
}

#[test]
fn bad_usage_is_trouble() {
    let world = World::new(Year::Y2026, BRAND);
    world.refuses(&["aply"], 2).says(&["apply"]);
    world.refuses(&["status", "--yes"], 2);
    world.refuses(&["explain"], 2);
    world.run(&["--version"]).is(0).prints(&["rebrand "]);
}

#[test]
fn another_run_holds_the_lock() {
    let world = World::branded(Year::Y2026, BRAND);
    let held = fs::File::open(world.site().join("var/lib/rebrand/lock")).unwrap();
    held.lock().unwrap();
    world.refuses(&["restore", "--yes"], 75).says(&["another run"]);
    world.run(&["check"]).is(0);
}

#[test]
fn colours_only_where_they_are_wanted() {
    let world = World::new(Year::Y2026, BRAND);
    assert!(!world.run(&["diff"]).out.contains('\x1b'), "this is no terminal");
    assert!(!world.run(&["--color", "never", "diff"]).out.contains('\x1b'));
    assert!(world.run(&["--color", "always", "diff"]).out.contains('\x1b'));
}

#[test]
fn the_demo_plays_and_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let run = rebrand(folder.path(), &["demo"]);
    run.is(0).prints(&["fellow Public Coder", "every file is back, byte for byte"]);
    assert!(files(folder.path()).is_empty());
}

#[test]
fn completions_and_the_manual_page_are_printed() {
    let folder = tempfile::tempdir().unwrap();
    rebrand(folder.path(), &["completions", "bash"]).is(0).prints(&["_rebrand", "restore"]);
    rebrand(folder.path(), &["man"]).is(0).prints(&[".TH rebrand 1"]);
}
