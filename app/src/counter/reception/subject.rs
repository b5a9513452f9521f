//! What a case is opened for: the ticket's matter, a bundle that contains it, or
//! another matter, which is searched for.

use jiban_domain::case::Subject;
use leptos::prelude::*;

use super::state::use_reception;
use crate::api::counter::{BundleBrief, CounterNow, MatterBrief};
use crate::counter::state::CounterState;
use crate::words::fill;

/// How many results of a search are shown.
const MAX_FOUND: usize = 8;

/// A matter or bundle that can be chosen.
#[derive(Debug, Clone, PartialEq)]
struct Choice {
    subject: Subject,
    name: String,
    /// The names of a bundle's matters.
    parts: Vec<String>,
}

fn of_matter(counter: CounterState, matter: &MatterBrief) -> Choice {
    Choice {
        subject: Subject::Matter(matter.id.clone()),
        name: matter.name.get(counter.lang.get()).to_owned(),
        parts: Vec::new(),
    }
}

fn of_bundle(counter: CounterState, now: &CounterNow, bundle: &BundleBrief) -> Choice {
    let lang = counter.lang.get();
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

fn all(counter: CounterState, now: &CounterNow) -> Vec<Choice> {
    let bundles = now.bundles.iter().map(|bundle| of_bundle(counter, now, bundle));
    bundles.chain(now.matters.iter().map(|matter| of_matter(counter, matter))).collect()
}

/// The ticket's matter, the bundles it belongs to, and what else was chosen.
fn suggested(counter: CounterState, now: &CounterNow, chosen: Option<&Subject>) -> Vec<Choice> {
    let matter = now.in_hand.as_ref().map(|ticket| &ticket.matter);
    let is_suggested = |choice: &Choice| match &choice.subject {
        Subject::Matter(id) => Some(id) == matter,
        Subject::Bundle(id) => now.bundles.iter().any(|bundle| {
            bundle.id == *id && matter.is_some_and(|matter| bundle.matters.contains(matter))
        }),
    };
    let mut suggested: Vec<_> = all(counter, now)
        .into_iter()
        .filter(|choice| is_suggested(choice) || Some(&choice.subject) == chosen)
        .collect();
    suggested.sort_by_key(|choice| match &choice.subject {
        Subject::Matter(id) => Some(id) != matter,
        Subject::Bundle(_) => true,
    });
    suggested
}

#[component]
pub fn SubjectChoice() -> impl IntoView {
    let reception = use_reception();
    let counter = reception.counter;
    let chosen = reception.applicant_form.subject;
    let typed = RwSignal::new(String::new());
    let suggested = Memo::new(move |_| {
        counter.now.with(|now| chosen.with(|chosen| suggested(counter, now, chosen.as_ref())))
    });
    let found = Memo::new(move |_| {
        let query = typed.get().trim().to_lowercase();
        if query.is_empty() {
            return Vec::new();
        }
        let mut found = counter.now.with(|now| all(counter, now));
        found.retain(|choice| choice.name.to_lowercase().contains(&query));
        found.truncate(MAX_FOUND);
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
            let names = choice.parts.join(reception.lang().list_separator());
            view! {
                <span class="mark">{fill(reception.words().at_once, &[("n", &many)])}</span>
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
                {none.then(|| view! { <li class="soft small">{reception.words().no_matter_found}</li> })}
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
            <legend class="field-label">{move || reception.words().matter}</legend>
            <div class="options">{move || suggested.get().into_iter().map(option).collect_view()}</div>
            <label class="typed">
                <span class="field-label">{move || reception.words().other_matter}</span>
                <input
                    class="input"
                    type="search"
                    autocomplete="off"
                    placeholder=move || reception.words().search_matter
                    bind:value=typed
                    on:keydown=on_key
                />
            </label>
            {hits}
            <RequiredMaterials />
        </fieldset>
    }
}

/// The materials of the matter that is chosen. For a bundle the server joins the
/// lists of its matters.
#[component]
fn RequiredMaterials() -> impl IntoView {
    let reception = use_reception();
    let counter = reception.counter;
    let materials = Memo::new(move |_| {
        let Some(Subject::Matter(id)) = reception.applicant_form.subject.get() else {
            return Vec::new();
        };
        counter.now.with(|now| {
            let matter = now.matters.iter().find(|matter| matter.id == id);
            matter.map(|matter| matter.materials.clone()).unwrap_or_default()
        })
    });
    move || {
        let (words, lang, materials) = (reception.words(), reception.lang(), materials.get());
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
                    <h3>{words.required_materials}</h3>
                    <ol>{rows}</ol>
                </div>
            }
        })
    }
}
