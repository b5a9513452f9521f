//! Telling all that is missing, at once (一次性告知): what will stand on the
//! paper and on the phone, before it is told.

use jiban_domain::case::MaterialState;
use leptos::prelude::*;

use super::asking::Frame;
use super::paper::print;
use super::room::room;
use crate::api::reception::{CaseDocument, TellMissing};
use crate::counter::state::page;
use crate::words::fill;

/// The question.
#[component]
pub fn Notice() -> impl IntoView {
    let page = page();
    let room = room();
    let (words, lang) = untrack(|| (room.words(), room.lang()));
    let note = RwSignal::new(String::new());
    let missing = untrack(|| room.standing(MaterialState::Missing));
    let count = missing.len();
    let rows = missing
        .into_iter()
        .map(|one| {
            let later =
                one.deferrable.then(|| view! { <span class="mark">{words.deferrable}</span> });
            view! {
                <li>
                    <b>{one.name.get(lang).to_owned()}</b>
                    <span class="soft small">{one.form.name().get(lang).to_owned()}</span>
                    {later}
                </li>
            }
        })
        .collect_view();
    let send = Callback::new(move |()| {
        let note = note.get_untracked().trim().to_owned();
        let told = move || {
            room.close();
            room.done.set(Some(|words| words.done_tell));
            print(page, CaseDocument::Missing);
        };
        room.act(|request_id, case| TellMissing { request_id, case, note }, told);
    });
    view! {
        <Frame
            title=fill(words.notice_title, &[("n", &count)])
            says=words.notice_says
            now=words.tell_now
            at_once=true
            send
        >
            <ol class="noticed">{rows}</ol>
            <label class="typed">
                <span class="field-label">{words.note} " · " {words.optional}</span>
                <textarea class="input" rows="2" maxlength="500" bind:value=note></textarea>
            </label>
        </Frame>
    }
}
