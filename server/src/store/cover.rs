//! What the trail says of rows: the first event of a command holds a digest of each row that
//! the command wrote, so that `jiban check` finds any of their columns changed.
//!
//! `"rows": {"tickets/12": "…", "sessions/9f3a…": ""}` names a table and a key; the value is
//! half of the SHA-256 of the row's columns, in base64, or empty where the row was deleted.
//! A digest holds nothing personal: sealed values and keyed hashes of numbers are not part of
//! any, since they must be erased without a trace; `jiban check` opens those with the key.
//!
//! Names and columns only grow: a table that gets a column that is to be covered needs
//! a new name here, and rows under the old name keep the old list.

use std::collections::BTreeMap;

use data_encoding::{BASE64_NOPAD, HEXLOWER};
use jiban_domain::ticket::Ticket;
use jiban_domain::{CounterId, KioskId};

use super::StoreError;
use super::bookings;
use super::cases;
use super::columns::{Columns, RowDigest};
use super::document_prints::statement_row;
use super::draft_writes;
use super::statements::json;
use super::terminals;
use crate::change::drafts::DraftChange;
use crate::change::terminals::TerminalChange;
use crate::change::{
    CalendarVersion, Change, IssuedStatement, RecordsVersion, Session, SessionKey, SetupVersion,
};

/// The name under which an event's detail holds the digests.
const ROWS: &str = "rows";

/// Adds the digests of the rows that a command writes to its first event, if it has one: so the
/// very first event of a database tells whether it has digests from the beginning.
///
/// # Errors
/// When a document cannot be written as JSON.
pub fn cover(changes: &mut [Change]) -> Result<(), StoreError> {
    let mut rows = BTreeMap::new();
    for change in changes.iter() {
        if let Some((name, digest)) = covered(change)? {
            let digest = digest.map_or_else(String::new, |digest| BASE64_NOPAD.encode(&digest));
            rows.insert(name, digest);
        }
    }
    let first = changes.iter_mut().find_map(|change| match change {
        Change::Event(event) => Some(event),
        _ => None,
    });
    let Some(event) = first.filter(|_| !rows.is_empty()) else { return Ok(()) };
    // Into the object that the detail is.
    let rows = json(&rows)?;
    let inside = event.detail.trim_end().strip_suffix('}').unwrap_or("{").to_owned();
    let comma = if inside == "{" { "" } else { "," };
    event.detail = format!("{inside}{comma}\"{ROWS}\":{rows}}}");
    Ok(())
}

/// The name of the row that a change writes, and its digest; none where it is deleted.
fn covered(change: &Change) -> Result<Option<(String, Option<RowDigest>)>, StoreError> {
    Ok(Some(match change {
        Change::Ticket(row) => (format!("tickets/{}", row.id.0), Some(ticket(row).digest())),
        Change::Case(row) => {
            (format!("cases/{}", row.case.id.0), Some(cases::columns(row)?.digest()))
        }
        Change::Booking(row) => (
            format!("bookings/{}", row.booking.id.0),
            Some(bookings::columns(&row.booking)?.digest()),
        ),
        Change::SessionBegun(row) => (session_name(&row.key), Some(session(row).digest())),
        Change::SessionEnded(key) => (session_name(key), None),
        Change::Setup(row) => (format!("setups/{}", row.version), Some(setup(row)?.digest())),
        Change::Calendar(row) => {
            (format!("calendars/{}", row.version), Some(calendar(row)?.digest()))
        }
        Change::Password { clerk, phc } => {
            let columns = Columns::default().text(clerk.as_str()).text(&**phc);
            (format!("passwords/{clerk}"), Some(columns.digest()))
        }
        Change::PasswordRemoved(clerk) => (format!("passwords/{clerk}"), None),
        Change::PromiseBroken { case, until, .. } => {
            let columns = Columns::default().integer(case.0).text(&*until.to_string());
            (format!("broken_promises/{}", case.0), Some(columns.digest()))
        }
        Change::FileKept { file, case, at, sha256 } => {
            let columns =
                Columns::default().text(&**file).integer(case.0).integer(*at).blob(&sha256[..]);
            (format!("files/{file}"), Some(columns.digest()))
        }
        Change::FileGone(file) => (format!("files/{file}"), None),
        Change::Draft(DraftChange::Put(row)) => {
            (format!("drafts/{}", row.id.0), Some(draft_writes::columns(row)?.digest()))
        }
        Change::Draft(DraftChange::FileKept { file, draft, at, sha256 }) => {
            let columns = draft_writes::file_columns(file, *draft, *at, sha256);
            (format!("draft_files/{file}"), Some(columns.digest()))
        }
        Change::Draft(DraftChange::FileGone(file)) => (format!("draft_files/{file}"), None),
        Change::Terminal(TerminalChange::Keyed(row)) => {
            (format!("terminals/{}", row.id), Some(terminals::columns(row).digest()))
        }
        Change::StatementIssued(row) => {
            (format!("issued_statements/{}", row.code), Some(issued_statement(row)?.digest()))
        }
        Change::Records(row) => (
            format!("record_versions/{}/{}", row.hall, row.statement),
            Some(record_version(row).digest()),
        ),
        Change::RecordsErased { hall, statement } => {
            (format!("record_versions/{hall}/{statement}"), None)
        }
        // The check knows what is erased with a person. An event covers itself. Sealed values
        // are opened; how far a slip, a document on its way to a printer or what is to be told
        // is needs no cover: that it was printed or told is an event.
        // Numbers that are lent wrongly cost their visitor another number, and what a terminal
        // tells of itself it may tell wrongly anyway.
        Change::Terminal(_)
        | Change::Draft(_)
        | Change::PersonErased(_)
        | Change::BookingErased(_)
        | Change::NotesKey { .. }
        | Change::Event(_)
        | Change::Person(_)
        | Change::Telling(_)
        | Change::DocumentPrint(_)
        | Change::Job(_) => return Ok(None),
    }))
}

/// A session's name in the trail: the beginning of its key, which opens nothing. The check
/// spells it in SQL.
fn session_name(key: &SessionKey) -> String {
    format!("sessions/{}", HEXLOWER.encode(&key[..8]))
}

fn ticket(ticket: &Ticket) -> Columns {
    let number = i64::from(ticket.number);
    Columns::default()
        .integer(ticket.id.0)
        .blob(ticket.token.0.as_slice())
        .text(ticket.hall.as_str())
        .text(&*ticket.day)
        .text(&*ticket.letter.encode_utf8(&mut [0; 4]))
        .integer(number)
        .text(ticket.line.as_str())
        .text(ticket.matter.as_str())
        .text(ticket.priority.into_str())
        .text(ticket.state.into_str())
        .integer(ticket.rank.at)
        .integer(ticket.rank.anchor)
        .integer(ticket.rank.seq)
        .text(ticket.counter.as_ref().map(CounterId::as_str))
        .text(ticket.reserved_for.as_ref().map(CounterId::as_str))
        .integer(i64::from(ticket.calls))
        .text(ticket.kiosk.as_ref().map(KioskId::as_str))
        .integer(ticket.issued_at)
        .integer(ticket.first_called_at)
        .integer(ticket.called_at)
        .integer(ticket.begun_at)
        .integer(ticket.served_ms)
        .integer(ticket.ended_at)
}

fn session(session: &Session) -> Columns {
    Columns::default()
        .blob(session.key.as_slice())
        .text(session.clerk.as_str())
        .text(session.counter.as_ref().map(CounterId::as_str))
        .integer(session.begun_at)
        .integer(session.ends_at)
}

fn setup(version: &SetupVersion) -> Result<Columns, StoreError> {
    let document = json(&version.setup)?;
    Ok(versioned(version.version, version.at, &version.by, &document))
}

fn calendar(version: &CalendarVersion) -> Result<Columns, StoreError> {
    let document = json(&version.calendar)?;
    Ok(versioned(version.version, version.at, &version.by, &document))
}

fn issued_statement(issued: &IssuedStatement) -> Result<Columns, StoreError> {
    let row = statement_row(issued)?;
    Ok(Columns::default()
        .blob(issued.code.0.as_slice())
        .integer(issued.print)
        .text(issued.statement.as_str())
        .text(&*row.document)
        .text(&*row.issuer)
        .text(&*issued.issued_on.to_string()))
}

/// Without the keyed hash of all records: the check computes it anew from what the key opens.
fn record_version(version: &RecordsVersion) -> Columns {
    Columns::default()
        .text(version.hall.as_str())
        .text(version.statement.as_str())
        .integer(version.version)
        .integer(version.at)
        .text(&*version.by)
        .integer(i64::try_from(version.records.len()).unwrap_or(i64::MAX))
}

fn versioned(version: i64, at: i64, by: &str, document: &str) -> Columns {
    Columns::default().integer(version).integer(at).text(by).text(document)
}
