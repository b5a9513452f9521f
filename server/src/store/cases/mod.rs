//! Cases, persons and results as rows. A case is read back from its document.

mod compare;
mod figures;
mod lists;
mod write;

use std::collections::HashSet;

use jiban_domain::case::Case;
use jiban_domain::{CaseId, Millis, Text, Token};
use jiff::civil::Date;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

pub(super) use compare::compare;
pub use figures::{ByDay, ByDepartment, BySubject, Stretch};
pub use lists::{StepAfter, StepRow, StepsWanted};
pub(super) use write::{
    BrokenPromise, KeptFile, broken_promises, calendar, cases, erase, file_gone, files, persons,
};

use super::rows::unreadable;
use super::{Reader, StoreError, Transaction};
use crate::change::{Change, EventKind, Person};

/// A document anyone may check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issued {
    /// The case it belongs to.
    pub case: CaseId,
    /// The matter.
    pub matter: Text,
    /// What it is.
    pub document: Text,
    /// Who issued it.
    pub issuer: Text,
    /// `YYYY-MM-DD`.
    pub issued_on: String,
    /// `YYYY-MM-DD`, of one taken back.
    pub revoked_on: Option<String>,
}

/// Something that happened to a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseHappened {
    /// When.
    pub at: Millis,
    /// What.
    pub kind: EventKind,
    /// Who.
    pub by: String,
    /// What else there is to know, JSON.
    pub detail: String,
}

fn read(row: &SqliteRow) -> Result<Case, StoreError> {
    let document: String = row.try_get(0)?;
    serde_json::from_str(&document).map_err(|error| unreadable(&format!("cases.document: {error}")))
}

async fn by_id(rows: &mut SqliteConnection, id: CaseId) -> Result<Option<Case>, StoreError> {
    let found = sqlx::query("SELECT document FROM cases WHERE id = $1").bind(id.0);
    found.fetch_optional(rows).await?.as_ref().map(read).transpose()
}

async fn person_of(rows: &mut SqliteConnection, id: CaseId) -> Result<Option<Person>, StoreError> {
    let found = sqlx::query(
        "SELECT kind, name, number, telephone, number_key FROM persons \
         WHERE case_id = $1 AND name IS NOT NULL",
    )
    .bind(id.0)
    .fetch_optional(rows)
    .await?;
    let Some(row) = found else { return Ok(None) };
    let kind: String = row.try_get(0)?;
    let key: Vec<u8> = row.try_get(4)?;
    Ok(Some(Person {
        case: id,
        kind: serde_json::from_value(kind.into())
            .map_err(|error| unreadable(&format!("persons.kind: {error}")))?,
        name: row.try_get(1)?,
        number: row.try_get(2)?,
        telephone: row.try_get(3)?,
        number_key: key.try_into().map_err(|_| unreadable("persons.number_key is not 32 bytes"))?,
    }))
}

/// Earlier cases of one number, newest first, at most so many.
async fn history(
    rows: &mut SqliteConnection,
    number_key: &[u8; 32],
) -> Result<Vec<Case>, StoreError> {
    let found = sqlx::query(
        "SELECT c.document FROM persons p JOIN cases c ON c.id = p.case_id \
         WHERE p.number_key = $1 ORDER BY p.case_id DESC LIMIT 50",
    )
    .bind(number_key.as_slice())
    .fetch_all(rows)
    .await?;
    found.iter().map(read).collect()
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
        .map(|day| day.parse().map_err(|_| unreadable("broken_promises.until is no day")))
        .transpose()
}

impl Transaction<'_> {
    /// A case as it is in this transaction.
    ///
    /// # Errors
    /// When it cannot be read.
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

    /// The person of a case.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn person(&mut self, id: CaseId) -> Result<Option<Person>, StoreError> {
        self.flush().await?;
        person_of(self.connection, id).await
    }

    /// Earlier cases of one number, newest first.
    ///
    /// # Errors
    /// When they cannot be read.
    pub async fn history(&mut self, number_key: &[u8; 32]) -> Result<Vec<Case>, StoreError> {
        self.flush().await?;
        history(self.connection, number_key).await
    }

    /// Until when who has this number is offered no promise.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn broken_until(&mut self, key: &[u8; 32]) -> Result<Option<Date>, StoreError> {
        self.flush().await?;
        broken_until(self.connection, key).await
    }
}

impl Reader {
    /// A case.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn case(&self, id: CaseId) -> Result<Option<Case>, StoreError> {
        by_id(&mut *self.pool.acquire().await?, id).await
    }

    /// A case by its token.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn case_by_token(&self, token: Token) -> Result<Option<Case>, StoreError> {
        let found = sqlx::query("SELECT document FROM cases WHERE token = $1")
            .bind(token.0.as_slice())
            .fetch_optional(&self.pool)
            .await?;
        found.as_ref().map(read).transpose()
    }

    /// A case by its number.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn case_by_number(&self, number: &str) -> Result<Option<Case>, StoreError> {
        let found = sqlx::query("SELECT document FROM cases WHERE number = $1")
            .bind(number)
            .fetch_optional(&self.pool)
            .await?;
        found.as_ref().map(read).transpose()
    }

    /// The cases opened at a visit, oldest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn cases_of_ticket(&self, ticket: i64) -> Result<Vec<Case>, StoreError> {
        let found = sqlx::query("SELECT document FROM cases WHERE ticket = $1 ORDER BY id")
            .bind(ticket)
            .fetch_all(&self.pool)
            .await?;
        found.iter().map(read).collect()
    }

    /// The person of a case; none once erased.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn person(&self, id: CaseId) -> Result<Option<Person>, StoreError> {
        person_of(&mut *self.pool.acquire().await?, id).await
    }

    /// Earlier cases of one number, newest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn history(&self, number_key: &[u8; 32]) -> Result<Vec<Case>, StoreError> {
        history(&mut *self.pool.acquire().await?, number_key).await
    }

    /// Until when who has this number is offered no promise.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn broken_until(&self, key: &[u8; 32]) -> Result<Option<Date>, StoreError> {
        broken_until(&mut *self.pool.acquire().await?, key).await
    }

    /// A document by its code.
    ///
    /// # Errors
    /// When the database cannot be read.
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

    /// What happened to a case, oldest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn case_happened(&self, id: CaseId) -> Result<Vec<CaseHappened>, StoreError> {
        let rows: Vec<(Millis, String, String, String)> = sqlx::query_as(
            "SELECT at, kind, by, detail FROM events WHERE case_id = $1 ORDER BY id LIMIT 1000",
        )
        .bind(id.0)
        .fetch_all(&self.pool)
        .await?;
        Ok(rows
            .into_iter()
            .filter_map(|(at, kind, by, detail)| {
                Some(CaseHappened { at, kind: EventKind::parse(&kind)?, by, detail })
            })
            .collect())
    }

    /// Whether a file is kept.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn keeps_file(&self, file: &str) -> Result<bool, StoreError> {
        let found: Option<i64> = sqlx::query_scalar("SELECT case_id FROM files WHERE id = $1")
            .bind(file)
            .fetch_optional(&self.pool)
            .await?;
        Ok(found.is_some())
    }

    /// Every file that is kept.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn files_kept(&self) -> Result<HashSet<String>, StoreError> {
        let found: Vec<String> =
            sqlx::query_scalar("SELECT id FROM files").fetch_all(&self.pool).await?;
        Ok(found.into_iter().collect())
    }

    /// The files kept for a case.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn files_of(&self, id: CaseId) -> Result<Vec<String>, StoreError> {
        let found = sqlx::query_scalar("SELECT id FROM files WHERE case_id = $1");
        Ok(found.bind(id.0).fetch_all(&self.pool).await?)
    }

    /// Cases behind a case that have files, in order, each with the files kept
    /// for it.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn with_files_behind(
        &self,
        case: CaseId,
    ) -> Result<Vec<(Case, Vec<String>)>, StoreError> {
        let rows = sqlx::query(
            "SELECT document, (SELECT json_group_array(f.id) FROM files f WHERE f.case_id = c.id) \
             FROM cases c WHERE id > $1 AND EXISTS (SELECT 1 FROM files f WHERE f.case_id = c.id) \
             ORDER BY id LIMIT 500",
        );
        let rows = rows.bind(case.0).fetch_all(&self.pool).await?;
        rows.iter()
            .map(|row| {
                let files = serde_json::from_str(row.try_get(1)?);
                Ok((read(row)?, files.map_err(|error| unreadable(&format!("files: {error}")))?))
            })
            .collect()
    }

    /// Whether any person is kept sealed: whether the key is needed.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn seals_anyone(&self) -> Result<bool, StoreError> {
        let found: Option<i64> =
            sqlx::query_scalar("SELECT case_id FROM persons WHERE name IS NOT NULL LIMIT 1")
                .fetch_optional(&self.pool)
                .await?;
        Ok(found.is_some())
    }
}
