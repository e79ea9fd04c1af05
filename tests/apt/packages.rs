//! Stand-in packages in the shape of upstream's, and our own, built with dpkg-deb.
//!
//! Their files are the demo's stand-in sites with small changes; nothing of upstream's is in them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use rebrand::brand::OWN;
use rebrand::demo::sites::{self, Year};

use crate::parts;

/// The host that the packages were told of.
pub(crate) const HOST: &str = "meet.publiccode.net";

/// What upstream writes in its place in the template.
const EXAMPLE: &str = "jitsi-meet.example.com";

/// The packages of a server.
pub(crate) const JITSI: [&str; 5] =
    ["jitsi-meet-web", "jitsi-meet-web-config", "jicofo", "jitsi-videobridge2", "prosody"];

/// The brand of all stories.
const BRAND: &str = r#"[brand]
name = "Public Code Meet"
provider = "Foundation for Public Code"
home = "https://publiccode.net/"
[people]
remote = "fellow Public Coder"
[logo]
source = "logo.svg"
"#;

/// What a release of Jitsi Meet brings, from one to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Release {
    /// The shape of 2021.
    First,
    /// Upstream edits lines beside ours.
    Near,
    /// The shape of 2026: keys have moved to `config.js`.
    Moved,
    /// `manifest.json` is not shipped any more.
    Dropped,
    /// `interface_config.js` does not parse.
    Broken,
    /// All is well again.
    Last,
}

/// All of them, in upstream's order.
const RELEASES: [Release; 6] =
    [Release::First, Release::Near, Release::Moved, Release::Dropped, Release::Broken, Release::Last];

impl Release {
    /// The build, as upstream counts.
    pub(crate) fn build(self) -> &'static str {
        match self {
            Release::First => "5056",
            Release::Near => "5100",
            Release::Moved => "9268",
            Release::Dropped => "9300",
            Release::Broken => "9400",
            Release::Last => "9500",
        }
    }

    pub(crate) fn version(self) -> String {
        format!("1.0.{}-1", self.build())
    }

    fn year(self) -> Year {
        if matches!(self, Release::First | Release::Near) { Year::Y2021 } else { Year::Y2026 }
    }

    /// The files of `jitsi-meet-web`.
    fn web(self) -> Vec<(String, String)> {
        let stamp = format!("?v={}", if self.year() == Year::Y2021 { "5056" } else { "9268" });
        let mut files: Vec<(String, String)> = sites::upgrade(self.year())
            .map(|(path, text)| ((*path).to_owned(), text.replace(&stamp, &format!("?v={}", self.build()))))
            .collect();
        for (name, text) in OTHERS {
            files.push((format!("{}{name}", sites::PACKAGE), (*text).to_owned()));
        }
        files.retain(|(path, _)| self != Release::Dropped || !path.ends_with("/manifest.json"));
        let interface = files.iter_mut().find(|(path, _)| path.ends_with("/interface_config.js")).unwrap();
        interface.1 = self.interface(&interface.1);
        files
    }

    fn interface(self, text: &str) -> String {
        let changed = match self {
            Release::First | Release::Moved | Release::Dropped | Release::Last => return text.to_owned(),
            Release::Near => text
                .replace("    APP_NAME:", "    ANOTHER_NAME: 'new', // beside ours\n    APP_NAME:")
                .replace("rgba(255,255,255,0.4)", "rgba(255,255,255,0.5)"),
            Release::Broken => text.replace("    APP_NAME: 'Jitsi Meet',", "+   APP_NAME: 'Jitsi Meet'"),
        };
        assert_ne!(changed, text);
        changed
    }

    /// The template from which the package makes the configuration of a host.
    fn template(self) -> String {
        let path = format!("etc/jitsi/meet/{HOST}-config.js");
        let (_, text) = sites::files(self.year()).iter().find(|(name, _)| *name == path).unwrap();
        let text = text.replace(HOST, EXAMPLE);
        let jaas = "var enableJaaS = false;\n";
        if text.contains(jaas) {
            text
        } else {
            text.replacen("var config", &format!("{jaas}\nvar config"), 1)
        }
    }
}

/// Files that every release ships beside the stand-ins': hooks, and places of what is served.
const OTHERS: &[(&str, &str)] = &[
    ("base.html", "<base href=\"/\" />\n"),
    ("body.html", ""),
    ("fonts.html", ""),
    ("head.html", ""),
    ("plugin.head.html", ""),
    ("css/all.css", "body { margin: 0 }\n"),
    ("lang/main-de.json", "{\n    \"welcomepage\": {\n        \"headerTitle\": \"Jitsi Meet\"\n    }\n}\n"),
    ("lang/main.json", "{\n    \"welcomepage\": {\n        \"go\": \"GO\"\n    }\n}\n"),
    ("libs/app.bundle.min.js", "var app = 1;\n"),
    ("static/close.html", "<html><head><!--#include virtual=\"/title.html\" --></head></html>\n"),
    ("static/welcomePageAdditionalContent.html", "<template></template>\n"),
];

/// What upstream's script does with a host: it makes the file where there is none, and greps and edits it later.
const POSTINST: &str = r#"#!/bin/sh
set -e
config=/etc/jitsi/meet/HOST-config.js
if [ "$1" = configure ]; then
    mkdir -p /etc/jitsi/meet
    if [ ! -f "$config" ]; then
        sed 's/EXAMPLE/HOST/g' /usr/share/jitsi-meet-web-config/config.js >"$config"
    fi
    # An answer about another service turns this line on, and the next upgrade off.
    grep -q '^var enableJaaS = false;$' "$config"
    sed -i 's/^var enableJaaS = false;$/var enableJaaS = true;/' "$config"
    grep -q '^var enableJaaS = true;$' "$config"
    sed -i 's/^var enableJaaS = true;$/var enableJaaS = false;/' "$config"
fi
"#;

const POSTRM: &str = "#!/bin/sh\nset -e\nif [ \"$1\" = purge ]; then rm -rf /etc/jitsi/meet; fi\n";

/// The files of the owner, below `/etc/rebrand/brand`.
pub(crate) fn brand() -> [(&'static str, &'static str); 2] {
    [("brand.toml", BRAND), ("logo.svg", OWN.1)]
}

/// The packages of `release`.
pub(crate) fn debs(release: Release) -> Vec<PathBuf> {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    let folder = BUILT.get_or_init(|| {
        let folder = parts::scratch("packages");
        let _ = fs::remove_dir_all(&folder);
        for release in RELEASES {
            build_all(&folder, release);
        }
        folder
    });
    JITSI.iter().map(|name| folder.join(file_name(name, &release.version()))).collect()
}

fn file_name(name: &str, version: &str) -> String {
    format!("{name}_{version}_all.deb")
}

fn build_all(folder: &Path, release: Release) {
    for name in JITSI {
        let tree = folder.join("tree");
        let mut fields = String::new();
        match name {
            "jitsi-meet-web" => put_all(&tree, &release.web()),
            "jitsi-meet-web-config" => {
                put(&tree, "usr/share/jitsi-meet-web-config/config.js", &release.template());
                let script = POSTINST.replace("HOST", HOST).replace("EXAMPLE", EXAMPLE);
                put_script(&tree, "postinst", &script);
                put_script(&tree, "postrm", POSTRM);
                fields.push_str("Depends: jitsi-meet-web\n");
            }
            _ => put(&tree, &format!("usr/share/{name}/build"), release.build()),
        }
        let control = format!(
            "Package: {name}\nVersion: {}\nArchitecture: all\nMaintainer: nobody <nobody@example.org>\n{fields}\
             Description: stand-in for {name}\n",
            release.version()
        );
        put(&tree, "DEBIAN/control", &control);
        pack(&tree, &folder.join(file_name(name, &release.version())));
        fs::remove_dir_all(tree).unwrap();
    }
}

fn put_all(tree: &Path, files: &[(String, String)]) {
    for (path, text) in files {
        put(tree, path, text);
    }
}

fn put(tree: &Path, path: &str, text: &str) {
    let path = tree.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn put_script(tree: &Path, name: &str, text: &str) {
    use std::os::unix::fs::PermissionsExt as _;
    put(tree, &format!("DEBIAN/{name}"), text);
    fs::set_permissions(tree.join("DEBIAN").join(name), fs::Permissions::from_mode(0o755)).unwrap();
}

/// Builds a package of `tree`, quickly rather than small.
pub(crate) fn pack(tree: &Path, deb: &Path) {
    let mut packer = Command::new("dpkg-deb");
    done(packer.args(["--root-owner-group", "-Zgzip", "-z1", "--build"]).arg(tree).arg(deb));
}

/// Our package as somebody built it before: `REBRAND_DEB` names it.
pub(crate) fn given() -> Option<PathBuf> {
    std::env::var_os("REBRAND_DEB").filter(|file| !file.is_empty()).map(PathBuf::from)
}

/// Our package: the one that was given, or the program of these tests packed as the script packs it.
pub(crate) fn ours() -> &'static Path {
    static OURS: OnceLock<PathBuf> = OnceLock::new();
    OURS.get_or_init(|| {
        given().unwrap_or_else(|| {
            let deb = parts::scratch("rebrand_0.1.0-1_amd64.deb");
            fs::create_dir_all(deb.parent().unwrap()).unwrap();
            let mut script = Command::new(parts::home().join("packaging/build-deb.sh"));
            done(script.args(["--binary", env!("CARGO_BIN_EXE_rebrand"), "--out"]).arg(&deb));
            deb
        })
    })
}

/// Our package with another version, and otherwise the same.
pub(crate) fn our_next() -> &'static Path {
    static NEXT: OnceLock<PathBuf> = OnceLock::new();
    NEXT.get_or_init(|| {
        let tree = parts::scratch("next");
        let _ = fs::remove_dir_all(&tree);
        done(Command::new("dpkg-deb").arg("-R").arg(ours()).arg(&tree));
        let control = fs::read_to_string(tree.join("DEBIAN/control")).unwrap();
        let version = control.lines().find_map(|line| line.strip_prefix("Version: ")).unwrap();
        let next = format!("{version}+next");
        let changed = control.replace(&format!("Version: {version}"), &format!("Version: {next}"));
        fs::write(tree.join("DEBIAN/control"), changed).unwrap();
        let deb = parts::scratch(&format!("rebrand_{next}_amd64.deb"));
        pack(&tree, &deb);
        fs::remove_dir_all(tree).unwrap();
        deb
    })
}

fn done(command: &mut Command) {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
}
