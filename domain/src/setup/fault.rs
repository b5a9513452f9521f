//! One fault of a hall file.

use crate::text;
use crate::text::Text;

/// A fault in a hall file, and where: `hall[0].matter[3].line`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetupFault {
    /// Keys and indexes from the top of the file, as TOML names them.
    pub place: String,
    /// What is wrong and what is needed.
    pub what: Text,
}

impl SetupFault {
    /// The whole fault as a sentence: the place, a colon, and what is wrong.
    pub fn sentence(&self) -> Text {
        let Self { place, what: Text { zh, en } } = self;
        text!("{place}: {zh}" | "{place}: {en}")
    }
}
