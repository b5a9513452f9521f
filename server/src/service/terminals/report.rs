//! Reports of terminals: each is answered with the hall's clock, what is new, and the numbers
//! that the terminal may give by itself.

use jiban_app::api::terminal::{Report, Reported, TerminalEvent};
use jiban_domain::{HallId, Refusal};

use super::lend::{Borrower, days, lent_to, wanted};
use crate::change::Change;
use crate::change::terminals::{KeyHash, LastReport, TerminalChange, TerminalHappened};
use crate::live_state::LiveState;
use crate::service::{HallService, read_failed, unit_of_work};

/// Events in one report, at most.
const EVENTS: usize = 50;
/// The longest name and detail of an event, in characters.
const KIND: usize = 40;
const DETAIL: usize = 200;

impl HallService {
    /// Takes a report. A repeat tells and lends nothing twice.
    ///
    /// # Errors
    /// [`Refusal::UnknownKiosk`]; [`Refusal::KeyInUse`] where a newer program has its key; when
    /// it cannot be written.
    pub async fn report(&self, report: Report, key: Option<KeyHash>) -> Result<Reported, Refusal> {
        let hall = self.hall_of_terminal(&report)?;
        if let Some(key) = &key {
            self.note_run(key, report.run).await?;
        }
        let (now, steady) = (self.clock.now(), self.clock.steady());
        let keep = self.terminals.note(&report, now, steady);
        let woke = self.presence.heartbeat(&report.kiosk, now);
        if self.presence.reported(&report.kiosk, report.printer) || woke {
            self.changed.wake_hall(&hall);
        }
        let kept = self.reader.events_kept(report.store).await.map_err(read_failed)?;
        let events = self.new_events(&report, kept);
        let events_kept = events.last().map_or(kept, |last| last.id);
        let last = keep.then(|| LastReport {
            kiosk: report.kiosk.clone(),
            at: now,
            // It has no shape that JSON cannot hold.
            report: serde_json::to_string(&without_events(&report)).unwrap_or_default(),
        });
        self.lend_and_keep(&report, last, events).await?;
        self.changed.wake_terminals();
        let new_key = key.and_then(|key| self.new_key(&key));
        self.answer_report(&report, events_kept, new_key)
    }

    fn hall_of_terminal(&self, report: &Report) -> Result<HallId, Refusal> {
        let live_state = self.live_state();
        let (hall, _) = unit_of_work::kiosk(&live_state.setup().setup, &report.kiosk)?;
        Ok(hall.id.clone())
    }

    fn new_events(&self, report: &Report, kept: u64) -> Vec<TerminalHappened> {
        let cut = |text: &str, most: usize| text.chars().take(most).collect::<String>();
        let now = self.clock.now();
        let new = report.events.iter().filter(|event| event.id > kept).take(EVENTS);
        let mut events: Vec<_> = new
            .map(|TerminalEvent { id, at, kind, detail }| TerminalHappened {
                kiosk: report.kiosk.clone(),
                store: report.store,
                id: *id,
                // By a clock that may be wrong; nothing happens later than now.
                at: (*at).min(now),
                kind: cut(kind, KIND),
                detail: cut(detail, DETAIL),
            })
            .collect();
        events.sort_by_key(|event| event.id);
        events
    }

    async fn lend_and_keep(
        &self,
        report: &Report,
        last: Option<LastReport>,
        events: Vec<TerminalHappened>,
    ) -> Result<(), Refusal> {
        let to = Borrower {
            kiosk: report.kiosk.clone(),
            store: report.store,
            left: report.left.clone(),
        };
        let lends = {
            let live_state = self.live_state();
            let (hall, _) = unit_of_work::kiosk(&live_state.setup().setup, &to.kiosk)?;
            // By a clock that is in doubt nobody knows which days are meant.
            let known = !self.clock.is_in_doubt();
            known && !wanted(&live_state, hall, &to, self.clock.now()).is_empty()
        };
        if !lends && last.is_none() && events.is_empty() {
            return Ok(());
        }
        self.execute(None, move |work| {
            let setup = work.setup();
            let (hall, _) = unit_of_work::kiosk(&setup.setup, &to.kiosk)?;
            if lends && work.doubt().is_none() {
                for block in wanted(work.live_state(), hall, &to, work.now()) {
                    work.put(Change::Terminal(TerminalChange::Lent(block)));
                }
            }
            if let Some(last) = last.clone() {
                work.put(Change::Terminal(TerminalChange::Reported(last)));
            }
            for event in events.clone() {
                work.put(Change::Terminal(TerminalChange::Happened(event)));
            }
            Ok(String::new())
        })
        .await
        .map(drop)
    }

    fn answer_report(
        &self,
        report: &Report,
        events_kept: u64,
        new_key: Option<String>,
    ) -> Result<Reported, Refusal> {
        let live_state = self.live_state();
        let (hall, _) = unit_of_work::kiosk(&live_state.setup().setup, &report.kiosk)?;
        let now = self.clock.now();
        let days = days(&live_state, hall, now);
        Ok(Reported {
            now,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            hall: hall.id.clone(),
            hall_version: hall_version(&live_state),
            lent: lent_to(&live_state, hall, report.store, &days),
            days,
            new_key,
            events_kept,
        })
    }

    /// Takes over the reports from before the server's start.
    ///
    /// # Errors
    /// When they cannot be read.
    pub async fn remember_terminals(&self) -> Result<(), Refusal> {
        for last in self.reader.last_reports().await.map_err(read_failed)? {
            // One of another version is only a time that is not shown.
            if let Ok(report) = serde_json::from_str(&last.report) {
                self.terminals.remember(report, last.at, self.clock.steady());
            }
        }
        Ok(())
    }
}

/// Counts up with each change of the hall file and of the calendar.
pub fn hall_version(live_state: &LiveState) -> i64 {
    live_state.setup().version << 20 | live_state.calendar().version
}

fn without_events(report: &Report) -> Report {
    Report { events: Vec::new(), ..report.clone() }
}
