//! Compares the tables with the types of `domain::setup`.

use jiban_domain::Text;
use jiban_domain::day::{Clock24, DateHours, Hours, Weekday};
use jiban_domain::form::{self, Applicants, Group};
use jiban_domain::setup::{
    BookingRules, Bundle, BundlePart, Clerk, Column, ColumnKind, Commitment, Counter, Department,
    DocumentPrinter, EscposPrinter, Hall, Handling, IppPrinter, Kiosk, KioskScreen, Line, Material,
    Matter, Printer, Role, Rules, SelfPrintRules, Setup, Statement, StatementSource, Step,
    StepKind, faults,
};
use serde_json::{Value, json};

use super::*;

/// A setup in which no optional value is absent.
#[allow(clippy::too_many_lines, reason = "a list of all fields")]
fn everything() -> Setup {
    let text = |both: &str| Text::from(both);
    let matter = Matter {
        id: "m".into(),
        name: text("m"),
        aliases: vec!["n".to_owned()],
        line: "a".into(),
        department: "d".into(),
        handling: Handling::Promised,
        statutory_days: 20,
        promised_days: 10,
        fee: text("f"),
        materials: vec![Material {
            name: text("p"),
            deferrable: true,
            document: Some("p".to_owned()),
            form: jiban_domain::setup::MaterialForm::Copy,
            source: Some(text("o")),
            needed_when: Some(text("w")),
        }],
        applicants: Applicants::Persons,
        form: vec![Group {
            id: "g".to_owned(),
            name: text("g"),
            help: None,
            fields: vec![form::Field {
                id: "q".into(),
                label: text("q"),
                ..form::Field::default()
            }],
        }],
        steps: vec![
            Step { name: text("s"), kind: StepKind::Review, department: Some("d".into()), days: 3 },
            Step { name: text("z"), kind: StepKind::Review, department: Some("d".into()), days: 3 },
        ],
        result: text("r"),
        produces: Some("r".to_owned()),
        visits: 2,
        life_events: vec![text("l")],
        basis: Some(text("b")),
        self_service: true,
        minutes: 8.5,
        booking_slots: 2,
        conditions: Some(text("c")),
        code: Some("1".repeat(31)),
        telephone: Some("2".to_owned()),
        complaints: Some("3".to_owned()),
        commitment: Some(Commitment {
            text: text("t"),
            consequence: text("e"),
            replaces_steps: vec!["s".to_owned()],
            replaces_materials: vec!["p".to_owned()],
            promised_days: 9,
            check_department: Some("d".into()),
            check_within_days: 20,
            answer_days: 6,
            put_right_days: 11,
        }),
    };
    let escpos = Printer::Escpos(EscposPrinter {
        baud: Some(9600),
        paper: 58,
        dots: Some(512),
        native_qr: true,
        ..EscposPrinter::new("p:9100".to_owned())
    });
    let hall = |id: &str, parent: Option<&str>| Hall {
        id: id.into(),
        name: text(id),
        parent: parent.map(Into::into),
        time_zone: "Asia/Shanghai".to_owned(),
        day_turns_at: Clock24 { minutes: 240 },
        carries_over: true,
        hours: Hours {
            always: false,
            week: [(Weekday::Mon, vec![(Clock24 { minutes: 540 }, Clock24 { minutes: 1440 })])]
                .into(),
            follows_calendar: false,
            closed_on: vec!["2026-10-01".to_owned()],
            dates: vec![DateHours {
                date: "2026-10-02".to_owned(),
                periods: vec![(Clock24 { minutes: 540 }, Clock24 { minutes: 720 })],
            }],
        },
        rules: Rules::default(),
        booking: Some(BookingRules {
            places: Some(3),
            hours: Some(night()),
            ..BookingRules::default()
        }),
        cases: CaseRules::default(),
        telephone: "4".to_owned(),
        general_line: Some("a".into()),
        paired: true,
        lines: vec![Line {
            id: "a".into(),
            letter: 'A',
            name: text("a"),
            closed: true,
            booking_places: Some(2),
            hours: Some(night()),
        }],
        matters: vec![matter.clone(), Matter { id: "n".into(), ..matter.clone() }],
        bundles: vec![Bundle {
            id: "u".into(),
            name: text("u"),
            aliases: vec!["v".to_owned()],
            parts: vec![
                BundlePart { matter: "m".into(), after: vec!["n".into()] },
                BundlePart { matter: "n".into(), after: vec![] },
            ],
            promised_days: 10,
            life_events: vec![text("l")],
            note: Some(text("o")),
        }],
        self_print: SelfPrintRules { documents_of_person: 7, pages_of_kiosk: 70 },
        statements: vec![Statement {
            id: "s".into(),
            name: text("s"),
            department: "d".into(),
            text: text("t"),
            columns: vec![Column {
                id: "c".to_owned(),
                name: text("c"),
                kind: ColumnKind::Money,
                optional: true,
            }],
            source: StatementSource::Service("https://h/".to_owned()),
            times_a_day: 2,
            records_kept_days: 20,
        }],
        counters: vec![Counter {
            id: format!("{id}1").as_str().into(),
            name: text("1"),
            lines: vec!["a".into()],
            tidal: true,
            hours: Some(night()),
            printer: escpos.clone(),
        }],
        kiosks: vec![Kiosk {
            id: format!("{id}K").as_str().into(),
            name: text("k"),
            printer: escpos.clone(),
            paired: Some(false),
            screen: KioskScreen { height_mm: 708, lower_edge_mm: 750 },
            document_printer: Some(DocumentPrinter::Ipp(IppPrinter::new(
                "ipp://p/ipp/print".to_owned(),
            ))),
            card_reader: true,
        }],
    };
    Setup {
        halls: vec![hall("x", None), hall("y", Some("x"))],
        departments: vec![Department {
            id: "d".into(),
            name: text("d"),
            telephone: Some("5".to_owned()),
            complaints: Some("6".to_owned()),
        }],
        clerks: vec![
            Clerk {
                id: "c".into(),
                name: text("c"),
                role: Role::Reviewer,
                halls: vec!["x".into()],
                departments: vec!["d".into()],
            },
            Clerk {
                id: "o".into(),
                name: text("o"),
                role: Role::Admin,
                halls: vec![],
                departments: vec![],
            },
        ],
    }
}

/// Within those of the hall.
fn night() -> Hours {
    Hours {
        always: false,
        week: [(Weekday::Mon, vec![(Clock24 { minutes: 1200 }, Clock24 { minutes: 1440 })])].into(),
        ..Hours::default()
    }
}

/// The JSON pointers of all values of an item.
fn keys(item: &Value, above: &str, found: &mut Vec<String>) {
    let Value::Object(object) = item else { return };
    for (key, value) in object {
        let at = format!("{above}/{key}");
        match value {
            Value::Object(inner) if !inner.contains_key("zh") => keys(value, &at, found),
            _ => found.push(at),
        }
    }
}

#[test]
fn every_field_of_the_setup_can_be_edited() {
    let setup = serde_json::to_value(everything()).unwrap();
    // Edited on pages of their own, or by the kind of printer.
    let elsewhere = ["/hours", "/line", "/matter", "/bundle", "/counter", "/kiosk", "/statement"];
    for section in SECTIONS {
        let item = &json_pointer::list(&setup, &section.list_at(1))
            .first()
            .or_else(|| json_pointer::list(&setup, &section.list_at(0)).first())
            .unwrap();
        // Only the second hall has a parent.
        let item = if section.key == "hall" { &setup["hall"][1] } else { item };
        let mut found = Vec::new();
        keys(item, "", &mut found);
        for key in found {
            let has_hours = |field: &Field| {
                matches!(field.kind, FieldKind::Hours) && key.starts_with(field.key)
            };
            let in_part = |field: &Field| {
                let FieldKind::Part(part) = field.kind else { return false };
                let rest = key.strip_prefix(field.key).unwrap_or_default();
                let is_it = |inner: &Field| match inner.kind {
                    FieldKind::Hours => rest.starts_with(inner.key),
                    _ => rest == inner.key,
                };
                part.fields.iter().any(is_it)
            };
            let has = |field: &Field| field.key == key || has_hours(field) || in_part(field);
            let known = section.fields.iter().any(has)
                || (section.key == "hall" && elsewhere.iter().any(|at| key.starts_with(at)))
                || ["/printer/kind", "/document_printer/kind"].contains(&&*key);
            assert!(known, "{}: no field for {key}", section.key);
        }
        for field in section.fields {
            let FieldKind::List(rows) = field.kind else { continue };
            let mut found = Vec::new();
            keys(&item.pointer(field.key).unwrap()[0], "", &mut found);
            for key in found {
                // A row may be a text as a whole.
                let known = rows.all_fields().any(|field| field.key == key || field.key.is_empty());
                assert!(known, "{}: no field for {}/0{key}", section.key, field.key);
            }
        }
    }
}

#[test]
fn every_field_edits_a_value_of_the_setup() {
    let setup = serde_json::to_value(everything()).unwrap();
    for section in SECTIONS {
        let hall = usize::from(!section.per_hall && section.key == "hall");
        let item = &json_pointer::list(&setup, &section.list_at(0))
            [if section.key == "hall" { hall } else { 0 }];
        for field in section.fields {
            assert!(item.pointer(field.key).is_some(), "{}: {}", section.key, field.key);
            if let FieldKind::Part(part) = field.kind {
                for inner in part.fields {
                    let at = format!("{}{}", field.key, inner.key);
                    assert!(item.pointer(&at).is_some(), "{}: {at}", section.key);
                }
                // A part that is added is one that the file may have.
                if field.key == "/booking" {
                    let fresh: BookingRules = serde_json::from_str(part.template).unwrap();
                    assert_eq!(fresh, BookingRules::default());
                }
            }
            if let FieldKind::List(rows) = field.kind {
                for inner in rows.all_fields() {
                    let at = format!("{}/0{}", field.key, inner.key);
                    assert!(item.pointer(&at).is_some(), "{}: {at}", section.key);
                }
            }
        }
    }
}

#[test]
fn new_items_are_valid_except_for_their_names() {
    let mut root = serde_json::to_value(everything()).unwrap();
    for section in SECTIONS {
        let fresh = section.new_item(&root, 0);
        json_pointer::push(&mut root, &section.list_at(0), fresh);
    }
    for (section, item) in
        [(&MATTERS, "/hall/0/matter/0"), (&BUNDLES, "/hall/0/bundle/0"), (&HALLS, "/hall/0")]
    {
        for field in section.fields {
            if let FieldKind::List(rows) = field.kind {
                let fresh: Value = serde_json::from_str(rows.template).unwrap();
                json_pointer::push(&mut root, &format!("{item}{}", field.key), fresh);
            }
        }
    }
    let setup: Setup = serde_json::from_value(root).unwrap();
    // This crate is built without time zone data, so every zone is a fault here.
    for fault in faults(&setup).into_iter().filter(|fault| !fault.place.ends_with("time_zone")) {
        // A new line also lacks a counter that serves it, a new bundle its matters,
        // a new ground its id.
        let is_expected = [
            "name",
            "text",
            "column[1].id",
            "aliases[1]",
            "life_events[1]",
            "line[1]",
            ".matter",
            // A printer in the network has no speed.
            ".printer.baud",
            ".pause[5].id",
        ]
        .iter()
        .any(|end| fault.place.ends_with(end));
        assert!(is_expected, "{}: {}", fault.place, fault.what.en);
    }
}

#[test]
fn new_ids_and_letters_are_unused() {
    let root = json!({
        "hall": [
            { "line": [{ "id": "line-2", "letter": "A" }], "counter": [{ "id": "2" }] },
            { "counter": [{ "id": "3" }] },
        ],
        "department": [{ "id": "d" }],
        "clerk": [],
    });
    let line = LINES.new_item(&root, 0);
    assert_eq!((&line["id"], &line["letter"]), (&json!("line-3"), &json!("B")));
    let counter = COUNTERS.new_item(&root, 0);
    assert_eq!((&counter["id"], &counter["lines"]), (&json!("4"), &json!(["line-2"])));
    let matter = MATTERS.new_item(&root, 0);
    assert_eq!((&matter["line"], &matter["department"]), (&json!("line-2"), &json!("d")));
}
