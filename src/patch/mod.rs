//! Patches: typed edits of single keys beyond the brand (`patches/*.toml`), and unified diffs (`patches/*.patch`).
//!
//! A patch file says which keys of which file hold what. The reader is strict and tells every fault of the file
//! at once, edits that contradict each other among them. Whether a key exists in the installed version, and
//! whether a JavaScript literal is one, is for others to say.

mod clash;
mod diff;
mod read;
mod schema;
mod value;

pub use diff::{DiffFile, FOLDERS};
pub use schema::{reference, schema};

use crate::edit::Edit;
use crate::fault::Fault;
use crate::text::Text;

/// A file of `patches/`.
#[derive(Clone, Debug, PartialEq)]
pub struct PatchFile {
    /// Its name, as the user knows it: `patches/config.toml`.
    pub file: String,
    /// What it edits.
    pub target: Target,
    /// How its edits are made.
    pub style: Style,
    /// The edits in the order they are written. Their wishes are named `set deeplinking.hideLogo`.
    pub edits: Vec<Edit>,
}

/// What a patch file edits; its name says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// `interface_config.js`, which all hosts share.
    InterfaceConfig,
    /// Every `<host>-config.js`.
    Config,
    /// `manifest.json`, which all hosts share.
    Manifest,
}

/// How edits are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Style {
    /// Where the key stands.
    #[default]
    Splice,
    /// By assignments after everything else, for what cannot be edited where it stands.
    Overlay,
}

/// A table of a patch file.
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// What it does, in one line.
    pub doc: &'static str,
    /// An example of a line in it, in TOML.
    pub example: &'static str,
}

/// The tables of a patch file, in the order in which a person should meet them.
pub static TABLES: [Table; 5] = [
    Table {
        name: "set",
        doc: "Keys and their values; dots in quotes and TOML's own both make a path.",
        example: "\"deeplinking.hideLogo\" = true",
    },
    Table {
        name: "append",
        doc: "Lists, and items that they are to hold too.",
        example: "SETTINGS_SECTIONS = [\"shortcuts\"]",
    },
    Table {
        name: "without",
        doc: "Lists, and items that they are not to hold.",
        example: "SETTINGS_SECTIONS = [\"calendar\"]",
    },
    Table {
        name: "remove",
        doc: "`keys`: the keys to take out.",
        example: "keys = [\"SHOW_CHROME_EXTENSION_BANNER\"]",
    },
    Table {
        name: "raw",
        doc: "Keys and their values as JavaScript literals, where TOML has none.",
        example: "POLICY_LOGO = \"null\"",
    },
];

impl Target {
    /// All targets.
    pub const ALL: [Target; 3] = [Target::InterfaceConfig, Target::Config, Target::Manifest];

    /// The name of its patch file without the ending: `interface_config`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Target::InterfaceConfig => "interface_config",
            Target::Config => "config",
            Target::Manifest => "manifest",
        }
    }
}

impl PatchFile {
    /// Reads `text`, which is the file `file`. The last segment of that name says what is edited.
    ///
    /// # Errors
    /// Every fault of the file, sorted by place.
    pub fn parse(file: &str, text: &Text) -> Result<PatchFile, Vec<Fault>> {
        read::patch(file, text)
    }
}
