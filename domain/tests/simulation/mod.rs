//! A simulated hall, to judge the wait it would have shown: many days, counters
//! that serve by the domain's own order, and for each visitor the range shown at
//! the kiosk beside the wait that followed. The test of waits and the bench both
//! use it, by path.
//!
//! The same seed always gives the same days: the random numbers are made here,
//! since a library's may differ in its next version.

use std::collections::{BTreeSet, VecDeque};

use jiban_domain::line::{Head, Rank, next_of};
use jiban_domain::setup::Rules;
use jiban_domain::ticket::Priority;
use jiban_domain::wait::{Load, OpenCounter, Pace, WaitMinutes, Waiting, load, wait};
use jiban_domain::{LineId, Millis, TicketId};

mod random;
pub mod score;

use random::Random;
pub use score::Figures;

/// A hall to simulate.
#[derive(Debug, Clone)]
pub struct Hall {
    /// What visitors come for.
    pub matters: Vec<Matter>,
    /// The counters: each the lines it serves, counted from 0.
    pub counters: Vec<Vec<usize>>,
}

/// What is true of a matter, and what the hall file says.
#[derive(Debug, Clone, Copy)]
pub struct Matter {
    /// Its line.
    pub line: usize,
    /// True mean minutes of a visit.
    pub mean: f64,
    /// True standard deviation of a visit, in minutes.
    pub deviation: f64,
    /// Minutes as the hall file has them.
    pub file: f64,
    /// Its part of the visitors; the parts add up to 1.
    pub part: f64,
}

impl Hall {
    /// One line, four matters, four counters for all. The hall file knows no
    /// better than 8 minutes for each.
    pub fn one_line() -> Self {
        Self { matters: Self::matters([0; 4]), counters: vec![vec![0]; 4] }
    }

    /// The same visitors in three lines, whose counters overlap.
    pub fn shared_counters() -> Self {
        Self {
            matters: Self::matters([0, 0, 1, 2]),
            counters: vec![vec![0], vec![0, 1], vec![1, 2], vec![0, 1, 2]],
        }
    }

    fn matters(lines: [usize; 4]) -> Vec<Matter> {
        let truth = [(4.0, 0.4), (7.0, 0.3), (11.0, 0.2), (16.0, 0.1)];
        lines
            .into_iter()
            .zip(truth)
            .map(|(line, (mean, part))| Matter {
                line,
                mean,
                deviation: mean * 0.6,
                file: 8.0,
                part,
            })
            .collect()
    }

    fn lines(&self) -> usize {
        self.matters.iter().map(|matter| matter.line + 1).max().unwrap_or_default()
    }

    /// Minutes of work a visitor brings on the whole.
    fn work(&self) -> f64 {
        self.matters.iter().map(|matter| matter.part * matter.mean).sum()
    }

    /// Visitors a minute, `minute` after nine: a quiet hall with a peak at ten
    /// and one at half past two, when more come than the counters can take.
    fn arrivals(&self, minute: f64) -> f64 {
        let peak = |at: f64| (-((minute - at) / 40.0).powi(2)).exp();
        #[allow(clippy::cast_precision_loss)]
        let capacity = self.counters.len() as f64 / self.work();
        capacity * (0.5 + 0.9 * peak(60.0) + 0.8 * peak(330.0))
    }
}

/// Numbers are given for so many minutes, nine to a quarter to five; whoever
/// waits then is still served.
const GIVEN_FOR: f64 = 465.0;
/// How far one day is slower or faster than another (a standard deviation).
const DAYS_DIFFER: f64 = 0.08;
/// Visitors who do not come when called, and what that costs the counter.
const MISSING: f64 = 0.05;
const MISSED_AFTER: f64 = 1.5;
/// Visitors of a priority class.
const PRIORITY: f64 = 0.08;

/// Simulates so many days and measures how far off the waits shown were. The
/// paces learned one day are those the next begins with.
pub fn run(hall: &Hall, days: u32, seed: u64) -> Figures {
    let mut random = Random::new(seed);
    let mut learned: Vec<Pace> = hall.matters.iter().map(|matter| Pace::new(matter.file)).collect();
    let mut figures = Figures::default();
    for _ in 0..days {
        let slow = (DAYS_DIFFER * random.normal()).exp();
        let known = hall.matters.iter().map(|matter| {
            let mean = matter.mean * slow * (1.0 - MISSING) + MISSED_AFTER * MISSING;
            Pace::known(mean, matter.deviation * slow)
        });
        let known: Vec<Pace> = known.collect();
        Day::new(hall, slow, &known, &mut learned).run(&mut random, &mut figures);
    }
    figures
}

/// Someone in a line.
struct Visitor {
    line: usize,
    matter: usize,
    arrived: f64,
    predicted: Option<Predicted>,
}

/// What was shown to a visitor who could not be served at once.
struct Predicted {
    shown: WaitMinutes,
    ours: f64,
    knowing: f64,
    /// By the design's plain formula, the true means known.
    plain: f64,
    last_20: Option<f64>,
}

struct Day<'a> {
    hall: &'a Hall,
    slow: f64,
    known: &'a [Pace],
    learned: &'a mut [Pace],
    visitors: Vec<Visitor>,
    waiting: Vec<BTreeSet<(Rank, TicketId)>>,
    /// How many wait of each matter.
    of_matter: Vec<u32>,
    /// For each counter the visitor in hand, since when and until when.
    in_hand: Vec<Option<(usize, f64, f64)>>,
    last_waits: Vec<VecDeque<f64>>,
}

impl<'a> Day<'a> {
    fn new(hall: &'a Hall, slow: f64, known: &'a [Pace], learned: &'a mut [Pace]) -> Self {
        Self {
            hall,
            slow,
            known,
            learned,
            visitors: Vec::new(),
            waiting: vec![BTreeSet::new(); hall.lines()],
            of_matter: vec![0; hall.matters.len()],
            in_hand: vec![None; hall.counters.len()],
            last_waits: vec![VecDeque::new(); hall.lines()],
        }
    }

    fn run(mut self, random: &mut Random, figures: &mut Figures) {
        let mut arrival = self.next_arrival(0.0, random);
        loop {
            let done = self
                .in_hand
                .iter()
                .enumerate()
                .filter_map(|(counter, hand)| Some((hand.as_ref()?.2, counter)))
                .min_by(|a, b| a.0.total_cmp(&b.0));
            match (arrival, done) {
                (Some(at), done) if done.is_none_or(|(until, _)| at <= until) => {
                    self.arrive(at, random);
                    self.call(at, random, figures);
                    arrival = self.next_arrival(at, random);
                }
                (_, Some((at, counter))) => {
                    self.finish(counter, at);
                    self.call(at, random, figures);
                }
                _ => break,
            }
        }
    }

    /// The next arrival after `from`, by thinning a steady stream.
    fn next_arrival(&self, from: f64, random: &mut Random) -> Option<f64> {
        let most = self.hall.arrivals(60.0) * 1.5;
        let mut at = from;
        loop {
            at -= (1.0 - random.uniform()).ln() / most;
            if at > GIVEN_FOR {
                return None;
            }
            if random.uniform() * most < self.hall.arrivals(at) {
                return Some(at);
            }
        }
    }

    fn arrive(&mut self, at: f64, random: &mut Random) {
        let mut pick = random.uniform();
        let last = self.hall.matters.len() - 1;
        let matter = (0..last)
            .find(|matter| {
                pick -= self.hall.matters[*matter].part;
                pick < 0.0
            })
            .unwrap_or(last);
        let line = self.hall.matters[matter].line;
        let class = if random.uniform() < PRIORITY { Priority::Elder } else { Priority::None };
        let id = TicketId(i64::try_from(self.visitors.len()).unwrap_or(i64::MAX));
        let rank = Rank::on_arrival(id, millis(at), class, &Rules::default());

        let ahead = self.waiting[line].iter().take_while(|(other, _)| *other < rank).count();
        let predicted = self.predict(line, u32::try_from(ahead).unwrap_or(u32::MAX), at);
        self.visitors.push(Visitor { line, matter, arrived: at, predicted });
        self.waiting[line].insert((rank, id));
        self.of_matter[matter] += 1;
    }

    fn predict(&self, line: usize, ahead: u32, now: f64) -> Option<Predicted> {
        let at_once = (self.hall.counters.iter().zip(&self.in_hand))
            .any(|(lines, hand)| hand.is_none() && lines.contains(&line));
        if at_once {
            return None;
        }
        let ours = self.load(line, now, self.learned);
        let knowing = self.load(line, now, self.known);
        let last = &self.last_waits[line];
        #[allow(clippy::cast_precision_loss)]
        let mean = |waits: &VecDeque<f64>| waits.iter().sum::<f64>() / waits.len() as f64;
        let serving = self.hall.counters.iter().filter(|lines| lines.contains(&line)).count();
        #[allow(clippy::cast_precision_loss)]
        let plain = f64::from(ahead + 1) * self.mean_of(line) / serving as f64;
        Some(Predicted {
            shown: wait(&ours, ahead)?,
            ours: ours.minutes(ahead)?,
            knowing: knowing.minutes(ahead)?,
            plain,
            last_20: (!last.is_empty()).then(|| mean(last)),
        })
    }

    /// True mean minutes of the visits of a line today.
    fn mean_of(&self, line: usize) -> f64 {
        let (mut minutes, mut parts) = (0.0, 0.0);
        for (matter, pace) in self.hall.matters.iter().zip(self.known) {
            if matter.line == line {
                minutes += matter.part * pace.mean();
                parts += matter.part;
            }
        }
        minutes / parts
    }

    fn load(&self, line: usize, now: f64, paces: &[Pace]) -> Load {
        let mut lines = vec![Waiting::default(); self.waiting.len()];
        for ((matter, pace), people) in self.hall.matters.iter().zip(paces).zip(&self.of_matter) {
            lines[matter.line].add(pace, *people);
        }
        let counters = self.hall.counters.iter().zip(&self.in_hand);
        let counters: Vec<OpenCounter<'_>> = counters
            .map(|(lines, hand)| OpenCounter {
                lines,
                in_hand: hand
                    .map(|(visitor, since, _)| (paces[self.visitors[visitor].matter], now - since)),
            })
            .collect();
        load(line, &lines, &counters)
    }

    /// Every free counter calls, as long as somebody waits for it.
    fn call(&mut self, now: f64, random: &mut Random, figures: &mut Figures) {
        for counter in 0..self.hall.counters.len() {
            if self.in_hand[counter].is_some() {
                continue;
            }
            let heads: Vec<Head> = self.hall.counters[counter]
                .iter()
                .filter_map(|line| {
                    let (rank, ticket) = *self.waiting[*line].first()?;
                    Some(Head { line: LineId(line.to_string()), ticket, rank })
                })
                .collect();
            let Some(next) = next_of(&heads) else { continue };
            let index = usize::try_from(next.ticket.0).unwrap_or_default();
            let visitor = &self.visitors[index];
            self.waiting[visitor.line].remove(&(next.rank, next.ticket));
            self.of_matter[visitor.matter] -= 1;

            let waited = now - visitor.arrived;
            let waits = &mut self.last_waits[visitor.line];
            waits.push_back(waited);
            if waits.len() > 20 {
                waits.pop_front();
            }
            if let Some(predicted) = &visitor.predicted {
                figures.add(predicted, waited);
            } else {
                figures.at_once += 1;
            }
            let truth = &self.hall.matters[visitor.matter];
            let minutes = if random.uniform() < MISSING {
                MISSED_AFTER
            } else {
                random.lognormal(truth.mean * self.slow, truth.deviation * self.slow)
            };
            self.in_hand[counter] = Some((index, now, now + minutes));
        }
    }

    fn finish(&mut self, counter: usize, now: f64) {
        if let Some((visitor, since, _)) = self.in_hand[counter].take() {
            self.learned[self.visitors[visitor].matter].learn(now - since);
        }
    }
}

fn millis(minutes: f64) -> Millis {
    #[allow(clippy::cast_possible_truncation)]
    let whole = (minutes * 60_000.0) as Millis;
    whole
}
