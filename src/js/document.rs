//! A configuration file that has been read: the one type through which the rest of the program sees JavaScript.

use std::cell::OnceCell;
use std::collections::HashMap;

use swc_ecma_ast::{Expr, ObjectLit, Stmt};

use super::comments::{Documented, documented, uncommented};
use super::evaluate::evaluate;
use super::evaluation::Evaluation;
use super::known::Known;
use super::literal::{self, Style};
use super::lower::{Conflict, Lowered, lower, lower_wants};
use super::object::{self, Object};
use super::overlay;
use super::parse::{Dialect, Error, Tree, parse, span_of};
use super::request::{Want, Wanted};
use super::stop::Stop;
use super::writes::{hidden_declaration, writes, writes_by};
use crate::edit::Edit;
use crate::text::{Span, Splice, SpliceSet, Text};
use crate::value::{KeyPath, Value};

/// A parsed and evaluated configuration file.
pub struct Document {
    text: Text,
    dialect: Dialect,
    tree: Tree,
    evaluation: Evaluation,
    habits: OnceCell<Habits>,
    root_documented: OnceCell<HashMap<String, Documented>>,
}

/// What is known of a key's value before an edit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Existing {
    /// An object.
    Object,
    /// Nothing is there.
    Missing,
    /// Something that cannot be told.
    Unknown,
    /// A value that is no object.
    Other,
}

/// An edit of an earlier run that is to be taken back.
#[derive(Clone, Debug, PartialEq)]
pub struct Withdrawal {
    /// The key.
    pub at: KeyPath,
    /// The source of the value that stood there before, if one did.
    pub before: Option<String>,
    /// How many parents were made only for this key.
    pub created: usize,
}

/// What a file's comments say about a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Documentation {
    /// The commented example, such as `defaultLogoUrl: 'images/watermark.svg',`, without the slashes.
    pub example: String,
    /// The text above it, without the slashes; may be empty.
    pub prose: String,
    /// The line of the example, from 1.
    pub line: usize,
}

/// What the JavaScript literal `source` means; none if it is no single literal.
#[must_use]
pub fn literal_known(source: &str) -> Option<Known> {
    let text = Text::from(format!("var literal = {};", literal::raw(source)?));
    let dialect = Dialect::Script("literal");
    let tree = parse(&text, dialect).ok()?;
    evaluate(&tree, &text, dialect).variables.remove("literal")
}

/// Why nothing in `tree` gives `variable` a value.
fn missing_root(variable: &'static str, tree: &Tree, text: &Text) -> Error {
    let is_marker = |statement: &Stmt| {
        let Stmt::Expr(expression) = statement else { return false };
        tree.markers.iter().any(|marker| marker.covers(span_of(&*expression.expr).start))
    };
    match tree.markers.first() {
        Some(first) if tree.statements.iter().all(is_marker) => {
            Error::Included { span: *first, marker: text.slice(*first).to_owned() }
        }
        _ => Error::NoRoot { variable },
    }
}

impl Document {
    /// Reads `text`.
    ///
    /// # Errors
    /// When it does not parse, is a template, nests too deeply, never writes to the variable of its dialect, or
    /// hides that from the client.
    pub fn parse(text: Text, dialect: Dialect) -> Result<Self, Error> {
        let tree = parse(&text, dialect)?;
        let evaluation = evaluate(&tree, &text, dialect);
        if let Dialect::Script(variable) = dialect {
            let names = evaluation.names_of(variable);
            let (found, declared) = writes_by(&tree.statements, variable, &names);
            if found.is_empty() && !declared {
                return Err(missing_root(variable, &tree, &text));
            }
            if let Some((span, keyword)) =
                hidden_declaration(&tree.statements, &writes(&tree.statements, variable).0, variable)
            {
                return Err(Error::Lexical { span, variable, keyword });
            }
        }
        let (habits, root_documented) = (OnceCell::new(), OnceCell::new());
        Ok(Document { text, dialect, tree, evaluation, habits, root_documented })
    }

    /// The text it was read from.
    #[must_use]
    pub fn text(&self) -> &Text {
        &self.text
    }

    /// What kind of file it is.
    #[must_use]
    pub fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// What it evaluates to.
    #[must_use]
    pub fn evaluation(&self) -> &Evaluation {
        &self.evaluation
    }

    /// Where a browser stops once it runs it.
    #[must_use]
    pub fn stops(&self) -> &[Stop] {
        &self.tree.stops
    }

    /// What is known of the value of the root's key `at`; none if it is certainly not there.
    #[must_use]
    pub fn value(&self, at: &KeyPath) -> Option<&Known> {
        self.evaluation.variables.get(self.variable())?.at(at).filter(|known| **known != Known::Undefined)
    }

    /// The splices that carry out `edits`, and what each came to.
    #[must_use]
    pub fn lower(&self, edits: &[Edit]) -> Lowered {
        lower(self, edits)
    }

    /// The splice that appends a block of assignments which carry out `edits`.
    #[must_use]
    pub fn lower_overlay(&self, edits: &[Edit], origin: &str) -> Lowered {
        overlay::lower(self, edits, origin)
    }

    /// The splices that take back what earlier runs did, and what each came to.
    #[must_use]
    pub fn withdraw(&self, withdrawals: &[Withdrawal]) -> Lowered {
        let want = |withdrawal: &Withdrawal| match &withdrawal.before {
            Some(source) => Want::Literal(Wanted::Source(source.clone())),
            None => Want::Absent { ours: Some(withdrawal.created) },
        };
        let wants: Vec<(KeyPath, Result<Want, Conflict>)> =
            withdrawals.iter().map(|withdrawal| (withdrawal.at.clone(), Ok(want(withdrawal)))).collect();
        lower_wants(self, wants)
    }

    /// The source of the value that the root's key `at` is given where an edit would replace it, if it is written there.
    #[must_use]
    pub fn written(&self, at: &KeyPath) -> Option<String> {
        let probe = Want::Literal(Wanted::Source("0".to_owned()));
        let lowered = lower_wants(self, vec![(at.clone(), Ok(probe))]);
        lowered.outcomes.into_iter().next()?.ok()?.before
    }

    /// The text without the block that style `overlay` appended, if it has one.
    #[must_use]
    pub fn without_overlay(&self) -> Option<Text> {
        let mut splices = SpliceSet::default();
        splices.add(Splice { span: overlay::block(&self.text)?, text: String::new() }).ok()?;
        Some(self.text.apply(&splices))
    }

    /// What the comments of the object above `at` say about it.
    #[must_use]
    pub fn documentation(&self, at: &KeyPath) -> Option<Documentation> {
        let (name, above) = at.segments().split_last()?;
        let mut literal = self.root_literal()?;
        for segment in above {
            let object = Object::of(literal);
            let member = object.last(segment).and_then(|index| object.members.into_iter().nth(index))?;
            let object::Kind::Pair(value) = member.kind else { return None };
            literal = as_object(value)?;
        }
        let documented = if above.is_empty() {
            self.root_documented().get(name)?.clone()
        } else {
            documented(&self.text, &Object::of(literal)).remove(name)?
        };
        Some(Documentation {
            example: uncommented(self.text.slice(documented.example)),
            prose: uncommented(self.text.slice(documented.prose)),
            line: self.line_of(documented.example.start),
        })
    }

    /// The variable that the file is about; empty for JSON.
    #[must_use]
    pub fn variable(&self) -> &'static str {
        self.root().unwrap_or_default()
    }

    pub(super) fn root(&self) -> Option<&'static str> {
        if let Dialect::Script(variable) = self.dialect { Some(variable) } else { None }
    }

    /// What the comments of the root's own literal document.
    pub(super) fn root_documented(&self) -> &HashMap<String, Documented> {
        let read = || self.root_literal().map(|literal| documented(&self.text, &Object::of(literal)));
        self.root_documented.get_or_init(|| read().unwrap_or_default())
    }

    /// Whether `object` is the root's own literal.
    pub(super) fn is_root(&self, object: &Object<'_>) -> bool {
        self.root_literal().is_some_and(|literal| span_of(literal) == object.span)
    }

    /// The literal that the root is given last.
    fn root_literal(&self) -> Option<&ObjectLit> {
        let Some(root) = self.root() else {
            let [Stmt::Expr(json)] = self.statements() else { return None };
            return as_object(&json.expr);
        };
        let (found, _) = writes(&self.tree.statements, root);
        found.iter().rev().find(|write| write.path.is_root()).and_then(|write| as_object(write.value))
    }

    pub(super) fn statements(&self) -> &[Stmt] {
        &self.tree.statements
    }

    pub(super) fn source(&self, span: Span) -> &str {
        self.text.slice(span)
    }

    pub(super) fn line_of(&self, at: usize) -> usize {
        self.text.line_of(at)
    }

    pub(super) fn line_indent(&self, at: usize) -> String {
        object::line_indentation(&self.text, at).to_owned()
    }

    pub(super) fn unit(&self) -> &str {
        &self.habits().unit
    }

    /// Only a file that is edited has to be asked.
    fn habits(&self) -> &Habits {
        self.habits.get_or_init(|| habits(&self.text, &self.tree, self.dialect))
    }

    pub(super) fn style(&self) -> Style {
        self.habits().style
    }

    /// The file's style, but with the quote of the literal `source` if that is a string.
    pub(super) fn style_of(&self, source: &str) -> Style {
        match source.chars().next() {
            Some(quote @ ('\'' | '"')) => Style { quote, ..self.style() },
            _ => self.style(),
        }
    }

    pub(super) fn existing(&self, at: &KeyPath) -> Existing {
        let Some(root) = self.evaluation.variables.get(self.variable()) else {
            return Existing::Unknown;
        };
        match root.at(at) {
            Some(Known::Object(_) | Known::Open(_)) => Existing::Object,
            Some(Known::Unknown(_)) => Existing::Unknown,
            Some(Known::Undefined | Known::Null) => Existing::Missing,
            Some(_) => Existing::Other,
            None if root.is_open_at(at) => Existing::Unknown,
            None => Existing::Missing,
        }
    }

    pub(super) fn holds(&self, at: &KeyPath, value: &Value) -> bool {
        self.value(at).and_then(Known::to_value).as_ref() == Some(value)
    }

    /// How `path` below `root` is written: `config.a['b-c']`.
    pub(super) fn spelled(&self, root: &str, path: &KeyPath) -> String {
        path.segments().iter().fold(root.to_owned(), |spelled, name| {
            if literal::is_identifier(name) {
                format!("{spelled}.{name}")
            } else {
                format!("{spelled}[{}]", literal::quoted(name, self.style()))
            }
        })
    }

    /// The bytes of `statement`, and of its whole lines if nothing else is on them.
    pub(super) fn statement_lines(&self, statement: Span) -> Span {
        let line = self.line_of(statement.end.saturating_sub(1));
        let next = self.text.line_start(line + 1);
        let alone = object::indentation(&self.text, statement.start).is_some()
            && self.source(Span::new(statement.end, next)).trim().is_empty();
        let start = self.text.line_start(self.line_of(statement.start));
        if alone {
            return Span::new(start.max(self.mark()), next);
        }
        let is_blank = |letter: char| letter == ' ' || letter == '\t';
        let before = self.source(Span::new(start, statement.start));
        if before.trim().is_empty() {
            let after = self.source(Span::new(statement.end, next));
            return Span::new(statement.start, next - after.trim_start_matches(is_blank).len());
        }
        Span::new(start + before.trim_end_matches(is_blank).len(), statement.end)
    }

    /// How many bytes the byte-order mark takes.
    fn mark(&self) -> usize {
        if self.text.as_str().starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 }
    }
}

pub(super) fn as_object(expr: &Expr) -> Option<&ObjectLit> {
    match expr {
        Expr::Paren(inner) => as_object(&inner.expr),
        Expr::Object(literal) => Some(literal),
        _ => None,
    }
}

/// How a file is written.
struct Habits {
    style: Style,
    /// The blanks by which members stand deeper than their object.
    unit: String,
}

/// How the file quotes its strings and indents its members: as most of the root's own members do.
fn habits(text: &Text, tree: &Tree, dialect: Dialect) -> Habits {
    let root = match (dialect, tree.statements.as_slice()) {
        (Dialect::Script(variable), statements) => {
            let (found, _) = writes(statements, variable);
            found.iter().rev().find_map(|write| as_object(write.value))
        }
        (Dialect::Json, [Stmt::Expr(json)]) => as_object(&json.expr),
        (Dialect::Json, _) => None,
    };
    let json = dialect == Dialect::Json;
    let double = json || root.map_or_else(|| prefers_double(text), |root| prefers_double_members(text, root));
    let unit = root.and_then(|root| unit_of(text, root)).unwrap_or_else(|| "    ".to_owned());
    Habits { style: Style { quote: if double { '"' } else { '\'' }, json }, unit }
}

fn prefers_double_members(text: &Text, root: &ObjectLit) -> bool {
    let object = Object::of(root);
    let quotes = object.members.iter().filter_map(|member| match member.kind {
        object::Kind::Pair(value) => text.slice(span_of(value)).chars().next(),
        _ => None,
    });
    let (double, single) = quotes.fold((0, 0), |(double, single), quote| match quote {
        '"' => (double + 1, single),
        '\'' => (double, single + 1),
        _ => (double, single),
    });
    if double == single { prefers_double(text) } else { double > single }
}

fn prefers_double(text: &Text) -> bool {
    let count = |quote: u8| text.as_str().bytes().filter(|byte| *byte == quote).count();
    count(b'"') > count(b'\'')
}

/// How much deeper the first member of `root` stands than its closing brace.
fn unit_of(text: &Text, root: &ObjectLit) -> Option<String> {
    let object = Object::of(root);
    let inner = object::indentation(text, object.members.first()?.span.start)?;
    let outer = object::line_indentation(text, object.span.end.saturating_sub(1));
    inner.strip_prefix(outer).filter(|unit| !unit.is_empty()).map(str::to_owned)
}
