//! Brand and patch files: what is taken, what is refused and how that is told, and schemas in step with both.
//!
//! `REBRAND_BLESS=1 cargo test --test projects` writes the schemas anew.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod bad;
mod good;
mod schemas;

use std::path::Path;

use bad::{BAD_BRANDS, BAD_PATCHES};
use good::GOOD_VALUES;
use rebrand::brand::{self, Brand, KEYS};
use rebrand::edit::Op;
use rebrand::fault::Fault;
use rebrand::patch::{self, PatchFile, Style, Target};
use rebrand::text::Text;
use rebrand::value::{KeyPath, Value};

fn brand_of(source: &str) -> Result<Brand, Vec<Fault>> {
    Brand::parse("brand/brand.toml", &Text::from(source))
}

fn patch_of(source: &str) -> Result<PatchFile, Vec<Fault>> {
    PatchFile::parse("patches/config.toml", &Text::from(source))
}

/// Faults as `line:column message | hint`.
fn told<T>(result: Result<T, Vec<Fault>>) -> Vec<String> {
    let one = |fault: Fault| {
        let Fault { place, message, hint } = fault;
        format!("{}:{} {message} | {}", place.line, place.column, hint.unwrap_or_default())
    };
    result.err().unwrap_or_default().into_iter().map(one).collect()
}

fn read(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

#[test]
fn every_fault_of_a_brand_is_told_with_its_place_and_a_hint() {
    for (source, expected) in BAD_BRANDS {
        assert_eq!(&told(brand_of(source)), expected, "{source}");
    }
}

proptest::proptest! {
    /// Whatever is broken in a file: it is told in order, at places that are there, with hints, and nothing panics.
    #[test]
    fn broken_files_are_told(at in 0..700_usize, length in 0..12_usize, put in "[\\[\\]{}=\"'.,#a\\n\u{e9}-]{0,4}") {
        for (brand, path) in [(true, "brand/brand.toml"), (false, "patches/config.toml")] {
            let source: Vec<char> = read(path).chars().collect();
            let start = at.min(source.len());
            let end = (start + length).min(source.len());
            let broken: String = source[..start].iter().copied().chain(put.chars()).chain(source[end..].iter().copied()).collect();
            let faults = if brand { brand_of(&broken).err() } else { patch_of(&broken).err() }.unwrap_or_default();
            proptest::prop_assert!(faults.iter().all(|fault| fault.hint.is_some()));
            proptest::prop_assert!(faults.is_sorted_by_key(|fault| (fault.place.line, fault.place.column)));
            proptest::prop_assert!(faults.iter().all(|fault| fault.place.line <= broken.lines().count().max(1) + 1));
        }
    }
}

#[test]
fn a_fault_shows_its_line() {
    let faults = brand_of("\u{feff}[brand]\r\nhome = \"publiccode.net\" # where to\r\n").unwrap_err();
    let place = &faults[0].place;
    assert_eq!(place.to_string(), "brand/brand.toml:2:8");
    assert_eq!((place.width, place.source.as_str()), (16, "home = \"publiccode.net\" # where to"));
}

#[test]
fn lengths_have_their_limits() {
    let long = |length: usize| "\u{1f600}".repeat(length);
    assert!(brand_of(&format!("brand.name = \"{}\"", long(200))).is_ok());
    assert_eq!(
        told(brand_of(&format!("brand.name = \"{}\"", long(201)))),
        ["1:14 `brand.name` has 201 characters | at most 200 characters have a place"]
    );
    assert!(brand_of(&format!("brand.description = \"{}\"", long(500))).is_ok());
    assert!(brand_of(&format!("brand.description = \"{}\"", long(501))).is_err());
}

#[test]
fn good_values_are_kept_as_they_are_written() {
    for (key, value) in GOOD_VALUES {
        let source = format!("{key} = {value}");
        let brand = brand_of(&source).unwrap_or_else(|faults| panic!("{source}: {faults:?}"));
        assert_eq!(brand.wishes.len(), 1, "{source}");
        assert_eq!(brand.wishes[0].wish.place.source, source);
    }
    let brand = brand_of(&format!("{} = {}", GOOD_VALUES[0].0, GOOD_VALUES[0].1)).unwrap();
    assert_eq!(brand.wishes[0].value, Value::from("Tom & \"Jerry's\" <b>café</b> \\ 😀 שלום"));
}

#[test]
fn colours_that_only_look_like_colours_are_refused() {
    for color in [
        "#12345",
        "#ggg",
        "rgb(1,2)",
        "rgb(256,0,0)",
        "rgba(0,0,0)",
        "rgba(0,0,0,2)",
        "rgb(+1,0,0)",
        "rgb(1,2,3);}",
    ] {
        assert!(brand_of(&format!("colors.theme = \"{color}\"")).is_err(), "{color}");
    }
}

#[test]
fn a_hosts_own_wish_wins() {
    let source = "[people]\nremote = \"all\"\nlocal = \"me\"\n[text.en]\na.b = \"t\"\n\
                  [sites.\"Meet.example.org\"]\npeople.remote = \"own\"\n[sites.\"b.org\"]\n";
    let brand = brand_of(source).unwrap();
    let value = |name, host| brand.wish(name, host).map(|wish| wish.value.clone());
    assert_eq!(value("people.remote", None), Some("all".into()));
    assert_eq!(value("people.remote", Some("meet.example.org")), Some("own".into()));
    assert_eq!(value("people.remote", Some("b.org")), Some("all".into()));
    assert_eq!(value("people.local", Some("meet.example.org")), Some("me".into()));
    assert_eq!(value("text.en.\"a.b\"", None), Some("t".into()));
    assert_eq!(value("brand.name", None), None);
    let hosts: Vec<&str> = brand.sites().iter().map(|site| site.host.as_str()).collect();
    assert_eq!(hosts, ["Meet.example.org", "b.org"]);
    let own = brand.wish("people.remote", Some("meet.example.org")).unwrap();
    assert_eq!(own.wish.name, "sites.\"Meet.example.org\".people.remote");
    assert_eq!((own.wish.place.line, own.wish.place.column, own.wish.place.width), (7, 8, 14));
    assert_eq!(brand.in_force(Some("meet.example.org")).len(), 3);
    assert_eq!(brand_of("").unwrap(), Brand::default());
}

#[test]
fn the_template_reads_and_so_do_its_examples() {
    for name in ["", "A \"b\" \\ c\nd", "Public Code Meet", &"long ".repeat(100)] {
        let template = brand::template(name, &["a.org".to_owned(), "b.org".to_owned()]);
        let brand = brand_of(&template).unwrap_or_else(|faults| panic!("{template}\n{faults:?}"));
        assert_eq!(brand.wishes.len(), usize::from(!name.is_empty()));
        assert!(brand.sites().is_empty());
        for key in KEYS.iter().filter(|key| key.table() != "text") {
            assert!(template.contains(key.doc) && template.contains(key.field()), "{}", key.name);
        }
        let line = |line: &str| match line.strip_prefix('#') {
            Some(example) if !example.starts_with([' ', ':']) => example.to_owned(),
            _ => line.to_owned(),
        };
        let examples = template.lines().map(line).collect::<Vec<_>>().join("\n");
        let brand = brand_of(&examples).unwrap_or_else(|faults| panic!("{examples}\n{faults:?}"));
        assert_eq!(brand.wishes.len(), KEYS.len() + 2);
        assert_eq!(brand.sites().len(), 2);
    }
}

#[test]
fn the_reference_names_every_key() {
    for key in &KEYS {
        assert!(brand::reference().contains(&format!("`{}`", key.name)));
    }
    for table in &patch::TABLES {
        assert!(patch::reference().contains(&format!("`[{}]`", table.name)));
        assert!(patch_of(&format!("[{}]\n{}", table.name, table.example)).is_ok(), "{}", table.example);
    }
}

#[test]
fn every_fault_of_a_patch_is_told_with_its_place_and_a_hint() {
    for (source, expected) in BAD_PATCHES {
        assert_eq!(&told(patch_of(source)), expected, "{source}");
    }
    let deep = format!("[set]\n\"{}\" = 1", vec!["a"; 40].join("."));
    assert_eq!(told(patch_of(&deep)), ["2:1 the path has 40 names | at most 32 are taken"]);
}

#[test]
fn the_files_name_says_what_is_edited() {
    for target in Target::ALL {
        let file = format!("patches/{}.toml", target.name());
        assert_eq!(PatchFile::parse(&file, &Text::from("")).unwrap().target, target);
    }
    let wrong = PatchFile::parse("patches/interface-config.toml", &Text::from("[set]\na = inf"));
    let faults = told(wrong);
    assert_eq!(
        faults[0],
        "1:1 the name `interface-config.toml` says of no file that it is edited | did you mean \
         `interface_config.toml`? The names are `interface_config.toml`, `config.toml`, `manifest.toml`"
    );
    assert_eq!(faults.len(), 2);
    let overlay = PatchFile::parse("manifest.toml", &Text::from("style = \"overlay\""));
    assert_eq!(
        told(overlay),
        ["1:9 `manifest.json` takes no overlay | leave `style` out: an overlay is JavaScript"]
    );
}

#[test]
fn a_patch_becomes_edits_in_the_order_of_its_lines() {
    let source = r#"style = "overlay"
[remove]
keys = ["gone", "a.gone"]
[set]
"deeplinking.hideLogo" = true
deeplinking.desktop = { appName = "x", enabled = false }
empty = {}
list = [{ a.b = 1, "c.d" = 0x10 }, [1.5, -2]]
[set.nested]
key = 9007199254740992
[append]
S.T = ["x"]
[without]
"S.T" = ["y"]
[raw]
POLICY_LOGO = "null"
"#;
    let patch = patch_of(source).unwrap();
    assert_eq!(patch.style, Style::Overlay);
    let shown: Vec<String> = patch
        .edits
        .iter()
        .map(|edit| {
            let op = match &edit.op {
                Op::Set(value) => value.to_string(),
                Op::Raw(literal) => literal.clone(),
                Op::Remove => String::new(),
                Op::Append(items) | Op::Without(items) => Value::Array(items.clone()).to_string(),
            };
            format!("{} {} {op}", edit.why.place.line, edit.why.name)
        })
        .collect();
    assert_eq!(
        shown,
        [
            "3 remove gone ",
            "3 remove a.gone ",
            "5 set deeplinking.hideLogo true",
            "6 set deeplinking.desktop.appName \"x\"",
            "6 set deeplinking.desktop.enabled false",
            "7 set empty {}",
            "8 set list [{ \"a\": { \"b\": 1 }, \"c.d\": 16 }, [1.5, -2]]",
            "10 set nested.key 9007199254740992",
            "12 append S.T [\"x\"]",
            "14 without S.T [\"y\"]",
            "16 raw POLICY_LOGO null",
        ]
    );
    assert_eq!(patch.edits[8].at, KeyPath::dotted("S.T"));
}

#[test]
fn this_repositorys_project_reads_and_has_effect_in_this_version() {
    let brand = brand_of(&read("brand/brand.toml")).unwrap();
    for host in ["meet.publiccode.net", "meet.community.publiccode.net"] {
        let remote = brand.wish("people.remote", Some(host)).unwrap();
        assert_eq!(remote.value, "fellow Public Coder".into());
    }
    assert_eq!(brand.wish("brand.home", None).unwrap().value, "https://publiccode.net/".into());
    let logo = brand.wish("logo.source", None).unwrap().value.clone();
    assert!(!brand::is_link(logo.as_str().unwrap()));
    assert!(read(&format!("brand/{}", logo.as_str().unwrap())).starts_with("<svg "));
    for file in ["patches/interface_config.toml", "patches/config.toml"] {
        assert!(!PatchFile::parse(file, &Text::from(read(file))).unwrap().edits.is_empty());
    }
}
