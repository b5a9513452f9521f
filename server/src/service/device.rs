//! The cookie by which a browser is known in which somebody signed in: an id, a mark of who that
//! was, and a keyed hash over both. It opens nothing. Whoever has one is counted by it and not by
//! the address, so that strangers behind the same address do not keep them out.

use data_encoding::HEXLOWER;
use jiban_domain::ClerkId;

use super::guesses::Device;
use crate::vault::{Vault, random};

const ID: usize = 16;
const MARK: usize = 4;
const MAC: usize = 16;

/// The cookie of a new device.
pub fn make(vault: &Vault, by: &ClerkId) -> String {
    let mark: [u8; MARK] = first(vault.index("device by", by.as_str()));
    let content = [&random::<ID>()[..], &mark[..]].concat();
    HEXLOWER.encode(&[&content[..], &mac(vault, &content)[..]].concat())
}

/// The device of a cookie that this hall made.
pub fn read(vault: &Vault, cookie: &str) -> Option<Device> {
    let bytes = HEXLOWER.decode(cookie.as_bytes()).ok()?;
    let (content, tag) = bytes.split_last_chunk::<MAC>()?;
    // Hashes of both are compared, whose first different byte tells nothing about the tag.
    if vault.digest(tag) != vault.digest(&mac(vault, content)) {
        return None;
    }
    let (id, mark) = content.split_first_chunk::<ID>()?;
    Some(Device { id: *id, by: mark.try_into().ok()? })
}

fn mac(vault: &Vault, content: &[u8]) -> [u8; MAC] {
    first(vault.index("device", &HEXLOWER.encode(content)))
}

fn first<const N: usize>(hash: [u8; 32]) -> [u8; N] {
    std::array::from_fn(|at| hash[at])
}
