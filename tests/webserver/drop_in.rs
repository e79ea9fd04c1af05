//! Whether a drop-in in the folder that upstream's site files include would be honoured.

use rebrand::webserver::nginx::{Config, DropIn, NoDropIn};

use super::site::Site;

const PATHS: [&str; 2] = ["/interface_config.js", "/title.html"];
const INCLUDE: &str = "include /etc/jitsi/meet/jaas/*.conf;";

fn asked(http: &str) -> Result<DropIn, NoDropIn> {
    let site = Site::new(&["web/index.html"]);
    site.put("etc/nginx/nginx.conf", &format!("http {{ {http} }}"));
    site.with(|disk| {
        let config = Config::read(disk, &format!("{}/etc/nginx/nginx.conf", site.folder())).unwrap();
        config.drop_in(disk, "meet.example.org", &PATHS)
    })
}

fn server(name: &str, inside: &str) -> String {
    format!("server {{ listen 443 ssl; server_name {name}; {inside} }} ")
}

#[test]
fn a_site_of_today_honours_one() {
    let found = asked(&server("meet.example.org", INCLUDE)).unwrap();
    assert_eq!(found.folder, "/etc/jitsi/meet/jaas");
    assert_eq!(found.hosts, ["meet.example.org"]);
}

#[test]
fn every_host_that_shares_it_is_named() {
    let both = server("meet.example.org", INCLUDE) + &server("other.example.org", INCLUDE);
    assert_eq!(asked(&both).unwrap().hosts, ["meet.example.org", "other.example.org"]);
}

#[test]
fn an_old_site_has_no_folder() {
    let other = server("meet.example.org", "") + &server("other.example.org", INCLUDE);
    assert!(matches!(asked(&other), Err(NoDropIn::NotIncluded { host, .. }) if host == "meet.example.org"));
    assert!(matches!(asked(""), Err(NoDropIn::NoServer(_))));
    assert!(matches!(asked(&server("other.example.org", INCLUDE)), Err(NoDropIn::NoServer(_))));
}

#[test]
fn every_port_that_sends_the_host_s_pages_includes_it() {
    let on = |port: &str, inside: &str| {
        format!("server {{ listen {port}; server_name meet.example.org; root @/web; {inside} }} ")
    };
    assert!(asked(&(on("443 ssl", INCLUDE) + &on("8443 ssl", INCLUDE))).is_ok());
    let second = asked(&(on("443 ssl", INCLUDE) + "\n" + &on("8443 ssl", "")));
    assert!(matches!(second, Err(NoDropIn::NotIncluded { place, .. }) if place.line == 2));
    for aside in ["return 301 https://$host$request_uri;", "location / { return 404; }"] {
        assert!(asked(&(on("443 ssl", INCLUDE) + &on("80", aside))).is_ok(), "{aside}");
    }
}

#[test]
fn a_location_that_is_there_would_stop_nginx() {
    let taken = format!("{INCLUDE} location = /title.html {{ alias /srv/title.html; }}");
    assert!(
        matches!(asked(&server("meet.example.org", &taken)), Err(NoDropIn::Taken { path, .. }) if path == "/title.html")
    );
    let theirs = server("meet.example.org", INCLUDE) + &server("other.example.org", &taken);
    assert!(matches!(asked(&theirs), Err(NoDropIn::Taken { .. })), "also at another host that shares it");
    let pattern =
        format!("{INCLUDE} location ~ title {{ return 404; }} location /title.html {{ return 404; }}");
    assert!(asked(&server("meet.example.org", &pattern)).is_ok(), "an exact one wins over these");
}

/// An exact location has nothing of the one that had its path before.
#[test]
fn what_keeps_people_out_is_not_gone_round() {
    for guard in ["auth_basic \"Who?\";", "allow 10.0.0.0/8; deny all;", "internal;"] {
        let inside = format!("{INCLUDE} location ~ ^/(.*)$ {{ {guard} alias /usr/share/jitsi-meet/$1; }}");
        assert!(matches!(asked(&server("meet.example.org", &inside)), Err(NoDropIn::Guarded(_))), "{guard}");
    }
    let whole = format!("{INCLUDE} auth_basic \"Who?\"; location /status {{ deny all; }}");
    assert!(asked(&server("meet.example.org", &whole)).is_ok(), "that holds for a drop-in too");
}

#[test]
fn what_decides_before_is_told() {
    for before in ["return 404;", "rewrite ^/title /x;", "if ($host = a) { return 404; }"] {
        let found = asked(&server("meet.example.org", &format!("{INCLUDE} {before}")));
        assert!(matches!(found, Err(NoDropIn::Before(_))), "{before}: {found:?}");
    }
    assert!(asked(&server("meet.example.org", &format!("{INCLUDE} rewrite ^/old /x;"))).is_ok());
    let away = asked(&server("meet.example.org", &format!("{INCLUDE} return 301 https://example.com/;")));
    assert!(matches!(away, Err(NoDropIn::NoServer(_))), "{away:?}");
}

#[test]
fn locations_have_no_place_outside_a_server() {
    let stray = format!("{INCLUDE} {}", server("meet.example.org", INCLUDE));
    assert!(matches!(asked(&stray), Err(NoDropIn::Elsewhere(_))));
    let nested = format!("{INCLUDE} location / {{ {INCLUDE} }}");
    assert!(matches!(asked(&server("meet.example.org", &nested)), Err(NoDropIn::Elsewhere(_))));
    assert!(matches!(
        asked("server { server_name meet.example.org"),
        Err(NoDropIn::Unread(_) | NoDropIn::NotIncluded { .. })
    ));
}
