//! Bad input: each a clear error, exit 1 or 2, and no file of the site differs.

use std::fs;
use std::os::unix::fs::symlink;
use std::process::Command;

use rebrand::demo::sites::Year;

use crate::world::{BRAND, HOST, INTERFACE, Run, World};

/// A project that is refused before the site is looked at.
fn faulty(brand: &str) -> Run {
    let world = World::new(Year::Y2026, brand);
    for args in [&["status"][..], &["diff"], &["check"], &["apply", "--dry-run"]] {
        world.refuses(args, 2);
    }
    let run = world.refuses(&["apply", "--yes"], 2);
    assert!(!world.site().join("var").exists(), "not even a record");
    run
}

/// A site whose `path` has these bytes, and is refused.
fn broken(path: &str, bytes: impl AsRef<[u8]>, status: i32) -> Run {
    let world = World::new(Year::Y2026, BRAND);
    world.put(path, bytes);
    for args in [&["status"][..], &["diff"], &["check"], &["apply", "--dry-run"]] {
        world.refuses(args, status);
    }
    world.refuses(&["apply", "--yes"], status)
}

/// What is written where somebody says goes over nothing else that lies there.
#[test]
fn files_that_are_named_replace_no_others() {
    let world = World::new(Year::Y2026, BRAND);
    let site = world.site();
    world.refuses(&["build", "--out", site.to_str().unwrap()], 2).says(&["holds the site itself"]);
    let brand = world.project().join("brand/brand.toml");
    let before = fs::read(&brand).unwrap();
    world.refuses(&["lock", "--sheet", brand.to_str().unwrap()], 2).says(&["is there already"]);
    assert_eq!(fs::read(&brand).unwrap(), before);
    let sheet = world.project().join("sheet.html");
    for _ in 0..2 {
        world.run(&["lock", "--sheet", sheet.to_str().unwrap()]).is(0);
    }
    assert!(sheet.exists());
}

/// A diff that a full disk cuts off looks whole; what an `apply` did is done all the same.
#[test]
fn output_that_is_lost_is_told() {
    let world = World::new(Year::Y2026, BRAND);
    for (args, status) in [
        (&["status"][..], 2),
        (&["diff"], 2),
        (&["apply", "--dry-run"], 2),
        (&["check", "--monitor"], 3),
        (&["apply", "--yes"], 0),
        (&["apply", "--yes", "--quiet"], 0),
    ] {
        let (site, project) = (world.site(), world.project());
        let mut command = Command::new(env!("CARGO_BIN_EXE_rebrand"));
        command.arg("--root").arg(site).arg("-C").arg(project).args(args);
        let full = fs::File::options().write(true).open("/dev/full").unwrap();
        let done = command.stdout(full).output().unwrap();
        assert_eq!(done.status.code(), Some(status), "{args:?}");
        let told = String::from_utf8(done.stderr).unwrap();
        assert_eq!(
            told.contains("could not be written whole"),
            !args.contains(&"--quiet"),
            "{args:?}: {told}"
        );
    }
    world.run(&["check"]).is(0);
}

/// The standard library is silent about an output that was opened for reading alone.
#[test]
fn output_that_cannot_be_written_is_told() {
    let world = World::new(Year::Y2026, BRAND);
    for args in [&["status"][..], &["diff", "--json"], &["explain", "APP_NAME"]] {
        let (site, project) = (world.site(), world.project());
        let mut command = Command::new(env!("CARGO_BIN_EXE_rebrand"));
        command.arg("--root").arg(site).arg("-C").arg(project).args(args);
        let done = command.stdout(fs::File::open("/dev/null").unwrap()).output().unwrap();
        assert_eq!(done.status.code(), Some(2), "{args:?}");
        let told = String::from_utf8(done.stderr).unwrap();
        assert!(told.contains("could not be written whole"), "{told}");
    }
}

/// Every step of a commit is taken back, so that is what a full disk has to be told with.
#[test]
fn a_full_disk_has_a_hint() {
    let (action, path) = ("write", std::path::PathBuf::from("/x"));
    for kind in [std::io::ErrorKind::StorageFull, std::io::ErrorKind::QuotaExceeded] {
        let error = rebrand::host::Error::Io { action, path: path.clone(), source: kind.into() };
        let hint = error.hint().unwrap_or_default();
        assert!(hint.contains("make room") && hint.contains("the site is as it was"), "{hint}");
    }
}

#[test]
fn a_name_that_no_host_has_is_nobody_s() {
    let world = World::new(Year::Y2026, BRAND);
    world.put("etc/jitsi/meet/two\nlines-config.js", "no host");
    world.run(&["apply", "--yes"]).is(0);
    assert_eq!(world.text("etc/jitsi/meet/two\nlines-config.js"), "no host");
}

#[test]
fn every_fault_of_the_project_is_told_at_once() {
    let world = World::new(
        Year::Y2026,
        "[brand]\nnmae = \"x\"\nhome = \"http://publiccode.net/\"\n\n[colors]\nbackground = \"blackish\"\n\n[logo]\nshow = \"yes\"\n",
    );
    world.patch("config.toml", "[sett]\na = 1\n");
    let told = world.refuses(&["apply", "--yes"], 2);
    told.says(&["brand/brand.toml:2:1", "unknown key `brand.nmae`", "did you mean `name`?"]);
    told.says(&["brand/brand.toml:3:8", "`brand.home` is an `http` link"]);
    told.says(&["brand/brand.toml:6:14", "blackish"]);
    told.says(&["brand/brand.toml:9:8", "`true` or `false`"]);
    told.says(&["patches/config.toml:1:2", "did you mean `set`?"]);
    told.says(&["nmae = \"x\"", "error:", "hint:"]);
}

#[test]
fn links_that_are_none() {
    for (link, why) in [
        ("javascript:alert(1)", "is a `javascript:` link"),
        ("publiccode.net", "has no scheme"),
        ("//publiccode.net/", "has no scheme"),
        ("https://user:word@publiccode.net/", "holds a user or password"),
        ("https://public code.net/", "is no well-formed link"),
    ] {
        faulty(&format!("[brand]\nhome = \"{link}\"\n")).says(&["brand/brand.toml:2:8", why]);
    }
}

#[test]
fn logo_addresses_that_break_the_style_sheet() {
    for logo in ["https://example.org/a(1).png", "https://example.org/a b.png", "https://example.org/a'.png"]
    {
        let told = faulty(&format!("[logo]\nsource = \"{logo}\"\n"));
        told.says(&["brand/brand.toml:2:10", "`logo.source` holds", "percent-encode it"]);
    }
}

#[test]
fn pictures_that_are_not_there_or_lead_out() {
    faulty("[logo]\nsource = \"gone.svg\"\n").says(&["brand/brand.toml:2:1", "gone.svg"]);
    faulty("[logo]\nsource = \"../../secret.svg\"\n").says(&["brand/brand.toml:2:10"]);
    faulty("[logo]\nsource = \"/etc/hostname\"\n").says(&["brand/brand.toml:2:10"]);
}

/// An emptied file is no wish that is in force, whichever it is.
#[test]
fn files_of_the_brand_that_are_empty() {
    for (key, name) in [("css", "style.css"), ("head", "head.html"), ("body", "body.html")] {
        let world = World::new(Year::Y2026, &format!("{BRAND}[page]\n{key} = \"{name}\"\n"));
        for text in ["", " \n\n"] {
            fs::write(world.project().join("brand").join(name), text).unwrap();
            world.refuses(&["apply", "--yes"], 2).says(&[&format!("`{name}` is empty"), "brand.toml:"]);
        }
    }
    let world = World::new(Year::Y2026, BRAND);
    fs::write(world.project().join("brand/logo.svg"), "").unwrap();
    world.refuses(&["apply", "--yes"], 2).says(&["it is empty"]);
    fs::write(world.project().join("brand/logo.svg"), rebrand::brand::OWN.1).unwrap();
    world.patch("nothing.patch", "");
    world.refuses(&["apply", "--yes"], 2).says(&["holds no unified diff"]);
}

#[test]
fn a_project_that_is_no_toml() {
    faulty("[brand\nname = 1\n").says(&["brand/brand.toml:"]);
    let world = World::new(Year::Y2026, "");
    fs::write(world.project().join("brand/brand.toml"), b"[brand]\nname = \"\xff\"\n").unwrap();
    world.refuses(&["apply", "--yes"], 2).says(&["brand/brand.toml:2", "UTF-8"]);
}

#[test]
fn no_project() {
    let world = World::new(Year::Y2026, BRAND);
    fs::remove_dir_all(world.project()).unwrap();
    world.refuses(&["apply", "--yes"], 2).says(&["there is no project here", "rebrand init"]);
}

#[test]
fn a_configuration_that_is_a_template() {
    let text = "var config = {\n    hosts: {\n        domain: {{ .Env.XMPP_DOMAIN }},\n    },\n};\n";
    broken(HOST, text, 1).says(&[HOST, "template", "deployment tool"]);
}

#[test]
fn a_configuration_that_does_not_parse() {
    broken(HOST, "var config = {\n    a: 1\n    b: 2\n};\n", 1).says(&[&format!("{HOST}:3"), "blank page"]);
}

/// No browser loads any of these, however well it looks: `tests/syntax` has the whole grammar, node as its judge.
#[test]
fn a_configuration_that_no_browser_loads() {
    let world = World::new(Year::Y2026, BRAND);
    for (script, place, why) in [
        ("var config = {\n    resolution = 480,\n    b: 2\n};\n", ":2:5", "did you mean to use a ':'?"),
        ("var config = {\n    a: 1\n};\nlet b = 1;\nlet b = 2;\n", ":5:5", "`b` has already been declared"),
        ("var config = {\n\u{200b}    a: 1\n};\n", ":2:1", "the invisible U+200B"),
        ("var config = {};\n# note\n", ":2:", "does not parse"),
        ("var config = {\n    a: /(/\n};\n", ":2:9", "invalid regular expression"),
        ("\n\nlet config = {\n    a: 1\n};\n", ":3:1", "write `var` in its place"),
    ] {
        world.put(HOST, script);
        world.refuses(&["apply", "--yes"], 1).says(&[&format!("{HOST}{place}"), why]);
    }
}

/// What is wrong with a file is said as what it means for that kind of file.
#[test]
fn a_manifest_that_does_not_parse() {
    let world = World::new(Year::Y2026, BRAND);
    let manifest = "usr/share/jitsi-meet/manifest.json";
    fs::write(world.site().join(manifest), "{ \"name\": \"Jitsi Meet\", }\n").unwrap();
    let told = world.run(&["apply", "--yes"]);
    told.says(&[manifest, "install the client as an app"]);
    assert!(!told.err.contains("blank page"), "{}", told.err);
}

#[test]
fn a_configuration_that_the_web_server_puts_together() {
    let told =
        broken(INTERFACE, "<!--# include virtual=\"/base.js\" -->\n<!--#include file=\"local.js\" -->\n", 1);
    told.says(&[INTERFACE, "/base.js", "edit what it includes"]);
    assert!(!told.err.contains("install"), "{}", told.err);
    let members =
        "var config = {\n    a: 1,\n    <!--# if expr=\"$x\" -->\n    b: 2,\n    <!--# endif -->\n};\n";
    let told = broken(HOST, members, 1);
    told.says(&[&format!("{HOST}:3"), "lets the web server decide"]);
    assert!(!told.err.contains("blank page"), "{}", told.err);
}

#[test]
fn a_configuration_that_is_not_utf_8() {
    broken(HOST, b"var config = { name: '\xe9' };\n", 1).says(&[HOST, "UTF-8"]);
}

#[test]
fn a_configuration_of_brackets() {
    broken(HOST, format!("var config = {};\n", "[".repeat(100_000)), 1).says(&[HOST, "nest"]);
}

#[test]
fn a_configuration_without_its_variable() {
    broken(INTERFACE, "var somethingElse = {};\n", 1).says(&[INTERFACE, "interfaceConfig"]);
    broken(HOST, "", 1).says(&[HOST, "config"]);
}

#[test]
fn no_root_and_no_site() {
    let world = World::new(Year::Y2026, BRAND);
    let gone = world.site().join("gone");
    let gone = gone.to_str().unwrap();
    world.refuses(&["--root", gone, "status"], 2);
    let world = World::new(Year::Y2026, BRAND);
    fs::remove_dir_all(world.site().join("usr/share/jitsi-meet")).unwrap();
    let told = world.refuses(&["apply", "--yes"], 2);
    told.says(&["there is no Jitsi Meet here", "usr/share/jitsi-meet", "--root DIR"]);
    fs::remove_dir_all(world.site()).unwrap();
    world.run(&["apply", "--yes"]).is(2).says(&["no folder that can stand for `/`"]);
}

#[test]
fn a_target_that_leads_out_of_the_root() {
    let outside = tempfile::tempdir().unwrap();
    for linked in [INTERFACE, "usr/share/jitsi-meet", "etc/jitsi"] {
        let world = World::new(Year::Y2026, BRAND);
        let (inside, out) = (world.site().join(linked), outside.path().join(linked.replace('/', "-")));
        fs::rename(&inside, &out).unwrap();
        symlink(&out, &inside).unwrap();
        world.refuses(&["apply", "--yes"], 2).says(&["leads out of the root"]);
    }
}

/// A link inside the root is followed, and stays a link.
#[test]
fn a_target_that_is_a_link_inside_the_root() {
    let world = World::new(Year::Y2026, BRAND);
    let (link, real) = (world.site().join(INTERFACE), world.site().join("usr/share/jitsi-meet/real.js"));
    fs::rename(&link, &real).unwrap();
    symlink("real.js", &link).unwrap();
    world.run(&["apply", "--yes"]).is(0);
    assert!(link.is_symlink());
    assert!(fs::read_to_string(&real).unwrap().contains("https://publiccode.net/"));
}

#[test]
fn patches_that_say_nothing_or_too_much() {
    let refuse = |name: &str, text: &str| {
        let world = World::new(Year::Y2026, "");
        world.patch(name, text);
        world.refuses(&["apply", "--yes"], 2)
    };
    refuse("config.toml", "[set]\na = 1\n\"a.b\" = 2\n").says(&["patches/config.toml:3:1", "lies below `a`"]);
    refuse("config.toml", "[set]\n\"__proto__.x\" = 1\n").says(&["`__proto__` is no key"]);
    refuse("confg.toml", "[set]\na = 1\n").says(&["says of no file that it is edited"]);
    refuse("config.toml", "[append]\nlist = 1\n").says(&["`list` is a list"]);
}

#[test]
fn patches_of_the_wrong_type_are_refused_at_their_place() {
    let world = World::new(Year::Y2026, "");
    world.patch("config.toml", "[set]\ndisableModeratorIndicator = \"yes\"\n");
    let told = world.refuses(&["apply", "--yes"], 1);
    told.says(&["disableModeratorIndicator", "patches/config.toml:2"]);
    world.patch("config.toml", "[raw]\ndisableModeratorIndicator = \"location.reload()\"\n");
    world.refuses(&["apply", "--yes"], 1).says(&["patches/config.toml:2"]);
}

#[test]
fn a_key_that_nobody_knows_is_written_with_a_warning() {
    let world = World::new(Year::Y2026, "");
    world.patch("config.toml", "[set]\ndefaultLogoURL = \"images/x.svg\"\n");
    world.run(&["apply", "--yes"]).is(0).says(&["warning", "defaultLogoURL", "defaultLogoUrl"]);
    assert_eq!(world.value(HOST, "defaultLogoURL"), Some("images/x.svg".into()));
}

#[test]
fn records_that_are_not_ours() {
    let world = World::branded(Year::Y2026, BRAND);
    world.put("var/lib/rebrand/receipt.json", "{ \"format\": 9 }");
    world.refuses(&["apply", "--yes"], 2).says(&["receipt.json", "is not as rebrand wrote it"]);
}
