//! Every `title.html` of upstream: the elements that carry a brand are found and changed, and nothing else.

use std::fs;
use std::path::Path;

use rebrand::markup::Markup;

use crate::skip::skip;
use crate::{first, made, read};

/// Selector and attribute of what a brand changes there.
const BRANDED: [(&str, &str); 4] = [
    ("meta[property=og:title]", "content"),
    ("meta[property=og:image]", "content"),
    ("meta[itemprop=image]", "content"),
    ("link[rel=icon]", "href"),
];

#[test]
fn a_brand_changes_only_what_carries_it() {
    let Some(pages) = pages() else { return };
    for (name, source) in pages {
        let markup = read(&source);
        let title = first(&markup, "title");
        let mut splices = vec![markup.set_content(&title, "A & B").unwrap()];
        let mut expected = source.replacen("<title>Jitsi Meet<", "<title>A &amp; B<", 1);
        for (selector, attribute) in BRANDED {
            let elements = markup.elements(selector).unwrap();
            assert_eq!(elements.len(), 1, "{name}: {selector}");
            let old = markup.attribute(&elements[0], attribute).unwrap();
            let written = markup.text().slice(elements[0].span());
            let new = written.replacen(
                &format!("{attribute}=\"{old}\""),
                &format!("{attribute}=\"/x?v=1&amp;y\""),
                1,
            );
            expected = expected.replacen(written, &new, 1);
            splices.push(markup.set_attribute(&elements[0], attribute, "/x?v=1&y").unwrap());
        }
        let after = made(&markup, splices);
        assert_eq!(after, expected, "{name}");
        assert_ne!(after, source, "{name}");
        let after = read(&after);
        assert_eq!(after.content(&first(&after, "title")).unwrap(), "A & B");
        for (selector, attribute) in BRANDED {
            assert_eq!(after.attribute(&first(&after, selector), attribute).unwrap(), "/x?v=1&y", "{name}");
        }
    }
}

#[test]
fn a_second_icon_comes_on_a_line_of_its_own() {
    let Some(pages) = pages() else { return };
    for (name, source) in pages {
        let markup = read(&source);
        let icon = first(&markup, "link[rel=icon]");
        let line = "<link rel=\"icon\" sizes=\"any\">";
        let after = made(&markup, [markup.insert_after(&icon, line)]);
        let added: Vec<&str> = after.lines().filter(|line| !source.lines().any(|old| old == *line)).collect();
        assert_eq!(added, [line], "{name}");
        assert_eq!(after.len(), source.len() + line.len() + markup.text().line_end().len(), "{name}");
        assert_eq!(read(&after).elements("link[rel=icon]").unwrap().len(), 2, "{name}");
    }
}

/// All the fragments of upstream are understood.
#[test]
fn every_fragment_is_read() {
    let Some(folder) = upstream() else { return };
    for version in fs::read_dir(folder).unwrap() {
        for file in fs::read_dir(version.unwrap().path()).unwrap() {
            let path = file.unwrap().path();
            if path.extension().is_some_and(|ending| ending == "html") {
                let text = rebrand::text::Text::from_bytes(&fs::read(&path).unwrap()).unwrap();
                assert!(Markup::parse(text).is_ok(), "{}", path.display());
            }
        }
    }
}

/// The version and the `title.html` of each; nothing, and a word about it, where they are not here.
fn pages() -> Option<Vec<(String, String)>> {
    let versions = fs::read_dir(upstream()?).unwrap().map(|entry| entry.unwrap().path());
    let pages = versions.filter(|version| version.join("title.html").is_file()).map(|version| {
        let name = version.file_name().unwrap().to_string_lossy().into_owned();
        (name, fs::read_to_string(version.join("title.html")).unwrap())
    });
    let pages: Vec<_> = pages.collect();
    assert!(!pages.is_empty(), "a folder for each version, with `title.html`");
    Some(pages)
}

fn upstream() -> Option<&'static Path> {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/upstream"));
    if !folder.is_dir() {
        skip(format_args!("`{}` is not here", folder.display()));
        return None;
    }
    Some(folder)
}
