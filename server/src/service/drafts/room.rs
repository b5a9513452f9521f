//! A draft that somebody works on, in memory.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiban_app::api::apply::By;
use jiban_domain::draft::effort::Effort;
use jiban_domain::draft::replica;
use jiban_domain::draft::{
    BYTES, Draft, DraftRefusal, Entry, ProofKind, Remark, SharedValues, Write, Writer, Written,
};
use jiban_domain::form::check::fits;
use jiban_domain::form::compare::reworded;
use jiban_domain::form::{FieldKind, FieldValue, Form};
use jiban_domain::{ClerkId, DraftId, FieldId, HallId, Millis, Refusal, Text, Token};
use tokio::sync::{OwnedMutexGuard, broadcast};
use uuid::Uuid;

/// Messages that a slow page may be behind. It is told everything anew then.
const BEHIND: usize = 512;

/// What all who look at a draft are told.
#[derive(Debug, Clone)]
pub enum Told {
    /// A value in the server's order, and what it displaces.
    Value(replica::Told, Option<FieldValue>),
    /// Everything up to a version is kept.
    Kept(u64),
    /// More than a value has changed.
    Draft,
    At(By, Option<FieldId>),
    Point(FieldId),
    Present(By, Option<Text>, bool),
    HelpEnded,
}

/// A draft as it is now.
#[derive(Debug, Clone)]
pub struct RoomNow {
    pub draft: Arc<Draft>,
    pub remarks: Arc<Vec<Remark>>,
    /// The form now in force.
    pub form: Arc<Form>,
    /// Its digest.
    pub digest: Arc<str>,
    pub entries: BTreeMap<FieldId, Entry>,
    pub version: u64,
    pub helper: Option<ClerkId>,
}

impl RoomNow {
    /// The answers alone.
    pub fn values(&self) -> jiban_domain::form::Values {
        let entries = self.entries.iter().filter(|(_, entry)| !entry.value.is_empty());
        entries.map(|(id, entry)| (id.clone(), entry.value.clone())).collect()
    }

    /// By what it is proven who applies.
    pub fn proof(&self) -> Option<ProofKind> {
        self.draft.proof.kind(|field| self.written(field))
    }

    /// By what the answer to a field is proven.
    pub fn proof_of(&self, field: &FieldId) -> Option<ProofKind> {
        self.draft.proof.of_field(field, |field| self.written(field))
    }

    fn written(&self, field: &FieldId) -> Option<u64> {
        self.entries.get(field).map(|entry| entry.version)
    }
}

/// A draft that somebody works on.
#[derive(Debug)]
pub struct Room {
    pub id: DraftId,
    /// The applicant's.
    pub token: Token,
    pub hall: HallId,
    inner: Mutex<Inner>,
    told: broadcast::Sender<Told>,
    /// Held during a move, so that there is one at a time.
    moving: Arc<tokio::sync::Mutex<()>>,
    /// When somebody last asked for it, by [`crate::clock::HallTime::steady`].
    used: AtomicI64,
}

/// A move of a draft: no other begins, and nothing is written, until the last clone is dropped. The
/// writer's command holds one, so that this lasts until the commit whoever has gone meanwhile.
#[derive(Debug, Clone)]
pub struct Held(Arc<HeldRoom>);

#[derive(Debug)]
struct HeldRoom {
    room: Arc<Room>,
    // Dropped after the room is thawed.
    _one: OwnedMutexGuard<()>,
}

impl Held {
    pub fn room(&self) -> &Arc<Room> {
        &self.0.room
    }

    /// Nothing is written from now on.
    pub(super) fn freeze(&self) {
        self.0.room.inner().frozen = true;
    }
}

impl Drop for HeldRoom {
    fn drop(&mut self) {
        self.room.inner().frozen = false;
    }
}

#[derive(Debug)]
struct Inner {
    draft: Arc<Draft>,
    remarks: Arc<Vec<Remark>>,
    form: Arc<Form>,
    digest: Arc<str>,
    values: SharedValues,
    /// What is kept of it may be another.
    doubted: bool,
    /// Grows with all that is taken over or comes into doubt: what was read before is older.
    known: u64,
    /// Answers that are not kept yet.
    unkept: BTreeSet<FieldId>,
    /// What writing them took.
    effort: Effort,
    /// When the last was written, if it was in this room.
    written_at: Option<Millis>,
    /// A move looks at the answers: nothing may be written meanwhile.
    frozen: bool,
    helper: Option<ClerkId>,
    /// Fields whose faults are counted already.
    counted: BTreeSet<FieldId>,
    /// Pages that are open, by side.
    pages: HashMap<By, u32>,
}

/// Answers to be kept.
#[derive(Debug, Clone)]
pub(super) struct Unkept {
    pub version: u64,
    pub entries: Vec<(FieldId, Entry)>,
    /// What writing them took.
    pub effort: Effort,
}

impl Room {
    pub(super) fn new(
        draft: Draft,
        remarks: Vec<Remark>,
        (form, digest): (Arc<Form>, Arc<str>),
        values: SharedValues,
    ) -> Self {
        Self {
            id: draft.id,
            token: draft.token,
            hall: draft.hall.clone(),
            inner: Mutex::new(Inner {
                draft: Arc::new(draft),
                remarks: Arc::new(remarks),
                form,
                digest,
                values,
                doubted: false,
                known: 0,
                unkept: BTreeSet::new(),
                effort: Effort::default(),
                written_at: None,
                frozen: false,
                helper: None,
                counted: BTreeSet::new(),
                pages: HashMap::new(),
            }),
            told: broadcast::Sender::new(BEHIND),
            moving: Arc::default(),
            used: AtomicI64::new(0),
        }
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is told from now on.
    pub fn listen(&self) -> broadcast::Receiver<Told> {
        self.told.subscribe()
    }

    /// The draft as it is now, and what is told from now on.
    pub fn join(&self) -> (RoomNow, broadcast::Receiver<Told>) {
        let inner = self.inner();
        (inner.now(), self.told.subscribe())
    }

    pub fn now(&self) -> RoomNow {
        self.inner().now()
    }

    /// Tells all who look at it.
    pub fn tell(&self, told: Told) {
        // Nobody may be looking.
        let _ = self.told.send(told);
    }

    pub(super) fn has_unkept(&self) -> bool {
        !self.inner().unkept.is_empty()
    }

    /// Takes an answer, and the touches that it took, into the server's order, and tells it.
    pub(super) fn write(&self, write: Write, touches: u32) -> Result<Written, Refusal> {
        let mut inner = self.inner();
        inner.draft.require_writable()?;
        if inner.frozen {
            return Err(Refusal::Busy { seconds: 1 });
        }
        let form = inner.form.clone();
        let asked = form.field(&write.field).ok_or(DraftRefusal::UnknownField)?;
        if asked.kind == FieldKind::Consent && write.by != Writer::Applicant {
            return Err(DraftRefusal::ApplicantOnly.into());
        }
        if !fits(asked, &write.value) {
            return Err(DraftRefusal::BadValue.into());
        }
        if inner.values.bytes_with(&write.field, &write.value) > BYTES {
            return Err(DraftRefusal::DraftTooLarge.into());
        }
        let (request, field, by) = (write.request, write.field.clone(), write.by.clone());
        let at = write.at;
        let written = inner.values.write(asked, write);
        if !written.repeated {
            inner.unkept.insert(field.clone());
            let before = inner.written_at.replace(at);
            inner.effort.add(touches, before, at);
            let told = replica::Told {
                field,
                value: written.value.clone(),
                version: written.version,
                by,
                request: Some(request),
            };
            // Under the lock, so that all are told in the order of the versions.
            self.tell(Told::Value(told, written.displaced.clone()));
        }
        Ok(written)
    }

    /// The answers that are not kept yet. Whoever fails to keep them puts them back.
    pub(super) fn take_unkept(&self) -> Unkept {
        let mut inner = self.inner();
        let fields = std::mem::take(&mut inner.unkept);
        let effort = std::mem::take(&mut inner.effort);
        let entries = fields.into_iter().filter_map(|field| {
            let entry = inner.values.entries().get(&field)?.clone();
            Some((field, entry))
        });
        Unkept { version: inner.values.version(), entries: entries.collect(), effort }
    }

    pub(super) fn put_back(&self, unkept: &Unkept) {
        let mut inner = self.inner();
        inner.unkept.extend(unkept.entries.iter().map(|(field, _)| field.clone()));
        inner.effort.join(unkept.effort);
    }

    /// Waits until no move is under way, and begins one.
    pub(super) async fn hold(self: &Arc<Self>) -> Held {
        let held = self.hold_unfrozen().await;
        held.freeze();
        held
    }

    /// The same while answers are still written.
    pub(super) async fn hold_unfrozen(self: &Arc<Self>) -> Held {
        let one = self.moving.clone().lock_owned().await;
        Held(Arc::new(HeldRoom { room: self.clone(), _one: one }))
    }

    /// Takes over what was committed.
    pub(super) fn replace(&self, draft: Arc<Draft>) {
        let mut inner = self.inner();
        inner.known += 1;
        inner.draft = draft;
        drop(inner);
        self.tell(Told::Draft);
    }

    pub(super) fn use_remarks(&self, remarks: Arc<Vec<Remark>>) {
        let mut inner = self.inner();
        inner.known += 1;
        inner.remarks = remarks;
    }

    /// What is kept of it may be another.
    pub(super) fn doubt(&self) {
        let mut inner = self.inner();
        inner.known += 1;
        inner.doubted = true;
    }

    /// Whether it has to be read again, and what [`Room::settle`] is then told.
    pub(super) fn doubted(&self) -> Option<u64> {
        let inner = self.inner();
        inner.doubted.then_some(inner.known)
    }

    /// Takes over what was read since [`Room::doubted`]: the draft, and its remarks unless it is
    /// erased. Where something was committed meanwhile, that may be newer, and the doubt stays.
    pub(super) fn settle(&self, known: u64, draft: Arc<Draft>, remarks: Option<Vec<Remark>>) {
        let mut inner = self.inner();
        if inner.known != known {
            return;
        }
        inner.doubted = false;
        match remarks {
            Some(remarks) => inner.remarks = Arc::new(remarks),
            None => inner.erase(),
        }
        inner.draft = draft;
        drop(inner);
        self.tell(Told::Draft);
    }

    /// Somebody asks for it.
    pub(super) fn use_at(&self, now: Millis) {
        self.used.store(now, Ordering::Relaxed);
    }

    /// Whether nobody has asked for it since, and nothing of it is only here.
    pub(super) fn is_idle_since(&self, then: Millis) -> bool {
        let inner = self.inner();
        self.used.load(Ordering::Relaxed) < then
            && inner.unkept.is_empty()
            && inner.pages.values().all(|pages| *pages == 0)
    }

    /// Its answers are erased.
    pub(super) fn erase(&self) {
        let mut inner = self.inner();
        inner.known += 1;
        inner.erase();
        drop(inner);
        self.tell(Told::Draft);
    }

    /// Takes over a form of a newer setup. Returns whether it is another.
    pub(super) fn use_form(&self, (form, digest): (Arc<Form>, Arc<str>), at: Millis) -> bool {
        let mut inner = self.inner();
        let other = inner.digest != digest;
        let before = std::mem::replace(&mut inner.form, form);
        inner.digest = digest;
        if other {
            inner.disagree(&before, at);
        }
        other
    }

    /// What was agreed to in a form and has other words now is to be agreed to anew.
    pub(super) fn disagree(&self, before: &Form, at: Millis) {
        self.inner().disagree(before, at);
    }

    /// Whether what is not kept yet is agreed to.
    pub(super) fn agrees(&self, unkept: &Unkept) -> bool {
        let inner = self.inner();
        let is_consent = |id| inner.form.field(id).is_some_and(|f| f.kind == FieldKind::Consent);
        unkept.entries.iter().any(|(field, _)| is_consent(field))
    }

    /// Those of these fields that were not counted as wrong before.
    pub(super) fn count_wrong(&self, fields: impl Iterator<Item = FieldId>) -> Vec<FieldId> {
        let mut inner = self.inner();
        fields.filter(|field| inner.counted.insert(field.clone())).collect()
    }

    /// A page of one side was opened. Whether the other side has one.
    pub fn come(&self, side: By) -> bool {
        let mut inner = self.inner();
        *inner.pages.entry(side).or_default() += 1;
        inner.pages.iter().any(|(one, pages)| *one != side && *pages > 0)
    }

    /// A page of one side was closed. Whether it was its last.
    pub fn leave(&self, side: By) -> bool {
        let mut inner = self.inner();
        let pages = inner.pages.entry(side).or_default();
        *pages = pages.saturating_sub(1);
        *pages == 0
    }

    pub(super) fn set_helper(&self, helper: Option<ClerkId>) {
        self.inner().helper = helper;
    }
}

impl Inner {
    fn erase(&mut self) {
        self.values = SharedValues::default();
        self.unkept.clear();
        self.remarks = Arc::default();
    }

    fn disagree(&mut self, before: &Form, at: Millis) {
        if !self.draft.state.is_writable() {
            return;
        }
        let now = self.form.clone();
        for asked in reworded(before, &now) {
            let (field, entries) = (asked.id.clone(), self.values.entries());
            if entries.get(&field).is_some_and(|one| !one.value.is_empty()) {
                self.unkept.insert(field.clone());
                let (request, value) = (Uuid::new_v4(), FieldValue::default());
                let by = Writer::Applicant;
                self.values.write(asked, Write { request, field, value, base: None, by, at });
            }
        }
    }

    fn now(&self) -> RoomNow {
        RoomNow {
            draft: self.draft.clone(),
            remarks: self.remarks.clone(),
            form: self.form.clone(),
            digest: self.digest.clone(),
            entries: self.values.entries().clone(),
            version: self.values.version(),
            helper: self.helper.clone(),
        }
    }
}
