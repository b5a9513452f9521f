//! What the hall already has. A visitor who returns is not asked for it again: a
//! licence issued here, or a document of an earlier case of the same applicant.

use super::material::{Attached, CaseMaterial, MaterialState};
use super::{Case, CaseNumber};
use crate::ids::{CaseId, Millis};
use crate::text::Text;

/// Something that can be reused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offered {
    /// The earlier case.
    pub case: CaseNumber,
    /// Its name there.
    pub name: Text,
    /// A licence the hall issued itself, which is still valid.
    pub issued_here: bool,
    /// When it was received or issued.
    pub at: Millis,
    /// Its photographs and scans.
    pub files: Vec<Attached>,
}

/// What earlier cases have of a material; `history` is newest first. A licence goes
/// before a copy of one.
pub fn offered(material: &CaseMaterial, own: CaseId, history: &[Case]) -> Option<Offered> {
    let earlier = || history.iter().filter(|case| case.id != own && !case.erased);
    earlier()
        .find_map(|case| issued(material, case))
        .or_else(|| earlier().find_map(|case| brought(material, case)))
}

fn issued(material: &CaseMaterial, case: &Case) -> Option<Offered> {
    let kind = material.document.as_deref()?;
    let good = case.results.iter().filter(|document| document.revoked.is_none());
    let licence = good.rev().find(|document| document.produces.as_deref() == Some(kind))?;
    Some(Offered {
        case: case.number.clone(),
        name: licence.name.clone(),
        issued_here: true,
        at: licence.issued_at,
        files: Vec::new(),
    })
}

fn brought(material: &CaseMaterial, case: &Case) -> Option<Offered> {
    // A name alone does not make two documents the same: two applications differ.
    let kind = material.document.as_deref()?;
    let paper = case.materials.iter().find(|one| {
        one.document.as_deref() == Some(kind)
            && one.state == MaterialState::Present
            && one.files.iter().any(|file| !file.unreadable)
    })?;
    Some(Offered {
        case: case.number.clone(),
        name: paper.name.clone(),
        issued_here: false,
        at: paper.at.unwrap_or(case.opened.at),
        // Their names are sealed with the key of that case.
        files: (paper.files.iter().filter(|file| !file.unreadable))
            .map(|file| Attached { name: String::new(), ..file.clone() })
            .collect(),
    })
}
