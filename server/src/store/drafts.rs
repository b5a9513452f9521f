//! Drafts: their documents, sealed answers and files.

use jiban_domain::draft::{Draft, DraftId};
use jiban_domain::{ClerkId, FieldId, HallId, Millis, Token};
use jiff::civil::Date;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, SqliteConnection};

use super::columns::Columns;
use super::rows::{has_table, unreadable};
use super::statements::{Statements, insert, json};
use super::{Reader, StoreError, Transaction};
use crate::change::drafts::{DraftChange, WrittenValue, WrittenValues};

/// The columns that the trail covers.
pub(super) fn columns(draft: &Draft) -> Result<Columns, StoreError> {
    let document = json(draft)?;
    Ok(Columns::default()
        .integer(draft.id.0)
        .blob(draft.token.0.as_slice())
        .text(draft.hall.as_str())
        .text(draft.state.into_str())
        .integer(draft.sent.map(|sent| sent.at))
        .text(&*draft.keep_until.to_string())
        .text(&*document))
}

/// The columns of a file that the trail covers.
pub(super) fn file_columns(file: &str, draft: DraftId, at: Millis, sha256: &[u8; 32]) -> Columns {
    Columns::default().text(file).integer(draft.0).integer(at).blob(&sha256[..])
}

/// Writes one change.
pub(super) fn write(statements: &mut Statements, change: &DraftChange) -> Result<(), StoreError> {
    match change {
        DraftChange::Put(draft) => put(statements, draft)?,
        DraftChange::Written(written) => values(statements, written),
        DraftChange::Remarks { draft, sealed } => {
            statements.push("UPDATE drafts SET remarks = ").push_bind(sealed.clone());
            statements.push(" WHERE id = ").push_bind(draft.0).push(";");
        }
        DraftChange::Form { digest, document } => {
            statements
                .push("INSERT INTO forms (digest, document) VALUES (")
                .push_bind(digest.clone());
            statements.push(", ").push_bind(document.clone());
            statements.push(") ON CONFLICT (digest) DO NOTHING;");
        }
        DraftChange::FileKept { file, draft, at, sha256 } => {
            statements
                .push("INSERT INTO draft_files (id, draft, at, sha256) VALUES (")
                .push_bind(file.clone());
            statements.push(", ").push_bind(draft.0);
            statements.push(", ").push_bind(*at);
            statements.push(", ").push_bind(sha256.to_vec()).push(");");
        }
        DraftChange::FileGone(file) => {
            statements.push("DELETE FROM draft_files WHERE id = ").push_bind(file.clone());
            statements.push(";");
        }
        DraftChange::Faults { hall, subject, day, fields } => {
            super::draft_figures::faults(statements, (hall, subject, *day), fields);
        }
        DraftChange::Erased(draft) => {
            for statement in [
                "DELETE FROM draft_values WHERE draft = ",
                "DELETE FROM draft_files WHERE draft = ",
                "UPDATE drafts SET remarks = NULL, erased = 1 WHERE id = ",
            ] {
                statements.push(statement).push_bind(draft.0).push(";");
            }
        }
    }
    Ok(())
}

fn put(statements: &mut Statements, draft: &Draft) -> Result<(), StoreError> {
    let document = json(draft)?;
    statements
        .push("INSERT INTO drafts (id, token, hall, state, sent_at, keep_until, document) VALUES (")
        .push_bind(draft.id.0);
    statements.push(", ").push_bind(draft.token.0.to_vec());
    statements.push(", ").push_bind(draft.hall.to_string());
    statements.push(", ").push_bind(draft.state.into_str());
    statements.push(", ").push_bind(draft.sent.map(|sent| sent.at));
    statements.push(", ").push_bind(draft.keep_until.to_string());
    statements.push(", ").push_bind(document).push(
        ") ON CONFLICT (id) DO UPDATE SET state = excluded.state, sent_at = excluded.sent_at, \
         keep_until = excluded.keep_until, document = excluded.document;",
    );
    Ok(())
}

fn values(statements: &mut Statements, written: &WrittenValues) {
    insert(
        statements,
        "draft_values (draft, field, version, value, by, at) ",
        &written.values,
        // Two parts of a draft may be kept in either order.
        " ON CONFLICT (draft, field) DO UPDATE SET version = excluded.version, \
         value = excluded.value, by = excluded.by, at = excluded.at \
         WHERE excluded.version > draft_values.version",
        |mut row, value| {
            row.push_bind(written.draft.0)
                .push_bind(value.field.to_string())
                .push_bind(count(value.version))
                .push_bind(value.sealed.clone())
                .push_bind(value.by.as_ref().map(ToString::to_string))
                .push_bind(value.at);
        },
    );
    let version = count(written.version);
    statements.push("UPDATE drafts SET version = ").push_bind(version);
    statements.push(" WHERE id = ").push_bind(written.draft.0);
    statements.push(" AND version < ").push_bind(version).push(";");
}

fn count(version: u64) -> i64 {
    i64::try_from(version).unwrap_or(i64::MAX)
}

/// A draft as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredDraft {
    pub draft: Draft,
    /// Sealed.
    pub remarks: Option<Vec<u8>>,
    pub version: u64,
    pub erased: bool,
}

fn draft(row: &SqliteRow) -> Result<StoredDraft, StoreError> {
    let draft = serde_json::from_str(&row.try_get::<String, _>(0)?)
        .map_err(|error| unreadable(&format!("drafts.document: {error}")))?;
    let version: i64 = row.try_get(2)?;
    Ok(StoredDraft {
        draft,
        remarks: row.try_get(1)?,
        version: u64::try_from(version).unwrap_or_default(),
        erased: row.try_get(3)?,
    })
}

impl Transaction<'_> {
    /// A draft by its id.
    ///
    /// # Errors
    /// When the database cannot be read or written.
    pub async fn draft(&mut self, id: DraftId) -> Result<Option<StoredDraft>, StoreError> {
        self.flush().await?;
        let found =
            sqlx::query("SELECT document, remarks, version, erased FROM drafts WHERE id = $1")
                .bind(id.0);
        found.fetch_optional(&mut *self.connection).await?.as_ref().map(self::draft).transpose()
    }
}

impl Reader {
    /// A draft by its token.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn draft(&self, token: Token) -> Result<Option<StoredDraft>, StoreError> {
        let found =
            sqlx::query("SELECT document, remarks, version, erased FROM drafts WHERE token = $1")
                .bind(token.0.as_slice());
        found.fetch_optional(&self.pool).await?.as_ref().map(draft).transpose()
    }

    /// The token of a draft.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn draft_token(&self, id: DraftId) -> Result<Option<Token>, StoreError> {
        let found: Option<Vec<u8>> = sqlx::query_scalar("SELECT token FROM drafts WHERE id = $1")
            .bind(id.0)
            .fetch_optional(&self.pool)
            .await?;
        found.map(super::rows::token).transpose()
    }

    /// The sealed answers of a draft.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn draft_values(&self, id: DraftId) -> Result<Vec<WrittenValue>, StoreError> {
        let found =
            sqlx::query("SELECT field, version, value, by, at FROM draft_values WHERE draft = $1")
                .bind(id.0)
                .fetch_all(&self.pool)
                .await?;
        found
            .iter()
            .map(|row| {
                let version: i64 = row.try_get(1)?;
                Ok(WrittenValue {
                    field: FieldId(row.try_get(0)?),
                    version: u64::try_from(version).unwrap_or_default(),
                    sealed: row.try_get(2)?,
                    by: row.try_get::<Option<String>, _>(3)?.map(ClerkId),
                    at: row.try_get(4)?,
                })
            })
            .collect()
    }

    /// A form by its digest, as JSON.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn form(&self, digest: &str) -> Result<Option<String>, StoreError> {
        let found = sqlx::query_scalar("SELECT document FROM forms WHERE digest = $1");
        Ok(found.bind(digest).fetch_optional(&self.pool).await?)
    }

    /// The drafts of a hall that were sent, and those that were looked at: the longest waiting
    /// first. At most three hundred.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn drafts_in_hand(&self, hall: &HallId) -> Result<Vec<StoredDraft>, StoreError> {
        let found = sqlx::query(
            "SELECT document, remarks, version, erased FROM drafts \
             WHERE hall = $1 AND state IN ('sent', 'returned', 'cleared') \
             ORDER BY state = 'sent' DESC, sent_at, id LIMIT 300",
        )
        .bind(hall.as_str())
        .fetch_all(&self.pool)
        .await?;
        found.iter().map(draft).collect()
    }

    /// Drafts whose time is over, or that are over and not erased yet; a few.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn drafts_to_erase(&self, before: Date) -> Result<Vec<DraftId>, StoreError> {
        let found: Vec<i64> = sqlx::query_scalar(
            "SELECT id FROM drafts WHERE erased = 0 AND keep_until < $1 ORDER BY keep_until, id \
             LIMIT 100",
        )
        .bind(before.to_string())
        .fetch_all(&self.pool)
        .await?;
        Ok(found.into_iter().map(DraftId).collect())
    }

    /// Whether a request was answered before.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn was_answered(&self, request: uuid::Uuid) -> Result<bool, StoreError> {
        Ok(self.answer(request).await?.is_some())
    }
}

/// The id of the next draft.
pub(super) async fn next(rows: &mut SqliteConnection) -> Result<i64, StoreError> {
    if !has_table(&mut *rows, "drafts").await? {
        return Ok(1);
    }
    let last: i64 =
        sqlx::query_scalar("SELECT COALESCE(MAX(id), 0) FROM drafts").fetch_one(rows).await?;
    Ok(last + 1)
}
