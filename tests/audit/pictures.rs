//! Pictures count by what refers to them, and by what is known of the file.

use crate::{CONFIG, Site, is, one};

#[test]
fn a_logo_is_found_by_the_key_that_names_it() {
    let site = Site::branded()
        .with("defaultLogoUrl: 'images/rebrand/logo.svg'", "defaultLogoUrl: '/images/watermark.svg'");
    let place = "meetings | config.js `defaultLogoUrl` of jitsi.example.org | logo: `images/watermark.svg`,";
    is(&site, &[&format!("{place} upstream's own | logo.source")]);
    let mut unknown = site.clone();
    unknown.files.clear();
    is(&unknown, &[&format!("{place} upstream's own, unless somebody replaced the file | logo.source")]);
    let mut replaced = site.clone();
    replaced.files.insert("images/watermark.svg".to_owned(), false);
    is(&replaced, &[]);
    is(&site.clone().with("SHOW_JITSI_WATERMARK: true", "SHOW_JITSI_WATERMARK: false"), &[]);
    is(&site.clone().with("bosh:", "dynamicBrandingUrl: 'https://publiccode.net/brand.json', bosh:"), &[]);
    is(&site.with("/images/watermark.svg", ""), &[]);
}

#[test]
fn the_built_in_logo_counts_where_no_key_is_set() {
    let bare = Site::branded().with("    defaultLogoUrl: 'images/rebrand/logo.svg',\n", "");
    is(
        &bare,
        &["meetings | config.js `defaultLogoUrl` of jitsi.example.org (unset) | \
           logo: `images/watermark.svg`, upstream's own | logo.source"],
    );
    let both = bare.with("    DEFAULT_WELCOME_PAGE_LOGO_URL: 'images/rebrand/logo.svg',\n", "");
    assert_eq!(both.lines().len(), 2);
    assert!(both.lines()[0].starts_with("welcome page | config.js `defaultLogoUrl`"), "{:?}", both.lines());
    // Before there was a key, the style of the page named the file.
    let old = Site {
        day: Some("2020-04-16"),
        files: [("images/watermark.png".to_owned(), true)].into(),
        hosts: one(crate::HOST, CONFIG),
        ..both
    };
    assert_eq!(
        old.lines(),
        [
            "welcome page | images/watermark.png | logo on the welcome page: `images/watermark.png`, upstream's own | \
             logo.source",
            "meetings | images/watermark.png | logo: `images/watermark.png`, upstream's own | logo.source",
        ]
    );
}

#[test]
fn the_pictures_of_a_page_are_found_by_their_element() {
    let site = Site::branded();
    is(
        &site.clone().with("images/rebrand/icon.svg", "images/favicon.svg"),
        &[
            "browser tab | title.html `link[rel=icon]` | favicon as a drawing: `images/favicon.svg`, upstream's own | \
           logo.source",
        ],
    );
    is(
        &site.clone().with("images/rebrand/jitsi-social.png", "images/jitsilogo.png?v=1"),
        &["link previews | title.html `meta[property=og:image]` | \
           picture of link previews: `images/jitsilogo.png`, upstream's own | logo.source"],
    );
    is(
        &site.with("-->/images/rebrand/social.png", "-->/images/jitsilogo.png"),
        &["link previews | title.html `meta[itemprop=image]` | \
           picture of link previews: `images/jitsilogo.png`, upstream's own | logo.source"],
    );
}

#[test]
fn the_icons_of_the_manifest_are_found_by_their_shape() {
    let left = Site::branded().with("images/rebrand/icon-mask.png", "static/pwa/icons/iconMask.png");
    is(
        &left,
        &["installed app | manifest.json `icons[1].src` | app icon that is cut to a shape: \
           `static/pwa/icons/iconMask.png`, upstream's own, unless somebody replaced the file | logo.source"],
    );
}

#[test]
fn files_with_names_that_nothing_changes_are_found_where_they_are_shown() {
    let mut site = Site::branded();
    for name in ["images/logo-deep-linking.png", "images/apple-touch-icon.png", "images/rightwatermark.png"] {
        site.files.insert(name.to_owned(), true);
    }
    let app = "installed app | images/apple-touch-icon.png | home screen icon (Apple): \
               `images/apple-touch-icon.png`, upstream's own | logo.source";
    let phone = "pages that lead to the app | images/logo-deep-linking.png | logo of the page that opens the app: \
                 `images/logo-deep-linking.png`, upstream's own | logo.source";
    is(&site, &[app, phone]);
    is(&site.clone().with("deeplinking: {", "deeplinking: { hideLogo: true,"), &[app]);
    assert_eq!(site.with("APP_NAME", "SHOW_BRAND_WATERMARK: true, APP_NAME").lines().len(), 3);
}
