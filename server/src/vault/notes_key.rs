//! The key of the notes of one case. Sealed notes are in rows that are kept for ever; once
//! their key is erased, nobody can read them.

use aes_gcm::Aes256Gcm;
use aes_gcm::aead::{AeadInOut as _, KeyInit as _};
use data_encoding::BASE64_NOPAD;

use super::{NONCE, TAG, random};

/// How a sealed note begins; what follows is base64.
const BEGINNING: &str = "sealed:";

/// The key of one case's notes.
pub struct NotesKey {
    bytes: [u8; 32],
    cipher: Aes256Gcm,
}

impl NotesKey {
    pub fn new() -> Self {
        Self::of(random())
    }

    /// The key of these bytes; `None` if they are not 32.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        Some(Self::of(bytes.try_into().ok()?))
    }

    fn of(bytes: [u8; 32]) -> Self {
        Self { bytes, cipher: Aes256Gcm::new(&bytes.into()) }
    }

    /// To be sealed.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Seals a note, which then is one line of text.
    ///
    /// # Panics
    /// For more than 64 GiB.
    pub fn seal(&self, note: &str) -> String {
        let nonce: [u8; NONCE] = random();
        let mut sealed = nonce.to_vec();
        sealed.extend(note.as_bytes());
        let tag = self
            .cipher
            .encrypt_inout_detached(&nonce.into(), b"note", (&mut sealed[NONCE..]).into())
            .expect("a note has less than 64 GiB");
        sealed.extend(tag);
        format!("{BEGINNING}{}", BASE64_NOPAD.encode(&sealed))
    }

    fn open(&self, sealed: &str) -> Option<String> {
        let sealed = BASE64_NOPAD.decode(sealed.as_bytes()).ok()?;
        let (nonce, rest) = sealed.split_first_chunk::<NONCE>()?;
        let (body, tag) = rest.split_last_chunk::<TAG>()?;
        let mut plain = body.to_vec();
        let opened = self.cipher.decrypt_inout_detached(
            nonce.into(),
            b"note",
            plain.as_mut_slice().into(),
            tag.into(),
        );
        opened.ok()?;
        String::from_utf8(plain).ok()
    }
}

impl Default for NotesKey {
    fn default() -> Self {
        Self::new()
    }
}

/// Whether a note was sealed.
pub fn is_sealed_note(note: &str) -> bool {
    note.starts_with(BEGINNING)
}

/// Opens the sealed lines of a text; other lines were written before notes were sealed. What
/// has no key any more is replaced by `gone`.
pub fn open_notes(key: Option<&NotesKey>, text: &str, gone: &str) -> String {
    if !text.contains(BEGINNING) {
        return text.to_owned();
    }
    let lines = text.lines().map(|line| match line.strip_prefix(BEGINNING) {
        Some(sealed) => key.and_then(|key| key.open(sealed)).unwrap_or_else(|| gone.to_owned()),
        None => line.to_owned(),
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_opens_with_its_key_and_without_it_never() {
        let (key, other) = (NotesKey::new(), NotesKey::new());
        let note = "张三的材料\n已退回 sealed:x";
        let sealed = key.seal(note);
        assert!(!sealed.contains("张三") && sealed.lines().count() == 1);
        assert_eq!(open_notes(Some(&key), &sealed, "gone"), note);
        let two = format!("{sealed}\n{}", key.seal("b"));
        assert_eq!(open_notes(Some(&key), &two, "gone"), format!("{note}\nb"));
        assert_eq!(open_notes(None, &two, "gone"), "gone\ngone");
        assert_eq!(open_notes(Some(&other), &sealed, "gone"), "gone");
        assert_eq!(open_notes(None, "旧备注", "gone"), "旧备注");
        assert_eq!(NotesKey::from_bytes(key.bytes()).unwrap().open(&sealed[7..]).unwrap(), note);
    }
}
