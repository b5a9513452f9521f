//! Photographs, scans and signatures of a case. A file is stored before the row that
//! refers to it; a file without a row is removed by the sweep.

use axum::body::Bytes;
use data_encoding::HEXLOWER;
use futures::Stream;
use jiban_app::api::reception::DetachFile;
use jiban_domain::access::{Action, Subject};
use jiban_domain::case::{Attached, Case, CaseRefusal, CaseState, Via};
use jiban_domain::event::CaseEvent;
use jiban_domain::{CaseId, Refusal, Token};
use serde_json::json;

use super::look::as_subject;
use super::upload_places::SupplyPlace;
use super::{HallService, moment, put, require_not_ended, row};
use crate::change::Change;
use crate::service::access::AtCounter;
use crate::service::prefetch::Prefetch;
use crate::service::read_failed;
use crate::service::unit_of_work::{About, UnitOfWork};
use crate::uploads::{FileId, FileKind, Received, UploadRefused, sent_name};

/// The largest file that is accepted, in bytes.
pub const MAX_FILE: usize = 10 * 1024 * 1024;

/// Why a body was not stored.
pub(in crate::service) fn upload_refusal(refused: UploadRefused) -> Refusal {
    match refused {
        UploadRefused::TooLarge => CaseRefusal::FileTooLarge.into(),
        UploadRefused::Empty => CaseRefusal::FileEmpty.into(),
        UploadRefused::NotAKind => CaseRefusal::FileNotAKind.into(),
        UploadRefused::Heic => CaseRefusal::FileHeic.into(),
        UploadRefused::OtherPicture => CaseRefusal::FilePictureFormat.into(),
        UploadRefused::Locked => CaseRefusal::FileLocked.into(),
        UploadRefused::Broken => CaseRefusal::FileBroken.into(),
        UploadRefused::Cut => Refusal::BadRequest("the body is incomplete".to_owned()),
        UploadRefused::Disk(error) => {
            tracing::error!(%error, "a file could not be stored");
            Refusal::Unavailable
        }
    }
}

/// Who uploads a file.
#[derive(Debug, Clone)]
enum Uploader {
    Counter(AtCounter),
    Phone,
}

impl HallService {
    /// Attaches a photograph or scan to a material at a counter.
    ///
    /// # Errors
    /// The file is not accepted, the case belongs to another clerk, or it has ended.
    pub async fn attach<E>(
        &self,
        me: AtCounter,
        case: CaseId,
        material: u32,
        (name, body): (&str, impl Stream<Item = Result<Bytes, E>>),
    ) -> Result<(), Refusal> {
        let known = self.case_to_write_to(&me, Action::AttachFile, case).await?;
        known.material(material)?;
        let _place = self.counter_place().await?;
        self.store_file(&known, material, Uploader::Counter(me), (name, body)).await
    }

    /// Supplies a material from the phone page.
    ///
    /// # Errors
    /// The material is not missing, or the file is not accepted.
    pub async fn supply_by_phone<E>(
        &self,
        place: &SupplyPlace,
        material: u32,
        (name, body): (&str, impl Stream<Item = Result<Bytes, E>>),
    ) -> Result<(), Refusal> {
        let wanted = place.case.material(material)?;
        if !place.case.wants_by_phone(wanted) && !place.case.takes_more_by_phone(wanted) {
            return Err(CaseRefusal::NothingMissing.into());
        }
        self.store_file(&place.case, material, Uploader::Phone, (name, body)).await
    }

    /// The thumbnail of a file that was sent by phone, by the case's own token.
    ///
    /// # Errors
    /// [`CaseRefusal::UnknownCase`]; [`CaseRefusal::UnknownFile`], also by the view token.
    pub async fn sent_thumbnail(&self, token: Token, file: &str) -> Result<Vec<u8>, Refusal> {
        let (case, own) = self.case_by_token(token).await?.ok_or(CaseRefusal::UnknownCase)?;
        if !own {
            return Err(CaseRefusal::UnknownFile.into());
        }
        let mut sent = case.materials.iter().filter(|one| one.was_sent_by_phone());
        let is_sent = sent.any(|one| one.files.iter().any(|sent| sent.file == file));
        let id = file.parse().ok().filter(|_| is_sent).ok_or(CaseRefusal::UnknownFile)?;
        self.uploads.read_thumbnail(id).await.map_err(|error| {
            tracing::error!(%error, file, "a file could not be read");
            Refusal::Unavailable
        })
    }

    /// The token that opens a case's page without the pick-up code: for staff, kiosks and
    /// whoever has the slip. The case's own token is on its receipt alone.
    pub fn view_token(&self, case: &Case) -> Token {
        self.view_token_of(case.token)
    }

    pub(in crate::service) fn view_token_of(&self, own: Token) -> Token {
        Token(self.vault.alias(own.0))
    }

    /// The case of one of its two tokens, and whether it is its own.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn case_by_token(&self, token: Token) -> Result<Option<(Case, bool)>, Refusal> {
        if let Some(case) = self.reader.case_by_token(token).await.map_err(read_failed)? {
            return Ok(Some((case, true)));
        }
        let own = Token(self.vault.of_alias(token.0));
        let case = self.reader.case_by_token(own).await.map_err(read_failed)?;
        Ok(case.map(|case| (case, false)))
    }

    /// The case of a token: one of its own, or the last case of the ticket's.
    ///
    /// # Errors
    /// [`CaseRefusal::UnknownCase`].
    pub async fn case_of_token(&self, token: Token) -> Result<Case, Refusal> {
        if let Some((case, _)) = self.case_by_token(token).await? {
            return Ok(case);
        }
        let standing = self.live_state().by_token(token).map(|standing| standing.ticket.id);
        let ticket = match standing {
            Some(ticket) => Some(ticket),
            None => {
                self.reader.ticket(token).await.map_err(read_failed)?.map(|found| found.ticket.id)
            }
        };
        let ticket = ticket.ok_or(CaseRefusal::UnknownCase)?;
        let cases = self.reader.cases_of_ticket(ticket.0).await.map_err(read_failed)?;
        Ok(cases.into_iter().next_back().ok_or(CaseRefusal::UnknownCase)?)
    }

    async fn store_file<E>(
        &self,
        case: &Case,
        material: u32,
        by: Uploader,
        (name, body): (&str, impl Stream<Item = Result<Bytes, E>>),
    ) -> Result<(), Refusal> {
        self.require_sealing().await?;
        // It may name the applicant.
        let name = self.seal_note(case.id, &sent_name(name)).await?;
        let received = self.uploads.receive(body, MAX_FILE).await.map_err(upload_refusal)?;
        let (id, file, looks) = (case.id, received.id, self.looks.clone());
        let attached = self.execute_with(None, vec![Prefetch::Case(id)], move |work| {
            if let Uploader::Counter(me) = &by {
                let (case, me) = (work.case(id)?, me.caller());
                let subject = as_subject(&looks, work.live_state(), work.steady(), &me, case);
                work.require(&me, Action::AttachFile, &subject)?;
            }
            attach_file(work, (id, material), &by, &name, &received)
        });
        let attached = attached.await;
        if attached.is_err() {
            self.discard(file).await;
        }
        attached?;
        Ok(())
    }

    /// Detaches a file from a material.
    ///
    /// # Errors
    /// The case is already accepted, or belongs to another clerk.
    pub async fn detach(&self, me: AtCounter, q: DetachFile) -> Result<(), Refusal> {
        let (file, id, caller) = (q.file.clone(), q.case, me.caller());
        let detached = self.execute_with(None, vec![Prefetch::Case(q.case)], move |work| {
            let mut case = work.case(q.case)?.clone();
            let subject = Subject::Case { case: &case, opened: false };
            work.require(&me.caller(), Action::DetachFile, &subject)?;
            // A reused file belongs to the earlier case.
            let reused = matches!(case.material(q.material)?.via, Some(Via::Earlier(_)));
            let now = case_moment(work, &case);
            case.detach(q.material, &q.file, now)?;
            let detail = json!({ "material": q.material, "file": q.file });
            write(work, case, CaseEvent::FileDetached, me.clerk.as_str(), detail);
            if !reused {
                work.put(Change::FileGone(q.file.clone()));
            }
            Ok("{}".to_owned())
        });
        if let Err(refusal) = detached.await {
            return Err(self.refused(&caller, id, refusal).await);
        }
        self.looks.note(&caller.session, id, self.clock.steady());
        if let Ok(id) = file.parse()
            && !self.reader.keeps_file(&file).await.map_err(read_failed)?
        {
            self.discard(id).await;
        }
        Ok(())
    }

    /// Stores a drawn signature for a case and returns the id of its file.
    ///
    /// # Errors
    /// As [`HallService::attach`]; a signature must be a PNG.
    pub async fn store_signature<E>(
        &self,
        me: AtCounter,
        case: CaseId,
        body: impl Stream<Item = Result<Bytes, E>>,
    ) -> Result<String, Refusal> {
        let kinds = &[FileKind::Png];
        self.store_picture((me, Action::StoreSignature), case, kinds, body).await
    }

    /// Stores the photograph of an identity document for a hand-over and returns the id
    /// of its file. It is erased with the case's other files.
    ///
    /// # Errors
    /// As [`HallService::attach`]; it must be a picture.
    pub async fn store_card<E>(
        &self,
        me: AtCounter,
        case: CaseId,
        body: impl Stream<Item = Result<Bytes, E>>,
    ) -> Result<String, Refusal> {
        let kinds = &[FileKind::Jpeg, FileKind::Png, FileKind::Webp];
        self.store_picture((me, Action::StoreCard), case, kinds, body).await
    }

    /// A case that somebody at a counter may add a file to. It is asked again when the
    /// file is there; before, nothing is received for nothing.
    async fn case_to_write_to(
        &self,
        me: &AtCounter,
        action: Action,
        id: CaseId,
    ) -> Result<Case, Refusal> {
        let known = self.reader.case(id).await.map_err(read_failed)?;
        let Some(known) = known else {
            let unknown = CaseRefusal::UnknownCase.into();
            return Err(self.refused(&me.caller(), id, unknown).await);
        };
        self.require_on_case(&me.caller(), action, &known).await?;
        require_not_ended(&known)?;
        Ok(known)
    }

    async fn store_picture<E>(
        &self,
        (me, action): (AtCounter, Action),
        case: CaseId,
        kinds: &[FileKind],
        body: impl Stream<Item = Result<Bytes, E>>,
    ) -> Result<String, Refusal> {
        self.case_to_write_to(&me, action, case).await?;
        self.require_sealing().await?;
        let _place = self.counter_place().await?;
        let received = self.uploads.receive(body, MAX_FILE).await.map_err(upload_refusal)?;
        let (id, file) = (received.id, received.id.to_string());
        if !kinds.contains(&received.kind) {
            self.discard(id).await;
            // A document is taken elsewhere; here a picture is asked for.
            return Err(CaseRefusal::FilePictureFormat.into());
        }
        let kept = file.clone();
        let (caller, looks) = (me.caller(), self.looks.clone());
        let put = self.execute_with(None, vec![Prefetch::Case(case)], move |work| {
            let known = work.case(case)?;
            let subject = as_subject(&looks, work.live_state(), work.steady(), &caller, known);
            work.require(&caller, action, &subject)?;
            let hall = known.hall.clone();
            let (file, at) = (kept.clone(), work.now());
            work.put(Change::FileKept { file, case, at, sha256: received.sha256 });
            let (about, detail) = (About::Case(case), json!({ "file": kept }));
            work.append_event(
                CaseEvent::PictureStored,
                hall,
                about,
                caller.clerk.as_str(),
                &detail,
            );
            Ok("{}".to_owned())
        });
        if let Err(refusal) = put.await {
            self.discard(id).await;
            return Err(refusal);
        }
        Ok(file)
    }

    pub(in crate::service) async fn discard(&self, file: FileId) {
        if let Err(error) = self.uploads.remove(file).await {
            tracing::warn!(%error, "an unreferenced file could not be removed; the sweep will try again");
        }
    }
}

fn attach_file(
    work: &mut UnitOfWork<'_>,
    (id, material): (CaseId, u32),
    by: &Uploader,
    name: &str,
    received: &Received,
) -> Result<String, Refusal> {
    let mut case = work.case(id)?.clone();
    let now = case_moment(work, &case);
    let attached = Attached {
        file: received.id.to_string(),
        name: name.to_owned(),
        kind: received.kind.name().to_owned(),
        bytes: received.bytes,
        sha256: HEXLOWER.encode(&received.sha256),
        at: now.at,
        pages: received.pages,
        unreadable: false,
    };
    let (via, who) = match by {
        Uploader::Counter(me) => (Via::Counter, me.clerk.to_string()),
        Uploader::Phone => (Via::Phone, String::new()),
    };
    let before = case.material(material)?.state;
    case.attach(material, attached, &via, now)?;
    let supplied = case.material(material)?.state != before && case.state == CaseState::Accepted;
    let kind = if supplied || matches!(by, Uploader::Phone) {
        CaseEvent::MaterialSupplied
    } else {
        CaseEvent::FileAttached
    };
    let detail = json!({ "material": material, "file": received.id.to_string(), "by_phone": matches!(by, Uploader::Phone) });
    write(work, case, kind, &who, detail);
    let (file, sha256) = (received.id.to_string(), received.sha256);
    work.put(Change::FileKept { file, case: id, at: now.at, sha256 });
    Ok("{}".to_owned())
}

fn case_moment(work: &UnitOfWork<'_>, case: &Case) -> jiban_domain::case::Moment {
    let setup = work.setup();
    moment(setup.setup.hall(&case.hall), work.now())
}

fn write(
    work: &mut UnitOfWork<'_>,
    case: Case,
    kind: CaseEvent,
    by: &str,
    detail: serde_json::Value,
) {
    let (setup, calendar) = (work.setup(), work.live_state().calendar().clone());
    let rules = setup.setup.case_rules(&case.hall);
    let now = case_moment(work, &case);
    let row = row(case, &calendar.calendar, &rules, now);
    put(work, row, kind, by, detail);
}
