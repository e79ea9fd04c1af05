//! What a browser shows of the client as an app: names, icons, and the app that it offers instead.

use super::{Audit, Left, Remedy, pictures};
use crate::catalogue::{PictureFact, Seen, manifest_members};
use crate::js::{Document, Known};
use crate::patch::Target;
use crate::value::{KeyPath, Value};
use crate::words::mentions;

/// What `manifest.json` shows.
pub(super) fn manifest(audit: &Audit<'_>, left: &mut Vec<Left>) {
    let Some(manifest) = audit.subject.manifest else { return };
    for fact in manifest_members().filter(|fact| fact.value.is_none()) {
        let Some(Value::String(says)) = member(manifest, &fact.member) else { continue };
        if audit.signs.is_in(&says) {
            push(&fact.member, says, Remedy::wish(&fact.says), left);
        }
    }
    app(manifest, left);
    icons(audit, manifest, left);
}

/// Adds the app that browsers offer in place of the client.
fn app(manifest: &Document, left: &mut Vec<Left>) {
    let name = "related_applications";
    let Some(Value::Array(apps)) = member(manifest, name) else { return };
    let id =
        |app: &Value| app.member("id").and_then(Value::as_str).filter(|id| mentions(id)).map(str::to_owned);
    let is_preferred = member(manifest, "prefer_related_applications") == Some(Value::Bool(true));
    let wish = manifest_members().find(|fact| fact.member == name).map(|fact| fact.says);
    if let (Some(id), Some(wish)) = (apps.iter().find_map(id).filter(|_| is_preferred), wish) {
        push(name, format!("the browser offers the app `{id}` instead"), Remedy::Wish(wish), left);
    }
}

fn icons(audit: &Audit<'_>, manifest: &Document, left: &mut Vec<Left>) {
    let Some(Value::Array(icons)) = member(manifest, "icons") else { return };
    for (index, icon) in icons.iter().enumerate() {
        let Some(shown) = icon.member("src").and_then(Value::as_str).and_then(|src| audit.shown(src)) else {
            continue;
        };
        let (says, remedy) = match fact(icon) {
            Some(fact) => (pictures::says(&fact, shown), pictures::wish(&fact)),
            None => (
                format!("app icon: `{}`", shown.name),
                Remedy::patch(Target::Manifest, &KeyPath::dotted("icons")),
            ),
        };
        push(&format!("icons[{index}].src"), says, remedy, left);
    }
}

/// The picture that the brand puts in the place of `icon`.
fn fact(icon: &Value) -> Option<PictureFact> {
    let text = |name| icon.member(name).and_then(Value::as_str);
    let shape: Vec<&str> = [text("sizes"), text("purpose")].into_iter().flatten().collect();
    crate::catalogue::pictures().find(|fact| !fact.manifest.is_empty() && fact.manifest == shape)
}

fn member(manifest: &Document, name: &str) -> Option<Value> {
    manifest.value(&KeyPath::dotted(name)).and_then(Known::to_value)
}

fn push(member: &str, says: String, remedy: Remedy, left: &mut Vec<Left>) {
    let place = format!("manifest.json `{member}`");
    left.push(Left { seen: Seen::InstalledApp, place, says, remedy });
}
