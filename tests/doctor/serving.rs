//! What nginx sends in place of the brand.

use std::fs;

use super::site::{HOST, SITE_FILE, Site, server};
use crate::skip::skip;

#[test]
fn nothing_is_told_of_a_healthy_site() {
    let site = Site::with("");
    let told = site.told();
    told.is(0, &[]);
    let sent = |host: &str, address: &str| {
        let one = told.sent.iter().find(|sent| sent["host"] == host && sent["address"] == address).unwrap();
        one["answer"]["file"].as_str().unwrap().to_owned()
    };
    assert_eq!(sent(HOST, "/"), "/usr/share/jitsi-meet/index.html");
    assert_eq!(sent(HOST, "/config.js"), format!("/etc/jitsi/meet/{HOST}-config.js"));
    assert_eq!(sent(HOST, "/images/watermark.svg"), "/usr/share/jitsi-meet/images/watermark.svg");
    site.world.run(&["doctor"]).is(0, &["nothing is wrong"]);
}

#[test]
fn a_frozen_copy_is_told_with_both_paths() {
    let site = Site::with("location = /interface_config.js { alias /etc/jitsi/meet/interface_config.js; }");
    site.put("etc/jitsi/meet/interface_config.js", "var interfaceConfig = {};");
    let told = site.told();
    told.is(1, &[("error", "sends `/etc/jitsi/meet/interface_config.js` for `/interface_config.js`")]);
    told.at(&format!("/{}", SITE_FILE.replace("available", "enabled")), 6);
    let words = ["error: nginx sends", "/usr/share/jitsi-meet/interface_config.js", "alias", "why:", "hint:"];
    site.world.run(&["--color", "never", "doctor"]).is(1, &words);
}

#[test]
fn a_second_port_of_a_host_is_asked_too() {
    let site = Site::with("");
    let second = |root: &str| {
        let second = server(HOST, "").replace("443", "8443").replace("listen 80", "listen 8080");
        let second = second.replace("root /usr/share/jitsi-meet", &format!("root {root}"));
        let both = server(HOST, "") + &server("meet.community.publiccode.net", "");
        site.put(SITE_FILE, &(both + &second));
    };
    second("/usr/share/jitsi-meet");
    site.told().is(0, &[]);
    site.put("srv/copy/index.html", "<!--#include virtual=\"title.html\" -->");
    second("/srv/copy");
    let told = site.told();
    assert_eq!(told.status, Some(1));
    told.says("error", "nginx sends `/srv/copy/index.html` for `/` of `meet.publiccode.net`");
    // A port that sends no page is for no visitor.
    let status = format!("server {{ listen 8081; server_name {HOST}; location / {{ return 404; }} }}\n");
    site.put(SITE_FILE, &(server(HOST, "") + &server("meet.community.publiccode.net", "") + &status));
    site.told().is(0, &[]);
}

#[test]
fn another_server_in_between_is_told() {
    let site = Site::with("location = /title.html { proxy_pass http://127.0.0.1:8080; }");
    site.told().is(1, &[("error", "fetches `/title.html`")]);
    let site = Site::with("location = /manifest.json { return 404; }");
    site.told().is(1, &[("error", "answers `/manifest.json` of `meet.publiccode.net` with 404")]);
}

#[test]
fn what_cannot_be_told_is_a_warning() {
    let site = Site::with("location = /title.html { alias /srv/$http_x_brand.html; }");
    site.told().is(0, &[("warning", "cannot be told: `$http_x_brand`")]);
}

#[test]
fn includes_that_are_off_are_told() {
    let site = Site::with("location = /index.html { ssi off; }");
    let told = site.told();
    told.is(
        1,
        &[("error", "server-side includes in `/` of"), ("error", "server-side includes in `/index.html` of")],
    );
    told.at("/etc/nginx/sites-enabled/meet.conf", 6);
}

#[test]
fn links_that_are_not_followed_are_told() {
    let site = Site::with("location = /title.html { disable_symlinks if_not_owner; }");
    site.told().is(0, &[("warning", "only links of the file's owner for `/title.html`")]);
    let title = site.world.web("title.html");
    fs::rename(&title, site.world.web("branded.html")).unwrap();
    std::os::unix::fs::symlink("branded.html", &title).unwrap();
    site.told().is(0, &[]);
    if std::os::unix::fs::lchown(&title, Some(1), None).is_err() {
        return skip("only root gives a link away");
    }
    site.told().is(1, &[("error", "only links of the file's owner for `/title.html`")]);
}

#[test]
fn what_browsers_keep_is_told() {
    let site = Site::with("location = /interface_config.js { expires 7d; }");
    site.told().is(0, &[("warning", "browsers may keep `/interface_config.js`")]);
}

#[test]
fn stale_overlays_are_told() {
    let site = Site::with("location = /logging_config.js { alias /etc/jitsi/meet/logging_config.js; }");
    site.told().is(1, &[("error", "`/logging_config.js` leads to `/etc/jitsi/meet/logging_config.js`")]);
    site.put("etc/jitsi/meet/logging_config.js", "");
    site.told()
        .is(0, &[("warning", "`/logging_config.js` is a file that the installed version does not have")]);
}

#[test]
fn drop_ins_of_others_are_told() {
    let site = Site::with("include /etc/jitsi/meet/jaas/*.conf;");
    let alias = "location = /title.html { alias /usr/share/jitsi-meet/title.html; }";
    site.put("etc/jitsi/meet/jaas/own.conf", alias);
    site.told().is(0, &[("warning", "a drop-in sends `/usr/share/jitsi-meet/title.html`")]);
}

#[test]
fn hosts_without_a_server_are_told() {
    let site = Site::with("");
    site.put(SITE_FILE, &server(HOST, ""));
    site.told().is(1, &[("error", "no server block or virtual host sends `meet.community.publiccode.net`")]);
    fs::remove_dir_all(site.world.site().join("etc/nginx")).unwrap();
    site.told().is(0, &[("warning", "there is no web server here")]);
}

#[test]
fn several_servers_are_told() {
    let site = Site::with("");
    site.put(
        "etc/apache2/apache2.conf",
        "LoadModule include_module mod_include.so\nIncludeOptional sites-enabled/*.conf\n",
    );
    site.put("etc/apache2/sites-enabled/meet.conf", &host_of_apache(HOST, "Includes FollowSymLinks"));
    site.told().is(0, &[("warning", "both nginx and Apache have `meet.publiccode.net`")]);
}

/// A virtual host in the shape of upstream's, with `options` for the client's folder.
fn host_of_apache(host: &str, options: &str) -> String {
    format!(
        "<VirtualHost *:443>
    ServerName {host}
    SSLEngine on
    DocumentRoot /usr/share/jitsi-meet
    <Directory /usr/share/jitsi-meet>
        Options {options}
        AddOutputFilter INCLUDES html
    </Directory>
    Alias /config.js /etc/jitsi/meet/{host}-config.js
</VirtualHost>
"
    )
}

#[test]
fn apache_is_read_as_well() {
    let site = Site::with("");
    fs::remove_dir_all(site.world.site().join("etc/nginx")).unwrap();
    let both = |options: &str| {
        host_of_apache(HOST, options) + &host_of_apache("meet.community.publiccode.net", options)
    };
    let load = "LoadModule include_module /usr/lib/apache2/modules/mod_include.so\n";
    let put = |text: &str| site.put("etc/apache2/apache2.conf", &format!("{load}{text}"));
    put(&both("Includes FollowSymLinks"));
    site.told().is(0, &[]);
    let alias = "Alias /interface_config.js /srv/old.js\n";
    site.put("srv/old.js", "");
    put(&(alias.to_owned() + &both("Includes FollowSymLinks")));
    let sends = "Apache sends `/srv/old.js` for `/interface_config.js`";
    site.told().is(1, &[("error", sends), ("error", sends)]);
    let copy = host_of_apache(HOST, "Includes FollowSymLinks").replace("443", "8443");
    site.put("srv/copy/index.html", "a page of old");
    put(&(both("Includes FollowSymLinks") + &copy.replace("/usr/share/jitsi-meet\n", "/srv/copy\n")));
    site.told().says("error", "Apache sends `/srv/copy/index.html` for `/`");
    put(&both("FollowSymLinks"));
    let told = site.told();
    assert_eq!(told.status, Some(1), "pages are sent without their includes");
    told.at("/etc/apache2/apache2.conf", 17);
}

#[test]
fn what_nginx_cannot_read_is_told() {
    let site = Site::with("include snippets/gone.conf;");
    site.told().is(1, &[("error", "`/etc/nginx/snippets/gone.conf` is included and cannot be read")]);
}

#[test]
fn a_font_that_a_drawing_misses_is_told() {
    let site = Site::with("");
    let text = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><text y='8' font-family='Nobodys'>a</text></svg>";
    site.world.asset("logo.svg", text.as_bytes());
    site.world.asset("brand.toml", b"[logo]\nsource = \"logo.svg\"\n");
    site.told().is(1, &[("error", "Nobodys")]);
}
