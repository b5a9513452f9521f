//! What time asks for: late, broken promises, what counts as accepted, and the
//! erasure of persons whose time is over.

use jiban_domain::case::{Case, Moment, TimedChange};
use jiban_domain::event::CaseEvent;
use jiban_domain::setup::CaseRules;
use jiban_domain::{CaseId, Millis, Refusal};
use jiff::ToSpan as _;
use jiff::civil::Date;
use serde_json::{Value, json};

use super::{HallService, moment, put, row};
use crate::change::Change;
use crate::service::prefetch::Prefetch;
use crate::service::unit_of_work::UnitOfWork;
use crate::service::unread;
use crate::uploads::FileId;

/// A file that no row names may belong to an upload that is just being written.
const SWEPT_AFTER: Millis = 60 * 60 * 1000;

impl HallService {
    /// Looks at every case on which time may ask for something by now.
    ///
    /// # Errors
    /// When it cannot be read or written.
    pub async fn keep_cases(&self) -> Result<(), Refusal> {
        loop {
            let due = self.reader.cases_to_look_at(self.furthest_day()).await.map_err(unread)?;
            let mut changed = false;
            for id in due {
                changed |= self.keep_case(id).await?;
            }
            if !changed {
                return Ok(());
            }
        }
    }

    /// The latest day that it is in any hall.
    fn furthest_day(&self) -> Date {
        let (setup, now) = (self.live_state().setup().clone(), self.clock.now());
        let days = setup.setup.halls.iter().map(|hall| moment(Some(hall), now).day);
        days.max().unwrap_or_else(|| moment(None, now).day)
    }

    async fn keep_case(&self, id: CaseId) -> Result<bool, Refusal> {
        let issuing = self.issuing();
        let prefetch = vec![Prefetch::Case(id), Prefetch::PersonOf(id)];
        let kept = self.execute_with(None, prefetch, move |work| {
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
                    hold_against(work, &case, &rules, now);
                }
            }
            Ok((!changes.is_empty()).to_string())
        });
        Ok(&*kept.await? == "true")
    }

    /// Erases the persons, and the papers, of cases whose time is over. What
    /// happened stays, without them.
    ///
    /// # Errors
    /// When it cannot be read or written.
    pub async fn erase_persons(&self) -> Result<(), Refusal> {
        loop {
            let over = self.reader.cases_to_erase(self.furthest_day()).await.map_err(unread)?;
            if over.is_empty() {
                return Ok(());
            }
            for id in over {
                let files = self.reader.files_of(id).await.map_err(unread)?;
                self.execute_with(None, vec![Prefetch::Case(id)], move |work| erase(work, id))
                    .await?;
                // After the rows: what a cut leaves here has no row, and is swept.
                for file in files.iter().filter_map(|file| file.parse().ok()) {
                    if let Err(error) = self.files.remove(file).await {
                        tracing::warn!(%error, "an erased case's file could not be removed");
                    }
                }
            }
        }
    }

    /// Removes files that no row names: of uploads that were cut off.
    ///
    /// # Errors
    /// When they cannot be listed or looked up.
    pub async fn sweep_files(&self) -> Result<(), Refusal> {
        let kept = self.reader.files_kept().await.map_err(unread)?;
        let known = |file: &FileId| kept.contains(&file.to_string());
        let now = self.clock.now();
        if let Err(error) = self.files.sweep(known, SWEPT_AFTER, now).await {
            tracing::warn!(%error, "files could not be swept; tried again soon");
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
        TimedChange::CountedAsAccepted => (CaseEvent::CaseCountedAsAccepted, json!({})),
    }
}

/// Who broke a promise is not offered another for a time.
fn hold_against(work: &mut UnitOfWork<'_>, case: &Case, rules: &CaseRules, now: Moment) {
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
    let row = row(case, &calendar.calendar, &rules, now);
    put(work, row, CaseEvent::PersonErased, "", json!({}));
    work.put(Change::PersonErased(id));
    Ok("{}".to_owned())
}
