//! Cases, persons and results become rows.

use jiban_domain::case::{
    Case, CaseStep, CommitmentCheck, CommitmentTerms, ResultDocument, StepState,
};
use jiban_domain::{CaseId, ClerkId, Millis};
use jiff::civil::Date;

use crate::change::{CalendarVersion, CaseRow, Person};
use crate::store::StoreError;
use crate::store::rows::applicant_kind;
use crate::store::statements::{Statements, insert, json};

/// Someone who broke a promise is offered none until a day.
pub(in crate::store) struct BrokenPromise<'c> {
    pub number_key: &'c [u8; 32],
    pub case: CaseId,
    pub until: Date,
}

/// A file that is kept for a case.
pub(in crate::store) struct KeptFile<'c> {
    pub file: &'c str,
    pub case: CaseId,
    pub at: Millis,
    pub sha256: &'c [u8; 32],
}

pub(super) fn day(date: Date) -> String {
    date.to_string()
}

/// Adds cases, their steps that have come to their turn, and their documents.
pub(in crate::store) fn cases(
    statements: &mut Statements,
    rows: &[&CaseRow],
) -> Result<(), StoreError> {
    insert(
        statements,
        "cases (id, number, token, hall, ticket, subject, clerk, state, opened_day, \
         accepted_day, due_day, due_provisional, late, decided_at, decided_day, promised_days, \
         days_used, look_on, erase_on, document) ",
        rows,
        " ON CONFLICT (id) DO UPDATE SET clerk = excluded.clerk, state = excluded.state, \
         accepted_day = excluded.accepted_day, due_day = excluded.due_day, \
         due_provisional = excluded.due_provisional, late = excluded.late, \
         decided_at = excluded.decided_at, decided_day = excluded.decided_day, \
         promised_days = excluded.promised_days, days_used = excluded.days_used, look_on = excluded.look_on, \
         erase_on = excluded.erase_on, document = excluded.document",
        |mut values, row| {
            let case = &row.case;
            values
                .push_bind(case.id.0)
                .push_bind(case.number.as_str())
                .push_bind(case.token.0.as_slice())
                .push_bind(case.hall.as_str())
                .push_bind(case.ticket.map(|ticket| ticket.0))
                .push_bind(case.subject.id())
                .push_bind(case.clerk.as_str())
                .push_bind(case.state.into_str())
                .push_bind(day(case.opened.day))
                .push_bind(case.accepted.map(|at| day(at.day)))
                .push_bind(case.due.map(|due| day(due.date)))
                .push_bind(case.due.is_some_and(|due| due.provisional))
                .push_bind(case.late)
                .push_bind(case.decided.map(|at| at.at))
                .push_bind(case.decided.map(|at| day(at.day)))
                .push_bind(case.promised_days)
                .push_bind(row.days_used)
                .push_bind(row.check_on.map(day))
                .push_bind(row.erase_on.map(day))
                .push_bind(&row.document);
        },
    );
    steps(statements, rows);
    checks(statements, rows);
    results(statements, rows)
}

/// The checks of a case's commitment that have begun, each with its terms.
pub(super) fn check_rows(
    case: &Case,
) -> impl Iterator<Item = (&CommitmentTerms, &CommitmentCheck)> {
    case.checks()
}

fn checks(statements: &mut Statements, rows: &[&CaseRow]) {
    let checks: Vec<_> =
        rows.iter().flat_map(|row| check_rows(&row.case).map(move |one| (*row, one))).collect();
    insert(
        statements,
        "commitment_checks (case_id, matter, hall, department, reviewer, state, due_day, \
         due_provisional, late) ",
        &checks,
        " ON CONFLICT (case_id, matter) DO UPDATE SET reviewer = excluded.reviewer, \
         state = excluded.state, due_day = excluded.due_day, \
         due_provisional = excluded.due_provisional, late = excluded.late",
        |mut values, (row, (terms, check))| {
            values
                .push_bind(row.case.id.0)
                .push_bind(terms.matter.as_str())
                .push_bind(row.case.hall.as_str())
                .push_bind(terms.check_department.as_str())
                .push_bind(check.reviewer.as_ref().map(ClerkId::as_str))
                .push_bind(check.state.into_str())
                .push_bind(check_due(check))
                .push_bind(check.due.is_some_and(|due| due.provisional))
                .push_bind(check.late);
        },
    );
}

/// The day a check is due; a case is written with its deadlines, so there is one.
pub(super) fn check_due(check: &CommitmentCheck) -> String {
    day(check.due.map_or(check.opened.day, |due| due.date))
}

fn steps(statements: &mut Statements, rows: &[&CaseRow]) {
    let steps: Vec<(&CaseRow, &CaseStep, Option<u32>)> =
        rows.iter().flat_map(|row| step_rows(row).map(|(step, used)| (*row, step, used))).collect();
    insert(
        statements,
        "case_steps (case_id, step, hall, department, reviewer, state, opened_day, due_day, \
         done_day, days_limit, days_used, late) ",
        &steps,
        " ON CONFLICT (case_id, step) DO UPDATE SET department = excluded.department, \
         reviewer = excluded.reviewer, state = excluded.state, due_day = excluded.due_day, \
         done_day = excluded.done_day, days_used = excluded.days_used, late = excluded.late",
        |mut values, (row, step, used)| {
            let case = &row.case;
            values
                .push_bind(case.id.0)
                .push_bind(step.id)
                .push_bind(case.hall.as_str())
                .push_bind(step.department.as_str())
                .push_bind(step.reviewer.as_ref().map(ClerkId::as_str))
                .push_bind(step.state.into_str())
                .push_bind(step.opened.map(|at| day(at.day)))
                .push_bind(step.due.map(|due| day(due.date)))
                .push_bind(step.done.map(|at| day(at.day)))
                .push_bind(if step.days == 0 { case.promised_days } else { step.days })
                .push_bind(*used)
                .push_bind(step.late);
        },
    );
}

/// The steps of a case that have come to their turn, each with the working days it took.
pub(super) fn step_rows(row: &CaseRow) -> impl Iterator<Item = (&CaseStep, Option<u32>)> {
    let steps = row.case.parts.iter().flat_map(|part| &part.steps);
    let in_turn = steps.filter(|step| step.opened.is_some() && step.state != StepState::Waiting);
    in_turn.map(|step| {
        let used = row.step_days.iter().find(|(id, _)| *id == step.id).map(|(_, days)| *days);
        (step, used)
    })
}

/// A document with its texts as JSON.
pub(super) struct ResultRow<'c> {
    pub case: CaseId,
    pub matter: String,
    pub document: String,
    pub issuer: String,
    pub result: &'c ResultDocument,
}

/// The documents of a case.
pub(super) fn result_rows(case: &Case) -> Result<Vec<ResultRow<'_>>, StoreError> {
    case.results
        .iter()
        .map(|result| {
            let part = case.parts.iter().find(|part| part.matter == result.matter);
            Ok(ResultRow {
                case: case.id,
                matter: json(part.map_or(&case.name, |part| &part.name))?,
                document: json(&result.name)?,
                issuer: json(&result.issuer_name)?,
                result,
            })
        })
        .collect()
}

fn results(statements: &mut Statements, rows: &[&CaseRow]) -> Result<(), StoreError> {
    let mut results = Vec::new();
    for case in rows.iter().map(|row| &row.case) {
        results.extend(result_rows(case)?);
    }
    insert(
        statements,
        "results (code, case_id, matter, document, issuer, issued_on, revoked_on) ",
        &results,
        " ON CONFLICT (code) DO UPDATE SET revoked_on = excluded.revoked_on",
        |mut values, row| {
            let revoked = row.result.revoked.as_ref().map(|revoked| day(revoked.on));
            values
                .push_bind(row.result.code.0.as_slice())
                .push_bind(row.case.0)
                .push_bind(&row.matter)
                .push_bind(&row.document)
                .push_bind(&row.issuer)
                .push_bind(day(row.result.issued_on))
                .push_bind(revoked);
        },
    );
    Ok(())
}

pub(in crate::store) fn persons(statements: &mut Statements, persons: &[&Person]) {
    insert(
        statements,
        "persons (case_id, kind, name, number, telephone, number_key, notes_key, agent) ",
        persons,
        " ON CONFLICT (case_id) DO UPDATE SET name = excluded.name, number = excluded.number, \
         telephone = excluded.telephone, notes_key = excluded.notes_key, \
         agent = excluded.agent",
        |mut values, person| {
            values
                .push_bind(person.case.0)
                .push_bind(applicant_kind(person.kind))
                .push_bind(&person.name)
                .push_bind(&person.number)
                .push_bind(&person.telephone)
                .push_bind(person.number_key.as_slice())
                .push_bind(person.notes_key.as_deref())
                .push_bind(person.agent.as_deref());
        },
    );
}

/// Gives a case a key of its notes. The first counts: with another, what the first sealed
/// would be lost.
pub(in crate::store) fn notes_key(statements: &mut Statements, case: CaseId, sealed: &[u8]) {
    statements.push("UPDATE persons SET notes_key = ").push_bind(sealed.to_vec());
    statements.push(" WHERE notes_key IS NULL AND name IS NOT NULL AND case_id = ");
    statements.push_bind(case.0).push(";");
}

/// Erases a person: nothing is left that could be opened or found again.
pub(in crate::store) fn erase(statements: &mut Statements, case: CaseId) {
    statements.push(
        "UPDATE persons SET name = NULL, number = NULL, telephone = NULL, number_key = NULL, \
         notes_key = NULL, agent = NULL WHERE case_id = ",
    );
    statements.push_bind(case.0);
    for statement in
        ["; DELETE FROM files WHERE case_id = ", "; DELETE FROM broken_promises WHERE case_id = "]
    {
        statements.push(statement).push_bind(case.0);
    }
    statements.push(";");
}

pub(in crate::store) fn broken_promises(
    statements: &mut Statements,
    promises: &[BrokenPromise<'_>],
) {
    insert(
        statements,
        "broken_promises (number_key, case_id, until) ",
        promises,
        " ON CONFLICT (number_key, case_id) DO UPDATE SET until = excluded.until",
        |mut values, promise| {
            values
                .push_bind(promise.number_key.as_slice())
                .push_bind(promise.case.0)
                .push_bind(day(promise.until));
        },
    );
}

pub(in crate::store) fn files(statements: &mut Statements, files: &[KeptFile<'_>]) {
    insert(statements, "files (id, case_id, at, sha256) ", files, "", |mut values, kept| {
        values
            .push_bind(kept.file)
            .push_bind(kept.case.0)
            .push_bind(kept.at)
            .push_bind(kept.sha256.as_slice());
    });
}

pub(in crate::store) fn file_gone(statements: &mut Statements, file: &str) {
    statements.push("DELETE FROM files WHERE id = ").push_bind(file).push(";");
}

pub(in crate::store) fn calendar(
    statements: &mut Statements,
    version: &CalendarVersion,
) -> Result<(), StoreError> {
    let document = json(&version.calendar)?;
    let into = "calendars (version, at, by, document) ";
    insert(statements, into, &[version], "", |mut values, version| {
        values
            .push_bind(version.version)
            .push_bind(version.at)
            .push_bind(&version.by)
            .push_bind(&document);
    });
    Ok(())
}
