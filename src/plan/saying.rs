//! What every page is to say, by the brand and the facts about pages.

use std::collections::{BTreeMap, BTreeSet};

use super::page::{Page, Piece, Says, What};
use super::pictures::Picture;
use super::placing::Placed;
use super::shared::Shared;
use crate::brand::BrandWish;
use crate::catalogue::{page_elements, surface};
use crate::content::Content;
use crate::digest::Digest;
use crate::edit::Wish;
use crate::fault::{Finding, Level};
use crate::markup::Markup;
use crate::raster;
use crate::site::{PICTURES, Site};
use crate::text::Text;
use crate::words::Names;

/// Wishes that found a place, by their names.
pub(super) type Carried = BTreeSet<String>;

/// What `page` is to say.
pub(super) fn says(
    page: &Page<'_>,
    shared: &Shared<'_>,
    names: &Names<'_>,
    site: &Site,
    placed: &Placed<'_>,
    carried: &mut Carried,
) -> Vec<Says> {
    let mut says = Vec::new();
    for element in page_elements().filter(|element| element.is_of(page.name())) {
        let Some(wish) = shared.said(&element.says) else { continue };
        let Some(now) = page.says(&element.element, element.attribute.as_deref()) else { continue };
        carried.insert(element.says.clone());
        let text = if element.names {
            names.renamed("en", "title", &now)
        } else {
            wish.value.as_str().map(str::to_owned)
        };
        let (selector, attribute, why) = (element.element, element.attribute, wish.wish.clone());
        says.extend(text.map(|text| Says { selector, attribute, what: What::Text(text), why }));
    }
    if page.name() == "title.html" {
        says.extend(placed.links.iter().flat_map(|(selector, link)| linked(page, site, selector, link)));
    }
    says
}

/// The element `selector` with the address of the picture `name`. A link preview needs an absolute one: on this host,
/// or where there are several on the one that was asked for.
fn linked(page: &Page<'_>, site: &Site, selector: &str, (name, why): &(String, Wish)) -> Vec<Says> {
    let one = |attribute: &str, what| Says {
        selector: selector.to_owned(),
        attribute: Some(attribute.to_owned()),
        what,
        why: why.clone(),
    };
    let attribute = address_of(selector);
    let what = match site.hosts.as_slice() {
        [] => What::Text(name.clone()),
        _ if attribute == "href" => What::Text(name.clone()),
        [host] => What::Text(format!("https://{}{}{name}", host.name, site.base)),
        [first, ..] => What::OnHost(format!("{}{name}", site.base), first.name.clone()),
    };
    // The type of the picture, where the element says one.
    let kind = page.says(selector, Some("type")).map(|_| match name.rsplit('.').next() {
        Some("svg") => "image/svg+xml",
        Some("ico") => "image/x-icon",
        _ => "image/png",
    });
    let kind = kind.map(|kind| one("type", What::Text(kind.to_owned())));
    [one(attribute, what)].into_iter().chain(kind).collect()
}

/// The attribute of such an element that holds the address.
pub(super) fn address_of(selector: &str) -> &'static str {
    if selector.starts_with("link") { "href" } else { "content" }
}

/// Files of ours that are no pictures, by their names below the web client.
pub(super) type OwnFiles = BTreeMap<String, Content>;

/// The pieces that the brand puts into each fragment, and the files that they name.
pub(super) fn pieces(
    shared: &Shared<'_>,
    files: &BTreeMap<String, Content>,
    pictures: &[Picture],
    findings: &mut Vec<Finding>,
) -> (BTreeMap<&'static str, Vec<Piece>>, OwnFiles) {
    let mut pieces: BTreeMap<&'static str, Vec<Piece>> = BTreeMap::new();
    let mut own = OwnFiles::new();
    let mut add = |fragment, text: String, why: &Wish, carries| {
        pieces.entry(fragment).or_default().push(Piece { text, why: why.clone(), carries });
    };
    if let Some(wish) = shared.wish("colors.theme") {
        let colour = wish.value.as_str().unwrap_or_default();
        add(
            "head.html",
            format!("<meta name=\"theme-color\" content=\"{colour}\">"),
            &wish.wish,
            vec!["colors.theme"],
        );
    }
    for (name, fragment) in [("page.head", "head.html"), ("page.body", "body.html")] {
        let Some(wish) = shared.wish(name) else { continue };
        if let Some(text) = source(wish, files, findings, &piece) {
            add(fragment, text, &wish.wish, vec![name]);
        }
    }
    let rules = shared.wish("page.css").and_then(|wish| {
        let text = |bytes: &Content| Ok(bytes.text().map_err(|error| error.to_string())?.as_str().to_owned());
        Some((source(wish, files, findings, &text)?, &wish.wish))
    });
    if let Some((style, why)) = style(shared, rules, pictures) {
        let digest = Digest::of(style.as_bytes());
        let name = format!("{PICTURES}/style-{}.css", digest.short());
        add(
            "plugin.head.html",
            format!("<link rel=\"stylesheet\" href=\"{name}\">"),
            why,
            vec!["page.css", "logo.wide"],
        );
        own.insert(name, Content::from(Text::from(style)));
    }
    (pieces, own)
}

/// Whether `index.html` brings in the page `name`; where there is none to look at, upstream's does.
pub(super) fn is_brought_in(site: &Site, name: &str) -> bool {
    let Some(index) = &site.index else { return true };
    let is_named = |before: char| {
        let named = format!("{before}{name}\"");
        memchr::memmem::find(&index.bytes, named.as_bytes()).is_some()
    };
    is_named('"') || is_named('/')
}

/// The lines of a piece, which must be whole in themselves.
fn piece(bytes: &Content) -> Result<String, String> {
    let text = bytes.text().map_err(|error| error.to_string())?;
    let lines = text.as_str().to_owned();
    Markup::parse(text).map_err(|error| error.to_string())?;
    Ok(lines)
}

/// The text of the file that `wish` names, as `read` reads it.
fn source(
    wish: &BrandWish,
    files: &BTreeMap<String, Content>,
    findings: &mut Vec<Finding>,
    read: &dyn Fn(&Content) -> Result<String, String>,
) -> Option<String> {
    let name = wish.value.as_str()?;
    let text = read(files.get(name)?);
    text.map_err(|error| {
        findings.push(Finding::new(Level::Error, format!("`{name}` {error}")).at(&wish.wish.place));
    })
    .ok()
}

/// The rule of a wide logo and the owner's `rules`, and the wish behind them.
fn style<'b>(
    shared: &Shared<'b>,
    rules: Option<(String, &'b Wish)>,
    pictures: &[Picture],
) -> Option<(String, &'b Wish)> {
    let wide = shared.wish("logo.wide").filter(|wish| wish.value == true.into());
    let wide = wide.and_then(|wish| Some((box_of_logo(pictures)?, &wish.wish)));
    match (wide, rules) {
        (Some((rule, _)), Some((rules, why))) => Some((rule + &rules, why)),
        (one, other) => one.or(other),
    }
}

/// The rule that gives the logo a box of its own shape, as large as the client's style allows.
fn box_of_logo(pictures: &[Picture]) -> Option<String> {
    let logo = pictures.iter().find(|picture| picture.artifact.fact.is_named_by_keys())?;
    let found = raster::measure(&logo.content)?;
    let [most_width, most_height] = surface("watermark")?.max_px?.map(f64::from);
    let [width, height] = [f64::from(found.width), f64::from(found.height)];
    let scale = (most_width / width).min(most_height / height);
    let [width, height] = [width * scale, height * scale];
    Some(format!(".leftwatermark {{ width: {width:.0}px !important; height: {height:.0}px !important }}\n"))
}
