//! The house rules as tests: floors, doors, rooms, budgets, and documents that are true.
//!
//! Every rule is a test of its own, and its message says what to do. An exception stands in `EXCEPTIONS` with its
//! reason, and one that is not needed any more fails too.

// Helpers of tests may fail as tests do; clippy's own exception ends at `#[test]`.
#![allow(clippy::unwrap_used, clippy::panic)]

mod skip;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use rebrand::digest::Digest;
use skip::skip;

/// Rule, file, reason.
const EXCEPTIONS: &[(&str, &str, &str)] = &[
    (
        "voice",
        "src/host/apt.rs",
        "hands apt our standard error, where people read what it says while it works",
    ),
    ("voice", "src/host/project.rs", "asks the terminal its one question, and tells whether there is one"),
    (
        "voice",
        "src/host/render.rs",
        "the worker answers through its pipe, which nobody reads but this program",
    ),
];

/// The most lines of a file.
const LINES: usize = 400;

// Floors.

#[test]
fn imports_go_down_only() {
    let floors = floors();
    let mut wrong = Vec::new();
    for source in sources(&["src"]) {
        let Some(own) = module(&source.path).and_then(|module| floors.get(module)) else { continue };
        for (line, text) in source.code() {
            for name in imported(text) {
                let floor = floors.get(name).unwrap_or_else(|| panic!("`{name}` has no floor in src/lib.rs"));
                if floor > own {
                    wrong.push(format!("{}:{line}: floor {own} uses `{name}` of floor {floor}", source.path));
                }
            }
        }
    }
    tell("floors", &wrong, "move the code up, or what it needs down; src/lib.rs has the floors");
}

#[test]
fn every_module_stands_on_a_floor() {
    let floors = floors();
    let sources = sources(&["src"]);
    let wrong: Vec<String> = sources
        .iter()
        .filter(|source| module(&source.path).is_some_and(|module| !floors.contains_key(module)))
        .map(|source| source.path.clone())
        .collect();
    tell("floors", &wrong, "declare the module in src/lib.rs, below the heading of its floor");
}

// Doors.

#[test]
fn parsers_are_used_only_in_js() {
    door("swc", &["swc_"], &["src/js/"]);
    door("oxc", &["oxc_", "javascript_globals"], &["src/js/early.rs", "src/js/stop.rs"]);
}

#[test]
fn pictures_are_decoded_only_in_raster() {
    let packages = ["image::", "resvg::", "usvg::", "tiny_skia", "fast_image_resize", "oxipng", "zune_jpeg"];
    door("pictures", &packages, &["src/raster/"]);
}

/// A source is untrusted, and whatever reads it is held in the worker. What others may ask of `raster` looks at first
/// bytes, or at pictures that the worker made; a function that is new there is for the worker alone until it is named.
#[test]
fn sources_are_read_only_by_the_worker() {
    let harmless = ["kind", "measure", "joined_icons", "contrast", "visibility", "pixels_digest"];
    let mut wrong = Vec::new();
    for source in sources(&["src"]) {
        if ["src/raster/", "src/host/render.rs"].iter().any(|open| source.path.starts_with(open)) {
            continue;
        }
        let code = source.code().map(|(_, line)| line.trim()).collect::<Vec<_>>().join(" ");
        for rest in code.split("raster::").skip(1) {
            let group = rest
                .strip_prefix('{')
                .map_or(rest.split([';', '(', ' ']).next(), |rest| rest.split('}').next());
            let names = group
                .unwrap_or_default()
                .split(',')
                .map(|name| name.trim().split("::").next().unwrap_or_default());
            let functions = names.filter(|name| !name.starts_with(char::is_uppercase) && !name.is_empty());
            let other = functions.filter(|name| *name != "self" && !harmless.contains(name));
            wrong.extend(other.map(|name| format!("{}: `raster::{name}`", source.path)));
        }
    }
    tell("sources", &wrong, "ask the worker by `host::render`");
}

#[test]
fn the_machine_is_touched_only_in_host() {
    let names = ["std::fs", "std::net", "std::env", "std::process", "rustix::"];
    let asked = [".exists()", ".is_file()", ".is_dir()", ".is_symlink()", ".canonicalize()", ".metadata()"];
    let all: Vec<&str> = names.into_iter().chain(asked).collect();
    let mut wrong = outside(&all, &["src/host/"]);
    // The exit status of a process is no door: `main` and the command line hand it out.
    wrong.retain(|line| !line.ends_with("use std::process::ExitCode;"));
    tell("machine", &wrong, "ask `crate::host` for it");
}

#[test]
fn the_network_is_used_only_in_fetch() {
    door("network", &["ureq::", "rustls::", "std::net"], &["src/host/fetch/"]);
}

#[test]
fn only_the_voice_prints() {
    let names = ["print!", "println!", "dbg!", "stdout()", "stderr()"];
    let wrong = outside(&names, &["src/cli/", "src/report/"]);
    tell("voice", &wrong, "return it, and let src/cli print it");
}

#[test]
fn toml_is_parsed_only_in_its_room() {
    let mut wrong = outside(&["toml::"], &["src/toml/"]);
    wrong.retain(|line| !line.contains("crate::toml::"));
    tell("toml", &wrong, "read through `crate::toml`, which tells every fault with its place");
}

/// `brand/` is read by `src/brand`, and so on.
#[test]
fn every_data_room_has_one_reader() {
    let rooms = [
        ("brand/", "src/brand/"),
        ("patches/", "src/patch/"),
        ("snapshots/", "src/snapshot.rs"),
        ("data/", "src/catalogue/"),
    ];
    let mut wrong = Vec::new();
    for source in sources(&["src"]) {
        for (line, text) in source.code().filter(|(_, text)| text.contains("include_")) {
            let included = text.split('"').nth(1).unwrap_or_default().trim_start_matches("../");
            let other = rooms
                .iter()
                .find(|(room, reader)| included.starts_with(room) && !source.path.starts_with(reader));
            if let Some((room, reader)) = other {
                wrong.push(format!("{}:{line}: reads `{room}`, which is for {reader}", source.path));
            }
        }
    }
    tell("rooms", &wrong, "ask the room's own module for it");
}

// Files.

#[test]
fn every_file_says_what_it_is() {
    let sources = sources(&["src", "tests", "benches"]);
    let silent = sources.iter().filter(|source| !source.text.starts_with("//! "));
    let wrong: Vec<String> = silent.map(|source| source.path.clone()).collect();
    tell("docs", &wrong, "begin the file with `//!`: what it is, what it promises, what it never does");
}

#[test]
fn no_file_is_long() {
    let sources = sources(&["src", "tests", "benches"]);
    let long = sources.iter().filter(|source| source.text.lines().count() > LINES);
    let wrong: Vec<String> =
        long.map(|source| format!("{}: {} lines", source.path, source.text.lines().count())).collect();
    tell("length", &wrong, &format!("split it: {LINES} lines at most (clippy counts those of functions)"));
}

#[test]
fn nothing_is_left_to_do() {
    let marks = ["todo!", "unimplemented!", "TODO", "FIXME", "XXX"];
    let mut wrong = Vec::new();
    for source in sources(&["src"]) {
        let found = source.lines().filter(|(_, text)| marks.iter().any(|mark| text.contains(mark)));
        wrong.extend(found.map(|(line, text)| format!("{}:{line}: {}", source.path, text.trim())));
    }
    tell("marks", &wrong, "do it, or leave it out");
}

/// What is not there is not advertised either.
#[test]
fn nothing_is_a_stub() {
    let words = concat!("not ", "implemented");
    let files = kept().into_iter().filter(|path| is_text(path));
    let wrong: Vec<String> = files
        .filter(|path| {
            fs::read_to_string(home().join(path)).is_ok_and(|text| text.to_lowercase().contains(words))
        })
        .collect();
    tell("stubs", &wrong, "build it, or take out what speaks of it");
}

#[test]
fn the_lock_file_is_kept() {
    let ignored = fs::read_to_string(home().join(".gitignore")).unwrap_or_default();
    let is_kept = home().join("Cargo.lock").is_file() && !ignored.contains("Cargo.lock");
    assert!(is_kept, "commit Cargo.lock: the same sources build the same program");
}

#[test]
fn git_leaves_fixtures_alone() {
    let attributes = fs::read_to_string(home().join(".gitattributes")).unwrap();
    let wanted = [
        "* text eol=lf",
        "tests/edits/** -text",
        "tests/sites/** -text",
        "snapshots/** -text",
        "*.png binary",
    ];
    let missing = wanted.iter().filter(|line| !attributes.lines().any(|have| have == **line));
    let wrong: Vec<String> = missing.map(|line| (*line).to_owned()).collect();
    tell("attributes", &wrong, "put these lines into .gitattributes: bytes of fixtures are what is tested");
}

/// Upstream's files are read where they are, and never copied in.
#[test]
fn no_file_is_upstreams() {
    let upstream = home().join("../shared/upstream");
    if !upstream.is_dir() {
        return skip(format_args!("`{}` is not here", upstream.display()));
    }
    let mut ours: HashMap<Digest, String> = HashMap::new();
    for path in kept() {
        let bytes = fs::read(home().join(&path)).unwrap();
        if bytes.len() > 200 {
            ours.insert(Digest::of(&bytes), path);
        }
    }
    let mut wrong = Vec::new();
    for file in walk(&upstream) {
        if let Some(path) = ours.get(&Digest::of(&fs::read(&file).unwrap())) {
            wrong.push(format!("{path} is {}", file.display()));
        }
    }
    tell(
        "upstream",
        &wrong,
        "write a file of the same shape instead; tests read upstream's own from ../shared",
    );
}

// Exceptions.

#[test]
fn every_exception_is_of_a_file_that_is_there() {
    let gone = EXCEPTIONS.iter().filter(|(_, file, _)| !home().join(file).is_file());
    let wrong: Vec<String> = gone.map(|(rule, file, _)| format!("{file} ({rule})")).collect();
    assert!(wrong.is_empty(), "take these out of EXCEPTIONS in tests/tidy.rs:\n  {}", wrong.join("\n  "));
}

/// Fails with `wrong`, but for the exceptions of `rule`; an exception that excepts nothing fails too.
fn tell(rule: &str, wrong: &[String], advice: &str) {
    let excepted: Vec<&str> =
        EXCEPTIONS.iter().filter(|(of, ..)| *of == rule).map(|(_, file, _)| *file).collect();
    let (told, left): (Vec<&String>, Vec<&String>) =
        wrong.iter().partition(|line| !excepted.iter().any(|file| line.starts_with(file)));
    let shown: Vec<&str> = told.iter().map(|line| line.as_str()).collect();
    assert!(told.is_empty(), "{advice}:\n  {}", shown.join("\n  "));
    for file in excepted {
        let is_needed = left.iter().any(|line| line.starts_with(file));
        assert!(is_needed, "{file} needs no exception from `{rule}` any more: take it out of EXCEPTIONS");
    }
}

fn door(rule: &str, names: &[&str], open: &[&str]) {
    tell(rule, &outside(names, open), &format!("this is used only in {}", open.join(" and ")));
}

/// Every line of code outside the folders `open` that uses one of `names`.
fn outside(names: &[&str], open: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for source in sources(&["src"]) {
        if open.iter().any(|folder| source.path.starts_with(folder)) {
            continue;
        }
        let lines = source.code().filter(|(_, text)| names.iter().any(|name| uses(text, name)));
        found.extend(lines.map(|(line, text)| format!("{}:{line}: {}", source.path, text.trim())));
    }
    found
}

/// Whether `text` has `name`, not as the end of a longer word; `use std::{fs, io}` has `std::fs`.
fn uses(text: &str, name: &str) -> bool {
    let is_start = |at: usize| {
        name.starts_with('.')
            || !text[..at].ends_with(|letter: char| letter.is_alphanumeric() || letter == '_')
    };
    let grouped = || {
        let inner = text.split_once("std::{").map_or("", |(_, inner)| inner);
        let mut names = inner.split([',', '{', '}']).map(str::trim);
        name.strip_prefix("std::").is_some_and(|short| names.any(|inner| inner.starts_with(short)))
    };
    text.match_indices(name).any(|(at, _)| is_start(at)) || grouped()
}

/// A source file of this repository.
struct Source {
    path: String,
    text: String,
}

impl Source {
    fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().enumerate().map(|(index, line)| (index + 1, line))
    }

    /// The lines that are no comments.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        self.lines().filter(|(_, line)| !line.trim_start().starts_with("//"))
    }
}

fn sources(folders: &[&str]) -> Vec<Source> {
    let files = folders.iter().flat_map(|folder| walk(&home().join(folder)));
    let rust = files.filter(|file| file.extension().is_some_and(|extension| extension == "rs"));
    rust.map(|file| Source { path: relative(&file), text: fs::read_to_string(&file).unwrap() }).collect()
}

/// The floor of every module, as the headings of src/lib.rs say.
fn floors() -> BTreeMap<String, u32> {
    let mut floors = BTreeMap::new();
    let mut floor = None;
    for line in fs::read_to_string(home().join("src/lib.rs")).unwrap().lines() {
        if let Some(heading) = line.strip_prefix("// Floor ") {
            floor = heading.split(':').next().and_then(|number| number.parse().ok());
        }
        if let Some(name) = line.strip_prefix("pub mod ") {
            floors.insert(name.trim_end_matches(';').to_owned(), floor.unwrap());
        }
    }
    assert!(floors.len() > 10, "src/lib.rs has headings such as `// Floor 0: words.`");
    floors
}

/// The module that a file of src/ belongs to; none for those of the crate itself.
fn module(path: &str) -> Option<&str> {
    let path = path.strip_prefix("src/")?;
    let name = path.split('/').next()?.trim_end_matches(".rs");
    (!["lib", "main"].contains(&name)).then_some(name)
}

/// The modules that a line names as `crate::module` or in `crate::{…}`.
fn imported(line: &str) -> impl Iterator<Item = &str> {
    let after = line
        .match_indices("crate::")
        .filter(|(at, _)| !line[..*at].ends_with('$'))
        .map(|(at, found)| &line[at + found.len()..]);
    after.map(move |rest| {
        assert!(!rest.starts_with('{'), "write one `use crate::…` for each module: {line}");
        rest.split(|letter: char| !letter.is_alphanumeric() && letter != '_').next().unwrap_or_default()
    })
}

/// Every file that belongs to the repository: all but what is built and what git keeps for itself.
fn kept() -> Vec<String> {
    let top = fs::read_dir(home()).unwrap().map(|entry| entry.unwrap().path());
    let ours = top.filter(|path| !["target", ".git"].iter().any(|name| path.ends_with(name)));
    let files = ours.flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] });
    files.map(|file| relative(&file)).collect()
}

fn is_text(path: &str) -> bool {
    let endings: HashSet<&str> = ["rs", "md", "toml", "jsonl", "js", "html"].into();
    path.rsplit_once('.').is_some_and(|(_, ending)| endings.contains(ending))
}

/// Every file below `folder`, sorted; none if it is not there.
fn walk(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.into_iter().flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] }).collect()
}

fn relative(path: &Path) -> String {
    path.strip_prefix(home()).unwrap().to_str().unwrap().to_owned()
}

fn home() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
