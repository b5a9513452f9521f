use jiff::Timestamp;
use serde_json::json;

use super::*;
use crate::calendar::Year;
use crate::ticket::{NewTicket, Priority, Ticket, TicketState, may_join};
use crate::{Refusal, TicketId, Token};

fn shanghai() -> TimeZone {
    TimeZone::get("Asia/Shanghai").unwrap()
}

/// A time of Shanghai.
fn at(text: &str) -> Millis {
    format!("{text}:00+08:00").parse::<Timestamp>().unwrap().as_millisecond()
}

fn of_2026() -> Calendar {
    let holidays = (1..=7).map(|day| jiff::civil::date(2026, 10, day)).collect();
    let workdays = [jiff::civil::date(2026, 9, 20), jiff::civil::date(2026, 10, 10)].into();
    Calendar { years: [(2026, Year { holidays, workdays })].into() }
}

fn office() -> serde_json::Value {
    let day = json!([["09:00", "12:00"], ["13:30", "17:00"]]);
    json!({ "week": { "mon": day, "tue": day, "wed": day, "thu": day, "fri": day } })
}

/// A hall with a line of two counters. Null hours are none.
fn hall(
    hall: &serde_json::Value,
    line: &serde_json::Value,
    counters: [&serde_json::Value; 2],
) -> Hall {
    let mut file = json!({
        "id": "main", "name": "大厅", "time_zone": "Asia/Shanghai",
        "line": [{ "id": "a", "letter": "A", "name": "综合" }],
        "matter": [{ "id": "card", "name": "补卡", "line": "a", "department": "d" }],
        "counter": [
            { "id": "1", "name": "1号窗口", "lines": ["a"] },
            { "id": "2", "name": "2号窗口", "lines": ["a"] }],
    });
    if !hall.is_null() {
        file["hours"] = hall.clone();
    }
    if !line.is_null() {
        file["line"][0]["hours"] = line.clone();
    }
    for (index, counter) in counters.into_iter().enumerate() {
        if !counter.is_null() {
            file["counter"][index]["hours"] = counter.clone();
        }
    }
    serde_json::from_value(file).unwrap()
}

const NONE: serde_json::Value = serde_json::Value::Null;

#[track_caller]
fn opens(hall: &Hall, instant: &str) -> Option<String> {
    let (zone, calendar) = (shanghai(), of_2026());
    let schedule =
        Schedule::of_line(hall, &"a".into(), HallTime { zone: &zone, calendar: &calendar });
    schedule.opens_next(at(instant)).map(|opens| {
        assert!(!schedule.is_open(at(instant)) && schedule.is_open(opens));
        local(opens, &zone).strftime("%Y-%m-%dT%H:%M").to_string()
    })
}

#[test]
fn hours_open_and_close_on_the_minute() {
    let (zone, calendar) = (shanghai(), of_2026());
    let hall = hall(&office(), &NONE, [&NONE, &NONE]);
    let schedule = Schedule::of_hall(&hall, HallTime { zone: &zone, calendar: &calendar });
    // 2026-11-20 is a Friday.
    for (instant, open) in [
        ("2026-11-20T08:59", false),
        ("2026-11-20T09:00", true),
        ("2026-11-20T11:59", true),
        ("2026-11-20T12:00", false),
        ("2026-11-20T13:30", true),
        ("2026-11-20T17:00", false),
        ("2026-11-21T10:00", false),
    ] {
        assert_eq!(schedule.is_open(at(instant)), open, "{instant}");
    }
}

#[test]
fn the_next_opening_skips_lunch_weekend_and_holidays_and_finds_a_weekend_that_is_worked() {
    let hall = hall(&office(), &NONE, [&NONE, &NONE]);
    let next = |instant| opens(&hall, instant);
    assert_eq!(next("2026-11-20T10:00"), None, "open now");
    assert_eq!(next("2026-11-20T12:10").as_deref(), Some("2026-11-20T13:30"));
    assert_eq!(next("2026-11-20T17:30").as_deref(), Some("2026-11-23T09:00"));
    assert_eq!(next("2026-09-30T17:30").as_deref(), Some("2026-10-08T09:00"), "National Day");
    assert_eq!(next("2026-10-09T17:30").as_deref(), Some("2026-10-10T09:00"), "a Saturday");
    assert_eq!(next("2026-09-18T17:30").as_deref(), Some("2026-09-20T09:00"), "a Sunday");
}

#[test]
fn hours_of_one_date_go_before_the_calendar_the_weekday_and_always() {
    let mut hours = office();
    hours["dates"] = json!([
        { "date": "2026-10-01", "periods": [["09:00", "11:00"]] },
        { "date": "2026-10-10" },
        { "date": "2026-11-20", "periods": [["13:30", "17:00"]] },
        { "date": "2026-11-21", "periods": [["10:00", "12:00"]] },
    ]);
    let open = hall(&hours, &NONE, [&NONE, &NONE]);
    let next = |instant| opens(&open, instant);
    assert_eq!(next("2026-09-30T18:00").as_deref(), Some("2026-10-01T09:00"), "a holiday");
    assert_eq!(next("2026-10-01T11:00").as_deref(), Some("2026-10-08T09:00"), "half of it");
    assert_eq!(next("2026-10-09T18:00").as_deref(), Some("2026-10-12T09:00"), "not made up");
    assert_eq!(next("2026-11-20T09:30").as_deref(), Some("2026-11-20T13:30"), "half a day");
    assert_eq!(next("2026-11-20T18:00").as_deref(), Some("2026-11-21T10:00"), "a Saturday");
    let all_night = json!({ "always": true, "dates": [{ "date": "2026-12-31" }] });
    let all_night = hall(&all_night, &NONE, [&NONE, &NONE]);
    assert_eq!(opens(&all_night, "2026-12-31T10:00").as_deref(), Some("2027-01-01T00:00"));
}

#[test]
fn a_hall_that_opens_on_a_holiday_opens_its_lines_as_far_as_they_have_hours() {
    let mut hours = office();
    hours["dates"] = json!([{ "date": "2026-10-01", "periods": [["08:00", "12:00"]] }]);
    // 2026-10-01 is a Thursday. The counter has hours of its own, which follow the calendar.
    let counters = hall(&hours, &NONE, [&office(), &office()]);
    assert_eq!(opens(&counters, "2026-10-01T07:00").as_deref(), Some("2026-10-01T09:00"));
    assert_eq!(opens(&counters, "2026-10-01T12:00").as_deref(), Some("2026-10-08T09:00"));
    // A line that says by itself that it is not there.
    let mut away = office();
    away["dates"] = json!([{ "date": "2026-10-01" }]);
    let away = hall(&hours, &away, [&NONE, &NONE]);
    assert_eq!(opens(&away, "2026-10-01T07:00").as_deref(), Some("2026-10-08T09:00"));
}

#[test]
fn a_hall_may_leave_the_calendar_aside_and_close_on_days_of_its_own() {
    let mut hours = office();
    hours["follows_calendar"] = json!(false);
    hours["closed_on"] = json!(["2026-10-02"]);
    let hall = hall(&hours, &NONE, [&NONE, &NONE]);
    assert_eq!(opens(&hall, "2026-10-01T08:00").as_deref(), Some("2026-10-01T09:00"));
    assert_eq!(opens(&hall, "2026-10-01T18:00").as_deref(), Some("2026-10-05T09:00"));
    assert_eq!(opens(&hall, "2026-10-09T18:00").as_deref(), Some("2026-10-12T09:00"));
}

#[test]
fn a_line_has_its_own_hours_else_its_counters_else_the_halls() {
    let morning = json!({ "week": { "fri": [["10:00", "11:00"]] } });
    let evening = json!({ "week": { "fri": [["11:00", "20:00"]] } });
    let from = |hall: &Hall| opens(hall, "2026-11-20T07:00");
    // An all-night hall where nothing else is set is always called.
    assert_eq!(from(&hall(&NONE, &NONE, [&NONE, &NONE])), None);
    assert_eq!(
        from(&hall(&NONE, &morning, [&evening, &NONE])).as_deref(),
        Some("2026-11-20T10:00")
    );
    let counters = hall(&office(), &NONE, [&evening, &morning]);
    assert_eq!(from(&counters).as_deref(), Some("2026-11-20T10:00"));
    // The hall closes for lunch, and at five.
    assert_eq!(opens(&counters, "2026-11-20T12:30").as_deref(), Some("2026-11-20T13:30"));
    assert_eq!(opens(&counters, "2026-11-20T17:30").as_deref(), Some("2026-11-27T10:00"));
    // A counter without hours is there while the hall is open.
    let one = hall(&office(), &NONE, [&morning, &NONE]);
    assert_eq!(from(&one).as_deref(), Some("2026-11-20T09:00"));
}

/// New York: on 2027-03-14 the clock skips from 02:00 to 03:00, on 2026-11-01 it goes
/// back from 02:00 to 01:00.
fn new_york() -> TimeZone {
    TimeZone::get("America/New_York").unwrap()
}

fn utc(text: &str) -> Millis {
    text.parse::<Timestamp>().unwrap().as_millisecond()
}

/// A hall in New York that opens on Sundays.
fn on_sundays(periods: &serde_json::Value) -> Hall {
    hall(&json!({ "week": { "sun": periods } }), &NONE, [&NONE, &NONE])
}

#[test]
fn the_day_on_which_summer_time_begins_or_ends_opens_when_the_file_says() {
    let (zone, calendar) = (new_york(), Calendar::default());
    let hall = on_sundays(&json!([["09:00", "12:00"]]));
    let office = Schedule::of_hall(&hall, HallTime { zone: &zone, calendar: &calendar });
    for (night, nine, twelve) in [
        ("2027-03-14T05:30:00Z", "2027-03-14T13:00:00Z", "2027-03-14T16:00:00Z"),
        ("2026-11-01T04:30:00Z", "2026-11-01T14:00:00Z", "2026-11-01T17:00:00Z"),
    ] {
        assert_eq!(office.opens_next(utc(night)), Some(utc(nine)));
        assert!(!office.is_open(utc(nine) - 1));
        assert!(office.is_open(utc(nine)));
        assert!(office.is_open(utc(twelve) - 1));
        assert!(!office.is_open(utc(twelve)));
    }
}

#[test]
fn an_opening_that_the_clock_skips_is_when_it_has_skipped_it() {
    let (zone, calendar) = (new_york(), Calendar::default());
    let hall = on_sundays(&json!([["02:30", "04:00"]]));
    let early = Schedule::of_hall(&hall, HallTime { zone: &zone, calendar: &calendar });
    let skip = utc("2027-03-14T07:00:00Z");
    assert_eq!(early.opens_next(skip - 1), Some(skip));
    assert!(!early.is_open(skip - 1));
    assert!(early.is_open(skip));
}

#[test]
fn an_hour_that_comes_twice_opens_and_closes_once() {
    let (zone, calendar) = (new_york(), Calendar::default());
    let time = HallTime { zone: &zone, calendar: &calendar };
    let hall = on_sundays(&json!([["01:30", "06:00"]]));
    let early = Schedule::of_hall(&hall, time);
    // 01:30 comes at 05:30 UTC and at 06:30 UTC; 01:10 comes again at 06:10 UTC.
    for (instant, open) in [
        ("2026-11-01T05:29:00Z", false),
        ("2026-11-01T05:30:00Z", true),
        ("2026-11-01T06:10:00Z", true),
        ("2026-11-01T10:59:00Z", true),
        ("2026-11-01T11:00:00Z", false),
    ] {
        assert_eq!(early.is_open(utc(instant)), open, "{instant}");
    }
    let hall = on_sundays(&json!([["00:00", "01:30"]]));
    let late = Schedule::of_hall(&hall, time);
    assert!(!late.is_open(utc("2026-11-01T06:10:00Z")), "closed once is closed");
}

#[test]
fn an_instant_is_said_with_its_day_unless_it_is_today() {
    let (zone, calendar) = (shanghai(), of_2026());
    let hall = hall(&office(), &NONE, [&NONE, &NONE]);
    let schedule = Schedule::of_hall(&hall, HallTime { zone: &zone, calendar: &calendar });
    let words = |now| {
        let from = schedule.calls_from(at(now), None).unwrap();
        Text::new(&from.words(Lang::Zh), &from.words(Lang::En))
    };
    assert_eq!(words("2026-11-27T00:10"), Text::new("今天 09:00", "today at 09:00"));
    assert_eq!(
        words("2026-11-26T23:00"),
        Text::new("明天（11月27日 周五）09:00", "tomorrow (Fri 27 Nov) at 09:00")
    );
    assert_eq!(words("2026-11-27T17:00"), Text::new("11月30日 周一 09:00", "Mon 30 Nov at 09:00"));
    assert_eq!(schedule.calls_from(at("2026-11-27T10:00"), None), None);
}

#[test]
fn what_begins_after_the_last_day_of_a_number_is_not_for_it() {
    let (zone, calendar) = (shanghai(), of_2026());
    let time = HallTime { zone: &zone, calendar: &calendar };
    let hall = hall(&office(), &NONE, [&NONE, &NONE]);
    let kept = |taken_at| {
        let ticket = taken(&hall, taken_at);
        let evening = at("2026-11-26T18:00");
        let schedule = Schedule::of_line(&hall, &ticket.line, time);
        schedule.calls_from(evening, Some(&ticket.last_day(&hall, time))).unwrap().kept
    };
    assert!(!kept("2026-11-26T16:50"), "nobody called it today, and the day takes it");
    assert!(kept("2026-11-26T17:10"), "given for tomorrow");
}

fn taken(hall: &Hall, instant: &str) -> Ticket {
    let (zone, day) = (shanghai(), at(instant));
    let new = NewTicket {
        id: TicketId(1),
        token: Token([0; 16]),
        hall,
        line: &hall.lines[0],
        matter: "card".into(),
        priority: Priority::None,
        day: business_day(day, &zone, hall.day_turns_at),
        number: 1,
        kiosk: None,
    };
    Ticket::issue(new, day).ticket
}

#[test]
fn outside_its_hours_a_line_is_joined_by_those_who_agreed_to_it() {
    let (zone, calendar) = (shanghai(), of_2026());
    let night = (at("2026-11-26T23:00"), HallTime { zone: &zone, calendar: &calendar });
    let hall = hall(&NONE, &office(), [&NONE, &NONE]);
    let join = |accepts| may_join(&hall, &"card".into(), accepts, night).map(|line| line.letter);
    let words = Text::new("明天（11月27日 周五）09:00", "tomorrow (Fri 27 Nov) at 09:00");
    assert_eq!(join(false), Err(Refusal::CalledLater(words)));
    assert_eq!(join(true), Ok('A'));
    // Never within a month: no number at all.
    let mut never = hall.clone();
    let days = (26..=30).map(|day| format!("2026-11-{day}"));
    let days = days.chain((1..=31).map(|day| format!("2026-12-{day:02}")));
    never.lines[0].hours.as_mut().unwrap().closed_on = days.collect();
    assert_eq!(may_join(&never, &"card".into(), true, night).err(), Some(Refusal::LineClosed));
}

#[test]
fn a_number_taken_at_night_is_good_on_the_day_it_is_called() {
    let (zone, calendar) = (shanghai(), of_2026());
    let time = HallTime { zone: &zone, calendar: &calendar };
    let mut hall = hall(&NONE, &office(), [&NONE, &NONE]);
    let ends =
        |hall: &Hall, ticket: &Ticket, today| ticket.ends_with_day(hall, &ticket.day, today, time);
    let at_night = taken(&hall, "2026-11-26T23:00");
    assert!(!ends(&hall, &at_night, "2026-11-27"), "called this morning");
    assert!(ends(&hall, &at_night, "2026-11-28"));
    let over_the_holidays = taken(&hall, "2026-09-30T18:00");
    assert!(!ends(&hall, &over_the_holidays, "2026-10-08"));
    assert!(ends(&hall, &over_the_holidays, "2026-10-09"));
    // Taken while the line was called: it ends with its day, as ever.
    assert!(ends(&hall, &taken(&hall, "2026-11-26T16:00"), "2026-11-27"));
    // In the morning it is called and missed. Its holder can come back all day.
    let missed =
        Ticket { state: TicketState::Missed, called_at: Some(at("2026-11-27T09:05")), ..at_night };
    hall.carries_over = true;
    assert!(!ends(&hall, &missed, "2026-11-27"));
    assert!(ends(&hall, &missed, "2026-11-28"));
}
