//! Judges what the files will say by the known mistakes of the catalogue.
//!
//! Pure: reads nothing, and parses nothing again. Speaks only of what is certain: a value that only running the
//! script would tell, or a client whose age nobody knows, makes no mistake. Which mistakes there are is data
//! (`catalogue/data/lints.jsonl`); this knows only how to look.

mod hold;
mod moved;
mod script;
mod search;
mod silence;
mod stops;
mod view;

pub use silence::{Silenced, silence};

use crate::catalogue::{self, Carry, Condition, ConfigFile, Date, Instead, Lint, Severity, When};
use crate::js::Document;
use crate::text::Text;
use crate::value::{KeyPath, Value};
use view::{View, suspects};

/// What the files will say.
pub struct Outcome<'a> {
    /// `interface_config.js` as it will be; none where the release has none.
    pub interface_config: Option<&'a Document>,
    /// The same as shipped, or as it would be without us.
    pub shipped_interface_config: Option<&'a Document>,
    /// Each host, and its `config.js` as it will be.
    pub hosts: Vec<(&'a str, &'a Document)>,
    /// Each host, and its `config.js` without edits of ours, where that is known.
    pub bases: Vec<(&'a str, &'a Document)>,
    /// Other files of the package as they will be, by their path below its folder: `title.html`.
    pub assets: Vec<(&'a str, &'a Text)>,
    /// Files, by their path below the package's folder, that are known not to be there: see [`asked_for`].
    pub missing: Vec<&'a str>,
    /// The values that brand and patches give to keys.
    pub wished: Vec<(ConfigFile, KeyPath, Value)>,
    /// The day of the client, at least.
    pub day: Option<Date>,
}

/// A known mistake that is made here.
#[derive(Clone, Debug, PartialEq)]
pub struct Mistake {
    /// Its name: `welcome-logo-left`.
    pub id: String,
    /// How bad it is.
    pub severity: Severity,
    /// The host in whose `config.js` it is made; none if it is in a file that all hosts share.
    pub host: Option<String>,
    /// The keys it is about, the one to look at first. The root stands for the whole file.
    pub keys: Vec<(ConfigFile, KeyPath)>,
    /// What is lost.
    pub message: String,
    /// How to mend it, if that is known.
    pub hint: Option<String>,
    /// The line of the first key's file that it is about, from 1, if that is known.
    pub line: Option<usize>,
}

/// One place where a known mistake is made.
#[derive(Default)]
struct Hit {
    keys: Vec<(ConfigFile, KeyPath)>,
    line: Option<usize>,
    /// What the file does there, where every place has its own: it stands in the message for `{deed}`.
    deed: String,
    /// How to mend it, likewise.
    hint: Option<String>,
    /// What to write instead, where the lint itself does not say.
    instead: Option<(ConfigFile, KeyPath)>,
}

/// The known mistakes that are made in `outcome`, in the order of the catalogue.
#[must_use]
pub fn mistakes(outcome: &Outcome<'_>) -> Vec<Mistake> {
    let shared = outcome.interface_config.map(|document| suspects(ConfigFile::InterfaceConfig, document));
    let shared = shared.unwrap_or_default();
    let hosts = outcome.hosts.iter().map(|(host, config)| View::of(outcome, &shared, Some((host, config))));
    let mut views: Vec<View<'_>> = hosts.collect();
    if views.is_empty() {
        views.push(View::of(outcome, &shared, None));
    }
    let of_lint = |lint: &Lint| {
        let of_view = |view| hits(lint, view).into_iter().map(|hit| mistake(lint, view, hit)).collect();
        merged(&views.iter().map(of_view).collect::<Vec<_>>())
    };
    let found =
        catalogue::lints().iter().flat_map(|lint| of_lint(lint).into_iter().map(move |one| (lint, one)));
    without_echoes(found.collect())
}

/// The files of the package, by their path below its folder, of which `Outcome::missing` should tell whether they
/// are there.
#[must_use]
pub fn asked_for() -> Vec<&'static str> {
    fn files(condition: &'static Condition) -> Vec<&'static str> {
        match condition {
            Condition::All(several) | Condition::Any(several) => several.iter().flat_map(files).collect(),
            Condition::Asset(catalogue::AssetTest::Missing(file)) => vec![file],
            _ => Vec::new(),
        }
    }
    let conditions = catalogue::lints().iter().filter_map(|lint| match &lint.when {
        When::Holds(condition) => Some(condition),
        When::Search(_) => None,
    });
    conditions.flat_map(files).collect()
}

/// Where `view` makes the mistake.
fn hits(lint: &Lint, view: &View<'_>) -> Vec<Hit> {
    match &lint.when {
        When::Search(search) => search::hits(search, lint.file, view),
        When::Holds(condition) => {
            let named = hold::named(condition);
            if lint.since.is_some_and(|since| !view.is_of(since, &named)) {
                return Vec::new();
            }
            let Some(mut keys) = hold::holds(condition, view, &named) else { return Vec::new() };
            // The key that the message is about comes first.
            let main =
                |key: &(ConfigFile, KeyPath)| Some(key.0) == lint.file && Some(&key.1) == lint.path.as_ref();
            keys.sort_by_key(|key| !main(key));
            vec![Hit { keys, ..Hit::default() }]
        }
    }
}

fn mistake(lint: &Lint, view: &View<'_>, hit: Hit) -> Mistake {
    let keys = hit.keys;
    let of_host = keys.iter().any(|(file, _)| *file == ConfigFile::Config);
    let written = || keys.first().and_then(|(file, path)| view.document(*file)?.line(path));
    let named = |index: usize| keys.get(index).map(|(_, path)| path.to_string()).unwrap_or_default();
    let instead = hit.instead.map(|(file, path)| Instead { file, path, value: None });
    Mistake {
        id: lint.id.clone(),
        severity: lint.severity,
        host: view.host.filter(|_| of_host).map(str::to_owned),
        message: lint
            .message
            .replace("{key}", &named(0))
            .replace("{other}", &named(1))
            .replace("{deed}", &hit.deed),
        hint: hit.hint.or_else(|| {
            lint.instead.as_ref().or(instead.as_ref()).map(|instead| advice(instead, view.outcome.day))
        }),
        line: hit.line.or_else(written),
        keys,
    }
}

/// What to write instead; in a client that does not know the new key yet, the old one.
fn advice(instead: &Instead, day: Option<Date>) -> String {
    let Instead { file, path, value } = instead;
    let key = catalogue::key(*file, path);
    let came = key.and_then(|key| key.states.first().map(|state| state.since));
    let is_early = came.zip(day).is_some_and(|(came, day)| day < came);
    let old =
        catalogue::predecessors(*file, path).into_iter().find(|old| is_early && old.carry == Carry::Same);
    let (file, path) = old.map_or((*file, path.clone()), |old| (old.file, old.path));
    let to = value.as_ref().map(|value| format!(" to `{value}`")).unwrap_or_default();
    format!("set `{path}` of `{file}`{to}")
}

/// What each host makes, with one mistake of all where all make the same in the file that they share.
fn merged(of_hosts: &[Vec<Mistake>]) -> Vec<Mistake> {
    let nobodys = |mistake: &Mistake| Mistake { host: None, ..mistake.clone() };
    let is_shared = |mistake: &Mistake| {
        let in_shared = mistake.keys.first().is_some_and(|(file, _)| *file == ConfigFile::InterfaceConfig);
        let is_same = |other: &Mistake| nobodys(other) == nobodys(mistake);
        in_shared && of_hosts.len() > 1 && of_hosts.iter().all(|others| others.iter().any(is_same))
    };
    let mut kept: Vec<Mistake> = Vec::new();
    for mistake in of_hosts.iter().flatten() {
        let mistake = if is_shared(mistake) { nobodys(mistake) } else { mistake.clone() };
        if !kept.contains(&mistake) {
            kept.push(mistake);
        }
    }
    kept
}

/// Without what a lint for any key says of a key that a lint of its own speaks of.
fn without_echoes(found: Vec<(&Lint, Mistake)>) -> Vec<Mistake> {
    let is_echo = |lint: &Lint, mistake: &Mistake| {
        let own = found.iter().filter(|(other, _)| other.path.is_some());
        lint.path.is_none() && own.map(|(_, other)| other.keys.first()).any(|key| key == mistake.keys.first())
    };
    let is_kept: Vec<bool> = found.iter().map(|(lint, mistake)| !is_echo(lint, mistake)).collect();
    let kept = found.into_iter().zip(is_kept).filter(|(_, is_kept)| *is_kept);
    kept.map(|((_, mistake), _)| mistake).collect()
}
