//! Faults of a hall, its lines, counters and kiosks.

use std::collections::HashSet;

use jiff::tz::TimeZone;

use super::{Found, Ids};
use crate::setup::{Hall, Kiosk, Printer, Rules};

impl Found {
    pub(super) fn hall(&mut self, place: &str, hall: &Hall) {
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
        if hall.day_turns_at.minutes >= 24 * 60 {
            self.say(
                &format!("{place}.day_turns_at"),
                &format!("{} is no hour of the day; wanted 00:00 to 23:59", hall.day_turns_at),
            );
        }
        self.no_longer_than(60, &format!("{place}.telephone"), &[&hall.telephone]);
        self.rules(&format!("{place}.rules"), &hall.rules);
        for fault in hall.hours.faults() {
            self.say(&format!("{place}.hours.{}", fault.place), &fault.what);
        }
        self.lines(place, hall);
        self.matters(place, hall);
    }

    fn rules(&mut self, place: &str, rules: &Rules) {
        for (name, value, least, most, unit) in [
            ("calls_before_missed", rules.calls_before_missed, 1, 20, "calls"),
            ("reinstate_behind", rules.reinstate_behind, 0, 50, "others"),
            ("elder_head_start", rules.elder_head_start, 0, 240, "minutes"),
            ("priority_head_start", rules.priority_head_start, 0, 240, "minutes"),
            ("ill_head_start", rules.ill_head_start, 0, 240, "minutes"),
            ("idle_seconds", rules.idle_seconds, 10, 600, "seconds"),
            ("countdown_seconds", rules.countdown_seconds, 20, 600, "seconds"),
        ] {
            self.within(&format!("{place}.{name}"), value, least, most, unit);
        }
    }

    fn lines(&mut self, place: &str, hall: &Hall) {
        let mut ids = Ids::new("line id");
        let mut letters = HashSet::new();
        for (at, line) in hall.lines.iter().enumerate() {
            let place = format!("{place}.line[{at}]");
            self.id(&place, line.id.as_str(), &mut ids);
            self.text(&format!("{place}.name"), &line.name);
            if !line.letter.is_ascii_uppercase() {
                self.say(
                    &format!("{place}.letter"),
                    &format!("\"{}\" is no letter; wanted one of A to Z", line.letter),
                );
            } else if !letters.insert(line.letter) {
                self.say(
                    &format!("{place}.letter"),
                    &format!("the letter \"{}\" is given twice", line.letter),
                );
            }
            if !line.closed && !hall.counters.iter().any(|c| c.lines.contains(&line.id)) {
                self.say(
                    &place,
                    &format!(
                        "no counter serves the line \"{}\"; wanted one, or closed = true",
                        line.id
                    ),
                );
            }
        }
    }

    pub(super) fn counters(&mut self, place: &str, hall: &Hall, ids: &mut Ids) {
        for (at, counter) in hall.counters.iter().enumerate() {
            let place = format!("{place}.counter[{at}]");
            self.id(&place, counter.id.as_str(), ids);
            self.text(&format!("{place}.name"), &counter.name);
            if counter.lines.is_empty() {
                self.say(&format!("{place}.lines"), "serves no line; wanted one at least");
            }
            let mut served = HashSet::new();
            for (index, line) in counter.lines.iter().enumerate() {
                let place = format!("{place}.lines[{index}]");
                if hall.line(line).is_none() {
                    self.say(&place, &format!("there is no line \"{line}\" in this hall"));
                } else if !served.insert(line) {
                    self.say(&place, &format!("the line \"{line}\" is given twice"));
                }
            }
        }
    }

    pub(super) fn kiosks(&mut self, place: &str, hall: &Hall, ids: &mut Ids) {
        for (at, kiosk) in hall.kiosks.iter().enumerate() {
            let place = format!("{place}.kiosk[{at}]");
            self.id(&place, kiosk.id.as_str(), ids);
            self.text(&format!("{place}.name"), &kiosk.name);
            self.printer(&format!("{place}.printer"), kiosk);
        }
    }

    fn printer(&mut self, place: &str, kiosk: &Kiosk) {
        let Printer::Escpos { address, paper, .. } = &kiosk.printer else { return };
        let reachable = address.rsplit_once(':').is_some_and(|(host, port)| {
            let plain = |c: char| !c.is_whitespace() && !c.is_control() && c != '/';
            !host.is_empty()
                && host.chars().all(plain)
                && port.parse::<u16>().is_ok_and(|port| port > 0)
        });
        if !reachable {
            self.say(
                &format!("{place}.address"),
                &format!("\"{address}\" is no address; wanted host:port such as 192.168.1.50:9100"),
            );
        }
        if ![58, 80].contains(paper) {
            self.say(
                &format!("{place}.paper"),
                &format!("{paper} is no paper width; wanted 58 or 80 (millimetres)"),
            );
        }
    }
}
