//! A day over a plain map of tickets. Every decision is the domain's; here is
//! only what is promised to visitors, checked from outside.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use jiban_domain::calendar::Calendar;
use jiban_domain::event::TicketEvent;
use jiban_domain::schedule::HallTime;
use jiban_domain::setup::{Counter, Hall};
use jiban_domain::ticket::{
    self, Destination, Leaving, Moment, Moved, NewTicket, Order, OrderReason, Priority, Sending,
    Ticket, TicketState, Tickets as _, Verb, leaving,
};
use jiban_domain::{Millis, Refusal, TicketId, Token};
use jiff::tz::TimeZone;
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;
use serde_json::json;

mod map;

use map::Map;

pub const LINES: usize = 3;
pub const COUNTERS: usize = 3;

/// What may be done. Lines and counters are places in the hall's lists, a
/// ticket is a place among those taken so far.
#[derive(Debug, Clone)]
pub enum Deed {
    Issue {
        line: usize,
        class: Priority,
    },
    CallNext {
        counter: usize,
    },
    Act {
        counter: usize,
        verb: Verb,
        ticket: Option<usize>,
        /// The line and the counter of a transfer.
        to: (Option<usize>, Option<usize>),
    },
    /// Takes back the last end of a counter.
    Reopen {
        counter: usize,
    },
    /// The clerk signs out, or the session just ends.
    Leave {
        counter: usize,
        leaving: Option<Leaving>,
    },
    /// A supervisor's order.
    Order {
        ticket: usize,
        order: usize,
        to: usize,
    },
    /// Counters stay empty, and what waits for them alone goes back.
    StayEmpty,
    Pass {
        millis: Millis,
    },
    TurnDay,
}

type Checked = Result<(), TestCaseError>;

pub struct Day {
    hall: Hall,
    tickets: Map,
    now: Millis,
    /// Days since the first.
    days_passed: u32,
    deeds: i64,
    last_number: BTreeMap<char, u32>,
    /// Missed tickets that came back: their place is no longer their arrival's.
    reinstated: BTreeSet<TicketId>,
}

impl Day {
    /// A day on which so many numbers of each letter were already taken.
    pub fn new(given: u32, carries_over: bool) -> Self {
        let mut hall: Hall = serde_json::from_value(json!({
            "id": "main", "name": "大厅",
            "line": [
                { "id": "a", "letter": "A", "name": "甲" },
                { "id": "b", "letter": "B", "name": "乙" },
                { "id": "c", "letter": "C", "name": "丙" }],
            "counter": [
                { "id": "1", "name": "1号窗口", "lines": ["a"] },
                { "id": "2", "name": "2号窗口", "lines": ["a", "b"] },
                { "id": "3", "name": "3号窗口", "lines": ["b", "c"] }],
        }))
        .unwrap();
        hall.carries_over = carries_over;
        let last_number = hall.lines.iter().map(|line| (line.letter, given)).collect();
        Self {
            hall,
            tickets: Map(BTreeMap::new()),
            now: 0,
            days_passed: 0,
            deeds: 0,
            last_number,
            reinstated: BTreeSet::new(),
        }
    }

    pub fn longest_head_start(&self) -> Millis {
        self.hall.rules.longest_head_start()
    }

    /// Whether the ticket at a place among those taken still waits.
    pub fn waits(&self, place: usize) -> bool {
        self.tickets.0[&self.id_at(place).unwrap()].state == TicketState::Waiting
    }

    fn id_at(&self, place: usize) -> Option<TicketId> {
        let count = self.tickets.0.len();
        self.tickets.0.keys().nth(place.checked_rem(count)?).copied()
    }

    fn today(&self) -> String {
        format!("day {:03}", self.days_passed)
    }

    /// Performs a deed. A refusal is one of those that a clerk may see.
    pub fn perform(&mut self, deed: &Deed) -> Checked {
        self.deeds += 1;
        match deed {
            Deed::Issue { line, class } => self.issue(*line, *class),
            Deed::CallNext { counter } => self.call_next(*counter).map(|_| ()),
            Deed::Act { counter, verb, ticket, to } => {
                let named = ticket.and_then(|place| self.id_at(place));
                let line = to.0.map(|line| self.hall.lines[line].id.clone());
                let to_counter = to.1.map(|counter| self.hall.counters[counter].id.clone());
                let to = Destination::one_of(line, to_counter)
                    .map(|to| Sending { to, though_empty: self.deeds % 2 == 0 });
                let hall = self.hall.clone();
                let at = self.moment(&hall, *counter);
                match ticket::act(&self.tickets, &at, *verb, named, to) {
                    Ok(moved) => self.apply(moved),
                    Err(refusal) => refused(&refusal),
                }
            }
            Deed::Reopen { counter } => {
                let hall = self.hall.clone();
                let at = self.moment(&hall, *counter);
                let moves = ticket::reopen(&self.tickets, &at, None);
                self.apply_all(moves)
            }
            Deed::Leave { counter, leaving } => {
                let hall = self.hall.clone();
                let at = self.moment(&hall, *counter);
                let moves = match leaving {
                    Some(_) => leaving::sign_out(&self.tickets, &at, *leaving),
                    None => leaving::abandon(&self.tickets, &at).map(Vec::from_iter),
                };
                self.apply_all(moves)?;
                prop_assert!(self.tickets.in_hand(&at.counter.id).is_none(), "left in hand");
                Ok(())
            }
            Deed::Order { ticket, order, to } => {
                let Some(id) = self.id_at(*ticket) else { return Ok(()) };
                let hall = self.hall.clone();
                let counter = hall.counters[*to].id.clone();
                let order = match order {
                    0 => Order::PutFirst,
                    1 => Order::Cancel,
                    _ => Order::Send(Sending {
                        to: Destination::Counter(counter),
                        though_empty: true,
                    }),
                };
                let reason = OrderReason::VisitorAsked;
                let moved = ticket::supervise::supervise(
                    &self.tickets,
                    &hall,
                    self.now,
                    id,
                    &order,
                    reason,
                );
                self.apply_all(moved.map(|moved| vec![moved]))
            }
            Deed::StayEmpty => {
                let minutes = Millis::from(self.hall.rules.empty_counter_minutes);
                let since = self.now - minutes * 60_000;
                let sent = self.tickets.waiting(|one| one.reserved_for.is_some());
                let sent: Vec<Ticket> = sent.into_iter().map(|(_, one)| one.clone()).collect();
                for ticket in sent {
                    prop_assert!(!ticket.returns_to_line(&self.hall, since + 1, self.now));
                    prop_assert!(ticket.returns_to_line(&self.hall, since, self.now));
                    self.apply(ticket.return_to_line())?;
                }
                Ok(())
            }
            Deed::Pass { millis } => {
                self.now += millis;
                Ok(())
            }
            Deed::TurnDay => self.turn_day(),
        }
    }

    fn apply_all(&mut self, moves: Result<Vec<Moved>, Refusal>) -> Checked {
        match moves {
            Ok(moves) => moves.into_iter().try_for_each(|moved| self.apply(moved)),
            Err(refusal) => refused(&refusal),
        }
    }

    fn moment<'a>(&self, hall: &'a Hall, counter: usize) -> Moment<'a> {
        Moment { now: self.now, seq: self.deeds, hall, counter: &hall.counters[counter] }
    }

    fn issue(&mut self, line: usize, class: Priority) -> Checked {
        let day = self.today();
        let hall = self.hall.clone();
        let line = &hall.lines[line];
        let number = self.last_number.entry(line.letter).or_default();
        *number += 1;
        let id = TicketId(i64::try_from(self.tickets.0.len()).unwrap() + 1);
        let new = NewTicket {
            id,
            token: Token(u128::try_from(id.0).unwrap().to_be_bytes()),
            hall: &hall,
            line,
            matter: "matter".into(),
            priority: class,
            day,
            number: *number,
            kiosk: None,
        };
        self.apply(Ticket::issue(new, self.now))
    }

    /// Calls the next; whether somebody was called.
    fn call_next(&mut self, counter: usize) -> Result<bool, TestCaseError> {
        let hall = self.hall.clone();
        let at = self.moment(&hall, counter);
        let moves = ticket::call_next(&self.tickets, &at, None);
        let moves = moves.map_err(|refusal| TestCaseError::fail(format!("{refusal:?}")))?;
        let called = moves.iter().find(|moved| moved.event == TicketEvent::Called);
        if let Some(called) = called {
            self.nobody_passed_too_far(called.ticket.id, at.counter)?;
        } else {
            let waiting = self.tickets.callable(at.counter);
            prop_assert!(waiting.is_empty(), "somebody waits, and nobody is called");
        }
        let any = called.is_some();
        for moved in moves {
            self.apply(moved)?;
        }
        Ok(any)
    }

    fn turn_day(&mut self) -> Checked {
        self.days_passed += 1;
        self.last_number.clear();
        let today = self.today();
        let (zone, calendar) = (TimeZone::UTC, Calendar::default());
        let time = HallTime { zone: &zone, calendar: &calendar };
        let left: Vec<Ticket> = (self.tickets.0.values())
            .filter(|ticket| ticket.ends_with_day(&self.hall, &ticket.day, &today, time))
            .cloned()
            .collect();
        for ticket in left {
            self.apply(ticket.turn_day(self.now))?;
        }
        let stays = |ticket: &Ticket| self.hall.carries_over && ticket.state != TicketState::Missed;
        for ticket in self.tickets.0.values().filter(|ticket| ticket.state.is_active()) {
            prop_assert!(stays(ticket), "left over: {ticket:?}");
        }
        Ok(())
    }

    /// Puts a ticket as a move left it, and checks what its event says.
    fn apply(&mut self, moved: Moved) -> Checked {
        let Moved { ticket, event, .. } = moved;
        prop_assert_eq!(event.state_after(), Some(ticket.state), "the trail says so");
        let before = self.tickets.0.get(&ticket.id).cloned();
        match event {
            TicketEvent::Transferred => {
                self.reinstated.remove(&ticket.id);
                self.nobody_waits_twice(&ticket)?;
            }
            // Only what comes from a counter has its arrival's place again.
            TicketEvent::Returned
                if before.as_ref().is_some_and(|one| one.state != TicketState::Waiting) =>
            {
                self.reinstated.remove(&ticket.id);
                self.nobody_waits_twice(&ticket)?;
            }
            TicketEvent::PutFirst => {
                self.goes_first(&ticket)?;
                self.reinstated.insert(ticket.id);
            }
            TicketEvent::Reinstated => {
                self.goes_behind_a_few(&ticket)?;
                self.reinstated.insert(ticket.id);
            }
            _ => {}
        }
        if let Some(before) = before {
            prop_assert_eq!(before.label(), ticket.label(), "a number is kept");
            let is_over = !before.state.is_active();
            if is_over {
                prop_assert_eq!(event, TicketEvent::Reopened, "an end is an end: {:?}", before);
                prop_assert_eq!(before.state, TicketState::Finished);
            }
            prop_assert!(before.served_ms <= ticket.served_ms, "service is not taken back");
        }
        self.tickets.0.insert(ticket.id, ticket);
        Ok(())
    }

    /// Nobody who came later than the longest head start after an ordinary
    /// ticket goes before it.
    fn nobody_passed_too_far(&self, called: TicketId, counter: &Counter) -> Checked {
        let first = &self.tickets.0[&called];
        for (_, passed) in self.tickets.callable(counter) {
            let own_place = |ticket: &Ticket| !self.reinstated.contains(&ticket.id);
            if passed.id == called || !own_place(first) || !own_place(passed) {
                continue;
            }
            let later = first.issued_at - passed.issued_at;
            prop_assert!(later < self.longest_head_start(), "{first:?} goes before {passed:?}");
            if first.priority == Priority::None {
                prop_assert!(first.id < passed.id, "an ordinary ticket passes an earlier one");
            }
        }
        Ok(())
    }

    /// A transferred ticket stands as if it had waited there from the first.
    fn nobody_waits_twice(&self, sent: &Ticket) -> Checked {
        if sent.reserved_for.is_some() {
            return Ok(());
        }
        for (rank, other) in self.tickets.line(&sent.line) {
            let later = other.priority == sent.priority && other.issued_at > sent.issued_at;
            if later && !self.reinstated.contains(&other.id) {
                prop_assert!(sent.rank < rank, "it waits twice: {sent:?}");
            }
        }
        Ok(())
    }

    /// A reinstated ticket goes behind a few others, and behind those put there
    /// before it: else each that comes back would push them further away.
    fn goes_behind_a_few(&self, back: &Ticket) -> Checked {
        let line = self.tickets.line(&back.line);
        let others = (self.hall.rules.reinstate_behind as usize).min(line.len());
        let ahead = line.iter().filter(|(rank, _)| *rank < back.rank).count();
        prop_assert!(ahead >= others, "{ahead} ahead of {}", line.len());
        for (_, before) in &line[others..ahead] {
            prop_assert!(self.reinstated.contains(&before.id), "behind more than {others}");
        }
        Ok(())
    }

    /// Whoever is put first is called before everyone else.
    fn goes_first(&self, put: &Ticket) -> Checked {
        for (rank, other) in self.tickets.waiting(|other| other.reserved_for.is_none()) {
            prop_assert!(other.id == put.id || put.rank < rank, "not first: {put:?}");
        }
        Ok(())
    }

    /// What must be true at any moment.
    pub fn check(&self) -> Checked {
        let mut numbers = HashSet::new();
        let mut at_counter = HashSet::new();
        let mut ranks = HashSet::new();
        for ticket in self.tickets.0.values() {
            let label = ticket.label();
            prop_assert_eq!(label[1..].parse(), Ok(ticket.number));
            prop_assert!(numbers.insert((&ticket.day, label)), "a number twice: {ticket:?}");
            if ticket.state.is_in_hand() {
                prop_assert!(at_counter.insert(&ticket.counter), "two at a counter: {ticket:?}");
            }
            // The state says where to look for it.
            let findable = match ticket.state {
                TicketState::Waiting => ticket.counter.is_none(),
                TicketState::Cancelled => true,
                _ => ticket.counter.is_some() && ticket.reserved_for.is_none(),
            };
            prop_assert!(findable, "lost: {ticket:?}");
            let over = !ticket.state.is_active() || ticket.state == TicketState::Missed;
            prop_assert_eq!(ticket.ended_at.is_some(), over, "{:?}", ticket);
            if ticket.state == TicketState::Waiting {
                prop_assert!(ranks.insert(ticket.rank), "two in one place: {ticket:?}");
            }
        }
        Ok(())
    }

    /// The counters go on until they call nobody. Then everyone who waited was
    /// called, and nobody waits.
    pub fn serve_all(&mut self) -> Checked {
        let waited: Vec<TicketId> =
            self.tickets.waiting(|_| true).into_iter().map(|(_, ticket)| ticket.id).collect();
        let mut goes_on = true;
        while goes_on {
            goes_on = false;
            for counter in 0..COUNTERS {
                self.deeds += 1;
                goes_on |= self.call_next(counter)?;
                self.check()?;
            }
        }
        for id in waited {
            let ticket = &self.tickets.0[&id];
            prop_assert!(ticket.calls == 1 && !ticket.state.is_in_hand(), "not called: {ticket:?}");
        }
        prop_assert_eq!(self.tickets.waiting(|_| true).len(), 0);
        Ok(())
    }
}

/// A refusal that the deeds can lead to; any other would be a fault.
fn refused(refusal: &Refusal) -> Checked {
    let expected = matches!(
        refusal,
        Refusal::WrongState { .. }
            | Refusal::NotYourCounter
            | Refusal::NoTicketInHand
            | Refusal::CounterBusy
            | Refusal::UnknownTicket
            | Refusal::NobodyThere
            | Refusal::TooLateToTakeBack
            | Refusal::BadRequest(_)
    );
    prop_assert!(expected, "{refusal:?}");
    Ok(())
}
