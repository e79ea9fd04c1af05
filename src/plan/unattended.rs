//! A run that nobody started does what it can: a file that it cannot plan stays as it is, and keeps nothing else from
//! being done. A person is told of it as of an error, and mends it first.

use super::document::as_told;
use super::make::Input;
use super::{Action, FilePlan};
use crate::fault::{Finding, Level};
use crate::site::Shipped;

/// The file that `plan` makes and tells of. Where nobody is there to mend what keeps it from being planned, the last good
/// one stays in force.
pub(super) fn or_left(
    input: &Input<'_>,
    findings: &mut Vec<Finding>,
    plan: impl FnOnce(&mut Vec<Finding>) -> Option<FilePlan>,
) -> Option<FilePlan> {
    let mut told = Vec::new();
    let file = plan(&mut told);
    match file {
        Some(file) if input.is_unattended && file.action == Action::Refuse => {
            findings.extend(told.into_iter().map(|finding| self::told(input, finding)));
            let message = format!("`{}` cannot be branded, so it stays as it is", file.path);
            findings.push(Finding::new(Level::Warning, message).hint("`rebrand check` tells why"));
            Some(left(input, file))
        }
        file => {
            findings.extend(told);
            file
        }
    }
}

/// What keeps a file from being planned, as it is told where the file is left as it is.
pub(super) fn told(input: &Input<'_>, finding: Finding) -> Finding {
    if input.is_unattended { as_told(input, finding) } else { finding }
}

fn left(input: &Input<'_>, file: FilePlan) -> FilePlan {
    let base = match input.site.found(&file.path).map(|found| &found.shipped) {
        Some(Shipped::Beside(shipped)) => shipped.clone(),
        _ => file.base,
    };
    FilePlan { action: Action::Leave, base, ..file }
}
