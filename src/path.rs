//! The two kinds of path, never mixed: below a site's root, and below a project's folder.
//!
//! Both are relative, use `/`, and hold no `.`, `..` or empty segment, so joining one to a folder cannot leave it.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Why a text is no path of ours.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PathError {
    /// Nothing was given.
    #[error("the path is empty")]
    Empty,
    /// It starts with `/`.
    #[error("`{0}` is absolute")]
    Absolute(String),
    /// A segment is empty, `.` or `..`.
    #[error("`{0}` holds an empty segment, `.` or `..`")]
    Climbs(String),
    /// It holds a control character.
    #[error("{0:?} holds a control character")]
    Control(String),
}

fn checked(text: &str) -> Result<String, PathError> {
    if text.is_empty() {
        return Err(PathError::Empty);
    }
    if text.starts_with('/') {
        return Err(PathError::Absolute(text.to_owned()));
    }
    if text.chars().any(char::is_control) {
        return Err(PathError::Control(text.to_owned()));
    }
    if text.split('/').any(|segment| matches!(segment, "" | "." | "..")) {
        return Err(PathError::Climbs(text.to_owned()));
    }
    Ok(text.to_owned())
}

macro_rules! relative_path {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// Checks `text`.
            ///
            /// # Errors
            /// When it is empty, absolute, climbs, or holds a control character.
            pub fn new(text: &str) -> Result<Self, PathError> {
                checked(text).map($name)
            }

            /// The path as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// The last segment.
            #[must_use]
            pub fn name(&self) -> &str {
                self.0.rsplit('/').next().unwrap_or(&self.0)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str(&self.0)
            }
        }

        impl TryFrom<String> for $name {
            type Error = PathError;
            fn try_from(text: String) -> Result<Self, PathError> {
                $name::new(&text)
            }
        }

        impl From<$name> for String {
            fn from(path: $name) -> String {
                path.0
            }
        }
    };
}

relative_path! {
    /// A file below a site's root, such as `etc/jitsi/meet/meet.example.org-config.js`.
    SitePath
}
relative_path! {
    /// A file below a project's folder, such as `brand/logo.svg`.
    ProjectPath
}
