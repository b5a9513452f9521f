//! Numbers. The request is on the disk before anything is sent, and the answer before it is
//! given: whatever ends the program, a repeat of the request gets the same number.

use std::sync::Arc;

use axum::http::HeaderMap;
use jiban_app::api::kiosk::{Abandon, Issue, Issued};
use jiban_app::api::terminal::IssueByTerminal;
use jiban_app::api::{Call, Done};
use jiban_domain::setup::Printer;
use jiban_domain::slip::Slip;
use jiban_domain::{Refusal, Token};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::by_itself::Known;
use super::server_link::{Answer, Away, PATIENCE};
use super::{Terminal, json, lock};
use crate::store::StoreError;
use crate::store::terminal::{Begun, GivenNumber, StoredSlip};

/// What the page is answered.
pub(super) enum Answered {
    /// A body of status 200.
    Json(String),
    /// What the server said.
    ByServer(Answer),
}

/// The server's answer, of which the page gets its part as it is.
#[derive(Deserialize)]
struct IssuedRaw {
    issued: serde_json::Value,
    slip: Option<Slip>,
}

impl Terminal {
    /// Takes a number: from the server, or one of those that it lent.
    ///
    /// # Errors
    /// What the hall's rules refuse; [`Refusal::NoNumbersLeft`]; [`Refusal::Unavailable`] if
    /// neither the server nor the disk takes the request.
    pub(super) async fn issue(
        self: Arc<Self>,
        issue: Issue,
        headers: HeaderMap,
    ) -> Result<Answered, Refusal> {
        if issue.kiosk != self.kiosk {
            return Err(Refusal::UnknownKiosk);
        }
        // A task of its own: a page that leaves must not stop it in the middle.
        let taking = tokio::spawn(async move {
            let _one = self.one_number.lock().await;
            self.take(&issue, &headers).await
        });
        taking.await.map_err(|_| Refusal::Unavailable)?
    }

    async fn take(&self, issue: &Issue, headers: &HeaderMap) -> Result<Answered, Refusal> {
        let id = issue.request_id;
        let begun = self.store.begin(id, digest::<Issue>(issue), self.clock.now()).await;
        let begun = self.watch_store(begun.map_err(|error| (error, "a request")));
        match &begun {
            Some(Begun::Answered(answer)) => return Ok(Answered::Json(answer.clone())),
            Some(Begun::Other) => return Err(Refusal::RequestReused),
            Some(Begun::New | Begun::Asked) | None => {}
        }
        let token = self.store.token(id);
        if self.server.is_reached() {
            match self.by_server(issue, token, headers).await {
                Ok(answered) => return Ok(answered),
                Err(away) => self.lost(&away).await,
            }
        }
        // The disk does not take the request: a number could be given twice.
        begun.ok_or(Refusal::Unavailable)?;
        let given = self.by_itself(issue, token).await;
        if given.as_ref().is_err_and(|refusal| *refusal != Refusal::Unavailable) {
            let forgotten = self.store.refused(id).await;
            self.watch_store(forgotten.map_err(|error| (error, "a refusal")));
        }
        given
    }

    async fn by_server(
        &self,
        issue: &Issue,
        token: Token,
        headers: &HeaderMap,
    ) -> Result<Answered, Away> {
        let call = IssueByTerminal { issue: issue.clone(), token, store: self.store.id() };
        let answer = self.server.ask(&call, headers, PATIENCE).await?;
        if answer.refused().is_some() {
            let forgotten = self.store.refused(issue.request_id).await;
            self.watch_store(forgotten.map_err(|error| (error, "a refusal")));
            self.refused_by_server(&answer).await;
            return Ok(Answered::ByServer(answer));
        }
        let IssuedRaw { issued, slip } = serde_json::from_slice(&answer.body)
            .map_err(|error| Away(format!("its answer cannot be read: {error}")))?;
        let issued = issued.to_string();
        let mut slip = slip.map(|slip| StoredSlip::queued(token, slip, self.clock.now()));
        let kept = self.store.answered(issue.request_id, &issued, slip.as_mut()).await;
        // The server has it: a repeat is asked again, with the same token.
        if self.watch_store(kept.map_err(|error| (error, "an answer"))).is_none()
            && let Some(slip) = &mut slip
        {
            slip.id = 0;
        }
        // With a full disk a repeat comes here again; its slip is printed once.
        if let Some(slip) = slip.filter(|_| !self.has_slip(token)) {
            self.remember(slip);
        }
        Ok(Answered::Json(issued))
    }

    /// Gives a lent number.
    async fn by_itself(&self, issue: &Issue, token: Token) -> Result<Answered, Refusal> {
        let hall = self.hall().map_err(|_| Refusal::NoNumbersLeft)?;
        let known = Known::of(&hall, &self.kiosk)?;
        let now = self.clock.now();
        let may = known.may_give(issue, now)?;
        self.touches
            .begin(&(), issue.request_id, self.clock.steady())
            .map_err(|seconds| Refusal::TooManyNumbers { seconds })?;
        let prints = self.printer() != Printer::None
            && !issue.screen_only
            && self.queued_slips() < self.limits.most(self.limits.slips_per_kiosk);
        let make = |number| {
            let (issued, given, slip) = known.give(issue, &may, (number, token), now);
            let answer = serde_json::to_string(&issued)
                .map_err(|error| StoreError::Unreadable(error.to_string()))?;
            let slip = prints.then(|| StoredSlip::queued(token, slip, now));
            Ok(GivenNumber { given, answer, slip })
        };
        let place = (may.day.as_str(), may.line.letter);
        let given = self.store.give(issue.request_id, place, make).await;
        let given = self.watch_store(given.map_err(|error| (error, "a number")));
        let Some(given) = given.ok_or(Refusal::Unavailable)? else {
            self.touches.undo(&(), issue.request_id);
            return Err(Refusal::NoNumbersLeft);
        };
        if let Some(slip) = given.slip {
            self.remember(slip);
        }
        self.server.look_now();
        Ok(Answered::Json(given.answer))
    }

    /// Gives up a number that was asked for: its visitor has left. The answer does not wait
    /// for the server, which hears of it as soon as it can.
    ///
    /// # Errors
    /// [`Refusal::UnknownKiosk`]; [`Refusal::Unavailable`] if the disk does not take it.
    pub(super) async fn abandon(self: Arc<Self>, command: Abandon) -> Result<String, Refusal> {
        if command.kiosk != self.kiosk {
            return Err(Refusal::UnknownKiosk);
        }
        let giving_up = tokio::spawn(async move {
            let _one = self.one_number.lock().await;
            self.give_up(&command).await
        });
        giving_up.await.map_err(|_| Refusal::Unavailable)?
    }

    async fn give_up(&self, command: &Abandon) -> Result<String, Refusal> {
        let id = command.request_id;
        let digest = digest::<Abandon>(&(&command.kiosk, id));
        let done = json(&Done {})?;
        let kept = |error| (error, "a number given up");
        let begun = self.store.begin(id, digest, self.clock.now()).await;
        let begun = self.watch_store(begun.map_err(kept)).ok_or(Refusal::Unavailable)?;
        if begun == Begun::New {
            // Nobody was asked for it yet, and nobody will be.
            let answered = self.store.answered(id, &done, None).await;
            self.watch_store(answered.map_err(kept)).ok_or(Refusal::Unavailable)?;
            return Ok(done);
        }
        if begun != Begun::Other {
            return Ok(done);
        }
        let request = self.store.request(id).await;
        let request = self.watch_store(request.map_err(kept)).ok_or(Refusal::Unavailable)?;
        let answer = request.and_then(|request| request.answer);
        let issued = answer.as_deref().map(serde_json::from_str::<Issued>);
        match issued {
            // The id is that of another call.
            Some(Err(_)) => return Err(Refusal::RequestReused),
            Some(Ok(issued)) if self.may_be_printed(issued.token) && !command.said_so => {
                return Ok(done);
            }
            _ => {}
        }
        let given_up = self.store.abandon(id, digest).await;
        self.watch_store(given_up.map_err(kept)).ok_or(Refusal::Unavailable)?;
        self.fail_slips_of(self.store.token(id));
        self.server.look_now();
        Ok(done)
    }

    /// Gives up requests that were never answered because the program ended, and that no page
    /// repeats: nobody is called for a number that nobody saw.
    pub(super) async fn give_up_what_was_left(&self) {
        /// A page repeats its request every few seconds.
        const AFTER: i64 = 60_000;
        let _one = self.one_number.lock().await;
        let left = self.store.left_open(self.clock.now() - AFTER).await;
        let left = self.watch_store(left.map_err(|error| (error, "open requests")));
        for id in left.unwrap_or_default() {
            let given_up = self.store.abandon(id, digest::<Abandon>(&(&self.kiosk, id))).await;
            self.watch_store(given_up.map_err(|error| (error, "a number given up")));
        }
    }

    /// A number that was given here, as the hall has it now.
    pub(super) fn confirmed(&self, token: Token) -> Option<Issued> {
        let confirmed = lock(&self.confirmed);
        confirmed.iter().find(|(known, _)| *known == token).map(|(_, issued)| issued.clone())
    }
}

/// What a request asks for: the call and its content.
pub(super) fn digest<C: Call>(content: &impl Serialize) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(C::PATH);
    hash.update([0]);
    // A request came as JSON, so it can be written as JSON.
    hash.update(serde_json::to_vec(content).unwrap_or_default());
    hash.finalize().into()
}
