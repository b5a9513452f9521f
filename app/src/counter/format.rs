//! How times and priorities are written.

use jiban_domain::{Lang, Millis};

const MINUTE: Millis = 60_000;

/// `8 分钟`, `1 小时 05 分`; `8 min`, `1 h 05 min`. Never negative: two clocks may
/// differ a little.
pub(super) fn duration(time: Millis, lang: Lang) -> String {
    let minutes = (time / MINUTE).max(0);
    let (hours, rest) = (minutes / 60, minutes % 60);
    match (hours, lang.base()) {
        (0, Lang::Zh) => format!("{rest} 分钟"),
        (_, Lang::Zh) => format!("{hours} 小时 {rest:02} 分"),
        (0, _) => format!("{rest} min"),
        _ => format!("{hours} h {rest:02} min"),
    }
}

/// The same for a narrow column: `85 分`; `85 min`.
pub(super) fn minutes(time: Millis, lang: Lang) -> String {
    let minutes = (time / MINUTE).max(0);
    match lang.base() {
        Lang::Zh => format!("{minutes} 分"),
        _ => format!("{minutes} min"),
    }
}

/// A running time: `0:08`, `12:40`, `1:02:03`.
pub(super) fn stopwatch(time: Millis) -> String {
    let seconds = (time / 1000).max(0);
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours == 0 {
        format!("{minutes}:{rest:02}")
    } else {
        format!("{hours}:{minutes:02}:{rest:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_become_hours() {
        assert_eq!(duration(-5, Lang::Zh), "0 分钟");
        assert_eq!(duration(59 * MINUTE + 59_999, Lang::En), "59 min");
        assert_eq!(duration(65 * MINUTE, Lang::Zh), "1 小时 05 分");
    }

    #[test]
    fn a_stopwatch_counts_in_seconds() {
        assert_eq!(stopwatch(8_400), "0:08");
        assert_eq!(stopwatch(12 * MINUTE + 40_000), "12:40");
        assert_eq!(stopwatch(62 * MINUTE + 3_000), "1:02:03");
    }
}
