//! The values of a draft, in the order in which the server takes them. Two may write at once:
//! each write says which version of the field its writer saw, and what both changed in
//! different places of an answer is kept of both. Where they changed the same, the later one
//! counts, and the earlier is told to both, so that nobody loses a sentence unsaid.

use std::collections::{BTreeMap, VecDeque};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Writer;
use super::merge_value::Joining;
use crate::form::{Field, FieldValue, Values};
use crate::ids::{FieldId, Millis};

/// How many earlier values are remembered, of all fields together: those of about a minute of
/// two people writing.
const REMEMBERED: usize = 600;
/// How many bytes they have together at most, so that a large table that two write in takes no
/// more than a name.
const REMEMBERED_BYTES: usize = 256 * 1024;
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
    /// The oldest first.
    earlier: VecDeque<(FieldId, u64, FieldValue)>,
    earlier_bytes: usize,
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

    /// Takes a write into the field of the form that it names.
    pub fn write(&mut self, asked: &Field, write: Write) -> Written {
        let now = self.entries.get(&write.field);
        if let Some((_, version)) = self.requests.iter().find(|(id, _)| *id == write.request) {
            let value = now.map(|entry| entry.value.clone()).unwrap_or_default();
            return Written { version: *version, value, displaced: None, repeated: true };
        }
        let (value, displaced) = match now {
            Some(now) if write.base.is_some_and(|base| base < now.version) => {
                self.joined(&Joining::of(asked), &write, now)
            }
            _ => (write.value, None),
        };
        self.version += 1;
        let version = self.version;
        if let Some(old) = self.entries.get(&write.field) {
            let old = (write.field.clone(), old.version, old.value.clone());
            self.remember(old);
        }
        self.requests.push_back((write.request, version));
        if self.requests.len() > REQUESTS {
            self.requests.pop_front();
        }
        let entry = Entry { value: value.clone(), version, by: write.by, at: write.at };
        self.entries.insert(write.field, entry);
        Written { version, value, displaced, repeated: false }
    }

    fn remember(&mut self, old: (FieldId, u64, FieldValue)) {
        self.earlier_bytes += old.2.bytes();
        self.earlier.push_back(old);
        while self.earlier.len() > REMEMBERED || self.earlier_bytes > REMEMBERED_BYTES {
            let Some((_, _, oldest)) = self.earlier.pop_front() else { break };
            self.earlier_bytes -= oldest.bytes();
        }
    }

    /// A write whose writer had not seen the present value: the value of both, or the later
    /// one and what it displaces.
    fn joined(
        &self,
        joining: &Joining,
        write: &Write,
        now: &Entry,
    ) -> (FieldValue, Option<FieldValue>) {
        let base = match write.base {
            Some(0) => Some(FieldValue::default()),
            Some(base) => self
                .earlier
                .iter()
                .find(|(field, version, _)| *field == write.field && *version == base)
                .map(|(_, _, value)| value.clone()),
            None => None,
        };
        match base.and_then(|base| joining.joined(&base, &write.value, &now.value)) {
            Some(value) => (value, None),
            None => (write.value.clone(), Some(now.value.clone()).filter(|old| !old.is_empty())),
        }
    }
}
