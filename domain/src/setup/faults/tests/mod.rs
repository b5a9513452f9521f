//! Each case spoils a good setup in one way and names the places of the faults that
//! must be found, no more and no fewer.

mod bundle_form;
mod commitment;
mod form;
mod self_print;

use super::{SetupFault, faults};
use crate::ids::{CounterId, HallId, LineId};
use crate::setup::{
    Bundle, BundlePart, Clerk, Counter, Department, EscposPrinter, Hall, Kiosk, KioskScreen, Line,
    Material, Matter, Printer, Role, Rules, Setup, StepKind,
};
use crate::text::Text;

fn good() -> Setup {
    let hall: Hall = serde_json::from_value(serde_json::json!({
        "id": "main",
        "name": "大厅",
        "line": [
            { "id": "a", "letter": "A", "name": "甲" },
            { "id": "b", "letter": "B", "name": "乙" },
        ],
        "matter": [
            { "id": "m1", "name": "事项一", "line": "a", "department": "civil",
              "statutory_days": 20, "promised_days": 5,
              "materials": [{ "name": "身份证" }],
              "steps": [{ "name": "受理", "kind": "accept" }, { "name": "审批", "days": 5 }] },
            { "id": "m2", "name": "事项二", "line": "b", "department": "police" },
        ],
        "counter": [
            { "id": 1, "name": "1号窗口", "lines": ["a", "b"] },
            { "id": 2, "name": "2号窗口", "lines": ["b"] },
        ],
        "kiosk": [
            { "id": "K1", "name": "门口" },
            { "id": "K2", "name": "楼上",
              "printer": { "kind": "escpos", "address": "10.0.0.5:9100" } },
        ],
    }))
    .unwrap();
    let mut below = hall.clone();
    below.id = HallId::from("below");
    below.parent = Some(HallId::from("main"));
    below.counters = vec![Counter { id: CounterId::from("21"), ..hall.counters[0].clone() }];
    below.kiosks.clear();
    let clerk = |id: &str, role| Clerk {
        id: id.into(),
        name: id.into(),
        role,
        halls: vec![],
        departments: vec![],
    };
    let department =
        |id: &str| Department { id: id.into(), name: id.into(), telephone: None, complaints: None };
    Setup {
        halls: vec![hall, below],
        departments: vec![department("civil"), department("police")],
        clerks: vec![clerk("admin", Role::Admin), clerk("clerk1", Role::Clerk)],
    }
}

fn check(spoil: impl FnOnce(&mut Setup), places: &[&str]) {
    let mut setup = good();
    spoil(&mut setup);
    let found = faults(&setup);
    let told: Vec<&str> = found.iter().map(|fault| fault.place.as_str()).collect();
    assert_eq!(told, places, "{found:#?}");
    for SetupFault { what: Text { zh, en }, .. } in &found {
        let chinese = |text: &str| text.contains(|c| ('一'..='龟').contains(&c));
        assert!(chinese(zh) && !en.is_empty() && zh != en, "{zh} | {en}");
    }
}

fn main_hall(spoil: impl FnOnce(&mut Hall), places: &[&str]) {
    check(|setup| spoil(&mut setup.halls[0]), places);
}

fn first_matter(spoil: impl FnOnce(&mut Matter), field: &str) {
    main_hall(|hall| spoil(&mut hall.matters[0]), &[&format!("hall[0].matter[0].{field}")]);
}

fn rule(spoil: impl FnOnce(&mut Rules), field: &str) {
    main_hall(|hall| spoil(&mut hall.rules), &[&format!("hall[0].rules.{field}")]);
}

fn printer(address: &str, paper: u16, fields: &[&str]) {
    let address = address.to_owned();
    let places: Vec<String> =
        fields.iter().map(|field| format!("hall[0].kiosk[1].printer.{field}")).collect();
    main_hall(
        |hall| {
            hall.kiosks[1].printer =
                Printer::Escpos(EscposPrinter { paper, ..EscposPrinter::new(address) });
        },
        &places.iter().map(String::as_str).collect::<Vec<_>>(),
    );
}

#[test]
fn a_good_description_has_none() {
    check(|_| {}, &[]);
}

#[test]
fn nothing_at_all_lacks_hall_and_admin() {
    check(|setup| *setup = Setup::default(), &["hall", "clerk"]);
}

#[test]
fn ids_are_plain_and_once() {
    main_hall(|hall| hall.id = HallId::from("区 大厅"), &["hall[0].id", "hall[1].parent"]);
    check(|setup| setup.clerks[1].id = "ADMIN".into(), &["clerk[1].id"]);
    check(|setup| setup.halls[1].counters[0].id = "1".into(), &["hall[1].counter[0].id"]);
    main_hall(|hall| hall.kiosks[1].id = "k1".into(), &["hall[0].kiosk[1].id"]);
    main_hall(|hall| hall.matters[1].id = "m1".into(), &["hall[0].matter[1].id"]);
    main_hall(|hall| hall.kiosks[0].id = "a/b".into(), &["hall[0].kiosk[0].id"]);
    main_hall(|hall| hall.kiosks[0].id = "".into(), &["hall[0].kiosk[0].id"]);
    main_hall(|hall| hall.kiosks[0].id = "K".repeat(41).as_str().into(), &["hall[0].kiosk[0].id"]);
    check(|setup| setup.halls[1].id = HallId::from("main"), &["hall[1].id"]);
}

#[test]
fn the_tree_of_halls_has_a_top() {
    check(|setup| setup.halls[1].parent = Some("gone".into()), &["hall[1].parent"]);
    check(|setup| setup.halls[1].parent = Some("below".into()), &["hall[1].parent"]);
    check(
        |setup| setup.halls[0].parent = Some("below".into()),
        &["hall[0].parent", "hall[1].parent"],
    );
}

#[test]
fn a_hall_has_a_name_a_zone_and_a_turn() {
    main_hall(|hall| hall.name = Text::from("  "), &["hall[0].name"]);
    main_hall(|hall| hall.name = Text::new("大厅", ""), &["hall[0].name"]);
    main_hall(|hall| hall.name = Text::from("大\n厅"), &["hall[0].name"]);
    main_hall(|hall| hall.name = Text::from("厅".repeat(201).as_str()), &["hall[0].name"]);
    main_hall(|hall| hall.time_zone = "Asia/Peking".to_owned(), &["hall[0].time_zone"]);
    main_hall(|hall| hall.telephone = "1".repeat(61), &["hall[0].telephone"]);
    main_hall(|hall| hall.day_turns_at.minutes = 1440, &["hall[0].day_turns_at"]);
}

#[test]
fn lines_and_counters_are_staffed_within_the_halls_hours() {
    let hours = |value: serde_json::Value| serde_json::from_value(value).unwrap();
    let office = || serde_json::json!({ "week": { "mon": [["09:00", "17:00"]] } });
    let late = || serde_json::json!({ "week": { "mon": [["16:00", "20:00"]] } });
    main_hall(|hall| hall.lines[0].hours = Some(hours(late())), &[]);
    main_hall(
        |hall| {
            hall.hours = hours(office());
            hall.lines[0].hours = Some(hours(late()));
            hall.counters[1].hours = Some(hours(serde_json::json!({ "always": true })));
        },
        &["hall[0].line[0].hours.week.mon[0]", "hall[0].counter[1].hours.always"],
    );
    let never = serde_json::json!({ "week": {}, "closed_on": ["soon"] });
    main_hall(
        |hall| hall.counters[0].hours = Some(hours(never)),
        &["hall[0].counter[0].hours.closed_on[0]", "hall[0].counter[0].hours.week"],
    );
}

#[test]
fn a_hall_opens_at_some_time() {
    main_hall(|hall| hall.hours.always = false, &["hall[0].hours.week"]);
    main_hall(
        |hall| {
            hall.hours.always = false;
            hall.hours.week.insert(crate::day::Weekday::Mon, vec![]);
        },
        &["hall[0].hours.week"],
    );
    main_hall(
        |hall| hall.hours.closed_on = vec!["2027-02-30".to_owned()],
        &["hall[0].hours.closed_on[0]"],
    );
}

#[test]
fn rules_stay_within_reason() {
    rule(|rules| rules.calls_before_missed = 0, "calls_before_missed");
    rule(|rules| rules.reinstate_behind = 51, "reinstate_behind");
    rule(|rules| rules.elder_head_start = 241, "elder_head_start");
    rule(|rules| rules.priority_head_start = u32::MAX, "priority_head_start");
    rule(|rules| rules.ill_head_start = 1000, "ill_head_start");
    rule(|rules| rules.idle_seconds = 0, "idle_seconds");
    rule(|rules| rules.countdown_seconds = 19, "countdown_seconds");
}

#[test]
fn lines_have_a_letter_of_their_own_and_a_counter() {
    main_hall(|hall| hall.lines[1].letter = 'A', &["hall[0].line[1].letter"]);
    main_hall(|hall| hall.lines[1].letter = 'b', &["hall[0].line[1].letter"]);
    main_hall(|hall| hall.lines[1].letter = '甲', &["hall[0].line[1].letter"]);
    let third = |closed| Line {
        id: "c".into(),
        letter: 'C',
        name: "丙".into(),
        closed,
        booking_places: None,
        hours: None,
    };
    main_hall(|hall| hall.lines.push(third(false)), &["hall[0].line[2]"]);
    main_hall(|hall| hall.lines.push(third(true)), &[]);
    main_hall(
        |hall| hall.lines[0].id = LineId::from("z"),
        &["hall[0].line[0]", "hall[0].matter[0].line", "hall[0].counter[0].lines[0]"],
    );
}

#[test]
fn counters_serve_lines_of_their_hall_once_each() {
    main_hall(|hall| hall.counters[1].lines.clear(), &["hall[0].counter[1].lines"]);
    main_hall(
        |hall| hall.counters[1].lines = vec!["b".into(), "b".into(), "q".into()],
        &["hall[0].counter[1].lines[1]", "hall[0].counter[1].lines[2]"],
    );
}

#[test]
fn matters_wait_in_a_line_and_keep_the_law() {
    first_matter(|matter| matter.line = "q".into(), "line");
    first_matter(|matter| matter.department = "q".into(), "department");
    first_matter(|matter| matter.promised_days = 21, "promised_days");
    first_matter(|matter| matter.minutes = 0.0, "minutes");
    first_matter(|matter| matter.minutes = f64::NAN, "minutes");
    first_matter(|matter| matter.fee = Text::default(), "fee");
    first_matter(|matter| matter.aliases = vec!["开店".into(), " ".into()], "aliases[1]");
    first_matter(|matter| matter.steps[0].name = Text::default(), "steps[0].name");
    first_matter(|matter| matter.steps[1].department = Some("q".into()), "steps[1].department");
    first_matter(|matter| matter.steps[1].kind = StepKind::Accept, "steps[1].kind");
    first_matter(|matter| matter.steps[1].days = 6, "steps[1].days");
    first_matter(|matter| matter.produces = Some("执照".to_owned()), "produces");
    first_matter(|matter| matter.result = Text::from("证\u{7}"), "result");
    first_matter(|matter| matter.code = Some("1234".to_owned()), "code");
    first_matter(|matter| matter.complaints = Some("1".repeat(61)), "complaints");
    let nameless = Material::named(Text::default(), true);
    first_matter(|matter| matter.materials.push(nameless), "materials[1].name");
    main_hall(|hall| hall.general_line = Some("q".into()), &["hall[0].general_line"]);
    // There is no statutory limit, so any promise is allowed.
    main_hall(|hall| hall.matters[1].promised_days = 10, &[]);
}

fn bundle(parts: &[(&str, &[&str])]) -> Bundle {
    let parts = parts.iter().map(|(matter, after)| BundlePart {
        matter: (*matter).into(),
        after: after.iter().map(|id| (*id).into()).collect(),
    });
    Bundle {
        id: "both".into(),
        name: "一件事".into(),
        aliases: vec![],
        parts: parts.collect(),
        promised_days: 0,
        life_events: vec![],
        note: None,
    }
}

#[test]
fn bundles_join_matters_of_their_hall_in_an_order_that_can_be_kept() {
    let with = |parts: &[(&str, &[&str])], places: &[&str]| {
        main_hall(|hall| hall.bundles.push(bundle(parts)), places);
    };
    with(&[("m1", &[]), ("m2", &["m1"])], &[]);
    with(&[("m1", &[])], &["hall[0].bundle[0].part"]);
    with(&[("m1", &[]), ("q", &[])], &["hall[0].bundle[0].part[1].matter"]);
    with(&[("m1", &[]), ("m1", &[])], &["hall[0].bundle[0].part[1].matter"]);
    with(&[("m1", &["m2"]), ("m2", &["m1"])], &["hall[0].bundle[0].part"]);
    with(&[("m1", &["q"]), ("m2", &[])], &["hall[0].bundle[0].part"]);
    main_hall(
        |hall| {
            hall.bundles.push(Bundle { id: "m1".into(), ..bundle(&[("m1", &[]), ("m2", &[])]) });
        },
        &["hall[0].bundle[0].id"],
    );
}

#[test]
fn the_rules_of_cases_stay_within_reason() {
    let rule = |spoil: fn(&mut crate::setup::CaseRules), field: &str| {
        main_hall(|hall| spoil(&mut hall.cases), &[&format!("hall[0].cases.{field}")]);
    };
    rule(|rules| rules.red_days = rules.yellow_days + 1, "red_days");
    rule(|rules| rules.tell_within_days = 0, "tell_within_days");
    rule(|rules| rules.deliver_within_days = 61, "deliver_within_days");
    rule(|rules| rules.promise_ban_days = 9999, "promise_ban_days");
    rule(|rules| rules.person_kept_days = 0, "person_kept_days");
    rule(|rules| rules.results_at = Text::default(), "results_at");
    rule(|rules| rules.pauses[1].id = "hearing".to_owned(), "pause[1].id");
    rule(|rules| rules.pauses.clear(), "pause");
}

#[test]
fn reviewers_decide_for_departments_there_are() {
    check(
        |setup| {
            setup.clerks[1].role = Role::Reviewer;
            setup.clerks[1].departments = vec!["civil".into(), "q".into()];
        },
        &["clerk[1].departments[1]"],
    );
    check(|setup| setup.clerks[1].role = Role::Reviewer, &["clerk[1].departments"]);
    check(
        |setup| setup.departments[1].id = "CIVIL".into(),
        &["hall[0].matter[1].department", "hall[1].matter[1].department", "department[1].id"],
    );
}

#[test]
fn printers_can_be_reached() {
    printer("10.0.0.5:9100", 58, &[]);
    printer("[fe80::1]:9100", 80, &[]);
    for address in ["", "10.0.0.5", ":9100", "10.0.0.5:0", "10.0.0.5:99999", "http://p/:9100"] {
        printer(address, 80, &["address"]);
    }
    printer("printer", 72, &["address", "paper"]);
    printer("/dev/usb/lp0", 80, &[]);
    printer("/dev/ttyUSB0", 80, &["baud"]);
    for address in ["/etc/passwd", "/dev/", "/dev/../etc/passwd", "/dev/usb/lp 0"] {
        printer(address, 80, &["address"]);
    }
    let line = |address: &str, baud| {
        Printer::Escpos(EscposPrinter {
            baud: Some(baud),
            ..EscposPrinter::new(address.to_owned())
        })
    };
    let kiosk = |printer, places: &[&str]| {
        main_hall(|hall| hall.kiosks[1].printer = printer, places);
    };
    kiosk(line("/dev/ttyS0", 9600), &[]);
    kiosk(line("/dev/ttyS0", 9601), &["hall[0].kiosk[1].printer.baud"]);
    kiosk(line("/dev/usb/lp0", 9600), &["hall[0].kiosk[1].printer.baud"]);
    kiosk(line("10.0.0.5:9100", 9600), &["hall[0].kiosk[1].printer.baud"]);
    // The server prints there.
    main_hall(
        |hall| hall.counters[0].printer = line("/dev/ttyS0", 9600),
        &["hall[0].counter[0].printer.address"],
    );
}

#[test]
fn clerks_work_in_halls_there_are() {
    check(|setup| setup.clerks[1].halls = vec!["main".into(), "q".into()], &["clerk[1].halls[1]"]);
    check(|setup| setup.clerks[1].name = Text::default(), &["clerk[1].name"]);
    check(|setup| setup.clerks[0].role = Role::Clerk, &["clerk"]);
}

#[test]
fn a_fault_has_its_place_in_both_languages() {
    let mut setup = good();
    setup.halls[0].matters[0].promised_days = 99;
    setup.halls[0].rules.countdown_seconds = 5;
    setup.clerks[1].id = "admin".into();
    let told: Vec<Text> = faults(&setup).iter().map(SetupFault::sentence).collect();
    let wanted = [
        Text::new(
            "hall[0].rules.countdown_seconds: 5 太少；应为 20 到 600 秒",
            "hall[0].rules.countdown_seconds: 5 is too few; expected 20 to 600 seconds",
        ),
        Text::new(
            "hall[0].matter[0].promised_days: 承诺 99 日，超过法定的 20 日",
            "hall[0].matter[0].promised_days: 99 is longer than the statutory limit of 20 days",
        ),
        Text::new(
            "clerk[1].id: 登录名“admin”重复",
            "clerk[1].id: the clerk id \"admin\" is used twice",
        ),
    ];
    assert_eq!(told, wanted);
}

#[test]
fn all_faults_are_listed_not_only_the_first() {
    main_hall(
        |hall| {
            hall.time_zone.clear();
            hall.lines[0].letter = '1';
            hall.matters[1].minutes = -1.0;
            hall.kiosks.push(Kiosk {
                id: "K1".into(),
                name: Text::default(),
                printer: Printer::BROWSER,
                paired: None,
                screen: KioskScreen { height_mm: 7, lower_edge_mm: 0 },
                document_printer: None,
                card_reader: false,
            });
        },
        &[
            "hall[0].time_zone",
            "hall[0].line[0].letter",
            "hall[0].matter[1].minutes",
            "hall[0].kiosk[2].id",
            "hall[0].kiosk[2].name",
            "hall[0].kiosk[2].screen.height_mm",
        ],
    );
}
