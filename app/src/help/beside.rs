//! The draft, with both at it: all groups on one page, each field as it changes.

use std::sync::Arc;

use jiban_domain::form::{FieldKind, Form};
use jiban_domain::{FieldId, Token};
use leptos::ev::FocusEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use uuid::Uuid;

use super::words::Words;
use crate::api::apply::{By, EndHelp};
use crate::api::ask;
use crate::apply::beside_words::BesideWords;
use crate::apply::draft_materials::Materials;
use crate::apply::live_draft::LiveDraft;
use crate::apply::two::{Displaced, field_of, marks};
use crate::apply::{Filling, group};
use crate::words::{fill, lang};

#[component]
pub(super) fn Beside(token: RwSignal<Option<Token>>) -> impl IntoView {
    let lang = lang();
    let Some(draft) = token.get_untracked() else { return ().into_any() };
    let words = move || Words::of(lang.get());
    let live = LiveDraft::open(draft, By::Helper, lang.get_untracked());
    let end = move |_| {
        spawn_local(async move {
            let call = EndHelp { request_id: Uuid::new_v4(), token: draft };
            let _ = ask(&call, lang.get_untracked()).await;
        });
        live.close();
        token.set(None);
    };
    let body = move || {
        if live.ended.get() {
            return view! {
                <section class="join">
                    <p class="soft" role="status">{words().ended}</p>
                    <button class="key" type="button" on:click=move |_| token.set(None)>
                        {words().back}
                    </button>
                </section>
            }
            .into_any();
        }
        view! { <Filled live draft /> }.into_any()
    };
    view! {
        <div class="beside">
            <Bar live end=Callback::new(end) />
            {body}
        </div>
    }
    .into_any()
}

/// Who is here, whether all is kept, and the way out.
#[component]
fn Bar(live: LiveDraft, end: Callback<leptos::ev::MouseEvent>) -> impl IntoView {
    let lang = lang();
    let words = move || BesideWords::of(lang.get());
    let name = move || {
        live.draft.with(|draft| {
            draft.as_ref().map(|draft| draft.name.get(lang.get()).to_owned()).unwrap_or_default()
        })
    };
    let here = move || {
        if live.other.with(Option::is_some) { words().applicant_here } else { words().nobody_here }
    };
    let state = move || {
        if !live.connected.get() {
            words().cut_off
        } else if live.kept.get() {
            words().saved
        } else {
            words().saving
        }
    };
    // From afar they talk by telephone.
    let telephone = move || {
        live.values.with(|values| {
            let field = FieldId::from(jiban_domain::form::applicant::TELEPHONE);
            let number = values.get(&field)?.text()?.to_owned();
            (number.len() >= 7).then(|| {
                view! {
                    <a class="button" href=format!("tel:{number}")>
                        {Words::of(lang.get()).telephone}
                    </a>
                }
            })
        })
    };
    view! {
        <div class="beside-bar" class:cut=move || !live.connected.get()>
            <h2>{name}</h2>
            <p class="soft" role="status">{here}</p>
            <p class="soft" role="status">{state}</p>
            {telephone}
            <button class="button end" type="button" on:click=move |event| end.run(event)>
                {move || words().end_help}
            </button>
        </div>
    }
}

#[component]
fn Filled(live: LiveDraft, draft: Token) -> impl IntoView {
    let lang = lang();
    // The form is drawn anew only where it is another: typing goes on.
    let form =
        Memo::new(move |_| live.draft.with(|draft| draft.as_ref().map(|draft| draft.form.clone())));
    let refusals = live.refusals_of_answered();
    let at = move |event: FocusEvent| live.at(field_of(&event));
    let groups = move || {
        let form: Arc<Form> = Arc::new(form.get()?);
        let filling = Filling {
            lang: lang.get(),
            values: live.values.into(),
            refusals: refusals.into(),
            write: Some(Callback::new(move |(field, value)| live.write(&field, value))),
            own_keys: false,
            beside: true,
            marks: Some(marks(live)),
            offers: None,
        };
        let drawn = (0..form.groups.len()).map(|index| {
            view! {
                {group(&form, index, filling)}
                <Point live form=form.clone() group=index />
            }
        });
        Some(drawn.collect_view())
    };
    view! {
        <p class="soft applicant-only">{move || Words::of(lang.get()).applicant_only}</p>
        <p class="reply refusal" role="alert">
            {move || live.refused.get().map(|(_, why)| why)}
        </p>
        <Displaced live />
        <div class="beside-form" on:focusin=at>
            {groups}
        </div>
        <Materials live draft />
    }
}

/// Buttons that light a field of a group up at the applicant's.
#[component]
fn Point(live: LiveDraft, form: Arc<Form>, group: usize) -> impl IntoView {
    let lang = lang();
    let fields: Vec<(FieldId, jiban_domain::Text, FieldKind)> = form.groups[group]
        .fields
        .iter()
        .map(|field| (field.id.clone(), field.label.clone(), field.kind))
        .collect();
    let shown = form.clone();
    let one = move |(id, label, _): (FieldId, jiban_domain::Text, FieldKind)| {
        let (field, form) = (id.clone(), shown.clone());
        let is_asked = move || {
            form.field(&field)
                .is_some_and(|field| live.values.with(|values| form.asks(field, values)))
        };
        let words = move || Words::of(lang.get());
        let named = label.clone();
        view! {
            <button
                class="button point"
                type="button"
                hidden=move || !is_asked()
                title=move || words().point
                on:click=move |_| live.point(id.clone())
            >
                {move || fill("☞ {name}", &[("name", &named.get(lang.get()))])}
            </button>
        }
    };
    view! { <div class="points">{fields.into_iter().map(one).collect_view()}</div> }
}
