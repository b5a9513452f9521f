//! The snapshot of a counter.

use std::sync::Arc;

use jiban_app::api::counter::{
    BundleBrief, CounterLine, CounterNow, CounterOther, IllPrinter, MatterBrief, TicketShown,
};
use jiban_app::api::kiosk::PrinterNow;
use jiban_app::api::session::SignedIn;
use jiban_domain::schedule::Schedule;
use jiban_domain::setup::{Counter, Hall, Line};
use jiban_domain::ticket::moves::REOPENED_WITHIN;
use jiban_domain::ticket::{Ticket, TicketState};
use jiban_domain::{CounterId, LineId, Millis, Refusal};

use super::{bookings, count};
use crate::live_state::{LiveState, Order};
use crate::service::HallService;
use crate::waits::counters_open;
use crate::zone::zone;

const WAITING_SHOWN: usize = 60;
const MISSED_SHOWN: usize = 20;
const HELD_SHOWN: usize = 20;

/// Everything a counter's page shows.
///
/// # Errors
/// [`Refusal::UnknownCounter`].
pub fn counter_now(
    service: &HallService,
    clerk: SignedIn,
    id: &CounterId,
    now: Millis,
) -> Result<CounterNow, Refusal> {
    let live_state = service.live_state();
    let setup = live_state.setup();
    let (hall, counter) = setup.setup.counter(id).ok_or(Refusal::UnknownCounter)?;
    let (waiting, waiting_count) = waiting(&live_state, hall, counter);
    let mut on_hold = Vec::new();
    let mut held_elsewhere = Vec::new();
    let mut missed = Vec::new();
    for standing in live_state.standing_in(&hall.id) {
        let ticket = &standing.ticket;
        match ticket.state {
            TicketState::OnHold if ticket.counter.as_ref() == Some(id) => on_hold.push(ticket),
            TicketState::OnHold if counter.lines.contains(&ticket.line) => {
                held_elsewhere.push(ticket);
            }
            TicketState::Missed
                if counter.lines.contains(&ticket.line) || ticket.counter.as_ref() == Some(id) =>
            {
                missed.push(ticket);
            }
            _ => {}
        }
    }
    on_hold.sort_by_key(|ticket| (ticket.begun_at, ticket.id));
    held_elsewhere.sort_by_key(|ticket| (ticket.begun_at, ticket.id));
    held_elsewhere.truncate(HELD_SHOWN);
    missed.sort_by_key(|ticket| std::cmp::Reverse((ticket.ended_at, ticket.id)));
    missed.truncate(MISSED_SHOWN);
    let today = live_state.business_day(hall, now);
    Ok(CounterNow {
        clerk,
        counter: counter.id.clone(),
        counter_name: counter.name.clone(),
        hall: hall.id.clone(),
        hall_name: hall.name.clone(),
        time_zone: hall.time_zone.clone(),
        now: 0,
        sends_messages: service.sends_messages(),
        calls_before_missed: hall.rules.calls_before_missed,
        in_hand: live_state.in_hand(id).map(|standing| (&*standing.ticket).into()),
        on_hold: shown(on_hold),
        held_elsewhere: shown(held_elsewhere),
        just_finished: live_state
            .just_finished(id)
            .filter(|one| one.ticket.ended_at.is_some_and(|at| now - at <= REOPENED_WITHIN))
            .map(|standing| (&*standing.ticket).into()),
        missed: shown(missed),
        waiting: waiting.iter().map(|ticket| TicketShown::from(&**ticket)).collect(),
        waiting_count,
        lines: lines(&live_state, hall, now, |line| counter.lines.contains(line)),
        counters: counters(&live_state, hall, now),
        matters: hall
            .matters
            .iter()
            .map(|matter| MatterBrief {
                id: matter.id.clone(),
                name: matter.name.clone(),
                materials: matter.materials.clone(),
            })
            .collect(),
        bundles: hall
            .bundles
            .iter()
            .map(|bundle| BundleBrief {
                id: bundle.id.clone(),
                name: bundle.name.clone(),
                matters: bundle.parts.iter().map(|part| part.matter.clone()).collect(),
            })
            .collect(),
        prints: counter.printer.network().is_some(),
        cases: live_state
            .in_hand(id)
            .map(|standing| live_state.cases(standing.ticket.id).to_vec())
            .unwrap_or_default(),
        ill_printers: ill_printers(service, hall),
        finished_today: live_state
            .day(&hall.id)
            .filter(|day| day.day == today)
            .and_then(|day| day.finished_by.get(id).copied())
            .unwrap_or_default(),
        bookings_expected: bookings::expected(&live_state, hall, counter, now),
        drafts: live_state.drafts().now(|draft| draft.hall == hall.id),
    })
}

fn shown(tickets: Vec<&Arc<Ticket>>) -> Vec<TicketShown> {
    tickets.into_iter().map(|ticket| TicketShown::from(&**ticket)).collect()
}

/// The lines of a hall, and which of them are one's own.
pub fn lines(
    live_state: &LiveState,
    hall: &Hall,
    now: Millis,
    mine: impl Fn(&LineId) -> bool,
) -> Vec<CounterLine> {
    let zone = zone(hall);
    let time = live_state.time(&zone);
    let line = |line: &Line| CounterLine {
        id: line.id.clone(),
        letter: line.letter,
        name: line.name.clone(),
        waiting: count(live_state.waiting(hall, &line.id)),
        mine: mine(&line.id),
        calls_from: Schedule::of_line(hall, &line.id, time).calls_from(now, None),
        counters_open: counters_open(live_state, hall, &line.id, now),
    };
    hall.lines.iter().map(line).collect()
}

/// The counters of a hall, and at which of them somebody is signed in.
pub fn counters(live_state: &LiveState, hall: &Hall, now: Millis) -> Vec<CounterOther> {
    let counter = |counter: &Counter| CounterOther {
        id: counter.id.clone(),
        name: counter.name.clone(),
        open: live_state.clerk_at(&counter.id, now).is_some(),
    };
    hall.counters.iter().map(counter).collect()
}

/// Kiosks with a printer problem.
pub fn ill_printers(service: &HallService, hall: &Hall) -> Vec<IllPrinter> {
    hall.kiosks
        .iter()
        .map(|kiosk| (kiosk, service.presence.printer_of(kiosk)))
        .filter(|(_, printer)| {
            matches!(
                printer,
                PrinterNow::PaperLow
                    | PrinterNow::PaperOut
                    | PrinterNow::CoverOpen
                    | PrinterNow::Offline
            )
        })
        .map(|(kiosk, printer)| IllPrinter { kiosk: kiosk.name.clone(), printer })
        .collect()
}

/// The first tickets that wait for a counter, in the order of calling, and the
/// number of all that wait.
fn waiting(live_state: &LiveState, hall: &Hall, counter: &Counter) -> (Vec<Arc<Ticket>>, u32) {
    let orders: Vec<&Order> = counter
        .lines
        .iter()
        .filter_map(|line| live_state.line(&hall.id, line))
        .chain(live_state.reserved(&counter.id))
        .collect();
    let all = orders.iter().map(|order| order.len()).sum();
    let mut first: Vec<_> =
        orders.iter().flat_map(|order| order.iter().take(WAITING_SHOWN)).collect();
    first.sort_unstable_by_key(|(rank, _)| *rank);
    let first = first
        .into_iter()
        .take(WAITING_SHOWN)
        .filter_map(|(_, id)| live_state.standing(id).map(|standing| standing.ticket.clone()))
        .collect();
    (first, count(all))
}
