//! The groups one after the other, the materials, and the check before it is sent.

use std::sync::Arc;

use jiban_domain::Token;
use jiban_domain::draft::DraftState;
use jiban_domain::form::Form;
use leptos::ev::FocusEvent;
use leptos::prelude::*;

use super::super::visit::visit;
use super::beside::{GoOnByPhone, HelperBar, ShareFigures};
use super::check::{CheckPage, StatePage};
use super::keys::{Keys, KeysPanel};
use super::words::KioskApplyWords;
use crate::api::apply::By;
use crate::apply::beside_words::BesideWords;
use crate::apply::draft_materials::Materials;
use crate::apply::live_draft::LiveDraft;
use crate::apply::two::{Displaced, field_of, follow};
use crate::apply::{Filling, group};
use crate::parts::icon::{self, Icon};
use crate::words::{fill, lang};

/// Which page of the form is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Group(usize),
    Materials,
    Check,
}

/// What covers the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cover {
    Nothing,
    Figures,
    Phone,
}

/// A draft that is filled in at this kiosk.
#[component]
pub fn FillPage(draft: Token) -> impl IntoView {
    let visit = visit();
    let lang = lang();
    let live = LiveDraft::open(draft, By::Applicant, lang.get_untracked());
    follow(live);
    let cover = RwSignal::new(Cover::Nothing);
    let close = Callback::new(move |()| cover.set(Cover::Nothing));
    // Whoever helps is there too: the visitor has not left while they write.
    Effect::new(move || {
        live.values.track();
        live.other_at.track();
        visit.idle_seconds.set(0);
    });
    let state = Memo::new(move |_| live.draft.with(|draft| draft.as_ref().map(|one| one.state)));
    move || match (state.get(), cover.get()) {
        (None, _) => view! {
            <section class="notice calm" role="status">
                <h1>{move || KioskApplyWords::of(lang.get()).beginning}</h1>
                <div class="working" aria-hidden="true"></div>
            </section>
        }
        .into_any(),
        (Some(_), Cover::Figures) => view! { <ShareFigures draft close live /> }.into_any(),
        (Some(_), Cover::Phone) => view! { <GoOnByPhone draft close live /> }.into_any(),
        (Some(DraftState::Filling | DraftState::Returned), Cover::Nothing) => {
            view! { <Filled live draft cover /> }.into_any()
        }
        (Some(state), Cover::Nothing) => view! {
            <StatePage state>
                <button class="key" on:click=move |_| cover.set(Cover::Phone)>
                    {move || KioskApplyWords::of(lang.get()).go_on_by_phone}
                </button>
            </StatePage>
        }
        .into_any(),
    }
}

#[component]
fn Filled(live: LiveDraft, draft: Token, cover: RwSignal<Cover>) -> impl IntoView {
    let lang = lang();
    let words = move || KioskApplyWords::of(lang.get());
    let keys = Keys::new();
    // The form is drawn anew only where it is another: typing goes on.
    let form = Memo::new(move |_| {
        live.draft.with(|draft| draft.as_ref().map(|draft| draft.form.clone()).unwrap_or_default())
    });
    let steps = Memo::new(move |_| {
        let groups = form.with(|form| {
            live.values.with(|values| {
                form.asked_groups(values).into_iter().map(|(at, _)| at).collect::<Vec<_>>()
            })
        });
        let mut steps: Vec<Step> = groups.into_iter().map(Step::Group).collect();
        steps.extend([Step::Materials, Step::Check]);
        steps
    });
    let at = RwSignal::new(0_usize);
    let step =
        Memo::new(move |_| steps.with(|steps| steps.get(at.get()).copied().unwrap_or(Step::Check)));
    let go = move |to: usize| {
        keys.leave();
        at.set(to);
    };
    let open_group = Callback::new(move |group: usize| {
        let place =
            steps.with_untracked(|steps| steps.iter().position(|step| *step == Step::Group(group)));
        go(place.unwrap_or_default());
    });
    let refusals = live.refusals_of_answered();
    let focused = move |event: FocusEvent| {
        keys.focused(&event);
        live.at(field_of(&event));
    };
    // What the helper points at may be in another group.
    Effect::new(move || {
        let Some((field, _)) = live.pointed.get() else { return };
        let group = form.with_untracked(|form| {
            form.groups.iter().position(|group| group.fields.iter().any(|one| one.id == field))
        });
        if let Some(group) = group {
            open_group.run(group);
        }
    });
    let body = move || match step.get() {
        Step::Group(index) => {
            let form: Arc<Form> = Arc::new(form.get());
            let filling = Filling {
                lang: lang.get(),
                values: live.values.into(),
                refusals: refusals.into(),
                write: Some(Callback::new(move |(field, value)| live.write(&field, value))),
                own_keys: true,
            };
            group(&form, index, filling)
        }
        Step::Materials => view! { <Materials live draft /> }.into_any(),
        Step::Check => view! { <CheckPage live draft open_group /> }.into_any(),
    };
    let name = move || {
        live.draft.with(|draft| {
            draft.as_ref().map(|draft| draft.name.get(lang.get()).to_owned()).unwrap_or_default()
        })
    };
    let place = move || {
        let all = steps.with(Vec::len).to_string();
        let now = (at.get() + 1).to_string();
        fill(words().step, &[("at", &now), ("all", &all)])
    };
    let saved = move || {
        let words = BesideWords::of(lang.get());
        if !live.connected.get() {
            words.cut_off
        } else if live.kept.get() {
            words.saved
        } else {
            words.saving
        }
    };
    let has_keys = move || matches!(step.get(), Step::Group(_));
    view! {
        <section class="page fill">
            <div class="title">
                <h1>{name}</h1>
                <p class="soft" role="status">
                    {place}
                    " · "
                    {saved}
                </p>
            </div>
            <HelperBar live draft />
            <div class="fill-body" on:focusin=focused>
                <Displaced live />
                {move || {
                    live.refused
                        .get()
                        .map(|(_, why)| {
                            view! {
                                <p class="wrong" role="alert">
                                    {why}
                                </p>
                            }
                        })
                }}
                {body}
            </div>
            <div class="fill-keys">
                {move || has_keys().then(|| view! { <KeysPanel keys /> })}
            </div>
            <div class="fill-ways">
                <button
                    class="button"
                    disabled=move || at.get() == 0
                    on:click=move |_| go(at.get_untracked().saturating_sub(1))
                >
                    {move || BesideWords::of(lang.get()).previous}
                </button>
                <button class="button" on:click=move |_| cover.set(Cover::Figures)>
                    {move || words().ask_for_help}
                </button>
                <button class="button" on:click=move |_| cover.set(Cover::Phone)>
                    {move || words().go_on_by_phone}
                </button>
                <button
                    class="key"
                    disabled=move || step.get() == Step::Check
                    on:click=move |_| go(at.get_untracked() + 1)
                >
                    {move || BesideWords::of(lang.get()).next}
                    <Icon path=icon::FORWARD />
                </button>
            </div>
        </section>
    }
}
