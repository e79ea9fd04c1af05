//! TOML with places: what the project's files are read from.
//!
//! Reading never stops at the first fault: every reader collects all of them, each with its place and a hint.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::fault::{Fault, Place};
use crate::text::{Span, Text};
use crate::value::Value;

/// A table of a TOML file.
pub type Table<'t> = DeTable<'t>;
/// A value of a TOML file with its bytes.
pub type Item<'t> = Spanned<DeValue<'t>>;

/// The largest integer that JavaScript holds exactly.
const EXACT: i64 = 1 << 53;

/// A file that is being read, and the faults found in it.
pub struct Reading<'t> {
    file: &'t str,
    text: &'t Text,
    faults: Vec<Fault>,
}

impl<'t> Reading<'t> {
    /// Starts to read `text`, the file `file`; faults of syntax are noted.
    #[must_use]
    pub fn start(file: &'t str, text: &'t Text) -> (Self, Spanned<Table<'t>>) {
        let source = text.as_str();
        let (table, errors) = DeTable::parse_recoverable(source.strip_prefix('\u{feff}').unwrap_or(source));
        let mut reading = Reading { file, text, faults: Vec::new() };
        for error in errors {
            let span = error.span().map_or(Span::empty(0), |span| Span::new(span.start, span.end));
            reading.fault(
                span,
                error.message().replace('\n', ", "),
                Some("see https://toml.io for how TOML is written"),
            );
        }
        (reading, table)
    }

    /// Notes a fault at `span`.
    pub fn fault(&mut self, span: Span, message: impl Into<String>, hint: Option<&str>) {
        let (message, hint) = (message.into(), hint.map(str::to_owned));
        self.faults.push(Fault { place: self.place(span), message, hint });
    }

    /// The place of `span`.
    #[must_use]
    pub fn place(&self, span: Span) -> Place {
        let mark = if self.text.as_str().starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        Place::of(self.file, self.text, Span::new(span.start + mark, span.end + mark))
    }

    /// The value of `item` as JSON would say it; faults are noted.
    pub fn value(&mut self, item: &Item<'_>) -> Option<Value> {
        let span = span(item);
        match item.get_ref() {
            DeValue::String(text) => Some(Value::String(text.to_string())),
            DeValue::Boolean(flag) => Some(Value::Bool(*flag)),
            DeValue::Integer(number) => {
                let exact = i64::from_str_radix(number.as_str(), number.radix()).ok();
                match exact.filter(|number| number.abs() <= EXACT) {
                    // Up to 2^53, every integer has an exact floating-point number.
                    #[allow(clippy::cast_precision_loss)]
                    Some(number) => Some(Value::Number(number as f64)),
                    None => {
                        self.refuse(span, "JavaScript cannot hold this integer exactly", "write it in quotes")
                    }
                }
            }
            DeValue::Float(number) => {
                match number.as_str().parse::<f64>().ok().filter(|number| number.is_finite()) {
                    Some(number) => Some(Value::Number(number)),
                    None => self.refuse(
                        span,
                        "JSON has no such number",
                        "write it as `\"Infinity\"` below `[raw]`",
                    ),
                }
            }
            DeValue::Datetime(_) => self.refuse(span, "JavaScript has no dates", "write it in quotes"),
            DeValue::Array(items) => {
                let items: Vec<_> = items.iter().map(|item| self.value(item)).collect();
                items.into_iter().collect::<Option<_>>().map(Value::Array)
            }
            DeValue::Table(table) => {
                let member = |(name, item): (&Spanned<_>, &Item<'_>)| {
                    Some((AsRef::<str>::as_ref(name.get_ref()).to_owned(), self.value(item)?))
                };
                let members: Vec<_> = table.iter().map(member).collect();
                members.into_iter().collect::<Option<_>>().map(Value::Object)
            }
        }
    }

    /// The faults, in the order of their places.
    #[must_use]
    pub fn faults(mut self) -> Vec<Fault> {
        self.faults.sort_by(|one, other| one.place.cmp(&other.place));
        self.faults.dedup();
        self.faults
    }

    fn refuse(&mut self, span: Span, message: &str, hint: &str) -> Option<Value> {
        self.fault(span, message, Some(hint));
        None
    }
}

/// The bytes of a spanned item.
#[must_use]
pub fn span<T>(item: &Spanned<T>) -> Span {
    Span::new(item.span().start, item.span().end)
}

/// The table inside `item`, if it is one.
#[must_use]
pub fn as_table<'i, 't>(item: &'i Item<'t>) -> Option<&'i Table<'t>> {
    item.get_ref().as_table()
}

/// The members of `table` in the order they are written.
#[must_use]
pub fn members<'i, 't>(table: &'i Table<'t>) -> Vec<(&'i str, Span, &'i Item<'t>)> {
    let mut members: Vec<_> =
        table.iter().map(|(name, item)| (name.get_ref().as_ref(), span(name), item)).collect();
    members.sort_by_key(|(_, span, _)| span.start);
    members
}

/// The kind of `item`, in words: `a string`.
#[must_use]
pub fn kind(item: &Item<'_>) -> &'static str {
    match item.get_ref() {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "a boolean",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// The one of `names` that is nearest to `wrong`, if one is near.
#[must_use]
pub fn nearest<'n>(wrong: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let scored = names.map(|name| (strsim::jaro_winkler(wrong, name), name));
    let best = scored.max_by(|one, other| one.0.total_cmp(&other.0))?;
    (best.0 > 0.8).then_some(best.1)
}
