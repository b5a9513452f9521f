//! Somebody of the hall beside an applicant. The applicant shows six figures, good for a minute
//! and for one; the helper gets a token of their own, which ends with the help, with their
//! session, or with a restart of the server.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiban_app::api::Call;
use jiban_app::api::apply::{
    BeginDraft, By, EndHelp, JoinDraft, JoinedDraft, ShareCode, ShareDraft, SharedWith,
};
use jiban_app::api::begin_beside::{BeginBeside, BegunBeside, InviteApplicant};
use jiban_domain::draft::{DraftRefusal, Way};
use jiban_domain::event::HallEvent;
use jiban_domain::{ClerkId, HallId, Millis, Refusal, Token};
use serde_json::json;

use super::{AtDraft, HallService, Room, Told, put};
use crate::limits::ClientAddress;
use crate::service::access::Caller;
use crate::service::guesses::{Door, Failure};
use crate::service::prefetch::Prefetch;
use crate::service::unit_of_work::About;
use crate::service::{digest, secret};

/// How long a code is good.
const GOOD_FOR: Millis = 60_000;

/// The codes that are shown just now, and who helps. Whoever locks both locks the helpers first.
#[derive(Debug, Default)]
pub struct Help {
    codes: Mutex<HashMap<String, Code>>,
    helpers: Mutex<HashMap<Token, Helper>>,
}

#[derive(Debug, Clone)]
struct Code {
    draft: Token,
    with: SharedWith,
    /// By [`crate::clock::HallTime::steady`].
    until: Millis,
}

#[derive(Debug, Clone)]
struct Helper {
    draft: Token,
    caller: Caller,
    /// They began the draft, and its applicant has not come yet: they may show the figures.
    invites: bool,
}

impl Help {
    fn show(&self, draft: Token, with: SharedWith, now: Millis) -> String {
        let mut codes = self.codes();
        codes.retain(|_, code| code.until > now && code.draft != draft);
        loop {
            let figures = secret::six_figures();
            if !codes.contains_key(&figures) {
                codes.insert(figures.clone(), Code { draft, with, until: now + GOOD_FOR });
                return figures;
            }
        }
    }

    fn draft_of(&self, figures: &str, with: SharedWith, now: Millis) -> Option<Token> {
        let codes = self.codes();
        let code = codes.get(figures).filter(|code| code.until > now && code.with == with);
        code.map(|code| code.draft)
    }

    /// Shows figures for the applicant's side, to a helper who may still do it.
    fn invite(&self, token: Token, now: Millis) -> Result<String, DraftRefusal> {
        // Locked until they are shown: the applicant must not come in between.
        let helpers = self.helpers();
        let helper = helpers.get(&token).ok_or(DraftRefusal::HelpEnded)?;
        if !helper.invites {
            return Err(DraftRefusal::ApplicantOnly);
        }
        Ok(self.show(helper.draft, SharedWith::Device, now))
    }

    /// The applicant has come: nobody shows figures for their side any longer, and those that a
    /// helper has just shown are good for nothing.
    fn stop_inviting(&self, draft: Token) {
        let mut helpers = self.helpers();
        let beside = helpers.values_mut().filter(|helper| helper.draft == draft);
        beside.for_each(|helper| helper.invites = false);
        self.codes().retain(|_, code| code.draft != draft || code.with != SharedWith::Device);
    }

    fn use_up(&self, figures: &str) -> bool {
        self.codes().remove(figures).is_some()
    }

    fn codes(&self) -> MutexGuard<'_, HashMap<String, Code>> {
        self.codes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn helpers(&self) -> MutexGuard<'_, HashMap<Token, Helper>> {
        self.helpers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl HallService {
    /// The draft of a helper's token, and the helper.
    ///
    /// # Errors
    /// [`DraftRefusal::HelpEnded`] once the helper's session has ended.
    pub(super) fn helped_draft(&self, token: Token) -> Result<Option<(Token, ClerkId)>, Refusal> {
        let helper = self.drafts.help.helpers().get(&token).cloned();
        let Some(Helper { draft, caller, .. }) = helper else { return Ok(None) };
        let live_state = self.live_state();
        if caller.staff(&live_state, self.clock.now()).is_err() {
            return Err(DraftRefusal::HelpEnded.into());
        }
        Ok(Some((draft, caller.clerk)))
    }

    /// Shows six figures for a draft, in place of those before.
    ///
    /// # Errors
    /// Somebody helps already, or the draft is over.
    pub async fn share_draft(&self, command: ShareDraft) -> Result<ShareCode, Refusal> {
        let at = self.at_draft(command.token).await?;
        at.require_applicant()?;
        let now = at.room.now();
        if now.draft.state.is_over() {
            return Err(DraftRefusal::WrongDraftState(now.draft.state).into());
        }
        let code = self.drafts.help.show(at.room.token, command.with, self.clock.steady());
        Ok(self.shown_until(code))
    }

    /// The draft that shows these figures, with which a clerk helps or another device goes on.
    /// Wrong tries of a clerk and of strangers have budgets of their own.
    async fn shared(
        &self,
        figures: &str,
        helper: Option<&ClerkId>,
        client: ClientAddress,
    ) -> Result<Arc<Room>, Refusal> {
        let now = self.clock.steady();
        let failure = Failure::at(Door::ShareCode, client);
        let (with, guess) = match helper {
            Some(clerk) => (SharedWith::Helper, self.guesses.join(clerk, now)),
            None => (SharedWith::Device, self.guesses.share(client, now)),
        };
        let guess = match guess {
            Ok(guess) => guess,
            Err(refusal) => return Err(self.record_refused(failure, refusal)),
        };
        let figures: String = figures.chars().filter(char::is_ascii_digit).collect();
        let Some(draft) = self.drafts.help.draft_of(&figures, with, now) else {
            self.record_failure(failure);
            return Err(DraftRefusal::WrongShareCode.into());
        };
        guess.right();
        self.room(draft).await
    }

    /// Goes on with a draft on another device, by the figures that the first shows.
    ///
    /// # Errors
    /// [`DraftRefusal::WrongShareCode`].
    pub async fn continue_draft(
        &self,
        figures: &str,
        client: ClientAddress,
    ) -> Result<AtDraft, Refusal> {
        let room = self.shared(figures, None, client).await?;
        self.use_up(figures)?;
        let (hall, detail) = (room.hall.clone(), json!({ "draft": room.id }));
        // Nobody takes an application over unseen.
        self.execute(None, move |work| {
            work.append_event(HallEvent::DraftContinued, hall.clone(), About::Hall, "", &detail);
            Ok("{}".to_owned())
        })
        .await?;
        // From now on the applicant's own screen shows the figures. Where the event could not be
        // written, nobody got the token, and the helper invites them again.
        self.drafts.help.stop_inviting(room.token);
        self.at_draft(room.token).await
    }

    /// Begins a draft for somebody who is here, and helps with it.
    ///
    /// # Errors
    /// The helper works in other halls, or the matter or bundle is unknown.
    pub async fn begin_beside(
        &self,
        me: Caller,
        command: BeginBeside,
    ) -> Result<BegunBeside, Refusal> {
        self.require_works_in(&me, &command.hall)?;
        // Not the digest of an applicant's own beginning: that answer has the applicant's token.
        let content = (BeginBeside::PATH, &me.clerk, &command);
        let request = (command.request_id, digest::<BeginBeside>(&content));
        let BeginBeside { request_id, hall, matter, bundle } = command;
        let begin = BeginDraft { request_id, hall, matter, bundle, kiosk: None };
        let at = self.begin(begin, request, Way::Counter, me.clerk.as_str()).await?;
        let room = &at.room;
        let _held = room.hold_unfrozen().await;
        let token = match self.helper_of(room) {
            // The answer was lost on its way, and is asked for again.
            Some((token, clerk)) if clerk == me.clerk => token,
            Some(_) => return Err(DraftRefusal::AlreadyHelped.into()),
            None if !room.now().draft.helped => self.stand_beside(room, me, true).await?,
            // Whoever was sent away needs new figures.
            None => return Err(DraftRefusal::HelpEnded.into()),
        };
        Ok(BegunBeside { token, code: self.invite(token)? })
    }

    /// Shows the figures for the applicant's screen, to who began the draft and helps with it.
    ///
    /// # Errors
    /// [`DraftRefusal::ApplicantOnly`] once the applicant has come.
    pub fn invite_applicant(
        &self,
        me: &Caller,
        command: InviteApplicant,
    ) -> Result<ShareCode, Refusal> {
        let helped = self.helped_draft(command.token)?;
        if helped.is_none_or(|(_, clerk)| clerk != me.clerk) {
            return Err(DraftRefusal::HelpEnded.into());
        }
        self.invite(command.token)
    }

    fn invite(&self, token: Token) -> Result<ShareCode, Refusal> {
        let code = self.drafts.help.invite(token, self.clock.steady())?;
        Ok(self.shown_until(code))
    }

    /// Figures that are shown from now on, and until when.
    fn shown_until(&self, code: String) -> ShareCode {
        ShareCode { code, until: self.clock.now() + GOOD_FOR }
    }

    /// Whether a caller works in a hall, where they are signed in.
    ///
    /// # Errors
    /// They are no longer signed in.
    pub fn works_in(&self, me: &Caller, hall: &HallId) -> Result<bool, Refusal> {
        let live_state = self.live_state();
        Ok(me.staff(&live_state, self.clock.now())?.works_in(hall))
    }

    /// Refuses a helper of other halls.
    fn require_works_in(&self, me: &Caller, hall: &HallId) -> Result<(), Refusal> {
        let works = self.works_in(me, hall)?;
        if works { Ok(()) } else { Err(DraftRefusal::HelperElsewhere.into()) }
    }

    fn use_up(&self, figures: &str) -> Result<(), Refusal> {
        let figures: String = figures.chars().filter(char::is_ascii_digit).collect();
        // Of two at once, one is too late.
        let used = self.drafts.help.use_up(&figures);
        if used { Ok(()) } else { Err(DraftRefusal::WrongShareCode.into()) }
    }

    /// Joins an applicant as a helper.
    ///
    /// # Errors
    /// The code is wrong, somebody helps already, or the helper works in other halls.
    pub async fn join_draft(
        &self,
        me: Caller,
        command: JoinDraft,
        client: ClientAddress,
    ) -> Result<JoinedDraft, Refusal> {
        let room = self.shared(&command.code, Some(&me.clerk), client).await?;
        let _held = room.hold_unfrozen().await;
        self.require_works_in(&me, &room.hall)?;
        let before = self.helper_of(&room);
        if before.as_ref().is_some_and(|(_, clerk)| *clerk != me.clerk) {
            return Err(DraftRefusal::AlreadyHelped.into());
        }
        self.use_up(&command.code)?;
        // The page on which they helped was closed or loaded again.
        if let Some((token, _)) = before {
            self.drafts.help.helpers().remove(&token);
        }
        Ok(JoinedDraft { token: self.stand_beside(&room, me, false).await? })
    }

    /// Puts a helper beside an applicant. Returns the helper's token.
    async fn stand_beside(
        &self,
        room: &Arc<Room>,
        me: Caller,
        invites: bool,
    ) -> Result<Token, Refusal> {
        let (id, clerk) = (room.id, me.clerk.clone());
        let token = secret::token();
        let name = self.clerk_name(&me.clerk);
        // Before it is written: whoever asks for it may be gone by then, and ask again.
        room.set_helper(Some(me.clerk.clone()));
        self.drafts.help.helpers().insert(token, Helper { draft: room.token, caller: me, invites });
        let begun = self.execute_with(None, vec![Prefetch::Draft(id)], move |work| {
            let mut draft = work.draft(id)?.draft.clone();
            draft.helped = true;
            put(work, draft, HallEvent::HelpBegun, clerk.as_str(), json!({}));
            Ok("{}".to_owned())
        });
        if let Err(refusal) = begun.await {
            self.drafts.help.helpers().remove(&token);
            room.set_helper(None);
            return Err(refusal);
        }
        // Who is beside the applicant is told once it is so.
        room.tell(Told::Draft);
        room.tell(Told::Present(By::Helper, Some(name), true));
        Ok(token)
    }

    /// The clerk who helps with a draft just now, and their token.
    pub(super) fn helper_of(&self, room: &Room) -> Option<(Token, ClerkId)> {
        let helpers = self.drafts.help.helpers();
        let live_state = self.live_state();
        helpers
            .iter()
            .filter(|(_, helper)| helper.draft == room.token)
            .find(|(_, helper)| helper.caller.staff(&live_state, self.clock.now()).is_ok())
            .map(|(token, helper)| (*token, helper.caller.clerk.clone()))
    }

    /// Ends the help of those whose sessions have ended, so that nobody is said to be beside an
    /// applicant who is not.
    pub async fn end_help_of_ended_sessions(&self) {
        let gone: Vec<Helper> = {
            let mut helpers = self.drafts.help.helpers();
            let live_state = self.live_state();
            let now = self.clock.now();
            let is_gone = |helper: &Helper| helper.caller.staff(&live_state, now).is_err();
            let gone = helpers.values().filter(|helper| is_gone(helper)).cloned().collect();
            helpers.retain(|_, helper| !is_gone(helper));
            gone
        };
        for Helper { draft, caller, .. } in gone {
            // One help whose end cannot be written keeps no other.
            if let Err(refusal) = self.end_help_of_gone(draft, caller.clerk).await {
                tracing::warn!(%refusal, "the end of a help could not be written");
            }
        }
    }

    async fn end_help_of_gone(&self, draft: Token, helper: ClerkId) -> Result<(), Refusal> {
        let room = self.room(draft).await?;
        // Somebody else may have come meanwhile.
        if self.helper_of(&room).is_none() {
            leave_applicant(&room);
        }
        self.note_help_ended(&room, "", helper).await
    }

    /// A clerk's name for the screens.
    pub fn clerk_name(&self, id: &ClerkId) -> jiban_domain::Text {
        let setup = self.live_state().setup().clone();
        setup.setup.clerk(id).map_or_else(|| id.as_str().into(), |clerk| clerk.name.clone())
    }

    /// Ends the help: by the applicant, or by the helper.
    ///
    /// # Errors
    /// It cannot be written. Whoever helped sees nothing more all the same.
    pub async fn end_help(&self, command: EndHelp) -> Result<(), Refusal> {
        let at = match self.at_draft(command.token).await {
            Err(Refusal::Draft(DraftRefusal::HelpEnded)) => return Ok(()),
            at => at?,
        };
        let room = &at.room;
        let helper = room.now().helper;
        let draft = room.token;
        self.drafts.help.helpers().retain(|_, helper| helper.draft != draft);
        leave_applicant(room);
        let Some(helper) = helper else { return Ok(()) };
        let by = at.writer.clerk().map_or_else(String::new, ToString::to_string);
        self.note_help_ended(room, &by, helper).await
    }

    async fn note_help_ended(&self, room: &Room, by: &str, helper: ClerkId) -> Result<(), Refusal> {
        let (id, by) = (room.id, by.to_owned());
        self.execute_with(None, vec![Prefetch::Draft(id)], move |work| {
            let draft = work.draft(id)?.draft.clone();
            put(work, draft, HallEvent::HelpEnded, &by, json!({ "helper": helper }));
            Ok("{}".to_owned())
        })
        .await
        .map(|_| ())
    }
}

/// Nobody is beside the applicant any longer, and all pages are told so.
fn leave_applicant(room: &Room) {
    room.set_helper(None);
    room.tell(Told::HelpEnded);
    room.tell(Told::Draft);
}
