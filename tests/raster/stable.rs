//! The same bytes every time, whatever the number of threads; and values that pass through a pipe unchanged.

use image::ImageFormat;
use rebrand::raster::{Align, Colour, Effort, Error, Fit, Format, Job, Made, Recipe, make, pixels_digest};

use crate::sources::{disc, encoded, job, opened, picture, png, ramp, recipe, svg};

/// The whole set of a brand.
fn set() -> Vec<Recipe> {
    let blue = Some(Colour::new(0x17, 0xa0, 0xdb));
    vec![
        Recipe { format: Format::Ico { sizes: vec![16, 32, 48] }, ..recipe(0, 0) },
        Recipe { background: blue, padding: 10, ..recipe(180, 180) },
        recipe(192, 192),
        recipe(256, 256),
        Recipe { background: blue, safe_zone: true, ..recipe(256, 256) },
        Recipe { fit: Fit::Contain(Align::Left), ..recipe(284, 128) },
        Recipe { background: blue, padding: 20, ..recipe(600, 315) },
    ]
}

fn sources() -> Vec<Vec<u8>> {
    let soft =
        picture(500, 300, |x, y| [(x / 3) as u8, y as u8, (x ^ y) as u8, (x.wrapping_mul(y) % 256) as u8]);
    let drawn = svg(
        r##"<defs><linearGradient id="g"><stop stop-color="#f33"/><stop offset="1" stop-color="#33f"/></linearGradient></defs>
        <circle cx="40" cy="50" r="30" fill="url(#g)"/><path d="M10 90L90 10" stroke="#fff" stroke-width="3"/>"##,
    );
    let photograph = encoded(image::DynamicImage::from(ramp(900, 500)).into_rgb8(), ImageFormat::Jpeg);
    vec![png(&soft), drawn.into_bytes(), photograph, png(&disc(900))]
}

#[test]
fn neither_runs_nor_threads_change_a_byte() {
    for (source, effort) in sources().into_iter().zip([Effort::Fast, Effort::Thorough].into_iter().cycle()) {
        let wanted = |threads| Job { effort, threads, ..job(set()) };
        let first = make(&source, &wanted(1)).unwrap();
        assert_eq!(first, make(&source, &wanted(1)).unwrap());
        assert_eq!(first, make(&source, &wanted(4)).unwrap());
    }
}

/// What else is made in the same job does not show, as long as the source is not reduced for it.
#[test]
fn a_picture_does_not_depend_on_its_company() {
    let source = png(&disc(400));
    let alone = make(&source, &job(vec![recipe(256, 256)])).unwrap();
    let among = make(&source, &job(set())).unwrap();
    assert_eq!(alone.pictures[0], among.pictures[3]);
}

#[test]
fn effort_changes_bytes_and_not_pixels() {
    let source = &sources()[0];
    let fast = make(source, &Job { effort: Effort::Fast, ..job(set()) }).unwrap();
    let thorough = make(source, &job(set())).unwrap();
    let total = |made: &Made| made.pictures.iter().map(Vec::len).sum::<usize>();
    assert!(total(&thorough) < total(&fast));
    for (fast, thorough) in fast.pictures.iter().zip(&thorough.pictures) {
        assert_eq!(pixels_digest(fast).unwrap(), pixels_digest(thorough).unwrap());
    }
}

#[test]
fn the_digest_is_of_pixels() {
    let (first, mut second) = (ramp(30, 20), ramp(30, 20));
    let plain = pixels_digest(&png(&first)).unwrap();
    assert_eq!(
        plain,
        pixels_digest(&make(&png(&first), &job(vec![recipe(30, 20)])).unwrap().pictures[0]).unwrap()
    );
    second.get_pixel_mut(7, 7)[1] ^= 1;
    assert_ne!(plain, pixels_digest(&png(&second)).unwrap());
    assert!(pixels_digest(b"\0\0\x01\0\xff\xff").is_err());
}

#[test]
fn everything_passes_through_a_pipe() {
    let wanted = Job { fonts: vec![vec![1, 2]], ..job(set()) };
    let text = serde_json::to_string(&wanted).unwrap();
    // Fonts are sent beside it, as they are.
    assert_eq!(serde_json::from_str::<Job>(&text).unwrap(), Job { fonts: Vec::new(), ..wanted.clone() });
    let made = make(&sources()[1], &wanted).unwrap();
    let text = serde_json::to_string(&made).unwrap();
    assert_eq!(serde_json::from_str::<Made>(&text).unwrap(), made);
    for error in [Error::WebPage, Error::Glyph { character: 'ä' }, Error::TooLarge { width: 1, height: 2 }] {
        let text = serde_json::to_string(&error).unwrap();
        assert_eq!(serde_json::from_str::<Error>(&text).unwrap(), error);
    }
}

/// Decoders of other programs refuse icons whose pictures have no alpha; oxipng would take it away.
#[test]
fn an_icon_can_be_read_again() {
    let icon = Recipe { format: Format::Ico { sizes: vec![16, 32, 48, 256] }, ..recipe(0, 0) };
    for source in [png(&disc(300)), png(&picture(300, 300, |_, _| [7, 7, 7, 255]))] {
        let made = make(&source, &job(vec![icon.clone()])).unwrap();
        assert_eq!(opened(&made.pictures[0]).dimensions(), (256, 256));
        assert_eq!(made.pictures[0][4..6], [4, 0]);
        let one = Recipe { format: Format::Ico { sizes: vec![16] }, ..recipe(0, 0) };
        let small = make(&source, &job(vec![one])).unwrap();
        assert_eq!(opened(&small.pictures[0]).dimensions(), (16, 16));
    }
}
