//! Photographs and scans on their way to the server. Each travels by itself and
//! shows its progress; one that failed stays in its row until it is sent again
//! or given up. Nothing else waits for it.

use std::collections::HashMap;

use jiban_domain::CaseId;
use leptos::prelude::*;
use web_sys::Blob;

/// A file on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    /// Unique on this page.
    pub key: u32,
    pub case: CaseId,
    pub material: u32,
    /// What its owner calls it; empty for a photograph taken here.
    pub name: String,
    /// How much is sent, in percent.
    pub percent: u32,
    /// Why it failed; none while it is being sent.
    pub failed: Option<String>,
    /// It may succeed another time.
    pub may_retry: bool,
}

/// All files on their way.
#[derive(Clone, Copy)]
pub struct Uploads {
    all: RwSignal<Vec<Upload>>,
    last_key: StoredValue<u32>,
    /// Their contents, by key.
    blobs: StoredValue<HashMap<u32, Blob>, LocalStorage>,
}

impl Uploads {
    pub fn new() -> Self {
        Self {
            all: RwSignal::new(Vec::new()),
            last_key: StoredValue::new(0),
            blobs: StoredValue::new_local(HashMap::new()),
        }
    }

    /// Adds a file.
    pub fn add(self, case: CaseId, material: u32, (blob, name): (Blob, String)) -> Upload {
        let key = self.last_key.get_value() + 1;
        self.last_key.set_value(key);
        let upload =
            Upload { key, case, material, name, percent: 0, may_retry: true, failed: None };
        self.all.update(|all| all.push(upload.clone()));
        self.blobs.update_value(|blobs| {
            blobs.insert(key, blob);
        });
        upload
    }

    /// Those of a material.
    pub fn of_material(self, case: CaseId, material: u32) -> Vec<Upload> {
        let matches = |one: &&Upload| one.case == case && one.material == material;
        self.all.with(|all| all.iter().filter(matches).cloned().collect())
    }

    pub fn blob(self, key: u32) -> Option<Blob> {
        self.blobs.with_value(|blobs| blobs.get(&key).cloned())
    }

    /// Removes one that has arrived or is given up.
    pub fn remove(self, key: u32) {
        // The page may be gone by the time it has arrived.
        let _ = self.all.try_update(|all| all.retain(|one| one.key != key));
        self.blobs.try_update_value(|blobs| blobs.remove(&key));
    }

    pub fn change(self, key: u32, change: impl FnOnce(&mut Upload)) {
        let _ = self.all.try_update(|all| {
            if let Some(one) = all.iter_mut().find(|one| one.key == key) {
                change(one);
            }
        });
    }
}
