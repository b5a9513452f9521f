//! What the trail says of the clock: when it was last told, whether it is in doubt, and what
//! its settings mean for tickets.

use std::collections::BTreeMap;

use jiban_domain::hall_clock::{ClockSetting, Remembered};
use jiban_domain::ticket::Ticket;
use jiban_domain::{HallId, Millis, TicketId};
use serde::Deserialize;
use sqlx::SqliteConnection;

use super::rows::unreadable;
use super::{Store, StoreError};

impl Store {
    /// What is known of the time at a start.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn remembered(&mut self) -> Result<Remembered, StoreError> {
        remembered(&mut self.writer).await
    }
}

pub(super) async fn remembered(rows: &mut SqliteConnection) -> Result<Remembered, StoreError> {
    let last = sqlx::query_scalar("SELECT at FROM events ORDER BY id DESC LIMIT 1")
        .fetch_optional(&mut *rows)
        .await?;
    let of_clock: Option<(Millis, String)> = sqlx::query_as(
        "SELECT at, kind FROM events WHERE kind IN ('ClockDoubted', 'ClockSet') \
         ORDER BY id DESC LIMIT 1",
    )
    .fetch_optional(rows)
    .await?;
    let in_doubt_since = of_clock.filter(|(_, kind)| kind == "ClockDoubted").map(|(at, _)| at);
    Ok(Remembered { last, in_doubt_since })
}

/// A setting of the clock, as its event tells.
#[derive(Debug, Deserialize)]
struct Set {
    #[serde(flatten)]
    setting: ClockSetting,
    /// Tickets that were there have smaller ids.
    tickets_before: TicketId,
    /// Tickets from this one on were taken in the doubt.
    #[serde(skip)]
    tickets_from: Option<TicketId>,
    /// The business day of each hall to which the clock was set.
    days: BTreeMap<HallId, String>,
}

/// The beginning of a doubt, as its event tells.
#[derive(Debug, Deserialize)]
struct Doubted {
    /// The next ticket's id.
    tickets_from: TicketId,
}

/// All settings, oldest first.
#[derive(Debug, Default)]
pub(super) struct ClockSettings(Vec<Set>);

/// The tickets of a hall that were taken on a day of a future that is not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct WrongFuture {
    pub tickets_before: i64,
    pub after_day: String,
}

impl ClockSettings {
    pub(super) async fn read(rows: &mut SqliteConnection) -> Result<Self, StoreError> {
        let found: Vec<(i64, String, String)> = sqlx::query_as(
            "SELECT id, kind, detail FROM events WHERE kind IN ('ClockDoubted', 'ClockSet') \
             ORDER BY id",
        )
        .fetch_all(rows)
        .await?;
        let mut settings = Vec::new();
        let mut tickets_from = None;
        for (id, kind, detail) in found {
            let failed = |error| unreadable(&format!("events.detail of {id}: {error}"));
            if kind == "ClockDoubted" {
                let doubted: Doubted = serde_json::from_str(&detail).map_err(failed)?;
                tickets_from = Some(doubted.tickets_from);
            } else {
                let set: Set = serde_json::from_str(&detail).map_err(failed)?;
                settings.push(Set { tickets_from: tickets_from.take(), ..set });
            }
        }
        Ok(Self(settings))
    }

    /// The business day with which a ticket ends, if it is not the one it was taken on: it was
    /// taken in a doubt, when nobody knew the day, or on a day of a wrong future.
    pub(super) fn kept_until(&self, ticket: &Ticket) -> Option<String> {
        let mut kept: Option<&str> = None;
        for set in self.0.iter().filter(|set| ticket.id < set.tickets_before) {
            let Some(day) = set.days.get(&ticket.hall) else { continue };
            let in_doubt = set.tickets_from.is_some_and(|from| ticket.id >= from);
            let known = kept.unwrap_or(&ticket.day);
            if known > day.as_str() || (in_doubt && known != day) {
                kept = Some(day);
            }
        }
        kept.map(str::to_owned)
    }

    /// The tickets of the last future that was taken back.
    pub(super) fn wrong_future(&self, hall: &HallId) -> Option<WrongFuture> {
        let back = self.0.iter().rev().find(|set| set.setting.to < set.setting.from)?;
        let after_day = back.days.get(hall)?.clone();
        Some(WrongFuture { tickets_before: back.tickets_before.0, after_day })
    }

    /// Tickets before this one waited while the clock was set: how long is not known.
    pub(super) fn last_tickets_before(&self) -> TicketId {
        let moved = |set: &&Set| set.setting.to != set.setting.from;
        self.0.iter().rev().find(moved).map_or(TicketId(0), |set| set.tickets_before)
    }
}
