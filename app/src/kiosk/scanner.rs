//! Codes that a reader or scanner types, told apart from a person's keys by their speed. Readers
//! of cards and scanners of codes behave as keyboards; they end a code by Enter, Tab, a line
//! feed or nothing, type letters in either case, hold Alt, and know nothing of an input method
//! that takes their keys for the beginning of words.

use jiban_domain::Millis;

/// A scanner types quickly; a longer pause begins a new code.
pub const PAUSE_MS: Millis = 300;
/// After fewer characters, the end was pressed by a person: a pick-up code has six.
const SHORTEST_CODE: usize = 6;
/// The mean time from key to key of the slowest scanner. Nobody types so quickly: not eight
/// characters, and not six in half of that.
const SCANNED_WITHIN_MS: Millis = 60;
const SHORT_WITHIN_MS: Millis = 30;
const LONG_CODE: usize = 8;
/// With what scanners end a code, as they are set up. Some end it with nothing: see
/// [`Scanner::silence`].
const ENDS: [&str; 3] = ["Enter", "Tab", "LineFeed"];

/// A key that went down.
#[allow(clippy::struct_field_names)] // As browsers name it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Key<'a> {
    /// What it means: `a`, `Enter`; `Process` where an input method took it.
    pub key: &'a str,
    /// Where it is on the keyboard: `KeyA`, `Digit1`, `Numpad1`.
    pub code: &'a str,
    pub alt: bool,
    /// Ctrl or Meta is held: the key is a command to the browser and types nothing.
    pub is_command: bool,
    /// An input method is at work.
    pub composing: bool,
}

impl Key<'_> {
    /// The sign that it types, if any. An input method hides it: then its place says which.
    fn sign(&self) -> Option<char> {
        let hidden = self.composing || matches!(self.key, "Process" | "Unidentified" | "Dead");
        if hidden { self.by_place() } else { only(self.key) }
    }

    fn by_place(&self) -> Option<char> {
        let named = ["Key", "Digit", "Numpad"].iter().find_map(|name| self.code.strip_prefix(name));
        match (named.and_then(only), self.code) {
            (Some(sign), _) => Some(sign),
            (None, "Slash" | "NumpadDivide") => Some('/'),
            (None, "Period" | "NumpadDecimal") => Some('.'),
            (None, "Minus" | "NumpadSubtract") => Some('-'),
            (None, "Semicolon") => Some(':'),
            _ => None,
        }
    }

    /// What ends a code, also where an input method took it.
    fn ends(&self) -> bool {
        ENDS.contains(&self.key) || matches!(self.code, "Enter" | "NumpadEnter" | "Tab")
    }
}

/// The only character of a text; keys such as Shift have longer names.
fn only(text: &str) -> Option<char> {
    let mut signs = text.chars();
    signs.next().filter(|_| signs.next().is_none())
}

/// The keys of the current code.
#[derive(Debug, Default)]
pub struct Scanner {
    typed: String,
    first: Millis,
    last: Millis,
    /// The figures typed with Alt held: together they are the number of one sign.
    by_number: Option<u32>,
}

impl Scanner {
    /// Takes in a key pressed at `at`. Returns the code that it ended, typed as no person
    /// types.
    pub fn key(&mut self, key: &Key<'_>, at: Millis) -> Option<String> {
        if at - self.last > PAUSE_MS {
            self.typed.clear();
            self.by_number = None;
        }
        self.last = at;
        if let Some(figure) = key.code.strip_prefix("Numpad").filter(|_| key.alt).and_then(only) {
            let figure = figure.to_digit(10)?;
            self.begin(at);
            let number = self.by_number.unwrap_or_default().saturating_mul(10);
            self.by_number = Some(number.saturating_add(figure));
            return None;
        }
        if key.ends() {
            let is_scanned = self.is_scanned();
            let typed = std::mem::take(&mut self.typed);
            return is_scanned.then_some(typed);
        }
        if let Some(sign) = key.sign().filter(|_| !key.is_command) {
            self.begin(at);
            self.typed.push(sign);
        }
        None
    }

    /// Alt was let go: the figures typed with it are the number of a sign, or of an end.
    pub fn alt_released(&mut self, at: Millis) -> Option<String> {
        let number = self.by_number.take()?;
        let sign = char::from_u32(number).filter(char::is_ascii)?;
        self.last = at;
        if matches!(sign, '\r' | '\n' | '\t') {
            return self.key(&Key { key: "Enter", ..Key::default() }, at);
        }
        self.typed.push(sign);
        None
    }

    /// Whether nothing of a code was typed yet.
    pub fn is_empty(&self, at: Millis) -> bool {
        self.typed.is_empty() || at - self.last > PAUSE_MS
    }

    /// No key has come for [`PAUSE_MS`]: a scanner that ends its codes with nothing is done.
    pub fn silence(&mut self, at: Millis) -> Option<String> {
        if at - self.last < PAUSE_MS || !self.is_scanned() {
            return None;
        }
        Some(std::mem::take(&mut self.typed))
    }

    fn begin(&mut self, at: Millis) {
        if self.typed.is_empty() && self.by_number.is_none() {
            self.first = at;
        }
    }

    /// Whether it was typed as no person types.
    fn is_scanned(&self) -> bool {
        let count = self.typed.chars().count();
        let gaps = Millis::try_from(count).unwrap_or(Millis::MAX);
        let within = if count < LONG_CODE { SHORT_WITHIN_MS } else { SCANNED_WITHIN_MS };
        count >= SHORTEST_CODE && self.last - self.first <= within * gaps
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ADDRESS: &str = "HTTP://192.168.1.20:3000/T/0123456789ABCDEFGHJKMNPQRS";

    fn sign(sign: &str) -> Key<'_> {
        Key { key: sign, ..Key::default() }
    }

    fn type_in(scanner: &mut Scanner, text: &str, from: Millis, every: Millis) -> Millis {
        let mut at = from;
        for letter in text.chars() {
            assert_eq!(scanner.key(&sign(&letter.to_string()), at), None);
            at += every;
        }
        at
    }

    fn scanned(text: &str, every: Millis, end: &str) -> Option<String> {
        let mut scanner = Scanner::default();
        let at = type_in(&mut scanner, text, 10_000, every);
        scanner.key(&sign(end), at)
    }

    #[test]
    fn a_code_ends_with_enter_a_tab_or_a_line_feed() {
        for end in ENDS {
            assert_eq!(scanned(ADDRESS, 20, end).as_deref(), Some(ADDRESS), "{end}");
        }
        assert_eq!(scanned("", 5, "Enter"), None);
    }

    #[test]
    fn a_code_ends_with_nothing() {
        let mut scanner = Scanner::default();
        let last = type_in(&mut scanner, ADDRESS, 10_000, 20) - 20;
        assert_eq!(scanner.silence(last + 100), None, "it may go on");
        assert_eq!(scanner.silence(last + PAUSE_MS).as_deref(), Some(ADDRESS));
        assert_eq!(scanner.silence(last + 900), None, "once");
    }

    #[test]
    fn an_input_method_hides_nothing() {
        let mut scanner = Scanner::default();
        let mut at = 10_000;
        for letter in "11010519491231002x".chars() {
            let code = if letter.is_ascii_digit() {
                format!("Digit{letter}")
            } else {
                format!("Key{}", letter.to_ascii_uppercase())
            };
            let key = Key { key: "Process", code: &code, composing: true, ..Key::default() };
            assert_eq!(scanner.key(&key, at), None);
            at += 10;
        }
        let end = Key { key: "Process", code: "Enter", composing: true, ..Key::default() };
        assert_eq!(scanner.key(&end, at).as_deref(), Some("11010519491231002X"));
    }

    #[test]
    fn with_alt_held_figures_are_the_numbers_of_signs() {
        let mut scanner = Scanner::default();
        let mut at = 10_000;
        let mut found = None;
        for letter in "A012345678\r".chars() {
            for figure in format!("{:03}", u32::from(letter)).chars() {
                let code = format!("Numpad{figure}");
                let key =
                    Key { key: &figure.to_string(), code: &code, alt: true, ..Key::default() };
                assert_eq!(scanner.key(&key, at), None);
                at += 4;
            }
            found = scanner.alt_released(at);
            at += 4;
        }
        assert_eq!(found.as_deref(), Some("A012345678"));
        // Others hold Alt while they type letters.
        let mut scanner = Scanner::default();
        for (place, letter) in (0..).zip("A012345678".chars()) {
            let letter = letter.to_string();
            let key = Key { key: &letter, alt: true, ..Key::default() };
            assert_eq!(scanner.key(&key, 20_000 + 5 * place), None);
        }
        assert_eq!(scanner.key(&sign("Enter"), 20_050).as_deref(), Some("A012345678"));
    }

    #[test]
    fn a_command_to_the_browser_is_no_part_of_a_code() {
        let mut scanner = Scanner::default();
        assert_eq!(scanner.key(&Key { is_command: true, ..sign("c") }, 9_900), None);
        let at = type_in(&mut scanner, "11010519491231002X", 10_000, 5);
        assert_eq!(scanner.key(&sign("Enter"), at).as_deref(), Some("11010519491231002X"));
    }

    #[test]
    fn a_short_code_is_faster_than_any_person() {
        assert_eq!(scanned("482913", 10, "Enter").as_deref(), Some("482913"));
        assert_eq!(scanned("482913", 50, "Enter"), None);
        assert_eq!(scanned("48291", 5, "Enter"), None, "too short for any code");
    }

    #[test]
    fn a_person_who_types_quickly_is_no_scanner() {
        for end in ENDS {
            let mut scanner = Scanner::default();
            let at = type_in(&mut scanner, "shenfenzheng", 10_000, 120);
            assert_eq!(scanner.silence(at - 120 + PAUSE_MS), None);
            assert_eq!(scanner.key(&sign(end), at), None, "{end}");
        }
        assert_eq!(scanned(ADDRESS, 900, "Enter"), None);
    }
}
