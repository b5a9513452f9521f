//! The digest of a row's columns.

use sha2::{Digest as _, Sha256};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, TypeInfo as _, ValueRef as _};

use super::StoreError;

/// Half of a SHA-256.
pub(super) type RowDigest = [u8; 16];

/// The digest of the columns of rows, in the order in which they are added.
#[derive(Clone, Default)]
pub(super) struct Columns(Sha256);

impl Columns {
    pub(super) fn integer(mut self, value: impl Into<Option<i64>>) -> Self {
        match value.into() {
            Some(value) => {
                self.0.update([b'i']);
                self.0.update(value.to_be_bytes());
            }
            None => self.0.update([b'n']),
        }
        self
    }

    pub(super) fn text<'a>(mut self, value: impl Into<Option<&'a str>>) -> Self {
        match value.into() {
            Some(value) => self.bytes(b't', value.as_bytes()),
            None => self.0.update([b'n']),
        }
        self
    }

    pub(super) fn blob<'a>(mut self, value: impl Into<Option<&'a [u8]>>) -> Self {
        match value.into() {
            Some(value) => self.bytes(b'b', value),
            None => self.0.update([b'n']),
        }
        self
    }

    /// With the length, so that no two lists of values have the same bytes.
    fn bytes(&mut self, kind: u8, value: &[u8]) {
        self.0.update([kind]);
        self.0.update((value.len() as u64).to_be_bytes());
        self.0.update(value);
    }

    /// Adds the columns of a row as the database has them, from the first wanted.
    pub(super) fn row(mut self, row: &SqliteRow, from: usize) -> Result<Self, StoreError> {
        for column in from..row.len() {
            let value = row.try_get_raw(column)?;
            let (null, kind) = (value.is_null(), value.type_info().name().to_owned());
            self = match &*kind {
                _ if null => self.integer(None),
                "INTEGER" => self.integer(row.try_get::<i64, _>(column)?),
                "TEXT" => self.text(&*row.try_get::<String, _>(column)?),
                _ => self.blob(&*row.try_get::<Vec<u8>, _>(column)?),
            };
        }
        Ok(self)
    }

    pub(super) fn digest(self) -> RowDigest {
        let mut half = [0; 16];
        half.copy_from_slice(&self.0.finalize()[..16]);
        half
    }
}
