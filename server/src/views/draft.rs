//! A draft as its applicant, or a helper beside them, sees it.

use jiban_app::api::apply::{By, DraftShown, FromDraft, RemarkShown, VisitBooked, WrittenBy};
use jiban_app::api::begin_beside::FormOffered;
use jiban_domain::booking::BookingState;
use jiban_domain::case::Subject;
use jiban_domain::draft::{DraftState, Remark, Writer};
use jiban_domain::form;
use jiban_domain::setup::Hall;
use jiban_domain::{BundleId, FieldId, MatterId, Refusal, Token};

use super::draft_materials;
use crate::service::HallService;
use crate::service::drafts::{AtDraft, RoomNow};

/// What can be applied for in a hall by a form.
pub fn forms_offered(hall: &Hall) -> impl Iterator<Item = FormOffered> {
    form::offered(hall).map(|(subject, name, _)| {
        let (matter, bundle) = ids(&subject);
        let (id, hall_name) = (hall.id.clone(), hall.name.clone());
        FormOffered { hall: id, hall_name, matter, bundle, name: name.clone() }
    })
}

fn ids(subject: &Subject) -> (Option<MatterId>, Option<BundleId>) {
    match subject {
        Subject::Matter(id) => (Some(id.clone()), None),
        Subject::Bundle(id) => (None, Some(id.clone())),
    }
}

/// A draft as it is now.
///
/// # Errors
/// The database cannot be read.
pub async fn shown(service: &HallService, at: &AtDraft) -> Result<DraftShown, Refusal> {
    service.refresh_form(&at.room);
    of(service, at, at.room.now()).await
}

/// A draft as it was at one moment.
///
/// # Errors
/// The database cannot be read.
pub async fn of(service: &HallService, at: &AtDraft, now: RoomNow) -> Result<DraftShown, Refusal> {
    let form_changes = service.form_changes(&now).await?;
    let setup = service.live_state().setup().clone();
    let hall = setup.setup.hall(&now.draft.hall);
    let draft = &now.draft;
    let written = now.entries.iter().map(|(field, entry)| {
        let helper = entry.by.clerk().map(|clerk| service.clerk_name(clerk));
        let proven = now.proof_of(field).filter(|_| !entry.value.is_empty());
        let by = WrittenBy { helper, at: entry.at, version: entry.version, proven };
        (field.clone(), by)
    });
    let (matter, bundle) = ids(&draft.subject);
    let values = now.values();
    // What the hall is still writing is told once it is returned.
    let told = now.remarks.iter().filter(|remark| {
        draft.state != DraftState::Sent || draft.sent.is_some_and(|sent| remark.at <= sent.at)
    });
    Ok(DraftShown {
        token: at.token,
        hall: draft.hall.clone(),
        hall_name: hall.map_or_else(|| draft.hall.as_str().into(), |hall| hall.name.clone()),
        matter,
        bundle,
        name: draft.name.clone(),
        state: draft.state,
        way: draft.way,
        materials: draft_materials::materials(hall, draft, &values),
        values,
        version: now.version,
        written: written.collect(),
        remarks: told.map(|remark| remark_shown(remark, &now)).collect(),
        bring_originals: draft.bring_originals,
        proven: now.proof().is_some(),
        signed: draft.signature.as_ref().is_some_and(|one| one.version == now.version),
        form_changes,
        keep_until: draft.keep_until.to_string(),
        base: service.addresses.base.clone(),
        today: service.today_at(&draft.hall).to_string(),
        helper: now.helper.as_ref().map(|clerk| service.clerk_name(clerk)),
        by_helper: at.writer != Writer::Applicant,
        booking: draft.booking.and_then(|token| visit_booked(service, token)),
        case: draft.case,
        form: (*now.form).clone(),
    })
}

/// The visit that the hall booked, while it can be kept.
fn visit_booked(service: &HallService, token: Token) -> Option<VisitBooked> {
    let booking = service.booking(token).ok()?;
    let stands = matches!(booking.state, BookingState::Booked | BookingState::CheckedIn);
    stands.then_some(VisitBooked { url: booking.url, code: booking.code, when: booking.when })
}

/// A remark, which is settled once what it is about was changed.
pub fn remark_shown(remark: &Remark, now: &RoomNow) -> RemarkShown {
    let written = |field: &FieldId| now.entries.get(field).map(|entry| entry.at);
    RemarkShown {
        id: remark.id,
        about: remark.about.clone(),
        words: remark.words.clone(),
        at: remark.at,
        settled: remark.is_settled(&now.draft, written),
    }
}

/// On which side somebody writes.
pub fn side(writer: &Writer) -> By {
    match writer {
        Writer::Applicant => By::Applicant,
        Writer::Helper(_) => By::Helper,
    }
}

/// A whole draft as a message.
///
/// # Errors
/// The database cannot be read.
pub async fn message(service: &HallService, at: &AtDraft) -> Result<FromDraft, Refusal> {
    Ok(FromDraft::Draft { draft: Box::new(shown(service, at).await?) })
}
