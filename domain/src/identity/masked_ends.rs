//! Numbers of which only the two ends are shown.

/// Places shown at most at either end of a number.
const SHOWN: usize = 4;
/// Places that are hidden at least: of fewer, anybody tries all that there can be.
const HIDDEN: usize = 4;

/// A number masked: `4101**********002X`. Of a shorter one, such as a passport's, no more
/// than a quarter is shown at either end: `E1*****78`.
pub fn masked_number(number: &str) -> String {
    let shown = (number.chars().count() / 4).min(SHOWN);
    masked(number, shown, shown)
}

/// A text of which so many characters at its two ends are shown; of a short one fewer, at the
/// beginning first.
pub(super) fn masked(text: &str, head: usize, tail: usize) -> String {
    let letters: Vec<char> = text.chars().collect();
    if letters.len() <= head + tail {
        return "*".repeat(letters.len());
    }
    let may_show = letters.len().saturating_sub(HIDDEN);
    let tail = tail.min(may_show);
    let (from, to) = (head.min(may_show - tail), letters.len() - tail);
    let shown = |(at, c): (usize, &char)| if (from..to).contains(&at) { '*' } else { *c };
    letters.iter().enumerate().map(shown).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_number_is_not_shown_almost_whole() {
        for (number, shown) in [
            ("11010519491231002X", "1101**********002X"),
            ("USA110090010123", "USA*********123"),
            ("E12345678", "E1*****78"),
            ("H1234567800", "H1*******00"),
            ("军字第1234567号", "军字*******7号"),
            ("12345", "****5"),
            ("1234", "****"),
            ("123", "***"),
        ] {
            assert_eq!(masked_number(number), shown);
        }
    }
}
