//! Which wishes a file that was served does not carry.

use crate::catalogue::ConfigFile;
use crate::content::Content;
use crate::js::{Dialect, Document, Known};
use crate::markup::Markup;
use crate::plan::FilePlan;
use crate::site::{HOST_SUFFIX, WEB};
use crate::target::KeyChange;
use crate::text::{Text, include};
use crate::value::Value;

/// The wishes that `served` does not carry of those of `file`; none if it carries all of them.
pub(super) fn missing<'p>(file: &'p FilePlan, served: &Content) -> Option<Vec<&'p str>> {
    let target = file.target.as_ref()?;
    if served == target || holds(served, target) {
        return None;
    }
    let all = || Some(wishes(&file.changes));
    let not = |is_carried: &dyn Fn(&KeyChange) -> bool| {
        let missing: Vec<&KeyChange> = file.changes.iter().filter(|change| !is_carried(change)).collect();
        (!missing.is_empty()).then(|| wishes(missing))
    };
    if file.changes.is_empty() {
        // It is wished as a whole.
        return all();
    }
    if let Some(dialect) = dialect(file) {
        let Some(document) = document(served, dialect) else { return all() };
        return not(&|change| in_force(&document, change));
    }
    let is_patched = !file.whole.patches.is_empty();
    let page = Text::from_bytes(served).ok().filter(|_| is_named(file, "html") && !is_patched);
    match page.and_then(|text| Markup::parse(text).ok()) {
        Some(page) => not(&|change| says(&page, change)),
        None => all(),
    }
}

/// The names of the wishes behind `changes`, each once.
pub(super) fn wishes<'p>(changes: impl IntoIterator<Item = &'p KeyChange>) -> Vec<&'p str> {
    let mut names: Vec<&str> = Vec::new();
    for change in changes {
        let name = change.edit.why.name.as_str();
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// How `file` is read; none if it is no configuration.
pub(super) fn dialect(file: &FilePlan) -> Option<Dialect> {
    let path = file.path.as_str();
    let script = |file: ConfigFile| Some(Dialect::Script(file.variable()));
    match path.strip_prefix(WEB) {
        Some("/interface_config.js") => script(ConfigFile::InterfaceConfig),
        None if path.ends_with(HOST_SUFFIX) => script(ConfigFile::Config),
        _ if is_named(file, "json") => Some(Dialect::Json),
        _ => None,
    }
}

/// Whether the name of `file` has this `ending`.
pub(super) fn is_named(file: &FilePlan, ending: &str) -> bool {
    file.path.name().rsplit_once('.').is_some_and(|(_, end)| end == ending)
}

/// The configuration that was `served`: a file, or the script of a page that a server put it into.
pub(super) fn document(served: &Content, dialect: Dialect) -> Option<Document> {
    let text = Text::from_bytes(served).ok()?;
    let read = |source: &str| Document::parse(Text::from(source.to_owned()), dialect).ok();
    if !is_page(served) {
        return read(text.as_str());
    }
    let scripts = text.as_str().split("<script").skip(1);
    let bodies = scripts.filter_map(|script| script.split_once('>')?.1.split_once("</script"));
    bodies.map(|(body, _)| body).find_map(read)
}

/// Whether what was `served` is a page.
pub(super) fn is_page(served: &Content) -> bool {
    let start: Vec<u8> = served.iter().copied().take(512).collect();
    let start = String::from_utf8_lossy(&start).to_ascii_lowercase();
    let start = start.trim_start_matches('\u{feff}').trim_start();
    start.starts_with("<!doctype html") || start.starts_with("<html")
}

/// Whether every piece of `wanted` between its server-side includes stands in `served`, in order.
pub(super) fn holds(served: &Content, wanted: &Content) -> bool {
    let (Ok(served), Ok(wanted)) = (str::from_utf8(served), str::from_utf8(wanted)) else { return false };
    stands_in(served, wanted.trim())
}

fn stands_in(served: &str, wanted: &str) -> bool {
    let mut pieces = Vec::new();
    let mut from = 0;
    for marker in include::markers(wanted) {
        pieces.extend(wanted.get(from..marker.start));
        from = marker.end;
    }
    pieces.extend(wanted.get(from..));
    let mut rest = served;
    pieces.into_iter().all(|piece| match rest.split_once(piece) {
        Some((_, after)) => {
            rest = after;
            true
        }
        None => false,
    })
}

/// Whether what `change` does is so in `document`.
fn in_force(document: &Document, change: &KeyChange) -> bool {
    let at = &change.edit.at;
    match (&change.new, &change.new_source) {
        (Some(wanted), _) => {
            document.value(at).and_then(Known::to_value).is_some_and(|now| is_said(&now, wanted))
        }
        (None, Some(source)) => document.written(at).as_ref() == Some(source),
        (None, None) => document.value(at).is_none(),
    }
}

/// Whether `now` is `wanted`, with whatever a server put into it.
fn is_said(now: &Value, wanted: &Value) -> bool {
    match (now.as_str(), wanted.as_str()) {
        (Some(now), Some(wanted)) if !include::markers(wanted).is_empty() => stands_in(now, wanted),
        _ => now == wanted,
    }
}

/// Whether an element of `page` says what `change` has it say.
fn says(page: &Markup, change: &KeyChange) -> bool {
    let Some(wanted) = change.new.as_ref().and_then(Value::as_str) else { return true };
    let (selector, attribute) = match change.edit.at.segments() {
        [selector, attribute] => (selector, Some(attribute)),
        [selector] => (selector, None),
        _ => return true,
    };
    let Ok(elements) = page.elements(selector) else {
        // It is no element, but lines at the end.
        return stands_in(page.text().as_str(), wanted.trim());
    };
    elements.iter().any(|element| {
        let now = attribute.map_or_else(|| page.content(element), |name| page.attribute(element, name));
        now.is_some_and(|now| is_said(&now.as_str().into(), &wanted.into()))
    })
}
