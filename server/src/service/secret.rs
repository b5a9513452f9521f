//! Random bits and hashes of secrets.

use argon2::Argon2;
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use data_encoding::HEXLOWER;
use jiban_domain::{Refusal, Token};
use sha2::{Digest, Sha256};

use crate::change::SessionKey;
use crate::vault::random;

/// A new ticket's token.
pub fn token() -> Token {
    Token(random())
}

/// Bits for the codes of one decision.
pub fn seed() -> [u8; 32] {
    random()
}

/// A new session's secret, for its cookie.
pub fn session() -> String {
    HEXLOWER.encode(&random::<32>())
}

/// What the database keeps of a session's secret.
pub fn key(secret: &str) -> SessionKey {
    Sha256::digest(secret.as_bytes()).into()
}

/// A password that can be read out and typed: three groups of four, of
/// letters and figures that are not mistaken for each other. 58 bits.
pub fn spoken_password() -> String {
    const LETTERS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz23456789b";
    let letters: Vec<char> =
        random::<12>().iter().map(|byte| char::from(LETTERS[usize::from(byte % 31)])).collect();
    letters.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

/// Hashes a password; takes a noticeable part of a second of a core, by design.
///
/// # Errors
/// [`Refusal::Unavailable`] where the machine lacks the memory for it.
pub fn hash(password: &str) -> Result<String, Refusal> {
    let unavailable = |error| {
        tracing::error!(%error, "a password could not be hashed");
        Refusal::Unavailable
    };
    let salt = SaltString::encode_b64(&random::<16>()).map_err(unavailable)?;
    let phc = Argon2::default().hash_password(password.as_bytes(), &salt).map_err(unavailable)?;
    Ok(phc.to_string())
}

/// Whether a password belongs to a hash.
pub fn verify(password: &str, phc: &str) -> bool {
    PasswordHash::new(phc)
        .is_ok_and(|phc| Argon2::default().verify_password(password.as_bytes(), &phc).is_ok())
}

/// A hash no password belongs to: an unknown name takes as long as a known one.
pub const NOBODYS: &str = "$argon2id$v=19$m=19456,t=2,p=1$\
    AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
