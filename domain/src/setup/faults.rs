//! What is wrong with a description of halls: everything at once, each fault
//! with its place, so that a person mends the file in one go.

use std::collections::HashSet;
use std::hash::Hash;

use jiff::tz::TimeZone;

use super::{Hall, Printer, Setup};
use crate::text::Text;

/// Something wrong, and where: `hall[0].matter[3].line`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Keys and indexes from the top of the file, as TOML names them.
    pub place: String,
    /// What is wrong and what was wanted.
    pub what: String,
}

/// All that is wrong; empty when the description can be used.
pub fn faults(setup: &Setup) -> Vec<Fault> {
    let mut found = Found::default();
    if setup.halls.is_empty() {
        found.say("hall", "there is no hall; at least one is wanted");
    }
    let mut halls = HashSet::new();
    let mut counters = HashSet::new();
    let mut kiosks = HashSet::new();
    for (index, hall) in setup.halls.iter().enumerate() {
        let place = format!("hall[{index}]");
        found.id(&place, hall.id.as_str());
        found.once(&mut halls, &hall.id, &format!("{place}.id"), "hall id");
        found.hall(&place, hall);
        for (at, counter) in hall.counters.iter().enumerate() {
            found.once(
                &mut counters,
                &counter.id,
                &format!("{place}.counter[{at}].id"),
                "counter id",
            );
        }
        for (at, kiosk) in hall.kiosks.iter().enumerate() {
            found.once(&mut kiosks, &kiosk.id, &format!("{place}.kiosk[{at}].id"), "kiosk id");
        }
        found.ancestry(&place, setup, hall);
    }
    let mut clerks = HashSet::new();
    for (index, clerk) in setup.clerks.iter().enumerate() {
        let place = format!("clerk[{index}]");
        found.id(&place, clerk.id.as_str());
        found.once(&mut clerks, &clerk.id, &format!("{place}.id"), "clerk id");
        for (at, hall) in clerk.halls.iter().enumerate() {
            if !halls.contains(hall) {
                found.say(&format!("{place}.halls[{at}]"), &format!("there is no hall \"{hall}\""));
            }
        }
    }
    found.faults
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
    fn id(&mut self, place: &str, id: &str) {
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        if id.is_empty() || id.len() > 40 || !id.chars().all(plain) {
            self.say(
                &format!("{place}.id"),
                &format!("\"{id}\" is no id; wanted 1 to 40 of A-Z, a-z, 0-9, - and _"),
            );
        }
    }

    fn once<T: Hash + Eq + Clone + std::fmt::Display>(
        &mut self,
        seen: &mut HashSet<T>,
        item: &T,
        place: &str,
        kind: &str,
    ) {
        if !seen.insert(item.clone()) {
            self.say(place, &format!("the {kind} \"{item}\" is given twice"));
        }
    }

    fn text(&mut self, place: &str, text: &Text) {
        if text.zh.trim().is_empty() || text.en.trim().is_empty() {
            self.say(place, "is empty; wanted a text, or { zh = \"…\", en = \"…\" }");
        } else if text.zh.chars().count() > 200 || text.en.chars().count() > 200 {
            self.say(place, "is longer than 200 characters");
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

    fn hall(&mut self, place: &str, hall: &Hall) {
        self.text(&format!("{place}.name"), &hall.name);
        if TimeZone::get(&hall.time_zone).is_err() {
            self.say(
                &format!("{place}.time_zone"),
                &format!(
                    "\"{}\" is no time zone; wanted a name such as Asia/Shanghai",
                    hall.time_zone
                ),
            );
        }
        if hall.rules.countdown_seconds < 20 {
            self.say(
                &format!("{place}.rules.countdown_seconds"),
                &format!("{} is too short; wanted at least 20", hall.rules.countdown_seconds),
            );
        }
        if hall.rules.calls_before_missed == 0 {
            self.say(
                &format!("{place}.rules.calls_before_missed"),
                "0 is too few; wanted at least 1",
            );
        }
        for fault in hall.hours.faults() {
            self.say(&format!("{place}.hours.{}", fault.place), &fault.what);
        }
        self.lines(place, hall);
        self.matters(place, hall);
        for (at, counter) in hall.counters.iter().enumerate() {
            let place = format!("{place}.counter[{at}]");
            self.id(&place, counter.id.as_str());
            self.text(&format!("{place}.name"), &counter.name);
            if counter.lines.is_empty() {
                self.say(&format!("{place}.lines"), "serves no line");
            }
            let mut seen = HashSet::new();
            for (index, line) in counter.lines.iter().enumerate() {
                let place = format!("{place}.lines[{index}]");
                self.once(&mut seen, line, &place, "line");
                if hall.line(line).is_none() {
                    self.say(&place, &format!("there is no line \"{line}\" in this hall"));
                }
            }
        }
        for (at, kiosk) in hall.kiosks.iter().enumerate() {
            let place = format!("{place}.kiosk[{at}]");
            self.id(&place, kiosk.id.as_str());
            self.text(&format!("{place}.name"), &kiosk.name);
            if let Printer::Escpos { address, paper, .. } = &kiosk.printer {
                if !address.rsplit_once(':').is_some_and(|(host, port)| {
                    !host.is_empty() && port.parse::<u16>().is_ok_and(|port| port > 0)
                }) {
                    self.say(
                        &format!("{place}.printer.address"),
                        &format!("\"{address}\" is no address; wanted host:port such as 192.168.1.50:9100"),
                    );
                }
                if ![58, 80].contains(paper) {
                    self.say(
                        &format!("{place}.printer.paper"),
                        &format!("{paper} is no paper width; wanted 58 or 80 (millimetres)"),
                    );
                }
            }
        }
    }

    fn lines(&mut self, place: &str, hall: &Hall) {
        let mut ids = HashSet::new();
        let mut letters = HashSet::new();
        for (at, line) in hall.lines.iter().enumerate() {
            let place = format!("{place}.line[{at}]");
            self.id(&place, line.id.as_str());
            self.once(&mut ids, &line.id, &format!("{place}.id"), "line id");
            self.once(&mut letters, &line.letter, &format!("{place}.letter"), "letter");
            if !line.letter.is_ascii_uppercase() {
                self.say(
                    &format!("{place}.letter"),
                    &format!("\"{}\" is no letter; wanted one of A to Z", line.letter),
                );
            }
            self.text(&format!("{place}.name"), &line.name);
        }
    }

    fn matters(&mut self, place: &str, hall: &Hall) {
        let mut ids = HashSet::new();
        for (at, matter) in hall.matters.iter().enumerate() {
            let place = format!("{place}.matter[{at}]");
            self.id(&place, matter.id.as_str());
            self.once(&mut ids, &matter.id, &format!("{place}.id"), "matter id");
            self.text(&format!("{place}.name"), &matter.name);
            self.text(&format!("{place}.department"), &matter.department);
            if hall.line(&matter.line).is_none() {
                self.say(
                    &format!("{place}.line"),
                    &format!("there is no line \"{}\" in this hall", matter.line),
                );
            }
            if !(0.5..=480.0).contains(&matter.minutes) {
                self.say(
                    &format!("{place}.minutes"),
                    &format!("{} is no service time; wanted 0.5 to 480 minutes", matter.minutes),
                );
            }
            if matter.statutory_days > 0 && matter.promised_days > matter.statutory_days {
                self.say(
                    &format!("{place}.promised_days"),
                    &format!(
                        "{} is longer than the {} days the law allows",
                        matter.promised_days, matter.statutory_days
                    ),
                );
            }
            for (index, material) in matter.materials.iter().enumerate() {
                self.text(&format!("{place}.materials[{index}].name"), &material.name);
            }
            for (index, step) in matter.steps.iter().enumerate() {
                self.text(&format!("{place}.steps[{index}]"), step);
            }
        }
    }
}
