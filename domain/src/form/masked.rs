//! Answers for whoever may not see who they are about: masked as persons of cases are.

use super::Form;
use super::field::{Field, FieldKind};
use super::value::{FieldValue, Values};
use crate::identity::ApplicantKind;
use crate::identity::{
    IdentityPaper, masked_name, masked_number, masked_number_of, masked_telephone,
};

/// All answers of a form, masked. An answer without a field is left out.
pub fn masked(form: &Form, values: &Values) -> Values {
    let known = form.fields().filter_map(|field| {
        let value = values.get(&field.id)?;
        Some((field.id.clone(), masked_value(field, value)))
    });
    known.collect()
}

/// One answer, masked where its kind says who somebody is.
pub fn masked_value(field: &Field, value: &FieldValue) -> FieldValue {
    match (field.kind, value) {
        (FieldKind::Telephone, FieldValue::Text(text)) => FieldValue::Text(masked_telephone(text)),
        (kind, FieldValue::Parts(parts)) => {
            let paper: Option<IdentityPaper> =
                parts.get("paper").and_then(|paper| paper.parse().ok());
            let masked = parts.iter().map(|(name, part)| {
                let shown = match (kind, name.as_str()) {
                    (FieldKind::Person, "name") => masked_name(ApplicantKind::Person, part),
                    (FieldKind::Business, "name") => masked_name(ApplicantKind::Business, part),
                    (FieldKind::Person, "number") => masked_number_of(paper, part),
                    (FieldKind::Business, "code") => masked_number(part),
                    // The district says nothing of a door.
                    (FieldKind::Address, "detail") => "*".repeat(part.chars().count().min(4)),
                    _ => part.clone(),
                };
                (name.clone(), shown)
            });
            FieldValue::Parts(masked.collect())
        }
        (FieldKind::Table, FieldValue::Rows(rows)) => {
            let of_row = |row: &std::collections::BTreeMap<_, FieldValue>| {
                let cells = field.columns.iter().filter_map(|column| {
                    Some((column.id.clone(), masked_value(column, row.get(&column.id)?)))
                });
                cells.collect()
            };
            FieldValue::Rows(rows.iter().map(of_row).collect())
        }
        _ => value.clone(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn who_somebody_is_is_masked_and_what_they_want_is_not() {
        let form: Form = serde_json::from_value(json!({ "groups": [{
            "id": "all", "name": "全部", "field": [
                { "id": "who", "label": "人", "kind": "person" },
                { "id": "shop", "label": "店", "kind": "business" },
                { "id": "call", "label": "电话", "kind": "telephone" },
                { "id": "where", "label": "地址", "kind": "address" },
                { "id": "area", "label": "面积", "kind": "number" },
                { "id": "staff", "label": "人员", "kind": "table", "columns": [
                    { "id": "one", "label": "人", "kind": "person" },
                    { "id": "job", "label": "岗位" },
                ]},
            ],
        }]}))
        .unwrap();
        let values: Values = serde_json::from_value(json!({
            "who": { "name": "张小伟", "number": "11010519491231002X", "paper": "identity_card" },
            "shop": { "name": "建设路某某餐饮店", "code": "91350100M000100Y43" },
            "call": "13812345678",
            "where": { "region": "河南省郑州市", "detail": "建设路1号院" },
            "area": "120",
            "staff": [{ "one": { "name": "李雷", "number": "E12345678" }, "job": "厨师" }],
            "gone": "没有这一项了",
        }))
        .unwrap();
        let shown = serde_json::to_value(masked(&form, &values)).unwrap();
        let all = shown.to_string();
        for whole in ["张小伟", "1949123", "餐饮店", "M000100", "12345678", "1号院", "李雷", "gone"]
        {
            assert!(!all.contains(whole), "{whole} in {all}");
        }
        assert_eq!(shown["area"], "120");
        assert_eq!(shown["where"]["region"], "河南省郑州市");
        assert_eq!(shown["staff"][0]["job"], "厨师");
        assert_eq!(shown["call"], "138****5678");
    }
}
