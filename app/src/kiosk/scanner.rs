//! Codes that a scanner types, told apart from a person's keys by their speed.

use std::str::FromStr;

use jiban_domain::{Millis, Token};

/// A scanner types quickly; a longer pause begins a new code.
pub const PAUSE_MS: Millis = 300;
/// After fewer characters, the end was pressed by a person.
const SHORTEST_CODE: usize = 8;
/// The mean time from key to key of the slowest scanner. Nobody types eight characters so
/// quickly.
const SCANNED_WITHIN_MS: Millis = 60;
/// With what scanners end a code, as they are set up. Some end it with nothing: see
/// [`Scanner::silence`].
const ENDS: [&str; 3] = ["Enter", "Tab", "LineFeed"];

/// The keys of the current code.
#[derive(Debug, Default)]
pub struct Scanner {
    typed: String,
    first: Millis,
    last: Millis,
}

/// What a key completed.
#[derive(Debug, PartialEq, Eq)]
pub enum Scanned {
    Nothing,
    Token(Token),
    /// A code that holds no token.
    Unreadable,
}

impl Scanner {
    /// Takes in a key pressed at `at`.
    pub fn key(&mut self, key: &str, at: Millis) -> Scanned {
        if at - self.last > PAUSE_MS {
            self.typed.clear();
        }
        self.last = at;
        if ENDS.contains(&key) {
            let is_scanned = self.is_scanned();
            let typed = std::mem::take(&mut self.typed);
            return match token_in(&typed) {
                Some(token) => Scanned::Token(token),
                None if is_scanned => Scanned::Unreadable,
                None => Scanned::Nothing,
            };
        }
        // Keys such as Shift have longer names.
        if key.chars().count() == 1 {
            if self.typed.is_empty() {
                self.first = at;
            }
            self.typed.push_str(key);
        }
        Scanned::Nothing
    }

    /// No key has come for [`PAUSE_MS`]: a scanner that ends its codes with nothing is done.
    /// What holds no token may be the beginning of a code from a slow machine.
    pub fn silence(&mut self, at: Millis) -> Scanned {
        if at - self.last < PAUSE_MS || !self.is_scanned() {
            return Scanned::Nothing;
        }
        let token = token_in(&self.typed);
        if token.is_some() {
            self.typed.clear();
        }
        token.map_or(Scanned::Nothing, Scanned::Token)
    }

    /// Whether it was typed as no person types.
    fn is_scanned(&self) -> bool {
        let count = self.typed.chars().count();
        let gaps = Millis::try_from(count).unwrap_or(Millis::MAX);
        count >= SHORTEST_CODE && self.last - self.first <= SCANNED_WITHIN_MS * gaps
    }
}

/// The token at the end of a slip's address, or a token alone.
fn token_in(code: &str) -> Option<Token> {
    let last = code.trim().rsplit(|letter: char| !letter.is_ascii_alphanumeric()).next()?;
    Token::from_str(last).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn type_in(scanner: &mut Scanner, text: &str, from: Millis, every: Millis) -> Scanned {
        let mut at = from;
        for letter in text.chars() {
            assert_eq!(scanner.key(&letter.to_string(), at), Scanned::Nothing);
            at += every;
        }
        scanner.key("Enter", at)
    }

    #[test]
    fn a_slip_is_read_from_its_address_in_either_case() {
        let token = Token([7; 16]);
        let mut scanner = Scanner::default();
        for address in [
            format!("HTTP://192.168.1.20:3000/T/{token}"),
            format!("http://hall.example/t/{}", token.to_string().to_lowercase()),
            token.to_string(),
        ] {
            let scanned = type_in(&mut scanner, &address, 10_000, 5);
            assert_eq!(scanned, Scanned::Token(token), "{address}");
        }
    }

    #[test]
    fn another_code_is_unreadable_and_enter_alone_is_nothing() {
        let mut scanner = Scanner::default();
        assert_eq!(type_in(&mut scanner, "6901234567892", 10_000, 5), Scanned::Unreadable);
        assert_eq!(type_in(&mut scanner, "", 20_000, 5), Scanned::Nothing);
    }

    #[test]
    fn a_code_ends_with_a_tab_or_with_nothing() {
        let token = Token([7; 16]);
        let address = format!("http://HALL.EXAMPLE/T/{token}");
        for end in ["Tab", "LineFeed"] {
            let mut scanner = Scanner::default();
            for (place, letter) in (0..).zip(address.chars()) {
                scanner.key(&letter.to_string(), 10_000 + 20 * place);
            }
            let end_at = 10_000 + 20 * Millis::try_from(address.len()).unwrap();
            assert_eq!(scanner.key(end, end_at), Scanned::Token(token), "{end}");
        }
        let mut scanner = Scanner::default();
        let mut last = 0;
        for (place, letter) in (0..).zip(address.chars()) {
            last = 10_000 + 20 * place;
            scanner.key(&letter.to_string(), last);
        }
        assert_eq!(scanner.silence(last + 100), Scanned::Nothing, "it may go on");
        assert_eq!(scanner.silence(last + PAUSE_MS), Scanned::Token(token));
        assert_eq!(scanner.silence(last + 900), Scanned::Nothing, "once");
    }

    #[test]
    fn a_person_who_types_quickly_is_no_scanner() {
        for end in ["Enter", "Tab"] {
            let mut scanner = Scanner::default();
            for (place, letter) in (0..).zip("shenfenzheng".chars()) {
                scanner.key(&letter.to_string(), 10_000 + 120 * place);
            }
            let last = 10_000 + 120 * 11;
            assert_eq!(scanner.silence(last + PAUSE_MS), Scanned::Nothing);
            assert_eq!(scanner.key(end, last + 120), Scanned::Nothing, "{end}");
        }
    }

    #[test]
    fn slow_typing_is_a_person() {
        let slow = Token([7; 16]).to_string();
        assert_eq!(type_in(&mut Scanner::default(), &slow, 10_000, 900), Scanned::Nothing);
    }
}
