//! The rewrite phase of one block: `set`, `if`, `rewrite`, `return` and `break` in their order.

use super::Directive;
use super::expand::Variables;
use crate::fault::Place;
use crate::webserver::{Answer, pattern};

/// What the directives of a block came to.
pub(super) enum Flow {
    /// The block was gone through.
    On,
    /// `break`: no more rewriting, and this location stays.
    Stay,
    /// The address is another, and a location is looked for again.
    Again,
    /// It is decided.
    Done(Answer, Place),
}

/// What a request has come to.
pub(super) struct State {
    pub(super) uri: String,
    pub(super) variables: Variables,
    /// An `if` that was true and says more than rewriting does: nginx goes on in its block alone.
    pub(super) inside: Option<Place>,
}

/// Directives that decide what is sent.
const DECISIVE: [&str; 9] =
    ["return", "rewrite", "root", "alias", "proxy_pass", "fastcgi_pass", "set", "break", "try_files"];

/// Carries out the rewriting of `directives`.
pub(super) fn rewrite(directives: &[Directive], state: &mut State) -> Flow {
    let mut is_new = false;
    for directive in directives {
        let flow = match directive.name.as_str() {
            "set" => {
                let value = state.variables.expand(directive.word(1), &state.uri);
                state.variables.set(directive.word(0), value);
                Flow::On
            }
            "return" => returned(directive, state),
            "break" => Flow::Stay,
            "rewrite" => one(directive, state, &mut is_new),
            "if" => conditional(directive, state, &mut is_new),
            _ => Flow::On,
        };
        if !matches!(flow, Flow::On) {
            return flow;
        }
    }
    if is_new { Flow::Again } else { Flow::On }
}

fn unknown(reason: String, directive: &Directive) -> Flow {
    Flow::Done(Answer::Unknown(reason), directive.place.clone())
}

fn returned(directive: &Directive, state: &State) -> Flow {
    let (code, text) = match directive.word(0).parse::<u16>() {
        Ok(code) => (code, directive.word(1)),
        Err(_) => (302, directive.word(0)),
    };
    let answer = match code {
        301 | 302 | 303 | 307 | 308 => match state.variables.expand(text, &state.uri) {
            Ok(to) => Answer::Redirect(to),
            Err(reason) => Answer::Unknown(reason),
        },
        code => Answer::Status(code),
    };
    Flow::Done(answer, directive.place.clone())
}

fn one(directive: &Directive, state: &mut State, is_new: &mut bool) -> Flow {
    let captures = match pattern::find(directive.word(0), false, &state.uri) {
        Ok(Some(captures)) => captures,
        Ok(None) => return Flow::On,
        Err(reason) => return unknown(reason, directive),
    };
    state.variables.take(captures);
    let to = match state.variables.expand(directive.word(1), &state.uri) {
        Ok(to) => to,
        Err(reason) => return unknown(reason, directive),
    };
    let flag = directive.word(2);
    if to.contains("://") || matches!(flag, "redirect" | "permanent") {
        return Flow::Done(Answer::Redirect(to), directive.place.clone());
    }
    let path = to.split('?').next().unwrap_or_default();
    if !path.starts_with('/') {
        return unknown(format!("`{path}` is no path"), directive);
    }
    path.clone_into(&mut state.uri);
    match flag {
        "break" => Flow::Stay,
        "last" => Flow::Again,
        _ => {
            *is_new = true;
            Flow::On
        }
    }
}

fn conditional(directive: &Directive, state: &mut State, is_new: &mut bool) -> Flow {
    let is_decisive =
        directive.block.iter().any(|inner| DECISIVE.contains(&inner.name.as_str()) || inner.name == "if");
    match holds(&directive.words, state) {
        Ok(false) => Flow::On,
        Err(_) if !is_decisive => Flow::On,
        Err(reason) => unknown(reason, directive),
        Ok(true) => {
            let rewriting = ["set", "rewrite", "return", "break"];
            if directive.block.iter().any(|inner| !rewriting.contains(&inner.name.as_str())) {
                state.inside = Some(directive.place.clone());
            }
            match rewrite(&directive.block, state) {
                Flow::Again => {
                    *is_new = true;
                    Flow::On
                }
                flow => flow,
            }
        }
    }
}

/// Whether the condition in `words` holds, its parentheses being the first and the last letter.
fn holds(words: &[String], state: &mut State) -> Result<bool, String> {
    let whole = words.join(" ");
    let inner = whole.trim().trim_start_matches('(').trim_end_matches(')').trim();
    let mut parts = inner.splitn(3, ' ').map(str::trim).filter(|part| !part.is_empty());
    let left = parts.next().unwrap_or_default();
    let (Some(operator), right) = (parts.next(), parts.next().unwrap_or_default()) else {
        let value = state.variables.expand(left, &state.uri)?;
        return Ok(!value.is_empty() && value != "0");
    };
    if !left.starts_with('$') {
        return Err(format!("`if ({inner})` asks for files"));
    }
    let value = state.variables.expand(left, &state.uri)?;
    match operator {
        "=" => Ok(value == state.variables.expand(right, &state.uri)?),
        "!=" => Ok(value != state.variables.expand(right, &state.uri)?),
        "~" | "~*" | "!~" | "!~*" => {
            let found = pattern::find(right, operator.ends_with('*'), &value)?;
            let is_found = found.is_some();
            if let Some(captures) = found {
                state.variables.take(captures);
            }
            Ok(is_found != operator.starts_with('!'))
        }
        _ => Err(format!("`if ({inner})` is not understood")),
    }
}
