use super::*;

fn shanghai() -> TimeZone {
    TimeZone::get("Asia/Shanghai").unwrap()
}

fn at(text: &str) -> Millis {
    text.parse::<Timestamp>().unwrap().as_millisecond()
}

fn clock(text: &str) -> Clock24 {
    Clock24::try_from(text.to_owned()).unwrap()
}

#[test]
fn the_day_turns_by_the_halls_clock_not_by_utc() {
    let turn = clock("00:00");
    // 23:59 and 00:00 in Shanghai; in UTC both are the afternoon before.
    assert_eq!(business_day(at("2026-11-20T15:59:59Z"), &shanghai(), turn), "2026-11-20");
    assert_eq!(business_day(at("2026-11-20T16:00:00Z"), &shanghai(), turn), "2026-11-21");
}

#[test]
fn a_late_turn_keeps_the_night_in_the_day_before() {
    let turn = clock("04:00");
    assert_eq!(business_day(at("2026-11-20T19:59:00Z"), &shanghai(), turn), "2026-11-20");
    assert_eq!(business_day(at("2026-11-20T20:00:00Z"), &shanghai(), turn), "2026-11-21");
}

fn office() -> Hours {
    let periods = vec![(clock("09:00"), clock("12:00")), (clock("13:30"), clock("17:00"))];
    let days = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri];
    Hours {
        always: false,
        week: days.into_iter().map(|day| (day, periods.clone())).collect(),
        closed_on: vec!["2026-10-01".to_owned()],
    }
}

#[test]
fn office_hours_open_and_close_on_the_minute() {
    // Friday 2026-11-20, Shanghai is UTC+8.
    for (instant, open) in [
        ("2026-11-20T00:59:59Z", false),
        ("2026-11-20T01:00:00Z", true),
        ("2026-11-20T03:59:59Z", true),
        ("2026-11-20T04:00:00Z", false),
        ("2026-11-20T05:30:00Z", true),
        ("2026-11-20T09:00:00Z", false),
        ("2026-11-21T02:00:00Z", false),
    ] {
        assert_eq!(office().is_open(at(instant), &shanghai()), open, "{instant}");
    }
}

#[test]
fn the_next_opening_skips_lunch_weekend_and_holiday() {
    let next = |instant| office().opens_next(at(instant), &shanghai());
    assert_eq!(next("2026-11-20T02:00:00Z"), None, "open now");
    assert_eq!(next("2026-11-20T04:10:00Z"), Some(at("2026-11-20T05:30:00Z")));
    assert_eq!(next("2026-11-20T09:30:00Z"), Some(at("2026-11-23T01:00:00Z")));
    assert_eq!(next("2026-09-30T09:30:00Z"), Some(at("2026-10-02T01:00:00Z")));
}

#[test]
fn a_time_of_day_is_read_strictly() {
    for text in ["8:30", "08:60", "24:01", "25:00", "0830", "", "-1:00", "+8:30"] {
        assert!(Clock24::try_from(text.to_owned()).is_err(), "{text}");
    }
    assert_eq!(clock("24:00").minutes, 1440);
}

#[test]
fn a_hall_that_never_opens_is_a_fault() {
    let never = Hours { always: false, week: BTreeMap::new(), closed_on: vec![] };
    assert_eq!(never.faults().len(), 1);
    let mut crossed = office();
    crossed.week.insert(Weekday::Mon, vec![(clock("12:00"), clock("09:00"))]);
    assert_eq!(crossed.faults()[0].place, "week.mon[0]");
}

/// New York: on 2027-03-14 the clock skips from 02:00 to 03:00, on 2026-11-01 it goes
/// back from 02:00 to 01:00.
fn new_york() -> TimeZone {
    TimeZone::get("America/New_York").unwrap()
}

fn on_sundays(periods: &[(&str, &str)]) -> Hours {
    let periods = periods.iter().map(|(from, to)| (clock(from), clock(to))).collect();
    Hours { always: false, week: BTreeMap::from([(Weekday::Sun, periods)]), closed_on: vec![] }
}

#[test]
fn the_day_on_which_summer_time_begins_or_ends_opens_when_the_file_says() {
    let office = on_sundays(&[("09:00", "12:00")]);
    for (night, nine, twelve) in [
        ("2027-03-14T05:30:00Z", "2027-03-14T13:00:00Z", "2027-03-14T16:00:00Z"),
        ("2026-11-01T04:30:00Z", "2026-11-01T14:00:00Z", "2026-11-01T17:00:00Z"),
    ] {
        assert_eq!(office.opens_next(at(night), &new_york()), Some(at(nine)));
        assert!(!office.is_open(at(nine) - 1, &new_york()));
        assert!(office.is_open(at(nine), &new_york()));
        assert!(office.is_open(at(twelve) - 1, &new_york()));
        assert!(!office.is_open(at(twelve), &new_york()));
    }
}

#[test]
fn an_opening_that_the_clock_skips_is_when_it_has_skipped_it() {
    let early = on_sundays(&[("02:30", "04:00")]);
    let skip = at("2027-03-14T07:00:00Z");
    assert_eq!(early.opens_next(skip - 1, &new_york()), Some(skip));
    assert!(!early.is_open(skip - 1, &new_york()));
    assert!(early.is_open(skip, &new_york()));
}

#[test]
fn an_hour_that_comes_twice_opens_and_closes_once() {
    let early = on_sundays(&[("01:30", "06:00")]);
    // 01:30 comes at 05:30 UTC and at 06:30 UTC; 01:10 comes again at 06:10 UTC.
    for (instant, open) in [
        ("2026-11-01T05:29:00Z", false),
        ("2026-11-01T05:30:00Z", true),
        ("2026-11-01T06:10:00Z", true),
        ("2026-11-01T10:59:00Z", true),
        ("2026-11-01T11:00:00Z", false),
    ] {
        assert_eq!(early.is_open(at(instant), &new_york()), open, "{instant}");
    }
    let late = on_sundays(&[("00:00", "01:30")]);
    assert!(!late.is_open(at("2026-11-01T06:10:00Z"), &new_york()), "closed once is closed");
}

#[test]
fn the_business_day_turns_once_also_in_an_hour_that_is_skipped_or_comes_twice() {
    let day = |instant, turns_at| business_day(at(instant), &new_york(), clock(turns_at));
    assert_eq!(day("2027-03-14T06:59:59Z", "02:30"), "2027-03-13");
    assert_eq!(day("2027-03-14T07:00:00Z", "02:30"), "2027-03-14");
    assert_eq!(day("2026-11-01T05:29:59Z", "01:30"), "2026-10-31");
    assert_eq!(day("2026-11-01T05:30:00Z", "01:30"), "2026-11-01");
    assert_eq!(day("2026-11-01T06:10:00Z", "01:30"), "2026-11-01", "01:10 for the second time");
}

#[test]
fn a_midnight_that_the_clock_skips_begins_the_day() {
    // In Cairo on 2026-04-24 the clock skips from 00:00 to 01:00.
    let cairo = TimeZone::get("Africa/Cairo").unwrap();
    let skip = at("2026-04-23T22:00:00Z");
    assert_eq!(business_day(skip - 1, &cairo, clock("00:00")), "2026-04-23");
    assert_eq!(business_day(skip, &cairo, clock("00:00")), "2026-04-24");
}
