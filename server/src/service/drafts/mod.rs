//! The commands about drafts. While somebody works on a draft, its answers are in memory in the
//! server's order ([`room`]); what is written is told to all who look at it at once, and kept
//! some milliseconds later, many answers in one commit ([`keep`]). So a key costs the one
//! writer next to nothing, and nobody's number waits for it. A page sends again what it was not
//! told is kept.
//!
//! - [`begin`], [`read`], [`write`], [`page`], [`moves`], [`files`], [`sign`]: what applicants do;
//!   [`offers`]: what is offered for a field
//! - [`check`]: what the hall does before the visit; [`visit`]: that it books one
//! - [`receive`]: a draft that becomes a case; [`faults`]: what was not right, counted
//! - [`sign_in`]: who the applicant is, by a provider
//! - [`help`]: somebody beside the applicant, by six figures
//! - [`expire`]: what time alone does

mod begin;
pub mod check;
mod expire;
mod faults;
mod files;
mod help;
mod keep;
mod moves;
mod offers;
mod page;
mod read;
mod receive;
mod room;
mod rooms;
mod sign;
pub mod sign_in;
mod visit;
mod write;

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiban_domain::draft::{Draft, DraftRefusal, Writer};
use jiban_domain::event::HallEvent;
use jiban_domain::{DraftId, Millis, Refusal, Token};
use serde_json::{Value, json};
use tokio::sync::Notify;
use uuid::Uuid;

use super::unit_of_work::{About, UnitOfWork};
use super::{HallService, read_failed};
use crate::change::Change;
use crate::change::drafts::DraftChange;
use crate::limits::{ClientAddress, Limits, Rate, Recent};

pub use files::DraftPlace;
pub use page::{PageRefused, PostedAnswer, PostedPage};
pub use receive::Received;
pub(super) use receive::{Receiving, ToReceive, commit, put_received, receive};
pub use room::{Held, Room, RoomNow, Told};
pub use rooms::Rooms;

/// Drafts from one address in ten minutes. A hall's phones often share one address.
const BEGUN: u32 = 60;
const TEN_MINUTES: Millis = 10 * 60_000;
/// Plain writes of one draft a second, over some seconds: nobody types as fast.
const WRITES: u32 = 20;
const AHEAD: Duration = Duration::from_secs(10);
/// Moves of one draft, and files added to it or removed, in ten minutes.
const MOVES: u32 = 120;
/// Rooms in memory before those are dropped that nobody uses.
const ROOMS: usize = 500;

/// The drafts that somebody works on.
#[derive(Debug)]
pub struct Drafts {
    rooms: Rooms,
    /// One is loaded at a time, so that a draft has one room.
    loading: tokio::sync::Mutex<()>,
    /// Those with answers that are not kept yet.
    dirty: Mutex<HashSet<Token>>,
    written: Notify,
    help: help::Help,
    looks: check::DraftLooks,
    sign_ins: sign_in::SignIns,
    begun: Recent<ClientAddress>,
    /// Plain writes, by draft.
    writes: Rate<Token>,
    /// What is done with a whole draft, and files that are added or removed, by draft.
    moves: Recent<Token>,
}

impl Drafts {
    pub fn new(limits: &Limits, rooms: Rooms) -> Self {
        Self {
            rooms,
            loading: tokio::sync::Mutex::default(),
            dirty: Mutex::default(),
            written: Notify::new(),
            help: help::Help::default(),
            looks: check::DraftLooks::default(),
            sign_ins: sign_in::SignIns::default(),
            begun: Recent::new(limits.most(BEGUN), TEN_MINUTES),
            writes: Rate::new(if limits.lifted { u32::MAX } else { WRITES }, AHEAD),
            moves: Recent::new(limits.most(MOVES), TEN_MINUTES),
        }
    }

    fn rooms(&self) -> MutexGuard<'_, HashMap<Token, Arc<Room>>> {
        self.rooms.all()
    }

    fn dirty(&self) -> MutexGuard<'_, HashSet<Token>> {
        self.dirty.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Somebody at a draft.
#[derive(Debug, Clone)]
pub struct AtDraft {
    pub room: Arc<Room>,
    pub writer: Writer,
    /// By which they came.
    pub token: Token,
}

impl AtDraft {
    /// Refuses what a helper may not do.
    ///
    /// # Errors
    /// [`DraftRefusal::ApplicantOnly`].
    pub fn require_applicant(&self) -> Result<(), DraftRefusal> {
        match self.writer {
            Writer::Applicant => Ok(()),
            Writer::Helper(_) => Err(DraftRefusal::ApplicantOnly),
        }
    }
}

impl HallService {
    /// The draft of a token: the applicant's, or a helper's as long as the help lasts.
    ///
    /// # Errors
    /// [`DraftRefusal::UnknownDraft`], [`DraftRefusal::HelpEnded`].
    pub async fn at_draft(&self, token: Token) -> Result<AtDraft, Refusal> {
        if let Some((own, clerk)) = self.helped_draft(token)? {
            let room = self.room(own).await?;
            return Ok(AtDraft { room, writer: Writer::Helper(clerk), token });
        }
        let room = self.room(token).await?;
        Ok(AtDraft { room, writer: Writer::Applicant, token })
    }

    /// The room of a draft, by the applicant's token.
    async fn room(&self, token: Token) -> Result<Arc<Room>, Refusal> {
        let room = self.opened_room(token).await?;
        room.use_at(self.clock.steady());
        // Once more where something was committed while it was read.
        while let Some(known) = room.doubted() {
            self.reload(&room, known).await?;
        }
        Ok(room)
    }

    async fn opened_room(&self, token: Token) -> Result<Arc<Room>, Refusal> {
        let open = || self.drafts.rooms().get(&token).cloned();
        if let Some(room) = open() {
            return Ok(room);
        }
        let _one = self.drafts.loading.lock().await;
        if let Some(room) = open() {
            return Ok(room);
        }
        let stored = self.reader.draft(token).await.map_err(read_failed)?;
        let stored = stored.ok_or(DraftRefusal::UnknownDraft)?;
        let room = Arc::new(self.loaded_room(stored).await?);
        // Dropped from memory while nobody wrote, with somebody beside its applicant.
        room.set_helper(self.helper_of(&room).map(|(_, clerk)| clerk));
        let mut rooms = self.drafts.rooms();
        if rooms.len() >= ROOMS {
            rooms.retain(|_, room| Arc::strong_count(room) > 1 || room.has_unkept());
        }
        rooms.insert(token, room.clone());
        // What was committed since it was read found no room to be put into.
        room.doubt();
        if room.has_unkept() {
            self.keep_soon(&room);
        }
        Ok(room)
    }

    /// Drops the rooms that nobody has used for a while.
    pub fn drop_idle_rooms(&self) {
        let then = self.clock.steady() - TEN_MINUTES;
        self.drafts
            .rooms()
            .retain(|_, room| Arc::strong_count(room) > 1 || !room.is_idle_since(then));
    }

    /// Refuses one more move of a draft, or file, where there were too many lately.
    fn require_calm(&self, draft: Token, request: Uuid) -> Result<(), Refusal> {
        let counted = self.drafts.moves.begin(&draft, request, self.clock.steady());
        counted.map_err(|seconds| Refusal::Busy { seconds })
    }

    /// The room of a draft that is in memory.
    async fn open_room_of(&self, id: DraftId) -> Result<Option<Arc<Room>>, Refusal> {
        let token = self.reader.draft_token(id).await.map_err(read_failed)?;
        Ok(token.and_then(|token| self.drafts.rooms().get(&token).cloned()))
    }

    /// The room of a draft, by its row.
    pub(super) async fn room_of(&self, id: DraftId) -> Result<Arc<Room>, Refusal> {
        let token = self.reader.draft_token(id).await.map_err(read_failed)?;
        self.room(token.ok_or(DraftRefusal::UnknownDraft)?).await
    }
}

/// The context an answer is sealed with: it opens only as that field of that draft.
pub fn about_draft(token: Token, field: &str) -> String {
    format!("draft/{token}/{field}")
}

/// The field under which remarks are sealed. No form has one of this name.
pub const REMARKS: &str = ".remarks";

/// Stores a changed draft and appends its event.
pub(super) fn put(
    work: &mut UnitOfWork<'_>,
    draft: Draft,
    kind: HallEvent,
    by: &str,
    mut detail: Value,
) {
    if let Some(detail) = detail.as_object_mut() {
        detail.insert("draft".to_owned(), json!(draft.id));
    }
    let hall = draft.hall.clone();
    work.put(Change::Draft(DraftChange::Put(Arc::new(draft))));
    work.append_event(kind, hall, About::Hall, by, &detail);
}
