//! The only place that reads the machine's clocks. Everything else gets the time as a
//! parameter, or from [`HallTime`], which does not believe the machine everything.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiban_domain::Millis;
use jiban_domain::hall_clock::{
    ClockDoubt, ClockSetting, EARLIEST, HallClock, Reading, Remembered,
};
use rustix::time::{ClockId, clock_gettime};

/// The source of the time.
#[derive(Debug, Clone, Default)]
pub enum Clock {
    /// The machine's clock.
    #[default]
    Machine,
    /// A clock for tests, which stands still until it is set.
    Set(Arc<SetClock>),
    /// The machine's clock, shifted by what a file says: for tests of the whole program.
    /// Milliseconds that have passed and, if there is a second number, those by which the
    /// clock alone was set. Release builds do not have it.
    #[cfg(debug_assertions)]
    Shifted(Arc<std::path::Path>),
}

/// What [`Clock::Set`] says.
#[derive(Debug)]
pub struct SetClock {
    machine: AtomicI64,
    steady: AtomicI64,
}

impl Clock {
    /// The machine's clock. In a debug build, `JIBAN_TEST_CLOCK` may name a file that shifts it.
    pub fn from_environment() -> Self {
        #[cfg(debug_assertions)]
        if let Some(file) = std::env::var_os("JIBAN_TEST_CLOCK") {
            return Self::Shifted(std::path::PathBuf::from(file).into());
        }
        Self::Machine
    }

    /// A clock that stands still until it is [`Clock::set`].
    pub fn standing_at(at: Millis) -> Self {
        let (machine, steady) = (AtomicI64::new(at), AtomicI64::new(at));
        Self::Set(Arc::new(SetClock { machine, steady }))
    }

    /// Lets time pass until an instant, for tests; the machine's clock is not affected. An
    /// earlier instant is [`Clock::jump`].
    pub fn set(&self, at: Millis) {
        if let Self::Set(clock) = self {
            let before = clock.machine.swap(at, Ordering::SeqCst);
            clock.steady.fetch_add((at - before).max(0), Ordering::SeqCst);
        }
    }

    /// Sets the clock without any time passing, as a wrong hand or a dead battery does.
    pub fn jump(&self, at: Millis) {
        if let Self::Set(clock) = self {
            clock.machine.store(at, Ordering::SeqCst);
        }
    }

    /// What the clock says, believed or not: milliseconds since 1970-01-01 UTC.
    pub fn now(&self) -> Millis {
        self.read().machine
    }

    /// What the machine says now.
    pub fn read(&self) -> Reading {
        let machine = || jiff::Timestamp::now().as_millisecond();
        match self {
            Self::Machine => Reading { machine: machine(), steady: since_boot() },
            #[cfg(debug_assertions)]
            Self::Shifted(file) => {
                let text = std::fs::read_to_string(file).unwrap_or_default();
                let mut numbers =
                    text.split_whitespace().map(|number| number.parse().unwrap_or_default());
                let mut next = || numbers.next().unwrap_or_default();
                let (passed, set_by): (Millis, Millis) = (next(), next());
                Reading { machine: machine() + passed + set_by, steady: since_boot() + passed }
            }
            Self::Set(clock) => Reading {
                machine: clock.machine.load(Ordering::SeqCst),
                steady: clock.steady.load(Ordering::SeqCst),
            },
        }
    }
}

/// Milliseconds that go on while the machine sleeps and that nobody can set. They begin where
/// times of the hall do, so that none of them is negative after some window is taken off.
fn since_boot() -> Millis {
    let since = clock_gettime(ClockId::Boottime);
    EARLIEST + since.tv_sec * 1000 + since.tv_nsec / 1_000_000
}

/// The time that the hall goes by.
#[derive(Debug)]
pub struct HallTime {
    source: Clock,
    clock: Mutex<HallClock>,
}

impl HallTime {
    /// The time at a start.
    pub fn at_start(source: Clock, remembered: Remembered) -> Self {
        let clock = Mutex::new(HallClock::at_start(remembered, source.read()));
        Self { source, clock }
    }

    /// Milliseconds since 1970-01-01 UTC. It goes back only when an operator has said so.
    pub fn now(&self) -> Millis {
        let mut clock = self.clock();
        clock.tell(self.source.read())
    }

    /// Milliseconds by which to measure what is kept in memory only. They say no date, and
    /// no setting of a clock changes them.
    pub fn steady(&self) -> Millis {
        self.source.read().steady
    }

    /// What the machine's clock says, believed or not.
    pub fn machine(&self) -> Millis {
        self.source.now()
    }

    /// Why the machine's clock is not believed, if it is not. Then nothing may be done that
    /// time alone asks for and that cannot be undone.
    pub fn doubt(&self) -> Option<ClockDoubt> {
        let mut clock = self.clock();
        clock.doubt(self.source.read())
    }

    pub fn is_in_doubt(&self) -> bool {
        self.doubt().is_some()
    }

    /// Whether the hall has no time at all: it started with a clock that cannot be right.
    pub fn is_unknown(&self) -> bool {
        self.doubt().is_some_and(|doubt| !doubt.known)
    }

    /// Whether the machine's clock can be believed again.
    pub fn can_settle(&self) -> bool {
        let mut clock = self.clock();
        clock.can_settle(self.source.read())
    }

    /// Goes by the machine's clock from now on. The clock as it was is for
    /// [`HallTime::undo`], if the setting could not be written.
    pub fn settle(&self) -> (ClockSetting, HallClock) {
        let mut clock = self.clock();
        let now = self.source.read();
        clock.tell(now);
        let before = *clock;
        (clock.settle(now), before)
    }

    pub fn undo(&self, before: HallClock) {
        *self.clock() = before;
    }

    // Read under the lock: a reading must not be older than one that was told.
    fn clock(&self) -> MutexGuard<'_, HallClock> {
        self.clock.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
