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
    /// Whether this version does something about it; others are read and checked all the same.
    pub carried: bool,
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
    /// `true` or `false`.
    Bool,
}

/// The tables of `brand.toml` and what they are for.
pub static TABLES: [(&str, &str); 7] = [
    ("brand", "The name and what belongs to it."),
    ("people", "How people are called who gave no name."),
    ("logo", "Pictures: links, or files named from this folder."),
    ("colors", "Colours: #rgb, #rrggbb, #rrggbbaa, rgb(…) or rgba(…)."),
    ("fetch", "What `lock` may do on the network."),
    ("text", "Strings of the translations, by language and by key."),
    ("sites", "Any of the keys above for one host only."),
];

/// The keys of `brand.toml`, table by table.
pub static KEYS: [Key; 19] = [
    Key {
        name: "brand.name",
        kind: Kind::Text(200),
        carried: true,
        doc: "The name that replaces 'Jitsi Meet'.",
        example: r#""Public Code Meet""#,
    },
    Key {
        name: "brand.short-name",
        kind: Kind::Text(200),
        carried: false,
        doc: "The name where there is little room, such as under an app's icon; else the name.",
        example: r#""Public Code""#,
    },
    Key {
        name: "brand.provider",
        kind: Kind::Text(200),
        carried: true,
        doc: "Who offers this service.",
        example: r#""Foundation for Public Code""#,
    },
    Key {
        name: "brand.description",
        kind: Kind::Text(500),
        carried: false,
        doc: "What this service is, for link previews and search engines; else the name.",
        example: r#""Video calls of the Foundation for Public Code""#,
    },
    Key {
        name: "brand.home",
        kind: Kind::Link,
        carried: true,
        doc: "Where the logo leads.",
        example: r#""https://publiccode.net/""#,
    },
    Key {
        name: "brand.support",
        kind: Kind::Contact,
        carried: true,
        doc: "Where people find help: a page or a mail address.",
        example: r#""https://publiccode.net/contact""#,
    },
    Key {
        name: "people.remote",
        kind: Kind::Text(200),
        carried: true,
        doc: "How others see a participant who gave no name.",
        example: r#""fellow Public Coder""#,
    },
    Key {
        name: "people.local",
        kind: Kind::Text(200),
        carried: true,
        doc: "How participants who gave no name see themselves.",
        example: r#""me""#,
    },
    Key {
        name: "logo.source",
        kind: Kind::Picture,
        carried: true,
        doc: "The logo in meetings: svg or any common bitmap.",
        example: r#""logo.svg""#,
    },
    Key {
        name: "logo.welcome",
        kind: Kind::Picture,
        carried: true,
        doc: "The logo on the welcome page; else the logo.",
        example: r#""https://brand.publiccode.net/logo/mark-128w128h.png""#,
    },
    Key {
        name: "logo.show",
        kind: Kind::Bool,
        carried: true,
        doc: "Whether meetings show the logo at all.",
        example: "true",
    },
    Key {
        name: "logo.icon",
        kind: Kind::Pictures,
        carried: true,
        doc: "A square picture for favicons and app icons, or one for each size in pixels; else the logo.",
        example: r#"{ default = "icon.svg", 16 = "icon-16.png" }"#,
    },
    Key {
        name: "logo.background",
        kind: Kind::Color,
        carried: true,
        doc: "The colour behind app icons.",
        example: r##""#ffffff""##,
    },
    Key {
        name: "logo.social",
        kind: Kind::Picture,
        carried: true,
        doc: "The picture of link previews; else one made from the logo.",
        example: r#""social.png""#,
    },
    Key {
        name: "logo.welcome-background",
        kind: Kind::Picture,
        carried: true,
        doc: "The picture behind the head of the welcome page.",
        example: r#""welcome.jpg""#,
    },
    Key {
        name: "colors.background",
        kind: Kind::Color,
        carried: true,
        doc: "The background of the client.",
        example: r##""#1b1b1b""##,
    },
    Key {
        name: "colors.theme",
        kind: Kind::Color,
        carried: false,
        doc: "The colour that browsers and phones give to the window around the page.",
        example: r##""#2a3a4b""##,
    },
    Key {
        name: "fetch.allow-private-network",
        kind: Kind::Bool,
        carried: true,
        doc: "Whether `lock` may fetch pictures from addresses that are not public, whatever their names lead to.",
        example: "false",
    },
    Key {
        name: "text.<language>.<string>",
        kind: Kind::Text(500),
        carried: false,
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
