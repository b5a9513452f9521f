//! Whether the machine's clock is believed: asked each second, told in the trail, and ended by
//! the clock itself or by a director.

use std::sync::atomic::Ordering;

use jiban_domain::access::{Action, Subject};
use jiban_domain::event::HallEvent;
use jiban_domain::hall_clock::{CORRECTION, ClockDoubt, is_credible};
use jiban_domain::schedule::Schedule;
use jiban_domain::setup::Hall;
use jiban_domain::{HallId, Millis, Refusal};
use serde_json::json;
use tokio::sync::oneshot;

use super::access::Author;
use super::unit_of_work::About;
use super::writer::WriterMessage;
use super::{HallService, answer};
use crate::live_state::LiveState;
use crate::zone::{utc_date_and_time, zone};

impl HallService {
    /// Notices that the machine's clock is not believed, and goes by it again once it was set
    /// right.
    ///
    /// # Errors
    /// It cannot be written.
    pub async fn check_clock(&self) -> Result<(), Refusal> {
        if self.clock.can_settle() {
            return self.set_clock(String::new()).await;
        }
        let Some(doubt) = self.clock.doubt() else { return Ok(()) };
        if self.doubt_told.swap(true, Ordering::SeqCst) {
            return Ok(());
        }
        tracing::error!(
            "the machine's clock says {}, but {} {}. Nothing is cancelled, erased or decided by \
             time until it is right: set the machine's clock, or, if it is right, confirm that on \
             the admin page or by \"jiban clock --accept\"",
            utc_date_and_time(doubt.machine),
            if doubt.known { "by its own count it is" } else { "the last event was at" },
            utc_date_and_time(doubt.hall),
        );
        if self.doubt_in_trail.load(Ordering::SeqCst) {
            return Ok(());
        }
        let told = self.execute(None, move |work| {
            let detail = json!({
                "machine": doubt.machine, "known": doubt.known, "tickets_from": work.next_ticket(),
            });
            work.append_event(HallEvent::ClockDoubted, HallId::default(), About::Hall, "", &detail);
            answer(&())
        });
        if let Err(refusal) = told.await {
            self.doubt_told.store(false, Ordering::SeqCst);
            return Err(refusal);
        }
        self.doubt_in_trail.store(true, Ordering::SeqCst);
        self.changed.wake_all();
        Ok(())
    }

    /// Goes by the machine's clock, since somebody says that it is right. `ahead` is by how
    /// much it was ahead of the hall's time when they saw it; `None` is whatever it says.
    ///
    /// # Errors
    /// [`Refusal::ClockNotCredible`], [`Refusal::ClockChanged`].
    pub async fn accept_clock(&self, ahead: Option<Millis>, by: Author) -> Result<(), Refusal> {
        {
            let live_state = self.live_state();
            let halls = &live_state.setup().setup.halls;
            by.require_now(
                &live_state,
                self.clock.now(),
                Action::AcceptClock,
                &Subject::Halls(halls),
            )?;
        }
        let Some(doubt) = self.clock.doubt() else { return Ok(()) };
        if !is_credible(doubt.machine) {
            let shown = utc_date_and_time(doubt.machine);
            return Err(Refusal::ClockNotCredible(shown.as_str().into()));
        }
        let now_ahead = doubt.machine - doubt.hall;
        if ahead.is_some_and(|ahead| (now_ahead - ahead).abs() > CORRECTION) {
            return Err(Refusal::ClockChanged);
        }
        self.set_clock(by.name().to_owned()).await
    }

    async fn set_clock(&self, by: String) -> Result<(), Refusal> {
        let (reply, set) = oneshot::channel();
        self.inbox
            .send(WriterMessage::SetClock(by, reply))
            .await
            .map_err(|_| Refusal::Unavailable)?;
        if !set.await.unwrap_or(false) {
            return Err(Refusal::Unavailable);
        }
        self.doubt_told.store(false, Ordering::SeqCst);
        self.doubt_in_trail.store(false, Ordering::SeqCst);
        tracing::warn!(
            "the hall goes by the machine's clock: {}",
            utc_date_and_time(self.clock.now())
        );
        Ok(())
    }
}

impl HallService {
    /// Whether a hall gives numbers now. Nobody is sent away for an hour of which nobody knows
    /// whether it is right.
    pub fn is_open(&self, live_state: &LiveState, hall: &Hall, now: Millis) -> bool {
        is_open_at(live_state, hall, now)
            || opens_in_doubt(live_state, hall, self.clock.doubt().as_ref())
    }
}

/// Whether a hall that is closed by its own time may be open, since that is in doubt.
pub(super) fn opens_in_doubt(
    live_state: &LiveState,
    hall: &Hall,
    doubt: Option<&ClockDoubt>,
) -> bool {
    doubt.is_some_and(|doubt| !doubt.known || is_open_at(live_state, hall, doubt.machine))
}

fn is_open_at(live_state: &LiveState, hall: &Hall, at: Millis) -> bool {
    let zone = zone(hall);
    Schedule::of_hall(hall, live_state.time(&zone)).is_open(at)
}
