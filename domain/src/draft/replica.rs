//! The values of a draft at a page. What is typed is shown at once, sent one write of a field
//! after the other, and brought into the server's order when that is told. A page keeps what
//! the server has not kept yet, and after a lost connection goes on from what the server says.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::Writer;
use super::values::merged;
use crate::form::{FieldValue, Values};
use crate::ids::FieldId;

/// A value as the server tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    pub field: FieldId,
    pub value: FieldValue,
    pub version: u64,
    pub by: Writer,
    /// The request that wrote it, where it was this page's.
    pub request: Option<Uuid>,
}

/// A write on its way to the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sending {
    pub request: Uuid,
    pub field: FieldId,
    pub value: FieldValue,
    pub base: u64,
}

/// One field.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Field {
    /// What the server has, by its order.
    ordered: FieldValue,
    version: u64,
    by: Option<Writer>,
    /// It was written at this very page: a person may have two open.
    own: bool,
    /// What the server surely kept: a server that was killed may have forgotten the rest.
    kept: FieldValue,
    /// What is on its way.
    sent: Option<Sending>,
    /// What was typed since.
    typed: Option<FieldValue>,
}

impl Field {
    fn shown(&self) -> &FieldValue {
        match (&self.typed, &self.sent) {
            (Some(typed), _) => typed,
            (None, Some(sent)) => &sent.value,
            (None, None) => &self.ordered,
        }
    }
}

/// The values of one draft at one page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Replica {
    fields: BTreeMap<FieldId, Field>,
    /// The version that the server has surely kept.
    kept: u64,
}

/// What follows from a new connection.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reconnected {
    /// What was typed here and the server does not have.
    pub sending: Vec<Sending>,
    /// What somebody else wrote meanwhile, where what was typed here contradicts it.
    pub displaced: Vec<(FieldId, FieldValue)>,
}

impl Replica {
    /// What the page shows in a field.
    pub fn shown(&self, field: &FieldId) -> FieldValue {
        self.fields.get(field).map(|field| field.shown().clone()).unwrap_or_default()
    }

    /// What the page shows in all fields.
    pub fn values(&self) -> Values {
        let shown = self.fields.iter().map(|(id, field)| (id.clone(), field.shown().clone()));
        shown.filter(|(_, value)| !value.is_empty()).collect()
    }

    /// Who wrote the present value of a field, as far as the server has told.
    pub fn by(&self, field: &FieldId) -> Option<&Writer> {
        self.fields.get(field)?.by.as_ref()
    }

    /// Whether everything that was typed here is kept by the server.
    pub fn is_kept(&self) -> bool {
        self.fields.values().all(|field| {
            field.sent.is_none() && field.typed.is_none() && field.version <= self.kept
        })
    }

    /// Somebody types. What is to be sent, if nothing of the field is on its way already.
    pub fn typed(&mut self, field: &FieldId, value: FieldValue, request: Uuid) -> Option<Sending> {
        let state = self.fields.entry(field.clone()).or_default();
        if *state.shown() == value {
            return None;
        }
        state.typed = Some(value);
        Self::next(field, state, request)
    }

    fn next(id: &FieldId, field: &mut Field, request: Uuid) -> Option<Sending> {
        if field.sent.is_some() {
            return None;
        }
        let value = field.typed.take()?;
        if value == field.ordered {
            return None;
        }
        let sending = Sending { request, field: id.clone(), value, base: field.version };
        field.sent = Some(sending.clone());
        Some(sending)
    }

    /// The server tells a value. What is to be sent next of the field, under a new request.
    pub fn told(&mut self, told: Told, request: Uuid) -> Option<Sending> {
        let field = self.fields.entry(told.field.clone()).or_default();
        if told.version <= field.version {
            return None;
        }
        let own = field.sent.as_ref().is_some_and(|sent| Some(sent.request) == told.request);
        if own {
            let sent = field.sent.take().map(|sent| sent.value).unwrap_or_default();
            if let Some(typed) = field.typed.take() {
                // The server may have joined it with somebody else's: so is what was typed since.
                field.typed = Some(merged(&sent, &typed, &told.value).unwrap_or(typed));
            }
        }
        field.ordered = told.value;
        field.version = told.version;
        field.by = Some(told.by);
        field.own = own;
        if own { Self::next(&told.field, field, request) } else { None }
    }

    /// The server has kept everything up to a version.
    pub fn kept(&mut self, version: u64) {
        self.kept = self.kept.max(version);
        for field in self.fields.values_mut() {
            if field.version <= self.kept {
                field.kept = field.ordered.clone();
            }
        }
    }

    /// A connection begins, and the server tells everything it has. `request` makes ids.
    pub fn connected(
        &mut self,
        version: u64,
        told: impl IntoIterator<Item = Told>,
        mut request: impl FnMut() -> Uuid,
    ) -> Reconnected {
        let mut told: BTreeMap<FieldId, Told> =
            told.into_iter().map(|one| (one.field.clone(), one)).collect();
        for id in told.keys() {
            self.fields.entry(id.clone()).or_default();
        }
        let mut found = Reconnected::default();
        for (id, field) in &mut self.fields {
            let (theirs, at, by) = match told.remove(id) {
                Some(told) => (told.value, told.version, Some(told.by)),
                None => (FieldValue::default(), 0, None),
            };
            // A server that was killed may have forgotten what it had not kept.
            let wrote = field.sent.is_some()
                || field.typed.is_some()
                || field.own && field.version > self.kept;
            let ours = field.shown().clone();
            let mut shown = theirs.clone();
            if wrote {
                // What of this page's own writes has arrived is what the rest was typed on.
                let sent = field.sent.as_ref().map(|sent| &sent.value);
                let arrived = [sent, Some(&field.ordered)].into_iter().flatten();
                let base = arrived.into_iter().find(|one| **one == theirs).unwrap_or(&field.kept);
                shown = merged(base, &ours, &theirs).unwrap_or_else(|| {
                    if !theirs.is_empty() {
                        found.displaced.push((id.clone(), theirs.clone()));
                    }
                    ours
                });
            }
            *field = Field {
                ordered: theirs.clone(),
                version: at,
                by,
                own: false,
                kept: theirs,
                sent: None,
                typed: Some(shown),
            };
            found.sending.extend(Self::next(id, field, request()));
            field.typed = None;
        }
        self.kept = version;
        found
    }
}
