//! What the hall can be asked about cases. Each command becomes one verb of
//! the domain upon a case that the writer has fetched, and is written with the
//! event that tells of it.
//!
//! - [`open`], [`reception`]: the counter
//! - [`papers`]: photographs, scans and signatures
//! - [`person`]: who applied, and who may see them
//! - [`office`]: the departments
//! - [`keep`]: what time asks for: late, broken promises, erasure
//! - [`working_days`]: the calendar

mod keep;
mod office;
mod open;
mod person;
mod reception;
mod uploads;
mod working_days;

use std::sync::Arc;

use jiban_domain::calendar::Calendar;
use jiban_domain::case::{Case, CaseRefusal, CaseState, Issuing, Moment};
use jiban_domain::setup::{CaseRules, Hall};
use jiban_domain::{CaseId, Millis, Refusal};
use jiff::ToSpan as _;
use jiff::civil::Date;
use serde_json::{Value, json};
use uuid::Uuid;

use super::prefetch::{Prefetch, Prefetched};
use super::unit_of_work::UnitOfWork;
use super::{HallService, secret};
use crate::change::{CaseRow, Change, EventKind};
use crate::store::document_digest;
use crate::zone;

pub use office::Reviewer;
pub use open::about_person;
pub use person::has_a_step;

/// What a verb on a case may use.
pub(super) struct Acting<'a> {
    /// The case, to be changed.
    pub case: &'a mut Case,
    /// Its hall's rules.
    pub rules: &'a CaseRules,
    /// The working days.
    pub calendar: &'a Calendar,
    /// When.
    pub now: Moment,
    /// What it takes to issue documents.
    pub issuing: &'a Issuing,
    /// What else was fetched.
    pub prefetched: &'a Prefetched,
}

/// What a verb did, for the trail.
pub(super) struct Deed {
    kind: EventKind,
    by: String,
    detail: Value,
}

impl Deed {
    pub(super) fn new(kind: EventKind, by: &str, detail: Value) -> Self {
        Self { kind, by: by.to_owned(), detail }
    }
}

type Command = Option<(Uuid, [u8; 32])>;

impl HallService {
    /// Does a verb to a case. `answer` says what is kept for a repeat; it must
    /// hold nothing personal.
    async fn on_case(
        &self,
        request: Command,
        id: CaseId,
        mut prefetch: Vec<Prefetch>,
        verb: impl Fn(Acting<'_>) -> Result<Deed, Refusal> + Send + Sync + 'static,
        answer: impl Fn(&Case, Moment, &CaseRules, &Calendar) -> Result<String, Refusal>
        + Send
        + Sync
        + 'static,
    ) -> Result<Arc<str>, Refusal> {
        prefetch.push(Prefetch::Case(id));
        let issuing = self.issuing();
        self.execute_with(request, prefetch, move |work| {
            let mut case = work.case(id)?.clone();
            let (setup, calendar) = (work.setup(), work.live_state().calendar().clone());
            let nowhere = CaseRules::default();
            let hall = setup.setup.hall(&case.hall);
            let rules = hall.map_or(&nowhere, |hall| &hall.cases);
            let now = moment(hall, work.now());
            let calendar = &calendar.calendar;
            let acting = Acting {
                case: &mut case,
                rules,
                calendar,
                now,
                issuing: &issuing,
                prefetched: work.prefetched(),
            };
            let Deed { kind, by, detail } = verb(acting)?;
            let row = row(case, calendar, rules, now);
            let said = answer(&row.case, now, rules, calendar);
            put(work, row, kind, &by, detail);
            said
        })
        .await
    }

    /// The same, where nothing of the answer is kept.
    async fn on_case_plainly(
        &self,
        request: Command,
        id: CaseId,
        prefetch: Vec<Prefetch>,
        verb: impl Fn(Acting<'_>) -> Result<Deed, Refusal> + Send + Sync + 'static,
    ) -> Result<(), Refusal> {
        self.on_case(request, id, prefetch, verb, |_, _, _, _| Ok("{}".to_owned())).await?;
        Ok(())
    }

    /// Random bits for one command, and the departments' names.
    fn issuing(&self) -> Issuing {
        let setup = self.live_state().setup().clone();
        let departments = &setup.setup.departments;
        Issuing {
            seed: secret::seed(),
            names: departments.iter().map(|one| (one.id.clone(), one.name.clone())).collect(),
        }
    }
}

/// Now, and the day by a hall's clock; by UTC where the hall is gone.
pub fn moment(hall: Option<&Hall>, at: Millis) -> Moment {
    let day = match hall {
        Some(hall) => zone::day(hall, at),
        None => zone::utc_day(at),
    };
    Moment { at, day }
}

/// A case as it is written: its deadlines counted anew, and what is looked for
/// beside it.
pub(super) fn row(mut case: Case, calendar: &Calendar, rules: &CaseRules, now: Moment) -> CaseRow {
    case.recount(calendar, now.day);
    let took = |until: Date| case.days_used(calendar, until);
    let days_used = case.decided.map(|decided| took(decided.day));
    let pauses = case.pauses(now.day);
    let steps = case.parts.iter().flat_map(|part| &part.steps);
    let step_days = steps
        .filter_map(|step| {
            let (opened, done) = (step.opened?, step.done?);
            Some((step.id, calendar.working_days_between(opened.day, done.day, &pauses)))
        })
        .collect();
    let erase_on = case
        .ended
        .filter(|_| !case.erased)
        .and_then(|ended| ended.day.checked_add(i64::from(rules.person_kept_days).days()).ok());
    CaseRow {
        // A case of its own types cannot fail to be JSON.
        document: serde_json::to_string(&case).unwrap_or_default(),
        days_used,
        step_days,
        look_on: case.next_look(calendar, rules),
        erase_on,
        case,
    }
}

/// Puts a case as it is from now on, and what happened to it. The event holds
/// the hash of the whole document: a row changed behind the hall's back shows.
pub(super) fn put(
    work: &mut UnitOfWork<'_>,
    row: CaseRow,
    kind: EventKind,
    by: &str,
    mut detail: Value,
) {
    let (hall, id) = (row.case.hall.clone(), row.case.id);
    if let Some(detail) = detail.as_object_mut() {
        detail.insert("document".to_owned(), json!(document_digest(&row.document)));
    }
    work.put(Change::Case(Arc::new(row)));
    work.tell(kind, hall, (None, Some(id)), by, &detail);
}

/// Whether a promise may be offered, once the person of the case was fetched.
fn may_promise(acting: &Acting<'_>) -> bool {
    acting.prefetched.may_promise(acting.now.day)
}

/// A case that has not ended.
fn must_go_on(case: &Case) -> Result<(), Refusal> {
    if case.state.is_end() && case.state != CaseState::Delivered {
        return Err(CaseRefusal::WrongCaseState(case.state).into());
    }
    Ok(())
}
