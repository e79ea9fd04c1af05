//! SVG: what is drawn, what is written anew, what is said of the rest.

use std::fs;

use rebrand::raster::{
    Align, Colour, Error, Fit, Format, Job, Kind, Lost, Recipe, Remark, Source, make, measure,
};

use crate::skip::skip;
use crate::sources::{cleaned, described, disc, job, one, png, recipe, svg, svg_recipe};

#[test]
fn size_and_kind_are_told() {
    let drawing = |attributes: &str| {
        format!(r#"<svg xmlns="http://www.w3.org/2000/svg" {attributes}><rect width="9" height="9"/></svg>"#)
    };
    let sized = |width, height| Ok(Source { kind: Kind::Svg, width, height, vector: true });
    assert_eq!(described(drawing(r#"viewBox="0 0 71 32""#).as_bytes()), sized(71, 32));
    assert_eq!(described(drawing(r#"width="20" height="10""#).as_bytes()), sized(20, 10));
    let prologue = "\u{feff}<?xml version=\"1.0\"?>\n<!-- <html> -->\n<!DOCTYPE svg PUBLIC \"a>b\" \"c\" [<!ENTITY x \"y>\">]>\n";
    assert_eq!(described(format!("{prologue}{}", drawing(r#"viewBox="0 0 5 5""#)).as_bytes()), sized(5, 5));
    let prefixed =
        r#"<s:svg xmlns:s="http://www.w3.org/2000/svg" viewBox="0 0 3 4"><s:path d="M0 0h3v4z"/></s:svg>"#;
    assert_eq!(described(prefixed.as_bytes()), sized(3, 4));
}

#[test]
fn a_picture_that_was_made_tells_its_size_by_its_first_bytes() {
    let source = svg(r#"<rect width="90" height="50"/>"#);
    let icon = Recipe { format: Format::Ico { sizes: vec![16, 256, 32] }, ..recipe(0, 0) };
    let made = make(source.as_bytes(), &job(vec![recipe(64, 32), icon, svg_recipe()])).unwrap();
    let sizes = [(Kind::Png, 64, 32), (Kind::Ico, 256, 256), (Kind::Svg, 90, 50)];
    for (picture, (kind, width, height)) in made.pictures.iter().zip(sizes) {
        let vector = kind == Kind::Svg;
        assert_eq!(measure(picture), Some(Source { kind, width, height, vector }));
        assert_eq!(measure(&picture[..9]), None);
    }
    assert_eq!(measure(b"\xff\xd8\xff"), None, "no JPEG is made");
}

/// What Illustrator writes at the head of its files.
#[test]
fn entities_of_drawing_programs_work() {
    let source = r#"<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd" [
        <!ENTITY ns_svg "http://www.w3.org/2000/svg"> <!ENTITY ns_xlink "http://www.w3.org/1999/xlink"> ]>
        <svg xmlns="&ns_svg;" xmlns:xlink="&ns_xlink;" viewBox="0 0 10 10"><rect width="10" height="10" fill="red"/></svg>"#;
    assert_eq!(one(source.as_bytes(), recipe(20, 20)).0.get_pixel(9, 9).0, [255, 0, 0, 255]);
}

#[test]
fn an_svg_is_written_anew_without_what_runs() {
    let (file, made) = cleaned(&svg(
        r#"<script>alert(1)</script><rect width="100" height="50" onload="alert(2)" fill="blue"/>
        <a xlink:href="javascript:alert(3)"><circle cx="50" cy="80" r="9"/></a>
        <foreignObject width="9" height="9"><div xmlns="http://www.w3.org/1999/xhtml">hi</div></foreignObject>
        <style>@import url("https://example.org/x.css"); rect { stroke: none }</style>
        <image href="https://example.org/x.png" width="9" height="9"/>"#,
    ));
    for word in
        ["script", "onload", "alert", "foreignObject", "import", "example", "javascript", "style", "<a"]
    {
        assert!(!file.contains(word), "`{word}` in {file}");
    }
    let lost = |feature, count| Remark::Lost { feature, count };
    assert!(made.remarks.contains(&lost(Lost::Scripts, 2)), "{:?}", made.remarks);
    assert!(made.remarks.contains(&lost(Lost::ForeignObject, 1)));
    assert!(made.remarks.contains(&lost(Lost::Imports, 1)));
    assert!(made.remarks.contains(&Remark::External { reference: "https://example.org/x.png".into() }));
    assert!(file.contains("viewBox=\"") && !file.trim_end().contains('\n'), "{file}");
}

/// What was written is read again, is drawn the same, and does not grow.
#[test]
fn writing_anew_changes_nothing_that_is_seen() {
    let source = svg(
        r##"<defs><linearGradient id="g"><stop stop-color="#f33"/><stop offset="1" stop-color="#33f"/></linearGradient>
        <clipPath id="c"><circle cx="50" cy="50" r="40"/></clipPath></defs>
        <g clip-path="url(#c)" opacity=".8"><rect width="100" height="100" fill="url(#g)"/></g>"##,
    );
    let (file, _) = cleaned(&source);
    let (again, _) = cleaned(&file);
    assert!(again.len() < file.len() + 100, "{file}\n{again}");
    let (first, second) =
        (one(source.as_bytes(), recipe(200, 200)).0, one(file.as_bytes(), recipe(200, 200)).0);
    let far = first.pixels().zip(second.pixels()).filter(|(first, second)| first[3].abs_diff(second[3]) > 24);
    assert!(far.count() < 40);
}

#[test]
fn the_view_is_cut_to_the_logo_and_takes_the_shape_asked_for() {
    let source = svg(r#"<rect x="25" y="40" width="50" height="25" fill="red"/>"#);
    let view = |recipe: Recipe| {
        let made = make(source.as_bytes(), &job(vec![recipe])).unwrap();
        let file = String::from_utf8(made.pictures[0].clone()).unwrap();
        let view = file.split("viewBox=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        view.split(' ').map(|number| number.parse().unwrap()).collect::<Vec<f64>>()
    };
    let near = |view: Vec<f64>, wanted: [f64; 4]| {
        assert!(
            view.iter().zip(wanted).all(|(have, wanted)| (have - wanted).abs() < 0.5),
            "{view:?} {wanted:?}"
        );
    };
    near(view(svg_recipe()), [25.0, 40.0, 50.0, 25.0]);
    near(view(Recipe { format: Format::Svg, ..recipe(64, 64) }), [25.0, 27.5, 50.0, 50.0]);
    let left = Fit::Contain(Align::Left);
    near(view(Recipe { format: Format::Svg, fit: left, ..recipe(40, 10) }), [25.0, 40.0, 100.0, 25.0]);
    let red = Recipe { format: Format::Svg, background: Some(Colour::new(1, 2, 3)), ..recipe(64, 64) };
    let made = make(source.as_bytes(), &job(vec![red])).unwrap();
    assert_eq!(one(&made.pictures[0], recipe(32, 32)).0.get_pixel(1, 1).0, [1, 2, 3, 255]);
}

#[test]
fn features_that_are_lost_are_told() {
    let (_, made) = cleaned(&svg(
        r#"<style>@media (prefers-color-scheme: dark) { rect { fill: white } } .b { fill: var(--x); }</style>
        <rect width="90" height="90" fill="red"><animate attributeName="x" to="5" dur="1s"/></rect>
        <circle r="9" style="fill: oklch(0.7 0.1 200)"/>"#,
    ));
    for feature in [Lost::ColourScheme, Lost::Variables, Lost::WideColours, Lost::Animation] {
        assert!(made.remarks.contains(&Remark::Lost { feature, count: 1 }), "{feature}: {:?}", made.remarks);
    }
    let (_, plain) = cleaned(&svg(r#"<path id="color" d="M0 0h90v45z" transform="rotate(3)"/>"#));
    assert_eq!(plain.remarks, []);
}

const TEXT: &str = r#"<text x="5" y="50" font-family="Nowhere Sans, sans-serif" font-size="30">Meet</text>"#;

#[test]
fn text_in_a_font_that_is_not_there_is_an_error() {
    let error = make(svg(TEXT).as_bytes(), &job(vec![recipe(64, 64)])).unwrap_err();
    assert!(matches!(&error, Error::Font { family } if family.contains("Nowhere Sans")), "{error}");
    let hidden = svg(&format!(r#"<g display="none">{TEXT}</g><rect width="20" height="10"/>"#));
    assert!(make(hidden.as_bytes(), &job(vec![recipe(64, 64)])).is_ok());
}

#[test]
fn text_is_drawn_in_fonts_the_brand_brings() {
    let Ok(font) = fs::read("/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf") else {
        return skip("DejaVu Sans is not here");
    };
    let text = |family: &str, letters: &str| {
        svg(&TEXT.replace("Nowhere Sans, sans-serif", family).replace("Meet", letters))
    };
    let wanted = Job { fonts: vec![font], ..job(vec![svg_recipe(), recipe(16, 16)]) };
    for family in ["DejaVu Sans", "Nowhere, DejaVu Sans", "sans-serif"] {
        let made = make(text(family, "Meet").as_bytes(), &wanted).unwrap();
        let file = String::from_utf8(made.pictures[0].clone()).unwrap();
        assert!(file.contains("<path") && !file.contains("<text") && !file.contains("DejaVu"), "{file}");
        assert!(made.remarks.iter().any(|remark| matches!(remark, Remark::Illegible { size: 16, .. })));
    }
    let named = make(text("Nowhere", "Meet").as_bytes(), &wanted).unwrap_err();
    assert_eq!(named, Error::Font { family: "Nowhere".into() });
    let strange = make(text("DejaVu Sans", "Meet \u{13000}").as_bytes(), &wanted).unwrap_err();
    assert_eq!(strange, Error::Glyph { character: '\u{13000}' });
}

#[test]
fn embedded_pictures_are_written_anew() {
    let polyglot = [png(&disc(64)), b"<script>secret</script>".to_vec()].concat();
    let image =
        format!(r#"<image width="100" height="100" href="data:image/png;base64,{}"/>"#, base64(&polyglot));
    let (file, made) = cleaned(&svg(&image));
    assert!(file.contains("data:image/png;base64,") && !file.contains(&base64(b"<script>secret")[..12]));
    assert!(!made.remarks.iter().any(|remark| matches!(remark, Remark::Lost { .. })));
    assert_eq!(one(svg(&image).as_bytes(), recipe(64, 64)).0.get_pixel(32, 32).0, [255; 4]);
}

/// Base64 as RFC 4648 has it.
pub(crate) fn base64(data: &[u8]) -> String {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for group in data.chunks(3) {
        let value =
            group.iter().chain([&0, &0]).take(3).fold(0_usize, |value, byte| value << 8 | usize::from(*byte));
        for digit in 0..4 {
            let found = char::from(DIGITS[value >> (18 - 6 * digit) & 63]);
            text.push(if digit <= group.len() { found } else { '=' });
        }
    }
    text
}
