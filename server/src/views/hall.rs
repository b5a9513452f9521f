//! `GET /api/hall`, `GET /api/counter/places`, and the front page.

use jiban_app::api::counter::{Place, Places, PlacesOfHall};
use jiban_app::api::hall::{CounterName, HallName, HallNow, LineNow, MaterialAsked, MatterOffered};
use jiban_app::progress::HallPages;
use jiban_domain::form;
use jiban_domain::schedule::Schedule;
use jiban_domain::setup::{Hall, Matter, Setup};
use jiban_domain::{HallId, Lang, Millis, Refusal};

use super::count;
use crate::live_state::LiveState;
use crate::waits::{counters_open, of_newcomer};
use crate::zone::zone;

/// The hall with this id; without one, the first.
///
/// # Errors
/// [`Refusal::UnknownHall`].
pub fn meant<'a>(live_state: &'a LiveState, id: Option<&HallId>) -> Result<&'a Hall, Refusal> {
    let setup = &live_state.setup().setup;
    match id {
        Some(id) => setup.hall(id),
        None => setup.halls.first(),
    }
    .ok_or(Refusal::UnknownHall)
}

/// What a hall offers, and how many people wait.
pub fn hall_now(live_state: &LiveState, hall: &Hall, lang: Lang, now: Millis) -> HallNow {
    let zone = zone(hall);
    let hours = Schedule::of_hall(hall, live_state.time(&zone));
    HallNow {
        hall: HallName { id: hall.id.clone(), name: hall.name.get(lang).to_owned() },
        business_day: live_state.business_day(hall, now),
        open: hours.is_open(now),
        opens_at: hours.opens_next(now),
        lines: hall
            .lines
            .iter()
            .map(|line| {
                let wait = of_newcomer(live_state, hall, &line.id, now);
                LineNow {
                    id: line.id.clone(),
                    letter: line.letter,
                    name: line.name.get(lang).to_owned(),
                    waiting: count(live_state.waiting(hall, &line.id)),
                    counters_open: counters_open(live_state, hall, &line.id, now),
                    wait_minutes: wait.minutes,
                    calls_from: wait.calls_from,
                    closed: line.closed,
                }
            })
            .collect(),
        matters: hall
            .matters
            .iter()
            .map(|matter| offered(&live_state.setup().setup, matter, lang))
            .collect(),
        counters: hall
            .counters
            .iter()
            .map(|counter| CounterName {
                id: counter.id.clone(),
                name: counter.name.get(lang).to_owned(),
                lines: counter.lines.clone(),
                open: live_state.clerk_at(&counter.id, now).is_some(),
            })
            .collect(),
    }
}

fn offered(setup: &Setup, matter: &Matter, lang: Lang) -> MatterOffered {
    MatterOffered {
        id: matter.id.clone(),
        name: matter.name.get(lang).to_owned(),
        line: matter.line.clone(),
        department: setup.department_name(&matter.department).get(lang).to_owned(),
        promised_days: matter.promised_days,
        statutory_days: matter.statutory_days,
        fee: matter.fee.get(lang).to_owned(),
        materials: matter
            .materials
            .iter()
            .map(|material| MaterialAsked {
                name: material.name.get(lang).to_owned(),
                deferrable: material.deferrable,
            })
            .collect(),
        steps: matter.steps.iter().map(|step| step.name.get(lang).to_owned()).collect(),
        result: matter.result.get(lang).to_owned(),
        self_service: matter.self_service,
    }
}

/// The counters where a clerk may sign in.
pub fn places(live_state: &LiveState, now: Millis) -> Places {
    let setup = &live_state.setup().setup;
    let name_of = |clerk| setup.clerk(clerk).map(|clerk| clerk.name.clone());
    let halls = setup
        .halls
        .iter()
        .filter(|hall| !hall.counters.is_empty())
        .map(|hall| PlacesOfHall {
            id: hall.id.clone(),
            name: hall.name.clone(),
            counters: hall
                .counters
                .iter()
                .map(|counter| Place {
                    id: counter.id.clone(),
                    name: counter.name.clone(),
                    taken_by: live_state
                        .clerk_at(&counter.id, now)
                        .and_then(|session| name_of(&session.clerk)),
                })
                .collect(),
        })
        .collect();
    Places { halls }
}

/// The pages of each hall, for the front page.
pub fn hall_pages(live_state: &LiveState) -> Vec<HallPages> {
    let halls = &live_state.setup().setup.halls;
    halls
        .iter()
        .map(|hall| HallPages {
            id: hall.id.clone(),
            name: hall.name.clone(),
            kiosks: hall
                .kiosks
                .iter()
                .map(|kiosk| (kiosk.id.clone(), kiosk.name.clone()))
                .collect(),
            books: hall.booking.is_some(),
            applies: form::is_any_offered(hall),
        })
        .collect()
}
