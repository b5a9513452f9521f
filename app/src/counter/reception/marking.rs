//! Saving marks of materials: one after another, each tried until it is answered.

use std::time::Duration;

use jiban_domain::CaseId;
use jiban_domain::case::MaterialState;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::state::ReceptionState;
use crate::api::reception::MarkMaterial;
use crate::api::{Refused, ask};

const RETRY_AFTER: Duration = Duration::from_secs(2);

/// Marks a material.
pub fn mark(reception: ReceptionState, case: CaseId, material: u32, state: MaterialState) {
    send(reception, MarkMaterial { case, material, state, dated: None });
}

/// Marks the authorisation of an agent as seen on paper, by its date.
pub fn mark_dated(reception: ReceptionState, case: CaseId, material: u32, day: String) {
    let state = MaterialState::Present;
    send(reception, MarkMaterial { case, material, state, dated: Some(day) });
}

fn send(reception: ReceptionState, mark: MarkMaterial) {
    let marks = reception.pending_marks;
    marks.refused.set(None);
    reception.success.set(None);
    let is_first = !untrack(|| marks.any());
    marks.push(mark);
    if is_first {
        send_next(reception);
    }
}

fn send_next(reception: ReceptionState) {
    let marks = reception.pending_marks;
    let Some(next) = marks.first() else { return };
    spawn_local(async move {
        let lang = reception.counter.lang.get_untracked();
        let answer = ask(&next, lang).await;
        let unanswered = matches!(&answer, Err(refused) if refused.code == Refused::NO_ANSWER);
        // The page may be gone by the time an answer comes.
        if marks.unanswered.try_set(unanswered).is_some() {
            return;
        }
        if unanswered {
            set_timeout(move || send_next(reception), RETRY_AFTER);
            return;
        }
        match answer {
            Ok(case) => {
                reception.show_case(case);
                marks.remove_first();
            }
            Err(refused) => {
                marks.refused.set(Some((next.material, refused.in_a_line(lang))));
                marks.remove_first();
                reception.leave_if_signed_out(&refused);
                reception.reload();
            }
        }
        send_next(reception);
    });
}
