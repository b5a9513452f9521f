//! Deadlines, states and times as text.

use jiban_domain::case::{Colour, MaterialState, StepState};
use jiban_domain::{Lang, Millis};

use super::words::Words;
use crate::words::fill;

/// `逾期 2 天`, `今天到期`, `剩 3 天`: colour alone would not be enough.
pub(super) fn days_left(days: i64, lang: Lang) -> String {
    let words = Words::of(lang);
    match days {
        ..0 => fill(words.late, &[("n", &-days)]),
        0 => words.due_today.to_owned(),
        _ => fill(words.days_left, &[("n", &days)]),
    }
}

/// The CSS class of a deadline's mark.
pub(super) const fn colour_class(colour: Colour) -> &'static str {
    match colour {
        Colour::Red => "bad",
        Colour::Yellow => "warn",
        Colour::Green => "good",
    }
}

/// The state of a step that waits for something; `None` for all others.
pub(super) fn suspended(state: StepState, lang: Lang) -> Option<String> {
    matches!(state, StepState::Asked | StepState::Paused).then(|| state.name().get(lang).to_owned())
}

/// A material's state: its label and the CSS class of its mark.
pub(super) const fn material(state: MaterialState, words: &Words) -> (&'static str, &'static str) {
    match state {
        MaterialState::Missing => (words.missing, "bad"),
        MaterialState::Present => (words.present, "good"),
        MaterialState::Deferred => (words.deferred, "warn"),
        MaterialState::NotNeeded => (words.not_needed, ""),
        MaterialState::Replaced => (words.replaced, ""),
    }
}

/// `14:05` if today, else `11月21日`.
pub(super) fn time_or_day(at: Millis, now: Millis, zone: &str, lang: Lang) -> String {
    let day = crate::parts::days::of(at, zone, lang);
    if day == crate::parts::days::of(now, zone, lang) {
        crate::parts::clock::hour_minute(at, zone)
    } else {
        day
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_left_as_text() {
        assert_eq!(days_left(-2, Lang::Zh), "逾期 2 天");
        assert_eq!(days_left(0, Lang::En), "due today");
        assert_eq!(days_left(3, Lang::Zh), "剩 3 天");
    }
}
