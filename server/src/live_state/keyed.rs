//! The terminals that have a key, or had one.

use std::collections::HashMap;
use std::sync::Arc;

use jiban_domain::KioskId;

use crate::change::terminals::{KeyHash, KeyedTerminal};

/// Terminals by their keys.
#[derive(Debug, Clone, Default)]
pub struct KeyedTerminals(HashMap<i64, Arc<KeyedTerminal>>);

impl KeyedTerminals {
    pub(super) fn put(&mut self, terminal: &Arc<KeyedTerminal>) {
        self.0.insert(terminal.id, terminal.clone());
    }

    /// The terminal that has a key, or is to have it.
    pub fn by_key(&self, key: &KeyHash) -> Option<&Arc<KeyedTerminal>> {
        let is_its = |one: &&Arc<KeyedTerminal>| one.key == *key || one.next_key == Some(*key);
        self.0.values().find(is_its)
    }

    /// The one that a kiosk is now.
    pub fn of(&self, kiosk: &KioskId) -> Option<&Arc<KeyedTerminal>> {
        self.0.values().find(|one| one.kiosk == *kiosk && one.revoked_at.is_none())
    }

    /// The row of the next one.
    pub fn next_id(&self) -> i64 {
        self.0.keys().max().copied().unwrap_or_default() + 1
    }
}
