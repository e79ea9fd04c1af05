//! What a page that was served makes a browser ask for, beside the files that bring wishes.

use super::Told;
use super::compare::is_page;
use crate::content::Content;
use crate::fault::{Finding, Level};
use crate::markup::Markup;
use crate::text::Text;
use crate::value::Value;

/// An address in something that was served, as it is written there.
pub struct Reference {
    /// What holds it: ``title.html `meta[property=og:image]` ``.
    pub by: String,
    /// The address.
    pub address: String,
}

/// The address that the page `served` gives to all that it names, if it gives one.
#[must_use]
pub fn base(served: &Content) -> Option<String> {
    let page = Markup::parse(Text::from_bytes(served).ok()?).ok()?;
    page.attribute(page.elements("base[href]").ok()?.first()?, "href")
}

/// The pictures that the head of the page `served` names.
#[must_use]
pub fn pictures(served: &Content) -> Vec<Reference> {
    let page = Text::from_bytes(served).ok().and_then(|text| Markup::parse(text).ok());
    let named = [
        ("meta[property=og:image]", "content"),
        ("meta[itemprop=image]", "content"),
        ("link[rel=icon]", "href"),
    ];
    let addresses = named.iter().flat_map(|(selector, attribute)| {
        let elements = page.as_ref().and_then(|page| page.elements(selector).ok()).unwrap_or_default();
        let addresses =
            elements.into_iter().filter_map(|element| page.as_ref()?.attribute(&element, attribute));
        addresses.map(|address| Reference { by: format!("`{selector}`"), address }).collect::<Vec<_>>()
    });
    addresses.collect()
}

/// What the answer `served` of dynamic branding makes the client ask for: the logo, and its labels.
#[must_use]
pub fn in_branding(served: &Content) -> Vec<Reference> {
    let Ok(branding) = serde_json::from_slice::<Value>(served) else { return Vec::new() };
    let logo = branding.member("logoImageUrl").map(|logo| ("logoImageUrl".to_owned(), logo));
    let labels = match branding.member("labels") {
        Some(Value::Object(labels)) => labels.as_slice(),
        _ => &[],
    };
    let labels = labels.iter().map(|(language, address)| (format!("labels.{language}"), address));
    let reference = |(member, address): (String, &Value)| {
        Some(Reference {
            by: format!("`{member}` of dynamic branding"),
            address: address.as_str()?.to_owned(),
        })
    };
    logo.into_iter().chain(labels).filter_map(reference).collect()
}

/// That the file at `address`, which `reference` names, does not come. A page in its place is what a server sends for
/// a file that it does not find.
#[must_use]
pub fn missing(reference: &Reference, address: &str, told: &Told) -> Option<Finding> {
    let instead = match told {
        Told::Bytes(bytes, _) if is_page(bytes) => "the server sends a page".to_owned(),
        Told::Bytes(..) => return None,
        Told::Status(status) => format!("the server answers {status}"),
        Told::Unusable(reason) => reason.clone(),
    };
    let message = format!("`{address}`, for which {} asks, does not come: {instead}", reference.by);
    let hint = if reference.address.starts_with('/') {
        "an address that begins with `/` leads past the path of a site that is served below one"
    } else {
        "pages resolve it against the `<base href>` of base.html"
    };
    Some(Finding::new(Level::Error, message).hint(hint))
}
