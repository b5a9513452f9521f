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
        follows_calendar: true,
        closed_on: vec!["2026-10-01".to_owned()],
        dates: Vec::new(),
    }
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
    let never = Hours { always: false, ..Hours::default() };
    assert_eq!(never.faults().len(), 1);
    let mut crossed = office();
    crossed.week.insert(Weekday::Mon, vec![(clock("12:00"), clock("09:00"))]);
    assert_eq!(crossed.faults()[0].place, "week.mon[0]");
}

#[test]
fn hours_of_a_date_are_a_fault_where_they_are_no_date_twice_or_crossed() {
    let mut hours = office();
    let of = |date: &str, from: &str, to: &str| DateHours {
        date: date.to_owned(),
        periods: vec![(clock(from), clock(to))],
    };
    hours.dates = vec![of("2026-10-02", "09:00", "12:00"), of("2026-10-03", "09:00", "10:00")];
    assert_eq!(hours.faults(), []);
    hours.dates = vec![
        of("2026-10-2", "09:00", "12:00"),
        of("2026-10-01", "09:00", "12:00"),
        of("2026-10-03", "12:00", "09:00"),
        of("2026-10-03", "09:00", "12:00"),
    ];
    let places: Vec<_> = hours.faults().into_iter().map(|fault| fault.place).collect();
    assert_eq!(places, ["dates[0].date", "dates[1].date", "dates[2].periods[0]", "dates[3].date"]);
    // Only on single dates: not "never open".
    let single = Hours {
        week: BTreeMap::new(),
        dates: vec![of("2026-10-02", "09:00", "12:00")],
        ..office()
    };
    assert_eq!(single.faults(), []);
    let longer = Hours { dates: vec![of("2026-10-02", "09:00", "13:00")], ..office() };
    let beyond: Vec<_> = longer.outside(&single).into_iter().map(|fault| fault.place).collect();
    assert_eq!(beyond.last().unwrap(), "dates[0].periods[0]");
}

#[test]
fn a_line_is_not_staffed_while_its_hall_is_closed() {
    let places = |hours: &Hours, hall: &Hours| -> Vec<String> {
        hours.outside(hall).into_iter().map(|fault| fault.place).collect()
    };
    let (always, office) = (Hours::default(), office());
    assert!(places(&office, &office).is_empty() && places(&office, &always).is_empty());
    assert_eq!(places(&always, &office), ["always"]);
    let mut long = office.clone();
    long.week.insert(
        Weekday::Tue,
        vec![(clock("09:00"), clock("12:00")), (clock("12:00"), clock("14:00"))],
    );
    long.week.insert(Weekday::Sun, vec![(clock("09:00"), clock("10:00"))]);
    assert_eq!(places(&long, &office), ["week.tue[1]", "week.sun[0]"]);
    // Two periods of the hall that meet are one.
    assert!(
        places(
            &Hours {
                week: [(Weekday::Tue, vec![(clock("11:00"), clock("13:00"))])].into(),
                ..office
            },
            &long
        )
        .is_empty()
    );
}

/// New York: on 2027-03-14 the clock skips from 02:00 to 03:00, on 2026-11-01 it goes
/// back from 02:00 to 01:00.
fn new_york() -> TimeZone {
    TimeZone::get("America/New_York").unwrap()
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
