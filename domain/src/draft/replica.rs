//! The values of a draft at a page. What is typed is shown at once, sent one write of a field
//! after the other, and brought into the server's order when that is told. A page keeps what
//! the server has not kept yet, and after a lost connection goes on from what the server says.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::Writer;
use super::merge_value::Joining;
use crate::form::{FieldValue, Form, Values};
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
    joining: Joining,
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
    /// What that was typed on.
    seen: FieldValue,
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

    fn order(&mut self, value: FieldValue, version: u64, by: Option<Writer>, own: bool) {
        self.ordered = value;
        self.version = version;
        self.by = by;
        self.own = own;
    }

    /// From what both came after a lost connection: what is shown here, and what the server has
    /// now. `kept` is the version that it surely kept.
    fn beginning(&self, theirs: &FieldValue, kept: u64) -> &FieldValue {
        match &self.sent {
            // It has arrived, and what was typed since was typed on it.
            Some(sent) if sent.value == *theirs => &sent.value,
            // Whatever the server was told since, it came on top of this.
            Some(sent) if sent.base <= kept || self.seen == *theirs => &self.seen,
            None if self.ordered == *theirs => &self.ordered,
            // A server that was killed may have forgotten the rest.
            _ => &self.kept,
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
        field.seen = field.ordered.clone();
        field.sent = Some(sending.clone());
        Some(sending)
    }

    /// The server tells a value. What is to be sent next of the field, under a new request.
    pub fn told(&mut self, told: Told, request: Uuid) -> Option<Sending> {
        let field = self.fields.entry(told.field.clone()).or_default();
        let own = field.sent.as_ref().is_some_and(|sent| Some(sent.request) == told.request);
        if told.version > field.version {
            field.order(told.value, told.version, Some(told.by), own);
        } else if own && told.version == field.version {
            // It was told before, with everything else, and not as this page's.
            field.own = true;
        }
        if !own {
            return None;
        }
        let sent = field.sent.take().map(|sent| sent.value).unwrap_or_default();
        if let Some(typed) = field.typed.take() {
            // The server may have joined it with somebody else's: so is what was typed since.
            let joined = field.joining.joined(&sent, &typed, &field.ordered);
            field.typed = Some(joined.unwrap_or(typed));
        }
        Self::next(&told.field, field, request)
    }

    /// The server tells everything it has once more, on a connection that goes on: more than a
    /// value has changed. What is on its way stays on its way, since its place in the server's
    /// order is told later; it is not sent again, which would be on an old version. On a new
    /// connection nothing is on its way any longer: that is [`Replica::connected`].
    pub fn told_everything(
        &mut self,
        form: &Form,
        version: u64,
        told: impl IntoIterator<Item = Told>,
    ) {
        let mut told = self.told_of(form, told);
        for (id, field) in &mut self.fields {
            let (theirs, at, by) = of_server(told.remove(id));
            if at < field.version {
                // The answers were erased.
                field.kept = theirs.clone();
            }
            if at != field.version {
                field.order(theirs, at, by, false);
            }
        }
        self.kept = self.kept.min(version);
    }

    /// The server refuses a write, such as one that is too large or comes too late. It is not
    /// sent again, nor is what was typed since, and the field shows what the server has. What was
    /// typed last, which is shown no longer: the page keeps it as what was displaced, so that it
    /// can be taken back.
    pub fn refused(&mut self, request: Uuid) -> Option<(FieldId, FieldValue)> {
        let (id, field) = self
            .fields
            .iter_mut()
            .find(|(_, field)| field.sent.as_ref().is_some_and(|sent| sent.request == request))?;
        let sent = field.sent.take()?;
        let typed = field.typed.take().unwrap_or(sent.value);
        (!typed.is_empty() && typed != field.ordered).then(|| (id.clone(), typed))
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
        form: &Form,
        version: u64,
        told: impl IntoIterator<Item = Told>,
        mut request: impl FnMut() -> Uuid,
    ) -> Reconnected {
        let mut told = self.told_of(form, told);
        let mut found = Reconnected::default();
        for (id, field) in &mut self.fields {
            let (theirs, at, by) = of_server(told.remove(id));
            // A server that was killed may have forgotten what it had not kept.
            let wrote = field.sent.is_some()
                || field.typed.is_some()
                || field.own && field.version > self.kept;
            let ours = field.shown().clone();
            let mut shown = theirs.clone();
            if wrote {
                let base = field.beginning(&theirs, self.kept);
                shown = field.joining.joined(base, &ours, &theirs).unwrap_or_else(|| {
                    if !theirs.is_empty() {
                        found.displaced.push((id.clone(), theirs.clone()));
                    }
                    ours
                });
            }
            field.kept = theirs.clone();
            field.order(theirs, at, by, false);
            field.sent = None;
            field.typed = Some(shown);
            found.sending.extend(Self::next(id, field, request()));
            field.typed = None;
        }
        self.kept = version;
        found
    }

    /// What the server told, by field; the form's are there from now on, as it joins them.
    fn told_of(
        &mut self,
        form: &Form,
        told: impl IntoIterator<Item = Told>,
    ) -> BTreeMap<FieldId, Told> {
        for asked in form.fields() {
            self.fields.entry(asked.id.clone()).or_default().joining = Joining::of(asked);
        }
        let told: BTreeMap<FieldId, Told> =
            told.into_iter().map(|one| (one.field.clone(), one)).collect();
        for id in told.keys() {
            self.fields.entry(id.clone()).or_default();
        }
        told
    }
}

/// The value, version and writer of a field, of which the server may have nothing.
fn of_server(told: Option<Told>) -> (FieldValue, u64, Option<Writer>) {
    told.map(|told| (told.value, told.version, Some(told.by))).unwrap_or_default()
}
