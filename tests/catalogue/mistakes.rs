//! The known mistakes as data: every key and object in them is one, and none of the shared catalogue's is lost.

use std::fs;

use ConfigFile::Config;
use rebrand::catalogue::{Condition, ConfigFile, Lint, Search, Severity, When, lints, predecessors_below};
use rebrand::value::KeyPath;
use serde_json::Value as Json;

use super::{known_at, shared};

/// Mistakes that are less bad here than in the shared catalogue, and why.
const MILDER: [(&str, &str); 1] = [(
    "app-name-left-in-deeplinking",
    "the app that phones are sent to is called Jitsi Meet, unless its owner has one",
)];

#[test]
fn every_name_is_of_one_mistake() {
    let mut names: Vec<&str> = lints().iter().map(|lint| lint.id.as_str()).collect();
    names.sort_unstable();
    assert!(names.is_sorted_by(|one, other| one < other), "{names:?}");
}

#[test]
fn every_key_of_a_mistake_is_known() {
    for lint in lints() {
        let own = lint.file.zip(lint.path.as_ref());
        let instead = lint.instead.as_ref().map(|instead| (instead.file, &instead.path));
        for (file, path) in keys(lint).into_iter().chain(own).chain(instead) {
            known_at(file, path);
        }
        if let (When::Holds(_), Some(own)) = (&lint.when, own) {
            assert!(keys(lint).contains(&own), "{}", lint.id);
        }
    }
}

#[test]
fn every_object_that_is_said_to_switch_off_does() {
    for lint in lints() {
        if let When::Search(Search::SwitchedOffBy(object)) = &lint.when {
            let olds = predecessors_below(Config, object);
            assert!(olds.iter().any(|old| old.switched_off_by().as_ref() == Some(object)), "{object}");
        }
    }
}

#[test]
fn every_shared_mistake_is_here_as_bad_as_there() {
    let Some(folder) = shared("catalogue") else { return };
    let catalogue: Json =
        serde_json::from_str(&fs::read_to_string(folder.join("catalogue.json")).unwrap()).unwrap();
    for theirs in catalogue["lints"].as_array().unwrap() {
        let id = theirs["id"].as_str().unwrap();
        let ours = lints().iter().find(|lint| lint.id == id).unwrap_or_else(|| panic!("`{id}` is lost"));
        let severity: Severity = serde_json::from_value(theirs["severity"].clone()).unwrap();
        let is_milder = MILDER.iter().any(|(milder, _)| *milder == id);
        assert!(if is_milder { ours.severity < severity } else { ours.severity == severity }, "{id}");
    }
}

/// The keys that a mistake asks for.
fn keys(lint: &Lint) -> Vec<(ConfigFile, &KeyPath)> {
    fn of(condition: &Condition) -> Vec<(ConfigFile, &KeyPath)> {
        match condition {
            Condition::All(several) | Condition::Any(several) => several.iter().flat_map(of).collect(),
            Condition::Key { file, path, .. } => vec![(*file, path)],
            Condition::Asset(_) | Condition::Client { .. } => Vec::new(),
        }
    }
    match &lint.when {
        When::Holds(condition) => of(condition),
        When::Search(_) => Vec::new(),
    }
}
