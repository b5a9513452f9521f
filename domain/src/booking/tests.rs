use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::civil::date;
use jiff::tz::TimeZone;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::offer::DayOffer;
use super::place_in_line::most_overtaking;
use super::*;
use crate::calendar::{Calendar, Year};
use crate::line::Rank;
use crate::refusal::Refusal;
use crate::schedule::HallTime;
use crate::setup::{BookingRules, Hall, Rules, Setup, faults};
use crate::ticket::Priority;

const MINUTE: Millis = 60_000;

fn shanghai() -> TimeZone {
    TimeZone::get("Asia/Shanghai").unwrap()
}

/// A time of Shanghai.
fn at(text: &str) -> Millis {
    format!("{text}:00+08:00").parse::<Timestamp>().unwrap().as_millisecond()
}

fn clock(text: &str) -> Clock24 {
    Clock24::try_from(text.to_owned()).unwrap()
}

fn of_2026() -> Calendar {
    let holidays = (1..=7).map(|day| date(2026, 10, day)).collect();
    let workdays = [date(2026, 9, 20), date(2026, 10, 10)].into();
    Calendar { years: [(2026, Year { holidays, workdays })].into() }
}

/// A hall with office hours, a line of two counters, and a visit of two slots.
fn file(booking: Value) -> Value {
    let day = json!([["09:00", "12:00"], ["13:30", "17:00"]]);
    let mut file = json!({
        "id": "main", "name": "大厅", "time_zone": "Asia/Shanghai",
        "hours": { "week": { "mon": day, "tue": day, "wed": day, "thu": day, "fri": day } },
        "line": [{ "id": "a", "letter": "A", "name": "综合" }],
        "matter": [
            { "id": "card", "name": "补卡", "line": "a", "department": "d", "minutes": 10 },
            { "id": "house", "name": "过户", "line": "a", "department": "d", "minutes": 10,
              "booking_slots": 2 },
            { "id": "ask", "name": "咨询", "line": "a", "department": "d", "minutes": 10,
              "booking_slots": 0 }],
        "counter": [
            { "id": "1", "name": "1号窗口", "lines": ["a"] },
            { "id": "2", "name": "2号窗口", "lines": ["a"] }],
    });
    if !booking.is_null() {
        file["booking"] = booking;
    }
    file
}

fn hall(booking: Value) -> Hall {
    serde_json::from_value(file(booking)).unwrap()
}

fn setup(hall: Value) -> Setup {
    serde_json::from_value(json!({
        "hall": [hall],
        "department": [{ "id": "d", "name": "部门" }],
        "clerk": [{ "id": "admin", "name": "主任", "role": "admin" }],
    }))
    .unwrap()
}

/// What the places of all bookings of a test are.
#[derive(Default)]
struct Book(Vec<Booking>);

impl Book {
    fn taken(&self, now: Millis) -> impl Fn(Date, Clock24) -> BTreeSet<u32> + '_ {
        move |day, slot| {
            self.0.iter().flat_map(|one| offer::places_in(one, day, slot, now)).collect()
        }
    }
}

fn new(id: i64) -> New {
    New {
        id: BookingId(id),
        token: Token([0; 16]),
        code: "12345678".to_owned(),
        by: String::new(),
        lang: Lang::Zh,
    }
}

/// Runs something with the offers of a matter.
fn with<T>(hall: &Hall, matter: &str, run: impl FnOnce(&Offers<'_>) -> T) -> T {
    let (zone, calendar) = (shanghai(), of_2026());
    let time = HallTime { zone: &zone, calendar: &calendar };
    run(&Offers::of(hall, &matter.into(), time).unwrap())
}

/// Holds a slot on 2026-11-27, a Friday, as seen from the day before at ten.
fn held(
    hall: &Hall,
    book: &Book,
    matter: &str,
    slot: &str,
    id: i64,
) -> Result<Booking, BookingRefusal> {
    let now = at("2026-11-26T10:00");
    with(hall, matter, |offers| {
        let taken = offers.take(now, date(2026, 11, 27), clock(slot), book.taken(now))?;
        Ok(Booking::hold(new(id), offers, taken, now))
    })
}

#[test]
fn the_next_working_days_are_offered_over_weekend_and_holidays() {
    let hall = hall(json!({}));
    let days = |now| with(&hall, "card", |offers| offers.days(at(now)));
    let november = |days: &[i8]| days.iter().map(|day| date(2026, 11, *day)).collect::<Vec<_>>();
    assert_eq!(days("2026-11-19T10:00"), november(&[20, 23, 24, 25, 26]));
    let october: Vec<_> = [8, 9, 10, 12, 13].map(|day| date(2026, 10, day)).into();
    assert_eq!(days("2026-09-30T20:00"), october, "National Day, and a Saturday that is worked");
}

#[test]
fn today_can_be_booked_where_the_hall_says_so_and_only_what_is_still_to_come() {
    let hall = hall(json!({ "first_day": 0, "days": 1 }));
    let slots = |now| {
        with(&hall, "card", |offers| {
            let day = offers.offered(at(now), |_, _| BTreeSet::new()).remove(0);
            (day.day, day.slots[0].slot.to_string(), day.slots.len())
        })
    };
    assert_eq!(slots("2026-11-26T15:40"), (date(2026, 11, 26), "16:00".to_owned(), 2));
    assert_eq!(slots("2026-11-26T16:30"), (date(2026, 11, 27), "09:00".to_owned(), 13));
}

fn places_of(offers: &Offers<'_>) -> u32 {
    offers.places()
}

#[test]
fn places_are_the_share_of_what_the_counters_serve_unless_there_are_fewer() {
    let places = |booking| with(&hall(booking), "card", places_of);
    // Two counters serve six visits of ten minutes in half an hour.
    assert_eq!(places(json!({})), 3);
    assert_eq!(places(json!({ "share_percent": 100 })), 6);
    assert_eq!(places(json!({ "share_percent": 1 })), 1);
    assert_eq!(places(json!({ "places": 2 })), 2);
    assert_eq!(places(json!({ "places": 50 })), 3, "the others come without a booking");
    let mut own = hall(json!({ "places": 2 }));
    own.lines[0].booking_places = Some(1);
    assert_eq!(with(&own, "card", places_of), 1);
}

#[test]
fn what_is_not_booked_is_refused() {
    let (zone, calendar) = (shanghai(), of_2026());
    let time = HallTime { zone: &zone, calendar: &calendar };
    let of =
        |hall: &Hall, matter: &str| Offers::of(hall, &matter.into(), time).map(|_| ()).unwrap_err();
    assert_eq!(of(&hall(Value::Null), "card"), BookingRefusal::NoBookings.into());
    let hall = hall(json!({}));
    assert_eq!(of(&hall, "ask"), BookingRefusal::NotBookable.into());
    assert_eq!(of(&hall, "none"), Refusal::UnknownMatter);
    let mut closed = hall.clone();
    closed.lines[0].closed = true;
    assert_eq!(of(&closed, "card"), BookingRefusal::NotBookable.into());
}

#[test]
fn a_slot_is_full_when_all_its_places_are_taken_and_a_long_visit_takes_two() {
    let hall = hall(json!({ "places": 2 }));
    let mut book = Book::default();
    let first = held(&hall, &book, "house", "11:30", 1);
    assert_eq!(first.unwrap_err(), BookingRefusal::SlotNotOffered, "it would go on into lunch");
    book.0.push(held(&hall, &book, "house", "11:00", 1).unwrap());
    let places: Vec<_> =
        book.0[0].places.iter().map(|one| (one.slot.to_string(), one.place)).collect();
    assert_eq!(places, [("11:00".to_owned(), 1), ("11:30".to_owned(), 1)]);
    book.0.push(held(&hall, &book, "card", "11:30", 2).unwrap());
    assert_eq!(held(&hall, &book, "card", "11:30", 3).unwrap_err(), BookingRefusal::SlotFull);
    assert_eq!(held(&hall, &book, "house", "11:00", 3).unwrap_err(), BookingRefusal::SlotFull);
    book.0.push(held(&hall, &book, "card", "11:00", 3).unwrap());
    let unknown = held(&hall, &book, "card", "11:10", 4).unwrap_err();
    assert_eq!(unknown, BookingRefusal::SlotNotOffered);
}

#[test]
fn a_hold_ends_by_itself_and_a_freed_place_rests() {
    let hall = hall(json!({ "places": 1, "hold_minutes": 10, "freed_minutes": 30 }));
    let rules = hall.booking.clone().unwrap();
    let (now, slot) = (at("2026-11-26T10:00"), clock("09:00"));
    let day = date(2026, 11, 27);
    let mut book = Book::default();
    book.0.push(held(&hall, &book, "card", "09:00", 1).unwrap());
    let taken = |book: &Book, at| book.taken(at)(day, slot).len();
    assert_eq!(taken(&book, now + 10 * MINUTE - 1), 1);
    assert_eq!(taken(&book, now + 10 * MINUTE), 0);
    assert_eq!(book.0[0].clone().confirm(now + 10 * MINUTE), Err(BookingRefusal::HoldOver));
    let booked = book.0[0].clone().confirm(now + MINUTE).unwrap();
    assert_eq!(booked.by_time(&rules, now + 10 * MINUTE), None, "it is a booking now");
    let again = booked.clone().confirm(now + MINUTE).unwrap_err();
    assert_eq!(again, BookingRefusal::WrongBookingState(BookingState::Booked));
    book.0[0] = booked.cancel(&rules, now + 2 * MINUTE).unwrap();
    assert_eq!(taken(&book, now + 32 * MINUTE - 1), 1, "not offered again at once");
    assert_eq!(taken(&book, now + 32 * MINUTE), 0);
    // Whoever only looked gives it back at once.
    let looked = held(&hall, &Book::default(), "card", "09:00", 2).unwrap();
    book.0[0] = looked.cancel(&rules, now + MINUTE).unwrap();
    assert_eq!(taken(&book, now + MINUTE), 0);
}

#[test]
fn who_moves_keeps_the_booking_and_frees_the_old_place_later() {
    let hall = hall(json!({ "places": 1 }));
    let rules = hall.booking.clone().unwrap();
    let now = at("2026-11-26T10:00");
    let day = date(2026, 11, 27);
    let booked = held(&hall, &Book::default(), "card", "09:00", 1).unwrap().confirm(now).unwrap();
    let moved = with(&hall, "card", |offers| {
        let book = Book(vec![booked.clone()]);
        let taken = offers.take(now, day, clock("10:00"), book.taken(now)).unwrap();
        booked.clone().move_to(taken, &rules, now).unwrap()
    });
    assert_eq!((moved.slot().to_string(), moved.code), ("10:00".to_owned(), booked.code));
    let book = Book(vec![Booking { code: String::new(), ..moved }]);
    for (slot, later, has) in [("09:00", 29, 1), ("09:00", 30, 0), ("10:00", 60, 1)] {
        assert_eq!(book.taken(now + later * MINUTE)(day, clock(slot)).len(), has, "{slot} {later}");
    }
}

fn booked(slot: &str) -> (Hall, Booking) {
    let hall = hall(json!({ "places": 2, "early_minutes": 30, "late_minutes": 15 }));
    let held = held(&hall, &Book::default(), "card", slot, 1).unwrap();
    (hall, held.confirm(at("2026-11-26T10:01")).unwrap())
}

#[test]
fn early_and_late_and_on_another_day_have_answers_of_their_own() {
    let (hall, booking) = booked("10:00");
    let rules = hall.booking.unwrap();
    let arrives = |now: &str| {
        let today = now[..10].parse().unwrap();
        booking.arrives(&rules, at(now), today)
    };
    let on_the_day_before = arrives("2026-11-26T09:59").unwrap_err();
    let when = Text::new("明天（11月27日 周五） 10:00", "tomorrow (Fri 27 Nov) at 10:00");
    assert_eq!(on_the_day_before, BookingRefusal::OtherDay(when));
    assert_eq!(arrives("2026-11-27T09:29"), Err(BookingRefusal::TooEarly("09:30".into())));
    assert_eq!(arrives("2026-11-27T09:30"), Ok(Arrival::OnTime));
    assert_eq!(arrives("2026-11-27T10:15"), Ok(Arrival::OnTime));
    assert_eq!(arrives("2026-11-27T10:16"), Ok(Arrival::Late));
    assert_eq!(arrives("2026-11-27T16:30"), Ok(Arrival::Late));
    assert!(matches!(arrives("2026-11-28T10:00"), Err(BookingRefusal::DayOver(_))));
    let checked_in = booking.clone().checked_in(TicketId(7), Arrival::OnTime, 0);
    let twice = checked_in.arrives(&rules, at("2026-11-27T10:00"), date(2026, 11, 27));
    assert_eq!(twice, Err(BookingRefusal::WrongBookingState(BookingState::CheckedIn)));
}

#[test]
fn nobody_came_once_the_slot_is_over_and_may_still_come_on_that_day() {
    let (hall, booking) = booked("10:00");
    let rules = hall.booking.unwrap();
    assert_eq!(booking.by_time(&rules, at("2026-11-27T10:30")), None);
    let not_come = booking.by_time(&rules, at("2026-11-27T10:31")).unwrap();
    assert_eq!(not_come.state, BookingState::NotCome);
    let arrives = not_come.arrives(&rules, at("2026-11-27T11:00"), date(2026, 11, 27));
    assert_eq!(arrives, Ok(Arrival::Late));
    assert!(!not_come.is_over(&rules, at("2026-12-27T10:00")));
    assert!(not_come.is_over(&rules, at("2026-12-27T10:32")));
}

#[test]
fn a_booking_stands_whatever_becomes_of_slots_and_places_but_not_of_hours() {
    let (hall, booking) = booked("10:00");
    let (zone, calendar) = (shanghai(), of_2026());
    let time = HallTime { zone: &zone, calendar: &calendar };
    let concern = |change: &dyn Fn(&mut Hall)| {
        let mut changed = hall.clone();
        change(&mut changed);
        let setup = Setup { halls: vec![changed], ..Setup::default() };
        Concern::of(&booking, &setup, time)
    };
    assert_eq!(concern(&|_| {}), None);
    let none = concern(&|hall| hall.booking = None);
    assert_eq!(none, None, "no new ones are taken");
    let fewer = concern(&|hall| hall.lines[0].booking_places = Some(0));
    assert_eq!(fewer, None);
    let longer = concern(&|hall| hall.booking.as_mut().unwrap().slot_minutes = 45);
    assert_eq!(longer, None);
    let closed = concern(&|hall| hall.hours.closed_on.push("2026-11-27".to_owned()));
    assert_eq!(closed, Some(Concern::Closed));
    assert_eq!(concern(&|hall| hall.matters.clear()), Some(Concern::NotOffered));
    assert_eq!(concern(&|hall| hall.id = "other".into()), Some(Concern::NotOffered));
    let mut holiday = of_2026();
    holiday.years.get_mut(&2026).unwrap().holidays.insert(date(2026, 11, 27));
    let time = HallTime { zone: &zone, calendar: &holiday };
    let setup = Setup { halls: vec![hall.clone()], ..Setup::default() };
    assert_eq!(Concern::of(&booking, &setup, time), Some(Concern::Closed), "a holiday was added");
}

#[test]
fn an_hour_that_summer_time_skips_has_no_slot() {
    let mut night = file(json!({ "first_day": 0, "days": 1 }));
    night["time_zone"] = json!("America/New_York");
    night["hours"] = json!({ "week": { "sun": [["01:00", "04:00"]] } });
    let night: Hall = serde_json::from_value(night).unwrap();
    let zone = TimeZone::get("America/New_York").unwrap();
    let calendar = Calendar::default();
    let time = HallTime { zone: &zone, calendar: &calendar };
    let offers = Offers::of(&night, &"card".into(), time).unwrap();
    let slots = |now: &str| -> Vec<String> {
        let now = now.parse::<Timestamp>().unwrap().as_millisecond();
        let day = offers.offered(now, |_, _| BTreeSet::new()).remove(0);
        day.slots.iter().map(|slot| slot.slot.to_string()).collect()
    };
    // From two to three there is no time on that night.
    assert_eq!(slots("2027-03-14T05:00:00Z"), ["01:00", "01:30", "03:00", "03:30"]);
    assert_eq!(slots("2026-11-01T04:00:00Z").len(), 6, "an hour that comes twice is one");
}

#[test]
fn faults_of_bookings_have_their_place() {
    let found = |booking: Value| -> Vec<String> {
        faults(&setup(file(booking))).into_iter().map(|fault| fault.place).collect()
    };
    assert!(found(json!({})).is_empty(), "{:?}", found(json!({})));
    assert_eq!(found(json!({ "days": 0 })), ["hall[0].booking.days"]);
    assert_eq!(found(json!({ "slot_minutes": 1 })), ["hall[0].booking.slot_minutes"]);
    assert_eq!(
        found(json!({ "barred_days": 7, "told_after": 0 })),
        ["hall[0].booking.barred_days"]
    );
    let night = json!({ "hours": { "week": { "mon": [["20:00", "21:00"]] } } });
    assert_eq!(found(night), ["hall[0].booking.hours.week.mon[0]"]);
}

#[test]
fn a_hall_that_shortens_its_day_shortens_its_slots_and_is_not_refused() {
    let day = json!([["09:00", "12:00"], ["13:30", "17:00"]]);
    let hours = json!({ "week": { "thu": day, "fri": day, "sat": day } });
    let mut shorter = file(json!({ "first_day": 0, "days": 3, "hours": hours }));
    let week = json!({ "thu": [["10:00", "11:00"]], "fri": [["08:00", "09:30"]] });
    shorter["hours"] = json!({ "week": week });
    let setup = setup(shorter);
    assert_eq!(faults(&setup), []);
    let slots = with(&setup.halls[0], "card", |offers| {
        let days = offers.offered(at("2026-11-26T08:00"), |_, _| BTreeSet::new());
        let of = |day: &DayOffer| day.slots.iter().map(|one| one.slot.to_string()).collect();
        days.iter().map(|day| (day.day, of(day))).collect::<Vec<(_, Vec<String>)>>()
    });
    assert_eq!(slots[0], (date(2026, 11, 26), vec!["10:00".to_owned(), "10:30".to_owned()]));
    assert_eq!(slots[1], (date(2026, 11, 27), vec!["09:00".to_owned()]));
    assert_eq!(slots[2].0, date(2026, 12, 3), "on Saturday the hall is closed");
}

proptest! {
    /// However holds, confirmations, cancellations and moves follow each other, no place of a
    /// slot has two bookings.
    #[test]
    fn no_place_is_ever_given_twice(
        steps in prop::collection::vec((0..5_u8, 0..8_usize, 0..4_usize, 0..20_i64), 1..80),
        places in 1..4_u32,
    ) {
        let hall = hall(json!({ "places": places, "hold_minutes": 5, "freed_minutes": 10 }));
        let rules = hall.booking.clone().unwrap();
        let mut now = at("2026-11-26T10:00");
        let mut book = Book::default();
        let slots = ["09:00", "09:30", "10:00", "10:30"];
        for (step, which, slot, minutes) in steps {
            now += minutes * MINUTE;
            let matter = if step == 0 { "card" } else { "house" };
            let taken = with(&hall, matter, |offers| {
                let taken = offers.take(now, date(2026, 11, 27), clock(slots[slot]), book.taken(now));
                taken.map(|taken| {
                    let id = i64::try_from(book.0.len()).unwrap();
                    (taken.clone(), Booking::hold(new(id), offers, taken, now))
                })
            });
            let old = book.0.get(which).cloned();
            match (step, taken, old) {
                (0 | 1, Ok((_, held)), _) => book.0.push(held),
                (2, _, Some(old)) => {
                    if let Ok(booked) = old.confirm(now) { book.0[which] = booked; }
                }
                (3, _, Some(old)) => {
                    if let Ok(cancelled) = old.cancel(&rules, now) { book.0[which] = cancelled; }
                }
                (4, Ok((taken, _)), Some(old)) => {
                    if let Ok(moved) = old.move_to(taken, &rules, now) { book.0[which] = moved; }
                }
                _ => {}
            }
            let mut owners: BTreeMap<SlotPlace, BookingId> = BTreeMap::new();
            for one in book.0.iter().filter(|one| one.keeps_places(now)) {
                for place in &one.places {
                    prop_assert!(place.place <= places);
                    let other = owners.insert(*place, one.id);
                    prop_assert!(other.is_none(), "{place:?} is {other:?}'s and {:?}'s", one.id);
                }
            }
        }
    }

    /// Nobody without a booking is passed by more bookings than the bound says, and by none
    /// whose slot begins later than the head start after their arrival.
    #[test]
    fn nobody_without_a_booking_is_passed_too_often(
        walk_ins in prop::collection::vec(0..240_i64, 1..20),
        arrivals in prop::collection::vec(-40..60_i64, 1..60),
        places in 1..5_u32,
        head_start in 0..90_u32,
        late in 0..40_u32,
    ) {
        let hall = hall(json!({}));
        let rules = BookingRules { head_start_minutes: head_start, late_minutes: late, ..BookingRules::default() };
        let line_rules = Rules::default();
        let ten = at("2026-11-27T10:00");
        let template = held(&hall, &Book::default(), "card", "10:00", 1).unwrap().confirm(at("2026-11-26T10:00")).unwrap();
        // Every place of every slot is booked; each visitor comes by so many minutes later or
        // earlier than the slot.
        let bookings: Vec<(Millis, Rank, Millis)> = arrivals.iter().enumerate().filter_map(|(index, minutes)| {
            let slot = i64::try_from(index).unwrap() / i64::from(places);
            let begins_at = ten + slot * i64::from(rules.slot_minutes) * MINUTE;
            let booking = Booking { begins_at, ends_at: begins_at + 30 * MINUTE, ..template.clone() };
            let arrived = begins_at + minutes * MINUTE;
            let arrival = booking.arrives(&rules, arrived, booking.day()).ok()?;
            let ticket = TicketId(1000 + i64::try_from(index).unwrap());
            let rank = on_check_in(ticket, &booking, arrival, (arrived, Priority::None), (&line_rules, &rules));
            Some((arrived, rank, begins_at))
        }).collect();
        for (index, minutes) in walk_ins.iter().enumerate() {
            let arrived = ten + minutes * MINUTE;
            let own = Rank::on_arrival(TicketId(i64::try_from(index).unwrap()), arrived, Priority::None, &line_rules);
            let passing: Vec<_> = bookings.iter().filter(|(at, rank, _)| *at > arrived && *rank < own).collect();
            let most = most_overtaking(places, &rules);
            prop_assert!(passing.len() <= most as usize, "{} > {most}", passing.len());
            for (_, _, begins_at) in passing {
                prop_assert!(*begins_at <= arrived + i64::from(head_start) * MINUTE);
                prop_assert!(*begins_at >= arrived - i64::from(late) * MINUTE);
            }
        }
    }
}
