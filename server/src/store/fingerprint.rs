//! A short hash of a value, to compare millions of rows in memory. It is not
//! kept: it may differ in the next version.

use std::hash::{DefaultHasher, Hash, Hasher};

pub(super) fn fingerprint(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}
