//! From text to swc's tree, or a clear refusal.

use std::borrow::Cow;

use swc_common::{BytePos, Span as SwcSpan, Spanned};
use swc_ecma_ast::{EsVersion, ExprStmt, Stmt};
use swc_ecma_parser::{EsSyntax, Parser, StringInput, Syntax, error, lexer::Lexer};

use super::depth::{SHALLOW, TooDeep, depth};
use super::early::{self, Judged, SyntaxError};
use super::stop::Stop;
use crate::text::{Span, Text, include};

/// The bytes of stack for a parser that goes deep; those it does not use are never taken.
const STACK: usize = 64 << 20;

/// What kind of file is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// A script that gives the variable of this name its members: `interfaceConfig`, `config`.
    Script(&'static str),
    /// One JSON value.
    Json,
}

/// Why a file is not understood.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// It is no JavaScript, respectively no JSON.
    #[error("does not parse: {message}")]
    Syntax {
        /// Where.
        span: Span,
        /// What the parser says.
        message: String,
    },
    /// It holds `{{ … }}` or `{% … %}`, which a deployment tool fills in before a server sees it.
    #[error("is a template, not JavaScript: it holds `{marker}`")]
    Template {
        /// Where.
        span: Span,
        /// The opening braces.
        marker: &'static str,
    },
    /// It nests too deeply.
    #[error("nests brackets or operators more than {limit} deep")]
    TooDeep {
        /// The bracket that is too deep.
        span: Span,
        /// How deep is still read.
        limit: usize,
    },
    /// It declares the variable with `let` or `const`, which makes no member of `window`.
    #[error(
        "declares `{variable}` with `{keyword}`, which keeps it from the client: that reads `window.{variable}`"
    )]
    Lexical {
        /// The declaration.
        span: Span,
        /// The variable.
        variable: &'static str,
        /// `let` or `const`.
        keyword: &'static str,
    },
    /// A server-side include decides which members an object has.
    #[error("lets the web server decide what is in an object: `{marker}`")]
    Marker {
        /// Where.
        span: Span,
        /// The marker.
        marker: String,
    },
    /// It holds nothing but server-side includes of other files.
    #[error("only says what the web server is to put there: `{marker}`")]
    Included {
        /// Where.
        span: Span,
        /// The first of them.
        marker: String,
    },
    /// It neither declares the variable nor assigns to it.
    #[error("neither declares `{variable}` nor assigns to it outside of functions")]
    NoRoot {
        /// The variable.
        variable: &'static str,
    },
}

impl Error {
    /// Where the trouble is; the start of the file if it is about all of it.
    #[must_use]
    pub fn span(&self) -> Span {
        match self {
            Error::Syntax { span, .. }
            | Error::Template { span, .. }
            | Error::TooDeep { span, .. }
            | Error::Lexical { span, .. }
            | Error::Marker { span, .. }
            | Error::Included { span, .. } => *span,
            Error::NoRoot { .. } => Span::empty(0),
        }
    }
}

/// A parsed file. Its statements were read with the markers of server-side includes blanked, to equal length.
pub(super) struct Tree {
    /// Top-level statements; a JSON file is one expression statement.
    pub(super) statements: Vec<Stmt>,
    /// Where the server-side-include markers are.
    pub(super) markers: Vec<Span>,
    /// Where it stops once it runs.
    pub(super) stops: Vec<Stop>,
}

/// What a text without markers comes to.
struct Script {
    statements: Vec<Stmt>,
    stops: Vec<Stop>,
}

impl Tree {
    fn new(Script { statements, stops }: Script, source: &str, markers: Vec<Span>) -> Self {
        // What stands in the place of a marker is no name of the script, and another file may bring any name.
        let marker = |span: &Span| source.get(span.start..span.end).unwrap_or("");
        let is_open = markers.iter().any(|span| include::brings_code(marker(span)));
        let hides = |stop: &Stop| markers.iter().any(|marker| marker.covers(stop.span.start));
        let stops = stops.into_iter().filter(|stop| !is_open && !hides(stop)).collect();
        Tree { statements, markers, stops }
    }
}

/// Parses `text`.
///
/// # Errors
/// As `Error` says; `NoRoot` is found later.
pub(super) fn parse(text: &Text, dialect: Dialect) -> Result<Tree, Error> {
    let source = text.as_str();
    let markers = if dialect == Dialect::Json { Vec::new() } else { include::markers(source) };
    let masked = include::masked(source, &markers);
    let depth = depth(&masked)
        .map_err(|TooDeep { at, limit }| Error::TooDeep { span: Span::new(at, at + 1), limit })?;
    if dialect == Dialect::Json {
        strict_json(text)?;
    }
    match script_of(&masked, depth, dialect) {
        Ok(script) => Ok(Tree::new(script, source, markers)),
        Err(SyntaxError { span, message }) => match between_members(source, &markers, depth, dialect) {
            Some(result) => result.map(|script| Tree::new(script, source, markers)),
            None => Err(template(source).unwrap_or(Error::Syntax { span, message })),
        },
    }
}

/// Reads a text whose brackets nest `depth` deep.
fn script_of(masked: &str, depth: usize, dialect: Dialect) -> Result<Script, SyntaxError> {
    if depth > SHALLOW { deep_script(masked, dialect) } else { script(masked, dialect) }
}

/// Parses a file in which markers stand where blanks may be, as between the members of an object. A marker that gives
/// no text is a blank; of another one nobody knows what it brings. None if the markers are not what keeps it from parsing.
fn between_members(
    source: &str,
    markers: &[Span],
    depth: usize,
    dialect: Dialect,
) -> Option<Result<Script, Error>> {
    let parsed = |masked: &str| script_of(masked, depth, dialect);
    let blank = |markers: &[Span]| include::blanked(source, markers);
    let silent = |span: &&Span| include::is_silent(source.get(span.start..span.end).unwrap_or(""));
    let (quiet, others): (Vec<Span>, Vec<Span>) = markers.iter().copied().partition(|span| silent(&span));
    if !quiet.is_empty()
        && let Ok(script) = parsed(&include::masked(&blank(&quiet), &others))
    {
        return Some(Ok(script));
    }
    let outside: Vec<Span> =
        others.iter().copied().filter(|span| include::is_outside(source, *span)).collect();
    let inside: Vec<Span> = others.iter().copied().filter(|span| !outside.contains(span)).collect();
    let all: Vec<Span> = quiet.iter().chain(&outside).copied().collect();
    parsed(&include::masked(&blank(&all), &inside)).ok()?;
    let first = *outside.first()?;
    let marker = source.get(first.start..first.end).unwrap_or("").to_owned();
    Some(Err(Error::Marker { span: first, marker }))
}

/// The bytes of a node of swc's. swc counts from 1, because 0 means "nowhere".
pub(super) fn span_of(node: &impl Spanned) -> Span {
    let SwcSpan { lo, hi } = node.span();
    Span::new(lo.0.saturating_sub(1) as usize, hi.0.saturating_sub(1) as usize)
}

/// Parses on a thread of its own, whose stack is large enough for anything that is not refused.
fn deep_script(masked: &str, dialect: Dialect) -> Result<Script, SyntaxError> {
    let error = |message: &str| SyntaxError::new(Span::empty(0), message);
    let failed = |_| error("the parser ended early");
    std::thread::scope(|scope| {
        let builder = std::thread::Builder::new().stack_size(STACK);
        let thread = builder.spawn_scoped(scope, || script(masked, dialect));
        thread.map_err(|failure| error(&failure.to_string()))?.join().map_err(failed)?
    })
}

fn script(masked: &str, dialect: Dialect) -> Result<Script, SyntaxError> {
    let mark = masked.len() - masked.trim_start_matches('\u{feff}').len();
    let too_large = |_| SyntaxError::new(Span::empty(mark), "the file is too large");
    let end = u32::try_from(masked.len() + 1).map_err(too_large)?;
    let Judged { html, stops } = match dialect {
        Dialect::Script(root) => early::check(masked, root)?,
        Dialect::Json => Judged::default(),
    };
    // swc starts the token behind a comment of HTML with the comment, so it does not get to see one.
    let masked = blanked(masked, &html);
    let start = u32::try_from(mark + 1).unwrap_or(end);
    let input = StringInput::new(masked.get(mark..).unwrap_or(""), BytePos(start), BytePos(end));
    let lexer = Lexer::new(Syntax::Es(EsSyntax::default()), EsVersion::latest(), input, None);
    let mut parser = Parser::new_from(lexer);
    let parsed = match dialect {
        Dialect::Script(_) => parser.parse_script().map(|script| script.body),
        Dialect::Json => parser.parse_expr().map(|expr| vec![ExprStmt { span: expr.span(), expr }.into()]),
    };
    // An error that the parser recovered from is an error all the same, but for `if (a) function b() {}`: a browser
    // takes that, and the judge before knows where else a declaration may not stand.
    let is_error = |error: &error::Error| *error.kind() != error::SyntaxError::DeclNotAllowed;
    match (parsed, parser.take_errors().into_iter().find(is_error)) {
        (Ok(statements), None) => Ok(Script { statements, stops }),
        (Err(error), _) | (_, Some(error)) => Err(SyntaxError::new(span_of(&error), &error.kind().msg())),
    }
}

/// `source` with blanks in place of `comments`.
fn blanked<'s>(source: &'s str, comments: &[Span]) -> Cow<'s, str> {
    if comments.is_empty() {
        return Cow::Borrowed(source);
    }
    let mut blanked = String::with_capacity(source.len());
    for comment in comments {
        blanked.push_str(source.get(blanked.len()..comment.start).unwrap_or(""));
        blanked.extend(std::iter::repeat_n(' ', comment.end - comment.start));
    }
    blanked.push_str(source.get(blanked.len()..).unwrap_or(""));
    Cow::Owned(blanked)
}

/// swc reads JSON as an expression, and so would take comments and trailing commas.
fn strict_json(text: &Text) -> Result<(), Error> {
    let source = text.as_str();
    let json = source.strip_prefix('\u{feff}').unwrap_or(source);
    serde_json::from_str::<serde::de::IgnoredAny>(json).map(|_| ()).map_err(|error| {
        let at = text.line_start(error.line()) + error.column().saturating_sub(1);
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or(&message).to_owned();
        Error::Syntax { span: Span::empty(at.min(source.len())), message }
    })
}

/// A line that holds both ends of a deployment tool's braces is its template; one end alone is a slip of the pen.
fn template(source: &str) -> Option<Error> {
    [("{{", "}}"), ("{%", "%}")].into_iter().find_map(|(open, close)| {
        source.match_indices(open).find_map(|(at, _)| {
            let line = source.get(at..)?.lines().next()?;
            line.contains(close)
                .then(|| Error::Template { span: Span::new(at, at + open.len()), marker: open })
        })
    })
}
