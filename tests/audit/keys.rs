//! Keys: what the client of an age takes for them, and what that says.

use crate::{CONFIG, Site, is, one};

#[test]
fn names_are_found_by_their_key() {
    let site = Site::branded();
    is(
        &site.clone().with("APP_NAME: 'Public Code Meet'", "APP_NAME: 'Jitsi Meet'"),
        &["browser tab | interface_config.js `APP_NAME` | Jitsi Meet | brand.name"],
    );
    is(
        &site.clone().with("'Foundation for Public Code'", "'Jitsi'"),
        &["invitations | interface_config.js `PROVIDER_NAME` | Jitsi | brand.provider"],
    );
    is(
        &site.clone().with("bosh:", "inviteAppName: 'My Jitsi', bosh:"),
        &["invitations | config.js `inviteAppName` of jitsi.example.org | My Jitsi | brand.name"],
    );
    is(
        &site.clone().with("fellow Public Coder", "Fellow Jitster"),
        &[
            "meetings | config.js `defaultRemoteDisplayName` of jitsi.example.org | Fellow Jitster | people.remote",
        ],
    );
    is(
        &site.with("CLOSE_PAGE_GUEST_HINT: false", "CLOSE_PAGE_GUEST_HINT: 'Try <b>Jitsi</b>'"),
        &["page after the call | interface_config.js `CLOSE_PAGE_GUEST_HINT` | Try <b>Jitsi</b> | \
           patches/interface_config.toml CLOSE_PAGE_GUEST_HINT"],
    );
}

#[test]
fn links_are_found_by_where_they_lead() {
    let site = Site::branded();
    is(
        &site.clone().with("LINK: 'https://publiccode.net/'", "LINK: 'https://jitsi.org'"),
        &["links | interface_config.js `JITSI_WATERMARK_LINK` | https://jitsi.org | brand.home"],
    );
    is(
        &site.clone().with("https://jitsi.example.org/help", "https://community.jitsi.org/"),
        &["links | interface_config.js `SUPPORT_URL` | https://community.jitsi.org/ | brand.support"],
    );
    let links = "legalUrls: { terms: 'https://jitsi.org/meet/terms', privacy: 'https://publiccode.net/privacy' }, \
                 deploymentUrls: { downloadAppsUrl: 'https://8x8.vc/apps' }, \
                 liveStreaming: { helpLink: 'https://jitsi.org/live' }, bosh:";
    is(
        &site.with("bosh:", links),
        &[
            "links | config.js `deploymentUrls.downloadAppsUrl` of jitsi.example.org | https://8x8.vc/apps | \
             patches/config.toml deploymentUrls.downloadAppsUrl",
            "links | config.js `legalUrls.terms` of jitsi.example.org | https://jitsi.org/meet/terms | brand.terms",
            "links | config.js `liveStreaming.helpLink` of jitsi.example.org | https://jitsi.org/live | \
             brand.streaming-help",
        ],
    );
}

#[test]
fn the_client_s_own_words_count_where_nothing_is_set() {
    let bare = Site::branded().with("    defaultRemoteDisplayName: 'fellow Public Coder',\n", "");
    let name = "meetings | config.js `defaultRemoteDisplayName` of jitsi.example.org (unset) | Fellow Jitster | \
                people.remote";
    is(&bare, &[name]);
    is(&Site::branded().with("'fellow Public Coder'", "''"), &[name]);
    is(&bare.clone().on("2021-11-25"), &[]);
    is(&Site { day: None, ..bare.clone() }, &[]);
    is(&bare.with("APP_NAME", "DEFAULT_REMOTE_DISPLAY_NAME: 'Guest', APP_NAME"), &[]);
    let streaming = Site::branded().with("bosh:", "liveStreaming: { enabled: true }, bosh:");
    is(
        &streaming,
        &[
            "links | config.js `liveStreaming.helpLink` of jitsi.example.org (unset) | https://jitsi.org/live | \
           brand.streaming-help",
        ],
    );
    is(&streaming.with("enabled: true", "enabled: false"), &[]);
}

#[test]
fn an_object_switches_old_names_off_and_a_switch_hides_them() {
    let without = CONFIG.split_once(",\n    deeplinking").unwrap().0.to_owned() + "\n};\n";
    let site = Site { hosts: one(crate::HOST, &without), ..Site::branded() };
    let unset = |device: &str| {
        format!(
            "pages that lead to the app | config.js `deeplinking.{device}.appName` of jitsi.example.org (unset) | \
             Jitsi Meet | brand.name"
        )
    };
    assert_eq!(site.lines(), ["android", "desktop", "ios"].map(unset));
    is(&site.clone().on("2022-12-19"), &[]);
    let named = site.clone().with("APP_NAME", "NATIVE_APP_NAME: 'Public Code Meet', APP_NAME");
    is(&named, &[]);
    assert_eq!(named.clone().with("bosh:", "deeplinking: { hideLogo: true }, bosh:").lines().len(), 4);
    is(&site.clone().with("bosh:", "disableDeepLinking: true, bosh:"), &[]);
    is(&site.clone().with("bosh:", "deeplinking: { disabled: true }, bosh:"), &[]);
    is(
        &named.with("NATIVE_APP_NAME: 'Public Code Meet'", "NATIVE_APP_NAME: 'Jitsi Meet'"),
        &["pages that lead to the app | interface_config.js `NATIVE_APP_NAME` | Jitsi Meet | brand.name"],
    );
}

#[test]
fn of_an_old_and_a_new_key_the_one_that_counts_is_looked_at() {
    let old = "DEFAULT_REMOTE_DISPLAY_NAME: 'Fellow Jitster', LIVE_STREAMING_HELP_LINK: 'https://jitsi.org/live', APP_NAME";
    let site = Site::branded().with("APP_NAME", old);
    is(&site, &[]);
    let name =
        "meetings | interface_config.js `DEFAULT_REMOTE_DISPLAY_NAME` | Fellow Jitster | people.remote";
    let link = "links | interface_config.js `LIVE_STREAMING_HELP_LINK` | https://jitsi.org/live | brand.streaming-help";
    is(&site.clone().on("2022-02-01"), &[link]);
    // A client of that day does not know the new key, whatever it holds.
    is(&site.on("2021-06-01"), &[name, link]);
}

#[test]
fn every_host_is_looked_at_and_what_they_share_is_told_once() {
    let mut site = Site::branded().with("APP_NAME: 'Public Code Meet'", "APP_NAME: 'Jitsi Meet'");
    site.hosts
        .insert("other.example.org".to_owned(), CONFIG.replace("fellow Public Coder", "Fellow Jitster"));
    is(
        &site,
        &[
            "browser tab | interface_config.js `APP_NAME` | Jitsi Meet | brand.name",
            "meetings | config.js `defaultRemoteDisplayName` of other.example.org | Fellow Jitster | people.remote",
        ],
    );
}

#[test]
fn nothing_is_claimed_of_what_only_the_client_would_tell() {
    is(&Site::branded().with("'fellow Public Coder'", "window.name || 'Fellow Jitster'"), &[]);
    let open = Site::branded()
        .with("    defaultRemoteDisplayName: 'fellow Public Coder',\n", "    ...window.more,\n");
    assert!(!open.lines().iter().any(|line| line.contains("Jitster")), "{:?}", open.lines());
}

#[test]
fn the_phone_page_and_the_store_badges_are_told_while_they_lead_to_upstreams_app() {
    let app = "https://play.google.com/store/apps/details?id=org.jitsi.meet";
    let badges = format!(
        "welcome page | interface_config.js `DISPLAY_WELCOME_FOOTER` | store badges of the app: {app} | phones.app"
    );
    let page = |key: &str| {
        format!(
            "pages that lead to the app | config.js `{key}` of jitsi.example.org | phones are asked to join in the app: {app} | phones.app"
        )
    };
    let unset = |key: &str| page(key).replace("example.org |", "example.org (unset) |");
    let site = Site::branded().with("APP_NAME", "DISPLAY_WELCOME_FOOTER: true, APP_NAME");
    is(&site, &[]);
    let site =
        site.with("downloadLink: 'https://publiccode.net/app', f", &format!("downloadLink: '{app}', f"));
    is(&site, &[&badges, &unset("deeplinking.disabled")]);
    is(&site.clone().with("FOOTER: true", "FOOTER: false"), &[&unset("deeplinking.disabled")]);
    is(
        &site.clone().with("desktop:", "disabled: false, desktop:"),
        &[&badges, &page("deeplinking.disabled")],
    );
    is(&site.clone().with("desktop:", "disabled: true, desktop:"), &[&badges]);
    let old = Site::branded()
        .with("LINK_ANDROID: 'https://publiccode.net/app'", &format!("LINK_ANDROID: '{app}'"))
        .on("2021-06-01");
    is(&old, &[&unset("disableDeepLinking")]);
    is(&old.clone().with("bosh:", "disableDeepLinking: true, bosh:"), &[]);
    is(
        &Site { day: None, ..Site::branded().with("APP_NAME", "DISPLAY_WELCOME_FOOTER: true, APP_NAME") },
        &[],
    );
}
