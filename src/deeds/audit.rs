//! `audit`: what visitors still meet of upstream on the site as it is.

use std::collections::BTreeMap;

use super::open::{Context, Trouble};
use crate::audit::{Left, Subject, audit as judge};
use crate::catalogue::{self, ConfigFile};
use crate::dating::dating;
use crate::digest::md5;
use crate::fault::{Fault, Place};
use crate::host::{self, Root};
use crate::js::{Dialect, Document, Known};
use crate::markup::Markup;
use crate::path::SitePath;
use crate::plan::receipt::Receipt;
use crate::site::{Found, Site, WEB};
use crate::text::Span;
use crate::value::{KeyPath, Value};

/// Looks at the site below the root of `context`, as it is; needs no project.
///
/// # Errors
/// When a file cannot be read, or its configuration does not parse.
pub fn audit(context: &Context) -> Result<Vec<Left>, Trouble> {
    let root = Root::open(&context.root)?;
    let receipt = host::receipt(&root)?;
    let pictures: Vec<String> = catalogue::pictures().flat_map(|fact| fact.shipped_as).collect();
    let site = host::survey(&root, pictures.iter().filter_map(|name| below_web(name)))?;
    let shared = site.interface_config.as_ref();
    let interface_config = shared.map(|found| script(found, ConfigFile::InterfaceConfig)).transpose()?;
    let hosts =
        site.hosts.iter().map(|host| Ok((host.name.as_str(), script(&host.file, ConfigFile::Config)?)));
    let hosts: Vec<(&str, Document)> = hosts.collect::<Result<_, Trouble>>()?;
    let recorded = receipt.as_ref().zip(shared).and_then(|(receipt, found)| receipt.files.get(&found.path));
    let recorded = recorded.and_then(|file| file.base.as_ref());
    let day = dating(&site, interface_config.as_ref(), recorded).map(|dating| dating.day);
    let pages: Vec<(&str, Markup)> = site.pages.iter().filter_map(page).collect();
    let languages: Vec<(&str, Option<Document>)> =
        site.languages.iter().map(|(language, found)| (language.as_str(), json(found))).collect();
    let (manifest, english) = (site.manifest.as_ref().and_then(json), site.english.as_ref().and_then(json));
    let labels = |name: &str| {
        let config = hosts.iter().find(|(host, _)| *host == name).map(|(_, config)| config);
        config.and_then(|config| labels(&root, &site, config)).unwrap_or_default()
    };
    // Without a project, or with one that does not read, the site is judged alone.
    let brand = super::project::read(context).ok().map(|(_, wanted)| wanted.brand);
    Ok(judge(&Subject {
        interface_config: interface_config.as_ref(),
        hosts: hosts.iter().map(|(host, config)| (*host, config)).collect(),
        manifest: manifest.as_ref(),
        pages: pages.iter().map(|(name, page)| (*name, page)).collect(),
        languages: languages.iter().map(|(language, strings)| (*language, strings.as_ref())).collect(),
        english: english.as_ref(),
        labels: &labels,
        is_upstreams: &|name| is_upstreams(&site, receipt.as_ref(), name),
        day,
        brand: brand.as_ref(),
    }))
}

fn below_web(name: &str) -> Option<SitePath> {
    SitePath::new(&format!("{WEB}/{name}")).ok()
}

fn script(found: &Found, file: ConfigFile) -> Result<Document, Trouble> {
    let path = found.path.as_str();
    let fault = |place, message| Trouble::Faults(vec![Fault { place, message, hint: None }]);
    let text = found
        .bytes
        .text()
        .map_err(|error| fault(Place::of(path, &"".into(), Span::empty(0)), format!("`{path}` {error}")))?;
    Document::parse(text.clone(), Dialect::Script(file.variable()))
        .map_err(|error| fault(Place::of(path, &text, error.span()), format!("`{path}` {error}")))
}

/// A page that can be read; browsers repair others in their own ways.
fn page(found: &Found) -> Option<(&str, Markup)> {
    Some((found.below_web(), Markup::parse(found.bytes.text().ok()?).ok()?))
}

fn json(found: &Found) -> Option<Document> {
    Document::parse(found.bytes.text().ok()?, Dialect::Json).ok()
}

/// Whether `name` below the web client is a picture of upstream's; nothing if it is not there.
fn is_upstreams(site: &Site, receipt: Option<&Receipt>, name: &str) -> Option<bool> {
    let found = site.found(&below_web(name)?)?;
    let digest = found.bytes.digest();
    let is_ours = receipt
        .and_then(|receipt| receipt.files.get(&found.path))
        .is_some_and(|file| file.written == *digest);
    let is_package = || found.package_md5.as_ref().map(|sum| *sum == md5(&found.bytes));
    if is_ours || name.starts_with(crate::site::PICTURES) {
        return Some(false);
    }
    if catalogue::is_shipped_picture(digest) { Some(true) } else { is_package() }
}

/// The English strings that dynamic branding gives, where its files lie on this site.
fn labels(root: &Root, site: &Site, config: &Document) -> Option<BTreeMap<String, String>> {
    let address = config.value(&KeyPath::dotted("dynamicBrandingUrl")).and_then(Known::to_value)?;
    let branding = served(root, site, address.as_str()?)?;
    let labels = served(root, site, branding.member("labels")?.member("en")?.as_str()?)?;
    let string = |(at, value): (KeyPath, Value)| Some((at.to_string(), value.as_str()?.to_owned()));
    Some(labels.leaves(&KeyPath::default()).into_iter().filter_map(string).collect())
}

/// The JSON at an address of this site.
fn served(root: &Root, site: &Site, address: &str) -> Option<Value> {
    let below = address.strip_prefix(&site.base).or_else(|| address.strip_prefix('/'));
    let path = below_web(below.unwrap_or(address))?;
    let bytes = site.found(&path).map(|found| found.bytes.clone());
    let bytes = bytes.or_else(|| root.read(&path).ok().flatten())?;
    serde_json::from_slice(&bytes).ok()
}
