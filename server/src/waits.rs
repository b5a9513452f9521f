//! The wait, from the live state.

use jiban_domain::booking::expected_before;
use jiban_domain::schedule::{CallsFrom, Schedule};
use jiban_domain::setup::{Counter, Hall};
use jiban_domain::ticket::{Ticket, TicketState};
use jiban_domain::wait::{Load, OpenCounter, WaitMinutes, Waiting, load, wait};
use jiban_domain::{LineId, Millis};

use crate::live_state::LiveState;
use crate::pace::minutes;
use crate::zone::{day, zone};

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

/// A wait, as far as it is known.
#[derive(Debug, Clone, Default)]
pub struct Wait {
    /// Counted from `calls_from`, where that is set; none while no counter is open.
    pub minutes: Option<WaitMinutes>,
    /// When calling begins again; none while it goes on.
    pub calls_from: Option<CallsFrom>,
}

/// The wait of a visitor who joins a line now.
pub fn of_newcomer(live_state: &LiveState, hall: &Hall, line: &LineId, now: Millis) -> Wait {
    let ahead = u32::try_from(live_state.waiting(hall, line)).unwrap_or(u32::MAX);
    let ahead = ahead.saturating_add(expected(live_state, hall, line, (now, now)));
    in_line(live_state, hall, line, now, None, |load| wait(&load, ahead))
}

/// The bookings of a line that have not arrived and will come in before a rank.
fn expected(
    live_state: &LiveState,
    hall: &Hall,
    line: &LineId,
    (rank, now): (Millis, Millis),
) -> u32 {
    if live_state.bookings().is_empty() {
        return 0;
    }
    let rules = hall.booking.clone().unwrap_or_default();
    let of_today = live_state.bookings().on(&hall.id, line, day(hall, now));
    u32::try_from(expected_before(of_today, rank, now, &rules).count()).unwrap_or(u32::MAX)
}

/// The wait of a ticket; nothing where it does not wait.
pub fn of_ticket(live_state: &LiveState, hall: &Hall, ticket: &Ticket, now: Millis) -> Wait {
    if ticket.state != TicketState::Waiting {
        return Wait::default();
    }
    let last_day = (!hall.carries_over).then(|| live_state.last_day(ticket, hall));
    let ahead = u32::try_from(live_state.ahead(ticket)).unwrap_or(u32::MAX);
    // One that waits for a single counter is passed by nobody who checks in.
    let expected = match &ticket.reserved_for {
        Some(_) => 0,
        None => expected(live_state, hall, &ticket.line, (ticket.rank.at, now)),
    };
    let ahead = ahead.saturating_add(expected);
    let told = in_line(live_state, hall, &ticket.line, now, last_day.as_deref(), |load| {
        wait(&load, ahead)
    });
    // Only one counter calls it. Others of the line being open is no help.
    let nobody_there = ticket
        .reserved_for
        .as_ref()
        .is_some_and(|counter| live_state.clerk_at(counter, now).is_none());
    if nobody_there && told.calls_from.is_none() {
        return Wait::default();
    }
    told
}

/// The wait in a line: now, or from when it is called again.
fn in_line(
    live_state: &LiveState,
    hall: &Hall,
    line: &LineId,
    now: Millis,
    last_day: Option<&str>,
    of_load: impl Fn(Load) -> Option<WaitMinutes>,
) -> Wait {
    let zone = zone(hall);
    let schedule = Schedule::of_line(hall, line, live_state.time(&zone));
    let Some(mut from) = schedule.calls_from(now, last_day) else {
        let open = |counter: &Counter| live_state.clerk_at(&counter.id, now).is_some();
        let load = work_ahead(live_state, hall, line, now, open);
        return Wait { minutes: load.and_then(of_load), calls_from: None };
    };
    from.may_be_sooner = counters_open(live_state, hall, line, now) > 0;
    // In the morning all of them are expected, except those for peak times.
    let usual = |counter: &Counter| !counter.tidal;
    let load = work_ahead(live_state, hall, line, now, usual);
    Wait { minutes: load.and_then(of_load), calls_from: Some(from) }
}

/// The work ahead of a line, for its counters that are `open`.
fn work_ahead(
    live_state: &LiveState,
    hall: &Hall,
    line: &LineId,
    now: Millis,
    open: impl Fn(&Counter) -> bool,
) -> Option<Load> {
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
        .filter(|counter| open(counter))
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
