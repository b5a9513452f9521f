//! What stays in place around every page: above, the hall and its clock;
//! below, within reach of everyone, the keys that always mean the same.

use jiban_domain::Lang;
use leptos::prelude::*;

use super::known::known;
use super::scene::{Scene, Screen};
use super::visit::visit;
use super::words::words;
use crate::parts::clock;
use crate::parts::icon::{self, Icon};
use crate::words::lang;

/// The hall and its clock.
#[component]
pub fn Head() -> impl IntoView {
    let known = known();
    let lang = lang();
    let name = move || {
        let name = known.hall.with(|hall| hall.name.get(lang.get()).to_owned());
        // A kiosk that does not know its hall says at least what it is.
        if name.is_empty() { words().machine.to_owned() } else { name }
    };
    let zone = Memo::new(move |_| known.hall.with(|hall| hall.zone.clone()));
    let minute = Memo::new(move |_| {
        let zone = zone.get();
        if zone.is_empty() { String::new() } else { clock::hour_minute(known.now.get(), &zone) }
    });
    let day = Memo::new(move |_| {
        let zone = zone.get();
        if zone.is_empty() { String::new() } else { clock::day(known.now.get(), &zone, lang.get()) }
    });
    view! {
        <header class="head">
            <p class="hall">{name}</p>
            <p class="day">{day}</p>
            <p class="clock number">{minute}</p>
        </header>
    }
}

/// Home, back, language, larger.
#[component]
pub fn Foot(
    /// What stands on the screen.
    #[prop(into)]
    scene: Signal<Scene>,
) -> impl IntoView {
    let visit = visit();
    // From a number that was given or asked for, one leaves by its own keys.
    let leaves = move || {
        scene.with(|scene| {
            !matches!(
                scene,
                Scene::Visit(Screen::Home | Screen::Taking(_) | Screen::Ticket(_))
                    | Scene::Starting
                    | Scene::Unknown
                    | Scene::NoServer
            )
        }) && !visit.at_home()
    };
    let other = move || match visit.lang.get() {
        Lang::Zh => Lang::En,
        Lang::En => Lang::Zh,
    };
    view! {
        <footer class="foot">
            <button class="button" class:away=move || !leaves() on:click=move |_| visit.home()>
                <Icon path=icon::HOME />
                <span>{move || words().home}</span>
            </button>
            <button class="button" class:away=move || !leaves() on:click=move |_| visit.back()>
                <Icon path=icon::BACK />
                <span>{move || words().back}</span>
            </button>
            <button
                class="button"
                lang=move || other().tag()
                on:click=move |_| visit.lang.set(other())
            >
                <Icon path=icon::LANGUAGE />
                <span>{move || words().other_language}</span>
            </button>
            <button
                class="button"
                aria-pressed=move || visit.large.get().to_string()
                on:click=move |_| visit.large.update(|large| *large = !*large)
            >
                <Icon path=icon::LARGER />
                <span>
                    {move || if visit.large.get() { words().usual } else { words().larger }}
                </span>
            </button>
        </footer>
    }
}
