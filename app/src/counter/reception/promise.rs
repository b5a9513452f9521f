//! The promise to bring what is deferred (容缺受理承诺): each item with its last
//! day and what follows, read and signed by the applicant.

use jiban_domain::case::MaterialState;
use leptos::prelude::*;

use super::asking::Frame;
use super::room::room;
use super::signature::{Pad, SignaturePad};
use crate::api::ask;
use crate::api::case::MaterialShown;
use crate::api::reception::{PromiseItem, SignPromise};
use crate::counter::state::page;
use crate::parts::days;
use crate::words::fill;

/// The question.
#[component]
pub fn Promise() -> impl IntoView {
    let page = page();
    let room = room();
    let (words, lang) = untrack(|| (room.words(), room.lang()));
    let today = page.now.with_untracked(|now| days::on(page.clock.get_untracked(), &now.time_zone));
    let last = untrack(|| room.look(|case| case.promise_until.clone()))
        .flatten()
        .unwrap_or_else(|| today.clone());
    let items: Vec<(MaterialShown, RwSignal<String>)> =
        untrack(|| room.standing(MaterialState::Deferred))
            .into_iter()
            .map(|one| {
                let until = one.until.clone().unwrap_or_else(|| last.clone());
                (one, RwSignal::new(until))
            })
            .collect();
    let may_promise = untrack(|| room.look(|case| case.may_promise)).unwrap_or_default();
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
        // Days of this form stand in the order of their letters.
        if items.iter().any(|item| item.until < from || item.until > to) {
            let (from, to) = (days::weekday(&from, lang), days::weekday(&to, lang));
            return room.press.say(&fill(words.wrong_day, &[("from", &from), ("to", &to)]));
        }
        let drawn = pad.drawn.get_untracked();
        if !drawn && !on_paper.get_untracked() {
            return room.press.say(words.sign_first);
        }
        let Some(case) = untrack(|| room.look(|case| case.id)) else { return };
        let request_id = uuid::Uuid::new_v4();
        let send = move |lang| {
            let items = items.clone();
            async move {
                let signature = if drawn { Some(pad.keep(case, lang).await?) } else { None };
                ask(&SignPromise { request_id, case, items, signature }, lang).await
            }
        };
        let signed = move || {
            room.close();
            room.done.set(Some(|words| words.done_sign));
        };
        room.press.begin(request_id, send, room.hear(signed));
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
        <Frame
            title=words.promise_title.to_owned()
            says=words.promise_says
            now=words.sign_now
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
        </Frame>
    }
}
