//! What is written of drafts: documents, sealed answers, files, and what was not right.

use jiban_domain::draft::Draft;
use jiban_domain::draft::effort::Effort;
use jiban_domain::{DraftId, FieldId, HallId, Millis};
use jiff::civil::Date;

use super::StoreError;
use super::columns::Columns;
use super::statements::{Statements, insert, json};
use crate::change::drafts::{DraftChange, WrittenValues};

/// The columns that the trail covers.
pub(super) fn columns(draft: &Draft) -> Result<Columns, StoreError> {
    let document = json(draft)?;
    Ok(Columns::default()
        .integer(draft.id.0)
        .blob(draft.token.0.as_slice())
        .text(draft.hall.as_str())
        .text(draft.state.into_str())
        .integer(draft.sent.map(|sent| sent.at))
        .text(&*draft.keep_until.to_string())
        .text(&*document))
}

/// The columns of a file that the trail covers.
pub(super) fn file_columns(file: &str, draft: DraftId, at: Millis, sha256: &[u8; 32]) -> Columns {
    Columns::default().text(file).integer(draft.0).integer(at).blob(&sha256[..])
}

/// Writes one change.
pub(super) fn write(statements: &mut Statements, change: &DraftChange) -> Result<(), StoreError> {
    match change {
        DraftChange::Put(draft) => put(statements, draft)?,
        DraftChange::Written(written) => values(statements, written),
        DraftChange::Remarks { draft, sealed, .. } => {
            statements.push("UPDATE drafts SET remarks = ").push_bind(sealed.clone());
            statements.push(" WHERE id = ").push_bind(draft.0).push(";");
        }
        DraftChange::Form { digest, document } => {
            statements
                .push("INSERT INTO forms (digest, document) VALUES (")
                .push_bind(digest.clone());
            statements.push(", ").push_bind(document.clone());
            statements.push(") ON CONFLICT (digest) DO NOTHING;");
        }
        DraftChange::FileKept { file, draft, at, sha256 } => {
            statements
                .push("INSERT INTO draft_files (id, draft, at, sha256) VALUES (")
                .push_bind(file.clone());
            statements.push(", ").push_bind(draft.0);
            statements.push(", ").push_bind(*at);
            statements.push(", ").push_bind(sha256.to_vec()).push(");");
        }
        DraftChange::FileGone(file) => {
            statements.push("DELETE FROM draft_files WHERE id = ").push_bind(file.clone());
            statements.push(";");
        }
        DraftChange::Faults { hall, subject, day, helped, fields } => {
            faults(statements, (hall, subject, *day), *helped, fields);
        }
        DraftChange::Erased(draft) => {
            for statement in [
                "DELETE FROM draft_values WHERE draft = ",
                "DELETE FROM draft_files WHERE draft = ",
                "UPDATE drafts SET remarks = NULL, erased = 1 WHERE id = ",
            ] {
                statements.push(statement).push_bind(draft.0).push(";");
            }
        }
    }
    Ok(())
}

fn put(statements: &mut Statements, draft: &Draft) -> Result<(), StoreError> {
    let document = json(draft)?;
    statements
        .push("INSERT INTO drafts (id, token, hall, state, sent_at, keep_until, document) VALUES (")
        .push_bind(draft.id.0);
    statements.push(", ").push_bind(draft.token.0.to_vec());
    statements.push(", ").push_bind(draft.hall.to_string());
    statements.push(", ").push_bind(draft.state.into_str());
    statements.push(", ").push_bind(draft.sent.map(|sent| sent.at));
    statements.push(", ").push_bind(draft.keep_until.to_string());
    statements.push(", ").push_bind(document).push(
        ") ON CONFLICT (id) DO UPDATE SET state = excluded.state, sent_at = excluded.sent_at, \
         keep_until = excluded.keep_until, document = excluded.document;",
    );
    Ok(())
}

/// Answers that come after the erasure of their draft are erased with it.
fn values(statements: &mut Statements, written: &WrittenValues) {
    insert(
        statements,
        "draft_values (draft, field, version, value, by, at) ",
        &written.values,
        // Two parts of a draft may be kept in either order.
        " ON CONFLICT (draft, field) DO UPDATE SET version = excluded.version, \
         value = excluded.value, by = excluded.by, at = excluded.at \
         WHERE excluded.version > draft_values.version",
        |mut row, value| {
            row.push_bind(written.draft.0)
                .push_bind(value.field.to_string())
                .push_bind(count(value.version))
                .push_bind(value.sealed.clone())
                .push_bind(value.by.as_ref().map(ToString::to_string))
                .push_bind(value.at);
        },
    );
    statements.push("DELETE FROM draft_values WHERE draft = ").push_bind(written.draft.0);
    statements
        .push(" AND EXISTS (SELECT 1 FROM drafts WHERE erased = 1 AND id = ")
        .push_bind(written.draft.0)
        .push(");");
    let version = count(written.version);
    statements.push("UPDATE drafts SET version = ").push_bind(version);
    statements.push(" WHERE id = ").push_bind(written.draft.0);
    statements.push(" AND version < ").push_bind(version).push(";");
    let Effort { touches, millis } = written.effort;
    statements.push("UPDATE drafts SET touches = touches + ").push_bind(i64::from(touches));
    statements.push(", filled_ms = filled_ms + ").push_bind(millis);
    statements.push(" WHERE id = ").push_bind(written.draft.0).push(";");
}

fn count(version: u64) -> i64 {
    i64::try_from(version).unwrap_or(i64::MAX)
}

/// Counts fields that were not right.
fn faults(
    statements: &mut Statements,
    (hall, subject, day): (&HallId, &str, Date),
    helped: bool,
    fields: &[FieldId],
) {
    for field in fields {
        statements
            .push("INSERT INTO form_faults (hall, day, subject, field, helped, count) VALUES (")
            .push_bind(hall.to_string());
        statements.push(", ").push_bind(day.to_string());
        statements.push(", ").push_bind(subject.to_owned());
        statements.push(", ").push_bind(field.to_string());
        statements.push(", ").push_bind(i64::from(helped));
        statements.push(
            ", 1) ON CONFLICT (hall, day, subject, field) DO UPDATE SET \
             count = form_faults.count + 1, helped = form_faults.helped + excluded.helped;",
        );
    }
}
