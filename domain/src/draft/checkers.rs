//! Who of the hall has to do with a draft.

use crate::case::Subject;
use crate::ids::{DepartmentId, MatterId};
use crate::setup::{Hall, Matter};

/// The matters of a subject, in the order in which a bundle has them; none where the hall no
/// longer offers it.
pub fn matters<'h>(hall: &'h Hall, subject: &Subject) -> Vec<&'h Matter> {
    match subject {
        Subject::Matter(id) => hall.matter(id).into_iter().collect(),
        Subject::Bundle(id) => {
            hall.bundle(id).map(|bundle| hall.matters_of(bundle).collect()).unwrap_or_default()
        }
    }
}

/// The ids of a subject's matters.
pub fn matter_ids(hall: &Hall, subject: &Subject) -> Vec<MatterId> {
    matters(hall, subject).into_iter().map(|matter| matter.id.clone()).collect()
}

/// The departments that have a part in a subject.
pub fn departments(hall: &Hall, subject: &Subject) -> Vec<DepartmentId> {
    let mut found: Vec<DepartmentId> = Vec::new();
    for matter in matters(hall, subject) {
        let steps = matter.steps.iter().map(|step| matter.department_of(step));
        for department in std::iter::once(&matter.department).chain(steps) {
            if !found.contains(department) {
                found.push(department.clone());
            }
        }
    }
    found
}
