//! Numbers of persons and businesses as people type them: read, checked by the rules of
//! their papers, and masked.
//!
//! - [`IdentityPaper`]: the papers by which a person is known, and the rules of each
//! - [`telephone()`]: telephone numbers
//! - [`name()`]: names, and when two are the same
//! - `masked_…`: what a screen shows of each

mod credit_code;
mod identity_number;
mod mask;
mod masked_ends;
mod name;
mod paper;
mod telephone;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use credit_code::credit_code;
pub use identity_number::identity_number;
pub use mask::{masked_name, masked_telephone};
pub use masked_ends::masked_number;
pub use name::{name, same_name};
pub use paper::IdentityPaper;
pub use telephone::telephone;

use crate::text::Text;
use crate::typed;

/// Who applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ApplicantKind {
    /// Someone with an identity number.
    #[default]
    Person,
    /// A business with a unified social credit code.
    Business,
}

/// What was typed, normalised: full-width characters made plain, upper case, no
/// spaces, and nothing that cannot be seen.
pub fn normalise(text: &str) -> String {
    typed::visible(text)
        .chars()
        .map(|c| match c {
            '！'..='～' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            c => c,
        })
        .filter(|c| !c.is_whitespace())
        .flat_map(char::to_uppercase)
        .collect()
}

/// The number of an applicant, and the paper it is from; a business has none but its
/// credit code. Where no paper is named it is recognised by its number, as far as that can
/// be: see [`IdentityPaper::recognise`].
///
/// # Errors
/// Why it is not valid, for the person.
pub fn number(
    kind: ApplicantKind,
    paper: Option<IdentityPaper>,
    typed: &str,
    today: Date,
) -> Result<(Option<IdentityPaper>, String), Text> {
    match kind {
        ApplicantKind::Person => {
            let paper = paper.unwrap_or_else(|| IdentityPaper::recognise(typed));
            let number = paper.number(typed, today)?;
            Ok((Some(paper.by_number(&number)), number))
        }
        ApplicantKind::Business => Ok((None, credit_code(typed)?)),
    }
}

/// The numbers that a text may be meant for, each in the form it is kept, to look for a
/// person whose paper is not known.
pub fn written(typed: &str, today: Date) -> Vec<String> {
    let mut numbers = vec![normalise(typed)];
    let papers = IdentityPaper::ALL.map(|paper| paper.number(typed, today).ok());
    for number in papers.into_iter().flatten().chain(credit_code(typed).ok()) {
        if !numbers.contains(&number) {
            numbers.push(number);
        }
    }
    numbers
}

/// The number of a paper masked, each paper in its own way; a credit code has none.
pub fn masked_number_of(paper: Option<IdentityPaper>, number: &str) -> String {
    paper.map_or_else(|| masked_number(number), |paper| paper.masked(number))
}

/// The last four of a number, asked for together with a case's number.
pub fn last_four(number: &str) -> &str {
    number.char_indices().rev().nth(3).map_or(number, |(at, _)| &number[at..])
}

/// Whether what was typed are the last four of a number. A terminal has keys for figures
/// and X alone, so that of a passport such as `C01X00T47` its last four figures are as good.
pub fn is_last_four(number: &str, typed: &str) -> bool {
    let typed = normalise(typed);
    let figures: String = number.chars().filter(char::is_ascii_digit).collect();
    let enough = figures.len() >= 4;
    typed == normalise(last_four(number)) || enough && typed == last_four(&figures)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_four_can_be_typed_with_figures() {
        for (number, typed) in [
            ("11010519491231002X", "002x"),
            ("E12345678", "5678"),
            ("C01X00T47", "0T47"),
            ("C01X00T47", "0047"),
            ("军字第1234567号", "4567"),
        ] {
            assert!(is_last_four(number, typed), "{number} {typed}");
        }
        for (number, typed) in
            [("11010519491231002X", "1002"), ("E12345678", ""), ("AB12", "12"), ("E1234", "123")]
        {
            let identity_card = number.ends_with('X');
            assert!(!is_last_four(number, typed) || identity_card, "{number} {typed}");
        }
        assert!(!is_last_four("11010519491231002X", ""));
    }

    #[test]
    fn a_number_is_normalised() {
        assert_eq!(normalise(" １１0 １0５\u{200b}x\u{feff}"), "110105X");
        assert_eq!(normalise("\u{202d}11010519491231002X\u{202c}"), "11010519491231002X");
    }
}
