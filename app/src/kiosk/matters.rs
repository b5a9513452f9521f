//! The matters of a line, a page at a time: nobody has to scroll.

use jiban_domain::LineId;
use jiban_domain::setup::Handling;
use leptos::prelude::*;

use super::choice::{Choice, Kind, Of};
use super::known::known;
use super::scene::Purpose;
use super::visit::visit;
use super::words::{people_waiting, wait_range, words};
use crate::parts::icon::{self, Icon};
use crate::words::lang;

/// At most so many choices stand on one page.
const ROWS: usize = 6;

/// The matters of a line.
#[component]
pub fn MattersPage(
    /// Which line.
    line: LineId,
    /// What the visitor wants.
    purpose: Purpose,
) -> impl IntoView {
    let known = known();
    let lang = lang();
    let matters = Memo::new({
        let line = line.clone();
        move |_| Of::Line(&line, purpose).choices(known)
    });
    let here = Memo::new(move |_| known.line(&line));
    let name =
        move || here.with(|here| here.as_ref().map(|line| line.name.get(lang.get()).to_owned()));
    let letter = move || here.with(|here| here.as_ref().map(|line| line.letter));
    let state = move || {
        let line = here.get()?;
        (purpose == Purpose::Take).then(|| {
            let lang = lang.get();
            format!(
                "{} · {}",
                people_waiting(lang, line.waiting),
                wait_range(lang, line.wait_minutes)
            )
        })
    };
    view! {
        <section class="page matters">
            <div class="title lined">
                <p class="letter number" aria-hidden="true">
                    {letter}
                </p>
                <div>
                    <h1>{name}</h1>
                    <p class="soft">{move || state().unwrap_or_else(|| words().choose_matter.to_owned())}</p>
                </div>
            </div>
            <MatterRows matters purpose rows=ROWS />
        </section>
    }
}

/// Matters as rows, and the keys to the other pages of them.
#[component]
pub fn MatterRows(
    /// Which, in order.
    #[prop(into)]
    matters: Signal<Vec<Choice>>,
    /// What the visitor wants.
    purpose: Purpose,
    /// How many stand on one page.
    rows: usize,
) -> impl IntoView {
    let leaf = RwSignal::new(0_usize);
    let leaves = Memo::new(move |_| matters.with(|matters| matters.len().div_ceil(rows)));
    // Fewer results may leave fewer pages than the one looked at.
    let leaf_now = move || leaf.get().min(leaves.get().saturating_sub(1));
    let is_last = move || leaf_now() + 1 == leaves.get().max(1);
    let shown = move || {
        matters.with(|matters| {
            let shown = matters.iter().skip(leaf_now() * rows).take(rows).cloned();
            shown.map(|choice| view! { <MatterRow choice purpose /> }).collect_view()
        })
    };
    let turns = move || {
        (leaves.get() > 1).then(|| {
            view! {
                <div class="turns">
                    <button
                        class="button"
                        disabled=move || leaf_now() == 0
                        on:click=move |_| leaf.set(leaf_now().saturating_sub(1))
                    >
                        {move || words().earlier}
                    </button>
                    <p class="number">{move || format!("{} / {}", leaf_now() + 1, leaves.get())}</p>
                    <button
                        class="button"
                        disabled=is_last
                        on:click=move |_| leaf.set(leaf_now() + 1)
                    >
                        {move || words().further}
                    </button>
                </div>
            }
        })
    };
    view! {
        <ul class="matter-list" style=format!("--rows: {rows}")>
            {shown}
        </ul>
        {turns}
    }
}

/// One matter or bundle.
#[component]
fn MatterRow(
    /// Which.
    choice: Choice,
    /// What the visitor wants.
    purpose: Purpose,
) -> impl IntoView {
    let visit = visit();
    let lang = lang();
    let name = choice.name.clone();
    let marks = match choice.kind {
        Kind::Matter { handling, self_service } => {
            view! { <Marks handling self_service /> }.into_any()
        }
        Kind::Bundle => view! {
            <span class="marks">
                <span class="mark">{move || words().bundle}</span>
            </span>
        }
        .into_any(),
    };
    view! {
        <li>
            <button class="matter" on:click=move |_| visit.go(choice.screen(purpose))>
                <span class="name">{move || name.get(lang.get()).to_owned()}</span>
                {marks}
                <Icon path=icon::FORWARD />
            </button>
        </li>
    }
}

/// What is good to know of a matter at a glance.
#[component]
pub fn Marks(
    /// At once or promised.
    handling: Handling,
    /// A terminal can do it.
    self_service: bool,
) -> impl IntoView {
    view! {
        <span class="marks">
            {(handling == Handling::Immediate)
                .then(|| view! { <span class="mark good">{move || words().at_once}</span> })}
            {self_service
                .then(|| view! { <span class="mark">{move || words().self_service}</span> })}
        </span>
    }
}
