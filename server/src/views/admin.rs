//! What the director sees of a hall.

use jiban_app::api::admin::{AdminCounter, AdminKiosk, AdminLine, AdminNow, ClockDoubted, Today};
use jiban_app::api::session::SignedIn;
use jiban_domain::access::{Action, Actor, Place, Staff, Subject, may};
use jiban_domain::setup::Hall;
use jiban_domain::ticket::TicketState;
use jiban_domain::{HallId, KioskId, Millis, Refusal};

use super::{count, hall};
use crate::live_state::{Figures, LiveState};
use crate::pace::minutes;
use crate::service::HallService;
use crate::waits::{counters_open, of_newcomer};

const MINUTE: Millis = 60_000;

/// The snapshot of a hall; the first of the director's if `id` is `None`.
///
/// # Errors
/// [`Refusal::UnknownHall`], [`Refusal::NotAllowed`].
pub fn admin_now(
    service: &HallService,
    clerk: SignedIn,
    id: Option<&HallId>,
    now: Millis,
) -> Result<AdminNow, Refusal> {
    let live_state = service.live_state();
    let setup = live_state.setup();
    let me = setup.setup.clerk(&clerk.clerk).ok_or(Refusal::SignInFirst)?;
    let theirs = || setup.setup.halls.iter().filter(|hall| me.works_in(&hall.id));
    let hall = match id {
        Some(_) => hall::meant(&live_state, id)?,
        None => theirs().next().ok_or(Refusal::UnknownHall)?,
    };
    let director = Actor::Staff(Staff::at(me, &Place::Admin, &setup.setup)?);
    may(&director, Action::WatchHall, &Subject::Hall(&hall.id))?;
    let today = live_state.business_day(hall, now);
    Ok(AdminNow {
        clerk,
        halls: theirs().map(Into::into).collect(),
        hall: hall.id.clone(),
        time_zone: hall.time_zone.clone(),
        now: 0,
        open: service.is_open(&live_state, hall, now),
        lines: lines(&live_state, hall, now),
        counters: counters(&live_state, hall, &today, now),
        kiosks: hall
            .kiosks
            .iter()
            .map(|kiosk| AdminKiosk {
                id: kiosk.id.clone(),
                name: kiosk.name.clone(),
                heard_at: service.presence.last_heartbeat(&kiosk.id),
                printer: service.presence.printer_of(kiosk),
                doubtful_slips: count(live_state.doubtful_slips(&kiosk.id)),
            })
            .collect(),
        today: figures(&live_state, hall, &today),
        business_day: today,
        terminal_alerts: terminal_alerts(&live_state, hall),
        set_aside: service.set_aside,
        clock: service.clock.doubt().map(|doubt| ClockDoubted {
            ahead: (doubt.machine - doubt.hall) / MINUTE * MINUTE,
            since: doubt.since,
            known: doubt.known,
        }),
    })
}

fn terminal_alerts(live_state: &LiveState, hall: &Hall) -> u32 {
    let here = |kiosk: &KioskId| hall.kiosks.iter().any(|one| one.id == *kiosk);
    count(live_state.alerts().open().filter(|alert| here(&alert.kiosk)).count())
}

fn lines(live_state: &LiveState, hall: &Hall, now: Millis) -> Vec<AdminLine> {
    hall.lines
        .iter()
        .map(|line| (line, of_newcomer(live_state, hall, &line.id, now)))
        .map(|(line, wait)| AdminLine {
            id: line.id.clone(),
            letter: line.letter,
            name: line.name.clone(),
            waiting: count(live_state.waiting(hall, &line.id)),
            oldest: live_state.line(&hall.id, &line.id).and_then(|order| {
                let (_, first) = order.first()?;
                live_state.standing(first).map(|standing| standing.ticket.issued_at)
            }),
            counters_open: counters_open(live_state, hall, &line.id, now),
            wait_minutes: wait.minutes,
            calls_from: wait.calls_from,
        })
        .collect()
}

fn counters(live_state: &LiveState, hall: &Hall, today: &str, now: Millis) -> Vec<AdminCounter> {
    let setup = live_state.setup();
    let finished_by =
        live_state.day(&hall.id).filter(|day| day.day == today).map(|day| &day.finished_by);
    hall.counters
        .iter()
        .map(|counter| {
            let in_hand = live_state.in_hand(&counter.id).map(|standing| &standing.ticket);
            AdminCounter {
                id: counter.id.clone(),
                name: counter.name.clone(),
                tidal: counter.tidal,
                clerk: live_state
                    .clerk_at(&counter.id, now)
                    .and_then(|session| setup.setup.clerk(&session.clerk))
                    .map(|clerk| clerk.name.clone()),
                in_hand: in_hand.map(|ticket| (ticket.label(), ticket.state)),
                since: in_hand.and_then(|ticket| match ticket.state {
                    // The service goes on after a hold.
                    TicketState::Serving => ticket.begun_at.map(|at| at - ticket.served_ms),
                    _ => ticket.called_at,
                }),
                finished: finished_by
                    .and_then(|by| by.get(&counter.id).copied())
                    .unwrap_or_default(),
            }
        })
        .collect()
}

fn figures(live_state: &LiveState, hall: &Hall, today: &str) -> Today {
    let figures = live_state
        .day(&hall.id)
        .filter(|day| day.day == today)
        .map_or_else(Figures::default, |day| day.figures);
    let waiting: usize = hall.lines.iter().map(|line| live_state.waiting(hall, &line.id)).sum();
    let in_hand = live_state
        .standing_in(&hall.id)
        .filter(|standing| {
            let state = standing.ticket.state;
            state.is_in_hand() || state == TicketState::OnHold
        })
        .count();
    let mean = |sum: Millis, of: u32| (of > 0).then(|| minutes(sum) / f64::from(of));
    Today {
        issued: figures.issued,
        waiting: count(waiting),
        in_hand: count(in_hand),
        finished: figures.finished,
        missed: figures.missed,
        cancelled: figures.cancelled,
        mean_wait_minutes: mean(figures.waited_ms, figures.called),
        mean_service_minutes: mean(figures.served_ms, figures.finished),
    }
}
