//! `jiban check` for cases: each row as its last event tells, and what stands
//! beside the document as the document has it.

use std::collections::HashMap;

use futures::TryStreamExt as _;
use jiban_domain::case::Case;
use sqlx::{Row, SqliteConnection};

use crate::desk::digest_of;
use crate::store::StoreError;
use crate::store::trail::hash;

/// Compares every case; how many, or the first that is not right.
pub(in crate::store) async fn compare(
    look: &mut SqliteConnection,
    mut told: HashMap<i64, u64>,
) -> Result<Result<u64, (i64, String)>, StoreError> {
    let mut cases = 0;
    {
        let mut rows = sqlx::query(
            "SELECT c.id, c.document, c.state, c.number, c.due_day, c.late, c.token, \
             p.case_id, p.name IS NULL FROM cases c LEFT JOIN persons p ON p.case_id = c.id \
             ORDER BY c.id",
        )
        .fetch(&mut *look);
        while let Some(row) = rows.try_next().await? {
            let id: i64 = row.try_get(0)?;
            let document: String = row.try_get(1)?;
            match told.remove(&id) {
                Some(known) if known == hash(&digest_of(&document)) => {}
                Some(_) => return Ok(Err((id, "is not as its events tell".to_owned()))),
                None => return Ok(Err((id, "has no event that made it".to_owned()))),
            }
            let Ok(case) = serde_json::from_str::<Case>(&document) else {
                return Ok(Err((id, "has a document that cannot be read".to_owned())));
            };
            let beside = row.try_get::<String, _>(2)? == case.state.as_str()
                && row.try_get::<String, _>(3)? == case.number.as_str()
                && row.try_get::<Option<String>, _>(4)? == case.due.map(|due| due.date.to_string())
                && row.try_get::<bool, _>(5)? == case.late
                && row.try_get::<Vec<u8>, _>(6)? == case.token.0;
            if !beside {
                return Ok(Err((id, "has columns that differ from its document".to_owned())));
            }
            let person: Option<i64> = row.try_get(7)?;
            let gone: bool = row.try_get(8)?;
            if person.is_none() || gone != case.erased {
                return Ok(Err((id, "has lost its person, or was not erased".to_owned())));
            }
            cases += 1;
        }
    }
    if let Some(missing) = told.keys().min() {
        return Ok(Err((*missing, "is missing, but events tell of it".to_owned())));
    }
    // Documents that anyone checks by their code.
    let stray: Option<i64> = sqlx::query_scalar(
        "SELECT r.case_id FROM results r JOIN cases c ON c.id = r.case_id \
         WHERE instr(c.document, r.issued_on) = 0 LIMIT 1",
    )
    .fetch_optional(look)
    .await?;
    match stray {
        Some(id) => Ok(Err((id, "has a document that was not issued".to_owned()))),
        None => Ok(Ok(cases)),
    }
}
