//! An A4 page: its frame and the parts of its body. [`super::fit`] shrinks the
//! type until the body fits above the foot.

use jiban_domain::{Lang, Text};

use super::style::{BODY_END, HEIGHT, MARGIN, SERIF, SOFT, TEAL, WIDTH};
use super::words::{Word, Words, both};
use crate::sheet::canvas::Weight::{Bold, Plain};
use crate::sheet::canvas::{Anchor, Sheet, Weight};
use crate::sheet::measure::{width, wrap};
use crate::sheet::sizes::leading;
use crate::sheet::translated;

/// A page that is filled from the top.
pub struct Page {
    pub sheet: Sheet,
    pub lang: Lang,
    scale: u32,
    /// Something did not fit and was left out.
    pub truncated: bool,
}

/// Where the rows of a text begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Indent {
    /// At the margin.
    None,
    /// The first row two characters in.
    First,
    /// All rows indented, after a number.
    Hanging,
}

/// `2026-12-09` as documents write it: `2026年12月9日` in Chinese.
pub fn long_date(day: &str, lang: Lang) -> String {
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
    /// An empty page, its type at `scale` percent of the full size.
    pub fn new(lang: Lang, scale: u32) -> Self {
        Self { sheet: Sheet::new(WIDTH, MARGIN), lang, scale, truncated: false }
    }

    /// The texts in the language that leads.
    pub fn words(&self) -> &'static Words {
        Words::of(self.lang)
    }

    /// A size or distance of the body at the current scale.
    pub const fn scaled(&self, dots: u32) -> u32 {
        dots * self.scale / 100
    }

    pub fn skip(&mut self, dots: u32) {
        self.sheet.skip(self.scaled(dots));
    }

    pub fn frame(&mut self) {
        self.sheet.within(TEAL, |sheet| {
            for (inset, thick) in [(80, 7), (94, 2)] {
                sheet.frame(inset, inset, WIDTH - 2 * inset, HEIGHT - 2 * inset, thick);
            }
            // A square of the inner line in each corner.
            for x in [94, WIDTH - 94 - 28] {
                for y in [94, HEIGHT - 94 - 28] {
                    sheet.frame(x, y, 28, 28, 2);
                }
            }
        });
    }

    /// Whether `dots` more fit above the foot. If not, the rest is left out.
    fn fits(&mut self, dots: u32) -> bool {
        self.truncated |= self.sheet.y + dots > BODY_END;
        !self.truncated
    }

    /// A centred title in few rows, as large as possible.
    pub fn title(&mut self, title: &Text) {
        let words = title.get(self.lang);
        let available_width = self.sheet.available_width();
        let spaced = |size: u32| if self.lang.base() == Lang::Zh { size / 5 } else { size / 30 };
        let letters = u32::try_from(words.chars().count()).unwrap_or(u32::MAX);
        let one_row = |size: &u32| {
            width(words, *size) + letters.saturating_mul(spaced(*size)) <= available_width
        };
        let size = [112, 100, 88, 76].into_iter().find(one_row);
        let (size, spacing) = match size {
            Some(size) => (self.scaled(size), self.scaled(spaced(size))),
            None => (self.scaled(68), 0),
        };
        for row in wrap(words, size, available_width, 3) {
            self.middle(size, Bold, spacing, &row);
        }
        let translation = translated(title, self.lang).unwrap_or_default().to_owned();
        let size = self.scaled(32);
        self.skip(4);
        self.sheet.within(SOFT, |sheet| {
            for row in wrap(&translation, size, available_width, 2) {
                sheet.skip(leading(size));
                sheet.runs(
                    WIDTH / 2,
                    sheet.y - size / 3,
                    Anchor::Middle,
                    0,
                    &[(size, Plain, &row)],
                );
            }
        });
    }

    /// A centred row in serif type.
    pub fn middle(&mut self, size: u32, weight: Weight, spacing: u32, row: &str) {
        self.sheet.within(SERIF, |sheet| {
            sheet.skip(leading(size));
            // Letter spacing also follows the last letter, so the row is
            // shifted by half.
            let x = WIDTH / 2 + spacing / 2;
            let base = sheet.y - size / 4;
            sheet.spaced(x, base, Anchor::Middle, spacing, (size, weight, row));
        });
    }

    /// A thin rule, `inset` dots inside both margins.
    pub fn thin_rule(&mut self, inset: u32) {
        let (x, y, available_width) =
            (MARGIN + inset, self.sheet.y, self.sheet.available_width() - 2 * inset);
        self.sheet.within("fill=\"#b9c4c6\"", |sheet| sheet.block(x, y, available_width, 2));
        self.sheet.skip(2);
    }

    /// A paragraph in serif type, with a small translation below. In Chinese
    /// the first row is indented by two characters.
    pub fn paragraph(&mut self, text: &Text, size: u32) {
        let indent = if self.lang.base() == Lang::Zh { Indent::First } else { Indent::None };
        self.rows(text.get(self.lang), size, Plain, indent);
        if let Some(translation) = translated(text, self.lang) {
            self.in_other_language(translation, 0);
        }
    }

    /// Rows of serif type up to the right margin.
    pub fn rows(&mut self, text: &str, size: u32, weight: Weight, indent: Indent) {
        let size = self.scaled(size);
        // Two placeholder characters reserve the indent of the first row.
        let held = if indent == Indent::First { format!("口口{text}") } else { text.to_owned() };
        let hang = if indent == Indent::Hanging { self.hang() } else { 0 };
        let available_width = self.sheet.available_width() - hang;
        for (place, row) in wrap(&held, size, available_width, usize::MAX).iter().enumerate() {
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

    /// The indent of a numbered list.
    const fn hang(&self) -> u32 {
        self.scaled(52)
    }

    /// An entry of a numbered list, in both languages.
    pub fn numbered(&mut self, place: usize, text: &Text, size: u32) {
        let (top, scaled) = (self.sheet.y, self.scaled(size));
        self.rows(text.get(self.lang), size, Plain, Indent::Hanging);
        if self.sheet.y > top {
            let base = top + scaled * 8 / 5 - scaled / 2;
            let number = format!("{place}.");
            self.sheet.within(SERIF, |sheet| sheet.text(MARGIN, base, (scaled, Bold, &number)));
        }
        if let Some(translation) = translated(text, self.lang) {
            self.in_other_language(translation, self.hang());
        }
        self.skip(8);
    }

    /// The translation, small.
    pub fn in_other_language(&mut self, text: &str, indent: u32) {
        let size = self.scaled(25).max(16);
        for row in wrap(text, size, self.sheet.available_width() - indent, usize::MAX) {
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
        let (text, translation) = both(self.lang, word);
        let (size, small) = (self.scaled(32), self.scaled(24).max(16));
        if !self.fits(leading(size)) {
            return;
        }
        self.sheet.within(TEAL, |sheet| {
            sheet.skip(leading(size));
            let runs = [(size, Bold, text), (small, Plain, translation)];
            sheet.runs(MARGIN, sheet.y - size / 3, Anchor::Left, size / 3, &runs);
        });
    }

    /// A field of the table: its name at the left in both languages, its value
    /// beside it, a thin rule below.
    pub fn field(&mut self, label: (&str, &str), value: &str, translation: &str) {
        let column = self.sheet.available_width() * 27 / 100;
        let (name, small) = (self.scaled(30), self.scaled(22).max(15));
        let size = self.scaled(38);
        let available_width = self.sheet.available_width() - column;
        let names = wrap(label.0, name, column - name, 4);
        let names_beside = wrap(label.1, small, column - name, 4);
        let values = wrap(value, size, available_width, usize::MAX);
        let values_beside = wrap(translation, small, available_width, usize::MAX);
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
        self.thin_rule(0);
    }

    /// A field, if its value is not empty.
    pub fn field_of(&mut self, word: Word, value: &str) {
        if !value.trim().is_empty() {
            self.field(both(self.lang, word), value, "");
        }
    }

    /// A field whose value is in both languages.
    pub fn field_with_translation(&mut self, word: Word, value: &Text) {
        let translation = translated(value, self.lang).unwrap_or_default();
        self.field(both(self.lang, word), value.get(self.lang), translation);
    }
}
