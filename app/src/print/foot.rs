//! The foot of an A4 page: the verification code, who decided and when, the
//! place of the seal, and the stamp of a revoked document.

use jiban_domain::documents::PrintedBy;
use jiban_domain::{Lang, Text};

use super::page::{Page, long_date};
use super::seal::Seal;
use super::style::{BODY_END, HEIGHT, MARGIN, SERIF, SOFT, TEAL, WIDTH};
use super::words::{Word, both};
use crate::parts::qr;
use crate::sheet::canvas::Weight::{Bold, Plain};
use crate::sheet::canvas::{Anchor, DOTS_PER_MM};
use crate::sheet::measure::wrap;
use crate::sheet::sizes::leading;
use crate::sheet::translated;
use crate::words::fill;

const SEAL: u32 = 34 * DOTS_PER_MM;
const CODE: u32 = 30 * DOTS_PER_MM;
const STRUCK: &str = "fill=\"#a3271a\" fill-opacity=\"0.78\" transform=\"rotate(-14 840 1080)\"";

pub struct Foot<'a> {
    pub issuer: &'a Text,
    pub issuer_word: Word,
    pub day: &'a str,
    pub day_word: Word,
    pub verify_code: &'a str,
    pub qr: &'a str,
    /// The label in the place of the seal.
    pub specimen: Word,
    pub revoked: bool,
    /// How it came out of a kiosk; none where a clerk prints it.
    pub printed: Option<&'a PrintedBy>,
}

impl Foot<'_> {
    pub fn draw(&self, page: &mut Page) {
        let words = page.words();
        if page.truncated {
            page.sheet.within(SOFT, |sheet| {
                sheet.runs(
                    WIDTH / 2,
                    BODY_END + 36,
                    Anchor::Middle,
                    0,
                    &[(26, Bold, words.truncated)],
                );
            });
        }
        let top = BODY_END + 7 * DOTS_PER_MM;
        self.code(page, top);
        self.decided(page, top);
        let x = page.sheet.right() - SEAL;
        let seal = Seal { issuer: &self.issuer.zh, label: self.specimen, revoked: self.revoked };
        seal.draw(&mut page.sheet, (x, top), SEAL);
        let (text, translation) = both(page.lang, |words| words.no_seal);
        let base = HEIGHT - 15 * DOTS_PER_MM;
        page.sheet.within(SOFT, |sheet| {
            let runs = [(20, Plain, text), (18, Plain, translation)];
            sheet.runs(WIDTH / 2, base, Anchor::Middle, 10, &runs);
        });
        if let Some(printed) = self.printed {
            printed_by(page, printed, base - 32);
        }
        if self.revoked {
            revoked_stamp(page);
        }
    }

    /// At the left: the QR code, and what it is for.
    fn code(&self, page: &mut Page, top: u32) {
        let Some((side, path)) = qr::path(self.qr) else { return };
        let side = u32::try_from(side).unwrap_or(u32::MAX);
        let module = (CODE / side).max(1);
        page.sheet.drawing(MARGIN, top, module, &path);
        let (text, translation) = both(page.lang, |words| words.scan_verify);
        // A code needs four white modules below it too.
        page.sheet.y = top + module * (side + 4);
        for row in wrap(text, 22, CODE + 20, 2) {
            page.sheet.row((22, Bold, &row), leading(22));
        }
        page.sheet.within(SOFT, |sheet| {
            for row in wrap(translation, 18, CODE + 20, 2) {
                sheet.row((18, Plain, &row), leading(18));
            }
        });
    }

    /// Between QR code and seal: who decides, when, and the verification code.
    fn decided(&self, page: &mut Page, top: u32) {
        let lang = page.lang;
        let x = MARGIN + CODE + 6 * DOTS_PER_MM;
        let available_width = page.sheet.right() - SEAL - 5 * DOTS_PER_MM - x;
        page.sheet.y = top;
        let mut field = |word: Word, value: &str, value_translation: &str, max_rows: usize| {
            let (text, translation) = both(lang, word);
            page.sheet.within(TEAL, |sheet| {
                sheet.skip(28);
                sheet.runs(
                    x,
                    sheet.y - 7,
                    Anchor::Left,
                    8,
                    &[(22, Plain, text), (18, Plain, translation)],
                );
            });
            page.sheet.within(SERIF, |sheet| {
                let size = if wrap(value, 34, available_width, 9).len() > 2 { 27 } else { 34 };
                for row in wrap(value, size, available_width, max_rows) {
                    sheet.skip(leading(size));
                    sheet.text(x, sheet.y - size / 3, (size, Bold, &row));
                }
            });
            page.sheet.within(SOFT, |sheet| {
                for row in wrap(value_translation, 20, available_width, 2) {
                    sheet.skip(leading(20));
                    sheet.text(x, sheet.y - 7, (20, Plain, &row));
                }
            });
            page.sheet.skip(16);
        };
        let translation = translated(self.issuer, lang).unwrap_or_default();
        field(self.issuer_word, self.issuer.get(lang), translation, 3);
        field(self.day_word, &long_date(self.day, lang), "", 1);
        field(|words| words.verify, &in_groups_of_four(self.verify_code), "", 1);
    }
}

/// Page n of m, when and where it was printed.
fn printed_by(page: &mut Page, printed: &PrintedBy, base: u32) {
    let words = page.words();
    let (number, pages) = (printed.page.to_string(), printed.pages.to_string());
    let of = fill(words.page_of, &[("page", &number), ("pages", &pages)]);
    let kiosk = printed.kiosk.get(page.lang);
    let by = fill(words.printed_by_oneself, &[("at", &printed.at), ("kiosk", &kiosk)]);
    let row = format!("{of}    {by}");
    // A long name of a place must not run off the paper.
    let rows = wrap(&row, 22, page.sheet.available_width(), 1);
    page.sheet.within(SOFT, |sheet| {
        for row in rows {
            sheet.runs(WIDTH / 2, base, Anchor::Middle, 0, &[(22, Bold, &row)]);
        }
    });
}

/// The stamp across a revoked document.
fn revoked_stamp(page: &mut Page) {
    let (text, translation) = both(Lang::Zh, |words| words.revoked);
    page.sheet.within(STRUCK, |sheet| {
        sheet.frame(530, 960, 620, 240, 10);
        sheet.frame(548, 978, 584, 204, 3);
        sheet.spaced(WIDTH / 2 + 10, 1100, Anchor::Middle, 20, (130, Bold, text));
        sheet.spaced(WIDTH / 2 + 6, 1160, Anchor::Middle, 14, (40, Bold, translation));
    });
}

/// A verification code in groups of four, as it is typed: `K7M2 9QXT 4RBW`.
pub fn in_groups_of_four(code: &str) -> String {
    let characters: Vec<char> = code.chars().filter(|c| !c.is_whitespace()).collect();
    characters.chunks(4).map(String::from_iter).collect::<Vec<_>>().join(" ")
}
