//! Faults of what a matter lets an applicant commit to.

use super::main_hall;
use crate::setup::Commitment;
use crate::text::Text;

/// A commitment of the first matter, spoilt in one way; the places of the faults below it.
fn spoilt(spoil: impl FnOnce(&mut Commitment), fields: &[&str]) {
    let mut commitment: Commitment = serde_json::from_value(serde_json::json!({
        "text": "我承诺符合条件", "consequence": "撤销决定", "replaces_steps": ["核查"],
        "replaces_materials": ["身份证"], "promised_days": 2, "check_within_days": 30,
    }))
    .unwrap();
    spoil(&mut commitment);
    let places: Vec<String> =
        fields.iter().map(|field| format!("hall[0].matter[0].commitment{field}")).collect();
    main_hall(
        |hall| {
            let matter = &mut hall.matters[0];
            matter.steps = serde_json::from_value(serde_json::json!([
                { "name": "受理", "kind": "accept" }, { "name": "核查", "days": 3 },
                { "name": "决定", "days": 2 }, { "name": "出件", "kind": "deliver" },
            ]))
            .unwrap();
            matter.commitment = Some(commitment);
        },
        &places.iter().map(String::as_str).collect::<Vec<_>>(),
    );
}

#[test]
fn a_commitment_has_words_a_check_and_something_that_it_replaces() {
    spoilt(|_| {}, &[]);
    spoilt(|one| one.text = Text::default(), &[".text"]);
    spoilt(|one| one.text = Text::from("诺".repeat(2001).as_str()), &[".text"]);
    spoilt(|one| one.consequence = Text::new("撤销", ""), &[".consequence"]);
    spoilt(|one| one.check_within_days = 0, &[".check_within_days"]);
    spoilt(|one| one.answer_days = 2, &[".answer_days"]);
    spoilt(|one| one.put_right_days = 121, &[".put_right_days"]);
    spoilt(|one| one.check_department = Some("gone".into()), &[".check_department"]);
    spoilt(
        |one| {
            one.replaces_steps.clear();
            one.replaces_materials.clear();
            one.promised_days = 3;
        },
        &[""],
    );
}

#[test]
fn a_commitment_replaces_what_there_is_and_never_the_decision() {
    spoilt(
        |one| one.replaces_steps = vec!["听证".to_owned()],
        &[".replaces_steps[0]", ".promised_days"],
    );
    for end in ["受理", "出件"] {
        spoilt(|one| one.replaces_steps.push(end.to_owned()), &[".replaces_steps[1]"]);
    }
    spoilt(|one| one.replaces_steps.push("决定".to_owned()), &[".replaces_steps"]);
    spoilt(|one| one.replaces_materials = vec!["户口本".to_owned()], &[".replaces_materials[0]"]);
}

#[test]
fn its_limit_is_shorter_and_leaves_room_for_what_is_not_replaced() {
    spoilt(|one| one.promised_days = 5, &[]);
    spoilt(|one| one.promised_days = 6, &[".promised_days"]);
    spoilt(|one| one.promised_days = 1, &[".promised_days"]);
}
