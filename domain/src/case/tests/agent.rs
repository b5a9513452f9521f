//! An agent: the authorisation is one more material, and has a date or files.

use super::*;

fn represented(authorised_on: Option<Date>) -> Case {
    let mut case = cafe(MONDAY);
    case.add_agent(authorised_on, on(MONDAY)).unwrap();
    case
}

fn attached() -> Attached {
    serde_json::from_value(
        json!({ "file": "a", "kind": "jpeg", "bytes": 1, "sha256": "", "at": 1 }),
    )
    .unwrap()
}

/// Marks a material as the counter does.
fn mark(
    case: &mut Case,
    id: u32,
    state: MaterialState,
    dated: Option<Date>,
) -> Result<(), CaseRefusal> {
    case.mark_authorisation(id, state, dated, on(MONDAY))?;
    case.mark(id, state, true, on(MONDAY))
}

#[test]
fn an_authorisation_is_one_more_material_of_all_matters() {
    let case = represented(None);
    let authorisation = case.materials.last().unwrap();
    assert_eq!((authorisation.id, authorisation.name.zh.as_str()), (5, "授权委托书"));
    assert_eq!(authorisation.matters, ["licence".into(), "sign".into(), "food".into()]);
    assert_eq!(authorisation.state, MaterialState::Missing);
    assert_eq!(case.agent, Some(Agent { material: 5, authorised_on: None }));
    let seen = represented(Some(date(2026, 9, 1)));
    assert_eq!(seen.materials.last().unwrap().state, MaterialState::Present);
    let tomorrow = cafe(MONDAY).add_agent(Some(date(2026, 9, 22)), on(MONDAY));
    assert!(matches!(tomorrow, Err(CaseRefusal::BadAuthorisation(_))));
}

#[test]
fn nothing_is_accepted_without_the_authorisation() {
    let mut case = represented(None);
    for id in 1..=4 {
        mark(&mut case, id, MaterialState::Present, None).unwrap();
    }
    let missing = case.accept(&calendar(), &issuing(), on(MONDAY)).unwrap_err();
    let CaseRefusal::MaterialsMissing(names) = missing else { panic!("{missing:?}") };
    assert_eq!(names[0].zh, "授权委托书");
    // Not by a word alone, not later, and not at all.
    let refused = |case: &mut Case, state, dated| mark(case, 5, state, dated).unwrap_err().code();
    assert_eq!(refused(&mut case, MaterialState::Present, None), "bad_authorisation");
    let tomorrow = Some(date(2026, 9, 22));
    assert_eq!(refused(&mut case, MaterialState::Present, tomorrow), "bad_authorisation");
    assert_eq!(refused(&mut case, MaterialState::NotNeeded, None), "bad_authorisation");
    assert_eq!(refused(&mut case, MaterialState::Deferred, None), "not_deferrable");

    let mut by_photograph = case.clone();
    by_photograph.attach(5, attached(), &Via::Counter, on(MONDAY)).unwrap();
    by_photograph.accept(&calendar(), &issuing(), on(MONDAY)).unwrap();
    mark(&mut case, 5, MaterialState::Present, Some(MONDAY)).unwrap();
    assert_eq!(case.agent.unwrap().authorised_on, Some(MONDAY));
    case.accept(&calendar(), &issuing(), on(MONDAY)).unwrap();
}

#[test]
fn a_mark_taken_back_takes_the_date_back() {
    let mut case = represented(Some(MONDAY));
    mark(&mut case, 5, MaterialState::Present, None).unwrap();
    assert_eq!(case.agent.unwrap().authorised_on, Some(MONDAY), "it is known already");
    mark(&mut case, 5, MaterialState::Missing, None).unwrap();
    assert_eq!(case.agent.unwrap().authorised_on, None);
    // Other materials need no date, nor have they one.
    mark(&mut case, 1, MaterialState::Present, Some(MONDAY)).unwrap();
    assert_eq!(case.agent.unwrap().authorised_on, None);
}

#[test]
fn a_case_of_an_earlier_version_has_no_agent() {
    let mut row = serde_json::to_value(food(MONDAY)).unwrap();
    row.as_object_mut().unwrap().remove("agent");
    let case: Case = serde_json::from_value(row).unwrap();
    assert_eq!(case.agent, None);
}
