//! Cases, persons and results become rows.

use jiban_domain::case::{ResultDocument, StepState};
use jiban_domain::{CaseId, ClerkId, Millis};
use jiff::civil::Date;
use serde::Serialize;
use sqlx::SqliteConnection;

use crate::change::{CalendarVersion, CaseRow, Person};
use crate::store::StoreError;

fn json(value: &impl Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::Unreadable(error.to_string()))
}

fn day(date: Date) -> String {
    date.to_string()
}

/// A case, its steps that came to their turn, and its documents.
pub(in crate::store) async fn case(
    rows: &mut SqliteConnection,
    row: &CaseRow,
) -> Result<(), StoreError> {
    let case = &row.case;
    sqlx::query(
        "INSERT INTO cases (id, number, token, hall, ticket, subject, clerk, state, opened_day, \
         accepted_day, due_day, due_provisional, late, decided_at, decided_day, promised_days, \
         days_used, look_on, erase_on, document) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, \
         $19, $20) \
         ON CONFLICT (id) DO UPDATE SET clerk = excluded.clerk, state = excluded.state, \
         accepted_day = excluded.accepted_day, due_day = excluded.due_day, \
         due_provisional = excluded.due_provisional, late = excluded.late, \
         decided_at = excluded.decided_at, decided_day = excluded.decided_day, \
         days_used = excluded.days_used, look_on = excluded.look_on, \
         erase_on = excluded.erase_on, document = excluded.document",
    )
    .bind(case.id.0)
    .bind(case.number.as_str())
    .bind(case.token.0.as_slice())
    .bind(case.hall.as_str())
    .bind(case.ticket.map(|ticket| ticket.0))
    .bind(case.subject.id())
    .bind(case.clerk.as_str())
    .bind(case.state.into_str())
    .bind(day(case.opened.day))
    .bind(case.accepted.map(|at| day(at.day)))
    .bind(case.due.map(|due| day(due.date)))
    .bind(case.due.is_some_and(|due| due.provisional))
    .bind(case.late)
    .bind(case.decided.map(|at| at.at))
    .bind(case.decided.map(|at| day(at.day)))
    .bind(case.promised_days)
    .bind(row.days_used)
    .bind(row.check_on.map(day))
    .bind(row.erase_on.map(day))
    .bind(&row.document)
    .execute(&mut *rows)
    .await?;
    steps(rows, row).await?;
    for result in &case.results {
        let part = case.parts.iter().find(|part| part.matter == result.matter);
        let matter = part.map_or(&case.name, |part| &part.name);
        issued(rows, case.id, &json(matter)?, result).await?;
    }
    Ok(())
}

async fn steps(rows: &mut SqliteConnection, row: &CaseRow) -> Result<(), StoreError> {
    let case = &row.case;
    for step in case.parts.iter().flat_map(|part| &part.steps) {
        let Some(opened) = step.opened else { continue };
        if step.state == StepState::Waiting {
            continue;
        }
        let used = row.step_days.iter().find(|(id, _)| *id == step.id).map(|(_, days)| *days);
        sqlx::query(
            "INSERT INTO case_steps (case_id, step, hall, department, reviewer, state, \
             opened_day, due_day, done_day, days_limit, days_used, late) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) \
             ON CONFLICT (case_id, step) DO UPDATE SET department = excluded.department, \
             reviewer = excluded.reviewer, state = excluded.state, due_day = excluded.due_day, \
             done_day = excluded.done_day, days_used = excluded.days_used, late = excluded.late",
        )
        .bind(case.id.0)
        .bind(step.id)
        .bind(case.hall.as_str())
        .bind(step.department.as_str())
        .bind(step.reviewer.as_ref().map(ClerkId::as_str))
        .bind(step.state.into_str())
        .bind(day(opened.day))
        .bind(step.due.map(|due| day(due.date)))
        .bind(step.done.map(|at| day(at.day)))
        .bind(if step.days == 0 { case.promised_days } else { step.days })
        .bind(used)
        .bind(step.late)
        .execute(&mut *rows)
        .await?;
    }
    Ok(())
}

async fn issued(
    rows: &mut SqliteConnection,
    case: CaseId,
    matter: &str,
    result: &ResultDocument,
) -> Result<(), StoreError> {
    let revoked = result.revoked.as_ref().map(|revoked| day(revoked.on));
    sqlx::query(
        "INSERT INTO results (code, case_id, matter, document, issuer, issued_on, revoked_on) \
         VALUES ($1, $2, $3, $4, $5, $6, $7) \
         ON CONFLICT (code) DO UPDATE SET revoked_on = excluded.revoked_on",
    )
    .bind(result.code.0.as_slice())
    .bind(case.0)
    .bind(matter)
    .bind(json(&result.name)?)
    .bind(json(&result.issuer_name)?)
    .bind(day(result.issued_on))
    .bind(revoked)
    .execute(rows)
    .await?;
    Ok(())
}

pub(in crate::store) async fn person(
    rows: &mut SqliteConnection,
    person: &Person,
) -> Result<(), StoreError> {
    let kind = match person.kind {
        jiban_domain::case::ApplicantKind::Person => "person",
        jiban_domain::case::ApplicantKind::Business => "business",
    };
    sqlx::query(
        "INSERT INTO persons (case_id, kind, name, number, telephone, number_key) \
         VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT (case_id) DO UPDATE SET name = excluded.name, number = excluded.number, \
         telephone = excluded.telephone",
    )
    .bind(person.case.0)
    .bind(kind)
    .bind(&person.name)
    .bind(&person.number)
    .bind(&person.telephone)
    .bind(person.number_key.as_slice())
    .execute(rows)
    .await?;
    Ok(())
}

/// Erases a person: nothing is left that could be opened or found again.
pub(in crate::store) async fn erase(
    rows: &mut SqliteConnection,
    case: CaseId,
) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE persons SET name = NULL, number = NULL, telephone = NULL, number_key = NULL \
         WHERE case_id = $1",
    )
    .bind(case.0)
    .execute(&mut *rows)
    .await?;
    sqlx::query("DELETE FROM files WHERE case_id = $1").bind(case.0).execute(rows).await?;
    Ok(())
}

pub(in crate::store) async fn broken_promise(
    rows: &mut SqliteConnection,
    number_key: &[u8; 32],
    case: CaseId,
    until: Date,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO broken_promises (number_key, case_id, until) VALUES ($1, $2, $3) \
         ON CONFLICT (number_key, case_id) DO UPDATE SET until = excluded.until",
    )
    .bind(number_key.as_slice())
    .bind(case.0)
    .bind(day(until))
    .execute(rows)
    .await?;
    Ok(())
}

pub(in crate::store) async fn file(
    rows: &mut SqliteConnection,
    file: &str,
    case: CaseId,
    at: Millis,
) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO files (id, case_id, at) VALUES ($1, $2, $3)")
        .bind(file)
        .bind(case.0)
        .bind(at)
        .execute(rows)
        .await?;
    Ok(())
}

pub(in crate::store) async fn file_gone(
    rows: &mut SqliteConnection,
    file: &str,
) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM files WHERE id = $1").bind(file).execute(rows).await?;
    Ok(())
}

pub(in crate::store) async fn calendar(
    rows: &mut SqliteConnection,
    version: &CalendarVersion,
) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO calendars (version, at, by, document) VALUES ($1, $2, $3, $4)")
        .bind(version.version)
        .bind(version.at)
        .bind(&version.by)
        .bind(json(&version.calendar)?)
        .execute(rows)
        .await?;
    Ok(())
}
