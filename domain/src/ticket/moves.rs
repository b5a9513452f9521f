//! The moves of a ticket. Each takes the ticket and the moment, and gives the
//! ticket changed with its event, or a refusal; the caller writes both.

use super::detail::{Detail, Issued, Transferred};
use super::{Priority, Ticket, TicketState, Verb};
use crate::event::TicketEvent;
use crate::ids::{CounterId, KioskId, LineId, MatterId, Millis, TicketId, Token};
use crate::lent;
use crate::line::{Rank, on_reinstate};
use crate::refusal::Refusal;
use crate::schedule::{HallTime, Schedule};
use crate::setup::{Counter, Hall, Line};
use crate::text::{Lang, Text};

/// An end can be taken back for so many milliseconds: long enough to notice that the wrong
/// key was pressed, and too short for the visitor to have left.
pub const REOPENED_WITHIN: Millis = 20_000;

/// When and where a counter moves a ticket.
#[derive(Debug, Clone, Copy)]
pub struct Moment<'a> {
    pub now: Millis,
    /// The number of the next event: larger than any so far.
    pub seq: i64,
    pub hall: &'a Hall,
    pub counter: &'a Counter,
}

/// A ticket after a move, and what the trail says of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    pub ticket: Ticket,
    pub event: TicketEvent,
    pub detail: Detail,
}

/// Where a ticket is sent on to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    /// Any counter of this line.
    Line(LineId),
    /// This counter alone.
    Counter(CounterId),
}

impl Destination {
    /// The one place that was named; none where it was not exactly one.
    pub fn one_of(line: Option<LineId>, counter: Option<CounterId>) -> Option<Self> {
        match (line, counter) {
            (Some(line), None) => Some(Self::Line(line)),
            (None, Some(counter)) => Some(Self::Counter(counter)),
            _ => None,
        }
    }
}

/// The only table of moves: the state that a verb makes of a state.
///
/// # Errors
/// [`Refusal::WrongState`] where the verb does not apply.
pub fn next_state(from: TicketState, verb: Verb) -> Result<TicketState, Refusal> {
    use TicketState::{Called, Finished, Missed, OnHold, Serving, Waiting};
    let applies = match verb {
        Verb::Call => matches!(from, Waiting),
        Verb::Recall | Verb::Begin => matches!(from, Called),
        Verb::Resume | Verb::TakeUp => matches!(from, OnHold),
        Verb::Hold => matches!(from, Called | Serving),
        // A visitor may be sent on before or while being served, and one set
        // aside may turn out to belong elsewhere.
        Verb::Transfer | Verb::PutBack => matches!(from, Called | Serving | OnHold),
        // Whoever was called and has not come was not served: see `ticket::act`.
        Verb::Finish => matches!(from, Serving | OnHold),
        Verb::Reopen => matches!(from, Finished),
        Verb::MarkMissed => matches!(from, Called | OnHold),
        Verb::Reinstate => matches!(from, Missed),
        Verb::Cancel => matches!(from, Waiting | Missed),
    };
    if applies {
        Ok(verb.event().state_after().unwrap_or(from))
    } else {
        Err(Refusal::WrongState { state: from, verb })
    }
}

/// The line that a visitor with a matter joins now.
///
/// # Errors
/// An unknown matter, a closed hall or line; [`Refusal::CalledLater`] outside the hours in
/// which the line is called, unless the visitor `accepts_later`.
pub fn may_join<'a>(
    hall: &'a Hall,
    matter: &MatterId,
    accepts_later: bool,
    (now, time): (Millis, HallTime<'_>),
) -> Result<&'a Line, Refusal> {
    let line = line_of(hall, matter)?;
    if !Schedule::of_hall(hall, time).is_open(now) {
        return Err(Refusal::HallClosed);
    }
    if line.closed {
        return Err(Refusal::LineClosed);
    }
    let schedule = Schedule::of_line(hall, &line.id, time);
    if schedule.is_open(now) {
        return Ok(line);
    }
    // A number that is not called within a month is none.
    let from = schedule.calls_from(now, None).ok_or(Refusal::LineClosed)?;
    if accepts_later {
        Ok(line)
    } else {
        Err(Refusal::CalledLater(Text::new(&from.words(Lang::Zh), &from.words(Lang::En))))
    }
}

/// [`may_join`] where nobody knows what time it is.
///
/// # Errors
/// As there, but for the hours.
pub fn may_join_at_any_hour<'a>(hall: &'a Hall, matter: &MatterId) -> Result<&'a Line, Refusal> {
    let line = line_of(hall, matter)?;
    if line.closed { Err(Refusal::LineClosed) } else { Ok(line) }
}

fn line_of<'a>(hall: &'a Hall, matter: &MatterId) -> Result<&'a Line, Refusal> {
    let matter = hall.matter(matter).ok_or(Refusal::UnknownMatter)?;
    hall.line(&matter.line).ok_or(Refusal::UnknownLine)
}

/// What it takes to issue a ticket.
#[derive(Debug, Clone)]
pub struct NewTicket<'a> {
    pub id: TicketId,
    pub token: Token,
    pub hall: &'a Hall,
    /// By [`may_join`].
    pub line: &'a Line,
    pub matter: MatterId,
    pub priority: Priority,
    /// The business day, `YYYY-MM-DD`.
    pub day: String,
    /// The next of the line's letter on that day.
    pub number: u32,
    pub kiosk: Option<KioskId>,
}

impl Ticket {
    /// Takes a number.
    pub fn issue(new: NewTicket<'_>, now: Millis) -> Moved {
        let rank = Rank::on_arrival(new.id, now, new.priority, &new.hall.rules);
        let ticket = Self {
            id: new.id,
            token: new.token,
            hall: new.hall.id.clone(),
            day: new.day,
            letter: new.line.letter,
            number: new.number,
            line: new.line.id.clone(),
            matter: new.matter,
            priority: new.priority,
            state: TicketState::Waiting,
            rank,
            counter: None,
            reserved_for: None,
            calls: 0,
            kiosk: new.kiosk,
            issued_at: now,
            first_called_at: None,
            called_at: None,
            begun_at: None,
            served_ms: 0,
            ended_at: None,
        };
        let detail = Detail::Issued(Issued {
            number: ticket.label(),
            line: ticket.line.clone(),
            matter: ticket.matter.clone(),
            priority: ticket.priority,
            taken_at: None,
        });
        Moved { ticket, event: TicketEvent::Issued, detail }
    }

    /// Does a verb at a counter. `first` are the first places of its line, `to` is
    /// where a transfer goes.
    ///
    /// # Errors
    /// [`Refusal::WrongState`] where the verb does not apply, and those of
    /// [`Ticket::transfer`].
    pub fn act(
        self,
        verb: Verb,
        first: &[Rank],
        to: Option<Destination>,
        at: &Moment<'_>,
    ) -> Result<Moved, Refusal> {
        match verb {
            Verb::Call => self.call(at),
            Verb::Recall => self.recall(at),
            Verb::Begin | Verb::Resume => self.serve(verb, at),
            Verb::Hold => self.hold(at),
            Verb::TakeUp => self.take_up(at),
            Verb::PutBack => self.put_back(at),
            Verb::Reopen => self.reopen(at),
            Verb::Transfer => self.transfer(to, at),
            Verb::Finish | Verb::MarkMissed | Verb::Cancel => self.end(verb, at),
            Verb::Reinstate => self.reinstate(first, at),
        }
    }

    /// Calls it to a counter.
    ///
    /// # Errors
    /// [`Refusal::WrongState`] where it does not wait.
    pub fn call(mut self, at: &Moment<'_>) -> Result<Moved, Refusal> {
        self.step(Verb::Call, at.now)?;
        self.counter = Some(at.counter.id.clone());
        self.reserved_for = None;
        self.calls = 1;
        self.first_called_at = self.first_called_at.or(Some(at.now));
        self.called_at = Some(at.now);
        Ok(self.announced(Verb::Call, at))
    }

    /// Calls it once more.
    fn recall(mut self, at: &Moment<'_>) -> Result<Moved, Refusal> {
        self.step(Verb::Recall, at.now)?;
        self.calls += 1;
        self.called_at = Some(at.now);
        Ok(self.announced(Verb::Recall, at))
    }

    /// Serving begins, or continues after a hold.
    fn serve(mut self, verb: Verb, at: &Moment<'_>) -> Result<Moved, Refusal> {
        self.step(verb, at.now)?;
        self.begun_at = Some(at.now);
        Ok(self.at_counter(verb, at))
    }

    /// Calls a ticket that was set aside to this counter. What was served of it counts on.
    fn take_up(mut self, at: &Moment<'_>) -> Result<Moved, Refusal> {
        self.step(Verb::TakeUp, at.now)?;
        self.counter = Some(at.counter.id.clone());
        self.calls = 1;
        self.called_at = Some(at.now);
        Ok(self.announced(Verb::TakeUp, at))
    }

    /// Puts it back into its line, at the place of its first arrival.
    pub fn put_back(mut self, at: &Moment<'_>) -> Result<Moved, Refusal> {
        self.step(Verb::PutBack, at.now)?;
        let rank = self.own_rank(at.hall);
        self.wait_again(rank);
        Ok(self.at_counter(Verb::PutBack, at))
    }

    /// Takes its end back. It is on hold at its counter, which may have called the next.
    fn reopen(mut self, at: &Moment<'_>) -> Result<Moved, Refusal> {
        self.step(Verb::Reopen, at.now)?;
        let since = self.ended_at.take().map_or(0, |ended| at.now - ended);
        if !(0..=REOPENED_WITHIN).contains(&since) {
            return Err(Refusal::TooLateToTakeBack);
        }
        Ok(self.at_counter(Verb::Reopen, at))
    }

    /// Sets it aside at its counter.
    pub fn hold(mut self, at: &Moment<'_>) -> Result<Moved, Refusal> {
        self.step(Verb::Hold, at.now)?;
        Ok(self.at_counter(Verb::Hold, at))
    }

    /// Ends it: finished, missed or cancelled.
    ///
    /// # Errors
    /// [`Refusal::WrongState`] where the verb does not apply.
    pub fn end(mut self, verb: Verb, at: &Moment<'_>) -> Result<Moved, Refusal> {
        self.step(verb, at.now)?;
        self.ended_at = Some(at.now);
        Ok(self.at_counter(verb, at))
    }

    /// Gives it back: at the kiosk, whose visitor left before they saw it, or for its holder,
    /// who does not want it any more.
    ///
    /// # Errors
    /// [`Refusal::WrongState`] where it is called already, or has ended.
    pub fn give_back(mut self, kiosk: Option<KioskId>, now: Millis) -> Result<Moved, Refusal> {
        self.step(Verb::Cancel, now)?;
        self.ended_at = Some(now);
        Ok(self.moved(Verb::Cancel, Detail::GivenBack { kiosk }))
    }

    /// Sends it on. It keeps its first arrival, so nobody waits twice.
    ///
    /// # Errors
    /// [`Refusal::BadRequest`] without a destination, [`Refusal::UnknownLine`],
    /// [`Refusal::UnknownCounter`]; [`Refusal::LineClosed`] where no counter
    /// serves the line.
    fn transfer(mut self, to: Option<Destination>, at: &Moment<'_>) -> Result<Moved, Refusal> {
        self.step(Verb::Transfer, at.now)?;
        let to = to.ok_or_else(|| {
            Refusal::BadRequest("line, counter: name exactly one of the two".to_owned())
        })?;
        let from = Some(at.counter.id.clone());
        let (line, counter) = self.send_to(to, at.hall)?;
        let detail = Transferred { from, line, counter, reason: None };
        Ok(self.moved(Verb::Transfer, Detail::Transferred(detail)))
    }

    /// Makes it wait elsewhere, by its first arrival. The line or the counter, as the trail
    /// names them.
    pub(super) fn send_to(
        &mut self,
        to: Destination,
        hall: &Hall,
    ) -> Result<(Option<LineId>, Option<CounterId>), Refusal> {
        let rank = self.own_rank(hall);
        self.wait_again(rank);
        match to {
            Destination::Line(line) => {
                hall.line(&line).ok_or(Refusal::UnknownLine)?;
                if !hall.counters.iter().any(|counter| counter.lines.contains(&line)) {
                    return Err(Refusal::LineClosed);
                }
                self.line = line.clone();
                Ok((Some(line), None))
            }
            Destination::Counter(counter) => {
                hall.counter(&counter).ok_or(Refusal::UnknownCounter)?;
                self.reserved_for = Some(counter.clone());
                Ok((None, Some(counter)))
            }
        }
    }

    /// Its place by its first arrival.
    pub(super) fn own_rank(&self, hall: &Hall) -> Rank {
        let (arrived, rules) = (self.issued_at, &hall.rules);
        if lent::is_lent(self.number) {
            return Rank::of_lent((self.letter, self.number), arrived, self.priority, rules);
        }
        Rank::on_arrival(self.id, arrived, self.priority, rules)
    }

    /// Puts a missed ticket back in its line, behind as many others as the hall's
    /// rule says.
    fn reinstate(mut self, first: &[Rank], at: &Moment<'_>) -> Result<Moved, Refusal> {
        self.step(Verb::Reinstate, at.now)?;
        let others = at.hall.rules.reinstate_behind as usize;
        self.wait_again(on_reinstate(self.id, at.now, first, others, at.seq));
        // A counter that does not serve the line is the only one it was sent to:
        // no other would call it.
        let here_only = !at.counter.lines.contains(&self.line);
        self.reserved_for = here_only.then(|| at.counter.id.clone());
        Ok(self.at_counter(Verb::Reinstate, at))
    }

    /// Whether the turn of the day ends it. A hall may carry over those who wait; a missed
    /// visitor can come back on the day of the call only.
    /// `day` is its own, or the one until which it is kept.
    pub fn ends_with_day(&self, hall: &Hall, day: &str, today: &str, time: HallTime<'_>) -> bool {
        let stays = hall.carries_over && self.state != TicketState::Missed;
        self.state.is_active()
            && day < today
            && !stays
            && self.last_day(hall, time).as_str() < today
    }

    /// The business day with which it ends in a hall that carries nobody over. A number taken
    /// outside the hours of its line is good on the day on which the line is called next:
    /// it was given for that day. Its number is not given again while it stands.
    pub fn last_day(&self, hall: &Hall, time: HallTime<'_>) -> String {
        let schedule = Schedule::of_line(hall, &self.line, time);
        let called_on = schedule.called_on(self.issued_at);
        let missed = self.called_at.filter(|_| self.state == TicketState::Missed);
        let missed_on = missed.map(|at| schedule.business_day(at));
        [called_on, missed_on].into_iter().flatten().fold(self.day.clone(), String::max)
    }

    /// Ends what the day before left over. A visitor at a counter was served,
    /// though nobody pressed the key.
    pub fn turn_day(mut self, now: Millis) -> Moved {
        let event = match self.state {
            TicketState::Serving | TicketState::OnHold => TicketEvent::Finished,
            _ => TicketEvent::Cancelled,
        };
        self.state = event.state_after().unwrap_or(self.state);
        self.ended_at = Some(now);
        Moved { ticket: self, event, detail: Detail::DayTurned { day_turned: true } }
    }

    /// Moves the state, and counts the time served so far.
    fn step(&mut self, verb: Verb, now: Millis) -> Result<(), Refusal> {
        let state = next_state(self.state, verb)?;
        self.leave_state(now);
        self.state = state;
        Ok(())
    }

    /// Counts the time served so far.
    pub(super) fn leave_state(&mut self, now: Millis) {
        if self.state == TicketState::Serving {
            self.served_ms += self.begun_at.map_or(0, |begun| (now - begun).max(0));
        }
    }

    /// Back in the line as a new arrival, except for the place.
    pub(super) fn wait_again(&mut self, rank: Rank) {
        self.rank = rank;
        self.counter = None;
        self.reserved_for = None;
        self.calls = 0;
        self.ended_at = None;
    }

    fn announced(self, verb: Verb, at: &Moment<'_>) -> Moved {
        let detail = Detail::Called { number: self.label(), counter: at.counter.id.clone() };
        self.moved(verb, detail)
    }

    fn at_counter(self, verb: Verb, at: &Moment<'_>) -> Moved {
        self.moved(verb, Detail::AtCounter { counter: at.counter.id.clone() })
    }

    fn moved(self, verb: Verb, detail: Detail) -> Moved {
        Moved { ticket: self, event: verb.event(), detail }
    }
}
