//! The arguments, as a table of contents of what the program does.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{CommandFactory as _, FromArgMatches as _, Parser, Subcommand, ValueEnum};

/// Keep a self-hosted Jitsi Meet looking like its owner.
#[derive(Debug, Parser)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
#[command(name = "rebrand", version, max_term_width = 100)]
pub struct Args {
    /// The project: the folder with `brand/` and `patches/` [default: this folder or one above it, else etc/rebrand
    /// below the root, else /etc/rebrand]
    #[arg(short = 'C', long, global = true, value_name = "DIR")]
    pub project: Option<PathBuf>,
    /// A folder that stands for `/`
    #[arg(long, global = true, value_name = "DIR", default_value = "/")]
    pub root: PathBuf,
    /// Print one JSON document
    #[arg(long, global = true)]
    pub json: bool,
    /// When to use colours
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: Color,
    /// Refuse to work with a `brand.lock` that is not up to date
    #[arg(long, global = true)]
    pub locked: bool,
    /// Leave the network alone
    #[arg(long, global = true)]
    pub offline: bool,
    /// Say less: only errors
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// Say more: each file, host and translation of its own
    #[arg(short, long, global = true, conflicts_with = "quiet")]
    pub verbose: bool,
    /// What to do
    #[command(subcommand)]
    pub command: Command,
}

impl Args {
    /// The words `given` as arguments. Only the commands that they speak of are made at first, for each takes a copy of
    /// every option that all have; help, and what is wrong, is told by all of them.
    pub(super) fn read(given: &[OsString]) -> Result<Self, clap::Error> {
        let all = Args::command();
        let spoken_of =
            all.get_subcommands().filter(|command| given.iter().any(|word| word == command.get_name()));
        let few = clap::Command::new("rebrand").args(all.get_arguments()).subcommands(spoken_of.cloned());
        let parsed = few.try_get_matches_from(given).and_then(|matches| Args::from_arg_matches(&matches));
        parsed.or_else(|_| Args::try_parse_from(given))
    }
}

/// What to do.
#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub enum Command {
    /// What happened to each file since it was last written, and what `apply` would do
    Status {
        /// Every file, those too that are as they should be
        #[arg(long)]
        all: bool,
    },
    /// What `apply` would change: keys first, then a diff that `git apply -p1` takes
    Diff {
        /// Only these files, below the root
        #[arg(value_name = "FILE")]
        files: Vec<String>,
        /// Only the keys
        #[arg(long)]
        keys: bool,
    },
    /// Put the brand in force, in all files at once
    Apply {
        #[command(flatten)]
        write: Write,
        /// Take a package's file that was edited by hand as it is
        #[arg(long)]
        accept_base: bool,
        /// As dpkg's trigger runs it: reads /etc/rebrand alone, asks nobody, always exits 0; `status` tells what came of it
        #[arg(long, conflicts_with_all = ["accept_base", "Write"])]
        trigger: bool,
    },
    /// Say nothing and exit 0 if every wish is in force, else say what is not and exit 1
    Check {
        /// A wish that has no place in the installed version counts as not in force
        #[arg(long)]
        strict: bool,
        /// Print one line for a monitoring system, and exit as its plugins do: 0, 1, 2 or 3
        #[arg(long)]
        monitor: bool,
        /// Fetch this address as a visitor would, and check what is really served
        #[arg(long, value_name = "URL", conflicts_with_all = ["strict", "monitor"])]
        url: Option<String>,
    },
    /// Give back every file as it was shipped, byte for byte
    Restore {
        #[command(flatten)]
        write: Write,
        /// Not the shipped files, but those of this earlier generation
        #[arg(long, value_name = "N", conflicts_with = "overwrite_drift")]
        to: Option<u64>,
        /// As the removal of the package runs it: everything given back, nothing held; always exits 0
        #[arg(long, hide = true, conflicts_with = "Write")]
        trigger: bool,
    },
    /// What the next upgrade would do to the brand: the plan for a package that is not installed
    Rehearse {
        /// The packages [default: what apt would install]
        #[arg(value_name = "DEB")]
        packages: Vec<PathBuf>,
    },
    /// Upgrade Jitsi Meet by apt: refresh, rehearse, show, upgrade, apply, check
    Upgrade {
        /// Do not ask; keep configuration files as they are, and stop where a wish would be lost
        #[arg(short, long)]
        yes: bool,
        /// Restart this service afterwards; may be given several times
        #[arg(long, value_name = "NAME", value_parser = ["prosody", "jicofo", "jitsi-videobridge2"])]
        restart: Vec<String>,
    },
    /// What a key does here: its value, who set it, its type, history and comment; what a wish or a word of a line means
    Explain {
        /// The key: `defaultLogoUrl`, `deeplinking.hideLogo`; a wish: `people.remote`; a word: `renewed`
        key: String,
    },
    /// Accept what upstream changed under the brand of this site, so that `status` tells it no more
    Accept,
    /// Every place where a visitor still reads or sees upstream, and what changes it; exit 1 if something can
    Audit,
    /// Fetch the sources of pictures, make every picture, and pin them in `brand/brand.lock`
    Lock {
        /// Write nothing; exit 1 if the lock does not say what would be made
        #[arg(long, conflicts_with = "upgrade")]
        check: bool,
        /// Take sources that changed on the network, and accept what upstream changed under the brand of this site
        #[arg(long)]
        upgrade: bool,
        /// Write a page that shows every picture on what it is seen on
        #[arg(long, value_name = "FILE")]
        sheet: Option<PathBuf>,
    },
    /// Write the branded files into a folder, and touch no site
    Build {
        /// The folder
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
    },
    /// What breaks or hides the brand: the web server, permissions, other tools; exit 1 if something does
    Doctor,
    /// Start a project in this folder, or in the one that `-C` names
    Init,
    /// Play the whole round on a stand-in site that comes with the program
    Demo,
    /// Print the completions of a shell
    #[command(hide = true)]
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    #[command(hide = true)]
    Man {
        /// Write the pages of all commands, and that of brand.toml, into this folder
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
    },
}

impl Command {
    /// Whether it changes files when all goes well.
    pub(super) fn writes(&self) -> bool {
        match self {
            Command::Apply { write, .. } | Command::Restore { write, .. } => !write.dry_run,
            Command::Lock { check, .. } => !check,
            Command::Accept
            | Command::Upgrade { .. }
            | Command::Build { .. }
            | Command::Init
            | Command::Demo => true,
            Command::Status { .. }
            | Command::Diff { .. }
            | Command::Check { .. }
            | Command::Rehearse { .. }
            | Command::Explain { .. }
            | Command::Audit
            | Command::Doctor
            | Command::Completions { .. }
            | Command::Man { .. } => false,
        }
    }
}

// How something is written. No doc comment: clap would say it of every command that writes.
#[derive(Clone, Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub struct Write {
    /// Do not ask
    #[arg(short, long)]
    pub yes: bool,
    /// Show it and write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Overwrite what somebody changed by hand in the keys that are ours
    #[arg(long)]
    pub overwrite_drift: bool,
    /// Restart the services that a patch names, where it changed one of their files
    #[arg(long)]
    pub restart: bool,
    /// How long apt and dpkg are waited for when they are at work
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    pub lock_timeout: u64,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl Color {
    /// Makes it so for everything that is printed from now on.
    pub(super) fn write_global(self) {
        match self {
            Color::Auto => anstream::ColorChoice::Auto,
            Color::Always => anstream::ColorChoice::AlwaysAnsi,
            Color::Never => anstream::ColorChoice::Never,
        }
        .write_global();
    }
}
