//! How far a draft is.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::refusal_table::Shown;
use crate::text::{Lang, Text};

/// How far a draft is.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum DraftState {
    /// The applicant writes.
    Filling,
    /// The hall looks at it (预审中).
    Sent,
    /// It came back with remarks.
    Returned,
    /// All right: the applicant may come.
    Cleared,
    /// It became a case.
    Received,
    /// The applicant gave it up.
    Withdrawn,
    /// Its time was over.
    Expired,
}

impl DraftState {
    /// Whether answers and files may be changed.
    pub const fn is_writable(self) -> bool {
        matches!(self, Self::Filling | Self::Returned)
    }

    /// Whether nothing more can become of it.
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Received | Self::Withdrawn | Self::Expired)
    }

    pub fn name(self) -> Text {
        let (zh, en) = match self {
            Self::Filling => ("填写中", "being filled in"),
            Self::Sent => ("预审中", "being checked"),
            Self::Returned => ("请修改", "returned with remarks"),
            Self::Cleared => ("预审通过", "checked and all right"),
            Self::Received => ("已收件", "received"),
            Self::Withdrawn => ("已撤回", "withdrawn"),
            Self::Expired => ("已过期删除", "expired and erased"),
        };
        Text::new(zh, en)
    }
}

impl Shown for DraftState {
    fn shown(&self, lang: Lang) -> String {
        self.name().get(lang).to_owned()
    }
}
