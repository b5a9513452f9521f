//! Cases of past years, and those that wait in the office, written through the
//! server's own store.

use std::path::Path;

use anyhow::{Context, Result};
use jiban::change::{CaseRow, Change, Event, Person};
use jiban::hall_file;
use jiban::service::about_person;
use jiban::store::{Next, Store, document_digest};
use jiban::vault::{KeyFile, Vault};
use jiban_domain::calendar::Calendar;
use jiban_domain::case::plan::{Plan, plan};
use jiban_domain::case::reception::Opening;
use jiban_domain::case::{
    ApplicantKind, At, Case, CaseNumber, CaseState, Issuing, MaterialState, Moment, StepState,
    Subject, ToldBy,
};
use jiban_domain::event::CaseEvent;
use jiban_domain::setup::CaseRules;
use jiban_domain::{CaseId, Millis, Token};
use jiff::ToSpan as _;
use jiff::civil::Date;
use serde_json::json;
use uuid::Uuid;

/// The number of everyone in these rows: it is read back by its last four.
pub const PERSON: &str = "11010519491231002X";
/// Cases of a day, so that many of them are some years.
const PER_DAY: usize = 1_000;
const PER_COMMIT: usize = 2_000;
const DAY: Millis = 24 * 60 * 60 * 1_000;

/// Writes ended cases, and after them those that wait in the office. Returns the
/// numbers of some of them.
pub async fn write(database: &Path, ended: usize, lying: usize) -> Result<Vec<CaseNumber>> {
    let mut store = Store::open(database).await?;
    let now = jiban::clock::Clock::Machine.now();
    let mut next = store.load(now).await?.next;
    let vault = KeyFile::open(&database.with_extension("key"), true)?;
    let demo = hall_file::read(hall_file::DEMO).map_err(|_| anyhow::anyhow!("the demo hall"))?;
    let hall = demo.halls.first().context("a hall")?;
    let plan = plan(hall, &Subject::Matter("food-permit".into()))
        .map_err(|refusal| anyhow::anyhow!("{refusal}"))?;
    let today = jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date();
    let calendar = jiban::calendar_file::built_in();
    let mut numbers = Vec::new();
    let all = ended + lying;
    let days = ended.div_ceil(PER_DAY);
    for first in (0..all).step_by(PER_COMMIT) {
        let mut transaction = store.begin(next.link);
        for place in first..all.min(first + PER_COMMIT) {
            let over = place < ended;
            let ago = if over { i64::try_from(days - place / PER_DAY)? + 40 } else { 2 };
            let day = today.checked_sub(ago.days())?;
            let moment = Moment { at: now - ago * DAY, day };
            let count = if over { place % PER_DAY } else { 10_000 + place - ended };
            let made = Making { plan: &plan, calendar: &calendar, rules: &hall.cases, moment };
            let row = made.case(&mut next, count, over);
            if over && place % ended.div_ceil(1_000).max(1) == 0 {
                numbers.push(row.case.number.clone());
            }
            let person = person(&vault, &row.case);
            let event = event(&mut next, &row);
            let changes = [Change::Case(row.into()), event, Change::Person(person.into())];
            transaction.changes().extend(changes);
        }
        transaction.commit().await?;
        next.link = transaction.into_batch().link;
    }
    store.close().await;
    Ok(numbers)
}

struct Making<'a> {
    plan: &'a Plan,
    calendar: &'a Calendar,
    rules: &'a CaseRules,
    moment: Moment,
}

impl Making<'_> {
    /// A case that was accepted on its day, and decided on it too if it is over.
    fn case(&self, next: &mut Next, count: usize, over: bool) -> CaseRow {
        let Moment { at, day } = self.moment;
        let opening = Opening {
            id: CaseId(next.case),
            number: CaseNumber::new(day, u32::try_from(count).unwrap_or_default() + 1),
            token: Token(Uuid::new_v4().into_bytes()),
            hall: "main".into(),
            ticket: None,
            clerk: "clerk9".into(),
            counter: "1".into(),
            applicant: ApplicantKind::Person,
            told_by: ToldBy::Page,
        };
        next.case += 1;
        let mut case = Case::open(self.plan.clone(), opening, self.moment);
        for material in &mut case.materials {
            material.state = MaterialState::Present;
        }
        let issuing = Issuing {
            seed: *Uuid::new_v4().as_bytes().repeat(2).first_chunk().unwrap_or(&[0; 32]),
            names: vec![],
        };
        let _ = case.accept(self.calendar, &issuing, self.moment);
        if over {
            let by = "review1".into();
            while let Some(step) = in_hand(&case) {
                let now = (self.calendar, self.moment);
                if case.approve(step, &by, String::new(), &issuing, now).is_err() {
                    break;
                }
            }
            case.state = CaseState::Delivered;
            case.ended = Some(At { at, day });
        }
        let erase_on =
            over.then(|| day.saturating_add(i64::from(self.rules.person_kept_days).days()));
        CaseRow {
            document: serde_json::to_string(&case).unwrap_or_default(),
            days_used: over.then_some(0),
            step_days: vec![],
            check_on: if over { None } else { Some(Date::MAX) },
            erase_on,
            case,
        }
    }
}

fn in_hand(case: &Case) -> Option<u32> {
    let mut steps = case.parts.iter().flat_map(|part| &part.steps);
    steps.find(|step| step.state == StepState::Open).map(|step| step.id)
}

fn person(vault: &Vault, case: &Case) -> Person {
    let seal = |field: &str, text: &str| vault.seal_text(&about_person(case.token, field), text);
    Person {
        case: case.id,
        kind: ApplicantKind::Person,
        name: seal("name", "张伟"),
        number: seal("number", PERSON),
        telephone: seal("telephone", "13812345678"),
        // A hall has many visitors: each case is another's.
        number_key: vault.index("number", &case.number.to_string()),
        notes_key: None,
        agent: None,
    }
}

fn event(next: &mut Next, row: &CaseRow) -> Change {
    let id = next.event;
    next.event += 1;
    Change::Event(Event {
        id,
        at: row.case.opened.at,
        kind: CaseEvent::CaseAccepted.into(),
        hall: row.case.hall.clone(),
        ticket: None,
        case: Some(row.case.id),
        by: "clerk1".to_owned(),
        detail: json!({ "document": document_digest(&row.document) }).to_string(),
    })
}
