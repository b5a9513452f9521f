//! A draft as its applicant, or a helper beside them, sees it.

use jiban_app::api::apply::{
    By, DraftFileShown, DraftMaterial, DraftShown, FromDraft, RemarkShown, WrittenBy,
};
use jiban_domain::Refusal;
use jiban_domain::case::Subject;
use jiban_domain::case::plan::plan;
use jiban_domain::draft::{About, Remark, Writer, material_key};

use crate::service::HallService;
use crate::service::drafts::{AtDraft, RoomNow};

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
        let by = WrittenBy { helper, at: entry.at, version: entry.version };
        (field.clone(), by)
    });
    let (matter, bundle) = match &draft.subject {
        Subject::Matter(id) => (Some(id.clone()), None),
        Subject::Bundle(id) => (None, Some(id.clone())),
    };
    let planned = hall.and_then(|hall| plan(hall, &draft.subject).ok());
    let materials = planned.into_iter().flat_map(|plan| plan.materials).map(|material| {
        let key = material_key(material.document.as_deref(), &material.name);
        let files = draft.files.iter().filter(|file| file.material == key);
        DraftMaterial {
            files: files
                .map(|file| DraftFileShown {
                    file: file.file.clone(),
                    at: file.at,
                    by_helper: file.by.is_some(),
                })
                .collect(),
            key,
            name: material.name,
            form: material.form,
            deferrable: material.deferrable,
        }
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
        values: now.values(),
        version: now.version,
        written: written.collect(),
        materials: materials.collect(),
        remarks: now.remarks.iter().map(|remark| remark_shown(remark, &now)).collect(),
        bring_originals: draft.bring_originals,
        proven: draft.proof.is_proven(),
        form_changes,
        keep_until: draft.keep_until.to_string(),
        helper: now.helper.as_ref().map(|clerk| service.clerk_name(clerk)),
        by_helper: at.writer != Writer::Applicant,
        case: draft.case,
        form: (*now.form).clone(),
    })
}

/// A remark, which is settled once what it is about was changed.
pub fn remark_shown(remark: &Remark, now: &RoomNow) -> RemarkShown {
    let changed = match &remark.about {
        About::Field(field) => now.entries.get(field).is_some_and(|entry| entry.at > remark.at),
        About::Material(key) => {
            now.draft.files.iter().any(|file| file.material == *key && file.at > remark.at)
        }
        About::Draft => now.draft.sent.is_some_and(|sent| sent.at > remark.at),
    };
    RemarkShown {
        id: remark.id,
        about: remark.about.clone(),
        words: remark.words.clone(),
        at: remark.at,
        settled: remark.settled || changed,
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
