//! A draft as its pages show it.

use jiban_domain::draft::About;
use jiban_domain::form::offer::Offered;
use jiban_domain::form::{Field, FieldFault, FieldRefusal, Group};
use jiban_domain::{FieldId, Lang, Text};

use super::words::ApplyPageWords;
use crate::api::apply::{DraftMaterial, DraftShown, RemarkShown};
use crate::words::fill;

/// A draft, and what is wrong with its answers.
#[derive(Debug, Clone)]
pub struct DraftView {
    pub lang: Lang,
    pub draft: DraftShown,
    /// Of all that is asked.
    pub refusals: Vec<FieldRefusal>,
    /// What is offered for empty fields, on the page of a step.
    pub offers: Vec<Offered>,
    /// At which provider the applicant can prove who they are; none where they cannot.
    pub sign_in: Option<Text>,
}

/// How far a group is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    Done,
    /// Something is not answered.
    Open,
    /// So many answers are not right.
    Wrong(usize),
    /// The hall has remarked something that was not changed since.
    Remarked,
}

impl DraftView {
    /// An address below the draft's page: `/d/TOKEN/check?lang=en`.
    pub fn at(&self, below: &str) -> String {
        format!("/d/{}{below}?lang={}", self.draft.token, self.lang.tag())
    }

    /// The page of a group.
    pub fn at_group(&self, group: &Group) -> String {
        self.at(&format!("/form/{}", escaped(&group.id)))
    }

    /// The page of a field, down to it.
    pub fn at_field(&self, place: &str) -> String {
        let field = place.split(['.', '[']).next().unwrap_or_default();
        let has = |group: &&Group| group.fields.iter().any(|one| one.id.as_str() == field);
        let group = self.draft.form.groups.iter().find(has);
        let page = group.map_or_else(|| self.at(""), |group| self.at_group(group));
        format!("{page}#{}", element_id(place))
    }

    /// The label of the field of a refusal.
    pub fn label(&self, place: &str) -> String {
        let id = FieldId::from(place.split(['.', '[']).next().unwrap_or_default());
        let field = self.draft.form.field(&id);
        field.map_or_else(|| place.to_owned(), |field| field.label.get(self.lang).to_owned())
    }

    /// The groups of which something is asked.
    pub fn groups(&self) -> Vec<&Group> {
        let asked = self.draft.form.asked_groups(&self.draft.values);
        asked.into_iter().map(|(_, group)| group).collect()
    }

    /// The fields of a group that are asked.
    pub fn asked<'a>(&'a self, group: &'a Group) -> impl Iterator<Item = &'a Field> {
        group.fields.iter().filter(|field| self.draft.form.asks(field, &self.draft.values))
    }

    /// What is wrong with the answers of a group.
    pub fn refusals_of<'a>(&'a self, group: &'a Group) -> impl Iterator<Item = &'a FieldRefusal> {
        self.refusals.iter().filter(|refusal| {
            let field = refusal.field();
            group.fields.iter().any(|one| one.id == field)
        })
    }

    /// How far a group is.
    pub fn progress(&self, group: &Group) -> Progress {
        let mut fields = group.fields.iter();
        if fields.any(|field| self.open_remarks(&About::Field(field.id.clone())).next().is_some()) {
            return Progress::Remarked;
        }
        let wrong = self.refusals_of(group).filter(|refusal| is_wrong(refusal)).count();
        match (wrong, self.refusals_of(group).next()) {
            (0, None) => Progress::Done,
            (0, Some(_)) => Progress::Open,
            (wrong, _) => Progress::Wrong(wrong),
        }
    }

    /// Remarks about something that were not settled.
    pub fn open_remarks<'a>(
        &'a self,
        about: &'a About,
    ) -> impl Iterator<Item = &'a RemarkShown> + use<'a> {
        self.draft.remarks.iter().filter(move |one| one.about == *about && !one.settled)
    }

    /// Those about a material.
    pub fn remarks_of(&self, material: &DraftMaterial) -> Vec<String> {
        let about = About::Material(material.key.clone());
        self.open_remarks(&about).map(|remark| remark.words.clone()).collect()
    }

    /// How many files it has.
    pub fn files(&self) -> String {
        let words = ApplyPageWords::of(self.lang);
        match self.draft.materials.iter().map(|one| one.files.len()).sum::<usize>() {
            0 => words.files_none.to_owned(),
            1 => words.files_one.to_owned(),
            n => fill(words.files_n, &[("n", &n)]),
        }
    }
}

/// Whether something was answered that is not right, and not only left open.
pub fn is_wrong(refusal: &FieldRefusal) -> bool {
    !matches!(refusal.fault, FieldFault::Required | FieldFault::NotAgreed | FieldFault::TooFew)
}

/// The id of the element at a place: `staff[0].name` is `f-staff-0-name`.
pub fn element_id(place: &str) -> String {
    format!("f-{}", place.replace('[', ".").replace(']', "").replace('.', "-"))
}

/// The id of all that is shown of a field.
pub fn field_id(field: &FieldId) -> String {
    format!("at-{}", escaped(field.as_str()))
}

/// The id of a row of a table, as [`super::super::field`](mod@super::super::field) draws it.
pub fn row_id(table: &str, row: usize) -> String {
    format!("{}-{row}", element_id(table))
}

/// An id of the hall file as a part of an address.
pub fn escaped(id: &str) -> String {
    use std::fmt::Write as _;
    let mut escaped = String::new();
    for byte in id.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
            escaped.push(char::from(byte));
        } else {
            let _ = write!(escaped, "%{byte:02X}");
        }
    }
    escaped
}
