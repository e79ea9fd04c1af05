//! Apache's rules, one by one: each address is asked of the program and of Apache itself.

use rebrand::webserver::apache::Config;
use rebrand::webserver::{Answer, Links, Served};

use super::oracle::{Server, free_port};
use super::site::Site;

const HOST: &str = "meet.example.org";

/// A main file around a virtual host with `inside`, which listens on `port`.
fn main_file(site: &Site, port: u16, inside: &str) {
    site.put("mime.types", "text/html html\napplication/javascript js\n");
    let module = |name: &&str| format!("LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so\n");
    let modules = [
        "mpm_event",
        "authz_core",
        "alias",
        "dir",
        "mime",
        "include",
        "rewrite",
        "proxy",
        "proxy_http",
        "headers",
    ];
    let modules: String = modules.iter().map(module).collect();
    site.put(
        "etc/apache2/apache2.conf",
        &format!(
            "Define web @/web
{modules}
ServerName localhost
TypesConfig @/mime.types
PidFile @/apache.pid
ErrorLog @/error.log
Mutex file:@/ default
DefaultRuntimeDir @/
Listen 127.0.0.1:{port}
User www-data
Group www-data
<Directory />
    Options FollowSymLinks
    AllowOverride None
    Require all granted
</Directory>
<IfModule none_module>
    Alias /config.js @/never.js
</IfModule>
<VirtualHost *:{port}>
    ServerName other.example.org
    DocumentRoot @/other
</VirtualHost>
<VirtualHost *:{port}>
    ServerName {HOST}
    DocumentRoot ${{web}}
    {inside}
</VirtualHost>
"
        ),
    );
}

fn said(site: &Site, path: &str) -> Served {
    site.with(|disk| {
        let folder = format!("{}/etc/apache2", site.folder());
        let config = Config::read(disk, &format!("{folder}/apache2.conf"), &folder).unwrap();
        assert_eq!(config.faults, [], "the configuration is read whole");
        config.servers_of(HOST).first().unwrap().serve(disk, path)
    })
}

/// Says what becomes of each of `paths`, and asks Apache whether that is so.
fn same(site: &Site, inside: &str, paths: &[&str]) -> Vec<Served> {
    let port = free_port();
    main_file(site, port, inside);
    let all: Vec<Served> = paths.iter().map(|path| said(site, path)).collect();
    if let Some(real) = Server::apache(site, port) {
        for (path, said) in paths.iter().zip(&all) {
            real.agrees(HOST, path, said);
        }
    }
    all
}

fn file(site: &Site, name: &str) -> Answer {
    Answer::File(format!("{}/{name}", site.folder()))
}

/// In the shape of upstream's site file for Apache.
const JITSI: &str = "<Directory \"@/web\">
        Options Indexes MultiViews Includes FollowSymLinks
        AddOutputFilter Includes html
        AllowOverride All
    </Directory>
    ErrorDocument 404 /static/404.html
    Alias \"/config.js\" \"@/etc/own-config.js\"
    <Location /config.js>
        Require all granted
    </Location>
    ProxyPass /http-bind http://127.0.0.1:9/http-bind
    RewriteEngine on
    RewriteRule ^/([a-zA-Z0-9]+)$ /index.html";

#[test]
fn every_branded_path_of_a_site_in_upstreams_shape() {
    let names = [
        "web/index.html",
        "web/title.html",
        "web/interface_config.js",
        "web/images/a.svg",
        "etc/own-config.js",
    ];
    let site = Site::new(&names);
    let paths = [
        "/",
        "/room",
        "/index.html",
        "/title.html",
        "/interface_config.js",
        "/images/a.svg",
        "/config.js",
        "/http-bind",
        "/none.html",
        "/images",
    ];
    let all = same(&site, JITSI, &paths);
    assert_eq!(all[1].answer, file(&site, "web/index.html"), "a rule of the host comes first");
    assert_eq!(all[6].answer, file(&site, "etc/own-config.js"));
    assert_eq!(
        all[6].by.as_ref().unwrap().source.trim(),
        format!("Alias \"/config.js\" \"{}/etc/own-config.js\"", site.folder())
    );
    let on: Vec<bool> = all[..6].iter().map(|said| said.manner.includes).collect();
    assert_eq!(on, [true, true, true, true, false, false], "scripts are not parsed");
}

#[test]
fn aliases_redirects_and_denials() {
    let site = Site::new(&["web/x.js", "a/x.js", "a/deep/x.js", "closed/x.js", "m/one.js"]);
    let inside = "Alias /a \\
            @/a
    AliasMatch ^/match/(.*)\\.min\\.js$ @/m/$1.js
    Alias /closed @/closed
    <Directory @/closed>
        Require all denied
    </Directory>
    Redirect permanent /old https://example.org/new
    Redirect 410 /gone
    RedirectMatch ^/to/(.*)$ https://example.org/$1";
    let paths = [
        "/x.js",
        "/a/x.js",
        "/a/deep/x.js",
        "/ab/x.js",
        "/match/one.min.js",
        "/closed/x.js",
        "/old/b",
        "/gone",
        "/to/c",
    ];
    let all = same(&site, inside, &paths);
    assert_eq!(all[2].answer, file(&site, "a/deep/x.js"));
    assert_eq!(all[4].answer, file(&site, "m/one.js"));
    assert_eq!(all[5].answer, Answer::Status(403));
    assert_eq!(all[6].answer, Answer::Redirect("https://example.org/new/b".into()));
}

#[test]
fn options_of_the_innermost_section_count() {
    let site = Site::new(&["web/x.html", "web/off/x.html", "web/own/x.html", "web/place/x.html"]);
    site.put("web/own/.htaccess", "Options +SymLinksIfOwnerMatch -FollowSymLinks\n");
    let inside = "AddOutputFilter INCLUDES .html
    <Directory @/web>
        Options +Includes
        AllowOverride All
    </Directory>
    <Directory @/web/off>
        Options None
    </Directory>
    <Location /place>
        Options -Includes
        Header set Cache-Control \"max-age=60\"
    </Location>";
    let all = same(&site, inside, &["/x.html", "/off/x.html", "/own/x.html", "/place/x.html"]);
    let on: Vec<bool> = all.iter().map(|said| said.manner.includes).collect();
    assert_eq!(on, [true, false, true, false]);
    let links: Vec<Links> = all.iter().map(|said| said.manner.links).collect();
    assert_eq!(links, [Links::Followed, Links::Refused, Links::SameOwner, Links::Followed]);
    assert_eq!(all[3].manner.caching[0].says, "max-age=60");
}

#[test]
fn what_is_not_followed_is_not_guessed() {
    let site = Site::new(&["web/x.js"]);
    for inside in [
        "RewriteEngine on\nRewriteCond %{HTTP_USER_AGENT} Firefox\nRewriteRule ^/x /y [L]",
        "RewriteEngine on\nRewriteRule ^(?!/y) /y [L]",
        "<Directory @/web>\nRewriteEngine on\nRewriteRule . y\n</Directory>",
        "<If \"%{HTTP_HOST} == 'a'\">\n</If>\n<Location />\n<If \"true\">\nRequire all denied\n</If>\n</Location>",
    ] {
        main_file(&site, free_port(), inside);
        assert!(matches!(said(&site, "/x.js").answer, Answer::Unknown(_)), "{inside} was guessed");
    }
}

#[test]
fn faults_have_their_places() {
    let site = Site::new(&[]);
    site.put("etc/apache2/apache2.conf", "Include none.conf\n<VirtualHost *:80>\nServerName a\n");
    site.with(|disk| {
        let folder = format!("{}/etc/apache2", site.folder());
        let config = Config::read(disk, &format!("{folder}/apache2.conf"), &folder).unwrap();
        let lines: Vec<usize> = config.faults.iter().map(|fault| fault.place.line).collect();
        assert_eq!(lines, [1, 2]);
    });
}
