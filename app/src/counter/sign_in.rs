//! Who sits down at which counter.

use std::time::Duration;

use jiban_domain::{ClerkId, CounterId, HallId, Lang};
use leptos::html::Input;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::door::Door;
use super::keep;
use super::spell::refusal;
use super::words::Words;
use crate::api::counter::{Place, Places, SignIn};
use crate::api::{Refused, ask, get};
use crate::parts::language::LanguageSwitch;
use crate::words::{fill, lang};

const PLACES: &str = "/api/counter/places";
const ASK_AGAIN: Duration = Duration::from_secs(3);

/// Asks who is there; `ended` when someone was until just now.
#[component]
pub(super) fn SignInPage(door: Door, ended: bool) -> impl IntoView {
    let lang = lang();
    let words = move || Words::of(lang.get());
    let places = RwSignal::new(Places::default());
    let hall = RwSignal::new(None::<HallId>);
    let counter = RwSignal::new(keep::kept(keep::COUNTER).map(|id| CounterId::from(id.as_str())));
    let name = RwSignal::new(keep::kept(keep::NAME).unwrap_or_default());
    let (name_field, password) = (NodeRef::<Input>::new(), NodeRef::<Input>::new());
    let on_the_way = RwSignal::new(false);
    let refused = RwSignal::new(None::<String>);
    let away = RwSignal::new(false);
    look_for_places(places, hall, away, lang.get_untracked());
    Effect::new(move || {
        let known = name.with_untracked(|name| !name.is_empty());
        if let Some(field) = if known { password.get() } else { name_field.get() } {
            let _ = field.focus();
        }
    });

    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(password) = password.get_untracked() else { return };
        let (typed, secret) = (name.get_untracked().trim().to_owned(), password.value());
        let words = Words::of(lang.get_untracked());
        if typed.is_empty() || secret.is_empty() {
            return refused.set(Some(words.fill_in.to_owned()));
        }
        let Some(counter) = chosen(&places.get_untracked(), hall, counter) else {
            return refused.set(Some(words.choose_counter.to_owned()));
        };
        if on_the_way.get_untracked() {
            return;
        }
        on_the_way.set(true);
        refused.set(None);
        keep::keep(keep::NAME, &typed);
        keep::keep(keep::COUNTER, counter.as_str());
        let question = SignIn { name: ClerkId(typed), password: secret, counter };
        spawn_local(async move {
            match ask(&question, lang.get_untracked()).await {
                Ok(_) => door.knock(),
                Err(no) => {
                    refused.set(Some(refusal(&no, lang.get_untracked())));
                    on_the_way.set(false);
                    password.set_value("");
                    let _ = password.focus();
                }
            }
        });
    };
    let sentence = move || {
        refused
            .get()
            .or_else(|| away.get().then(|| Refused::no_answer(lang.get())).map(|no| no.message))
            .or_else(|| ended.then(|| words().session_ended.to_owned()))
    };
    view! {
        <main class="sign-in">
            <form class="sheet" on:submit=submit>
                <header>
                    <h1>{move || words().sign_in_title}</h1>
                    <LanguageSwitch />
                </header>
                <Halls places hall />
                <fieldset class="counters">
                    <legend>{move || words().counter}</legend>
                    {move || {
                        counters_of(&places.get(), hall)
                            .into_iter()
                            .map(|place| view! { <CounterOption place counter /> })
                            .collect_view()
                    }}
                </fieldset>
                <label class="typed">
                    <span>{move || words().name}</span>
                    <input
                        name="name"
                        autocomplete="username"
                        autocapitalize="none"
                        spellcheck="false"
                        bind:value=name
                        node_ref=name_field
                    />
                </label>
                <label class="typed">
                    <span>{move || words().password}</span>
                    <input
                        name="password"
                        type="password"
                        autocomplete="current-password"
                        node_ref=password
                    />
                </label>
                <p class="reply" role="alert" class:refusal=move || sentence().is_some()>
                    {sentence}
                </p>
                <button class="key" type="submit" disabled=move || on_the_way.get()>
                    {move || words().sign_in}
                </button>
            </form>
        </main>
    }
}

/// The halls, where there are several to choose from.
#[component]
fn Halls(places: RwSignal<Places>, hall: RwSignal<Option<HallId>>) -> impl IntoView {
    let lang = lang();
    let options = move || {
        places.with(|places| {
            places
                .halls
                .iter()
                .map(|place| {
                    let id = place.id.clone();
                    view! {
                        <option value=id.to_string() selected=move || hall.get().as_ref() == Some(&id)>
                            {place.name.get(lang.get()).to_owned()}
                        </option>
                    }
                })
                .collect_view()
        })
    };
    let choose = move |event| {
        let id = event_target_value(&event);
        keep::keep(keep::HALL, &id);
        hall.set(Some(HallId(id)));
    };
    view! {
        <Show when=move || places.with(|places| places.halls.len() > 1)>
            <label class="typed">
                <span>{move || Words::of(lang.get()).hall}</span>
                <select on:change=choose>{options}</select>
            </label>
        </Show>
    }
}

#[component]
fn CounterOption(place: Place, counter: RwSignal<Option<CounterId>>) -> impl IntoView {
    let lang = lang();
    let Place { id, name, taken_by } = place;
    let is_chosen = {
        let id = id.clone();
        Signal::derive(move || counter.with(|chosen| chosen.as_ref() == Some(&id)))
    };
    let taken = taken_by.is_some();
    let beside = move || {
        let (words, lang) = (Words::of(lang.get()), lang.get());
        taken_by
            .as_ref()
            .map_or(words.free.to_owned(), |who| fill(words.taken, &[("name", &who.get(lang))]))
    };
    view! {
        <label class="place" class:chosen=is_chosen class:taken=taken>
            <input
                type="radio"
                name="counter"
                prop:checked=is_chosen
                on:change=move |_| counter.set(Some(id.clone()))
            />
            <span class="name">{move || name.get(lang.get()).to_owned()}</span>
            <span class="soft">{beside}</span>
        </label>
    }
}

/// Asks for the places until there is an answer, and takes the hall chosen
/// last, or the first.
fn look_for_places(
    places: RwSignal<Places>,
    hall: RwSignal<Option<HallId>>,
    away: RwSignal<bool>,
    lang: Lang,
) {
    spawn_local(async move {
        let answer = get::<Places>(PLACES, lang).await;
        // The page may have been left while the answer was on its way.
        if places.try_get_untracked().is_none() {
            return;
        }
        if let Ok(found) = answer {
            let last = keep::kept(keep::HALL);
            let known = found.halls.iter().find(|place| Some(place.id.as_str()) == last.as_deref());
            hall.set(known.or(found.halls.first()).map(|place| place.id.clone()));
            places.set(found);
            away.set(false);
        } else {
            away.set(true);
            set_timeout(
                move || {
                    if places.try_get_untracked().is_some() {
                        look_for_places(places, hall, away, lang);
                    }
                },
                ASK_AGAIN,
            );
        }
    });
}

/// The counters of the hall chosen.
fn counters_of(places: &Places, hall: RwSignal<Option<HallId>>) -> Vec<Place> {
    let hall = hall.get();
    places
        .halls
        .iter()
        .find(|place| Some(&place.id) == hall.as_ref())
        .map(|place| place.counters.clone())
        .unwrap_or_default()
}

/// The counter chosen, if it stands in the hall chosen.
fn chosen(
    places: &Places,
    hall: RwSignal<Option<HallId>>,
    counter: RwSignal<Option<CounterId>>,
) -> Option<CounterId> {
    let counter = counter.get_untracked()?;
    untrack(|| counters_of(places, hall)).iter().any(|place| place.id == counter).then_some(counter)
}
