//! `explain`: what a key does here.

use super::explain_wish::{WishExplanation, explain_wish};
use super::open::{Context, Opened, Trouble, open, open_site};
use super::project::find;
use crate::brand::KEYS;
use crate::catalogue::{self, ConfigFile, Key};
use crate::edit::Wish;
use crate::host::Root;
use crate::js::{Dialect, Document, Documentation, Known};
use crate::path::SitePath;
use crate::site::Found;
use crate::toml::nearest as nearest_name;
use crate::value::KeyPath;

/// A key, in one file of the site.
pub struct Explanation {
    /// Which of the two files.
    pub file: ConfigFile,
    /// The file itself.
    pub path: SitePath,
    /// The key.
    pub at: KeyPath,
    /// The value in force; none if the key is not set.
    pub value: Option<Known>,
    /// The wish that set it, or would.
    pub wish: Option<Wish>,
    /// Whether that wish is in force.
    pub is_ours: bool,
    /// What the catalogue knows.
    pub key: Option<Key>,
    /// What upstream's comment says, in the installed file.
    pub documentation: Option<Documentation>,
}

/// What is known of a name.
pub struct Answer {
    /// The key, in every file that it is known for.
    pub found: Vec<Explanation>,
    /// Where it is known for none, the keys of nearly that name.
    pub near: Vec<(ConfigFile, KeyPath)>,
    /// The wish of that name.
    pub wish: Option<WishExplanation>,
    /// Where there is none, the key of the brand of nearly that name.
    pub near_wish: Option<&'static str>,
}

/// Whether both are the name of one wish; in the quotes of a path people need not agree.
pub(super) fn same_name(one: &str, other: &str) -> bool {
    one.replace('"', "") == other.replace('"', "")
}

/// Explains the key `name` in every file that has it, documents it, or that the catalogue has it for.
///
/// # Errors
/// When the site cannot be read.
pub fn explain(context: &Context, name: &str) -> Result<Answer, Trouble> {
    let at = KeyPath::dotted(name);
    // A site without a project can be asked too.
    let (opened, plan) = match find(context) {
        Ok(_) => {
            let opened = open(context)?;
            let plan = opened.plan();
            (opened, Some(plan))
        }
        Err(_) => (open_site(Root::open(&context.root)?, context)?, None),
    };
    let wish = |path: &SitePath| {
        let file = plan.as_ref()?.files.iter().find(|file| file.path == *path)?;
        let change = file.changes.iter().find(|change| change.edit.at == at)?;
        Some((change.edit.why.clone(), change.new.clone()))
    };
    let mut found = Vec::new();
    for (file, installed) in files(&opened) {
        let document = document(file, installed);
        let value = document.as_ref().and_then(|document| document.value(&at)).cloned();
        let documentation = document.as_ref().and_then(|document| document.documentation(&at));
        let key = catalogue::key(file, &at);
        let wished = wish(&installed.path);
        if value.is_none() && documentation.is_none() && key.is_none() && wished.is_none() {
            continue;
        }
        let is_ours =
            wished.as_ref().is_some_and(|(_, new)| *new == value.as_ref().and_then(Known::to_value));
        let (path, wish) = (installed.path.clone(), wished.map(|(wish, _)| wish));
        found.push(Explanation { file, path, at: at.clone(), value, wish, is_ours, key, documentation });
    }
    let asked = explain_wish(&opened, plan.as_ref(), name);
    let is_known = !found.is_empty() || asked.is_some();
    let near = if is_known { Vec::new() } else { nearest(&at) };
    let names = KEYS.iter().map(|key| key.name).filter(|_| !is_known && name.contains('.'));
    Ok(Answer { found, near, wish: asked, near_wish: nearest_name(name, names) })
}

fn files(opened: &Opened) -> Vec<(ConfigFile, &Found)> {
    let hosts = opened.site.hosts.iter().map(|host| (ConfigFile::Config, &host.file));
    let shared = opened.site.interface_config.iter().map(|found| (ConfigFile::InterfaceConfig, found));
    shared.chain(hosts).collect()
}

fn document(file: ConfigFile, found: &Found) -> Option<Document> {
    let text = found.bytes.text().ok()?;
    Document::parse(text, Dialect::Script(file.variable())).ok()
}

fn nearest(at: &KeyPath) -> Vec<(ConfigFile, KeyPath)> {
    ConfigFile::ALL.into_iter().filter_map(|file| Some((file, catalogue::nearest(file, at)?))).collect()
}
