//! Rows become a live state: at the start, and after a failed write.

use std::sync::Arc;

use jiban_domain::chain::{self, Link};
use jiban_domain::event::{EventKind, TicketEvent};
use jiban_domain::setup::Setup;
use jiban_domain::slip::Slip;
use jiban_domain::ticket::moves::REOPENED_WITHIN;
use jiban_domain::ticket::{Ticket, TicketState, label};
use jiban_domain::{CaseId, HallId, Millis, TicketId};
use jiff::civil::Date;
use serde::Deserialize;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use super::clock::{ClockSettings, WrongFuture};
use super::rows::{self, ticket_columns, unreadable};
use super::{Store, StoreError, bookings, loaded_drafts, loaded_prints, loaded_terminals, older};
use crate::change::{CalendarVersion, Change, Job, Session, SetupVersion};
use crate::live_state::{Called, LiveState};

/// Past visits from which the estimate of the wait learns at the start.
const VISITS_LEARNED: i64 = 5_000;
const CALLS_SHOWN: i64 = 12;
const DAY_MS: Millis = 24 * 60 * 60 * 1000;

/// Where the writer continues.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Next {
    /// The next ticket's id.
    pub ticket: i64,
    /// The next event's id.
    pub event: i64,
    /// The next print job's id.
    pub job: i64,
    /// The next case's id.
    pub case: i64,
    /// The next booking's id.
    pub booking: i64,
    /// The next draft's id.
    pub draft: i64,
    /// The day in the last case's number.
    pub case_day: Date,
    /// How many case numbers were given on that day.
    pub cases_today: u32,
    /// The end of the trail.
    pub link: Link,
}

/// What was loaded.
#[derive(Debug)]
pub struct Loaded {
    pub live_state: LiveState,
    pub next: Next,
    /// Rows that cannot be read and are not needed: each in words.
    pub set_aside: Vec<String>,
}

impl Store {
    /// Loads the live state from the rows.
    ///
    /// # Errors
    /// When they cannot be read.
    pub async fn load(&mut self, now: Millis) -> Result<Loaded, StoreError> {
        let loaded = load(&mut self.writer, now).await?;
        for row in &loaded.set_aside {
            tracing::error!("a row that cannot be read was set aside: {row}");
        }
        Ok(loaded)
    }
}

/// Loads the live state from the rows.
pub(super) async fn load(rows: &mut SqliteConnection, now: Millis) -> Result<Loaded, StoreError> {
    let mut live_state = LiveState::new(Arc::new(setup(rows).await?));
    learned(rows, &mut live_state).await?;
    let settings = ClockSettings::read(rows).await?;
    live_state.not_measured_before(settings.last_tickets_before());
    let mut set_aside = loaded_terminals::load(rows, &mut live_state).await?;
    standing(rows, &mut live_state, &settings).await?;
    let halls: Vec<HallId> =
        live_state.setup().setup.halls.iter().map(|hall| hall.id.clone()).collect();
    for hall in &halls {
        ended_today(rows, &mut live_state, hall, (now, settings.wrong_future(hall))).await?;
        calls(rows, &mut live_state, hall).await?;
    }
    cases_of_standing(rows, &mut live_state).await?;
    calendar(rows, &mut live_state).await?;
    bookings::load(rows, &mut live_state).await?;
    loaded_drafts::load(rows, &mut live_state).await?;
    set_aside.extend(sessions(rows, &mut live_state, now).await?);
    set_aside.extend(jobs(rows, &mut live_state, now).await?);
    set_aside.extend(loaded_prints::load(rows, &mut live_state, now).await?);
    let next = next(rows).await?;
    Ok(Loaded { live_state, next, set_aside })
}

pub(super) async fn setup(rows: &mut SqliteConnection) -> Result<SetupVersion, StoreError> {
    let last: Option<(i64, i64, String, String)> = sqlx::query_as(
        "SELECT version, at, by, document FROM setups ORDER BY version DESC LIMIT 1",
    )
    .fetch_optional(rows)
    .await?;
    let Some((version, at, by, document)) = last else {
        return Ok(SetupVersion { version: 0, setup: Setup::default(), at: 0, by: String::new() });
    };
    let setup = older::read(&document)
        .map_err(|error| unreadable(&format!("setups.document of version {version}: {error}")))?;
    Ok(SetupVersion { version, setup, at, by })
}

async fn standing(
    rows: &mut SqliteConnection,
    live_state: &mut LiveState,
    settings: &ClockSettings,
) -> Result<(), StoreError> {
    let tickets = sqlx::query(concat!(
        "SELECT ",
        ticket_columns!(),
        " FROM tickets t \
         WHERE t.state IN ('waiting', 'called', 'serving', 'on_hold', 'missed')"
    ))
    .fetch_all(&mut *rows)
    .await?;
    for row in &tickets {
        let ticket = rows::ticket(row)?;
        if let Some(day) = settings.kept_until(&ticket) {
            live_state.keep_until(ticket.id, day);
        }
        live_state.apply(&Change::Ticket(Arc::new(ticket)));
    }
    let happened: Vec<(i64, Millis, String)> = sqlx::query_as(
        // A join would scan the whole trail in the order of its ids.
        "SELECT e.ticket, e.at, e.kind FROM events e WHERE e.ticket IN (SELECT id FROM tickets \
         WHERE state IN ('waiting', 'called', 'serving', 'on_hold', 'missed')) ORDER BY e.id",
    )
    .fetch_all(&mut *rows)
    .await?;
    for (ticket, at, kind) in happened {
        if let Some(EventKind::Ticket(kind)) = EventKind::parse(&kind) {
            live_state.remember_happened(TicketId(ticket), at, kind);
        }
    }
    Ok(())
}

async fn ended_today(
    rows: &mut SqliteConnection,
    live_state: &mut LiveState,
    hall: &HallId,
    (now, wrong): (Millis, Option<WrongFuture>),
) -> Result<(), StoreError> {
    let (tickets_before, after_day) =
        wrong.map_or((0, String::new()), |wrong| (wrong.tickets_before, wrong.after_day));
    let tickets = sqlx::query(concat!(
        "SELECT ",
        ticket_columns!(),
        " FROM tickets t WHERE t.hall = $1 \
         AND t.day = (SELECT MAX(day) FROM tickets WHERE hall = $1 \
         AND NOT (id < $2 AND day > $3)) \
         AND t.state IN ('finished', 'cancelled')"
    ))
    .bind(hall.as_str())
    .bind(tickets_before)
    .bind(after_day)
    .fetch_all(&mut *rows)
    .await?;
    let mut recent = Vec::new();
    for row in &tickets {
        let ticket = rows::ticket(row)?;
        live_state.count_ended(&ticket);
        let finished = ticket.ended_at.filter(|_| ticket.state == TicketState::Finished);
        if finished.is_some_and(|at| now - at <= REOPENED_WITHIN) {
            recent.push(ticket);
        }
    }
    // Of each counter the last one stays.
    recent.sort_unstable_by_key(|ticket| (ticket.ended_at, ticket.id));
    for ticket in recent {
        let happened = events_of(rows, &ticket).await?;
        live_state.remember_finished(ticket, happened);
    }
    Ok(())
}

async fn events_of(
    rows: &mut SqliteConnection,
    ticket: &Ticket,
) -> Result<Vec<(Millis, TicketEvent)>, StoreError> {
    let happened: Vec<(Millis, String)> =
        sqlx::query_as("SELECT at, kind FROM events WHERE ticket = $1 ORDER BY id")
            .bind(ticket.id.0)
            .fetch_all(rows)
            .await?;
    let known = happened.into_iter().filter_map(|(at, kind)| match EventKind::parse(&kind) {
        Some(EventKind::Ticket(kind)) => Some((ticket.happened_at(kind, at), kind)),
        _ => None,
    });
    Ok(known.collect())
}

async fn learned(
    rows: &mut SqliteConnection,
    live_state: &mut LiveState,
) -> Result<(), StoreError> {
    let tickets = sqlx::query(concat!(
        "SELECT ",
        ticket_columns!(),
        " FROM tickets t WHERE t.id > (SELECT COALESCE(MAX(id), 0) - $1 FROM tickets) \
         AND t.state = 'finished' ORDER BY t.id"
    ))
    .bind(VISITS_LEARNED)
    .fetch_all(rows)
    .await?;
    for row in &tickets {
        live_state.learn(&rows::ticket(row)?);
    }
    Ok(())
}

/// The cases opened from tickets that can still move.
async fn cases_of_standing(
    rows: &mut SqliteConnection,
    live_state: &mut LiveState,
) -> Result<(), StoreError> {
    let found: Vec<(i64, i64, String)> = sqlx::query_as(
        "SELECT c.ticket, c.id, c.number FROM cases c WHERE c.ticket IN (SELECT id FROM tickets \
         WHERE state IN ('waiting', 'called', 'serving', 'on_hold', 'missed')) ORDER BY c.id",
    )
    .fetch_all(rows)
    .await?;
    for (ticket, case, number) in found {
        live_state.remember_case(TicketId(ticket), CaseId(case), number);
    }
    Ok(())
}

/// The calendar imported last, if any.
async fn calendar(
    rows: &mut SqliteConnection,
    live_state: &mut LiveState,
) -> Result<(), StoreError> {
    let last: Option<(i64, i64, String, String)> = sqlx::query_as(
        "SELECT version, at, by, document FROM calendars ORDER BY version DESC LIMIT 1",
    )
    .fetch_optional(rows)
    .await?;
    if let Some((version, at, by, document)) = last {
        let calendar = serde_json::from_str(&document)
            .map_err(|error| unreadable(&format!("calendars.document: {error}")))?;
        let version = CalendarVersion { version, calendar, at, by };
        live_state.apply(&Change::Calendar(Arc::new(version)));
    }
    Ok(())
}

#[derive(Deserialize)]
struct CallDetail {
    counter: String,
}

async fn calls(
    rows: &mut SqliteConnection,
    live_state: &mut LiveState,
    hall: &HallId,
) -> Result<(), StoreError> {
    let calls: Vec<(i64, Millis, i64, String, String, u32)> = sqlx::query_as(
        "SELECT e.id, e.at, t.id, e.detail, t.letter, t.number \
         FROM events e JOIN tickets t ON t.id = e.ticket \
         WHERE e.kind IN ('TicketCalled', 'TicketRecalled') AND (e.id IN (SELECT id FROM events \
         WHERE hall = $1 AND kind IN ('TicketCalled', 'TicketRecalled') \
         ORDER BY id DESC LIMIT $2) OR e.ticket IN (SELECT id FROM tickets WHERE hall = $1 \
         AND state IN ('waiting', 'called', 'serving', 'on_hold', 'missed') \
         AND state = 'called')) ORDER BY e.id DESC",
    )
    .bind(hall.as_str())
    .bind(CALLS_SHOWN)
    .fetch_all(rows)
    .await?;
    for (seq, at, ticket, detail, letter, number) in calls.into_iter().rev() {
        let detail: CallDetail = serde_json::from_str(&detail)
            .map_err(|error| unreadable(&format!("events.detail of {seq}: {error}")))?;
        let letter = letter.chars().next().unwrap_or('?');
        live_state.remember_call(
            hall,
            Called {
                seq,
                ticket: TicketId(ticket),
                number: label(letter, number),
                counter: detail.counter.as_str().into(),
                at,
            },
        );
    }
    Ok(())
}

/// Sessions. One that cannot be read only means that somebody has to sign in again, so it is
/// returned in words and does not stop the hall.
async fn sessions(
    rows: &mut SqliteConnection,
    live_state: &mut LiveState,
    now: Millis,
) -> Result<Vec<String>, StoreError> {
    let sessions = sqlx::query(
        "SELECT rowid, key, clerk, counter, begun_at, ends_at FROM sessions WHERE ends_at > $1",
    )
    .bind(now)
    .fetch_all(rows)
    .await?;
    let mut set_aside = Vec::new();
    for row in &sessions {
        match session(row) {
            Ok(session) => live_state.apply(&Change::SessionBegun(session)),
            Err(error) => set_aside.push(named("sessions", row, &error)),
        }
    }
    Ok(set_aside)
}

fn session(row: &SqliteRow) -> Result<Session, StoreError> {
    let key: Vec<u8> = row.try_get(1)?;
    Ok(Session {
        key: key.try_into().map_err(|_| unreadable("sessions.key is not 32 bytes"))?,
        clerk: row.try_get::<String, _>(2)?.as_str().into(),
        counter: row.try_get::<Option<String>, _>(3)?.as_deref().map(Into::into),
        begun_at: row.try_get(4)?,
        ends_at: row.try_get(5)?,
    })
}

/// Slips of the last day; likewise.
async fn jobs(
    rows: &mut SqliteConnection,
    live_state: &mut LiveState,
    now: Millis,
) -> Result<Vec<String>, StoreError> {
    let jobs = sqlx::query(
        "SELECT j.id, j.ticket, t.token, j.kiosk, j.state, j.slip, j.at, j.changed_at, t.hall \
         FROM print_jobs j JOIN tickets t ON t.id = j.ticket WHERE j.at > $1",
    )
    .bind(now - DAY_MS)
    .fetch_all(rows)
    .await?;
    let mut set_aside = Vec::new();
    for row in &jobs {
        match job(row) {
            Ok(job) => live_state.apply(&Change::Job(Arc::new(job))),
            Err(error) => set_aside.push(named("print_jobs", row, &error)),
        }
    }
    Ok(set_aside)
}

fn job(row: &SqliteRow) -> Result<Job, StoreError> {
    let slip: Slip = serde_json::from_str(&row.try_get::<String, _>(5)?)
        .map_err(|error| unreadable(&format!("print_jobs.slip: {error}")))?;
    Ok(Job {
        id: row.try_get(0)?,
        hall: row.try_get::<String, _>(8)?.as_str().into(),
        ticket: TicketId(row.try_get(1)?),
        token: rows::token(row.try_get(2)?)?,
        kiosk: row.try_get::<String, _>(3)?.as_str().into(),
        state: rows::job_state(&row.try_get::<String, _>(4)?)?,
        slip: Arc::new(slip),
        at: row.try_get(6)?,
        changed_at: row.try_get(7)?,
    })
}

fn named(table: &str, row: &SqliteRow, error: &StoreError) -> String {
    format!("table {table}, row {}: {error}", row.try_get::<i64, _>(0).unwrap_or_default())
}

/// The last case's id, and the day and count in its number.
async fn last_case(rows: &mut SqliteConnection) -> Result<(i64, Date, u32), StoreError> {
    let last: Option<(i64, String)> =
        sqlx::query_as("SELECT id, number FROM cases ORDER BY id DESC LIMIT 1")
            .fetch_optional(rows)
            .await?;
    let Some((id, number)) = last else { return Ok((0, Date::MIN, 0)) };
    let wrong = || unreadable(&format!("cases.number {number} cannot be read"));
    let day = number.get(..6).ok_or_else(wrong)?;
    let day = Date::strptime("%Y%m%d", format!("20{day}")).map_err(|_| wrong())?;
    let count = number.get(6..11).and_then(|count| count.parse().ok()).ok_or_else(wrong)?;
    Ok((id, day, count))
}

async fn next(rows: &mut SqliteConnection) -> Result<Next, StoreError> {
    let last: Option<(i64, Vec<u8>)> =
        sqlx::query_as("SELECT id, link FROM events ORDER BY id DESC LIMIT 1")
            .fetch_optional(&mut *rows)
            .await?;
    let (ticket, job): (i64, i64) = sqlx::query_as(
        "SELECT (SELECT COALESCE(MAX(id), 0) FROM tickets), \
         (SELECT COALESCE(MAX(id), 0) FROM print_jobs)",
    )
    .fetch_one(&mut *rows)
    .await?;
    let (case, case_day, cases_today) = last_case(&mut *rows).await?;
    let (event, link) = match last {
        Some((id, link)) => {
            let link = link.try_into().map_err(|_| unreadable("events.link is not 32 bytes"))?;
            (id, link)
        }
        None => (0, chain::START),
    };
    Ok(Next {
        ticket: ticket + 1,
        event: event + 1,
        job: job + 1,
        case: case + 1,
        booking: bookings::next(&mut *rows).await?,
        draft: loaded_drafts::next(&mut *rows).await?,
        case_day,
        cases_today,
        link,
    })
}
