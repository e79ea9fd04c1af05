use rebrand::{edit::*, fault::Place, js::*, text::Text, value::*};
fn main() {
    let file = std::env::args().nth(1).unwrap();
    let root: &'static str =
        if std::env::args().nth(2).unwrap() == "i" { "interfaceConfig" } else { "config" };
    let text = Text::from_bytes(std::fs::read(&file).unwrap()).unwrap();
    let edits: Vec<Edit> = std::env::args()
        .skip(3)
        .map(|a| {
            let (k, v) = a.split_once('=').unwrap();
            let at = KeyPath::dotted(k.trim_end_matches(['+', '-', '!']));
            let val = || serde_json::from_str::<Value>(v).unwrap();
            let items = || match val() {
                Value::Array(a) => a,
                o => vec![o],
            };
            let op = if k.ends_with('+') {
                Op::Append(items())
            } else if k.ends_with('-') {
                Op::Without(items())
            } else if k.ends_with('!') {
                Op::Remove
            } else if let Some(raw) = v.strip_prefix("raw:") {
                Op::Raw(raw.into())
            } else {
                Op::Set(val())
            };
            Edit {
                at,
                op,
                why: Wish {
                    name: k.into(),
                    place: Place { file: "x".into(), line: 1, column: 1, width: 1, source: String::new() },
                },
            }
        })
        .collect();
    let doc = match Document::parse(text.clone(), Dialect::Script(root)) {
        Ok(d) => d,
        Err(e) => {
            println!("{e} {:?}", e.span());
            return;
        }
    };
    let low = doc.lower(&edits);
    for (e, o) in edits.iter().zip(&low.outcomes) {
        match o {
            Ok(c) => {
                println!("{} {:?} before={:?} created={} {:?}", e.at, c.how, c.before, c.created, c.notes)
            }
            Err(c) => println!("{}: CONFLICT {c}", e.at),
        }
    }
    let after = text.apply(&low.splices);
    let doc2 = Document::parse(after.clone(), Dialect::Script(root)).unwrap();
    let wished: Vec<_> = edits.iter().filter_map(|e| match &e.op { Op::Set(v) => Some((e.at.clone(), Expect::Is(Known::from(v)))), Op::Remove => Some((e.at.clone(), Expect::Absent)), _ => None }).collect();
    for d in differences(doc.evaluation(), doc2.evaluation(), root, &wished) { println!("DIFF {d}") }
    for e in &doc.evaluation().effects { println!("EFFECT {:?} {:?}", e.text, e.names) }
    if std::env::var("EV").is_ok() { println!("{:?}", doc.evaluation().variables.get(root)); }
    print!("{}", rebrand::text::unified("f.js", Some(text.as_str()), Some(after.as_str())));
}
