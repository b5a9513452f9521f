//! Figures of applications: how they came, how they fared, and what was not right in them.

use jiban_domain::Millis;
use sqlx::QueryBuilder;

use super::{Period, Reader, StoreError};

/// What became of a case: nothing yet, accepted, or accepted with nothing asked for again.
const OUTCOME: &str = "CASE WHEN c.accepted_day IS NULL THEN 0 \
    WHEN json_extract(c.document, '$.told') IS NOT NULL OR EXISTS (SELECT 1 \
    FROM json_each(c.document, '$.parts') p WHERE json_extract(p.value, '$.asked_at') IS NOT NULL) \
    THEN 1 ELSE 2 END";

/// An application that was sent, or received at a counter.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct DraftFigure {
    /// As [`jiban_domain::draft::Way`].
    pub way: String,
    pub helped: bool,
    pub touches: u32,
    /// Milliseconds in which somebody wrote.
    pub filled_ms: Millis,
    pub times_returned: u32,
    /// 0 where its case is not accepted yet, 1 where it is, 2 where nothing was asked for again.
    pub outcome: u32,
}

/// A field that was not right.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct FaultFigure {
    pub hall: String,
    pub subject: String,
    pub field: String,
    pub count: u32,
    /// Of these, with somebody of the hall beside the applicant.
    pub helped: u32,
}

impl Reader {
    /// The applications that were begun in the period, and sent or received since.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn draft_figures(&self, period: &Period) -> Result<Vec<DraftFigure>, StoreError> {
        let mut query = QueryBuilder::new(format!(
            "SELECT json_extract(document, '$.way') AS way, \
             COALESCE(json_extract(document, '$.helped'), 0) AS helped, \
             touches, filled_ms, \
             COALESCE(json_extract(document, '$.times_returned'), 0) AS times_returned, \
             COALESCE((SELECT {OUTCOME} FROM cases c \
             WHERE c.id = json_extract(drafts.document, '$.case')), 0) AS outcome FROM drafts"
        ));
        period.within(&mut query, "json_extract(document, '$.begun.day')");
        query.push(" AND (sent_at IS NOT NULL OR state = 'received')");
        Ok(query.build_query_as().fetch_all(&self.pool).await?)
    }

    /// The cases that were opened in the period without a draft: all, those accepted, and those
    /// of which nothing was asked for again.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn figures_without_drafts(
        &self,
        period: &Period,
    ) -> Result<(u32, u32, u32), StoreError> {
        let mut query = QueryBuilder::new(format!(
            "SELECT COUNT(*), COALESCE(SUM(outcome > 0), 0), COALESCE(SUM(outcome = 2), 0) FROM \
             (SELECT {OUTCOME} AS outcome FROM cases c"
        ));
        period.within(&mut query, "opened_day");
        query.push(" AND json_extract(c.document, '$.draft') IS NULL)");
        Ok(query.build_query_as().fetch_one(&self.pool).await?)
    }

    /// The fields that were most often not right.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn fault_figures(
        &self,
        period: &Period,
        limit: u32,
    ) -> Result<Vec<FaultFigure>, StoreError> {
        let mut query = QueryBuilder::new(
            "SELECT hall, subject, field, SUM(count) AS count, SUM(helped) AS helped \
                 FROM form_faults",
        );
        period.within(&mut query, "day");
        query.push(" GROUP BY hall, subject, field ORDER BY count DESC, subject, field LIMIT ");
        query.push_bind(limit);
        Ok(query.build_query_as().fetch_all(&self.pool).await?)
    }
}
