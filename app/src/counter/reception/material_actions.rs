//! What can be done to a material, by a button or by a key.

use jiban_domain::case::{CaseState, MaterialState};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::marking::mark;
use super::state::ReceptionState;
use crate::api::case::{CaseShown, MaterialShown};
use crate::api::reception::ReuseMaterial;

fn at_row(reception: ReceptionState, row: usize) -> Option<(CaseShown, MaterialShown)> {
    let both = |case: &CaseShown| Some((case.clone(), case.materials.get(row)?.clone()));
    untrack(|| reception.with_case(both).flatten())
}

/// Marks the material of a row. After acceptance one that was awaited becomes
/// supplied, and nothing else can be marked.
pub fn mark_row(reception: ReceptionState, row: usize, state: MaterialState) {
    let Some((case, material)) = at_row(reception, row) else { return };
    reception.selected_row.set(row);
    let words = untrack(|| reception.words());
    let marks = reception.pending_marks;
    let refuse = |why: &str| marks.refused.set(Some((material.id, why.to_owned())));
    if case.state == CaseState::Accepted {
        if state == MaterialState::Present && is_awaited(&case, &material) {
            mark(reception, case.id, material.id, state);
        }
        return;
    }
    let is_unchanged = untrack(|| reception.material_state(case.id, &material)) == state;
    if is_unchanged
        || material.state == MaterialState::Replaced
        || !untrack(|| reception.is_receiving())
    {
        marks.refused.set(None);
    } else if state == MaterialState::Deferred && !material.deferrable {
        refuse(words.not_deferrable);
    } else if state == MaterialState::Deferred && !case.may_promise {
        refuse(words.no_promise);
    } else {
        mark(reception, case.id, material.id, state);
    }
}

/// Marks all materials that are still missing as received.
pub fn mark_rest_received(reception: ReceptionState) {
    if !untrack(|| reception.is_receiving()) {
        return;
    }
    let Some(case) = untrack(|| reception.with_case(|case| case.id)) else { return };
    for material in untrack(|| reception.materials_in(MaterialState::Missing)) {
        mark(reception, case, material.id, MaterialState::Present);
    }
}

/// Whether a material is awaited after acceptance.
pub fn is_awaited(case: &CaseShown, material: &MaterialShown) -> bool {
    case.state == CaseState::Accepted
        && match material.state {
            MaterialState::Deferred => true,
            MaterialState::Missing => material.asked || material.unreadable.is_some(),
            _ => false,
        }
}

/// The material of a row, if files can be attached to it now.
pub fn attachable(reception: ReceptionState, row: usize) -> Option<u32> {
    let is_receiving = reception.is_receiving();
    reception
        .with_case(|case| {
            let material = case.materials.get(row)?;
            (is_receiving || is_awaited(case, material)).then_some(material.id)
        })
        .flatten()
}

/// Opens the browser's file chooser for a row.
pub fn choose_file(row: usize) {
    let field = document().query_selector(&format!("#file-{row}")).ok().flatten();
    if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
        field.click();
    }
}

/// Uses what the hall has already, where it has something.
pub fn reuse(reception: ReceptionState, row: usize) {
    let Some((_, material)) = at_row(reception, row) else { return };
    let may_reuse = untrack(|| reception.is_receiving() && !reception.is_blocked());
    if material.offer.is_some() && may_reuse {
        let command =
            move |request_id, case| ReuseMaterial { request_id, case, material: material.id };
        reception.send(command, || {});
    }
}
