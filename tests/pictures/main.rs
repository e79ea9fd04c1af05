//! Pictures from the outside: one logo in, every picture on the site, pinned, checked and given back.
//!
//! The program itself is run on stand-in sites. Nothing here leaves this machine.

// Helpers of tests may fail as tests do; clippy's own exception ends at `#[test]`.
#![allow(clippy::unwrap_used)]

mod attacks;
mod fetching;
mod locking;
mod placing;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use rebrand::brand::OWN;
use rebrand::demo::sites::{self, Year};
use rebrand::raster::{self, Align, Colour, Effort, Fit, Format, Job, Recipe};
use tempfile::TempDir;

/// A brand of a logo alone.
const BRAND: &str = "[logo]\nsource = \"logo.svg\"\n";

/// Pictures of upstream's that are replaced in place, as far as the stand-ins have them here.
const SHIPPED: [&str; 3] =
    ["images/apple-touch-icon.png", "images/logo-deep-linking.png", "images/logo-deep-linking-mobile.png"];

/// A stand-in site with pictures, and a project with `brand` and this repository's logo.
struct World {
    folder: TempDir,
}

/// What a run came to: its exit status, and all that it said.
struct Run {
    status: Option<i32>,
    said: String,
}

impl World {
    fn new(year: Year, brand: &str) -> Self {
        let world = World { folder: TempDir::new().unwrap() };
        for (path, text) in sites::files(year) {
            write(&world.site().join(path), text.as_bytes());
        }
        let title = "<title>Jitsi Meet</title>\n<meta property=\"og:image\" content=\"images/jitsilogo.png?v=1\"/>\n\
                     <link rel=\"icon\" href=\"images/favicon.svg?v=1\">\n";
        write(&world.web("title.html"), title.as_bytes());
        let manifest = "{\n  \"name\": \"Jitsi Meet\",\n  \"icons\": [\n    {\n      \"src\": \"static/pwa/icons/icon192.png\",\n      \
                        \"sizes\": \"192x192\"\n    }\n  ]\n}\n";
        write(&world.web("manifest.json"), manifest.as_bytes());
        let shipped = drawn(&recipe(60, 60));
        for name in SHIPPED {
            write(&world.web(name), &shipped);
        }
        world.asset("brand.toml", brand.as_bytes());
        world.asset("logo.svg", OWN.1.as_bytes());
        world
    }

    fn site(&self) -> PathBuf {
        self.folder.path().join("site")
    }

    fn web(&self, name: &str) -> PathBuf {
        self.site().join("usr/share/jitsi-meet").join(name)
    }

    fn brand(&self) -> PathBuf {
        self.folder.path().join("project/brand")
    }

    /// Writes a file of `brand/`.
    fn asset(&self, name: &str, bytes: &[u8]) {
        write(&self.brand().join(name), bytes);
    }

    fn run(&self, arguments: &[&str]) -> Run {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rebrand"));
        command.arg("-C").arg(self.folder.path().join("project")).arg("--root").arg(self.site());
        let done = command.args(arguments).stdin(Stdio::null()).output().unwrap();
        let said = [done.stdout, done.stderr].concat();
        Run { status: done.status.code(), said: String::from_utf8(said).unwrap() }
    }

    /// Every file of the site but our records.
    fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut found = BTreeMap::new();
        let mut ahead = vec![self.site()];
        while let Some(folder) = ahead.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.ends_with("var/lib/rebrand") {
                    continue;
                }
                if path.is_dir() {
                    ahead.push(path);
                } else {
                    found.insert(path.clone(), fs::read(path).unwrap());
                }
            }
        }
        found
    }
}

impl Run {
    /// That it ended with `status` and said each of `words`.
    fn is(&self, status: i32, words: &[&str]) {
        assert_eq!(self.status, Some(status), "{}", self.said);
        for word in words {
            assert!(self.said.contains(word), "`{word}` is not in: {}", self.said);
        }
    }
}

fn write(path: &Path, bytes: &[u8]) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

/// A PNG of this size, without a background.
fn recipe(width: u32, height: u32) -> Recipe {
    Recipe {
        format: Format::Png,
        width,
        height,
        padding: 0,
        background: None,
        fit: Fit::Contain(Align::Centre),
        safe_zone: false,
        shrink: false,
        seen_on: Vec::<Colour>::new(),
    }
}

/// This repository's logo by `recipe`.
fn drawn(recipe: &Recipe) -> Vec<u8> {
    let job = Job { recipes: vec![recipe.clone()], effort: Effort::Fast, ..Job::default() };
    raster::make(OWN.1.as_bytes(), &job).unwrap().pictures.remove(0)
}
