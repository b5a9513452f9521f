//! The groups one after the other, the materials, and the check before it is sent.

use std::sync::Arc;
use std::time::Duration;

use jiban_domain::Token;
use jiban_domain::form::Form;
use leptos::ev::FocusEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::super::hall_snapshot::hall_snapshot;
use super::super::notice::Notice;
use super::super::scanned_code::on_scanned;
use super::super::visit::visit;
use super::beside::{GoOnByPhone, HelperBar, ShareFigures};
use super::camera::{CameraPage, has_camera};
use super::check::{CheckPage, StatePage};
use super::keys::{Keys, KeysPanel};
use super::offers::offers;
use super::remarks::Remarks;
use super::steps::{Step, Steps};
use super::words::KioskApplyWords;
use crate::api::apply::{By, DraftShown};
use crate::api::{Refused, get};
use crate::apply::beside_words::BesideWords;
use crate::apply::draft_materials::{Materials, PublicScreen};
use crate::apply::live_draft::LiveDraft;
use crate::apply::two::{Displaced, field_of, follow, marks};
use crate::apply::{Filling, group};
use crate::parts::icon::{self, Icon};
use crate::words::{fill, lang};

/// By then a draft is there, or it is asked why not.
const WHY_AFTER: Duration = Duration::from_secs(3);

/// What covers the form.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Cover {
    Nothing,
    Figures,
    Phone,
    /// Of a material, by its key.
    Camera(String),
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
    let steps = Steps::of(live);
    // What the helper points at may be in another group.
    Effect::new(move || {
        if let Some((field, _)) = live.pointed.get() {
            cover.set(Cover::Nothing);
            steps.show_group_of(&field);
        }
    });
    let snapshot = hall_snapshot();
    // Nobody loses the form to what a reader reads.
    on_scanned(|_, _| true);
    let refused = RwSignal::new(None::<Refused>);
    // A socket does not say why it is closed.
    let waiting = set_timeout_with_handle(
        move || {
            spawn_local(async move {
                let address = format!("/api/apply?token={draft}");
                if let Err(why) = get::<DraftShown>(&address, lang.get_untracked()).await {
                    let _ = refused.try_set(Some(why));
                }
            });
        },
        WHY_AFTER,
    );
    on_cleanup(move || {
        if let Ok(waiting) = waiting {
            waiting.clear();
        }
    });
    // Whoever helps is there too: the visitor has not left while they write.
    Effect::new(move || {
        live.values.track();
        live.other_at.track();
        visit.idle_seconds.set(0);
    });
    let state = Memo::new(move |_| live.draft.with(|draft| draft.as_ref().map(|one| one.state)));
    move || match (state.get(), cover.get()) {
        (None, _) if refused.with(Option::is_some) && !snapshot.cut_off.get() => {
            let why = refused.get().map(|why| (why.message, why.next)).unwrap_or_default();
            view! {
                <Notice icon=icon::GUIDE title=why.0>
                    <p>{why.1}</p>
                </Notice>
            }
            .into_any()
        }
        (None, _) => view! {
            <section class="notice calm" role="status">
                <h1>{move || KioskApplyWords::of(lang.get()).beginning}</h1>
                <p>
                    {move || {
                        snapshot.cut_off.get().then(|| KioskApplyWords::of(lang.get()).needs_server)
                    }}
                </p>
                <div class="working" aria-hidden="true"></div>
            </section>
        }
        .into_any(),
        (Some(_), Cover::Figures) => view! { <ShareFigures draft close live /> }.into_any(),
        (Some(state), Cover::Phone) => {
            view! { <GoOnByPhone draft close live writable=state.is_writable() /> }.into_any()
        }
        (Some(state), Cover::Camera(material)) if state.is_writable() => {
            view! { <CameraPage live draft material close /> }.into_any()
        }
        (Some(state), Cover::Nothing) if state.is_writable() => {
            view! { <Filled live draft steps cover /> }.into_any()
        }
        (Some(state), Cover::Nothing | Cover::Camera(_)) => view! {
            <StatePage state>
                <HelperBar live draft />
                <button class="key" on:click=move |_| cover.set(Cover::Phone)>
                    {move || KioskApplyWords::of(lang.get()).follow_by_phone}
                </button>
            </StatePage>
        }
        .into_any(),
    }
}

#[component]
fn Filled(live: LiveDraft, draft: Token, steps: Steps, cover: RwSignal<Cover>) -> impl IntoView {
    let lang = lang();
    let words = move || KioskApplyWords::of(lang.get());
    let keys = Keys::new();
    let step = Memo::new(move |_| steps.now());
    Effect::new(move || {
        step.track();
        keys.leave();
    });
    // What somebody beside wrote into the field goes on from there.
    Effect::new(move || {
        live.values.track();
        request_animation_frame(move || keys.refresh());
    });
    // A reader of cards types into the field that was touched. Without one, it knows the
    // applicant's number.
    on_scanned(move |word, code| {
        if word == "identity" && !untrack(|| keys.are_shown()) {
            live.write_number(code);
        }
        word == "identity"
    });
    let (all, answered) = (live.refusals(), live.refusals_of_answered());
    let refusals =
        Signal::derive(move || if steps.was_checked.get() { all.get() } else { answered.get() });
    let offers = offers(live, draft);
    let focused = move |event: FocusEvent| {
        keys.focused(&event);
        live.at(field_of(&event));
    };
    let body = move || match step.get() {
        Step::Group(index) => {
            let form: Arc<Form> = Arc::new(steps.form.get());
            let filling = Filling {
                lang: lang.get(),
                values: live.values.into(),
                refusals,
                write: Some(Callback::new(move |(field, value)| live.write(&field, value))),
                own_keys: true,
                beside: false,
                marks: Some(marks(live)),
                offers: Some(offers),
            };
            group(&form, index, filling)
        }
        Step::Materials => {
            let has_camera = has_camera();
            let lead = move || {
                if has_camera { words().materials_camera } else { words().materials_lead }
            };
            let photograph =
                has_camera.then(|| Callback::new(move |key| cover.set(Cover::Camera(key))));
            let public_screen = PublicScreen { lead: Signal::derive(lead), photograph };
            view! { <Materials live draft public_screen /> }.into_any()
        }
        Step::Check => view! { <CheckPage live draft steps /> }.into_any(),
    };
    let name = move || {
        live.draft.with(|draft| {
            draft.as_ref().map(|draft| draft.name.get(lang.get()).to_owned()).unwrap_or_default()
        })
    };
    let place =
        move || fill(words().step, &[("at", &(steps.place() + 1)), ("all", &steps.count())]);
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
        <section class="page fill" class:keyed=has_keys class:typing-now=move || keys.are_shown()>
            <div class="title">
                <h1>{name}</h1>
                <p class="soft" role="status">
                    {place}
                    " · "
                    {saved}
                </p>
            </div>
            <HelperBar live draft />
            <div
                class="fill-body"
                tabindex="0"
                role="group"
                aria-label=name
                on:focusin=focused
            >
                <Displaced live />
                <Remarks live steps />
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
                    disabled=move || steps.place() == 0
                    on:click=move |_| steps.back()
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
                    on:click=move |_| steps.next()
                >
                    {move || BesideWords::of(lang.get()).next}
                    <Icon path=icon::FORWARD />
                </button>
            </div>
        </section>
    }
}
