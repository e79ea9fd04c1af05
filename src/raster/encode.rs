//! Writing PNG and ICO: without metadata, and the same bytes on any number of threads.

use image::ExtendedColorType;
use image::codecs::ico::{IcoEncoder, IcoFrame};
use oxipng::{BitDepth, ColorType, Options, RawImage};

use super::canvas::Canvas;
use super::{Effort, Error};

/// `canvas` as a PNG.
pub(super) fn png(canvas: &Canvas, effort: Effort) -> Result<Vec<u8>, Error> {
    let (colour, data) = if canvas.is_opaque() {
        let pixels = canvas.pixels.iter();
        (
            ColorType::RGB { transparent_color: None },
            pixels.flat_map(|[red, green, blue, _]| [*red, *green, *blue]).collect(),
        )
    } else {
        (ColorType::RGBA, canvas.pixels.as_flattened().to_vec())
    };
    optimised(canvas, colour, data, &options(effort))
}

/// `canvases`, square ones, as one ICO.
///
/// Its entries keep eight bits and alpha whatever they hold, because decoders refuse others.
pub(super) fn ico(canvases: &[Canvas], effort: Effort) -> Result<Vec<u8>, Error> {
    let options = Options {
        bit_depth_reduction: false,
        color_type_reduction: false,
        palette_reduction: false,
        grayscale_reduction: false,
        ..options(effort)
    };
    let mut frames = Vec::with_capacity(canvases.len());
    for canvas in canvases {
        let data = canvas.pixels.as_flattened().to_vec();
        let png = optimised(canvas, ColorType::RGBA, data, &options)?;
        let frame = IcoFrame::with_encoded(png, canvas.width, canvas.height, ExtendedColorType::Rgba8);
        frames.push(frame.map_err(|error| Error::write(&error))?);
    }
    let mut file = Vec::new();
    IcoEncoder::new(&mut file).encode_images(&frames).map_err(|error| Error::write(&error))?;
    Ok(file)
}

/// No time limit ever, or the bytes would depend on how busy the machine is.
fn options(effort: Effort) -> Options {
    let preset = match effort {
        Effort::Fast => 0,
        Effort::Thorough => 1,
    };
    Options { timeout: None, ..Options::from_preset(preset) }
}

fn optimised(canvas: &Canvas, colour: ColorType, data: Vec<u8>, options: &Options) -> Result<Vec<u8>, Error> {
    let raw = RawImage::new(canvas.width, canvas.height, colour, BitDepth::Eight, data);
    let png = raw.and_then(|raw| raw.create_optimized_png(options));
    png.map_err(|error| Error::write(&error))
}
