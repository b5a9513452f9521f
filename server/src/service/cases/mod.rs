//! The commands about cases. The writer fetches the case, a function of the domain
//! changes it, and the changed case is written together with its event.
//!
//! - [`open`], [`reception`]: what counters do
//! - [`uploads`]: photographs, scans and signatures
//! - [`look`]: looks at cases; [`person`]: the applicant
//! - [`notes`]: what is written about a case in free words
//! - [`office`]: what departments do
//! - [`commitment`]: what is signed instead of proved, and its check afterwards
//! - [`deadlines`]: changes that time makes: lateness, broken promises, erasure
//! - [`working_days`]: the calendar

mod commitment;
mod deadlines;
mod known_by;
mod look;
mod notes;
mod office;
mod open;
mod person;
mod reception;
mod sealed;
mod upload_places;
mod uploads;
mod working_days;

use std::sync::Arc;

use jiban_domain::access::{Action, Subject};
use jiban_domain::calendar::Calendar;
use jiban_domain::case::{Case, CaseRefusal, CaseState, Issuing, Moment, VerifyCode};
use jiban_domain::event::CaseEvent;
use jiban_domain::setup::{CaseRules, Hall};
use jiban_domain::{CaseId, MatterId, Millis, Refusal};
use jiff::ToSpan as _;
use jiff::civil::Date;
use serde_json::{Value, json};
use uuid::Uuid;

use super::access::Caller;
use super::prefetch::{Prefetch, Prefetched};
use super::unit_of_work::{About, UnitOfWork};
use super::{HallService, secret};
use crate::change::{CaseRow, Change};
use crate::store::document_digest;
use crate::zone;

pub use known_by::KnownBy;
pub use notes::Notes;
pub use sealed::{about_person, of_paper};
pub use upload_places::{DraftPlaces, SupplyPlace, UploadPlaces};
pub use uploads::MAX_FILE;
pub(super) use uploads::upload_refusal;

pub(crate) use self::{put as store_case, row as row_of_case};

use deadlines::record_broken_promise;
use look::as_subject;

/// What a change of a case works with.
pub(super) struct CaseContext<'a> {
    /// The case to change.
    pub case: &'a mut Case,
    /// The rules of its hall.
    pub rules: &'a CaseRules,
    pub calendar: &'a Calendar,
    pub now: Moment,
    /// What is needed to issue documents.
    pub issuing: &'a Issuing,
    pub prefetched: &'a Prefetched,
}

impl CaseContext<'_> {
    /// Whether a promise may be offered. The applicant must have been prefetched.
    fn may_promise(&self) -> bool {
        self.prefetched.may_promise(self.now.day)
    }
}

/// The event to append for a change of a case.
pub(super) struct NewEvent {
    kind: CaseEvent,
    by: String,
    detail: Value,
    /// The applicant broke a promise with it.
    breaks_a_promise: bool,
}

impl NewEvent {
    pub(super) fn new(kind: CaseEvent, by: &str, detail: Value) -> Self {
        Self { kind, by: by.to_owned(), detail, breaks_a_promise: false }
    }

    /// By it the applicant broke a promise, who must have been prefetched.
    fn breaks_a_promise(self) -> Self {
        Self { breaks_a_promise: true, ..self }
    }
}

/// What of a case a command concerns.
#[derive(Debug, Clone)]
pub(super) enum Of {
    Case,
    Step(u32),
    Document(VerifyCode),
    Check(MatterId),
}

/// The id and digest of a request that may be repeated.
type Request = Option<(Uuid, [u8; 32])>;

impl HallService {
    /// Changes a case and returns an answer. `answer` makes the answer that is stored for a repeated
    /// request; it must not contain personal data.
    async fn change_case_returning(
        &self,
        request: Request,
        (me, action, of): (Caller, Action, Of),
        id: CaseId,
        mut prefetch: Vec<Prefetch>,
        change: impl Fn(CaseContext<'_>) -> Result<NewEvent, Refusal> + Send + Sync + 'static,
        answer: impl Fn(&Case, Moment, &CaseRules, &Calendar) -> Result<String, Refusal>
        + Send
        + Sync
        + 'static,
    ) -> Result<Arc<str>, Refusal> {
        prefetch.push(Prefetch::Case(id));
        let issuing = self.issuing();
        let (looks, caller) = (self.looks.clone(), me.clone());
        let done = self.execute_with(request, prefetch, move |work| {
            work.require_date()?;
            let mut case = work.case(id)?.clone();
            let subject = match &of {
                Of::Case => as_subject(&looks, work.live_state(), work.steady(), &caller, &case),
                Of::Step(step) => Subject::Step { case: &case, step: *step },
                Of::Document(code) => Subject::Document { case: &case, code: *code },
                Of::Check(matter) => Subject::Check { case: &case, matter },
            };
            work.require(&caller, action, &subject)?;
            let (setup, calendar) = (work.setup(), work.live_state().calendar().clone());
            let default_rules = CaseRules::default();
            let hall = setup.setup.hall(&case.hall);
            let rules = hall.map_or(&default_rules, |hall| &hall.cases);
            let now = moment(hall, work.now());
            let calendar = &calendar.calendar;
            let context = CaseContext {
                case: &mut case,
                rules,
                calendar,
                now,
                issuing: &issuing,
                prefetched: work.prefetched(),
            };
            let NewEvent { kind, by, detail, breaks_a_promise } = change(context)?;
            let row = row(case, calendar, rules, now);
            let answer = answer(&row.case, now, rules, calendar);
            if breaks_a_promise {
                record_broken_promise(work, &row.case, rules, now);
            }
            put(work, row, kind, &by, detail);
            answer
        });
        match done.await {
            Ok(answer) => {
                let now = self.clock.steady();
                match action {
                    // To hand a result over says why one looks at the case.
                    Action::HandOverResult | Action::PostResult => {
                        self.looks.open(&me.session, id, now);
                    }
                    _ => self.looks.note(&me.session, id, now),
                }
                Ok(answer)
            }
            Err(refusal) => Err(self.refused(&me, id, refusal).await),
        }
    }

    /// Changes a case without an answer of its own.
    async fn change_case(
        &self,
        request: Request,
        who: (Caller, Action, Of),
        id: CaseId,
        prefetch: Vec<Prefetch>,
        change: impl Fn(CaseContext<'_>) -> Result<NewEvent, Refusal> + Send + Sync + 'static,
    ) -> Result<(), Refusal> {
        let done = |_: &Case, _, _: &CaseRules, _: &Calendar| Ok("{}".to_owned());
        self.change_case_returning(request, who, id, prefetch, change, done).await?;
        Ok(())
    }

    /// Random bits for one command, and the names of the departments.
    fn issuing(&self) -> Issuing {
        let setup = self.live_state().setup().clone();
        let departments = &setup.setup.departments;
        Issuing {
            seed: secret::seed(),
            names: departments.iter().map(|one| (one.id.clone(), one.name.clone())).collect(),
        }
    }
}

/// An instant with its day in the hall's time zone; in UTC, if the hall no longer
/// exists.
pub fn moment(hall: Option<&Hall>, at: Millis) -> Moment {
    let day = match hall {
        Some(hall) => zone::day(hall, at),
        None => zone::utc_day(at),
    };
    Moment { at, day }
}

/// A case as it is written: with its deadlines recomputed, and the values that are
/// stored beside the document for queries.
pub(crate) fn row(mut case: Case, calendar: &Calendar, rules: &CaseRules, now: Moment) -> CaseRow {
    case.recalculate(calendar, now.day);
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
        // Whoever is to answer a check, or to be told of it, is known until it ends.
        .filter(|_| !case.erased && !case.has_open_check())
        .and_then(|ended| ended.day.checked_add(i64::from(rules.person_kept_days).days()).ok());
    CaseRow {
        // A case contains nothing that JSON cannot represent.
        document: serde_json::to_string(&case).unwrap_or_default(),
        days_used,
        step_days,
        check_on: case.next_check(calendar, rules),
        erase_on,
        case,
    }
}

/// Stores a changed case and appends its event. The event contains the digest of
/// the document, so that `jiban check` finds a row that was changed by other means.
pub(crate) fn put(
    work: &mut UnitOfWork<'_>,
    row: CaseRow,
    kind: CaseEvent,
    by: &str,
    mut detail: Value,
) {
    super::tellings::note(work, kind, &row.case);
    let (hall, id) = (row.case.hall.clone(), row.case.id);
    if let Some(detail) = detail.as_object_mut() {
        detail.insert("document".to_owned(), json!(document_digest(&row.document)));
    }
    work.put(Change::Case(Arc::new(row)));
    work.append_event(kind, hall, About::Case(id), by, &detail);
}

/// Refuses a case that has ended.
fn require_not_ended(case: &Case) -> Result<(), Refusal> {
    if case.state.is_end() && case.state != CaseState::Delivered {
        return Err(CaseRefusal::WrongCaseState(case.state).into());
    }
    Ok(())
}
