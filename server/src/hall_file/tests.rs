use std::collections::HashSet;

use jiban_domain::day::{Clock24, Hours, Weekday};
use jiban_domain::setup::{EscposPrinter, Printer, Role, Step, StepKind};
use jiban_domain::{HallId, Text};
use proptest::prelude::*;

use super::*;

fn demo() -> Setup {
    read(DEMO).unwrap_or_else(|faults| panic!("{}", list(&faults)))
}

fn list(faults: &[HallFileFault]) -> String {
    faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_demo_is_what_the_readme_describes() {
    let demo = demo();
    let main = &demo.halls[0];
    assert_eq!(main.matters.len(), 20);
    assert!(main.lines.len() <= 6, "a kiosk page has room for six");
    let counters: Vec<&str> = main.counters.iter().map(|counter| counter.id.as_str()).collect();
    assert_eq!(counters, ["1", "2", "3", "4", "5", "6"]);
    let kiosks: Vec<&str> = main.kiosks.iter().map(|kiosk| kiosk.id.as_str()).collect();
    assert_eq!(kiosks, ["K1", "K2"]);
    assert!(main.hours.always && main.carries_over);
    let station = &demo.halls[1];
    assert_eq!(station.parent, Some(main.id.clone()));
    assert!(!station.hours.always);
    let clerks: HashSet<&str> = demo.clerks.iter().map(|clerk| clerk.id.as_str()).collect();
    let expected = [
        "admin",
        "clerk1",
        "clerk2",
        "clerk3",
        "clerk4",
        "clerk5",
        "clerk6",
        "review1",
        "review2",
        "review3",
        "review4",
        "supervisor",
    ];
    assert_eq!(clerks, HashSet::from(expected));
    // Every department has a reviewer.
    for department in &demo.departments {
        let decides =
            |clerk: &&jiban_domain::setup::Clerk| clerk.departments.contains(&department.id);
        assert!(demo.clerks.iter().any(|clerk| decides(&clerk)), "{}", department.id);
    }
    assert_eq!(demo.clerk(&"admin".into()).map(|clerk| clerk.role), Some(Role::Admin));
    for hall in &demo.halls {
        for matter in &hall.matters {
            assert!(!matter.materials.is_empty() && !matter.steps.is_empty(), "{}", matter.id);
            assert_ne!(matter.name.zh, matter.name.en, "{}", matter.id);
        }
    }
}

#[test]
fn the_demo_is_written_and_read_back() {
    let written = write(&demo());
    assert_eq!(read(&written).map_err(|faults| list(&faults)), Ok(demo()), "{written}");
    assert_eq!(write(&read(&written).unwrap()), written, "a second export is the same");
}

/// The faults after one change to the demo, so that places and lines are those of
/// a real file.
fn faults_after(from: &str, to: &str) -> Vec<HallFileFault> {
    assert!(DEMO.contains(from), "{from}");
    read(&DEMO.replacen(from, to, 1)).err().unwrap_or_else(|| panic!("{to}: is accepted"))
}

/// Line of the first occurrence, counted from 1.
fn line_of(text: &str) -> usize {
    let at = DEMO.find(text).unwrap() + text.len() - text.trim_start().len();
    DEMO[..at].matches('\n').count() + 1
}

/// A text of the demo, its replacement, and the expected faults: the place of each
/// and part of its message.
type Change = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

#[test]
fn a_fault_has_its_place_its_line_and_what_is_expected() {
    let cases: [Change; 16] = [
        (
            "letter = \"C\"",
            "letter = \"c\"",
            &[("hall[0].line[2].letter", "expected one of A to Z")],
        ),
        (
            "letter = \"C\"",
            "letter = \"CC\"",
            &[("hall[0].line[2].letter", "one letter from A to Z, different for each line")],
        ),
        ("letter = \"C\"", "", &[("hall[0].line[2].letter", "is missing")]),
        (
            "letter = \"C\"",
            "leter = \"C\"",
            &[
                ("hall[0].line[2].leter", "no entry \"leter\""),
                ("hall[0].line[2].letter", "is missing"),
            ],
        ),
        (
            "lines = [\"approval\", \"insurance\"]",
            "lines = [\"approvals\", \"insurance\"]",
            &[("hall[0].counter[2].lines[0]", "no line \"approvals\"")],
        ),
        (
            "statutory_days = 15",
            "statutory_days = \"15\"",
            &[("hall[0].matter[0].statutory_days", "expected a whole number")],
        ),
        (
            "statutory_days = 15",
            "statutory_days = -1",
            &[("hall[0].matter[0].statutory_days", "-1")],
        ),
        ("minutes = 18", "minutes = 0", &[("hall[0].matter[0].minutes", "expected 0.5 to 480")]),
        (
            "en = \"Food business permit (new)\"",
            "eng = \"Food\"",
            &[("hall[0].matter[0].name.eng", "no entry \"eng\"")],
        ),
        (
            "[[\"09:00\", \"12:00\"], [\"13:30\", \"17:00\"]]",
            "[[\"09:00\", \"12:00\"], [\"13:30\", \"5pm\"]]",
            &[("hall[0].booking.hours.week.mon[1][1]", "expected HH:MM")],
        ),
        ("\nmon = ", "\nmonday = ", &[("hall[0].booking.hours.week.monday", "one of mon, tue")]),
        (
            "mon = [[\"09:00\", \"12:00\"]",
            "mon = [[\"12:00\", \"09:00\"]",
            &[("hall[0].booking.hours.week.mon[0]", "ends before it begins")],
        ),
        (
            "printer = { kind = \"browser\" }",
            "printer = { kind = \"laser\" }",
            &[("hall[0].kiosk[1].printer.kind", "\"laser\" is not an option")],
        ),
        (
            "printer = { kind = \"browser\" }",
            "printer = { kind = \"escpos\", adress = \"10.0.0.5:9100\" }",
            &[
                ("hall[0].kiosk[1].printer.adress", "no entry \"adress\""),
                ("hall[0].kiosk[1].printer.address", "is missing"),
            ],
        ),
        ("parent = \"main\"", "parent = \"mian\"", &[("hall[1].parent", "no hall \"mian\"")]),
        (
            "\nrole = \"admin\"",
            "\nrole = \"boss\"",
            &[("clerk[0].role", "\"boss\" is not an option")],
        ),
    ];
    for (from, to, expected) in cases {
        let faults = faults_after(from, to);
        let reported = list(&faults);
        assert_eq!(faults.len(), expected.len(), "{to}\n{reported}");
        for (place, what) in expected {
            let fault = faults.iter().find(|fault| fault.place == *place);
            let fault = fault.unwrap_or_else(|| panic!("{to}: nothing at {place}\n{reported}"));
            assert!(fault.what.en.contains(what), "{to}: {reported}");
            if !fault.what.en.contains("missing") {
                assert_eq!(fault.line, line_of(from), "{to}: {reported}");
            }
        }
    }
}

#[test]
fn a_missing_entry_is_reported_where_its_table_begins() {
    let faults = faults_after("letter = \"C\"\n", "");
    assert_eq!(faults[0].line, line_of("[[hall.line]]\nid = \"insurance\""), "{}", list(&faults));
}

#[test]
fn faults_are_plain_in_both_languages() {
    for (from, to, expected) in [
        ("letter = \"C\"", "letter = \"c\"", "“c”不能作队列字母；应为 A 到 Z 中的一个"),
        ("letter = \"C\"", "letter = \"CC\"", "取值不对，是文字 \"CC\"；应为 A 到 Z 中的一个字母"),
        ("letter = \"C\"", "", "缺少此项"),
        (
            "minutes = 18",
            "minuten = 18",
            "没有名为“minuten”的项；可用的有 id、name、aliases、line、",
        ),
        (
            "statutory_days = 15",
            "statutory_days = \"15\"",
            "类型不对，是文字 \"15\"；应为 0 到 65535 的整数",
        ),
        (
            "statutory_days = 15",
            "statutory_days = -1",
            "取值不对，是整数 -1；应为 0 到 65535 的整数",
        ),
        ("minutes = 18", "minutes = []", "类型不对，是列表；应为数字"),
        ("[\"13:30\", \"17:00\"]]", "[\"13:30\", \"5pm\"]]", "“5pm”不是时刻；应为 HH:MM，如 08:30"),
        ("[\"13:30\", \"17:00\"]]", "[\"13:30\"]]", "个数不对，是 1；应为起止两个时刻"),
        (
            "\nmon = ",
            "\nmonday = ",
            "“monday”不是星期；应为 mon、tue、wed、thu、fri、sat、sun 之一",
        ),
        (
            "\nrole = \"admin\"",
            "\nrole = \"boss\"",
            "没有“boss”这个选项；应为 clerk、reviewer、supervisor、admin 之一",
        ),
        ("\nrole = \"admin\"", "\nrole = 5", "类型不对；应为带引号的文字"),
        (
            "printer = { kind = \"browser\" }",
            "printer = { kind = 3 }",
            "类型不对，是整数 3；应为带引号的文字",
        ),
        ("id = \"insurance\"", "id = [1]", "类型不对，是列表；应为编号：文字或整数"),
    ] {
        let faults = faults_after(from, to);
        let chinese: Vec<String> = faults.iter().map(|fault| fault.message().zh).collect();
        assert!(
            chinese.iter().any(|reported| reported.contains(expected)),
            "{expected}\n{chinese:#?}"
        );
        let by_line = |reported: &String| reported.starts_with("第 ") && reported.contains("）：");
        assert!(chinese.iter().all(by_line), "{chinese:#?}");
    }
    let syntax = read("\n[[hall]\n").unwrap_err()[0].message();
    assert!(syntax.zh.starts_with("第 2 行第 8 列：这里不符合文件格式（"), "{syntax:?}");
    assert!(syntax.en.starts_with("line 2, column 8: "), "{syntax:?}");
}

#[test]
fn faults_of_all_stages_are_reported_at_once() {
    let file = DEMO
        .replacen("telephone = \"12345\"", "telephon = \"12345\"", 1)
        .replacen("promised_days = 10", "promised_days = 99", 1)
        .replacen("idle_seconds = 40", "idle_seconds = \"forty\"", 1)
        .replacen("minutes = 8\n", "minutes = \"8\"\n", 1)
        .replacen("\"Asia/Shanghai\"", "\"Asia/Shangrila\"", 1);
    let faults = read(&file).unwrap_err();
    let places: Vec<&str> = faults.iter().map(|fault| fault.place.as_str()).collect();
    let expected = [
        "hall[0].time_zone",
        "hall[0].telephon",
        "hall[0].rules.idle_seconds",
        "hall[0].matter[0].promised_days",
        "hall[0].matter[1].minutes",
    ];
    assert_eq!(places, expected, "{}", list(&faults));
}

#[test]
fn a_guess_causes_no_faults_of_its_own() {
    // The line's id cannot be read: references to it are not faults.
    let faults = faults_after("id = \"insurance\"", "id = [\"insurance\"]");
    let places: Vec<&str> = faults.iter().map(|fault| fault.place.as_str()).collect();
    assert_eq!(places, ["hall[0].line[2].id"], "{}", list(&faults));
}

/// The places of the faults after several changes to the demo.
fn places_after(changes: &[(&str, &str)]) -> Vec<String> {
    let file = changes.iter().fold(DEMO.to_owned(), |file, (from, to)| {
        assert!(file.contains(from), "{from}");
        file.replacen(from, to, 1)
    });
    read(&file).unwrap_err().into_iter().map(|fault| fault.place).collect()
}

#[test]
fn a_missing_entry_hides_no_fault_of_another_table() {
    let wrong = ("minutes = 18", "minutes = 0");
    let elsewhere = "hall[0].matter[0].minutes";
    let removed = |entry| (entry, "\n");
    for (missing, place) in [
        ("id = \"insurance\"", "hall[0].line[2].id"),
        ("id = \"K1\"", "hall[0].kiosk[0].id"),
        ("id = \"clerk1\"", "clerk[1].id"),
        ("\nid = 3\n", "hall[0].counter[2].id"),
    ] {
        let reported = places_after(&[removed(missing), wrong]);
        assert!(reported.contains(&place.to_owned()), "{missing}: {reported:?}");
        assert!(reported.contains(&elsewhere.to_owned()), "{missing}: {reported:?}");
        assert_eq!(reported.len(), 2, "{missing}: {reported:?}");
    }
    // Two guessed ids of the same kind are not duplicates.
    let reported = places_after(&[removed("id = \"K1\""), removed("id = \"K2\""), wrong]);
    assert_eq!(reported, ["hall[0].kiosk[0].id", "hall[0].kiosk[1].id", elsewhere]);
}

#[test]
fn a_file_in_another_encoding_is_reported_with_its_line() {
    let fault = text(b"# \xe5\x8e\x85\nname = \"\xb4\xf3\xcc\xfc\"\n".to_vec()).unwrap_err();
    assert_eq!((fault.line, fault.column), (2, 9), "{fault}");
    assert!(fault.what.en.contains("UTF-8"), "{fault}");
    assert_eq!(text("名".into()), Ok("名".to_owned()));
}

#[test]
fn syntax_errors_have_line_and_column() {
    for (file, line, column) in [
        ("hall = [", 1, 9),
        ("\n\n[[hall]]\nid = \n", 4, 6),
        ("[[hall]]\nid = \"main\"\nid = \"again\"\n", 3, 1),
        ("[[hall]\n", 1, 8),
        ("名 = 1", 1, 1),
    ] {
        let faults = read(file).unwrap_err();
        assert_eq!((faults[0].line, faults[0].column), (line, column), "{file}: {}", list(&faults));
        assert!(faults.iter().all(|fault| fault.place.is_empty()), "{file}: {}", list(&faults));
    }
}

#[test]
fn any_input_is_refused_without_a_panic() {
    for file in [
        "",
        "hall = 5",
        "hall = [5, \"x\"]",
        "[hall]\nid = \"main\"",
        "clerk = {}",
        "[[hall]]\nid = [[[]]]\nname = 3\nline = 7",
        "[[hall]]\nhours = 1979-05-27T07:32:00Z\nhall.x.y = 1",
        "\u{feff}[[hall]]",
        "[[hall]]\r\nid = 1\r\n[[hall.line]]\r\n",
        &"[".repeat(10_000),
    ] {
        assert!(!read(file).unwrap_err().is_empty(), "{}", file.get(..40).unwrap_or(file));
    }
}

#[test]
fn a_table_instead_of_a_list_explains_how_a_list_is_written() {
    let faults = read("[hall]\nid = \"main\"\n").unwrap_err();
    assert!(faults[0].what.en.contains("[[hall]]"), "{}", list(&faults));
}

#[test]
fn dates_and_times_may_be_unquoted() {
    let file = DEMO.replacen("closed_on = []", "closed_on = [2027-01-01]", 1).replacen(
        "day_turns_at = \"04:00\"",
        "day_turns_at = 04:00:00",
        1,
    );
    let setup = read(&file).unwrap_or_else(|faults| panic!("{}", list(&faults)));
    assert_eq!(setup.halls[1].hours.closed_on, ["2027-01-01"]);
    assert_eq!(setup.halls[0].day_turns_at.to_string(), "04:00");
}

fn words() -> impl Strategy<Value = Text> {
    // All printable characters, especially those that TOML must escape.
    ("[\"'\\\\#\\[\\]{}=.,a-z一-龟]{1,12}", "\\PC{1,12}x")
        .prop_map(|(zh, en)| Text { zh: format!("名{zh}"), en })
}

fn hours() -> impl Strategy<Value = Hours> {
    let clock = |minutes| Clock24 { minutes };
    let day = prop_oneof![Just(Weekday::Mon), Just(Weekday::Wed), Just(Weekday::Sun)];
    let period = (0..700_u16, 701..=1440_u16).prop_map(move |(from, to)| (clock(from), clock(to)));
    let week = prop::collection::btree_map(day, prop::collection::vec(period, 1..2), 1..4);
    (any::<bool>(), any::<bool>(), week).prop_map(|(always, follows_calendar, week)| Hours {
        always,
        week,
        follows_calendar,
        closed_on: vec!["2027-02-11".to_owned()],
        dates: Vec::new(),
    })
}

fn printer() -> impl Strategy<Value = Printer> {
    prop_oneof![
        Just(Printer::None),
        Just(Printer::BROWSER),
        (1..=u16::MAX, any::<[bool; 3]>(), prop::option::of(Just(512))).prop_map(
            |(port, [native_qr, status, after_cut], dots)| {
                let address = format!("printer.local:{port}");
                Printer::Escpos(EscposPrinter {
                    baud: None,
                    address,
                    paper: 58,
                    dots,
                    native_qr,
                    status,
                    after_cut,
                })
            }
        ),
    ]
}

proptest! {
    #[test]
    fn a_written_setup_is_read_back(
        name in words(),
        guide in (words(), words(), words()),
        hours in hours(),
        printer in printer(),
        minutes in 0.5..480.0_f64,
        alone in any::<bool>(),
    ) {
        let mut setup = demo();
        let (fee, step, conditions) = guide;
        let hall = &mut setup.halls[0];
        hall.name = name;
        hall.lines[1].hours = Some(hours.clone());
        hall.counters[0].hours = Some(hours.clone());
        // Bookings lie within the hall's hours.
        hall.booking = None;
        hall.hours = hours;
        hall.kiosks[0].printer = printer;
        hall.matters[3].minutes = minutes;
        hall.matters[3].fee = fee;
        let step = Step { name: step, kind: StepKind::Review, department: None, days: 0 };
        hall.matters[3].steps = vec![step];
        hall.matters[3].conditions = Some(conditions);
        hall.matters[4].steps.clear();
        // It would replace steps that are no more.
        hall.matters[4].commitment = None;
        if alone {
            setup.halls.truncate(1);
            setup.clerks.truncate(1);
            setup.clerks[0].halls = vec![HallId::from("main")];
        }
        let written = write(&setup);
        prop_assert_eq!(read(&written).map_err(|faults| list(&faults)), Ok(setup), "{}", written);
    }
}
