//! How long the other side of a connection is waited for.

use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::time::{Instant, Sleep, sleep_until};

/// The least that must move while the other side is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeastSpeed {
    /// The time over which it is measured. Nothing at all for so long is too slow as well.
    pub over: Duration,
    /// Bytes a second.
    pub bytes: u64,
}

/// Measures what moves while the other side is waited for. The time that this side takes is
/// not its fault, and does not count.
#[derive(Debug)]
pub struct Patience {
    speed: Speed,
    timer: Option<Pin<Box<Sleep>>>,
}

impl Patience {
    pub fn new(least: LeastSpeed) -> Self {
        Self { speed: Speed::new(least), timer: None }
    }

    /// So many bytes have moved.
    pub fn moved(&mut self, bytes: usize) {
        self.speed.moved(bytes, Instant::now());
    }

    /// Call it while nothing moves. Ready when the other side was too slow.
    pub fn poll_exhausted(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        while let Some(end) = self.speed.waits_until(Instant::now()) {
            let timer = self.timer.get_or_insert_with(|| Box::pin(sleep_until(end)));
            if timer.deadline() != end {
                timer.as_mut().reset(end);
            }
            ready!(timer.as_mut().poll(cx));
        }
        Poll::Ready(())
    }
}

/// The speed of the other side, measured over some time of waiting and then anew.
#[derive(Debug)]
struct Speed {
    least: LeastSpeed,
    moved: u64,
    /// What is left of the time over which it is measured.
    left: Duration,
    waiting_since: Option<Instant>,
}

impl Speed {
    fn new(least: LeastSpeed) -> Self {
        Self { least, moved: 0, left: least.over, waiting_since: None }
    }

    fn moved(&mut self, bytes: usize, now: Instant) {
        if let Some(since) = self.waiting_since.take() {
            self.left = self.left.saturating_sub(now - since);
        }
        self.moved += bytes as u64;
    }

    /// Until when to wait; none if it was too slow.
    fn waits_until(&mut self, now: Instant) -> Option<Instant> {
        let since = *self.waiting_since.get_or_insert(now);
        if since + self.left > now {
            return Some(since + self.left);
        }
        let wanted = self.least.bytes.saturating_mul(self.least.over.as_secs());
        if self.moved < wanted.max(1) {
            return None;
        }
        *self = Self { waiting_since: Some(now), ..Self::new(self.least) };
        Some(now + self.left)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEAST: LeastSpeed = LeastSpeed { over: Duration::from_secs(30), bytes: 100 };

    /// Whether a sender of so many bytes a second is still waited for after a while.
    fn is_kept(bytes: usize, seconds: u64) -> bool {
        let (mut speed, begin) = (Speed::new(LEAST), Instant::now());
        (0..seconds).all(|second| {
            let kept = speed.waits_until(begin + Duration::from_secs(second)).is_some();
            speed.moved(bytes, begin + Duration::from_secs(second + 1));
            kept
        })
    }

    #[test]
    fn silence_and_trickles_are_given_up() {
        for bytes in [0, 1, 99] {
            assert!(is_kept(bytes, 30), "{bytes}");
            assert!(!is_kept(bytes, 31), "{bytes}");
        }
    }

    #[test]
    fn who_is_fast_enough_is_never_given_up() {
        assert!(is_kept(100, 1_000));
    }

    #[test]
    fn a_good_beginning_is_no_credit_for_ever() {
        let (mut speed, begin) = (Speed::new(LEAST), Instant::now());
        speed.moved(10_000_000, begin);
        let after = |seconds| begin + Duration::from_secs(seconds);
        assert!(speed.waits_until(after(0)).is_some());
        assert!(speed.waits_until(after(30)).is_some());
        assert!(speed.waits_until(after(60)).is_none());
    }

    #[test]
    fn our_own_time_does_not_count() {
        let (mut speed, begin) = (Speed::new(LEAST), Instant::now());
        for minute in 0..100 {
            speed.moved(1, begin + Duration::from_mins(minute));
        }
        assert!(speed.waits_until(begin + Duration::from_mins(100)).is_some());
    }
}
