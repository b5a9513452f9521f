//! Somebody of the hall beside an applicant. The applicant shows six figures, good for a minute
//! and for one; the helper gets a token of their own, which ends with the help, with their
//! session, or with a restart of the server.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use jiban_app::api::apply::{By, EndHelp, JoinDraft, JoinedDraft, ShareCode, ShareDraft};
use jiban_domain::draft::DraftRefusal;
use jiban_domain::event::HallEvent;
use jiban_domain::{ClerkId, Millis, Refusal, Token};
use serde_json::json;

use super::{AtDraft, HallService, Room, Told, put};
use crate::limits::ClientAddress;
use crate::service::access::Caller;
use crate::service::guesses::{Door, Failure};
use crate::service::prefetch::Prefetch;
use crate::service::secret;

/// How long a code is good.
const GOOD_FOR: Millis = 60_000;

/// The codes that are shown just now, and who helps.
#[derive(Debug, Default)]
pub struct Help {
    codes: Mutex<HashMap<String, Code>>,
    helpers: Mutex<HashMap<Token, Helper>>,
}

#[derive(Debug, Clone)]
struct Code {
    draft: Token,
    /// By [`crate::clock::HallTime::steady`].
    until: Millis,
}

#[derive(Debug, Clone)]
struct Helper {
    draft: Token,
    caller: Caller,
}

impl Help {
    fn show(&self, draft: Token, now: Millis) -> String {
        let mut codes = self.codes.lock().unwrap_or_else(PoisonError::into_inner);
        codes.retain(|_, code| code.until > now && code.draft != draft);
        loop {
            let figures = secret::six_figures();
            if !codes.contains_key(&figures) {
                codes.insert(figures.clone(), Code { draft, until: now + GOOD_FOR });
                return figures;
            }
        }
    }

    fn draft_of(&self, figures: &str, now: Millis) -> Option<Token> {
        let codes = self.codes.lock().unwrap_or_else(PoisonError::into_inner);
        codes.get(figures).filter(|code| code.until > now).map(|code| code.draft)
    }

    fn use_up(&self, figures: &str) -> bool {
        self.codes.lock().unwrap_or_else(PoisonError::into_inner).remove(figures).is_some()
    }

    fn helpers(&self) -> std::sync::MutexGuard<'_, HashMap<Token, Helper>> {
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
        let Some(Helper { draft, caller }) = helper else { return Ok(None) };
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
        let code = self.drafts.help.show(at.room.token, self.clock.steady());
        Ok(ShareCode { code, until: self.clock.now() + GOOD_FOR })
    }

    /// The draft that shows these figures. A wrong try is counted against all tries.
    async fn shared(&self, figures: &str, client: ClientAddress) -> Result<Arc<Room>, Refusal> {
        let now = self.clock.steady();
        let failure = Failure::at(Door::ShareCode, client);
        let guess = match self.guesses.share(client, now) {
            Ok(guess) => guess,
            Err(refusal) => return Err(self.record_refused(failure, refusal)),
        };
        let figures: String = figures.chars().filter(char::is_ascii_digit).collect();
        let Some(draft) = self.drafts.help.draft_of(&figures, now) else {
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
        let room = self.shared(figures, client).await?;
        self.use_up(figures)?;
        self.at_draft(room.token).await
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
        let room = self.shared(&command.code, client).await?;
        let _one = room.moving.lock().await;
        {
            let live_state = self.live_state();
            let staff = me.staff(&live_state, self.clock.now())?;
            let here = staff.hall.is_none_or(|hall| *hall == room.hall);
            if !here || !staff.clerk.works_in(&room.hall) {
                return Err(DraftRefusal::HelperElsewhere.into());
            }
        }
        if self.helper_of(&room).is_some() {
            return Err(DraftRefusal::AlreadyHelped.into());
        }
        self.use_up(&command.code)?;
        let (id, clerk) = (room.id, me.clerk.clone());
        self.execute_with(None, vec![Prefetch::Draft(id)], move |work| {
            let mut draft = work.draft(id)?.draft.clone();
            draft.helped = true;
            put(work, draft, HallEvent::HelpBegun, clerk.as_str(), json!({}));
            Ok("{}".to_owned())
        })
        .await?;
        let token = secret::token();
        let name = self.clerk_name(&me.clerk);
        room.set_helper(Some(me.clerk.clone()));
        self.drafts.help.helpers().insert(token, Helper { draft: room.token, caller: me });
        self.reload(&room).await?;
        room.tell(Told::Present(By::Helper, Some(name), true));
        Ok(JoinedDraft { token })
    }

    /// The clerk who helps with a draft just now, and their token.
    fn helper_of(&self, room: &Room) -> Option<(Token, ClerkId)> {
        let helpers = self.drafts.help.helpers();
        let live_state = self.live_state();
        helpers
            .iter()
            .filter(|(_, helper)| helper.draft == room.token)
            .find(|(_, helper)| helper.caller.staff(&live_state, self.clock.now()).is_ok())
            .map(|(token, helper)| (*token, helper.caller.clerk.clone()))
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
        room.set_helper(None);
        room.tell(Told::HelpEnded);
        let Some(helper) = helper else { return Ok(()) };
        let id = room.id;
        let by = at.writer.clerk().map_or_else(String::new, ToString::to_string);
        self.execute_with(None, vec![Prefetch::Draft(id)], move |work| {
            let draft = work.draft(id)?.draft.clone();
            put(work, draft, HallEvent::HelpEnded, &by, json!({ "helper": helper }));
            Ok("{}".to_owned())
        })
        .await?;
        room.tell(Told::Draft);
        Ok(())
    }
}
