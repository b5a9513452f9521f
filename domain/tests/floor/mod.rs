//! A hall's floor in the fewest lines: tickets, and the verbs done to them by
//! the domain's own functions. What is promised is checked from outside, by
//! what visitors would see.

use std::collections::{BTreeMap, HashSet};

use jiban_domain::line::{Head, Rank, next_of, on_reinstate};
use jiban_domain::setup::Rules;
use jiban_domain::ticket::{Priority, TicketState, Verb, label, next_state};
use jiban_domain::{LineId, Millis, TicketId};
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;

/// The letters of the lines.
pub const LETTERS: [char; 3] = ['A', 'B', 'C'];
/// The lines each counter serves.
pub const COUNTERS: [&[usize]; 3] = [&[0], &[0, 1], &[1, 2]];

/// What may be done.
#[derive(Debug, Clone)]
#[allow(missing_docs)]
pub enum Deed {
    Issue { line: usize, class: Priority },
    CallNext { counter: usize },
    InHand { counter: usize, verb: Verb },
    Named { ticket: usize, verb: Verb },
    ToLine { ticket: usize, line: usize },
    ToCounter { ticket: usize, counter: usize },
    Reinstate { ticket: usize },
    Pass { millis: Millis },
}

#[derive(Debug, Clone, PartialEq)]
struct Ticket {
    letter: char,
    number: u32,
    line: usize,
    class: Priority,
    state: TicketState,
    rank: Rank,
    counter: Option<usize>,
    reserved_for: Option<usize>,
    came: Millis,
    /// Was missed and came back: its place is no longer its arrival's.
    reinstated: bool,
}

type Checked = Result<(), TestCaseError>;

/// The floor.
#[derive(Debug, Clone)]
pub struct Floor {
    /// The hall's rules.
    pub rules: Rules,
    now: Millis,
    deeds: i64,
    tickets: Vec<Ticket>,
    last_number: BTreeMap<char, u32>,
}

impl Floor {
    /// A floor that has already given so many numbers in each letter.
    pub fn new(given: u32) -> Self {
        Self {
            rules: Rules::default(),
            now: 0,
            deeds: 0,
            tickets: Vec::new(),
            last_number: LETTERS.into_iter().map(|letter| (letter, given)).collect(),
        }
    }

    /// Whether a ticket, counted from 0 as they were taken, still waits.
    pub fn waits(&self, ticket: usize) -> bool {
        self.tickets[ticket].state == TicketState::Waiting
    }

    /// Does a deed, or refuses it and changes nothing.
    pub fn act(&mut self, deed: &Deed) -> Checked {
        self.deeds += 1;
        let some = |ticket: usize| {
            let count = self.tickets.len();
            (count > 0).then(|| ticket % count.max(1))
        };
        match *deed {
            Deed::Issue { line, class } => self.issue(line, class),
            Deed::CallNext { counter } => self.call_next(counter)?,
            Deed::InHand { counter, verb } => {
                if let Some(ticket) = self.in_hand(counter) {
                    self.step(ticket, verb);
                }
            }
            Deed::Named { ticket, verb } => {
                if let Some(ticket) = some(ticket) {
                    let busy = self.tickets[ticket].counter.and_then(|at| self.in_hand(at));
                    // A counter has one visitor at a time.
                    if verb != Verb::Resume || busy.is_none() {
                        self.step(ticket, verb);
                    }
                }
            }
            Deed::ToLine { ticket, line } => {
                if let Some(ticket) = some(ticket) {
                    self.transfer(ticket, line, None)?;
                }
            }
            Deed::ToCounter { ticket, counter } => {
                if let Some(ticket) = some(ticket) {
                    self.transfer(ticket, self.tickets[ticket].line, Some(counter))?;
                }
            }
            Deed::Reinstate { ticket } => {
                if let Some(ticket) = some(ticket) {
                    self.reinstate(ticket)?;
                }
            }
            Deed::Pass { millis } => self.now += millis,
        }
        Ok(())
    }

    fn issue(&mut self, line: usize, class: Priority) {
        let letter = LETTERS[line];
        let number = self.last_number.entry(letter).or_default();
        *number += 1;
        let id = id(self.tickets.len());
        self.tickets.push(Ticket {
            letter,
            number: *number,
            line,
            class,
            state: TicketState::Waiting,
            rank: Rank::on_arrival(id, self.now, class, &self.rules),
            counter: None,
            reserved_for: None,
            came: self.now,
            reinstated: false,
        });
    }

    fn in_hand(&self, counter: usize) -> Option<usize> {
        self.tickets
            .iter()
            .position(|ticket| ticket.state.is_in_hand() && ticket.counter == Some(counter))
    }

    /// Moves a ticket by a verb; false, and nothing changed, where refused.
    fn step(&mut self, ticket: usize, verb: Verb) -> bool {
        let ticket = &mut self.tickets[ticket];
        let Ok(state) = next_state(ticket.state, verb) else { return false };
        ticket.state = state;
        true
    }

    /// Those who wait in a line for any counter, in the order of their places.
    fn line(&self, line: usize) -> Vec<(Rank, usize)> {
        self.places(|ticket| ticket.line == line && ticket.reserved_for.is_none())
    }

    fn places(&self, mine: impl Fn(&Ticket) -> bool) -> Vec<(Rank, usize)> {
        let waiting =
            |(_, ticket): &(usize, &Ticket)| ticket.state == TicketState::Waiting && mine(ticket);
        let mut places: Vec<(Rank, usize)> = (self.tickets.iter().enumerate())
            .filter(waiting)
            .map(|(index, ticket)| (ticket.rank, index))
            .collect();
        places.sort_unstable();
        places
    }

    fn call_next(&mut self, counter: usize) -> Checked {
        if let Some(before) = self.in_hand(counter) {
            let over = match self.tickets[before].state {
                TicketState::Serving => Verb::Finish,
                _ => Verb::MarkMissed,
            };
            self.step(before, over);
        }
        let lines = COUNTERS[counter].iter().map(|line| self.line(*line));
        let mine = self.places(|ticket| ticket.reserved_for == Some(counter));
        let heads: Vec<Head> = lines
            .chain([mine])
            .filter_map(|places| places.first().copied())
            .map(|(rank, index)| Head {
                line: LineId(LETTERS[self.tickets[index].line].to_string()),
                ticket: id(index),
                rank,
            })
            .collect();
        let Some(head) = next_of(&heads) else {
            prop_assert!(heads.is_empty(), "somebody waits, and nobody is called");
            return Ok(());
        };
        let called = usize::try_from(head.ticket.0).expect("ids count from 0");
        self.nobody_passed_too_far(called, counter)?;
        prop_assert!(self.step(called, Verb::Call), "who waits can be called");
        let ticket = &mut self.tickets[called];
        ticket.counter = Some(counter);
        ticket.reserved_for = None;
        Ok(())
    }

    /// Nobody who came later than the longest head start after an ordinary
    /// ticket goes before it.
    fn nobody_passed_too_far(&self, called: usize, counter: usize) -> Checked {
        let first = &self.tickets[called];
        let could_be_called = |ticket: &Ticket| match ticket.reserved_for {
            Some(reserved) => reserved == counter,
            None => COUNTERS[counter].contains(&ticket.line),
        };
        for (_, index) in self.places(could_be_called) {
            let passed = &self.tickets[index];
            if first.reinstated || passed.reinstated || index == called {
                continue;
            }
            let later = first.came - passed.came;
            prop_assert!(
                later < self.rules.longest_head_start(),
                "{first:?} goes before {passed:?}"
            );
            if first.class == Priority::None {
                prop_assert!(called < index, "an ordinary ticket passes an earlier one");
            }
        }
        Ok(())
    }

    fn transfer(&mut self, index: usize, line: usize, reserved_for: Option<usize>) -> Checked {
        if !self.step(index, Verb::Transfer) {
            return Ok(());
        }
        let rules = self.rules.clone();
        let ticket = &mut self.tickets[index];
        ticket.rank = Rank::on_arrival(id(index), ticket.came, ticket.class, &rules);
        ticket.line = line;
        ticket.counter = None;
        ticket.reserved_for = reserved_for;
        ticket.reinstated = false;
        // It stands as if it had waited there from the first.
        let (class, came) = (ticket.class, ticket.came);
        for (_, other) in self.line(line) {
            let behind = &self.tickets[other];
            if reserved_for.is_none()
                && !behind.reinstated
                && behind.class == class
                && behind.came > came
            {
                prop_assert!(self.tickets[index].rank < behind.rank, "it waits twice");
            }
        }
        Ok(())
    }

    fn reinstate(&mut self, index: usize) -> Checked {
        let line = self.line(self.tickets[index].line);
        if !self.step(index, Verb::Reinstate) {
            return Ok(());
        }
        let others = self.rules.reinstate_behind as usize;
        let first: Vec<Rank> = line.iter().map(|(rank, _)| *rank).collect();
        let ticket = &mut self.tickets[index];
        ticket.rank = on_reinstate(id(index), self.now, &first, others, self.deeds);
        ticket.counter = None;
        ticket.reserved_for = None;
        ticket.reinstated = true;

        let rank = ticket.rank;
        let ahead = line.iter().filter(|(other, _)| *other < rank).count();
        prop_assert!(ahead >= others.min(line.len()), "{ahead} ahead of {}", line.len());
        // Behind those few, and behind whoever was put there before: else
        // each that comes back would push the one before further away.
        for (_, before) in &line[others.min(line.len())..ahead] {
            prop_assert!(self.tickets[*before].reinstated, "behind more than {others}");
        }
        Ok(())
    }

    /// What must be true at any moment.
    pub fn check(&self) -> Checked {
        let mut labels = HashSet::new();
        let mut at_counter = HashSet::new();
        let mut ranks = HashSet::new();
        for ticket in &self.tickets {
            let label = label(ticket.letter, ticket.number);
            prop_assert_eq!(label[1..].parse(), Ok(ticket.number));
            prop_assert!(labels.insert(label), "a number twice");
            if ticket.state.is_in_hand() {
                prop_assert!(at_counter.insert(ticket.counter), "two visitors at a counter");
            }
            // Where it stands says where to look for it.
            let somewhere = match ticket.state {
                TicketState::Waiting => ticket.counter.is_none(),
                TicketState::Cancelled => true,
                _ => ticket.counter.is_some() && ticket.reserved_for.is_none(),
            };
            prop_assert!(somewhere, "lost: {ticket:?}");
            if ticket.state == TicketState::Waiting {
                prop_assert!(ranks.insert(ticket.rank), "two in one place: {ticket:?}");
            }
        }
        for letter in LETTERS {
            let mine = self.tickets.iter().filter(|ticket| ticket.letter == letter);
            let numbers: Vec<u32> = mine.map(|ticket| ticket.number).collect();
            let without_gaps = numbers.windows(2).all(|pair| pair[1] == pair[0] + 1);
            prop_assert!(without_gaps, "a number left out: {numbers:?}");
        }
        Ok(())
    }

    /// The counters go on until nobody waits: each who waits is called once.
    pub fn empty(&mut self) -> Checked {
        let waiting = self.places(|_| true).len();
        let mut called = 0;
        loop {
            let before = called;
            for counter in 0..COUNTERS.len() {
                let waited = self.places(|_| true).len();
                self.call_next(counter)?;
                self.check()?;
                called += waited - self.places(|_| true).len();
            }
            if called == before {
                break;
            }
        }
        prop_assert_eq!(called, waiting, "somebody is never called");
        Ok(())
    }
}

fn id(index: usize) -> TicketId {
    TicketId(i64::try_from(index).expect("a day's tickets can be counted"))
}
