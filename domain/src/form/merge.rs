//! The form of a matter, and the form of a bundle: that of its matters in one, in which
//! nothing is asked twice.

use super::applicant::{self, Applicants};
use super::commitment;
use super::field::{Field, FieldKind};
use super::{Form, Group};
use crate::Refusal;
use crate::case::commitment::commitment_offered;
use crate::case::{CaseRefusal, Subject};
use crate::setup::{Hall, Matter};
use crate::text::Text;

/// The form of a matter or bundle, which begins with the applicant and ends with the commitment
/// that is offered.
///
/// # Errors
/// [`Refusal::UnknownMatter`] or [`CaseRefusal::UnknownBundle`].
pub fn of(hall: &Hall, subject: &Subject) -> Result<Form, Refusal> {
    let mut form = merged(&matters(hall, subject)?);
    // What it replaces is known once all else is filled in.
    form.groups.extend(commitment_offered(hall, subject).as_ref().map(commitment::group));
    Ok(form)
}

fn matters<'a>(hall: &'a Hall, subject: &Subject) -> Result<Vec<&'a Matter>, Refusal> {
    match subject {
        Subject::Matter(id) => Ok(vec![hall.matter(id).ok_or(Refusal::UnknownMatter)?]),
        Subject::Bundle(id) => {
            let bundle = hall.bundle(id).ok_or(CaseRefusal::UnknownBundle)?;
            Ok(hall.matters_of(bundle).collect())
        }
    }
}

/// Whether a matter or bundle can be applied for by a form: one of its matters asks something
/// besides who applies, or offers a commitment.
pub fn is_offered(hall: &Hall, subject: &Subject) -> bool {
    let Ok(matters) = matters(hall, subject) else { return false };
    let mut groups = matters.iter().flat_map(|matter| &matter.form);
    groups.any(|group| !group.fields.is_empty()) || commitment_offered(hall, subject).is_some()
}

/// Whether anything can be applied for by a form in a hall.
pub fn is_any_offered(hall: &Hall) -> bool {
    subjects(hall).any(|(subject, _)| is_offered(hall, &subject))
}

/// What is applied for by a form in a hall, with its name and form: bundles first, then matters.
pub fn offered(hall: &Hall) -> impl Iterator<Item = (Subject, &Text, Form)> {
    let offered = subjects(hall).filter(|(subject, _)| is_offered(hall, subject));
    offered.filter_map(|(subject, name)| {
        let form = of(hall, &subject).ok()?;
        Some((subject, name, form))
    })
}

fn subjects(hall: &Hall) -> impl Iterator<Item = (Subject, &Text)> {
    let bundles =
        hall.bundles.iter().map(|bundle| (Subject::Bundle(bundle.id.clone()), &bundle.name));
    let matters =
        hall.matters.iter().map(|matter| (Subject::Matter(matter.id.clone()), &matter.name));
    bundles.chain(matters)
}

/// The form of several matters.
pub fn merged(matters: &[&Matter]) -> Form {
    let applicants = Applicants::of_all(matters.iter().map(|matter| matter.applicants));
    let mut groups = vec![applicant::group(applicants)];
    for group in matters.iter().flat_map(|matter| &matter.form) {
        for field in &group.fields {
            add(&mut groups, group, field);
        }
    }
    if matters.len() > 1 {
        // Each matter asks for agreement last, to all that was asked before.
        groups.sort_by_key(agrees_only);
    }
    Form { groups }
}

fn agrees_only(group: &Group) -> bool {
    group.fields.iter().all(|field| field.kind == FieldKind::Consent)
}

fn add(groups: &mut Vec<Group>, group: &Group, field: &Field) {
    let mut fields = groups.iter_mut().flat_map(|one| &mut one.fields);
    if let Some(same) = fields.find(|one| one.id == field.id) {
        *same = joined(same, field);
        return;
    }
    if let Some(same) = groups.iter_mut().find(|one| one.id == group.id) {
        same.fields.push(field.clone());
        return;
    }
    groups.push(Group { fields: vec![field.clone()], ..group.clone() });
}

/// One field for both: what either needs, within the bounds of both.
pub(crate) fn joined(one: &Field, other: &Field) -> Field {
    let mut field = one.clone();
    field.required |= other.required;
    field.least = larger(field.least, other.least);
    field.most = smaller(field.most, other.most);
    field.shortest = field.shortest.max(other.shortest);
    field.longest = match (field.longest, other.longest) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    };
    field.decimals = field.decimals.min(other.decimals);
    field.unit = field.unit.take().or_else(|| other.unit.clone());
    field.earliest = field.earliest.take().or_else(|| other.earliest.clone());
    field.latest = field.latest.take().or_else(|| other.latest.clone());
    field.help = field.help.take().or_else(|| other.help.clone());
    field.example = field.example.take().or_else(|| other.example.clone());
    // Asked where either asks for it.
    if other.shown_when.is_empty() {
        field.shown_when.clear();
    } else if !field.shown_when.is_empty() {
        for condition in &other.shown_when {
            if !field.shown_when.contains(condition) {
                field.shown_when.push(condition.clone());
            }
        }
    }
    for source in &other.from {
        if !field.from.contains(source) {
            field.from.push(source.clone());
        }
    }
    field
}

fn larger(one: Option<f64>, other: Option<f64>) -> Option<f64> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.max(other)),
        (one, other) => one.or(other),
    }
}

fn smaller(one: Option<f64>, other: Option<f64>) -> Option<f64> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn matter(id: &str, applicants: &str, form: &Value) -> Matter {
        serde_json::from_value(json!({
            "id": id, "name": id, "line": "a", "department": "d", "applicants": applicants,
            "form": form,
        }))
        .unwrap()
    }

    fn group(id: &str, fields: &[(&str, &str)]) -> Value {
        let fields = fields.iter().map(
            |(id, kind)| json!({ "id": id, "label": id, "kind": kind, "statement": "属实。" }),
        );
        json!({ "id": id, "name": id, "field": fields.collect::<Vec<_>>() })
    }

    #[test]
    fn a_bundle_asks_for_agreement_last() {
        let shop = matter(
            "shop",
            "either",
            &json!([
                group("name", &[("name", "text")]),
                group("promise", &[("truth", "consent")]),
                group("terms", &[("letters", "consent"), ("by_post", "yes_no")]),
            ]),
        );
        let food = matter(
            "food",
            "either",
            &json!([
                group("kitchen", &[("area", "number")]),
                group("safety", &[("safe", "consent")]),
                group("promise", &[("honest", "consent")]),
            ]),
        );
        let ids = |form: Form| form.groups.into_iter().map(|group| group.id).collect::<Vec<_>>();
        assert_eq!(
            ids(merged(&[&shop, &food])),
            ["applicant", "name", "terms", "kitchen", "promise", "safety"]
        );
        let alone = ids(merged(&[&shop]));
        assert_eq!(alone, ["applicant", "name", "promise", "terms"], "as its file has it");
    }

    #[test]
    fn what_asks_nothing_but_who_applies_is_not_applied_for() {
        let hall: Hall = serde_json::from_value(json!({
            "id": "main", "name": "大厅",
            "line": [{ "id": "a", "letter": "A", "name": "甲" }],
            "counter": [{ "id": 1, "name": "1号窗口", "lines": ["a"] }],
            "matter": [
                { "id": "asks", "name": "甲", "line": "a", "department": "d",
                  "form": [group("g", &[("x", "text")])] },
                { "id": "empty", "name": "乙", "line": "a", "department": "d",
                  "form": [group("g", &[])] },
                { "id": "silent", "name": "丙", "line": "a", "department": "d" },
                { "id": "promises", "name": "丁", "line": "a", "department": "d",
                  "steps": [{ "name": "审查", "days": 4 }],
                  "commitment": { "text": "我承诺", "consequence": "撤销",
                    "replaces_steps": ["审查"], "promised_days": 2, "check_within_days": 20,
                    "answer_days": 5, "put_right_days": 10 } },
            ],
            "bundle": [
                { "id": "both", "name": "一件事",
                  "part": [{ "matter": "silent" }, { "matter": "asks" }] },
                { "id": "neither", "name": "另一件事",
                  "part": [{ "matter": "silent" }, { "matter": "empty" }] },
            ],
        }))
        .unwrap();
        let ids: Vec<String> = offered(&hall).map(|(one, ..)| one.id().to_owned()).collect();
        assert_eq!(ids, ["both", "asks", "promises"]);
        assert!(offered(&hall).all(|(_, _, form)| form.groups.len() > 1));
        assert!(!is_offered(&hall, &Subject::Matter("gone".into())));
        assert!(is_any_offered(&hall));
    }

    #[test]
    fn the_order_of_matters_changes_nobody_who_may_apply() {
        let of = |applicants: &str| matter(applicants, applicants, &json!([]));
        let (persons, businesses, either) = (of("persons"), of("businesses"), of("either"));
        let kinds = |matters: &[&Matter]| {
            merged(matters).fields().map(|field| field.id.0.clone()).collect::<Vec<_>>()
        };
        let all = kinds(&[&either]);
        for order in [
            [&persons, &businesses, &either],
            [&persons, &either, &businesses],
            [&businesses, &persons, &persons],
            [&persons, &businesses, &persons],
            [&either, &either, &either],
        ] {
            assert_eq!(kinds(&order), all);
        }
        for order in [[&either, &persons, &either], [&persons, &persons, &either]] {
            assert_eq!(kinds(&order), kinds(&[&persons]));
        }
        assert_ne!(kinds(&[&persons]), all);
    }

    #[test]
    fn one_unit_is_that_of_both() {
        let area = |unit: Value| {
            let field = json!({ "id": "area", "label": "面积", "kind": "number", "unit": unit });
            matter("m", "either", &json!([{ "id": "g", "name": "组", "field": [field] }]))
        };
        let (plain, metres) = (area(Value::Null), area(json!("平方米")));
        for order in [[&plain, &metres], [&metres, &plain]] {
            let unit = merged(&order).field(&"area".into()).unwrap().unit.clone();
            assert_eq!(unit, Some("平方米".into()));
        }
    }

    #[test]
    fn a_circle_of_two_matters_is_asked_from_outside_it() {
        let choice = |id: &str, waits_for: &[&str]| {
            let when = waits_for.iter().map(|field| json!({ "field": field, "is": ["a"] }));
            json!({ "id": id, "label": id, "kind": "choice", "choices": [{ "id": "a", "name": "甲" }],
                    "shown_when": when.collect::<Vec<_>>() })
        };
        let of = |fields: Value| {
            matter("m", "either", &json!([{ "id": "g", "name": "组", "field": fields }]))
        };
        let one = of(json!([choice("w", &[]), choice("y", &["w"]), choice("x", &["y"])]));
        let other = of(json!([choice("v", &[]), choice("x", &["v"]), choice("y", &["x"])]));
        let form = merged(&[&one, &other]);
        let asked = |answered: &[&str]| {
            let values: super::super::Values =
                answered.iter().map(|id| ((*id).into(), "a".into())).collect();
            let asks = |id: &&str| form.asks(form.field(&(*id).into()).unwrap(), &values);
            ["x", "y"].into_iter().filter(asks).collect::<Vec<_>>()
        };
        assert_eq!(asked(&["x", "y"]), [""; 0], "each waits for the other");
        assert_eq!(asked(&["v"]), ["x"]);
        assert_eq!(asked(&["v", "x"]), ["x", "y"]);
        assert_eq!(asked(&["w", "y"]), ["x", "y"]);
    }
}
