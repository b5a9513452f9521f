//! The columns of a case, of its steps and of its documents, in one digest: as they are
//! written, and as the database has them. See [`crate::store::cover`].

use std::collections::BTreeMap;

use futures::TryStreamExt as _;
use jiban_domain::ClerkId;
use sqlx::{Row as _, SqliteConnection};

use super::write::{check_due, check_rows, day, result_rows, step_rows};
use crate::change::CaseRow;
use crate::store::StoreError;
use crate::store::columns::{Columns, RowDigest};
use crate::store::rows::has_table;

const CHECKS: &str = "commitment_checks";

/// As they are written.
pub(in crate::store) fn columns(row: &CaseRow) -> Result<Columns, StoreError> {
    let case = &row.case;
    let mut columns = Columns::default()
        .integer(case.id.0)
        .text(case.number.as_str())
        .blob(case.token.0.as_slice())
        .text(case.hall.as_str())
        .integer(case.ticket.map(|ticket| ticket.0))
        .text(case.subject.id())
        .text(case.clerk.as_str())
        .text(case.state.into_str())
        .text(&*day(case.opened.day))
        .text(case.accepted.map(|at| day(at.day)).as_deref())
        .text(case.due.map(|due| day(due.date)).as_deref())
        .integer(i64::from(case.due.is_some_and(|due| due.provisional)))
        .integer(i64::from(case.late))
        .integer(case.decided.map(|at| at.at))
        .text(case.decided.map(|at| day(at.day)).as_deref())
        .integer(i64::from(case.promised_days))
        .integer(row.days_used.map(i64::from))
        .text(row.check_on.map(day).as_deref())
        .text(row.erase_on.map(day).as_deref())
        .text(&*row.document);
    let mut steps: Vec<_> = step_rows(row).collect();
    steps.sort_by_key(|(step, _)| step.id);
    for (step, used) in steps {
        columns = columns
            .integer(case.id.0)
            .integer(i64::from(step.id))
            .text(case.hall.as_str())
            .text(step.department.as_str())
            .text(step.reviewer.as_ref().map(ClerkId::as_str))
            .text(step.state.into_str())
            .text(step.opened.map(|at| day(at.day)).as_deref())
            .text(step.due.map(|due| day(due.date)).as_deref())
            .text(step.done.map(|at| day(at.day)).as_deref())
            .integer(i64::from(if step.days == 0 { case.promised_days } else { step.days }))
            .integer(used.map(i64::from))
            .integer(i64::from(step.late));
    }
    let mut checks: Vec<_> = check_rows(case).collect();
    checks.sort_by(|(one, _), (other, _)| one.matter.as_str().cmp(other.matter.as_str()));
    for (terms, check) in checks {
        columns = columns
            .integer(case.id.0)
            .text(terms.matter.as_str())
            .text(case.hall.as_str())
            .text(terms.check_department.as_str())
            .text(check.reviewer.as_ref().map(ClerkId::as_str))
            .text(check.state.into_str())
            .text(&*check_due(check))
            .integer(i64::from(check.due.is_some_and(|due| due.provisional)))
            .integer(i64::from(check.late));
    }
    let mut results = result_rows(case)?;
    results.sort_by_key(|row| row.result.code.0);
    for row in results {
        let revoked = row.result.revoked.as_ref().map(|revoked| day(revoked.on));
        columns = columns
            .blob(row.result.code.0.as_slice())
            .integer(row.case.0)
            .text(&*row.matter)
            .text(&*row.document)
            .text(&*row.issuer)
            .text(&*day(row.result.issued_on))
            .text(revoked.as_deref());
    }
    Ok(columns)
}

/// As the database has them, by case.
pub(in crate::store) async fn digests(
    connection: &mut SqliteConnection,
) -> Result<BTreeMap<i64, RowDigest>, StoreError> {
    let mut all: BTreeMap<i64, Columns> = BTreeMap::new();
    // The first column is the case, again; what follows is covered.
    for statement in [
        "SELECT id, id, number, token, hall, ticket, subject, clerk, state, opened_day, \
         accepted_day, due_day, due_provisional, late, decided_at, decided_day, promised_days, \
         days_used, look_on, erase_on, document FROM cases ORDER BY id",
        "SELECT case_id, case_id, step, hall, department, reviewer, state, opened_day, due_day, \
         done_day, days_limit, days_used, late FROM case_steps ORDER BY case_id, step",
        "SELECT case_id, case_id, matter, hall, department, reviewer, state, due_day, \
         due_provisional, late FROM commitment_checks ORDER BY case_id, matter",
        "SELECT case_id, code, case_id, matter, document, issuer, issued_on, revoked_on \
         FROM results ORDER BY case_id, code",
    ] {
        // A backup of an earlier version has none.
        if statement.contains(CHECKS) && !has_table(connection, CHECKS).await? {
            continue;
        }
        let mut rows = sqlx::query(statement).fetch(&mut *connection);
        while let Some(row) = rows.try_next().await? {
            let case: i64 = row.try_get(0)?;
            let columns = std::mem::take(all.entry(case).or_default());
            all.insert(case, columns.row(&row, 1)?);
        }
    }
    Ok(all.into_iter().map(|(case, columns)| (case, columns.digest())).collect())
}
