//! The only place that reads the wall clock. Everything else gets the time as a parameter.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiban_domain::Millis;

/// The source of the time.
#[derive(Debug, Clone, Default)]
pub enum Clock {
    /// The machine's clock.
    #[default]
    Machine,
    /// A clock for tests, which stands still until it is set.
    Set(Arc<AtomicI64>),
    /// The machine's clock, shifted by the milliseconds in a file: for tests of the whole
    /// program. Release builds do not have it.
    #[cfg(debug_assertions)]
    Shifted(Arc<std::path::Path>),
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
        Self::Set(Arc::new(AtomicI64::new(at)))
    }

    /// Sets a clock for tests; the machine's clock is not affected.
    pub fn set(&self, at: Millis) {
        if let Self::Set(time) = self {
            time.store(at, Ordering::SeqCst);
        }
    }

    /// Milliseconds since 1970-01-01 UTC.
    pub fn now(&self) -> Millis {
        match self {
            Self::Machine => jiff::Timestamp::now().as_millisecond(),
            #[cfg(debug_assertions)]
            Self::Shifted(file) => {
                let shift = std::fs::read_to_string(file).ok();
                let shift =
                    shift.and_then(|shift| shift.trim().parse::<Millis>().ok()).unwrap_or_default();
                jiff::Timestamp::now().as_millisecond() + shift
            }
            Self::Set(time) => time.load(Ordering::SeqCst),
        }
    }
}
