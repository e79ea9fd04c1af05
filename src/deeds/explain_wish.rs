//! `explain` of a wish, by the name that every line of a difference shows.

use super::explain::same_name;
use super::open::Opened;
use crate::brand::Key;
use crate::fault::Place;
use crate::path::SitePath;
use crate::plan::Plan;
use crate::value::{KeyPath, Value};

/// A wish, and what becomes of it here.
pub struct WishExplanation {
    /// Its name, as it was asked for.
    pub name: String,
    /// The key of the brand; none for a wish of a patch.
    pub key: Option<&'static Key>,
    /// What is wished, if the brand wishes it.
    pub value: Option<Value>,
    /// Where it is written, if it is.
    pub place: Option<Place>,
    /// What carries it, or would once it is applied.
    pub carriers: Vec<(SitePath, KeyPath)>,
}

/// The wish `name` of the project that is opened, if it is one of it or of any brand.
pub(super) fn explain_wish(opened: &Opened, plan: Option<&Plan>, name: &str) -> Option<WishExplanation> {
    let key = find_key(name);
    let wish = opened.brand_wishes().iter().find(|wish| same_name(&wish.wish.name, name));
    let changes = plan.into_iter().flat_map(|plan| &plan.files);
    let changes = changes.flat_map(|file| file.changes.iter().map(move |change| (file, change)));
    let changes: Vec<_> = changes.filter(|(_, change)| same_name(&change.edit.why.name, name)).collect();
    let place = wish.map(|wish| &wish.wish.place);
    let place = place.or_else(|| changes.first().map(|(_, change)| &change.edit.why.place)).cloned();
    if key.is_none() && place.is_none() {
        return None;
    }
    let carriers = changes.iter().map(|(file, change)| (file.path.clone(), change.edit.at.clone())).collect();
    Some(WishExplanation {
        name: name.to_owned(),
        key,
        value: wish.map(|wish| wish.value.clone()),
        place,
        carriers,
    })
}

/// The key of the brand that `name` is, for all hosts or for one.
fn find_key(name: &str) -> Option<&'static Key> {
    let is_of = |table: &str| name.starts_with(&format!("{table}."));
    if is_of("text") {
        return Some(Key::text());
    }
    if !is_of("sites") {
        return Key::named(name);
    }
    let all = crate::brand::KEYS.iter();
    let mut of_host = all.filter(|key| name.ends_with(&format!(".{}", key.name)));
    of_host.next().or_else(|| name.contains(".text.").then(Key::text))
}
