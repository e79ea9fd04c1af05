//! The machine: the only module that touches disk, environment and network.
//!
//! Everything is below a `Root`, or below a project's folder, but for what `fetch` asks of the network. Nothing
//! here decides anything.

mod apt;
mod built;
mod commit;
mod dpkg;
mod durable;
mod error;
pub mod fetch;
mod files;
mod generations;
mod heal;
mod inspect;
mod journal;
mod last_run;
mod layout;
mod locks;
mod made;
mod overlay;
mod packages;
mod pager;
mod project;
mod render;
mod root;
mod services;
mod state;
mod survey;
mod trust;
mod turn;
mod withdraw;

pub use apt::{Candidate, Installed, candidate, download, installed, refresh, runs_old_code, upgrade};
pub use built::{Cleared, write_built};
pub use commit::{Change, Step, Transaction, commit};
pub use dpkg::is_packaged;
pub use error::Error;
pub use generations::{Generation, generation, generations};
pub use heal::{Healed, heal, interrupted};
pub use inspect::Standing;
pub use last_run::{LastRun, Outcome, end_after, last_run, record};
pub use layout::{Mode, has_places, is_of_client, mode_in_force, served};
pub use locks::{OwnLock, Patience, is_in_maintainer_script, lock};
pub use made::{Made, made, remember};
pub use packages::{Package, Scratch, brings_client, unpack};
pub use pager::page;
pub use project::{
    AUTHORITY, ProjectFiles, arguments, ask, asset_names, find_project, fonts, is_project, is_same_folder,
    is_terminal, is_writable, read_asset, read_project, remove_project_file, remove_scratch, scratch,
    seen_from_here, write_named, write_project_file,
};
pub use render::{RenderError, is_worker, own_program, render, work};
pub use root::Root;
pub use services::restart;
pub use state::{kept, receipt, record_anew};
pub use survey::{survey, survey_remains};
pub use turn::{Branded, BrandedFile, is_other_mode, is_out_of_place};
pub use withdraw::{Remains, is_broken, withdraw};
