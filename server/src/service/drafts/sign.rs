//! The applicant's drawn signature. It is of what stood in the form when it was drawn: what is
//! written later is not signed.

use axum::body::Bytes;
use data_encoding::HEXLOWER;
use futures::Stream;
use jiban_domain::case::CaseRefusal;
use jiban_domain::draft::DraftSignature;
use jiban_domain::event::HallEvent;
use jiban_domain::{Refusal, Token};
use serde_json::json;

use super::moves::require_seen;
use super::{HallService, put};
use crate::change::Change;
use crate::change::drafts::DraftChange;
use crate::limits::ClientAddress;
use crate::service::cases::upload_refusal;
use crate::service::prefetch::Prefetch;
use crate::uploads::FileKind;

/// The largest drawing of a signature, in bytes.
const SIGNATURE: usize = 512 * 1024;

impl HallService {
    /// Stores the drawn signature of the applicant, in place of one before.
    ///
    /// # Errors
    /// A helper draws it, it is no PNG, something was written since it was `seen`, or the draft is not being filled in.
    pub async fn sign_draft<E>(
        &self,
        (token, seen): (Token, Option<u64>),
        client: ClientAddress,
        body: impl Stream<Item = Result<Bytes, E>>,
    ) -> Result<(), Refusal> {
        let at = self.at_draft(token).await?;
        at.require_applicant()?;
        at.room.now().draft.require_writable()?;
        self.require_sealing().await?;
        let _place = self.place_to_attach(token, client).await?;
        let received = self.uploads.receive(body, SIGNATURE).await.map_err(upload_refusal)?;
        let file = received.id;
        if received.kind != FileKind::Png {
            self.discard(file).await;
            return Err(CaseRefusal::FilePictureFormat.into());
        }
        let room = at.room.clone();
        let held = room.hold().await;
        let kept = self.keep_room(&room, None).await;
        let (id, version) = (room.id, room.now().version);
        let kept = kept.and_then(|_| require_seen(seen, version).map_err(Refusal::from));
        let before = room.now().draft.signature.as_ref().map(|one| one.file.clone());
        let gone = before.clone();
        let signed = match kept {
            Ok(()) => {
                self.execute_with(None, vec![Prefetch::Draft(id)], move |work| {
                    let _held = &held;
                    work.require_date()?;
                    let mut draft = work.draft(id)?.draft.clone();
                    draft.require_writable()?;
                    let (file, at) = (received.id.to_string(), work.now());
                    let sha256 = HEXLOWER.encode(&received.sha256);
                    draft.signature =
                        Some(DraftSignature { file: file.clone(), at, version, sha256 });
                    put(work, draft, HallEvent::DraftSigned, "", json!({ "file": file }));
                    if let Some(gone) = gone.clone() {
                        work.put(Change::Draft(DraftChange::FileGone(gone)));
                    }
                    let sha256 = received.sha256;
                    work.put(Change::Draft(DraftChange::FileKept { file, draft: id, at, sha256 }));
                    Ok("{}".to_owned())
                })
                .await
            }
            Err(refusal) => Err(refusal),
        };
        if let Err(refusal) = signed {
            self.discard(file).await;
            return Err(refusal);
        }
        self.discard_files(before.as_slice()).await;
        Ok(())
    }
}
