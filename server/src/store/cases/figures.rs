//! The supervisor's statistics. All queries use indexes, so that a million old cases cost
//! nothing.

use jiban_domain::case::{Case, CaseState};
use jiban_domain::{DepartmentId, HallId};
use jiff::civil::Date;

use super::read;
use crate::store::{Reader, StoreError};

/// A period of days in one hall or all halls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period {
    /// `None` means all halls.
    pub hall: Option<HallId>,
    pub from: Date,
    /// The last day, inclusive.
    pub to: Date,
}

/// The cases of one matter or bundle that were accepted in the period.
#[derive(Debug, Clone, PartialEq, sqlx::FromRow)]
pub struct BySubject {
    /// The id of the matter or bundle.
    pub subject: String,
    pub accepted: u32,
    /// Those of them that are decided.
    pub decided: u32,
    /// Those of them that were decided by the deadline.
    pub on_time: u32,
    /// Mean working days until the decision.
    pub mean_days: Option<f64>,
    /// The promised limit, in working days.
    pub promised_days: u16,
}

/// The steps of one department in the period.
#[derive(Debug, Clone, PartialEq)]
pub struct ByDepartment {
    pub department: DepartmentId,
    pub decided: u32,
    /// Those of them that were decided by their deadline.
    pub on_time: u32,
    /// Mean working days until the decision.
    pub mean_days: Option<f64>,
    /// Mean limit, in working days.
    pub mean_limit: Option<f64>,
}

/// A number of cases per day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ByDay {
    /// `YYYY-MM-DD`.
    pub day: String,
    pub count: u32,
}

impl Period {
    fn hall(&self) -> &str {
        self.hall.as_ref().map_or("", HallId::as_str)
    }
}

impl Reader {
    /// Cases opened in the period, by their current state.
    pub async fn figures_by_state(
        &self,
        period: &Period,
    ) -> Result<Vec<(CaseState, u32)>, StoreError> {
        let found: Vec<(String, u32)> = sqlx::query_as(
            "SELECT state, COUNT(*) FROM cases \
             WHERE opened_day >= $1 AND opened_day <= $2 AND ($3 = '' OR hall = $3) \
             GROUP BY state",
        )
        .bind(period.from.to_string())
        .bind(period.to.to_string())
        .bind(period.hall())
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

    /// Cases accepted in the period, by matter or bundle.
    pub async fn figures_by_subject(&self, period: &Period) -> Result<Vec<BySubject>, StoreError> {
        Ok(sqlx::query_as(
            "SELECT subject, COUNT(*) AS accepted, COUNT(decided_day) AS decided, \
             SUM(CASE WHEN decided_day <= due_day THEN 1 ELSE 0 END) AS on_time, \
             AVG(CAST(days_used AS REAL)) AS mean_days, MAX(promised_days) AS promised_days \
             FROM cases WHERE accepted_day >= $1 AND accepted_day <= $2 \
             AND ($3 = '' OR hall = $3) GROUP BY subject ORDER BY accepted DESC, subject",
        )
        .bind(period.from.to_string())
        .bind(period.to.to_string())
        .bind(period.hall())
        .fetch_all(&self.pool)
        .await?)
    }

    /// Steps decided in the period, by department.
    pub async fn figures_by_department(
        &self,
        period: &Period,
    ) -> Result<Vec<ByDepartment>, StoreError> {
        type Row = (String, u32, u32, Option<f64>, Option<f64>);
        let found: Vec<Row> = sqlx::query_as(
            "SELECT department, COUNT(*), \
             SUM(CASE WHEN done_day <= due_day THEN 1 ELSE 0 END), \
             AVG(CAST(days_used AS REAL)), AVG(CAST(days_limit AS REAL)) \
             FROM case_steps WHERE done_day >= $1 AND done_day <= $2 \
             AND ($3 = '' OR hall = $3) GROUP BY department ORDER BY department",
        )
        .bind(period.from.to_string())
        .bind(period.to.to_string())
        .bind(period.hall())
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

    /// Cases accepted in the period by day of acceptance, and those of them that are decided by
    /// day of decision.
    pub async fn figures_by_day(
        &self,
        period: &Period,
    ) -> Result<(Vec<ByDay>, Vec<ByDay>), StoreError> {
        let days = |found: Vec<(String, u32)>| {
            found.into_iter().map(|(day, count)| ByDay { day, count }).collect()
        };
        let (from, to) = (period.from.to_string(), period.to.to_string());
        let accepted = sqlx::query_as(
            "SELECT accepted_day, COUNT(*) FROM cases WHERE accepted_day >= $1 \
             AND accepted_day <= $2 AND ($3 = '' OR hall = $3) GROUP BY accepted_day",
        );
        let accepted = accepted.bind(&from).bind(&to).bind(period.hall());
        let decided = sqlx::query_as(
            "SELECT decided_day, COUNT(*) FROM cases WHERE accepted_day >= $1 \
             AND accepted_day <= $2 AND decided_day IS NOT NULL AND ($3 = '' OR hall = $3) \
             GROUP BY decided_day",
        );
        let decided = decided.bind(&from).bind(&to).bind(period.hall());
        Ok((
            days(accepted.fetch_all(&self.pool).await?),
            days(decided.fetch_all(&self.pool).await?),
        ))
    }

    /// The most overdue undecided cases, and the number of all overdue ones by matter or bundle.
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
