//! Where one ticket is.

use jiban_app::api::progress::{Happened, Progress};
use jiban_domain::ticket::{Ticket, TicketState};
use jiban_domain::{HallId, Millis, Refusal, Text, Token};

use super::count;
use crate::change::Kind;
use crate::desk::Desk;
use crate::floor::Floor;
use crate::waits::of_ticket;

/// Where a ticket is: from the floor while it can still move, else from its row.
///
/// # Errors
/// [`Refusal::UnknownTicket`] for a token nobody has.
pub async fn progress(desk: &Desk, token: Token) -> Result<Progress, Refusal> {
    let now = desk.clock.now();
    if let Some(standing) = on_floor(&desk.floor(), token, now) {
        return Ok(standing);
    }
    let ended = desk.reader.ticket(token).await.map_err(|error| {
        tracing::error!(%error, "a ticket could not be looked up");
        Refusal::Unavailable
    })?;
    let ended = ended.ok_or(Refusal::UnknownTicket)?;
    Ok(told(&desk.floor(), &ended.ticket, &ended.happened, now))
}

/// The hall of a ticket, for watching.
///
/// # Errors
/// As [`progress`].
pub async fn hall_of(desk: &Desk, token: Token) -> Result<HallId, Refusal> {
    if let Some(standing) = desk.floor().by_token(token) {
        return Ok(standing.ticket.hall.clone());
    }
    match desk.reader.ticket(token).await {
        Ok(Some(ended)) => Ok(ended.ticket.hall.clone()),
        Ok(None) => Err(Refusal::UnknownTicket),
        Err(error) => {
            tracing::error!(%error, "a ticket could not be looked up");
            Err(Refusal::Unavailable)
        }
    }
}

/// Where a ticket is that can still move.
pub fn on_floor(floor: &Floor, token: Token, now: Millis) -> Option<Progress> {
    let standing = floor.by_token(token)?;
    Some(told(floor, &standing.ticket, &standing.happened, now))
}

fn told(floor: &Floor, ticket: &Ticket, happened: &[(Millis, Kind)], now: Millis) -> Progress {
    let hall = floor.setup().setup.hall(&ticket.hall);
    let waits = ticket.state == TicketState::Waiting;
    let counter = hall.zip(ticket.counter.as_ref()).and_then(|(hall, id)| hall.counter(id));
    let matter = hall.and_then(|hall| hall.matter(&ticket.matter));
    let named = |name: Option<&Text>, id: &str| name.cloned().unwrap_or_else(|| Text::from(id));
    let line = hall.and_then(|hall| hall.line(&ticket.line)).map(|line| &line.name);
    Progress {
        number: ticket.label(),
        state: ticket.state,
        ahead: waits.then(|| count(floor.ahead(ticket))),
        wait_minutes: hall.and_then(|hall| of_ticket(floor, hall, ticket, now)),
        counter: ticket.counter.clone(),
        counter_name: counter.map(|counter| counter.name.clone()),
        hall: named(hall.map(|hall| &hall.name), ticket.hall.as_str()),
        telephone: hall.map(|hall| hall.telephone.clone()).unwrap_or_default(),
        line: named(line, ticket.line.as_str()),
        matter: named(matter.map(|matter| &matter.name), ticket.matter.as_str()),
        materials: matter.map(|matter| matter.materials.clone()).unwrap_or_default(),
        time_zone: hall.map(|hall| hall.time_zone.clone()).unwrap_or_default(),
        day: ticket.day.clone(),
        events: happened
            .iter()
            .filter(|(_, kind)| !kind.wire().is_empty())
            .map(|(at, kind)| Happened { at: *at, kind: kind.wire().to_owned() })
            .collect(),
        case: None,
    }
}
