//! Where pictures go, and that they go away again.

use std::fs;

use rebrand::demo::sites::Year;
use rebrand::raster::{Kind, measure};

use crate::{BRAND, SHIPPED, World, drawn, recipe};

/// Kind, width and height of a file below the web client.
fn shape(world: &World, name: &str) -> (Kind, u32, u32) {
    let source = measure(&fs::read(world.web(name)).unwrap()).unwrap();
    (source.kind, source.width, source.height)
}

/// The addresses in `text` that lie in the folder of ours.
fn addresses(text: &str) -> Vec<String> {
    let rest = text.split("images/rebrand/").skip(1);
    rest.map(|rest| format!("images/rebrand/{}", rest.split(['"', '\'']).next().unwrap())).collect()
}

#[test]
fn one_logo_makes_every_picture_and_restore_takes_them_back() {
    for year in [Year::Y2021, Year::Y2026] {
        let world = World::new(year, BRAND);
        let shipped = world.files();
        world.run(&["apply", "--yes"]).is(0, &["applied"]);
        assert_eq!(shape(&world, "favicon.ico").0, Kind::Ico);
        assert_eq!(shape(&world, SHIPPED[0]), (Kind::Png, 180, 180));
        assert_eq!(shape(&world, SHIPPED[1]), (Kind::Png, 48, 48));
        assert_eq!(shape(&world, SHIPPED[2]), (Kind::Png, 84, 84));
        let [title, manifest] =
            ["title.html", "manifest.json"].map(|name| fs::read_to_string(world.web(name)).unwrap());
        let linked = addresses(&title);
        assert_eq!(linked.len(), 2, "{title}");
        assert_eq!(shape(&world, &linked[0]), (Kind::Png, 1200, 630));
        assert_eq!(shape(&world, &linked[1]).0, Kind::Svg);
        assert!(title.contains("<!--# echo var=\"http_host\""), "the stand-in has two hosts: {title}");
        assert_eq!(shape(&world, &addresses(&manifest)[0]), (Kind::Png, 192, 192));
        assert!(manifest.contains("    {\n      \"src\": \"images/rebrand/icon-192-"), "{manifest}");
        world.run(&["check"]).is(0, &[]);
        let branded = world.files();
        world.run(&["apply", "--yes"]).is(0, &["nothing to do"]);
        assert_eq!(world.files(), branded);
        world.run(&["restore", "--yes"]).is(0, &["restored"]);
        assert_eq!(world.files(), shipped, "every byte is back");
    }
}

#[test]
fn a_small_bitmap_makes_them_too_and_is_told() {
    let world = World::new(Year::Y2026, "[logo]\nsource = \"logo.png\"\n");
    world.asset("logo.png", &drawn(&recipe(128, 128)));
    let shipped = world.files();
    world.run(&["apply", "--yes"]).is(0, &["app icon: the logo is 128×128 px", "blown up to 192×192"]);
    let title = fs::read_to_string(world.web("title.html")).unwrap();
    // Of a bitmap there is no drawing, so the page names the icon.
    assert_eq!(shape(&world, &addresses(&title)[1]).0, Kind::Ico);
    world.run(&["check"]).is(0, &[]);
    world.run(&["restore", "--yes"]).is(0, &[]);
    assert_eq!(world.files(), shipped);
}

#[test]
fn a_size_may_have_a_picture_of_its_own() {
    let world = World::new(Year::Y2026, "[logo]\nsource = \"logo.svg\"\nicon = { 16 = \"small.svg\" }\n");
    let red = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 16 16\"><rect width=\"16\" height=\"16\" fill=\"red\"/></svg>";
    world.asset("small.svg", red.as_bytes());
    world.run(&["apply", "--yes"]).is(0, &[]);
    let icon = fs::read(world.web("favicon.ico")).unwrap();
    assert_eq!(icon[..6], [0, 0, 1, 0, 3, 0], "three pictures");
    let sides: Vec<u8> = (0..3).map(|index| icon[6 + 16 * index]).collect();
    assert_eq!(sides, [16, 32, 48]);
    let start = u32::from_le_bytes(icon[18..22].try_into().unwrap()) as usize;
    let length = u32::from_le_bytes(icon[14..18].try_into().unwrap()) as usize;
    let small = measure(&icon[start..start + length]).unwrap();
    assert_eq!((small.kind, small.width), (Kind::Png, 16));
    let all = measure(&icon).unwrap();
    assert_eq!((all.kind, all.width, all.height), (Kind::Ico, 48, 48), "the largest tells the size");
}

#[test]
fn a_package_that_brings_its_picture_back_is_branded_again() {
    let world = World::new(Year::Y2026, BRAND);
    world.run(&["apply", "--yes"]).is(0, &[]);
    let branded = world.files();
    let other = drawn(&recipe(64, 64));
    crate::write(&world.web(SHIPPED[0]), &other);
    world.run(&["check"]).is(1, &[]);
    world.run(&["apply", "--yes"]).is(0, &["applied"]);
    assert_eq!(world.files(), branded);
    world.run(&["restore", "--yes"]).is(0, &[]);
    assert_eq!(fs::read(world.web(SHIPPED[0])).unwrap(), other, "what the newer package brought");
}

#[test]
fn a_logo_that_hardly_shows_is_told_with_its_colour() {
    let world = World::new(Year::Y2026, BRAND);
    let black = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 40 20\"><rect width=\"40\" height=\"20\"/></svg>";
    world.asset("logo.svg", black.as_bytes());
    world.run(&["apply", "--yes"]).is(0, &["logo: only 0 % of it stands out on #040404"]);
}

#[test]
fn build_writes_the_branded_files_and_touches_no_site() {
    let world = World::new(Year::Y2026, BRAND);
    let shipped = world.files();
    let out = world.folder.path().join("out");
    world.run(&["build", "--out", out.to_str().unwrap()]).is(0, &["favicon.ico"]);
    assert_eq!(world.files(), shipped);
    world.run(&["apply", "--yes"]).is(0, &[]);
    for (path, bytes) in world.files() {
        if shipped.get(&path) != Some(&bytes) {
            let built = out.join(path.strip_prefix(world.site()).unwrap());
            assert_eq!(fs::read(&built).unwrap(), bytes, "{}", built.display());
        }
    }
}

/// Drawing is what costs: a picture that was made is never made again, and one that is spoiled is.
#[test]
fn pictures_are_made_once() {
    let world = World::new(Year::Y2026, BRAND);
    let made = world.site().join("var/lib/rebrand/made");
    let names = || fs::read_dir(&made).unwrap().map(|entry| entry.unwrap().path()).collect::<Vec<_>>();
    world.run(&["apply", "--yes"]).is(0, &[]);
    let kept = names();
    assert!(kept.len() > 8, "{kept:?}");
    let branded = world.files();
    for path in &kept {
        // A picture that is there is taken as it is: its remark is told without a look at the source.
        let text = fs::read(path).unwrap();
        let end = text.iter().position(|byte| *byte == b'\n').unwrap();
        let head = String::from_utf8(text[..end].to_vec()).unwrap();
        let note = "\"remarks\":[{\"long-svg\":{\"bytes\":7}}]";
        let head = format!("{}{note}}}", head.split("\"remarks\"").next().unwrap());
        fs::write(path, [head.as_bytes(), &text[end..]].concat()).unwrap();
    }
    world.run(&["apply", "--yes"]).is(0, &["the SVG is 7 bytes long", "nothing to do"]);
    for path in &kept {
        fs::write(path, "spoiled").unwrap();
    }
    let again = world.run(&["apply", "--yes"]);
    again.is(0, &["nothing to do"]);
    assert!(!again.said.contains("7 bytes"), "{}", again.said);
    assert!(kept.iter().all(|path| fs::read(path).unwrap() != b"spoiled"), "they are kept anew");
    assert_eq!(world.files(), branded);
}
