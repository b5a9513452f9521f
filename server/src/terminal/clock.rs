//! The hall's time at a terminal: what the server said last, and what has passed since then by
//! the counter that nobody can set. This machine's clock is asked only after it was switched
//! on anew, and then it is not believed everything, by the rules of
//! [`jiban_domain::hall_clock`].

use std::sync::{Mutex, MutexGuard, PoisonError};

use jiban_domain::Millis;
use jiban_domain::hall_clock::{HallClock, Reading, Remembered};

use crate::clock::Clock;
use crate::store::terminal::KeptClock;

/// The hall's clock.
#[derive(Debug)]
pub struct TerminalClock {
    source: Clock,
    known: Mutex<Known>,
    boot: String,
}

#[derive(Debug, Clone, Copy)]
struct Known {
    /// The hall's time at `steady`.
    hall: Millis,
    steady: Millis,
    /// The latest time told. Only the server may turn it back.
    told: Millis,
}

impl TerminalClock {
    /// The time at a start, by what was kept.
    pub fn at_start(source: Clock, kept: Option<&KeptClock>) -> Self {
        Self::of_boot(source, kept, boot())
    }

    fn of_boot(source: Clock, kept: Option<&KeptClock>, boot: String) -> Self {
        let now = source.read();
        let hall = match kept {
            None => now.machine,
            // The same counter goes on.
            Some(kept) if kept.boot == boot && now.steady >= kept.steady => {
                kept.hall + (now.steady - kept.steady)
            }
            Some(kept) => {
                // As far from the hall's clock as it was.
                let machine = now.machine + (kept.hall - kept.machine);
                let remembered = Remembered { last: Some(kept.hall), in_doubt_since: None };
                let now = Reading { machine, steady: now.steady };
                HallClock::at_start(remembered, now).tell(now)
            }
        };
        let known = Known { hall, steady: now.steady, told: hall };
        Self { source, known: Mutex::new(known), boot }
    }

    /// The hall's time. It never goes back by itself.
    pub fn now(&self) -> Millis {
        let mut known = self.known();
        let steady = self.source.read().steady;
        known.told = known.told.max(known.hall + (steady - known.steady).max(0));
        known.told
    }

    /// Milliseconds that nobody can set.
    pub fn steady(&self) -> Millis {
        self.source.read().steady
    }

    /// What this machine's clock says.
    pub fn machine(&self) -> Millis {
        self.source.read().machine
    }

    /// The server's word, which took part of `round_trip` to come: it is the hall's clock, also
    /// where it was set back. When it was said within that time is not known, so a time that is
    /// possible by it is kept: two terminals agree as well as each one's quickest answer, and a
    /// slow one does not put the visitors of one before those of the other.
    pub fn set(&self, hall: Millis, round_trip: Millis) {
        let mut known = self.known();
        let steady = self.source.read().steady;
        let now = known.hall + (steady - known.steady).max(0);
        let possible = hall..=hall + round_trip.max(0);
        if !possible.contains(&now) {
            let hall = now.clamp(*possible.start(), *possible.end());
            *known = Known { hall, steady, told: hall };
        }
    }

    /// What is kept of it.
    pub fn kept(&self) -> KeptClock {
        let hall = self.now();
        let Reading { machine, steady } = self.source.read();
        KeptClock { hall, machine, steady, boot: self.boot.clone() }
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The id of this start of the machine.
fn boot() -> String {
    std::fs::read_to_string("/proc/sys/kernel/random/boot_id").unwrap_or_default().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: Millis = 60_000;
    const DAY: Millis = 24 * 60 * MINUTE;
    const NOW: Millis = 1_795_226_400_000;

    fn kept(hall: Millis, machine: Millis, steady: Millis) -> KeptClock {
        KeptClock { hall, machine, steady, boot: "a".to_owned() }
    }

    fn started(machine: Millis, boot: &str, kept: &KeptClock) -> TerminalClock {
        TerminalClock::of_boot(Clock::standing_at(machine), Some(kept), boot.to_owned())
    }

    #[test]
    fn the_servers_clock_counts_whatever_this_machine_says() {
        for machine in [NOW - 5 * MINUTE, NOW + 5 * MINUTE, NOW - 365 * DAY, NOW + 365 * DAY] {
            let source = Clock::standing_at(machine);
            let clock = TerminalClock::of_boot(source.clone(), None, "a".to_owned());
            clock.set(NOW, 0);
            assert_eq!(clock.now(), NOW);
            source.set(machine + MINUTE);
            assert_eq!(clock.now(), NOW + MINUTE);
            // A hand, or NTP, sets this machine's clock meanwhile.
            source.jump(NOW + 9 * DAY);
            assert_eq!(clock.now(), NOW + MINUTE);
        }
    }

    #[test]
    fn after_a_restart_of_the_program_the_counter_goes_on() {
        // The machine's clock was set by a year meanwhile; two minutes have passed.
        let kept = kept(NOW, NOW - 5 * MINUTE, NOW);
        let source = Clock::standing_at(NOW + 2 * MINUTE);
        source.jump(NOW + 365 * DAY);
        let clock = TerminalClock::of_boot(source, Some(&kept), "a".to_owned());
        assert_eq!(clock.now(), NOW + 2 * MINUTE);
    }

    #[test]
    fn after_a_restart_of_the_machine_its_clock_is_as_far_off_as_before() {
        let kept = kept(NOW, NOW - 365 * DAY, 5);
        assert_eq!(started(NOW - 365 * DAY + 8 * MINUTE, "b", &kept).now(), NOW + 8 * MINUTE);
    }

    #[test]
    fn a_dead_battery_does_not_turn_time_back_nor_a_wrong_year_on() {
        let kept = kept(NOW, NOW, 5);
        assert_eq!(started(0, "b", &kept).now(), NOW, "1970");
        assert_eq!(started(NOW + 365 * DAY, "b", &kept).now(), NOW, "a year ahead");
        assert_eq!(started(NOW - 5 * MINUTE, "b", &kept).now(), NOW);
    }

    #[test]
    fn only_the_server_turns_it_back() {
        let source = Clock::standing_at(NOW);
        let clock = TerminalClock::of_boot(source, None, "a".to_owned());
        clock.set(NOW + DAY, 0);
        assert_eq!(clock.now(), NOW + DAY);
        clock.set(NOW, 0);
        assert_eq!(clock.now(), NOW);
    }

    #[test]
    fn a_slow_answer_does_not_move_a_clock_that_may_be_right() {
        let source = Clock::standing_at(NOW);
        let clock = TerminalClock::of_boot(source, None, "a".to_owned());
        clock.set(NOW - 300, 800);
        assert_eq!(clock.now(), NOW, "it was possible");
        clock.set(NOW + 40, 10);
        assert_eq!(clock.now(), NOW + 40, "only as far as it was surely wrong");
        clock.set(NOW - 10, 20);
        assert_eq!(clock.now(), NOW + 10);
    }
}
