//! Converts rows to types of the domain.

use jiban_domain::case::ApplicantKind;
use jiban_domain::line::Rank;
use jiban_domain::print_job::JobState;
use jiban_domain::ticket::Ticket;
use jiban_domain::{TicketId, Token};
use sqlx::Row;
use sqlx::SqliteConnection;
use sqlx::sqlite::SqliteRow;

use super::StoreError;

/// The columns of a ticket in the order in which [`ticket`] reads them; the table is named `t`.
macro_rules! ticket_columns {
    () => {
        "t.id, t.token, t.hall, t.day, t.letter, t.number, t.line, t.matter, t.priority, t.state, \
         t.rank_at, t.rank_anchor, t.rank_seq, t.counter, t.reserved_for, t.calls, t.kiosk, \
         t.issued_at, t.first_called_at, t.called_at, t.begun_at, t.served_ms, t.ended_at"
    };
}
pub(super) use ticket_columns;

/// The number of columns of a ticket.
pub(super) const TICKET_COLUMNS: usize = 23;

pub(super) fn unreadable(what: &str) -> StoreError {
    StoreError::Unreadable(what.to_owned())
}

pub(super) fn ticket(row: &SqliteRow) -> Result<Ticket, StoreError> {
    let text = |column: usize| row.try_get::<String, _>(column);
    let named = |column: usize| row.try_get::<Option<String>, _>(column);
    let letter = text(4)?;
    let priority = text(8)?;
    let state = text(9)?;
    Ok(Ticket {
        id: TicketId(row.try_get(0)?),
        token: token(row.try_get(1)?)?,
        hall: text(2)?.as_str().into(),
        day: text(3)?,
        letter: letter.chars().next().ok_or_else(|| unreadable("tickets.letter is empty"))?,
        number: row.try_get(5)?,
        line: text(6)?.as_str().into(),
        matter: text(7)?.as_str().into(),
        priority: priority
            .parse()
            .map_err(|_| unreadable(&format!("tickets.priority {priority}")))?,
        state: state.parse().map_err(|_| unreadable(&format!("tickets.state {state}")))?,
        rank: Rank { at: row.try_get(10)?, anchor: row.try_get(11)?, seq: row.try_get(12)? },
        counter: named(13)?.as_deref().map(Into::into),
        reserved_for: named(14)?.as_deref().map(Into::into),
        calls: row.try_get(15)?,
        kiosk: named(16)?.as_deref().map(Into::into),
        issued_at: row.try_get(17)?,
        first_called_at: row.try_get(18)?,
        called_at: row.try_get(19)?,
        begun_at: row.try_get(20)?,
        served_ms: row.try_get(21)?,
        ended_at: row.try_get(22)?,
    })
}

pub(super) fn token(bytes: Vec<u8>) -> Result<Token, StoreError> {
    bytes.try_into().map(Token).map_err(|_| unreadable("tickets.token is not 16 bytes"))
}

pub(super) fn job_state(name: &str) -> Result<JobState, StoreError> {
    name.parse().map_err(|_| unreadable(&format!("print_jobs.state {name}")))
}

/// The name of a kind of applicant in its column.
pub(super) fn applicant_kind(kind: ApplicantKind) -> &'static str {
    match kind {
        ApplicantKind::Person => "person",
        ApplicantKind::Business => "business",
    }
}

/// Whether there is such a table: a backup of an earlier version lacks some.
pub(super) async fn has_table(
    connection: &mut SqliteConnection,
    table: &str,
) -> Result<bool, StoreError> {
    let found: i64 =
        sqlx::query_scalar("SELECT COUNT(*) FROM sqlite_schema WHERE type = 'table' AND name = $1")
            .bind(table)
            .fetch_one(connection)
            .await?;
    Ok(found > 0)
}
