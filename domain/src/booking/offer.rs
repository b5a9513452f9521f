//! The days and slots of a matter, and which places of them are free.

use std::collections::BTreeSet;

use jiff::ToSpan as _;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::refusal::BookingRefusal;
use super::{Booking, SlotPlace};
use crate::day::{Clock24, Period, first_instant, local};
use crate::ids::{MatterId, Millis};
use crate::refusal::Refusal;
use crate::schedule::{HallTime, Schedule, overlap};
use crate::setup::{BookingRules, Hall, Line, Matter};

/// How far ahead days are looked for.
const DAYS_AHEAD: i32 = 92;

/// What a matter offers.
#[derive(Debug, Clone, Copy)]
pub struct Offers<'a> {
    pub hall: &'a Hall,
    pub rules: &'a BookingRules,
    pub matter: &'a Matter,
    pub line: &'a Line,
    pub time: HallTime<'a>,
}

/// A day that can be booked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayOffer {
    pub day: Date,
    pub slots: Vec<SlotOffer>,
}

/// A slot at which a visit may begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlotOffer {
    /// By the hall's clock.
    pub slot: Clock24,
    /// UTC milliseconds.
    pub begins_at: Millis,
    pub ends_at: Millis,
    /// How many can still book it.
    pub free: u32,
}

/// A slot of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Slot {
    pub start: Clock24,
    pub begins_at: Millis,
    pub ends_at: Millis,
}

impl<'a> Offers<'a> {
    /// Those of a matter.
    ///
    /// # Errors
    /// An unknown matter or line; [`BookingRefusal::NoBookings`] where the hall takes none,
    /// [`BookingRefusal::NotBookable`] where the matter is not booked.
    pub fn of(hall: &'a Hall, matter: &MatterId, time: HallTime<'a>) -> Result<Self, Refusal> {
        let rules = hall.booking.as_ref().ok_or(BookingRefusal::NoBookings)?;
        let matter = hall.matter(matter).ok_or(Refusal::UnknownMatter)?;
        let line = hall.line(&matter.line).ok_or(Refusal::UnknownLine)?;
        if is_offered(hall, matter) {
            Ok(Self { hall, rules, matter, line, time })
        } else {
            Err(BookingRefusal::NotBookable.into())
        }
    }

    /// The places of each slot.
    pub fn places(&self) -> u32 {
        places(self.hall, self.rules, self.line)
    }

    /// The slots of a day that follow each other, of each period.
    pub(super) fn slots(&self, day: Date) -> Vec<Vec<Slot>> {
        let length = u16::try_from(self.rules.slot_minutes.max(5)).unwrap_or(u16::MAX);
        let slot = |start: u16| {
            let (start, end) = (Clock24 { minutes: start }, Clock24 { minutes: start + length });
            let begins_at = first_instant(day, start, self.time.zone)?;
            let ends_at = first_instant(day, end, self.time.zone)?;
            // What the clock skips in summer time is no time for anybody.
            (begins_at < ends_at).then_some(Slot { start, begins_at, ends_at })
        };
        let periods = open_periods(self.hall, &self.line.id, Some(self.rules), day, self.time);
        periods
            .into_iter()
            .map(|(from, to)| {
                let starts = (from.minutes..to.minutes).step_by(usize::from(length));
                starts.take_while(|start| start + length <= to.minutes).filter_map(slot).collect()
            })
            .collect()
    }

    /// The slots that a visit takes which begins at each slot of a day.
    fn visits(&self, day: Date) -> Vec<Vec<Slot>> {
        let many = usize::try_from(self.matter.booking_slots.max(1)).unwrap_or(1);
        let periods = self.slots(day);
        periods.iter().flat_map(|slots| slots.windows(many).map(<[Slot]>::to_vec)).collect()
    }

    /// The days that can be booked, as seen from an instant.
    pub fn days(&self, now: Millis) -> Vec<Date> {
        let today = local(now, self.time.zone).date();
        let first = i32::try_from(self.rules.first_day).unwrap_or_default();
        (first..=first + DAYS_AHEAD)
            .filter_map(|ahead| today.checked_add(ahead.days()).ok())
            .filter(|day| self.visits(*day).iter().any(|visit| visit[0].begins_at > now))
            .take(usize::try_from(self.rules.days).unwrap_or_default())
            .collect()
    }

    /// The days and slots that can be booked; `taken` are the places of a slot that others
    /// have.
    pub fn offered(
        &self,
        now: Millis,
        taken: impl Fn(Date, Clock24) -> BTreeSet<u32>,
    ) -> Vec<DayOffer> {
        let places = self.places();
        let free = |day, visit: &Vec<Slot>| {
            let of_slot = |slot: &Slot| {
                let taken = taken(day, slot.start).range(1..=places).count();
                places.saturating_sub(u32::try_from(taken).unwrap_or(u32::MAX))
            };
            visit.iter().map(of_slot).min().unwrap_or_default()
        };
        let slots = |day| {
            let visits = self.visits(day).into_iter().filter(|visit| visit[0].begins_at > now);
            visits
                .map(|visit| SlotOffer {
                    slot: visit[0].start,
                    begins_at: visit[0].begins_at,
                    ends_at: visit[visit.len() - 1].ends_at,
                    free: free(day, &visit),
                })
                .collect()
        };
        self.days(now).into_iter().map(|day| DayOffer { day, slots: slots(day) }).collect()
    }

    /// Takes a place in each slot of a visit: the first that nobody has.
    ///
    /// # Errors
    /// [`BookingRefusal::SlotNotOffered`], [`BookingRefusal::SlotFull`].
    pub fn take(
        &self,
        now: Millis,
        day: Date,
        start: Clock24,
        taken: impl Fn(Date, Clock24) -> BTreeSet<u32>,
    ) -> Result<Taken, BookingRefusal> {
        let visit = self
            .visits(day)
            .into_iter()
            .find(|visit| visit[0].start == start && visit[0].begins_at > now)
            .filter(|_| self.days(now).contains(&day))
            .ok_or(BookingRefusal::SlotNotOffered)?;
        let free = |slot: &Slot| {
            let taken = taken(day, slot.start);
            let place = (1..=self.places()).find(|place| !taken.contains(place));
            let place = place.ok_or(BookingRefusal::SlotFull)?;
            Ok(SlotPlace { day, slot: slot.start, place })
        };
        Ok(Taken {
            places: visit.iter().map(free).collect::<Result<_, _>>()?,
            begins_at: visit[0].begins_at,
            ends_at: visit[visit.len() - 1].ends_at,
        })
    }
}

/// Whether a matter can be booked at all.
pub fn is_offered(hall: &Hall, matter: &Matter) -> bool {
    let (rules, line) = (hall.booking.as_ref(), hall.line(&matter.line));
    rules.zip(line).is_some_and(|(rules, line)| {
        matter.booking_slots > 0 && !line.closed && places(hall, rules, line) > 0
    })
}

/// The places of each slot: the number of the file, and never more than the share of what
/// the line's counters can serve in it.
fn places(hall: &Hall, rules: &BookingRules, line: &Line) -> u32 {
    let counters: f64 = hall
        .counters
        .iter()
        .filter(|counter| counter.lines.contains(&line.id) && !counter.tidal)
        // A counter gives each of its lines a part of its time.
        .map(|counter| 1.0 / f64::from(u32::try_from(counter.lines.len()).unwrap_or(1)))
        .sum();
    let matters = || hall.matters.iter().filter(|matter| matter.line == line.id);
    let many = f64::from(u32::try_from(matters().count().max(1)).unwrap_or(1));
    let minutes = matters().map(|matter| matter.minutes).sum::<f64>() / many;
    let visits = counters * f64::from(rules.slot_minutes) / minutes.max(0.5);
    let share = visits * f64::from(rules.share_percent) / 100.0;
    // One at least, where any counter serves the line: a hall that takes bookings has some.
    let least = if counters > 0.0 && rules.share_percent > 0 { 1.0 } else { 0.0 };
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let share = share.max(least).min(1000.0) as u32;
    line.booking_places.or(rules.places).map_or(share, |places| places.min(share))
}

/// Places that were taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    pub places: Vec<SlotPlace>,
    pub begins_at: Millis,
    pub ends_at: Millis,
}

/// The periods of a day in which a line has slots.
pub(super) fn open_periods(
    hall: &Hall,
    line: &crate::ids::LineId,
    rules: Option<&BookingRules>,
    day: Date,
    time: HallTime<'_>,
) -> Vec<Period> {
    let called = Schedule::of_line(hall, line, time).on(day);
    let Some(hours) = rules.and_then(|rules| rules.hours.as_ref()) else { return called };
    let booked = hours.on_in_hall(&hall.hours, day, time.calendar);
    booked
        .into_iter()
        .flat_map(|one| called.iter().filter_map(move |other| overlap(one, *other)))
        .collect()
}

/// The places that a booking has in a slot, and those that rest after it.
pub fn places_in(
    booking: &Booking,
    day: Date,
    slot: Clock24,
    now: Millis,
) -> impl Iterator<Item = u32> + '_ {
    let kept = booking.keeps_places(now);
    let has = booking.places.iter().filter(move |_| kept);
    let rests = booking.resting.iter().filter(move |resting| now < resting.until);
    has.chain(rests.map(|resting| &resting.place))
        .filter(move |place| place.day == day && place.slot == slot)
        .map(|place| place.place)
}
