//! All faults of shape, although serde stops at the first: the fault is noted,
//! its place mended by a guess, and the file read again. What was guessed is
//! kept, so that the hall's rules are not applied to guesses.

use std::collections::HashMap;

use jiban_domain::Text;
use jiban_domain::setup::Setup;
use serde::de::IntoDeserializer as _;
use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

use super::place::{Place, Step};
use super::words;

/// Rounds of mending; a file with more faults is told those found so far.
const ROUNDS: usize = 400;

/// How ids that were guessed begin: no file has them.
const UNHEARD_OF: &str = "guessed-where-none-was-given-";

/// Fields that others refer to, or that refer to others: a guess there may
/// make the rules see faults elsewhere.
const REFERRING: [&str; 13] = [
    "hall", "line", "lines", "matter", "counter", "counters", "kiosk", "clerk", "clerks", "id",
    "parent", "halls", "role",
];

/// What was read.
pub(super) struct Mended {
    /// Nothing where mending came to no end.
    pub setup: Option<Setup>,
    /// The faults of shape.
    pub faults: Vec<(Place, Text)>,
    /// Where the setup holds guesses.
    pub guesses: Guesses,
}

/// The places that were mended, and how often.
#[derive(Default)]
pub(super) struct Guesses(HashMap<Place, usize>);

impl Guesses {
    /// Whether a fault of the rules at this place can be meant for the person.
    pub(super) fn trusts(&self, place: &Place) -> bool {
        !self.0.keys().any(|guess| guess.touches(place) || sways(guess, place))
    }

    /// Whether what stands at this place is a guess, and no fault of the file.
    fn cover(&self, place: &Place) -> bool {
        self.0.keys().any(|guess| guess.0.len() <= place.0.len() && guess.touches(place))
    }
}

/// Whether a guess may make the rules see a fault at a place outside it.
fn sways(guess: &Place, fault: &Place) -> bool {
    let (guessed, faulty) = (guess.keys(), fault.keys());
    let in_its_hall = guess.0.iter().zip(&fault.0).take(2).all(|(guess, fault)| guess == fault);
    match guessed[..] {
        // Who names a hall or a line may have named the one that was guessed.
        ["hall", "id"] => matches!(faulty[..], ["hall", "parent"] | ["clerk", "halls"]),
        ["hall", "line"] | ["hall", "line", "id"] => {
            let names_one = ["hall", "matter", "line"] == faulty[..]
                || ["hall", "counter", "lines"] == faulty[..];
            in_its_hall && names_one
        }
        // What was to stand there may serve the line that nobody serves.
        ["hall", "counter"] | ["hall", "counter", "lines"] => {
            in_its_hall && ["hall", "line"] == faulty[..]
        }
        ["hall", "parent"] => ["hall", "parent"] == faulty[..],
        // These are named by nothing.
        ["hall", "matter" | "kiosk"]
        | ["hall", "matter" | "kiosk" | "counter", "id"]
        | ["hall", "matter", "line"]
        | ["clerk", "id" | "halls"] => false,
        ["clerk"] | ["clerk", "role"] => ["clerk"] == faulty[..],
        [.., key] => REFERRING.contains(&key),
        [] => true,
    }
}

/// Reads a tree, mending it until it has the shape of a [`Setup`].
pub(super) fn read(tree: &Spanned<DeValue<'_>>) -> Mended {
    let mut tree = tree.clone();
    dates_as_text(tree.get_mut());
    let mut faults = Vec::new();
    let mut guesses = Guesses::default();
    for _ in 0..ROUNDS {
        let error = match serde_path_to_error::deserialize(tree.clone().into_deserializer()) {
            Ok(setup) => return Mended { setup: Some(setup), faults, guesses },
            Err(error) => error,
        };
        let (place, what, kind) = understand(Place::from(error.path()), error.inner().message());
        if !guesses.cover(&place) {
            faults.push((place.clone(), what));
        }
        if !guess(tree.get_mut(), &place, kind, &mut guesses) {
            break;
        }
    }
    Mended { setup: None, faults, guesses }
}

/// TOML has dates and times of its own; the hall file keeps them as text, and
/// takes them written either way.
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

/// What kind of fault of shape it is, which decides the guess.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Missing,
    Unknown,
    Wrong,
}

/// The place itself, and words for the person, from serde's message.
fn understand(place: Place, told: &str) -> (Place, Text, Kind) {
    let named = |start: &str| told.strip_prefix(start)?.split_once('`').map(|(name, _)| name);
    if let Some(name) = named("missing field `") {
        return (place.field(name), words::missing(), Kind::Missing);
    }
    if let Some(name) = named("unknown field `") {
        let at_field = matches!(place.0.last(), Some(Step::Key(key)) if key == name);
        let place = if at_field { place } else { place.field(name) };
        return (place, words::unknown(told), Kind::Unknown);
    }
    let what = match (place.0.last(), told) {
        (Some(Step::Key(name)), "invalid type: map, expected a sequence") => words::one_table(name),
        _ => words::wrong(told),
    };
    (place, what, Kind::Wrong)
}

/// Puts something in the place that may fit: nothing, so that the default is
/// taken; then words of each sort a hall file has; at last the table around it
/// goes. False where nothing is left to try.
fn guess(tree: &mut DeValue<'_>, place: &Place, kind: Kind, guesses: &mut Guesses) -> bool {
    let (Some(above), Some(last)) = (place.above(), place.0.last()) else { return false };
    let made = guesses.0.len();
    let tries = guesses.0.entry(place.clone()).or_default();
    // What is missing cannot go, and what goes from a list moves the rest.
    if kind == Kind::Missing || matches!(last, Step::Index(_)) {
        *tries = (*tries).max(1);
    }
    let word = |text: &'static str| Some(DeValue::String(text.into()));
    // An id of its own, or the rules would see it given twice.
    let id = || Some(DeValue::String(format!("{UNHEARD_OF}{made}").into()));
    let wants_id = matches!(last, Step::Key(key) if key == "id");
    let put = match *tries {
        0 => None,
        1 if wants_id => id(),
        1 => word("none"),
        2 => word("?"),
        3 => word("00:00"),
        4 => Some(DeValue::Array(DeArray::new())),
        5 => Some(DeValue::Table(DeTable::new())),
        _ => return guess(tree, &above, Kind::Wrong, guesses),
    };
    *tries += 1;
    let put = put.map(|value| Spanned::new(0..0, value));
    match (descend(tree, &above), last, put) {
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
        _ => guess(tree, &above, Kind::Wrong, guesses),
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
