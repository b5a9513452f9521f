//! The draft, with both at it: all groups on one page, each field as it changes.

use std::sync::Arc;

use jiban_domain::draft::{DraftRefusal, DraftState};
use jiban_domain::form::{FieldKind, Form};
use jiban_domain::{FieldId, Token};
use leptos::ev::FocusEvent;
use leptos::prelude::*;

use super::helped::{Helped, end_help};
use super::invite::Invite;
use super::words::Words;
use crate::api::apply::{By, DraftShown};
use crate::apply::beside_words::BesideWords;
use crate::apply::draft_materials::Materials;
use crate::apply::live_draft::LiveDraft;
use crate::apply::two::{Displaced, field_of, marks};
use crate::apply::{Filling, group};
use crate::precheck::answers;
use crate::words::{fill, lang};

#[component]
pub fn Beside(
    helped: RwSignal<Option<Helped>>,
    /// Opens an address on the applicant's side of the desk, where there is a second screen.
    #[prop(optional)]
    second_screen: Option<Callback<String>>,
) -> impl IntoView {
    let lang = lang();
    let Some(Helped { token: draft, .. }) = helped.get_untracked() else {
        return ().into_any();
    };
    let words = move || Words::of(lang.get());
    let live = LiveDraft::open(draft, By::Helper, lang.get_untracked());
    let end = move |_| {
        end_help(draft, lang.get_untracked());
        live.close();
        helped.set(None);
    };
    let body = move || {
        if live.ended.get() {
            return view! {
                <section class="helping-start">
                    <p class="soft" role="status">{words().ended}</p>
                    <button class="key" type="button" on:click=move |_| helped.set(None)>
                        {words().back}
                    </button>
                </section>
            }
            .into_any();
        }
        view! { <Filled live draft /> }.into_any()
    };
    // Once the applicant was here, only they show figures.
    Effect::new(move || {
        if live.other.with(Option::is_some) {
            helped.update(|helped| {
                if let Some(helped) = helped {
                    helped.invited = None;
                }
            });
        }
    });
    let is_invited = Memo::new(move |_| {
        helped.with(|helped| helped.as_ref().is_some_and(|helped| helped.invited.is_some()))
    });
    let invite = move || {
        is_invited.get().then(|| view! { <Invite helped live token=draft second_screen /> })
    };
    view! {
        <div class="helping-draft">
            <Bar live end=Callback::new(end) />
            {invite} {body}
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
        <div class="helping-bar" class:cut=move || !live.connected.get()>
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
    let state = Memo::new(move |_| live.draft.with(|draft| draft.as_ref().map(|one| one.state)));
    let filled = move || match state.get() {
        Some(state) if !state.is_writable() => view! { <ReadOnly live state /> }.into_any(),
        _ => view! { <Writable live /> }.into_any(),
    };
    view! {
        <p class="soft applicant-only">{move || Words::of(lang.get()).applicant_only}</p>
        <p class="reply refusal" role="alert">
            {move || live.refused.get().map(|(_, why)| why)}
        </p>
        {filled}
        <Materials live draft />
    }
}

/// What was filled in, where nothing may be written just now, and why not.
#[component]
fn ReadOnly(live: LiveDraft, state: DraftState) -> impl IntoView {
    let lang = lang();
    let why = move || {
        let (why, lang) = (DraftRefusal::NotWritable(state), lang.get());
        format!("{} {}", why.message(lang), why.next(lang))
    };
    let answers = move || {
        live.draft.with(|draft| {
            let DraftShown { form, values, written, .. } = draft.as_ref()?;
            Some(answers::groups(form, values, written, lang.get(), |_| ().into_any()))
        })
    };
    view! {
        <p class="reply" role="status">
            {why}
        </p>
        {answers}
    }
}

#[component]
fn Writable(live: LiveDraft) -> impl IntoView {
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
        <Displaced live />
        <div class="helping-form" on:focusin=at>
            {groups}
        </div>
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
    view! { <div class="helping-points">{fields.into_iter().map(one).collect_view()}</div> }
}
