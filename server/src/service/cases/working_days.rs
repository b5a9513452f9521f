//! The calendar of working days: its import, and the deadlines recomputed with it.

use std::sync::Arc;

use jiban_app::api::admin::{CalendarNow, CalendarYear, Recounted};
use jiban_domain::access::{Action, Subject};
use jiban_domain::calendar::Due;
use jiban_domain::case::{Case, CaseRefusal};
use jiban_domain::event::{CaseEvent, HallEvent};
use jiban_domain::{CaseId, HallId, Refusal};
use serde_json::json;

use super::{HallService, moment, put, row};
use crate::calendar_file;
use crate::change::{CalendarVersion, Change};
use crate::service::access::Author;
use crate::service::prefetch::Prefetch;
use crate::service::read_failed;
use crate::service::unit_of_work::About;

impl HallService {
    /// The years of the calendar.
    pub fn calendar_now(&self) -> CalendarNow {
        let calendar = self.live_state().calendar().clone();
        let count = |days: usize| u32::try_from(days).unwrap_or(u32::MAX);
        let years = calendar.calendar.years.iter().map(|(year, days)| CalendarYear {
            year: *year,
            holidays: count(days.holidays.len()),
            workdays: count(days.workdays.len()),
        });
        CalendarNow { version: calendar.version, years: years.collect() }
    }

    /// Imports the years of a file; other years stay unchanged. Provisional deadlines
    /// are recomputed.
    ///
    /// # Errors
    /// [`CaseRefusal::BadCalendar`] with every fault.
    pub async fn import_calendar(&self, file: &str, by: Author) -> Result<Recounted, Refusal> {
        let read = calendar_file::read(file).map_err(CaseRefusal::BadCalendar)?;
        self.execute(None, move |work| {
            let halls = &work.setup().setup.halls;
            by.require(work, Action::ImportCalendar, &Subject::Halls(halls))?;
            let now = work.live_state().calendar().clone();
            let mut calendar = now.calendar.clone();
            let mut imported = Vec::new();
            for (year, source, days) in &read {
                calendar.years.insert(*year, days.clone());
                imported.push(json!({ "year": year, "source": source }));
            }
            let version = now.version + 1;
            let at = work.now();
            work.put(Change::Calendar(Arc::new(CalendarVersion {
                version,
                calendar,
                at,
                by: by.name().to_owned(),
            })));
            let detail = json!({ "version": version, "years": imported });
            let kind = HallEvent::CalendarImported;
            work.append_event(kind, HallId::default(), About::Hall, by.name(), &detail);
            Ok("{}".to_owned())
        })
        .await?;
        let recounted = self.recount_provisional().await?;
        Ok(Recounted { years: self.calendar_now().years, recounted })
    }

    /// Recomputes provisional deadlines and returns how many changed.
    ///
    /// # Errors
    /// The database cannot be read or written.
    pub async fn recount_provisional(&self) -> Result<u32, Refusal> {
        let (mut after, mut recounted) = (CaseId(0), 0);
        loop {
            let cases = self.reader.cases_provisional(after).await.map_err(read_failed)?;
            let Some(last) = cases.last() else { return Ok(recounted) };
            after = *last;
            for id in cases {
                let changed = self.execute_with(None, vec![Prefetch::Case(id)], move |work| {
                    let before = work.case(id)?.clone();
                    let (setup, calendar) = (work.setup(), work.live_state().calendar().clone());
                    let hall = setup.setup.hall(&before.hall);
                    let rules = hall.map(|hall| hall.cases.clone()).unwrap_or_default();
                    let now = moment(hall, work.now());
                    let (was, checks) = (before.due, check_days(&before));
                    let row = row(before, &calendar.calendar, &rules, now);
                    let changed = row.case.due != was || check_days(&row.case) != checks;
                    if changed {
                        let detail = json!({ "from": was, "due": row.case.due });
                        put(work, row, CaseEvent::DueRecounted, "", detail);
                    }
                    Ok(changed.to_string())
                });
                recounted += u32::from(&*changed.await? == "true");
            }
        }
    }
}

/// When the checks of a case's commitment are due.
fn check_days(case: &Case) -> Vec<Option<Due>> {
    case.checks().map(|(_, check)| check.due).collect()
}
