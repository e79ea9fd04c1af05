//! What a web server sends instead of what it should, and what is likely to be behind it.

use super::compare::{dialect, document, holds, is_named, is_page};
use super::{Known, Told};
use crate::content::Content;
use crate::js::Known as Value;
use crate::plan::FilePlan;
use crate::plan::receipt::FileReceipt;

/// What was `told` instead of `file`, in words.
pub(super) fn instead(told: &Told, file: Option<&FilePlan>, in_page: bool, known: Known<'_>) -> String {
    match (told, file) {
        (Told::Status(status), _) => format!("the server answers {status}"),
        (Told::Unusable(reason), _) => format!("it {reason}"),
        (Told::Bytes(..), None) => "the server sends something else".to_owned(),
        (Told::Bytes(served, _), Some(file)) => sent(served, file, in_page, known),
    }
}

fn sent(served: &Content, file: &FilePlan, in_page: bool, known: Known<'_>) -> String {
    let is = |bytes: &Option<Content>| bytes.as_ref().is_some_and(|bytes| same(served, bytes, in_page));
    let earlier = known.receipt.and_then(|receipt| receipt.files.get(&file.path));
    let is_index = || known.site.index.as_ref().is_some_and(|index| index.bytes == *served);
    if file.actual != file.target && file.actual != file.base && is(&file.actual) {
        "the server sends what lies on the disk, and `apply` would change that".to_owned()
    } else if !in_page && !is_named(file, "html") && (is_index() || is_page(served)) {
        "the server sends a page, as it does for a file that it does not find".to_owned()
    } else if is(&file.base) {
        "the server sends the file as it was shipped".to_owned()
    } else if earlier
        .is_some_and(|earlier| earlier.written == *served.digest() || is_of(earlier, served, file))
    {
        "the server sends what an earlier run wrote".to_owned()
    } else {
        other(served, file)
    }
}

/// Whether `served` is `bytes`, or a page that holds them. A file of nothing stands in every page.
fn same(served: &Content, bytes: &Content, in_page: bool) -> bool {
    served == bytes || ((in_page || !bytes.trim_ascii().is_empty()) && holds(served, bytes))
}

/// Whether the keys of an `earlier` run are what `served` says, and no others.
fn is_of(earlier: &FileReceipt, served: &Content, file: &FilePlan) -> bool {
    let Some(document) = dialect(file).and_then(|dialect| document(served, dialect)) else { return false };
    let is_so = |edit: &crate::plan::receipt::EditReceipt| {
        document.value(&edit.at).and_then(Value::to_value) == edit.after
    };
    !earlier.edits.is_empty() && earlier.edits.iter().all(is_so)
}

/// Another file than any that is known: the first key that tells it apart, else its size.
fn other(served: &Content, file: &FilePlan) -> String {
    let Some(document) = dialect(file).and_then(|dialect| document(served, dialect)) else {
        return format!("the server sends another file, of {} bytes", served.len());
    };
    let now = |at| document.value(at).and_then(Value::to_value);
    let is_shipped = file.changes.iter().all(|change| now(&change.edit.at) == change.old);
    let differing = file.changes.iter().find(|change| now(&change.edit.at) != change.new);
    match differing {
        _ if is_shipped => {
            "the server sends a file without the brand, and not the one that is here".to_owned()
        }
        Some(change) => {
            let value = now(&change.edit.at).map_or("nothing".to_owned(), |value| value.to_string());
            format!("the server sends another file, in which `{}` is {value}", change.edit.at)
        }
        None => "the server sends another file".to_owned(),
    }
}

/// What is likely to be behind it, and what helps.
pub(super) fn hint(told: &Told, file: &FilePlan, known: Known<'_>) -> String {
    if known.receipt.is_some_and(|receipt| receipt.held) {
        return "`restore` holds the site as it is; `rebrand apply` puts the brand in force again".to_owned();
    }
    match told {
        Told::Bytes(_, traces) => cached(traces).unwrap_or_else(|| alias(file)),
        Told::Status(401 | 403) => format!("the web server may not read `/{}`, or not show it", file.path),
        Told::Status(500..=599) => "the error log of the web server says why".to_owned(),
        Told::Status(_) if file.actual.is_none() => {
            "it is not on the disk either; `rebrand apply` writes it".to_owned()
        }
        Told::Status(_) => {
            format!("the web server looks elsewhere than at `/{}`: `rebrand doctor` tells where", file.path)
        }
        Told::Unusable(_) => "open it in a browser".to_owned(),
    }
}

/// That a cache answered, if one shows itself.
fn cached(traces: &[(&'static str, String)]) -> Option<String> {
    let shows = |(name, value): &&(&str, String)| match *name {
        "age" => value.trim().parse::<u64>().is_ok_and(|age| age > 0),
        "cache-control" => false,
        _ => value.to_ascii_lowercase().contains("hit"),
    };
    let seen: Vec<String> =
        traces.iter().filter(shows).map(|(name, value)| format!("`{name}: {value}`")).collect();
    let keeps = traces.iter().find(|(name, _)| *name == "cache-control");
    let keeps = keeps.map(|(name, value)| format!(", with `{name}: {value}`")).unwrap_or_default();
    (!seen.is_empty()).then(|| format!("a cache answered ({}{keeps}): purge it, or wait", seen.join(", ")))
}

fn alias(file: &FilePlan) -> String {
    if file.actual != file.target {
        return "`rebrand apply` was not run since the file or the wish changed".to_owned();
    }
    format!(
        "no cache shows itself; the web server may serve a copy instead of `/{}`: `rebrand doctor` tells which file",
        file.path
    )
}
