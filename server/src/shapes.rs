//! Shapes of the API that are built from values of the domain alone. They are
//! here, below the service, because its answers hold them as well as the views.

use jiban_app::api::case::{FileShown, MaterialShown, Offer};
use jiban_domain::case::{Case, CaseMaterial, CaseState, MaterialState, Via, offered};

/// The materials of a case. `history` are earlier cases of the same identity
/// number: what they hold is offered for reuse.
pub fn materials(case: &Case, history: &[Case]) -> Vec<MaterialShown> {
    case.materials.iter().map(|material| material_shown(case, material, history)).collect()
}

fn material_shown(case: &Case, material: &CaseMaterial, history: &[Case]) -> MaterialShown {
    let wanted = case.state == CaseState::Open && material.state == MaterialState::Missing;
    let offer = if wanted { offered(material, case.id, history) } else { None };
    MaterialShown {
        id: material.id,
        name: material.name.clone(),
        form: material.form,
        deferrable: material.deferrable,
        state: material.state,
        at: material.at,
        by_phone: material.via == Some(Via::Phone),
        from_earlier: match &material.via {
            Some(Via::Earlier(number)) => Some(number.to_string()),
            _ => None,
        },
        until: promised_until(case, material),
        asked: material.asked_by.is_some(),
        unreadable: material.unreadable.as_ref().map(|unreadable| unreadable.note.clone()),
        unseen: material.is_unseen(),
        offer: offer.map(|offer| Offer {
            case: offer.case.to_string(),
            name: offer.name,
            issued_here: offer.issued_here,
            at: offer.at,
        }),
        files: material
            .files
            .iter()
            .map(|file| FileShown {
                file: file.file.clone(),
                name: file.name.clone(),
                kind: file.kind.clone(),
                bytes: file.bytes,
                at: file.at,
                pages: file.pages,
                unreadable: file.unreadable,
            })
            .collect(),
    }
}

/// The last day for a promised material, as `YYYY-MM-DD`.
pub fn promised_until(case: &Case, material: &CaseMaterial) -> Option<String> {
    let promise = case.promise.as_ref()?;
    let item = promise.items.iter().find(|(id, _)| *id == material.id);
    item.filter(|_| material.state == MaterialState::Deferred).map(|(_, day)| day.to_string())
}
