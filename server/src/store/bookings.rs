//! Bookings: written whole with the places that they take, and read back at a start.

use std::sync::Arc;

use jiban_domain::Token;
use jiban_domain::booking::{Booking, BookingId, BookingState, SlotPlace};
use sqlx::sqlite::SqliteRow;
use sqlx::{QueryBuilder, Row, SqliteConnection};

use super::columns::Columns;
use super::known_value::has_column;
use super::rows::unreadable;
use super::statements::{Statements, json};
use super::{Period, Reader, Store, StoreError};
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
    let last: i64 =
        sqlx::query_scalar("SELECT COALESCE(MAX(id), 0) FROM bookings").fetch_one(rows).await?;
    Ok(last + 1)
}

/// How many bookings of a hall had a state on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookingsOfDay {
    pub day: String,
    pub state: BookingState,
    pub count: u32,
}

impl Reader {
    /// The bookings of a period by day and state.
    ///
    /// # Errors
    /// When they cannot be read.
    pub async fn bookings_by_day(&self, period: &Period) -> Result<Vec<BookingsOfDay>, StoreError> {
        let mut query = QueryBuilder::new("SELECT day, state, COUNT(*) FROM bookings");
        period.within(&mut query, "day");
        query.push(" GROUP BY day, state ORDER BY day, state");
        let found: Vec<(String, String, u32)> =
            query.build_query_as().fetch_all(&self.pool).await?;
        found
            .into_iter()
            .map(|(day, state, count)| {
                let state =
                    state.parse().map_err(|_| unreadable(&format!("bookings.state {state}")))?;
                Ok(BookingsOfDay { day, state, count })
            })
            .collect()
    }

    /// Who booked, sealed, of the next bookings after this one, with the token of each.
    ///
    /// # Errors
    /// When they cannot be read.
    pub async fn sealed_bookings_after(&self, id: i64) -> Result<Vec<SealedBooking>, StoreError> {
        type Value = Option<Vec<u8>>;
        type Row = (i64, Vec<u8>, Value, Value, Value, Value, Value);
        // A backup of an earlier version has no bookings.
        if !has_column(&self.pool, "bookings", "name").await? {
            return Ok(Vec::new());
        }
        let found: Vec<Row> = sqlx::query_as(
            "SELECT id, token, name, number, telephone, number_key, telephone_key FROM bookings \
             WHERE id > $1 AND (name IS NOT NULL OR number IS NOT NULL \
             OR telephone IS NOT NULL OR number_key IS NOT NULL OR telephone_key IS NOT NULL) \
             ORDER BY id LIMIT 500",
        )
        .bind(id)
        .fetch_all(&self.pool)
        .await?;
        // Of a row that has some, one that is missing opens with no key.
        let has = Option::unwrap_or_default;
        let row = |(id, token, name, number, telephone, number_key, telephone_key): Row| {
            let values =
                [("name", has(name)), ("number", has(number)), ("telephone", has(telephone))];
            let keys = [("number", has(number_key)), ("telephone", has(telephone_key))];
            let token = token.try_into().map_or(Token([0; 16]), Token);
            SealedBooking { id, token, values, keys }
        };
        Ok(found.into_iter().map(row).collect())
    }
}

/// Who booked, sealed.
#[derive(Debug)]
pub struct SealedBooking {
    pub id: i64,
    pub token: Token,
    /// Each by the name of its column in the context of the sealing.
    pub values: [(&'static str, Vec<u8>); 3],
    /// The keyed hashes of those that it is found by.
    pub keys: [(&'static str, Vec<u8>); 2],
}

impl Store {
    /// Replaces the sealed values of who booked.
    ///
    /// # Errors
    /// When they cannot be written.
    pub async fn replace_sealed_booking(&mut self, of: &SealedBooking) -> Result<(), StoreError> {
        let [name, number, telephone] = &of.values;
        sqlx::query("UPDATE bookings SET name = $2, number = $3, telephone = $4 WHERE id = $1")
            .bind(of.id)
            .bind(&name.1)
            .bind(&number.1)
            .bind(&telephone.1)
            .execute(&mut self.writer)
            .await?;
        Ok(())
    }
}
