//! Old names that clients went on reading for years after their keys had moved: no mistake, and no idle wish, until then.

use rebrand::catalogue::{ConfigFile, Date, Key, Rule, key, keys};
use rebrand::edit::{Edit, Op, Wish};
use rebrand::effect::judge;
use rebrand::fault::Place;
use rebrand::surface::Evidence;
use rebrand::text::{Span, Text};
use rebrand::value::Value;

use crate::{Files, read, site};

/// The keys that moved without a translation that lasts to this day: a day on which they had moved and were read yet,
/// and the day on which the last reader went.
fn outlived() -> Vec<(ConfigFile, Key, Date, Date)> {
    let known = ConfigFile::ALL.into_iter().flat_map(|file| keys(file).map(move |path| (file, path)));
    let known = known.filter_map(|(file, path)| Some((file, key(file, &path)?)));
    let moved = known.filter_map(|(file, key)| {
        let moved = key.moved_to.iter().find(|to| to.rule == Rule::NotTranslated)?.since;
        let until = key.unread_since(moved)?;
        // One of them came back after it had moved.
        let from = key.states.first().map_or(moved, |first| first.since.max(moved));
        (until > from).then_some((file, key, from, until))
    });
    moved.collect()
}

#[test]
fn an_old_name_counts_until_its_last_reader_goes() {
    let outlived = outlived();
    assert!(outlived.len() >= 11, "{}", outlived.len());
    for (file, key, from, until) in outlived {
        let path = key.path.to_string();
        let member =
            path.rsplit('.').fold("'ours'".to_owned(), |value, name| format!("{{ {name}: {value} }}"));
        let member = member.trim_start_matches('{').trim_end_matches('}');
        let files = match file {
            ConfigFile::InterfaceConfig => site(member, ""),
            ConfigFile::Config => site("", member),
        };
        for (day, is_told) in [(from, false), (until, true)] {
            let files = Files { day: Some(Box::leak(day.to_string().into_boxed_str())), ..files.clone() };
            let found = files.ids();
            let is_found = found.iter().any(|id| ["not-translated", "dead-key"].contains(&id.as_str()));
            assert_eq!(is_found, is_told, "{file} {path} on {day}: {found:?}");
            assert_eq!(is_idle(file, &key, day), is_told, "a patch of {file} {path} on {day}");
        }
    }
}

/// Whether a patch that sets `key` is told that it has no effect.
fn is_idle(file: ConfigFile, key: &Key, day: Date) -> bool {
    let [interface_config, config] = [ConfigFile::InterfaceConfig, ConfigFile::Config]
        .map(|file| read(&format!("var {} = {{}};", file.variable()), file));
    let evidence = Evidence {
        interface_config: Some(&interface_config),
        config: Some(&config),
        day: Some(day),
        oldest: Some(day),
    };
    let place = Place::of("patches/config.toml", &Text::from(""), Span::empty(0));
    let why = Wish { name: "a patch".to_owned(), place };
    let edit = Edit { at: key.path.clone(), op: Op::Set(Value::from("ours")), why };
    judge(&edit, file, evidence, &|_, _| false).is_idle
}
