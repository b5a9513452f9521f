//! Checks of commitments that are to be done, the most urgent first.

use jiban_domain::case::Case;
use jiban_domain::{CaseId, ClerkId, DepartmentId, HallId, MatterId};
use sqlx::{QueryBuilder, Row as _};

use super::lists::in_halls;
use crate::store::rows::unreadable;
use crate::store::{Reader, StoreError};

/// The most checks of a list.
const MOST: u32 = 200;

/// A check that a department has to do.
#[derive(Debug, Clone)]
pub struct CheckRow {
    pub case: Case,
    pub matter: MatterId,
}

impl Reader {
    /// The first open checks of these departments, the earliest day first; of one reviewer
    /// alone, if there is one.
    pub async fn open_checks(
        &self,
        departments: &[DepartmentId],
        reviewer: Option<&ClerkId>,
        halls: &[HallId],
    ) -> Result<Vec<CheckRow>, StoreError> {
        if departments.is_empty() {
            return Ok(Vec::new());
        }
        let mut query = QueryBuilder::new(
            "SELECT case_id, matter FROM commitment_checks \
             WHERE state IN ('to_do', 'noticed') AND department IN (",
        );
        let mut listed = query.separated(", ");
        for department in departments {
            listed.push_bind(department.as_str().to_owned());
        }
        query.push(")");
        if let Some(reviewer) = reviewer {
            query.push(" AND reviewer = ").push_bind(reviewer.as_str().to_owned());
        }
        in_halls(&mut query, halls);
        query.push(" ORDER BY due_day, case_id, matter LIMIT ").push_bind(MOST);
        let mut checks = Vec::new();
        for row in query.build().fetch_all(&self.pool).await? {
            let case = self.case(CaseId(row.try_get(0)?)).await?;
            let case = case.ok_or_else(|| unreadable("a check refers to a missing case"))?;
            let matter: String = row.try_get(1)?;
            checks.push(CheckRow { case, matter: matter.as_str().into() });
        }
        Ok(checks)
    }
}
