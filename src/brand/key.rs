//! The keys of `brand.toml`: the one table behind the reader, the schema, the template and the reference.
//!
//! A new wish begins as a row here. It judges no value: `check` does.

/// A key of the brand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// Table and key: `people.remote`. Of the translations: `text.<language>.<string>`.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// What it is, in one line.
    pub doc: &'static str,
    /// An example of a value, in TOML.
    pub example: &'static str,
}

/// What a key of the brand holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One line of text of at most so many characters.
    Text(usize),
    /// An `https` link.
    Link,
    /// An `https` or `mailto` link.
    Contact,
    /// A picture: an `https` link or a file below `brand/`.
    Picture,
    /// A picture, or a table of pictures by size: `default`, or the pixels of one side.
    Pictures,
    /// A colour as CSS writes it: `#rgb`, `#rrggbb`, `#rrggbbaa`, `rgb(…)` or `rgba(…)`.
    Color,
    /// A text file below `brand/`.
    File,
    /// `true` or `false`.
    Bool,
}

/// The tables of `brand.toml` and what they are for.
pub static TABLES: [(&str, &str); 11] = [
    ("brand", "The name and what belongs to it."),
    ("people", "How people are called who gave no name."),
    ("logo", "Pictures: links, or files named from this folder."),
    ("colors", "Colours: #rgb, #rrggbb, #rrggbbaa, rgb(…) or rgba(…)."),
    ("phones", "What phones get."),
    ("page", "Pieces of your own in the page, and what they are for."),
    ("files", "How branded files take their places on a server with packages."),
    ("fetch", "What `lock` may do on the network."),
    ("text", "Strings of the translations, by language and by key."),
    ("silence", "Mistakes that are none here, by the name that `check` tells, each with the reason."),
    ("sites", "Any of the keys above for one host only."),
];

/// The keys of `brand.toml`, table by table.
pub static KEYS: [Key; 32] = [
    Key {
        name: "brand.name",
        kind: Kind::Text(200),
        doc: "The name that replaces 'Jitsi Meet'.",
        example: r#""Public Code Meet""#,
    },
    Key {
        name: "brand.short-name",
        kind: Kind::Text(200),
        doc: "The name where there is little room, such as under an app's icon; else the name.",
        example: r#""Public Code""#,
    },
    Key {
        name: "brand.provider",
        kind: Kind::Text(200),
        doc: "Who offers this service.",
        example: r#""Foundation for Public Code""#,
    },
    Key {
        name: "brand.description",
        kind: Kind::Text(500),
        doc: "What this service is, for link previews and search engines; else the name.",
        example: r#""Video calls of the Foundation for Public Code""#,
    },
    Key {
        name: "brand.home",
        kind: Kind::Link,
        doc: "Where the logo leads.",
        example: r#""https://publiccode.net/""#,
    },
    Key {
        name: "brand.support",
        kind: Kind::Contact,
        doc: "Where people find help: a page or a mail address.",
        example: r#""https://publiccode.net/contact""#,
    },
    Key {
        name: "brand.help",
        kind: Kind::Link,
        doc: "Where the help centre is.",
        example: r#""https://publiccode.net/help""#,
    },
    Key {
        name: "brand.privacy",
        kind: Kind::Link,
        doc: "The privacy policy.",
        example: r#""https://publiccode.net/privacy""#,
    },
    Key {
        name: "brand.terms",
        kind: Kind::Link,
        doc: "The terms of service.",
        example: r#""https://publiccode.net/terms""#,
    },
    Key {
        name: "brand.streaming-help",
        kind: Kind::Link,
        doc: "Where people read how to stream a meeting.",
        example: r#""https://publiccode.net/streaming""#,
    },
    Key {
        name: "people.remote",
        kind: Kind::Text(200),
        doc: "How others see a participant who gave no name.",
        example: r#""fellow Public Coder""#,
    },
    Key {
        name: "people.local",
        kind: Kind::Text(200),
        doc: "How participants who gave no name see themselves.",
        example: r#""me""#,
    },
    Key {
        name: "logo.source",
        kind: Kind::Picture,
        doc: "The logo in meetings: svg or any common bitmap.",
        example: r#""logo.svg""#,
    },
    Key {
        name: "logo.welcome",
        kind: Kind::Picture,
        doc: "The logo on the welcome page; else the logo.",
        example: r#""https://brand.publiccode.net/logo/mark-128w128h.png""#,
    },
    Key {
        name: "logo.wide",
        kind: Kind::Bool,
        doc: "Whether the box of the logo grows to the shape of the logo, up to 140 by 70 px; else it is 71 by 32 px.",
        example: "true",
    },
    Key {
        name: "logo.show",
        kind: Kind::Bool,
        doc: "Whether meetings show the logo at all.",
        example: "true",
    },
    Key {
        name: "logo.icon",
        kind: Kind::Pictures,
        doc: "A square picture for favicons and app icons, or one for each size in pixels; else the logo.",
        example: r#"{ default = "icon.svg", 16 = "icon-16.png" }"#,
    },
    Key {
        name: "logo.background",
        kind: Kind::Color,
        doc: "The colour behind opaque app icons and link previews; else white, or one on which the logo shows.",
        example: r##""#ffffff""##,
    },
    Key {
        name: "logo.social",
        kind: Kind::Picture,
        doc: "The picture of link previews; else one made from the logo.",
        example: r#""social.png""#,
    },
    Key {
        name: "logo.welcome-background",
        kind: Kind::Picture,
        doc: "The picture behind the head of the welcome page.",
        example: r#""welcome.jpg""#,
    },
    Key {
        name: "colors.background",
        kind: Kind::Color,
        doc: "The background of meetings, and of the installed app while it starts; other pages keep theirs.",
        example: r##""#1b1b1b""##,
    },
    Key {
        name: "colors.theme",
        kind: Kind::Color,
        doc: "The colour that browsers and phones give to the window around the page.",
        example: r##""#2a3a4b""##,
    },
    Key {
        name: "phones.app",
        kind: Kind::Bool,
        doc: "Whether phones are led to the app of Jitsi Meet; `false` keeps them in the browser, and takes the store badges off the welcome page.",
        example: "false",
    },
    Key {
        name: "phones.logo",
        kind: Kind::Bool,
        doc: "Whether the pages that lead to the app show a logo.",
        example: "true",
    },
    Key {
        name: "page.css",
        kind: Kind::File,
        doc: "Rules of your own, after the style of the client: a file in this folder.",
        example: r#""style.css""#,
    },
    Key {
        name: "page.head",
        kind: Kind::File,
        doc: "What comes first in the head of the page: a file in this folder.",
        example: r#""head.html""#,
    },
    Key {
        name: "page.body",
        kind: Kind::File,
        doc: "What comes first in the body of the page: a file in this folder.",
        example: r#""body.html""#,
    },
    Key {
        name: "page.english",
        kind: Kind::Bool,
        doc: "Whether English strings are given by dynamic branding, the only way to change them.",
        example: "true",
    },
    Key {
        name: "files.links",
        kind: Kind::Bool,
        doc: "Whether branded files are links; `false` where the web server, or what copies the site, follows none.",
        example: "true",
    },
    Key {
        name: "files.overlay",
        kind: Kind::Bool,
        doc: "Whether nginx takes branded files from a folder of their own, and the package's stay untouched. It must include `/etc/jitsi/meet/jaas/*.conf` for every host, and nobody else may.",
        example: "false",
    },
    Key {
        name: "fetch.allow-private-network",
        kind: Kind::Bool,
        doc: "Whether `lock` may fetch pictures from addresses that are not public, whatever their names lead to.",
        example: "false",
    },
    Key {
        name: "text.<language>.<string>",
        kind: Kind::Text(500),
        doc: "One string of the translations.",
        example: r#""Public Code Meet""#,
    },
];

impl Key {
    /// The key `name`, if there is one.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Key> {
        KEYS.iter().find(|key| key.name == name)
    }

    /// The key of every string of the translations.
    #[must_use]
    pub fn text() -> &'static Key {
        &KEYS[KEYS.len() - 1]
    }

    /// The keys of the table `table`.
    pub fn of(table: &str) -> impl Iterator<Item = &'static Key> {
        KEYS.iter().filter(move |key| key.table() == table)
    }

    /// The table it is in: `people`.
    #[must_use]
    pub fn table(&self) -> &'static str {
        self.name.split_once('.').map_or("", |(table, _)| table)
    }

    /// Its name in that table: `remote`.
    #[must_use]
    pub fn field(&self) -> &'static str {
        self.name.split_once('.').map_or(self.name, |(_, field)| field)
    }
}
