//! What the hall does with drafts that were sent before the visit (预审, 证前指导): it looks at
//! them, writes remarks, returns them or says that they are all right.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use jiban_app::api::Call;
use jiban_app::api::drafts::{ClearDraft, PutRemark, ReturnDraft, SettleRemark};
use jiban_domain::access::{Action, Subject};
use jiban_domain::draft::{Draft, DraftRefusal, DraftState, Remark, checkers, remark};
use jiban_domain::event::HallEvent;
use jiban_domain::form::FieldValue;
use jiban_domain::setup::Hall;
use jiban_domain::{DepartmentId, DraftId, FieldId, Millis, Refusal, Token};
use serde_json::json;

use super::{HallService, REMARKS, Room, about_draft, put};
use crate::change::drafts::DraftChange;
use crate::change::{Change, SessionKey};
use crate::service::access::Caller;
use crate::service::looks::WINDOW;
use crate::service::moment;
use crate::service::prefetch::Prefetch;
use crate::service::unit_of_work::{About, UnitOfWork};

/// Looks at drafts that were recorded lately: a page reads a draft again with each of its
/// files.
#[derive(Debug, Default)]
pub struct DraftLooks(Mutex<HashMap<(SessionKey, DraftId), Millis>>);

impl DraftLooks {
    fn is_noted(&self, session: &SessionKey, draft: DraftId, now: Millis) -> bool {
        let looks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        looks.get(&(*session, draft)).is_some_and(|at| (now - WINDOW..=now).contains(at))
    }

    fn note(&self, session: &SessionKey, draft: DraftId, now: Millis) {
        let mut looks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        looks.retain(|_, at| (now - WINDOW..=now).contains(at));
        looks.insert((*session, draft), now);
    }
}

/// What a remark or move changes: the draft, and its remarks.
type Changed<'a> = (&'a mut Draft, &'a mut Vec<Remark>);

impl HallService {
    /// A draft that was sent, for somebody who may look at it. The look is recorded, once for a
    /// while.
    ///
    /// # Errors
    /// As [`jiban_domain::access::may`]; [`DraftRefusal::WrongDraftState`] for one that its
    /// applicant is still writing.
    pub async fn look_at_draft(
        &self,
        me: &Caller,
        action: Action,
        id: DraftId,
    ) -> Result<Arc<Room>, Refusal> {
        let room = self.room_of(id).await?;
        let draft = room.now().draft;
        self.may_on_draft(me, action, &draft)?;
        require_in_hand(&draft)?;
        self.refresh_form(&room);
        let steady = self.clock.steady();
        if !self.drafts.looks.is_noted(&me.session, id, steady) {
            let caller = me.clone();
            self.execute_with(None, vec![Prefetch::Draft(id)], move |work| {
                let draft = work.draft(id)?.draft.clone();
                require_on_draft(work, &caller, action, &draft)?;
                let (by, detail) = (caller.clerk.as_str(), json!({ "draft": id }));
                let kind = HallEvent::DraftLookedAt;
                work.append_event(kind, draft.hall, About::Hall, by, &detail);
                Ok("{}".to_owned())
            })
            .await?;
            self.drafts.looks.note(&me.session, id, steady);
        }
        Ok(room)
    }

    /// Refuses what somebody may not do with a draft now.
    ///
    /// # Errors
    /// As [`jiban_domain::access::may`].
    pub fn may_on_draft(&self, me: &Caller, action: Action, draft: &Draft) -> Result<(), Refusal> {
        let live_state = self.live_state();
        let departments = departments(live_state.setup().setup.hall(&draft.hall), draft);
        let subject = Subject::Draft { draft, departments: &departments };
        me.require(&live_state, self.clock.now(), action, &subject)
    }

    /// Adds a remark.
    ///
    /// # Errors
    /// It is empty or too long, or about nothing that the draft has.
    pub async fn put_remark(&self, me: &Caller, q: PutRemark) -> Result<Arc<Room>, Refusal> {
        let content = serde_json::to_vec(&(PutRemark::PATH, &q)).unwrap_or_default();
        // Free words could be guessed from an ordinary hash.
        let request = (q.request_id, self.vault.digest(&content));
        let room = self.room_of(q.draft).await?;
        let known = match &q.about {
            remark::About::Field(field) => room.now().form.field(field).is_some(),
            remark::About::Material(key) => self.has_material(&room, key),
            remark::About::Draft => true,
        };
        if !known {
            return Err(DraftRefusal::UnknownField.into());
        }
        let (by, at) = (me.clerk.clone(), self.clock.now());
        let kind = (Action::PutRemark, HallEvent::DraftRemarked);
        self.change_in_hand(me, room, request, kind, move |(draft, remarks), _| {
            require_in_hand(draft)?;
            remark::add(remarks, q.about.clone(), &q.words, &by, at)
        })
        .await
    }

    /// Settles a remark, or takes that back.
    ///
    /// # Errors
    /// [`DraftRefusal::UnknownRemark`].
    pub async fn settle_remark(&self, me: &Caller, q: SettleRemark) -> Result<Arc<Room>, Refusal> {
        let request = (q.request_id, crate::service::digest::<SettleRemark>(&q));
        let room = self.room_of(q.draft).await?;
        let kind = (Action::SettleRemark, HallEvent::DraftRemarked);
        self.change_in_hand(me, room, request, kind, move |(draft, remarks), _| {
            require_in_hand(draft)?;
            remark::settle(remarks, q.remark, q.settled)
        })
        .await
    }

    /// Returns a draft with its remarks.
    ///
    /// # Errors
    /// Nothing is to be changed by any remark, or somebody was faster.
    pub async fn return_draft(&self, me: &Caller, q: ReturnDraft) -> Result<Arc<Room>, Refusal> {
        let request = (q.request_id, crate::service::digest::<ReturnDraft>(&q));
        let room = self.room_of(q.draft).await?;
        let (by, of) = (me.clerk.clone(), room.clone());
        let kind = (Action::ReturnDraft, HallEvent::DraftReturned);
        self.change_in_hand(me, room, request, kind, move |(draft, remarks), _| {
            let entries = of.now().entries;
            let written = |field: &FieldId| entries.get(field).map(|entry| entry.at);
            let open = remarks.iter().filter(|one| !one.is_settled(draft, written)).count();
            draft.give_back(open, &by)
        })
        .await
    }

    /// Says that a draft is all right. What was remarked is settled by it.
    ///
    /// # Errors
    /// Somebody was faster; or the applicant has emptied what the form asks for.
    pub async fn clear_draft(&self, me: &Caller, q: ClearDraft) -> Result<Arc<Room>, Refusal> {
        let request = (q.request_id, crate::service::digest::<ClearDraft>(&q));
        let room = self.room_of(q.draft).await?;
        let by = me.clerk.clone();
        let kind = (Action::ClearDraft, HallEvent::DraftCleared);
        self.change_in_hand(me, room, request, kind, move |(draft, remarks), complete| {
            let was_open = draft.state == DraftState::Returned;
            draft.clear(q.bring_originals, &by)?;
            if was_open {
                complete?;
            }
            for remark in remarks.iter_mut() {
                remark.settled = true;
            }
            Ok(())
        })
        .await
    }

    /// Changes a draft and its remarks, for somebody who may. `change` is told what the form
    /// lacks.
    async fn change_in_hand(
        &self,
        me: &Caller,
        room: Arc<Room>,
        request: (uuid::Uuid, [u8; 32]),
        (action, kind): (Action, HallEvent),
        change: impl Fn(Changed<'_>, Result<(), DraftRefusal>) -> Result<(), DraftRefusal>
        + Send
        + Sync
        + 'static,
    ) -> Result<Arc<Room>, Refusal> {
        self.may_on_draft(me, action, &room.now().draft)?;
        self.require_sealing().await?;
        let held = room.hold().await;
        self.refresh_form(&room);
        self.keep_room(&room, None).await?;
        let now = room.now();
        let lacks = self.check_draft(&now).refusals;
        let (id, token, caller, vault) = (room.id, room.token, me.clone(), self.vault.clone());
        let before = now.remarks.clone();
        self.execute_with(Some(request), vec![Prefetch::Draft(id)], move |work| {
            let _held = &held;
            work.require_date()?;
            let mut draft = work.draft(id)?.draft.clone();
            require_on_draft(work, &caller, action, &draft)?;
            let mut remarks = (*before).clone();
            let complete = match lacks.as_slice() {
                [] => Ok(()),
                lacks => Err(DraftRefusal::FormNotComplete(lacks.to_vec())),
            };
            change((&mut draft, &mut remarks), complete)?;
            let setup = work.setup();
            let hall = setup.setup.hall(&draft.hall);
            let kept_days = hall.map_or(0, |hall| hall.cases.draft_kept_days);
            draft.keep(kept_days, moment(hall, work.now()));
            let count = remarks.len();
            let detail = json!({ "state": draft.state, "remarks": count });
            put(work, draft, kind, caller.clerk.as_str(), detail);
            if remarks != *before {
                // Remarks have nothing that JSON cannot represent.
                let plain = serde_json::to_string(&remarks).unwrap_or_default();
                let sealed = vault.seal_text(&about_draft(token, REMARKS), &plain);
                work.put(Change::Draft(DraftChange::Remarks {
                    draft: id,
                    sealed,
                    remarks: Arc::new(remarks),
                }));
            }
            Ok("{}".to_owned())
        })
        .await?;
        Ok(room)
    }

    fn has_material(&self, room: &Room, key: &str) -> bool {
        let now = room.now();
        let setup = self.live_state().setup().clone();
        let hall = setup.setup.hall(&room.hall);
        let plan =
            hall.and_then(|hall| jiban_domain::case::plan::plan(hall, &now.draft.subject).ok());
        let asked = plan.into_iter().flat_map(|plan| plan.materials).any(|one| {
            jiban_domain::draft::material_key(one.document.as_deref(), &one.name) == key
        });
        asked || now.draft.files.iter().any(|file| file.material == key)
    }

    /// The remarks of a draft, opened.
    ///
    /// # Errors
    /// They cannot be decrypted.
    pub fn opened_remarks(
        &self,
        draft: &Draft,
        sealed: Option<&[u8]>,
    ) -> Result<Vec<Remark>, Refusal> {
        let Some(sealed) = sealed else { return Ok(Vec::new()) };
        let opened = self.vault.open_text(&about_draft(draft.token, REMARKS), sealed);
        let opened = opened.map_err(|error| not_opened(draft, &error))?;
        Ok(serde_json::from_str(&opened).unwrap_or_default())
    }

    /// One answer of a draft, opened.
    ///
    /// # Errors
    /// It cannot be decrypted.
    pub fn opened_answer(
        &self,
        draft: &Draft,
        field: &FieldId,
        sealed: &[u8],
    ) -> Result<FieldValue, Refusal> {
        let opened = self.vault.open_text(&about_draft(draft.token, field.as_str()), sealed);
        let opened = opened.map_err(|error| not_opened(draft, &error))?;
        Ok(serde_json::from_str(&opened).unwrap_or_default())
    }

    /// A token by which the staff know a draft: it opens a case from it, and nothing of the
    /// applicant's.
    pub fn draft_alias(&self, own: Token) -> Token {
        Token(self.vault.alias(own.0))
    }

    /// The room of a draft by its own token, or by the one that [`HallService::draft_alias`]
    /// made.
    ///
    /// # Errors
    /// [`DraftRefusal::UnknownDraft`].
    pub async fn draft_for_staff(&self, me: &Caller, token: Token) -> Result<Arc<Room>, Refusal> {
        let unknown = Refusal::from(DraftRefusal::UnknownDraft);
        let room = match self.room(token).await {
            Err(refusal) if refusal == unknown => {
                self.room(Token(self.vault.of_alias(token.0))).await?
            }
            room => room?,
        };
        self.may_on_draft(me, Action::LookAtDraft, &room.now().draft)?;
        Ok(room)
    }
}

fn not_opened(draft: &Draft, error: &crate::vault::VaultError) -> Refusal {
    tracing::error!(%error, draft = draft.id.0, "a draft could not be decrypted");
    Refusal::Unavailable
}

fn departments(hall: Option<&Hall>, draft: &Draft) -> Vec<DepartmentId> {
    hall.map(|hall| checkers::departments(hall, &draft.subject)).unwrap_or_default()
}

/// Refuses what somebody may not do with a draft by the hall as it is in this transaction.
pub(super) fn require_on_draft(
    work: &UnitOfWork<'_>,
    me: &Caller,
    action: Action,
    draft: &Draft,
) -> Result<(), Refusal> {
    let setup = work.setup();
    let departments = departments(setup.setup.hall(&draft.hall), draft);
    work.require(me, action, &Subject::Draft { draft, departments: &departments })
}

/// Refuses to look at what its applicant has not sent, or has given up.
fn require_in_hand(draft: &Draft) -> Result<(), DraftRefusal> {
    match draft.state {
        DraftState::Sent | DraftState::Returned | DraftState::Cleared => Ok(()),
        state => Err(DraftRefusal::WrongDraftState(state)),
    }
}
