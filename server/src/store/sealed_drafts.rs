//! What is sealed of drafts: answers, remarks and files, to open or seal each.

use jiban_domain::{DraftId, Token};
use sqlx::Row as _;

use super::known_value::has_column;
use super::rows::token;
use super::{Reader, Store, StoreError};

/// A draft's answers by their fields, and its remarks; each sealed.
#[derive(Debug)]
pub struct SealedDraft {
    pub id: DraftId,
    /// The applicant's.
    pub token: Token,
    pub values: Vec<(String, Vec<u8>)>,
    pub remarks: Option<Vec<u8>>,
}

/// A file of a draft.
#[derive(Debug)]
pub struct SealedDraftFile {
    pub file: String,
    pub draft: DraftId,
    pub sha256: Vec<u8>,
}

impl Reader {
    /// The drafts after this one that are not erased; a hundred.
    ///
    /// # Errors
    /// When they cannot be read.
    pub async fn sealed_drafts_after(&self, id: DraftId) -> Result<Vec<SealedDraft>, StoreError> {
        // A backup of an earlier version has no drafts.
        if !has_column(&self.pool, "drafts", "remarks").await? {
            return Ok(Vec::new());
        }
        let found = sqlx::query(
            "SELECT id, token, remarks FROM drafts WHERE id > $1 AND erased = 0 \
             ORDER BY id LIMIT 100",
        )
        .bind(id.0)
        .fetch_all(&self.pool)
        .await?;
        let mut drafts = Vec::new();
        for row in found {
            let id = DraftId(row.try_get(0)?);
            let values = sqlx::query_as("SELECT field, value FROM draft_values WHERE draft = $1");
            drafts.push(SealedDraft {
                id,
                token: token(row.try_get(1)?)?,
                values: values.bind(id.0).fetch_all(&self.pool).await?,
                remarks: row.try_get(2)?,
            });
        }
        Ok(drafts)
    }

    /// The files of drafts after this one; five hundred.
    ///
    /// # Errors
    /// When they cannot be read.
    pub async fn draft_files_after(&self, file: &str) -> Result<Vec<SealedDraftFile>, StoreError> {
        if !has_column(&self.pool, "draft_files", "sha256").await? {
            return Ok(Vec::new());
        }
        let found: Vec<(String, i64, Vec<u8>)> = sqlx::query_as(
            "SELECT id, draft, sha256 FROM draft_files WHERE id > $1 ORDER BY id LIMIT 500",
        )
        .bind(file)
        .fetch_all(&self.pool)
        .await?;
        let row = |(file, draft, sha256)| SealedDraftFile { file, draft: DraftId(draft), sha256 };
        Ok(found.into_iter().map(row).collect())
    }
}

impl Store {
    /// Replaces the sealed answers and remarks of a draft.
    ///
    /// # Errors
    /// When they cannot be written.
    pub async fn replace_sealed_draft(&mut self, of: &SealedDraft) -> Result<(), StoreError> {
        for (field, value) in &of.values {
            sqlx::query("UPDATE draft_values SET value = $3 WHERE draft = $1 AND field = $2")
                .bind(of.id.0)
                .bind(field)
                .bind(value)
                .execute(&mut self.writer)
                .await?;
        }
        sqlx::query("UPDATE drafts SET remarks = $2 WHERE id = $1")
            .bind(of.id.0)
            .bind(&of.remarks)
            .execute(&mut self.writer)
            .await?;
        Ok(())
    }
}
