//! The lists that clients use while `config.js` sets none.

use std::fs;
use std::path::Path;

use rebrand::catalogue::ConfigFile::{Config, InterfaceConfig};
use rebrand::catalogue::default_list;
use rebrand::value::{KeyPath, Value};

use crate::{day, known};

#[test]
fn the_list_of_an_unset_key_is_that_of_its_day_and_what_came_later() {
    let data =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/catalogue/data/defaults.jsonl"));
    let mut before = (String::new(), String::new());
    for line in data.unwrap().lines() {
        let record: serde_json::Value = serde_json::from_str(line).unwrap();
        let [path, since] = ["path", "since"].map(|name| record[name].as_str().unwrap().to_owned());
        let list = default_list(Config, &KeyPath::dotted(&path), day(&since)).unwrap();
        let own = record["default"].as_array().unwrap();
        assert!(own.iter().all(|item| list.iter().any(|known| known.as_str() == item.as_str())), "{line}");
        known(Config, &path);
        assert!(before < (path.clone(), since.clone()), "sorted: {line}");
        before = (path, since);
    }
    let buttons = |file, name, on| default_list(file, &KeyPath::dotted(name), day(on));
    let has = |list: Option<Vec<Value>>, item: &str| list.unwrap().contains(&item.into());
    assert_eq!(buttons(Config, "toolbarButtons", "2021-03-09"), None, "the client has no such key yet");
    assert!(has(buttons(Config, "toolbarButtons", "2021-03-10"), "invite"));
    assert!(has(buttons(InterfaceConfig, "TOOLBAR_BUTTONS", "2024-06-01"), "whiteboard"), "by its successor");
    assert!(
        !has(buttons(Config, "conferenceInfo.alwaysVisible", "2023-02-03"), "local-recording"),
        "it is gone"
    );
    assert_eq!(buttons(Config, "disabledSounds", "2026-08-07"), Some(Vec::new()));
    assert_eq!(buttons(Config, "notifications", "2026-08-07"), None);
}
