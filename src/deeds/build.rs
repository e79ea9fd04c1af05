//! `build`: the branded files in a folder of their own.

use std::collections::BTreeMap;
use std::path::Path;

use super::open::{Context, Opened, Trouble, open};
use crate::host::{self, Cleared};
use crate::path::{ProjectPath, SitePath};
use crate::plan::Plan;

/// What `build` came to.
pub struct Built {
    /// What the files were made from.
    pub opened: Opened,
    /// The plan that was written out.
    pub plan: Plan,
    /// The files that were written; none if the plan is refused.
    pub files: Vec<SitePath>,
    /// What an earlier build left there.
    pub cleared: Cleared,
}

/// Writes every file that the brand changes or adds into the folder `out`, laid out as below the root. The site is only
/// read. What an earlier build made there and the brand wishes no more goes.
///
/// # Errors
/// When something cannot be read or written, or would replace what no build made.
pub fn build(context: &Context, out: &Path) -> Result<Built, Trouble> {
    let opened = open(context)?;
    opened.root.is_elsewhere(out)?;
    let plan = opened.plan();
    let (mut files, mut written) = (Vec::new(), BTreeMap::new());
    for file in plan.files.iter().filter(|file| !plan.is_refused() && file.target != file.base) {
        let Some(bytes) = &file.target else { continue };
        let Ok(path) = ProjectPath::new(file.path.as_str()) else { continue };
        written.insert(path, bytes.clone());
        files.push(file.path.clone());
    }
    let cleared = if plan.is_refused() { Cleared::default() } else { host::write_built(out, &written)? };
    Ok(Built { opened, plan, files, cleared })
}

/// Writes the manual page `text` as the file `name` into `folder`.
///
/// # Errors
/// When it cannot be written.
pub fn write_page(folder: &Path, name: &str, text: &str) -> Result<(), Trouble> {
    let path = ProjectPath::new(name)
        .map_err(|error| host::Error::Record { path: folder.join(name), reason: error.to_string() })?;
    Ok(host::write_project_file(folder, &path, text.as_bytes(), true)?)
}
