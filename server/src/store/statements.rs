//! Statements that are sent together, with their arguments: an `INSERT` of many
//! rows is one of them. What goes into the rows is [`super::write`]'s.

use serde::Serialize;
use sqlx::query_builder::Separated;
use sqlx::{QueryBuilder, Sqlite};

use super::StoreError;

/// Statements sent together, with their arguments.
pub(super) type Statements = QueryBuilder<Sqlite>;
/// The values of one row.
pub(super) type Values<'a> = Separated<'a, Sqlite, &'static str>;

/// Rows in one statement. A ticket has 23 columns, and `SQLite` takes 32,766
/// parameters.
const ROWS_PER_STATEMENT: usize = 512;

/// Adds an `INSERT` of many rows.
pub(super) fn insert<T>(
    statements: &mut Statements,
    into: &'static str,
    rows: &[T],
    on_conflict: &'static str,
    mut bind: impl FnMut(Values<'_>, &T),
) {
    for rows in rows.chunks(ROWS_PER_STATEMENT) {
        statements.push("INSERT INTO ").push(into);
        statements.push_values(rows, &mut bind);
        statements.push(on_conflict).push(";");
    }
}

pub(super) fn json(value: &impl Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::Unreadable(error.to_string()))
}
