//! Where the pictures of the brand go on this site, and what then has to name them.

use std::collections::BTreeMap;

use super::make::Input;
use super::pictures::{Picture, wanted};
use super::wishes::FileEdits;
use crate::catalogue::PictureFact;
use crate::edit::{Edit, Op, Wish};
use crate::js::{Document, Known};
use crate::path::SitePath;
use crate::site::WEB;
use crate::value::{KeyPath, Value};

/// Where pictures go.
#[derive(Default)]
pub(super) struct Placed<'a> {
    /// The pictures, by their name below the web client.
    pub(super) files: Vec<(String, &'a Picture)>,
    /// The elements of `title.html` that name one, with that name and the wish behind it.
    pub(super) links: BTreeMap<String, (String, Wish)>,
}

/// What decides whether a picture is of use here.
pub(super) struct Uses<'u> {
    /// Whether a client of this age has a key for the surface.
    pub(super) has_key: &'u dyn Fn(&str) -> bool,
    /// Whether that key of `interface_config.js` will be true.
    pub(super) is_set: &'u dyn Fn(&str) -> bool,
    /// Whether `title.html` has that element, and with which address.
    pub(super) link: &'u dyn Fn(&str) -> Option<String>,
    /// The icons of `manifest.json`.
    pub(super) icons: Option<&'u [Value]>,
}

/// Where the pictures of `input` go.
pub(super) fn placed<'a>(input: &Input<'a>, uses: &Uses<'_>) -> Placed<'a> {
    let mut placed = Placed::default();
    for picture in wanted(input) {
        let fact = &picture.artifact.fact;
        if fact.unless_key_of.as_deref().is_some_and(uses.has_key)
            || fact.when_set.as_deref().is_some_and(|key| !(uses.is_set)(key))
        {
            continue;
        }
        let is_there = |name: &&String| {
            SitePath::new(&format!("{WEB}/{name}")).is_ok_and(|path| input.site.is_there(&path))
        };
        let names = fact.adds.iter().chain(fact.files.iter().filter(is_there));
        placed.files.extend(names.map(|name| (name.clone(), picture)));
        let Some(served) = picture.served() else { continue };
        let links = links(picture, uses, &placed.links);
        let is_icon = icon_of(fact, uses.icons.unwrap_or_default()).is_some();
        if fact.is_named_by_keys() || is_icon || !links.is_empty() {
            placed.links.extend(
                links.into_iter().map(|selector| (selector, (served.clone(), picture.artifact.wish.clone()))),
            );
            placed.files.push((served, picture));
        }
    }
    placed
}

/// The elements of `title.html` that are to name `picture`, but for those that are `taken`. A drawing takes the place
/// of a drawing alone: where the page asks for an `.ico`, its visitors may have browsers that show nothing else.
fn links(picture: &Picture, uses: &Uses<'_>, taken: &BTreeMap<String, (String, Wish)>) -> Vec<String> {
    let is_svg = picture.artifact.extension() == "svg";
    let suits = |selector: &&String| {
        (uses.link)(selector).is_some_and(|address| {
            let path = address.split('?').next().unwrap_or_default();
            let is_drawing =
                path.rsplit_once('.').is_some_and(|(_, extension)| extension.eq_ignore_ascii_case("svg"));
            is_drawing || !is_svg
        })
    };
    let free = |selector: &&String| !taken.contains_key(*selector);
    picture.artifact.fact.links.iter().filter(free).filter(suits).cloned().collect()
}

/// Adds the icons of `manifest.json` to `edits`, unless a patch sets them.
pub(super) fn icon_edits(placed: &Placed<'_>, manifest: &Document, edits: &mut FileEdits) {
    let at = KeyPath::dotted("icons");
    if edits.spliced.iter().chain(&edits.overlaid).any(|edit| edit.at == at) {
        return;
    }
    let Some(mut icons) = icons(manifest) else { return };
    let mut why = None;
    for (name, picture) in &placed.files {
        let fact = &picture.artifact.fact;
        let Some(index) = icon_of(fact, &icons).filter(|_| picture.served().as_ref() == Some(name)) else {
            continue;
        };
        if let Some(Value::Object(members)) = icons.get_mut(index)
            && let Some((_, src)) = members.iter_mut().find(|(key, _)| key == "src")
        {
            *src = Value::from(name.as_str());
            why = Some(picture.artifact.wish.clone());
        }
    }
    edits.spliced.extend(why.map(|why| Edit { at, op: Op::Set(Value::Array(icons)), why }));
}

/// The icons that `manifest` lists, if they are plain values.
pub(super) fn icons(manifest: &Document) -> Option<Vec<Value>> {
    match manifest.value(&KeyPath::dotted("icons")).and_then(Known::to_value)? {
        Value::Array(icons) => Some(icons),
        _ => None,
    }
}

/// The one of `icons` that `fact` is.
fn icon_of(fact: &PictureFact, icons: &[Value]) -> Option<usize> {
    let sizes = fact.manifest.first()?;
    let purpose = fact.manifest.get(1);
    let member = |icon: &Value, name: &str| match icon {
        Value::Object(members) => members
            .iter()
            .find(|(key, _)| key == name)
            .and_then(|(_, value)| value.as_str().map(str::to_owned)),
        _ => None,
    };
    icons.iter().position(|icon| {
        member(icon, "sizes").as_ref() == Some(sizes) && member(icon, "purpose").as_ref() == purpose
    })
}
