//! Generated configuration files, in the habits of real ones, and generated edits of their keys.

use proptest::prelude::*;
use rebrand::edit::{Edit, Op, Wish};
use rebrand::fault::Place;
use rebrand::text::{Span, Text};
use rebrand::value::{KeyPath, Value};

const KEYS: [&str; 7] = ["a", "b", "c", "d", "e", "f-g", "default"];

const LITERALS: [&str; 20] = [
    "1",
    "-2.5",
    "0x1F",
    "true",
    "false",
    "null",
    "undefined",
    "'x'",
    "\"y\"",
    "'it\\'s, {so}'",
    "'// no comment'",
    "`t`",
    "[]",
    "[ 'x', 'y' ]",
    "[ 'x', 'y', ]",
    "[\n        'x', // one\n        'y' // two\n    ]",
    "[\n        // none\n    ]",
    "16 / 9",
    "function() { return { a: 1 }; }",
    "('x' + 1)",
];

const COMMENTS: [&str; 6] = [
    "// What it does.",
    "// a: 'example',",
    "// b: {\n    //     c: 1,\n    // },",
    "// c: [ 'unbalanced',",
    "/* A block: d: 1, */",
    "/**\n     * e: 1,\n     */",
];

/// A member of an object.
#[derive(Clone, Debug)]
struct Member {
    key: &'static str,
    quoted: bool,
    above: Option<&'static str>,
    behind: bool,
    value: Node,
}

#[derive(Clone, Debug)]
enum Node {
    Literal(&'static str),
    Object { members: Vec<Member>, one_line: bool, trailing: bool },
}

/// The source of a file.
pub(crate) fn file() -> impl Strategy<Value = String> {
    let later = (path(), prop::sample::select(&LITERALS[..]), any::<bool>());
    let habits = (any::<bool>(), prop::bool::weighted(0.2), prop::bool::weighted(0.8), any::<bool>());
    (object(), prop::collection::vec(later, 0..3), habits).prop_map(
        |(root, later, (crlf, mark, ended, declared))| {
            let root_source = rendered(&root, 0);
            let mut source = if declared {
                format!("var config = {root_source};")
            } else {
                format!("window.config = {root_source};")
            };
            for (path, literal, window) in later {
                let path: String = path.segments().iter().map(|name| format!("['{name}']")).collect();
                let root = if window { "window.config" } else { "config" };
                source += &format!("\n{root}{path} = {literal};");
            }
            if ended {
                source.push('\n');
            }
            if crlf {
                source = source.replace('\n', "\r\n");
            }
            if mark { format!("\u{feff}{source}") } else { source }
        },
    )
}

/// Edits, none of a key at or below that of another.
pub(crate) fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let values = [
        Value::from("x"),
        Value::from("</script><!--# it's \"so\" \u{2028}\n"),
        Value::from(true),
        Value::Null,
        Value::Number(2.0),
        Value::Number(-0.5),
        Value::Array(vec![]),
        Value::Array(vec![Value::from("x"), Value::Number(1.0)]),
    ];
    let items = || prop::sample::subsequence(vec!["x", "y", "z"], 1..3);
    let list = |items: Vec<&str>| items.into_iter().map(Value::from).collect();
    let op = prop_oneof![
        5 => prop::sample::select(values.to_vec()).prop_map(Op::Set),
        2 => Just(Op::Remove),
        2 => items().prop_map(move |items| Op::Append(list(items))),
        2 => items().prop_map(move |items| Op::Without(list(items))),
    ];
    prop::collection::vec((path(), op), 1..5).prop_map(|wanted| {
        let mut edits: Vec<Edit> = Vec::new();
        for (at, op) in wanted {
            if !edits.iter().any(|edit| edit.at.contains(&at) || at.contains(&edit.at)) {
                let place = Place::of("config.toml", &Text::from("x"), Span::new(0, 1));
                edits.push(Edit { at, op, why: Wish { name: "test".to_owned(), place } });
            }
        }
        edits
    })
}

fn path() -> impl Strategy<Value = KeyPath> {
    let segment = prop::sample::select(&KEYS[..]);
    let path = |names: Vec<&str>| KeyPath::new(names.into_iter().map(str::to_owned).collect());
    prop_oneof![
        3 => prop::collection::vec(segment.clone(), 1),
        2 => prop::collection::vec(segment.clone(), 2),
        1 => prop::collection::vec(segment, 3),
    ]
    .prop_map(path)
}

fn object() -> impl Strategy<Value = Node> {
    let literal = prop::sample::select(&LITERALS[..]).prop_map(Node::Literal);
    let node = literal.prop_recursive(2, 16, 5, |inner| members(inner).boxed());
    members(node)
}

fn members(value: impl Strategy<Value = Node>) -> impl Strategy<Value = Node> {
    let key = prop::sample::select(&KEYS[..]);
    let above = prop::option::weighted(0.4, prop::sample::select(&COMMENTS[..]));
    let member = (key, any::<bool>(), above, prop::bool::weighted(0.2), value)
        .prop_map(|(key, quoted, above, behind, value)| Member { key, quoted, above, behind, value });
    (prop::collection::vec(member, 0..6), prop::bool::weighted(0.3), any::<bool>())
        .prop_map(|(members, one_line, trailing)| Node::Object { members, one_line, trailing })
}

fn rendered(node: &Node, depth: usize) -> String {
    let (members, one_line, trailing) = match node {
        Node::Literal(literal) => return (*literal).to_owned(),
        Node::Object { members, .. } if members.is_empty() => return "{}".to_owned(),
        Node::Object { members, one_line, trailing } => (members, *one_line, *trailing),
    };
    let (outer, inner) = ("    ".repeat(depth), "    ".repeat(depth + 1));
    let mut source = "{".to_owned();
    for (index, member) in members.iter().enumerate() {
        let bare = member.key.chars().all(char::is_alphanumeric) && !member.quoted;
        let key = if bare { member.key.to_owned() } else { format!("'{}'", member.key) };
        let comma = if trailing || index + 1 < members.len() { "," } else { "" };
        let value = rendered(&member.value, depth + 1);
        if one_line {
            source += &format!(" {key}: {value}{comma}");
            continue;
        }
        if let Some(comment) = member.above {
            source += &format!("\n{inner}{comment}");
        }
        let behind = if member.behind { " // why" } else { "" };
        source += &format!("\n{inner}{key}: {value}{comma}{behind}");
    }
    source + &if one_line { " }".to_owned() } else { format!("\n{outer}}}") }
}
