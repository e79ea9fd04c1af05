//! The laws of markup, held to generated pages: nothing panics, what is set is read, and all else stays.

use proptest::prelude::*;
use proptest::sample::select;
use rebrand::markup::Markup;
use rebrand::text::Text;

use crate::{first, made, read};

/// Nothing is kept of failures: a case that fails belongs into a table, with a name.
fn config() -> ProptestConfig {
    ProptestConfig { failure_persistence: None, ..ProptestConfig::default() }
}

/// Text of what scanners trip over.
fn soup() -> impl Strategy<Value = String> {
    let parts = vec![
        "<",
        ">",
        "/",
        "=",
        "\"",
        "'",
        " ",
        "\n",
        "\r\n",
        "&",
        "&amp;",
        "a",
        "B",
        "ä",
        "-",
        "--",
        "!",
        "<!--",
        "-->",
        "<!--# x=\"\" -->",
        "<!--#\n-->",
        "<!--#",
        "<meta",
        "<meta ",
        "<title>",
        "</title>",
        "<link a=1",
        "<link>",
        "</",
        "<svg>",
        "</svg>",
        "<!",
        "<?",
        "<script>",
        "</script>",
        " a=",
        " a",
        "a=\"",
        " b='",
        "\u{feff}",
        "]]>",
        "<![CDATA[",
    ];
    proptest::collection::vec(select(parts), 0..40).prop_map(|parts| parts.concat())
}

/// A value that a page can show and a web server leaves alone.
fn value() -> impl Strategy<Value = String> {
    prop_oneof!["\\PC*", "[a-c\"'<>&;/= \t\r\n#-]*"]
        .prop_filter("no include", |value| !value.contains("<!--#") && !value.contains("-->"))
}

/// An attribute as it is written, with blanks before it, and what it says.
fn attribute(name: &'static str) -> impl Strategy<Value = (&'static str, String, String)> {
    let blank = select(vec![" ", "\t", "\r\n  ", " / "]);
    let quoted = (select(vec!['"', '\'']), "[a-z /=<>ä]*", select(vec!["=", " = "]));
    let quoted = quoted
        .prop_map(move |(quote, value, equals)| (format!("{name}{equals}{quote}{value}{quote}"), value));
    let bare = "[a-z/<ä]+".prop_map(move |value| (format!("{name}={value}"), value));
    let written = prop_oneof![quoted, bare, Just((name.to_owned(), String::new()))];
    (blank, written).prop_map(move |(blank, (written, value))| (name, format!("{blank}{written}"), value))
}

/// A tag, and what its attributes say.
fn tag() -> impl Strategy<Value = (String, Vec<(&'static str, String)>)> {
    let attributes = (attribute("aa"), attribute("bb"), attribute("cc"), attribute("dd"), 0..=4_usize);
    let end = select(vec![">", " >", "\n/>", " />"]);
    (attributes, end).prop_map(|((a, b, c, d, count), end)| {
        let attributes: Vec<_> = [a, b, c, d].into_iter().take(count).collect();
        let written: String = attributes.iter().map(|(_, written, _)| written.as_str()).collect();
        let said = attributes.into_iter().map(|(name, _, value)| (name, value)).collect();
        (format!("<meta{written}{end}"), said)
    })
}

/// Holds the attributes of the second `meta` of `page` to `said`, and the page to what is around that.
fn holds(page: &str, said: &[(&str, String)]) {
    assert!(page.starts_with(BEFORE) && page.ends_with(AFTER), "{page}");
    let markup = read(page);
    let elements = markup.elements("meta").unwrap();
    assert_eq!(elements.len(), 3, "{page}");
    for name in ["aa", "bb", "cc", "dd", "ee"] {
        let expected = said.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone());
        assert_eq!(markup.attribute(&elements[1], name), expected, "`{name}` in {page}");
    }
}

const BEFORE: &str = "\u{feff}<meta aa=1>\r\n\t";
const AFTER: &str = "x\n <META aa='1'>";

proptest! {
    #![proptest_config(config())]

    #[test]
    fn no_text_panics(source in any::<String>()) {
        let _ = Markup::parse(Text::from(source));
    }

    #[test]
    fn what_is_set_in_a_soup_is_read(source in soup(), value in value()) {
        let Ok(markup) = Markup::parse(Text::from(source)) else { return Ok(()) };
        for selector in ["meta", "title", "link", "meta[a]"] {
            for (index, element) in markup.elements(selector).unwrap().iter().enumerate() {
                let _ = (markup.remove_attribute(element, "a"), markup.insert_after(element, "<b>"));
                let set = markup.set_attribute(element, "a", &value).unwrap();
                let after = read(&made(&markup, [set]));
                let again = &after.elements(selector).unwrap()[index];
                prop_assert_eq!(after.attribute(again, "a"), Some(value.clone()));
                let Ok(set) = markup.set_content(element, &value) else { continue };
                let after = read(&made(&markup, [set]));
                let again = &after.elements(selector).unwrap()[index];
                prop_assert_eq!(after.content(again), Some(value.clone()));
            }
        }
    }

    #[test]
    fn attributes_beside_a_change_say_what_they_said(
        (tag, said) in tag(),
        changes in proptest::collection::btree_map(select(vec!["aa", "bb", "cc", "dd", "ee"]), proptest::option::of(value()), 0..5),
    ) {
        let page = format!("{BEFORE}{tag}{AFTER}");
        holds(&page, &said);
        let markup = read(&page);
        let meta = &markup.elements("meta").unwrap()[1];
        let mut splices = Vec::new();
        let mut expected: Vec<_> = said.into_iter().filter(|(name, _)| !changes.contains_key(name)).collect();
        for (name, value) in changes {
            match value {
                None => splices.extend(markup.remove_attribute(meta, name)),
                Some(value) => {
                    splices.push(markup.set_attribute(meta, name, &value).unwrap());
                    expected.push((name, value));
                }
            }
        }
        holds(&made(&markup, splices), &expected);
    }

    #[test]
    fn a_title_says_what_it_was_given(old in "[a-z &<]*", value in value()) {
        let markup = read(&format!("{BEFORE}<title>{old}</title>{AFTER}"));
        let set = markup.set_content(&first(&markup, "title"), &value).unwrap();
        let after = read(&made(&markup, [set]));
        prop_assert_eq!(after.content(&first(&after, "title")), Some(value));
        let around = |text: &str| text.starts_with(BEFORE) && text.ends_with(AFTER);
        prop_assert!(around(after.text().as_str()), "{}", after.text().as_str());
    }
}
