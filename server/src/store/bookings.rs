//! Bookings: written whole with the places that they take, and read back at a start.

use std::sync::Arc;

use jiban_domain::booking::{Booking, BookingId, BookingState, SlotPlace};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use super::StoreError;
use super::columns::Columns;
use super::rows::{has_table, unreadable};
use super::statements::{Statements, json};
use crate::change::{BookedBy, BookingRow, Change};
use crate::live_state::LiveState;

/// The columns that the trail covers.
pub(super) fn columns(booking: &Booking) -> Result<Columns, StoreError> {
    let document = json(booking)?;
    Ok(Columns::default()
        .integer(booking.id.0)
        .blob(booking.token.0.as_slice())
        .text(&*booking.code)
        .text(booking.hall.as_str())
        .text(booking.matter.as_str())
        .text(&*booking.day().to_string())
        .text(booking.state.into_str())
        .text(&*document))
}

/// Writes a booking and the places that it takes.
pub(super) fn booking(statements: &mut Statements, row: &BookingRow) -> Result<(), StoreError> {
    let booking = &row.booking;
    let document = json(booking)?;
    statements
        .push("INSERT INTO bookings (id, token, code, hall, matter, day, state, document) VALUES (")
        .push_bind(booking.id.0);
    statements.push(", ").push_bind(booking.token.0.as_slice().to_vec());
    statements.push(", ").push_bind(booking.code.clone());
    statements.push(", ").push_bind(booking.hall.to_string());
    statements.push(", ").push_bind(booking.matter.to_string());
    statements.push(", ").push_bind(booking.day().to_string());
    statements.push(", ").push_bind(booking.state.into_str());
    statements.push(", ").push_bind(document).push(
        ") ON CONFLICT (id) DO UPDATE SET day = excluded.day, state = excluded.state, \
         document = excluded.document;",
    );
    if let Some(by) = &row.person {
        statements.push("UPDATE bookings SET name = ").push_bind(by.name.clone());
        statements.push(", number = ").push_bind(by.number.clone());
        statements.push(", telephone = ").push_bind(by.telephone.clone());
        statements.push(", number_key = ").push_bind(by.number_key.to_vec());
        statements.push(", telephone_key = ").push_bind(by.telephone_key.to_vec());
        statements.push(" WHERE id = ").push_bind(booking.id.0).push(";");
    }
    places(statements, booking);
    Ok(())
}

/// The rows of its places as they are now.
fn places(statements: &mut Statements, booking: &Booking) {
    statements
        .push("DELETE FROM booking_places WHERE booking = ")
        .push_bind(booking.id.0)
        .push(";");
    let free_from = match booking.state {
        BookingState::Held => Some(booking.held_until),
        _ => None,
    };
    let kept = match booking.state {
        BookingState::Cancelled | BookingState::Expired => &[],
        _ => booking.places.as_slice(),
    };
    let now = booking.changed_at;
    let kept = kept.iter().map(|place| (*place, free_from));
    let resting = booking.resting.iter().map(|resting| (resting.place, Some(resting.until)));
    for (place, free_from) in kept.chain(resting.filter(|(_, until)| *until > Some(now))) {
        // Only what has become free may be somebody else's now. Anything else breaks the key.
        of_place(
            statements,
            "DELETE FROM booking_places WHERE (hall, line, day, slot, place) = (",
            booking,
            place,
        );
        statements.push(") AND free_from <= ").push_bind(now).push(";");
        of_place(
            statements,
            "INSERT INTO booking_places (hall, line, day, slot, place, booking, free_from) VALUES (",
            booking,
            place,
        );
        statements.push(", ").push_bind(booking.id.0);
        statements.push(", ").push_bind(free_from).push(");");
    }
}

fn of_place(
    statements: &mut Statements,
    begin: &'static str,
    booking: &Booking,
    SlotPlace { day, slot, place }: SlotPlace,
) {
    statements.push(begin).push_bind(booking.hall.to_string());
    statements.push(", ").push_bind(booking.line.to_string());
    statements.push(", ").push_bind(day.to_string());
    statements.push(", ").push_bind(slot.to_string());
    statements.push(", ").push_bind(place);
}

/// Empties what is known of the person.
pub(super) fn erase(statements: &mut Statements, id: BookingId) {
    statements
        .push(
            "UPDATE bookings SET name = NULL, number = NULL, telephone = NULL, \
             number_key = NULL, telephone_key = NULL WHERE id = ",
        )
        .push_bind(id.0)
        .push(";");
    statements.push("DELETE FROM booking_places WHERE booking = ").push_bind(id.0).push(";");
}

/// Bookings whose persons are not erased, and holds.
pub(super) async fn load(
    rows: &mut SqliteConnection,
    live_state: &mut LiveState,
) -> Result<(), StoreError> {
    if !has_table(&mut *rows, "bookings").await? {
        return Ok(());
    }
    let found = sqlx::query(
        "SELECT id, document, name, number, telephone, number_key, telephone_key FROM bookings \
         WHERE number_key IS NOT NULL OR state = 'held' ORDER BY id",
    )
    .fetch_all(rows)
    .await?;
    for row in &found {
        live_state.apply(&Change::Booking(Arc::new(self::row(row)?)));
    }
    Ok(())
}

fn row(row: &SqliteRow) -> Result<BookingRow, StoreError> {
    let id: i64 = row.try_get(0)?;
    let booking: Booking = serde_json::from_str(&row.try_get::<String, _>(1)?)
        .map_err(|error| unreadable(&format!("bookings.document of {id}: {error}")))?;
    let value = |column: usize| row.try_get::<Option<Vec<u8>>, _>(column);
    let key = |column: usize| -> Result<[u8; 32], StoreError> {
        let key = value(column)?.unwrap_or_default();
        key.try_into().map_err(|_| unreadable(&format!("bookings: a key of {id} is not 32 bytes")))
    };
    let person = match (value(2)?, value(3)?, value(4)?) {
        (Some(name), Some(number), Some(telephone)) => Some(Arc::new(BookedBy {
            name,
            number,
            telephone,
            number_key: key(5)?,
            telephone_key: key(6)?,
        })),
        _ => None,
    };
    Ok(BookingRow { booking, person })
}

/// The id of the next booking.
pub(super) async fn next(rows: &mut SqliteConnection) -> Result<i64, StoreError> {
    if !has_table(&mut *rows, "bookings").await? {
        return Ok(1);
    }
    let last: i64 =
        sqlx::query_scalar("SELECT COALESCE(MAX(id), 0) FROM bookings").fetch_one(rows).await?;
    Ok(last + 1)
}
