//! The hall file: a whole [`Setup`] as TOML. Reading reports every fault with its
//! line; writing produces a file that people can read and edit.
//!
//! Reading has three stages: syntax, then structure (unknown fields, wrong
//! types), then the rules of a setup ([`jiban_domain::setup::faults`]). Faults of
//! structure do not hide those of the rules, see [`recover`].

mod place;
mod recover;
#[cfg(test)]
mod tests;
mod words;
mod write;

use std::fmt;

use jiban_domain::setup::{self, Setup};
use jiban_domain::{Text, text};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

pub(crate) use place::Lines;
use place::Place;
pub use write::write;

/// The demo: a hall with twenty matters and six counters, and a smaller station.
pub const DEMO: &str = include_str!("../../../demo/hall.toml");

/// A fault in a hall file, and where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HallFileFault {
    /// Counted from 1.
    pub line: usize,
    /// In characters, counted from 1.
    pub column: usize,
    /// Keys and indexes from the top, `hall[0].matter[3].line`; empty for syntax
    /// errors.
    pub place: String,
    /// What is wrong and what is required; does not name the place.
    pub what: Text,
}

impl HallFileFault {
    /// The place in the file, then what is wrong.
    pub fn message(&self) -> Text {
        let Self { line, column, place, what: Text { zh, en } } = self;
        if place.is_empty() {
            text!("第 {line} 行第 {column} 列：{zh}" | "line {line}, column {column}: {en}")
        } else {
            text!("第 {line} 行（{place}）：{zh}" | "line {line} ({place}): {en}")
        }
    }
}

/// In English, the language of the commands.
impl fmt::Display for HallFileFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message().en)
    }
}

/// The text of a file.
///
/// # Errors
/// The first position that is not UTF-8.
pub fn text(bytes: Vec<u8>) -> Result<String, HallFileFault> {
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let before = String::from_utf8_lossy(&error.as_bytes()[..valid]);
        let (line, column) = Lines::of(&before).at(valid);
        let what = Text::new(
            "文件不是 UTF-8 编码（可能是 GBK），请另存为 UTF-8 后再导入",
            "the file is not UTF-8 (perhaps GBK); save it as UTF-8 and import it again",
        );
        HallFileFault { line, column, place: String::new(), what }
    })
}

/// Reads a hall file.
///
/// # Errors
/// All faults in the order of the file. After a syntax error the rest of the file
/// cannot be understood, so then only syntax errors are reported.
pub fn read(text: &str) -> Result<Setup, Vec<HallFileFault>> {
    let lines = Lines::of(text);
    let (table, syntax) = DeTable::parse_recoverable(text);
    if !syntax.is_empty() {
        let faults = syntax.iter().map(|error| {
            let (line, column) = lines.at(error.span().map_or(text.len(), |span| span.start));
            HallFileFault {
                line,
                column,
                place: String::new(),
                what: words::syntax(error.message()),
            }
        });
        return Err(in_order(faults.collect()));
    }
    let tree = Spanned::new(table.span(), DeValue::Table(table.into_inner()));
    let recovered = recover::read(&tree);
    let mut found = recovered.faults;
    if let Some(setup) = recovered.setup {
        let rule_faults = setup::faults(&setup)
            .into_iter()
            .map(|fault| (Place::from(&*fault.place), fault.what))
            .filter(|(place, _)| recovered.guesses.can_trust(place));
        found.extend(rule_faults);
        if found.is_empty() {
            return Ok(setup);
        }
    }
    let faults = found.into_iter().map(|(place, what)| {
        let (line, column) = lines.at(place.offset(&tree));
        HallFileFault { line, column, place: place.to_string(), what }
    });
    Err(in_order(faults.collect()))
}

/// Sorts by line, and keeps only the first syntax error of each line: the others
/// are consequences of the first.
fn in_order(mut faults: Vec<HallFileFault>) -> Vec<HallFileFault> {
    faults.sort_by_key(|fault| (fault.line, fault.column));
    faults.dedup_by(|next, first| {
        next == first
            || (next.place.is_empty() && first.place.is_empty() && next.line == first.line)
    });
    faults
}
