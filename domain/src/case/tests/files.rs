//! Files of materials: taken back, and those that cannot be read.

use super::*;

fn file(name: &str) -> Attached {
    let (file, kind, sha256) = (name.to_owned(), "jpeg".to_owned(), String::new());
    Attached {
        file,
        name: String::new(),
        kind,
        bytes: 1,
        sha256,
        at: 0,
        pages: None,
        unreadable: false,
    }
}

#[test]
fn a_material_is_missing_again_without_its_last_file() {
    let day = date(2026, 11, 25);
    let mut case = open(Subject::Matter("food".into()), day);
    let state = |case: &Case| case.material(1).unwrap().state;
    for side in ["front", "back"] {
        case.attach(1, file(side), &Via::Counter, on(day)).unwrap();
    }
    case.detach(1, "front", on(day)).unwrap();
    assert_eq!(state(&case), MaterialState::Present);
    case.detach(1, "back", on(day)).unwrap();
    assert_eq!(state(&case), MaterialState::Missing);
    assert_eq!(case.material(1).unwrap().via, None);
    assert!(case.missing().any(|one| one.id == 1));

    // The clerk holds the paper in their hand, photographed or not.
    case.mark(1, MaterialState::Present, true, on(day)).unwrap();
    case.attach(1, file("blurred"), &Via::Counter, on(day)).unwrap();
    case.detach(1, "blurred", on(day)).unwrap();
    assert_eq!(state(&case), MaterialState::Present);
    assert_eq!(case.detach(1, "blurred", on(day)), Err(CaseRefusal::UnknownFile));
}

fn sent(case: &mut Case, id: u32, name: &str, via: &Via, day: Date) {
    case.attach(id, file(name), via, on(day)).unwrap();
}

/// A permit accepted with a photograph of its second material, on a Monday.
fn accepted() -> Case {
    let mut case = food(MONDAY);
    sent(&mut case, 2, "blurred", &Via::Counter, MONDAY);
    accept(&mut case, MONDAY);
    case
}

#[test]
fn a_paper_that_cannot_be_read_is_asked_for_again_and_again() {
    let tuesday = date(2026, 9, 22);
    let (calendar, by) = (calendar(), "r".into());
    let mut case = accepted();
    let unreadable = |case: &mut Case, id, day| {
        case.unreadable_to_reviewer((id, None), (1, &by), "角落看不清".into(), (&calendar, on(day)))
    };
    assert_eq!(unreadable(&mut case, 1, MONDAY), Err(CaseRefusal::NothingToRead));
    for nth in 0..3 {
        unreadable(&mut case, 2, MONDAY).unwrap();
        let material = case.material(2).unwrap();
        assert_eq!(material.state, MaterialState::Missing);
        assert!(case.wants_by_phone(material) && material.files.iter().all(|one| one.unreadable));
        assert_eq!(case.step(1).unwrap().1.state, StepState::Asked);
        assert_eq!(unreadable(&mut case, 2, MONDAY), Err(CaseRefusal::NothingToRead));
        let name = format!("again {nth}");
        sent(&mut case, 2, &name, &Via::Phone, tuesday);
        assert!(!case.material(2).unwrap().files.last().unwrap().unreadable);
        // Two sides of a card.
        assert!(case.takes_more_by_phone(case.material(2).unwrap()));
    }
    // It is no request for more materials: that one is still left.
    let (names, rules) = (["健康证明".to_owned()], CaseRules::default());
    let more = (&names[..], "补正".to_owned());
    case.ask_for_more(1, &by, more, &rules, (&calendar, on(tuesday))).unwrap();
}

#[test]
fn one_side_of_a_card_is_asked_for_again_and_the_other_is_kept() {
    let (calendar, by) = (calendar(), "r".into());
    let mut case = food(MONDAY);
    for side in ["front", "back"] {
        sent(&mut case, 2, side, &Via::Counter, MONDAY);
    }
    accept(&mut case, MONDAY);
    let when = (&calendar, on(MONDAY));
    let unread = |case: &Case| -> Vec<String> {
        let files = case.material(2).unwrap().files.iter().filter(|one| one.unreadable);
        files.map(|one| one.file.clone()).collect()
    };
    let other = case.unreadable_to_reviewer((2, Some("x")), (1, &by), String::new(), when);
    assert_eq!(other, Err(CaseRefusal::NothingToRead));
    case.unreadable_to_reviewer((2, Some("back")), (1, &by), "反光".into(), when).unwrap();
    assert_eq!(unread(&case), ["back"]);
    assert_eq!(case.material(2).unwrap().state, MaterialState::Missing);
    assert!(case.stopped().next().is_some() && case.wants_by_phone(case.material(2).unwrap()));
    sent(&mut case, 2, "back again", &Via::Phone, MONDAY);
    assert_eq!(case.material(2).unwrap().state, MaterialState::Present);
    case.look_at_new(2, when).unwrap();
    // What is known to be unreadable is no answer to being asked twice.
    let twice = case.clone().unreadable_to_clerk((2, Some("back")), String::new(), when);
    assert_eq!(twice, Err(CaseRefusal::NothingToRead));
    case.unreadable_to_clerk((2, Some("front")), String::new(), when).unwrap();
    assert_eq!(unread(&case), ["front", "back"]);
    // And the one request for more materials is still left.
    let (names, rules) = (["健康证明".to_owned()], CaseRules::default());
    let more = (&names[..], "补正".to_owned());
    sent(&mut case, 2, "front again", &Via::Phone, MONDAY);
    case.ask_for_more(1, &by, more, &rules, when).unwrap();
}

#[test]
fn the_clock_stands_until_somebody_has_looked_at_the_new_paper() {
    let (calendar, by) = (calendar(), "r".into());
    let friday = date(2026, 9, 25);
    let mut case = accepted();
    let due = case.due.unwrap().date;
    case.unreadable_to_reviewer((2, None), (1, &by), "糊".into(), (&calendar, on(MONDAY))).unwrap();
    sent(&mut case, 2, "clear", &Via::Phone, date(2026, 9, 22));
    let (_, step) = case.step(1).unwrap();
    assert_eq!(step.state, StepState::Taken, "the reviewer has it again");
    assert!(case.stopped().next().is_some() && case.material(2).unwrap().is_unseen());

    let mut looked = case.clone();
    looked.look_at_new(2, (&calendar, on(friday))).unwrap();
    assert!(looked.stopped().next().is_none() && looked.due.unwrap().date > due);
    let twice = looked.look_at_new(2, (&calendar, on(friday)));
    assert_eq!(twice, Err(CaseRefusal::NothingToRead));

    // Whoever decides has looked.
    let mut decided = case.clone();
    let issuing = issuing();
    decided.approve(1, &by, String::new(), &issuing, (&calendar, on(friday))).unwrap();
    assert!(decided.stopped().next().is_none());

    // And a clerk to whom it is brought.
    case.unreadable_to_clerk((2, None), "糊".into(), (&calendar, on(friday))).unwrap();
    assert_eq!(case.step(1).unwrap().1.state, StepState::Asked);
    sent(&mut case, 2, "scanned", &Via::Counter, friday);
    assert!(case.stopped().next().is_none() && !case.material(2).unwrap().is_unseen());
}

#[test]
fn a_reviewer_may_decide_on_what_cannot_be_read() {
    let (calendar, by) = (calendar(), "r".into());
    let mut case = accepted();
    case.unreadable_to_reviewer((2, None), (1, &by), "糊".into(), (&calendar, on(MONDAY))).unwrap();
    case.resume(1, &by, (&calendar, on(MONDAY))).unwrap();
    let material = case.material(2).unwrap();
    assert_eq!((material.state, &material.unreadable), (MaterialState::Present, &None));
    assert!(case.stopped().next().is_none());
}

#[test]
fn before_acceptance_the_phone_sends_again_what_the_clerk_could_not_read() {
    let mut case = food(MONDAY);
    case.tell_missing(String::new(), on(MONDAY)).unwrap();
    sent(&mut case, 2, "blurred", &Via::Phone, MONDAY);
    assert!(case.takes_more_by_phone(case.material(2).unwrap()));
    case.unreadable_to_clerk((2, None), "糊".into(), (&calendar(), on(MONDAY))).unwrap();
    assert!(case.wants_by_phone(case.material(2).unwrap()));
    sent(&mut case, 2, "clear", &Via::Phone, MONDAY);
    assert!(case.material(2).unwrap().is_unseen());
    // What nobody can read is not offered to a later case.
    let wanted = open(Subject::Matter("licence".into()), MONDAY);
    let wanted = wanted.materials.iter().find(|one| one.document.is_some()).unwrap();
    let offer = offered(wanted, CaseId(99), std::slice::from_ref(&case)).unwrap();
    assert_eq!(offer.files.len(), 1);
}
