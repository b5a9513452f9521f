//! Changes become rows: those of one table together, in one statement with many
//! `VALUES`. They are sent in one call.
//!
//! The order in which changes were decided is kept as far as it can matter. Tables
//! are written in the order of their foreign keys. No statement holds the same row
//! twice (`PostgreSQL` refuses that): where a row changes again, what was collected
//! is written first, and collecting begins anew.

use std::collections::HashSet;

use jiban_domain::chain::{self, Link};
use jiban_domain::ticket::Ticket;
use jiban_domain::{CaseId, CounterId, KioskId, TicketId};

use super::StoreError;
use super::answer::Answer;
use super::bookings;
use super::cases::{self, BrokenPromise, KeptFile};
use super::statements::{Statements, insert, json};
use super::tellings::tellings;
use super::terminals::terminals;
use super::{document_prints, draft_writes, records};
use crate::change::{
    CaseRow, Change, DocumentPrint, Event, Job, Person, Session, SetupVersion, Telling,
};

/// Adds what changes write. `link` is the end of the trail, and is moved on by
/// each event.
pub(super) fn changes(
    statements: &mut Statements,
    changes: &[Change],
    link: &mut Link,
) -> Result<(), StoreError> {
    let mut rows = Rows::default();
    for change in changes {
        if let Some(row) = RowKey::of(change)
            && !rows.keys.insert(row)
        {
            std::mem::take(&mut rows).write(statements)?;
            rows.keys.insert(row);
        }
        match change {
            Change::Ticket(ticket) => rows.tickets.push(ticket),
            Change::Event(event) => {
                *link = chain::link(link, &in_chain(event));
                rows.events.push((event, *link));
            }
            Change::Job(job) => rows.jobs.push((job, json(&*job.slip)?)),
            Change::Case(row) => rows.cases.push(row),
            Change::Person(person) => rows.persons.push(person),
            Change::Telling(telling) => rows.tellings.push(telling),
            // Few, and their places must be written in the order in which they were taken.
            Change::Booking(row) => bookings::booking(statements, row)?,
            Change::BookingErased(id) => bookings::erase(statements, *id),
            Change::DocumentPrint(print) => rows.prints.push(print),
            Change::PromiseBroken { number_key, case, until } => {
                rows.promises.push(BrokenPromise { number_key, case: *case, until: *until });
            }
            Change::FileKept { file, case, at, sha256 } => {
                rows.files.push(KeptFile { file, case: *case, at: *at, sha256 });
            }
            // What is removed may have been put in by this very batch.
            Change::PersonErased(case) => {
                std::mem::take(&mut rows).write(statements)?;
                cases::erase(statements, *case);
            }
            Change::NotesKey { case, sealed } => {
                std::mem::take(&mut rows).write(statements)?;
                cases::notes_key(statements, *case, sealed);
            }
            Change::FileGone(file) => {
                std::mem::take(&mut rows).write(statements)?;
                cases::file_gone(statements, file);
            }
            // It refers to the row of its print.
            Change::StatementIssued(issued) => {
                std::mem::take(&mut rows).write(statements)?;
                document_prints::issued(statements, issued)?;
            }
            Change::Records(version) => records::replace(statements, version),
            Change::RecordsErased { hall, statement } => {
                records::erase(statements, hall, statement);
            }
            // Few, and no other table refers to them: written where they come.
            Change::SessionBegun(begun) => session(statements, begun),
            Change::SessionEnded(key) => {
                statements
                    .push("DELETE FROM sessions WHERE key = ")
                    .push_bind(key.as_slice())
                    .push(";");
            }
            Change::Setup(version) => setup(statements, version)?,
            Change::Terminal(change) => terminals(statements, change),
            // Few, and files refer to the draft: written where they come.
            Change::Draft(change) => draft_writes::write(statements, change)?,
            Change::Calendar(version) => cases::calendar(statements, version)?,
            Change::Password { clerk, phc } => password(statements, clerk.as_str(), phc),
            Change::PasswordRemoved(clerk) => {
                statements
                    .push("DELETE FROM passwords WHERE clerk = ")
                    .push_bind(clerk.as_str())
                    .push(";");
            }
        }
    }
    rows.write(statements)
}

/// Adds answers to keep.
pub(super) fn answers(statements: &mut Statements, answers: &[Answer]) {
    insert(statements, "requests (id, digest, answer, at) ", answers, "", |mut row, answer| {
        row.push_bind(answer.request.as_bytes().as_slice())
            .push_bind(answer.answered.digest.as_slice())
            .push_bind(&answer.answered.answer)
            .push_bind(answer.at);
    });
}

/// Rows collected for one statement a table.
#[derive(Default)]
struct Rows<'c> {
    keys: HashSet<RowKey<'c>>,
    tickets: Vec<&'c Ticket>,
    cases: Vec<&'c CaseRow>,
    persons: Vec<&'c Person>,
    promises: Vec<BrokenPromise<'c>>,
    files: Vec<KeptFile<'c>>,
    // With the slip as JSON.
    jobs: Vec<(&'c Job, String)>,
    tellings: Vec<&'c Telling>,
    prints: Vec<&'c DocumentPrint>,
    // With the event's link.
    events: Vec<(&'c Event, Link)>,
}

/// A row that may change more than once.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum RowKey<'c> {
    Ticket(TicketId),
    Case(CaseId),
    Person(CaseId),
    Promise(&'c [u8; 32], CaseId),
    Job(i64),
    Telling(i64),
    DocumentPrint(i64),
}

impl<'c> RowKey<'c> {
    fn of(change: &'c Change) -> Option<Self> {
        match change {
            Change::Ticket(ticket) => Some(Self::Ticket(ticket.id)),
            Change::Case(row) => Some(Self::Case(row.case.id)),
            Change::Person(person) => Some(Self::Person(person.case)),
            Change::PromiseBroken { number_key, case, .. } => {
                Some(Self::Promise(number_key, *case))
            }
            Change::Job(job) => Some(Self::Job(job.id)),
            Change::Telling(telling) => Some(Self::Telling(telling.id)),
            Change::DocumentPrint(print) => Some(Self::DocumentPrint(print.id)),
            _ => None,
        }
    }
}

impl Rows<'_> {
    /// Adds the statements, in the order of the foreign keys.
    fn write(self, statements: &mut Statements) -> Result<(), StoreError> {
        tickets(statements, &self.tickets);
        cases::cases(statements, &self.cases)?;
        cases::persons(statements, &self.persons);
        cases::broken_promises(statements, &self.promises);
        cases::files(statements, &self.files);
        tellings(statements, &self.tellings);
        document_prints::prints(statements, &self.prints);
        jobs(statements, &self.jobs);
        events(statements, &self.events);
        Ok(())
    }
}

fn tickets(statements: &mut Statements, tickets: &[&Ticket]) {
    insert(
        statements,
        "tickets (id, token, hall, day, letter, number, line, matter, priority, state, rank_at, \
         rank_anchor, rank_seq, counter, reserved_for, calls, kiosk, issued_at, first_called_at, \
         called_at, begun_at, served_ms, ended_at) ",
        tickets,
        " ON CONFLICT (id) DO UPDATE SET letter = excluded.letter, number = excluded.number, \
         line = excluded.line, state = excluded.state, \
         rank_at = excluded.rank_at, rank_anchor = excluded.rank_anchor, \
         rank_seq = excluded.rank_seq, counter = excluded.counter, \
         reserved_for = excluded.reserved_for, calls = excluded.calls, \
         first_called_at = excluded.first_called_at, called_at = excluded.called_at, \
         begun_at = excluded.begun_at, served_ms = excluded.served_ms, \
         ended_at = excluded.ended_at",
        |mut row, ticket| {
            row.push_bind(ticket.id.0)
                .push_bind(ticket.token.0.as_slice())
                .push_bind(ticket.hall.as_str())
                .push_bind(&ticket.day)
                .push_bind(&*ticket.letter.encode_utf8(&mut [0; 4]))
                .push_bind(ticket.number)
                .push_bind(ticket.line.as_str())
                .push_bind(ticket.matter.as_str())
                .push_bind(ticket.priority.into_str())
                .push_bind(ticket.state.into_str())
                .push_bind(ticket.rank.at)
                .push_bind(ticket.rank.anchor)
                .push_bind(ticket.rank.seq)
                .push_bind(ticket.counter.as_ref().map(CounterId::as_str))
                .push_bind(ticket.reserved_for.as_ref().map(CounterId::as_str))
                .push_bind(ticket.calls)
                .push_bind(ticket.kiosk.as_ref().map(KioskId::as_str))
                .push_bind(ticket.issued_at)
                .push_bind(ticket.first_called_at)
                .push_bind(ticket.called_at)
                .push_bind(ticket.begun_at)
                .push_bind(ticket.served_ms)
                .push_bind(ticket.ended_at);
        },
    );
}

/// An event as the chain reads it.
fn in_chain(event: &Event) -> chain::Event<'_> {
    chain::Event {
        id: event.id,
        at: event.at,
        kind: event.kind.as_str(),
        hall: event.hall.as_str(),
        ticket: event.ticket,
        case: event.case,
        by: &event.by,
        detail: &event.detail,
    }
}

fn events(statements: &mut Statements, events: &[(&Event, Link)]) {
    insert(
        statements,
        "events (id, at, kind, hall, ticket, by, detail, link, case_id) ",
        events,
        "",
        |mut row, (event, link)| {
            row.push_bind(event.id)
                .push_bind(event.at)
                .push_bind(event.kind.as_str())
                .push_bind(event.hall.as_str())
                .push_bind(event.ticket.map(|ticket| ticket.0))
                .push_bind(&event.by)
                .push_bind(&event.detail)
                .push_bind(link.as_slice())
                .push_bind(event.case.map(|case| case.0));
        },
    );
}

fn jobs(statements: &mut Statements, jobs: &[(&Job, String)]) {
    insert(
        statements,
        "print_jobs (id, ticket, kiosk, state, slip, at, changed_at) ",
        jobs,
        " ON CONFLICT (id) DO UPDATE SET state = excluded.state, \
         changed_at = excluded.changed_at",
        |mut row, (job, slip)| {
            row.push_bind(job.id)
                .push_bind(job.ticket.0)
                .push_bind(job.kiosk.as_str())
                .push_bind(job.state.into_str())
                .push_bind(slip)
                .push_bind(job.at)
                .push_bind(job.changed_at);
        },
    );
}

fn session(statements: &mut Statements, session: &Session) {
    let into = "sessions (key, clerk, counter, begun_at, ends_at) ";
    insert(statements, into, &[session], "", |mut row, session| {
        row.push_bind(session.key.as_slice())
            .push_bind(session.clerk.as_str())
            .push_bind(session.counter.as_ref().map(CounterId::as_str))
            .push_bind(session.begun_at)
            .push_bind(session.ends_at);
    });
}

fn setup(statements: &mut Statements, version: &SetupVersion) -> Result<(), StoreError> {
    let document = json(&version.setup)?;
    insert(
        statements,
        "setups (version, at, by, document) ",
        &[version],
        "",
        |mut row, version| {
            row.push_bind(version.version)
                .push_bind(version.at)
                .push_bind(&version.by)
                .push_bind(&document);
        },
    );
    Ok(())
}

fn password(statements: &mut Statements, clerk: &str, phc: &str) {
    insert(
        statements,
        "passwords (clerk, phc) ",
        &[(clerk, phc)],
        " ON CONFLICT (clerk) DO UPDATE SET phc = excluded.phc",
        |mut row, (clerk, phc)| {
            row.push_bind(*clerk).push_bind(*phc);
        },
    );
}
