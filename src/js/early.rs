//! What swc takes and a browser refuses: the early errors of ECMA-262, as a second parser tells them.
//!
//! swc leaves names declared twice, regular expressions, private names and much else to others. Only this and `stop`
//! know oxc.

use oxc_allocator::Allocator;
use oxc_diagnostics::OxcDiagnostic;
use oxc_parser::{ParseOptions, Parser};
use oxc_semantic::{Scoping, SemanticBuilder};
use oxc_span::SourceType;

use super::stop::{Stop, spanned, stops};
use crate::text::Span;

/// What is found in a source that a browser takes.
#[derive(Default)]
pub(super) struct Judged {
    /// The comments of HTML: `<!--` and, where it starts a line, `-->`, each with the rest of its line.
    pub(super) html: Vec<Span>,
    /// Where it stops once it runs.
    pub(super) stops: Vec<Stop>,
}

/// Where a source is no JavaScript, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SyntaxError {
    pub(super) span: Span,
    pub(super) message: String,
}

impl SyntaxError {
    /// What a parser says, in this program's manner: lower case, no final dot.
    pub(super) fn new(span: Span, sentence: &str) -> Self {
        SyntaxError { span, message: uncapitalised(sentence) }
    }
}

/// Names of every page that no script may declare anew with `let`, `const` or `class`: ECMA-262 (16.1.7, 19.1) and what
/// HTML calls unforgeable of `window`.
const RESTRICTED: [&str; 7] = ["undefined", "NaN", "Infinity", "window", "document", "location", "top"];

/// Reads `source`, a script about the variable `root`, as a browser does.
///
/// # Errors
/// The first reason why a browser would not run it.
pub(super) fn check(source: &str, root: &str) -> Result<Judged, SyntaxError> {
    let allocator = Allocator::default();
    let options = ParseOptions { parse_regular_expression: true, ..ParseOptions::default() };
    let parsed = Parser::new(&allocator, source, SourceType::script()).with_options(options).parse();
    if let Some(error) = parsed.diagnostics.errors().next() {
        return Err(syntax_error(error));
    }
    let mut blanks = parsed.irregular_whitespaces.iter().copied().map(spanned);
    if let Some(error) = blanks.find_map(|blank| blank_error(source, blank)) {
        return Err(error);
    }
    let program = allocator.alloc(parsed.program);
    let checked = SemanticBuilder::new_compiler().with_check_syntax_error(true).build(program);
    if let Some(error) = checked.diagnostics.errors().next() {
        return Err(syntax_error(error));
    }
    if let Some(error) = restricted_error(checked.semantic.scoping()) {
        return Err(error);
    }
    let comments = program.comments.iter().map(|comment| spanned(comment.span));
    let is_html = |span: &Span| source.get(span.start..).is_some_and(|rest| rest.starts_with(['<', '-']));
    let html = comments.filter(is_html).collect();
    Ok(Judged { html, stops: stops(program, checked.semantic.scoping(), root) })
}

/// The error of a name that the page holds already.
fn restricted_error(scoping: &Scoping) -> Option<SyntaxError> {
    RESTRICTED.into_iter().find_map(|name| {
        let symbol = scoping.get_root_binding(name.into())?;
        let is_lexical = scoping.symbol_flags(symbol).is_block_scoped();
        let message = format!("`{name}` is declared by every page (give this another name)");
        is_lexical.then(|| SyntaxError::new(spanned(scoping.symbol_span(symbol)), &message))
    })
}

/// The error of what editors and oxc take for a blank, and ECMA-262 (12.2, 12.3) does not.
fn blank_error(source: &str, blanks: Span) -> Option<SyntaxError> {
    let mut letters = source.get(blanks.start..blanks.end)?.char_indices();
    let (at, letter) = letters.find(|(_, letter)| matches!(letter, '\u{85}' | '\u{180e}' | '\u{200b}'))?;
    let start = blanks.start + at;
    let message = format!("the invisible U+{:04X} is no blank in JavaScript (delete it)", u32::from(letter));
    Some(SyntaxError::new(Span::new(start, start + letter.len_utf8()), &message))
}

/// oxc's error, with the help that it offers.
fn syntax_error(error: &OxcDiagnostic) -> SyntaxError {
    // Where there are two, the last is what should not be there: the second declaration.
    let last = error.labels.iter().max_by_key(|label| label.offset());
    let span = last.map_or(Span::empty(0), |label| {
        let start = label.offset() as usize;
        Span::new(start, start + label.len() as usize)
    });
    let help = error.help.as_deref().map(|help| format!(" ({})", uncapitalised(first_sentence(help))));
    let message = error.message.trim_end_matches('.');
    SyntaxError::new(span, &format!("{message}{}", help.unwrap_or_default()))
}

fn first_sentence(text: &str) -> &str {
    let ends = ["? ", ".\n"].into_iter().filter_map(|end| text.find(end));
    ends.min().and_then(|end| text.get(..=end)).unwrap_or(text)
}

/// `sentence` as part of another one, with the letters that nobody sees spelled out.
fn uncapitalised(sentence: &str) -> String {
    let sentence = sentence.trim().trim_end_matches('.');
    let mut letters = sentence.chars();
    let is_acronym = letters.clone().nth(1).is_some_and(char::is_uppercase);
    let first = letters.next().filter(|_| !is_acronym).map(|first| first.to_lowercase().to_string());
    let rest = if is_acronym { sentence } else { letters.as_str() };
    let seen = rest.chars().map(|letter| match letter {
        _ if letter.is_ascii() => letter.to_string(),
        _ => letter.escape_debug().to_string(),
    });
    first.into_iter().chain(seen).collect()
}
