//! The bytes of a file, shared and hashed once however many people ask.

use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use crate::digest::Digest;
use crate::text::{NotUtf8, Text};

/// The whole bytes of a file. A clone costs nothing.
#[derive(Clone, Debug)]
pub struct Content(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    bytes: Bytes,
    digest: OnceLock<Digest>,
}

#[derive(Debug)]
enum Bytes {
    /// No UTF-8.
    Raw(Vec<u8>),
    Text(Text),
}

impl Content {
    fn new(bytes: Bytes) -> Self {
        Content(Arc::new(Inner { bytes, digest: OnceLock::new() }))
    }

    /// Its SHA-256.
    #[must_use]
    pub fn digest(&self) -> &Digest {
        self.0.digest.get_or_init(|| Digest::of(self))
    }

    /// The same bytes as text, not a copy of them.
    ///
    /// # Errors
    /// When they are not UTF-8.
    pub fn text(&self) -> Result<Text, NotUtf8> {
        match &self.0.bytes {
            Bytes::Raw(bytes) => Text::from_bytes(bytes),
            Bytes::Text(text) => Ok(text.clone()),
        }
    }
}

/// No bytes.
impl Default for Content {
    fn default() -> Self {
        Content::from(Vec::new())
    }
}

impl From<Vec<u8>> for Content {
    fn from(bytes: Vec<u8>) -> Self {
        Content::new(match String::from_utf8(bytes) {
            Ok(text) => Bytes::Text(Text::from(text)),
            Err(error) => Bytes::Raw(error.into_bytes()),
        })
    }
}

impl From<Text> for Content {
    fn from(text: Text) -> Self {
        Content::new(Bytes::Text(text))
    }
}

impl From<&str> for Content {
    fn from(text: &str) -> Self {
        Content::from(Text::from(text))
    }
}

impl Deref for Content {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match &self.0.bytes {
            Bytes::Raw(bytes) => bytes,
            Bytes::Text(text) => text.as_str().as_bytes(),
        }
    }
}

impl PartialEq for Content {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || **self == **other
    }
}

impl Eq for Content {}
