//! What is wrong with a description of halls: everything at once, each fault
//! with its place, so that a person mends the file in one go.

use std::collections::HashSet;

use super::{Hall, Role, Setup};
use crate::text::Text;

mod hall;
mod matter;

/// Something wrong, and where: `hall[0].matter[3].line`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Keys and indexes from the top of the file, as TOML names them.
    pub place: String,
    /// What is wrong and what was wanted.
    pub what: String,
}

/// Characters a name may have, and a text that is longer than a name.
const NAME: usize = 200;
const PASSAGE: usize = 2000;

/// All that is wrong; empty when the description can be used.
pub fn faults(setup: &Setup) -> Vec<Fault> {
    let mut found = Found::default();
    if setup.halls.is_empty() {
        found.say("hall", "there is no hall; at least one is wanted");
    }
    let mut halls = Ids::new("hall id");
    let mut counters = Ids::new("counter id");
    let mut kiosks = Ids::new("kiosk id");
    for (index, hall) in setup.halls.iter().enumerate() {
        let place = format!("hall[{index}]");
        found.id(&place, hall.id.as_str(), &mut halls);
        found.ancestry(&place, setup, hall);
        found.hall(&place, hall);
        found.counters(&place, hall, &mut counters);
        found.kiosks(&place, hall, &mut kiosks);
    }
    found.clerks(setup);
    found.faults
}

/// The ids of one kind met so far. They stand in addresses, which are read in
/// either case, so `k1` and `K1` would be one.
struct Ids {
    kind: &'static str,
    seen: HashSet<String>,
}

impl Ids {
    fn new(kind: &'static str) -> Self {
        Self { kind, seen: HashSet::new() }
    }
}

#[derive(Default)]
struct Found {
    faults: Vec<Fault>,
}

impl Found {
    fn say(&mut self, place: &str, what: &str) {
        self.faults.push(Fault { place: place.to_owned(), what: what.to_owned() });
    }

    /// Ids stand in addresses and on the wire, so they are kept plain.
    fn id(&mut self, place: &str, id: &str, ids: &mut Ids) {
        let place = format!("{place}.id");
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        if id.is_empty() || id.len() > 40 || !id.chars().all(plain) {
            self.say(
                &place,
                &format!("\"{id}\" is no id; wanted 1 to 40 of A-Z, a-z, 0-9, - and _"),
            );
        } else if !ids.seen.insert(id.to_ascii_lowercase()) {
            self.say(&place, &format!("the {} \"{id}\" is given twice", ids.kind));
        }
    }

    /// A text that must be there.
    fn text(&mut self, place: &str, text: &Text) {
        if text.zh.trim().is_empty() || text.en.trim().is_empty() {
            self.say(place, "is empty; wanted a text, or { zh = \"…\", en = \"…\" }");
        }
        self.no_longer_than(NAME, place, &[&text.zh, &text.en]);
    }

    fn no_longer_than(&mut self, most: usize, place: &str, texts: &[&str]) {
        if texts.iter().any(|text| text.chars().count() > most) {
            self.say(place, &format!("is longer than {most} characters"));
        }
        if texts.iter().any(|text| text.chars().any(char::is_control)) {
            self.say(place, "holds a line break or another control character");
        }
    }

    fn within(&mut self, place: &str, value: u32, least: u32, most: u32, unit: &str) {
        if !(least..=most).contains(&value) {
            let size = if value < least { "few" } else { "many" };
            self.say(place, &format!("{value} is too {size}; wanted {least} to {most} {unit}"));
        }
    }

    fn ancestry(&mut self, place: &str, setup: &Setup, hall: &Hall) {
        let mut above = hall.parent.as_ref();
        for _ in 0..=setup.halls.len() {
            let Some(parent) = above else { return };
            let Some(found) = setup.hall(parent) else {
                if hall.parent.as_ref() == Some(parent) {
                    self.say(&format!("{place}.parent"), &format!("there is no hall \"{parent}\""));
                }
                return;
            };
            above = found.parent.as_ref();
        }
        self.say(&format!("{place}.parent"), "the halls above it form a circle");
    }

    fn clerks(&mut self, setup: &Setup) {
        let mut clerks = Ids::new("clerk id");
        for (index, clerk) in setup.clerks.iter().enumerate() {
            let place = format!("clerk[{index}]");
            self.id(&place, clerk.id.as_str(), &mut clerks);
            self.text(&format!("{place}.name"), &clerk.name);
            for (at, hall) in clerk.halls.iter().enumerate() {
                if setup.hall(hall).is_none() {
                    self.say(
                        &format!("{place}.halls[{at}]"),
                        &format!("there is no hall \"{hall}\""),
                    );
                }
            }
        }
        if !setup.clerks.iter().any(|clerk| clerk.role == Role::Admin) {
            self.say("clerk", "nobody may set up the hall; wanted one with role = \"admin\"");
        }
    }
}

#[cfg(test)]
mod tests;
