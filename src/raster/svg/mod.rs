//! SVG: read with suspicion, drawn at any size, and written anew.
//!
//! Entities are bounded before the parser sees them; no file and no address is ever opened; text is drawn only in
//! fonts that the brand brings. Filters that never end are not stopped here: the process that draws has a time.

mod embedded;
mod entities;
mod fonts;
mod inspect;
mod write;

use std::sync::Arc;
use std::sync::atomic::Ordering;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::roxmltree::{Document, ParsingOptions};
use resvg::usvg::{Group, Node, Options, TextChunk, Tree};

use super::light::light;
use super::linear::{Linear, seen};
use super::number::{bytes, index, rounded, single};
use super::place::{Frame, Place};
use super::scale::scaled;
use super::{Error, Kind, Lost, Remark, Source};

pub(super) use write::write;

/// The longest an SVG may be without the pictures embedded in it, in bytes.
const LONGEST: u64 = 1 << 20;

/// The most elements, texts and comments.
const NODES: u32 = 200_000;

/// The size up to which a drawing is drawn larger and reduced in linear light, in px.
const SMALL: u32 = 64;

/// How much larger.
const LARGER: u32 = 4;

/// The longest side a drawing has while its border is looked for, in px.
const LOOK: f64 = 512.0;

/// An SVG that was understood.
pub(super) struct Drawing {
    pub(super) source: Source,
    tree: Tree,
    /// What is seen of it, in its own units.
    pub(super) content: Frame,
    /// The height of its smallest letters, in its own units.
    pub(super) letters: Option<f64>,
    pub(super) remarks: Vec<Remark>,
}

/// Reads an SVG that may use `fonts`.
///
/// # Errors
/// What is wrong with it; `Font` and `Glyph`; `Transparent`.
pub(super) fn read(source: &[u8], fonts: &[Vec<u8>]) -> Result<Drawing, Error> {
    let text = checked(source)?;
    let document = parsed(text)?;
    let mut remarks = inspect::remarks(&document);
    let (missed, pictures) = (fonts::Missed::default(), embedded::Embedded::default());
    let options = Options {
        font_resolver: fonts::resolver(&missed),
        image_href_resolver: embedded::resolver(&pictures),
        fontdb: Arc::new(fonts::database(fonts)),
        ..Options::default()
    };
    let tree = Tree::from_xmltree(&document, &options).map_err(|error| broken(&error))?;
    drop(options);
    missed.check()?;
    let count = pictures.lost.load(Ordering::Relaxed);
    if count > 0 {
        remarks.push(Remark::Lost { feature: Lost::Embedded, count });
    }
    let content = content(&tree)?;
    let letters = smallest_letters(tree.root());
    Ok(Drawing { source: described(&tree), tree, content, letters, remarks })
}

impl Drawing {
    /// The part and size that `place` asks for, as pixels of a file.
    pub(super) fn drawn(&self, place: Place) -> Result<Vec<[u8; 4]>, Error> {
        let Place { part, width, height, .. } = place;
        if width.max(height) > SMALL {
            return Ok(straight(&draw(&self.tree, part, width, height)?));
        }
        let (wide, high) = (width * LARGER, height * LARGER);
        let larger = straight(&draw(&self.tree, part, wide, high)?);
        let pixels = larger.into_iter().map(light).collect();
        let all = Frame { left: 0.0, top: 0.0, width: f64::from(wide), height: f64::from(high) };
        scaled(&Linear { width: wide, height: high, pixels }, all, width, height)
    }
}

fn broken(cause: &impl ToString) -> Error {
    Error::broken(Kind::Svg, cause)
}

/// The text of `source`, which is not too long, nor becomes so.
fn checked(source: &[u8]) -> Result<&str, Error> {
    let text = str::from_utf8(source).map_err(|_| broken(&"it is not UTF-8"))?;
    let embedded: usize = text.split(";base64,").skip(1).map(base64).sum();
    let own = bytes(text.len() - embedded);
    if own > LONGEST {
        return Err(Error::TooLong { bytes: own, limit: LONGEST });
    }
    if entities::expansion(text).is_none() {
        return Err(Error::Entities { limit: entities::LIMIT });
    }
    Ok(text)
}

/// How many bytes of Base64 `text` starts with.
fn base64(text: &str) -> usize {
    text.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || b"+/=".contains(byte)).count()
}

fn parsed(text: &str) -> Result<Document<'_>, Error> {
    let options = ParsingOptions { allow_dtd: true, nodes_limit: NODES, ..ParsingOptions::default() };
    Document::parse_with_options(text, options).map_err(|error| broken(&error))
}

fn described(tree: &Tree) -> Source {
    let side = |length: f32| rounded(f64::from(length)).max(1);
    let (width, height) = (side(tree.size().width()), side(tree.size().height()));
    Source { kind: Kind::Svg, width, height, vector: true }
}

/// What is seen of a drawing: looked for twice, the second time only where something was found.
fn content(tree: &Tree) -> Result<Frame, Error> {
    let (width, height) = (f64::from(tree.size().width()), f64::from(tree.size().height()));
    let mut frame = Frame { left: 0.0, top: 0.0, width, height };
    for _ in 0..2 {
        let scale = LOOK / frame.width.max(frame.height);
        let (wide, high) = (rounded(frame.width * scale).max(1), rounded(frame.height * scale).max(1));
        let pixels = straight(&draw(tree, frame, wide, high)?);
        let seen = seen(wide, &pixels).ok_or(Error::Transparent)?;
        let (across, down) = (frame.width / f64::from(wide), frame.height / f64::from(high));
        frame = Frame {
            left: frame.left + f64::from(seen.left) * across,
            top: frame.top + f64::from(seen.top) * down,
            width: f64::from(seen.width) * across,
            height: f64::from(seen.height) * down,
        };
    }
    Ok(frame)
}

/// The `part` of a drawing at `width` × `height` px.
fn draw(tree: &Tree, part: Frame, width: u32, height: u32) -> Result<Pixmap, Error> {
    let mut pixmap = Pixmap::new(width, height).ok_or_else(|| Error::write(&"no memory to draw in"))?;
    let across = f64::from(width) / part.width;
    let down = f64::from(height) / part.height;
    let transform = Transform::from_row(
        single(across),
        0.0,
        0.0,
        single(down),
        single(-part.left * across),
        single(-part.top * down),
    );
    resvg::render(tree, transform, &mut pixmap.as_mut());
    Ok(pixmap)
}

/// Straight pixels, divided in whole numbers.
fn straight(pixmap: &Pixmap) -> Vec<[u8; 4]> {
    let mut pixels = Vec::with_capacity(index(pixmap.width()) * index(pixmap.height()));
    for [red, green, blue, alpha] in pixmap.data().as_chunks::<4>().0 {
        let whole = u32::from(*alpha);
        let part = |value: u8| match whole {
            0 => 0,
            255 => value,
            _ => u8::try_from((u32::from(value) * 255 + whole / 2) / whole).unwrap_or(u8::MAX),
        };
        pixels.push([part(*red), part(*green), part(*blue), *alpha]);
    }
    pixels
}

/// The height of the smallest letters in `group`.
fn smallest_letters(group: &Group) -> Option<f64> {
    let of_node = |node: &Node| match node {
        Node::Group(group) => smallest_letters(group),
        Node::Text(text) => {
            let scale = f64::from(text.abs_transform().get_scale().1).abs();
            let spans = text.chunks().iter().flat_map(TextChunk::spans);
            spans.map(|span| f64::from(span.font_size().get()) * scale).min_by(f64::total_cmp)
        }
        _ => None,
    };
    group.children().iter().filter_map(of_node).min_by(f64::total_cmp)
}
