//! What a matter or bundle offers to commit to, and what that replaces.

use crate::case::Subject;
use crate::case::material::CaseMaterial;
use crate::case::plan::{longest, ordered};
use crate::ids::{DepartmentId, MatterId};
use crate::setup::{Hall, StepKind};
use crate::text::Text;

/// What may be committed to in a case, before it is signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommitmentOffer {
    /// The promised limit of the whole with it, in working days.
    pub promised_days: u16,
    /// The matters that offer it, in the order they may be decided.
    pub matters: Vec<OfferedCommitment>,
}

/// What one matter offers. Days are working days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferedCommitment {
    pub matter: MatterId,
    pub name: Text,
    pub text: Text,
    pub consequence: Text,
    pub promised_days: u16,
    /// The steps that it replaces.
    pub steps: Vec<Text>,
    /// The materials that it replaces, each with its kind of document.
    pub materials: Vec<(Option<String>, Text)>,
    pub check_department: DepartmentId,
    pub check_within_days: u16,
    pub answer_days: u16,
    pub put_right_days: u16,
}

/// What a hall offers to commit to for a subject; none where it offers nothing, or has no such
/// matter or bundle.
pub fn commitment_offered(hall: &Hall, subject: &Subject) -> Option<CommitmentOffer> {
    let (matters, promised) = ordered(hall, subject).ok()?;
    let offered: Vec<OfferedCommitment> =
        matters.iter().filter_map(|(matter, _)| offered(matter)).collect();
    if offered.is_empty() {
        return None;
    }
    let shorter = longest(&matters, |matter| {
        let own = matter.commitment.as_ref().map(|commitment| commitment.promised_days);
        own.unwrap_or(matter.promised_days)
    });
    Some(CommitmentOffer { promised_days: shorter.min(promised), matters: offered })
}

fn offered(matter: &crate::setup::Matter) -> Option<OfferedCommitment> {
    let commitment = matter.commitment.as_ref()?;
    let reviews = matter.steps.iter().filter(|step| step.kind == StepKind::Review);
    let replaced = reviews.filter(|step| commitment.replaces_step(&step.name));
    let materials = matter.materials.iter().filter(|material| {
        commitment.replaces_material(material.document.as_deref(), &material.name)
    });
    Some(OfferedCommitment {
        matter: matter.id.clone(),
        name: matter.name.clone(),
        text: commitment.text.clone(),
        consequence: commitment.consequence.clone(),
        promised_days: commitment.promised_days,
        steps: replaced.map(|step| step.name.clone()).collect(),
        materials: materials.map(|one| (one.document.clone(), one.name.clone())).collect(),
        check_department: commitment.checked_by(&matter.department).clone(),
        check_within_days: commitment.check_within_days,
        answer_days: commitment.answer_days,
        put_right_days: commitment.put_right_days,
    })
}

impl CommitmentOffer {
    /// Whether it replaces a material as far as one matter asks for it.
    pub fn replaces(&self, matter: &MatterId, material: &CaseMaterial) -> bool {
        let offered = self.matters.iter().find(|one| one.matter == *matter);
        offered.is_some_and(|offered| {
            offered.materials.iter().any(|(document, name)| {
                let same_kind = document.is_some() && *document == material.document;
                same_kind || name.zh == material.name.zh
            })
        })
    }
}
