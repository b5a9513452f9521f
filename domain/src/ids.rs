//! Ids as types, so that a line's id cannot be passed as a counter's, and the
//! parsing of what people type, scan or send.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An instant: milliseconds since 1970-01-01T00:00:00Z.
pub type Millis = i64;

macro_rules! named {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            /// The id as written in the hall file.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(id: &str) -> Self {
                Self(id.to_owned())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                deserialize_id(from).map(Self)
            }
        }
    )+};
}

named! {
    /// A place with counters. Unique in the whole tree of halls.
    HallId,
    /// Matters that wait together. Unique within its hall.
    LineId,
    /// The service a visitor comes for. Unique within its hall.
    MatterId,
    /// A numbered place with lines it serves. Unique in the whole tree.
    CounterId,
    /// A terminal that issues numbers. Unique in the whole tree.
    KioskId,
    /// Someone who signs in: clerk, reviewer, supervisor or director. Unique in the
    /// whole tree.
    ClerkId,
    /// A department that decides matters. Unique in the whole tree.
    DepartmentId,
    /// What a department states of a person, and they print by themselves. Unique within its
    /// hall.
    StatementId,
    /// Matters of several departments handled as one. Unique within its hall.
    BundleId,
    /// What a form asks for. Unique within its form.
    FieldId,
}

/// Ids are text. A whole number is accepted too, since counters are numbered and
/// people write `counter = 3`.
fn deserialize_id<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    struct Visitor;
    impl serde::de::Visitor<'_> for Visitor {
        type Value = String;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an id: text or a whole number")
        }

        fn visit_str<E>(self, text: &str) -> Result<String, E> {
            Ok(text.to_owned())
        }

        fn visit_u64<E>(self, number: u64) -> Result<String, E> {
            Ok(number.to_string())
        }

        fn visit_i64<E>(self, number: i64) -> Result<String, E> {
            Ok(number.to_string())
        }
    }
    from.deserialize_any(Visitor)
}

/// A ticket's row. Never shown to visitors, who have its number and token.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct TicketId(pub i64);

/// A case's row. Visitors have its number and token.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct CaseId(pub i64);

/// A draft's row. Applicants have its token.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct DraftId(pub i64);

/// 128 random bits that let their holder, and nobody else, follow a ticket.
///
/// Written as 26 characters of Crockford's base 32: upper case, so that a QR
/// code stays alphanumeric and small, without I, L, O and U, so that it can be
/// read aloud. Read in either case.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Token(pub [u8; 16]);

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const TOKEN_LENGTH: usize = 26;

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bits = u128::from_be_bytes(self.0);
        (0..TOKEN_LENGTH).rev().try_for_each(|place| {
            let five = usize::try_from((bits >> (place * 5)) & 31).unwrap_or_default();
            write!(f, "{}", char::from(ALPHABET[five]))
        })
    }
}

// A token opens a page: it must not reach a log through `{:?}`.
impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

/// The text is not a token: the wrong length, or a character that none has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a token is 26 characters of 0-9 and A-Z without I, L, O, U")]
pub struct NotAToken;

impl FromStr for Token {
    type Err = NotAToken;

    fn from_str(text: &str) -> Result<Self, NotAToken> {
        if text.len() != TOKEN_LENGTH {
            return Err(NotAToken);
        }
        let mut bits: u128 = 0;
        for (place, byte) in text.bytes().enumerate() {
            let five = ALPHABET
                .iter()
                .position(|known| *known == byte.to_ascii_uppercase())
                .ok_or(NotAToken)?;
            // 26 characters hold 130 bits: the first may carry only three.
            if place == 0 && five > 7 {
                return Err(NotAToken);
            }
            bits = (bits << 5) | five as u128;
        }
        Ok(Self(bits.to_be_bytes()))
    }
}

impl Serialize for Token {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Token {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_token_is_read_back_in_either_case(bytes: [u8; 16]) {
            let written = Token(bytes).to_string();
            prop_assert_eq!(written.len(), TOKEN_LENGTH);
            prop_assert_eq!(written.parse::<Token>().unwrap(), Token(bytes));
            prop_assert_eq!(written.to_lowercase().parse::<Token>().unwrap(), Token(bytes));
        }

        #[test]
        fn no_two_spellings_of_one_token(text in "[0-9A-HJKMNP-TV-Z]{26}") {
            if let Ok(token) = text.parse::<Token>() {
                prop_assert_eq!(token.to_string(), text);
            }
        }
    }

    #[test]
    fn what_is_no_token_is_refused() {
        for text in [
            "",
            "0",
            "Z1234567890123456789012345",
            "01234567890123456789012ILO",
            "一二三四五六七八九",
        ] {
            assert_eq!(text.parse::<Token>(), Err(NotAToken), "{text}");
        }
    }

    #[test]
    fn a_counter_may_be_called_by_number() {
        let counter: CounterId = serde_json::from_str("3").unwrap();
        assert_eq!(counter, CounterId::from("3"));
    }
}
