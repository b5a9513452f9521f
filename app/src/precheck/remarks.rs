//! The remarks beside a field or material, and the form by which one is added.

use jiban_domain::DraftId;
use jiban_domain::draft::About;
use leptos::html::Textarea;
use leptos::prelude::*;

use super::desk::{Desk, forget_remark, typed_remark};
use crate::api::drafts::{PutRemark, RemarkMade, SettleRemark};
use crate::parts::focus::focus_when_shown;
use crate::words::fill;

/// The remarks about something, with the button that adds another.
#[component]
pub fn Remarks(desk: Desk, about: About) -> impl IntoView {
    let made = {
        let about = about.clone();
        Memo::new(move |_| {
            let of = |remark: &&RemarkMade| remark.about == about;
            desk.with(|draft| {
                let made: Vec<_> = draft.remarks.iter().filter(of).cloned().collect();
                (draft.id, draft.may_check, made)
            })
        })
    };
    let is_open = {
        let about = about.clone();
        Memo::new(move |_| desk.about.with(|open| open.as_ref() == Some(&about)))
    };
    let may_check = move || made.with(|made| made.as_ref().is_some_and(|(_, may, _)| *may));
    let rows = move || {
        made.get().map(|(_, may_check, made)| {
            let row = |remark: RemarkMade| remark_row(desk, may_check, &remark);
            made.into_iter().map(row).collect_view()
        })
    };
    let open = {
        let about = about.clone();
        move |_| desk.about.set(Some(about.clone()))
    };
    let form = move || {
        let id = made.with_untracked(|made| made.as_ref().map(|(id, ..)| *id))?;
        is_open.get().then(|| view! { <RemarkForm desk id about=about.clone() /> })
    };
    view! {
        <div class="remarks">
            <ul>{rows}</ul>
            {form}
            <Show when=move || may_check() && !is_open.get()>
                <button class="button small remark" type="button" on:click=open.clone()>
                    {move || desk.words().remark}
                </button>
            </Show>
        </div>
    }
}

fn remark_row(desk: Desk, may_check: bool, remark: &RemarkMade) -> AnyView {
    let (lang, words) = (desk.lang.get(), desk.words());
    let (id, settled) = (remark.id, remark.settled);
    let settle = move |_| {
        desk.send(
            move |request_id, draft| SettleRemark {
                request_id,
                draft,
                remark: id,
                settled: !settled,
            },
            || {},
        );
    };
    let button = may_check.then(|| {
        view! {
            <button
                class="button small"
                type="button"
                disabled=move || desk.is_blocked()
                on:click=settle
            >
                {if settled { words.unsettle } else { words.settle }}
            </button>
        }
    });
    view! {
        <li class:settled=settled>
            <p>{remark.words.clone()}</p>
            <p class="soft small">
                {remark.by.get(lang).to_owned()}
                {settled.then(|| view! { " · " {words.settled} })}
            </p>
            {button}
        </li>
    }
    .into_any()
}

#[component]
fn RemarkForm(desk: Desk, id: DraftId, about: About) -> impl IntoView {
    let typed = typed_remark(id, &about);
    let node = NodeRef::<Textarea>::new();
    focus_when_shown(node);
    let put = {
        let about = about.clone();
        move || {
            let (about, words) = (about.clone(), typed.get_untracked());
            let sent = about.clone();
            desk.send(
                move |request_id, draft| PutRemark { request_id, draft, about, words },
                move || {
                    forget_remark(id, &sent);
                    desk.about.set(None);
                },
            );
        }
    };
    let sentences = move || {
        let lang = desk.lang.get();
        desk.with(|draft| {
            let option = |text: &jiban_domain::Text| {
                let text = text.get(lang).to_owned();
                view! { <option value=text.clone()>{text.clone()}</option> }
            };
            draft.sentences.iter().map(option).collect_view()
        })
    };
    let choose = move |event| {
        let sentence = event_target_value(&event);
        if !sentence.is_empty() {
            typed.update(|typed| typed.push_str(&sentence));
            if let Some(node) = node.get_untracked() {
                let _ = node.focus();
            }
        }
    };
    let by_key = {
        let put = put.clone();
        move |event: leptos::ev::KeyboardEvent| {
            if event.key() == "Enter" && !event.shift_key() && !event.is_composing() {
                event.prevent_default();
                put();
            }
        }
    };
    view! {
        <form
            class="remark-form"
            on:submit=move |event| {
                event.prevent_default();
                put();
            }
        >
            <label class="field">
                <span class="field-label">{move || desk.words().usual}</span>
                <select class="input" name="usual" on:change=choose>
                    <option value="">{move || desk.words().choose}</option>
                    {sentences}
                </select>
            </label>
            <label class="field">
                <span class="field-label">{move || desk.words().words}</span>
                <textarea
                    class="input"
                    name="remark"
                    rows="2"
                    maxlength="500"
                    node_ref=node
                    prop:value=move || typed.get()
                    on:input=move |event| typed.set(event_target_value(&event))
                    on:keydown=by_key
                ></textarea>
            </label>
            <p class="buttons">
                <button
                    class="button small"
                    type="button"
                    on:click=move |_| desk.about.set(None)
                >
                    {move || desk.words().cancel}
                </button>
                <button class="button small" type="submit" disabled=move || desk.is_blocked()>
                    {move || desk.words().put}
                </button>
            </p>
        </form>
    }
}

/// How many remarks of the draft in hand are not settled.
pub fn open_remarks(desk: Desk) -> Option<String> {
    let open = desk.with(|draft| draft.remarks.iter().filter(|one| !one.settled).count())?;
    (open > 0).then(|| fill(desk.words().open_remarks, &[("n", &open)]))
}
