//! How long a visitor keeps a counter, over holds.

use jiban_domain::Millis;

/// A visit that has not ended.
#[derive(Debug, Clone, Copy, Default)]
pub struct Visit {
    /// The stretches before the present one, in milliseconds.
    before: Millis,
    /// When the present one began; none on hold.
    since: Option<Millis>,
}

impl Visit {
    /// The visitor is at the counter.
    pub fn go_on(&mut self, at: Millis) {
        self.since.get_or_insert(at);
    }

    /// The visitor has left it, and may come back.
    pub fn pause(&mut self, at: Millis) {
        self.before = self.length(at);
        self.since = None;
    }

    /// How long it took until now.
    pub fn length(&self, at: Millis) -> Millis {
        self.before + self.since.map_or(0, |since| at - since)
    }

    /// When it would have begun without the holds.
    pub fn since(&self) -> Option<Millis> {
        self.since.map(|since| since - self.before)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hold_is_not_counted_and_what_was_before_is() {
        let mut visit = Visit::default();
        visit.go_on(10);
        visit.go_on(20);
        visit.pause(50);
        assert_eq!((visit.length(90), visit.since()), (40, None));
        visit.go_on(100);
        assert_eq!((visit.length(110), visit.since()), (50, Some(60)));
    }
}
