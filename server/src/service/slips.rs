//! Print jobs: the slips of tickets.

use std::sync::Arc;

use jiban_app::api::Done;
use jiban_app::api::kiosk::{JobState, ReportPrinted, Reprint};
use jiban_domain::access::{Action, Actor, Subject, may};
use jiban_domain::event::HallEvent;
use jiban_domain::setup::{Printer, Setup};
use jiban_domain::{KioskId, Refusal, Token};
use serde_json::json;

use super::issue::{queue, queued_slips, slip};
use super::kiosk_bounds::Asked;
use super::unit_of_work::{self, About, UnitOfWork};
use super::{Addresses, HallService, answer, digest};
use crate::change::{Change, Job};
use crate::limits::ClientAddress;
use crate::waits;

impl HallService {
    /// Reprints the slip of a ticket, with the same number (补打).
    ///
    /// # Errors
    /// The kiosk or ticket is unknown, the kiosk has no printer, or the ticket has
    /// ended; [`Refusal::TooManySlips`].
    pub async fn reprint(
        &self,
        command: Reprint,
        client: ClientAddress,
    ) -> Result<Arc<str>, Refusal> {
        let (kiosk, id) = (command.kiosk.clone(), command.request_id);
        unit_of_work::kiosk(&self.live_state().setup().setup, &kiosk)?;
        let asked = Asked { kiosk: &kiosk, client, request: id };
        self.kiosk_bounds.reprint(&asked, self.clock.steady())?;
        let reprinted = self.reprint_slip(command).await;
        if reprinted.is_err() {
            self.kiosk_bounds.no_reprint(&asked);
        }
        reprinted
    }

    async fn reprint_slip(&self, command: Reprint) -> Result<Arc<str>, Refusal> {
        // The kiosk's own terminal has the printer to itself.
        if self.terminals.attends(&command.kiosk, self.clock.steady()) {
            return Err(Refusal::NoPrinter);
        }
        let slips = self.limits.most(self.limits.slips_per_kiosk);
        let request = (command.request_id, digest::<Reprint>(&command));
        let addresses = self.addresses.clone();
        let token = command.token;
        let result = self
            .execute(Some(request), move |work| reprint(work, &command, &addresses, slips))
            .await;
        match result {
            Err(Refusal::UnknownTicket) => self.ended_or_unknown(token).await,
            result => result,
        }
    }

    async fn ended_or_unknown(&self, token: Token) -> Result<Arc<str>, Refusal> {
        match self.reader.ticket(token).await {
            Ok(Some(found)) if !found.ticket.state.is_active() => Err(Refusal::NothingToPrint),
            _ => Err(Refusal::UnknownTicket),
        }
    }

    /// Records that the kiosk's browser has printed the slips of a ticket. A browser
    /// reports no result, so their state stays `sent`.
    ///
    /// # Errors
    /// The kiosk or ticket is unknown.
    pub async fn printed(&self, command: ReportPrinted) -> Result<Arc<str>, Refusal> {
        self.execute(None, move |work| {
            let setup = work.setup();
            let (_, kiosk) = unit_of_work::kiosk(&setup.setup, &command.kiosk)?;
            let queued: Vec<Arc<Job>> = work
                .live_state()
                .jobs()
                .filter(|_| kiosk.printer.is_browser())
                .filter(|job| job.kiosk == command.kiosk && job.token == command.token)
                .filter(|job| job.state == JobState::Queued)
                .cloned()
                .collect();
            let known = work.live_state().jobs().any(|job| job.token == command.token);
            if queued.is_empty() && !known {
                return Err(Refusal::UnknownTicket);
            }
            for job in queued {
                set_state(work, &job, JobState::Sent);
            }
            answer(&Done {})
        })
        .await
    }

    /// Claims a queued slip by marking it as sent; returns whether the caller may print
    /// it. A slip that could not be marked must not be printed, since it would be
    /// printed again.
    ///
    /// # Errors
    /// The database cannot be written.
    pub async fn claim_job(&self, id: i64) -> Result<bool, Refusal> {
        let claimed = self
            .execute(None, move |work| {
                let queued =
                    work.live_state().job(id).filter(|job| job.state == JobState::Queued).cloned();
                if let Some(job) = &queued {
                    set_state(work, job, JobState::Sent);
                }
                answer(&queued.is_some())
            })
            .await?;
        Ok(&*claimed == "true")
    }

    /// Stores the state of a print job.
    ///
    /// # Errors
    /// The database cannot be written.
    pub async fn set_job_state(&self, id: i64, state: JobState) -> Result<(), Refusal> {
        self.execute(None, move |work| {
            if let Some(job) = work.live_state().job(id).cloned() {
                set_state(work, &job, state);
            }
            answer(&Done {})
        })
        .await?;
        Ok(())
    }

    /// The queued slips of all kiosks, oldest first.
    pub fn queued_slips(&self) -> Vec<Arc<Job>> {
        let live_state = self.live_state();
        let queued = live_state.jobs().filter(|job| job.state == JobState::Queued);
        let mut queued: Vec<_> = queued.cloned().collect();
        queued.sort_by_key(|job| job.id);
        queued
    }
}

/// Ends the slips of kiosks that the new setup gives another kind of printer, or removes:
/// nobody would print them, or report how they ended.
pub(super) fn end_slips_of_changed_printers(work: &mut UnitOfWork<'_>, setup: &Setup) {
    let before = work.setup();
    let kind = |setup: &Setup, kiosk: &KioskId| {
        setup.kiosk(kiosk).map(|(_, kiosk)| std::mem::discriminant(&kiosk.printer))
    };
    let pending = |job: &Job| match job.state {
        JobState::Queued => Some(JobState::Failed),
        // It may be printing now. Its job then stores how it ended.
        JobState::Sent => Some(JobState::Unknown),
        JobState::Confirmed | JobState::Unknown | JobState::Failed => None,
    };
    let changed: Vec<(Arc<Job>, JobState)> = work
        .live_state()
        .jobs()
        .filter_map(|job| Some((job.clone(), pending(job)?)))
        .filter(|(job, _)| kind(&before.setup, &job.kiosk) != kind(setup, &job.kiosk))
        .collect();
    for (job, state) in changed {
        set_state(work, &job, state);
    }
}

/// Stores how a print job stands.
pub(super) fn set_state(work: &mut UnitOfWork<'_>, job: &Job, state: JobState) {
    let changed = Job { state, changed_at: work.now(), ..job.clone() };
    work.put(Change::Job(Arc::new(changed)));
}

fn reprint(
    work: &mut UnitOfWork<'_>,
    command: &Reprint,
    addresses: &Addresses,
    slips: usize,
) -> Result<String, Refusal> {
    let setup = work.setup();
    let (hall, kiosk) = unit_of_work::kiosk(&setup.setup, &command.kiosk)?;
    let standing = work.live_state().by_token(command.token).ok_or(Refusal::UnknownTicket)?;
    let ticket = standing.ticket.clone();
    may(&Actor::Kiosk(&hall.id), Action::ReprintSlip, &Subject::Hall(&ticket.hall))?;
    if kiosk.printer == Printer::None {
        return Err(Refusal::NoPrinter);
    }
    if queued_slips(work, &kiosk.id) >= slips {
        return Err(Refusal::TooManySlips { seconds: 30 });
    }
    let before = work.live_state().jobs().find(|job| job.ticket == ticket.id);
    let lang = before.map(|job| job.slip.lang).unwrap_or_default();
    let ahead = u32::try_from(work.live_state().ahead(&ticket)).unwrap_or(u32::MAX);
    let wait = waits::of_ticket(work.live_state(), hall, &ticket, work.now());
    let mut slip = slip(hall, &ticket, lang, (ahead, wait), addresses);
    slip.reprint = true;
    queue(work, &ticket, &kiosk.id, slip);
    let by = kiosk.id.as_str();
    let about = About::Ticket(ticket.id);
    work.append_event(HallEvent::SlipReprinted, hall.id.clone(), about, by, &json!({}));
    answer(&Done {})
}
