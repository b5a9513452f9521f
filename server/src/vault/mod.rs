//! Encryption of personal data before it reaches the disk: names, identity numbers,
//! telephone numbers, and uploaded files.
//!
//! - [`Vault`]: seals and opens values with AES-256-GCM, and makes keyed hashes of values
//!   that must be found or compared without being opened
//! - [`KeyFile`]: the keys, in a file outside the database
//! - [`NotesKey`]: the key of one case's notes, which can be erased alone
//! - [`KeyId`]: which key sealed a value, and of which hall
//!
//! This module does not know what is personal, or who may see it.

mod key_file;
mod key_id;
mod notes_key;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

use aes_gcm::Aes256Gcm;
use aes_gcm::aead::{AeadInOut as _, KeyInit as _};
use aes_gcm::aes::Aes256;
use aes_gcm::aes::cipher::{BlockCipherDecrypt as _, BlockCipherEncrypt as _};
use hmac::{Hmac, Mac as _};
use sha2::Sha256;

pub use key_file::KeyFile;
pub use key_id::{KeyId, KeySet};
pub use notes_key::{NotesKey, is_sealed_note, open_notes};

/// The layout of a sealed value: this byte, the set of the key (eight bytes), its number
/// in the set (four bytes, big-endian), a nonce, the ciphertext, and a tag over the
/// ciphertext and the context.
const VERSION: u8 = 2;
/// The layout before keys had sets: without the eight bytes.
const WITHOUT_SET: u8 = 1;
const SET: usize = 8;
const NUMBER: usize = 4;
const NONCE: usize = 12;
const HEAD: usize = 1 + SET + NUMBER + NONCE;
const TAG: usize = 16;

/// What [`Vault::known_value`] seals.
const KNOWN: (&str, &[u8]) = ("known value", b"jiban");

/// Why the keys cannot be loaded, or a value cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// There is no key file, and a new one would be useless: something is already sealed.
    #[error(
        "the key file {} is missing; without it the names and numbers in the database cannot be \
         read. Restore it from its safe copy, or give its path in the setting \"key\"",
        .0.display()
    )]
    Missing(PathBuf),
    /// Others than the owner can access the file: its path and mode.
    #[error(
        "the key file {} is accessible to other users (mode {:03o}); run: chmod 600 {}",
        .0.display(), .1, .0.display()
    )]
    Exposed(PathBuf, u32),
    /// A line of the file is invalid. The line itself is not shown, since it may contain a
    /// key.
    #[error("the key file {} line {line}: {what}", .path.display())]
    Malformed {
        path: PathBuf,
        /// Counted from 1.
        line: usize,
        what: &'static str,
    },
    /// The file cannot be read or written.
    #[error("the key file {}: {}", .0.display(), .1)]
    File(PathBuf, std::io::Error),
    /// It is too short, or of an unknown version.
    #[error("it is not a sealed value")]
    NotSealed,
    /// Its key is not in the key file: the key it was sealed with, and those of the file.
    #[error("it is sealed with {wanted}, but the key file has {given}")]
    UnknownKey { wanted: KeyId, given: String },
    /// Another key has the same number: two copies of a hall were given new keys apart.
    #[error(
        "the key file has another {0}: two copies of the hall got new keys separately. Take the \
         key file that belongs to this copy"
    )]
    OtherKey(KeyId),
    /// It was changed, moved from another place, or sealed by another hall.
    #[error("it is not genuine: it was changed, or moved from another place")]
    NotGenuine,
    #[error("it does not contain text")]
    NotText,
}

/// The keys in memory, from [`KeyFile::open`]. They are overwritten when dropped.
pub struct Vault {
    set: KeySet,
    /// Not empty; the last is the newest.
    keys: BTreeMap<u32, Aes256Gcm>,
    index: Hmac<Sha256>,
}

/// A value that is known once it is opened, by which a key file is tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownValue {
    /// The key that sealed it.
    pub key: KeyId,
    pub sealed: Vec<u8>,
}

impl Vault {
    /// The most bytes of the head of a sealed value, which is different for every sealing.
    pub const HEAD: u64 = HEAD as u64;

    /// `keys` must not be empty.
    fn new(keys: impl Iterator<Item = (u32, [u8; 32])>, index: [u8; 32]) -> Self {
        let ready = |(id, key): (u32, [u8; 32])| (id, Aes256Gcm::new(&key.into()));
        let set = KeySet::of(&index);
        let index = Hmac::new_from_slice(&index).expect("an HMAC key may have any length");
        Self { set, keys: keys.map(ready).collect(), index }
    }

    /// Seals with the newest key. `about` is the context of the value, such as
    /// `person/12/name`: it opens only with the same context, so that a sealed value
    /// cannot be moved to another row. Sealing twice gives two different values.
    ///
    /// # Panics
    /// For more than 64 GiB, the limit of one nonce.
    pub fn seal(&self, about: &str, plain: &[u8]) -> Vec<u8> {
        let (number, cipher) = self.keys.last_key_value().expect("a key file has at least one key");
        let nonce: [u8; NONCE] = random();
        let mut sealed = Vec::with_capacity(HEAD + plain.len() + TAG);
        sealed.push(VERSION);
        sealed.extend(self.set.0);
        sealed.extend(number.to_be_bytes());
        sealed.extend(nonce);
        sealed.extend(plain);
        let tag = cipher
            .encrypt_inout_detached(&nonce.into(), about.as_bytes(), (&mut sealed[HEAD..]).into())
            .expect("a value has less than 64 GiB");
        sealed.extend(tag);
        sealed
    }

    /// Opens a value that was sealed with the same context.
    ///
    /// # Errors
    /// [`VaultError::NotSealed`], [`VaultError::UnknownKey`] and
    /// [`VaultError::NotGenuine`].
    pub fn open(&self, about: &str, sealed: &[u8]) -> Result<Vec<u8>, VaultError> {
        let (wanted, rest) = Self::split(sealed).ok_or(VaultError::NotSealed)?;
        let ours = wanted.set.is_none_or(|set| set == self.set);
        let cipher = self.keys.get(&wanted.number).filter(|_| ours);
        let cipher =
            cipher.ok_or_else(|| VaultError::UnknownKey { wanted, given: self.key_names() })?;
        let (nonce, rest) = rest.split_first_chunk::<NONCE>().ok_or(VaultError::NotSealed)?;
        let (body, tag) = rest.split_last_chunk::<TAG>().ok_or(VaultError::NotSealed)?;
        let mut plain = body.to_vec();
        cipher
            .decrypt_inout_detached(
                nonce.into(),
                about.as_bytes(),
                plain.as_mut_slice().into(),
                tag.into(),
            )
            .map_err(|_| VaultError::NotGenuine)?;
        Ok(plain)
    }

    /// [`Vault::seal`] for text.
    pub fn seal_text(&self, about: &str, plain: &str) -> Vec<u8> {
        self.seal(about, plain.as_bytes())
    }

    /// [`Vault::open`] for text.
    ///
    /// # Errors
    /// As there, and [`VaultError::NotText`].
    pub fn open_text(&self, about: &str, sealed: &[u8]) -> Result<String, VaultError> {
        String::from_utf8(self.open(about, sealed)?).map_err(|_| VaultError::NotText)
    }

    /// The keyed hash by which a sealed value is found: the same kind and text always give
    /// the same hash. It needs a key because identity numbers are few enough to try them
    /// all. `normalised` is the text in its canonical form, such as in capitals and without
    /// spaces.
    ///
    /// The index key is not rotated. A new one would find nobody until every row had been
    /// opened and hashed again. It encrypts nothing: whoever steals it can test a guess, but
    /// cannot read anything.
    pub fn index(&self, kind: &str, normalised: &str) -> [u8; 32] {
        self.keyed(&[b"index", kind.as_bytes(), normalised.as_bytes()])
    }

    /// A keyed hash for comparing content that contains personal data, such as a repeated
    /// request.
    pub fn digest(&self, bytes: &[u8]) -> [u8; 32] {
        self.keyed(&[b"digest", bytes])
    }

    /// Another token for the same thing, from which nobody without the keys can find the
    /// first one. The same token always gives the same alias, also after the keys that
    /// seal were changed.
    pub fn alias(&self, token: [u8; 16]) -> [u8; 16] {
        let mut block = token.into();
        self.aliases().encrypt_block(&mut block);
        block.into()
    }

    /// The token that has this alias.
    pub fn of_alias(&self, alias: [u8; 16]) -> [u8; 16] {
        let mut block = alias.into();
        self.aliases().decrypt_block(&mut block);
        block.into()
    }

    /// Tokens are random and each is a single block, so the bare cipher hides them: it
    /// is a permutation of all tokens.
    fn aliases(&self) -> Aes256 {
        Aes256::new(&self.keyed(&[b"alias"]).into())
    }

    /// Hashes each part with its length, so that different lists of parts never give the
    /// same input.
    fn keyed(&self, parts: &[&[u8]]) -> [u8; 32] {
        let mut hash = self.index.clone();
        for part in parts {
            hash.update(&(part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        hash.finalize().into_bytes().into()
    }

    /// The key that seals.
    pub fn newest(&self) -> KeyId {
        let number = self.keys.last_key_value().map_or(0, |(number, _)| *number);
        KeyId { set: Some(self.set), number }
    }

    /// The keys in words, such as `keys 1, 2 of set 9f3a6c01d2e4b587`.
    pub fn key_names(&self) -> String {
        let numbers: Vec<String> = self.keys.keys().map(u32::to_string).collect();
        let key = if numbers.len() == 1 { "key" } else { "keys" };
        format!("{key} {} of set {}", numbers.join(", "), self.set)
    }

    /// A value by which another key file is tried.
    pub fn known_value(&self) -> KnownValue {
        let (about, known) = KNOWN;
        KnownValue { key: self.newest(), sealed: self.seal(about, known) }
    }

    /// Whether these are the keys of the hall that a known value was sealed in, and among
    /// them the one that sealed it.
    ///
    /// # Errors
    /// [`VaultError::UnknownKey`], [`VaultError::OtherKey`].
    pub fn try_known(&self, value: &KnownValue) -> Result<(), VaultError> {
        let (about, known) = KNOWN;
        match self.open(about, &value.sealed) {
            Ok(opened) if opened == known && Self::key_of(&value.sealed) == Some(value.key) => {
                Ok(())
            }
            Ok(_) | Err(VaultError::NotGenuine) => Err(VaultError::OtherKey(value.key)),
            Err(error) => Err(error),
        }
    }

    /// The key that a value was sealed with. The first bytes of the value are enough.
    pub fn key_of(sealed: &[u8]) -> Option<KeyId> {
        Some(Self::split(sealed)?.0)
    }

    /// The key, and what follows it.
    fn split(sealed: &[u8]) -> Option<(KeyId, &[u8])> {
        let (version, rest) = sealed.split_first()?;
        let (set, rest) = match *version {
            VERSION => {
                let (set, rest) = rest.split_first_chunk::<SET>()?;
                (Some(KeySet(*set)), rest)
            }
            WITHOUT_SET => (None, rest),
            _ => return None,
        };
        let (number, rest) = rest.split_first_chunk::<NUMBER>()?;
        Some((KeyId { set, number: u32::from_be_bytes(*number) }, rest))
    }

    /// The value sealed with the newest key; `None` if it already is.
    ///
    /// # Errors
    /// As [`Vault::open`].
    pub fn reseal(&self, about: &str, sealed: &[u8]) -> Result<Option<Vec<u8>>, VaultError> {
        if Self::key_of(sealed) == Some(self.newest()) {
            return Ok(None);
        }
        self.open(about, sealed).map(|plain| Some(self.seal(about, &plain)))
    }
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Vault").field("keys", &self.key_names()).finish_non_exhaustive()
    }
}

/// Random bytes of the operating system. Without them the program cannot make secrets, so
/// it stops.
pub(crate) fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system provides random bytes");
    bytes
}
