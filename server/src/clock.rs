//! The only place that reads the wall clock: everything else is told the time.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiban_domain::Millis;

/// Where the time comes from.
#[derive(Debug, Clone, Default)]
pub enum Clock {
    /// The machine's.
    #[default]
    Machine,
    /// A test's: stands still until it is set.
    Set(Arc<AtomicI64>),
    /// The machine's, moved by the milliseconds that stand in a file: for tests
    /// of the whole program. No released program has it.
    #[cfg(debug_assertions)]
    Moved(Arc<std::path::Path>),
}

impl Clock {
    /// The machine's; a program built for tests lets `JIBAN_TEST_CLOCK` name a
    /// file that moves it.
    pub fn of_the_program() -> Self {
        #[cfg(debug_assertions)]
        if let Some(file) = std::env::var_os("JIBAN_TEST_CLOCK") {
            return Self::Moved(std::path::PathBuf::from(file).into());
        }
        Self::Machine
    }

    /// A clock that stands at an instant until it is [`Clock::set`].
    pub fn standing_at(at: Millis) -> Self {
        Self::Set(Arc::new(AtomicI64::new(at)))
    }

    /// Sets a test's clock; the machine's is not ours to set.
    pub fn set(&self, at: Millis) {
        if let Self::Set(time) = self {
            time.store(at, Ordering::SeqCst);
        }
    }

    /// UTC milliseconds.
    pub fn now(&self) -> Millis {
        match self {
            Self::Machine => jiff::Timestamp::now().as_millisecond(),
            #[cfg(debug_assertions)]
            Self::Moved(file) => {
                let by = std::fs::read_to_string(file).ok();
                let by = by.and_then(|by| by.trim().parse::<Millis>().ok()).unwrap_or_default();
                jiff::Timestamp::now().as_millisecond() + by
            }
            Self::Set(time) => time.load(Ordering::SeqCst),
        }
    }
}
