//! Why a picture cannot be made.

use serde::{Deserialize, Serialize};

use super::{Kind, LONGEST_MADE};

/// Why a picture cannot be made. Every text follows the name of the source: "`logo.png` is empty".
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum Error {
    /// There are no bytes.
    #[error("is empty")]
    Empty,
    /// It is HTML: what servers send in the place of a picture.
    #[error("is a web page, not a picture: the server sent a login page or an error")]
    WebPage,
    /// It is known what it is, and it is not read.
    #[error("is {what}, which is not read: convert it to PNG or SVG first")]
    Unsupported {
        /// The name of the format.
        what: String,
    },
    /// Its first bytes are those of no format known here.
    #[error("is no picture that is known here: PNG, JPEG, WebP, GIF, ICO, BMP, TIFF and SVG are read")]
    Unknown,
    /// The file is too long.
    #[error("is {bytes} bytes long: at most {limit} are read")]
    TooLong {
        /// Its length.
        bytes: u64,
        /// The longest that is read.
        limit: u64,
    },
    /// It has too many pixels.
    #[error("is {width}×{height} px: at most 16384 px a side and 100 million pixels in all are read")]
    TooLarge {
        /// The width it claims, in px.
        width: u32,
        /// The height it claims, in px.
        height: u32,
    },
    /// It would take too much memory to decode.
    #[error(
        "would take {bytes} bytes of memory to decode: at most {limit} are spent; save it as PNG, not interlaced"
    )]
    TooMuchMemory {
        /// What it would take.
        bytes: u64,
        /// What is spent.
        limit: u64,
    },
    /// It is broken.
    #[error("does not decode as {kind}: {message}")]
    Broken {
        /// What it says it is.
        kind: Kind,
        /// What the decoder says.
        message: String,
    },
    /// Nothing would be seen.
    #[error("is wholly transparent")]
    Transparent,
    /// Its entities expand without end, or to too much.
    #[error("declares entities that expand to more than {limit} bytes")]
    Entities {
        /// The most that is expanded, in bytes.
        limit: u64,
    },
    /// It holds text, and the font is not there.
    #[error(
        "holds text in the font `{family}`, which is not there: draw the text as paths, or bring the font file"
    )]
    Font {
        /// The families asked for.
        family: String,
    },
    /// It holds a character that no font here can draw.
    #[error("holds the character `{character}`, which none of the fonts can draw: draw the text as paths")]
    Glyph {
        /// The character.
        character: char,
    },
    /// The cleaned SVG is too long to be sent to every visitor.
    #[error("becomes an SVG of {bytes} bytes: at most {limit} are written; simplify it, or use a PNG")]
    HeavySvg {
        /// Its length.
        bytes: u64,
        /// The longest that is written.
        limit: u64,
    },
    /// An SVG is wanted of a bitmap.
    #[error("is a {kind}, of which no SVG can be made")]
    NoVector {
        /// What it is.
        kind: Kind,
    },
    /// A recipe asks for the impossible.
    #[error(
        "cannot be made {width}×{height} px with {padding} % padding: at most {LONGEST_MADE} px a side and 45 %"
    )]
    Recipe {
        /// The width asked for, in px.
        width: u32,
        /// The height asked for, in px.
        height: u32,
        /// The padding asked for, in percent.
        padding: u8,
    },
    /// An encoder or the drawing of a picture failed; not the fault of the source.
    #[error("failed to write the picture: {message}")]
    Write {
        /// What the encoder says.
        message: String,
    },
}

impl Error {
    pub(super) fn broken(kind: Kind, cause: &impl ToString) -> Self {
        Error::Broken { kind, message: cause.to_string() }
    }

    pub(super) fn write(cause: &impl ToString) -> Self {
        Error::Write { message: cause.to_string() }
    }
}
