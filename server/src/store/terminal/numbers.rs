//! Lent numbers, those of them that were given, and what is handed in.

use jiban_app::api::terminal::{LentNumbers, NumberGiven, NumberTaken, NumbersLeft};
use jiban_domain::Token;
use sqlx::{Connection as _, SqliteConnection};
use uuid::Uuid;

use super::super::StoreError;
use super::super::rows::unreadable;
use super::TerminalStore;
use super::requests::answer;
use super::slips::{StoredSlip, queue};

/// What a number that is given becomes.
#[derive(Debug)]
pub struct GivenNumber {
    pub given: NumberGiven,
    /// To the request.
    pub answer: String,
    /// None where none is wanted.
    pub slip: Option<StoredSlip>,
}

/// What is handed in together: of one store, in the order in which it was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandInPart {
    pub store: Uuid,
    pub numbers: Vec<NumberGiven>,
}

impl TerminalStore {
    /// Keeps what the server has lent: of these days, and no other.
    ///
    /// # Errors
    /// It cannot be written.
    pub async fn keep_lent(&self, lent: &[LentNumbers]) -> Result<(), StoreError> {
        let mut connection = self.connection().await;
        let known: Vec<(String, String, i64, i64)> =
            sqlx::query_as("SELECT day, letter, first, last FROM lent")
                .fetch_all(&mut *connection)
                .await?;
        let is_known = |one: &LentNumbers| {
            known.iter().any(|(day, letter, first, last)| {
                *day == one.day
                    && *letter == one.letter.to_string()
                    && (*first, *last) == (one.first.into(), one.last.into())
            })
        };
        // Each report names them all; mostly nothing is new.
        if lent.iter().all(is_known) {
            return Ok(());
        }
        let mut work = connection.begin().await?;
        for one in lent {
            sqlx::query(
                "INSERT INTO lent (day, letter, first, last) VALUES ($1, $2, $3, $4) \
                 ON CONFLICT (day, letter, first) DO UPDATE SET last = excluded.last",
            )
            .bind(&one.day)
            .bind(one.letter.to_string())
            .bind(one.first)
            .bind(one.last)
            .execute(&mut *work)
            .await?;
        }
        work.commit().await?;
        Ok(())
    }

    /// How many lent numbers are left.
    ///
    /// # Errors
    /// They cannot be read.
    pub async fn left(&self) -> Result<Vec<NumbersLeft>, StoreError> {
        let rows: Vec<(String, String, i64)> = sqlx::query_as(
            "SELECT day, letter, SUM(last - first + 1) - (SELECT COUNT(*) FROM numbers \
                 WHERE numbers.day = lent.day AND numbers.letter = lent.letter AND EXISTS \
                 (SELECT 1 FROM lent AS block WHERE block.day = numbers.day \
                  AND block.letter = numbers.letter \
                  AND numbers.number BETWEEN block.first AND block.last)) \
             FROM lent GROUP BY day, letter ORDER BY day, letter",
        )
        .fetch_all(&mut *self.connection().await)
        .await?;
        let left = rows.into_iter().filter_map(|(day, letter, left)| {
            let letter = letter.chars().next()?;
            Some(NumbersLeft { day, letter, left: u32::try_from(left).unwrap_or_default() })
        });
        Ok(left.collect())
    }

    /// Gives the next lent number of a letter on a day: the number, its answer and its slip
    /// are kept together, or not at all. `None` if none is left.
    ///
    /// # Errors
    /// It cannot be written.
    pub async fn give(
        &self,
        request: Uuid,
        (day, letter): (&str, char),
        make: impl FnOnce(u32) -> Result<GivenNumber, StoreError>,
    ) -> Result<Option<GivenNumber>, StoreError> {
        let mut connection = self.connection().await;
        let mut work = connection.begin_with("BEGIN IMMEDIATE").await?;
        let Some(number) = next(&mut work, day, letter).await? else { return Ok(None) };
        let mut given = make(number)?;
        let kept = serde_json::to_string(&given.given).map_err(|_| unreadable("a number"))?;
        sqlx::query(
            "INSERT INTO numbers (store, day, letter, number, request, token, taken_at, given) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(self.id().as_bytes().as_slice())
        .bind(day)
        .bind(letter.to_string())
        .bind(number)
        .bind(request.as_bytes().as_slice())
        .bind(given.given.token.0.as_slice())
        .bind(given.given.taken_at)
        .bind(kept)
        .execute(&mut *work)
        .await?;
        answer(&mut work, request, &given.answer).await?;
        if let Some(slip) = &mut given.slip {
            queue(&mut work, slip).await?;
        }
        work.commit().await?;
        Ok(Some(given))
    }

    /// The next part to be handed in; none if there is nothing.
    ///
    /// # Errors
    /// It cannot be read.
    pub async fn to_hand_in(&self, most: u32) -> Result<Option<HandInPart>, StoreError> {
        let rows: Vec<(Vec<u8>, String, bool)> = sqlx::query_as(
            "SELECT store, given, given_back FROM numbers WHERE taken IS NULL AND store = \
                 (SELECT store FROM numbers WHERE taken IS NULL ORDER BY taken_at, number LIMIT 1) \
             ORDER BY taken_at, number LIMIT $1",
        )
        .bind(most)
        .fetch_all(&mut *self.connection().await)
        .await?;
        let Some((store, ..)) = rows.first() else { return Ok(None) };
        let store = Uuid::from_slice(store).map_err(|_| unreadable("numbers.store"))?;
        let numbers = rows.iter().map(|(_, given, given_back)| {
            let given: NumberGiven =
                serde_json::from_str(given).map_err(|_| unreadable("numbers.given"))?;
            Ok(NumberGiven { given_back: *given_back, ..given })
        });
        Ok(Some(HandInPart { store, numbers: numbers.collect::<Result<_, StoreError>>()? }))
    }

    /// How many are still to be handed in.
    ///
    /// # Errors
    /// They cannot be read.
    pub async fn count_to_hand_in(&self) -> Result<u32, StoreError> {
        let count: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM numbers WHERE taken IS NULL")
            .fetch_one(&mut *self.connection().await)
            .await?;
        Ok(u32::try_from(count).unwrap_or(u32::MAX))
    }

    /// Keeps what the server said of numbers that were handed in. Of one that was given back
    /// meanwhile it still has to hear.
    ///
    /// # Errors
    /// It cannot be written.
    pub async fn handed_in(
        &self,
        sent: &[NumberGiven],
        taken: &[NumberTaken],
    ) -> Result<(), StoreError> {
        let mut connection = self.connection().await;
        let mut work = connection.begin().await?;
        for one in taken {
            let Some(sent) = sent.iter().find(|sent| sent.issue.request_id == one.request_id)
            else {
                continue;
            };
            let kept = serde_json::to_string(one).map_err(|_| unreadable("a number taken"))?;
            let id = one.request_id.as_bytes().as_slice();
            sqlx::query("UPDATE numbers SET taken = $1 WHERE request = $2")
                .bind(kept)
                .bind(id)
                .execute(&mut *work)
                .await?;
            sqlx::query(
                "UPDATE requests SET abandoned = 1 WHERE id = $1 AND NOT $2 AND EXISTS \
                 (SELECT 1 FROM numbers WHERE request = $1 AND given_back = 1)",
            )
            .bind(id)
            .bind(sent.given_back)
            .execute(&mut *work)
            .await?;
        }
        work.commit().await?;
        Ok(())
    }

    /// What the server said of the number with this token; none while it was not handed in.
    ///
    /// # Errors
    /// It cannot be read.
    pub async fn taken(&self, token: Token) -> Result<Option<NumberTaken>, StoreError> {
        let found: Option<Option<String>> =
            sqlx::query_scalar("SELECT taken FROM numbers WHERE token = $1")
                .bind(token.0.as_slice())
                .fetch_optional(&mut *self.connection().await)
                .await?;
        Ok(found.flatten().and_then(|taken| serde_json::from_str(&taken).ok()))
    }
}

/// The first lent number that was not given.
async fn next(
    work: &mut SqliteConnection,
    day: &str,
    letter: char,
) -> Result<Option<u32>, StoreError> {
    let letter = letter.to_string();
    let given: Vec<i64> =
        sqlx::query_scalar("SELECT number FROM numbers WHERE day = $1 AND letter = $2")
            .bind(day)
            .bind(&letter)
            .fetch_all(&mut *work)
            .await?;
    let blocks: Vec<(i64, i64)> = sqlx::query_as(
        "SELECT first, last FROM lent WHERE day = $1 AND letter = $2 ORDER BY first",
    )
    .bind(day)
    .bind(&letter)
    .fetch_all(work)
    .await?;
    let mut lent = blocks.into_iter().flat_map(|(first, last)| first..=last);
    Ok(lent.find(|number| !given.contains(number)).and_then(|number| number.try_into().ok()))
}
