//! A damaged store: what can still be read of the numbers that were given and not handed in is
//! saved, since people hold slips with them. Everything else the server gives again.

use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use jiban_domain::Millis;
use sqlx::{ConnectOptions as _, Connection as _, SqliteConnection};

use super::super::ground::with_suffix;
use super::super::{StoreError, options};

/// A row of `numbers`.
type Row = (Vec<u8>, String, String, i64, Vec<u8>, Vec<u8>, i64, String, i64);

/// Reads what it can.
pub(super) async fn read(path: &Path) -> Vec<Row> {
    let Ok(mut reading) = options(path).read_only(true).connect().await else { return Vec::new() };
    let mut saved = Vec::new();
    // One by one: a lost page costs its own rows only.
    let rows: Vec<i64> = sqlx::query_scalar("SELECT rowid FROM numbers WHERE taken IS NULL")
        .fetch_all(&mut reading)
        .await
        .unwrap_or_default();
    for row in rows {
        let found = sqlx::query_as(
            "SELECT store, day, letter, number, request, token, taken_at, given, given_back \
             FROM numbers WHERE rowid = $1",
        );
        saved.extend(found.bind(row).fetch_optional(&mut reading).await.ok().flatten());
    }
    let _ = reading.close().await;
    saved
}

/// Gives the file, with its log, another name.
pub(super) fn set_aside(path: &Path) -> Result<PathBuf, StoreError> {
    let name = (1..).map(|count| with_suffix(path, &format!(".damaged-{count}")));
    let to = name.into_iter().find(|to| !to.exists()).unwrap_or_else(|| path.to_owned());
    std::fs::rename(path, &to).map_err(|error| StoreError::File(path.to_owned(), error))?;
    for suffix in ["-wal", "-shm"] {
        // Where there is none, there is nothing to move.
        let _ = std::fs::rename(with_suffix(path, suffix), with_suffix(&to, suffix));
    }
    Ok(to)
}

/// Deletes what was set aside and last written before an instant of this machine's clock: it
/// holds tokens and slips of visitors who have left long since. What cannot be deleted stays
/// until the next time.
pub(super) fn delete_old(path: &Path, before: Millis) {
    let beginning = format!("{}.damaged-", path.file_name().unwrap_or_default().to_string_lossy());
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let Ok(entries) = folder.unwrap_or(Path::new(".")).read_dir() else { return };
    for entry in entries.flatten() {
        let written = entry.metadata().and_then(|found| found.modified()).ok();
        let written = written.and_then(|at| at.duration_since(UNIX_EPOCH).ok());
        let written = written.and_then(|since| Millis::try_from(since.as_millis()).ok());
        if entry.file_name().to_string_lossy().starts_with(&beginning)
            && written.is_some_and(|at| at < before)
        {
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

/// Writes into a new store what was saved; returns how many numbers that are.
pub(super) async fn write(
    connection: &mut SqliteConnection,
    saved: Vec<Row>,
) -> Result<usize, StoreError> {
    let mut count = 0;
    for (store, day, letter, number, request, token, taken_at, given, given_back) in saved {
        let written = sqlx::query(
            "INSERT INTO numbers (store, day, letter, number, request, token, taken_at, given, \
             given_back) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING",
        )
        .bind(store)
        .bind(day)
        .bind(letter)
        .bind(number)
        .bind(request)
        .bind(token)
        .bind(taken_at)
        .bind(given)
        .bind(given_back)
        .execute(&mut *connection)
        .await?;
        count += usize::try_from(written.rows_affected()).unwrap_or_default();
    }
    Ok(count)
}
