//! The two files that a Jitsi Meet is configured by.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::table::Table;

/// One of the two configuration files of the web client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConfigFile {
    /// `interface_config.js`: one for all hosts, replaced at every upgrade.
    InterfaceConfig,
    /// `config.js`: one per host, made once and kept.
    Config,
}

impl ConfigFile {
    /// Both files.
    pub const ALL: [ConfigFile; 2] = [ConfigFile::InterfaceConfig, ConfigFile::Config];

    /// The JavaScript variable that the file declares.
    #[must_use]
    pub fn variable(self) -> &'static str {
        match self {
            ConfigFile::InterfaceConfig => "interfaceConfig",
            ConfigFile::Config => "config",
        }
    }

    /// What upstream calls the file.
    #[must_use]
    pub fn file_name(self) -> &'static str {
        match self {
            ConfigFile::InterfaceConfig => "interface_config.js",
            ConfigFile::Config => "config.js",
        }
    }

    /// The other one of the two.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            ConfigFile::InterfaceConfig => ConfigFile::Config,
            ConfigFile::Config => ConfigFile::InterfaceConfig,
        }
    }

    /// The keys of the file.
    pub(super) fn table(self) -> &'static Table {
        static INTERFACE_CONFIG: Table = Table(include_str!("data/interface_config.jsonl"));
        static CONFIG: Table = Table(include_str!("data/config.jsonl"));
        match self {
            ConfigFile::InterfaceConfig => &INTERFACE_CONFIG,
            ConfigFile::Config => &CONFIG,
        }
    }
}

/// Prints the file's name.
impl fmt::Display for ConfigFile {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.file_name())
    }
}
