//! Lists of cases and steps: for the office, the counters, the Results window, and the jobs.

use jiban_domain::case::Case;
use jiban_domain::{CaseId, ClerkId, DepartmentId, HallId};
use jiff::civil::Date;
use sqlx::{QueryBuilder, Row, Sqlite};

use super::read;
use crate::store::rows::unreadable;
use crate::store::{Reader, StoreError};

/// A step that a department has to decide.
#[derive(Debug, Clone)]
pub struct StepRow {
    pub case: Case,
    pub step: u32,
    /// The position in the list.
    pub place: StepCursor,
}

/// A position in the list: the deadline, then case and step for steps of the same day.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct StepCursor {
    /// `YYYY-MM-DD`.
    pub due: String,
    pub case: i64,
    pub step: u32,
}

/// A filter of steps.
#[derive(Debug, Clone, Default)]
pub struct StepFilter {
    /// Due on this day or later; empty means any.
    pub from: String,
    /// Due on this day or earlier; empty means any.
    pub to: String,
    /// Only those of this reviewer.
    pub reviewer: Option<ClerkId>,
    /// Only those in these halls; empty means all.
    pub halls: Vec<HallId>,
    /// Only those after this position.
    pub after: Option<StepCursor>,
    pub limit: u32,
}

/// Adds the condition that a row is of one of these halls; none where there are no
/// halls. The ids are compared whole: `_` in one matches nothing but itself.
pub(super) fn in_halls(query: &mut QueryBuilder<Sqlite>, halls: &[HallId]) {
    if halls.is_empty() {
        return;
    }
    query.push(" AND hall IN (");
    let mut listed = query.separated(", ");
    for hall in halls {
        listed.push_bind(hall.as_str().to_owned());
    }
    query.push(")");
}

impl Reader {
    /// The first open steps of these departments, the earliest deadline first.
    pub async fn steps_in_hand(
        &self,
        departments: &[DepartmentId],
        filter: &StepFilter,
    ) -> Result<Vec<StepRow>, StoreError> {
        let mut places = Vec::new();
        let nothing = StepCursor { due: String::new(), case: 0, step: 0 };
        let after = filter.after.as_ref().unwrap_or(&nothing);
        let to = if filter.to.is_empty() { "9999-12-31" } else { &filter.to };
        let from = if filter.from > after.due { &filter.from } else { &after.due };
        // One query per department uses the index; a single query would sort all rows.
        for department in departments {
            let mut query = QueryBuilder::new(
                "SELECT due_day, case_id, step FROM case_steps \
                 WHERE state IN ('open', 'taken', 'asked', 'paused') AND department = ",
            );
            query.push_bind(department.as_str().to_owned());
            query.push(" AND due_day >= ").push_bind(from.clone());
            query.push(" AND due_day <= ").push_bind(to.to_owned());
            query.push(" AND (due_day, case_id, step) > (").push_bind(after.due.clone());
            query.push(", ").push_bind(after.case).push(", ").push_bind(after.step).push(")");
            if let Some(reviewer) = &filter.reviewer {
                query.push(" AND reviewer = ").push_bind(reviewer.as_str().to_owned());
            }
            in_halls(&mut query, &filter.halls);
            query.push(" ORDER BY due_day, case_id, step LIMIT ").push_bind(filter.limit);
            let found: Vec<(String, i64, u32)> =
                query.build_query_as().fetch_all(&self.pool).await?;
            places.extend(found.into_iter().map(|(due, case, step)| StepCursor {
                due,
                case,
                step,
            }));
        }
        places.sort_unstable();
        places.truncate(usize::try_from(filter.limit).unwrap_or(usize::MAX));
        let mut rows = Vec::with_capacity(places.len());
        for place in places {
            let case = self.case(CaseId(place.case)).await?;
            let case = case.ok_or_else(|| unreadable("case_steps refers to a missing case"))?;
            rows.push(StepRow { case, step: place.step, place });
        }
        Ok(rows)
    }

    /// The number of open steps per department and deadline.
    pub async fn steps_by_day(
        &self,
        halls: &[HallId],
    ) -> Result<Vec<(DepartmentId, String, u32)>, StoreError> {
        let mut query = QueryBuilder::new(
            "SELECT department, due_day, COUNT(*) FROM case_steps \
             WHERE state IN ('open', 'taken', 'asked', 'paused')",
        );
        in_halls(&mut query, halls);
        query.push(" GROUP BY department, due_day");
        let found: Vec<(String, Option<String>, u32)> =
            query.build_query_as().fetch_all(&self.pool).await?;
        let named = |(department, due, count): (String, Option<String>, u32)| {
            (department.as_str().into(), due.unwrap_or_default(), count)
        };
        Ok(found.into_iter().map(named).collect())
    }

    /// The cases of a clerk that have not ended, newest first.
    pub async fn cases_of_clerk(&self, clerk: &ClerkId) -> Result<Vec<Case>, StoreError> {
        let found = sqlx::query(
            "SELECT document FROM cases WHERE clerk = $1 AND state IN ('open', 'accepted') \
             ORDER BY id DESC LIMIT 100",
        )
        .bind(clerk.as_str())
        .fetch_all(&self.pool)
        .await?;
        found.iter().map(read).collect()
    }

    /// Cases of a hall whose results are ready to be collected, the oldest first.
    pub async fn cases_ready(&self, hall: &HallId) -> Result<Vec<Case>, StoreError> {
        let found = sqlx::query(
            "SELECT document FROM cases WHERE hall = $1 AND state = 'ready' \
             ORDER BY decided_at LIMIT 200",
        )
        .bind(hall.as_str())
        .fetch_all(&self.pool)
        .await?;
        found.iter().map(read).collect()
    }

    /// Cases with a timed change due by a day.
    pub async fn cases_due_for_change(&self, today: Date) -> Result<Vec<CaseId>, StoreError> {
        self.ids(
            "SELECT id FROM cases WHERE look_on <= $1 ORDER BY look_on, id LIMIT 200",
            &today.to_string(),
        )
        .await
    }

    /// Cases whose applicant is to be erased by a day.
    pub async fn cases_to_erase(&self, today: Date) -> Result<Vec<CaseId>, StoreError> {
        self.ids(
            "SELECT id FROM cases WHERE erase_on <= $1 ORDER BY erase_on, id LIMIT 50",
            &today.to_string(),
        )
        .await
    }

    async fn ids(&self, statement: &'static str, day: &str) -> Result<Vec<CaseId>, StoreError> {
        let found = sqlx::query(statement).bind(day).fetch_all(&self.pool).await?;
        found.iter().map(|row| Ok(CaseId(row.try_get(0)?))).collect()
    }

    /// The next cases with a provisional deadline after this one.
    pub async fn cases_provisional(&self, after: CaseId) -> Result<Vec<CaseId>, StoreError> {
        let found: Vec<i64> = sqlx::query_scalar(
            "SELECT id FROM cases WHERE due_provisional = 1 AND state = 'accepted' AND id > $1 \
             UNION SELECT case_id FROM commitment_checks \
             WHERE due_provisional = 1 AND state = 'to_do' AND case_id > $1 \
             ORDER BY 1 LIMIT 200",
        )
        .bind(after.0)
        .fetch_all(&self.pool)
        .await?;
        Ok(found.into_iter().map(CaseId).collect())
    }
}
