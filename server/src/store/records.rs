//! The records from which statements are made, sealed. An import replaces those of a statement.

use jiban_domain::{HallId, Millis, StatementId};
use sqlx::Row as _;

use super::rows::unreadable;
use super::statements::{Statements, insert};
use super::{Reader, Store, StoreError};
use crate::change::{Record, RecordsVersion};

/// Writes the records of a statement anew.
pub(super) fn replace(statements: &mut Statements, version: &RecordsVersion) {
    erase(statements, &version.hall, &version.statement);
    insert(
        statements,
        "record_versions (hall, statement, version, at, by, records, digest) ",
        &[version],
        "",
        |mut row, version| {
            row.push_bind(version.hall.as_str())
                .push_bind(version.statement.as_str())
                .push_bind(version.version)
                .push_bind(version.at)
                .push_bind(&version.by)
                .push_bind(i64::try_from(version.records.len()).unwrap_or(i64::MAX))
                .push_bind(version.digest.as_slice());
        },
    );
    insert(
        statements,
        "records (hall, statement, number_key, sealed) ",
        &version.records,
        "",
        |mut row, record| {
            row.push_bind(version.hall.as_str())
                .push_bind(version.statement.as_str())
                .push_bind(record.number_key.as_slice())
                .push_bind(&record.sealed);
        },
    );
}

pub(super) fn erase(statements: &mut Statements, hall: &HallId, statement: &StatementId) {
    for delete in ["DELETE FROM records WHERE hall = ", "DELETE FROM record_versions WHERE hall = "]
    {
        statements.push(delete).push_bind(hall.as_str());
        statements.push(" AND statement = ").push_bind(statement.as_str()).push(";");
    }
}

/// The records of a statement that are in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordsInForce {
    pub hall: HallId,
    pub statement: StatementId,
    pub version: i64,
    pub at: Millis,
    pub by: String,
    pub records: i64,
    /// A keyed hash of all of them.
    pub digest: Vec<u8>,
}

/// A sealed record with its row.
#[derive(Debug, Clone)]
pub struct SealedRecord {
    pub row: i64,
    pub hall: HallId,
    pub statement: StatementId,
    pub number_key: Vec<u8>,
    pub sealed: Vec<u8>,
}

impl Reader {
    /// The records of a person for a statement, in their order.
    ///
    /// # Errors
    /// When they cannot be read.
    pub async fn records_of(
        &self,
        (hall, statement): (&HallId, &StatementId),
        number_key: &[u8; 32],
    ) -> Result<Vec<Record>, StoreError> {
        let found: Vec<Vec<u8>> = sqlx::query_scalar(
            "SELECT sealed FROM records WHERE number_key = $1 AND hall = $2 AND statement = $3 \
             ORDER BY id LIMIT 2000",
        )
        .bind(number_key.as_slice())
        .bind(hall.as_str())
        .bind(statement.as_str())
        .fetch_all(&self.pool)
        .await?;
        let record = |sealed| Record { number_key: *number_key, sealed };
        Ok(found.into_iter().map(record).collect())
    }

    /// The records in force, of all statements. A backup of an earlier version has none.
    ///
    /// # Errors
    /// When they cannot be read.
    pub async fn records_in_force(&self) -> Result<Vec<RecordsInForce>, StoreError> {
        if !super::known_value::has_table(&self.pool, "record_versions").await? {
            return Ok(Vec::new());
        }
        let rows = sqlx::query(
            "SELECT hall, statement, version, at, by, records, digest FROM record_versions \
             ORDER BY hall, statement",
        )
        .fetch_all(&self.pool)
        .await?;
        rows.iter()
            .map(|row| {
                let text = |column: usize| row.try_get::<String, _>(column);
                Ok(RecordsInForce {
                    hall: text(0)?.as_str().into(),
                    statement: text(1)?.as_str().into(),
                    version: row.try_get(2)?,
                    at: row.try_get(3)?,
                    by: text(4)?,
                    records: row.try_get(5)?,
                    digest: row.try_get(6)?,
                })
            })
            .collect::<Result<_, sqlx::Error>>()
            .map_err(|error| unreadable(&format!("record_versions: {error}")))
    }

    /// The next sealed records after a row, of all statements.
    ///
    /// # Errors
    /// When they cannot be read.
    pub async fn sealed_records_after(&self, row: i64) -> Result<Vec<SealedRecord>, StoreError> {
        type Row = (i64, String, String, Vec<u8>, Vec<u8>);
        if !super::known_value::has_table(&self.pool, "records").await? {
            return Ok(Vec::new());
        }
        let found: Vec<Row> = sqlx::query_as(
            "SELECT id, hall, statement, number_key, sealed FROM records WHERE id > $1 \
             ORDER BY id LIMIT 500",
        )
        .bind(row)
        .fetch_all(&self.pool)
        .await?;
        let record = |(row, hall, statement, number_key, sealed): Row| SealedRecord {
            row,
            hall: hall.as_str().into(),
            statement: statement.as_str().into(),
            number_key,
            sealed,
        };
        Ok(found.into_iter().map(record).collect())
    }
}

impl Store {
    /// Replaces what a record is sealed as.
    ///
    /// # Errors
    /// When it cannot be written.
    pub async fn replace_sealed_record(
        &mut self,
        row: i64,
        sealed: &[u8],
    ) -> Result<(), StoreError> {
        sqlx::query("UPDATE records SET sealed = $2 WHERE id = $1")
            .bind(row)
            .bind(sealed)
            .execute(&mut self.writer)
            .await?;
        Ok(())
    }
}
