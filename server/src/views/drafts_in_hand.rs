//! Drafts that were sent before the visit, as the staff see them.

use std::collections::HashMap;

use jiban_app::api::drafts::{DraftBrief, DraftInHand, DraftsInHand, DraftsNow, RemarkMade};
use jiban_domain::access::Action;
use jiban_domain::case::{ApplicantKind, Subject};
use jiban_domain::draft::{Draft, DraftState, Remark, Writer, checkers, remark};
use jiban_domain::form::applicant::{self, BUSINESS};
use jiban_domain::form::masked::masked;
use jiban_domain::identity::masked_name;
use jiban_domain::setup::Clerk;
use jiban_domain::{FieldId, HallId, MatterId, Refusal};

use super::answers::readable;
use super::draft;
use crate::live_state::LiveState;
use crate::service::drafts::{AtDraft, Room};
use crate::service::{Caller, HallService, read_failed};
use crate::store::AnswersInHand;

/// Drafts in one list.
const LISTED: usize = 300;

/// Which drafts are wanted.
#[derive(Debug, Clone, Default)]
pub struct DraftsQuery {
    pub hall: Option<HallId>,
    /// For this matter, alone or in a bundle.
    pub matter: Option<MatterId>,
}

/// What a page of the office follows of drafts.
pub fn now(service: &HallService, me: &Clerk) -> DraftsNow {
    let live_state = service.live_state();
    live_state.drafts().now(|draft| sees(&live_state, me, draft))
}

/// Whether a reviewer, supervisor or director has to do with a draft.
fn sees(live_state: &LiveState, me: &Clerk, draft: &Draft) -> bool {
    let hall = live_state.setup().setup.hall(&draft.hall);
    let departments =
        hall.map(|hall| checkers::departments(hall, &draft.subject)).unwrap_or_default();
    me.works_in(&draft.hall)
        && (me.role.supervises() || departments.iter().any(|one| me.sees_steps_of(one)))
}

/// The drafts that the caller may look at.
///
/// # Errors
/// When they cannot be read.
pub async fn list(
    service: &HallService,
    me: &Caller,
    query: &DraftsQuery,
) -> Result<DraftsInHand, Refusal> {
    let (found, time_zone) = {
        let live_state = service.live_state();
        let staff = me.staff(&live_state, service.clock.now())?;
        let halls = &live_state.setup().setup.halls;
        let mut halls = halls.iter().filter(|hall| {
            staff.works_in(&hall.id) && query.hall.as_ref().is_none_or(|wanted| *wanted == hall.id)
        });
        let time_zone = halls.clone().next().map(|hall| hall.time_zone.clone());
        let mut found = Vec::new();
        for hall in halls.by_ref() {
            let of_hall = live_state.drafts().of(&hall.id);
            let is_wanted = |draft: &Draft| {
                let matters = || checkers::matter_ids(hall, &draft.subject);
                (staff.hall.is_some() || sees(&live_state, staff.clerk, draft))
                    && query.matter.as_ref().is_none_or(|wanted| matters().contains(wanted))
            };
            found.push((
                hall.id.clone(),
                of_hall.into_iter().filter(|one| is_wanted(one)).collect::<Vec<_>>(),
            ));
        }
        (found, time_zone.unwrap_or_default())
    };
    let mut drafts = Vec::new();
    for (hall, of_hall) in found.into_iter().filter(|(_, of_hall)| !of_hall.is_empty()) {
        let fields = [applicant::PERSON, BUSINESS];
        let mut answers: HashMap<_, AnswersInHand> =
            service.reader.answers_in_hand(&hall, fields).await.map_err(read_failed)?;
        for draft in of_hall {
            let of_draft = answers.remove(&draft.id).unwrap_or_default();
            drafts.push(brief(service, &draft, &of_draft)?);
        }
    }
    drafts.sort_by_key(|one| (one.state != DraftState::Sent, one.sent_at, one.id));
    drafts.truncate(LISTED);
    Ok(DraftsInHand { drafts, time_zone, sentences: remark::usual_sentences() })
}

fn brief(
    service: &HallService,
    draft: &Draft,
    answers: &AnswersInHand,
) -> Result<DraftBrief, Refusal> {
    let remarks = service.opened_remarks(draft, answers.remarks.as_deref())?;
    let written = |field: &FieldId| answers.written.get(field).copied();
    let open = remarks.iter().filter(|remark| !remark.is_settled(draft, written));
    let mut applicant = String::new();
    for (field, sealed) in &answers.applicant {
        let value = service.opened_answer(draft, field, sealed)?;
        let kind = if field.as_str() == BUSINESS {
            ApplicantKind::Business
        } else {
            ApplicantKind::Person
        };
        // Of the two, one is asked for; what was written into the other before may remain.
        if !value.part("name").is_empty() {
            applicant = masked_name(kind, value.part("name"));
        }
    }
    let proven = draft.proof.kind(|field| answers.versions.get(field).copied()).is_some();
    Ok(brief_of(service, draft, applicant, (open.count(), proven)))
}

fn brief_of(
    service: &HallService,
    draft: &Draft,
    applicant: String,
    (open_remarks, proven): (usize, bool),
) -> DraftBrief {
    let (matter, bundle) = match &draft.subject {
        Subject::Matter(id) => (Some(id.clone()), None),
        Subject::Bundle(id) => (None, Some(id.clone())),
    };
    DraftBrief {
        id: draft.id,
        token: service.draft_alias(draft.token),
        hall: draft.hall.clone(),
        matter,
        bundle,
        name: draft.name.clone(),
        applicant,
        state: draft.state,
        way: draft.way,
        sent_at: draft.sent.map(|sent| sent.at),
        times_sent: draft.times_sent,
        files: draft.files.len(),
        open_remarks,
        proven,
    }
}

/// A draft in one line, from its room.
pub fn brief_of_room(service: &HallService, room: &Room) -> DraftBrief {
    let now = room.now();
    let answers = applicant::answers(&now.values());
    let open = now.remarks.iter().filter(|remark| !settled(remark, room));
    let name = masked_name(answers.kind, &answers.name);
    brief_of(service, &now.draft, name, (open.count(), now.proof().is_some()))
}

fn settled(remark: &Remark, room: &Room) -> bool {
    let now = room.now();
    remark.is_settled(&now.draft, |field| now.entries.get(field).map(|entry| entry.at))
}

/// A draft that the caller may look at.
///
/// # Errors
/// The database cannot be read.
pub async fn shown(
    service: &HallService,
    me: &Caller,
    room: &std::sync::Arc<Room>,
) -> Result<DraftInHand, Refusal> {
    let now = room.now();
    let token = service.draft_alias(room.token);
    // As the applicant sees it, but with a token that opens nothing of theirs.
    let at = AtDraft { room: room.clone(), writer: Writer::Applicant, token };
    let mut shown = draft::of(service, &at, now.clone()).await?;
    let may_check = service.may_on_draft(me, Action::ReturnDraft, &now.draft).is_ok();
    shown.values = readable(&now.form, &shown.values, service.today_at(&room.hall));
    if !may_check {
        shown.values = masked(&now.form, &shown.values);
    }
    shown.remarks.clear();
    let made = |remark: &Remark| RemarkMade {
        id: remark.id,
        about: remark.about.clone(),
        words: remark.words.clone(),
        by: service.clerk_name(&remark.by),
        at: remark.at,
        settled: settled(remark, room),
    };
    let draft = &now.draft;
    Ok(DraftInHand {
        id: draft.id,
        draft: shown,
        token,
        whole: may_check,
        may_check,
        remarks: now.remarks.iter().map(made).collect(),
        sent_at: draft.sent.map(|sent| sent.at),
        times_sent: draft.times_sent,
        times_returned: draft.times_returned,
        checked_by: draft.checked_by.as_ref().map(|clerk| service.clerk_name(clerk)),
        helped: draft.helped,
        books: service.booked_matter(draft),
        sentences: remark::usual_sentences(),
    })
}
