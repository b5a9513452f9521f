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
