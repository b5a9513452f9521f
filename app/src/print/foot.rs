//! The foot of a page of A4: the code to check it by, who decides and when, the
//! seal's place, and across the page that it no longer holds.

use jiban_domain::{Lang, Text};

use super::page::{FLOOR, HEIGHT, MARGIN, Page, SERIF, SOFT, TEAL, WIDTH, Word, day_in_words};
use super::seal::seal;
use super::words::both;
use crate::parts::qr;
use crate::sheet::canvas::Weight::{Bold, Plain};
use crate::sheet::canvas::{DOTS_PER_MM, From};
use crate::sheet::measure::wrap;
use crate::sheet::sizes::leading;
use crate::sheet::translated;

const SEAL: u32 = 34 * DOTS_PER_MM;
const CODE: u32 = 30 * DOTS_PER_MM;
const STRUCK: &str = "fill=\"#a3271a\" fill-opacity=\"0.78\" transform=\"rotate(-14 840 1080)\"";

/// What stands at the self.
pub struct Foot<'a> {
    pub issuer: &'a Text,
    pub issuer_word: Word,
    pub day: &'a str,
    pub day_word: Word,
    pub verify_code: &'a str,
    pub qr: &'a str,
    /// What the seal's place is called.
    pub specimen: Word,
    pub revoked: bool,
}

impl Foot<'_> {
    /// Draws it.
    pub fn draw(&self, page: &mut Page) {
        let words = page.words();
        if page.cut {
            page.sheet.within(SOFT, |sheet| {
                sheet.runs(WIDTH / 2, FLOOR + 36, From::Middle, 0, &[(26, Bold, words.cut)]);
            });
        }
        let top = FLOOR + 7 * DOTS_PER_MM;
        self.code(page, top);
        self.decided(page, top);
        let x = page.sheet.right() - SEAL;
        seal(&mut page.sheet, (x, top), SEAL, self);
        let (here, there) = both(page.lang, |words| words.no_seal);
        let base = HEIGHT - 15 * DOTS_PER_MM;
        page.sheet.within(SOFT, |sheet| {
            let runs = [(20, Plain, here), (18, Plain, there)];
            sheet.runs(WIDTH / 2, base, From::Middle, 10, &runs);
        });
        if self.revoked {
            struck(page);
        }
    }

    /// At the left: the code to point a phone at, and the same to type.
    fn code(&self, page: &mut Page, top: u32) {
        let Some((side, path)) = qr::path(self.qr) else { return };
        let side = u32::try_from(side).unwrap_or(u32::MAX);
        let module = (CODE / side).max(1);
        page.sheet.drawing(MARGIN, top, module, &path);
        let (here, there) = both(page.lang, |words| words.scan_verify);
        page.sheet.y = top + module * side + 6;
        for row in wrap(here, 22, CODE + 20, 2) {
            page.sheet.row((22, Bold, &row), leading(22));
        }
        page.sheet.within(SOFT, |sheet| {
            for row in wrap(there, 18, CODE + 20, 2) {
                sheet.row((18, Plain, &row), leading(18));
            }
        });
    }

    /// Between code and seal: the check code, who decides, and when.
    fn decided(&self, page: &mut Page, top: u32) {
        let lang = page.lang;
        let x = MARGIN + CODE + 6 * DOTS_PER_MM;
        let room = page.sheet.right() - SEAL - 5 * DOTS_PER_MM - x;
        page.sheet.y = top;
        let mut field = |word: Word, value: &str, there: &str, most: usize| {
            let (here, beside) = both(lang, word);
            page.sheet.within(TEAL, |sheet| {
                sheet.skip(28);
                sheet.runs(
                    x,
                    sheet.y - 7,
                    From::Left,
                    8,
                    &[(22, Plain, here), (18, Plain, beside)],
                );
            });
            page.sheet.within(SERIF, |sheet| {
                let size = if wrap(value, 34, room, 9).len() > 2 { 27 } else { 34 };
                for row in wrap(value, size, room, most) {
                    sheet.skip(leading(size));
                    sheet.text(x, sheet.y - size / 3, (size, Bold, &row));
                }
            });
            page.sheet.within(SOFT, |sheet| {
                for row in wrap(there, 20, room, 2) {
                    sheet.skip(leading(20));
                    sheet.text(x, sheet.y - 7, (20, Plain, &row));
                }
            });
            page.sheet.skip(16);
        };
        let there = translated(self.issuer, lang).unwrap_or_default();
        field(self.issuer_word, self.issuer.get(lang), there, 3);
        field(self.day_word, &day_in_words(self.day, lang), "", 1);
        field(|words| words.verify, &in_fours(self.verify_code), "", 1);
    }
}

/// Across the page: it no longer holds.
fn struck(page: &mut Page) {
    let (here, there) = both(Lang::Zh, |words| words.revoked);
    page.sheet.within(STRUCK, |sheet| {
        sheet.frame(530, 960, 620, 240, 10);
        sheet.frame(548, 978, 584, 204, 3);
        sheet.spaced(WIDTH / 2 + 10, 1100, From::Middle, 20, (130, Bold, here));
        sheet.spaced(WIDTH / 2 + 6, 1160, From::Middle, 14, (40, Bold, there));
    });
}

/// A check code in groups of four, as it is typed: `K7M2 9QXT 4RBW`.
pub fn in_fours(code: &str) -> String {
    let characters: Vec<char> = code.chars().filter(|c| !c.is_whitespace()).collect();
    characters.chunks(4).map(String::from_iter).collect::<Vec<_>>().join(" ")
}
