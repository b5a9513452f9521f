//! A short name for some bytes.

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

/// Sixteen hexadecimal digits that change when the bytes do.
pub fn fingerprint(bytes: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(bytes)[..8])
}

#[cfg(test)]
mod tests {
    use super::fingerprint;

    #[test]
    fn a_fingerprint_is_the_first_half_of_a_sha_256() {
        assert_eq!(fingerprint(b"abc"), "ba7816bf8f01cfea");
    }
}
