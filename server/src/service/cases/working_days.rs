//! The calendar of working days: imported, and deadlines counted anew by it.

use std::sync::Arc;

use jiban_app::api::admin::{CalendarNow, CalendarYear, Recounted};
use jiban_domain::case::CaseRefusal;
use jiban_domain::event::{CaseEvent, HallEvent};
use jiban_domain::{CaseId, HallId, Refusal};
use serde_json::json;

use super::{HallService, moment, put, row};
use crate::calendar_file;
use crate::change::{CalendarVersion, Change};
use crate::service::prefetch::Prefetch;
use crate::service::unit_of_work::About;
use crate::service::unread;

impl HallService {
    /// The years that are known.
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

    /// Takes years over from a file; those it does not name stay. Deadlines that
    /// were provisional are counted anew.
    ///
    /// # Errors
    /// [`CaseRefusal::BadCalendar`] with every fault.
    pub async fn import_calendar(&self, file: &str, by: String) -> Result<Recounted, Refusal> {
        let read = calendar_file::read(file).map_err(CaseRefusal::BadCalendar)?;
        self.execute(None, move |work| {
            let now = work.live_state().calendar().clone();
            let mut calendar = now.calendar.clone();
            let mut named = Vec::new();
            for (year, source, days) in &read {
                calendar.years.insert(*year, days.clone());
                named.push(json!({ "year": year, "source": source }));
            }
            let version = now.version + 1;
            let at = work.now();
            work.put(Change::Calendar(Arc::new(CalendarVersion {
                version,
                calendar,
                at,
                by: by.clone(),
            })));
            let detail = json!({ "version": version, "years": named });
            let kind = HallEvent::CalendarImported;
            work.append_event(kind, HallId::default(), About::Hall, &by, &detail);
            Ok("{}".to_owned())
        })
        .await?;
        let recounted = self.recount_provisional().await?;
        Ok(Recounted { years: self.calendar_now().years, recounted })
    }

    /// Counts provisional deadlines anew; how many changed.
    ///
    /// # Errors
    /// When they cannot be read or written.
    pub async fn recount_provisional(&self) -> Result<u32, Refusal> {
        let (mut after, mut recounted) = (CaseId(0), 0);
        loop {
            let some = self.reader.cases_provisional(after).await.map_err(unread)?;
            let Some(last) = some.last() else { return Ok(recounted) };
            after = *last;
            for id in some {
                let changed = self.execute_with(None, vec![Prefetch::Case(id)], move |work| {
                    let before = work.case(id)?.clone();
                    let (setup, calendar) = (work.setup(), work.live_state().calendar().clone());
                    let hall = setup.setup.hall(&before.hall);
                    let rules = hall.map(|hall| hall.cases.clone()).unwrap_or_default();
                    let now = moment(hall, work.now());
                    let was = before.due;
                    let row = row(before, &calendar.calendar, &rules, now);
                    let changed = row.case.due != was;
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
