//! The API of printing by oneself: at a kiosk, without a clerk.
//!
//! [`Prove`] says who is there and gives a pass; [`Print`] prints one thing that it opens;
//! [`ReadPrint`] tells how far that is; [`Leave`] ends the pass. A pass is bound to its kiosk
//! and ends by itself. A print goes on when its visitor leaves.

pub use jiban_domain::print_job::JobState;
pub use jiban_domain::self_print::{DocumentPrinterNow, PrintKind, Printable};
use jiban_domain::{KioskId, Lang, Text, Token};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Done, Refused, calls};

calls! {
    ReadSelfPrint => "/api/self_print/now" -> SelfPrintNow,
    Prove => "/api/self_print/prove" -> Proved,
    ListPrintables => "/api/self_print/list" -> Proved,
    Print => "/api/self_print/print" -> PrintNow,
    ReadPrint => "/api/self_print/read" -> PrintNow,
    Leave => "/api/self_print/leave" -> Done,
}

/// What can be done at a kiosk, before anybody has proved anything.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadSelfPrint {
    pub kiosk: KioskId,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SelfPrintNow {
    /// The state of the printer of A4 pages.
    pub printer: DocumentPrinterNow,
    /// Cards are read here.
    pub card_reader: bool,
    /// The names of the statements that are printed here.
    pub statements: Vec<Text>,
    /// The telephone of the information desk.
    pub telephone: String,
}

/// Prove who is there: by the number that a card reader sent, by a pick-up code with the
/// number, or by both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prove {
    pub kiosk: KioskId,
    /// The identity number; of a business its credit code.
    pub number: String,
    /// The number came from a card reader.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub card: bool,
    /// The name on the card, where the reader sends it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The pick-up code of a case: six digits, on the page that the receipt's QR code opens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pick_up_code: Option<String>,
}

/// Who is there, and what they may print.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proved {
    /// Shows to the following calls that somebody proved who they are.
    pub pass: Token,
    /// Masked: others can see the screen.
    pub name: String,
    pub printables: Vec<Offered>,
}

/// Something that can be printed, or why it cannot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offered {
    pub item: Printable,
    pub kind: PrintKind,
    /// The statement's name, or the case's.
    pub name: Text,
    /// The case's documents; of a statement the department that states it.
    pub about: Vec<Text>,
    /// The case's number; empty for a statement.
    pub number: String,
    /// Why it cannot be printed now; null where it can.
    pub refused: Option<Refused>,
}

/// What a pass opens now, after something was printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListPrintables {
    pub kiosk: KioskId,
    pub pass: Token,
}

/// Print something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Print {
    /// Made by the page; a repeat prints nothing more.
    pub request_id: Uuid,
    pub kiosk: KioskId,
    pub pass: Token,
    pub item: Printable,
    /// The language that leads on a statement.
    #[serde(default)]
    pub lang: Lang,
}

/// How far a print is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadPrint {
    pub kiosk: KioskId,
    /// As its request was.
    pub request_id: Uuid,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrintNow {
    pub state: JobState,
    /// The pages of the document.
    pub pages: u32,
    /// Pages that came out so far, as the printer counts them.
    pub came_out: u32,
    pub printer: DocumentPrinterNow,
}

/// End a pass: its visitor goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leave {
    pub kiosk: KioskId,
    pub pass: Token,
}
