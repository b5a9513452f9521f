//! The promise to supply what is deferred (容缺受理承诺): each material with its
//! last day, and the consequence; read and signed by the applicant.

use jiban_domain::case::MaterialState;
use leptos::prelude::*;

use super::dialog_form::ReceptionForm;
use super::signature::{Pad, SignaturePad};
use super::state::use_reception;
use crate::api::ask;
use crate::api::case::MaterialShown;
use crate::api::reception::{PromiseItem, SignPromise};
use crate::parts::days;
use crate::words::fill;

#[component]
pub fn PromiseDialog() -> impl IntoView {
    let reception = use_reception();
    let counter = reception.counter;
    let (words, lang) = untrack(|| (reception.words(), reception.lang()));
    let today =
        counter.now.with_untracked(|now| days::on(counter.clock.get_untracked(), &now.time_zone));
    let last = untrack(|| reception.with_case(|case| case.promise_until.clone()))
        .flatten()
        .unwrap_or_else(|| today.clone());
    let items: Vec<(MaterialShown, RwSignal<String>)> =
        untrack(|| reception.materials_in(MaterialState::Deferred))
            .into_iter()
            .map(|one| {
                let until = one.until.clone().unwrap_or_else(|| last.clone());
                (one, RwSignal::new(until))
            })
            .collect();
    let may_promise = untrack(|| reception.with_case(|case| case.may_promise)).unwrap_or_default();
    let pad = Pad::new();
    let on_paper = RwSignal::new(false);
    let days_of =
        StoredValue::new(items.iter().map(|(one, day)| (one.id, *day)).collect::<Vec<_>>());
    let range = StoredValue::new((today.clone(), last.clone()));
    let send = Callback::new(move |()| {
        let items: Vec<_> = days_of.with_value(|all| {
            let item = |(material, day): &(u32, RwSignal<String>)| PromiseItem {
                material: *material,
                until: day.get_untracked(),
            };
            all.iter().map(item).collect()
        });
        let (from, to) = range.get_value();
        // Dates of this form sort as text.
        if items.iter().any(|item| item.until < from || item.until > to) {
            let (from, to) = (days::weekday(&from, lang), days::weekday(&to, lang));
            return reception
                .request
                .show_message(&fill(words.wrong_day, &[("from", &from), ("to", &to)]));
        }
        let drawn = pad.drawn.get_untracked();
        if !drawn && !on_paper.get_untracked() {
            return reception.request.show_message(words.sign_first);
        }
        let Some(case) = untrack(|| reception.with_case(|case| case.id)) else { return };
        let request_id = uuid::Uuid::new_v4();
        let send = move |lang| {
            let items = items.clone();
            async move {
                let signature = if drawn { Some(pad.save(case, lang).await?) } else { None };
                ask(&SignPromise { request_id, case, items, signature }, lang).await
            }
        };
        let on_success = move || {
            reception.close_dialog();
            reception.success.set(Some(|words| words.done_sign));
        };
        reception.request.send_with(request_id, send, reception.on_case(on_success));
    });
    let rows = items
        .into_iter()
        .map(|(one, day)| {
            view! {
                <li>
                    <b>{one.name.get(lang).to_owned()}</b>
                    <span class="soft">{one.form.name().get(lang).to_owned()}</span>
                    <label>
                        <span class="soft">{words.last_day}</span>
                        <input
                            class="input"
                            type="date"
                            min=today.clone()
                            max=last.clone()
                            required
                            bind:value=day
                        />
                    </label>
                </li>
            }
        })
        .collect_view();
    view! {
        <ReceptionForm
            title=words.promise_title.to_owned()
            lead=words.promise_lead
            submit=words.sign_now
            send
        >
            {(!may_promise).then(|| view! { <p class="calm">{words.no_promise}</p> })}
            <ol class="promised">{rows}</ol>
            <p class="consequence">{words.consequence}</p>
            <SignaturePad pad />
            <label class="check">
                <input type="checkbox" bind:checked=on_paper />
                {words.on_paper}
            </label>
        </ReceptionForm>
    }
}
