//! What an applicant answered before their case was opened, as the staff see it.

use std::collections::BTreeMap;

use jiban_app::api::apply::WrittenBy;
use jiban_app::api::drafts::{AnswersOfCase, CaseAnswers};
use jiban_domain::case::Case;
use jiban_domain::form::masked::masked;
use jiban_domain::{FieldId, Refusal};

use crate::service::HallService;
use crate::service::drafts::Received;

/// The answers of a case, masked unless `whole`.
///
/// # Errors
/// When they cannot be read.
pub async fn of_case(
    service: &HallService,
    case: &Case,
    whole: bool,
) -> Result<AnswersOfCase, Refusal> {
    let Some(Received { draft, form, values, entries }) = service.received(case).await? else {
        return Ok(None);
    };
    let values = if whole { values } else { masked(&form, &values) };
    let versions: BTreeMap<FieldId, u64> =
        entries.iter().map(|(field, entry)| (field.clone(), entry.version)).collect();
    let written = entries.into_iter().map(|(field, entry)| {
        let helper = entry.by.clerk().map(|clerk| service.clerk_name(clerk));
        let proven = draft.proof.of_field(&field, |field| versions.get(field).copied());
        (field, WrittenBy { helper, at: entry.at, version: entry.version, proven })
    });
    let written = written.collect();
    let (way, helped) = (draft.way, draft.helped);
    Ok(Some(CaseAnswers { form, values, whole, written, way, helped }))
}
