//! Numbers that a terminal gave while it was cut off. Each is one command of the writer, and is
//! looked for by its token first, so that any part may come in any order, any number of times.
//! Its visitor holds a slip: it is taken whatever the hall is like meanwhile.

use futures::stream::{self, StreamExt as _, TryStreamExt as _};
use jiban_app::api::kiosk::Issue;
use jiban_app::api::terminal::{HandIn, HandedIn, NumberGiven, NumberTaken};
use jiban_domain::day::day_begins;
use jiban_domain::event::HallEvent;
use jiban_domain::lent::{block_of, is_lent};
use jiban_domain::setup::{Hall, Kiosk};
use jiban_domain::ticket::{self, Ticket, label};
use jiban_domain::{KioskId, Millis, Refusal};
use serde_json::json;
use uuid::Uuid;

use super::lend::days;
use crate::change::Change;
use crate::change::terminals::{LentBlock, TerminalChange};
use crate::limits::ClientAddress;
use crate::service::issue::issued;
use crate::service::kiosk_bounds::Asked;
use crate::service::prefetch::{NumberOfDay, Prefetch};
use crate::service::unit_of_work::{self, About, UnitOfWork};
use crate::service::{Addresses, HallService, answer, digest};
use crate::zone::zone;

/// Numbers in one call, at most.
const MOST: usize = 100;
/// Of these so many go to the writer at once.
const AT_ONCE: usize = 16;

/// Whose a number is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Owner {
    /// It was lent to this store, at this time.
    Store(Millis),
    /// To another one, or to nobody.
    NotThis,
    /// The hall does not know that it was lent, as after a backup was put back; the terminal
    /// has a key, and is believed.
    Believed,
}

impl HallService {
    /// Takes numbers that a terminal gave.
    ///
    /// # Errors
    /// [`Refusal::UnknownKiosk`], [`Refusal::BadRequest`]; [`Refusal::TooManyNumbers`] where
    /// more numbers that were not lent are handed in than are taken at a kiosk; when it cannot
    /// be written.
    pub async fn hand_in(
        &self,
        command: HandIn,
        client: ClientAddress,
    ) -> Result<HandedIn, Refusal> {
        let HandIn { kiosk, store, numbers } = command;
        let bad = |place: &str| Err(Refusal::BadRequest(place.to_owned()));
        if numbers.len() > MOST {
            return bad("numbers: at most 100");
        }
        for (place, given) in numbers.iter().enumerate() {
            if given.issue.kiosk != kiosk {
                return bad(&format!("numbers[{place}].issue.kiosk: must be the kiosk itself"));
            }
            if !is_lent(given.number) || !given.letter.is_ascii_uppercase() {
                return bad(&format!("numbers[{place}].number: is none that is lent"));
            }
            if given.day.parse::<jiff::civil::Date>().is_err() {
                return bad(&format!("numbers[{place}].day: must be YYYY-MM-DD"));
            }
        }
        let mut believed = Vec::with_capacity(numbers.len());
        for given in numbers {
            let day = self.day_of(&kiosk, store, &given, client)?;
            believed.push((given, day));
        }
        let taken = believed
            .into_iter()
            .map(|(given, day)| self.hand_in_number(kiosk.clone(), store, given, day));
        let numbers = stream::iter(taken).buffered(AT_ONCE).try_collect().await?;
        Ok(HandedIn { numbers })
    }

    /// The day that a number counts on. One that was not lent is counted like a number that is
    /// taken now.
    fn day_of(
        &self,
        kiosk: &KioskId,
        store: Uuid,
        given: &NumberGiven,
        client: ClientAddress,
    ) -> Result<String, Refusal> {
        let live_state = self.live_state();
        let (hall, kiosk) = unit_of_work::kiosk(&live_state.setup().setup, kiosk)?;
        let block = live_state.lent().block(&hall.id, &given.day, given.letter, given.number);
        let known = live_state.by_token(given.token).is_some();
        if !known && block.is_none_or(|block| block.store != store) {
            let asked = Asked { kiosk: &kiosk.id, client, request: given.issue.request_id };
            self.kiosk_bounds.number(&asked, self.clock.steady())?;
        }
        let today = live_state.business_day(hall, self.clock.now());
        // By a terminal whose clock is ahead. No day begins by what it says.
        Ok(given.day.clone().min(today))
    }

    async fn hand_in_number(
        &self,
        kiosk: KioskId,
        store: Uuid,
        given: NumberGiven,
        day: String,
    ) -> Result<NumberTaken, Refusal> {
        let number =
            NumberOfDay { kiosk: kiosk.clone(), day, number: (given.letter, given.number) };
        let prefetch = vec![Prefetch::Ticket(given.token), Prefetch::Holder(number.clone())];
        let addresses = self.addresses.clone();
        let taken = self
            .execute_with(None, prefetch, move |work| {
                hand_in(work, store, &given, &number, &addresses)
            })
            .await?;
        serde_json::from_str(&taken).map_err(|error| {
            tracing::error!(%error, "an answer could not be read");
            Refusal::Unavailable
        })
    }
}

fn hand_in(
    work: &mut UnitOfWork<'_>,
    store: Uuid,
    given: &NumberGiven,
    number: &NumberOfDay,
    addresses: &Addresses,
) -> Result<String, Refusal> {
    let setup = work.setup();
    let (hall, kiosk) = unit_of_work::kiosk(&setup.setup, &number.kiosk)?;
    let found = work.prefetched().tickets.get(&given.token).cloned();
    let foreign = found.as_ref().is_some_and(|ticket| ticket.hall != hall.id);
    let owner = owner(work, (hall, kiosk), store, given);
    let slip = number_given(given, kiosk, &number.day);
    let Some(line) = slip.line_in(hall).filter(|_| !foreign) else {
        // Nothing can be made of it. The terminal is told, so that it does not ask for ever.
        note(work, hall, kiosk, given);
        return taken(given, label(given.letter, given.number), false);
    };
    let now = work.now();
    let slip =
        ticket::NumberGiven { taken_at: taken_at(work, (hall, kiosk), &slip, owner), ..slip };
    let other = (owner == Owner::NotThis || is_taken(work, hall, given, number))
        .then(|| work.live_state().next_number(&hall.id, &today(work, hall), given.letter));
    // A number of its own is of the day on which it is given.
    let slip = match other {
        Some(_) if found.is_none() => ticket::NumberGiven { day: today(work, hall), ..slip },
        _ => slip,
    };
    let id = work.next_ticket();
    let was_there = found.is_some();
    let moves = ticket::hand_in(found.clone(), &slip, (hall, line), (id, other), now);
    let Some(last) = moves.last().map(|moved| moved.ticket.clone()).or(found) else {
        return Err(Refusal::Unavailable);
    };
    if moves.is_empty() {
        return taken(given, last.label(), last.state.is_active());
    }
    if !was_there {
        work.ticket_id();
        if owner == Owner::NotThis {
            note(work, hall, kiosk, given);
        } else if owner == Owner::Believed {
            lend_afterwards(work, hall, kiosk, store, given);
        }
    }
    let by = kiosk.id.as_str();
    for moved in moves {
        work.move_ticket(moved, by);
    }
    let last = end_if_over(work, hall, last, by);
    keep_answer(work, hall, &given.issue, &last, addresses)?;
    taken(given, last.label(), last.state.is_active())
}

fn number_given(given: &NumberGiven, kiosk: &Kiosk, day: &str) -> ticket::NumberGiven {
    ticket::NumberGiven {
        token: given.token,
        kiosk: kiosk.id.clone(),
        line: given.line.clone(),
        matter: given.issue.matter.clone(),
        priority: given.issue.priority,
        letter: given.letter,
        number: given.number,
        day: day.to_owned(),
        taken_at: given.taken_at,
        given_back: given.given_back,
    }
}

fn today(work: &UnitOfWork<'_>, hall: &Hall) -> String {
    work.live_state().business_day(hall, work.now())
}

fn owner(
    work: &UnitOfWork<'_>,
    (hall, kiosk): (&Hall, &Kiosk),
    store: Uuid,
    given: &NumberGiven,
) -> Owner {
    let live_state = work.live_state();
    match live_state.lent().block(&hall.id, &given.day, given.letter, given.number) {
        Some(block) if block.store == store => Owner::Store(block.at),
        None if hall.is_paired(kiosk) => Owner::Believed,
        Some(_) | None => Owner::NotThis,
    }
}

/// When it was taken, within what can be: on its day, and not later than now. Nobody without a
/// key can stand before those who came before the number was lent.
fn taken_at(
    work: &UnitOfWork<'_>,
    (hall, kiosk): (&Hall, &Kiosk),
    slip: &ticket::NumberGiven,
    owner: Owner,
) -> Millis {
    let now = work.now();
    let begins = day_begins(&slip.day, &zone(hall), hall.day_turns_at).unwrap_or(now);
    let earliest = match owner {
        _ if hall.is_paired(kiosk) => begins,
        Owner::Store(lent_at) => begins.max(lent_at),
        Owner::Believed | Owner::NotThis => now,
    };
    slip.taken_at.clamp(earliest.min(now), now)
}

/// Whether somebody else has the number: copied files make such.
fn is_taken(work: &UnitOfWork<'_>, hall: &Hall, given: &NumberGiven, number: &NumberOfDay) -> bool {
    let mine = |token| token == given.token;
    let on_its_day = work.prefetched().holders.get(number).is_some_and(|token| !mine(*token));
    let (letter, number) = number.number;
    let own = work.live_state().by_token(given.token);
    let own = own.is_some_and(|own| own.ticket.letter == letter && own.ticket.number == number);
    on_its_day || (work.live_state().is_held(&hall.id, letter, number) && !own)
}

/// The block is the store's from now on.
fn lend_afterwards(
    work: &mut UnitOfWork<'_>,
    hall: &Hall,
    kiosk: &Kiosk,
    store: Uuid,
    given: &NumberGiven,
) {
    let (now, letter) = (work.now(), given.letter);
    if days(work.live_state(), hall, now).contains(&given.day) {
        work.put(Change::Terminal(TerminalChange::Lent(LentBlock {
            hall: hall.id.clone(),
            day: given.day.clone(),
            letter,
            first: block_of(given.number),
            kiosk: kiosk.id.clone(),
            store,
            at: now,
        })));
    }
}

/// Notes in the trail that a number was handed in that was not lent to this store.
fn note(work: &mut UnitOfWork<'_>, hall: &Hall, kiosk: &Kiosk, given: &NumberGiven) {
    let detail = json!({ "number": label(given.letter, given.number), "day": given.day });
    let by = kiosk.id.as_str();
    work.append_event(HallEvent::NumberNotLent, hall.id.clone(), About::Hall, by, &detail);
}

/// A number of a day that is over ends at once, so that its page says so.
fn end_if_over(work: &mut UnitOfWork<'_>, hall: &Hall, ticket: Ticket, by: &str) -> Ticket {
    let today = today(work, hall);
    if !ticket.state.is_active() || !work.live_state().ends_with_day(&ticket, hall, &today) {
        return ticket;
    }
    let moved = ticket.turn_day(work.now());
    let ended = moved.ticket.clone();
    work.move_ticket(moved, by);
    ended
}

/// Whoever repeats the request for the number gets this ticket.
fn keep_answer(
    work: &mut UnitOfWork<'_>,
    hall: &Hall,
    issue: &Issue,
    ticket: &Ticket,
    addresses: &Addresses,
) -> Result<(), Refusal> {
    let answer = answer(&issued(work, hall, ticket, addresses))?;
    let (request, digest, at) = (issue.request_id, digest::<Issue>(issue), work.now());
    work.put(Change::Terminal(TerminalChange::Answered { request, digest, answer, at }));
    Ok(())
}

fn taken(given: &NumberGiven, number: String, waits: bool) -> Result<String, Refusal> {
    answer(&NumberTaken { request_id: given.issue.request_id, number, waits })
}
