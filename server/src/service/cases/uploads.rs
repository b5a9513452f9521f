//! Photographs, scans and signatures of a case. A file lies in its place before
//! the row that names it is written: one without a row is swept.

use axum::body::Bytes;
use data_encoding::HEXLOWER;
use futures::Stream;
use jiban_app::api::reception::DetachFile;
use jiban_domain::case::{Attached, Case, CaseRefusal, CaseState, Via};
use jiban_domain::{CaseId, Refusal, Token};
use serde_json::json;

use super::reception::here;
use super::{HallService, moment, put, row};
use crate::change::{self, Change};
use crate::service::prefetch::Prefetch;
use crate::service::unit_of_work::{AtCounter, UnitOfWork};
use crate::service::unread;
use crate::uploads::{FileId, FileKind, FileRefused, Received};

/// The largest file that is taken.
const LARGEST: usize = 10 * 1024 * 1024;

fn refused(refused: FileRefused) -> Refusal {
    match refused {
        FileRefused::TooLarge => CaseRefusal::FileTooLarge.into(),
        FileRefused::NotAKind => CaseRefusal::FileNotAKind.into(),
        FileRefused::Broken => CaseRefusal::FileBroken.into(),
        FileRefused::Cut => Refusal::BadRequest("the body was cut off".to_owned()),
        FileRefused::Disk(error) => {
            tracing::error!(%error, "a file could not be kept");
            Refusal::Unavailable
        }
    }
}

/// What a file is, on the wire.
const fn kind_name(kind: FileKind) -> &'static str {
    match kind {
        FileKind::Jpeg => "jpeg",
        FileKind::Png => "png",
        FileKind::Pdf => "pdf",
    }
}

/// Who brings a file.
#[derive(Debug, Clone)]
enum Bringer {
    Counter(AtCounter),
    Phone,
}

impl HallService {
    /// Puts a photograph or scan to a material, at a counter.
    ///
    /// # Errors
    /// The file is not one that is taken, the case is another's or has ended.
    pub async fn attach<E>(
        &self,
        me: AtCounter,
        case: CaseId,
        material: u32,
        body: impl Stream<Item = Result<Bytes, E>>,
    ) -> Result<(), Refusal> {
        let hall = self.hall_of(&me)?;
        let known = self.reader.case(case).await.map_err(unread)?;
        let known = known.ok_or(CaseRefusal::UnknownCase)?;
        here(&known, &hall)?;
        if known.state == CaseState::Open && known.clerk != me.clerk {
            return Err(CaseRefusal::NotYourCase.into());
        }
        known.material(material)?;
        self.keep_file(&known, material, Bringer::Counter(me), body).await
    }

    /// Supplies a material by the phone page.
    ///
    /// # Errors
    /// A token nobody has, a material that is not missing, or a file that is
    /// not taken.
    pub async fn supply_by_phone<E>(
        &self,
        token: Token,
        material: u32,
        body: impl Stream<Item = Result<Bytes, E>>,
    ) -> Result<(), Refusal> {
        let known = self.case_of_token(token).await?;
        let wanted = known.material(material)?;
        // What nobody asks for would fill the disk.
        if !crate::views::case::wants_by_phone(&known, wanted) {
            return Err(CaseRefusal::NothingMissing.into());
        }
        self.keep_file(&known, material, Bringer::Phone, body).await
    }

    /// The case a token opens: its own, or the last of the ticket's.
    ///
    /// # Errors
    /// [`CaseRefusal::UnknownCase`].
    pub async fn case_of_token(&self, token: Token) -> Result<Case, Refusal> {
        if let Some(case) = self.reader.case_by_token(token).await.map_err(unread)? {
            return Ok(case);
        }
        let standing = self.live_state().by_token(token).map(|standing| standing.ticket.id);
        let ticket = match standing {
            Some(ticket) => Some(ticket),
            None => self.reader.ticket(token).await.map_err(unread)?.map(|found| found.ticket.id),
        };
        let ticket = ticket.ok_or(CaseRefusal::UnknownCase)?;
        let cases = self.reader.cases_of_ticket(ticket.0).await.map_err(unread)?;
        Ok(cases.into_iter().next_back().ok_or(CaseRefusal::UnknownCase)?)
    }

    async fn keep_file<E>(
        &self,
        case: &Case,
        material: u32,
        by: Bringer,
        body: impl Stream<Item = Result<Bytes, E>>,
    ) -> Result<(), Refusal> {
        let received = self.files.receive(body, LARGEST).await.map_err(refused)?;
        let (id, kept) = (case.id, received.id);
        let put = self.execute_with(None, vec![Prefetch::Case(id)], move |work| {
            put_file(work, id, material, &by, &received)
        });
        let done = put.await;
        if done.is_err() {
            self.let_go_of(kept).await;
        }
        done?;
        Ok(())
    }

    /// Takes a photograph back.
    ///
    /// # Errors
    /// After acceptance, or where the case is another's.
    pub async fn detach(&self, me: AtCounter, q: DetachFile) -> Result<(), Refusal> {
        let file = q.file.clone();
        self.execute_with(None, vec![Prefetch::Case(q.case)], move |work| {
            let mut case = work.case(q.case)?.clone();
            if case.clerk != me.clerk {
                return Err(CaseRefusal::NotYourCase.into());
            }
            // What was taken over is another case's to keep.
            let reused = matches!(case.material(q.material)?.via, Some(Via::Earlier(_)));
            case.detach(q.material, &q.file)?;
            let detail = json!({ "material": q.material, "file": q.file });
            write(work, case, change::EventKind::FileDetached, me.clerk.as_str(), detail);
            if !reused {
                work.put(Change::FileGone(q.file.clone()));
            }
            Ok("{}".to_owned())
        })
        .await?;
        if let Ok(id) = file.parse()
            && !self.reader.keeps_file(&file).await.map_err(unread)?
        {
            self.let_go_of(id).await;
        }
        Ok(())
    }

    /// Keeps a drawn signature for a case; its file's id.
    ///
    /// # Errors
    /// As [`HallService::attach`]; a signature is a PNG.
    pub async fn keep_signature<E>(
        &self,
        me: AtCounter,
        case: CaseId,
        body: impl Stream<Item = Result<Bytes, E>>,
    ) -> Result<String, Refusal> {
        let hall = self.hall_of(&me)?;
        let known = self.reader.case(case).await.map_err(unread)?;
        here(&known.ok_or(CaseRefusal::UnknownCase)?, &hall)?;
        let received = self.files.receive(body, LARGEST).await.map_err(refused)?;
        let (id, file) = (received.id, received.id.to_string());
        if received.kind != FileKind::Png {
            self.let_go_of(id).await;
            return Err(CaseRefusal::FileNotAKind.into());
        }
        let kept = file.clone();
        let put = self.execute_with(None, vec![Prefetch::Case(case)], move |work| {
            work.case(case)?;
            let at = work.now();
            work.put(Change::FileKept { file: kept.clone(), case, at });
            Ok("{}".to_owned())
        });
        if let Err(refusal) = put.await {
            self.let_go_of(id).await;
            return Err(refusal);
        }
        Ok(file)
    }

    async fn let_go_of(&self, file: FileId) {
        if let Err(error) = self.files.remove(file).await {
            tracing::warn!(%error, "a file that nobody keeps could not be removed; it is swept later");
        }
    }
}

fn put_file(
    work: &mut UnitOfWork<'_>,
    id: CaseId,
    material: u32,
    by: &Bringer,
    received: &Received,
) -> Result<String, Refusal> {
    let mut case = work.case(id)?.clone();
    let now = case_moment(work, &case);
    let attached = Attached {
        file: received.id.to_string(),
        kind: kind_name(received.kind).to_owned(),
        bytes: received.bytes,
        sha256: HEXLOWER.encode(&received.sha256),
        at: now.at,
    };
    let (via, who) = match by {
        Bringer::Counter(me) => (Via::Counter, me.clerk.to_string()),
        Bringer::Phone => (Via::Phone, String::new()),
    };
    let before = case.material(material)?.state;
    case.attach(material, attached, &via, now)?;
    let supplied = case.material(material)?.state != before && case.state == CaseState::Accepted;
    let kind = if supplied || matches!(by, Bringer::Phone) {
        change::EventKind::MaterialSupplied
    } else {
        change::EventKind::FileAttached
    };
    let detail = json!({ "material": material, "file": received.id.to_string(), "by_phone": matches!(by, Bringer::Phone) });
    write(work, case, kind, &who, detail);
    work.put(Change::FileKept { file: received.id.to_string(), case: id, at: now.at });
    Ok("{}".to_owned())
}

fn case_moment(work: &UnitOfWork<'_>, case: &Case) -> jiban_domain::case::Moment {
    let setup = work.setup();
    moment(setup.setup.hall(&case.hall), work.now())
}

fn write(
    work: &mut UnitOfWork<'_>,
    case: Case,
    kind: change::EventKind,
    by: &str,
    detail: serde_json::Value,
) {
    let (setup, calendar) = (work.setup(), work.live_state().calendar().clone());
    let rules = setup.setup.hall(&case.hall).map(|hall| hall.cases.clone()).unwrap_or_default();
    let now = case_moment(work, &case);
    let row = row(case, &calendar.calendar, &rules, now);
    put(work, row, kind, by, detail);
}
