//! An SVG cleaned and written anew: shapes and paints, and nothing that runs or points outside.

use resvg::usvg::{Indent, WriteOptions};

use super::Drawing;
use crate::raster::number::bytes;
use crate::raster::place::{Frame, Room};
use crate::raster::{Error, Recipe, Remark};

/// The length from which an SVG is remarked on, in bytes.
const LONG: u64 = 64 << 10;

/// The longest SVG that is written, in bytes.
const LONGEST: u64 = 512 << 10;

/// Digits kept after the point.
const DIGITS: u8 = 5;

/// `drawing` as a file, with what to know about it.
///
/// # Errors
/// `HeavySvg`; `Recipe`.
pub(in crate::raster) fn write(
    drawing: &Drawing,
    recipe: &Recipe,
) -> Result<(Vec<u8>, Option<Remark>), Error> {
    let (view, size) = view(drawing.content, recipe)?;
    let options = WriteOptions {
        coordinates_precision: DIGITS,
        transforms_precision: DIGITS,
        indent: Indent::None,
        ..WriteOptions::default()
    };
    let written = drawing.tree.to_string(&options);
    let (head, body) = written.split_once('>').ok_or_else(|| Error::write(&"an SVG without a root"))?;
    let is_empty = head.ends_with('/');
    let head = without(&without(head.trim_end_matches('/'), "width"), "height");
    let [left, top, width, height] = [view.left, view.top, view.width, view.height].map(short);
    let (shown_width, shown_height) = (short(size.0), short(size.1));
    let mut file = format!(
        r#"{head} width="{shown_width}" height="{shown_height}" viewBox="{left} {top} {width} {height}">"#
    );
    if let Some(colour) = recipe.background {
        let ground =
            format!(r#"<rect x="{left}" y="{top}" width="{width}" height="{height}" fill="{colour}"/>"#);
        file.push_str(&ground);
    }
    file += if is_empty { "</svg>" } else { body.trim_end() };
    file.push('\n');
    let length = bytes(file.len());
    if length > LONGEST {
        return Err(Error::HeavySvg { bytes: length, limit: LONGEST });
    }
    Ok((file.into_bytes(), (length > LONG).then_some(Remark::LongSvg { bytes: length })))
}

/// The part of the drawing's plane that is seen, and the size it says it has.
fn view(content: Frame, recipe: &Recipe) -> Result<(Frame, (f64, f64)), Error> {
    if recipe.width == 0 || recipe.height == 0 {
        let free = content.width.min(content.height) * f64::from(recipe.padding) / 100.0;
        let around = Frame {
            left: content.left - free,
            top: content.top - free,
            width: content.width + 2.0 * free,
            height: content.height + 2.0 * free,
        };
        return Ok((around, (around.width, around.height)));
    }
    let room = Room::new(recipe, recipe.width, recipe.height)?;
    let (left, top, scale) = room.exactly(content);
    let (width, height) = (f64::from(recipe.width), f64::from(recipe.height));
    let around = Frame {
        left: content.left - left / scale,
        top: content.top - top / scale,
        width: width / scale,
        height: height / scale,
    };
    Ok((around, (width, height)))
}

/// `tag` without the attribute `name`.
fn without(tag: &str, name: &str) -> String {
    let mark = format!(" {name}=\"");
    let Some((before, rest)) = tag.split_once(&mark) else { return tag.to_owned() };
    let after = rest.split_once('"').map_or("", |(_, after)| after);
    format!("{before}{after}")
}

/// A number with no more digits than are seen.
fn short(number: f64) -> String {
    let digits = format!("{number:.*}", usize::from(DIGITS));
    let digits = digits.trim_end_matches('0').trim_end_matches('.');
    if digits == "-0" { "0".to_owned() } else { digits.to_owned() }
}
