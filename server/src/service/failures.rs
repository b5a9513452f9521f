//! Failed tries as events of the trail.

use jiban_domain::case::VerifyCode;
use jiban_domain::event::HallEvent;
use jiban_domain::{HallId, Refusal};
use serde_json::Value;
use tokio::sync::oneshot;

use super::guesses::{Door, Failure};
use super::unit_of_work::{About, UnitOfWork};
use super::writer::{Command, Handler, WriterMessage};
use super::{HallService, answer, read_failed};
use crate::limits::ClientAddress;
use crate::store::Verifiable;

impl HallService {
    /// Records a failed try. Nobody waits for the commit: whoever guesses must not learn from the
    /// time of the answer whether it was written, and a full disk changes nothing for them.
    pub(super) fn record_failure(&self, failure: Failure) {
        let now = self.clock.now();
        if !self.failed_tries.writes(&failure, now) {
            return;
        }
        let told = failure.clone();
        let handler: Handler = Box::new(move |work: &mut UnitOfWork<'_>| {
            let kind = match told.door {
                Door::SignIn => HallEvent::SignInFailed,
                _ => HallEvent::GuessFailed,
            };
            work.append_event(kind, told.hall.clone(), About::Hall, &told.by, &told.detail());
            answer(&())
        });
        let (reply, _) = oneshot::channel();
        let command = Command { request: None, prefetch: Vec::new(), handler, reply };
        if self.inbox.try_send(WriterMessage::Command(command)).is_err() {
            self.failed_tries.add(&failure, now);
        }
    }

    /// Counts a try that was refused before it was made.
    pub(super) fn record_refused(&self, failure: Failure, refusal: Refusal) -> Refusal {
        self.record_failure(Failure { refused: true, ..failure });
        refusal
    }

    /// The document of a verification code. A code that is none is counted like one that nobody
    /// has.
    ///
    /// # Errors
    /// The client, or all together, entered too many unknown codes; or it cannot be read.
    pub async fn issued_document(
        &self,
        code: Option<VerifyCode>,
        client: ClientAddress,
    ) -> Result<Option<Verifiable>, Refusal> {
        let failure = Failure::at(Door::Document, client);
        let guess = match self.guesses.document(client, self.clock.steady()) {
            Ok(guess) => guess,
            Err(refusal) => return Err(self.record_refused(failure, refusal)),
        };
        let found = match code {
            Some(code) => match self.reader.issued(&code.0).await.map_err(read_failed)? {
                Some(issued) => Some(issued.into()),
                None => self.reader.issued_statement(code).await.map_err(read_failed)?,
            },
            None => None,
        };
        if found.is_some() {
            guess.right();
        } else {
            self.record_failure(failure);
        }
        Ok(found)
    }

    /// Counts a token that nobody has.
    ///
    /// # Errors
    /// The address asked for too many of them.
    pub fn unknown_token(&self, client: ClientAddress) -> Result<(), Refusal> {
        let failure = Failure::at(Door::Token, client);
        match self.guesses.unknown_token(client, self.clock.steady()) {
            Ok(()) => {
                self.record_failure(failure);
                Ok(())
            }
            Err(refusal) => Err(self.record_refused(failure, refusal)),
        }
    }

    /// Writes one event about all failed tries that have none of their own, if there are any.
    pub async fn sum_up_failed_tries(&self) {
        let Some(sum) = self.failed_tries.sum_up() else { return };
        if let Err(refusal) = self.write_sum(sum.clone()).await {
            tracing::warn!(%refusal, %sum, "failed tries could not be recorded");
        }
    }

    async fn write_sum(&self, sum: Value) -> Result<(), Refusal> {
        self.execute(None, move |work| {
            let kind = HallEvent::FailedTriesSummedUp;
            work.append_event(kind, HallId::default(), About::Hall, "", &sum);
            answer(&())
        })
        .await?;
        Ok(())
    }
}
