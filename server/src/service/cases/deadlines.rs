//! Changes that time makes: cases become late, promises are broken, a case without
//! a decision on acceptance counts as accepted, and applicants are erased when their
//! retention period is over.

use std::sync::atomic::Ordering;

use jiban_domain::case::{Case, Moment, TimedChange};
use jiban_domain::event::CaseEvent;
use jiban_domain::setup::CaseRules;
use jiban_domain::{CaseId, Millis, Refusal};
use jiff::ToSpan as _;
use jiff::civil::Date;
use serde_json::{Value, json};

use super::{HallService, moment, put, row};
use crate::change::Change;
use crate::change::drafts::DraftChange;
use crate::service::prefetch::Prefetch;
use crate::service::read_failed;
use crate::service::unit_of_work::UnitOfWork;
use crate::uploads::FileId;
use crate::vault::{NotesKey, is_sealed_note};

/// The age from which an unreferenced file is removed. A younger one may belong to an
/// upload that is still being written.
const SWEEP_AGE: Millis = 60 * 60 * 1000;

impl HallService {
    /// Applies the changes that are due to all cases.
    ///
    /// # Errors
    /// The database cannot be read or written.
    pub async fn apply_timed_changes(&self) -> Result<(), Refusal> {
        loop {
            // A promise is not broken by a wrong clock, and nothing is accepted by it.
            if self.clock.is_in_doubt() {
                return Ok(());
            }
            let cases =
                self.reader.cases_due_for_change(self.latest_day()).await.map_err(read_failed)?;
            let mut changed = false;
            for id in cases {
                changed |= self.apply_timed_changes_to(id).await?;
            }
            if !changed {
                return Ok(());
            }
        }
    }

    /// The latest current date in any hall's time zone.
    fn latest_day(&self) -> Date {
        let (setup, now) = (self.live_state().setup().clone(), self.clock.now());
        let days = setup.setup.halls.iter().map(|hall| moment(Some(hall), now).day);
        days.max().unwrap_or_else(|| moment(None, now).day)
    }

    async fn apply_timed_changes_to(&self, id: CaseId) -> Result<bool, Refusal> {
        let issuing = self.issuing();
        let prefetch = vec![Prefetch::Case(id), Prefetch::PersonOf(id)];
        let applied = self.execute_with(None, prefetch, move |work| {
            let mut case = work.case(id)?.clone();
            let (setup, calendar) = (work.setup(), work.live_state().calendar().clone());
            let hall = setup.setup.hall(&case.hall);
            let rules = hall.map(|hall| hall.cases.clone()).unwrap_or_default();
            let now = moment(hall, work.now());
            let changes = case.apply_time(&calendar.calendar, &rules, &issuing, now);
            for change in &changes {
                let (kind, detail) = event_of(change);
                let row = row(case.clone(), &calendar.calendar, &rules, now);
                put(work, row, kind, "", detail);
                if *change == TimedChange::PromiseBroken {
                    record_broken_promise(work, &case, &rules, now);
                }
            }
            Ok((!changes.is_empty()).to_string())
        });
        Ok(&*applied.await? == "true")
    }

    /// Erases the applicants and the files of cases whose retention period is over.
    /// The events remain; they contain nothing personal.
    ///
    /// # Errors
    /// The database cannot be read or written.
    pub async fn erase_persons(&self) -> Result<(), Refusal> {
        loop {
            if self.clock.is_in_doubt() {
                return Ok(());
            }
            let cases = self.reader.cases_to_erase(self.latest_day()).await.map_err(read_failed)?;
            if cases.is_empty() {
                // Also for those that were erased when the log could not be emptied.
                if !self.empty_log().await {
                    tracing::warn!("what was erased is still in the log; trying again later");
                }
                return Ok(());
            }
            for id in cases {
                if self.clock.is_in_doubt() {
                    return Ok(());
                }
                let files = self.reader.files_of(id).await.map_err(read_failed)?;
                self.execute_with(None, vec![Prefetch::Case(id)], move |work| erase(work, id))
                    .await?;
                self.log_has_erased.store(true, Ordering::Relaxed);
                // After the rows: a file that is left here by a crash has no row and is
                // swept later.
                for file in files.iter().filter_map(|file| file.parse().ok()) {
                    if let Err(error) = self.uploads.remove(file).await {
                        tracing::warn!(%error, "a file of an erased case could not be removed");
                    }
                }
            }
        }
    }

    /// Removes files that no row refers to: they were left by interrupted uploads.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn sweep_files(&self) -> Result<(), Refusal> {
        if self.clock.is_in_doubt() {
            return Ok(());
        }
        let referenced = self.reader.files_kept().await.map_err(read_failed)?;
        let known = |file: &FileId| referenced.contains(&file.to_string());
        let now = self.clock.now();
        if let Err(error) = self.uploads.sweep(known, SWEEP_AGE, now).await {
            tracing::warn!(%error, "unreferenced files could not be removed; trying again later");
        }
        Ok(())
    }
}

fn event_of(change: &TimedChange) -> (CaseEvent, Value) {
    match change {
        TimedChange::StepLate(step) => (CaseEvent::StepLate, json!({ "step": step })),
        TimedChange::CaseLate => (CaseEvent::CaseLate, json!({})),
        TimedChange::Resumed(step) => (CaseEvent::ClockResumed, json!({ "step": step })),
        TimedChange::PromiseBroken => (CaseEvent::PromiseBroken, json!({})),
        TimedChange::CheckLate(matter) => (CaseEvent::CheckLate, json!({ "matter": matter })),
        TimedChange::CountedAsAccepted => (CaseEvent::CaseCountedAsAccepted, json!({})),
    }
}

/// A person who broke a promise is not offered another one for a time.
pub(super) fn record_broken_promise(
    work: &mut UnitOfWork<'_>,
    case: &Case,
    rules: &CaseRules,
    now: Moment,
) {
    let Some(person) = work.prefetched().persons.get(&case.id) else { return };
    let number_key = person.number_key;
    let until = now.day.saturating_add(i64::from(rules.promise_ban_days).days());
    work.put(Change::PromiseBroken { number_key, case: case.id, until });
}

fn erase(work: &mut UnitOfWork<'_>, id: CaseId) -> Result<String, Refusal> {
    let mut case = work.case(id)?.clone();
    let (setup, calendar) = (work.setup(), work.live_state().calendar().clone());
    let hall = setup.setup.hall(&case.hall);
    let rules = hall.map(|hall| hall.cases.clone()).unwrap_or_default();
    let now = moment(hall, work.now());
    case.erase();
    // The key of the others goes with the person; what an earlier version wrote in plain words
    // is replaced by something that nothing opens.
    for note in case.notes_mut() {
        if !note.is_empty() && !is_sealed_note(note) {
            *note = NotesKey::new().seal("");
        }
    }
    let draft = case.draft;
    let row = row(case, &calendar.calendar, &rules, now);
    put(work, row, CaseEvent::PersonErased, "", json!({}));
    if let Some(draft) = draft {
        work.put(Change::Draft(DraftChange::Erased(draft)));
    }
    work.put(Change::PersonErased(id));
    Ok("{}".to_owned())
}
