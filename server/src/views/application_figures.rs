//! Figures of applications for the director: how they came, and what was not right in them.

use std::collections::BTreeMap;

use jiban_app::api::figures::{ApplicationFigures, CameBy, WrongField};
use jiban_domain::case::Subject;
use jiban_domain::draft::Way;
use jiban_domain::setup::{Hall, Setup};
use jiban_domain::{FieldId, Refusal, Text, form};

use crate::service::{HallService, read_failed};
use crate::store::{DraftFigure, FaultFigure, Period};

/// Fields in the list, at most.
const FIELDS: u32 = 30;
const MINUTE: u64 = 60_000;

/// The applications of a period by the way they came; a way by which none came is left out.
///
/// # Errors
/// When the database cannot be read.
pub async fn by_way(
    service: &HallService,
    period: &Period,
) -> Result<Vec<ApplicationFigures>, Refusal> {
    let rows = service.reader.draft_figures(period).await.map_err(read_failed)?;
    let without = service.reader.figures_without_drafts(period).await.map_err(read_failed)?;
    let mut ways: BTreeMap<CameBy, Vec<DraftFigure>> = BTreeMap::new();
    for row in rows {
        ways.entry(came_by(&row)).or_default().push(row);
    }
    let mut figures: Vec<_> = ways.into_iter().map(|(by, rows)| of_way(by, &rows)).collect();
    let (sent, accepted, first_time) = without;
    if sent > 0 {
        let by = CameBy::Counter;
        let (minutes, touches) = (None, None);
        figures.push(ApplicationFigures { by, sent, accepted, first_time, minutes, touches });
    }
    Ok(figures)
}

fn came_by(row: &DraftFigure) -> CameBy {
    match row.way.parse() {
        // There somebody is always beside the applicant.
        Ok(Way::Counter) => CameBy::Desk,
        _ if row.helped => CameBy::SideBySide,
        Ok(Way::Terminal) => CameBy::Terminal,
        Ok(Way::Phone) | Err(_) => CameBy::Phone,
    }
}

fn of_way(by: CameBy, rows: &[DraftFigure]) -> ApplicationFigures {
    let count = |counts: &dyn Fn(&DraftFigure) -> bool| {
        u32::try_from(rows.iter().filter(|row| counts(row)).count()).unwrap_or(u32::MAX)
    };
    // What an earlier version kept has neither.
    let counted = || rows.iter().filter(|row| row.touches > 0);
    let minutes = |row: &DraftFigure| {
        let minutes = (u64::try_from(row.filled_ms).unwrap_or(0) + MINUTE / 2) / MINUTE;
        u32::try_from(minutes).unwrap_or(u32::MAX)
    };
    ApplicationFigures {
        by,
        sent: count(&|_| true),
        accepted: count(&|row| row.outcome > 0),
        first_time: count(&|row| row.outcome == 2 && row.times_returned == 0),
        minutes: median(counted().map(minutes)),
        touches: median(counted().map(|row| row.touches)),
    }
}

fn median(numbers: impl Iterator<Item = u32>) -> Option<u32> {
    let mut numbers: Vec<u32> = numbers.collect();
    numbers.sort_unstable();
    numbers.get(numbers.len() / 2).copied()
}

/// The fields that were most often not right when somebody sent an application.
///
/// # Errors
/// When the database cannot be read.
pub async fn wrong_fields(
    service: &HallService,
    setup: &Setup,
    period: &Period,
) -> Result<Vec<WrongField>, Refusal> {
    let rows = service.reader.fault_figures(period, FIELDS).await.map_err(read_failed)?;
    let row = |row: FaultFigure| {
        let hall = setup.hall(&row.hall.as_str().into());
        let (name, field) = hall.and_then(|hall| named(hall, &row)).unwrap_or_else(|| {
            // What is no longer offered has no name any more.
            (Text::from(row.subject.as_str()), Text::from(row.field.as_str()))
        });
        WrongField { name, field, count: row.count, helped: row.helped }
    };
    Ok(rows.into_iter().map(row).collect())
}

fn named(hall: &Hall, row: &FaultFigure) -> Option<(Text, Text)> {
    let matter = hall.matter(&row.subject.as_str().into());
    let (name, subject) = if let Some(matter) = matter {
        (matter.name.clone(), Subject::Matter(matter.id.clone()))
    } else {
        let bundle = hall.bundle(&row.subject.as_str().into())?;
        (bundle.name.clone(), Subject::Bundle(bundle.id.clone()))
    };
    let form = form::of(hall, &subject).ok()?;
    let field = form.field(&FieldId::from(row.field.as_str()));
    let label = field.map_or_else(|| Text::from(row.field.as_str()), |field| field.label.clone());
    Some((name, label))
}
