//! The program in which a person turns the pages of what is longer than the screen.
//!
//! It is the one that git would take by the environment, else `less`. What git's own files name is left alone: they
//! belong to whatever folder the person is in, and this may be a run as root.

use std::env;
use std::io::Write as _;
use std::process::{Command, Stdio};

/// How `less` behaves where nobody says otherwise, as with git: it ends by itself on what fits, and shows colours.
const LESS: &str = "FRX";

/// Shows `text` in the pager and waits for it to end; returns whether there is one that could be started.
#[must_use]
pub fn page(text: &str) -> bool {
    let named = ["GIT_PAGER", "PAGER"].into_iter().find_map(|name| env::var(name).ok());
    let line = named.unwrap_or_else(|| "less".to_owned());
    if matches!(line.trim(), "" | "cat") {
        return false;
    }
    let mut command = Command::new("sh");
    // A shell that finds no such program ends with 127, and nothing was shown.
    command.args(["-c", &line]).stdin(Stdio::piped());
    if env::var_os("LESS").is_none() {
        command.env("LESS", LESS);
    }
    let Ok(mut pager) = command.spawn() else { return false };
    if let Some(mut input) = pager.stdin.take() {
        // Who has seen enough closes it.
        let _ = input.write_all(text.as_bytes());
    }
    pager.wait().is_ok_and(|status| status.code() != Some(127))
}
