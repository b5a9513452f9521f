//! What is over is forgotten: nothing of a visitor who has left stays in the file, nor in its
//! log, where what was overwritten would still be read.

use std::collections::HashSet;
use std::sync::atomic::Ordering;

use jiban_domain::{Millis, Token};
use sqlx::{Connection as _, SqliteConnection};
use uuid::Uuid;

use super::super::StoreError;
use super::{TerminalStore, salvage};

impl TerminalStore {
    /// Forgets slips by their ids, and what was answered and handed in before an instant: the
    /// requests with their answers, and whose a number was. That a number was given stays. The
    /// tickets of the tokens `kept` are left alone, and so is whatever the server still has to
    /// hear of.
    ///
    /// # Errors
    /// It cannot be written.
    pub async fn forget(
        &self,
        slips: &[i64],
        before: Millis,
        kept: &HashSet<Token>,
    ) -> Result<(), StoreError> {
        let mut connection = self.connection().await;
        let requests = self.over(&mut connection, before, kept).await?;
        let numbers = handed_in(&mut connection, before, kept).await?;
        if !(slips.is_empty() && requests.is_empty() && numbers.is_empty()) {
            self.unclean.store(true, Ordering::SeqCst);
            let mut work = connection.begin().await?;
            for id in slips {
                sqlx::query("DELETE FROM jobs WHERE id = $1").bind(id).execute(&mut *work).await?;
            }
            for id in requests {
                sqlx::query("DELETE FROM requests WHERE id = $1")
                    .bind(id.as_bytes().as_slice())
                    .execute(&mut *work)
                    .await?;
            }
            for row in numbers {
                sqlx::query(
                    "UPDATE numbers SET request = randomblob(16), token = randomblob(16), \
                     given = '', taken = '' WHERE rowid = $1",
                )
                .bind(row)
                .execute(&mut *work)
                .await?;
            }
            work.commit().await?;
        }
        if self.unclean.load(Ordering::SeqCst) && empty_log(&mut connection).await? {
            self.unclean.store(false, Ordering::SeqCst);
        }
        Ok(())
    }

    /// Deletes damaged files that were set aside before an instant of this machine's clock.
    pub fn forget_set_aside(&self, before: Millis) {
        salvage::delete_old(&self.path, before);
    }

    /// Requests that nobody repeats any more.
    async fn over(
        &self,
        connection: &mut SqliteConnection,
        before: Millis,
        kept: &HashSet<Token>,
    ) -> Result<Vec<Uuid>, StoreError> {
        let ids: Vec<Vec<u8>> = sqlx::query_scalar(
            "SELECT id FROM requests WHERE answer IS NOT NULL AND abandoned <> 1 AND at < $1 \
             AND NOT EXISTS (SELECT 1 FROM numbers WHERE request = requests.id AND taken IS NULL)",
        )
        .bind(before)
        .fetch_all(connection)
        .await?;
        let ids = ids.iter().filter_map(|id| Uuid::from_slice(id).ok());
        Ok(ids.filter(|id| !kept.contains(&self.token(*id))).collect())
    }
}

/// Numbers that the server has, and of which it is still known whose they are.
async fn handed_in(
    connection: &mut SqliteConnection,
    before: Millis,
    kept: &HashSet<Token>,
) -> Result<Vec<i64>, StoreError> {
    let rows: Vec<(i64, Vec<u8>)> = sqlx::query_as(
        "SELECT rowid, token FROM numbers WHERE taken IS NOT NULL AND given <> '' \
         AND taken_at < $1",
    )
    .bind(before)
    .fetch_all(connection)
    .await?;
    let is_kept = |token: &[u8]| token.try_into().is_ok_and(|token| kept.contains(&Token(token)));
    Ok(rows.into_iter().filter(|(_, token)| !is_kept(token)).map(|(row, _)| row).collect())
}

/// Writes the log into the file, and cuts it to nothing. Whether that was done: whoever reads
/// the file just now may hold it up.
async fn empty_log(connection: &mut SqliteConnection) -> Result<bool, StoreError> {
    let (busy, ..): (i64, i64, i64) =
        sqlx::query_as("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one(connection).await?;
    Ok(busy == 0)
}
