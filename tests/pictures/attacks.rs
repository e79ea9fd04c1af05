//! Sources that would take all memory or all time, and what is said of them. The process that draws is held; the
//! program says one clear thing, and nothing is written.

use rebrand::demo::sites::Year;

use crate::{BRAND, World};

fn refused(svg: &str, words: &[&str]) {
    let world = World::new(Year::Y2026, BRAND);
    world.asset("logo.svg", svg.as_bytes());
    let before = world.files();
    world.run(&["apply", "--yes"]).is(2, words);
    assert_eq!(world.files(), before, "nothing is written");
    assert!(!world.brand().join("brand.lock").exists());
}

fn filtered(filter: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 2000 2000\"><filter id=\"f\">{filter}</filter>\
         <rect width=\"2000\" height=\"2000\" filter=\"url(#f)\"/></svg>"
    )
}

#[test]
fn a_filter_that_never_ends_is_stopped() {
    let words = ["failed to make pictures of `logo.svg`", "without filters"];
    refused(&filtered("<feTurbulence baseFrequency=\".05\" numOctaves=\"100000\"/>"), &words);
}

#[test]
fn a_web_page_in_the_place_of_a_picture_is_told() {
    refused("<!doctype html><html><body>log in</body></html>", &["is a web page, not a picture"]);
}

#[test]
fn entities_that_explode_are_refused() {
    let entity = "x".repeat(100_000);
    let uses = "&a;".repeat(20_000);
    let svg = format!(
        "<!DOCTYPE svg [<!ENTITY a \"{entity}\">]><svg xmlns=\"http://www.w3.org/2000/svg\"><desc>{uses}</desc></svg>"
    );
    refused(&svg, &["entities"]);
}

#[test]
fn text_in_a_font_that_is_not_there_is_told_by_name() {
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 90 30\">\
               <text y=\"20\" font-family=\"Fancy Sans\">Public Code</text></svg>";
    refused(svg, &["`Fancy Sans`", "draw the text as paths"]);
}
