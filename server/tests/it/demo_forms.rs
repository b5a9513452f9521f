//! The demo's forms: those of life, that somebody can fill in.

use std::collections::HashSet;

use jiban::hall_file;
use jiban_domain::case::Subject;
use jiban_domain::form::{self, FieldKind, Form, Values};
use jiban_domain::setup::{Hall, Setup};
use strum::VariantArray;

use crate::support::answers;

fn main_hall() -> Hall {
    let Ok(Setup { mut halls, .. }) = hall_file::read(hall_file::DEMO) else {
        panic!("the demo has faults")
    };
    halls.swap_remove(0)
}

fn form(hall: &Hall, subject: &Subject) -> Form {
    form::of(hall, subject).unwrap()
}

/// The day for which the answers were written.
const TODAY: jiff::civil::Date = jiff::civil::date(2026, 11, 27);

#[test]
fn each_form_takes_the_answers_made_for_it() {
    let hall = main_hall();
    let answers = answers::of_all_forms();
    let with_form: HashSet<&str> = hall
        .matters
        .iter()
        .filter(|matter| !matter.form.is_empty())
        .map(|matter| matter.id.as_str())
        .collect();
    assert_eq!(with_form, answers.keys().map(String::as_str).collect::<HashSet<_>>());
    assert!(with_form.len() >= 8);
    for (matter, answers) in &answers {
        let form = form(&hall, &Subject::Matter(matter.as_str().into()));
        let checked = form::check(&form, answers, TODAY);
        assert_eq!(checked.refusals, [], "{matter}");
        let kept: Values = answers
            .iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(id, value)| (id.clone(), value.clone()))
            .collect();
        let ids = |values: &Values| values.keys().cloned().collect::<Vec<_>>();
        assert_eq!(ids(&checked.values), ids(&kept), "{matter}: an answer to nothing");
        let required = form.fields().filter(|field| field.required && form.asks(field, answers));
        assert!(required.count() >= 5, "{matter}");
    }
}

#[test]
fn bundles_ask_nothing_twice() {
    let hall = main_hall();
    let answers = answers::of_all_forms();
    for bundle in &hall.bundles {
        let merged = form(&hall, &Subject::Bundle(bundle.id.clone()));
        let mut seen = HashSet::new();
        assert!(merged.fields().all(|field| seen.insert(&field.id)), "{}", bundle.id);
        let parts: Vec<_> = hall.matters_of(bundle).collect();
        assert!(parts.iter().all(|matter| !matter.form.is_empty()), "{}", bundle.id);
        let asked_apart: usize =
            parts.iter().flat_map(|matter| &matter.form).map(|group| group.fields.len()).sum();
        let own: usize = merged.groups[1..].iter().map(|group| group.fields.len()).sum();
        assert!(own + 3 <= asked_apart, "{}: {own} of {asked_apart}", bundle.id);
        // Whoever answers each part has answered the whole: the first answer counts, as a person
        // has one shop and one address. Nobody has the licence yet that comes with it.
        let mut together = Values::new();
        for matter in &parts {
            for (id, value) in &answers[matter.id.as_str()] {
                together.entry(id.clone()).or_insert_with(|| value.clone());
            }
        }
        let checked = form::check(&merged, &together, TODAY);
        assert_eq!(checked.refusals, [], "{}", bundle.id);
    }
}

#[test]
fn every_kind_of_field_and_every_help_is_there() {
    let hall = main_hall();
    let fields: Vec<_> = hall
        .matters
        .iter()
        .flat_map(|matter| &matter.form)
        .flat_map(|group| &group.fields)
        .collect();
    let kinds: HashSet<FieldKind> = fields.iter().map(|field| field.kind).collect();
    assert_eq!(kinds, FieldKind::VARIANTS.iter().copied().collect::<HashSet<_>>());
    for wanted in [
        fields.iter().any(|field| !field.shown_when.is_empty()),
        fields.iter().any(|field| !field.from.is_empty()),
        fields.iter().any(|field| field.help.is_some()),
        fields.iter().any(|field| field.example.is_some()),
    ] {
        assert!(wanted);
    }
    for field in fields {
        let texts = [Some(&field.label), field.help.as_ref(), field.example.as_ref()];
        let texts = texts.into_iter().chain([field.statement.as_ref(), field.unit.as_ref()]);
        for text in texts.flatten() {
            assert!(!text.zh.is_empty() && !text.en.is_empty(), "{}", field.id);
        }
    }
}
