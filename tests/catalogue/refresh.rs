//! That the compiled-in data say what `../shared/catalogue` says, and how they are made from it.
//!
//! `REBRAND_REFRESH=1 cargo test --test catalogue` rewrites `src/catalogue/data`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use rebrand::catalogue::upstream;
use serde_json::{Value as Json, json};

#[test]
fn the_data_say_what_the_shared_catalogue_says() {
    let Some(shared) = super::shared("catalogue") else { return };
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/catalogue/data");
    for (name, text) in derived(&shared) {
        let file = data.join(name);
        if std::env::var_os("REBRAND_REFRESH").is_some() {
            fs::write(&file, &text).unwrap();
        }
        let held = fs::read_to_string(&file).unwrap();
        let other = held.lines().zip(text.lines()).find(|(held, derived)| held != derived);
        assert_eq!(other, None, "`{name}` differs: run `REBRAND_REFRESH=1 cargo test --test catalogue`");
        assert_eq!(held.len(), text.len(), "`{name}` has another length");
    }
}

#[test]
fn the_read_me_names_the_state_of_upstream() {
    let text =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/catalogue/README.md")).unwrap();
    let upstream = upstream().unwrap();
    assert!(text.contains(&upstream.commit) && text.contains(&upstream.date.to_string()));
}

/// Our data files, made from the shared catalogue.
fn derived(shared: &Path) -> BTreeMap<&'static str, String> {
    let read = |name| serde_json::from_str::<Json>(&fs::read_to_string(shared.join(name)).unwrap()).unwrap();
    let (mut catalogue, versions) = (read("catalogue.json"), read("interface_config_versions.json"));
    for correction in corrections() {
        correct(&mut catalogue, &correction);
    }
    let keys =
        |file: &str| list(&catalogue["keys"][file]).map(|key| without(key, &["operators_changing_it"]));
    let moves = ["interface_config", "config"]
        .into_iter()
        .flat_map(|file| list(&catalogue["keys"][file]).flat_map(move |key| moves_of(file, key)));
    let shipped = list(&versions).map(
        |version| json!({"sha256": version["sha256"], "date": version["date"], "commit": version["commit"]}),
    );
    let source = &catalogue["upstream"];
    BTreeMap::from([
        ("interface_config.jsonl", lines(keys("interface_config"))),
        ("config.jsonl", lines(keys("config"))),
        ("moves.jsonl", lines(sorted(moves, ["target", "file", "path"]))),
        ("surfaces.jsonl", lines(list(&catalogue["surfaces"]).cloned())),
        ("releases.jsonl", lines(list(&catalogue["releases"]).map(release_record))),
        ("shipped.jsonl", lines(sorted(shipped, ["sha256", "date"]))),
        ("upstream.jsonl", lines([json!({"date": source["date"], "commit": source["commit"]})])),
    ])
}

/// What the shared catalogue says of who reads a key, and is not so: each with what was found in upstream's history.
fn corrections() -> Vec<Json> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/catalogue/corrections.jsonl");
    let text = fs::read_to_string(path).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn correct(catalogue: &mut Json, correction: &Json) {
    let keys = catalogue["keys"][correction["file"].as_str().unwrap()].as_array_mut().unwrap();
    let key = keys.iter_mut().find(|key| key["path"] == correction["path"]).unwrap();
    for member in ["read", "read_until"] {
        assert_ne!(
            (member, &key[member]),
            ("read_until", &correction[member]),
            "corrected upstream: {correction}"
        );
        key[member] = correction[member].clone();
    }
}

/// The moves of a key, each told from the new key's side.
fn moves_of<'a>(file: &'a str, key: &'a Json) -> impl Iterator<Item = Json> + 'a {
    key["moved_to"].as_array().into_iter().flatten().map(move |to| {
        let mut record =
            json!({"target": to["path"], "target_file": to["file"], "file": file, "path": key["path"]});
        let rest = without(to, &["file", "path"]);
        record.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
        record
    })
}

fn release_record(release: &Json) -> Json {
    let build = |member: &str, series: &str| -> Option<u32> {
        release[member].as_str().map(|version| version.strip_prefix(series).unwrap().parse().unwrap())
    };
    let mut record = json!({"date": release["date"], "web": build("web", "1.0."), "meta": build("meta", "2.0."),
        "source_date": release["source"]["date"]});
    if release["source"]["exact"] == false {
        record["exact"] = Json::Bool(false);
    }
    record
}

fn list(records: &Json) -> impl Iterator<Item = &Json> {
    records.as_array().unwrap().iter()
}

fn without(record: &Json, members: &[&str]) -> Json {
    let mut record = record.as_object().unwrap().clone();
    record.retain(|name, _| !members.contains(&name.as_str()));
    Json::Object(record)
}

fn sorted<const N: usize>(records: impl Iterator<Item = Json>, by: [&str; N]) -> Vec<Json> {
    let mut records: Vec<Json> = records.collect();
    records.sort_by_key(|record| by.map(|member| record[member].as_str().unwrap().to_owned()));
    records
}

fn lines(records: impl IntoIterator<Item = Json>) -> String {
    records.into_iter().flat_map(|record| [record.to_string(), "\n".to_owned()]).collect()
}
