//! `jiban check` for cases: the document of each row must be the one of its last event, and the
//! other columns must agree with the document.

use std::collections::HashMap;

use data_encoding::HEXUPPER;
use futures::TryStreamExt as _;
use jiban_domain::case::{Case, StepState};
use serde_json::{Value, json};
use sqlx::{Row, SqliteConnection};

use super::document_digest;
use super::write::{check_due, check_rows};
use crate::store::StoreError;
use crate::store::fingerprint::fingerprint;
use crate::store::rows::{applicant_kind, has_table};

/// Compares every case. Returns their number, or the first row that is wrong.
pub(in crate::store) async fn compare(
    connection: &mut SqliteConnection,
    mut digests: HashMap<i64, u64>,
) -> Result<Result<u64, (i64, String)>, StoreError> {
    let mut cases = 0;
    let mut written_checks = read_checks(connection).await?;
    {
        let mut found = sqlx::query(
            "SELECT c.id, c.document, c.state, c.number, c.due_day, c.late, c.token, \
             p.case_id, (p.name IS NULL) + (p.number IS NULL) + (p.telephone IS NULL) + \
             (p.number_key IS NULL), \
             (SELECT json_group_array(json_array(step, department, reviewer, state, due_day, \
             done_day, late)) FROM (SELECT * FROM case_steps WHERE case_id = c.id ORDER BY step)), \
             coalesce(r.issued, '[]'), p.kind \
             FROM cases c LEFT JOIN persons p ON p.case_id = c.id LEFT JOIN \
             (SELECT case_id, json_group_array(json_array(hex(code), document, issuer, issued_on, \
             revoked_on)) AS issued FROM results GROUP BY case_id) r ON r.case_id = c.id \
             ORDER BY c.id",
        )
        .fetch(&mut *connection);
        while let Some(row) = found.try_next().await? {
            let id: i64 = row.try_get(0)?;
            let document: String = row.try_get(1)?;
            match digests.remove(&id) {
                Some(known) if known == fingerprint(&document_digest(&document)) => {}
                Some(_) => return Ok(Err((id, "is not as its events tell".to_owned()))),
                None => return Ok(Err((id, "has no event that made it".to_owned()))),
            }
            let Ok(case) = serde_json::from_str::<Case>(&document) else {
                return Ok(Err((id, "has a document that cannot be read".to_owned())));
            };
            let beside = row.try_get::<String, _>(2)? == case.state.into_str()
                && row.try_get::<String, _>(3)? == case.number.as_str()
                && row.try_get::<Option<String>, _>(4)? == case.due.map(|due| due.date.to_string())
                && row.try_get::<bool, _>(5)? == case.late
                && row.try_get::<Vec<u8>, _>(6)? == case.token.0;
            if !beside {
                return Ok(Err((id, "has columns that differ from its document".to_owned())));
            }
            let person: Option<i64> = row.try_get(7)?;
            let gone: i64 = row.try_get(8)?;
            if person.is_none() || gone != if case.erased { 4 } else { 0 } {
                return Ok(Err((id, "has lost its person, or was not erased".to_owned())));
            }
            if row.try_get::<String, _>(11)? != applicant_kind(case.applicant) {
                return Ok(Err((id, "has another kind of applicant".to_owned())));
            }
            let beside: String = row.try_get(9)?;
            if serde_json::from_str::<Value>(&beside).ok() != Some(steps(&case)) {
                return Ok(Err((id, "has steps that differ from its document".to_owned())));
            }
            let beside = written_checks.as_mut().map(|all| all.remove(&id).unwrap_or_default());
            if beside.is_some_and(|beside| beside != checks(&case)) {
                return Ok(Err((id, "has checks that differ from its document".to_owned())));
            }
            // Issued documents, which anyone can verify by their code.
            if !same_documents(&row.try_get::<String, _>(10)?, &case) {
                return Ok(Err((id, "has documents that were not issued so".to_owned())));
            }
            cases += 1;
        }
    }
    if let Some(missing) = digests.keys().min() {
        return Ok(Err((*missing, "is missing, but events tell of it".to_owned())));
    }
    let stray: Option<i64> = sqlx::query_scalar(
        "SELECT case_id FROM results WHERE case_id NOT IN (SELECT id FROM cases) \
         UNION ALL SELECT case_id FROM case_steps WHERE case_id NOT IN (SELECT id FROM cases) \
         LIMIT 1",
    )
    .fetch_optional(&mut *connection)
    .await?;
    if let Some(id) = stray.or(written_checks.iter().flat_map(HashMap::keys).min().copied()) {
        return Ok(Err((id, "is gone, but steps, checks or documents of it are left".to_owned())));
    }
    if let Some(id) = wrong_agent(&mut *connection).await? {
        return Ok(Err((id, "has lost its agent, or the agent was not erased".to_owned())));
    }
    let other: Option<i64> = sqlx::query_scalar(
        "SELECT b.case_id FROM broken_promises b JOIN persons p ON p.case_id = b.case_id \
         WHERE p.number_key <> b.number_key LIMIT 1",
    )
    .fetch_optional(connection)
    .await?;
    match other {
        Some(id) => Ok(Err((id, "has a broken promise of somebody else".to_owned()))),
        None => Ok(Ok(cases)),
    }
}

/// A case whose person has an agent while its document has none, or the other way round.
async fn wrong_agent(connection: &mut SqliteConnection) -> Result<Option<i64>, StoreError> {
    // A backup of an earlier version has no agents.
    let agents: bool = sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM pragma_table_info('persons') WHERE name = 'agent')",
    )
    .fetch_one(&mut *connection)
    .await?;
    if !agents {
        return Ok(None);
    }
    let wrong = sqlx::query_scalar(
        "SELECT c.id FROM cases c JOIN persons p ON p.case_id = c.id \
         WHERE (p.agent IS NOT NULL) <> (c.document ->> '$.agent' IS NOT NULL \
         AND NOT coalesce(c.document ->> '$.erased', 0)) ORDER BY c.id LIMIT 1",
    );
    Ok(wrong.fetch_optional(connection).await?)
}

/// The steps as [`super::write`] puts them beside the document.
fn steps(case: &Case) -> Value {
    let all = case.parts.iter().flat_map(|part| &part.steps);
    let written = all.filter(|step| step.opened.is_some() && step.state != StepState::Waiting);
    let mut rows: Vec<_> = written
        .map(|step| {
            let due = step.due.map(|due| due.date.to_string());
            let done = step.done.map(|at| at.day.to_string());
            let late = u8::from(step.late);
            (step.id, json!([step.id, step.department, step.reviewer, step.state, due, done, late]))
        })
        .collect();
    rows.sort_by_key(|(id, _)| *id);
    rows.into_iter().map(|(_, row)| row).collect()
}

/// A check as text: its matter, department, reviewer, state and day, and whether it is late.
type CheckColumns = (String, String, Option<String>, String, String, bool);

/// The checks of all cases as the database has them; a backup of an earlier version has no
/// table of them.
async fn read_checks(
    connection: &mut SqliteConnection,
) -> Result<Option<HashMap<i64, Vec<CheckColumns>>>, StoreError> {
    if !has_table(connection, "commitment_checks").await? {
        return Ok(None);
    }
    let mut checks: HashMap<i64, Vec<CheckColumns>> = HashMap::new();
    let mut rows = sqlx::query(
        "SELECT case_id, matter, department, reviewer, state, due_day, late \
         FROM commitment_checks ORDER BY case_id, matter",
    )
    .fetch(connection);
    while let Some(row) = rows.try_next().await? {
        checks.entry(row.try_get(0)?).or_default().push((
            row.try_get(1)?,
            row.try_get(2)?,
            row.try_get(3)?,
            row.try_get(4)?,
            row.try_get(5)?,
            row.try_get(6)?,
        ));
    }
    Ok(Some(checks))
}

/// The checks as [`super::write`] puts them beside the document.
fn checks(case: &Case) -> Vec<CheckColumns> {
    let mut rows: Vec<CheckColumns> = check_rows(case)
        .map(|(terms, check)| {
            (
                terms.matter.to_string(),
                terms.check_department.to_string(),
                check.reviewer.as_ref().map(ToString::to_string),
                check.state.into_str().to_owned(),
                check_due(check),
                check.late,
            )
        })
        .collect();
    rows.sort();
    rows
}

fn same_documents(rows: &str, case: &Case) -> bool {
    let Ok(mut rows) = serde_json::from_str::<Vec<Value>>(rows) else { return false };
    let mut issued: Vec<_> = case
        .results
        .iter()
        .map(|result| {
            let code = HEXUPPER.encode(&result.code.0);
            let text = |text| serde_json::to_string(text).unwrap_or_default();
            let revoked = result.revoked.as_ref().map(|revoked| revoked.on.to_string());
            let on = result.issued_on.to_string();
            json!([code, text(&result.name), text(&result.issuer_name), on, revoked])
        })
        .collect();
    let by_code = |one: &Value| one[0].as_str().map(str::to_owned);
    rows.sort_by_key(by_code);
    issued.sort_by_key(by_code);
    rows == issued
}
