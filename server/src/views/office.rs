//! What the office page shows: the open steps of the reviewer's departments.

use std::collections::BTreeMap;

use jiban_app::api::office::{DepartmentLoad, DepartmentName, OfficeNow, StepShown, Steps};
use jiban_app::api::session::SignedIn;
use jiban_domain::calendar::Calendar;
use jiban_domain::case::{Colour, StepRef};
use jiban_domain::setup::{CaseRules, Clerk, Setup};
use jiban_domain::{DepartmentId, Refusal};
use jiff::ToSpan as _;
use jiff::civil::Date;

use super::{checks, count, drafts_in_hand};
use crate::service::{HallService, moment, read_failed};
use crate::store::{StepCursor, StepFilter, StepRow};

/// Limits on the steps in one answer.
const MAX_LIMIT: u32 = 200;
const DEFAULT_LIMIT: u32 = 50;
/// Steps in a snapshot of the page.
const SNAPSHOT_STEPS: u32 = 100;

/// The filter and page of a request for steps.
#[derive(Debug, Clone, Default)]
pub struct StepsQuery {
    /// Only this department.
    pub department: Option<DepartmentId>,
    pub colour: Option<Colour>,
    /// Only those the reviewer has taken.
    pub mine: bool,
    /// Where the last page ended: `next` of the previous answer.
    pub after: Option<String>,
    pub limit: Option<u32>,
}

/// The departments the reviewer may see, as set up now.
fn departments(setup: &Setup, me: &Clerk) -> Vec<DepartmentId> {
    let listed = setup.departments.iter().map(|department| department.id.clone());
    listed.filter(|id| me.sees_steps_of(id)).collect()
}

/// Steps of the reviewer's departments, most urgent first.
///
/// # Errors
/// A department that is not the reviewer's, or an invalid `after`.
pub async fn steps(
    service: &HallService,
    me: &Clerk,
    query: &StepsQuery,
) -> Result<Steps, Refusal> {
    let (setup, calendar) = setup_and_calendar(service);
    let mut in_departments = departments(&setup, me);
    if let Some(one) = &query.department {
        if !in_departments.contains(one) {
            return Err(jiban_domain::case::CaseRefusal::NotYourDepartment.into());
        }
        in_departments = vec![one.clone()];
    }
    let today = today(service, &setup);
    let limit = query.limit.unwrap_or(DEFAULT_LIMIT).clamp(1, MAX_LIMIT);
    let (from, to) = match query.colour {
        Some(colour) => days_of(colour, &calendar, &rules(&setup), today),
        None => (String::new(), String::new()),
    };
    let wanted = StepFilter {
        from,
        to,
        reviewer: query.mine.then(|| me.id.clone()),
        halls: me.halls.clone(),
        after: query.after.as_deref().map(parse_cursor).transpose()?,
        limit: limit + 1,
    };
    let mut rows =
        service.reader.steps_in_hand(&in_departments, &wanted).await.map_err(read_failed)?;
    let more = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    let next = rows.last().filter(|_| more).map(|row| cursor(&row.place));
    let steps = rows.iter().filter_map(|row| shown(&setup, &calendar, me, today, row));
    Ok(Steps { steps: steps.collect(), next })
}

fn setup_and_calendar(service: &HallService) -> (Setup, Calendar) {
    let live_state = service.live_state();
    (live_state.setup().setup.clone(), live_state.calendar().calendar.clone())
}

/// Today in the first hall: departments are shared by all halls.
fn today(service: &HallService, setup: &Setup) -> Date {
    moment(setup.halls.first(), service.clock.now()).day
}

fn rules(setup: &Setup) -> CaseRules {
    setup.halls.first().map(|hall| hall.cases.clone()).unwrap_or_default()
}

/// The first and last deadline that have this colour today.
fn days_of(
    colour: Colour,
    calendar: &Calendar,
    rules: &CaseRules,
    today: Date,
) -> (String, String) {
    let last = |days: u16| calendar.due(today, days, &[]).date;
    let after = |day: Date| day.checked_add(1.day()).unwrap_or(day).to_string();
    // With no day left the deadline is today, even if that is not a working day.
    let red = if rules.red_days == 0 { today } else { last(rules.red_days) };
    let yellow = if rules.yellow_days == 0 { red } else { last(rules.yellow_days) };
    match colour {
        Colour::Red => (String::new(), red.to_string()),
        Colour::Yellow => (after(red), yellow.to_string()),
        Colour::Green => (after(yellow), String::new()),
    }
}

fn cursor(place: &StepCursor) -> String {
    format!("{}_{}_{}", place.due, place.case, place.step)
}

fn parse_cursor(text: &str) -> Result<StepCursor, Refusal> {
    let invalid = || Refusal::BadRequest("after: expected `next` of an answer".to_owned());
    let mut parts = text.split('_');
    let (Some(due), Some(case), Some(step), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(invalid());
    };
    let due = due.parse::<Date>().map_err(|_| invalid())?.to_string();
    Ok(StepCursor {
        due,
        case: case.parse().map_err(|_| invalid())?,
        step: step.parse().map_err(|_| invalid())?,
    })
}

fn shown(
    setup: &Setup,
    calendar: &Calendar,
    me: &Clerk,
    today: Date,
    row: &StepRow,
) -> Option<StepShown> {
    let (part, step) = row.case.step(row.step).ok()?;
    let due = step.due?;
    let left = calendar.left(today, due.date);
    let reviewer = step.reviewer.as_ref();
    Some(StepShown {
        id: StepRef { case: row.case.id, step: step.id },
        case: row.case.id,
        number: row.case.number.to_string(),
        matter: part.matter.clone(),
        matter_name: part.name.clone(),
        case_name: row.case.name.clone(),
        step: step.name.clone(),
        department: step.department.clone(),
        department_name: setup.department_name(&step.department),
        hall: row.case.hall.clone(),
        state: step.state,
        reviewer: reviewer.and_then(|id| setup.clerk(id)).map(|clerk| clerk.name.clone()),
        mine: reviewer == Some(&me.id),
        due: Some(due.date.to_string()),
        due_provisional: due.provisional,
        colour: Colour::of(left, &setup.case_rules(&row.case.hall)),
        days_left: left,
        opened_at: step.opened.map_or(0, |at| at.at),
    })
}

/// The snapshot of the office page.
///
/// # Errors
/// When the database cannot be read.
pub async fn office_now(
    service: &HallService,
    me: &Clerk,
    clerk: SignedIn,
) -> Result<OfficeNow, Refusal> {
    let (setup, calendar) = setup_and_calendar(service);
    let (today, rules) = (today(service, &setup), rules(&setup));
    let mine = departments(&setup, me);
    let counted = service.reader.steps_by_day(&me.halls).await.map_err(read_failed)?;
    let mut loads: BTreeMap<&DepartmentId, DepartmentLoad> = mine
        .iter()
        .map(|id| {
            let name = setup.department_name(id);
            let none =
                DepartmentLoad { id: id.clone(), name, late: 0, red: 0, yellow: 0, green: 0 };
            (id, none)
        })
        .collect();
    let mut all = 0;
    for (department, due, steps) in &counted {
        let Some(load) = loads.get_mut(department) else { continue };
        all += steps;
        let left = due.parse::<Date>().map_or(i64::MAX, |due| calendar.left(today, due));
        let at = match Colour::of(left, &rules) {
            Colour::Red if left < 0 => &mut load.late,
            Colour::Red => &mut load.red,
            Colour::Yellow => &mut load.yellow,
            Colour::Green => &mut load.green,
        };
        *at += steps;
    }
    let wanted =
        StepFilter { halls: me.halls.clone(), limit: SNAPSHOT_STEPS, ..StepFilter::default() };
    let rows = service.reader.steps_in_hand(&mine, &wanted).await.map_err(read_failed)?;
    let steps = rows.iter().filter_map(|row| shown(&setup, &calendar, me, today, row)).collect();
    let departments = mine.iter().filter_map(|id| loads.remove(id)).collect();
    let named = |one: &jiban_domain::setup::Department| DepartmentName {
        id: one.id.clone(),
        name: one.name.clone(),
    };
    Ok(OfficeNow {
        clerk,
        time_zone: setup.halls.first().map(|hall| hall.time_zone.clone()).unwrap_or_default(),
        now: 0,
        departments,
        all_departments: setup.departments.iter().map(named).collect(),
        grounds: rules.pauses.iter().map(|one| (one.id.clone(), one.name.clone())).collect(),
        steps,
        count: count(all as usize),
        checks: checks::checks(service, me, None, false).await?.checks,
        drafts: drafts_in_hand::now(service, me),
    })
}
