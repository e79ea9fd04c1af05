//! The known mistakes of the catalogue: each is told where it is made, and nowhere else.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod branded;
mod cases;
mod doubt;
mod readers;
mod silencing;
#[path = "../skip/mod.rs"]
mod skip;
mod stock;
mod wording;

use rebrand::catalogue::ConfigFile;
use rebrand::js::{Dialect, Document};
use rebrand::lint::{Mistake, Outcome, mistakes};
use rebrand::text::Text;
use rebrand::value::{KeyPath, Value};

/// The files of a site with one host, each as source. What is not given is as good as empty.
#[derive(Clone, Debug)]
struct Files {
    interface_config: String,
    shipped: String,
    config: String,
    /// None where nobody knows it.
    base: Option<String>,
    title: String,
    missing: Vec<&'static str>,
    wished: Vec<(ConfigFile, KeyPath, Value)>,
    day: Option<&'static str>,
}

const HOST: &str = "meet.example.org";

/// A site of the newest client, with members of both files as somebody changed them, and as upstream has them.
fn site(interface_config: &str, config: &str) -> Files {
    Files {
        interface_config: format!("var interfaceConfig = {{ {interface_config} }};"),
        shipped: "var interfaceConfig = {};".to_owned(),
        config: format!("var config = {{ {config} }};"),
        base: Some("var config = {};".to_owned()),
        title: String::new(),
        missing: Vec::new(),
        wished: Vec::new(),
        day: Some("2026-08-07"),
    }
}

impl Files {
    /// With these members of `interface_config.js` shipped.
    fn shipped(self, members: &str) -> Self {
        Files { shipped: format!("var interfaceConfig = {{ {members} }};"), ..self }
    }

    /// With these members of `config.js` there before us.
    fn based(self, members: &str) -> Self {
        Files { base: Some(format!("var config = {{ {members} }};")), ..self }
    }

    /// With this source of `config.js`, before us and after.
    fn config(self, source: &str) -> Self {
        Files { config: source.to_owned(), base: Some(source.to_owned()), ..self }
    }

    /// With this source of `interface_config.js`, before us and after.
    fn interface_config(self, source: &str) -> Self {
        Files { interface_config: source.to_owned(), shipped: source.to_owned(), ..self }
    }

    /// With nothing known of `config.js` before us.
    fn baseless(self) -> Self {
        Files { base: None, ..self }
    }

    fn title(self, title: &str) -> Self {
        Files { title: title.to_owned(), ..self }
    }

    fn missing(self, file: &'static str) -> Self {
        Files { missing: vec![file], ..self }
    }

    fn wishing(mut self, file: ConfigFile, path: &str, value: impl Into<Value>) -> Self {
        self.wished.push((file, KeyPath::dotted(path), value.into()));
        self
    }

    fn on(self, day: &'static str) -> Self {
        Files { day: Some(day), ..self }
    }

    fn undated(self) -> Self {
        Files { day: None, ..self }
    }

    /// The mistakes that are made here.
    fn mistakes(&self) -> Vec<Mistake> {
        let interface_config = read(&self.interface_config, ConfigFile::InterfaceConfig);
        let shipped = read(&self.shipped, ConfigFile::InterfaceConfig);
        let config = read(&self.config, ConfigFile::Config);
        let base = self.base.as_ref().map(|base| read(base, ConfigFile::Config));
        let title = Text::from(self.title.as_str());
        mistakes(&Outcome {
            interface_config: Some(&interface_config),
            shipped_interface_config: Some(&shipped),
            hosts: vec![(HOST, &config)],
            bases: base.iter().map(|base| (HOST, base)).collect(),
            assets: vec![("title.html", &title)],
            missing: self.missing.clone(),
            wished: self.wished.clone(),
            day: self.day.map(|day| day.parse().unwrap()),
        })
    }

    /// The one mistake that `id` names.
    fn only(&self, id: &str) -> Mistake {
        let found: Vec<Mistake> = self.mistakes().into_iter().filter(|mistake| mistake.id == id).collect();
        assert_eq!(found.len(), 1, "{id}: {found:#?}\n{self:#?}");
        found.into_iter().next().unwrap()
    }

    fn ids(&self) -> Vec<String> {
        self.mistakes().into_iter().map(|mistake| mistake.id).collect()
    }
}

fn read(source: &str, file: ConfigFile) -> Document {
    Document::parse(Text::from(source), Dialect::Script(file.variable()))
        .unwrap_or_else(|error| panic!("{error}\n{source}"))
}
