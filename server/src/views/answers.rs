//! What an applicant answered before their case was opened, as the staff see it, and as paper has
//! it.

use std::collections::BTreeMap;

use jiban_app::api::apply::WrittenBy;
use jiban_app::api::drafts::{AnswersOfCase, CaseAnswers};
use jiban_domain::case::Case;
use jiban_domain::form::masked::masked;
use jiban_domain::form::{FieldValue, Form, Values, check};
use jiban_domain::{FieldId, Refusal, typed};
use jiff::civil::Date;

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
    let day = draft.ended.map_or_else(|| service.today_at(&draft.hall), |ended| ended.day);
    let values = readable(&form, &values, day);
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

/// Answers to be read: those that are right in the form in which they were checked, the others as
/// they were written, without what cannot be seen.
pub fn readable(form: &Form, values: &Values, day: Date) -> Values {
    let mut checked = check(form, values, day).values;
    let one = |(field, written): (&FieldId, &FieldValue)| {
        let value = checked.remove(field).unwrap_or_else(|| visible(written));
        (field.clone(), value)
    };
    values.iter().map(one).collect()
}

/// A value without what cannot be seen.
fn visible(value: &FieldValue) -> FieldValue {
    match value {
        FieldValue::Flag(flag) => FieldValue::Flag(*flag),
        FieldValue::Text(text) => FieldValue::Text(typed::visible(text)),
        FieldValue::Several(ids) => {
            FieldValue::Several(ids.iter().map(|id| typed::visible(id)).collect())
        }
        FieldValue::Parts(parts) => {
            let part = |(name, part): (&String, &String)| (name.clone(), typed::visible(part));
            FieldValue::Parts(parts.iter().map(part).collect())
        }
        FieldValue::Rows(rows) => {
            let row = |row: &BTreeMap<FieldId, FieldValue>| {
                row.iter().map(|(column, cell)| (column.clone(), visible(cell))).collect()
            };
            FieldValue::Rows(rows.iter().map(row).collect())
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_right_is_read_as_it_was_checked_and_the_rest_without_what_cannot_be_seen() {
        let form: Form = serde_json::from_value(json!({ "groups": [{
            "id": "all", "name": "全部", "field": [
                { "id": "capital", "label": "资金", "kind": "money" },
                { "id": "area", "label": "面积", "kind": "number", "decimals": 1, "least": 50 },
                { "id": "who", "label": "人", "kind": "person" },
                { "id": "other", "label": "另一人", "kind": "person" },
                { "id": "opens", "label": "开业", "kind": "date", "earliest": "today" },
                { "id": "staff", "label": "人员", "kind": "table", "columns": [
                    { "id": "name", "label": "姓名" }, { "id": "since", "label": "入职", "kind": "date" },
                ]},
                { "id": "lit", "label": "带灯", "kind": "yes_no" },
                { "id": "light", "label": "照明", "shown_when": [{ "field": "lit", "is": ["yes"] }] },
            ],
        }]}))
        .unwrap();
        let values: Values = serde_json::from_value(json!({
            "capital": "８００００元", "area": "4\u{200b}9.5平方米",
            "who": { "name": "张\u{202e}伟", "number": "11010519491231002x" },
            "other": { "name": "李\u{202e}雷", "number": "1" },
            "opens": "2026年12月1日",
            "staff": [{ "name": "刘\u{202d}梅", "since": "昨\u{ad}天" }],
            "lit": false, "light": "内\u{feff}透光", "gone": "没有\u{2066}了",
        }))
        .unwrap();
        let read = serde_json::to_value(readable(&form, &values, jiff::civil::date(2026, 11, 27)));
        let card = "11010519491231002X";
        assert_eq!(
            read.unwrap(),
            json!({
                "capital": "80000", "area": "49.5平方米",
                "who": { "name": "张伟", "number": card, "paper": "identity_card" },
                "other": { "name": "李雷", "number": "1" },
                "opens": "2026-12-01",
                "staff": [{ "name": "刘梅", "since": "昨天" }],
                "lit": false, "light": "内透光", "gone": "没有了",
            })
        );
    }
}
