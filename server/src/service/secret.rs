//! Random secrets.

use data_encoding::HEXLOWER;
use jiban_domain::Token;
use sha2::{Digest, Sha256};

use crate::change::SessionKey;
use crate::vault::random;

/// A token for a new ticket or case.
pub fn token() -> Token {
    Token(random())
}

/// Codes of eight figures for a new booking: the first that no other has is taken.
pub fn codes() -> [String; 8] {
    std::array::from_fn(|_| format!("{:08}", u64::from_be_bytes(random()) % 100_000_000))
}

/// Random bits from which the codes of one decision are derived.
pub fn seed() -> [u8; 32] {
    random()
}

/// The secret of a new session, for its cookie.
pub fn session() -> String {
    HEXLOWER.encode(&random::<32>())
}

/// What the database stores of a session's secret.
pub fn key(secret: &str) -> SessionKey {
    Sha256::digest(secret.as_bytes()).into()
}

/// The code that a new terminal shows.
pub fn six_figures() -> String {
    format!("{:06}", u64::from_be_bytes(random()) % 1_000_000)
}

/// A random password that is easy to read out and to type: three groups of four
/// unambiguous letters and digits, about 58 bits.
pub fn readable_password() -> String {
    const LETTERS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz23456789b";
    let letters: Vec<char> =
        random::<12>().iter().map(|byte| char::from(LETTERS[usize::from(byte % 31)])).collect();
    letters.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}
