//! The form of a matter: what an applicant is asked, in groups, and the rules of each
//! answer. Page, phone and server check by the same functions, so that they refuse with
//! the same sentence.
//!
//! - [`field`]: a field, as the hall file describes it
//! - [`value`]: what somebody wrote into one
//! - [`condition`]: what another field must say for a field to be asked
//! - `asked`: which fields are asked
//! - [`date`](date::date): dates as people write them
//! - `refusal`: an answer that is not right
//! - [`bound`]: the days between which a date must be
//! - [`check`]: whether an answer is right, and in which form it is kept
//! - [`applicant`]: the group about the applicant, with which every form begins
//! - [`commitment`]: the group in which a commitment is chosen
//! - [`offer`]: values that are offered for a field
//! - [`of`](of()): the form of a matter or bundle; [`is_offered`] and [`offered`]:
//!   what can be applied for
//! - [`compare`]: what a new version of a form changes
//! - [`masked()`](masked::masked): answers for whoever may not see who they are about

pub mod applicant;
mod asked;
pub mod bound;
pub mod check;
mod check_parts;
mod check_text;
pub mod commitment;
pub mod compare;
pub mod condition;
pub mod date;
pub mod field;
pub mod masked;
mod merge;
pub mod offer;
mod refusal;
pub mod value;

use serde::{Deserialize, Serialize};

use crate::ids::FieldId;
use crate::text::Text;

pub use applicant::Applicants;
pub use check::{Checked, check, check_field};
pub use field::{Choice, Field, FieldKind, Source, TextFormat};
pub(crate) use merge::joined;
pub use merge::{is_any_offered, is_offered, merged, of, offered};
pub use refusal::{FieldFault, FieldRefusal};
pub use value::{FieldValue, Values};

/// What is asked together: a page on a phone, a part of the printed form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Unique in its form. Groups of a bundle's matters with one id are one.
    pub id: String,
    pub name: Text,
    /// What should be known before it is filled in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<Text>,
    #[serde(default, rename = "field")]
    pub fields: Vec<Field>,
}

/// A whole form.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Form {
    pub groups: Vec<Group>,
}

impl Form {
    /// All fields in their order.
    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        self.groups.iter().flat_map(|group| &group.fields)
    }

    /// A field by its id.
    pub fn field(&self, id: &FieldId) -> Option<&Field> {
        self.fields().find(|field| field.id == *id)
    }

    /// Whether a field is asked, by what was answered so far.
    pub fn asks(&self, field: &Field, values: &Values) -> bool {
        asked::is_asked(self, field, values)
    }

    /// The answers that are asked: what was answered before its field was hidden does not count.
    pub fn asked_values(&self, values: &Values) -> Values {
        let asked = self.fields().filter(|field| self.asks(field, values));
        asked.filter_map(|field| Some((field.id.clone(), values.get(&field.id)?.clone()))).collect()
    }

    /// The groups of which something is asked, with their places in the form.
    pub fn asked_groups(&self, values: &Values) -> Vec<(usize, &Group)> {
        let asks = |group: &Group| group.fields.iter().any(|field| self.asks(field, values));
        self.groups.iter().enumerate().filter(|(_, group)| asks(group)).collect()
    }
}

#[cfg(test)]
mod tests;
