//! Drawings that attack: entities, references, embedded bombs, endless repetition. Each ends soon.

use std::time::{Duration, Instant};

use rebrand::raster::{Error, Lost, Remark, make};

use crate::drawings::base64;
use crate::sources::{chunk, cleaned, job, png, ramp, recipe, refused, svg, svg_recipe};

fn soon<T>(limit: u64, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = work();
    assert!(start.elapsed() < Duration::from_secs(limit), "took {:?}", start.elapsed());
    result
}

fn with_entities(declarations: &str, inside: &str) -> String {
    format!("<!DOCTYPE svg [{declarations}]>{}", svg(inside))
}

#[test]
fn entities_are_bounded_before_they_are_expanded() {
    let limit = 1 << 20;
    let references = "&x;".repeat(20_000);
    let quadratic = |place: &str| {
        let long = format!("<!ENTITY x \"{}\">", "a".repeat(100_000));
        with_entities(&long, &place.replace("REFERENCES", &references))
    };
    for place in ["<desc>REFERENCES</desc>", "<path d=\"REFERENCES\"/>", "<style>REFERENCES</style>"] {
        assert_eq!(soon(1, || refused(quadratic(place).as_bytes())), Error::Entities { limit });
    }
    let level = |level| format!("<!ENTITY x{level} \"{}\">", format!("&x{};", level - 1).repeat(10));
    let laughs = (1..10).map(level).collect::<Vec<_>>().concat();
    let billion = with_entities(&format!("<!ENTITY x0 \"ha\">{laughs}"), "<desc>&x9;</desc>");
    assert_eq!(soon(1, || refused(billion.as_bytes())), Error::Entities { limit });
    let circle = with_entities("<!ENTITY a \"&b;\"><!ENTITY b '&a;'>", "<desc>&a;</desc>");
    assert_eq!(soon(1, || refused(circle.as_bytes())), Error::Entities { limit });
    let parameter = with_entities(
        &format!("<!ENTITY % x \"{}\"><!ENTITY\n x\t'{}'>", "b".repeat(9), "a".repeat(100_000)),
        &format!("<desc>{references}</desc>"),
    );
    assert_eq!(refused(parameter.as_bytes()), Error::Entities { limit });
}

#[test]
fn external_entities_are_not_fetched() {
    let source = with_entities("<!ENTITY x SYSTEM \"file:///etc/hostname\">", "<desc>&x;</desc>");
    assert!(matches!(refused(source.as_bytes()), Error::Broken { .. }));
}

#[test]
fn no_file_and_no_address_is_opened() {
    let folder = tempfile::tempdir().unwrap();
    let secret = folder.path().join("secret.png");
    std::fs::write(&secret, png(&ramp(50, 50))).unwrap();
    let paths =
        [secret.to_str().unwrap(), "secret.png", "/dev/zero", "file:///dev/zero", "http://127.0.0.1:9/x.png"];
    for path in paths {
        let inside = format!(
            r#"<rect width="50" height="25" fill="red"/><image href="{path}" width="50" height="100"/>
            <filter id="f"><feImage href="{path}"/></filter><rect filter="url(#f)" width="5" height="5"/>"#
        );
        let (file, made) = soon(5, || cleaned(&svg(&inside)));
        assert!(!file.contains("data:") && !file.contains(path), "{file}");
        assert!(made.remarks.contains(&Remark::External { reference: path.into() }), "{:?}", made.remarks);
    }
}

/// An embedded picture that claims 50 000 px a side, a drawing in a drawing, a GIF, and something broken.
#[test]
fn embedded_bombs_are_left_out() {
    let header = [&50_000_u32.to_be_bytes()[..], &50_000_u32.to_be_bytes(), &[8, 6, 0, 0, 0]].concat();
    let bomb = [b"\x89PNG\r\n\x1a\n".to_vec(), chunk(*b"IHDR", &header), chunk(*b"IDAT", b"x")].concat();
    let nested = svg(r#"<image href="/etc/passwd"/>"#);
    let broken = &png(&ramp(100, 100))[..300];
    for (mime, data) in [
        ("image/png", bomb.as_slice()),
        ("image/svg+xml", nested.as_bytes()),
        ("text/plain", nested.as_bytes()),
        ("image/gif", b"GIF89a\x01\0\x01\0\0\0\0;"),
        ("image/png", broken),
        ("image/jpeg", b"\xff\xd8\xff\xe0"),
    ] {
        let image = format!(
            r#"<rect width="100" height="50"/><image width="9" height="9" href="data:{mime};base64,{}"/>"#,
            base64(data)
        );
        let (file, made) = soon(5, || cleaned(&svg(&image)));
        assert!(!file.contains("data:"), "{mime}");
        assert!(made.remarks.contains(&Remark::Lost { feature: Lost::Embedded, count: 1 }), "{mime}");
    }
}

/// Each is inside the limits, but not all of them.
#[test]
fn embedded_pictures_share_one_limit() {
    let large = base64(&png(&image::RgbaImage::from_pixel(3000, 3000, image::Rgba([9, 9, 9, 255]))));
    let image = format!(r#"<image width="90" height="9" href="data:image/png;base64,{large}"/>"#);
    let (_, made) = cleaned(&svg(&image.repeat(3)));
    assert!(made.remarks.contains(&Remark::Lost { feature: Lost::Embedded, count: 2 }), "{:?}", made.remarks);
}

#[test]
fn repetition_ends() {
    let cycle =
        r##"<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g><rect width="9" height="9"/>"##;
    soon(10, || drop(make(svg(cycle).as_bytes(), &job(vec![recipe(32, 32)]))));
    let deep = format!("{}<rect width=\"9\" height=\"9\"/>{}", "<g>".repeat(5000), "</g>".repeat(5000));
    soon(10, || drop(make(svg(&deep).as_bytes(), &job(vec![recipe(32, 32)]))));
    let deeper = format!("{}{}", "<g>".repeat(200_000), "</g>".repeat(200_000));
    assert!(soon(10, || make(svg(&deeper).as_bytes(), &job(vec![recipe(32, 32)]))).is_err());
    let level = |level: u8| {
        let before = format!("<use href=\"#x{}\"/>", level - 1).repeat(10);
        format!("<g id=\"x{level}\">{before}</g>")
    };
    let levels = (1..7).map(level).collect::<Vec<_>>().concat();
    let million =
        svg(&format!("<defs><rect id=\"x0\" width=\"9\" height=\"9\"/>{levels}</defs><use href=\"#x6\"/>"));
    assert!(soon(20, || make(million.as_bytes(), &job(vec![recipe(32, 32)]))).is_err());
}

#[test]
fn long_drawings_are_refused() {
    let long = svg(&"<rect width='9' height='9'/>".repeat(40_000));
    assert!(matches!(refused(long.as_bytes()), Error::TooLong { limit: 1_048_576, .. }));
    let uses = svg(&format!(
        "<path id=\"x\" d=\"M0 0h90v50z{}\"/>{}",
        "m1 1h9v9z".repeat(200),
        "<use href=\"#x\"/>".repeat(400)
    ));
    let error = make(uses.as_bytes(), &job(vec![svg_recipe()])).unwrap_err();
    assert!(matches!(error, Error::HeavySvg { limit: 524_288, .. }), "{error}");
    let less = svg(&format!(
        "<path id=\"x\" d=\"M0 0h90v50z{}\"/>{}",
        "m1 1h9v9z".repeat(200),
        "<use href=\"#x\"/>".repeat(30)
    ));
    let (_, made) = cleaned(&less);
    assert!(made.remarks.iter().any(|remark| matches!(remark, Remark::LongSvg { .. })), "{:?}", made.remarks);
}

#[test]
fn senseless_sizes_are_errors_or_drawn() {
    for attributes in [
        r#"width="1e9" height="1e9" viewBox="0 0 10 10""#,
        r#"width="NaN" height="0" viewBox="0 0 10 10""#,
        r#"width="0" height="0""#,
        r#"viewBox="0 0 0 0""#,
        r#"viewBox="0 0 1e-30 1e30""#,
        r#"width="100%" height="200%""#,
    ] {
        let source = format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" {attributes}><rect width="10" height="5"/></svg>"#
        );
        soon(5, || drop(make(source.as_bytes(), &job(vec![recipe(32, 32), svg_recipe()]))));
    }
    for source in ["<svg/>", "<svg>", "<svg xmlns='http://www.w3.org/2000/svg'/>", "<svg\0/>"] {
        assert!(make(source.as_bytes(), &job(vec![recipe(32, 32)])).is_err(), "{source}");
    }
    assert!(matches!(refused(b"<svg>\xff\xfe</svg>"), Error::Broken { .. }));
}
