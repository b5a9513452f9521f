//! How deadlines, states and days are said.

use jiban_domain::case::{Colour, MaterialState, StepState};
use jiban_domain::{Lang, Millis};

use super::words::Words;
use crate::words::fill;

/// `逾期 2 天`, `今天到期`, `剩 3 天`: the word that stands beside the colour.
pub(super) fn left(days: i64, lang: Lang) -> String {
    let words = Words::of(lang);
    match days {
        ..0 => fill(words.late, &[("n", &-days)]),
        0 => words.due_today.to_owned(),
        _ => fill(words.left, &[("n", &days)]),
    }
}

/// The class of the mark that says it.
pub(super) const fn colour(colour: Colour) -> &'static str {
    match colour {
        Colour::Red => "bad",
        Colour::Yellow => "warn",
        Colour::Green => "good",
    }
}

/// A step's state in a word, where it is more than lying there or being done.
pub(super) fn set_aside(state: StepState, lang: Lang) -> Option<String> {
    matches!(state, StepState::Asked | StepState::Paused).then(|| state.name().get(lang).to_owned())
}

/// A material's state: the word and the class of its mark.
pub(super) const fn material(state: MaterialState, words: &Words) -> (&'static str, &'static str) {
    match state {
        MaterialState::Missing => (words.missing, "bad"),
        MaterialState::Present => (words.present, "good"),
        MaterialState::Deferred => (words.deferred, "warn"),
        MaterialState::NotNeeded => (words.not_needed, ""),
    }
}

/// `14:05` today, else `11月21日`.
pub(super) fn since(at: Millis, now: Millis, zone: &str, lang: Lang) -> String {
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
    fn a_deadline_is_said_in_a_word() {
        assert_eq!(left(-2, Lang::Zh), "逾期 2 天");
        assert_eq!(left(0, Lang::En), "due today");
        assert_eq!(left(3, Lang::Zh), "剩 3 天");
    }
}
