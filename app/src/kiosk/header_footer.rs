//! The frame around every page: above, the hall and its clock; below, within
//! everyone's reach, the buttons that always mean the same.

use jiban_domain::Lang;
use leptos::prelude::*;

use super::hall_snapshot::hall_snapshot;
use super::scene::{Scene, Screen};
use super::visit::visit;
use super::words::words;
use crate::parts::clock;
use crate::parts::icon::{self, Icon};
use crate::words::lang;

#[component]
pub fn Header() -> impl IntoView {
    let snapshot = hall_snapshot();
    let lang = lang();
    let name = move || {
        let name = snapshot.hall.with(|hall| hall.name.get(lang.get()).to_owned());
        // Before it knows its hall, a kiosk says at least what it is.
        if name.is_empty() { words().machine.to_owned() } else { name }
    };
    let zone = Memo::new(move |_| snapshot.hall.with(|hall| hall.zone.clone()));
    let unknown = Memo::new(move |_| snapshot.hall.with(|hall| hall.time_unknown));
    let minute = Memo::new(move |_| {
        let zone = zone.get();
        if zone.is_empty() || unknown.get() {
            String::new()
        } else {
            clock::hour_minute(snapshot.now.get(), &zone)
        }
    });
    let day = Memo::new(move |_| {
        let zone = zone.get();
        if zone.is_empty() {
            String::new()
        } else if unknown.get() {
            words().time_unknown.to_owned()
        } else {
            clock::day(snapshot.now.get(), &zone, lang.get())
        }
    });
    view! {
        <header class="head">
            <p class="hall">{name}</p>
            <p class="day">{day}</p>
            <p class="clock number">{minute}</p>
            {move || {
                snapshot.cut_off.get().then(|| view! { <p class="alone">{words().alone}</p> })
            }}
        </header>
    }
}

/// Home, back, language, type size.
#[component]
pub fn Footer(#[prop(into)] scene: Signal<Scene>) -> impl IntoView {
    let visit = visit();
    // A page with a requested or given number has its own buttons to leave it.
    let may_leave = move || {
        scene.with(|scene| {
            !matches!(
                scene,
                Scene::Visit(Screen::Home | Screen::Issuing(_) | Screen::Ticket(_))
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
            <button class="button" class:away=move || !may_leave() on:click=move |_| visit.home()>
                <Icon path=icon::HOME />
                <span>{move || words().home}</span>
            </button>
            <button
                class="button"
                class:away=move || !may_leave()
                data-key="Escape"
                on:click=move |_| visit.back()
            >
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
                aria-pressed=move || visit.large_type.get().to_string()
                on:click=move |_| visit.large_type.update(|large| *large = !*large)
            >
                <Icon path=icon::LARGER />
                <span>
                    {move || if visit.large_type.get() { words().standard_type } else { words().larger_type }}
                </span>
            </button>
        </footer>
    }
}
