//! What the supervisor counts: along indexes alone, so that a million cases of
//! years past cost nothing.

use jiban_domain::case::{Case, CaseState};
use jiban_domain::{DepartmentId, HallId};
use jiff::civil::Date;

use super::read;
use crate::store::{Reader, StoreError};

/// A stretch of days in a hall, or in all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// The hall; none for all.
    pub hall: Option<HallId>,
    /// The first day.
    pub from: Date,
    /// The last.
    pub to: Date,
}

/// What was accepted in the stretch, of one matter or bundle.
#[derive(Debug, Clone, PartialEq, sqlx::FromRow)]
pub struct BySubject {
    /// Its id.
    pub subject: String,
    /// Accepted.
    pub accepted: u32,
    /// Of those, decided.
    pub decided: u32,
    /// Of those, not after the deadline.
    pub on_time: u32,
    /// Mean working days they took.
    pub mean_days: Option<f64>,
    /// The limit promised.
    pub promised_days: u16,
}

/// What a department did in the stretch.
#[derive(Debug, Clone, PartialEq)]
pub struct ByDepartment {
    /// Which.
    pub department: DepartmentId,
    /// Steps decided.
    pub decided: u32,
    /// Of those, not after their limit.
    pub on_time: u32,
    /// Mean working days they took.
    pub mean_days: Option<f64>,
    /// Mean working days they might take.
    pub mean_limit: Option<f64>,
}

/// What happened on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ByDay {
    /// `YYYY-MM-DD`.
    pub day: String,
    /// How many.
    pub count: u32,
}

impl Stretch {
    fn hall(&self) -> &str {
        self.hall.as_ref().map_or("", HallId::as_str)
    }
}

impl Reader {
    /// Cases opened in the stretch, by where they stand now.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn figures_by_state(
        &self,
        stretch: &Stretch,
    ) -> Result<Vec<(CaseState, u32)>, StoreError> {
        let found: Vec<(String, u32)> = sqlx::query_as(
            "SELECT state, COUNT(*) FROM cases \
             WHERE opened_day >= $1 AND opened_day <= $2 AND ($3 = '' OR hall = $3) \
             GROUP BY state",
        )
        .bind(stretch.from.to_string())
        .bind(stretch.to.to_string())
        .bind(stretch.hall())
        .fetch_all(&self.pool)
        .await?;
        Ok(CaseState::ALL
            .iter()
            .copied()
            .map(|state| {
                let count = found.iter().find(|(name, _)| name == state.into_str());
                (state, count.map_or(0, |(_, count)| *count))
            })
            .collect())
    }

    /// Cases accepted in the stretch, by matter or bundle.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn figures_by_subject(
        &self,
        stretch: &Stretch,
    ) -> Result<Vec<BySubject>, StoreError> {
        Ok(sqlx::query_as(
            "SELECT subject, COUNT(*) AS accepted, COUNT(decided_day) AS decided, \
             SUM(CASE WHEN decided_day <= due_day THEN 1 ELSE 0 END) AS on_time, \
             AVG(CAST(days_used AS REAL)) AS mean_days, MAX(promised_days) AS promised_days \
             FROM cases WHERE accepted_day >= $1 AND accepted_day <= $2 \
             AND ($3 = '' OR hall = $3) GROUP BY subject ORDER BY accepted DESC, subject",
        )
        .bind(stretch.from.to_string())
        .bind(stretch.to.to_string())
        .bind(stretch.hall())
        .fetch_all(&self.pool)
        .await?)
    }

    /// Steps decided in the stretch, by department.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn figures_by_department(
        &self,
        stretch: &Stretch,
    ) -> Result<Vec<ByDepartment>, StoreError> {
        type Row = (String, u32, u32, Option<f64>, Option<f64>);
        let found: Vec<Row> = sqlx::query_as(
            "SELECT department, COUNT(*), \
             SUM(CASE WHEN done_day <= due_day THEN 1 ELSE 0 END), \
             AVG(CAST(days_used AS REAL)), AVG(CAST(days_limit AS REAL)) \
             FROM case_steps WHERE done_day >= $1 AND done_day <= $2 \
             AND ($3 = '' OR hall = $3) GROUP BY department ORDER BY department",
        )
        .bind(stretch.from.to_string())
        .bind(stretch.to.to_string())
        .bind(stretch.hall())
        .fetch_all(&self.pool)
        .await?;
        Ok(found
            .into_iter()
            .map(|(department, decided, on_time, mean_days, mean_limit)| ByDepartment {
                department: department.as_str().into(),
                decided,
                on_time,
                mean_days,
                mean_limit,
            })
            .collect())
    }

    /// Cases accepted, and of those in the stretch decided, by day.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn figures_by_day(
        &self,
        stretch: &Stretch,
    ) -> Result<(Vec<ByDay>, Vec<ByDay>), StoreError> {
        let days = |found: Vec<(String, u32)>| {
            found.into_iter().map(|(day, count)| ByDay { day, count }).collect()
        };
        let (from, to) = (stretch.from.to_string(), stretch.to.to_string());
        let accepted = sqlx::query_as(
            "SELECT accepted_day, COUNT(*) FROM cases WHERE accepted_day >= $1 \
             AND accepted_day <= $2 AND ($3 = '' OR hall = $3) GROUP BY accepted_day",
        );
        let accepted = accepted.bind(&from).bind(&to).bind(stretch.hall());
        let decided = sqlx::query_as(
            "SELECT decided_day, COUNT(*) FROM cases WHERE accepted_day >= $1 \
             AND accepted_day <= $2 AND decided_day IS NOT NULL AND ($3 = '' OR hall = $3) \
             GROUP BY decided_day",
        );
        let decided = decided.bind(&from).bind(&to).bind(stretch.hall());
        Ok((
            days(accepted.fetch_all(&self.pool).await?),
            days(decided.fetch_all(&self.pool).await?),
        ))
    }

    /// Cases with the departments whose deadline is past, the latest first, at
    /// most so many; and how many there are, by matter or bundle.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn late(
        &self,
        hall: Option<&HallId>,
        today: Date,
        limit: u32,
    ) -> Result<(Vec<Case>, Vec<(String, u32)>), StoreError> {
        let hall = hall.map_or("", HallId::as_str);
        let found = sqlx::query(
            "SELECT document FROM cases WHERE state = 'accepted' AND due_day < $1 \
             AND ($2 = '' OR hall = $2) ORDER BY due_day, id LIMIT $3",
        )
        .bind(today.to_string())
        .bind(hall)
        .bind(limit)
        .fetch_all(&self.pool)
        .await?;
        let counted = sqlx::query_as(
            "SELECT subject, COUNT(*) FROM cases WHERE state = 'accepted' AND due_day < $1 \
             AND ($2 = '' OR hall = $2) GROUP BY subject",
        )
        .bind(today.to_string())
        .bind(hall)
        .fetch_all(&self.pool)
        .await?;
        Ok((found.iter().map(read).collect::<Result<_, _>>()?, counted))
    }
}
