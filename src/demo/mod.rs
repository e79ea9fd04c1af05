//! `demo`: the whole round on a small stand-in site that comes with the program.
//!
//! The sites are data, compiled in. Never touches a site of the machine it runs on.

pub mod sites;
