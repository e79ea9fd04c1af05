//! Variables: what they stand for when somebody asks for an address without `?`.

use std::collections::BTreeMap;

use crate::webserver::pattern::Captures;

/// The variables of one request.
#[derive(Clone, Debug)]
pub(super) struct Variables {
    host: String,
    asked: String,
    scheme: &'static str,
    /// Those that `set` and named groups gave; the reason if that is not known.
    own: BTreeMap<String, Result<String, String>>,
    captures: Vec<String>,
}

impl Variables {
    pub(super) fn new(host: &str, path: &str, is_encrypted: bool) -> Self {
        Variables {
            host: host.to_owned(),
            asked: path.to_owned(),
            scheme: if is_encrypted { "https" } else { "http" },
            own: BTreeMap::new(),
            captures: Vec::new(),
        }
    }

    /// Gives the variable `name`, with or without its `$`, a value.
    pub(super) fn set(&mut self, name: &str, value: Result<String, String>) {
        self.own.insert(name.trim_start_matches('$').to_owned(), value);
    }

    /// Takes what a pattern found.
    pub(super) fn take(&mut self, captures: Captures) {
        self.captures = captures.numbered;
        self.own.extend(captures.named.into_iter().map(|(name, value)| (name, Ok(value))));
    }

    /// `text` with every variable in it.
    ///
    /// # Errors
    /// When one is not known here; the reason.
    pub(super) fn expand(&self, text: &str, uri: &str) -> Result<String, String> {
        let mut out = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('$') {
            out.push_str(before);
            let (name, left) = name(after);
            if name.is_empty() {
                out.push('$');
            } else {
                out.push_str(&self.value(name, uri)?);
            }
            rest = left;
        }
        out.push_str(rest);
        Ok(out)
    }

    fn value(&self, name: &str, uri: &str) -> Result<String, String> {
        if let Ok(group) = name.parse::<usize>() {
            return Ok(self.captures.get(group).cloned().unwrap_or_default());
        }
        if let Some(value) = self.own.get(name) {
            return value.clone();
        }
        match name {
            "uri" | "document_uri" => Ok(uri.to_owned()),
            "request_uri" => Ok(self.asked.clone()),
            "host" | "http_host" | "server_name" => Ok(self.host.clone()),
            "scheme" => Ok(self.scheme.to_owned()),
            "https" => Ok(if self.scheme == "https" { "on" } else { "" }.to_owned()),
            "request_method" => Ok("GET".to_owned()),
            "args" | "query_string" | "is_args" => Ok(String::new()),
            _ if name.starts_with("arg_") || name.starts_with("cookie_") => Ok(String::new()),
            _ => Err(format!("`${name}` is known only when somebody asks")),
        }
    }
}

/// The name of a variable at the start of `text`, and what follows it.
fn name(text: &str) -> (&str, &str) {
    if let Some((name, rest)) = text.strip_prefix('{').and_then(|inner| inner.split_once('}')) {
        return (name, rest);
    }
    let is_digit = text.starts_with(|first: char| first.is_ascii_digit());
    let end = text.find(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '_'));
    let end = if is_digit { 1 } else { end.unwrap_or(text.len()) };
    text.split_at(end)
}
