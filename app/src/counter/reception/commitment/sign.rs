//! The commitment before it is signed: its words, what it replaces, and what a breach leads to;
//! read and signed by the applicant.

use leptos::prelude::*;

use super::words::CommitmentWords;
use crate::api::ask;
use crate::api::commitment::MatterOffered;
use crate::api::commitment_calls::SignCommitment;
use crate::counter::reception::dialog_form::ReceptionForm;
use crate::counter::reception::signature::{Pad, SignaturePad};
use crate::counter::reception::state::use_reception;
use crate::words::fill;

#[component]
pub(in crate::counter::reception) fn CommitmentDialog() -> impl IntoView {
    let reception = use_reception();
    let lang = untrack(|| reception.lang());
    let words = CommitmentWords::of(lang);
    let offer = untrack(|| reception.with_case(|case| case.commitment_offer.clone())).flatten();
    let pad = Pad::new();
    let on_paper = RwSignal::new(false);
    let send = Callback::new(move |()| {
        let drawn = pad.drawn.get_untracked();
        if !drawn && !on_paper.get_untracked() {
            return reception.request.show_message(words.sign_first);
        }
        let Some(case) = untrack(|| reception.with_case(|case| case.id)) else { return };
        let request_id = uuid::Uuid::new_v4();
        let send = move |lang| async move {
            let signature = if drawn { Some(pad.save(case, lang).await?) } else { None };
            ask(&SignCommitment { request_id, case, signature }, lang).await
        };
        let on_success = move || {
            reception.close_dialog();
            reception.success.set(Some(|words| words.done_sign_commitment));
        };
        reception.request.send_with(request_id, send, reception.on_case(on_success));
    });
    let several = offer.as_ref().is_some_and(|offer| offer.matters.len() > 1);
    let shorter = offer.as_ref().map(|offer| fill(words.shorter, &[("n", &offer.promised_days)]));
    let matter = move |one: MatterOffered| {
        let replaced = one.steps.iter().chain(&one.materials);
        let replaced =
            replaced.map(|name| view! { <li>{name.get(lang).to_owned()}</li> }).collect_view();
        let check = fill(
            words.check_comes,
            &[("n", &one.check_within_days), ("department", &one.check_department.get(lang))],
        );
        view! {
            {several.then(|| view! { <h3>{one.name.get(lang).to_owned()}</h3> })}
            <p class="committed">{one.text.get(lang).to_owned()}</p>
            <p class="soft small">{words.replaces}</p>
            <ul class="replaced">{replaced}</ul>
            <p class="small">{check}</p>
            <p class="soft small">{words.if_broken}</p>
            <p class="consequence">{one.consequence.get(lang).to_owned()}</p>
        }
    };
    let matters = offer.into_iter().flat_map(|offer| offer.matters).map(matter).collect_view();
    view! {
        <ReceptionForm
            title=words.title.to_owned()
            lead=words.lead
            submit=words.confirm
            send
        >
            <p>
                <b>{shorter}</b>
            </p>
            <div class="commitment-text" tabindex="0">{matters}</div>
            <SignaturePad pad />
            <label class="check">
                <input type="checkbox" bind:checked=on_paper />
                {words.on_paper}
            </label>
        </ReceptionForm>
    }
}
