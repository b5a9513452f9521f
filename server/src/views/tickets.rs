//! All tickets of a hall, for those who supervise.

use jiban_app::api::tickets::{HallTicket, TicketsNow};
use jiban_domain::access::{Action, Subject};
use jiban_domain::setup::Hall;
use jiban_domain::ticket::{Ticket, TicketState};
use jiban_domain::{HallId, Millis, Refusal, Text};

use super::count;
use super::counter::{counters, lines};
use crate::service::{Caller, HallService};

/// Nobody reads more; the page says how many there are.
const SHOWN: usize = 500;

/// The snapshot of a hall, as [`meant`] found it.
///
/// # Errors
/// [`Refusal::UnknownHall`], [`Refusal::NotAllowed`].
pub fn tickets_now(
    service: &HallService,
    me: &Caller,
    hall: &HallId,
    now: Millis,
) -> Result<TicketsNow, Refusal> {
    let clerk = service.clerk(me)?;
    let live_state = service.live_state();
    let setup = live_state.setup();
    let theirs = || setup.setup.halls.iter().filter(|hall| clerk.works_in(&hall.id));
    let hall = setup.setup.hall(hall).ok_or(Refusal::UnknownHall)?;
    me.require(&live_state, now, Action::WatchTickets, &Subject::Hall(&hall.id))?;
    let mut standing: Vec<&Ticket> =
        live_state.standing_in(&hall.id).map(|standing| &*standing.ticket).collect();
    standing.sort_unstable_by_key(|ticket| (place(ticket.state), ticket.rank));
    Ok(TicketsNow {
        halls: theirs().map(Into::into).collect(),
        hall: hall.id.clone(),
        time_zone: hall.time_zone.clone(),
        now: 0,
        total: count(standing.len()),
        tickets: standing.into_iter().take(SHOWN).map(|ticket| shown(hall, ticket)).collect(),
        lines: lines(&live_state, hall, now, |_| false),
        counters: counters(&live_state, hall, now),
    })
}

fn shown(hall: &Hall, ticket: &Ticket) -> HallTicket {
    let matter = hall.matter(&ticket.matter).map(|matter| matter.name.clone());
    let matter_name = matter.unwrap_or_else(|| Text::from(ticket.matter.as_str()));
    HallTicket { ticket: ticket.into(), matter_name }
}

const fn place(state: TicketState) -> u8 {
    match state {
        TicketState::Called | TicketState::Serving => 0,
        TicketState::OnHold => 1,
        TicketState::Waiting => 2,
        _ => 3,
    }
}

/// The hall that is meant: the one named, or the caller's first.
///
/// # Errors
/// [`Refusal::UnknownHall`].
pub fn meant(service: &HallService, me: &Caller, hall: Option<&HallId>) -> Result<HallId, Refusal> {
    let live_state = service.live_state();
    let setup = &live_state.setup().setup;
    let clerk = setup.clerk(&me.clerk).ok_or(Refusal::SignInFirst)?;
    let hall = match hall {
        Some(id) => setup.hall(id),
        None => setup.halls.iter().find(|hall| clerk.works_in(&hall.id)),
    };
    let hall = hall.ok_or(Refusal::UnknownHall)?;
    let now = service.clock.now();
    me.require(&live_state, now, Action::WatchTickets, &Subject::Hall(&hall.id))?;
    Ok(hall.id.clone())
}
