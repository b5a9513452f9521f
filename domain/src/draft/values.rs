//! The values of a draft, in the order in which the server takes them. Two may write at once:
//! each write says which version of the field its writer saw, and what both changed in
//! different places of a text is kept of both. Where they changed the same, the later one
//! counts, and the earlier is told to both, so that nobody loses a sentence unsaid.

use std::collections::{BTreeMap, VecDeque};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Writer;
use super::merge_text::merge;
use crate::form::{FieldValue, Values};
use crate::ids::{FieldId, Millis};

/// How many earlier values are remembered, of all fields together: those of about a minute of
/// two people writing.
const REMEMBERED: usize = 600;
/// How many requests are remembered.
const REQUESTS: usize = 200;

/// A value, and who wrote it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub value: FieldValue,
    /// The version of the draft that it made.
    pub version: u64,
    pub by: Writer,
    pub at: Millis,
}

/// What somebody writes into a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Write {
    /// A repeat changes nothing.
    pub request: Uuid,
    pub field: FieldId,
    pub value: FieldValue,
    /// The version of this field that the writer saw, 0 for none; nothing where the writer does
    /// not know, and replaces what is there.
    pub base: Option<u64>,
    pub by: Writer,
    pub at: Millis,
}

/// What became of a write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    pub version: u64,
    /// The value now, which may have more in it than was written.
    pub value: FieldValue,
    /// What somebody else had written meanwhile, and no longer stands.
    pub displaced: Option<FieldValue>,
    /// It was written before; nothing was changed.
    pub repeated: bool,
}

/// The values of one draft.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SharedValues {
    version: u64,
    entries: BTreeMap<FieldId, Entry>,
    earlier: VecDeque<(FieldId, u64, FieldValue)>,
    requests: VecDeque<(Uuid, u64)>,
}

impl SharedValues {
    /// The values as they were kept.
    pub fn new(version: u64, entries: BTreeMap<FieldId, Entry>) -> Self {
        Self { version, entries, ..Self::default() }
    }

    /// Counted up with every write.
    pub const fn version(&self) -> u64 {
        self.version
    }

    pub const fn entries(&self) -> &BTreeMap<FieldId, Entry> {
        &self.entries
    }

    /// The values alone.
    pub fn values(&self) -> Values {
        let entries = self.entries.iter().filter(|(_, entry)| !entry.value.is_empty());
        entries.map(|(id, entry)| (id.clone(), entry.value.clone())).collect()
    }

    /// The bytes that the values would take with one more.
    pub fn bytes_with(&self, field: &FieldId, value: &FieldValue) -> usize {
        let others = self.entries.iter().filter(|(id, _)| *id != field);
        others.map(|(_, entry)| entry.value.bytes()).sum::<usize>() + value.bytes()
    }

    /// Takes a write.
    pub fn write(&mut self, write: Write) -> Written {
        let now = self.entries.get(&write.field);
        if let Some((_, version)) = self.requests.iter().find(|(id, _)| *id == write.request) {
            let value = now.map(|entry| entry.value.clone()).unwrap_or_default();
            return Written { version: *version, value, displaced: None, repeated: true };
        }
        let (value, displaced) = match now {
            Some(now) if write.base.is_some_and(|base| base < now.version) => {
                self.joined(&write, now)
            }
            _ => (write.value, None),
        };
        self.version += 1;
        let version = self.version;
        if let Some(old) = self.entries.get(&write.field) {
            self.earlier.push_back((write.field.clone(), old.version, old.value.clone()));
            if self.earlier.len() > REMEMBERED {
                self.earlier.pop_front();
            }
        }
        self.requests.push_back((write.request, version));
        if self.requests.len() > REQUESTS {
            self.requests.pop_front();
        }
        let entry = Entry { value: value.clone(), version, by: write.by, at: write.at };
        self.entries.insert(write.field, entry);
        Written { version, value, displaced, repeated: false }
    }

    /// A write whose writer had not seen the present value: the value of both, or the later
    /// one and what it displaces.
    fn joined(&self, write: &Write, now: &Entry) -> (FieldValue, Option<FieldValue>) {
        let base = match write.base {
            Some(0) => Some(FieldValue::default()),
            Some(base) => self
                .earlier
                .iter()
                .find(|(field, version, _)| *field == write.field && *version == base)
                .map(|(_, _, value)| value.clone()),
            None => None,
        };
        match base.and_then(|base| merged(&base, &write.value, &now.value)) {
            Some(value) => (value, None),
            None => (write.value.clone(), Some(now.value.clone()).filter(|old| !old.is_empty())),
        }
    }
}

/// Two changes of one value; none where they contradict each other.
pub(super) fn merged(
    base: &FieldValue,
    ours: &FieldValue,
    theirs: &FieldValue,
) -> Option<FieldValue> {
    if ours == theirs || theirs == base {
        return Some(ours.clone());
    }
    if ours == base {
        return Some(theirs.clone());
    }
    match (base, ours, theirs) {
        (FieldValue::Text(base), FieldValue::Text(ours), FieldValue::Text(theirs)) => {
            merge(base, ours, theirs).map(FieldValue::Text)
        }
        (base, FieldValue::Parts(ours), FieldValue::Parts(theirs)) => {
            let names: std::collections::BTreeSet<&String> =
                ours.keys().chain(theirs.keys()).collect();
            let part = |value: &BTreeMap<String, String>, name: &String| {
                value.get(name).cloned().unwrap_or_default()
            };
            let joined: Option<BTreeMap<String, String>> = names
                .into_iter()
                .map(|name| {
                    let value = merge(base.part(name), &part(ours, name), &part(theirs, name))?;
                    Some((name.clone(), value))
                })
                .collect();
            joined.map(FieldValue::Parts)
        }
        (FieldValue::Several(base), FieldValue::Several(ours), FieldValue::Several(theirs)) => {
            // Each choice is a change of its own: who took one away, and who added one.
            let has = |list: &Vec<String>, id: &String| list.contains(id);
            let mut joined: Vec<String> = Vec::new();
            for id in ours.iter().chain(theirs).chain(base) {
                let (before, in_ours, in_theirs) = (has(base, id), has(ours, id), has(theirs, id));
                let kept = if before { in_ours && in_theirs } else { in_ours || in_theirs };
                if kept && !joined.contains(id) {
                    joined.push(id.clone());
                }
            }
            Some(FieldValue::Several(joined))
        }
        _ => None,
    }
}
