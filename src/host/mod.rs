//! The machine: the only module that touches disk, environment and network.
//!
//! Everything is below a `Root`, or below a project's folder, but for what `fetch` asks of the network. Nothing
//! here decides anything.

mod commit;
mod error;
pub mod fetch;
mod files;
mod heal;
mod inspect;
mod journal;
mod locks;
mod made;
mod project;
mod render;
mod root;
mod services;
mod state;
mod survey;

pub use commit::{Change, Step, Transaction, commit};
pub use error::Error;
pub use heal::{Healed, heal, interrupted};
pub use inspect::Standing;
pub use locks::{OwnLock, lock};
pub use made::{Made, made, remember};
pub use project::{
    ProjectFiles, ask, find_project, fonts, is_terminal, read_asset, read_project, remove_project_file,
    remove_scratch, scratch, write_named, write_project_file,
};
pub use render::{RenderError, is_worker, own_program, render, work};
pub use root::Root;
pub use services::restart;
pub use state::{kept, receipt};
pub use survey::survey;
