//! The write-ahead log is copied into the database beside the writer.
//!
//! `SQLite` does this by itself within a commit, once the log is long enough: every
//! command of that commit then waits for tens of milliseconds. Here a connection
//! of its own copies what has been committed so far, while the writer goes on.
//! The log can only be begun again by the writer, once all of it is copied:
//! that is still left to the automatic checkpoint, which then finds little to do.
//! Were this task to fall behind or fail, the automatic checkpoint does it all.

use std::path::Path;

use sqlx::{ConnectOptions as _, Connection as _, SqliteConnection};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use super::{StoreError, options};

/// Rows written between two checkpoints. A row changes some two pages: those of
/// its table are shared by many, those of an index on random bytes are not.
const ROWS_BETWEEN: usize = 1_024;

/// Tells the task that copies the log when there is enough to copy.
#[derive(Debug)]
pub(super) struct Checkpointer {
    rows: usize,
    due: mpsc::Sender<()>,
    task: JoinHandle<()>,
}

impl Checkpointer {
    /// Opens a connection to a database, and starts the task.
    pub async fn start(path: &Path) -> Result<Self, StoreError> {
        let connection = options(path).pragma("wal_autocheckpoint", "0").connect().await?;
        let (due, inbox) = mpsc::channel(1);
        Ok(Self { rows: 0, due, task: tokio::spawn(run(connection, inbox)) })
    }

    /// Counts committed rows.
    pub fn count(&mut self, rows: usize) {
        self.rows += rows;
        if self.rows >= ROWS_BETWEEN {
            self.rows = 0;
            // Full while the one before is not begun: it will copy these too.
            let _ = self.due.try_send(());
        }
    }

    /// Closes the connection.
    pub async fn stop(self) {
        drop(self.due);
        // A task that panicked has closed it as well.
        let _ = self.task.await;
    }
}

async fn run(mut connection: SqliteConnection, mut due: mpsc::Receiver<()>) {
    while due.recv().await.is_some() {
        // PASSIVE waits for nobody, and nobody waits for it.
        let done = sqlx::query("PRAGMA wal_checkpoint(PASSIVE)").execute(&mut connection).await;
        if let Err(error) = done {
            tracing::warn!(%error, "the write-ahead log could not be checkpointed; tried again");
        }
    }
    // What cannot be closed has nothing uncommitted.
    let _ = connection.close().await;
}
