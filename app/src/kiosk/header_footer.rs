//! The frame around every page: above, the hall and its clock; below, within
//! everyone's reach, the buttons that always mean the same.

use leptos::prelude::*;

use super::hall_snapshot::hall_snapshot;
use super::language;
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

/// Home, back, language, the easy mode, and the panel of `public/machines/accessibility.js`.
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
    let other = move || language::next(visit.lang.get());
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
                on:click=move |_| language::choose(visit, other())
            >
                <Icon path=icon::LANGUAGE />
                <span>{move || other().name()}</span>
            </button>
            <button
                class="button easy-key"
                data-loads="accessibility"
                aria-pressed=move || visit.easy.get().to_string()
                on:click=move |_| visit.set_easy(!visit.easy.get_untracked())
            >
                <Icon path=icon::LARGER />
                <span>{move || words().easy}</span>
            </button>
            <button
                class="button accessibility-key"
                data-loads="accessibility"
                data-key="F1"
                aria-haspopup="dialog"
                aria-label=move || words().accessibility_about
            >
                <Icon path=icon::PERSON />
                <span>{move || words().accessibility}</span>
            </button>
        </footer>
    }
}
