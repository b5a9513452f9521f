//! Rows of terminals: the numbers lent to them, their reports and events.

use jiban_domain::{KioskId, Millis};
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;
use uuid::Uuid;

use super::alerts;
use super::columns::Columns;
use super::loaded_terminals::store;
use super::statements::{Statements, insert};
use super::{Reader, Store, StoreError};
use crate::change::terminals::{KeyedTerminal, LastReport, TerminalChange, TerminalHappened};

/// Events kept of each kiosk.
const EVENTS_KEPT: i64 = 500;
/// Days after its own for which a block is kept: a terminal that was cut off so long can still
/// say what became of its numbers.
const DAYS_KEPT: i64 = 8;

/// Adds what a change writes.
pub(super) fn terminals(statements: &mut Statements, change: &TerminalChange) {
    match change {
        TerminalChange::Lent(block) => {
            let into = "lent_numbers (hall, day, letter, first, kiosk, store, at) ";
            insert(statements, into, &[block], "", |mut row, block| {
                row.push_bind(block.hall.as_str())
                    .push_bind(&block.day)
                    .push_bind(&*block.letter.encode_utf8(&mut [0; 4]))
                    .push_bind(block.first)
                    .push_bind(block.kiosk.as_str())
                    .push_bind(block.store.as_bytes().as_slice())
                    .push_bind(block.at);
            });
        }
        TerminalChange::Answered { request, digest, answer, at } => {
            insert(
                statements,
                "requests (id, digest, answer, at) ",
                &[()],
                " ON CONFLICT (id) DO UPDATE SET digest = excluded.digest, \
                 answer = excluded.answer, at = excluded.at",
                |mut row, ()| {
                    row.push_bind(request.as_bytes().as_slice())
                        .push_bind(digest.as_slice())
                        .push_bind(answer)
                        .push_bind(*at);
                },
            );
        }
        TerminalChange::Reported(LastReport { kiosk, at, report }) => {
            insert(
                statements,
                "terminal_reports (kiosk, at, report) ",
                &[()],
                " ON CONFLICT (kiosk) DO UPDATE SET at = excluded.at, report = excluded.report",
                |mut row, ()| {
                    row.push_bind(kiosk.as_str()).push_bind(*at).push_bind(report);
                },
            );
        }
        TerminalChange::Keyed(terminal) => keyed(statements, terminal),
        TerminalChange::Alert(alert) => alerts::alert(statements, alert),
        TerminalChange::News(news) => alerts::news(statements, news),
        TerminalChange::Happened(happened) => {
            insert(
                statements,
                "terminal_events (store, id, kiosk, at, kind, detail) ",
                &[happened],
                // Told before, by a report whose answer was lost.
                " ON CONFLICT (store, id) DO NOTHING",
                |mut row, happened| {
                    row.push_bind(happened.store.as_bytes().as_slice())
                        .push_bind(i64::try_from(happened.id).unwrap_or(i64::MAX))
                        .push_bind(happened.kiosk.as_str())
                        .push_bind(happened.at)
                        .push_bind(&happened.kind)
                        .push_bind(&happened.detail);
                },
            );
        }
    }
}

fn keyed(statements: &mut Statements, terminal: &KeyedTerminal) {
    let replaced = replaced(terminal);
    insert(
        statements,
        "terminals (id, kiosk, key, next_key, paired_at, by, revoked_at, run, replaced) ",
        &[terminal],
        " ON CONFLICT (id) DO UPDATE SET key = excluded.key, next_key = excluded.next_key, \
         revoked_at = excluded.revoked_at, run = excluded.run, replaced = excluded.replaced",
        |mut row, terminal| {
            row.push_bind(terminal.id)
                .push_bind(terminal.kiosk.as_str())
                .push_bind(terminal.key.as_slice())
                .push_bind(terminal.next_key.as_ref().map(<[u8; 32]>::as_slice))
                .push_bind(terminal.paired_at)
                .push_bind(&terminal.by)
                .push_bind(terminal.revoked_at)
                .push_bind(terminal.run.as_ref().map(|run| run.as_bytes().as_slice()))
                .push_bind(&replaced);
        },
    );
}

/// The replaced programs, as their column has them.
fn replaced(terminal: &KeyedTerminal) -> String {
    let runs: Vec<String> = terminal.replaced.iter().map(Uuid::to_string).collect();
    runs.join(" ")
}

/// What the trail covers of a terminal's row.
pub(super) fn columns(terminal: &KeyedTerminal) -> Columns {
    Columns::default()
        .integer(terminal.id)
        .text(terminal.kiosk.as_str())
        .blob(terminal.key.as_slice())
        .blob(terminal.next_key.as_ref().map(<[u8; 32]>::as_slice))
        .integer(terminal.paired_at)
        .text(&*terminal.by)
        .integer(terminal.revoked_at)
        .blob(terminal.run.as_ref().map(|run| run.as_bytes().as_slice()))
        .text(&*replaced(terminal))
}

impl Reader {
    /// The last reports of all kiosks.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn last_reports(&self) -> Result<Vec<LastReport>, StoreError> {
        let found: Vec<(String, Millis, String)> =
            sqlx::query_as("SELECT kiosk, at, report FROM terminal_reports")
                .fetch_all(&self.pool)
                .await?;
        let row = |(kiosk, at, report): (String, Millis, String)| LastReport {
            kiosk: kiosk.as_str().into(),
            at,
            report,
        };
        Ok(found.into_iter().map(row).collect())
    }

    /// The id of the last event that is kept of a store; 0 without one.
    ///
    /// # Errors
    /// As above.
    pub async fn events_kept(&self, store: Uuid) -> Result<u64, StoreError> {
        let last: Option<i64> =
            sqlx::query_scalar("SELECT MAX(id) FROM terminal_events WHERE store = $1")
                .bind(store.as_bytes().as_slice())
                .fetch_one(&self.pool)
                .await?;
        Ok(last.map_or(0, i64::unsigned_abs))
    }

    /// The last events of a kiosk's terminals, the newest first.
    ///
    /// # Errors
    /// As above.
    pub async fn terminal_events(
        &self,
        kiosk: &KioskId,
        most: u32,
    ) -> Result<Vec<TerminalHappened>, StoreError> {
        let rows = sqlx::query(
            "SELECT store, id, kiosk, at, kind, detail FROM terminal_events WHERE kiosk = $1 \
             ORDER BY at DESC, id DESC LIMIT $2",
        )
        .bind(kiosk.as_str())
        .bind(most)
        .fetch_all(&self.pool)
        .await?;
        let happened = |row: &SqliteRow| {
            Ok(TerminalHappened {
                store: store(row.try_get(0)?)?,
                id: row.try_get::<i64, _>(1)?.unsigned_abs(),
                kiosk: row.try_get::<String, _>(2)?.as_str().into(),
                at: row.try_get(3)?,
                kind: row.try_get(4)?,
                detail: row.try_get(5)?,
            })
        };
        rows.iter().map(happened).collect()
    }
}

impl Store {
    /// Deletes events beyond those kept of each kiosk, and numbers lent for days that are long
    /// over.
    ///
    /// # Errors
    /// When it cannot be written.
    pub async fn prune_terminals(&mut self, now: Millis) -> Result<(), StoreError> {
        sqlx::query(
            "DELETE FROM terminal_events WHERE (store, id) IN (SELECT store, id FROM (SELECT \
             store, id, ROW_NUMBER() OVER (PARTITION BY kiosk ORDER BY at DESC, id DESC) AS place \
             FROM terminal_events) WHERE place > $1 LIMIT 500)",
        )
        .bind(EVENTS_KEPT)
        .execute(&mut self.writer)
        .await?;
        sqlx::query("DELETE FROM lent_numbers WHERE day < $1")
            .bind(first_day_kept(now))
            .execute(&mut self.writer)
            .await?;
        Ok(())
    }
}

/// The first day whose numbers are still known.
pub fn first_day_kept(now: Millis) -> String {
    crate::zone::utc_day(now - DAYS_KEPT * 24 * 60 * 60 * 1000).to_string()
}
