//! Values that are offered for a field, from where the hall file says that they may come. Nothing
//! is filled in by itself: whoever writes takes what is offered, or leaves it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Form;
use super::applicant::{ApplicantAnswers, RESERVED};
use super::check::check_field;
use super::field::{ApplicantPart, Field, FieldKind, LicencePart, Source};
use super::value::{FieldValue, Values};
use crate::identity::ApplicantKind;
use crate::ids::FieldId;

/// A document that the hall issued to the applicant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownLicence {
    /// As [`crate::setup::Matter::produces`] names it.
    pub document: String,
    pub number: String,
    pub issued_on: Date,
}

/// What is known of an applicant whose identity is proven; nothing before.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Known {
    /// The answers of their last application.
    pub earlier: Values,
    /// The newest first.
    pub licences: Vec<KnownLicence>,
}

/// Where an offered value comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OfferedFrom {
    Field(FieldId),
    Applicant,
    Earlier,
    /// The kind of document.
    Licence(String),
}

/// A value that is offered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offered {
    pub field: FieldId,
    pub value: FieldValue,
    pub from: OfferedFrom,
}

/// What is offered for the fields that are asked and empty: the best source that has a right
/// value. Of who applies nothing is offered, since that is what the others rest on.
pub fn offers(
    form: &Form,
    values: &Values,
    applicant: &ApplicantAnswers,
    known: &Known,
    today: Date,
) -> Vec<Offered> {
    let empty = |field: &&Field| values.get(&field.id).is_none_or(FieldValue::is_empty);
    let own = |field: &&Field| !field.id.as_str().starts_with(RESERVED);
    let asked = form.asked_values(values);
    form.fields()
        .filter(|field| form.asks(field, values))
        .filter(empty)
        .filter(own)
        .filter_map(|field| {
            field.from.iter().find_map(|source| {
                let (value, from) = of_source(field, source, &asked, applicant, known)?;
                // What it would be refused with helps nobody.
                let right = check_field(field, &value, &asked, today).ok()??;
                Some(Offered { field: field.id.clone(), value: right, from })
            })
        })
        .collect()
}

fn of_source(
    field: &Field,
    source: &Source,
    values: &Values,
    applicant: &ApplicantAnswers,
    known: &Known,
) -> Option<(FieldValue, OfferedFrom)> {
    let (value, from) = match source {
        Source::Earlier => (known.earlier.get(&field.id)?.clone(), OfferedFrom::Earlier),
        Source::Field(id) => (values.get(id)?.clone(), OfferedFrom::Field(id.clone())),
        Source::Applicant(part) => (of_applicant(field, *part, applicant)?, OfferedFrom::Applicant),
        Source::Licence { document, part } => {
            let licence = known.licences.iter().find(|one| one.document == *document)?;
            let value = match part {
                LicencePart::Number => licence.number.clone(),
                LicencePart::IssuedOn => licence.issued_on.to_string(),
            };
            (FieldValue::Text(value), OfferedFrom::Licence(document.clone()))
        }
    };
    // Agreement is given anew each time, and by nobody else.
    (field.kind != FieldKind::Consent && !value.is_empty()).then_some((value, from))
}

fn of_applicant(
    field: &Field,
    part: ApplicantPart,
    applicant: &ApplicantAnswers,
) -> Option<FieldValue> {
    let text = |text: &str| FieldValue::Text(text.to_owned());
    Some(match part {
        ApplicantPart::Name => text(&applicant.name),
        ApplicantPart::Telephone => text(&applicant.telephone),
        ApplicantPart::Whole => {
            let (kind, number) = match applicant.kind {
                ApplicantKind::Person => (FieldKind::Person, "number"),
                ApplicantKind::Business => (FieldKind::Business, "code"),
            };
            if field.kind != kind {
                return None;
            }
            let mut parts =
                vec![("name", applicant.name.clone()), (number, applicant.number.clone())];
            if let Some(paper) = applicant.paper {
                parts.push(("paper", <&str>::from(paper).to_owned()));
            }
            let parts = parts.into_iter().map(|(name, part)| (name.to_owned(), part));
            FieldValue::Parts(parts.collect())
        }
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use serde_json::json;

    use super::super::applicant::answers;
    use super::*;

    fn form() -> Form {
        serde_json::from_value(json!({ "groups": [{ "id": "all", "name": "全部", "field": [
            { "id": "head", "label": "负责人", "kind": "person", "from": [{ "applicant": "whole" }] },
            { "id": "call", "label": "电话", "kind": "telephone",
              "from": ["earlier", { "applicant": "telephone" }] },
            { "id": "shop", "label": "店名", "from": ["earlier"] },
            { "id": "sign", "label": "招牌", "longest": 4, "from": [{ "field": "shop" }] },
            { "id": "licence", "label": "证号",
              "from": [{ "licence": { "document": "food", "part": "number" } }] },
            { "id": "since", "label": "发证日期", "kind": "date",
              "from": [{ "licence": { "document": "food", "part": "issued_on" } }] },
            { "id": "true", "label": "同意", "kind": "consent", "from": ["earlier"] },
        ]}]}))
        .unwrap()
    }

    fn values(json: serde_json::Value) -> Values {
        serde_json::from_value(json).unwrap()
    }

    fn offered(written: serde_json::Value, known: &Known) -> serde_json::Value {
        let written = values(written);
        let found = offers(&form(), &written, &answers(&written), known, date(2026, 11, 27));
        let found = found.into_iter().map(|one| (one.field.0, json!([one.value, one.from])));
        serde_json::Value::Object(found.collect())
    }

    #[test]
    fn what_stands_in_the_draft_is_offered_to_anybody() {
        let me = json!({
            "applicant": { "name": "陈建国", "number": "11010519491231002X", "paper": "identity_card" },
            "applicant_telephone": "13800138000", "shop": "老陈面馆",
        });
        let offers = offered(me, &Known::default());
        assert_eq!(offers["head"][0]["number"], "11010519491231002X");
        assert_eq!(offers["call"], json!(["13800138000", "applicant"]));
        assert_eq!(offers["sign"], json!(["老陈面馆", { "field": "shop" }]));
        assert!(offers.get("shop").is_none(), "it is answered");
        assert!(offers.get("licence").is_none(), "nobody knows who they are");
    }

    #[test]
    fn what_the_hall_knows_comes_where_the_file_says_and_is_right() {
        let known = Known {
            earlier: values(json!({
                "call": "13900139000", "shop": "青禾区建设路老陈面馆", "true": true,
            })),
            licences: vec![KnownLicence {
                document: "food".to_owned(),
                number: "K7M29QXT".to_owned(),
                issued_on: date(2026, 3, 2),
            }],
        };
        let offers = offered(json!({ "applicant_telephone": "13800138000" }), &known);
        assert_eq!(offers["call"], json!(["13900139000", "earlier"]), "the best source first");
        assert_eq!(offers["licence"], json!(["K7M29QXT", { "licence": "food" }]));
        assert_eq!(offers["since"][0], "2026-03-02");
        assert!(offers.get("true").is_none(), "agreement is given anew");
        let long = offered(json!({ "shop": "青禾区建设路老陈面馆" }), &known);
        assert!(long.get("sign").is_none(), "what would be refused is not offered");
    }

    #[test]
    fn what_is_hidden_is_neither_offered_nor_a_bound() {
        let form: Form =
            serde_json::from_value(json!({ "groups": [{ "id": "all", "name": "全部", "field": [
                { "id": "rents", "label": "租用", "kind": "yes_no" },
                { "id": "lease", "label": "租期至", "kind": "date",
                  "shown_when": [{ "field": "rents", "is": ["yes"] }] },
                { "id": "until", "label": "经营至", "kind": "date", "latest": "lease",
                  "from": [{ "field": "lease" }, "earlier"] },
            ]}]}))
            .unwrap();
        let known =
            Known { earlier: values(json!({ "until": "2028-01-01" })), licences: Vec::new() };
        let offered = |rents: bool| {
            let written = values(json!({ "rents": rents, "lease": "2027-06-01" }));
            offers(&form, &written, &answers(&written), &known, date(2026, 11, 27))
        };
        let of = |from, value: &str| Offered { field: "until".into(), value: value.into(), from };
        let lease = OfferedFrom::Field("lease".into());
        assert_eq!(offered(true), [of(lease, "2027-06-01")]);
        assert_eq!(offered(false), [of(OfferedFrom::Earlier, "2028-01-01")]);
    }
}
