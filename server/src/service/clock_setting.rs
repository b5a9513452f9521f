//! The clock was set: what changes by it, so that nobody loses their place.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiban_domain::day::business_day;
use jiban_domain::event::HallEvent;
use jiban_domain::hall_clock::ClockSetting;
use jiban_domain::setup::Hall;
use jiban_domain::ticket::{Ticket, TicketState};
use jiban_domain::{HallId, Millis, Refusal};
use serde_json::json;

use super::answer;
use super::unit_of_work::{About, UnitOfWork};
use crate::change::{Change, Session};
use crate::zone::zone;

/// Writes that the clock was set. It is set already: [`UnitOfWork::now`] is the new time.
pub(super) fn set(
    work: &mut UnitOfWork<'_>,
    setting: ClockSetting,
    by: &str,
) -> Result<String, Refusal> {
    let setup = work.setup();
    let moved_by = setting.to - setting.from;
    if moved_by != 0 {
        for hall in &setup.setup.halls {
            move_tickets(work, hall, moved_by);
        }
        move_sessions(work, setting, moved_by);
    }
    let days: BTreeMap<&str, String> = setup
        .setup
        .halls
        .iter()
        .map(|hall| {
            let day = business_day(setting.to, &zone(hall), hall.day_turns_at);
            (hall.id.as_str(), day)
        })
        .collect();
    let detail = json!({
        "from": setting.from, "to": setting.to, "since": setting.since,
        "tickets_before": work.next_ticket(), "days": days,
    });
    work.append_event(HallEvent::ClockSet, HallId::default(), About::Hall, by, &detail);
    answer(&())
}

/// Keeps the order of those who wait: their places move with the clock, so that whoever takes
/// a number now comes after them. What is being measured goes on as if nothing had happened.
fn move_tickets(work: &mut UnitOfWork<'_>, hall: &Hall, by: Millis) {
    let mut standing: Vec<Ticket> =
        work.live_state().standing_in(&hall.id).map(|one| Ticket::clone(&one.ticket)).collect();
    standing.sort_unstable_by_key(|ticket| ticket.id);
    for mut ticket in standing {
        if ticket.state == TicketState::Waiting {
            ticket.rank.at += by;
        } else {
            ticket.called_at = ticket.called_at.map(|at| at + by);
            ticket.begun_at = ticket.begun_at.map(|at| at + by);
        }
        work.put(Change::Ticket(Arc::new(ticket)));
    }
}

/// Sessions that began in the doubt, or in a future that is not, last as long as they would
/// have.
fn move_sessions(work: &mut UnitOfWork<'_>, setting: ClockSetting, by: Millis) {
    let begun_wrong =
        |session: &&Session| session.begun_at >= setting.since || session.begun_at > setting.to;
    let sessions: Vec<Session> =
        work.live_state().sessions().filter(begun_wrong).cloned().collect();
    for mut session in sessions {
        work.put(Change::SessionEnded(session.key));
        session.begun_at += by;
        session.ends_at += by;
        work.put(Change::SessionBegun(session));
    }
}
