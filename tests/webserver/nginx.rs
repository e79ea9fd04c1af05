//! nginx's rules, one by one: each address is asked of the program and of nginx itself.

use rebrand::webserver::nginx::Config;
use rebrand::webserver::{Answer, Links, Served};

use super::oracle::{Server, free_port};
use super::site::Site;

pub(crate) const HOST: &str = "meet.example.org";

/// A main file around `server`, which listens on `port`.
pub(crate) fn main_file(site: &Site, port: u16, http: &str, server: &str) {
    site.put(
        "etc/nginx/nginx.conf",
        &format!(
            "user root;
pid @/nginx.pid;
events {{ worker_connections 64; }}
http {{
    types {{ text/html html; application/javascript js; image/svg+xml svg; application/json json; }}
    default_type application/octet-stream;
    access_log off;
    client_body_temp_path @/body; proxy_temp_path @/proxy; fastcgi_temp_path @/fastcgi;
    uwsgi_temp_path @/uwsgi; scgi_temp_path @/scgi;
    {http}
    server {{
        listen 127.0.0.1:{port};
        server_name {HOST};
        {server}
    }}
}}
"
        ),
    );
}

/// What the program says of `path`.
pub(crate) fn said(site: &Site, path: &str) -> Served {
    site.with(|disk| {
        let config = Config::read(disk, &format!("{}/etc/nginx/nginx.conf", site.folder())).unwrap();
        assert_eq!(config.faults, [], "the configuration is read whole");
        config.servers_of(HOST).first().unwrap().serve(disk, HOST, path)
    })
}

/// Says what becomes of each of `paths`, and asks nginx whether that is so.
fn same(site: &Site, http: &str, inside: &str, paths: &[&str]) -> Vec<Served> {
    let port = free_port();
    main_file(site, port, http, inside);
    let served: Vec<Served> = paths.iter().map(|path| said(site, path)).collect();
    if let Some(real) = Server::nginx(site, port) {
        for (path, served) in paths.iter().zip(&served) {
            real.agrees(HOST, path, served);
        }
    }
    served
}

fn file(site: &Site, name: &str) -> Answer {
    Answer::File(format!("{}/{name}", site.folder()))
}

#[test]
fn exact_then_prefix_then_pattern() {
    let site =
        Site::new(&["a/x.js", "b/x.js", "c/x.js", "c/y.js", "d/images/x.js", "e/deep/x.js", "a/z.css"]);
    let inside = "root @/a;
        location = /x.js { root @/b; }
        location ~ \\.js$ { root @/c; }
        location ^~ /images/ { root @/d; }
        location /deep/ { root @/e; location ~ never { return 410; } }
        location /z { }
        location ~* ^/LOUD$ { return 200 loud; }";
    let paths = ["/x.js", "/y.js", "/images/x.js", "/deep/x.js", "/z.css", "/nothing", "/loud"];
    let served = same(&site, "", inside, &paths);
    assert_eq!(served[0].answer, file(&site, "b/x.js"));
    assert_eq!(served[1].answer, file(&site, "c/y.js"));
    assert_eq!(served[2].answer, file(&site, "d/images/x.js"));
    // The pattern of the server wins over the longest prefix.
    assert_eq!(served[3].answer, Answer::Missing(format!("{}/c/deep/x.js", site.folder())));
    assert_eq!(served[4].answer, file(&site, "a/z.css"));
    assert_eq!(served[0].by.as_ref().unwrap().line, 15);
}

#[test]
fn locations_lie_in_locations() {
    let site = Site::new(&["a/in/x.js", "b/in/x.js", "c/in/y.js", "a/in/deep/x.js"]);
    let inside = "root @/a;
        location /in/ {
            location = /in/x.js { root @/b; }
            location ~ y { root @/c; }
            location /in/deep/ { }
        }
        location ~ deep { return 410; }";
    let served = same(&site, "", inside, &["/in/x.js", "/in/y.js", "/in/deep/x.js", "/in/none"]);
    assert_eq!(served[0].answer, file(&site, "b/in/x.js"));
    assert_eq!(served[1].answer, file(&site, "c/in/y.js"));
    assert_eq!(served[2].answer, Answer::Status(410));
}

#[test]
fn aliases_of_each_kind() {
    let site = Site::new(&["a/x.js", "b/one.js", "c/images/deep/x.svg", "b/index.html"]);
    let inside = "root @/a; set $own @/b/one.js;
        location = /config.js { alias $own; }
        location /files/ { alias @/b/; }
        location /loose { alias @/b; }
        location ~ ^/(images|css)/(.*)$ { alias @/c/$1/$2; }";
    let paths = [
        "/config.js",
        "/files/one.js",
        "/loose/one.js",
        "/images/deep/x.svg",
        "/css/none.css",
        "/files/",
        "/files",
    ];
    let served = same(&site, "", inside, &paths);
    assert_eq!(served[0].answer, file(&site, "b/one.js"));
    assert_eq!(served[1].answer, file(&site, "b/one.js"));
    assert_eq!(served[2].answer, file(&site, "b/one.js"));
    assert_eq!(served[3].answer, file(&site, "c/images/deep/x.svg"));
    assert_eq!(served[5].answer, file(&site, "b/index.html"));
}

#[test]
fn files_are_tried() {
    let site = Site::new(&["a/index.html", "a/x.js", "a/folder/index.html", "a/fall/y.js"]);
    let inside = "root @/a;
        location ~ ^/([^/?&:'\"]+)$ { set $roomname \"$1\"; try_files $uri @root_path; }
        location @root_path { rewrite ^/(.*)$ / break; }
        location /fall/ { try_files $uri /x.js; }
        location /code/ { try_files $uri =410; }
        location /dir/ { try_files /folder/ =404; }";
    let paths =
        ["/", "/x.js", "/room", "/index.html", "/fall/y.js", "/fall/z.js", "/code/a", "/dir/b", "/folder"];
    let served = same(&site, "", inside, &paths);
    assert_eq!(served[2].answer, file(&site, "a/index.html"), "what is not there is a room");
    assert_eq!(served[5].answer, file(&site, "a/x.js"));
    assert_eq!(served[6].answer, Answer::Status(410));
}

#[test]
fn rewriting_and_returning() {
    let site = Site::new(&["a/x.js", "a/title.html", "a/y.js"]);
    let inside = "root @/a;
        rewrite ^/old/(?<name>.*)$ /$name;
        if ($host = other.example.org) { return 444; }
        if ($request_method !~ ^(GET|HEAD)$) { return 405; }
        location = /moved { return 301 https://$host/x.js; }
        location = /gone { return 410; }
        location /last/ { rewrite ^/last/(.*)$ /$1 last; }
        location /away/ { rewrite ^/away/(.*)$ https://example.org/$1 permanent; }
        location = /y.js { if ($arg_v) { expires 1y; } }
        location ~ ^/([^/?&:'\"]+)/(.*)$ { set $subdir \"$1/\"; rewrite ^/([^/?&:'\"]+)/(.*)$ /$2; }
        location = /secret { internal; }
        location = /proxied { proxy_pass http://127.0.0.1:9; }";
    let paths = [
        "/old/x.js",
        "/moved",
        "/gone",
        "/last/x.js",
        "/away/x",
        "/y.js",
        "/tenant/title.html",
        "/secret",
        "/proxied",
    ];
    let served = same(&site, "", inside, &paths);
    assert_eq!(served[0].answer, file(&site, "a/x.js"));
    assert_eq!(served[6].answer, file(&site, "a/title.html"));
    assert_eq!(served[8].answer, Answer::Proxied("http://127.0.0.1:9".into()));
}

#[test]
fn includes_are_on_where_the_innermost_block_says_so() {
    let site = Site::new(&["a/x.html", "a/x.js", "a/off/x.html", "a/types/x.js", "a/all/x.svg"]);
    let inside = "root @/a; ssi on;
        location /off/ { ssi off; }
        location /types/ { ssi_types application/javascript; }
        location /all/ { ssi_types *; }";
    let served = same(&site, "", inside, &["/x.html", "/x.js", "/off/x.html", "/types/x.js", "/all/x.svg"]);
    let on: Vec<bool> = served.iter().map(|served| served.manner.includes).collect();
    assert_eq!(on, [true, false, false, true, true]);
    let served = same(&site, "ssi on; ssi_types application/javascript;", "root @/a;", &["/x.html", "/x.js"]);
    assert!(served.iter().all(|served| served.manner.includes), "`http` is inherited");
}

#[test]
fn refused_links_are_told() {
    let site = Site::new(&["a/real.html", "a/off/real.html"]);
    site.link("a/link.html", "a/real.html");
    let inside = "root @/a; disable_symlinks on; location /off/ { disable_symlinks off; expires 1h; }";
    let served = same(&site, "", inside, &["/real.html"]);
    assert_eq!(served[0].manner.links, Links::Refused);
    let served = said(&site, "/off/real.html");
    assert_eq!(served.manner.links, Links::Followed);
    assert_eq!(served.manner.caching[0].says, "1h");
    let by = said(&site, "/link.html").manner.links_by.unwrap();
    assert_eq!(by.source.trim(), inside.replace('@', site.folder()));
}

#[test]
fn what_is_not_followed_is_not_guessed() {
    let site = Site::new(&["a/x.js"]);
    let unknown = |server: &str| {
        main_file(&site, free_port(), "", server);
        let Answer::Unknown(reason) = said(&site, "/x.js").answer else { panic!("{server} was guessed") };
        reason
    };
    assert!(unknown("root /a/$http_x_folder;").contains("$http_x_folder"));
    assert!(unknown("root @/a; location ~ ^(?!/y) { return 404; }").contains("pattern"));
    assert!(unknown("root @/a; if (-f $request_filename) { return 404; }").contains("asks for files"));
    assert!(
        unknown("root @/a; location / { content_by_lua_block { if true then ngx.say({ 1 }) end } }")
            .contains("lua")
    );
    assert!(unknown("root @/a; location / { rewrite ^ /x.js; }").contains("circles"));
}

#[test]
fn files_are_included_where_nginx_includes_them() {
    let site = Site::new(&["a/x.js", "b/x.js"]);
    site.put("etc/nginx/snippets/b.conf", "root @/b;");
    site.put("etc/nginx/snippets/note.txt", "root @/c;");
    let served = same(&site, "", "include snippets/*.conf;", &["/x.js"]);
    assert_eq!(served[0].answer, file(&site, "b/x.js"));
    let by = served[0].by.clone().unwrap();
    assert_eq!((by.file, by.line), (format!("{}/etc/nginx/snippets/b.conf", site.folder()), 1));
}

#[test]
fn faults_have_their_places() {
    let site = Site::new(&[]);
    site.put(
        "etc/nginx/nginx.conf",
        "http {\n  include none.conf;\n  server {\n    root /a\n  }\n}\n}\nuser x;",
    );
    site.with(|disk| {
        let config = Config::read(disk, &format!("{}/etc/nginx/nginx.conf", site.folder())).unwrap();
        let faults: Vec<(usize, &str)> =
            config.faults.iter().map(|fault| (fault.place.line, fault.message.as_str())).collect();
        assert_eq!(faults[0].0, 2);
        assert!(faults[0].1.contains("none.conf"));
        assert_eq!(faults[1], (4, "a directive ends without `;`"));
        assert_eq!(config.user(), "x", "what follows a brace too many is read all the same");
    });
}

#[test]
fn the_server_is_chosen_by_port_and_name() {
    let site = Site::new(&[]);
    site.put(
        "etc/nginx/nginx.conf",
        "http {
            server { listen 80 default_server; server_name _; return 444; }
            server { listen 80; listen [::]:80; server_name meet.example.org; return 301 https://$host$request_uri; }
            server { listen 443 ssl http2; listen [::]:443 ssl; server_name *.example.org; return 410; }
            server { listen 443 ssl; server_name meet.example.org other.example.org; return 418; }
        }",
    );
    site.with(|disk| {
        let config = Config::read(disk, &format!("{}/etc/nginx/nginx.conf", site.folder())).unwrap();
        let answers = |host: &str| -> Vec<Answer> {
            config.servers_of(host).iter().map(|server| server.serve(disk, host, "/").answer).collect()
        };
        let redirect = Answer::Redirect("https://meet.example.org/".into());
        assert_eq!(answers(HOST), [Answer::Status(418), redirect]);
        assert_eq!(answers("third.example.org"), [Answer::Status(410), Answer::Status(444)]);
        assert!(config.servers_of(HOST)[0].is_named(HOST));
        assert!(!config.servers_of("example.com")[0].is_named("example.com"));
    });
}

/// No configuration ends the process.
#[test]
fn hostile_files_are_read_to_their_end() {
    let site = Site::new(&[]);
    let cases = [
        "http { ".repeat(100_000),
        "}".repeat(1000),
        "include nginx.conf;".repeat(3),
        "a \"".into(),
        "\\".into(),
    ];
    for case in cases {
        site.put("etc/nginx/nginx.conf", &case);
        site.with(|disk| {
            let config = Config::read(disk, &format!("{}/etc/nginx/nginx.conf", site.folder())).unwrap();
            assert!(!config.faults.is_empty(), "{}", &case[..10.min(case.len())]);
        });
    }
}
