//! `rebrand` keeps a self-hosted Jitsi Meet looking like its owner.
//!
//! The library behind the command of the same name. `ARCHITECTURE.md` is the map: the modules below are
//! listed floor by floor, and a module imports only from its own floor or a lower one.

// Floor 0: words.
pub mod content;
pub mod digest;
pub mod edit;
pub mod fault;
pub mod path;
pub mod text;
pub mod value;

// Floor 1: crafts.
pub mod hunk;
pub mod js;
pub mod markup;
pub mod raster;
pub mod toml;
pub mod webserver;

// Floor 2: rooms.
pub mod brand;
pub mod catalogue;
pub mod lock;
pub mod patch;
pub mod site;

// Floor 3: judgement.
pub mod artifact;
pub mod audit;
pub mod base;
pub mod dating;
pub mod doctor;
pub mod effect;
pub mod ground;
pub mod lint;
pub mod plan;
pub mod served;
pub mod surface;
pub mod target;
pub mod translation;
pub mod words;

// Floor 4: hands.
pub mod host;

// Floor 5: deeds.
pub mod deeds;
pub mod demo;

// Floor 6: voice.
pub mod cli;
pub mod report;
