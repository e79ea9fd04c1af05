//! Wishes for the files that all hosts of a machine share: pages, translations, `manifest.json`, pictures.

use crate::brand::{Brand, BrandWish};
use crate::fault::{Finding, Level};
use crate::site::Site;
use crate::words::Names;

/// The brand, as far as all hosts here agree.
pub(super) struct Shared<'b> {
    brand: &'b Brand,
    hosts: Vec<&'b str>,
}

/// The keys that only such files carry, and what they are in.
const ONLY_SHARED: [(&str, &str); 12] = [
    ("brand.name", "`title.html`, `manifest.json` and the translations"),
    ("brand.short-name", "`manifest.json` and the translations"),
    ("brand.description", "`title.html`"),
    ("colors.theme", "`manifest.json` and `head.html`"),
    ("logo.icon", "`title.html` and `manifest.json`"),
    ("logo.social", "`title.html`"),
    ("logo.background", "the app icons"),
    ("logo.welcome-background", "the picture behind the welcome page"),
    ("logo.wide", "`plugin.head.html`"),
    ("page.css", "`plugin.head.html`"),
    ("page.head", "`head.html`"),
    ("page.body", "`body.html`"),
];

impl<'b> Shared<'b> {
    pub(super) fn new(brand: &'b Brand, site: &'b Site) -> Self {
        Shared { brand, hosts: site.hosts.iter().map(|host| host.name.as_str()).collect() }
    }

    /// The wish `name` if all hosts here have it alike.
    pub(super) fn wish(&self, name: &str) -> Option<&'b BrandWish> {
        self.agreed(name).ok().flatten()
    }

    /// What a place says that is for the line `says` of the brand: a description and a short name default to the name.
    pub(super) fn said(&self, says: &str) -> Option<&'b BrandWish> {
        let is_name = matches!(says, "brand.description" | "brand.short-name");
        self.wish(says).or_else(|| self.wish("brand.name").filter(|_| is_name))
    }

    /// The names that take the place of upstream's.
    pub(super) fn names(&self) -> Names<'b> {
        Names::new(|wish| self.wish(wish)?.value.as_str())
    }

    /// The wishes for the strings of `language`, each with the key of its string.
    pub(super) fn strings(&self, language: &str) -> Vec<(String, &'b BrandWish)> {
        strings(self.brand, self.hosts.first().copied(), language)
            .into_iter()
            .filter(|(_, wish)| self.wish(&wish.path.to_string()).is_some())
            .collect()
    }

    /// The languages for which there are strings.
    pub(super) fn languages(&self) -> Vec<(&'b str, &'b BrandWish)> {
        let mut languages: Vec<(&str, &BrandWish)> = Vec::new();
        for wish in &self.brand.wishes {
            if let [table, language, _] = wish.path.segments()
                && table == "text"
                && !languages.iter().any(|(known, _)| known == language)
            {
                languages.push((language, wish));
            }
        }
        languages
    }

    /// The wishes on which hosts here do not agree, though nothing can differ between them.
    pub(super) fn disagreements(&self) -> Vec<Finding> {
        let texts = self.brand.wishes.iter().filter(|wish| wish.site.is_some() && is_translation(wish));
        let texts = texts.map(|wish| (wish.path.to_string(), "the translations"));
        let keys = ONLY_SHARED.iter().map(|(name, files)| ((*name).to_owned(), *files));
        let mut found: Vec<Finding> = Vec::new();
        for (name, files) in keys.chain(texts) {
            let Err(wish) = self.agreed(&name) else { continue };
            let message = format!("`{name}` differs between the hosts here, which share {files}");
            let hint = "give all hosts of this machine one value, or serve the other host from a web root of its own, \
                        with a project and a `--root` for it";
            found.push(Finding::new(Level::Error, message).at(&wish.wish.place).hint(hint));
        }
        found
    }

    /// The wish that all hosts have alike; one of those that differ as an error.
    fn agreed(&self, name: &str) -> Result<Option<&'b BrandWish>, &'b BrandWish> {
        let Some((first, others)) = self.hosts.split_first() else { return Ok(self.brand.wish(name, None)) };
        let wish = self.brand.wish(name, Some(first));
        for host in others {
            let other = self.brand.wish(name, Some(host));
            if other.map(|wish| &wish.value) != wish.map(|wish| &wish.value) {
                let own = [other, wish].into_iter().flatten().find(|wish| wish.site.is_some());
                return own.or(other).or(wish).map_or(Ok(None), Err);
            }
        }
        Ok(wish)
    }
}

/// The wishes of `host` for the strings of `language`, each with the key of its string.
pub(super) fn strings<'b>(
    brand: &'b Brand,
    host: Option<&str>,
    language: &str,
) -> Vec<(String, &'b BrandWish)> {
    let of = |wish: &'b BrandWish| match wish.path.segments() {
        [table, of, key] if table == "text" && of == language => Some((key.clone(), wish)),
        _ => None,
    };
    brand.in_force(host).into_iter().filter_map(of).collect()
}

/// Whether `wish` is for a string of a file below `lang/`. English ones are given by dynamic branding, host by host.
fn is_translation(wish: &BrandWish) -> bool {
    matches!(wish.path.segments(), [table, language, _] if table == "text" && language != "en")
}
