//! Printing by oneself: what a person may print at a kiosk, against which proof, and when a
//! sheet counts as printed.
//!
//! - [`Proof`]: a card in the reader, or a pick-up code; what each opens
//! - [`DocumentPrinterNow`], [`ended`]: what the printer of A4 pages told

pub mod printer;
mod record;

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

pub use printer::{DocumentPrinterNow, JobEnd, ended};
pub use record::{Cell, CellFault, cell};

use crate::case::{Case, CaseState};
use crate::ids::{CaseId, StatementId};
use crate::refusal::Refusal;
use crate::text::Text;

/// How somebody proved who they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof {
    /// Their identity card in a reader. `paired`: the kiosk has a key, so that nobody else on
    /// the network can claim that a card was there.
    Card { paired: bool },
    /// The pick-up code of this case, with the applicant's number.
    Code(CaseId),
    /// A card, and the pick-up code of this case.
    CardAndCode(CaseId),
}

/// What is printed.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum PrintKind {
    /// The results of a case that is ready: the print hands them over.
    Result,
    /// The results of a case once more.
    Copy,
    Statement,
}

impl PrintKind {
    /// In the words of the screens.
    pub fn name(self) -> Text {
        let (zh, en) = match self {
            Self::Result => ("领取办理结果", "Results collected"),
            Self::Copy => ("补打证照文书", "Documents once more"),
            Self::Statement => ("证明", "Statements"),
        };
        Text::new(zh, en)
    }
}

/// Something that can be printed.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Printable {
    /// The results of a case, as far as they are not revoked.
    Case(CaseId),
    Statement(StatementId),
}

/// What a print of a case's results is; none where it has none that could be printed. A result
/// that was revoked is never printed.
pub fn kind_of(case: &Case) -> Option<PrintKind> {
    if case.erased || case.results.iter().all(|result| result.revoked.is_some()) {
        return None;
    }
    match case.state {
        CaseState::Ready => Some(PrintKind::Result),
        CaseState::Delivered => Some(PrintKind::Copy),
        _ => None,
    }
}

impl Proof {
    /// Whether it opens something of this kind; `case` where it is of a case.
    ///
    /// A card tells who somebody is, so it opens what is theirs. Handing a result over for the
    /// first time cannot be undone: there a card counts only at a paired kiosk, since anywhere
    /// else whoever knows a number could claim a card. The pick-up code is known to whoever has
    /// the receipt, which may be another person: it opens its own case and nothing else, and it
    /// is good once.
    ///
    /// # Errors
    /// [`Refusal::CodeNeeded`], or [`Refusal::NotPrintable`].
    pub fn opens(self, kind: PrintKind, case: Option<CaseId>) -> Result<(), Refusal> {
        match (self, kind) {
            (Self::Card { paired: false }, PrintKind::Result) => Err(Refusal::CodeNeeded),
            (Self::CardAndCode(own), PrintKind::Result) if case != Some(own) => {
                Err(Refusal::CodeNeeded)
            }
            (Self::Card { .. } | Self::CardAndCode(_), _) => Ok(()),
            (Self::Code(own), PrintKind::Result) if case == Some(own) => Ok(()),
            (Self::Code(_), _) => Err(Refusal::NotPrintable),
        }
    }

    /// Whether the pick-up code was told.
    pub const fn has_code(self) -> bool {
        matches!(self, Self::Code(_) | Self::CardAndCode(_))
    }

    /// Its name in the trail.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Card { .. } => "card",
            Self::Code(_) => "code",
            Self::CardAndCode(_) => "card_and_code",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_proof_opens_what_it_proves_and_no_more() {
        use PrintKind::{Copy, Result as Ready, Statement};
        let (own, other) = (Some(CaseId(7)), Some(CaseId(8)));
        for (proof, opened, refused) in [
            (
                Proof::Card { paired: true },
                vec![(Ready, own), (Copy, other), (Statement, None)],
                vec![],
            ),
            (
                Proof::Card { paired: false },
                vec![(Copy, own), (Statement, None)],
                vec![(Ready, own, "code_needed")],
            ),
            (
                Proof::CardAndCode(CaseId(7)),
                vec![(Ready, own), (Copy, other), (Statement, None)],
                vec![(Ready, other, "code_needed")],
            ),
            (
                Proof::Code(CaseId(7)),
                vec![(Ready, own)],
                vec![
                    (Ready, other, "not_printable"),
                    (Copy, own, "not_printable"),
                    (Copy, other, "not_printable"),
                    (Statement, None, "not_printable"),
                ],
            ),
        ] {
            for (kind, case) in opened {
                assert_eq!(proof.opens(kind, case), Ok(()), "{proof:?} {kind:?} {case:?}");
            }
            for (kind, case, code) in refused {
                let no = proof.opens(kind, case).unwrap_err();
                assert_eq!(no.code(), code, "{proof:?} {kind:?} {case:?}");
            }
        }
    }
}
