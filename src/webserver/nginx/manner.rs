//! How a file is sent: what `http`, `server` and the locations say of it, the innermost first.

use super::Directive;
use crate::webserver::{Caching, Links, Manner};

/// What is said in the blocks `scope`, from `http` in, of the file `path`.
pub(super) fn manner(scope: &[&[Directive]], path: &str) -> Manner {
    let ssi = effective(scope, "ssi");
    let types = effective(scope, "ssi_types");
    let kind = media_type(scope, path);
    let is_parsed =
        kind == "text/html" || types.is_some_and(|types| types.words.iter().any(|t| *t == kind || t == "*"));
    let links = effective(scope, "disable_symlinks");
    Manner {
        includes: ssi.is_some_and(|ssi| ssi.word(0) == "on") && is_parsed,
        includes_by: ssi.filter(|ssi| is_parsed || ssi.word(0) != "on").or(types).or(ssi).map(place),
        links: match links.map(|links| links.word(0)) {
            Some("on") => Links::Refused,
            Some("if_not_owner") => Links::SameOwner,
            _ => Links::Followed,
        },
        links_by: links.map(place),
        caching: caching(scope),
        rewritten_by: effective(scope, "sub_filter").map(place),
    }
}

/// The innermost directive `name`.
pub(super) fn effective<'c>(scope: &[&'c [Directive]], name: &str) -> Option<&'c Directive> {
    scope.iter().rev().find_map(|directives| directives.iter().rfind(|directive| directive.name == name))
}

fn place(directive: &Directive) -> crate::fault::Place {
    directive.place.clone()
}

/// The media type of the file `path`, by the innermost `types`.
fn media_type<'c>(scope: &[&'c [Directive]], path: &str) -> &'c str {
    let extension = path.rsplit('/').next().and_then(|name| name.rsplit_once('.')).map_or("", |(_, end)| end);
    let is_types = |directive: &&Directive| directive.name == "types";
    let level = scope.iter().rev().find(|level| level.iter().any(|directive| is_types(&directive)));
    let entries =
        level.into_iter().flat_map(|level| level.iter().filter(is_types)).flat_map(|types| &types.block);
    let mut fitting =
        entries.filter(|entry| entry.words.iter().any(|word| word.eq_ignore_ascii_case(extension)));
    let default = || effective(scope, "default_type").map_or("text/plain", |directive| directive.word(0));
    fitting.next_back().map_or_else(default, |entry| entry.name.as_str())
}

fn caching(scope: &[&[Directive]]) -> Vec<Caching> {
    let expires = effective(scope, "expires").filter(|expires| expires.word(0) != "off");
    let expires = expires.map(|by| Caching { says: by.words.join(" "), by: place(by) });
    let is_header = |directive: &&Directive| directive.name == "add_header";
    // A block with a header of its own inherits none.
    let level = scope.iter().rev().find(|level| level.iter().any(|directive| is_header(&directive)));
    let headers = level.into_iter().flat_map(|level| level.iter().filter(is_header));
    let headers = headers.filter(|header| header.word(0).eq_ignore_ascii_case("cache-control"));
    let headers = headers.map(|by| Caching { says: by.word(1).to_owned(), by: place(by) });
    expires.into_iter().chain(headers).collect()
}
