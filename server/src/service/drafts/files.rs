//! Photographs, scans and PDFs of a draft. A file is stored before the row that refers to it;
//! one whose draft or help ends meanwhile leaves nothing.

use axum::body::Bytes;
use data_encoding::HEXLOWER;
use futures::Stream;
use jiban_app::api::apply::DetachDraftFile;
use jiban_domain::case::CaseRefusal;
use jiban_domain::case::plan::plan;
use jiban_domain::draft::{Draft, DraftFile, DraftRefusal, material_key};
use jiban_domain::event::HallEvent;
use jiban_domain::{ClerkId, DraftId, Refusal, Token};
use serde_json::json;
use uuid::Uuid;

use super::{AtDraft, HallService, put};
use crate::change::Change;
use crate::change::drafts::DraftChange;
use crate::limits::ClientAddress;
use crate::service::cases::{DraftPlaces, MAX_FILE, upload_refusal};
use crate::service::moment;
use crate::service::prefetch::Prefetch;
use crate::service::unit_of_work::UnitOfWork;
use crate::uploads::Received;

/// A place to send files for a draft, which is free again when this is dropped.
#[derive(Debug)]
pub struct DraftPlace {
    at: AtDraft,
    _places: DraftPlaces,
}

impl HallService {
    /// A place to send files for a draft. Nothing of their bodies is read before there is one.
    ///
    /// # Errors
    /// The token is unknown, the draft is not being filled in, or [`Refusal::Busy`].
    pub async fn place_to_attach(
        &self,
        token: Token,
        client: ClientAddress,
    ) -> Result<DraftPlace, Refusal> {
        let at = self.at_draft(token).await?;
        at.room.now().draft.require_writable()?;
        self.require_calm(at.room.token, Uuid::new_v4())?;
        if !self.uploads.has_room() {
            tracing::error!("the disk has no room for files of applicants");
            return Err(Refusal::Unavailable);
        }
        let by_helper = at.writer.clerk().is_some();
        let places = self.places_of_draft(at.room.id, by_helper, client).await?;
        Ok(DraftPlace { at, _places: places })
    }

    /// Adds a file to a material of a draft.
    ///
    /// # Errors
    /// The file is not accepted, the material has as many as it may have, or the draft is not
    /// being filled in any longer.
    pub async fn attach_to_draft<E>(
        &self,
        place: &DraftPlace,
        material: &str,
        body: impl Stream<Item = Result<Bytes, E>>,
    ) -> Result<(), Refusal> {
        self.require_sealing().await?;
        // What would be refused anyway is not received first.
        let now = place.at.room.now();
        let mut tried = (*now.draft).clone();
        self.require_material(&tried, material)?;
        tried.attach(DraftFile { material: material.to_owned(), ..DraftFile::default() })?;
        let received = self.uploads.receive(body, MAX_FILE).await.map_err(upload_refusal)?;
        let file = received.id;
        let kept = self.keep_draft_file(&place.at, material, received).await;
        if kept.is_err() {
            self.discard(file).await;
        }
        kept
    }

    async fn keep_draft_file(
        &self,
        at: &AtDraft,
        material: &str,
        received: Received,
    ) -> Result<(), Refusal> {
        let room = at.room.clone();
        let held = room.hold_unfrozen().await;
        // It may have ended while the file was on its way.
        let at = self.at_draft(at.token).await?;
        let (id, by, own) = (room.id, at.writer.clerk().cloned(), room.clone());
        let material = material.to_owned();
        let kept = self.execute_with(None, vec![Prefetch::Draft(id)], move |work| {
            let _held = &held;
            if by.is_some() && own.now().helper != by {
                return Err(DraftRefusal::HelpEnded.into());
            }
            let mut draft = changed(work, id)?;
            let (file, at) = (received.id.to_string(), work.now());
            draft.attach(DraftFile {
                file: file.clone(),
                kind: received.kind.name().to_owned(),
                bytes: received.bytes,
                sha256: HEXLOWER.encode(&received.sha256),
                pages: received.pages,
                material: material.clone(),
                at,
                by: by.clone(),
            })?;
            let who = by.as_ref().map_or("", ClerkId::as_str);
            let detail = json!({ "material": material, "file": file });
            put(work, draft, HallEvent::DraftFileAdded, who, detail);
            let sha256 = received.sha256;
            work.put(Change::Draft(DraftChange::FileKept { file, draft: id, at, sha256 }));
            Ok("{}".to_owned())
        });
        kept.await.map(|_| ())
    }

    /// Removes a file from a draft.
    ///
    /// # Errors
    /// The draft is not being filled in, or has no such file.
    pub async fn detach_from_draft(&self, q: DetachDraftFile) -> Result<(), Refusal> {
        let at = self.at_draft(q.token).await?;
        let room = at.room.clone();
        self.require_calm(room.token, Uuid::new_v4())?;
        let held = room.hold_unfrozen().await;
        let (id, by, file) = (room.id, at.writer.clerk().cloned(), q.file.clone());
        let detached = self.execute_with(None, vec![Prefetch::Draft(id)], move |work| {
            let _held = &held;
            let mut draft = changed(work, id)?;
            draft.detach(&file)?;
            let who = by.as_ref().map_or("", ClerkId::as_str);
            put(work, draft, HallEvent::DraftFileRemoved, who, json!({ "file": file }));
            work.put(Change::Draft(DraftChange::FileGone(file.clone())));
            Ok("{}".to_owned())
        });
        detached.await?;
        self.discard_files(&[q.file]).await;
        Ok(())
    }

    /// The thumbnail of a file of a draft.
    ///
    /// # Errors
    /// [`CaseRefusal::UnknownFile`].
    pub async fn draft_thumbnail(&self, token: Token, file: &str) -> Result<Vec<u8>, Refusal> {
        let at = self.at_draft(token).await?;
        let is_its_own = at.room.now().draft.files.iter().any(|one| one.file == file);
        let id = file.parse().ok().filter(|_| is_its_own).ok_or(CaseRefusal::UnknownFile)?;
        self.uploads.read_thumbnail(id).await.map_err(|error| {
            tracing::error!(%error, file, "a file of a draft could not be read");
            Refusal::Unavailable
        })
    }

    /// Refuses a material that nobody asks for.
    fn require_material(&self, draft: &Draft, key: &str) -> Result<(), Refusal> {
        let setup = self.live_state().setup().clone();
        let hall = setup.setup.hall(&draft.hall).ok_or(Refusal::UnknownHall)?;
        let mut asked = plan(hall, &draft.subject)?.materials.into_iter();
        let is_asked = asked.any(|one| material_key(one.document.as_deref(), &one.name) == key);
        if is_asked { Ok(()) } else { Err(CaseRefusal::UnknownMaterial.into()) }
    }
}

/// A draft that is changed just now: its time begins again.
fn changed(work: &UnitOfWork<'_>, id: DraftId) -> Result<Draft, Refusal> {
    work.require_date()?;
    let mut draft = work.draft(id)?.draft.clone();
    draft.require_writable()?;
    let setup = work.setup();
    let hall = setup.setup.hall(&draft.hall);
    draft.keep(hall.map_or(0, |hall| hall.cases.draft_kept_days), moment(hall, work.now()));
    Ok(draft)
}
