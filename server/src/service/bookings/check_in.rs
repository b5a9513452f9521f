//! How a booking becomes a ticket: on its day, at a kiosk or a counter.

use std::sync::Arc;

use jiban_app::api::booking::{CheckIn, CheckedIn};
use jiban_app::api::kiosk::Issued;
use jiban_domain::booking::{
    Arrival, Booking, BookingId, BookingRefusal, BookingState, Concern, on_check_in,
};
use jiban_domain::event::HallEvent;
use jiban_domain::setup::{Hall, Printer};
use jiban_domain::slip::Slip;
use jiban_domain::ticket::{NewTicket, Priority, Ticket, may_join};
use jiban_domain::{HallId, KioskId, Lang, Millis, Refusal, Token, identity};

use super::{matter_name, put, rules_of};
use crate::change::BookingRow;
use crate::limits::ClientAddress;
use crate::live_state::LiveState;
use crate::service::guesses::{Door, Failure, Try};
use crate::service::issue::{queue, slip};
use crate::service::kiosk_bounds::Asked;
use crate::service::unit_of_work::{self, UnitOfWork};
use crate::service::{Addresses, HallService, answer, secret};
use crate::waits;
use crate::zone::{day, utc_day, zone};

/// How a booking is found.
#[derive(Debug, Clone)]
pub(super) enum Which {
    Token(Token),
    /// By one of these: the code, or a keyed hash of what was typed.
    Typed {
        code: String,
        numbers: Vec<[u8; 32]>,
        telephone: Option<[u8; 32]>,
    },
    Id(BookingId),
}

/// Who prints the slip.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Prints {
    /// The visitor goes on without one, or is at a counter.
    Nobody,
    Server,
    /// The kiosk's own terminal has the printer to itself: it gets the slip with the answer.
    Terminal,
}

/// Where somebody checks in.
#[derive(Debug, Clone)]
pub(super) struct Where {
    pub hall: HallId,
    /// Where the slip comes out.
    pub kiosk: Option<KioskId>,
    pub prints: Prints,
    pub by: String,
    pub lang: Lang,
}

impl HallService {
    /// Checks in at a kiosk; the answer is a [`CheckedIn`].
    ///
    /// # Errors
    /// An unknown booking, of another day or hall, too early; a closed hall; too many wrong
    /// codes.
    pub async fn check_in(&self, q: CheckIn, client: ClientAddress) -> Result<Arc<str>, Refusal> {
        let hall = {
            let live_state = self.live_state();
            unit_of_work::kiosk(&live_state.setup().setup, &q.kiosk)?.0.id.clone()
        };
        let asked = Asked { kiosk: &q.kiosk, client, request: q.request_id };
        let which = self.which(None, q.token, q.typed.as_deref()).ok_or_else(|| {
            let one = "one of token and typed is required";
            Refusal::BadRequest(one.to_owned())
        })?;
        let content = serde_json::to_vec(&q).unwrap_or_default();
        let request = (q.request_id, self.vault.digest(&content));
        let at = Where {
            hall,
            kiosk: Some(q.kiosk.clone()),
            prints: if q.screen_only {
                Prints::Nobody
            } else if self.terminals.attends(&q.kiosk, self.clock.steady()) {
                Prints::Terminal
            } else {
                Prints::Server
            },
            by: q.kiosk.to_string(),
            lang: q.lang,
        };
        let failure = Failure::at(Door::Booking, client);
        let guess = self.guess(&which, &failure)?;
        self.kiosk_bounds.number(&asked, self.clock.steady())?;
        let (token, addresses) = (secret::token(), self.addresses.clone());
        let done = self
            .execute(Some(request), move |work| check_in(work, &which, &at, token, &addresses))
            .await;
        if done.is_err() {
            self.kiosk_bounds.no_number(&asked);
        }
        self.judge(guess, failure, &done);
        done
    }

    /// How a booking is to be found; nothing unless it is said in one way.
    pub(super) fn which(
        &self,
        booking: Option<BookingId>,
        token: Option<Token>,
        typed: Option<&str>,
    ) -> Option<Which> {
        match (booking, token, typed) {
            (Some(id), None, None) => Some(Which::Id(id)),
            (None, Some(token), None) => Some(Which::Token(token)),
            (None, None, Some(typed)) => Some(self.typed(typed)),
            _ => None,
        }
    }

    /// Counts what is typed, before it is looked for. Nothing else can be guessed.
    ///
    /// # Errors
    /// Too much was wrong before.
    pub(super) fn guess(
        &self,
        which: &Which,
        failure: &Failure,
    ) -> Result<Option<Try<'_>>, Refusal> {
        let Which::Typed { .. } = which else { return Ok(None) };
        let guess = self.guesses.booking(failure.client, self.clock.steady());
        guess.map(Some).map_err(|refusal| self.record_refused(failure.clone(), refusal))
    }

    /// Whether the guess was right, by what came of it.
    pub(super) fn judge<T>(
        &self,
        guess: Option<Try<'_>>,
        failure: Failure,
        done: &Result<T, Refusal>,
    ) {
        let Some(guess) = guess else { return };
        // What exists and cannot be used now was no wrong guess.
        match done {
            Err(Refusal::Booking(BookingRefusal::UnknownBooking)) => self.record_failure(failure),
            _ => guess.right(),
        }
    }

    /// What may have been typed: a code, the number of a paper, or a telephone number.
    fn typed(&self, typed: &str) -> Which {
        let plain = identity::normalise(typed);
        let today = utc_day(self.clock.now());
        let number = |number: &String| self.vault.index("number", number);
        let telephone = identity::telephone(typed).ok();
        Which::Typed {
            code: plain.chars().filter(char::is_ascii_digit).collect(),
            numbers: identity::written(typed, today).iter().map(number).collect(),
            telephone: telephone.map(|one| self.vault.index("telephone", &one)),
        }
    }
}

/// The booking that is meant: of those of a person, the next one of today that has not
/// arrived, else the one that has, else the next one of all.
fn find(
    live_state: &LiveState,
    hall: &Hall,
    which: &Which,
    now: Millis,
) -> Result<BookingRow, Refusal> {
    let bookings = live_state.bookings();
    let row = match which {
        Which::Token(token) => bookings.by_token(*token).cloned(),
        Which::Id(id) => bookings.get(*id).cloned(),
        Which::Typed { code, numbers, telephone } => {
            bookings.by_code(&hall.id, code).cloned().or_else(|| {
                let of_numbers = numbers.iter().flat_map(|key| bookings.of_number(key));
                let of_telephone = telephone.iter().flat_map(|key| bookings.of_telephone(key));
                let today = day(hall, now);
                let meant = |booking: &Booking| {
                    let state = match booking.state {
                        BookingState::Booked => 0,
                        BookingState::NotCome => 1,
                        BookingState::CheckedIn => 2,
                        _ => return None,
                    };
                    let here = booking.hall == hall.id;
                    let past = booking.day() < today;
                    Some((past, !here, booking.day() != today, state, booking.begins_at))
                };
                let all = of_numbers.chain(of_telephone);
                let ranked = all.filter_map(|row| Some((meant(&row.booking)?, row)));
                ranked.min_by_key(|(order, _)| *order).map(|(_, row)| row.clone())
            })
        }
    };
    Ok(row.ok_or(BookingRefusal::UnknownBooking)?.as_ref().clone())
}

pub(super) fn check_in(
    work: &mut UnitOfWork<'_>,
    which: &Which,
    at: &Where,
    token: Token,
    addresses: &Addresses,
) -> Result<String, Refusal> {
    work.require_date()?;
    let setup = work.setup();
    let hall = setup.setup.hall(&at.hall).ok_or(Refusal::UnknownHall)?;
    let now = work.now();
    let row = find(work.live_state(), hall, which, now)?;
    let booking = &row.booking;
    if booking.hall != hall.id {
        let other = setup.setup.hall(&booking.hall).map(|hall| hall.name.clone());
        let name = other.unwrap_or_else(|| booking.hall.as_str().into());
        return Err(BookingRefusal::OtherHall(name).into());
    }
    // Whoever checks in twice has one number.
    if booking.state == BookingState::CheckedIn
        && let Some(ticket) = standing(work.live_state(), booking)
    {
        return answer_of(work, hall, (&ticket, None), booking, addresses);
    }
    let rules = rules_of(Some(hall));
    let arrival = booking.arrives(&rules, now, day(hall, now))?;
    let (ticket, slip) = take_number(work, hall, at, booking, (arrival, token), addresses)?;
    let booking = row.booking.checked_in(ticket.id, arrival, now);
    let answered = booking.clone();
    put(work, BookingRow { booking, person: row.person }, HallEvent::BookingCheckedIn, &at.by);
    answer_of(work, hall, (&ticket, slip), &answered, addresses)
}

/// The ticket that a booking became, while it can still move.
fn standing(live_state: &LiveState, booking: &Booking) -> Option<Ticket> {
    let standing = live_state.standing(booking.ticket?)?;
    Some(Ticket::clone(&standing.ticket))
}

fn take_number(
    work: &mut UnitOfWork<'_>,
    hall: &Hall,
    at: &Where,
    booking: &Booking,
    (arrival, token): (Arrival, Token),
    addresses: &Addresses,
) -> Result<(Ticket, Option<Slip>), Refusal> {
    let now = work.now();
    let zone = zone(hall);
    // Before the line is called they may come; they know when they are meant to.
    let joined = may_join(hall, &booking.matter, true, (now, work.live_state().time(&zone)));
    let line = joined.map_err(|refusal| match refusal {
        Refusal::UnknownMatter | Refusal::UnknownLine => {
            BookingRefusal::CannotBeKept(Concern::NotOffered.name()).into()
        }
        other => other,
    })?;
    let day = work.live_state().business_day(hall, now);
    let number = work.live_state().next_number(&hall.id, &day, line.letter);
    let id = work.ticket_id();
    let new = NewTicket {
        id,
        token,
        hall,
        line,
        matter: booking.matter.clone(),
        priority: Priority::None,
        day,
        number,
        kiosk: at.kiosk.clone(),
    };
    let rules = rules_of(Some(hall));
    let mut issued = Ticket::issue(new, now);
    let class = (now, Priority::None);
    issued.ticket.rank = on_check_in(id, booking, arrival, class, (&hall.rules, &rules));
    let ticket = issued.ticket.clone();
    work.move_ticket(issued, &at.by);
    let kiosk = at.kiosk.as_ref().and_then(|id| hall.kiosks.iter().find(|one| one.id == *id));
    let make = |work: &UnitOfWork<'_>| {
        let ahead = u32::try_from(work.live_state().ahead(&ticket)).unwrap_or(u32::MAX);
        let wait = waits::of_ticket(work.live_state(), hall, &ticket, now);
        slip(hall, &ticket, at.lang, (ahead, wait), addresses)
    };
    let for_terminal = match (at.prints, kiosk) {
        // Its printer may be one that the hall file does not name.
        (Prints::Terminal, Some(_)) => Some(make(work)),
        (Prints::Server, Some(kiosk)) if kiosk.printer != Printer::None => {
            let slip = make(work);
            queue(work, &ticket, &kiosk.id, slip);
            None
        }
        _ => None,
    };
    Ok((ticket, for_terminal))
}

fn answer_of(
    work: &UnitOfWork<'_>,
    hall: &Hall,
    (ticket, slip): (&Ticket, Option<Slip>),
    booking: &Booking,
    addresses: &Addresses,
) -> Result<String, Refusal> {
    let (live_state, now) = (work.live_state(), work.now());
    let wait = waits::of_ticket(live_state, hall, ticket, now);
    answer(&CheckedIn {
        issued: Issued {
            id: ticket.id,
            number: ticket.label(),
            token: ticket.token,
            progress_url: addresses.progress(ticket.token),
            state: ticket.state,
            ahead: Some(u32::try_from(live_state.ahead(ticket)).unwrap_or(u32::MAX)),
            wait_minutes: wait.minutes,
            calls_from: wait.calls_from,
            issued_at: ticket.issued_at,
            confirmed: true,
        },
        late: booking.late,
        when: booking.when(now, &zone(hall)),
        matter: booking.matter.clone(),
        matter_name: matter_name(Some(hall), booking),
        slip,
    })
}
