//! The supervisor's statistics. All queries use indexes, so that a million old cases cost
//! nothing.

use jiban_domain::case::{Case, CaseState};
use jiban_domain::{DepartmentId, HallId};
use jiff::civil::Date;
use sqlx::{QueryBuilder, Sqlite};

use super::lists::in_halls;
use super::read;
use crate::store::{Reader, StoreError};

/// A period of days in one hall or all halls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period {
    /// The hall that was asked for.
    pub hall: Option<HallId>,
    /// The halls that count; empty means all.
    pub halls: Vec<HallId>,
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
    /// Adds the condition that a day is within the period, in its halls.
    pub(in crate::store) fn within(&self, query: &mut QueryBuilder<Sqlite>, day: &str) {
        query.push(" WHERE ").push(day).push(" >= ").push_bind(self.from.to_string());
        query.push(" AND ").push(day).push(" <= ").push_bind(self.to.to_string());
        in_halls(query, &self.halls);
    }
}

impl Reader {
    /// Cases opened in the period, by their current state.
    pub async fn figures_by_state(
        &self,
        period: &Period,
    ) -> Result<Vec<(CaseState, u32)>, StoreError> {
        let mut query = QueryBuilder::new("SELECT state, COUNT(*) FROM cases");
        period.within(&mut query, "opened_day");
        query.push(" GROUP BY state");
        let found: Vec<(String, u32)> = query.build_query_as().fetch_all(&self.pool).await?;
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
        let mut query = QueryBuilder::new(
            "SELECT subject, COUNT(*) AS accepted, COUNT(decided_day) AS decided, \
             SUM(CASE WHEN decided_day <= due_day THEN 1 ELSE 0 END) AS on_time, \
             AVG(CAST(days_used AS REAL)) AS mean_days, MAX(promised_days) AS promised_days \
             FROM cases",
        );
        period.within(&mut query, "accepted_day");
        query.push(" GROUP BY subject ORDER BY accepted DESC, subject");
        Ok(query.build_query_as().fetch_all(&self.pool).await?)
    }

    /// Steps decided in the period, by department.
    pub async fn figures_by_department(
        &self,
        period: &Period,
    ) -> Result<Vec<ByDepartment>, StoreError> {
        type Row = (String, u32, u32, Option<f64>, Option<f64>);
        let mut query = QueryBuilder::new(
            "SELECT department, COUNT(*), \
             SUM(CASE WHEN done_day <= due_day THEN 1 ELSE 0 END), \
             AVG(CAST(days_used AS REAL)), AVG(CAST(days_limit AS REAL)) FROM case_steps",
        );
        period.within(&mut query, "done_day");
        query.push(" GROUP BY department ORDER BY department");
        let found: Vec<Row> = query.build_query_as().fetch_all(&self.pool).await?;
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
        let mut accepted = QueryBuilder::new("SELECT accepted_day, COUNT(*) FROM cases");
        period.within(&mut accepted, "accepted_day");
        accepted.push(" GROUP BY accepted_day");
        let mut decided = QueryBuilder::new("SELECT decided_day, COUNT(*) FROM cases");
        period.within(&mut decided, "accepted_day");
        decided.push(" AND decided_day IS NOT NULL GROUP BY decided_day");
        let (accepted, decided) = (accepted.build_query_as(), decided.build_query_as());
        Ok((
            days(accepted.fetch_all(&self.pool).await?),
            days(decided.fetch_all(&self.pool).await?),
        ))
    }

    /// The most overdue undecided cases, and the number of all overdue ones by matter or bundle.
    pub async fn late(
        &self,
        halls: &[HallId],
        today: Date,
        limit: u32,
    ) -> Result<(Vec<Case>, Vec<(String, u32)>), StoreError> {
        let late = |what: &str| {
            let mut query = QueryBuilder::new(what);
            query.push(" FROM cases WHERE state = 'accepted' AND due_day < ");
            query.push_bind(today.to_string());
            in_halls(&mut query, halls);
            query
        };
        let mut found = late("SELECT document");
        found.push(" ORDER BY due_day, id LIMIT ").push_bind(limit);
        let found = found.build().fetch_all(&self.pool).await?;
        let mut counted = late("SELECT subject, COUNT(*)");
        counted.push(" GROUP BY subject");
        let counted = counted.build_query_as().fetch_all(&self.pool).await?;
        Ok((found.iter().map(read).collect::<Result<_, _>>()?, counted))
    }
}
