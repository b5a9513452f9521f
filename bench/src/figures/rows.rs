//! Rows without HTTP: those of issued tickets, as the bound of issuing, and
//! tickets of past days. Written through the server's own store.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Result, ensure};
use jiban::change::{Change, Event};
use jiban::store::{Answer, Answered, Next, Store};
use jiban_app::api::kiosk::Issued;
use jiban_domain::day::{Clock24, business_day};
use jiban_domain::event::TicketEvent;
use jiban_domain::line::Rank;
use jiban_domain::setup::Rules;
use jiban_domain::ticket::{Priority, Ticket, TicketState};
use jiban_domain::{Millis, TicketId, Token};
use jiff::tz::TimeZone;
use serde_json::json;
use uuid::Uuid;

use crate::numbers::rate;

const DAY: Millis = 24 * 60 * 60 * 1_000;
const MINUTE: Millis = 60_000;
/// Tickets of a day, so that many of them are some years.
const PER_DAY: usize = 1_000;
const LETTERS: [(char, &str); 2] = [('A', "business"), ('B', "approval")];

/// Writes the rows of issued tickets into a new database, through the server's own
/// store. Returns tickets per second; what the rows say was made before.
pub async fn issued(database: &Path, tickets: usize, per_commit: usize) -> Result<f64> {
    let mut store = Store::open(database).await?;
    let now = jiban::clock::Clock::Machine.now();
    let mut next = store.load(now).await?.next;
    let mut made = Vec::with_capacity(tickets);
    for place in 0..tickets {
        let ticket = ticket(&next, place, day(now), now);
        let event = event(&mut next, &ticket, TicketEvent::Issued, "K1", now);
        let answer = Answer { request: Uuid::new_v4(), answered: answered(&ticket)?, at: now };
        next.ticket += 1;
        made.push((Change::Ticket(ticket.into()), event, answer));
    }
    let mut made = made.into_iter();
    let begun = Instant::now();
    while made.len() > 0 {
        let mut transaction = store.begin(next.link);
        for (ticket, event, answer) in made.by_ref().take(per_commit) {
            transaction.changes().extend([ticket, event]);
            transaction.keep(answer);
        }
        transaction.commit().await?;
        next.link = transaction.into_batch().link;
    }
    let rate = rate(tickets, begun.elapsed());
    store.close().await;
    Ok(rate)
}

/// Writes the rows of `issued` once more, into a new database, by `SQLite`'s own
/// loop in C. Returns tickets per second.
pub async fn issued_in_c(issued: &Path, database: &Path, per_commit: usize) -> Result<f64> {
    Store::open(database).await?.close().await;
    let done = Command::new(env!("SQLITE_LOOP"))
        .args([issued, database])
        .arg(per_commit.to_string())
        .stderr(Stdio::inherit())
        .output()?;
    ensure!(done.status.success(), "the loop in C failed");
    Ok(String::from_utf8(done.stdout)?.trim().parse()?)
}

/// Writes finished tickets of past days, with their events. Returns the tokens of
/// some of them.
pub async fn old(database: &Path, tickets: usize) -> Result<Vec<Token>> {
    const PER_COMMIT: usize = 2_000;
    const TOKENS: usize = 1_000;
    let mut store = Store::open(database).await?;
    let now = jiban::clock::Clock::Machine.now();
    let mut next = store.load(now).await?.next;
    let mut tokens = Vec::with_capacity(TOKENS);
    let days = tickets.div_ceil(PER_DAY);
    for first in (0..tickets).step_by(PER_COMMIT) {
        let mut transaction = store.begin(next.link);
        for place in first..tickets.min(first + PER_COMMIT) {
            let days_ago = Millis::try_from(days - place / PER_DAY)?;
            let at = now - days_ago * DAY;
            let mut ticket = ticket(&next, place % PER_DAY, day(at), at);
            next.ticket += 1;
            ticket.state = TicketState::Finished;
            ticket.counter = Some("1".into());
            ticket.calls = 1;
            ticket.first_called_at = Some(at + 9 * MINUTE);
            ticket.called_at = ticket.first_called_at;
            ticket.begun_at = Some(at + 10 * MINUTE);
            ticket.served_ms = 7 * MINUTE;
            ticket.ended_at = Some(at + 17 * MINUTE);
            if place % tickets.div_ceil(TOKENS) == 0 {
                tokens.push(ticket.token);
            }
            let happened = [
                (TicketEvent::Issued, "K1", 0),
                (TicketEvent::Called, "clerk1", 9),
                (TicketEvent::Begun, "clerk1", 10),
                (TicketEvent::Finished, "clerk1", 17),
            ];
            let events = happened
                .map(|(kind, by, after)| event(&mut next, &ticket, kind, by, at + after * MINUTE));
            transaction.changes().push(Change::Ticket(ticket.into()));
            transaction.changes().extend(events);
        }
        transaction.commit().await?;
        next.link = transaction.into_batch().link;
    }
    store.close().await;
    Ok(tokens)
}

/// A ticket that waits, the so many-th of its day.
fn ticket(next: &Next, place: usize, day: String, at: Millis) -> Ticket {
    let id = TicketId(next.ticket);
    let (letter, line) = LETTERS[place % LETTERS.len()];
    Ticket {
        id,
        token: Token(Uuid::new_v4().into_bytes()),
        hall: "main".into(),
        day,
        letter,
        number: u32::try_from(place / LETTERS.len()).unwrap_or(u32::MAX) + 1,
        line: line.into(),
        matter: "food-permit".into(),
        priority: Priority::None,
        state: TicketState::Waiting,
        rank: Rank::on_arrival(id, at, Priority::None, &Rules::default()),
        counter: None,
        reserved_for: None,
        calls: 0,
        kiosk: Some("K1".into()),
        issued_at: at,
        first_called_at: None,
        called_at: None,
        begun_at: None,
        served_ms: 0,
        ended_at: None,
    }
}

fn event(next: &mut Next, ticket: &Ticket, kind: TicketEvent, by: &str, at: Millis) -> Change {
    let detail = match kind {
        TicketEvent::Issued => json!({
            "number": ticket.label(),
            "line": ticket.line,
            "matter": ticket.matter,
            "priority": ticket.priority,
        }),
        _ => json!({ "counter": ticket.counter, "number": ticket.label() }),
    };
    let id = next.event;
    next.event += 1;
    Change::Event(Event {
        id,
        at,
        kind: kind.into(),
        hall: ticket.hall.clone(),
        ticket: Some(ticket.id),
        case: None,
        by: by.to_owned(),
        detail: detail.to_string(),
    })
}

fn answered(ticket: &Ticket) -> Result<Answered> {
    let answer = serde_json::to_string(&Issued {
        id: ticket.id,
        number: ticket.label(),
        token: ticket.token,
        progress_url: format!("http://192.168.100.100:3000/t/{}", ticket.token),
        state: ticket.state,
        ahead: Some(100),
        wait_minutes: None,
        calls_from: None,
        issued_at: ticket.issued_at,
        confirmed: true,
    })?;
    Ok(Answered { digest: [7; 32], answer })
}

fn day(at: Millis) -> String {
    let zone = TimeZone::fixed(jiff::tz::offset(8));
    business_day(at, &zone, Clock24::default())
}
