//! Facts about every key and surface of every Jitsi Meet, compiled in as data.
//!
//! The files in `data/` hold one record per line; a look-up finds its line as text and parses that line alone, so
//! that asking costs microseconds and not asking costs nothing. A test parses every record, so a look-up that finds
//! nothing means that the fact is not known. Never decides anything: what the installed files say comes first, and
//! the floors above weigh the two.

mod check;
mod date;
mod defaults;
mod file;
mod history;
mod key;
mod lint;
mod moves;
mod nearest;
mod page;
mod picture;
mod release;
mod sight;
mod surface;
mod table;
mod words;

pub use check::{Kind, Mismatch};
pub use date::{Date, NotADate};
pub use defaults::default_list;
pub use file::ConfigFile;
pub use key::{DefaultValue, Key, Overridable, Presence, Reader, State, elsewhere, fate, key, keys};
pub use lint::{AssetTest, Condition, Instead, KeyTest, Lint, Search, Severity, When, lints};
pub use moves::{Carry, Move, Predecessor, Rule, predecessors, predecessors_below};
pub use nearest::nearest;
pub use page::{ManifestMember, PageElement, manifest_members, page_elements};
pub use picture::{PictureFact, PictureFormat, is_shipped_picture, pictures};
pub use release::{
    Known, Release, release_of_build, release_of_version, release_on, releases, shipped_on, upstream,
};
pub use sight::{
    Fallback, PictureSight, Seen, Setting, Shows, Sight, Sign, SignKind, page_seen, picture_sights, sight,
    sights, signs,
};
pub use surface::{
    AssetTarget, BrandSurface, KeyTarget, Labels, OlderLabels, Surface, Target, brand_surfaces, brand_wishes,
    labels, labels_since, surface, surfaces,
};
pub use words::{Word, kept_string, words};
