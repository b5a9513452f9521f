//! Telling applicants what they were promised to be told: by a message where a gateway is set,
//! otherwise, and where that fails, by a call of the staff.

use std::sync::Arc;

use jiban_app::api::office::{MarkTold, RevealTelephone, Telephone};
use jiban_domain::access::{Action, Subject};
use jiban_domain::case::{Case, TellReason, TellingState, ToldBy};
use jiban_domain::event::CaseEvent;
use jiban_domain::{Lang, Millis, Refusal};
use serde_json::json;

use super::access::Caller;
use super::prefetch::Prefetch;
use super::unit_of_work::{About, UnitOfWork};
use super::{HallService, read_failed};
use crate::change::{Change, Telling};
use crate::sms::{Gateway, Message};

const MINUTE: Millis = 60_000;
/// Minutes until the next try after each that failed. After the last one somebody has to call.
const AGAIN_AFTER: [Millis; 8] = [1, 2, 5, 15, 30, 60, 120, 240];

/// Notes in the commit of an event that its applicant is to be told.
pub(super) fn note(work: &mut UnitOfWork<'_>, event: CaseEvent, case: &Case) {
    if case.told_by == ToldBy::Page {
        return;
    }
    let Ok(before) = work.case(case.id).map(|case| case.state) else { return };
    let Some(why) = TellReason::of(event, before, case) else { return };
    let now = work.now();
    work.put(Change::Telling(Arc::new(Telling {
        id: work.event_id(),
        case: case.id,
        hall: case.hall.clone(),
        why,
        way: case.told_by,
        state: TellingState::Waiting,
        at: now,
        tries: 0,
        next_at: now,
        changed_at: now,
        by: String::new(),
    })));
}

impl HallService {
    /// Sets the gateway that sends messages.
    pub fn use_gateway(&self, gateway: Gateway) {
        let _ = self.gateway.set(gateway);
    }

    /// Whether messages can be sent. Without it nothing may promise one.
    pub fn sends_messages(&self) -> bool {
        self.gateway.get().is_some()
    }

    /// Sends the messages whose time has come. One is written as sent only after the gateway
    /// took it; it has the same id at every try.
    ///
    /// # Errors
    /// The database cannot be read or written.
    pub async fn send_messages(&self) -> Result<(), Refusal> {
        let Some(gateway) = self.gateway.get() else { return Ok(()) };
        // Two at once would send the same messages.
        let _alone = self.sending.lock().await;
        let now = self.clock.now();
        for telling in self.reader.messages_to_send(now).await.map_err(read_failed)? {
            let case = self.case(telling.case).await?;
            let changed = match self.message(&telling, &case).await? {
                None => Telling { state: TellingState::Dropped, ..telling },
                Some(message) if !takes_messages(&message.telephone) => {
                    Telling { state: TellingState::Failed, ..telling }
                }
                Some(message) => match gateway.send(&message).await {
                    Ok(()) => Telling { state: TellingState::Sent, ..telling },
                    Err(why) => {
                        tracing::warn!(telling = telling.id, "a message was not sent: {why}");
                        tried_again(telling, now)
                    }
                },
            };
            self.store_telling(changed, "").await?;
        }
        Ok(())
    }

    async fn message(&self, telling: &Telling, case: &Case) -> Result<Option<Message>, Refusal> {
        if !telling.why.still_holds(case) {
            return Ok(None);
        }
        let applicant = self.applicant_unmasked(case).await?;
        let hall = self.live_state().setup().setup.hall(&case.hall).map(|hall| hall.name.clone());
        let hall = hall.unwrap_or_default();
        // The page of the view token: a message may be read by others.
        let address = self.addresses.progress(self.view_token_of(case.token));
        let text = telling.why.message(hall.get(Lang::Zh), case.number.as_str(), &address);
        Ok(Some(Message { id: telling.id, telephone: applicant.telephone, text }))
    }

    /// The name and telephone number for a call. The trail records it before they are shown.
    ///
    /// # Errors
    /// The case is of another hall, or its applicant is erased.
    pub async fn reveal_telephone(
        &self,
        me: &Caller,
        q: RevealTelephone,
    ) -> Result<Telephone, Refusal> {
        let telling = self.telling(q.telling).await?;
        let case = self.case(telling.case).await?;
        self.require(me, Action::RevealTelephone, &Subject::Hall(&telling.hall))?;
        let applicant = self.applicant_unmasked(&case).await?;
        let detail = json!({ "telling": telling.id });
        let by = me.clerk.as_str();
        self.record_case_event(&case, CaseEvent::PersonRevealed, by, detail).await?;
        Ok(Telephone { name: applicant.name, telephone: applicant.telephone })
    }

    /// Somebody called: the applicant was told, or was not reached and is called again later.
    ///
    /// # Errors
    /// The case is of another hall.
    pub async fn mark_told(&self, me: &Caller, q: MarkTold) -> Result<(), Refusal> {
        let telling = self.telling(q.telling).await?;
        self.require(me, Action::MarkTold, &Subject::Hall(&telling.hall))?;
        let state = if q.reached { TellingState::Called } else { telling.state };
        let tries = telling.tries + 1;
        self.store_telling(Telling { state, tries, ..telling }, me.clerk.as_str()).await
    }

    async fn telling(&self, id: i64) -> Result<Telling, Refusal> {
        let found = self.reader.telling(id).await.map_err(read_failed)?;
        found.ok_or_else(|| Refusal::BadRequest("telling: there is none with this id".to_owned()))
    }

    /// Writes how far a telling is, and that the applicant was told.
    async fn store_telling(&self, telling: Telling, by: &str) -> Result<(), Refusal> {
        let by = by.to_owned();
        self.execute_with(None, vec![Prefetch::Case(telling.case)], move |work| {
            let now = work.now();
            let changed = Telling { changed_at: now, by: by.clone(), ..telling.clone() };
            let way = match changed.state {
                TellingState::Sent => "message",
                TellingState::Called => "call",
                _ => "",
            };
            let (hall, id, case) = (changed.hall.clone(), changed.id, changed.case);
            work.put(Change::Telling(Arc::new(changed)));
            if !way.is_empty() {
                let detail = json!({ "telling": id, "way": way });
                work.append_event(CaseEvent::ApplicantTold, hall, About::Case(case), &by, &detail);
            }
            Ok("{}".to_owned())
        })
        .await?;
        Ok(())
    }
}

fn tried_again(telling: Telling, now: Millis) -> Telling {
    let tries = telling.tries + 1;
    match AGAIN_AFTER.get(telling.tries as usize) {
        Some(minutes) => Telling { tries, next_at: now + minutes * MINUTE, ..telling },
        None => Telling { tries, state: TellingState::Failed, ..telling },
    }
}

/// Whether a telephone takes text messages: a mobile number of the mainland. All others are
/// called.
fn takes_messages(telephone: &str) -> bool {
    let digits: String = telephone.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.strip_prefix("86").filter(|rest| rest.len() == 11).unwrap_or(&digits);
    digits.len() == 11 && digits.starts_with('1')
}
