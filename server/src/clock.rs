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
}

impl Clock {
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
            Self::Set(time) => time.load(Ordering::SeqCst),
        }
    }
}
