//! The stand-in sites: small roots in the shape of what the packages of 2021 and of 2026 install.
//!
//! Written for this program, with upstream's key names, places of keys and habits, and nothing else of upstream's.
//! Each holds two hosts; one of 2021 was made for nginx, which puts a server-side include into a string.
//! Only data: this module touches no disk.

/// Which package a stand-in looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Year {
    /// `jitsi-meet-web` 1.0.5056 of June 2021: all names and logos still live in `interface_config.js`.
    Y2021,
    /// `jitsi-meet-web` 1.0.9268 of June 2026: the logo and the display names have left for `config.js`.
    Y2026,
}

/// Where the files of the package lie; all others belong to no package and survive an upgrade.
pub const PACKAGE: &str = "usr/share/jitsi-meet/";

/// A file below the root, and what it holds.
pub type File = (&'static str, &'static str);

macro_rules! files {
    ($year:literal: $($path:literal),+ $(,)?) => {
        &[$(($path, include_str!(concat!("sites/", $year, "/", $path)))),+]
    };
}

const FILES_2021: &[File] = files!["2021":
    "usr/share/jitsi-meet/images/watermark.svg",
    "usr/share/jitsi-meet/index.html",
    "usr/share/jitsi-meet/interface_config.js",
    "usr/share/jitsi-meet/manifest.json",
    "usr/share/jitsi-meet/title.html",
    "etc/jitsi/meet/meet.community.publiccode.net-config.js",
    "etc/jitsi/meet/meet.publiccode.net-config.js",
];

const FILES_2026: &[File] = files!["2026":
    "usr/share/jitsi-meet/images/watermark.svg",
    "usr/share/jitsi-meet/index.html",
    "usr/share/jitsi-meet/interface_config.js",
    "usr/share/jitsi-meet/manifest.json",
    "usr/share/jitsi-meet/title.html",
    "etc/jitsi/meet/meet.community.publiccode.net-config.js",
    "etc/jitsi/meet/meet.publiccode.net-config.js",
];

/// All files of the stand-in of `year`, as a fresh installation has them.
#[must_use]
pub fn files(year: Year) -> &'static [File] {
    match year {
        Year::Y2021 => FILES_2021,
        Year::Y2026 => FILES_2026,
    }
}

/// The files that an upgrade to the package of `year` writes.
pub fn upgrade(year: Year) -> impl Iterator<Item = &'static File> {
    files(year).iter().filter(|(path, _)| path.starts_with(PACKAGE))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::{Edit, Op, Wish};
    use crate::fault::Place;
    use crate::js::{Dialect, Document, How};
    use crate::text::{Span, Text};
    use crate::value::{KeyPath, Value};

    const HOST: &str = "etc/jitsi/meet/meet.publiccode.net-config.js";
    const COMMUNITY: &str = "etc/jitsi/meet/meet.community.publiccode.net-config.js";
    const INTERFACE: &str = "usr/share/jitsi-meet/interface_config.js";
    const OLD_KEYS: [&str; 3] =
        ["DEFAULT_LOGO_URL", "DEFAULT_REMOTE_DISPLAY_NAME", "DEFAULT_LOCAL_DISPLAY_NAME"];
    const NEW_KEYS: [&str; 3] = ["defaultLogoUrl", "defaultRemoteDisplayName", "defaultLocalDisplayName"];

    fn text(year: Year, path: &str) -> &'static str {
        files(year).iter().find(|(name, _)| *name == path).expect("the file is there").1
    }

    /// How `key` would get a value in that file.
    fn how(year: Year, path: &str, key: &str) -> How {
        let root = if path == INTERFACE { "interfaceConfig" } else { "config" };
        let text = Text::from_bytes(text(year, path).as_bytes()).expect("UTF-8");
        let why = Wish { name: key.to_owned(), place: Place::of(path, &text, Span::empty(0)) };
        let op = Op::Set(Value::String("brand".to_owned()));
        let document = Document::parse(text, Dialect::Script(root)).expect("it parses");
        let mut lowered = document.lower(&[Edit { at: KeyPath::dotted(key), op, why }]);
        lowered.outcomes.remove(0).expect("no conflict").how
    }

    #[test]
    fn in_2021_the_wishes_are_active_in_interface_config() {
        for key in OLD_KEYS {
            assert_eq!(how(Year::Y2021, INTERFACE, key), How::Replaced, "{key}");
        }
        for key in NEW_KEYS {
            assert_eq!(how(Year::Y2021, HOST, key), How::Inserted, "{key}");
        }
    }

    #[test]
    fn in_2026_they_are_comments_of_both_files() {
        for key in OLD_KEYS {
            assert_eq!(how(Year::Y2026, INTERFACE, key), How::InsertedAtComment, "{key}");
        }
        for key in NEW_KEYS.into_iter().chain(["deeplinking.hideLogo"]) {
            assert_eq!(how(Year::Y2026, HOST, key), How::InsertedAtComment, "{key}");
        }
    }

    #[test]
    fn the_logo_link_is_active_in_both() {
        assert_eq!(how(Year::Y2021, INTERFACE, "JITSI_WATERMARK_LINK"), How::Replaced);
        assert_eq!(how(Year::Y2026, INTERFACE, "JITSI_WATERMARK_LINK"), How::Replaced);
    }

    /// Hosts are made from one template, but for nginx's marker.
    #[test]
    fn hosts_differ_only_in_their_name() {
        for year in [Year::Y2021, Year::Y2026] {
            let marker = r#"conference.<!--# echo var="subdomain" default="" -->"#;
            let plain = text(year, HOST).replace(marker, "conference.");
            let renamed = plain.replace("meet.publiccode.net", "meet.community.publiccode.net");
            assert_eq!(renamed, text(year, COMMUNITY), "{year:?}");
            assert_eq!(text(year, HOST).contains(marker), year == Year::Y2021);
        }
    }

    #[test]
    fn an_upgrade_leaves_the_hosts_alone() {
        let written: Vec<&str> = upgrade(Year::Y2026).map(|(path, _)| *path).collect();
        assert!(written.contains(&INTERFACE));
        assert!(!written.contains(&HOST) && !written.contains(&COMMUNITY));
    }
}
