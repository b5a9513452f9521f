//! The wait, from the live state.

use jiban_domain::setup::Hall;
use jiban_domain::ticket::{Ticket, TicketState};
use jiban_domain::wait::{Load, OpenCounter, WaitMinutes, Waiting, load, wait};
use jiban_domain::{LineId, Millis};

use crate::live_state::LiveState;
use crate::pace::minutes;

/// The open counters of a line: those at which someone is signed in.
pub fn counters_open(live_state: &LiveState, hall: &Hall, line: &LineId, now: Millis) -> u32 {
    let open = hall
        .counters
        .iter()
        .filter(|counter| counter.lines.contains(line))
        .filter(|counter| live_state.clerk_at(&counter.id, now).is_some())
        .count();
    u32::try_from(open).unwrap_or(u32::MAX)
}

/// The wait of a visitor who joins a line now; none while no counter is open.
pub fn of_newcomer(
    live_state: &LiveState,
    hall: &Hall,
    line: &LineId,
    now: Millis,
) -> Option<WaitMinutes> {
    let ahead = u32::try_from(live_state.waiting(hall, line)).unwrap_or(u32::MAX);
    wait(&work_ahead(live_state, hall, line, now)?, ahead)
}

/// The wait of a ticket; none where it does not wait, or no counter is open.
pub fn of_ticket(
    live_state: &LiveState,
    hall: &Hall,
    ticket: &Ticket,
    now: Millis,
) -> Option<WaitMinutes> {
    if ticket.state != TicketState::Waiting {
        return None;
    }
    let ahead = u32::try_from(live_state.ahead(ticket)).unwrap_or(u32::MAX);
    wait(&work_ahead(live_state, hall, &ticket.line, now)?, ahead)
}

/// The work ahead of a line.
fn work_ahead(live_state: &LiveState, hall: &Hall, line: &LineId, now: Millis) -> Option<Load> {
    let setup = live_state.setup();
    let pace = |matter| live_state.paces().of(&setup.setup, &hall.id, matter);
    let place = |line: &LineId| hall.lines.iter().position(|one| one.id == *line);
    let asked = place(line)?;
    let lines: Vec<Waiting> = hall
        .lines
        .iter()
        .map(|line| {
            let mut waiting = Waiting::default();
            for (matter, people) in
                live_state.work(&hall.id, &line.id).filter(|(_, people)| *people > 0)
            {
                waiting.add(&pace(matter), people);
            }
            waiting
        })
        .collect();
    let open: Vec<_> = hall
        .counters
        .iter()
        .filter(|counter| live_state.clerk_at(&counter.id, now).is_some())
        .map(|counter| {
            let served: Vec<usize> = counter.lines.iter().filter_map(place).collect();
            let in_hand = live_state.in_hand(&counter.id).map(|standing| {
                let since = live_state.kept_since(standing.ticket.id).unwrap_or(now);
                (pace(&standing.ticket.matter), minutes(now - since))
            });
            (served, in_hand)
        })
        .collect();
    let counters: Vec<OpenCounter<'_>> =
        open.iter().map(|(lines, in_hand)| OpenCounter { lines, in_hand: *in_hand }).collect();
    Some(load(asked, &lines, &counters))
}
