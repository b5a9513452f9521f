//! The work ahead of one line just now.

use super::Pace;

/// The tickets that wait in one line, as work.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Waiting {
    people: f64,
    minutes: f64,
    variance: f64,
}

impl Waiting {
    /// Adds so many people of one matter.
    pub fn add(&mut self, pace: &Pace, people: u32) {
        let people = f64::from(people);
        self.people += people;
        self.minutes += people * pace.mean();
        self.variance += people * pace.variance();
    }
}

/// A counter with a clerk.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OpenCounter<'a> {
    /// The lines it serves, as indexes of the list given to [`load`].
    pub lines: &'a [usize],
    /// The ticket in hand: the pace of its matter, and the minutes since it was called.
    /// None where the counter is free.
    pub in_hand: Option<(Pace, f64)>,
}

/// The work ahead of one line: the wait grows evenly with the people ahead.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Load {
    open: bool,
    /// How many of the line find a counter free.
    at_once: u32,
    /// Minutes until the first of the line is called.
    first: f64,
    /// Minutes each of those ahead adds.
    each: f64,
    first_variance: f64,
    each_variance: f64,
}

impl Load {
    /// For a line that no open counter serves.
    const CLOSED: Self = Self {
        open: false,
        at_once: 0,
        first: 0.0,
        each: 0.0,
        first_variance: 0.0,
        each_variance: 0.0,
    };

    /// How far off the paces themselves may be, as a part of the wait: a slow day, a
    /// new clerk.
    const PACE_OFF: f64 = 0.1;

    /// The expected wait with `ahead` people of the line ahead, in minutes; none while
    /// no counter is open.
    pub fn minutes(&self, ahead: u32) -> Option<f64> {
        let minutes = || self.first + self.each * f64::from(ahead);
        self.open.then(|| if ahead < self.at_once { 0.0 } else { minutes() })
    }

    /// The standard deviation of the wait around it, in minutes.
    pub(super) fn deviation(&self, ahead: u32) -> f64 {
        if ahead < self.at_once {
            return 0.0;
        }
        let ahead = f64::from(ahead);
        let off = Self::PACE_OFF * (self.first + self.each * ahead);
        (self.first_variance + self.each_variance * ahead + off * off).sqrt()
    }
}

/// The work ahead of `line`, one of `lines`, for someone who is about to join it or
/// is in it.
///
/// It counts work, not people: when the visitor is called, the counters together
/// have done what was in hand and what waited before, and all but one of them are in
/// the middle of a visit. Where counters serve several lines, each gives this line
/// the part of its time that [`share`] finds.
pub fn load(line: usize, lines: &[Waiting], counters: &[OpenCounter<'_>]) -> Load {
    if !counters.iter().any(|counter| counter.lines.contains(&line)) {
        return Load::CLOSED;
    }
    let typical = Typical::of(lines, counters);
    let asker = typical.mean;
    let share = share(line, asker, lines, counters);

    let (mut counters_given, mut most, mut left) = (0.0, 0.0_f64, 0.0);
    for (counter, part) in counters.iter().zip(&share) {
        counters_given += part;
        most = most.max(*part);
        left += part * counter.in_hand.map_or(0.0, |(pace, elapsed)| pace.left(elapsed));
    }
    // As many counters as if all gave as much time as the one that gives most.
    let counters_like = counters_given / most;
    let others = (counters_like - 1.0) / counters_like;

    let own = lines[line];
    let first = (left + asker) / counters_given - asker / counters_like - others * typical.residual;
    let each = if own.people > 0.0 { own.minutes / own.people } else { asker };
    let each_variance = if own.people > 0.0 { own.variance / own.people } else { typical.variance };
    let per_head = counters_given * counters_like;
    Load {
        open: true,
        at_once: at_once(line, lines, counters),
        first: first.max(0.0),
        each: each / counters_given,
        first_variance: typical.variance * (2.0 * counters_like - 1.0)
            / (counters_like * counters_like),
        each_variance: each_variance / per_head,
    }
}

/// How many of a line find a counter free, after those of other lines that may take
/// it.
fn at_once(line: usize, lines: &[Waiting], counters: &[OpenCounter<'_>]) -> u32 {
    let free = || counters.iter().filter(|at| at.in_hand.is_none() && at.lines.contains(&line));
    let rival = |at: &usize| *at != line && free().any(|counter| counter.lines.contains(at));
    let rivals: f64 = (0..lines.len()).filter(rival).map(|at| lines[at].people).sum();
    let left = f64::from(u32::try_from(free().count()).unwrap_or(u32::MAX)) - rivals;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let left = left.max(0.0) as u32;
    left
}

/// An average of the visits in hand and waiting.
struct Typical {
    mean: f64,
    variance: f64,
    /// What is left of one at a random moment.
    residual: f64,
}

impl Typical {
    /// For a hall where nobody waits and nothing is in hand: any number will do, since
    /// it is multiplied by nothing.
    const NONE: Self = Self { mean: 1.0, variance: 0.0, residual: 0.0 };

    fn of(lines: &[Waiting], counters: &[OpenCounter<'_>]) -> Self {
        let mut all = Waiting::default();
        for line in lines {
            all.people += line.people;
            all.minutes += line.minutes;
            all.variance += line.variance;
        }
        for (pace, _) in counters.iter().filter_map(|counter| counter.in_hand) {
            all.add(&pace, 1);
        }
        if all.minutes <= 0.0 {
            return Self::NONE;
        }
        let (mean, variance) = (all.minutes / all.people, all.variance / all.people);
        Self { mean, variance, residual: f64::midpoint(mean, variance / mean) }
    }
}

/// The part of its time that each counter gives `line` until the visitor is called.
///
/// A counter calls whoever came first, whatever the line. So lines that share
/// counters tend to have equal waits, as far as the counters allow. That balance is
/// found by iteration: each round gives more of each counter to those of its lines
/// that would wait longer.
fn share(line: usize, asker: f64, lines: &[Waiting], counters: &[OpenCounter<'_>]) -> Vec<f64> {
    const ROUNDS: usize = 8;
    let work = |at: usize| lines[at].minutes + if at == line { asker } else { 0.0 };
    // What each line would wait for one counter's work, scaled in each round: a
    // counter's time is divided in proportion.
    let mut pull: Vec<f64> = (0..lines.len()).map(work).collect();
    let mut given = vec![0.0; lines.len()];
    for round in 0..=ROUNDS {
        given.fill(0.0);
        for counter in counters {
            let total: f64 = counter.lines.iter().map(|at| pull[*at]).sum();
            if total > 0.0 {
                for at in counter.lines {
                    given[*at] += pull[*at] / total;
                }
            }
        }
        if round < ROUNDS {
            for (at, pull) in pull.iter_mut().enumerate() {
                if given[at] > 0.0 {
                    *pull *= work(at) / given[at];
                }
            }
            let largest = pull.iter().copied().fold(f64::MIN_POSITIVE, f64::max);
            for pull in &mut pull {
                *pull /= largest;
            }
        }
    }
    counters
        .iter()
        .map(|counter| {
            let total: f64 = counter.lines.iter().map(|at| pull[*at]).sum();
            if counter.lines.contains(&line) && total > 0.0 { pull[line] / total } else { 0.0 }
        })
        .collect()
}
