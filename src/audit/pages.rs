//! Titles, descriptions, texts, links and pictures of the client's pages.

use super::{Audit, Left, Remedy, pictures};
use crate::catalogue::{self, Seen, page_elements, page_seen};
use crate::markup::{Element, Markup};
use crate::words::Names;

/// Attributes of `meta` elements that say what the element is about.
const NAMES: [&str; 3] = ["property", "name", "itemprop"];
/// The attribute with which upstream's `title.html` describes itself.
const OWN: &str = "description";
/// Attributes whose text people see or hear.
const TOLD: [&str; 4] = ["alt", "title", "placeholder", "aria-label"];

/// What every page shows.
pub(super) fn pages(audit: &Audit<'_>, left: &mut Vec<Left>) {
    for (name, markup) in &audit.subject.pages {
        let page = Page { audit, name, markup, seen: page_seen(name).unwrap_or(Seen::OtherPage) };
        let known = page.known(left);
        page.described(&known, left);
        page.told(left);
        page.links(left);
        page.pictures(left);
    }
}

struct Page<'p> {
    audit: &'p Audit<'p>,
    name: &'p str,
    markup: &'p Markup,
    seen: Seen,
}

impl Page<'_> {
    /// Adds what elements say for which a line of the brand stands, and returns those elements.
    fn known(&self, left: &mut Vec<Left>) -> Vec<Element> {
        let mut known = Vec::new();
        for fact in page_elements().filter(|fact| fact.is_of(self.name)) {
            for element in self.elements(&fact.element) {
                let says = self.says(&element, fact.attribute.as_deref()).unwrap_or_default();
                let is_mended = !fact.names || is_renamed(&says);
                let remedy = if is_mended { Remedy::wish(&fact.says) } else { self.by_hand() };
                self.push(&fact.element, says, remedy, left);
                known.push(element);
            }
        }
        known
    }

    /// Adds what other titles and descriptions say.
    fn described(&self, known: &[Element], left: &mut Vec<Left>) {
        let is_new = |element: &Element| !known.contains(element);
        for title in self.elements("title").into_iter().filter(is_new) {
            self.push("title", self.says(&title, None).unwrap_or_default(), self.by_hand(), left);
        }
        for meta in self.elements("meta").into_iter().filter(is_new) {
            if let Some((selector, says)) = self.description(&meta) {
                self.push(&selector, says, self.by_hand(), left);
            }
        }
    }

    /// The words for people that a `meta` element holds, with its selector.
    fn description(&self, meta: &Element) -> Option<(String, String)> {
        if let Some(says) = self.says(meta, Some(OWN)) {
            return Some((format!("meta[{OWN}]"), says));
        }
        let (name, about) = NAMES.iter().find_map(|name| Some((name, self.says(meta, Some(name))?)))?;
        let says = self.says(meta, Some("content"))?;
        is_description(&about).then(|| (format!("meta[{name}={about}]"), says))
    }

    /// Adds what people read or hear of the page itself.
    fn told(&self, left: &mut Vec<Left>) {
        let attributes = self
            .markup
            .all()
            .iter()
            .flat_map(|element| TOLD.iter().filter_map(move |name| self.markup.attribute(element, name)));
        for text in self.markup.texts().into_iter().chain(attributes) {
            let says = text.split_whitespace().collect::<Vec<_>>().join(" ");
            if self.audit.signs.is_in(&says) {
                let (place, remedy) = (self.name.to_owned(), self.by_hand());
                left.push(Left { seen: self.seen, place, says, remedy });
            }
        }
    }

    fn links(&self, left: &mut Vec<Left>) {
        let links = self.elements("a[href]").into_iter();
        let addresses = links.filter_map(|link| self.markup.attribute(&link, "href"));
        for says in addresses.filter(|address| self.audit.signs.is_address(address)) {
            let place = format!("{} `a[href]`", self.name);
            left.push(Left { seen: Seen::Link, place, says, remedy: self.by_hand() });
        }
    }

    /// Adds the pictures that the page names. The brand's own are named by `title.html` alone.
    fn pictures(&self, left: &mut Vec<Left>) {
        let mut done: Vec<String> = Vec::new();
        for fact in catalogue::pictures() {
            for selector in &fact.links {
                if done.contains(selector) {
                    continue;
                }
                done.push(selector.clone());
                let attribute = if selector.starts_with("link") { "href" } else { "content" };
                let elements = self.elements(selector).into_iter();
                let addresses = elements.filter_map(|element| self.markup.attribute(&element, attribute));
                for shown in addresses.filter_map(|address| self.audit.shown(&address)) {
                    let place = format!("{} `{selector}`", self.name);
                    let seen = pictures::seen(&fact).unwrap_or(self.seen);
                    let is_ours = self.name == "title.html";
                    let remedy = if is_ours { pictures::wish(&fact) } else { self.by_hand() };
                    left.push(Left { seen, place, says: pictures::says(&fact, shown), remedy });
                }
            }
        }
    }

    /// Adds what the element `selector` says, if that names upstream.
    fn push(&self, selector: &str, says: String, remedy: Remedy, left: &mut Vec<Left>) {
        if self.audit.signs.is_in(&says) {
            let seen = match selector {
                "title" if self.name == "title.html" => Seen::Tab,
                "title" => self.seen,
                _ => Seen::LinkPreview,
            };
            left.push(Left { seen, place: format!("{} `{selector}`", self.name), says, remedy });
        }
    }

    fn elements(&self, selector: &str) -> Vec<Element> {
        self.markup.elements(selector).unwrap_or_default()
    }

    fn says(&self, element: &Element, attribute: Option<&str>) -> Option<String> {
        attribute.map_or_else(|| self.markup.content(element), |name| self.markup.attribute(element, name))
    }

    fn by_hand(&self) -> Remedy {
        Remedy::Hunk { file: self.name.to_owned() }
    }
}

/// Whether a `meta` element about `about` holds words for people.
fn is_description(about: &str) -> bool {
    let word = about.rsplit([':', '-']).next().unwrap_or(about);
    ["title", "name", "site_name", "description", "author", "alt"].contains(&word)
}

/// Whether a brand's name takes the place of all that `title` says of upstream.
fn is_renamed(title: &str) -> bool {
    let renamed = Names::new(|_| Some("-")).renamed("en", "title", title);
    renamed.is_some_and(|renamed| !crate::words::mentions(&renamed))
}
