//! Drafts as they are read: their documents and sealed answers.

use jiban_domain::draft::Draft;
use jiban_domain::{ClerkId, DraftId, FieldId, HallId, Token};
use jiff::civil::Date;
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use super::rows::unreadable;
use super::{Reader, StoreError, Transaction};
use crate::change::drafts::WrittenValue;

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
    pub async fn drafts_to_erase(
        &self,
        before: Date,
        after: Option<(Date, DraftId)>,
    ) -> Result<Vec<(Date, DraftId)>, StoreError> {
        let (day, id) = after.map_or((String::new(), 0), |(day, id)| (day.to_string(), id.0));
        let found: Vec<(String, i64)> = sqlx::query_as(
            "SELECT keep_until, id FROM drafts WHERE erased = 0 AND keep_until < $1 \
             AND (keep_until, id) > ($2, $3) ORDER BY keep_until, id LIMIT 100",
        )
        .bind(before.to_string())
        .bind(day)
        .bind(id)
        .fetch_all(&self.pool)
        .await?;
        let read = |(day, id): (String, i64)| Some((day.parse().ok()?, DraftId(id)));
        Ok(found.into_iter().filter_map(read).collect())
    }

    /// The files that are kept for a draft.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn files_of_draft(&self, id: DraftId) -> Result<Vec<String>, StoreError> {
        let files = sqlx::query_scalar("SELECT id FROM draft_files WHERE draft = $1 ORDER BY id");
        Ok(files.bind(id.0).fetch_all(&self.pool).await?)
    }

    /// Whether a request was answered before.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn was_answered(&self, request: uuid::Uuid) -> Result<bool, StoreError> {
        Ok(self.answer(request).await?.is_some())
    }
}
