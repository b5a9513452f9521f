//! What a list says of each draft that the hall has in hand.

use std::collections::HashMap;

use jiban_domain::{DraftId, FieldId, HallId, Millis};
use sqlx::Row as _;

use super::{Reader, StoreError};

/// What a list needs of a draft's answers.
#[derive(Debug, Default)]
pub struct AnswersInHand {
    /// Sealed; none where there are none.
    pub remarks: Option<Vec<u8>>,
    /// When each answer was written last.
    pub written: HashMap<FieldId, Millis>,
    /// In which version of the draft.
    pub versions: HashMap<FieldId, u64>,
    /// Who applies, sealed: a person or a business.
    pub applicant: Vec<(FieldId, Vec<u8>)>,
}

impl Reader {
    /// What a list needs of the answers of a hall's drafts in hand; `applicant` are the fields
    /// of who applies.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn answers_in_hand(
        &self,
        hall: &HallId,
        applicant: [&str; 2],
    ) -> Result<HashMap<DraftId, AnswersInHand>, StoreError> {
        let mut found: HashMap<DraftId, AnswersInHand> = HashMap::new();
        let remarks = sqlx::query(
            "SELECT id, remarks FROM drafts WHERE hall = $1 \
             AND state IN ('sent', 'returned', 'cleared') AND remarks IS NOT NULL",
        )
        .bind(hall.as_str())
        .fetch_all(&self.pool)
        .await?;
        for row in &remarks {
            found.entry(DraftId(row.try_get(0)?)).or_default().remarks = row.try_get(1)?;
        }
        let answers = sqlx::query(
            "SELECT v.draft, v.field, v.at, CASE WHEN v.field IN ($2, $3) THEN v.value END, v.version \
             FROM drafts d JOIN draft_values v ON v.draft = d.id \
             WHERE d.hall = $1 AND d.state IN ('sent', 'returned', 'cleared')",
        )
        .bind(hall.as_str())
        .bind(applicant[0])
        .bind(applicant[1])
        .fetch_all(&self.pool)
        .await?;
        for row in &answers {
            let of = found.entry(DraftId(row.try_get(0)?)).or_default();
            let field = FieldId(row.try_get(1)?);
            if let Some(sealed) = row.try_get::<Option<Vec<u8>>, _>(3)? {
                of.applicant.push((field.clone(), sealed));
            }
            of.versions.insert(field.clone(), row.try_get::<i64, _>(4)?.unsigned_abs());
            of.written.insert(field, row.try_get(2)?);
        }
        Ok(found)
    }
}
