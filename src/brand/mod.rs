//! The brand: what the owner wants, independent of any version. Reads `brand/brand.toml`.
//!
//! One table of keys (`keys.rs`) drives the reader, the schema, the template and the reference.

mod check;
mod keys;
mod read;
mod schema;
mod template;

pub use keys::{KEYS, Key, Kind};
pub use schema::schema;
pub use template::template;

use crate::edit::Wish;
use crate::fault::Fault;
use crate::text::Text;
use crate::value::Value;

/// The brand of this repository, and its logo: what the demo puts on its stand-in site.
pub const OWN: (&str, &str) = (include_str!("../../brand/brand.toml"), include_str!("../../brand/logo.svg"));

/// What the owner wants.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Brand {
    /// The wishes, in the order they are written.
    pub wishes: Vec<BrandWish>,
    /// The hosts that have a table of their own.
    sites: Vec<String>,
}

/// One line of the brand.
#[derive(Clone, Debug, PartialEq)]
pub struct BrandWish {
    /// Which line: its row in the table of keys.
    pub key: &'static Key,
    /// The host it is for; none if it is for all.
    pub site: Option<String>,
    /// What is wanted.
    pub value: Value,
    /// How it is called, and where it is written.
    pub wish: Wish,
}

impl Brand {
    /// Reads `text`, the file `file`.
    ///
    /// # Errors
    /// Every fault of the file, in the order of their places.
    pub fn parse(file: &str, text: &Text) -> Result<Self, Vec<Fault>> {
        read::read(file, text)
    }

    /// The wish `key` (`people.remote`) for `host`: the host's own before the common one.
    #[must_use]
    pub fn wish(&self, key: &str, host: Option<&str>) -> Option<&BrandWish> {
        let find = |site: Option<&str>| {
            self.wishes.iter().find(|wish| wish.key.name == key && wish.site.as_deref() == site)
        };
        host.and_then(|host| find(Some(host))).or_else(|| find(None))
    }

    /// The hosts that have wishes of their own.
    #[must_use]
    pub fn sites(&self) -> &[String] {
        &self.sites
    }

    /// Every picture of the brand that lies in its folder, for the keys that are carried.
    pub fn pictures(&self) -> impl Iterator<Item = (&BrandWish, &str)> {
        let carried =
            self.wishes.iter().filter(|wish| wish.key.is_carried && wish.key.kind == Kind::LinkOrFile);
        carried.filter_map(|wish| Some((wish, wish.value.as_str()?))).filter(|(_, source)| !is_link(source))
    }
}

/// Whether a picture's source is an address, and no file of the project.
#[must_use]
pub fn is_link(source: &str) -> bool {
    source.contains("://")
}
