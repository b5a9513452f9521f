//! An answer that is not right, told beside its field.

use serde::{Deserialize, Serialize};
use strum::IntoStaticStr;

use crate::ids::FieldId;
use crate::text::Text;

/// What is wrong with an answer, for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum FieldFault {
    /// Nothing was answered.
    Required,
    /// The value is of another shape than the field's.
    Shape,
    TooShort,
    TooLong,
    /// No number, or one with too many decimals.
    Number,
    TooSmall,
    TooLarge,
    Date,
    TooEarly,
    TooLate,
    /// None of the choices.
    Choice,
    /// Fewer choices or rows than asked for.
    TooFew,
    /// More choices or rows than may be.
    TooMany,
    /// Not as such a text is written.
    Format,
    /// A name, identity number, credit code or telephone that cannot be.
    Identity,
    /// It was not agreed to.
    NotAgreed,
}

/// An answer that is not right, with its place and the reason for the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldRefusal {
    /// `field`, `field.part`, `field[row].column` or `field[row].column.part`; rows count from 0.
    pub place: String,
    pub fault: FieldFault,
    pub why: Text,
}

impl FieldRefusal {
    pub(super) fn new(fault: FieldFault, why: Text) -> Self {
        Self { place: String::new(), fault, why }
    }

    pub(super) fn of_part(mut self, part: &str) -> Self {
        self.place = format!(".{part}{}", self.place);
        self
    }

    pub(super) fn within(mut self, start: &str) -> Self {
        self.place.insert_str(0, start);
        self
    }

    /// The field that it is about.
    pub fn field(&self) -> FieldId {
        let end = self.place.find(['.', '[']).unwrap_or(self.place.len());
        FieldId::from(&self.place[..end])
    }
}
