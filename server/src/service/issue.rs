//! Taking a number.

use std::sync::Arc;

use jiban_app::api::kiosk::{Issue, Issued};
use jiban_app::parts::qr;
use jiban_domain::print_job::JobState;
use jiban_domain::setup::{Hall, Printer};
use jiban_domain::slip::Slip;
use jiban_domain::ticket::{NewTicket, Ticket, may_join, may_join_at_any_hour};
use jiban_domain::{KioskId, Lang, Refusal, Text, Token};

use super::clock_check::opens_in_doubt;
use super::kiosk_bounds::Asked;
use super::unit_of_work::{self, UnitOfWork};
use super::{Addresses, HallService, answer, digest};
use crate::change::{Change, Job};
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
        let (kiosk, id) = (command.kiosk.clone(), command.request_id);
        // Names that no kiosk has are not remembered.
        unit_of_work::kiosk(&self.live_state().setup().setup, &kiosk)?;
        let asked = Asked { kiosk: &kiosk, client, request: id };
        self.kiosk_bounds.number(&asked, self.clock.steady())?;
        let issued = self.issue_number(command).await;
        if issued.is_err() {
            self.kiosk_bounds.no_number(&asked);
        }
        issued
    }

    async fn issue_number(&self, command: Issue) -> Result<Arc<str>, Refusal> {
        let request = (command.request_id, digest::<Issue>(&command));
        let bounds = IssueBounds {
            waiting: self.limits.most(self.limits.waiting_per_line),
            slips: self.limits.most(self.limits.slips_per_kiosk),
        };
        let token = super::secret::token();
        let addresses = self.addresses.clone();
        self.execute(Some(request), move |work| issue(work, &command, token, &addresses, bounds))
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
    let issued = Ticket::issue(new, now);
    let ticket = issued.ticket.clone();
    work.move_ticket(issued, kiosk.id.as_str());
    let ahead = u32::try_from(work.live_state().ahead(&ticket)).unwrap_or(u32::MAX);
    let wait = waits::of_ticket(work.live_state(), hall, &ticket, now);
    // Behind so many slips nobody waits for theirs; the code is on the screen.
    let prints = kiosk.printer != Printer::None
        && !command.screen_only
        && queued_slips(work, &kiosk.id) < bounds.slips;
    if prints {
        let mut slip = slip(hall, &ticket, command.lang, (ahead, wait.clone()), addresses);
        // No paper may say a time that nobody knows.
        if work.require_date().is_err() {
            "–".clone_into(&mut slip.issued_local);
        }
        queue(work, &ticket, &kiosk.id, slip);
    }
    answer(&Issued {
        id,
        number: ticket.label(),
        token,
        progress_url: addresses.progress(token),
        state: ticket.state,
        ahead: Some(ahead),
        wait_minutes: wait.minutes,
        calls_from: wait.calls_from,
        issued_at: now,
        confirmed: true,
    })
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
    (ahead, wait): (u32, Wait),
    addresses: &Addresses,
) -> Slip {
    let matter = hall.matter(&ticket.matter);
    let counter = ticket.counter.as_ref().and_then(|id| hall.counter(id));
    let named = |name: Option<&Text>, id: &str| name.cloned().unwrap_or_else(|| Text::from(id));
    Slip {
        lang,
        hall: hall.name.clone(),
        number: ticket.label(),
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
    }
}
