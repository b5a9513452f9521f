//! The group about the applicant, with which every form begins. It is the same for all
//! matters, so it is not written in the hall file; a case is opened from its answers.

use serde::{Deserialize, Serialize};

use super::Group;
use super::condition::Condition;
use super::field::{ApplicantPart, Choice, Field, FieldKind, Source};
use super::value::{FieldValue, Values};
use crate::identity::ApplicantKind;
use crate::identity::IdentityPaper;
use crate::ids::FieldId;
use crate::text::Text;

/// Who applies for a matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Applicants {
    /// Somebody with an identity paper, or a business.
    #[default]
    Either,
    Persons,
    Businesses,
}

impl Applicants {
    // Serde calls it with a reference.
    #[allow(clippy::trivially_copy_pass_by_ref)]
    pub(crate) fn is_either(&self) -> bool {
        *self == Self::Either
    }

    /// Who may apply for matters together, in whichever order they come. A file in which some
    /// are for persons only and some for businesses only is refused; here it would be both.
    pub(super) fn of_all(mut matters: impl Iterator<Item = Self>) -> Self {
        let first = matters.by_ref().find(|one| !one.is_either()).unwrap_or_default();
        if matters.all(|one| one.is_either() || one == first) { first } else { Self::Either }
    }
}

/// The ids of its fields. No form may have fields with these.
pub const KIND: &str = "applicant_kind";
pub const PERSON: &str = "applicant";
pub const BUSINESS: &str = "applicant_business";
pub const TELEPHONE: &str = "applicant_telephone";
/// What ids of this group begin with.
pub const RESERVED: &str = "applicant";

/// The group of those who may apply.
pub fn group(applicants: Applicants) -> Group {
    let either = applicants == Applicants::Either;
    let when = |is: &str| -> Vec<Condition> {
        let condition = Condition { field: FieldId::from(KIND), is: vec![is.to_owned()] };
        either.then_some(condition).into_iter().collect()
    };
    let known = |part| vec![Source::Applicant(part)];
    let field = |id: &str, kind, label: Text| Field {
        id: FieldId::from(id),
        label,
        kind,
        required: true,
        ..Field::default()
    };
    let kind = Field {
        choices: vec![
            Choice { id: "person".to_owned(), name: Text::new("个人", "A person") },
            Choice { id: "business".to_owned(), name: Text::new("企业或单位", "A business") },
        ],
        ..field(KIND, FieldKind::Choice, Text::new("谁来申请", "Who applies"))
    };
    let person = Field {
        shown_when: when("person"),
        from: known(ApplicantPart::Whole),
        ..field(PERSON, FieldKind::Person, Text::new("申请人", "Applicant"))
    };
    let business = Field {
        shown_when: when("business"),
        from: known(ApplicantPart::Whole),
        help: Some(Text::new("与营业执照一致。", "As on the business licence.")),
        ..field(BUSINESS, FieldKind::Business, Text::new("申请单位", "Business"))
    };
    let telephone = Field {
        from: known(ApplicantPart::Telephone),
        help: Some(Text::new(
            "办理中有事会打这个电话。",
            "We call this number if something comes up.",
        )),
        ..field(TELEPHONE, FieldKind::Telephone, Text::new("联系电话", "Telephone"))
    };
    let mut fields = Vec::new();
    if either {
        fields.push(kind);
    }
    if applicants != Applicants::Businesses {
        fields.push(person);
    }
    if applicants != Applicants::Persons {
        fields.push(business);
    }
    fields.push(telephone);
    Group { id: RESERVED.to_owned(), name: Text::new("申请人", "Applicant"), help: None, fields }
}

/// The applicant as a form says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApplicantAnswers {
    pub kind: ApplicantKind,
    pub name: String,
    pub paper: Option<IdentityPaper>,
    pub number: String,
    pub telephone: String,
}

/// Reads the answers of this group. What is missing is empty.
pub fn answers(values: &Values) -> ApplicantAnswers {
    let value = |id: &str| values.get(&FieldId::from(id)).unwrap_or(FieldValue::empty());
    let business = match value(KIND).text() {
        Some("business") => true,
        Some("person") => false,
        _ => !value(BUSINESS).is_empty(),
    };
    let (kind, who, number) = if business {
        (ApplicantKind::Business, value(BUSINESS), "code")
    } else {
        (ApplicantKind::Person, value(PERSON), "number")
    };
    ApplicantAnswers {
        kind,
        name: who.part("name").to_owned(),
        paper: who.part("paper").parse().ok().filter(|_| !business),
        number: who.part(number).to_owned(),
        telephone: value(TELEPHONE).text().unwrap_or_default().to_owned(),
    }
}
