//! `title.html`, which the server puts into the head of the page: the links to the pictures of the brand.

use super::FilePlan;
use super::make::Input;
use super::pictures::{WholeBase, refused, wanted, whole_base};
use super::placing::Placed;
use crate::content::Content;
use crate::fault::{Finding, Level};
use crate::markup::{Element, Markup};
use crate::site::{Found, PICTURES, Site};
use crate::text::{Splice, SpliceSet, Text};

/// The page with its base.
pub(super) struct Title<'i> {
    found: &'i Found,
    read: Option<(WholeBase, Markup)>,
}

/// `title.html`, if a picture may be named in it, or was.
pub(super) fn title<'i>(input: &Input<'i>, findings: &mut Vec<Finding>) -> Option<Title<'i>> {
    let found = input.site.title.as_ref()?;
    let is_ours = input.receipt.is_some_and(|receipt| receipt.files.contains_key(&found.path));
    let is_wanted = is_ours || wanted(input).iter().any(|picture| !picture.artifact.fact.links.is_empty());
    let holds_ours = |bytes: &Content| memchr::memmem::find(bytes, PICTURES.as_bytes()).is_some();
    is_wanted.then(|| {
        let base = whole_base(input, &found.path, Some(found), &holds_ours);
        let read = base.and_then(|base| Ok((markup(found, &base)?, base)));
        let read = read.map(|(markup, base)| (base, markup)).map_err(|finding| findings.push(*finding)).ok();
        Title { found, read }
    })
}

fn markup(found: &Found, base: &WholeBase) -> Result<Markup, Box<Finding>> {
    let broken = |error: String| {
        let message = format!("`{}` {error}", found.path);
        Box::new(Finding::new(Level::Error, message).hint("install the package again"))
    };
    let bytes = base.base.as_ref().unwrap_or(&found.bytes);
    let text = Text::from_bytes(bytes).map_err(|error| broken(error.to_string()))?;
    Markup::parse(text).map_err(|error| broken(error.to_string()))
}

impl Title<'_> {
    /// The address at the first element that `selector` names.
    pub(super) fn link(&self, selector: &str) -> Option<String> {
        let (_, markup) = self.read.as_ref()?;
        let element = markup.elements(selector).ok()?.into_iter().next()?;
        markup.attribute(&element, address_of(selector))
    }

    /// The page with the links of `placed`.
    pub(super) fn plan(self, site: &Site, placed: &Placed<'_>, findings: &mut Vec<Finding>) -> FilePlan {
        let path = self.found.path.clone();
        let Some((base, markup)) = self.read else { return refused(path, Some(self.found)) };
        match edited(&markup, site, placed) {
            Ok(text) => {
                let is_base = base.base.as_ref().is_some_and(|base| **base == *text.as_str().as_bytes());
                let target = if is_base { base.base.clone() } else { Some(Content::from(text)) };
                base.plan(path, Some(self.found), target)
            }
            Err(error) => {
                let message = format!("failed to edit `{path}`: {error}");
                findings.push(Finding::new(Level::Error, message));
                refused(path, Some(self.found))
            }
        }
    }
}

fn edited(markup: &Markup, site: &Site, placed: &Placed<'_>) -> Result<Text, crate::markup::Error> {
    let mut splices = SpliceSet::default();
    for (selector, name) in &placed.links {
        for element in markup.elements(selector)? {
            // Two selectors may name one element; the second then finds its work done.
            let _ = splices.add(addressed(markup, &element, selector, site, name)?);
            if let Some(kind) = media_type(markup, &element, name) {
                let _ = splices.add(markup.set_attribute(&element, "type", kind)?);
            }
        }
    }
    Ok(markup.text().apply(&splices))
}

/// The element with the address of the picture `name`. A link preview needs an absolute one: on this host, or where
/// there are several on the one that was asked for.
fn addressed(
    markup: &Markup,
    element: &Element,
    selector: &str,
    site: &Site,
    name: &str,
) -> Result<Splice, crate::markup::Error> {
    let attribute = address_of(selector);
    match site.hosts.as_slice() {
        [] => markup.set_attribute(element, attribute, name),
        _ if attribute == "href" => markup.set_attribute(element, attribute, name),
        [host] => markup.set_attribute(element, attribute, &format!("https://{}/{name}", host.name)),
        [first, ..] => {
            let around = ["https://", &format!("/{name}")];
            markup.set_attribute_with_echo(element, attribute, around, ("http_host", &first.name))
        }
    }
}

/// The attribute that holds the address.
fn address_of(selector: &str) -> &'static str {
    if selector.starts_with("link") { "href" } else { "content" }
}

/// The type of the picture, where the element says one.
fn media_type(markup: &Markup, element: &Element, name: &str) -> Option<&'static str> {
    markup.attribute(element, "type")?;
    Some(match name.rsplit('.').next()? {
        "svg" => "image/svg+xml",
        "ico" => "image/x-icon",
        _ => "image/png",
    })
}
