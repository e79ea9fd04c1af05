//! What visitors are really served, held against what the plan says. Asks nobody itself.
//!
//! A file that the server fills in on its way (`<!--# echo … -->`) is not compared by its bytes: configuration counts
//! by what it evaluates to, a page by what its elements say, and a fragment by standing in the page piece by piece.

mod cause;
mod compare;
pub mod reference;

use crate::content::Content;
use crate::fault::{Finding, Level};
use crate::plan::receipt::Receipt;
use crate::plan::{Action, FilePlan, Plan};
use crate::site::{FRAGMENTS, Host, Site, WEB};

/// Something to ask a web server for.
pub struct Question<'p> {
    /// Its name below the address of the server; empty for the page.
    pub name: String,
    /// The files of the site that come with it.
    pub brings: Vec<&'p FilePlan>,
}

/// What the web server answered.
pub enum Told {
    /// A file, and the headers by which caches show themselves.
    Bytes(Content, Vec<(&'static str, String)>),
    /// No file, but this status.
    Status(u16),
    /// Something that no browser takes.
    Unusable(String),
}

/// What is known of the site beside the plan.
#[derive(Clone, Copy)]
pub struct Known<'a> {
    /// What is there.
    pub site: &'a Site,
    /// What was done before.
    pub receipt: Option<&'a Receipt>,
}

/// What to ask for: the page, and every file that carries a wish to visitors of `host`.
#[must_use]
pub fn questions<'p>(plan: &'p Plan, site: &Site, host: Option<&Host>) -> Vec<Question<'p>> {
    let mut page = Question { name: String::new(), brings: Vec::new() };
    let mut others = Vec::new();
    for file in plan.files.iter().filter(|file| carries(file)) {
        let Some(name) = name(file, host) else { continue };
        let is_fragment = FRAGMENTS.contains(&name);
        if is_in_page(site, name, is_fragment) {
            page.brings.push(file);
        }
        if !is_fragment {
            others.push(Question { name: name.to_owned(), brings: vec![file] });
        }
    }
    [page].into_iter().chain(others).collect()
}

/// Whether `file` holds, or will hold, something that is wished.
fn carries(file: &FilePlan) -> bool {
    let is_ours = file.target.is_some() && (file.target != file.base || !file.changes.is_empty());
    is_ours && file.action != Action::Refuse
}

/// How a visitor asks for `file`; none if nobody can.
fn name<'p>(file: &'p FilePlan, host: Option<&Host>) -> Option<&'p str> {
    if host.is_some_and(|host| host.file.path == file.path) {
        return Some("config.js");
    }
    file.path.as_str().strip_prefix(WEB)?.strip_prefix('/')
}

/// Whether the server puts the file `name` into the page.
fn is_in_page(site: &Site, name: &str, is_fragment: bool) -> bool {
    let Some(index) = &site.index else { return is_fragment };
    let is_named = |start: &str| {
        let named = format!("virtual=\"{start}{name}\"");
        memchr::memmem::find(&index.bytes, named.as_bytes()).is_some()
    };
    is_named("") || is_named("/")
}

/// What a visitor who asks `question` at `address`, and is `told` this, does not get.
#[must_use]
pub fn findings(question: &Question<'_>, address: &str, told: &Told, known: Known<'_>) -> Vec<Finding> {
    let is_page = question.name.is_empty();
    if let (Told::Bytes(bytes, _), true) = (told, is_page)
        && memchr::memmem::find(bytes, b"<!--#include").is_some()
    {
        return vec![not_included(address)];
    }
    if question.brings.is_empty() {
        let message = format!("`{address}` is no page: {}", cause::instead(told, None, is_page, known));
        let is_served = matches!(told, Told::Bytes(..));
        return if is_served { Vec::new() } else { vec![Finding::new(Level::Error, message)] };
    }
    let judged = question.brings.iter().filter_map(|file| {
        let missing = match told {
            Told::Bytes(bytes, _) => compare::missing(file, bytes)?,
            _ => compare::wishes(&file.changes),
        };
        let instead = cause::instead(told, Some(file), is_page, known);
        let message = format!("`{address}` {}: {instead}", lacks(file, &missing, is_page));
        Some(Finding::new(Level::Error, message).hint(cause::hint(told, file, known)))
    });
    judged.collect()
}

/// That browsers do not show what is sent as `content_type`. Of a file without one, and of a script, they judge
/// themselves.
#[must_use]
pub fn mistyped(question: &Question<'_>, address: &str, content_type: Option<&str>) -> Option<Finding> {
    let sent = content_type?.split(';').next()?.trim().to_ascii_lowercase();
    let is_svg = question.name.rsplit_once('.').is_some_and(|(_, end)| end == "svg");
    let wanted: &[&str] = match (question.name.is_empty(), is_svg) {
        (true, _) => &["text/html", "application/xhtml+xml"],
        (_, true) => &["image/svg+xml"],
        _ => return None,
    };
    if wanted.contains(&sent.as_str()) {
        return None;
    }
    let message = format!("`{address}` is sent as `{sent}`, so browsers do not show it");
    let hint =
        "the web server names types by its table: `include mime.types;` in nginx, `mod_mime` in Apache";
    Some(Finding::new(Level::Error, message).hint(hint))
}

/// What `file` lacks of the wishes `missing`; one without wishes of its own is a picture or a style.
fn lacks(file: &FilePlan, missing: &[&str], is_page: bool) -> String {
    let of = if is_page { format!(" of `{}`", file.path.name()) } else { String::new() };
    match missing {
        [] => format!("is not `{}` as the brand has it", file.path),
        names => format!("does not bring `{}`{of}", names.join("`, `")),
    }
}

fn not_included(address: &str) -> Finding {
    let message =
        format!("`{address}` is served with its `<!--#include` lines: server-side includes are off");
    let hint = "nginx needs `ssi on;` in the site's `server` block, Apache `Options +Includes` and its filter; \
        without them no page gets the brand's title, nor its configuration";
    Finding::new(Level::Error, message).hint(hint)
}
