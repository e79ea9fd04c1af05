//! What nginx and Apache would serve, read from their configuration as they read it.
//!
//! A question is a host and the path of an address; the answer names the file, and the directive that decided.
//! Where the configuration does what is not followed here, the answer is `Unknown` with the reason, never a guess.
//! Nothing here touches a disk: whoever asks lends it a `Disk`. The packages that read nginx's files know a fixed set of
//! directives and refuse all others, and there is none for Apache's, so both are read here.

mod answer;
pub mod apache;
pub mod nginx;
mod pattern;

pub use answer::{Answer, Caching, Links, Manner, Served};

use crate::content::Content;

/// The most files that one configuration is read from.
const MOST_FILES: usize = 2000;

/// How deeply files include each other, and blocks lie in one another.
const MOST_DEPTH: usize = 64;

/// How often a request is sent on to another address inside the server.
const MOST_TURNS: usize = 10;

/// What there is to read. Paths begin with `/`.
#[derive(Clone, Copy)]
pub struct Disk<'d> {
    /// The files that a path with wildcards names, sorted.
    pub files: &'d dyn Fn(&str) -> Vec<(String, Content)>,
    /// What stands at a path after every link.
    pub stands: &'d dyn Fn(&str) -> Option<Kind>,
}

/// What stands at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A file.
    File,
    /// A folder.
    Folder,
}

impl Disk<'_> {
    fn is_file(&self, path: &str) -> bool {
        (self.stands)(path) == Some(Kind::File)
    }

    fn is_folder(&self, path: &str) -> bool {
        (self.stands)(path) == Some(Kind::Folder)
    }
}

/// `path` without `//`, `.` and `..`.
fn tidied(path: &str) -> String {
    let mut segments: Vec<&str> = Vec::new();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop();
            }
            segment => segments.push(segment),
        }
    }
    let end = if path.ends_with('/') && !segments.is_empty() { "/" } else { "" };
    format!("/{}{end}", segments.join("/"))
}
