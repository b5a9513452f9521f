//! The progress of a ticket and of its case.

use jiban_app::api::progress::{CaseProgress, Happened, Progress};
use jiban_domain::event::TicketEvent;
use jiban_domain::ticket::{Ticket, TicketState};
use jiban_domain::{CaseId, HallId, Millis, Refusal, Text, TicketId, Token};

use data_encoding::HEXLOWER;
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::case_progress::{OpenedBy, of_case};
use super::{Snapshot, count};
use crate::live_state::LiveState;
use crate::service::{HallService, read_failed};
use crate::waits;

/// What a page needs to hear of a progress: whether it is the one that it shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Edition {
    /// Sixteen hexadecimal digits; others for every progress that differs.
    pub edition: String,
    #[serde(skip)]
    last: bool,
    #[serde(skip)]
    rests: bool,
}

impl Edition {
    pub fn of(progress: &Progress) -> Self {
        // It contains nothing that JSON cannot represent.
        let written = serde_json::to_vec(progress).unwrap_or_default();
        let edition = HEXLOWER.encode(&Sha256::digest(&written)[..8]);
        Self { edition, last: progress.is_last(), rests: progress.rests() }
    }
}

impl Snapshot for Edition {
    fn made_at(&mut self, _: Millis) {}

    fn rests(&self) -> bool {
        self.rests
    }

    fn is_last(&self) -> bool {
        self.last
    }
}

/// The progress of a ticket or a case, by the token of either: from the live state
/// while the ticket can still move, else from its row. A pass shows less of its case.
///
/// # Errors
/// [`Refusal::UnknownTicket`] for a token nobody has.
pub async fn progress(service: &HallService, token: Token) -> Result<Progress, Refusal> {
    let now = service.clock.now();
    if let Some(case) = service.case_of_pass(token) {
        return by_pass(service, case, now).await;
    }
    let standing = {
        let live_state = service.live_state();
        of_active(&live_state, token, now).map(|progress| {
            let ticket = live_state.by_token(token).map(|standing| standing.ticket.id);
            let cases = ticket.map(|ticket| live_state.cases(ticket).len()).unwrap_or_default();
            (progress, ticket.filter(|_| cases > 0))
        })
    };
    if let Some((mut progress, ticket)) = standing {
        if let Some(ticket) = ticket {
            progress.case = case_of(service, ticket, None).await?;
        }
        return Ok(progress);
    }
    if let Some(ended) = service.reader.ticket(token).await.map_err(read_failed)? {
        let mut progress = of_ticket(&service.live_state(), &ended.ticket, &ended.happened, now);
        progress.case = case_of(service, ended.ticket.id, None).await?;
        return Ok(progress);
    }
    let (case, own) = service.case_by_token(token).await?.ok_or(Refusal::UnknownTicket)?;
    let ticket = case.ticket.ok_or(Refusal::UnknownTicket)?;
    let mut progress = of_ticket_id(service, ticket, now).await?;
    let by = if own { OpenedBy::OwnToken } else { OpenedBy::ViewToken };
    progress.case = case_of(service, ticket, Some((case.id, by))).await?;
    Ok(progress)
}

async fn by_pass(service: &HallService, case: CaseId, now: Millis) -> Result<Progress, Refusal> {
    let ticket = service.case(case).await?.ticket.ok_or(Refusal::UnknownTicket)?;
    let mut progress = of_ticket_id(service, ticket, now).await?;
    let case = case_of(service, ticket, Some((case, OpenedBy::ViewToken))).await?;
    progress.case = case.map(super::case_progress::by_pass);
    Ok(progress)
}

async fn of_ticket_id(
    service: &HallService,
    ticket: TicketId,
    now: Millis,
) -> Result<Progress, Refusal> {
    {
        let live_state = service.live_state();
        if let Some(standing) = live_state.standing(ticket) {
            return Ok(of_ticket(&live_state, &standing.ticket, &standing.happened, now));
        }
    }
    let ended = service.reader.ticket_by_id(ticket).await.map_err(read_failed)?;
    let ended = ended.ok_or(Refusal::UnknownTicket)?;
    Ok(of_ticket(&service.live_state(), &ended.ticket, &ended.happened, now))
}

/// The case shown with a ticket: the one named, or the last.
async fn case_of(
    service: &HallService,
    ticket: TicketId,
    named: Option<(CaseId, OpenedBy)>,
) -> Result<Option<CaseProgress>, Refusal> {
    let cases = service.reader.cases_of_ticket(ticket.0).await.map_err(read_failed)?;
    let case = match named {
        Some((id, _)) => cases.iter().find(|case| case.id == id),
        None => cases.last(),
    };
    let Some(case) = case else { return Ok(None) };
    let others: Vec<_> = cases.iter().filter(|other| other.id != case.id).collect();
    let opened_by = named.map_or(OpenedBy::Ticket, |(_, by)| by);
    of_case(service, case, opened_by, &others).await.map(Some)
}

/// The hall and the ticket of a token, whose changes a stream waits for.
///
/// # Errors
/// As [`progress`].
pub async fn place_of(
    service: &HallService,
    token: Token,
) -> Result<(HallId, Option<TicketId>), Refusal> {
    if let Some(case) = service.case_of_pass(token) {
        let case = service.case(case).await?;
        return Ok((case.hall, case.ticket));
    }
    if let Some(standing) = service.live_state().by_token(token) {
        return Ok((standing.ticket.hall.clone(), Some(standing.ticket.id)));
    }
    if let Some(ended) = service.reader.ticket(token).await.map_err(read_failed)? {
        return Ok((ended.ticket.hall.clone(), Some(ended.ticket.id)));
    }
    let (case, _) = service.case_by_token(token).await?.ok_or(Refusal::UnknownTicket)?;
    Ok((case.hall, case.ticket))
}

/// The progress of a ticket that can still move.
pub fn of_active(live_state: &LiveState, token: Token, now: Millis) -> Option<Progress> {
    let standing = live_state.by_token(token)?;
    Some(of_ticket(live_state, &standing.ticket, &standing.happened, now))
}

fn of_ticket(
    live_state: &LiveState,
    ticket: &Ticket,
    happened: &[(Millis, TicketEvent)],
    now: Millis,
) -> Progress {
    let hall = live_state.setup().setup.hall(&ticket.hall);
    let waits = ticket.state == TicketState::Waiting;
    let counter = hall.zip(ticket.counter.as_ref()).and_then(|(hall, id)| hall.counter(id));
    let matter = hall.and_then(|hall| hall.matter(&ticket.matter));
    let named = |name: Option<&Text>, id: &str| name.cloned().unwrap_or_else(|| Text::from(id));
    let line = hall.and_then(|hall| hall.line(&ticket.line)).map(|line| &line.name);
    let wait = hall.map(|hall| waits::of_ticket(live_state, hall, ticket, now)).unwrap_or_default();
    Progress {
        number: ticket.label(),
        state: ticket.state,
        ahead: waits.then(|| count(live_state.ahead(ticket))),
        wait_minutes: wait.minutes,
        calls_from: wait.calls_from,
        priority: ticket.priority,
        counter: ticket.counter.clone(),
        counter_name: counter.map(|counter| counter.name.clone()),
        hall: named(hall.map(|hall| &hall.name), ticket.hall.as_str()),
        telephone: hall.map(|hall| hall.telephone.clone()).unwrap_or_default(),
        line: named(line, ticket.line.as_str()),
        matter: named(matter.map(|matter| &matter.name), ticket.matter.as_str()),
        materials: matter.map(|matter| matter.materials.clone()).unwrap_or_default(),
        time_zone: hall.map(|hall| hall.time_zone.clone()).unwrap_or_default(),
        day: ticket.day.clone(),
        events: happened.iter().map(|(at, kind)| Happened { at: *at, kind: *kind }).collect(),
        case: None,
    }
}
