//! Every key of `brand.toml`, once.

/// A key of `brand.toml`.
#[derive(Debug, PartialEq, Eq)]
pub struct Key {
    /// Its name with dots. `text` stands for `text.<language>.<key>`.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// What it is for.
    pub doc: &'static str,
    /// An example, as it is written in TOML.
    pub example: &'static str,
    /// Whether this version of the program carries it to the site.
    pub is_carried: bool,
}

/// What a key of `brand.toml` holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A text of at most so many characters on one line.
    Text(usize),
    /// An `https:` address.
    Link,
    /// An `https:` or `mailto:` address.
    LinkOrMail,
    /// An `https:` address of a picture, or a file in `brand/`.
    LinkOrFile,
    /// A picture, or a table of pictures by size in px, with a `default`.
    Pictures,
    /// A colour: `#rgb`, `#rrggbb`, `#rrggbbaa`, `rgb(…)` or `rgba(…)`.
    Color,
    /// `true` or `false`.
    Bool,
    /// Texts by language and key.
    Texts,
}

/// The keys, in the order in which they are documented.
pub static KEYS: [Key; 18] = [
    key(
        "brand.name",
        Kind::Text(200),
        "what the product is called wherever Jitsi Meet names itself",
        "\"Public Code Meet\"",
        true,
    ),
    key(
        "brand.short-name",
        Kind::Text(200),
        "the name below an installed app's icon; default: the name",
        "\"Public Code\"",
        false,
    ),
    key(
        "brand.provider",
        Kind::Text(200),
        "who provides the service, as calendar dialogs say",
        "\"Foundation for Public Code\"",
        true,
    ),
    key(
        "brand.description",
        Kind::Text(500),
        "what link previews say; default: the name",
        "\"Video calls of the Foundation for Public Code\"",
        false,
    ),
    key("brand.home", Kind::Link, "where the logo leads", "\"https://publiccode.net/\"", true),
    key(
        "brand.support",
        Kind::LinkOrMail,
        "where error dialogs send people for help",
        "\"https://publiccode.net/contact\"",
        true,
    ),
    key(
        "people.remote",
        Kind::Text(200),
        "what people are called who gave no name",
        "\"fellow Public Coder\"",
        true,
    ),
    key(
        "people.local",
        Kind::Text(200),
        "what people without a name are called on their own screen",
        "\"me\"",
        true,
    ),
    key(
        "logo.source",
        Kind::LinkOrFile,
        "the logo: an `https:` address, or a file in this folder",
        "\"logo.svg\"",
        true,
    ),
    key("logo.welcome", Kind::LinkOrFile, "another logo for the welcome page", "\"welcome.svg\"", true),
    key("logo.show", Kind::Bool, "whether meetings show the logo", "true", true),
    key(
        "logo.icon",
        Kind::Pictures,
        "a square picture for favicons and app icons; or one for each size",
        "\"icon.svg\"",
        false,
    ),
    key("logo.background", Kind::Color, "the colour behind app icons", "\"#ffffff\"", false),
    key("logo.social", Kind::LinkOrFile, "the picture of link previews", "\"social.png\"", false),
    key("colors.background", Kind::Color, "the background of meetings", "\"#1b1b1b\"", true),
    key("colors.theme", Kind::Color, "the colour that browsers give their own frame", "\"#2a3a4b\"", false),
    key(
        "text",
        Kind::Texts,
        "strings of the translations, by language and key",
        "{ en = { \"welcomepage.headerTitle\" = \"Public Code Meet\" } }",
        false,
    ),
    key(
        "sites",
        Kind::Texts,
        "any key above, for one host only",
        "{ \"meet.example.org\" = { people.remote = \"fellow guest\" } }",
        true,
    ),
];

const fn key(
    name: &'static str,
    kind: Kind,
    doc: &'static str,
    example: &'static str,
    is_carried: bool,
) -> Key {
    Key { name, kind, doc, example, is_carried }
}

/// The key called `name`; `sites` is no key of its own.
pub(super) fn find(name: &str) -> Option<&'static Key> {
    KEYS.iter().find(|key| key.name == name && name != "sites")
}

/// Whether `name` is a table that holds keys: `brand`.
pub(super) fn is_section(name: &str) -> bool {
    KEYS.iter().any(|key| key.name.strip_prefix(name).is_some_and(|rest| rest.starts_with('.')))
}
