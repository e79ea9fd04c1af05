//! The values that the client of a host goes by, whichever of an old and a new key holds them.

use super::Subject;
use crate::catalogue::{self, Carry, ConfigFile, Date, Predecessor, Rule, Setting};
use crate::js::{Document, Known};
use crate::value::{KeyPath, Value};

/// The client as the visitors of one host get it.
pub(super) struct Client<'a> {
    interface_config: Option<&'a Document>,
    /// None on a site without hosts.
    pub(super) host: Option<(&'a str, &'a Document)>,
    pub(super) day: Option<Date>,
}

/// What a key holds.
pub(super) enum Held<'a> {
    /// This value, which this key has.
    Set { file: ConfigFile, path: KeyPath, value: &'a Known },
    /// Nothing, though the client looks for it.
    Unset,
    /// Nothing that the client looks for.
    Unread,
    /// What only running the client would tell.
    Unknown,
}

impl<'a> Client<'a> {
    /// One for each host; one without, where there are none.
    pub(super) fn all(subject: &Subject<'a>) -> Vec<Self> {
        let of = |host| Client { interface_config: subject.interface_config, host, day: subject.day };
        match subject.hosts.as_slice() {
            [] => vec![of(None)],
            hosts => hosts.iter().map(|host| of(Some(*host))).collect(),
        }
    }

    /// What the client takes for the key `path` of `file`, or for one that it took the place of.
    pub(super) fn held(&self, file: ConfigFile, path: &KeyPath) -> Held<'a> {
        let is_read = self.reads(file, path);
        let own = self.value(file, path).filter(|_| is_read);
        let olds = catalogue::predecessors(file, path).into_iter();
        let old = olds.filter(|old| self.counts(old, is_read, own.is_some())).find_map(|old| {
            let value = self.value(old.file, &old.path)?;
            Some(Held::Set { file: old.file, path: old.path, value })
        });
        let own = || own.map(|value| Held::Set { file, path: path.clone(), value });
        old.or_else(own).unwrap_or_else(|| self.without(file, path, is_read))
    }

    /// Whether `old` counts, where the client looks for its successor if `is_read`, and finds it if `is_set`.
    fn counts(&self, old: &Predecessor, is_read: bool, is_set: bool) -> bool {
        let is_carried = old.carry == Carry::Same && self.reads(old.file, &old.path);
        is_carried
            && match old.rule {
                Rule::OldWins => true,
                _ if is_set => false,
                Rule::NewWins | Rule::Merged => true,
                Rule::OnlyIfParentAbsent => {
                    let object = old.switched_off_by();
                    !is_read || object.is_none_or(|object| self.value(ConfigFile::Config, &object).is_none())
                }
                Rule::NotTranslated => self.day.is_none_or(|day| {
                    let key = catalogue::key(old.file, &old.path);
                    key.and_then(|key| key.unread_since(old.since)).is_none_or(|since| day < since)
                }),
            }
    }

    /// Whether the client looks for the key at all; where its age is not known, it does.
    fn reads(&self, file: ConfigFile, path: &KeyPath) -> bool {
        let Some(day) = self.day else { return true };
        let first = catalogue::key(file, path).and_then(|key| key.states.first().map(|state| state.since));
        first.is_none_or(|first| first <= day)
    }

    fn without(&self, file: ConfigFile, path: &KeyPath, is_read: bool) -> Held<'a> {
        let root = self.document(file).and_then(|document| document.value(&KeyPath::default()));
        match root {
            _ if !is_read => Held::Unread,
            Some(root) if root.is_open_at(path) => Held::Unknown,
            _ => Held::Unset,
        }
    }

    fn document(&self, file: ConfigFile) -> Option<&'a Document> {
        match file {
            ConfigFile::InterfaceConfig => self.interface_config,
            ConfigFile::Config => self.host.map(|(_, config)| config),
        }
    }

    fn value(&self, file: ConfigFile, path: &KeyPath) -> Option<&'a Known> {
        self.document(file)?.value(path)
    }

    /// Whether all of `when` is so, and nothing of `unless`.
    pub(super) fn shows(&self, when: &[Setting], unless: &[Setting]) -> bool {
        when.iter().all(|setting| self.is(setting)) && !unless.iter().any(|setting| self.is(setting))
    }

    /// Whether the client certainly goes by `setting`.
    fn is(&self, setting: &Setting) -> bool {
        let held = match self.held(setting.file, &setting.path) {
            Held::Set { value, .. } => value.to_value(),
            Held::Unset => self.fallback(setting.file, &setting.path),
            Held::Unread | Held::Unknown => None,
        };
        held.as_ref() == Some(&setting.is)
    }

    /// Whether the switch `path` is at `value`: one that the client does not look for is off.
    pub(super) fn is_at(&self, file: ConfigFile, path: &KeyPath, value: bool) -> bool {
        match self.held(file, path) {
            Held::Set { value: held, .. } => held.to_value() == Some(Value::Bool(value)),
            Held::Unset => self.fallback(file, path) == Some(Value::Bool(value)),
            Held::Unread => !value,
            Held::Unknown => false,
        }
    }

    /// The address that the client takes for the key `path`.
    pub(super) fn address(&self, file: ConfigFile, path: &KeyPath) -> Option<String> {
        let held = match self.held(file, path) {
            Held::Set { value, .. } => value.to_value(),
            Held::Unset => self.fallback(file, path),
            Held::Unread | Held::Unknown => None,
        };
        held.and_then(|value| Some(value.as_str()?.to_owned()))
    }

    /// The key `path`, or the one before it that the client of this age looks for.
    pub(super) fn key_of_age(&self, file: ConfigFile, path: &KeyPath) -> (ConfigFile, KeyPath) {
        let olds = catalogue::predecessors(file, path).into_iter();
        let old = olds.map(|old| (old.file, old.path)).find(|(file, path)| self.reads(*file, path));
        old.filter(|_| !self.reads(file, path)).unwrap_or_else(|| (file, path.clone()))
    }

    /// What a client of a known age takes while the key is unset.
    pub(super) fn fallback(&self, file: ConfigFile, path: &KeyPath) -> Option<Value> {
        self.day?;
        catalogue::key(file, path)?.fallback
    }

    /// Whether an answer of dynamic branding is asked for that is not ours, by a client that goes by it since `since`.
    pub(super) fn is_branded_elsewhere(&self, since: Option<Date>, subject: &Subject<'_>) -> bool {
        let path = KeyPath::dotted("dynamicBrandingUrl");
        let is_asked = || match self.value(ConfigFile::Config, &path) {
            Some(Known::String(address)) => !address.is_empty(),
            Some(value) => !matches!(value, Known::Null | Known::Bool(_)),
            None => false,
        };
        let is_ours = || self.host.is_some_and(|(host, _)| !(subject.labels)(host).is_empty());
        since.is_some_and(|since| self.day.is_none_or(|day| since <= day)) && is_asked() && !is_ours()
    }

    /// The key as a person names it.
    pub(super) fn place(&self, file: ConfigFile, path: &KeyPath) -> String {
        match (file, self.host) {
            (ConfigFile::Config, Some((host, _))) => format!("{file} `{path}` of {host}"),
            _ => format!("{file} `{path}`"),
        }
    }
}
