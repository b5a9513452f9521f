//! Finds all faults of structure, although serde stops at the first: each fault
//! is noted, its value replaced by a guess, and the file read again. The guesses
//! are remembered, so that no faults of the rules are reported that only a guess
//! has caused.

use std::collections::HashMap;

use jiban_domain::Text;
use jiban_domain::setup::Setup;
use serde::de::IntoDeserializer as _;
use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

use super::place::{Place, Step};
use super::words;

/// A file with more faults than this gets those found so far.
const MAX_ROUNDS: usize = 400;

/// The prefix of guessed ids; no file uses it.
const GUESSED_ID: &str = "guessed-where-none-was-given-";

/// Fields with references, or the targets of references: a guess there may cause
/// faults elsewhere.
const REFERENCE_FIELDS: [&str; 13] = [
    "hall", "line", "lines", "matter", "counter", "counters", "kiosk", "clerk", "clerks", "id",
    "parent", "halls", "role",
];

pub(super) struct Recovered {
    /// `None` if no guess made the file readable.
    pub setup: Option<Setup>,
    /// The faults of structure.
    pub faults: Vec<(Place, Text)>,
    /// Where the setup contains guesses.
    pub guesses: Guesses,
}

/// The places with guesses, and the number of guesses tried.
#[derive(Default)]
pub(super) struct Guesses(HashMap<Place, usize>);

impl Guesses {
    /// Whether a fault of the rules at this place is caused by the file, not by a
    /// guess.
    pub(super) fn can_trust(&self, place: &Place) -> bool {
        !self.0.keys().any(|guess| guess.overlaps(place) || affects(guess, place))
    }

    /// Whether the value at this place is a guess.
    fn contains(&self, place: &Place) -> bool {
        self.0.keys().any(|guess| guess.0.len() <= place.0.len() && guess.overlaps(place))
    }
}

/// Whether a guess may cause a fault of the rules at another place.
fn affects(guess: &Place, fault: &Place) -> bool {
    let (guessed, faulty) = (guess.keys(), fault.keys());
    let same_hall = guess.0.iter().zip(&fault.0).take(2).all(|(guess, fault)| guess == fault);
    match guessed[..] {
        // A reference to a hall or line may mean the one with the guessed id.
        ["hall", "id"] => matches!(faulty[..], ["hall", "parent"] | ["clerk", "halls"]),
        ["hall", "line"] | ["hall", "line", "id"] => {
            let refers_to_line = ["hall", "matter", "line"] == faulty[..]
                || ["hall", "counter", "lines"] == faulty[..];
            same_hall && refers_to_line
        }
        // The counter may have served a line that now has none.
        ["hall", "counter"] | ["hall", "counter", "lines"] => {
            same_hall && ["hall", "line"] == faulty[..]
        }
        ["hall", "parent"] => ["hall", "parent"] == faulty[..],
        // Nothing refers to these.
        ["hall", "matter" | "kiosk"]
        | ["hall", "matter" | "kiosk" | "counter", "id"]
        | ["hall", "matter", "line"]
        | ["clerk", "id" | "halls"] => false,
        ["clerk"] | ["clerk", "role"] => ["clerk"] == faulty[..],
        [.., key] => REFERENCE_FIELDS.contains(&key),
        [] => true,
    }
}

/// Reads a tree, replacing values until it has the structure of a [`Setup`].
pub(super) fn read(tree: &Spanned<DeValue<'_>>) -> Recovered {
    let mut tree = tree.clone();
    dates_as_text(tree.get_mut());
    let mut faults = Vec::new();
    let mut guesses = Guesses::default();
    for _ in 0..MAX_ROUNDS {
        let error = match serde_path_to_error::deserialize(tree.clone().into_deserializer()) {
            Ok(setup) => return Recovered { setup: Some(setup), faults, guesses },
            Err(error) => error,
        };
        let (place, what, kind) = interpret(Place::from(error.path()), error.inner().message());
        if !guesses.contains(&place) {
            faults.push((place.clone(), what));
        }
        if !guess(tree.get_mut(), &place, kind, &mut guesses) {
            break;
        }
    }
    Recovered { setup: None, faults, guesses }
}

/// The setup stores dates and times as text. In the file they may also be written
/// as TOML dates and times.
fn dates_as_text(value: &mut DeValue<'_>) {
    match value {
        DeValue::Datetime(at) => {
            let text = match (at.date, at.time) {
                (None, Some(time)) if time.second.unwrap_or_default() == 0 => {
                    format!("{:02}:{:02}", time.hour, time.minute)
                }
                _ => at.to_string(),
            };
            *value = DeValue::String(text.into());
        }
        DeValue::Array(list) => list.iter_mut().for_each(|item| dates_as_text(item.get_mut())),
        DeValue::Table(table) => {
            table.iter_mut().for_each(|(_, item)| dates_as_text(item.get_mut()));
        }
        _ => {}
    }
}

/// The kind of a fault of structure, which decides what is guessed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum FaultKind {
    Missing,
    Unknown,
    Wrong,
}

/// The exact place, the message for people and the kind, from serde's message.
fn interpret(place: Place, message: &str) -> (Place, Text, FaultKind) {
    let named = |start: &str| message.strip_prefix(start)?.split_once('`').map(|(name, _)| name);
    if let Some(name) = named("missing field `") {
        return (place.field(name), words::missing(), FaultKind::Missing);
    }
    if let Some(name) = named("unknown field `") {
        let at_field = matches!(place.0.last(), Some(Step::Key(key)) if key == name);
        let place = if at_field { place } else { place.field(name) };
        return (place, words::unknown(message), FaultKind::Unknown);
    }
    let what = match (place.0.last(), message) {
        (Some(Step::Key(name)), "invalid type: map, expected a sequence") => words::one_table(name),
        _ => words::wrong(message),
    };
    (place, what, FaultKind::Wrong)
}

/// Replaces the value with the next guess: first nothing, for the default; then a
/// value of each type; finally the enclosing table is replaced. False if nothing
/// is left to try.
fn guess(tree: &mut DeValue<'_>, place: &Place, kind: FaultKind, guesses: &mut Guesses) -> bool {
    let (Some(parent), Some(last)) = (place.parent(), place.0.last()) else { return false };
    let made = guesses.0.len();
    let tries = guesses.0.entry(place.clone()).or_default();
    // A missing value cannot be removed, and removing from a list would move the
    // other entries.
    if kind == FaultKind::Missing || matches!(last, Step::Index(_)) {
        *tries = (*tries).max(1);
    }
    let word = |text: &'static str| Some(DeValue::String(text.into()));
    // Unique, or the rules would report a duplicate id.
    let id = || Some(DeValue::String(format!("{GUESSED_ID}{made}").into()));
    let wants_id = matches!(last, Step::Key(key) if key == "id");
    let value = match *tries {
        0 => None,
        1 if wants_id => id(),
        1 => word("none"),
        2 => word("?"),
        3 => word("00:00"),
        4 => Some(DeValue::Array(DeArray::new())),
        5 => Some(DeValue::Table(DeTable::new())),
        _ => return guess(tree, &parent, FaultKind::Wrong, guesses),
    };
    *tries += 1;
    let value = value.map(|value| Spanned::new(0..0, value));
    match (descend(tree, &parent), last, value) {
        (Some(DeValue::Table(table)), Step::Key(key), None) => {
            table.remove(key.as_str());
            true
        }
        (Some(DeValue::Table(table)), Step::Key(key), Some(value)) => {
            table.insert(Spanned::new(0..0, key.clone().into()), value);
            true
        }
        (Some(DeValue::Array(items)), Step::Index(at), Some(value)) => {
            items.get_mut(*at).map(|item| *item = value).is_some()
        }
        _ => guess(tree, &parent, FaultKind::Wrong, guesses),
    }
}

fn descend<'v, 'i>(top: &'v mut DeValue<'i>, place: &Place) -> Option<&'v mut DeValue<'i>> {
    place.0.iter().try_fold(top, |value, step| match (value, step) {
        (DeValue::Table(table), Step::Key(key)) => {
            table.get_mut(key.as_str()).map(Spanned::get_mut)
        }
        (DeValue::Array(list), Step::Index(at)) => list.get_mut(*at).map(Spanned::get_mut),
        _ => None,
    })
}
