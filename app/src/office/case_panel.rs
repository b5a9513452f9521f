//! The selected case: everything known about it, with the action buttons at the
//! bottom.

use jiban_domain::case::StepRef;
use leptos::html::Div;
use leptos::prelude::*;

use super::actions::Actions;
use super::answers::AnswersBlock;
use super::applicant::ApplicantBlock;
use super::commitment::CommitmentBlock;
use super::deadline::Deadline;
use super::dialogs::ActionDialog;
use super::format;
use super::history::History;
use super::materials::Materials;
use super::results::Results;
use super::state::{OfficeState, office_state};
use super::step_action::find;
use super::step_tracks::StepTracks;
use crate::api::Refused;
use crate::api::case::CaseShown;
use crate::parts::icon::{self, Icon};
use crate::print::grouped;

#[component]
pub(super) fn CasePanel() -> impl IntoView {
    let page = office_state();
    let scroller = NodeRef::<Div>::new();
    // Another case starts at its top; the same case keeps its scroll position
    // when it is loaded again.
    Effect::new(move |before: Option<Option<StepRef>>| {
        let selected = page.selected.get();
        if before.is_some_and(|before| before.map(|old| old.case) != selected.map(|new| new.case))
            && let Some(scroller) = scroller.get_untracked()
        {
            scroller.set_scroll_top(0);
        }
        selected
    });
    let selected = Memo::new(move |_| page.selected.get().is_some());
    let body = move || match page.case.get() {
        None => view! { <p class="soft loading">{move || page.words().loading}</p> }.into_any(),
        Some(Err(refused)) => refusal(&refused),
        Some(Ok(case)) => view! { <CaseDetails case /> }.into_any(),
    };
    view! {
        <section class="case-in-hand">
            {move || {
                if selected.get() {
                    view! {
                        <div class="scroller" node_ref=scroller>
                            {body}
                        </div>
                        <ActionDialog />
                        <Actions />
                    }
                        .into_any()
                } else {
                    nothing_selected(page)
                }
            }}
        </section>
    }
}

/// A hint to select a step; hidden while the list is empty.
fn nothing_selected(page: OfficeState) -> AnyView {
    let any = move || page.list.rows.with(|rows| !rows.is_empty());
    view! {
        <div class="nothing" hidden=move || !any()>
            <Icon path=icon::GUIDE />
            <p>
                <b>{move || page.words().select}</b>
            </p>
            <p class="soft">{move || page.words().select_hint}</p>
        </div>
    }
    .into_any()
}

fn refusal(refused: &Refused) -> AnyView {
    view! {
        <div class="nothing" role="alert">
            <Icon path=icon::WARN />
            <p>
                <b>{refused.message.clone()}</b>
            </p>
            <p class="soft">{refused.next.clone()}</p>
        </div>
    }
    .into_any()
}

#[component]
fn CaseDetails(case: CaseShown) -> impl IntoView {
    let page = office_state();
    let case = StoredValue::new(case);
    let part = move || {
        let step = page.selected.get()?.step;
        case.with_value(|case| find(case, step).map(|(part, step)| (part.clone(), step.clone())))
    };
    let lang = page.lang;
    let (number, name, bundle, state) = case
        .with_value(|case| (grouped(&case.number), case.name.clone(), case.is_bundle, case.state));
    let (id, may_look) = case.with_value(|case| (case.id, case.may_look));
    let left = move || {
        case.with_value(|case| {
            let (days, colour) = (case.days_left?, case.colour?);
            let class = format!("mark {}", format::colour_class(colour));
            Some(view! { <span class=class>{format::days_left(days, lang.get())}</span> })
        })
    };
    let this_step = move || {
        part().map(|(part, step)| {
            let (words, lang) = (page.words(), lang.get());
            let matter = bundle.then(|| format!("{} · ", part.name.get(lang)));
            view! {
                <p class="this-step">
                    <span class="soft">{words.this_step}</span>
                    <b>{matter} {step.name.get(lang).to_owned()}</b>
                    <span class="soft">{step.department_name.get(lang).to_owned()}</span>
                    <span class="mark">{step.state.name().get(lang).to_owned()}</span>
                </p>
            }
        })
    };
    view! {
        <header class="case-head">
            <p class="number soft">{number}</p>
            <h2>
                {move || name.get(lang.get()).to_owned()}
                {bundle.then(|| view! { <span class="mark">{move || page.words().bundle}</span> })}
            </h2>
            <p class="marks">
                <span class="mark">{move || state.name().get(lang.get()).to_owned()}</span>
                {left}
            </p>
            <button
                type="button"
                class="button close"
                title=move || page.words().close
                on:click=move |_| page.open(None)
            >
                <Icon path=icon::CLOSE />
                <kbd>"Esc"</kbd>
            </button>
            {this_step}
        </header>
        <StepTracks case />
        <div class="columns">
            <div class="column">
                <CommitmentBlock case />
                <Materials case />
                <AnswersBlock case=id may_look />
                <Results case />
            </div>
            <div class="column">
                <Deadline case />
                <ApplicantBlock case />
                <History case />
            </div>
        </div>
    }
}
