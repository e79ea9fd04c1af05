//! Bitmaps that lie, and files that are no bitmaps: each is refused at once, with words a user understands.

use std::time::{Duration, Instant};

use image::ImageFormat;
use rebrand::raster::{Error, Format, Kind, Recipe, make};

use crate::sources::{chunk, disc, encoded, job, one, png, ramp, recipe, refused, with_chunk};

/// `data` as a zlib stream that compresses nothing.
pub(crate) fn stored(data: &[u8]) -> Vec<u8> {
    let mut stream = vec![0x78, 0x01];
    let mut blocks = data.chunks(65_535).peekable();
    while let Some(block) = blocks.next() {
        stream.push(u8::from(blocks.peek().is_none()));
        let length = block.len() as u16;
        stream.extend(length.to_le_bytes().into_iter().chain((!length).to_le_bytes()));
        stream.extend(block);
    }
    let (low, high) = data.iter().fold((1_u32, 0_u32), |(low, high), byte| {
        let low = (low + u32::from(*byte)) % 65_521;
        (low, (high + low) % 65_521)
    });
    stream.extend((high << 16 | low).to_be_bytes());
    stream
}

fn png_of(width: u32, height: u32, depth: u8, colour: u8) -> Vec<u8> {
    let header = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[depth, colour, 0, 0, 0]].concat();
    let parts = [chunk(*b"IHDR", &header), chunk(*b"IDAT", &stored(&[0; 64])), chunk(*b"IEND", &[])];
    [b"\x89PNG\r\n\x1a\n".to_vec(), parts.concat()].concat()
}

/// `source` is refused for `wanted`, faster than anything could be decoded.
fn at_once(source: &[u8], wanted: &Error) {
    let start = Instant::now();
    assert_eq!(&refused(source), wanted);
    assert!(start.elapsed() < Duration::from_millis(500), "took {:?}", start.elapsed());
}

#[test]
fn sizes_are_judged_before_anything_is_decoded() {
    let large = |width, height| Error::TooLarge { width, height };
    at_once(&png_of(50_000, 50_000, 1, 0), &large(50_000, 50_000));
    at_once(&png_of(16_000, 16_000, 8, 6), &large(16_000, 16_000));
    at_once(&png_of(200_000, 1, 8, 6), &large(200_000, 1));
    at_once(&png_of(u32::MAX, u32::MAX, 16, 6), &large(u32::MAX, u32::MAX));
    let gif = b"GIF89a\xff\xff\xff\xff\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\xff\xff\xff\xff\0\x02\x02D\x01\0;";
    at_once(gif, &large(65_535, 65_535));
    let mut bmp = encoded(ramp(2, 2), ImageFormat::Bmp);
    bmp[18..22].copy_from_slice(&60_000_i32.to_le_bytes());
    bmp[22..26].copy_from_slice(&60_000_i32.to_le_bytes());
    assert!(matches!(refused(&bmp), Error::TooLarge { .. } | Error::Broken { .. }), "{}", refused(&bmp));
}

/// A GIF of 100 million pixels is inside the limits of size, but would be held as a whole.
#[test]
fn memory_is_judged_before_anything_is_decoded() {
    let gif = b"GIF89a\x10\x27\x10\x27\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\x10\x27\x10\x27\0\x02\x02D\x01\0;";
    let (bytes, limit) = (400_080_004, 192 << 20);
    match refused(gif) {
        Error::TooMuchMemory { limit: told, .. } => assert_eq!(told, limit),
        other => panic!("{other}, not {bytes}"),
    }
}

#[test]
fn profiles_and_texts_are_not_unpacked() {
    let bomb = [b"icc\0\0".to_vec(), stored(&vec![0; 8 << 20])].concat();
    let source = with_chunk(&png(&disc(64)), &chunk(*b"iCCP", &bomb));
    assert_eq!(one(&source, recipe(64, 64)).0.dimensions(), (64, 64));
    let text = [b"Comment\0\0".to_vec(), stored(&vec![b' '; 8 << 20])].concat();
    let source = with_chunk(&png(&disc(64)), &chunk(*b"zTXt", &text));
    let made = make(&source, &job(vec![recipe(64, 64)])).unwrap();
    assert!(made.pictures[0].len() < 4096);
}

#[test]
fn broken_files_are_told() {
    let whole = png(&ramp(300, 300));
    assert!(matches!(refused(&whole[..whole.len() / 2]), Error::Broken { kind: Kind::Png, .. }));
    assert!(matches!(refused(&whole[..20]), Error::Broken { kind: Kind::Png, .. }));
    let mut crc = whole.clone();
    crc[29] ^= 1;
    assert!(matches!(refused(&crc), Error::Broken { kind: Kind::Png, .. }));
    for format in
        [ImageFormat::Jpeg, ImageFormat::WebP, ImageFormat::Gif, ImageFormat::Bmp, ImageFormat::Tiff]
    {
        let image = image::DynamicImage::from(ramp(300, 300)).into_rgb8();
        let file = encoded(image, format);
        let error = make(&file[..file.len() / 2], &job(vec![recipe(32, 32)]));
        assert!(error.is_err(), "half a {format:?} is taken");
    }
}

#[test]
fn what_is_no_picture_is_named() {
    at_once(b"", &Error::Empty);
    at_once(b"hello", &Error::Unknown);
    at_once(b"{\"error\": 404}", &Error::Unknown);
    for page in [
        "<!doctype html><title>Sign in</title>",
        "\u{feff}\n <!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 4.01//EN\">",
        "<html><svg></svg></html>",
        "<?xml version=\"1.0\"?><!-- <svg> --><!DOCTYPE html><html/>",
    ] {
        at_once(page.as_bytes(), &Error::WebPage);
    }
    for (magic, name) in [
        (&b"\0\0\0\x20ftypavif\0\0\0\0"[..], "an AVIF picture"),
        (b"\0\0\0\x20ftypheic\0\0\0\0", "a HEIC picture"),
        (b"%PDF-1.7", "a PDF"),
        (b"\x1f\x8b\x08\0", "compressed with gzip (an SVGZ?)"),
    ] {
        at_once(magic, &Error::Unsupported { what: name.to_owned() });
    }
    assert!(Error::WebPage.to_string().contains("web page"));
}

#[test]
fn printers_jpeg_is_refused() {
    let mut jpeg = b"\xff\xd8\xff\xee\0\x0eAdobe\0\x64\0\0\0\0\0".to_vec();
    jpeg.extend(b"\xff\xc0\0\x14\x08\0\x08\0\x08\x04\x01\x11\0\x02\x11\0\x03\x11\0\x04\x11\0");
    jpeg.extend(b"\xff\xda\0\x0e\x04\x01\0\x02\0\x03\0\x04\0\0\x3f\0");
    let error = refused(&jpeg);
    assert!(error.to_string().contains("CMYK"), "{error}");
}

#[test]
fn files_that_are_too_long_are_refused() {
    let mut long = png(&disc(16));
    long.resize((32 << 20) + 1, 0);
    at_once(&long, &Error::TooLong { bytes: (32 << 20) + 1, limit: 32 << 20 });
}

/// What stands behind the end of a picture is not passed on.
#[test]
fn nothing_is_copied_through() {
    let polyglot = [png(&disc(64)), b"<html><script>alert(1)</script>".to_vec()].concat();
    let made = make(&polyglot, &job(vec![recipe(64, 64)])).unwrap();
    assert!(!made.pictures[0].windows(7).any(|window| window == b"<script"));
}

#[test]
fn nothing_to_see_is_told() {
    assert_eq!(refused(&png(&image::RgbaImage::new(40, 40))), Error::Transparent);
}

#[test]
fn recipes_are_judged_too() {
    let source = png(&disc(32));
    let refused = |recipe| make(&source, &job(vec![recipe])).unwrap_err();
    assert!(matches!(refused(recipe(0, 10)), Error::Recipe { .. }));
    assert!(matches!(refused(recipe(5000, 10)), Error::Recipe { .. }));
    assert!(matches!(refused(Recipe { padding: 50, ..recipe(10, 10) }), Error::Recipe { .. }));
    for sizes in [vec![], vec![0], vec![257]] {
        let icon = Recipe { format: Format::Ico { sizes }, ..recipe(0, 0) };
        assert!(matches!(refused(icon), Error::Recipe { .. }));
    }
    assert_eq!(refused(crate::sources::svg_recipe()), Error::NoVector { kind: Kind::Png });
}
