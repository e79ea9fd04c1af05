//! English strings, which are compiled into the client: given by dynamic branding, the one way from outside.
//!
//! A successful answer replaces all that the client knows of logo and link, so both go with it.

use std::collections::BTreeMap;

use super::make::Input;
use super::older_english::{OlderHost, missing_lines};
use super::saying::OwnFiles;
use super::shared::strings as wished_strings;
use super::wishes::{FileEdits, Wishes};
use crate::brand::{Brand, BrandWish};
use crate::catalogue::{self, ConfigFile, Date};
use crate::content::Content;
use crate::digest::Digest;
use crate::edit::{Edit, Op, Wish};
use crate::fault::{Finding, Level};
use crate::js::{Document, Known};
use crate::site::{Found, PICTURES};
use crate::text::Text;
use crate::translation::strings;
use crate::value::{KeyPath, Value};
use crate::words::{Names, mentioning};

/// The keys by which a site has dynamic branding.
const KEYS: [&str; 2] = ["dynamicBrandingUrl", "brandingDataUrl"];

/// The files of a site, and how old its client is.
pub(super) struct Client<'c> {
    pub(super) interface_config: Option<&'c Document>,
    pub(super) hosts: Vec<(&'c str, Option<&'c Document>)>,
    pub(super) day: Option<Date>,
    /// The translations.
    pub(super) languages: &'c BTreeMap<String, Found>,
}

/// Adds dynamic branding to the edits of each host whose English strings are to be others; returns its files.
pub(super) fn english(
    brand: &Brand,
    shipped: Option<&Value>,
    client: &Client<'_>,
    wishes: &mut Wishes,
) -> OwnFiles {
    let mut own = OwnFiles::new();
    let mut told: Vec<Finding> = Vec::new();
    for (host, config) in &client.hosts {
        let Some(config) = config else { continue };
        let Some(labels) = labels(brand, host, shipped) else { continue };
        if brand.wish("page.english", Some(host)).is_some_and(|wish| wish.value == Value::Bool(false)) {
            let message = "English strings stay as they are, because of `page.english`";
            told.extend(labels.is_given.then(|| Finding::new(Level::Warning, message).at(&labels.why.place)));
            continue;
        }
        if client.day.is_none() || client.day < catalogue::labels_since() {
            let (name, interface_config, day) = (*host, client.interface_config, client.day);
            let older = OlderHost { name, config, interface_config, day };
            told.push(too_old(
                &labels,
                missing_lines(client.languages, brand, &older, wishes, &labels.strings),
            ));
            continue;
        }
        if let Some(finding) = hindered(config, &labels, wishes.hosts.get(*host)) {
            told.push(finding);
            continue;
        }
        let english = served("english", &labels.strings, &mut own);
        let (image, link) = (logo(client, config, host, wishes), link(client, wishes));
        let named = |(name, value): (&str, Option<Value>)| Some((name.to_owned(), value?));
        let all = Value::Object(vec![("en".to_owned(), Value::from(english.as_str()))]);
        let members = [("logoImageUrl", image), ("logoClickUrl", link), ("labels", Some(all))];
        let branding = Value::Object(members.into_iter().filter_map(named).collect());
        let address = served("branding", &branding, &mut own);
        told.extend(welcome_logo(brand, host));
        let edit = Edit {
            at: KeyPath::dotted(KEYS[0]),
            op: Op::Set(Value::from(address.as_str())),
            why: labels.why,
        };
        wishes.hosts.entry((*host).to_owned()).or_default().spliced.push(edit);
    }
    told.dedup();
    wishes.findings.extend(told);
    own
}

/// Whether `value` of `dynamicBrandingUrl` names a file of ours.
pub(super) fn is_ours(value: &Known) -> bool {
    let prefix = format!("{PICTURES}/");
    // Older programs began it with a slash, which leads past the path of a site that has one.
    let is_it = |text: &str| text.trim_start_matches('/').starts_with(&prefix);
    value.to_value().is_some_and(|value| value.as_str().is_some_and(is_it))
}

/// The strings as they are compiled in, as far as `lang/main.json` tells.
pub(super) fn shipped(input: &Input<'_>) -> Option<Value> {
    // The file is long, it is never edited, and it is read at every run: no tree is made of its syntax.
    strings(&input.site.english.as_ref()?.bytes)
}

/// English strings that are to be others, by their keys, each with the wish behind it.
pub(super) type Branded<'b> = BTreeMap<KeyPath, (String, &'b Wish)>;

/// The English strings that are to be others than `shipped`: by `names`, which `name` wishes, or as they are `given`.
pub(super) fn branded<'b>(
    shipped: Option<&Value>,
    names: &Names<'_>,
    name: Option<&'b Wish>,
    given: &[(String, &'b BrandWish)],
) -> Branded<'b> {
    let mut all = Branded::new();
    for (at, text) in shipped.map(mentioning).unwrap_or_default() {
        let renamed = names.renamed("en", &at.to_string(), text);
        all.extend(renamed.zip(name).map(|said| (at, said)));
    }
    for (key, wish) in given {
        let text = wish.value.as_str().unwrap_or_default().to_owned();
        all.insert(KeyPath::dotted(key), (text, &wish.wish));
    }
    all
}

/// English strings of a host.
struct Labels {
    strings: Value,
    why: Wish,
    /// Whether the brand gives one itself.
    is_given: bool,
}

/// The English strings that `host` is to have in place of those compiled in; none if there are none.
fn labels(brand: &Brand, host: &str, shipped: Option<&Value>) -> Option<Labels> {
    let name = |wish: &str| brand.wish(wish, Some(host))?.value.as_str();
    let names = Names::new(name);
    let given = wished_strings(brand, Some(host), "en");
    let name = brand.wish("brand.name", Some(host)).map(|wish| &wish.wish);
    let all = branded(shipped, &names, name, &given);
    let why = given.first().map(|(_, wish)| &wish.wish).or(name)?.clone();
    let mut strings = Value::Object(Vec::new());
    for (at, (text, _)) in &all {
        strings.insert(at.segments(), Value::from(text.as_str()));
    }
    (!all.is_empty()).then_some(Labels { strings, why, is_given: !given.is_empty() })
}

/// That a client takes no English strings from outside, with what else there is.
fn too_old(labels: &Labels, missing: Option<String>) -> Finding {
    let level = if labels.is_given { Level::Warning } else { Level::Note };
    let message = "English strings stay as they are: they are compiled into the client, and one of this age takes none \
                   from outside";
    let finding = Finding::new(level, message).at(&labels.why.place);
    match missing {
        Some(nothing) if nothing.is_empty() => {
            let message = "English is said by the file of British English; a browser that remembers English shows the \
                           strings that are compiled in";
            Finding::new(Level::Note, message).at(&labels.why.place)
        }
        Some(lines) => finding.hint(lines),
        None => finding,
    }
}

/// Why English strings cannot be given; none if they can.
fn hindered(config: &Document, labels: &Labels, edits: Option<&FileEdits>) -> Option<Finding> {
    let is_set = |key: &&&str| {
        let at = KeyPath::dotted(key);
        let is_active = config.value(&at).is_some_and(|value| *value != Known::Null && !is_ours(value));
        is_active || edits.is_some_and(|edits| edits.wants(&at))
    };
    let taken = KEYS.iter().find(is_set)?;
    let message =
        format!("English strings stay as they are: `{taken}` is set already, and only one answer counts");
    let hint = "give the strings in your own answer, as its `labels`, or take the key out";
    Some(Finding::new(Level::Warning, message).at(&labels.why.place).hint(hint))
}

/// Puts `value` as JSON among the files of ours, and tells its address: relative, as the client resolves it against the
/// path that the site is served below.
fn served(stem: &str, value: &Value, own: &mut OwnFiles) -> String {
    let text = serde_json::to_string_pretty(value).unwrap_or_default() + "\n";
    let name = format!("{PICTURES}/{stem}-{}.json", Digest::of(text.as_bytes()).short());
    own.insert(name.clone(), Content::from(Text::from(text)));
    name
}

/// The logo that the host will have; none if it has none.
fn logo(client: &Client<'_>, config: &Document, host: &str, wishes: &Wishes) -> Option<Value> {
    let (new, old) = (KeyPath::dotted("defaultLogoUrl"), KeyPath::dotted("DEFAULT_LOGO_URL"));
    let fallback = || catalogue::key(ConfigFile::Config, &new)?.fallback;
    let plain = |value: &Known| value.to_value();
    wishes
        .hosts
        .get(host)
        .and_then(|edits| edits.value(&new))
        .or_else(|| config.value(&new).and_then(plain))
        .or_else(|| wishes.interface_config.value(&old))
        .or_else(|| client.interface_config?.value(&old).and_then(plain))
        .or_else(fallback)
        .filter(|value| value.as_str().is_some_and(|text| !text.is_empty()))
}

/// Where the logo will lead.
fn link(client: &Client<'_>, wishes: &Wishes) -> Option<Value> {
    let at = KeyPath::dotted("JITSI_WATERMARK_LINK");
    let now = || client.interface_config?.value(&at).and_then(Known::to_value);
    wishes.interface_config.value(&at).or_else(now)
}

/// Dynamic branding gives one logo for the welcome page and for meetings.
fn welcome_logo(brand: &Brand, host: &str) -> Option<Finding> {
    let [logo, welcome] = ["logo.source", "logo.welcome"].map(|key| brand.wish(key, Some(host)));
    let welcome = welcome.filter(|welcome| logo.map(|logo| &logo.value) != Some(&welcome.value))?;
    let message = "`logo.welcome` is not seen: English strings come by dynamic branding, which shows the logo of \
                   meetings on the welcome page too";
    let hint =
        "`page.english = false` keeps the welcome logo, and leaves English strings as upstream has them";
    Some(Finding::new(Level::Warning, message).at(&welcome.wish.place).hint(hint))
}
