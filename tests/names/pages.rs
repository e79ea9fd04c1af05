//! Pages, `manifest.json`, and pieces of the owner's own.

use std::fs;

use crate::{BRAND, World, write};

#[test]
fn titles_and_link_previews_say_the_name_and_the_description() {
    let world = World::named("[brand]\nname = \"Public Code Meet\"\ndescription = \"Video calls\"\n");
    let before = world.text("title.html");
    let after = world.round(|world| world.text("title.html"));
    assert!(after.contains("<title>Public Code Meet</title>"));
    assert!(after.contains("og:description\" content=\"Video calls\""));
    assert_eq!(after.lines().count(), before.lines().count());
    // Without a description it is the name.
    let world = World::named(BRAND);
    assert!(
        world
            .round(|world| world.text("title.html"))
            .contains("og:description\" content=\"Public Code Meet\"")
    );
}

#[test]
fn the_manifest_offers_no_other_app_unless_phones_are_led_to_it() {
    let colors = "[colors]\nbackground = \"#123\"\ntheme = \"#456\"\n";
    let world = World::named(&format!("{BRAND}short-name = \"PC\"\n{colors}"));
    let manifest = world.round(|world| world.json("manifest.json"));
    assert_eq!(manifest["short_name"], "PC");
    assert_eq!(manifest["prefer_related_applications"], false);
    assert_eq!(manifest["related_applications"], serde_json::json!([]));
    assert_eq!((&manifest["background_color"], &manifest["theme_color"]), (&"#123".into(), &"#456".into()));
    let world = World::named(&format!("{BRAND}[phones]\napp = true\n"));
    assert_eq!(world.round(|world| world.json("manifest.json"))["prefer_related_applications"], true);
}

#[test]
fn pieces_of_ones_own_come_at_the_end_of_the_fragments() {
    let world = World::named(
        "[page]\ncss = \"own.css\"\nhead = \"head.html\"\nbody = \"body.html\"\n[colors]\ntheme = \"#2a3a4b\"\n\
         [logo]\nsource = \"logo.svg\"\nwide = true\n",
    );
    world.asset("own.css", b"body { color: red }\n");
    world.asset("head.html", b"<script src=\"/x.js\"></script>");
    world.asset("body.html", b"<p>Hello</p>\n");
    let said = world.run(&["status"]).said;
    assert!(!said.contains("shows at only"), "the box is wide: {said}");
    world.round(|world| {
        let head = "<meta name=\"theme-color\" content=\"#2a3a4b\">\n<script src=\"/x.js\"></script>\n";
        assert_eq!(world.text("head.html"), head);
        assert_eq!(world.text("body.html"), "<!-- ours -->\n<p>Hello</p>\n");
        let link = world.text("plugin.head.html");
        let name = link.split("href=\"").nth(1).unwrap().split('"').next().unwrap();
        let style = world.text(name);
        assert!(style.ends_with("body { color: red }\n"), "{style}");
        assert!(
            style.starts_with(".leftwatermark { width: 70px !important; height: 70px !important }"),
            "{style}"
        );
    });
}

#[test]
fn a_square_logo_is_told_with_the_way_to_a_wider_box() {
    let world = World::named("[logo]\nsource = \"logo.svg\"\n");
    world.run(&["status"]).is(1, &["shows at only 32×32 px", "`logo.wide = true`"]);
}

#[test]
fn a_piece_that_would_swallow_the_page_is_refused() {
    let world = World::named("[page]\nhead = \"head.html\"\n");
    world.asset("head.html", b"<!-- never closed");
    let before = world.files();
    world.run(&["apply", "--yes"]).is(1, &["`head.html` the comment that opens here is not closed"]);
    assert_eq!(world.files(), before);
    world.asset("brand.toml", b"[page]\ncss = \"own.css\"\n");
    world.asset("own.css", b"p { content: '\xff' }\n");
    world.run(&["apply", "--yes"]).is(1, &["`own.css` is not UTF-8"]);
    world.asset("brand.toml", b"[page]\nhead = \"nowhere.html\"\n");
    world.run(&["apply", "--yes"]).is(2, &["nowhere.html", "put the file into `brand/`"]);
}

#[test]
fn a_wish_without_its_place_is_told() {
    let world = World::named("[page]\nbody = \"body.html\"\n[brand]\ndescription = \"x\"\n");
    world.asset("body.html", b"<p>Hello</p>\n");
    for page in ["body.html", "title.html"] {
        fs::remove_file(world.web(page)).unwrap();
    }
    let words = ["`page.body` is not here", "`brand.description` is not here"];
    world.run(&["apply", "--yes"]).is(0, &words);
    world.run(&["check", "--strict"]).is(1, &[]);
}

#[test]
fn what_somebody_did_to_a_page_since_stays() {
    let world = World::named(&format!("{BRAND}[colors]\ntheme = \"#2a3a4b\"\n"));
    let by_hand =
        |page: &str| page.replace("og:image", "og:picture") + "<meta name=\"robots\" content=\"none\">\n";
    let shipped = world.text("title.html");
    world.run(&["apply", "--yes"]).is(0, &[]);
    let page = by_hand(&world.text("title.html"));
    write(&world.web("title.html"), page.as_bytes());
    write(&world.web("head.html"), format!("<!-- mine -->\n{}", world.text("head.html")).as_bytes());
    world.run(&["status"]).is(0, &["drifted"]);
    world.asset("brand.toml", BRAND.replace("Code", "Money").as_bytes());
    world.run(&["apply", "--yes"]).is(0, &[]);
    assert_eq!(world.text("title.html"), page.replace("Code", "Money"));
    assert_eq!(world.text("head.html"), "<!-- mine -->\n");
    world.run(&["restore", "--yes"]).is(0, &[]);
    assert_eq!(world.text("title.html"), by_hand(&shipped), "ours is taken back, theirs stays");
    assert_eq!(world.text("head.html"), "<!-- mine -->\n");
}

#[test]
fn a_page_that_the_package_did_not_bring_so_is_refused_until_it_is_accepted() {
    let world = World::named(BRAND);
    let sums = format!("{}  usr/share/jitsi-meet/title.html\n", "0".repeat(32));
    write(&world.site().join("var/lib/dpkg/info/jitsi-meet-web.md5sums"), sums.as_bytes());
    let before = world.files();
    world
        .run(&["apply", "--yes"])
        .is(1, &["title.html` is not the file that the package brought", "--accept-base"]);
    assert_eq!(world.files(), before);
    world.run(&["apply", "--yes", "--accept-base"]).is(0, &["applied"]);
    world.run(&["status"]).is(0, &["was taken as it was"]);
}

#[test]
fn hosts_that_share_a_page_have_one_name() {
    let world = World::named(
        "[brand]\nname = \"One\"\n[sites.\"meet.publiccode.net\"]\nbrand.description = \"Two\"\n",
    );
    let words = [
        "`brand.description` differs between the hosts here, which share `title.html`",
        "a web root of its own",
    ];
    world.run(&["apply", "--yes"]).is(1, &words);
}

#[test]
fn an_invitation_that_has_a_name_of_its_own_gets_the_brands() {
    let world = World::named(BRAND);
    let host = "etc/jitsi/meet/meet.publiccode.net-config.js";
    let config = fs::read_to_string(world.site().join(host)).unwrap();
    let own = config.replace("var config = {", "var config = {\n    inviteAppName: 'Jitsi Meet',");
    write(&world.site().join(host), own.as_bytes());
    world.round(|world| {
        let config = fs::read_to_string(world.site().join(host)).unwrap();
        assert!(config.contains("inviteAppName: 'Public Code Meet'"));
        let other = world.site().join("etc/jitsi/meet/meet.community.publiccode.net-config.js");
        assert!(
            !fs::read_to_string(other).unwrap().contains("inviteAppName: 'Public"),
            "it is the name of the client anyway"
        );
    });
}

#[test]
fn what_an_old_file_says_of_the_app_is_carried_along_when_its_block_is_made() {
    let world = World::named(BRAND);
    let shared = "usr/share/jitsi-meet/interface_config.js";
    let text = fs::read_to_string(world.site().join(shared)).unwrap();
    let own = text
        .replace("var interfaceConfig = {", "var interfaceConfig = {\n    APP_SCHEME: 'org.example.meet',");
    write(&world.site().join(shared), own.as_bytes());
    world.run(&["apply", "--yes"]).is(0, &[]);
    let host = world.site().join("etc/jitsi/meet/meet.publiccode.net-config.js");
    let config = fs::read_to_string(host).unwrap();
    assert_eq!(config.matches("appScheme: 'org.example.meet'").count(), 2, "{config}");
}

#[test]
fn a_fragment_that_index_html_does_not_bring_in_carries_nothing() {
    let world = World::named("[colors]\ntheme = \"#2a3a4b\"\n");
    fs::remove_file(world.web("manifest.json")).unwrap();
    write(
        &world.web("index.html"),
        b"<html><head><!--#include virtual=\"plugin.head.html\" --></head></html>",
    );
    world.run(&["apply", "--yes"]).is(0, &["`colors.theme` is not here"]);
    assert_eq!(world.text("head.html"), "");
    write(&world.web("index.html"), b"<html><head><!--#include virtual=\"head.html\" --></head></html>");
    world.run(&["apply", "--yes"]).is(0, &["applied"]);
}
