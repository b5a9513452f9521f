//! The tables against the description's own types.

use jiban_domain::Text;
use jiban_domain::day::{Clock24, Hours, Weekday};
use jiban_domain::setup::{
    Clerk, Counter, Hall, Handling, Kiosk, Line, Material, Matter, Printer, Role, Rules, Setup,
    faults,
};
use serde_json::{Value, json};

use super::*;

/// A description in which nothing is absent.
fn everything() -> Setup {
    let text = |both: &str| Text::from(both);
    let matter = Matter {
        id: "m".into(),
        name: text("m"),
        line: "a".into(),
        department: text("d"),
        handling: Handling::Promised,
        statutory_days: 20,
        promised_days: 10,
        fee: text("f"),
        materials: vec![Material { name: text("p"), deferrable: true }],
        steps: vec![text("s")],
        result: text("r"),
        self_service: true,
        minutes: 8.5,
        conditions: Some(text("c")),
        code: Some("1".repeat(31)),
        telephone: Some("2".to_owned()),
        complaints: Some("3".to_owned()),
    };
    let escpos = Printer::Escpos { address: "p:9100".to_owned(), paper: 58, native_qr: true };
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
            closed_on: vec!["2026-10-01".to_owned()],
        },
        rules: Rules::default(),
        telephone: "4".to_owned(),
        lines: vec![Line { id: "a".into(), letter: 'A', name: text("a"), closed: true }],
        matters: vec![matter.clone()],
        counters: vec![Counter {
            id: format!("{id}1").as_str().into(),
            name: text("1"),
            lines: vec!["a".into()],
            tidal: true,
        }],
        kiosks: vec![Kiosk {
            id: format!("{id}K").as_str().into(),
            name: text("k"),
            printer: escpos.clone(),
        }],
    };
    Setup {
        halls: vec![hall("x", None), hall("y", Some("x"))],
        clerks: vec![Clerk {
            id: "c".into(),
            name: text("c"),
            role: Role::Admin,
            halls: vec!["x".into()],
        }],
    }
}

/// Every key that leads from an item to something that is set.
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
fn every_field_of_the_description_can_be_edited() {
    let setup = serde_json::to_value(everything()).unwrap();
    // Edited on pages of their own, or by the choice of the printer.
    let elsewhere = ["/hours", "/line", "/matter", "/counter", "/kiosk", "/printer/kind"];
    for section in SECTIONS {
        let item = &document::list(&setup, &section.list_at(1))
            .first()
            .or_else(|| document::list(&setup, &section.list_at(0)).first())
            .unwrap();
        // The second hall has a parent, which the first lacks.
        let item = if section.key == "hall" { &setup["hall"][1] } else { item };
        let mut found = Vec::new();
        keys(item, "", &mut found);
        for key in found {
            let known = section.fields.iter().any(|field| field.key == key)
                || (section.key == "hall" && elsewhere.iter().any(|at| key.starts_with(at)))
                || key == "/printer/kind";
            assert!(known, "{}: no field for {key}", section.key);
        }
    }
}

#[test]
fn every_field_edits_something_the_description_has() {
    let setup = serde_json::to_value(everything()).unwrap();
    for section in SECTIONS {
        let hall = usize::from(!section.in_a_hall && section.key == "hall");
        let item = &document::list(&setup, &section.list_at(0))
            [if section.key == "hall" { hall } else { 0 }];
        for field in section.fields {
            assert!(item.pointer(field.key).is_some(), "{}: {}", section.key, field.key);
            if let Kind::Rows(rows) = field.kind {
                for inner in rows.fields {
                    let at = format!("{}/0{}", field.key, inner.key);
                    assert!(item.pointer(&at).is_some(), "{}: {at}", section.key);
                }
            }
        }
    }
}

#[test]
fn what_is_added_is_understood_and_wants_only_its_names() {
    let mut root = serde_json::to_value(everything()).unwrap();
    for section in SECTIONS {
        let fresh = section.fresh(&root, 0);
        document::push(&mut root, &section.list_at(0), fresh);
    }
    for field in MATTERS.fields {
        if let Kind::Rows(rows) = field.kind {
            let fresh: Value = serde_json::from_str(rows.fresh).unwrap();
            document::push(&mut root, &format!("/hall/0/matter/0{}", field.key), fresh);
        }
    }
    let setup: Setup = serde_json::from_value(root).unwrap();
    // Time zones are the server's to know: this crate is built without them.
    for fault in faults(&setup).into_iter().filter(|fault| !fault.place.ends_with("time_zone")) {
        // And a new line wants a counter that serves it.
        let of_a_name = ["name", "department", "steps[1]", "line[1]"]
            .iter()
            .any(|end| fault.place.ends_with(end));
        assert!(of_a_name, "{}: {}", fault.place, fault.what.en);
    }
}

#[test]
fn new_ids_and_letters_are_free() {
    let root = json!({
        "hall": [
            { "line": [{ "id": "line-2", "letter": "A" }], "counter": [{ "id": "2" }] },
            { "counter": [{ "id": "3" }] },
        ],
        "clerk": [],
    });
    let line = LINES.fresh(&root, 0);
    assert_eq!((&line["id"], &line["letter"]), (&json!("line-3"), &json!("B")));
    let counter = COUNTERS.fresh(&root, 0);
    assert_eq!((&counter["id"], &counter["lines"]), (&json!("4"), &json!(["line-2"])));
    assert_eq!(MATTERS.fresh(&root, 0)["line"], json!("line-2"));
}
