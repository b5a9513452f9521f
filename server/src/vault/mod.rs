//! Personal data, sealed before it reaches the disk: names, numbers,
//! telephones, and the bytes of uploaded files.
//!
//! - [`Vault`]: seals and opens with AES-256-GCM, and hashes with a key what
//!   must be found again or compared without being opened
//! - [`KeyFile`]: where the keys are kept, outside the database
//!
//! Not here: what is personal, and who may see it; rows and files.

mod key_file;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use std::path::PathBuf;

use aes_gcm::Aes256Gcm;
use aes_gcm::aead::{AeadInOut as _, KeyInit as _};
use hmac::{Hmac, Mac as _};
use sha2::Sha256;

pub use key_file::KeyFile;

/// A sealed value is: this byte, the key's number (four bytes, the highest
/// first), a nonce, the ciphertext, and a tag over it and what it is about.
const VERSION: u8 = 1;
const ID: Range<usize> = 1..5;
const NONCE: usize = 12;
const HEAD: usize = ID.end + NONCE;
const TAG: usize = 16;

/// Why there is no vault, or why it does not open a value.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// There is no key file, and none may be made: something is sealed already.
    #[error(
        "the key file {} is missing, and without it the names and numbers in the database cannot \
         be read; put it back from where it is kept safe, or say where it is with the setting \
         \"key\"",
        .0.display()
    )]
    Missing(PathBuf),
    /// The file is not its owner's alone: where it is, and its mode.
    #[error(
        "the key file {} can be read by others (mode {:03o}); take that from them: chmod 600 {}",
        .0.display(), .1, .0.display()
    )]
    Exposed(PathBuf, u32),
    /// A line of the file is not right: which (from 1), and why. The line itself
    /// is not shown, since it may hold a key.
    #[error("the key file {} line {line}: {what}", .path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// Counted from 1.
        line: usize,
        /// What is wrong with it.
        what: &'static str,
    },
    /// The disk, or who may read there.
    #[error("the key file {}: {}", .0.display(), .1)]
    File(PathBuf, std::io::Error),
    /// Too short, or of a version this program does not know.
    #[error("this is no sealed value")]
    NotSealed,
    /// The key it was sealed with is not in the file.
    #[error("it is sealed with key {0}, which is not in the key file")]
    UnknownKey(u32),
    /// Changed since it was sealed, moved from elsewhere, or of another hall's key.
    #[error("it is not what was sealed here: changed, or moved from elsewhere")]
    NotGenuine,
    /// What is sealed is not text.
    #[error("it holds no text")]
    NotText,
}

/// The keys in memory; made by [`KeyFile::open`]. They are overwritten when it
/// is dropped.
pub struct Vault {
    /// Not empty; the last is the newest.
    keys: BTreeMap<u32, Aes256Gcm>,
    index: Hmac<Sha256>,
}

impl Vault {
    /// How many bytes of a sealed value come before its ciphertext; no two
    /// sealings have the same.
    pub const HEAD: u64 = HEAD as u64;

    /// `keys` are not empty.
    fn new(keys: impl Iterator<Item = (u32, [u8; 32])>, index: [u8; 32]) -> Self {
        let ready = |(id, key): (u32, [u8; 32])| (id, Aes256Gcm::new(&key.into()));
        let index = Hmac::new_from_slice(&index).expect("a key may have any length");
        Self { keys: keys.map(ready).collect(), index }
    }

    /// Seals with the newest key. `about` says what the value is and whose, such
    /// as `person/12/name`: it opens only with the same, so that a sealed value
    /// cannot be moved to another row. Sealing the same twice gives two values.
    ///
    /// # Panics
    /// Beyond the 64 GiB that one nonce may seal, which no memory here holds.
    pub fn seal(&self, about: &str, plain: &[u8]) -> Vec<u8> {
        let (id, cipher) = self.keys.last_key_value().expect("a key file has a key");
        let nonce: [u8; NONCE] = random();
        let mut sealed = Vec::with_capacity(HEAD + plain.len() + TAG);
        sealed.push(VERSION);
        sealed.extend(id.to_be_bytes());
        sealed.extend(nonce);
        sealed.extend(plain);
        let tag = cipher
            .encrypt_inout_detached(&nonce.into(), about.as_bytes(), (&mut sealed[HEAD..]).into())
            .expect("a value is below 64 GiB");
        sealed.extend(tag);
        sealed
    }

    /// Opens what was sealed about the same.
    ///
    /// # Errors
    /// [`VaultError::NotSealed`], [`VaultError::UnknownKey`] and
    /// [`VaultError::NotGenuine`].
    pub fn open(&self, about: &str, sealed: &[u8]) -> Result<Vec<u8>, VaultError> {
        let id = Self::key_of(sealed).ok_or(VaultError::NotSealed)?;
        let cipher = self.keys.get(&id).ok_or(VaultError::UnknownKey(id))?;
        let (nonce, rest) =
            sealed[ID.end..].split_first_chunk::<NONCE>().ok_or(VaultError::NotSealed)?;
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

    /// The hash by which a sealed value is found again: the same kind and text
    /// give the same, and without the key none can be tried out, though there
    /// are few enough identity numbers to try them all. `normalised` is the text
    /// as it is always written, such as in capitals and without spaces.
    ///
    /// Its key stays when the others are rotated: the hash does not give its
    /// text back, so that with a new key nobody would be found until every row
    /// had been opened and hashed anew, in the moment of the change. It seals
    /// nothing: who gets hold of it can test a guess, not read.
    pub fn index(&self, kind: &str, normalised: &str) -> [u8; 32] {
        self.keyed(&[b"index", kind.as_bytes(), normalised.as_bytes()])
    }

    /// A hash with a key, for comparing what holds personal data, such as a
    /// request that is sent again.
    pub fn digest(&self, bytes: &[u8]) -> [u8; 32] {
        self.keyed(&[b"digest", bytes])
    }

    /// Each part after the length of the one before, so that no two lists of
    /// parts read the same.
    fn keyed(&self, parts: &[&[u8]]) -> [u8; 32] {
        let mut hash = self.index.clone();
        for part in parts {
            hash.update(&(part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        hash.finalize().into_bytes().into()
    }

    /// The number of the key that seals now.
    pub fn newest(&self) -> u32 {
        self.keys.last_key_value().map_or(0, |(id, _)| *id)
    }

    /// The number of the key a value was sealed with; none for what is no sealed
    /// value. Of a long one, the first bytes are enough.
    pub fn key_of(sealed: &[u8]) -> Option<u32> {
        let id = sealed.get(ID).filter(|_| sealed[0] == VERSION)?;
        id.try_into().ok().map(u32::from_be_bytes)
    }

    /// The same value sealed with the newest key; none where it is already.
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
        f.debug_struct("Vault").field("keys", &self.keys.keys()).finish_non_exhaustive()
    }
}

/// Random bytes of the machine. Without them nothing secret can be made, so a
/// machine that has none stops here.
pub(crate) fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the machine gives random bytes");
    bytes
}
