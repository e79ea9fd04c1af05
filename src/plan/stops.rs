//! That a configuration file compiles, and stops once a browser runs it: nothing after that place is in force.

use crate::fault::{Finding, Level, Place};
use crate::js::{Cause, Document, Stop};
use crate::path::SitePath;

/// What the owner should know of the places where the file `path`, as it will be, stops. Warnings and no errors: another
/// script of the page may bring a name.
pub(super) fn stops(path: &SitePath, document: &Document) -> impl Iterator<Item = Finding> {
    document.stops().iter().map(move |stop| {
        let place = Place::of(path.as_str(), document.text(), stop.span);
        let Stop { name, cause, .. } = stop;
        let what = match cause {
            Cause::Unresolved { .. } => format!("reads `{name}`, which neither this file nor a browser has"),
            Cause::Undeclared { .. } => {
                format!("assigns to `{name}` in strict code, and nothing declares it")
            }
            Cause::Early => format!("sets a key of `{name}`, which gets its value only below"),
        };
        let message = format!("line {} of `{path}` {what}: the page stops there", place.line);
        Finding::new(Level::Warning, message).at(&place).hint(hint(stop, document.variable()))
    })
}

/// How to mend it in a file about `variable`.
fn hint(Stop { name, cause, .. }: &Stop, variable: &str) -> String {
    match cause {
        Cause::Unresolved { .. } if name == variable => format!("declare it first: `var {name} = {{}};`"),
        Cause::Unresolved { meant: Some(meant) } | Cause::Undeclared { meant: Some(meant) } => {
            format!("did you mean `{meant}`?")
        }
        Cause::Unresolved { .. } => format!(
            "put a text between quotes; what another script of the page brings is asked for by `typeof {name}` first"
        ),
        Cause::Undeclared { .. } => format!("declare it: `var {name}`"),
        Cause::Early => "move that line below".to_owned(),
    }
}
