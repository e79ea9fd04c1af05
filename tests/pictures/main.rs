//! Pictures from the outside: one logo in, every picture on the site, pinned, checked and given back.
//!
//! The program itself is run on stand-in sites. Nothing here leaves this machine.

// Helpers of tests may fail as tests do; clippy's own exception ends at `#[test]`.
#![allow(clippy::unwrap_used)]

mod attacks;
mod fetching;
mod grounds;
mod locking;
mod placing;
#[path = "../skip/mod.rs"]
mod skip;
#[path = "../world/mod.rs"]
mod world;

use rebrand::brand::OWN;
use rebrand::demo::sites::Year;
use rebrand::raster::{self, Align, Colour, Effort, Fit, Format, Job, Recipe};
use world::{Run, World, write};

/// A brand of a logo alone.
const BRAND: &str = "[logo]\nsource = \"logo.svg\"\n";

/// Pictures of upstream's that are replaced in place, as far as the stand-ins have them here.
const SHIPPED: [&str; 3] =
    ["images/apple-touch-icon.png", "images/logo-deep-linking.png", "images/logo-deep-linking-mobile.png"];

impl World {
    /// A stand-in site with pictures, and a project with `brand`.
    fn new(year: Year, brand: &str) -> Self {
        let world = World::bare(year, brand);
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
        world
    }
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
