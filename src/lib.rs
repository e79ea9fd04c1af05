//! `rebrand` keeps a self-hosted Jitsi Meet looking like its owner.
//!
//! The library behind the command of the same name. `ARCHITECTURE.md` is the map: the modules below are
//! listed floor by floor, and a module imports only from its own floor or a lower one.

// Floor 0: words.
pub mod digest;
pub mod edit;
pub mod fault;
pub mod path;
pub mod text;
pub mod value;

// Floor 1: crafts.
pub mod js;

// Floor 2: rooms.
pub mod catalogue;

// Floor 5: deeds.
pub mod demo;
