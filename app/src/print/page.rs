//! A page of A4: its frame, and a body whose type shrinks until it fits above
//! the foot.

use jiban_domain::{Lang, Text};

use super::foot::Foot;
use super::words::{Words, both};
use crate::sheet::canvas::Weight::{Bold, Plain};
use crate::sheet::canvas::{DOTS_PER_MM, From, Sheet, Weight};
use crate::sheet::measure::{width, wrap};
use crate::sheet::sizes::leading;
use crate::sheet::translated;

/// Dots across a page of A4.
pub const WIDTH: u32 = 210 * DOTS_PER_MM;
/// Dots down.
pub const HEIGHT: u32 = 297 * DOTS_PER_MM;
/// From the edge of the paper to what is written.
pub const MARGIN: u32 = 25 * DOTS_PER_MM;
/// Where the body ends at the latest, and the foot begins.
pub const FLOOR: u32 = 222 * DOTS_PER_MM;

/// Printed characters of a book. Without such a font the sans stands in, which
/// is why the list does not end in `serif`: that seldom knows Chinese.
pub const SERIF: &str = "font-family=\"Noto Serif CJK SC,Noto Serif SC,Source Han Serif SC,\
    Source Han Serif CN,Songti SC,STSong,SimSun,sans-serif\"";
/// The lead colour of the house, for frames and names of fields.
pub const TEAL: &str = "fill=\"#0f4c5c\"";
/// Ink that stands back.
pub const SOFT: &str = "fill=\"#52616a\"";

/// Percent of the full size that the body's type is tried in.
const SCALES: [u32; 6] = [100, 88, 78, 68, 60, 52];

/// A word of the table.
pub type Word = fn(&Words) -> &'static str;

/// A page being filled from above.
pub struct Page {
    pub sheet: Sheet,
    pub lang: Lang,
    scale: u32,
    /// Something did not fit and was left out.
    pub cut: bool,
}

/// Where the rows of a text begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Indent {
    /// All at the margin.
    None,
    /// The first two characters in.
    First,
    /// All behind a number.
    Hanging,
}

/// The page with the largest type in which the body fits. Where none does, the
/// end is left out and the page says so.
pub fn fit(lang: Lang, name: &str, foot: &Foot<'_>, body: impl Fn(&mut Page)) -> String {
    let mut page = Page::new(lang, SCALES[0]);
    for scale in SCALES {
        page = Page::new(lang, scale);
        page.frame();
        page.sheet.y = 30 * DOTS_PER_MM;
        body(&mut page);
        if !page.cut {
            break;
        }
    }
    foot.draw(&mut page);
    page.sheet.finish_page(name, HEIGHT)
}

/// `2026-12-09` as it is written in a document: `2026年12月9日` in Chinese.
pub fn day_in_words(day: &str, lang: Lang) -> String {
    let parts: Vec<&str> = day.split('-').collect();
    match (lang, parts.as_slice()) {
        (Lang::Zh, [year, month, day]) => {
            let plain = |text: &&str| text.trim_start_matches('0').to_owned();
            format!("{year}年{}月{}日", plain(month), plain(day))
        }
        _ => day.to_owned(),
    }
}

impl Page {
    fn new(lang: Lang, scale: u32) -> Self {
        Self { sheet: Sheet::new(WIDTH, MARGIN), lang, scale, cut: false }
    }

    /// Words of the table in the language that leads.
    pub fn words(&self) -> &'static Words {
        Words::of(self.lang)
    }

    /// A size or distance of the body, in the type that is being tried.
    pub const fn scaled(&self, dots: u32) -> u32 {
        dots * self.scale / 100
    }

    pub fn skip(&mut self, dots: u32) {
        self.sheet.skip(self.scaled(dots));
    }

    fn frame(&mut self) {
        self.sheet.within(TEAL, |sheet| {
            for (inset, thick) in [(80, 7), (94, 2)] {
                sheet.frame(inset, inset, WIDTH - 2 * inset, HEIGHT - 2 * inset, thick);
            }
            // The four corners, each a square of the inner line.
            for x in [94, WIDTH - 94 - 28] {
                for y in [94, HEIGHT - 94 - 28] {
                    sheet.frame(x, y, 28, 28, 2);
                }
            }
        });
    }

    /// Whether `dots` more fit above the foot; what does not is left out.
    fn fits(&mut self, dots: u32) -> bool {
        self.cut |= self.sheet.y + dots > FLOOR;
        !self.cut
    }

    /// Rows in the middle, as large as leaves them few.
    pub fn title(&mut self, title: &Text) {
        let words = title.get(self.lang);
        let room = self.sheet.room();
        let spaced = |size: u32| if self.lang == Lang::Zh { size / 5 } else { size / 30 };
        let letters = u32::try_from(words.chars().count()).unwrap_or(u32::MAX);
        let one_row =
            |size: &u32| width(words, *size) + letters.saturating_mul(spaced(*size)) <= room;
        let size = [112, 100, 88, 76].into_iter().find(one_row);
        let (size, spacing) = match size {
            Some(size) => (self.scaled(size), self.scaled(spaced(size))),
            None => (self.scaled(68), 0),
        };
        for row in wrap(words, size, room, 3) {
            self.middle(size, Bold, spacing, &row);
        }
        let there = translated(title, self.lang).unwrap_or_default().to_owned();
        let size = self.scaled(32);
        self.skip(4);
        self.sheet.within(SOFT, |sheet| {
            for row in wrap(&there, size, room, 2) {
                sheet.skip(leading(size));
                sheet.runs(WIDTH / 2, sheet.y - size / 3, From::Middle, 0, &[(size, Plain, &row)]);
            }
        });
    }

    /// A row in the middle, in printed characters.
    pub fn middle(&mut self, size: u32, weight: Weight, spacing: u32, row: &str) {
        self.sheet.within(SERIF, |sheet| {
            sheet.skip(leading(size));
            // The space after the last letter belongs to nobody.
            let x = WIDTH / 2 + spacing / 2;
            let base = sheet.y - size / 4;
            sheet.spaced(x, base, From::Middle, spacing, (size, weight, row));
        });
    }

    /// A thin rule, `inset` dots in from both margins.
    pub fn hair(&mut self, inset: u32) {
        let (x, y, room) = (MARGIN + inset, self.sheet.y, self.sheet.room() - 2 * inset);
        self.sheet.within("fill=\"#b9c4c6\"", |sheet| sheet.block(x, y, room, 2));
        self.sheet.skip(2);
    }

    /// A paragraph in printed characters, and small below it the other
    /// language. In Chinese the first row stands two characters in.
    pub fn paragraph(&mut self, text: &Text, size: u32) {
        let indent = if self.lang == Lang::Zh { Indent::First } else { Indent::None };
        self.rows(text.get(self.lang), size, Plain, indent);
        if let Some(there) = translated(text, self.lang) {
            self.aside(there, 0);
        }
    }

    /// Rows of printed characters up to the right margin.
    pub fn rows(&mut self, text: &str, size: u32, weight: Weight, indent: Indent) {
        let size = self.scaled(size);
        // Two characters of any kind hold the place of the first row's indent.
        let held = if indent == Indent::First { format!("口口{text}") } else { text.to_owned() };
        let hang = if indent == Indent::Hanging { self.hang() } else { 0 };
        let room = self.sheet.room() - hang;
        for (place, row) in wrap(&held, size, room, usize::MAX).iter().enumerate() {
            let lead = size * 8 / 5;
            if !self.fits(lead) {
                return;
            }
            let hidden = if indent == Indent::First && place == 0 { 2 } else { 0 };
            let row: String = row.chars().skip(hidden).collect();
            let x = MARGIN + hang + if hidden > 0 { 2 * size } else { 0 };
            self.sheet.within(SERIF, |sheet| {
                sheet.skip(lead);
                sheet.text(x, sheet.y - size / 2, (size, weight, &row));
            });
        }
    }

    /// How far the rows of a numbered list stand in.
    const fn hang(&self) -> u32 {
        self.scaled(52)
    }

    /// One of a numbered list, in both languages.
    pub fn numbered(&mut self, place: usize, text: &Text, size: u32) {
        let (top, scaled) = (self.sheet.y, self.scaled(size));
        self.rows(text.get(self.lang), size, Plain, Indent::Hanging);
        if self.sheet.y > top {
            let base = top + scaled * 8 / 5 - scaled / 2;
            let number = format!("{place}.");
            self.sheet.within(SERIF, |sheet| sheet.text(MARGIN, base, (scaled, Bold, &number)));
        }
        if let Some(there) = translated(text, self.lang) {
            self.aside(there, self.hang());
        }
        self.skip(8);
    }

    /// The other language, small.
    pub fn aside(&mut self, text: &str, indent: u32) {
        let size = self.scaled(25).max(16);
        for row in wrap(text, size, self.sheet.room() - indent, usize::MAX) {
            if !self.fits(leading(size)) {
                return;
            }
            self.sheet.within(SOFT, |sheet| {
                sheet.skip(leading(size));
                sheet.text(MARGIN + indent, sheet.y - size / 3, (size, Plain, &row));
            });
        }
    }

    /// A heading within the body.
    pub fn heading(&mut self, word: Word) {
        let (here, there) = both(self.lang, word);
        let (size, small) = (self.scaled(32), self.scaled(24).max(16));
        if !self.fits(leading(size)) {
            return;
        }
        self.sheet.within(TEAL, |sheet| {
            sheet.skip(leading(size));
            let runs = [(size, Bold, here), (small, Plain, there)];
            sheet.runs(MARGIN, sheet.y - size / 3, From::Left, size / 3, &runs);
        });
    }

    /// A field of the table: its name at the left, in both languages, its value
    /// beside, a thin rule below.
    pub fn field(&mut self, label: (&str, &str), value: &str, there: &str) {
        let column = self.sheet.room() * 27 / 100;
        let (name, small) = (self.scaled(30), self.scaled(22).max(15));
        let size = self.scaled(38);
        let room = self.sheet.room() - column;
        let names = wrap(label.0, name, column - name, 4);
        let names_beside = wrap(label.1, small, column - name, 4);
        let values = wrap(value, size, room, usize::MAX);
        let values_beside = wrap(there, small, room, usize::MAX);
        let high = |large: usize, size: u32, few: usize| {
            u32::try_from(large).unwrap_or(u32::MAX).saturating_mul(leading(size)).saturating_add(
                u32::try_from(few).unwrap_or(u32::MAX).saturating_mul(leading(small)),
            )
        };
        let left = high(names.len(), name, names_beside.len());
        let right = high(values.len(), size, values_beside.len());
        let air = self.scaled(14);
        if !self.fits(left.max(right).saturating_add(2 * air + 2)) {
            return;
        }
        self.sheet.skip(air);
        let top = self.sheet.y;
        let stack = |sheet: &mut Sheet, x: u32, rows: &[String], size: u32, weight: Weight| {
            for row in rows {
                sheet.skip(leading(size));
                sheet.text(x, sheet.y - size / 3, (size, weight, row));
            }
        };
        self.sheet.within(TEAL, |sheet| stack(sheet, MARGIN, &names, name, Plain));
        self.sheet.within(SOFT, |sheet| stack(sheet, MARGIN, &names_beside, small, Plain));
        self.sheet.y = top;
        self.sheet.within(SERIF, |sheet| stack(sheet, MARGIN + column, &values, size, Bold));
        self.sheet.within(SOFT, |sheet| {
            stack(sheet, MARGIN + column, &values_beside, small, Plain);
        });
        self.sheet.y = top + left.max(right) + air;
        self.hair(0);
    }

    /// A field of words, where there are any.
    pub fn field_of(&mut self, word: Word, value: &str) {
        if !value.trim().is_empty() {
            self.field(both(self.lang, word), value, "");
        }
    }

    /// A field in both languages.
    pub fn field_of_both(&mut self, word: Word, value: &Text) {
        let there = translated(value, self.lang).unwrap_or_default();
        self.field(both(self.lang, word), value.get(self.lang), there);
    }
}
