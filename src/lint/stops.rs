//! Places where a configuration file compiles, and stops once a browser runs it: nothing after them is in force. Another
//! script of the page may bring a name, and then `[silence]` says so.

use crate::js::{Cause, Stop};

/// What the script does there.
pub(super) fn deed(Stop { name, cause, .. }: &Stop) -> String {
    match cause {
        Cause::Unresolved { .. } => format!("reads `{name}`, which neither this file nor a browser has"),
        Cause::Undeclared { .. } => format!("assigns to `{name}` in strict code, and nothing declares it"),
        Cause::Early => format!("sets a key of `{name}`, which gets its value only below"),
    }
}

/// How to mend it in a file about `variable`.
pub(super) fn hint(Stop { name, cause, .. }: &Stop, variable: &str) -> String {
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
