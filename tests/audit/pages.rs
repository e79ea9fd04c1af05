//! Pages and `manifest.json`: titles, link previews, texts, links, and the app that is offered.

use crate::{Site, is, one};

#[test]
fn a_title_and_a_link_preview_are_found_by_their_element() {
    let site = Site::branded();
    is(
        &site.clone().with("<title>Public Code Meet", "<title>Jitsi Meet"),
        &["browser tab | title.html `title` | Jitsi Meet | brand.name"],
    );
    is(
        &site.clone().with("og:title\" content=\"Public Code", "og:title\" content=\"Jitsi"),
        &["link previews | title.html `meta[property=og:title]` | Jitsi Meet | brand.name"],
    );
    is(
        &site
            .clone()
            .with("meta description=\"Public Code Meet", "meta description=\"By the Jitsi Videobridge"),
        &["link previews | title.html `meta[description]` | By the Jitsi Videobridge | brand.description"],
    );
    let more = "<meta name=\"application-name\" content=\"Jitsi\">\n<title>";
    is(
        &site.with("<title>", more),
        &["link previews | title.html `meta[name=application-name]` | Jitsi | hunk title.html"],
    );
}

#[test]
fn what_people_read_of_a_page_is_found_and_nothing_else() {
    let site = Site::branded();
    is(
        &site.clone().with("Good <b>bye", "Thanks for  using\n Jitsi&nbsp;Meet <b>now"),
        &["page after the call | static/close.html | Thanks for using Jitsi Meet | hunk static/close.html"],
    );
    is(
        &site.clone().with("alt=\"logo\"", "alt='Jitsi logo'"),
        &["page after the call | static/close.html | Jitsi logo | hunk static/close.html"],
    );
    is(
        &site.clone().with("https://publiccode.net/jitsi", "https://jitsi.org/"),
        &["links | static/close.html `a[href]` | https://jitsi.org/ | hunk static/close.html"],
    );
    is(
        &Site { pages: one("body.html", "<p>Welcome to jitsi.example.org, a JITSI"), ..site },
        &["other pages | body.html | Welcome to jitsi.example.org, a JITSI | hunk body.html"],
    );
}

#[test]
fn a_page_of_its_own_has_a_title_that_the_name_mends() {
    let page = |title: &str| Site {
        pages: one("static/secondScreen.html", &format!("<title>{title}</title>")),
        ..Site::branded()
    };
    is(&page("Jitsi Meet"), &["other pages | static/secondScreen.html `title` | Jitsi Meet | brand.name"]);
    is(
        &page("Powered by Jitsi"),
        &[
            "other pages | static/secondScreen.html `title` | Powered by Jitsi | hunk static/secondScreen.html",
        ],
    );
}

#[test]
fn the_manifest_names_an_app_and_offers_another() {
    let site = Site::branded();
    is(
        &site
            .clone()
            .with("\"name\": \"Public Code Meet\"", "\"name\": \"Jitsi Meet\", \"description\": \"Jitsi\""),
        &[
            "installed app | manifest.json `description` | Jitsi | brand.description",
            "installed app | manifest.json `name` | Jitsi Meet | brand.name",
        ],
    );
    is(
        &site.clone().with("\"Public Code\"", "\"Jitsi\""),
        &["installed app | manifest.json `short_name` | Jitsi | brand.short-name"],
    );
    let offered = site.with("applications\": []", "applications\": [{ \"id\": \"org.jitsi.meet\" }]");
    is(&offered, &[]);
    is(
        &offered.with("\"prefer_related_applications\": false", "\"prefer_related_applications\": true"),
        &["installed app | manifest.json `related_applications` | \
           the browser offers the app `org.jitsi.meet` instead | brand.name"],
    );
}
