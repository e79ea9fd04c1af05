//! What pictures stand on: an opaque one on a colour that its logo shows on, and others judged where they are seen.

use std::fs;

use rebrand::demo::sites::Year;

use crate::{BRAND, SHIPPED, World};

/// A logo of one colour.
fn logo(colour: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 40 20\">\
         <path d=\"M0 0h40v20h-40z M10 5v10h20v-10z\" fill-rule=\"evenodd\" fill=\"{colour}\"/></svg>"
    )
}

/// A site and a project of a logo of one `colour`, with more lines of `brand`.
fn world(colour: &str, brand: &str) -> World {
    let world = World::new(Year::Y2026, &format!("{BRAND}{brand}"));
    world.asset("logo.svg", logo(colour).as_bytes());
    world
}

/// The colour in the corner of each opaque picture that has a place here: of Apple's, and of those in our folder.
fn corners(world: &World) -> Vec<String> {
    let ours = fs::read_dir(world.web("images/rebrand")).unwrap().map(|entry| entry.unwrap().path());
    let opaque = |name: &str| name.starts_with("icon-mask-") || name.starts_with("social-");
    let ours = ours.filter(|path| opaque(path.file_name().unwrap().to_str().unwrap()));
    let corner = |path| {
        let [red, green, blue, _] = image::open(path).unwrap().into_rgba8().get_pixel(0, 0).0;
        format!("#{red:02x}{green:02x}{blue:02x}")
    };
    ours.chain([world.web(SHIPPED[0])]).map(corner).collect()
}

#[test]
fn a_logo_that_hardly_shows_on_white_takes_another_ground() {
    let cases = [
        ("#ffffff", "", "#040404"),
        ("#fdfdf5", "[colors]\nbackground = \"#1b2b3b\"\ntheme = \"#703070\"\n", "#1b2b3b"),
        ("#ffffff", "[colors]\nbackground = \"rgb(250, 250, 250)\"\ntheme = \"#703070\"\n", "#703070"),
        ("#ffffff", "[colors]\ntheme = \"#ffffff\"\n", "#040404"),
    ];
    for (colour, brand, ground) in cases {
        let world = world(colour, brand);
        let run = world.run(&["apply", "--yes"]);
        let words =
            [format!("`logo.svg` hardly shows on #ffffff (0 % of it does), so these stand on {ground}")];
        run.is(0, &[&words[0], "home screen icon (Apple), app icon that is cut to a shape, picture of link"]);
        assert_eq!(run.said.matches("hardly shows").count(), 1, "{}", run.said);
        assert_eq!(corners(&world), [ground; 2]);
        world.run(&["apply", "--yes", "--locked"]).is(0, &["nothing to do"]);
        world.run(&["lock", "--check"]).is(0, &["hardly shows"]);
        world.run(&["check", "--monitor"]).is(0, &["OK"]);
    }
}

#[test]
fn a_logo_that_shows_stays_on_white() {
    for colour in ["#000000", "#f2a33a", "#35c4b0", "#7dbb42"] {
        let world = world(colour, "[colors]\nbackground = \"#000000\"\n");
        let run = world.run(&["apply", "--yes"]);
        run.is(0, &[]);
        assert!(!run.said.contains("hardly shows"), "{}", run.said);
        assert_eq!(corners(&world), ["#ffffff"; 2]);
    }
}

#[test]
fn the_ground_that_the_owner_chose_stays_and_is_told_with_figures() {
    let white = world("#ffffff", "background = \"rgb(255, 255, 255)\"\n");
    let words = "hardly shows on #ffffff, which `logo.background` names (0 % of it does)";
    white.run(&["apply", "--yes"]).is(0, &[words]);
    assert_eq!(corners(&white), ["#ffffff"; 2]);
    // A colour that shines through is seen on white.
    let half = world("#ffffff", "background = \"rgba(0, 0, 0, 0.5)\"\n");
    let run = half.run(&["apply", "--yes"]);
    assert!(!run.said.contains("hardly shows"), "{}", run.said);
    assert_eq!(corners(&half), ["#7f7f7f"; 2]);
}

/// A newer program alone makes no lock stale: what is pinned on white stays there, until a person applies.
#[test]
fn what_is_pinned_stands_where_it_stood() {
    let world = world("#ffffff", "background = \"#ffffff\"\n");
    world.run(&["apply", "--yes"]).is(0, &[]);
    // The same recipes as those of a program that knew no other ground.
    world.asset("brand.toml", BRAND.as_bytes());
    world.run(&["apply", "--yes", "--locked"]).is(0, &["nothing to do"]);
    assert_eq!(corners(&world), ["#ffffff"; 2]);
    world.run(&["apply", "--yes"]).is(0, &["so these stand on #040404", "applied"]);
    assert_eq!(corners(&world), ["#040404"; 2]);
}

#[test]
fn a_logo_is_judged_on_the_background_of_meetings() {
    let faint = |colour, brand| {
        let run = world(colour, brand).run(&["apply", "--yes"]);
        run.is(0, &[]);
        let lines = run.said.lines().filter_map(|line| line.strip_prefix("warning: logo: only "));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    // Upstream's own ground of meetings.
    assert_eq!(faint("#000000", ""), ["0 % of it stands out on #040404"]);
    // Beside meetings it is on the welcome page and before a meeting, whose ground nobody chooses.
    assert_eq!(faint("#000000", "[colors]\nbackground = \"#fff\"\n"), ["0 % of it stands out on #131519"]);
    let white = ["0 % of it stands out on #fafafa"];
    assert_eq!(faint("#ffffff", "[colors]\nbackground = \"rgb(250, 250, 250)\"\n"), white);
    assert_eq!(faint("#ffffff", "[colors]\nbackground = \"#1b1b1b\"\n"), [""; 0]);
    let one = "[sites.\"meet.example\"]\ncolors.background = \"#222222\"\n";
    let dark = ["#222222", "#040404", "#131519"].map(|ground| format!("0 % of it stands out on {ground}"));
    assert_eq!(faint("#101010", one), dark, "one host has its own, the others upstream's");
}
