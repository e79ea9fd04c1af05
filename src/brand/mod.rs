//! The brand: what the owner wants, whatever the version of Jitsi Meet (`brand/brand.toml`).
//!
//! One table of keys ([`KEYS`]) drives the reader, the schema, the template and the reference. The reader is
//! strict and tells every fault of the file at once. It looks at the text alone: whether a picture is there,
//! or a host on this machine, is for others to say.

mod check;
mod key;
mod link;
mod read;
mod schema;
mod template;

pub use key::{KEYS, Key, Kind, TABLES};
pub use link::{is_host, is_link};
pub use schema::schema;
pub use template::{reference, template};

use crate::edit::Wish;
use crate::fault::{Fault, Place};
use crate::text::Text;
use crate::value::{KeyPath, Value};

/// The brand of this repository, and its logo: what the demo puts on its stand-in site.
pub const OWN: (&str, &str) = (include_str!("../../brand/brand.toml"), include_str!("../../brand/logo.svg"));

/// What the owner wants. Without a `brand.toml` there are no wishes: patches alone are a project.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Brand {
    /// The wishes in the order they are written.
    pub wishes: Vec<BrandWish>,
    /// The mistakes that are none here.
    pub silenced: Vec<Silenced>,
    sites: Vec<HostTable>,
}

/// A known mistake that is none here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Silenced {
    /// Its name.
    pub id: String,
    /// Why it is none.
    pub reason: String,
    /// The only host for which it is none.
    pub host: Option<String>,
    /// Where that is written.
    pub place: Place,
}

/// One line of the brand.
#[derive(Clone, Debug, PartialEq)]
pub struct BrandWish {
    /// What the line is about.
    pub key: &'static Key,
    /// The key as written, without `sites."<host>"`: `people.remote`, `text.en."welcomepage.headerTitle"`.
    pub path: KeyPath,
    /// The host it is for, or none if it is for all.
    pub site: Option<String>,
    /// What is wanted: a string, a boolean, or for `logo.icon` also an object from sizes to pictures.
    /// A link stays as it is written; a picture that is no link ([`is_link`]) is a path below `brand/`.
    pub value: Value,
    /// Its full name, `sites."<host>"` included, and where it is written.
    pub wish: Wish,
}

/// A table `[sites."<host>"]`, which may be empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostTable {
    /// The host, as written.
    pub host: String,
    /// Where it is first named.
    pub place: Place,
}

impl Brand {
    /// Reads `text`, which is the file `file` (a name for messages; nothing is opened).
    ///
    /// # Errors
    /// Every fault of the file, sorted by place.
    pub fn parse(file: &str, text: &Text) -> Result<Brand, Vec<Fault>> {
        read::brand(file, text)
    }

    /// The wish named `name` that holds for `host`: the host's own, else the common one. Without a host, the
    /// common one. The name is that of [`BrandWish::path`].
    #[must_use]
    pub fn wish(&self, name: &str, host: Option<&str>) -> Option<&BrandWish> {
        self.in_force(host).into_iter().find(|wish| wish.path.to_string() == name)
    }

    /// The wishes that hold for `host`, in the order they are written: its own, and the common ones that it
    /// does not override. Without a host, the common ones.
    #[must_use]
    pub fn in_force(&self, host: Option<&str>) -> Vec<&BrandWish> {
        let own = |wish: &BrandWish| same_host(wish.site.as_deref(), host);
        let overridden =
            |wish: &BrandWish| self.wishes.iter().any(|other| own(other) && other.path == wish.path);
        self.wishes.iter().filter(|wish| own(wish) || (wish.site.is_none() && !overridden(wish))).collect()
    }

    /// The hosts that have a table of their own, in the order they are written.
    #[must_use]
    pub fn sites(&self) -> &[HostTable] {
        &self.sites
    }
}

/// Host names do not tell capitals from small letters.
fn same_host(one: Option<&str>, other: Option<&str>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => one.eq_ignore_ascii_case(other),
        (one, other) => one == other,
    }
}
