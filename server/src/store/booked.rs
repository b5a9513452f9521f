//! Bookings as they are read beside the live state: counted by day, and their sealed values.

use jiban_domain::Token;
use jiban_domain::booking::BookingState;
use sqlx::QueryBuilder;

use super::known_value::has_column;
use super::rows::unreadable;
use super::{Period, Reader, Store, StoreError};

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
