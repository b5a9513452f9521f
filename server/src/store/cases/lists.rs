//! Lists of cases and steps: what lies in the office, at a counter, at the
//! window for results, and what time asks for.

use jiban_domain::case::Case;
use jiban_domain::{CaseId, ClerkId, DepartmentId, HallId};
use jiff::civil::Date;
use sqlx::Row;

use super::read;
use crate::store::rows::unreadable;
use crate::store::{Reader, StoreError};

/// A step that lies in a department.
#[derive(Debug, Clone)]
pub struct StepRow {
    /// Its case.
    pub case: Case,
    /// Which step of it.
    pub step: u32,
    /// What the list is sorted by, and goes on after.
    pub place: StepAfter,
}

/// A place in the list: the deadline, and what tells steps of one day apart.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct StepAfter {
    /// `YYYY-MM-DD`.
    pub due: String,
    /// The case.
    pub case: i64,
    /// The step.
    pub step: u32,
}

/// Which steps of a department are meant.
#[derive(Debug, Clone, Default)]
pub struct StepsWanted {
    /// Due on this day or later; empty for any.
    pub from: String,
    /// Due on this day or earlier; empty for any.
    pub to: String,
    /// This reviewer's alone.
    pub reviewer: Option<ClerkId>,
    /// In these halls alone; empty for all.
    pub halls: Vec<HallId>,
    /// Behind this place.
    pub after: Option<StepAfter>,
    /// At most so many.
    pub limit: u32,
}

/// Halls as a statement looks for one among them.
fn among(halls: &[HallId]) -> String {
    halls.iter().fold(String::new(), |mut all, hall| {
        if all.is_empty() {
            all.push(',');
        }
        all.push_str(hall.as_str());
        all.push(',');
        all
    })
}

impl Reader {
    /// The first steps that lie in departments, the earliest deadline first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn steps_in_hand(
        &self,
        departments: &[DepartmentId],
        wanted: &StepsWanted,
    ) -> Result<Vec<StepRow>, StoreError> {
        let mut places = Vec::new();
        let nothing = StepAfter { due: String::new(), case: 0, step: 0 };
        let after = wanted.after.as_ref().unwrap_or(&nothing);
        let halls = among(&wanted.halls);
        let to = if wanted.to.is_empty() { "9999-12-31" } else { &wanted.to };
        // Each along its own index; together they would have to be sorted whole.
        for department in departments {
            let found: Vec<(String, i64, u32)> = sqlx::query_as(
                "SELECT due_day, case_id, step FROM case_steps \
                 WHERE department = $1 AND state IN ('open', 'taken', 'asked', 'paused') \
                 AND due_day >= $2 AND due_day <= $3 \
                 AND (due_day, case_id, step) > ($4, $5, $6) \
                 AND ($7 = '' OR reviewer = $7) \
                 AND ($8 = '' OR $8 LIKE '%,' || hall || ',%') \
                 ORDER BY due_day, case_id, step LIMIT $9",
            )
            .bind(department.as_str())
            .bind(if wanted.from > after.due { &wanted.from } else { &after.due })
            .bind(to)
            .bind(&after.due)
            .bind(after.case)
            .bind(after.step)
            .bind(wanted.reviewer.as_ref().map_or("", ClerkId::as_str))
            .bind(&halls)
            .bind(wanted.limit)
            .fetch_all(&self.pool)
            .await?;
            places.extend(found.into_iter().map(|(due, case, step)| StepAfter { due, case, step }));
        }
        places.sort_unstable();
        places.truncate(usize::try_from(wanted.limit).unwrap_or(usize::MAX));
        let mut rows = Vec::with_capacity(places.len());
        for place in places {
            let case = self.case(CaseId(place.case)).await?;
            let case =
                case.ok_or_else(|| unreadable("case_steps names a case that is not there"))?;
            rows.push(StepRow { case, step: place.step, place });
        }
        Ok(rows)
    }

    /// How many steps lie in each department, by deadline.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn steps_by_day(
        &self,
        halls: &[HallId],
    ) -> Result<Vec<(DepartmentId, String, u32)>, StoreError> {
        let found: Vec<(String, Option<String>, u32)> = sqlx::query_as(
            "SELECT department, due_day, COUNT(*) FROM case_steps \
             WHERE state IN ('open', 'taken', 'asked', 'paused') \
             AND ($1 = '' OR $1 LIKE '%,' || hall || ',%') GROUP BY department, due_day",
        )
        .bind(among(halls))
        .fetch_all(&self.pool)
        .await?;
        let named = |(department, due, count): (String, Option<String>, u32)| {
            (department.as_str().into(), due.unwrap_or_default(), count)
        };
        Ok(found.into_iter().map(named).collect())
    }

    /// The cases a clerk has that have not ended, newest first.
    ///
    /// # Errors
    /// When the database cannot be read.
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

    /// Results that wait in a hall, the longest first.
    ///
    /// # Errors
    /// When the database cannot be read.
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

    /// Cases on which time may ask for something by a day.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn cases_to_look_at(&self, today: Date) -> Result<Vec<CaseId>, StoreError> {
        self.ids(
            "SELECT id FROM cases WHERE look_on <= $1 ORDER BY look_on, id LIMIT 200",
            &today.to_string(),
        )
        .await
    }

    /// Cases whose person is to be erased by a day.
    ///
    /// # Errors
    /// When the database cannot be read.
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

    /// Cases with the departments whose deadline is provisional, behind one.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn cases_provisional(&self, after: CaseId) -> Result<Vec<CaseId>, StoreError> {
        let found: Vec<i64> = sqlx::query_scalar(
            "SELECT id FROM cases WHERE due_provisional = 1 AND state = 'accepted' AND id > $1 \
             ORDER BY id LIMIT 200",
        )
        .bind(after.0)
        .fetch_all(&self.pool)
        .await?;
        Ok(found.into_iter().map(CaseId).collect())
    }
}
