//! Upstream's pictures, by what refers to them. A file that nothing refers to is seen by nobody.

use super::client::{Client, Held};
use super::{Audit, Left, Remedy};
use crate::catalogue::{self, ConfigFile, PictureFact, Seen, Sight, picture_sights, pictures};
use crate::js::Known;
use crate::value::{KeyPath, Value};

/// The picture that the key of `sight` names, or that stands there without it.
pub(super) fn by_key(
    audit: &Audit<'_>,
    client: &Client<'_>,
    sight: &Sight,
    (seen, picture): (Seen, &str),
    otherwise: Option<&str>,
) -> Option<Left> {
    let (mut file, mut path) = (sight.file, sight.key.clone());
    let mut held = client.held(file, &path);
    if let (Held::Unset | Held::Unread, Some(other)) = (&held, otherwise.and_then(catalogue::sight)) {
        (file, path) = (other.file, other.key);
        held = client.held(file, &path);
    }
    let fact = fact(picture)?;
    let left = |place, shown, remedy| Left { seen, place, says: says(&fact, shown), remedy };
    match held {
        Held::Set { file: own, path: at, value: Known::String(address) } => {
            let shown = audit.shown(address)?;
            Some(left(client.place(own, &at), shown, Remedy::of_key((own, &at), (file, &path))))
        }
        Held::Unset => {
            let shown = audit.any_of(&built_in(client, file, &path), client)?;
            let place = format!("{} (unset)", client.place(file, &path));
            Some(left(place, shown, Remedy::of_key((file, &path), (file, &path))))
        }
        Held::Unread => {
            let shown = audit.any_of(&files(client, file, &path), client)?;
            Some(left(shown.name.clone(), shown, Remedy::of_key((file, &path), (file, &path))))
        }
        Held::Set { .. } | Held::Unknown => None,
    }
}

/// The pictures that the client asks for by names that nothing changes.
pub(super) fn fixed(audit: &Audit<'_>, clients: &[Client<'_>], left: &mut Vec<Left>) {
    for sight in picture_sights().filter(|sight| sight.fixed) {
        let Some(fact) = fact(&sight.picture) else { continue };
        if !clients.iter().any(|client| client.shows(&sight.when, &sight.unless)) {
            continue;
        }
        for name in fact.files.iter().chain(&fact.adds) {
            if (audit.subject.is_upstreams)(name) == Some(true) {
                let shown = Shown { name: name.clone(), is_certain: true };
                let (place, says) = (name.clone(), says(&fact, shown));
                left.push(Left { seen: sight.seen, place, says, remedy: wish(&fact) });
            }
        }
    }
}

/// A picture of upstream's that is shown.
pub(super) struct Shown {
    /// Its file below the web client, or its address.
    pub(super) name: String,
    /// Whether the file is known to be upstream's.
    is_certain: bool,
}

impl Audit<'_> {
    /// The picture at `address`, if it is upstream's, or should be and nothing is known of it.
    pub(super) fn shown(&self, address: &str) -> Option<Shown> {
        if self.signs.is_address(address) {
            return Some(Shown { name: address.to_owned(), is_certain: true });
        }
        let name = self.signs.below_web(address)?;
        let known = (self.subject.is_upstreams)(&name);
        let is_default = || pictures().any(|fact| fact.shipped_as.contains(&name));
        known.unwrap_or_else(is_default).then_some(Shown { name, is_certain: known.is_some() })
    }

    /// The first of `names` that is upstream's; where nothing is known of any, the first.
    fn any_of(&self, names: &[String], client: &Client<'_>) -> Option<Shown> {
        let known = |name: &&String| (self.subject.is_upstreams)(name);
        let certain = names.iter().find(|name| known(name) == Some(true));
        let is_open = client.day.is_some() && names.iter().all(|name| known(&name).is_none());
        let name = certain.or_else(|| names.first().filter(|_| is_open))?;
        Some(Shown { name: name.clone(), is_certain: certain.is_some() })
    }
}

/// What the client shows while the key `path` is unset.
fn built_in(client: &Client<'_>, file: ConfigFile, path: &KeyPath) -> Vec<String> {
    match client.fallback(file, path) {
        Some(Value::String(name)) => vec![name],
        _ => files(client, file, path),
    }
}

/// The files that are shown where the client has no key such as `path`.
fn files(client: &Client<'_>, file: ConfigFile, path: &KeyPath) -> Vec<String> {
    let is_set_by = |surface: &catalogue::Surface| {
        let mut keys = surface.keys();
        keys.any(|key| key.file == file && key.path == *path)
    };
    let surface = catalogue::surfaces().find(is_set_by);
    let is_of_age = |asset: &&catalogue::AssetTarget| {
        client.day.is_none_or(|day| {
            asset.since.is_none_or(|since| since <= day) && asset.until.is_none_or(|until| day < until)
        })
    };
    let assets = surface.iter().flat_map(catalogue::Surface::assets).filter(is_of_age);
    assets.map(|asset| asset.asset.clone()).collect()
}

/// The picture `id` of the catalogue.
pub(super) fn fact(id: &str) -> Option<PictureFact> {
    pictures().find(|fact| fact.id == id)
}

/// Where the picture of `fact` is seen.
pub(super) fn seen(fact: &PictureFact) -> Option<Seen> {
    picture_sights().find(|sight| sight.picture == fact.id).map(|sight| sight.seen)
}

/// Which picture it is, and how that is known.
pub(super) fn says(fact: &PictureFact, shown: Shown) -> String {
    let Shown { name, is_certain } = shown;
    let known =
        if is_certain { "upstream's own" } else { "upstream's own, unless somebody replaced the file" };
    format!("{}: `{name}`, {known}", fact.title)
}

/// The most general line of the brand of which it is made.
pub(super) fn wish(fact: &PictureFact) -> Remedy {
    Remedy::wish(fact.wishes.last().map_or("logo.source", String::as_str))
}
