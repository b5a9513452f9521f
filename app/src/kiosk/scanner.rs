//! Codes that a scanner types, told apart from a person's keys by their speed.

use std::str::FromStr;

use jiban_domain::{Millis, Token};

/// A scanner types quickly; a longer pause begins a new code.
const PAUSE_MS: Millis = 300;
/// After fewer characters, Enter was pressed by a person.
const SHORTEST_CODE: usize = 8;

/// The keys of the current code.
#[derive(Debug, Default)]
pub struct Scanner {
    typed: String,
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
        if key == "Enter" {
            let typed = std::mem::take(&mut self.typed);
            return match token_in(&typed) {
                Some(token) => Scanned::Token(token),
                None if typed.len() >= SHORTEST_CODE => Scanned::Unreadable,
                None => Scanned::Nothing,
            };
        }
        // Keys such as Shift have longer names.
        if key.chars().count() == 1 {
            self.typed.push_str(key);
        }
        Scanned::Nothing
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
    fn slow_typing_is_a_person() {
        let slow = Token([7; 16]).to_string();
        assert_eq!(type_in(&mut Scanner::default(), &slow, 10_000, 900), Scanned::Nothing);
    }
}
