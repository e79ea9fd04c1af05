//! How pictures look: light, edges, borders, places.

use rebrand::raster::{Align, Colour, Fit, Format, Recipe, Remark, contrast, make};

use crate::sources::{disc, job, one, opened, picture, png, ramp, recipe, svg};

/// As a browser shows `pixel` on white, 0 to 1.
fn on_white(pixel: image::Rgba<u8>) -> f64 {
    let alpha = f64::from(pixel[3]) / 255.0;
    let shade = f64::from(pixel[0].min(pixel[1]).min(pixel[2])) / 255.0;
    shade * alpha + 1.0 - alpha
}

#[test]
fn a_white_disc_has_no_grey_ring() {
    for source in [png(&disc(512)), svg(r#"<circle cx="50" cy="50" r="50" fill="white"/>"#).into_bytes()] {
        for size in [16, 32, 48, 180, 512, 600] {
            let (made, _) = one(&source, recipe(size, size));
            let darkest = made.pixels().map(|pixel| on_white(*pixel)).fold(1.0, f64::min);
            assert!(darkest >= 0.99, "{size} px: {darkest}");
        }
    }
}

/// Black and white lines of equal width have half the light, which is 188 in sRGB and not 128.
#[test]
fn reduction_is_of_light() {
    let lines = picture(512, 512, |x, _| if x % 2 == 0 { [255; 4] } else { [0, 0, 0, 255] });
    let (made, _) = one(&png(&lines), recipe(64, 64));
    assert!((187..=189).contains(&made.get_pixel(32, 32)[0]), "{:?}", made.get_pixel(32, 32));
}

/// A sharper window draws black lines beside what is bright: its negative lobes weigh much in linear light.
#[test]
fn a_bright_line_casts_no_dark_one() {
    let ground = [22, 50, 79, 255];
    let line = picture(800, 800, |x, y| if x.abs_diff(y) < 40 { [255; 4] } else { ground });
    for size in [16, 48, 180, 512] {
        let (made, _) = one(&png(&line), recipe(size, size));
        let darkest = made.pixels().map(|pixel| pixel[0]).min();
        assert_eq!(darkest, Some(ground[0]), "{size} px");
    }
}

/// A slanting edge has every shade between, enlarged: no stairs of the pixels it comes from.
#[test]
fn an_enlarged_edge_is_smooth() {
    let edge = picture(64, 64, |x, y| if 2 * x > y + 32 { [255; 4] } else { [0, 0, 0, 255] });
    let (made, _) = one(&png(&edge), recipe(512, 512));
    let steps = (0..511).map(|y| made.get_pixel(256, y)[0].abs_diff(made.get_pixel(256, y + 1)[0]));
    let steepest = steps.max().unwrap();
    assert!(steepest < 40, "{steepest} of 255 between two rows");
}

#[test]
fn pixels_that_need_no_change_get_none() {
    let source = ramp(64, 48);
    assert_eq!(one(&png(&source), recipe(64, 48)).0, source);
    let soft = picture(40, 40, |x, y| [10, 200, 90, (x * 6 + y / 8) as u8 | 0x80]);
    let (made, _) = one(&png(&soft), recipe(40, 40));
    for (made, wanted) in made.pixels().zip(soft.pixels()) {
        assert_eq!(made[3], wanted[3]);
        assert!((0..3).all(|part| made[part].abs_diff(wanted[part]) <= 1), "{made:?} {wanted:?}");
    }
}

#[test]
fn the_transparent_border_is_cut_off() {
    for border in [0, 100, 1900] {
        let size = 200 + 2 * border;
        let inside = |at: u32| (border..border + 200).contains(&at);
        let source =
            picture(size, size, |x, y| if inside(x) && inside(y) { [9, 80, 200, 255] } else { [0; 4] });
        let (made, remarks) = one(&png(&source), recipe(100, 100));
        assert!(made.pixels().all(|pixel| pixel.0 == [9, 80, 200, 255]), "border of {border}");
        assert!(!remarks.iter().any(|remark| matches!(remark, Remark::TooSmall { .. })), "{remarks:?}");
    }
    let (made, _) = one(svg(r#"<rect x="80" y="80" width="8" height="8"/>"#).as_bytes(), recipe(128, 128));
    let solid = made.pixels().filter(|pixel| pixel[3] == 255).count();
    assert!(solid >= 126 * 126, "{solid}");
}

#[test]
fn the_aspect_is_kept_and_the_place_is_as_asked() {
    let wide = png(&picture(400, 100, |_, _| [200, 0, 0, 255]));
    let seen = |image: &image::RgbaImage| {
        let lit = || image.enumerate_pixels().filter(|(_, _, pixel)| pixel[3] > 0);
        let (left, right) = (lit().map(|(x, ..)| x).min().unwrap(), lit().map(|(x, ..)| x).max().unwrap());
        let (top, bottom) =
            (lit().map(|(_, y, _)| y).min().unwrap(), lit().map(|(_, y, _)| y).max().unwrap());
        (left, top, right - left + 1, bottom - top + 1)
    };
    assert_eq!(seen(&one(&wide, recipe(100, 100)).0), (0, 37, 100, 25));
    let padded = Recipe { padding: 10, ..recipe(100, 100) };
    assert_eq!(seen(&one(&wide, padded).0), (10, 40, 80, 20));
    let left = Recipe { fit: Fit::Contain(Align::Left), ..recipe(400, 40) };
    assert_eq!(seen(&one(&wide, left).0), (0, 0, 160, 40));
    let cover = Recipe { fit: Fit::Cover, ..recipe(100, 100) };
    assert_eq!(seen(&one(&wide, cover).0), (0, 0, 100, 100));
}

/// Covering cuts both ends of the longer side alike.
#[test]
fn covering_shows_the_middle() {
    let (made, _) = one(&png(&ramp(400, 100)), Recipe { fit: Fit::Cover, ..recipe(100, 100) });
    assert!(made.get_pixel(0, 50)[0].abs_diff(95) < 4, "{:?}", made.get_pixel(0, 50));
    assert!(made.get_pixel(99, 50)[0].abs_diff(158) < 4, "{:?}", made.get_pixel(99, 50));
}

#[test]
fn a_maskable_icon_keeps_the_logo_inside_its_circle() {
    for (width, height) in [(100, 100), (300, 40), (30, 200)] {
        let logo = png(&picture(width * 4, height * 4, |_, _| [0, 0, 0, 255]));
        let white = Colour::new(255, 255, 255);
        let wanted = Recipe { safe_zone: true, background: Some(white), ..recipe(512, 512) };
        let (made, _) = one(&logo, wanted);
        for (x, y, pixel) in made.enumerate_pixels().filter(|(_, _, pixel)| pixel[0] < 128) {
            let far = (f64::from(x) - 255.5).hypot(f64::from(y) - 255.5);
            assert!(far <= 512.0 * 0.4, "{width}×{height}: {pixel:?} at {x}, {y}");
        }
    }
}

#[test]
fn a_background_makes_the_picture_opaque() {
    let blue = Colour::new(0x17, 0xa0, 0xdb);
    let wanted = Recipe { background: Some(blue), padding: 10, ..recipe(180, 180) };
    let made = make(&png(&disc(400)), &job(vec![wanted])).unwrap();
    let decoded = image::load_from_memory(&made.pictures[0]).unwrap();
    assert!(!decoded.color().has_alpha());
    assert_eq!(decoded.to_rgba8().get_pixel(0, 0).0, [0x17, 0xa0, 0xdb, 255]);
    assert_eq!(decoded.to_rgba8().get_pixel(90, 90).0, [255; 4]);
}

/// What is half transparent looks as a browser would show it on the same ground.
#[test]
fn mixing_is_what_browsers_do() {
    let half = png(&picture(64, 64, |_, _| [0, 0, 0, 128]));
    let wanted = Recipe { background: Some(Colour::new(255, 255, 255)), ..recipe(64, 64) };
    assert_eq!(one(&half, wanted).0.get_pixel(32, 32).0, [127, 127, 127, 255]);
}

#[test]
fn a_source_that_is_too_small_is_told_with_figures() {
    let recipes = vec![recipe(32, 32), recipe(512, 512), Recipe { padding: 25, ..recipe(180, 180) }];
    let made = make(&png(&disc(128)), &job(recipes)).unwrap();
    let small: Vec<_> =
        made.remarks.iter().filter(|remark| matches!(remark, Remark::TooSmall { .. })).collect();
    let wanted =
        Remark::TooSmall { recipe: 1, width: 128, height: 128, needed_width: 512, needed_height: 512 };
    assert_eq!(small, [&wanted]);
    assert_eq!(opened(&made.pictures[1]).dimensions(), (512, 512));
}

#[test]
fn a_badly_shaped_logo_and_letters_too_small_are_told() {
    let (_, remarks) = one(&png(&disc(128)), recipe(64, 64));
    assert_eq!(remarks, [Remark::Shape { width: 128, height: 128, shown_width: 32, shown_height: 32 }]);
    let (_, remarks) = one(&png(&ramp(300, 150)), recipe(64, 64));
    assert_eq!(remarks, []);
    let icon = Recipe { format: Format::Ico { sizes: vec![16, 32] }, ..recipe(0, 0) };
    let made = make(&png(&ramp(400, 100)), &job(vec![icon])).unwrap();
    assert_eq!(made.remarks, [Remark::Illegible { size: 16, height: 4 }]);
}

#[test]
fn contrast_is_a_share_of_what_is_seen() {
    let black = Colour::new(4, 4, 4);
    let half = png(&picture(100, 50, |x, _| if x < 50 { [255; 4] } else { [10, 10, 10, 255] }));
    assert!((contrast(&half, black).unwrap() - 0.5).abs() < 1e-9);
    assert!(contrast(&png(&disc(64)), black).unwrap() > 0.99);
    assert!(contrast(&png(&disc(64)), Colour::new(255, 255, 255)).unwrap() < 0.01);
    assert!(contrast(&png(&picture(4, 4, |_, _| [0; 4])), black).is_err());
}
