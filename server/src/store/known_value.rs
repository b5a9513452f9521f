//! The value by which a key file is tried.

use sqlx::SqlitePool;

use super::rows::unreadable;
use super::{Reader, Store, StoreError};
use crate::vault::{KeyId, KeySet, KnownValue};

impl Reader {
    /// The known value; `None` in a database that never had a key, or whose last key is of
    /// a version before there were known values.
    pub async fn known_value(&self) -> Result<Option<KnownValue>, StoreError> {
        // A backup of an earlier version does not have the table, and is only read.
        if !has_table(&self.pool, "known_value").await? {
            return Ok(None);
        }
        let found: Option<(Vec<u8>, u32, Vec<u8>)> =
            sqlx::query_as("SELECT key_set, key, sealed FROM known_value")
                .fetch_optional(&self.pool)
                .await?;
        let Some((set, number, sealed)) = found else { return Ok(None) };
        let set = set.try_into().map_err(|_| unreadable("known_value.key_set is not 8 bytes"))?;
        Ok(Some(KnownValue { key: KeyId { set: Some(KeySet(set)), number }, sealed }))
    }

    /// Whether the database contains anything sealed, so that its key is needed.
    pub async fn seals_anything(&self) -> Result<bool, StoreError> {
        if !self.records_in_force().await?.is_empty() {
            return Ok(true);
        }
        let found: i64 = sqlx::query_scalar(
            "SELECT EXISTS (SELECT 1 FROM persons WHERE name IS NOT NULL) \
             OR EXISTS (SELECT 1 FROM files)",
        )
        .fetch_one(&self.pool)
        .await?;
        if found != 0 || !has_table(&self.pool, "drafts").await? {
            return Ok(found != 0);
        }
        let drafts: i64 = sqlx::query_scalar(
            "SELECT EXISTS (SELECT 1 FROM draft_values) OR EXISTS (SELECT 1 FROM draft_files) \
             OR EXISTS (SELECT 1 FROM drafts WHERE remarks IS NOT NULL)",
        )
        .fetch_one(&self.pool)
        .await?;
        Ok(drafts != 0)
    }
}

impl Store {
    /// Keeps a value by which the key file is tried from now on.
    ///
    /// # Errors
    /// When it cannot be written.
    pub async fn put_known_value(&mut self, value: &KnownValue) -> Result<(), StoreError> {
        let set = value.key.set.map(|set| set.0).unwrap_or_default();
        sqlx::query(
            "INSERT INTO known_value (id, key_set, key, sealed) VALUES (1, $1, $2, $3) \
             ON CONFLICT (id) DO UPDATE SET key_set = excluded.key_set, key = excluded.key, \
             sealed = excluded.sealed",
        )
        .bind(set.as_slice())
        .bind(value.key.number)
        .bind(&value.sealed)
        .execute(&mut self.writer)
        .await?;
        Ok(())
    }
}

pub(super) async fn has_column(
    pool: &SqlitePool,
    table: &str,
    column: &str,
) -> Result<bool, StoreError> {
    let found: i64 =
        sqlx::query_scalar("SELECT COUNT(*) FROM pragma_table_info($1) WHERE name = $2")
            .bind(table)
            .bind(column)
            .fetch_one(pool)
            .await?;
    Ok(found > 0)
}

pub(super) async fn has_table(pool: &SqlitePool, table: &str) -> Result<bool, StoreError> {
    let found: i64 =
        sqlx::query_scalar("SELECT COUNT(*) FROM sqlite_schema WHERE type = 'table' AND name = $1")
            .bind(table)
            .fetch_one(pool)
            .await?;
    Ok(found > 0)
}
