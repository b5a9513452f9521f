//! Random secrets, and password hashes.

use argon2::Argon2;
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use data_encoding::HEXLOWER;
use jiban_domain::{Refusal, Token};
use sha2::{Digest, Sha256};

use crate::change::SessionKey;
use crate::vault::random;

/// A token for a new ticket or case.
pub fn token() -> Token {
    Token(random())
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

/// A random password that is easy to read out and to type: three groups of four
/// unambiguous letters and digits, about 58 bits.
pub fn readable_password() -> String {
    const LETTERS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz23456789b";
    let letters: Vec<char> =
        random::<12>().iter().map(|byte| char::from(LETTERS[usize::from(byte % 31)])).collect();
    letters.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

/// Hashes a password. By design this takes a noticeable part of a second.
///
/// # Errors
/// [`Refusal::Unavailable`] if the machine lacks the memory.
pub fn hash(password: &str) -> Result<String, Refusal> {
    let unavailable = |error| {
        tracing::error!(%error, "a password could not be hashed");
        Refusal::Unavailable
    };
    let salt = SaltString::encode_b64(&random::<16>()).map_err(unavailable)?;
    let phc = Argon2::default().hash_password(password.as_bytes(), &salt).map_err(unavailable)?;
    Ok(phc.to_string())
}

/// Whether a password matches a hash.
pub fn verify(password: &str, phc: &str) -> bool {
    PasswordHash::new(phc)
        .is_ok_and(|phc| Argon2::default().verify_password(password.as_bytes(), &phc).is_ok())
}

/// A hash that no password matches. It is verified for unknown names, so that they take
/// as long as known ones.
pub const UNKNOWN_NAME_HASH: &str = "$argon2id$v=19$m=19456,t=2,p=1$\
    AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
