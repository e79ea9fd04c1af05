//! Looking at a site: what its files show. No single one of them makes a Jitsi Meet, and each may be missing.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use url::Url;

use super::dpkg::WEB_PACKAGE;
use super::error::Error;
use super::layout::Layout;
use super::root::Root;
use super::state::site_path;
use crate::markup::Markup;
use crate::path::SitePath;
use crate::site::{FRAGMENTS, Found, HOST_SUFFIX, HOSTS, Host, PICTURES, Shipped, Site, WEB};

/// Looks at the Jitsi Meet below `root`, and at those of `others` that are there.
///
/// # Errors
/// When there is none, or a file of it cannot be read.
pub fn survey(root: &Root, others: impl Iterator<Item = SitePath>) -> Result<Site, Error> {
    let site = survey_remains(root, others)?;
    if site.interface_config.is_some() {
        return Ok(site);
    }
    let path = site_path(&format!("{WEB}/interface_config.js"))?;
    // A package that is installed brings it, so somebody took it away.
    if site.gone.contains(&path) {
        return Err(Error::NotWhole(root.at(&path)));
    }
    // Upstream calls that file deprecated: a release may come without it.
    if site.index.is_some() { Ok(site) } else { Err(Error::NoSite(root.at(&site_path(WEB)?))) }
}

/// Looks at what is there, a client or not.
///
/// # Errors
/// When a file cannot be read.
pub fn survey_remains(root: &Root, others: impl Iterator<Item = SitePath>) -> Result<Site, Error> {
    let sums = md5sums(root)?;
    let layout = Layout::read(root)?;
    let any = |path: SitePath| -> Result<Option<Found>, Error> {
        let package_md5 = sums.get(path.as_str()).cloned();
        let shipped = layout.shipped(&path)?;
        let package = if let Shipped::Beside(package) = &shipped { package.clone() } else { None };
        let bytes = root.read(&layout.served(&path)?)?.or(package);
        Ok(bytes.map(|bytes| Found { path, bytes, package_md5, shipped }))
    };
    // What is ours alone is no page and no translation any more.
    let found = |path: SitePath| any(path).map(|found| found.filter(Found::is_shipped));
    let index = found(site_path(&format!("{WEB}/index.html"))?)?;
    let mut others: BTreeSet<SitePath> = others.collect();
    for name in root.list(&site_path(&format!("{WEB}/{PICTURES}"))?)? {
        others.extend(SitePath::new(&format!("{WEB}/{PICTURES}/{name}")));
    }
    let (hosts, dangling) = hosts(root)?;
    let mut site = Site {
        interface_config: found(site_path(&format!("{WEB}/interface_config.js"))?)?,
        hosts,
        dangling,
        manifest: found(site_path(&format!("{WEB}/manifest.json"))?)?,
        pages: pages(&layout)?
            .into_iter()
            .filter_map(|path| found(path).transpose())
            .collect::<Result<_, _>>()?,
        languages: languages(&layout, &found)?,
        english: found(site_path(&format!("{WEB}/lang/main.json"))?)?,
        base: found(site_path(&format!("{WEB}/base.html"))?)?
            .and_then(|found| base(&found))
            .unwrap_or("/".to_owned()),
        web_version: web_version(root)?,
        build: index.as_ref().and_then(build),
        index,
        gone: Vec::new(),
        others: BTreeMap::new(),
    };
    site.gone = gone(&site, &sums)?;
    // A file that is edited is not read again as one that an earlier run wrote.
    others.retain(|path| !site.is_text(path));
    for path in others {
        site.others.extend(any(path)?.map(|found| (found.path.clone(), found)));
    }
    Ok(site)
}

/// Files that the package brings, as dpkg's `sums` have them, and that are not there.
fn gone(site: &Site, sums: &HashMap<String, String>) -> Result<Vec<SitePath>, Error> {
    let is_here = |path: &SitePath| {
        site.found(path).is_some() || site.index.as_ref().is_some_and(|index| index.path == *path)
    };
    let names = FRAGMENTS.into_iter().chain(["interface_config.js", "index.html", "manifest.json"]);
    let paths = names.map(|name| site_path(&format!("{WEB}/{name}"))).collect::<Result<Vec<_>, _>>()?;
    Ok(paths.into_iter().filter(|path| sums.contains_key(path.as_str()) && !is_here(path)).collect())
}

/// Every host, by name, and links that lead to no host's file. Names that links make the same file are one host, called
/// by the file's own name if it has one.
fn hosts(root: &Root) -> Result<(Vec<Host>, Vec<SitePath>), Error> {
    let mut paths: BTreeMap<SitePath, SitePath> = BTreeMap::new();
    for file in root.list(&site_path(HOSTS)?)? {
        if file.starts_with('.') || host_name(&file).is_none() {
            continue;
        }
        // A name with a line break is no host's.
        let Ok(path) = SitePath::new(&format!("{HOSTS}/{file}")) else { continue };
        let real = root.real(&path)?;
        if real == path || !paths.contains_key(&real) {
            paths.insert(real, path);
        }
    }
    let (mut hosts, mut dangling) = (Vec::new(), Vec::new());
    for path in paths.into_values() {
        let bytes = match root.read(&path) {
            Ok(Some(bytes)) => bytes,
            Ok(None) => {
                dangling.push(path);
                continue;
            }
            // A folder is no host.
            Err(Error::NotAFile(_)) => continue,
            Err(error) => return Err(error),
        };
        let Some(name) = host_name(path.name()).map(str::to_owned) else { continue };
        hosts.push(Host { name, file: Found { path, bytes, package_md5: None, shipped: Shipped::Here } });
    }
    hosts.sort_by(|one, other| one.name.cmp(&other.name));
    Ok((hosts, dangling))
}

fn host_name(file: &str) -> Option<&str> {
    file.strip_suffix(HOST_SUFFIX).filter(|name| !name.is_empty())
}

/// dpkg's sums of the package's files, by their path.
fn md5sums(root: &Root) -> Result<HashMap<String, String>, Error> {
    let text = read_text(root, &format!("var/lib/dpkg/info/{WEB_PACKAGE}.md5sums"))?;
    let line = |line: &str| line.split_once("  ").map(|(sum, path)| (path.to_owned(), sum.to_owned()));
    Ok(text.lines().filter_map(line).collect())
}

/// The version of the package, if dpkg has it installed.
fn web_version(root: &Root) -> Result<Option<String>, Error> {
    let text = read_text(root, "var/lib/dpkg/status")?;
    let first = format!("Package: {WEB_PACKAGE}\n");
    // The file is long, so it is searched and not split.
    let at = if text.starts_with(&first) { Some(0) } else { text.find(&format!("\n{first}")) };
    let entry = at.and_then(|at| text.get(at..)).map(|rest| rest.trim_start_matches('\n'));
    let fields: HashMap<&str, &str> = entry
        .into_iter()
        .flat_map(|entry| entry.lines().take_while(|line| !line.is_empty()))
        .filter_map(|line| line.split_once(": "))
        .collect();
    let is_installed = fields.get("Status").is_some_and(|status| status.ends_with(" installed"));
    Ok(fields.get("Version").filter(|_| is_installed).map(|version| (*version).to_owned()))
}

/// The pages that may say something of the brand.
fn pages(layout: &Layout) -> Result<Vec<SitePath>, Error> {
    let statics = layout.list(&site_path(&format!("{WEB}/static"))?)?;
    let statics = statics.iter().filter(|name| name.rsplit_once('.').is_some_and(|(_, end)| end == "html"));
    let names = FRAGMENTS.iter().map(|name| (*name).to_owned());
    let names = names.chain(statics.map(|name| format!("static/{name}")));
    names.map(|name| site_path(&format!("{WEB}/{name}"))).collect()
}

/// The translations, by their language.
fn languages(
    layout: &Layout,
    found: &dyn Fn(SitePath) -> Result<Option<Found>, Error>,
) -> Result<BTreeMap<String, Found>, Error> {
    let mut languages = BTreeMap::new();
    for name in layout.list(&site_path(&format!("{WEB}/lang"))?)? {
        let language = name.strip_prefix("main-").and_then(|rest| rest.strip_suffix(".json"));
        if let Some(language) = language.filter(|language| !language.is_empty()) {
            let file = found(site_path(&format!("{WEB}/lang/{name}"))?)?;
            languages.extend(file.map(|file| (language.to_owned(), file)));
        }
    }
    Ok(languages)
}

/// The path of the address that `base.html` gives all others, if it gives one.
fn base(found: &Found) -> Option<String> {
    let page = Markup::parse(found.bytes.text().ok()?).ok()?;
    let href = page.attribute(page.elements("base[href]").ok()?.first()?, "href")?;
    // What a server puts in is known to it alone.
    let url =
        Url::parse("https://site.invalid/").ok()?.join(&href).ok().filter(|_| !href.contains("<!--#"))?;
    let folder = url.path().get(..=url.path().rfind('/')?)?;
    Some(folder.to_owned())
}

/// The build number that `index.html` asks its files with: `libs/app.bundle.min.js?v=9268`.
fn build(index: &Found) -> Option<u32> {
    let text = String::from_utf8_lossy(&index.bytes);
    ["app.bundle", "all.css"].iter().find_map(|file| {
        let rest = text.get(text.find(file)?..)?;
        let address = rest.split(['"', '\'', '>']).next()?;
        let (_, number) = address.split_once("?v=")?;
        number.split(|letter: char| !letter.is_ascii_digit()).next()?.parse().ok()
    })
}

/// The text of a file that only helps to explain; empty if it is not there.
fn read_text(root: &Root, path: &str) -> Result<String, Error> {
    let bytes = root.read(&site_path(path)?)?;
    Ok(bytes.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::Content;

    #[test]
    fn a_base_is_resolved_as_browsers_do() {
        for (page, wanted) in [
            ("<base href=\"/meet/\" />", Some("/meet/")),
            ("\u{feff}<BASE HREF='/a/b/index.html'>", Some("/a/b/")),
            ("<!-- <base href=\"/no/\"> --><base href=\"https://x.example/meet/\">", Some("/meet/")),
            ("<base href=\"//x.example/meet/\">", Some("/meet/")),
            ("<base href=\"meet/../m\u{fc}/\">", Some("/m%C3%BC/")),
            ("<base href=\"/meet\">", Some("/")),
            ("<base href=\"<!--# echo var='p' -->/\">", None),
            ("<base target=\"_blank\">", None),
            ("", None),
        ] {
            let path = site_path("usr/share/jitsi-meet/base.html").unwrap();
            let found = Found { path, bytes: Content::from(page), package_md5: None, shipped: Shipped::Here };
            assert_eq!(base(&found).as_deref(), wanted, "{page}");
        }
    }
}
