//! `check --url` of a site below a path: it asks for what the page asks for, resolved as a browser does.

use rebrand::demo::sites::Year;

use crate::visit::{Server, Site, only_with, says, visited, with};
use crate::world::{BRAND, HOST, World};

/// A site that is served below `/meet/`, with `base` in its base.html, and the English strings of dynamic branding.
fn below_a_path(base: &str, config: &dyn Fn(String) -> String) -> (World, Site, Site) {
    let world = World::new(Year::Y2026, &BRAND.replace("[brand]", "[brand]\nname = \"Public Code Meet\""));
    world.put("usr/share/jitsi-meet/base.html", format!("<base href=\"{base}\" />\n"));
    world.put(
        "usr/share/jitsi-meet/lang/main.json",
        "{ \"welcomepage\": { \"headerTitle\": \"Jitsi Meet\" } }\n",
    );
    world.put(HOST, config(world.text(HOST)));
    let site = only_with(&world, HOST);
    world.run(&["apply", "--yes"]).is(0);
    let served = Site { web: site.web.clone(), config: site.config.clone() };
    (world, site, served)
}

/// What a visit of `/meet/` says, where nothing else is served.
fn visited_below(status: i32, base: &str, config: &dyn Fn(String) -> String) -> (World, String) {
    let (world, site, files) = below_a_path(base, config);
    let server = Server::new(site, move |name| {
        let found = name.strip_prefix("meet/").and_then(|name| files.served(name));
        Some(found.map_or_else(
            || b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n".to_vec(),
            |bytes| with(&bytes, ""),
        ))
    });
    let run = world.run(&["check", "--url", &format!("{}meet/", server.url())]);
    run.is(status);
    let told = run.err.clone();
    (world, told)
}

#[test]
fn a_site_below_a_path_is_asked_for_what_its_page_asks_for_and_gets_it() {
    let (world, told) = visited_below(0, "/meet/", &|config| config);
    says(&told, &["are as wished"]);
    assert!(
        world.text(HOST).contains("dynamicBrandingUrl: 'images/rebrand/branding-"),
        "{}",
        world.text(HOST)
    );
    let title = world.text("usr/share/jitsi-meet/title.html");
    assert!(title.contains("https://meet.publiccode.net/meet/images/rebrand/"), "{title}");
}

#[test]
fn what_the_page_asks_for_past_its_path_is_found_missing() {
    let own = |config: String| {
        config.replace("var config = {", "var config = {\n    dynamicBrandingUrl: '/own.json',")
    };
    let (_, told) = visited_below(1, "/meet/", &own);
    says(
        &told,
        &[
            "/own.json`, for which `dynamicBrandingUrl` of meet.publiccode.net asks, does not come: the server answers 404",
        ],
    );
    says(&told, &["leads past the path"]);
    assert_eq!(told.matches("error").count(), 1, "{told}");
    // A page whose base is not where it lies finds none of its files.
    let (_, told) = visited_below(1, "/", &|config| config);
    says(&told, &["/images/rebrand/branding-", "the server answers 404"]);
}

#[test]
fn what_an_answer_of_dynamic_branding_names_is_asked_for() {
    let own = |config: String| {
        config.replace("var config = {", "var config = {\n    dynamicBrandingUrl: 'own.json',")
    };
    let (world, site, _) = below_a_path("/", &own);
    world.put(
        "usr/share/jitsi-meet/own.json",
        "{ \"logoImageUrl\": \"images/gone.svg\", \"labels\": { \"de\": \"https://example.org/de.json\", \"en\": \"/en.json\" } }",
    );
    let told = visited((world, site), 1, |_| None);
    says(
        &told,
        &[
            "/images/gone.svg`, for which `logoImageUrl` of dynamic branding asks",
            "/en.json`, for which `labels.en`",
        ],
    );
    assert_eq!(told.matches("error").count(), 2, "{told}");
}
