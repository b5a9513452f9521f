//! The case in hand: everything that is known of it on one page, its keys at
//! the foot.

use jiban_domain::case::StepRef;
use leptos::html::Div;
use leptos::prelude::*;

use super::act::find;
use super::applicant::WhoApplies;
use super::deadline::Deadline;
use super::happened::Happened;
use super::levers::Levers;
use super::materials::Materials;
use super::results::Results;
use super::sheets::Sheet;
use super::spell;
use super::state::{OfficeState, page};
use super::way::Way;
use crate::api::Refused;
use crate::api::case::CaseShown;
use crate::parts::icon::{self, Icon};
use crate::print::grouped;

/// The right side of the page.
#[component]
pub(super) fn InHand() -> impl IntoView {
    let page = page();
    let scroller = NodeRef::<Div>::new();
    // Another case begins at its top; the same one, read anew, stays where it is.
    Effect::new(move |before: Option<Option<StepRef>>| {
        let chosen = page.chosen.get();
        if before.is_some_and(|before| before.map(|old| old.case) != chosen.map(|new| new.case))
            && let Some(scroller) = scroller.get_untracked()
        {
            scroller.set_scroll_top(0);
        }
        chosen
    });
    let chosen = Memo::new(move |_| page.chosen.get().is_some());
    let body = move || match page.case.get() {
        None => view! { <p class="soft loading">{move || page.words().loading}</p> }.into_any(),
        Some(Err(refused)) => not_seen(&refused),
        Some(Ok(case)) => view! { <Whole case /> }.into_any(),
    };
    view! {
        <section class="case-in-hand">
            {move || {
                if chosen.get() {
                    view! {
                        <div class="scroller" node_ref=scroller>
                            {body}
                        </div>
                        <Sheet />
                        <Levers />
                    }
                        .into_any()
                } else {
                    nothing_chosen(page)
                }
            }}
        </section>
    }
}

/// Which way to go, where there is something to choose.
fn nothing_chosen(page: OfficeState) -> AnyView {
    let any = move || page.list.rows.with(|rows| !rows.is_empty());
    view! {
        <div class="nothing" hidden=move || !any()>
            <Icon path=icon::GUIDE />
            <p>
                <b>{move || page.words().choose}</b>
            </p>
            <p class="soft">{move || page.words().choose_hint}</p>
        </div>
    }
    .into_any()
}

fn not_seen(refused: &Refused) -> AnyView {
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
fn Whole(case: CaseShown) -> impl IntoView {
    let page = page();
    let case = StoredValue::new(case);
    let part = move || {
        let step = page.chosen.get()?.step;
        case.with_value(|case| find(case, step).map(|(part, step)| (part.clone(), step.clone())))
    };
    let lang = page.lang;
    let (number, name, bundle, state) = case
        .with_value(|case| (grouped(&case.number), case.name.clone(), case.is_bundle, case.state));
    let left = move || {
        case.with_value(|case| {
            let (days, colour) = (case.days_left?, case.colour?);
            let class = format!("mark {}", spell::colour(colour));
            Some(view! { <span class=class>{spell::left(days, lang.get())}</span> })
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
        <Way case />
        <div class="columns">
            <div class="column">
                <Materials case />
                <Results case />
            </div>
            <div class="column">
                <Deadline case />
                <WhoApplies case />
                <Happened case />
            </div>
        </div>
    }
}
