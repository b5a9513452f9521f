//! The counter's sign-in: which clerk sits down at which counter.

use std::time::Duration;

use jiban_domain::{CounterId, HallId, Lang};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::session::CounterSession;
use super::words::Words;
use crate::api::counter::{Place, Places};
use crate::api::session::CounterWorkplace;
use crate::api::{Refused, get};
use crate::parts::local_storage;
use crate::parts::sign_in::SignInPage;
use crate::words::{fill, lang};

const RETRY_AFTER: Duration = Duration::from_secs(3);

/// Where this browser remembers the hall, counter and name used last.
const HALL_KEY: &str = "jiban.counter.hall";
const COUNTER_KEY: &str = "jiban.counter.counter";
const NAME_KEY: &str = "jiban.counter.name";

/// The halls with their counters, and which are chosen.
#[derive(Clone, Copy)]
struct PlaceChoice {
    places: RwSignal<Places>,
    hall: RwSignal<Option<HallId>>,
    counter: RwSignal<Option<CounterId>>,
    /// The server did not answer.
    offline: RwSignal<bool>,
}

impl PlaceChoice {
    fn new() -> Self {
        let counter = local_storage::read(COUNTER_KEY).map(|id| CounterId::from(id.as_str()));
        Self {
            places: RwSignal::new(Places::default()),
            hall: RwSignal::new(None),
            counter: RwSignal::new(counter),
            offline: RwSignal::new(false),
        }
    }

    /// Loads the places, trying until there is an answer, and chooses the hall
    /// used last, or the first.
    fn load(self, lang: Lang) {
        spawn_local(async move {
            let answer = get::<Places>("/api/counter/places", lang).await;
            // The page may be gone by the time an answer comes.
            if self.places.try_get_untracked().is_none() {
                return;
            }
            if let Ok(places) = answer {
                let last = local_storage::read(HALL_KEY);
                let known =
                    places.halls.iter().find(|hall| Some(hall.id.as_str()) == last.as_deref());
                self.hall.set(known.or(places.halls.first()).map(|hall| hall.id.clone()));
                self.places.set(places);
                self.offline.set(false);
            } else {
                self.offline.set(true);
                set_timeout(
                    move || {
                        if self.places.try_get_untracked().is_some() {
                            self.load(lang);
                        }
                    },
                    RETRY_AFTER,
                );
            }
        });
    }

    /// The counters of the hall that is chosen.
    fn counters(self) -> Vec<Place> {
        let chosen = self.hall.get();
        self.places.with(|places| {
            let hall = places.halls.iter().find(|hall| Some(&hall.id) == chosen.as_ref());
            hall.map(|hall| hall.counters.clone()).unwrap_or_default()
        })
    }

    /// The counter that is chosen, if it is one of the hall's.
    fn chosen_counter(self) -> Option<CounterId> {
        let counter = self.counter.get()?;
        self.counters().iter().any(|place| place.id == counter).then_some(counter)
    }
}

/// The sign-in page, with the reason why one is on it again.
#[component]
pub(super) fn CounterSignIn(session: CounterSession, reason: Option<Refused>) -> impl IntoView {
    let lang = lang();
    let choice = PlaceChoice::new();
    choice.load(lang.get_untracked());
    let workplace = Callback::new(move |()| {
        let words = Words::of(lang.get_untracked());
        let counter = untrack(|| choice.chosen_counter()).ok_or(words.choose_counter)?;
        local_storage::write(COUNTER_KEY, counter.as_str());
        Ok(CounterWorkplace { counter })
    });
    let notice = Signal::derive(move || {
        choice.offline.get().then(|| Refused::no_answer(lang.get()).message)
    });
    view! {
        <SignInPage
            session
            reason
            title=|lang| Words::of(lang).sign_in_title
            submit=|lang| Words::of(lang).sign_in
            name_key=NAME_KEY
            workplace
            notice
        >
            <Halls choice />
            <fieldset class="counters">
                <legend>{move || Words::of(lang.get()).counter}</legend>
                {move || {
                    choice
                        .counters()
                        .into_iter()
                        .map(|place| view! { <CounterOption place chosen=choice.counter /> })
                        .collect_view()
                }}
            </fieldset>
        </SignInPage>
    }
}

/// The halls, where there are several to choose from.
#[component]
fn Halls(choice: PlaceChoice) -> impl IntoView {
    let lang = lang();
    let PlaceChoice { places, hall, .. } = choice;
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
        local_storage::write(HALL_KEY, &id);
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
fn CounterOption(place: Place, chosen: RwSignal<Option<CounterId>>) -> impl IntoView {
    let lang = lang();
    let Place { id, name, taken_by } = place;
    let is_chosen = {
        let id = id.clone();
        Signal::derive(move || chosen.with(|chosen| chosen.as_ref() == Some(&id)))
    };
    let taken = taken_by.is_some();
    let occupant = move || {
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
                on:change=move |_| chosen.set(Some(id.clone()))
            />
            <span class="name">{move || name.get(lang.get()).to_owned()}</span>
            <span class="soft">{occupant}</span>
        </label>
    }
}
