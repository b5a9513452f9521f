//! Drafts: their moves, and two who write at once.

mod replica;
mod two_pages;
mod values;

use jiff::civil::date;
use serde_json::json;

use super::*;
use crate::form::Form;
use crate::ids::MatterId;

/// A form of a text, a day and a table of both.
fn form() -> Form {
    serde_json::from_value(json!({ "groups": [{ "id": "all", "name": "全部", "field": [
        { "id": "a", "label": "店名" },
        { "id": "b", "label": "开业日期", "kind": "date" },
        { "id": "c", "label": "从业人员", "kind": "table", "columns": [
            { "id": "x", "label": "姓名" },
            { "id": "y", "label": "入职日期", "kind": "date" },
        ]},
    ]}]}))
    .unwrap()
}

fn now() -> Moment {
    Moment { at: 1_000, day: date(2026, 11, 27) }
}

fn draft() -> Draft {
    Draft::begin(
        Beginning {
            id: DraftId(1),
            token: Token([7; 16]),
            hall: "main".into(),
            subject: Subject::Matter(MatterId::from("food")),
            name: "食品经营许可".into(),
            way: Way::Phone,
            form: "f".to_owned(),
            kept_days: 30,
        },
        now(),
    )
}

fn clerk() -> ClerkId {
    "zhang".into()
}

#[test]
fn a_draft_is_sent_returned_mended_and_cleared() {
    let mut draft = draft();
    assert_eq!(draft.keep_until, date(2026, 12, 27));
    assert_eq!(
        draft.clear(false, &clerk()),
        Err(DraftRefusal::WrongDraftState(DraftState::Filling))
    );
    draft.send(now()).unwrap();
    assert_eq!(draft.send(now()), Err(DraftRefusal::WrongDraftState(DraftState::Sent)));
    assert_eq!(draft.require_writable(), Err(DraftRefusal::NotWritable(DraftState::Sent)));
    assert_eq!(draft.give_back(0, &clerk()), Err(DraftRefusal::RemarkNeeded));
    draft.give_back(1, &clerk()).unwrap();
    draft.require_writable().unwrap();
    draft.send(now()).unwrap();
    draft.clear(true, &clerk()).unwrap();
    assert!(draft.bring_originals && draft.times_sent == 2 && draft.times_returned == 1);
    draft.take_back().unwrap();
    assert_eq!(draft.state, DraftState::Filling);
    draft.receive(CaseId(3), &clerk(), 7, now()).unwrap();
    assert!(draft.proof.kind(|_| Some(7)).is_some() && draft.case == Some(CaseId(3)));
    assert_eq!(draft.withdraw(now()), Err(DraftRefusal::WrongDraftState(DraftState::Received)));
    draft.expire(now());
    assert_eq!(draft.state, DraftState::Received, "what became a case stays so");
}

#[test]
fn files_are_bounded_and_removed_by_name() {
    let mut draft = draft();
    let file = |number: usize, material: &str| DraftFile {
        file: format!("f{number}"),
        material: material.to_owned(),
        at: 1,
        by: None,
        ..DraftFile::default()
    };
    for number in 0..FILES_OF_MATERIAL {
        draft.attach(file(number, "card")).unwrap();
    }
    assert_eq!(draft.attach(file(99, "card")), Err(CaseRefusal::TooManyFiles.into()));
    draft.attach(file(99, "lease")).unwrap();
    draft.detach("f3").unwrap();
    assert_eq!(draft.detach("f3"), Err(CaseRefusal::UnknownFile.into()));
    draft.attach(file(3, "card")).unwrap();
}
