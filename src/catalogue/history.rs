//! The history of a key in words, for people who ask `explain`.
//!
//! One line per event, oldest first. A long run of changed defaults is cut to the last three and a count.

use super::date::Date;
use super::key::{DefaultValue, Key, Presence, State};
use super::moves::{Carry, Move, Rule};
use crate::value::Value;

/// How many changes of the default in a row are told one by one.
const TOLD: usize = 3;
/// The longest list that is shown item by item.
const SHOWN: usize = 6;

impl Key {
    /// What became of the key through the years: `2021-11-26 only documented in a comment`.
    #[must_use]
    pub fn history(&self) -> Vec<String> {
        let mut events = shortened(&state_events(&self.states));
        events.extend(self.moved_to.chunk_by(is_same_move).filter_map(|moves| self.move_event(moves)));
        events
            .extend(self.read_until.map(|day| Event::new(day, "the last code that read it went".to_owned())));
        events.sort_by_key(|event| event.day);
        let unnamed =
            self.states.is_empty().then(|| "never in the shipped file, only known to the client".to_owned());
        let told = events.into_iter().map(|event| format!("{} {}", event.day, event.words));
        unnamed.into_iter().chain(told).collect()
    }

    /// The words for moves that differ in the new key alone.
    fn move_event(&self, moves: &[Move]) -> Option<Event> {
        let first = moves.first()?;
        let paths = moves.iter().map(|to| format!("`{}`", to.path)).collect::<Vec<_>>().join(", ");
        let carry = match first.carry {
            Carry::Same => "",
            Carry::Inverted => ", inverted",
            Carry::ListEntries => ", as items of the list",
            Carry::Combined => ", together with other keys",
        };
        let rule = match (first.rule, first.switched_off_by()) {
            (Rule::NewWins, _) => "the new one wins".to_owned(),
            (Rule::OldWins, _) => "the old one wins while it is there".to_owned(),
            (Rule::Merged, _) => "both count".to_owned(),
            (Rule::NotTranslated, _) => match self.unread_since(first.since) {
                Some(since) if since == first.since => "the old one is ignored".to_owned(),
                Some(since) => format!("the old one is ignored since {since}"),
                None => "the old one is read still".to_owned(),
            },
            (Rule::OnlyIfParentAbsent, object) => {
                format!("the old one counts only while there is no `{}`", object.unwrap_or_default())
            }
        };
        Some(Event::new(first.since, format!("moved to {} {paths}{carry} ({rule})", first.file)))
    }
}

#[derive(Clone)]
struct Event {
    day: Date,
    words: String,
    /// Whether only the default of an active key changed.
    only_default: bool,
}

impl Event {
    fn new(day: Date, words: String) -> Self {
        Event { day, words, only_default: false }
    }
}

fn state_events(states: &[State]) -> Vec<Event> {
    let before = std::iter::once(None).chain(states.iter().map(Some));
    before.zip(states).map(|(before, state)| state_event(before, state)).collect()
}

fn state_event(before: Option<&State>, state: &State) -> Event {
    let was_active = before.filter(|before| before.presence == Presence::Active);
    if let (Presence::Active, Some(was)) = (state.presence, was_active) {
        let words = default_change(was.default.as_ref(), state.default.as_ref());
        return Event { day: state.since, words, only_default: true };
    }
    let words = match (state.presence, &state.default, &state.example) {
        (Presence::Active, Some(default), _) => format!("active, default {}", shown_default(default)),
        (Presence::Active, None, _) => "active".to_owned(),
        (Presence::Absent, ..) => "gone from the file".to_owned(),
        (Presence::Documented, ..) if was_active.is_some() => "only documented in a comment".to_owned(),
        (Presence::Documented, _, Some(example)) => {
            format!("documented in a comment, example {}", shown(example))
        }
        (Presence::Documented, _, None) => "documented in a comment".to_owned(),
    };
    Event::new(state.since, words)
}

fn default_change(old: Option<&DefaultValue>, new: Option<&DefaultValue>) -> String {
    match (old, new) {
        (Some(DefaultValue::Literal(Value::Array(old))), Some(DefaultValue::Literal(Value::Array(new)))) => {
            list_change(old, new)
        }
        (_, Some(new)) => format!("default now {}", shown_default(new)),
        (_, None) => "default now in its members".to_owned(),
    }
}

fn list_change(old: &[Value], new: &[Value]) -> String {
    let difference = |left: &[Value], right: &[Value]| -> Vec<String> {
        left.iter().filter(|item| !right.contains(item)).map(Value::to_string).collect()
    };
    match (difference(new, old), difference(old, new)) {
        (gained, lost) if gained.is_empty() && lost.is_empty() => "default in another order".to_owned(),
        (gained, lost) if lost.is_empty() => format!("default gained {}", gained.join(", ")),
        (gained, lost) if gained.is_empty() => format!("default lost {}", lost.join(", ")),
        (gained, lost) => format!("default gained {}, lost {}", gained.join(", "), lost.join(", ")),
    }
}

fn shown_default(default: &DefaultValue) -> String {
    match default {
        DefaultValue::Literal(value) => shown(value),
        DefaultValue::Expression { source } => format!("`{source}`"),
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::Array(items) if items.len() > SHOWN => format!("a list of {}", items.len()),
        value => value.to_string(),
    }
}

/// The events with every long run of changed defaults cut to a count and the last of them.
fn shortened(events: &[Event]) -> Vec<Event> {
    let runs = events.chunk_by(|left, right| left.only_default && right.only_default);
    runs.flat_map(|run| {
        // One change alone is as short as a count of it.
        let cut = Some(run.len().saturating_sub(TOLD)).filter(|cut| *cut > 1).unwrap_or(0);
        let count = run[..cut]
            .last()
            .map(|last| Event::new(run[0].day, format!("default changed {cut} times until {}", last.day)));
        count.into_iter().chain(run[cut..].iter().cloned()).collect::<Vec<_>>()
    })
    .collect()
}

fn is_same_move(left: &Move, right: &Move) -> bool {
    (left.since, left.file, left.rule, left.carry) == (right.since, right.file, right.rule, right.carry)
}
