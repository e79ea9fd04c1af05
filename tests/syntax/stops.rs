//! Scripts that compile, and stop where they run: `stops.txt` says at which name, `runs.txt` what stops nowhere.

use std::fs;
use std::path::{Path, PathBuf};

use rebrand::js::{Cause, Dialect, Document};
use rebrand::text::Text;

use crate::skip::skip;
use crate::{Case, cases, node_says};

fn stopping() -> Vec<Case> {
    cases(include_str!("stops.txt"))
}

fn running() -> Vec<Case> {
    cases(include_str!("runs.txt"))
}

/// Where `source`, about `variable`, stops: the names, and what was probably meant.
fn stops(source: &str, variable: &'static str) -> Vec<String> {
    let document = Document::parse(Text::from(source), Dialect::Script(variable)).unwrap();
    let stops = document.stops().iter().map(|stop| {
        assert_eq!(&source[stop.span.start..stop.span.end], stop.name, "{source}");
        let meant = match &stop.cause {
            Cause::Unresolved { meant } | Cause::Undeclared { meant } => meant.as_deref(),
            Cause::Early => None,
        };
        format!("{}, meant {}", stop.name, meant.unwrap_or("nothing"))
    });
    stops.collect()
}

#[test]
fn a_name_that_nobody_has_is_told() {
    let is_wrong =
        |case: &Case| stops(&case.source, "config").first().map(String::as_str) != Some(case.reason);
    let wrong: Vec<String> = stopping()
        .iter()
        .filter(|case| is_wrong(case))
        .map(|case| format!("{}: {:?}: {:?}", case.reason, case.source, stops(&case.source, "config")))
        .collect();
    assert!(wrong.is_empty(), "{} are wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_name_that_somebody_may_have_is_not() {
    for Case { reason, source } in running() {
        assert_eq!(stops(&source, "config"), [""; 0], "{reason}: {source:?}");
    }
    // What a page has before it, and what only the web server knows.
    for source in [
        "var interfaceConfig = { a: config.a, b: loggingConfig, c: subdomain };",
        "var interfaceConfig = { a: <!--# echo var=\"a\" --> };",
        "<!--#include virtual=\"/own.js\" -->\nvar interfaceConfig = { a: ofOwn };",
    ] {
        assert_eq!(stops(source, "interfaceConfig"), [""; 0], "{source}");
    }
}

#[test]
fn each_name_is_told_once() {
    let told = stops("var config = { a: True, b: None, c: True };\nconfg.x = 1;", "config");
    assert_eq!(told, ["True, meant true", "None, meant null", "confg, meant config"]);
}

#[test]
fn node_stops_where_the_lists_say() {
    let (stopping, running) = (stopping(), running());
    let sources = stopping.iter().chain(&running).map(|case| case.source.as_str());
    let Some(said) = node_says("run.js", sources) else { return };
    let (of_stopping, of_running) = said.split_at(stopping.len());
    let is_stop = |said: &Option<String>| matches!(said.as_deref(), Some("ReferenceError" | "TypeError"));
    let runs = stopping.iter().zip(of_stopping).filter(|(_, said)| !is_stop(said));
    let stops = running.iter().zip(of_running).filter(|(_, said)| said.is_some());
    let wrong: Vec<String> =
        runs.chain(stops).map(|(case, said)| format!("{:?}: {said:?}", case.source)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The configuration files of every version of upstream, and of the demo's sites.
fn shipped() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    let mut open = vec![root.join("../shared/upstream"), root.join("src/demo/sites")];
    while let Some(folder) = open.pop() {
        let Ok(entries) = fs::read_dir(&folder) else {
            skip(format_args!("`{}` is not here", folder.display()));
            continue;
        };
        for entry in entries {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.to_str().unwrap().ends_with("config.js") {
                found.push(path);
            }
        }
    }
    found
}

#[test]
fn what_upstream_ships_stops_nowhere() {
    let found = shipped();
    assert!(found.len() >= 4, "{found:?}");
    for path in found {
        let is_shared = path.ends_with("interface_config.js");
        let variable = if is_shared { "interfaceConfig" } else { "config" };
        let told = stops(&fs::read_to_string(&path).unwrap(), variable);
        assert_eq!(told, [""; 0], "{}", path.display());
    }
}

/// The files before an edit in `tests/shapes`: none of them that node runs to its end stops anywhere.
#[test]
fn odd_files_that_run_stop_nowhere() {
    let lists = [include_str!("../shapes/odd.txt"), include_str!("../shapes/statements.txt")];
    let parts = lists.iter().flat_map(|list| list.split("==== ").skip(1));
    let files: Vec<&str> = parts
        .filter_map(|part| part.split_once('\n'))
        .filter_map(|(_, rest)| rest.split("---- ").next())
        .filter(|source| Document::parse(Text::from(*source), Dialect::Script("config")).is_ok())
        .collect();
    let Some(said) = node_says("run.js", files.iter().copied()) else { return };
    let runs: Vec<&str> =
        files.into_iter().zip(said).filter(|(_, said)| said.is_none()).map(|(file, _)| file).collect();
    assert!(runs.len() > 50, "{} run", runs.len());
    for source in runs {
        assert_eq!(stops(source, "config"), [""; 0], "{source}");
    }
}
