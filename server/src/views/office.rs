//! What lies in the office.

use std::collections::BTreeMap;

use jiban_app::api::office::{DepartmentLoad, DepartmentName, OfficeNow, StepShown, Steps};
use jiban_app::api::session::SignedIn;
use jiban_domain::calendar::Calendar;
use jiban_domain::case::{Colour, StepRef};
use jiban_domain::setup::{CaseRules, Setup};
use jiban_domain::{DepartmentId, Refusal};
use jiff::ToSpan as _;
use jiff::civil::Date;

use super::{case, count};
use crate::service::{HallService, Reviewer, moment, unread};
use crate::store::{StepAfter, StepRow, StepsWanted};

/// Steps in one answer, at most, and where nothing was said.
const MOST: u32 = 200;
const USUAL: u32 = 50;
/// Steps in a snapshot of the page.
const SHOWN: u32 = 100;

/// Which steps are asked for.
#[derive(Debug, Clone, Default)]
pub struct StepsAsked {
    /// Of this department alone.
    pub department: Option<DepartmentId>,
    /// Of this colour alone.
    pub colour: Option<Colour>,
    /// The asker's own alone.
    pub mine: bool,
    /// Behind the place an answer told.
    pub after: Option<String>,
    /// At most so many.
    pub limit: Option<u32>,
}

/// The asker's departments, as the hall file has them now.
fn departments(setup: &Setup, me: &Reviewer) -> Vec<DepartmentId> {
    let listed = setup.departments.iter().map(|department| department.id.clone());
    listed.filter(|id| me.sees(id)).collect()
}

/// Steps of the asker's departments, the reddest first.
///
/// # Errors
/// A department that is not theirs, or a place that no answer told.
pub async fn steps(
    service: &HallService,
    me: &Reviewer,
    asked: &StepsAsked,
) -> Result<Steps, Refusal> {
    let (setup, calendar) = described(service);
    let mut wanted_of = departments(&setup, me);
    if let Some(one) = &asked.department {
        if !wanted_of.contains(one) {
            return Err(jiban_domain::case::CaseRefusal::NotYourDepartment.into());
        }
        wanted_of = vec![one.clone()];
    }
    let today = today(service, &setup);
    let limit = asked.limit.unwrap_or(USUAL).clamp(1, MOST);
    let (from, to) = match asked.colour {
        Some(colour) => days_of(colour, &calendar, &rules(&setup), today),
        None => (String::new(), String::new()),
    };
    let wanted = StepsWanted {
        from,
        to,
        reviewer: asked.mine.then(|| me.0.id.clone()),
        halls: me.0.halls.clone(),
        after: asked.after.as_deref().map(place).transpose()?,
        limit: limit + 1,
    };
    let mut rows = service.reader.steps_in_hand(&wanted_of, &wanted).await.map_err(unread)?;
    let more = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    let next = rows.last().filter(|_| more).map(|row| written(&row.place));
    let steps = rows.iter().filter_map(|row| shown(&setup, &calendar, me, today, row));
    Ok(Steps { steps: steps.collect(), next })
}

fn described(service: &HallService) -> (Setup, Calendar) {
    let live_state = service.live_state();
    (live_state.setup().setup.clone(), live_state.calendar().calendar.clone())
}

/// The day in the first hall: departments decide for all of them.
fn today(service: &HallService, setup: &Setup) -> Date {
    moment(setup.halls.first(), service.clock.now()).day
}

fn rules(setup: &Setup) -> CaseRules {
    setup.halls.first().map(|hall| hall.cases.clone()).unwrap_or_default()
}

/// The deadlines that have a colour today: first and last day.
fn days_of(
    colour: Colour,
    calendar: &Calendar,
    rules: &CaseRules,
    today: Date,
) -> (String, String) {
    let last = |days: u16| calendar.due(today, days, &[]).date;
    let after = |day: Date| day.checked_add(1.day()).unwrap_or(day).to_string();
    // With no day left the deadline is today, worked or not.
    let red = if rules.red_days == 0 { today } else { last(rules.red_days) };
    let yellow = if rules.yellow_days == 0 { red } else { last(rules.yellow_days) };
    match colour {
        Colour::Red => (String::new(), red.to_string()),
        Colour::Yellow => (after(red), yellow.to_string()),
        Colour::Green => (after(yellow), String::new()),
    }
}

fn written(place: &StepAfter) -> String {
    format!("{}_{}_{}", place.due, place.case, place.step)
}

fn place(written: &str) -> Result<StepAfter, Refusal> {
    let wrong = || Refusal::BadRequest("after: what an answer told as `next` is wanted".to_owned());
    let mut parts = written.split('_');
    let (Some(due), Some(case), Some(step), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(wrong());
    };
    let due = due.parse::<Date>().map_err(|_| wrong())?.to_string();
    Ok(StepAfter {
        due,
        case: case.parse().map_err(|_| wrong())?,
        step: step.parse().map_err(|_| wrong())?,
    })
}

fn shown(
    setup: &Setup,
    calendar: &Calendar,
    me: &Reviewer,
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
        mine: reviewer == Some(&me.0.id),
        due: Some(due.date.to_string()),
        due_provisional: due.provisional,
        colour: Colour::of(left, &case::rules(setup, &row.case)),
        days_left: left,
        opened_at: step.opened.map_or(0, |at| at.at),
    })
}

/// All that the office's page shows.
///
/// # Errors
/// When it cannot be read.
pub async fn office_now(
    service: &HallService,
    me: &Reviewer,
    clerk: SignedIn,
) -> Result<OfficeNow, Refusal> {
    let (setup, calendar) = described(service);
    let (today, rules) = (today(service, &setup), rules(&setup));
    let mine = departments(&setup, me);
    let counted = service.reader.steps_by_day(&me.0.halls).await.map_err(unread)?;
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
    let wanted = StepsWanted { halls: me.0.halls.clone(), limit: SHOWN, ..StepsWanted::default() };
    let rows = service.reader.steps_in_hand(&mine, &wanted).await.map_err(unread)?;
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
    })
}
