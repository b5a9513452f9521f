//! Beginning a draft.

use std::sync::Arc;

use data_encoding::HEXLOWER;
use jiban_app::api::apply::BeginDraft;
use jiban_domain::case::Subject;
use jiban_domain::case::plan::plan;
use jiban_domain::draft::{Beginning, Draft, DraftRefusal, Way};
use jiban_domain::event::HallEvent;
use jiban_domain::form::{self, Form};
use jiban_domain::{HallId, Refusal, Token};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::{AtDraft, HallService, put};
use crate::change::Change;
use crate::change::drafts::DraftChange;
use crate::limits::ClientAddress;
use crate::service::{answer, digest, moment, secret};

impl HallService {
    /// Begins a draft.
    ///
    /// # Errors
    /// The hall, matter or bundle is unknown, or the client began too many.
    pub async fn begin_draft(
        &self,
        command: BeginDraft,
        client: ClientAddress,
    ) -> Result<AtDraft, Refusal> {
        let way = if command.kiosk.is_some() { Way::Terminal } else { Way::Phone };
        let id = command.request_id;
        let now = self.clock.steady();
        self.drafts
            .begun
            .begin(&client, id, now)
            .map_err(|seconds| DraftRefusal::TooManyDrafts { seconds })?;
        let request = (id, digest::<BeginDraft>(&command));
        let begun = self.begin(command, request, way, "").await;
        if begun.is_err() {
            self.drafts.begun.undo(&client, id);
        }
        begun
    }

    /// Begins a draft; `who` of the hall, or nobody.
    pub(super) async fn begin(
        &self,
        command: BeginDraft,
        request: (Uuid, [u8; 32]),
        way: Way,
        who: &str,
    ) -> Result<AtDraft, Refusal> {
        self.require_sealing().await?;
        let subject = match (&command.matter, &command.bundle) {
            (Some(matter), None) => Subject::Matter(matter.clone()),
            (None, Some(bundle)) => Subject::Bundle(bundle.clone()),
            _ => {
                let required = "matter, bundle: exactly one of the two is required";
                return Err(Refusal::BadRequest(required.to_owned()));
            }
        };
        let token = secret::token();
        let who = who.to_owned();
        let begun = self
            .execute(Some(request), move |work| {
                work.require_date()?;
                let setup = work.setup();
                let hall = setup.setup.hall(&command.hall).ok_or(Refusal::UnknownHall)?;
                let form = form::of(hall, &subject)?;
                let (document, form) = form_document(&form);
                let now = moment(Some(hall), work.now());
                let beginning = Beginning {
                    id: work.draft_id(),
                    token,
                    hall: hall.id.clone(),
                    subject: subject.clone(),
                    name: plan(hall, &subject)?.name,
                    way,
                    form: form.clone(),
                    kept_days: hall.cases.draft_kept_days,
                };
                let detail = json!({ "subject": subject, "way": way });
                work.put(Change::Draft(DraftChange::Form { digest: form, document }));
                put(work, Draft::begin(beginning, now), HallEvent::DraftBegun, &who, detail);
                answer(&token)
            })
            .await?;
        let token: Token = serde_json::from_str(&begun).map_err(|error| {
            tracing::error!(%error, "the token of a draft could not be read");
            Refusal::Unavailable
        })?;
        self.at_draft(token).await
    }

    /// The form of a subject now, with its digest.
    pub(super) fn form_now(
        &self,
        hall: &HallId,
        subject: &Subject,
    ) -> Result<(Arc<Form>, Arc<str>), Refusal> {
        let setup = self.live_state().setup().clone();
        let hall = setup.setup.hall(hall).ok_or(Refusal::UnknownHall)?;
        let form = form::of(hall, subject)?;
        let digest = form_document(&form).1;
        Ok((Arc::new(form), digest.into()))
    }
}

/// A form as it is kept, and its digest.
pub(super) fn form_document(form: &Form) -> (String, String) {
    // A form has nothing that JSON cannot represent.
    let document = serde_json::to_string(form).unwrap_or_default();
    let digest = HEXLOWER.encode(&Sha256::digest(&document)[..16]);
    (document, digest)
}
