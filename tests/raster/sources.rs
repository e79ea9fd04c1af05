//! Sources and recipes for all tests of this crate.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, Rgba, RgbaImage};
use rebrand::raster::{Align, Error, Fit, Format, Job, Made, Recipe, Remark, Source, make};

/// A picture of `width` × `height` whose pixels are what `colour` says.
pub(crate) fn picture(width: u32, height: u32, colour: impl Fn(u32, u32) -> [u8; 4]) -> RgbaImage {
    RgbaImage::from_fn(width, height, |x, y| Rgba(colour(x, y)))
}

/// A white disc on transparent black that touches all four sides.
pub(crate) fn disc(size: u32) -> RgbaImage {
    let centre = f64::from(size) / 2.0;
    picture(size, size, |x, y| {
        let far = (f64::from(x) + 0.5 - centre).hypot(f64::from(y) + 0.5 - centre);
        if far <= centre { [255; 4] } else { [0; 4] }
    })
}

/// A coloured picture of which every pixel tells its place.
pub(crate) fn ramp(width: u32, height: u32) -> RgbaImage {
    picture(width, height, |x, y| [(x * 255 / width) as u8, (y * 255 / height) as u8, 90, 255])
}

pub(crate) fn encoded(image: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut file = Vec::new();
    image.into().write_to(&mut Cursor::new(&mut file), format).unwrap();
    file
}

pub(crate) fn png(image: &RgbaImage) -> Vec<u8> {
    encoded(image.clone(), ImageFormat::Png)
}

pub(crate) fn recipe(width: u32, height: u32) -> Recipe {
    Recipe {
        format: Format::Png,
        width,
        height,
        padding: 0,
        background: None,
        fit: Fit::Contain(Align::Centre),
        safe_zone: false,
        shrink: false,
        seen_on: Vec::new(),
    }
}

pub(crate) fn svg_recipe() -> Recipe {
    Recipe { format: Format::Svg, ..recipe(0, 0) }
}

pub(crate) fn job(recipes: Vec<Recipe>) -> Job {
    Job { recipes, ..Job::default() }
}

/// The only picture of one recipe, with the remarks.
pub(crate) fn one(source: &[u8], recipe: Recipe) -> (RgbaImage, Vec<Remark>) {
    let made = make(source, &job(vec![recipe])).unwrap();
    (opened(&made.pictures[0]), made.remarks)
}

pub(crate) fn opened(png: &[u8]) -> RgbaImage {
    image::load_from_memory(png).unwrap().into_rgba8()
}

/// What `source` is, as whoever draws it says.
pub(crate) fn described(source: &[u8]) -> Result<Source, Error> {
    make(source, &job(vec![recipe(32, 32)])).map(|made| made.source)
}

/// Why nothing comes of `source`.
pub(crate) fn refused(source: &[u8]) -> Error {
    make(source, &job(vec![recipe(32, 32)])).unwrap_err()
}

/// The cleaned form of an SVG with what was made of it.
pub(crate) fn cleaned(source: &str) -> (String, Made) {
    let made = make(source.as_bytes(), &job(vec![svg_recipe()])).unwrap();
    (String::from_utf8(made.pictures[0].clone()).unwrap(), made)
}

/// An SVG of 100 × 100 with `inside`.
pub(crate) fn svg(inside: &str) -> String {
    format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 100 100">{inside}</svg>"#
    )
}

/// A chunk of a PNG.
pub(crate) fn chunk(name: [u8; 4], data: &[u8]) -> Vec<u8> {
    let mut crc = !0_u32;
    for byte in name.iter().chain(data) {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = (crc >> 1) ^ if crc & 1 == 1 { 0xedb8_8320 } else { 0 };
        }
    }
    let length = (data.len() as u32).to_be_bytes();
    [&length, &name, data, &(!crc).to_be_bytes()].concat()
}

/// `png` with `chunk` after its header.
pub(crate) fn with_chunk(png: &[u8], chunk: &[u8]) -> Vec<u8> {
    [&png[..33], chunk, &png[33..]].concat()
}

/// A TIFF header that says nothing but how the picture is turned.
pub(crate) fn exif(orientation: u8) -> Vec<u8> {
    let mut exif = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
    exif.extend([orientation, 0, 0, 0, 0, 0, 0, 0]);
    exif
}
