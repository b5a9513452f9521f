//! An estimated wait in words, the same on kiosk, slip and phone.

use jiban_domain::Lang;
use jiban_domain::wait::WaitMinutes;

use crate::words;
use crate::words::fill;

words! {
    pub WaitWords {
        label: "预计等候" | "Wait",
        minutes: "分钟" | "min",
        hours: "小时" | "h",
        range: "约 {low}–{high} 分钟" | "about {low}–{high} min",
        about: "约 {high} 分钟" | "about {high} min",
        up_to: "{high} 分钟以内" | "up to {high} min",
        no_counter: "窗口暂未开放" | "no counter open",
    }
}

/// The wait as a range; `None` means that no counter is open.
pub fn wait(lang: Lang, wait: Option<WaitMinutes>) -> String {
    let words = WaitWords::of(lang);
    let Some(WaitMinutes { low, high }) = wait else {
        return words.no_counter.to_owned();
    };
    let high = high.max(1);
    let sentence = match low {
        0 => words.up_to,
        low if low == high => words.about,
        _ => words.range,
    };
    fill(sentence, &[("low", &low), ("high", &high)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_is_a_range_and_never_zero() {
        let text = |low, high| wait(Lang::Zh, Some(WaitMinutes { low, high }));
        assert_eq!(text(5, 12), "约 5–12 分钟");
        assert_eq!(text(0, 3), "3 分钟以内");
        assert_eq!(text(0, 0), "1 分钟以内");
        assert_eq!(text(4, 4), "约 4 分钟");
        assert_eq!(wait(Lang::En, Some(WaitMinutes { low: 5, high: 12 })), "about 5–12 min");
        assert_eq!(wait(Lang::Zh, None), "窗口暂未开放");
    }
}
