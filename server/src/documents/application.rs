//! The application form on paper: what was filled in, or empty.

use jiban_app::parts::qr;
use jiban_app::print::{self, Application};
use jiban_domain::access::Action;
use jiban_domain::case::Subject;
use jiban_domain::draft::{Draft, DraftRefusal};
use jiban_domain::event::CaseEvent;
use jiban_domain::form::masked::masked;
use jiban_domain::form::{self, Field, FieldValue, Form, Values};
use jiban_domain::{BundleId, CaseId, HallId, Lang, MatterId, Refusal, Text, Token};
use serde_json::json;

use super::contents::drawn_signature;
use crate::pdf;
use crate::printing::glyphs::undrawable;
use crate::service::drafts::{Received, Room};
use crate::service::{Caller, HallService, moment};
use crate::views::answers::readable;
use crate::zone::date_and_time;

/// The empty form of a matter or bundle.
///
/// # Errors
/// [`Refusal::UnknownHall`], [`Refusal::UnknownMatter`].
pub async fn blank(
    service: &HallService,
    hall: &HallId,
    id: &str,
    lang: Lang,
) -> Result<Vec<u8>, Refusal> {
    let setup = service.live_state().setup().clone();
    let hall = setup.setup.hall(hall).ok_or(Refusal::UnknownHall)?;
    let (matter, bundle) = (MatterId::from(id), BundleId::from(id));
    let (subject, name) = match (hall.matter(&matter), hall.bundle(&bundle)) {
        (Some(found), _) => (Subject::Matter(matter), found.name.clone()),
        (None, Some(found)) => (Subject::Bundle(bundle), found.name.clone()),
        (None, None) => return Err(Refusal::UnknownMatter),
    };
    let content = Application {
        lang: lang.base(),
        hall: hall.name.clone(),
        name,
        form: form::of(hall, &subject)?,
        values: None,
        number: None,
        sent: None,
        signed: None,
        qr: Some(qr::address(&service.addresses.apply(&hall.id, id))),
        undrawable: Vec::new(),
    };
    drawn(service, content).await
}

/// A draft as it is now. `token` is what its code leads back to.
///
/// # Errors
/// This machine has no Chinese font.
pub async fn of_draft(
    service: &HallService,
    room: &Room,
    token: Token,
    (whole, lang): (bool, Lang),
) -> Result<Vec<u8>, Refusal> {
    let content = content_of_draft(service, room, token, (whole, lang)).await;
    drawn(service, content).await
}

/// What the paper of a draft says.
pub async fn content_of_draft(
    service: &HallService,
    room: &Room,
    token: Token,
    (whole, lang): (bool, Lang),
) -> Application {
    let now = room.now();
    let values = readable(&now.form, &now.values(), service.today_at(&now.draft.hall));
    let values = if whole { values } else { masked(&now.form, &values) };
    let mut draft = (*now.draft).clone();
    // What was written after it is not signed.
    draft.signature = draft.signature.filter(|one| whole && one.version == now.version);
    let content = filled(service, &draft, (*now.form).clone(), values, lang).await;
    let leads = service.addresses.draft(token);
    Application { qr: Some(qr::address(&leads)), ..content }
}

/// What the applicant of a case filled in. It shows them whole, so it is recorded first.
///
/// # Errors
/// [`DraftRefusal::NoForm`] for a case that was not opened from a
/// draft, and once it is erased.
pub async fn of_case(
    service: &HallService,
    me: &Caller,
    action: Action,
    case: CaseId,
) -> Result<Vec<u8>, Refusal> {
    let case = &service.case_to_reveal(me, action, case).await?;
    let received = service.received(case).await?;
    let Received { draft, form, values, .. } = received.ok_or(DraftRefusal::NoForm)?;
    let by = me.clerk.as_str();
    let detail = json!({ "paper": "application" });
    service.record_case_event(case, CaseEvent::PersonRevealed, by, detail).await?;
    let day = draft.ended.map_or_else(|| service.today_at(&draft.hall), |ended| ended.day);
    let values = readable(&form, &values, day);
    let content = filled(service, &draft, form, values, Lang::Zh).await;
    let leads = service.addresses.progress(service.view_token(case));
    let number = Some(case.number.grouped());
    let content = Application { qr: Some(qr::address(&leads)), number, ..content };
    drawn(service, content).await
}

async fn filled(
    service: &HallService,
    draft: &Draft,
    form: Form,
    values: Values,
    lang: Lang,
) -> Application {
    let setup = service.live_state().setup().clone();
    let hall = setup.setup.hall(&draft.hall);
    let mut missing = Vec::new();
    for field in form.fields().filter(|field| form.asks(field, &values)) {
        let places = undrawable(&written(field, values.get(&field.id))).await;
        if !places.is_empty() {
            missing.push((field.label.clone(), places));
        }
    }
    let signature = draft.signature.as_ref();
    let png = drawn_signature(service, signature.map(|one| one.file.as_str())).await;
    let signed = signature.zip(png).map(|(one, png)| (png, moment(hall, one.at).day.to_string()));
    Application {
        lang: lang.base(),
        hall: hall.map_or_else(|| Text::from(draft.hall.as_str()), |hall| hall.name.clone()),
        name: draft.name.clone(),
        form,
        values: Some(values),
        number: None,
        sent: draft.sent.zip(hall).map(|(sent, hall)| date_and_time(hall, sent.at)),
        signed,
        qr: None,
        undrawable: missing,
    }
}

/// All that was written into a field, in one text.
fn written(field: &Field, value: Option<&FieldValue>) -> String {
    match value {
        Some(FieldValue::Text(text)) if field.choices.is_empty() => text.clone(),
        Some(FieldValue::Parts(parts)) => {
            let said = field.kind.parts().iter().filter(|part| **part != "paper");
            said.filter_map(|part| parts.get(*part)).cloned().collect()
        }
        Some(FieldValue::Rows(rows)) => {
            let cells = rows.iter().flat_map(|row| {
                field.columns.iter().map(|column| written(column, row.get(&column.id)))
            });
            cells.collect()
        }
        _ => String::new(),
    }
}

async fn drawn(service: &HallService, content: Application) -> Result<Vec<u8>, Refusal> {
    let place = service.drawing_place().await?;
    let title = content.name.get(content.lang).to_owned();
    let drawn = tokio::task::spawn_blocking(move || {
        let _place = place;
        pdf::from_pages(&print::application(&content), &title)
    });
    let pdf = drawn.await.map_err(|_| Refusal::Unavailable)?;
    pdf.map_err(|fault| {
        tracing::error!(%fault, "a form could not be made");
        Refusal::Unavailable
    })
}
