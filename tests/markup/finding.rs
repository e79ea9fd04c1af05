//! What is found in a page, what its values say, and what is refused.

use rebrand::markup::Markup;
use rebrand::text::Text;

use crate::{first, read};

/// A page in the shape of Jitsi's own `index.html`, with what may confuse a scanner.
const PAGE: &str = r#"<!DOCTYPE html>
<?xml version="1.0"?>
<html lang="en" <!--# echo var="x" default="" --> data-x>
  <head>
    <!--#include virtual="head.html" -->
    <!-- <title>no</title> --><!--> <!---> <!-- - -- --!>
    <Title>Fish &amp; Chips &ndash; &#x41;&#66; &unknown; &</Title>
    <META Property='og:image' Content=images/a.png?x=1&amp;y=2>
    <meta property="og:image" content="second" content="third"/>
    <meta description="d">
    <link rel="Shortcut  ICON" href="<!--# echo var="base" default="a>b" -->/favicon.ico">
    <link rel="apple-touch-icon" href='b'>
    <script>if (a < b) { c = "<title>no</title>"; }</script >
    <style>a::before { content: '<link rel=icon>' }</STYLE>
    <textarea><meta description></textareas></textarea>
  </head>
  <body>1 < 2 </ b><svg><title>no</title><style><![CDATA[ > </svg> ]]></style><svg/></svg></>
    <math/><link rel="mask-icon icon" id=last>
  </body>
</html>"#;

#[test]
fn elements_are_found_by_the_little_language() {
    let markup = read(PAGE);
    let cases = [
        ("title", 1),
        ("TITLE", 1),
        ("meta", 3),
        ("meta[property=og:image]", 2),
        ("meta[Property=og:image]", 2),
        ("meta[property=OG:image]", 0),
        ("meta[description]", 1),
        ("meta[content=third]", 0),
        ("link[rel=icon]", 2),
        ("link[rel=shortcut]", 1),
        ("link[rel=apple-touch-icon]", 1),
        ("link[href=b]", 1),
        ("html[data-x]", 1),
        ("nothing", 0),
    ];
    for (selector, count) in cases {
        assert_eq!(markup.elements(selector).unwrap().len(), count, "{selector}");
    }
}

#[test]
fn texts_are_what_stands_between_tags() {
    assert_eq!(read(PAGE).texts(), ["1 < 2 ", "no"], "comments, scripts, styles and titles are none");
    let told = read(
        "a &amp;<!--#echo var=\"x\" --> b<p>\n</p>c<!-- d --><noscript>e</noscript><!--#include virtual=\"f\" -->",
    );
    assert_eq!(told.texts(), ["a & b", "c", "e"]);
    assert!(read("").texts().is_empty());
}

#[test]
fn values_are_read_unescaped() {
    let markup = read(PAGE);
    let title = first(&markup, "title");
    assert_eq!(markup.content(&title).unwrap(), "Fish & Chips – AB &unknown; &");
    assert!(markup.text().slice(title.span()).starts_with("<Title>Fish"));
    assert!(markup.text().slice(title.span()).ends_with("</Title>"));
    let said = |selector, name| markup.attribute(&first(&markup, selector), name);
    assert_eq!(said("meta", "content").unwrap(), "images/a.png?x=1&y=2");
    assert_eq!(said("meta[content=second]", "CONTENT").unwrap(), "second");
    assert_eq!(said("html", "data-x").unwrap(), "");
    assert_eq!(said("html", "missing"), None);
    let href = said("link[rel=icon]", "href").unwrap();
    assert_eq!(href, "<!--# echo var=\"base\" default=\"a>b\" -->/favicon.ico");
    assert_eq!(said("link[rel=mask-icon]", "id").unwrap(), "last");
    assert!(markup.content(&first(&markup, "script")).unwrap().contains("a < b"));
    assert_eq!(markup.content(&first(&markup, "textarea")).unwrap(), "<meta description></textareas>");
    assert_eq!(markup.content(&first(&markup, "head")), None);
}

#[test]
fn characters_are_read_by_name_and_number() {
    let cases = [
        ("&lt;&gt;&quot;&apos;&nbsp;", "<>\"'\u{a0}"),
        ("&#65;&#x42;&#X43;", "ABC"),
        ("&#0;&#xD800;&#99999999;", "\u{fffd}\u{fffd}\u{fffd}"),
        ("&amp;lt;", "&lt;"),
        ("&;&#;&#x;&#+1;&# 1;&lang=x;", "&;&#;&#x;&#+1;&# 1;&lang=x;"),
        ("&amp &ä;&&amp;", "&amp &ä;&&"),
    ];
    for (written, said) in cases {
        let markup = read(&format!("<title>{written}</title>"));
        assert_eq!(markup.content(&first(&markup, "title")).unwrap(), said);
    }
}

#[test]
fn what_is_not_closed_is_told_where_it_opens() {
    let cases = [
        ("<p>\n <meta a=\"1\"", "2:2 `<meta` the tag that opens here is not closed"),
        ("<p></p", "1:4 `</p` the tag that opens here is not closed"),
        ("<!doctype", "1:1 `<!` the tag that opens here is not closed"),
        ("<meta a='1\">", "1:9 `'` the quote that opens here is not closed"),
        ("ä <!-- <p>", "1:3 `<!--` the comment that opens here is not closed"),
        ("<!--# <p>", "1:1 `<!--` the comment that opens here is not closed"),
        ("<Title a>x</titl>", "1:1 `<Title a>` the element `title` that opens here is not closed"),
        ("<script/>", "1:1 `<script/>` the element `script` that opens here is not closed"),
    ];
    for (source, expected) in cases {
        let text = Text::from(source);
        let error = Markup::parse(text.clone()).unwrap_err();
        let span = error.span().unwrap();
        let at = text.position(span.start);
        assert_eq!(format!("{}:{} `{}` {error}", at.line, at.column, text.slice(span)), expected);
    }
}

#[test]
fn what_is_no_selector_is_refused() {
    let markup = read("<title></title>");
    for selector in
        ["", "*", "a b", "a[", "a]", "a[]", "a[=b]", "a[b=]", "a[b=\"c\"]", "a[b][c]", "#a", "a.b c"]
    {
        let error = markup.elements(selector).unwrap_err();
        assert!(error.to_string().starts_with(&format!("`{selector}` is no selector")), "{error}");
        assert_eq!(error.span(), None);
    }
}

#[test]
fn long_texts_take_one_pass() {
    for part in ["<!--#", "<", "</", "&", "<p a=<!--# ", "--", "<svg>", "</title", "<!-- -- ", "a=b "] {
        for start in ["", "<title>", "<meta a=\"", "<!--", "<meta "] {
            let source = format!("{start}{}", part.repeat(50_000));
            if let Ok(markup) = Markup::parse(Text::from(source.as_str())) {
                assert!(markup.elements("title").unwrap().is_empty());
            }
        }
    }
}
