//! A wait in words. What can be said of it truthfully is decided here once, for home, ticket,
//! slip, phone, display and console: whoever waits for the same reads the same.

use jiban_domain::Lang;
use jiban_domain::schedule::CallsFrom;
use jiban_domain::wait::WaitMinutes;
use leptos::prelude::*;

use crate::words;
use crate::words::fill;

words! {
    pub WaitWords {
        label: "预计等候" | "Wait",
        minutes: "分钟" | "min",
        hours: "小时" | "h",
        range: "约 {low}–{high} {unit}" | "about {low}–{high} {unit}",
        about: "约 {high} {unit}" | "about {high} {unit}",
        up_to: "{high} {unit}以内" | "up to {high} {unit}",
        no_counter: "暂无窗口叫号" | "no counter open",
        no_counter_next: "窗口开放后按号码顺序叫号。" | "Numbers are called in order once a counter opens.",
        from_label: "开始叫号" | "Calling begins",
        from: "{at} 开始叫号" | "calling begins {at}",
        from_then: "，之后" | ", then ",
        kept: "号码为您保留，请在 {at} 前回到大厅。" |
            "Your number is kept. Please be back in the hall for {at}.",
        not_kept: "今天没有叫到的号码到今天为止。请在 {at} 后重新取号。" |
            "Numbers not called today end with the day. Please take a new one after calling begins {at}.",
        may_be_sooner: "现在还有窗口在办理，可能提前叫到您。" |
            "A counter is still open and may call you sooner.",
        ahead_lead: "前面还有" | "Ahead of you",
        ahead: "{n} 人" | "{n} people",
        ahead_one: "1 人" | "1 person",
        you_are_next: "下一位就是您" | "You are next",
        first: "您排在第一位" | "You are first in line",
        next: "请在大厅等候，留意叫号。" | "Please wait in the hall and listen for your number.",
        next_close: "快到您了，请到窗口附近等候。" | "Nearly your turn: please wait near the counters.",
    }
}

/// From here on a range is told in hours: nobody plans by 95 or 100 minutes.
const HOURS_FROM: u32 = 90;

/// What can be said of a wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wait<'a> {
    /// Numbers are called now.
    Called(WaitMinutes),
    /// They would be called now, but no counter is open.
    NoCounter,
    /// They are called again later. The range, where it is known, counts from then.
    Later(&'a CallsFrom, Option<WaitMinutes>),
}

impl<'a> Wait<'a> {
    /// From the fields of the API.
    pub fn of(minutes: Option<WaitMinutes>, calls_from: Option<&'a CallsFrom>) -> Self {
        match (minutes, calls_from) {
            (minutes, Some(from)) => Self::Later(from, minutes),
            (Some(minutes), None) => Self::Called(minutes),
            (None, None) => Self::NoCounter,
        }
    }

    /// The wait in a few words: `约 5–12 分钟`, or why there is none.
    pub fn words(self, lang: Lang) -> String {
        let words = WaitWords::of(lang);
        match self {
            Self::Called(minutes) => range(lang, minutes),
            Self::NoCounter => words.no_counter.to_owned(),
            Self::Later(from, _) => fill(words.from, &[("at", &from.words(lang))]),
        }
    }

    /// [`Self::words`], where there is little room.
    pub fn brief(self, lang: Lang) -> Sentence {
        match self {
            Self::Called(minutes) => Sentence::figure(range(lang, minutes)),
            _ => Sentence { text: self.words(lang), figure: String::new() },
        }
    }

    /// [`Self::words`], and the wait from then: the text before a range, and the range.
    pub fn sentence(self, lang: Lang) -> Sentence {
        match self {
            Self::Called(minutes) => Sentence::figure(range(lang, minutes)),
            Self::Later(from, Some(minutes)) if from.kept => {
                let text = format!("{}{}", self.words(lang), WaitWords::of(lang).from_then);
                Sentence { text, figure: range(lang, minutes) }
            }
            _ => Sentence { text: self.words(lang), figure: String::new() },
        }
    }

    /// The place in the line: what leads, and the main words. Nobody is next where nobody
    /// calls.
    pub fn place(self, lang: Lang, ahead: u32) -> (&'static str, String) {
        let words = WaitWords::of(lang);
        match (ahead, self) {
            (0, Self::Called(_)) => ("", words.you_are_next.to_owned()),
            (0, _) => ("", words.first.to_owned()),
            (1, _) => (words.ahead_lead, words.ahead_one.to_owned()),
            (ahead, _) => (words.ahead_lead, fill(words.ahead, &[("n", &ahead)])),
        }
    }

    /// What to do meanwhile.
    pub fn next(self, lang: Lang, ahead: u32) -> String {
        let words = WaitWords::of(lang);
        match self {
            Self::Called(_) if ahead < 2 => words.next_close.to_owned(),
            Self::Called(_) => words.next.to_owned(),
            Self::NoCounter => words.no_counter_next.to_owned(),
            Self::Later(from, _) => {
                let sentence = if from.kept { words.kept } else { words.not_kept };
                let sentence = fill(sentence, &[("at", &from.words(lang))]);
                let sooner = match (from.may_be_sooner, lang.base()) {
                    (false, _) => String::new(),
                    (true, Lang::Zh) => words.may_be_sooner.to_owned(),
                    (true, _) => format!(" {}", words.may_be_sooner),
                };
                format!("{sentence}{sooner}")
            }
        }
    }
}

/// A sentence that may end in a figure with its unit.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sentence {
    pub text: String,
    /// Not broken into lines: a number does not stand without its unit.
    pub figure: String,
}

impl Sentence {
    /// No more than a figure.
    pub const fn figure(figure: String) -> Self {
        Self { text: String::new(), figure }
    }

    pub fn view(self) -> impl IntoView {
        let figure = (!self.figure.is_empty())
            .then(|| view! { <span class="unbroken">{self.figure}</span> });
        view! {
            {self.text}
            {figure}
        }
    }
}

/// A range in a sentence.
fn range(lang: Lang, minutes: WaitMinutes) -> String {
    let words = WaitWords::of(lang);
    let (low, high, unit) = figures(lang, minutes);
    let sentence = match low.as_str() {
        "0" => words.up_to,
        low if low == high => words.about,
        _ => words.range,
    };
    fill(sentence, &[("low", &low), ("high", &high), ("unit", &unit)])
}

/// The two ends of a range and their unit; in hours, to the half, where it is long. The
/// range in hours holds the one in minutes.
pub fn figures(
    lang: Lang,
    WaitMinutes { low, high }: WaitMinutes,
) -> (String, String, &'static str) {
    let words = WaitWords::of(lang);
    let high = high.max(1);
    if high <= HOURS_FROM {
        return (low.to_string(), high.to_string(), words.minutes);
    }
    let halves = |halves: u32| match (halves / 2, halves % 2) {
        (hours, 0) => hours.to_string(),
        (hours, _) => format!("{hours}.5"),
    };
    (halves(low / 30), halves(high.div_ceil(30)), words.hours)
}

#[cfg(test)]
mod tests {
    use jiban_domain::Text;

    use super::*;

    fn later(kept: bool, may_be_sooner: bool) -> CallsFrom {
        CallsFrom {
            at: 0,
            day: Text::new("明天（11月27日 周五）", "tomorrow (Fri 27 Nov)"),
            time: "09:00".to_owned(),
            kept,
            may_be_sooner,
        }
    }

    #[test]
    fn a_wait_is_a_range_and_never_zero() {
        let text = |low, high| Wait::Called(WaitMinutes { low, high }).words(Lang::Zh);
        assert_eq!(text(5, 12), "约 5–12 分钟");
        assert_eq!(text(0, 3), "3 分钟以内");
        assert_eq!(text(0, 0), "1 分钟以内");
        assert_eq!(text(4, 4), "约 4 分钟");
        let english = Wait::Called(WaitMinutes { low: 5, high: 12 });
        assert_eq!(english.words(Lang::En), "about 5–12 min");
    }

    #[test]
    fn a_long_wait_is_told_in_hours_that_hold_it() {
        let text = |low, high| Wait::Called(WaitMinutes { low, high }).words(Lang::Zh);
        assert_eq!(text(60, 90), "约 60–90 分钟");
        assert_eq!(text(120, 180), "约 2–3 小时");
        assert_eq!(text(95, 125), "约 1.5–2.5 小时");
        assert_eq!(text(20, 95), "2 小时以内");
        let english = Wait::Called(WaitMinutes { low: 125, high: 175 });
        assert_eq!(english.words(Lang::En), "about 2–3 h");
    }

    #[test]
    fn only_a_line_that_is_called_has_a_next() {
        let minutes = WaitMinutes { low: 0, high: 5 };
        let from = later(true, false);
        let none = Wait::of(None, None);
        let night = Wait::of(Some(minutes), Some(&from));
        let now = Wait::of(Some(minutes), None);
        assert_eq!(now.place(Lang::Zh, 0).1, "下一位就是您");
        for wait in [none, night] {
            for lang in [Lang::Zh, Lang::En] {
                let said = format!(
                    "{} {} {} {}",
                    wait.place(lang, 0).1,
                    wait.words(lang),
                    wait.sentence(lang).text,
                    wait.next(lang, 0)
                );
                for word in ["下一位", "留意", "请在大厅等候", "next", "listen", "wait in the hall"]
                {
                    assert!(!said.contains(word), "{said}");
                }
            }
        }
        assert_eq!(none.words(Lang::Zh), "暂无窗口叫号");
        assert_eq!(night.words(Lang::Zh), "明天（11月27日 周五）09:00 开始叫号");
        let sentence = night.sentence(Lang::En);
        assert_eq!(sentence.text, "calling begins tomorrow (Fri 27 Nov) at 09:00, then ");
        assert_eq!(sentence.figure, "up to 5 min");
    }

    #[test]
    fn a_number_is_said_to_be_kept_only_where_it_is() {
        let next = |kept, sooner| {
            let from = later(kept, sooner);
            Wait::Later(&from, None).next(Lang::Zh, 0)
        };
        assert!(next(true, false).contains("为您保留") && !next(true, false).contains("提前"));
        assert!(!next(false, false).contains("保留") && next(false, false).contains("重新取号"));
        assert!(next(true, true).contains("可能提前"));
    }
}
