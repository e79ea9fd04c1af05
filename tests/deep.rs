//! Files that are deep without brackets: refused clearly, and never the end of the process.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]
#![allow(clippy::format_push_string, clippy::format_collect)]

use rebrand::edit::{Edit, Op, Wish};
use rebrand::fault::Place;
use rebrand::js::{Dialect, Document, Error};
use rebrand::path::SitePath;
use rebrand::target::target;
use rebrand::text::{Span, Text};
use rebrand::value::{KeyPath, Value};

const MANY: usize = 100_000;

/// Sources that nest `many` times, by the name of what nests.
fn deep(many: usize) -> Vec<(&'static str, String)> {
    vec![
        ("sums", config(&format!("1{}", "+1".repeat(many)))),
        ("sums over lines", config(&format!("1{}", "\n + 1".repeat(many)))),
        ("texts", config(&format!("'x'{}", " + 'y'".repeat(many)))),
        ("powers", config(&format!("1{}", "**1".repeat(many)))),
        ("ors", config(&format!("a{}", "||a".repeat(many)))),
        ("nots", config(&format!("{}1", "!".repeat(many)))),
        ("minuses", config(&format!("{}1", "- ".repeat(many)))),
        ("tildes", config(&format!("{}1", "~".repeat(many)))),
        ("types", config(&format!("{}1", "typeof ".repeat(many)))),
        ("voids over comments", config(&format!("{}1", "void/**/".repeat(many)))),
        ("news", config(&format!("{}A", "new ".repeat(many)))),
        ("members", config(&format!("a{}", ".b".repeat(many)))),
        ("optional members", config(&format!("a{}", "?.b".repeat(many)))),
        ("indexes", config(&format!("a{}", "[0]".repeat(many)))),
        ("calls", config(&format!("a{}", "()".repeat(many)))),
        ("templates", config(&format!("a{}", "``".repeat(many)))),
        ("choices", config(&format!("{}2", "a?1:".repeat(many)))),
        ("arrows", config(&format!("{}1", "a=>".repeat(many)))),
        ("assignments", config(&format!("{}1", "a=".repeat(many)))),
        ("ins", config(&format!("a{}", " in a".repeat(many)))),
        ("awaits", format!("{};\nasync function f() {{ {}1 }}", config("1"), "await ".repeat(many))),
        ("else ifs", format!("{}{};", config("1"), "if (a) b(); else ".repeat(many))),
        ("else ifs with blocks", format!("{}{} {{}}", config("1"), "if (a) { b() } else ".repeat(many))),
        ("ifs", format!("{}{};", config("1"), "if (a) ".repeat(many))),
        ("whiles", format!("{}{};", config("1"), "while (a) ".repeat(many))),
        ("fors", format!("{}{};", config("1"), "for (;;) ".repeat(many))),
        ("dos", format!("{}{};", config("1"), "do ".repeat(many))),
        ("labels", format!("{}{};", config("1"), (0..many).map(|n| format!("l{n}:")).collect::<String>())),
        ("brackets", config(&format!("{}{}", "[".repeat(many), "]".repeat(many)))),
        (
            "brackets behind a regular expression",
            config(&format!("/'/, b: {}{}", "[".repeat(many), "]".repeat(many))),
        ),
        ("templates in templates", config(&format!("{}{}", "`${".repeat(many), "}`".repeat(many)))),
        ("classes", config(&format!("{}A{}", "class extends ".repeat(many), " {}".repeat(many)))),
    ]
}

fn config(value: &str) -> String {
    format!("var config = {{ a: {value} }};\n")
}

/// Reads `source`: whether that went well, refused it as too deep, or as something else.
fn read(source: String) -> &'static str {
    match Document::parse(Text::from(source), Dialect::Script("config")) {
        Ok(document) => {
            let why =
                Wish { name: "set a".to_owned(), place: Place::of("", document.text(), Span::empty(0)) };
            for at in ["a", "a.b", "z"] {
                let edit = Edit { at: KeyPath::dotted(at), op: Op::Set(Value::Null), why: why.clone() };
                let path = SitePath::new("config.js").unwrap();
                let _ = target(&path, &document, &[edit], &[], "config.toml");
            }
            "read"
        }
        Err(Error::TooDeep { .. }) => "too deep",
        Err(_) => "refused",
    }
}

#[test]
fn a_hundred_thousand_of_anything_does_not_end_the_process() {
    for (name, source) in deep(MANY) {
        eprintln!("{name}");
        assert_ne!(read(source), "read", "{name}");
    }
}

#[test]
fn what_is_just_not_too_deep_does_not_end_the_process() {
    for many in [60, 120, 240, 480] {
        for (name, source) in deep(many) {
            eprintln!("{many} {name}");
            read(source);
        }
    }
    // Both limits at once.
    let (open, close) = ("![".repeat(240), "]".repeat(240));
    assert_eq!(read(config(&format!("{open}1{close}"))), "read");
}

#[test]
fn what_real_files_hold_is_read() {
    let sources = [
        config(&format!("1{}", "+1".repeat(200))),
        config(&format!("[{}]", "1,".repeat(MANY))),
        format!("var config = {{\n{}}};\n", (0..MANY).map(|n| format!("k{n}: 1,\n")).collect::<String>()),
        format!("{}{}", config("1"), "config.a = 1;\n".repeat(2_000)),
        format!("{}{}", config("1"), "config.a = 1\n".repeat(2_000)),
        format!("{}{}", config("1"), "if (a) { b(); } else { c(); }\n".repeat(2_000)),
        format!("{}// {}\n/* {} */", config("1"), "!".repeat(MANY), "!".repeat(MANY)),
        config(&format!("'{}'", "!+-[{(".repeat(MANY))),
        config(&format!("/{}/", "[!+?:]".repeat(300))),
    ];
    for source in sources {
        let start: String = source.chars().take(60).collect();
        assert_eq!(read(source), "read", "{start}");
    }
}
