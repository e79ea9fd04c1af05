//! Every kind of change as a line of a table: before, change, after.

use rebrand::markup::Error;

use crate::{first, made, read};

enum Change {
    Set(&'static str, &'static str),
    Remove(&'static str),
    Content(&'static str),
    After(&'static str),
}

use Change::{After, Content, Remove, Set};

/// Before, the element, the change, after.
type Case = (&'static str, &'static str, Change, &'static str);

const SET: &[Case] = &[
    ("<meta a=\"1\" b='2'/>", "meta", Set("a", "x"), "<meta a=\"x\" b='2'/>"),
    (
        "<meta a=\"1\" b='2'/>",
        "meta",
        Set("b", "it's \"x\" & <y>"),
        "<meta a=\"1\" b='it&#39;s \"x\" &amp; &lt;y&gt;'/>",
    ),
    ("<meta a=\"1\">", "meta", Set("a", "it's \"x\""), "<meta a=\"it's &quot;x&quot;\">"),
    ("<META\tA = \"1\"\r\n>", "meta", Set("a", "x"), "<META\tA = \"x\"\r\n>"),
    ("<link href=a.png rel=icon>", "link", Set("href", "b c"), "<link href=\"b c\" rel=icon>"),
    // What stands before `>` without quotes is the value, as HTML has it.
    ("<link href=a.png/>", "link", Set("href", "b"), "<link href=\"b\">"),
    ("<link href=a.png/>", "link", Set("rel", "icon"), "<link href=a.png/ rel=\"icon\">"),
    ("<meta a=\"1\">", "meta", Set("b", "x"), "<meta a=\"1\" b=\"x\">"),
    ("<meta a=\"1\"/>", "meta", Set("b", "x"), "<meta a=\"1\" b=\"x\"/>"),
    ("<meta a=\"1\" />", "meta", Set("b", "\"\t\n"), "<meta a=\"1\" b=\"&quot;&#9;&#10;\" />"),
    ("<meta>", "meta", Set("b", "x"), "<meta b=\"x\">"),
    ("<meta/>", "meta", Set("b", "x"), "<meta b=\"x\"/>"),
    ("<meta b>", "meta", Set("b", "x"), "<meta b=\"x\">"),
    ("<meta b= >", "meta", Set("b", "x"), "<meta b=\"x\" >"),
    ("<meta b= >", "meta", Set("a", "x"), "<meta a=\"x\" b= >"),
    ("<meta b=\"\">", "meta", Set("b", "x"), "<meta b=\"x\">"),
    ("<meta b=\"x\">", "meta", Set("b", ""), "<meta b=\"\">"),
    ("<meta b=1 B=2>", "meta", Set("b", "x"), "<meta b=\"x\" B=2>"),
    (
        "<meta a=\"<!--# echo var=\"x\" default=\">\" -->/y\" b='2'>",
        "meta",
        Set("b", "3"),
        "<meta a=\"<!--# echo var=\"x\" default=\">\" -->/y\" b='3'>",
    ),
    ("<meta a=\"<!--# echo var=\"x\" -->/y\">", "meta", Set("a", "z"), "<meta a=\"z\">"),
    ("<meta a=x<!--#\n-->/y b>", "meta", Set("a", "z"), "<meta a=\"z\" b>"),
    ("\u{feff}<meta a=\"ä\">", "meta", Set("a", "ö"), "\u{feff}<meta a=\"ö\">"),
];

const REMOVE: &[Case] = &[
    ("<meta a=\"1\" b='2'/>", "meta", Remove("a"), "<meta b='2'/>"),
    ("<meta a=\"1\"\r\n\tb='2'/>", "meta", Remove("B"), "<meta a=\"1\"/>"),
    ("<meta a=\"1\" >", "meta", Remove("a"), "<meta >"),
    ("<meta a= >", "meta", Remove("a"), "<meta >"),
    ("<meta a=1 b a=2 c>", "meta", Remove("a"), "<meta b c>"),
    ("<meta a=\"1\">", "meta", Remove("b"), "<meta a=\"1\">"),
    // Neighbours do not grow together.
    ("<meta a=\"1\"b=\"2\">", "meta", Remove("a"), "<meta b=\"2\">"),
    ("<meta a=\"1\"b=\"2\">", "meta", Remove("b"), "<meta a=\"1\">"),
    ("<meta a=1 b=\"2\"/>", "meta", Remove("b"), "<meta a=1 />"),
];

const CONTENT: &[Case] = &[
    ("<title>Jitsi Meet</title>\r\n", "title", Content("A & B's"), "<title>A &amp; B's</title>\r\n"),
    ("<TITLE lang=en>a < b</Title >", "title", Content("x"), "<TITLE lang=en>x</Title >"),
    ("<title></title>", "title", Content("</title>"), "<title>&lt;/title&gt;</title>"),
    ("<title>x</title>", "title", Content(""), "<title></title>"),
    ("<title><!-- x --><b></title>", "title", Content("x"), "<title>x</title>"),
    ("<title><!--# echo var=\"</title>\" --></title>", "title", Content("x"), "<title>x</title>"),
    ("<p><b>x</b></p>", "b", Content("y"), "<p><b>y</b></p>"),
];

const AFTER: &[Case] = &[
    ("<title>x</title>\n<b>", "title", After("<meta>"), "<title>x</title>\n<meta>\n<b>"),
    ("<title>x</title>", "title", After("<meta>"), "<title>x</title>\n<meta>"),
    ("<head>\n\t <link>\r\n", "link", After("<meta>\n<b>\n"), "<head>\n\t <link>\r\n\t <meta>\r\n\t <b>\r\n"),
    ("\u{feff}  <link><!-- x -->", "link", After("<b>"), "\u{feff}  <link>\n  <b><!-- x -->"),
    ("<p>\r\n<link>", "link", After("<b>"), "<p>\r\n<link>\r\n<b>"),
    ("<link>\n", "link", After(""), "<link>\n"),
];

#[test]
fn attributes_are_set() {
    hold(SET);
}

#[test]
fn attributes_are_taken_out() {
    hold(REMOVE);
}

#[test]
fn text_is_set() {
    hold(CONTENT);
}

#[test]
fn lines_are_put_in() {
    hold(AFTER);
}

fn hold(cases: &[Case]) {
    for (before, selector, change, after) in cases {
        let markup = read(before);
        let element = first(&markup, selector);
        let splices = match change {
            Set(name, value) => vec![markup.set_attribute(&element, name, value).unwrap()],
            Remove(name) => markup.remove_attribute(&element, name),
            Content(value) => vec![markup.set_content(&element, value).unwrap()],
            After(lines) => vec![markup.insert_after(&element, lines)],
        };
        let result = made(&markup, splices);
        assert_eq!(result, *after, "from {before}");
        read(&result);
    }
}

#[test]
fn changes_of_one_element_are_made_together() {
    let markup = read("<link rel=icon href type=x data= >\n");
    let link = first(&markup, "link");
    let set = |name, value| markup.set_attribute(&link, name, value).unwrap();
    let splices = [set("rel", "a"), set("href", "b"), set("data", "c"), set("new", "d")];
    let splices = splices.into_iter().chain(markup.remove_attribute(&link, "type"));
    let after = made(&markup, splices.chain([markup.insert_after(&link, "<b>")]));
    assert_eq!(after, "<link new=\"d\" rel=\"a\" href=\"b\" data=\"c\" >\n<b>\n");

    let markup = read("<link href/>");
    let link = first(&markup, "link");
    let splices = [("new", "b"), ("href", "a")];
    let splices = splices.map(|(name, value)| markup.set_attribute(&link, name, value).unwrap());
    assert_eq!(made(&markup, splices), "<link href=\"a\" new=\"b\"/>");
}

#[test]
fn what_would_break_a_page_is_refused() {
    let markup = read("<title>x</title><p><b></b></p><script>1</script><meta>");
    let told = |result: Result<_, Error>| result.unwrap_err().to_string();
    let title = first(&markup, "title");
    let marker = "which a web server could take for a part of a server-side include";
    assert_eq!(told(markup.set_content(&title, "<!--# x")), format!("the value holds `<!--#`, {marker}"));
    assert_eq!(told(markup.set_attribute(&title, "a", "x-->")), format!("the value holds `-->`, {marker}"));
    assert_eq!(told(markup.set_content(&title, "a\u{1b}")), "the value holds the control character U+001B");
    for name in ["", "a b", "a=", "a>", "1", "a\""] {
        let expected = format!("`{name}` is no name of an attribute");
        assert_eq!(told(markup.set_attribute(&title, name, "x")), expected);
    }
    for name in ["p", "script", "meta"] {
        let expected = format!("the element `{name}` does not hold plain text");
        assert_eq!(told(markup.set_content(&first(&markup, name), "x")), expected);
    }
}
