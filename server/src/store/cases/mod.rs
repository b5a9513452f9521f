//! Cases, persons and results as rows. A case is read from its document.

mod checks;
mod compare;
mod cover;
mod figures;
mod lists;
mod write;

use std::collections::HashSet;

use data_encoding::HEXLOWER;
use jiban_domain::case::Case;
use jiban_domain::event::{CaseEvent, EventKind};
use jiban_domain::{CaseId, Millis, Text, Token};
use jiff::civil::Date;
use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

pub use checks::CheckRow;
pub(super) use compare::compare;
pub(super) use cover::{columns, digests};
pub use figures::{ByDay, ByDepartment, BySubject, Period};
pub use lists::{StepCursor, StepFilter, StepRow};
pub(super) use write::{
    BrokenPromise, KeptFile, broken_promises, calendar, cases, erase, file_gone, files, notes_key,
    persons,
};

use super::known_value::has_column;
use super::rows::unreadable;
use super::{Reader, StoreError, Transaction, Verifiable};
use crate::change::{Change, Person};

/// An issued document, which anyone may verify by its code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issued {
    pub case: CaseId,
    pub matter: Text,
    /// Its name.
    pub document: Text,
    pub issuer: Text,
    /// `YYYY-MM-DD`.
    pub issued_on: String,
    /// `YYYY-MM-DD`, if it was revoked.
    pub revoked_on: Option<String>,
}

impl From<Issued> for Verifiable {
    fn from(issued: Issued) -> Self {
        let Issued { matter, document, issuer, issued_on, revoked_on, .. } = issued;
        Self { matter: Some(matter), document, issuer, issued_on, revoked_on }
    }
}

/// SHA-256 of a case's document, in hexadecimal: the case's events hold it.
pub fn document_digest(document: &str) -> String {
    HEXLOWER.encode(&Sha256::digest(document))
}

/// A file that is kept for a case.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct StoredFile {
    pub id: String,
    /// Of its bytes, in hexadecimal; empty for one of an earlier version.
    pub sha256: String,
}

/// An event of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedEvent {
    pub at: Millis,
    pub kind: CaseEvent,
    /// The person who caused it; empty for time.
    pub by: String,
    /// Further details as JSON.
    pub detail: String,
}

fn read(row: &SqliteRow) -> Result<Case, StoreError> {
    parse(row.try_get(0)?)
}

fn parse(document: &str) -> Result<Case, StoreError> {
    serde_json::from_str(document).map_err(|error| unreadable(&format!("cases.document: {error}")))
}

async fn by_id(rows: &mut SqliteConnection, id: CaseId) -> Result<Option<Case>, StoreError> {
    let found = sqlx::query("SELECT document FROM cases WHERE id = $1").bind(id.0);
    found.fetch_optional(rows).await?.as_ref().map(read).transpose()
}

/// An applicant from the first seven columns of a row.
fn read_person(case: CaseId, row: &SqliteRow) -> Result<Person, StoreError> {
    let kind: String = row.try_get(0)?;
    let key: Vec<u8> = row.try_get(4)?;
    Ok(Person {
        case,
        kind: serde_json::from_value(kind.into())
            .map_err(|error| unreadable(&format!("persons.kind: {error}")))?,
        name: row.try_get(1)?,
        number: row.try_get(2)?,
        telephone: row.try_get(3)?,
        number_key: key.try_into().map_err(|_| unreadable("persons.number_key is not 32 bytes"))?,
        notes_key: row.try_get(5)?,
        agent: row.try_get(6)?,
    })
}

async fn person_of(rows: &mut SqliteConnection, id: CaseId) -> Result<Option<Person>, StoreError> {
    let found = sqlx::query(
        "SELECT kind, name, number, telephone, number_key, notes_key, agent FROM persons \
         WHERE case_id = $1 AND name IS NOT NULL",
    )
    .bind(id.0)
    .fetch_optional(rows)
    .await?;
    found.map(|row| read_person(id, &row)).transpose()
}

/// The cases of one identity number with their applicants, newest first, at most 50.
async fn history(
    rows: &mut SqliteConnection,
    number_key: &[u8; 32],
) -> Result<Vec<(Case, Person)>, StoreError> {
    let found = sqlx::query(
        "SELECT p.kind, p.name, p.number, p.telephone, p.number_key, p.notes_key, p.agent, \
         c.document \
         FROM persons p JOIN cases c ON c.id = p.case_id \
         WHERE p.number_key = $1 ORDER BY p.case_id DESC LIMIT 50",
    )
    .bind(number_key.as_slice())
    .fetch_all(rows)
    .await?;
    found
        .iter()
        .map(|row| {
            let case = parse(row.try_get(7)?)?;
            let person = read_person(case.id, row)?;
            Ok((case, person))
        })
        .collect()
}

async fn broken_until(
    rows: &mut SqliteConnection,
    number_key: &[u8; 32],
) -> Result<Option<Date>, StoreError> {
    let until: Option<String> =
        sqlx::query_scalar("SELECT MAX(until) FROM broken_promises WHERE number_key = $1")
            .bind(number_key.as_slice())
            .fetch_one(rows)
            .await?;
    until
        .map(|day| day.parse().map_err(|_| unreadable("broken_promises.until is not a date")))
        .transpose()
}

impl Transaction<'_> {
    /// A case within this transaction.
    pub async fn case(&mut self, id: CaseId) -> Result<Option<Case>, StoreError> {
        let unsent = self.unsent_changes().iter().rev().find_map(|change| match change {
            Change::Case(row) if row.case.id == id => Some(row),
            _ => None,
        });
        match unsent {
            Some(row) => Ok(Some(row.case.clone())),
            None => by_id(self.connection, id).await,
        }
    }

    /// The applicant of a case.
    pub async fn person(&mut self, id: CaseId) -> Result<Option<Person>, StoreError> {
        self.flush().await?;
        person_of(self.connection, id).await
    }

    /// The cases of one identity number, newest first.
    pub async fn history(&mut self, number_key: &[u8; 32]) -> Result<Vec<Case>, StoreError> {
        self.flush().await?;
        let history = history(self.connection, number_key).await?;
        Ok(history.into_iter().map(|(case, _)| case).collect())
    }

    /// The last day on which the person with this identity number is offered no promise.
    pub async fn broken_until(&mut self, key: &[u8; 32]) -> Result<Option<Date>, StoreError> {
        self.flush().await?;
        broken_until(self.connection, key).await
    }
}

impl Reader {
    pub async fn case(&self, id: CaseId) -> Result<Option<Case>, StoreError> {
        by_id(&mut *self.pool.acquire().await?, id).await
    }

    pub async fn case_by_token(&self, token: Token) -> Result<Option<Case>, StoreError> {
        let found = sqlx::query("SELECT document FROM cases WHERE token = $1")
            .bind(token.0.as_slice())
            .fetch_optional(&self.pool)
            .await?;
        found.as_ref().map(read).transpose()
    }

    pub async fn case_by_number(&self, number: &str) -> Result<Option<Case>, StoreError> {
        let found = sqlx::query("SELECT document FROM cases WHERE number = $1")
            .bind(number)
            .fetch_optional(&self.pool)
            .await?;
        found.as_ref().map(read).transpose()
    }

    /// The cases opened at a visit, oldest first.
    pub async fn cases_of_ticket(&self, ticket: i64) -> Result<Vec<Case>, StoreError> {
        let found = sqlx::query("SELECT document FROM cases WHERE ticket = $1 ORDER BY id")
            .bind(ticket)
            .fetch_all(&self.pool)
            .await?;
        found.iter().map(read).collect()
    }

    /// The applicant of a case; `None` after erasure.
    pub async fn person(&self, id: CaseId) -> Result<Option<Person>, StoreError> {
        person_of(&mut *self.pool.acquire().await?, id).await
    }

    /// The cases of one identity number with their applicants, newest first.
    pub async fn history(&self, number_key: &[u8; 32]) -> Result<Vec<(Case, Person)>, StoreError> {
        history(&mut *self.pool.acquire().await?, number_key).await
    }

    /// The last day on which the person with this identity number is offered no promise.
    pub async fn broken_until(&self, key: &[u8; 32]) -> Result<Option<Date>, StoreError> {
        broken_until(&mut *self.pool.acquire().await?, key).await
    }

    /// An issued document by its code.
    pub async fn issued(&self, code: &[u8; 10]) -> Result<Option<Issued>, StoreError> {
        let found = sqlx::query(
            "SELECT case_id, matter, document, issuer, issued_on, revoked_on FROM results \
             WHERE code = $1",
        )
        .bind(code.as_slice())
        .fetch_optional(&self.pool)
        .await?;
        let Some(row) = found else { return Ok(None) };
        let text = |column: usize| -> Result<Text, StoreError> {
            let json: String = row.try_get(column)?;
            serde_json::from_str(&json).map_err(|error| unreadable(&format!("results: {error}")))
        };
        Ok(Some(Issued {
            case: CaseId(row.try_get(0)?),
            matter: text(1)?,
            document: text(2)?,
            issuer: text(3)?,
            issued_on: row.try_get(4)?,
            revoked_on: row.try_get(5)?,
        }))
    }

    /// The events of a case, oldest first.
    pub async fn case_events(&self, id: CaseId) -> Result<Vec<RecordedEvent>, StoreError> {
        let rows: Vec<(Millis, String, String, String)> = sqlx::query_as(
            "SELECT at, kind, by, detail FROM events WHERE case_id = $1 ORDER BY id LIMIT 1000",
        )
        .bind(id.0)
        .fetch_all(&self.pool)
        .await?;
        Ok(rows
            .into_iter()
            .filter_map(|(at, kind, by, detail)| {
                let Some(EventKind::Case(kind)) = EventKind::parse(&kind) else { return None };
                Some(RecordedEvent { at, kind, by, detail })
            })
            .collect())
    }

    /// Whether a row refers to this file.
    pub async fn keeps_file(&self, file: &str) -> Result<bool, StoreError> {
        let found: Option<i64> = sqlx::query_scalar("SELECT case_id FROM files WHERE id = $1")
            .bind(file)
            .fetch_optional(&self.pool)
            .await?;
        Ok(found.is_some())
    }

    /// All files that rows refer to, of cases and of drafts.
    pub async fn files_kept(&self) -> Result<HashSet<String>, StoreError> {
        let found: Vec<String> =
            sqlx::query_scalar("SELECT id FROM files UNION SELECT id FROM draft_files")
                .fetch_all(&self.pool)
                .await?;
        Ok(found.into_iter().collect())
    }

    /// The files of a case.
    pub async fn files_of(&self, id: CaseId) -> Result<Vec<String>, StoreError> {
        let found = sqlx::query_scalar("SELECT id FROM files WHERE case_id = $1");
        Ok(found.bind(id.0).fetch_all(&self.pool).await?)
    }

    /// The next cases with files after this case, in the order of their ids, each with its files.
    pub async fn cases_with_files_after(
        &self,
        case: CaseId,
    ) -> Result<Vec<(Case, Vec<StoredFile>)>, StoreError> {
        // A backup of an earlier version has no digests.
        let statement = if has_column(&self.pool, "files", "sha256").await? {
            "SELECT document, (SELECT json_group_array(json_object('id', f.id, 'sha256', \
             lower(hex(f.sha256)))) FROM files f WHERE f.case_id = c.id) \
             FROM cases c WHERE id > $1 AND EXISTS (SELECT 1 FROM files f WHERE f.case_id = c.id) \
             ORDER BY id LIMIT 500"
        } else {
            "SELECT document, (SELECT json_group_array(json_object('id', f.id, 'sha256', '')) \
             FROM files f WHERE f.case_id = c.id) \
             FROM cases c WHERE id > $1 AND EXISTS (SELECT 1 FROM files f WHERE f.case_id = c.id) \
             ORDER BY id LIMIT 500"
        };
        let rows = sqlx::query(statement);
        let rows = rows.bind(case.0).fetch_all(&self.pool).await?;
        rows.iter()
            .map(|row| {
                let files = serde_json::from_str(row.try_get(1)?);
                Ok((read(row)?, files.map_err(|error| unreadable(&format!("files: {error}")))?))
            })
            .collect()
    }
}
