//! Figures of cases over a period, for supervisors and the director.

use std::collections::BTreeMap;

use jiban_app::api::figures::{
    BookingFigures, DayFigures, DepartmentFigures, Figures, LateStep, MatterFigures, PrintFigures,
};
use jiban_domain::access::{Action, Subject};
use jiban_domain::booking::BookingState;
use jiban_domain::calendar::Calendar;
use jiban_domain::case::{Case, StepRef, StepState};
use jiban_domain::self_print::PrintKind;
use jiban_domain::setup::{Role, Setup};
use jiban_domain::{HallId, Refusal, Text};
use jiff::civil::Date;

use super::{application_figures, checks};
use crate::service::{Caller, HallService, moment, read_failed};
use crate::store::Period;
use crate::store::booked::BookingsOfDay;

/// Overdue cases in the list, at most.
const MAX_LISTED: u32 = 200;
/// The longest period, in days: ten years.
const MAX_DAYS: i32 = 3700;

/// The requested period; by default this month, and all halls of the caller.
///
/// # Errors
/// An unknown hall or one of others, an invalid date, or an end before the start.
pub fn period(
    service: &HallService,
    me: &Caller,
    hall: Option<HallId>,
    from: Option<&str>,
    to: Option<&str>,
) -> Result<Period, Refusal> {
    let setup = service.live_state().setup().clone();
    let in_hall = match &hall {
        Some(id) => Some(setup.setup.hall(id).ok_or(Refusal::UnknownHall)?),
        None => setup.setup.halls.first(),
    };
    let halls = match &hall {
        Some(id) => {
            service.require(me, Action::ReadFigures, &Subject::Hall(id))?;
            vec![id.clone()]
        }
        None => service.clerk(me)?.halls,
    };
    let today = moment(in_hall, service.clock.now()).day;
    let day = |name: &str, text: Option<&str>, default: Date| match text {
        None | Some("") => Ok(default),
        Some(text) => text
            .parse::<Date>()
            .map_err(|_| Refusal::BadRequest(format!("{name}: expected YYYY-MM-DD"))),
    };
    let from = day("from", from, today.first_of_month())?;
    let to = day("to", to, today)?;
    if to < from || (to - from).get_days() > MAX_DAYS {
        return Err(Refusal::BadRequest(
            "from, to: expected a period of at most ten years".to_owned(),
        ));
    }
    Ok(Period { hall, halls, from, to })
}

/// The figures of a period.
///
/// # Errors
/// When the database cannot be read.
pub async fn figures(
    service: &HallService,
    role: Role,
    period: Period,
) -> Result<Figures, Refusal> {
    let reader = &service.reader;
    let (setup, calendar) = {
        let live_state = service.live_state();
        (live_state.setup().setup.clone(), live_state.calendar().calendar.clone())
    };
    let today = moment(setup.halls.first(), service.clock.now()).day;
    let states = reader.figures_by_state(&period).await.map_err(read_failed)?;
    let by_subject = reader.figures_by_subject(&period).await.map_err(read_failed)?;
    let by_department = reader.figures_by_department(&period).await.map_err(read_failed)?;
    let by_day = reader.figures_by_day(&period).await.map_err(read_failed)?;
    let by_booking = reader.bookings_by_day(&period).await.map_err(read_failed)?;
    let prints = prints(service, &setup, &period).await?;
    let applications = application_figures::by_way(service, &period).await?;
    let wrong_fields = application_figures::wrong_fields(service, &setup, &period).await?;
    let checked = period.hall.clone().map_or_else(|| period.halls.clone(), |hall| vec![hall]);
    let checks = checks::in_halls(service, &checked).await?;
    let late = reader.late(&period.halls, today, MAX_LISTED).await.map_err(read_failed)?;
    let open = reader.steps_by_day(&period.halls).await.map_err(read_failed)?;
    let (late_cases, late_by_subject) = late;
    let matters: Vec<MatterFigures> = by_subject
        .into_iter()
        .map(|row| MatterFigures {
            name: subject_name(&setup, &row.subject),
            late: late_by_subject
                .iter()
                .find(|(id, _)| *id == row.subject)
                .map_or(0, |(_, many)| *many),
            subject: row.subject,
            accepted: row.accepted,
            decided: row.decided,
            on_time: row.on_time,
            mean_days: row.mean_days,
            promised_days: row.promised_days,
        })
        .collect();
    let departments = setup
        .departments
        .iter()
        .map(|department| {
            let open_here = open.iter().filter(|(id, ..)| *id == department.id);
            let decided = by_department.iter().find(|row| row.department == department.id);
            let today = today.to_string();
            DepartmentFigures {
                department: department.id.clone(),
                name: department.name.clone(),
                open: open_here.clone().map(|(_, _, many)| many).sum(),
                late: open_here.filter(|(_, due, _)| *due < today).map(|(_, _, many)| many).sum(),
                decided: decided.map_or(0, |row| row.decided),
                on_time: decided.map_or(0, |row| row.on_time),
                mean_days: decided.and_then(|row| row.mean_days),
                mean_limit: decided.and_then(|row| row.mean_limit),
            }
        })
        .collect();
    Ok(Figures {
        role,
        hall: period.hall,
        from: period.from.to_string(),
        to: period.to.to_string(),
        states,
        decided: matters.iter().map(|row| row.decided).sum(),
        on_time: matters.iter().map(|row| row.on_time).sum(),
        late_now: late_by_subject.iter().map(|(_, many)| many).sum(),
        matters,
        departments,
        late: late_cases
            .iter()
            .flat_map(|case| late_steps(&setup, &calendar, case, today))
            .collect(),
        days: days(by_day.0, by_day.1),
        bookings: bookings(by_booking),
        checks,
        prints,
        applications,
        wrong_fields,
    })
}

/// What people printed by themselves, by kind and statement.
async fn prints(
    service: &HallService,
    setup: &Setup,
    period: &Period,
) -> Result<Vec<PrintFigures>, Refusal> {
    let days = (period.from, period.to);
    let rows = service.reader.print_figures(&period.halls, days).await.map_err(read_failed)?;
    let mut figures: Vec<PrintFigures> = Vec::new();
    for row in rows {
        let Ok(kind) = row.kind.parse::<PrintKind>() else { continue };
        let name = match &row.statement {
            Some(id) => {
                let hall = setup.hall(&row.hall.as_str().into());
                let known = hall.and_then(|hall| hall.statement(&id.as_str().into()));
                known.map_or_else(|| Text::from(id.as_str()), |known| known.name.clone())
            }
            None => kind.name(),
        };
        let documents = u32::try_from(row.documents).unwrap_or(u32::MAX);
        let pages = u32::try_from(row.pages).unwrap_or(u32::MAX);
        let (done, failed) = if row.state == "confirmed" { (documents, 0) } else { (0, documents) };
        match figures.iter_mut().find(|known| known.kind == kind && known.name == name) {
            Some(known) => {
                known.documents += done;
                known.pages += pages;
                known.failed += failed;
            }
            None => figures.push(PrintFigures { kind, name, documents: done, pages, failed }),
        }
    }
    Ok(figures)
}

fn subject_name(setup: &Setup, id: &str) -> Text {
    let found = setup.halls.iter().find_map(|hall| {
        let matter = hall.matter(&id.into()).map(|matter| &matter.name);
        matter.or_else(|| hall.bundle(&id.into()).map(|bundle| &bundle.name))
    });
    found.cloned().unwrap_or_else(|| Text::from(id))
}

/// The active steps of an overdue case.
fn late_steps(setup: &Setup, calendar: &Calendar, case: &Case, today: Date) -> Vec<LateStep> {
    let Some(due) = case.due else { return Vec::new() };
    let days = calendar.left(today, due.date).unsigned_abs();
    let steps = case.parts.iter().flat_map(|part| &part.steps);
    steps
        .filter(|step| step.state.is_in_hand() && step.state != StepState::Waiting)
        .map(|step| LateStep {
            step: StepRef { case: case.id, step: step.id },
            number: case.number.to_string(),
            name: case.name.clone(),
            what: step.name.clone(),
            department: setup.department_name(&step.department),
            reviewer: step
                .reviewer
                .as_ref()
                .and_then(|id| setup.clerk(id))
                .map(|clerk| clerk.name.clone()),
            due: due.date.to_string(),
            days: u32::try_from(days).unwrap_or(u32::MAX),
        })
        .collect()
}

fn bookings(found: Vec<BookingsOfDay>) -> Vec<BookingFigures> {
    let mut days: BTreeMap<String, BookingFigures> = BTreeMap::new();
    for BookingsOfDay { day, state, count } in found {
        let of_day = days.entry(day.clone()).or_default();
        of_day.day = day;
        match state {
            BookingState::Booked => of_day.booked += count,
            BookingState::CheckedIn => of_day.checked_in += count,
            BookingState::NotCome => of_day.not_come += count,
            BookingState::Cancelled => of_day.cancelled += count,
            // Nobody booked by them.
            BookingState::Held | BookingState::Expired => {}
        }
    }
    days.into_values().collect()
}

fn days(accepted: Vec<crate::store::ByDay>, decided: Vec<crate::store::ByDay>) -> Vec<DayFigures> {
    let mut days: BTreeMap<String, (u32, u32)> = BTreeMap::new();
    for row in accepted {
        days.entry(row.day).or_default().0 = row.count;
    }
    for row in decided {
        days.entry(row.day).or_default().1 = row.count;
    }
    days.into_iter()
        .map(|(day, (accepted, decided))| DayFigures { day, accepted, decided })
        .collect()
}
