//! A draft that becomes a case at a counter, and what is kept of it as long as the case is.

use std::collections::BTreeMap;

use data_encoding::HEXLOWER;
use jiban_domain::case::{Attached, Case, Moment, Via, commitment_offered};
use jiban_domain::draft::{Draft, DraftFile, DraftRefusal, Entry, Writer, material_key, unasked};
use jiban_domain::event::HallEvent;
use jiban_domain::form::applicant::{ApplicantAnswers, answers};
use jiban_domain::form::{Form, Values, commitment};
use jiban_domain::{ClerkId, DraftId, FieldId, Refusal, Token};
use jiff::civil::{Date, date};
use serde_json::json;

use super::{HallService, Held, RoomNow, put};
use crate::change::Change;
use crate::change::drafts::DraftChange;
use crate::service::access::Caller;
use crate::service::read_failed;
use crate::service::unit_of_work::UnitOfWork;

/// The answers of a draft that became a case are kept as long as the case's applicant is.
const WITH_ITS_CASE: Date = date(9999, 12, 31);

/// A draft that is becoming a case: nothing of it moves meanwhile.
pub struct Receiving {
    /// Who applies.
    pub applicant: ApplicantAnswers,
    draft: Draft,
    /// The digest of the form, and the form as it is kept.
    form: (String, String),
    version: u64,
    commits: bool,
    held: Held,
}

impl Receiving {
    pub fn draft(&self) -> &Draft {
        &self.draft
    }
}

/// What the writer needs of it.
#[derive(Debug, Clone)]
pub struct ToReceive {
    pub id: DraftId,
    form: (String, String),
    version: u64,
    /// The applicant chose the commitment, as it is offered now.
    commits: bool,
    _held: Held,
}

impl Receiving {
    pub fn to_receive(&self) -> ToReceive {
        let Self { draft, form, version, commits, held, .. } = self;
        ToReceive {
            id: draft.id,
            form: form.clone(),
            version: *version,
            commits: *commits,
            _held: held.clone(),
        }
    }
}

/// What an applicant answered before their case was opened.
#[derive(Debug)]
pub struct Received {
    pub draft: Draft,
    pub form: Form,
    pub values: Values,
    pub entries: BTreeMap<FieldId, Entry>,
}

impl HallService {
    /// Holds a draft that is to become a case.
    ///
    /// # Errors
    /// [`DraftRefusal::UnknownDraft`], also for one of another hall;
    /// [`DraftRefusal::FormNotComplete`].
    pub(in crate::service) async fn hold_draft(
        &self,
        me: &Caller,
        token: Token,
    ) -> Result<Receiving, Refusal> {
        let room = self.draft_for_staff(me, token).await?;
        let held = room.hold().await;
        self.refresh_form(&room);
        self.keep_room(&room, None).await?;
        let now = room.now();
        let checked = self.check_draft(&now);
        // A repeat gets the first answer, whatever its form has become.
        if !now.draft.state.is_over() && !checked.refusals.is_empty() {
            return Err(DraftRefusal::FormNotComplete(checked.refusals).into());
        }
        // What was sent is received as it was read and agreed to.
        let form = if now.draft.state.is_writable() {
            (*now.form).clone()
        } else {
            self.kept_form(&now.draft.form).await?
        };
        let (document, digest) = super::begin::form_document(&form);
        Ok(Receiving {
            applicant: answers(&checked.values),
            draft: (*now.draft).clone(),
            form: (digest, document),
            version: now.version,
            commits: commitment::is_chosen(&checked.values) && self.is_as_read(&now).await?,
            held,
        })
    }

    /// Whether the commitment is offered with the words that its applicant read.
    async fn is_as_read(&self, now: &RoomNow) -> Result<bool, Refusal> {
        if now.draft.state.is_writable() || now.draft.form == *now.digest {
            return Ok(true);
        }
        let read = self.kept_form(&now.draft.form).await?;
        let field = FieldId::from(commitment::CHOSEN);
        let words = |form: &Form| form.field(&field).map(|field| field.statement.clone());
        Ok(words(&read) == words(&now.form))
    }

    /// What an applicant answered before their case was opened; none for a case that was not
    /// opened from a draft, and once it is erased.
    ///
    /// # Errors
    /// It cannot be read or decrypted.
    pub async fn received(&self, case: &Case) -> Result<Option<Received>, Refusal> {
        let Some(id) = case.draft.filter(|_| !case.erased) else { return Ok(None) };
        let token = self.reader.draft_token(id).await.map_err(read_failed)?;
        let Some(token) = token else { return Ok(None) };
        let stored = self.reader.draft(token).await.map_err(read_failed)?;
        let Some(stored) = stored.filter(|stored| !stored.erased) else { return Ok(None) };
        let draft = stored.draft;
        let form = self.kept_form(&draft.form).await?;
        let (mut entries, mut values) = (BTreeMap::new(), Values::new());
        for written in self.reader.draft_values(id).await.map_err(read_failed)? {
            let value = self.opened_answer(&draft, &written.field, &written.sealed)?;
            let by = written.by.map_or(Writer::Applicant, Writer::Helper);
            if !value.is_empty() {
                values.insert(written.field.clone(), value.clone());
            }
            let entry = Entry { value, version: written.version, by, at: written.at };
            entries.insert(written.field, entry);
        }
        Ok(Some(Received { draft, form, values, entries }))
    }
}

/// Makes a draft a part of a case that is being opened: its files become the case's.
///
/// # Errors
/// The draft is over.
pub(in crate::service) fn receive(
    work: &mut UnitOfWork<'_>,
    to_receive: &ToReceive,
    case: &mut Case,
    by: &ClerkId,
    now: Moment,
) -> Result<Draft, Refusal> {
    let mut draft = work.draft(to_receive.id)?.draft.clone();
    draft.receive(case.id, by, to_receive.version, now)?;
    draft.keep_until = WITH_ITS_CASE;
    draft.form.clone_from(&to_receive.form.0);
    case.draft = Some(draft.id);
    let setup = work.setup();
    let hall = setup.setup.hall(&draft.hall);
    for file in std::mem::take(&mut draft.files) {
        let key = |one: &jiban_domain::case::CaseMaterial| {
            material_key(one.document.as_deref(), &one.name) == file.material
        };
        let asked = case.materials.iter().find(|one| key(one)).map(|one| one.id);
        let material = asked.unwrap_or_else(|| {
            let (name, document) = unasked::named(hall, &file.material);
            case.add_unasked(name, document, now)
        });
        case.attach(material, attached(&file), &Via::Phone, now)?;
    }
    // What was written after it is not signed.
    if draft.signature.as_ref().is_some_and(|one| one.version != to_receive.version) {
        draft.signature = None;
    }
    Ok(draft)
}

/// Makes the commitment that was chosen with a draft the case's; says whether it did. Where the
/// applicant may not commit now, the clerk is told why beside the case.
pub(in crate::service) fn commit(
    work: &UnitOfWork<'_>,
    (to_receive, draft): (&ToReceive, &Draft),
    case: &mut Case,
    now: Moment,
) -> bool {
    if !to_receive.commits {
        return false;
    }
    let may = work.prefetched().may_promise(now.day);
    let setup = work.setup();
    let hall = setup.setup.hall(&case.hall);
    let offer = hall.and_then(|hall| commitment_offered(hall, &case.subject));
    let signature = draft.signature.as_ref().map(|one| one.file.clone());
    case.sign_commitment(offer.as_ref(), signature, may, now).is_ok()
}

/// Writes what [`receive`] made of a draft; `before` is the draft before it.
pub(in crate::service) fn put_received(
    work: &mut UnitOfWork<'_>,
    (before, draft): (&Draft, Draft),
    to_receive: &ToReceive,
    case: &Case,
    by: &ClerkId,
) {
    let moved = before.files.iter().filter(|file| !draft.files.contains(file));
    let moved = moved.map(|file| (file.file.clone(), file.at, digest_of(&file.sha256)));
    let signature = draft.signature.iter();
    let signature = signature.map(|one| (one.file.clone(), one.at, digest_of(&one.sha256)));
    for (name, at, sha256) in moved.chain(signature) {
        let Some(sha256) = sha256 else { continue };
        work.put(Change::Draft(DraftChange::FileGone(name.clone())));
        work.put(Change::FileKept { file: name, case: case.id, at, sha256 });
    }
    let (digest, document) = to_receive.form.clone();
    work.put(Change::Draft(DraftChange::Form { digest, document }));
    let detail = json!({ "case": case.id });
    put(work, draft, HallEvent::DraftReceived, by.as_str(), detail);
}

fn attached(file: &DraftFile) -> Attached {
    Attached {
        file: file.file.clone(),
        name: String::new(),
        kind: file.kind.clone(),
        bytes: file.bytes,
        sha256: file.sha256.clone(),
        at: file.at,
        pages: file.pages,
        unreadable: false,
    }
}

fn digest_of(sha256: &str) -> Option<[u8; 32]> {
    HEXLOWER.decode(sha256.as_bytes()).ok()?.try_into().ok()
}
