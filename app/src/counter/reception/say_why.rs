//! Why a clerk looks at a case that another clerk has: a reason, with words where it
//! needs them; or the clerk takes the case over. Either is recorded before anything is
//! shown.

use jiban_domain::CaseId;
use jiban_domain::access::LookReason;
use leptos::html::Input;
use leptos::prelude::*;

use super::dialog_form::ReceptionForm;
use super::state::{draft_name, use_reception};
use crate::api::reception::TakeUpCase;
use crate::parts::drafts;
use crate::parts::focus::focus_when_shown;

#[component]
pub fn SayWhyDialog(case: CaseId) -> impl IntoView {
    let reception = use_reception();
    let (words, lang) = untrack(|| (reception.words(), reception.lang()));
    let chosen = RwSignal::new(LookReason::StandIn);
    let note = drafts::text(draft_name(case, "why"));
    let first = NodeRef::<Input>::new();
    focus_when_shown(first);
    let send = Callback::new(move |()| {
        let (reason, note) = (chosen.get_untracked(), note.get_untracked().trim().to_owned());
        if reason == LookReason::Other && note.is_empty() {
            return reception.request.show_message(words.write_why);
        }
        reception.look_into(case, reason, note);
    });
    let take_over = move |_| {
        reception.request.send(
            |request_id| TakeUpCase { request_id, case },
            move |answer| match answer {
                Ok(_) => reception.open_case(case),
                Err(refused) => reception.leave_if_signed_out(&refused),
            },
        );
    };
    let option = |(at, reason): (usize, LookReason)| {
        let name = reason.name().get(lang).to_owned();
        let choose = move |_| chosen.set(reason);
        let is_chosen = move || chosen.get() == reason;
        let input = if at == 0 {
            view! {
                <input
                    type="radio"
                    name="reason"
                    node_ref=first
                    prop:checked=is_chosen
                    on:change=choose
                />
            }
            .into_any()
        } else {
            view! { <input type="radio" name="reason" prop:checked=is_chosen on:change=choose /> }
                .into_any()
        };
        view! { <label class="check">{input} {name}</label> }
    };
    // To hand a result over, its row in the list is enough.
    let offered = LookReason::ALL.iter().copied().filter(|one| *one != LookReason::HandOver);
    let options = offered.enumerate().map(option).collect_view();
    view! {
        <ReceptionForm
            title=words.why_title.to_owned()
            lead=words.why_lead
            submit=words.why_now
            send
        >
            <fieldset class="reasons" aria-label=words.why_title>
                {options}
            </fieldset>
            <label class="typed">
                <span class="field-label">{words.why_note}</span>
                <input class="input" maxlength="200" autocomplete="off" bind:value=note />
            </label>
            <p>
                <button
                    class="button"
                    type="button"
                    disabled=move || reception.is_blocked()
                    on:click=take_over
                >
                    {words.take_over}
                </button>
            </p>
        </ReceptionForm>
    }
}
