//! Taking a number.

use std::sync::Arc;

use jiban_app::api::kiosk::{Issue, Issued};
use jiban_app::parts::qr;
use jiban_domain::print_job::JobState;
use jiban_domain::setup::{Hall, Printer};
use jiban_domain::slip::Slip;
use jiban_domain::ticket::{
    NewTicket, Priority, Ticket, TicketState, may_join, may_join_at_any_hour,
};
use jiban_domain::{CounterId, KioskId, Lang, LineId, MatterId, Millis, Refusal, Text, Token};

use super::clock_check::opens_in_doubt;
use super::kiosk_bounds::Asked;
use super::prefetch::Prefetch;
use super::unit_of_work::{self, UnitOfWork};
use super::{Addresses, HallService, answer, digest};
use crate::change::{Change, Job};
use crate::languages::in_characters_of;
use crate::limits::ClientAddress;
use crate::waits::{self, Wait};
use crate::zone::{date_and_time, zone};

impl HallService {
    /// Takes a number; the answer is an [`Issued`].
    ///
    /// # Errors
    /// An unknown kiosk or matter, a closed or full line, a closed hall;
    /// [`Refusal::TooManyNumbers`].
    pub async fn issue(&self, command: Issue, client: ClientAddress) -> Result<Arc<str>, Refusal> {
        self.issue_with(command, client, None).await
    }

    /// The same. A terminal brings the token and prints the slip itself.
    pub(super) async fn issue_with(
        &self,
        command: Issue,
        client: ClientAddress,
        by_terminal: Option<Token>,
    ) -> Result<Arc<str>, Refusal> {
        let (kiosk, id) = (command.kiosk.clone(), command.request_id);
        // Names that no kiosk has are not remembered.
        unit_of_work::kiosk(&self.live_state().setup().setup, &kiosk)?;
        let asked = Asked { kiosk: &kiosk, client, request: id };
        self.kiosk_bounds.number(&asked, self.clock.steady())?;
        let issued = self.issue_number(command, by_terminal).await;
        if issued.is_err() {
            self.kiosk_bounds.no_number(&asked);
        }
        issued
    }

    async fn issue_number(
        &self,
        command: Issue,
        by_terminal: Option<Token>,
    ) -> Result<Arc<str>, Refusal> {
        let request = (command.request_id, digest::<Issue>(&command));
        let bounds = IssueBounds {
            waiting: self.limits.most(self.limits.waiting_per_line),
            // A terminal that is in touch prints by itself.
            slips: if self.terminals.attends(&command.kiosk, self.clock.steady())
                || by_terminal.is_some()
            {
                0
            } else {
                self.limits.most(self.limits.slips_per_kiosk)
            },
        };
        let token = by_terminal.unwrap_or_else(super::secret::token);
        let prefetch = by_terminal.map(Prefetch::Ticket).into_iter().collect();
        let addresses = self.addresses.clone();
        self.execute_with(Some(request), prefetch, move |work| {
            issue(work, &command, token, &addresses, bounds)
        })
        .await
    }
}

/// What a hall has room for.
#[derive(Debug, Clone, Copy)]
struct IssueBounds {
    /// Tickets in a line.
    waiting: usize,
    /// Slips before a kiosk's printer.
    slips: usize,
}

fn issue(
    work: &mut UnitOfWork<'_>,
    command: &Issue,
    token: Token,
    addresses: &Addresses,
    bounds: IssueBounds,
) -> Result<String, Refusal> {
    let setup = work.setup();
    let (hall, kiosk) = unit_of_work::kiosk(&setup.setup, &command.kiosk)?;
    let now = work.now();
    if let Some(ticket) = work.prefetched().tickets.get(&token).cloned() {
        // The terminal gave it a number by itself, and has handed that in meanwhile.
        if ticket.hall != hall.id || ticket.kiosk.as_ref() != Some(&kiosk.id) {
            return Err(Refusal::RequestReused);
        }
        return answer(&issued(work, hall, &ticket, addresses));
    }
    let zone = zone(hall);
    let time = work.live_state().time(&zone);
    let line = match may_join(hall, &command.matter, command.accepts_later, (now, time)) {
        Err(Refusal::HallClosed | Refusal::CalledLater(_))
            if opens_in_doubt(work.live_state(), hall, work.doubt()) =>
        {
            may_join_at_any_hour(hall, &command.matter)?
        }
        joined => joined?,
    };
    if work.live_state().waiting(hall, &line.id) >= bounds.waiting {
        return Err(Refusal::LineFull);
    }
    let day = work.live_state().business_day(hall, now);
    let number = work.live_state().next_number(&hall.id, &day, line.letter);
    let id = work.ticket_id();
    let new = NewTicket {
        id,
        token,
        hall,
        line,
        matter: command.matter.clone(),
        priority: command.priority,
        day,
        number,
        kiosk: Some(kiosk.id.clone()),
    };
    let moved = Ticket::issue(new, now);
    let ticket = moved.ticket.clone();
    work.move_ticket(moved, kiosk.id.as_str());
    let given = issued(work, hall, &ticket, addresses);
    // Behind so many slips nobody waits for theirs; the code is on the screen.
    let prints = kiosk.printer != Printer::None
        && !command.screen_only
        && queued_slips(work, &kiosk.id) < bounds.slips;
    if prints {
        let wait = Wait { minutes: given.wait_minutes, calls_from: given.calls_from.clone() };
        let mut slip =
            slip(hall, &ticket, command.lang, (given.ahead.unwrap_or_default(), wait), addresses);
        // No paper may say a time that nobody knows.
        if work.require_date().is_err() {
            "–".clone_into(&mut slip.issued_local);
        }
        queue(work, &ticket, &kiosk.id, slip);
    }
    answer(&given)
}

/// What is answered of a ticket as it is now.
pub(super) fn issued(
    work: &UnitOfWork<'_>,
    hall: &Hall,
    ticket: &Ticket,
    addresses: &Addresses,
) -> Issued {
    let ahead = u32::try_from(work.live_state().ahead(ticket)).unwrap_or(u32::MAX);
    let wait = waits::of_ticket(work.live_state(), hall, ticket, work.now());
    Issued {
        id: ticket.id,
        number: ticket.label(),
        token: ticket.token,
        progress_url: addresses.progress(ticket.token),
        state: ticket.state,
        ahead: Some(ahead),
        wait_minutes: wait.minutes,
        calls_from: wait.calls_from,
        issued_at: ticket.issued_at,
        confirmed: true,
    }
}

/// The slips that wait for a kiosk's printer.
pub(super) fn queued_slips(work: &UnitOfWork<'_>, kiosk: &KioskId) -> usize {
    let queued = |job: &&Arc<Job>| job.kiosk == *kiosk && job.state == JobState::Queued;
    // What is older is not printed any more.
    let since = work.now() - 2 * 60_000;
    work.live_state().jobs().filter(queued).filter(|job| job.at > since).count()
}

/// Queues a slip for a kiosk's printer.
pub(super) fn queue(work: &mut UnitOfWork<'_>, ticket: &Ticket, kiosk: &KioskId, slip: Slip) {
    let (id, now) = (work.job_id(), work.now());
    work.put(Change::Job(Arc::new(Job {
        id,
        hall: ticket.hall.clone(),
        ticket: ticket.id,
        token: ticket.token,
        kiosk: kiosk.clone(),
        state: JobState::Queued,
        slip: Arc::new(slip),
        at: now,
        changed_at: now,
    })));
}

/// What a ticket's slip says.
pub fn slip(
    hall: &Hall,
    ticket: &Ticket,
    lang: Lang,
    ahead: (u32, Wait),
    addresses: &Addresses,
) -> Slip {
    let facts = SlipFacts {
        number: ticket.label(),
        token: ticket.token,
        line: ticket.line.clone(),
        matter: ticket.matter.clone(),
        priority: ticket.priority,
        state: ticket.state,
        counter: ticket.counter.clone(),
        issued_at: ticket.issued_at,
    };
    slip_of(hall, &facts, lang, ahead, addresses)
}

/// What a slip needs to know of a ticket.
#[derive(Debug, Clone)]
pub(super) struct SlipFacts {
    pub number: String,
    pub token: Token,
    pub line: LineId,
    pub matter: MatterId,
    pub priority: Priority,
    pub state: TicketState,
    pub counter: Option<CounterId>,
    pub issued_at: Millis,
}

/// What a slip says.
pub(super) fn slip_of(
    hall: &Hall,
    ticket: &SlipFacts,
    lang: Lang,
    (ahead, wait): (u32, Wait),
    addresses: &Addresses,
) -> Slip {
    let matter = hall.matter(&ticket.matter);
    let counter = ticket.counter.as_ref().and_then(|id| hall.counter(id));
    let named = |name: Option<&Text>, id: &str| name.cloned().unwrap_or_else(|| Text::from(id));
    let slip = Slip {
        lang,
        hall: hall.name.clone(),
        number: ticket.number.clone(),
        line: named(hall.line(&ticket.line).map(|line| &line.name), ticket.line.as_str()),
        matter: named(matter.map(|matter| &matter.name), ticket.matter.as_str()),
        ahead,
        wait_minutes: wait.minutes,
        calls_from: wait.calls_from,
        priority: ticket.priority,
        state: ticket.state,
        counter: counter.map(|counter| counter.name.clone()),
        issued_at: ticket.issued_at,
        issued_local: date_and_time(hall, ticket.issued_at),
        qr: qr::address(&addresses.progress(ticket.token)),
        materials: matter
            .map(|matter| matter.materials.iter().map(|one| one.name.clone()).collect())
            .unwrap_or_default(),
        reprint: false,
        confirmed: true,
    };
    in_characters_of(lang, slip)
}
