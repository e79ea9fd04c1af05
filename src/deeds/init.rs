//! `init`: starts a project from the site that is found.

use std::path::{Path, PathBuf};

use super::open::{Context, Trouble};
use crate::brand;
use crate::host::{self, Root};
use crate::patch;
use crate::path::ProjectPath;

/// What was started.
pub struct Started {
    /// The project's folder.
    pub folder: PathBuf,
    /// The files that were written, relative to it.
    pub files: Vec<String>,
    /// The hosts that were found.
    pub hosts: Vec<String>,
}

/// Writes a first `brand.toml`, with every key in it, and the schemas beside it. Replaces nothing.
///
/// # Errors
/// When there is a project already, or writing fails.
pub fn init(context: &Context, folder: &Path) -> Result<Started, Trouble> {
    // A laptop has no Jitsi Meet; a project can be started there all the same.
    let site = Root::open(&context.root).and_then(|root| host::survey(&root, std::iter::empty())).ok();
    let hosts: Vec<String> = site.iter().flat_map(|site| &site.hosts).map(|host| host.name.clone()).collect();
    let name = hosts.first().map_or("Our Meet", String::as_str);
    let pretty = |schema: &serde_json::Value| format!("{schema:#}\n");
    let contents = [
        ("brand/brand.toml", brand::template(name, &hosts)),
        ("brand/brand.schema.json", pretty(&brand::schema())),
        ("patches/patch.schema.json", pretty(&patch::schema())),
    ];
    let mut files = Vec::new();
    for (path, text) in contents {
        let file = ProjectPath::new(path)
            .map_err(|error| host::Error::Record { path: PathBuf::from(path), reason: error.to_string() })?;
        // The brand comes first and is never replaced; the schemas are ours.
        let is_ours = path != "brand/brand.toml";
        host::write_project_file(folder, &file, text.as_bytes(), is_ours)?;
        files.push(path.to_owned());
    }
    Ok(Started { folder: folder.to_owned(), files, hosts })
}
