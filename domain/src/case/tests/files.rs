//! Files of materials: taken back, and those that cannot be read.

use super::*;

fn file(name: &str) -> Attached {
    let (file, kind, sha256) = (name.to_owned(), "jpeg".to_owned(), String::new());
    Attached { file, kind, bytes: 1, sha256, at: 0 }
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
