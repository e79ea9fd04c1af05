//! Pages and fragments: what is found in them, what each change makes of their bytes, and the laws of both.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod changes;
mod finding;
mod laws;
#[path = "../skip/mod.rs"]
mod skip;
mod upstream;

use rebrand::markup::{Element, Markup};
use rebrand::text::{Splice, SpliceSet, Text};

fn read(source: &str) -> Markup {
    Markup::parse(Text::from(source)).unwrap_or_else(|error| panic!("{error}\n{source}"))
}

/// The first element that `selector` names.
fn first(markup: &Markup, selector: &str) -> Element {
    markup.elements(selector).unwrap().into_iter().next().unwrap_or_else(|| panic!("no `{selector}`"))
}

/// The text with these splices made, added from the last to the first: their order must not matter.
fn made(markup: &Markup, splices: impl IntoIterator<Item = Splice>) -> String {
    let mut set = SpliceSet::default();
    let splices: Vec<Splice> = splices.into_iter().collect();
    for splice in splices.into_iter().rev() {
        set.add(splice).unwrap();
    }
    markup.text().apply(&set).as_str().to_owned()
}
