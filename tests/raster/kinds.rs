//! Every kind of bitmap that is read, in every shape it comes in.

use image::codecs::gif::GifEncoder;
use image::{DynamicImage, Frame, GrayImage, ImageFormat, Luma, Rgba, RgbaImage};
use rebrand::raster::{Kind, Source, make};

use crate::sources::{chunk, described, encoded, exif, job, one, picture, png, ramp, recipe, with_chunk};

#[test]
fn every_kind_is_read_and_told() {
    let image = DynamicImage::from(ramp(96, 64));
    let kinds = [
        (ImageFormat::Png, Kind::Png),
        (ImageFormat::Jpeg, Kind::Jpeg),
        (ImageFormat::WebP, Kind::Webp),
        (ImageFormat::Gif, Kind::Gif),
        (ImageFormat::Ico, Kind::Ico),
        (ImageFormat::Bmp, Kind::Bmp),
        (ImageFormat::Tiff, Kind::Tiff),
    ];
    for (format, kind) in kinds {
        let flat = DynamicImage::from(image.to_rgb8());
        let file = encoded(if format == ImageFormat::Jpeg { flat } else { image.clone() }, format);
        let source = Source { kind, width: 96, height: 64, vector: false };
        assert_eq!(described(&file), Ok(source));
        let (made, _) = one(&file, recipe(48, 32));
        let pixel = made.get_pixel(24, 16);
        assert!(pixel[0].abs_diff(128) < 20 && pixel[1].abs_diff(128) < 20, "{kind}: {pixel:?}");
    }
}

#[test]
fn every_shape_of_png_is_read() {
    let shades = |x: u32| (x * 4) as u8;
    let wide = |x: u32| u16::from(shades(x)) * 257;
    let images = [
        DynamicImage::from(GrayImage::from_fn(64, 8, |x, _| Luma([shades(x)]))),
        DynamicImage::from(image::ImageBuffer::from_fn(64, 8, |x, _| image::LumaA([shades(x), 255_u8]))),
        DynamicImage::from(image::ImageBuffer::from_fn(64, 8, |x, _| Luma([wide(x)]))),
        DynamicImage::from(image::ImageBuffer::from_fn(64, 8, |x, _| image::LumaA([wide(x), u16::MAX]))),
        DynamicImage::from(image::ImageBuffer::from_fn(64, 8, |x, _| image::Rgb([wide(x); 3]))),
        DynamicImage::from(image::ImageBuffer::from_fn(64, 8, |x, _| {
            Rgba([wide(x), wide(x), wide(x), u16::MAX])
        })),
    ];
    for image in images {
        let kind = image.color();
        let (made, _) = one(&encoded(image, ImageFormat::Png), recipe(64, 8));
        for (x, _, pixel) in made.enumerate_pixels() {
            assert_eq!(pixel.0, [shades(x), shades(x), shades(x), 255], "{kind:?} at {x}");
        }
    }
}

/// One bit a pixel from a palette, one colour of which is transparent.
#[test]
fn palettes_are_read() {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, 16, 4);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::One);
    encoder.set_palette(vec![200, 30, 60, 1, 2, 3]);
    encoder.set_trns(vec![255, 0]);
    encoder.write_header().unwrap().write_image_data(&[0x00, 0xff].repeat(4)).unwrap();
    let (made, _) = one(&file, recipe(8, 4));
    assert!(made.pixels().all(|pixel| pixel.0 == [200, 30, 60, 255]));
}

#[test]
fn of_an_animation_the_first_frame_is_taken() {
    let frame = |colour| Frame::new(picture(20, 20, |_, _| colour));
    let mut file = Vec::new();
    let frames = [frame([250, 0, 0, 255]), frame([0, 0, 250, 255])];
    GifEncoder::new(&mut file).encode_frames(frames).unwrap();
    assert_eq!(one(&file, recipe(20, 20)).0.get_pixel(9, 9).0, [250, 0, 0, 255]);
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, 2, 1);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_animated(2, 0).unwrap();
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&[9, 99, 199, 9, 99, 199]).unwrap();
    writer.write_image_data(&[0; 6]).unwrap();
    writer.finish().unwrap();
    assert_eq!(one(&file, recipe(2, 1)).0.get_pixel(0, 0).0, [9, 99, 199, 255]);
}

/// What the eight ways of turning make of a picture, as `image` does it.
fn turned(source: &RgbaImage, orientation: u8) -> RgbaImage {
    let mut image = DynamicImage::from(source.clone());
    image.apply_orientation(image::metadata::Orientation::from_exif(orientation).unwrap());
    image.into_rgba8()
}

#[test]
fn metadata_turn_the_picture_and_are_forgotten() {
    let source = ramp(60, 40);
    for orientation in 1..=8 {
        let file = with_chunk(&png(&source), &chunk(*b"eXIf", &exif(orientation)));
        let wanted = turned(&source, orientation);
        let told = described(&file).unwrap();
        assert_eq!((told.width, told.height), wanted.dimensions());
        let made = make(&file, &job(vec![recipe(wanted.width(), wanted.height())])).unwrap();
        assert!(!made.pictures[0].windows(4).any(|name| name == b"eXIf"));
        assert_eq!(image::load_from_memory(&made.pictures[0]).unwrap().into_rgba8(), wanted, "{orientation}");
    }
}

#[test]
fn a_photograph_is_turned_with_its_border_and_reduced() {
    let jpeg = encoded(DynamicImage::from(ramp(601, 401)).into_rgb8(), ImageFormat::Jpeg);
    let exif = [b"Exif\0\0".as_slice(), &exif(6)].concat();
    let length = (exif.len() as u16 + 2).to_be_bytes();
    let file = [&jpeg[..2], &[0xff, 0xe1], &length, &exif, &jpeg[2..]].concat();
    let (made, _) = one(&file, recipe(40, 60));
    // Turned to the right: what was below is now at the left.
    assert!(made.get_pixel(1, 1)[1] > 230 && made.get_pixel(1, 1)[0] < 25, "{:?}", made.get_pixel(1, 1));
    assert!(
        made.get_pixel(38, 58)[1] < 25 && made.get_pixel(38, 58)[0] > 230,
        "{:?}",
        made.get_pixel(38, 58)
    );
}

/// Interlaced rows come in another order, but the pixels are the same.
#[test]
fn interlaced_png_is_read() {
    // The encoder writes none, so this one is put together: seven passes over 8 × 8 px of one colour.
    let passes: [(usize, usize); 7] = [(1, 1), (1, 1), (2, 1), (2, 2), (4, 2), (4, 4), (8, 4)];
    let line = |width: usize| [vec![0], [30, 60, 90].repeat(width)].concat();
    let raw: Vec<u8> = passes.iter().flat_map(|(width, height)| line(*width).repeat(*height)).collect();
    let header = [&8_u32.to_be_bytes()[..], &8_u32.to_be_bytes(), &[8, 2, 0, 0, 1]].concat();
    let file = [
        b"\x89PNG\r\n\x1a\n".to_vec(),
        chunk(*b"IHDR", &header),
        chunk(*b"IDAT", &crate::bombs::stored(&raw)),
        chunk(*b"IEND", &[]),
    ];
    let (made, _) = one(&file.concat(), recipe(8, 8));
    assert!(made.pixels().all(|pixel| pixel.0 == [30, 60, 90, 255]));
}
