//! The dark screen of a kiosk to which nobody comes after hours. The first touch ends it, and
//! does nothing else.

use std::time::Duration;

use leptos::prelude::*;

use super::hall_snapshot::hall_snapshot;
use super::scene::{Scene, Screen};
use super::visit::visit;
use super::words::words;
use crate::parts::clock;

/// Seconds without a touch.
const AFTER: u32 = 300;
const UNCOVERED_AFTER: Duration = Duration::from_millis(400);

/// Whether the screen rests; reactive.
pub fn rests(scene: Memo<Scene>) -> Memo<bool> {
    let (visit, snapshot) = (visit(), hall_snapshot());
    Memo::new(move |_| {
        let long_ago = visit.idle_seconds.get() >= AFTER;
        let after_hours = snapshot.hall.with(|hall| !hall.open && !hall.time_unknown);
        let nobody =
            matches!(scene.get(), Scene::Closed | Scene::NoServer | Scene::Visit(Screen::Home));
        long_ago && after_hours && nobody
    })
}

/// Covers the page while the screen rests.
#[component]
pub fn Rest(rests: Memo<bool>) -> impl IntoView {
    let snapshot = hall_snapshot();
    let time = move || {
        let zone = snapshot.hall.with(|hall| hall.zone.clone());
        clock::hour_minute(snapshot.now.get(), &zone)
    };
    // Nothing stays in one place for a night: it would burn in.
    let place = move || (snapshot.now.get() / 60_000 % 3).to_string();
    // The cover stays a moment longer than the rest: a touch ends with a click, which would
    // press what lies below.
    let covered = RwSignal::new(false);
    Effect::new(move || {
        if rests.get() {
            covered.set(true);
        } else if covered.get_untracked() {
            let uncover = move || {
                let _ = covered.try_set(false);
            };
            set_timeout(uncover, UNCOVERED_AFTER);
        }
    });
    move || {
        covered.get().then(|| {
            view! {
                <section class="rest" aria-label=words().rests data-place=place>
                    <p class="clock number">{time}</p>
                    <p>{words().rests}</p>
                </section>
            }
        })
    }
}
