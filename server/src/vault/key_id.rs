//! Which key it is: its number in the key file, and the set, which tells the key files of
//! halls apart.

use std::fmt;

use data_encoding::HEXLOWER;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

/// The keys of one hall, old and new. It follows from the index key, which is random and
/// stays the same when a hall gets a new key, so that key files from before there were
/// sets have one too.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct KeySet(pub [u8; 8]);

impl KeySet {
    pub(super) fn of(index: &[u8; 32]) -> Self {
        let mut hash: Hmac<Sha256> =
            Hmac::new_from_slice(index).expect("an HMAC key may have any length");
        hash.update(b"jiban key set");
        let hash = hash.finalize().into_bytes();
        let mut set = [0; 8];
        set.copy_from_slice(&hash[..8]);
        Self(set)
    }
}

impl fmt::Display for KeySet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&HEXLOWER.encode(&self.0))
    }
}

impl fmt::Debug for KeySet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// One key of a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyId {
    /// `None` for what was sealed before there were sets.
    pub set: Option<KeySet>,
    /// Counted from 1; the newest is the highest.
    pub number: u32,
}

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "key {}", self.number)?;
        match self.set {
            Some(set) => write!(f, " of set {set}"),
            None => Ok(()),
        }
    }
}
