//! How a file is sent: options, filters and headers of the sections that it lies in.

use super::sections::Sections;
use crate::fault::Place;
use crate::webserver::{Caching, Links, Manner};

/// The options that count here.
#[derive(Clone, Copy)]
struct Options {
    follows: bool,
    same_owner: bool,
    includes: bool,
}

/// What `sections` say of `file`; without the module nothing in it is carried out.
pub(super) fn manner(sections: &Sections, file: &str, has_module: bool) -> Manner {
    let (options, by) = options(sections);
    let extension = file.rsplit('/').next().and_then(|name| name.rsplit_once('.')).map_or("", |(_, end)| end);
    let filter = sections
        .every("addoutputfilter")
        .filter(|add| add.words.iter().skip(1).any(|word| word.trim_start_matches('.') == extension))
        .last();
    let filter = sections.effective("setoutputfilter").or(filter);
    let is_filtered = filter
        .is_some_and(|filter| filter.word(0).split(';').any(|name| name.eq_ignore_ascii_case("includes")));
    let cached = sections
        .every("header")
        .filter(|header| header.words.iter().any(|word| word.eq_ignore_ascii_case("cache-control")));
    Manner {
        includes: has_module && options.includes && is_filtered,
        includes_by: if options.includes { filter.map(|filter| filter.place.clone()) } else { by.clone() },
        links: match options {
            Options { follows: true, .. } => Links::Followed,
            Options { same_owner: true, .. } => Links::SameOwner,
            _ => Links::Refused,
        },
        links_by: by,
        caching: cached
            .map(|header| Caching {
                says: header.words.last().cloned().unwrap_or_default(),
                by: header.place.clone(),
            })
            .collect(),
        rewritten_by: sections.effective("substitute").map(|directive| directive.place.clone()),
    }
}

/// The options in force, and the directive that said so last.
fn options(sections: &Sections) -> (Options, Option<Place>) {
    let none = Options { follows: false, same_owner: false, includes: false };
    let mut options = Options { follows: true, ..none };
    let mut by = None;
    for directive in sections.every("options") {
        by = Some(directive.place.clone());
        if directive.words.iter().any(|word| !word.starts_with(['+', '-'])) {
            options = none;
        }
        for word in &directive.words {
            let is_on = !word.starts_with('-');
            match word.trim_start_matches(['+', '-']).to_lowercase().as_str() {
                "followsymlinks" => options.follows = is_on,
                "symlinksifownermatch" => options.same_owner = is_on,
                "includes" | "includesnoexec" => options.includes = is_on,
                "all" => options = Options { follows: is_on, same_owner: false, includes: is_on },
                _ => {}
            }
        }
    }
    (options, by)
}
