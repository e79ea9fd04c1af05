//! One name in every place: pages, `manifest.json`, translations, dynamic branding, and pieces of the owner's own.
//!
//! The program itself is run on stand-in sites. Nothing here leaves this machine.

// Helpers of tests may fail as tests do; clippy's own exception ends at `#[test]`.
#![allow(clippy::unwrap_used)]

mod audit;
mod english;
mod fallback;
mod languages;
mod pages;
mod patched;
mod spelling;
#[path = "../world/mod.rs"]
mod world;

use std::fs;

use rebrand::demo::sites::Year;
use serde_json::Value as Json;
use world::{World, write};

/// A brand of a name alone.
const BRAND: &str = "[brand]\nname = \"Public Code Meet\"\n";

/// A translation in upstream's shape.
const GERMAN: &str = "{\n    \"calendarSync\": {\n        \"confirmAddLink\": \"Einen Jitsi-Link hinzufügen?\"\n    },\n    \
    \"dialog\": {\n        \"tokenAuthFailedReason\": {\n            \"audInvalid\": \"Erwartet wird `jitsi`.\"\n        }\n    },\n    \
    \"welcomepage\": {\n        \"headerTitle\": \"Jitsi Meet\",\n        \"startMeeting\": \"Konferenz starten\"\n    }\n}\n";

/// The same strings as they are compiled into the client.
const ENGLISH: &str = "{\n    \"welcomepage\": {\n        \"headerTitle\": \"Jitsi Meet\",\n        \
    \"jitsiOnMobile\": \"Jitsi on mobile\",\n        \"startMeeting\": \"Start meeting\"\n    }\n}\n";

/// A page with a title of its own.
const SECOND_SCREEN: &str = "<!DOCTYPE html>\n<html>\n<head>\n    <meta name=\"jitsi-second-screen\" content=\"1\">\n    \
    <title>Jitsi Meet</title>\n</head>\n<body></body>\n</html>\n";

impl World {
    /// The stand-in site of 2026 with translations, a page of its own, and fragments, and a project with `brand`.
    fn named(brand: &str) -> Self {
        World::of(Year::Y2026, brand)
    }

    fn of(year: Year, brand: &str) -> Self {
        let world = World::bare(year, brand);
        for (name, text) in [
            ("lang/main-de.json", GERMAN),
            ("lang/main.json", ENGLISH),
            ("static/secondScreen.html", SECOND_SCREEN),
            ("head.html", ""),
            ("plugin.head.html", ""),
            ("body.html", "<!-- ours -->"),
        ] {
            write(&world.web(name), text.as_bytes());
        }
        world
    }

    fn text(&self, name: &str) -> String {
        fs::read_to_string(self.web(name)).unwrap()
    }

    fn json(&self, name: &str) -> Json {
        serde_json::from_str(&self.text(name)).unwrap()
    }

    /// Applies, checks that nothing more is to do, restores, and checks that every byte is back; returns what `look`
    /// saw in between.
    fn round<R>(&self, look: impl FnOnce(&World) -> R) -> R {
        let shipped = self.files();
        self.run(&["apply", "--yes"]).is(0, &["applied"]);
        let seen = look(self);
        let branded = self.files();
        self.run(&["check"]).is(0, &[]);
        self.run(&["apply", "--yes"]).is(0, &["nothing to do"]);
        assert_eq!(self.files(), branded, "two applies are one");
        self.run(&["restore", "--yes"]).is(0, &[]);
        assert_eq!(self.files(), shipped, "every byte is back");
        seen
    }
}
