//! The hall file: a whole [`Setup`] as TOML, read with every fault told by its
//! line, and written so that a person can read and change it.
//!
//! Reading goes in three steps: syntax, then shape (unknown fields, wrong
//! types), then the hall's rules ([`jiban_domain::setup::faults`]). Faults of
//! shape do not hide those of the rules, see [`recover`].

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

/// The demo hall: twenty matters, six counters, a station below.
pub const DEMO: &str = include_str!("../../../demo/hall.toml");

/// Something wrong in a hall file, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Counted from 1.
    pub line: usize,
    /// In characters, counted from 1.
    pub column: usize,
    /// Keys and indexes from the top, `hall[0].matter[3].line`; empty where
    /// the file is no TOML at that point.
    pub place: String,
    /// What is wrong and what was wanted.
    pub what: Text,
}

impl Fault {
    /// The whole fault as it is told: where in the file, and what is wrong.
    pub fn told(&self) -> Text {
        let Self { line, column, place, what: Text { zh, en } } = self;
        if place.is_empty() {
            text!("第 {line} 行第 {column} 列：{zh}" | "line {line}, column {column}: {en}")
        } else {
            text!("第 {line} 行：{place}: {zh}" | "line {line}: {place}: {en}")
        }
    }
}

/// In English, as commands speak.
impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.told().en)
    }
}

/// The text of a file.
///
/// # Errors
/// Where it is not UTF-8: the first place that is not.
pub fn text(bytes: Vec<u8>) -> Result<String, Fault> {
    String::from_utf8(bytes).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        let before = String::from_utf8_lossy(&error.as_bytes()[..good]);
        let (line, column) = Lines::of(&before).at(good);
        let what = Text::new(
            "不是 UTF-8 文本（可能是 GBK）；请将文件另存为 UTF-8",
            "this is no UTF-8 text (GBK perhaps?); wanted the file saved as UTF-8",
        );
        Fault { line, column, place: String::new(), what }
    })
}

/// Reads a hall file.
///
/// # Errors
/// All that is wrong, in the order of the file. Where the file is no TOML,
/// only its faults of syntax are told: what stands behind them is a guess.
pub fn read(text: &str) -> Result<Setup, Vec<Fault>> {
    let lines = Lines::of(text);
    let (table, syntax) = DeTable::parse_recoverable(text);
    if !syntax.is_empty() {
        let told = syntax.iter().map(|error| {
            let (line, column) = lines.at(error.span().map_or(text.len(), |span| span.start));
            Fault { line, column, place: String::new(), what: words::syntax(error.message()) }
        });
        return Err(in_order(told.collect()));
    }
    let tree = Spanned::new(table.span(), DeValue::Table(table.into_inner()));
    let mended = recover::read(&tree);
    let mut found = mended.faults;
    if let Some(setup) = mended.setup {
        let by_rule = setup::faults(&setup)
            .into_iter()
            .map(|fault| (Place::from(&*fault.place), fault.what))
            .filter(|(place, _)| mended.guesses.trusts(place));
        found.extend(by_rule);
        if found.is_empty() {
            return Ok(setup);
        }
    }
    let told = found.into_iter().map(|(place, what)| {
        let (line, column) = lines.at(place.offset(&tree));
        Fault { line, column, place: place.to_string(), what }
    });
    Err(in_order(told.collect()))
}

/// By line, and of those of syntax the first of each line: the parser stumbles
/// over the rest of a broken line again and again.
fn in_order(mut faults: Vec<Fault>) -> Vec<Fault> {
    faults.sort_by_key(|fault| (fault.line, fault.column));
    faults.dedup_by(|next, first| {
        next == first
            || (next.place.is_empty() && first.place.is_empty() && next.line == first.line)
    });
    faults
}
