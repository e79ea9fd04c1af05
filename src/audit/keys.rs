//! Texts and addresses that keys of the two configuration files give, or that the client takes without them.

use super::client::{Client, Held};
use super::{Audit, Left, Remedy, pictures};
use crate::catalogue::{self, ConfigFile, Fallback, Seen, Shows, Sight, sights};
use crate::js::Known;
use crate::value::{KeyPath, Value};

/// What `client` shows of every key.
pub(super) fn keys(audit: &Audit<'_>, client: &Client<'_>, left: &mut Vec<Left>) {
    for sight in sights() {
        let is_shown = client.shows(&sight.when, &sight.unless);
        if is_shown && !client.is_branded_elsewhere(sight.branding_since, audit.subject) {
            left.extend(key(audit, client, &sight));
        }
    }
}

fn key(audit: &Audit<'_>, client: &Client<'_>, sight: &Sight) -> Option<Left> {
    match &sight.shows {
        Shows::Text { seen } => said(client, sight, *seen, None).filter(|left| audit.signs.is_in(&left.says)),
        Shows::Link { seen, fallback } => {
            let link = said(client, sight, *seen, fallback.as_ref());
            link.filter(|left| audit.signs.is_address(&left.says))
        }
        Shows::Picture { seen, picture, otherwise } => {
            pictures::by_key(audit, client, sight, (*seen, picture), otherwise.as_deref())
        }
        Shows::Fixed { seen, value, says, reason } => {
            let Held::Set { file, path, value: held } = client.held(sight.file, &sight.key) else {
                return None;
            };
            let (place, remedy) = (client.place(file, &path), Remedy::Bundle(reason.clone()));
            let is_shown = held.to_value().as_ref() == Some(value);
            is_shown.then(|| Left { seen: *seen, place, says: says.clone(), remedy })
        }
        Shows::Switch { seen, value, says, leads } => {
            switched(audit, client, sight, (*seen, *value), says, leads)
        }
        Shows::Nothing { .. } => None,
    }
}

/// What the key says; while it is unset or empty, what the client says by itself.
fn said(client: &Client<'_>, sight: &Sight, seen: Seen, fallback: Option<&Fallback>) -> Option<Left> {
    match client.held(sight.file, &sight.key) {
        Held::Set { file, path, value: Known::String(says) } if !says.is_empty() => {
            let remedy = Remedy::of_key((file, &path), (sight.file, &sight.key));
            Some(Left { seen, place: client.place(file, &path), says: says.clone(), remedy })
        }
        Held::Set { value: Known::String(_) | Known::Null, .. } | Held::Unset => {
            let says = by_itself(client, sight.file, &sight.key, fallback)?;
            let key = (sight.file, &sight.key);
            let place = format!("{} (unset)", client.place(sight.file, &sight.key));
            Some(Left { seen, place, says, remedy: Remedy::of_key(key, key) })
        }
        _ => None,
    }
}

fn by_itself(
    client: &Client<'_>,
    file: ConfigFile,
    path: &KeyPath,
    fallback: Option<&Fallback>,
) -> Option<String> {
    match (fallback, client.fallback(file, path)) {
        (Some(fallback), _) => {
            let is_shown = client.day.is_some() && client.shows(&fallback.when, &[]);
            is_shown.then(|| fallback.value.clone())
        }
        (None, Some(Value::String(text))) => Some(text),
        _ => None,
    }
}

/// What leads to upstream's app while the key is at a value; none if all that it leads to is somebody else's.
fn switched(
    audit: &Audit<'_>,
    client: &Client<'_>,
    sight: &Sight,
    (seen, value): (Seen, bool),
    says: &str,
    leads: &[String],
) -> Option<Left> {
    let remedy = Remedy::of_key((sight.file, &sight.key), (sight.file, &sight.key));
    if !client.is_at(sight.file, &sight.key, value)
        || audit.is_wished(&remedy, client.host.map(|(host, _)| host))
    {
        return None;
    }
    let mut addresses = leads.iter().filter_map(|name| {
        let sight = catalogue::sight(name)?;
        client.address(sight.file, &sight.key)
    });
    let address = addresses.find(|address| audit.signs.is_address(address))?;
    let (file, path) = match client.held(sight.file, &sight.key) {
        Held::Set { file, path, .. } => (file, path),
        _ => client.key_of_age(sight.file, &sight.key),
    };
    let is_set = matches!(client.held(sight.file, &sight.key), Held::Set { .. });
    let place = client.place(file, &path) + if is_set { "" } else { " (unset)" };
    Some(Left { seen, place, says: format!("{says}: {address}"), remedy })
}
