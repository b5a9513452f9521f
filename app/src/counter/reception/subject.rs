//! For what a case is opened: the ticket's matter, a bundle that contains it,
//! or another that is searched for.

use jiban_domain::case::Subject;
use leptos::prelude::*;

use super::room::room;
use crate::api::counter::{BundleBrief, CounterNow, MatterBrief};
use crate::counter::state::{CounterState, page};
use crate::words::fill;

/// As many as are shown of what a search finds.
const FOUND: usize = 8;

/// What can be chosen: its name, and what it holds.
#[derive(Debug, Clone, PartialEq)]
struct Choice {
    subject: Subject,
    name: String,
    /// The names of a bundle's matters.
    parts: Vec<String>,
}

fn of_matter(page: CounterState, matter: &MatterBrief) -> Choice {
    Choice {
        subject: Subject::Matter(matter.id.clone()),
        name: matter.name.get(page.lang.get()).to_owned(),
        parts: Vec::new(),
    }
}

fn of_bundle(page: CounterState, now: &CounterNow, bundle: &BundleBrief) -> Choice {
    let lang = page.lang.get();
    let parts = bundle.matters.iter().map(|id| {
        let known = now.matters.iter().find(|matter| matter.id == *id);
        known.map_or_else(|| id.to_string(), |matter| matter.name.get(lang).to_owned())
    });
    Choice {
        subject: Subject::Bundle(bundle.id.clone()),
        name: bundle.name.get(lang).to_owned(),
        parts: parts.collect(),
    }
}

fn all(page: CounterState, now: &CounterNow) -> Vec<Choice> {
    let bundles = now.bundles.iter().map(|bundle| of_bundle(page, now, bundle));
    bundles.chain(now.matters.iter().map(|matter| of_matter(page, matter))).collect()
}

/// The ticket's matter, the bundles it belongs to, and what else was chosen.
fn near(page: CounterState, now: &CounterNow, chosen: Option<&Subject>) -> Vec<Choice> {
    let matter = now.in_hand.as_ref().map(|ticket| &ticket.matter);
    let is_near = |choice: &Choice| match &choice.subject {
        Subject::Matter(id) => Some(id) == matter,
        Subject::Bundle(id) => now.bundles.iter().any(|bundle| {
            bundle.id == *id && matter.is_some_and(|matter| bundle.matters.contains(matter))
        }),
    };
    let mut near: Vec<_> = all(page, now)
        .into_iter()
        .filter(|choice| is_near(choice) || Some(&choice.subject) == chosen)
        .collect();
    near.sort_by_key(|choice| match &choice.subject {
        Subject::Matter(id) => Some(id) != matter,
        Subject::Bundle(_) => true,
    });
    near
}

/// The choice.
#[component]
pub fn SubjectChoice() -> impl IntoView {
    let page = page();
    let room = room();
    let chosen = room.draft.subject;
    let typed = RwSignal::new(String::new());
    let near = Memo::new(move |_| {
        page.now.with(|now| chosen.with(|chosen| near(page, now, chosen.as_ref())))
    });
    let found = Memo::new(move |_| {
        let wanted = typed.get().trim().to_lowercase();
        if wanted.is_empty() {
            return Vec::new();
        }
        let mut found = page.now.with(|now| all(page, now));
        found.retain(|choice| choice.name.to_lowercase().contains(&wanted));
        found.truncate(FOUND);
        found
    });
    let choose = move |subject: &Subject| {
        chosen.set(Some(subject.clone()));
        typed.set(String::new());
    };
    let first = move || {
        if let Some(first) = found.with_untracked(|found| found.first().cloned()) {
            choose(&first.subject);
        }
    };
    let option = move |choice: Choice| {
        let (subject, own) = (choice.subject.clone(), choice.subject);
        let many = choice.parts.len();
        let is_chosen = Signal::derive(move || chosen.with(|chosen| chosen.as_ref() == Some(&own)));
        let parts = (many > 0).then(|| {
            let names = choice.parts.join("、");
            view! {
                <span class="mark">{fill(room.words().at_once, &[("n", &many)])}</span>
                <span class="soft small parts">{names}</span>
            }
        });
        view! {
            <label class="option" class:chosen=is_chosen>
                <input
                    type="radio"
                    name="subject"
                    prop:checked=is_chosen
                    on:change=move |_| choose(&subject)
                />
                <b>{choice.name}</b>
                {parts}
            </label>
        }
    };
    let hits = move || {
        let found = found.get();
        let none = found.is_empty() && !typed.with(|typed| typed.trim().is_empty());
        let rows = found
            .into_iter()
            .map(|choice| {
                let subject = choice.subject.clone();
                view! {
                    <li>
                        <button type="button" class="hit" on:click=move |_| choose(&subject)>
                            {choice.name}
                        </button>
                    </li>
                }
            })
            .collect_view();
        view! {
            <ul class="hits">
                {rows}
                {none.then(|| view! { <li class="soft small">{room.words().none_found}</li> })}
            </ul>
        }
    };
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Enter" && !event.is_composing() {
            event.prevent_default();
            first();
        }
    };
    view! {
        <fieldset class="subject">
            <legend class="field-label">{move || room.words().for_what}</legend>
            <div class="options">{move || near.get().into_iter().map(option).collect_view()}</div>
            <label class="typed">
                <span class="field-label">{move || room.words().other}</span>
                <input
                    class="input"
                    type="search"
                    autocomplete="off"
                    placeholder=move || room.words().other_hint
                    bind:value=typed
                    on:keydown=on_key
                />
            </label>
            {hits}
            <Asked />
        </fieldset>
    }
}

/// What will be asked for of a matter; of a bundle the hall joins the lists.
#[component]
fn Asked() -> impl IntoView {
    let page = page();
    let room = room();
    let materials = Memo::new(move |_| {
        let Some(Subject::Matter(id)) = room.draft.subject.get() else { return Vec::new() };
        page.now.with(|now| {
            let matter = now.matters.iter().find(|matter| matter.id == id);
            matter.map(|matter| matter.materials.clone()).unwrap_or_default()
        })
    });
    move || {
        let (words, lang, materials) = (room.words(), room.lang(), materials.get());
        (!materials.is_empty()).then(|| {
            let rows = materials
                .into_iter()
                .map(|one| {
                    let later = one
                        .deferrable
                        .then(|| view! { <span class="mark">{words.deferrable}</span> });
                    view! { <li>{one.name.get(lang).to_owned()} " " {later}</li> }
                })
                .collect_view();
            view! {
                <div class="asked-for small">
                    <h3>{words.asked_for}</h3>
                    <ol>{rows}</ol>
                </div>
            }
        })
    }
}
