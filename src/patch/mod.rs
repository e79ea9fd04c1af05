//! Patches: typed edits beyond the brand. Reads `patches/*.toml`.

mod read;
mod schema;

pub use schema::schema;

use crate::edit::Edit;
use crate::fault::Fault;
use crate::text::Text;

/// One file of `patches/`.
#[derive(Clone, Debug, PartialEq)]
pub struct PatchFile {
    /// The file, as its owner knows it.
    pub file: String,
    /// Which file of the site it edits.
    pub target: Target,
    /// How it edits.
    pub style: Style,
    /// The edits, in the order they are written.
    pub edits: Vec<Edit>,
}

/// A file of the site that patches can edit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// `interface_config.js`.
    InterfaceConfig,
    /// Every `<host>-config.js`.
    Config,
    /// `manifest.json`.
    Manifest,
}

/// How edits are made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Style {
    /// In the text, where each key stands or belongs.
    #[default]
    Splice,
    /// In a marked block of assignments at the end.
    Overlay,
}

impl Target {
    /// The targets, by the name of the patch file without `.toml`.
    pub const NAMES: [(&'static str, Target); 3] = [
        ("interface_config", Target::InterfaceConfig),
        ("config", Target::Config),
        ("manifest", Target::Manifest),
    ];
}

impl PatchFile {
    /// Reads `text`, the file `file`, whose name tells its target.
    ///
    /// # Errors
    /// Every fault of the file, in the order of their places.
    pub fn parse(file: &str, text: &Text) -> Result<Self, Vec<Fault>> {
        read::read(file, text)
    }
}
