//! Values offered for the fields of a draft. Of the hall's own knowledge nothing is offered
//! before a clerk has seen the paper of whoever the draft names, or they have signed in, nor once
//! that was changed.

use std::sync::Arc;

use jiban_app::api::drafts::PaperSeen;
use jiban_domain::access::Action;
use jiban_domain::case::Case;
use jiban_domain::draft::{Draft, DraftRefusal};
use jiban_domain::event::HallEvent;
use jiban_domain::form::applicant::{ApplicantAnswers, answers};
use jiban_domain::form::offer::{Known, KnownLicence, Offered, offers};
use jiban_domain::{Refusal, identity};
use serde_json::json;

use super::check::require_on_draft;
use super::{HallService, Room, RoomNow, put};
use crate::service::access::{AtCounter, Caller};
use crate::service::moment;
use crate::service::prefetch::Prefetch;

impl HallService {
    /// What is offered for the fields of a draft that are empty.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn offers_of_draft(&self, now: &RoomNow) -> Result<Vec<Offered>, Refusal> {
        let values = now.values();
        let applicant = answers(&values);
        let known = if now.proof().is_some() {
            self.known_of(&now.draft, &applicant).await?
        } else {
            Known::default()
        };
        let setup = self.live_state().setup().clone();
        let today = moment(setup.setup.hall(&now.draft.hall), self.clock.now()).day;
        Ok(offers(&now.form, &values, &applicant, &known, today))
    }

    /// What the hall knows of somebody by number and name: their last application, and what was
    /// issued to them.
    async fn known_of(&self, draft: &Draft, by: &ApplicantAnswers) -> Result<Known, Refusal> {
        let today = self.today_at(&draft.hall);
        let Ok((_, number)) = identity::number(by.kind, by.paper, &by.number, today) else {
            return Ok(Known::default());
        };
        let number_key = self.vault.index("number", &number);
        let same = self.known_by(&number_key, &by.name, None).await?.same;
        let mut known = Known { licences: licences(&same), ..Known::default() };
        for case in same.iter().filter(|case| case.draft.is_some()) {
            if let Some(received) = self.received(case).await? {
                known.earlier = received.values;
                break;
            }
        }
        Ok(known)
    }

    /// A clerk at a counter has seen the identity paper of whoever a draft names.
    ///
    /// # Errors
    /// As [`jiban_domain::access::may`]; the draft is over, or has another number than the paper.
    pub async fn paper_seen(&self, me: AtCounter, q: PaperSeen) -> Result<Arc<Room>, Refusal> {
        let me = me.caller();
        let room = self.draft_for_staff(&me, q.token).await?;
        let held = room.hold().await;
        self.keep_room(&room, None).await?;
        let now = room.now();
        let answers = answers(&now.values());
        let today = self.today_at(&room.hall);
        let number = identity::number(answers.kind, answers.paper, &answers.number, today);
        let number = number.map_or_else(|_| identity::normalise(&answers.number), |(_, one)| one);
        if !is_end_of(&identity::normalise(&q.number), &number) {
            return Err(DraftRefusal::PaperDiffers.into());
        }
        let (id, version, caller): (_, _, Caller) = (room.id, now.version, me);
        // A number could be guessed from an ordinary hash.
        let content = crate::service::digest::<PaperSeen>(&q);
        let request = (q.request_id, self.vault.digest(&content));
        self.execute_with(Some(request), vec![Prefetch::Draft(id)], move |work| {
            let _held = &held;
            work.require_date()?;
            let mut draft = work.draft(id)?.draft.clone();
            require_on_draft(work, &caller, Action::PaperSeen, &draft)?;
            let setup = work.setup();
            let now = moment(setup.setup.hall(&draft.hall), work.now());
            draft.paper_seen(&caller.clerk, version, now)?;
            let detail = json!({ "by": "paper" });
            put(work, draft, HallEvent::DraftProven, caller.clerk.as_str(), detail);
            Ok("{}".to_owned())
        })
        .await?;
        Ok(room)
    }
}

/// Characters of a paper's number that tell it from another's.
const TOLD_BY: usize = 4;

/// Whether the typed end of a number, or all of it, is that of a number.
fn is_end_of(typed: &str, number: &str) -> bool {
    typed.chars().count() >= TOLD_BY && number.ends_with(typed)
}

/// What was issued in these cases and not revoked, the newest first.
fn licences(cases: &[Case]) -> Vec<KnownLicence> {
    let issued = cases.iter().flat_map(|case| {
        case.results.iter().filter(|result| result.revoked.is_none()).filter_map(|result| {
            let part = case.parts.iter().find(|part| part.matter == result.matter)?;
            Some(KnownLicence {
                document: part.produces.clone()?,
                number: result.code.to_string(),
                issued_on: result.issued_on,
            })
        })
    });
    let mut issued: Vec<_> = issued.collect();
    issued.sort_by_key(|one| std::cmp::Reverse(one.issued_on));
    issued
}
