//! Alerts about terminals, and the messages by which somebody is told of them.

use jiban_domain::Millis;
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use super::loaded_terminals;
use super::rows::unreadable;
use super::statements::{Statements, insert};
use super::{Reader, Store, StoreError};
use crate::alerting::Way;
use crate::change::terminals::{Alert, AlertNews, NewsState};

/// Alerts that are over are kept for so long.
const KEPT: Millis = 90 * 24 * 60 * 60 * 1000;

pub(super) fn alert(statements: &mut Statements, alert: &Alert) {
    insert(
        statements,
        "alerts (id, kiosk, kind, begun_at, ended_at) ",
        &[alert],
        " ON CONFLICT (id) DO UPDATE SET ended_at = excluded.ended_at",
        |mut row, alert| {
            row.push_bind(alert.id)
                .push_bind(alert.kiosk.as_str())
                .push_bind(alert.kind.into_str())
                .push_bind(alert.begun_at)
                .push_bind(alert.ended_at);
        },
    );
}

pub(super) fn news(statements: &mut Statements, news: &AlertNews) {
    insert(
        statements,
        "alert_messages (id, alert, over, way, state, at, tries, next_at) ",
        &[news],
        " ON CONFLICT (id) DO UPDATE SET state = excluded.state, tries = excluded.tries, \
         next_at = excluded.next_at",
        |mut row, news| {
            row.push_bind(news.id())
                .push_bind(news.alert)
                .push_bind(news.over)
                .push_bind(news.way.name())
                .push_bind(news.state.into_str())
                .push_bind(news.at)
                .push_bind(news.tries)
                .push_bind(news.next_at);
        },
    );
}

impl Reader {
    /// What somebody is to be told now, with the alert that it is about; the oldest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn alert_news(&self, now: Millis) -> Result<Vec<(AlertNews, Alert)>, StoreError> {
        let rows = sqlx::query(
            "SELECT a.id, a.kiosk, a.kind, a.begun_at, a.ended_at, m.over, m.way, m.at, m.tries, \
             m.next_at FROM alert_messages m JOIN alerts a ON a.id = m.alert \
             WHERE m.state = 'waiting' AND m.next_at <= $1 ORDER BY m.id LIMIT 50",
        )
        .bind(now)
        .fetch_all(&self.pool)
        .await?;
        let news = |row: &SqliteRow| {
            let alert = loaded_terminals::alert(row)?;
            let way: String = row.try_get(6)?;
            let way = Way::ALL.into_iter().find(|known| known.name() == way);
            let news = AlertNews {
                alert: alert.id,
                over: row.try_get(5)?,
                way: way.ok_or_else(|| unreadable("alert_messages.way"))?,
                state: NewsState::Waiting,
                at: row.try_get(7)?,
                tries: row.try_get(8)?,
                next_at: row.try_get(9)?,
            };
            Ok((news, alert))
        };
        rows.iter().map(news).collect()
    }
}

impl Store {
    /// Deletes alerts that are long over, and what was told of them.
    ///
    /// # Errors
    /// When it cannot be written.
    pub async fn prune_alerts(&mut self, now: Millis) -> Result<(), StoreError> {
        for statement in [
            "DELETE FROM alert_messages WHERE alert IN (SELECT id FROM alerts WHERE ended_at < $1)",
            "DELETE FROM alerts WHERE ended_at < $1",
        ] {
            sqlx::query(statement).bind(now - KEPT).execute(&mut self.writer).await?;
        }
        Ok(())
    }
}
