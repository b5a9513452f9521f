//! The six figures by which somebody comes to a draft on another device: how they are written, and
//! for how long they are shown.

use std::time::Duration;

use jiban_domain::Millis;
use leptos::prelude::*;

use crate::api::apply::ShareCode;
use crate::parts::clock::browser_now;
use crate::parts::interval::every;
use crate::parts::qr;

/// Figures of a code.
pub const FIGURES: usize = 6;
/// How long they are good. It is counted from when they came, by the browser's own clock, which
/// may be wrong.
const GOOD_FOR: Millis = 60_000;

/// Figures as they are read aloud: `123 456`.
pub fn grouped(figures: &str) -> String {
    match figures.split_at_checked(FIGURES / 2) {
        Some((first, rest)) if !rest.is_empty() => format!("{first} {rest}"),
        _ => figures.to_owned(),
    }
}

/// Figures that are shown as long as they are good.
#[derive(Clone, Copy)]
pub struct TimedFigures {
    seconds_left: Memo<Option<Millis>>,
    good: Memo<Option<String>>,
}

impl TimedFigures {
    /// `came`: the figures, and when they came by this browser's clock.
    pub fn new(came: Signal<Option<(ShareCode, Millis)>>) -> Self {
        let now = RwSignal::new(browser_now());
        every(Duration::from_secs(1), move || now.set(browser_now()));
        let seconds_left = Memo::new(move |_| {
            let since = came.with(|came| came.as_ref().map(|(_, since)| *since))?;
            Some(((GOOD_FOR - (now.get() - since)) / 1000).max(0))
        });
        let good = Memo::new(move |_| {
            let code = came.with(|came| came.as_ref().map(|(code, _)| code.code.clone()));
            code.filter(|_| seconds_left.get().is_some_and(|left| left > 0))
        });
        Self { seconds_left, good }
    }

    /// For how many seconds the figures are good; 0 once they are over, none while there are none.
    pub fn seconds_left(self) -> Option<Millis> {
        self.seconds_left.get()
    }

    /// The figures, while they are good.
    pub fn good(self) -> Option<String> {
        self.good.get()
    }

    /// The figures while they are good, and the code of the whole address at which they are
    /// entered already. `name` says to those who do not see it where it leads.
    pub fn drawing(
        self,
        class: &'static str,
        address: impl Fn(&str) -> Option<String> + Send + 'static,
        name: impl Fn() -> &'static str + Clone + Send + Sync + 'static,
    ) -> impl IntoView {
        move || {
            let figures = self.good()?;
            let address = address(&figures)?;
            Some(view! {
                <output class=class data-figures=figures.clone()>
                    {grouped(&figures)}
                </output>
                {qr::drawing(&address, "", name.clone())}
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn figures_are_grouped_as_they_are_typed() {
        assert_eq!(
            ["", "12", "123", "1234", "123456"].map(grouped),
            ["", "12", "123", "123 4", "123 456"]
        );
    }
}
