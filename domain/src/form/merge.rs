//! The form of a matter, and the form of a bundle: that of its matters in one, in which
//! nothing is asked twice.

use super::applicant::{self, Applicants};
use super::commitment;
use super::field::Field;
use super::{Form, Group};
use crate::Refusal;
use crate::case::commitment::commitment_offered;
use crate::case::{CaseRefusal, Subject};
use crate::setup::{Hall, Matter};

/// The form of a matter or bundle, which begins with the applicant and ends with the commitment
/// that is offered.
///
/// # Errors
/// [`Refusal::UnknownMatter`] or [`CaseRefusal::UnknownBundle`].
pub fn of(hall: &Hall, subject: &Subject) -> Result<Form, Refusal> {
    let mut form = match subject {
        Subject::Matter(id) => merged(&[hall.matter(id).ok_or(Refusal::UnknownMatter)?]),
        Subject::Bundle(id) => {
            let bundle = hall.bundle(id).ok_or(CaseRefusal::UnknownBundle)?;
            merged(&hall.matters_of(bundle).collect::<Vec<_>>())
        }
    };
    // What it replaces is known once all else is filled in.
    form.groups.extend(commitment_offered(hall, subject).as_ref().map(commitment::group));
    Ok(form)
}

/// The form of several matters.
pub fn merged(matters: &[&Matter]) -> Form {
    let applicants =
        matters.iter().fold(Applicants::Either, |all, matter| all.and(matter.applicants));
    let mut groups = vec![applicant::group(applicants)];
    for group in matters.iter().flat_map(|matter| &matter.form) {
        for field in &group.fields {
            add(&mut groups, group, field);
        }
    }
    Form { groups }
}

fn add(groups: &mut Vec<Group>, group: &Group, field: &Field) {
    let mut fields = groups.iter_mut().flat_map(|one| &mut one.fields);
    if let Some(same) = fields.find(|one| one.id == field.id) {
        join(same, field);
        return;
    }
    if let Some(same) = groups.iter_mut().find(|one| one.id == group.id) {
        same.fields.push(field.clone());
        return;
    }
    groups.push(Group { fields: vec![field.clone()], ..group.clone() });
}

/// One field for both: what either needs, within the bounds of both.
fn join(field: &mut Field, other: &Field) {
    field.required |= other.required;
    field.least = larger(field.least, other.least);
    field.most = smaller(field.most, other.most);
    field.shortest = field.shortest.max(other.shortest);
    field.longest = match (field.longest, other.longest) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    };
    field.decimals = field.decimals.min(other.decimals);
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
