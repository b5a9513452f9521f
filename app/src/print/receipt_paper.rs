//! What the narrow documents share: head, fields, lists, and the foot with the
//! QR code.

use jiban_domain::{Lang, Text};

use super::grouped;
use super::words::{Word, Words, both};
use crate::sheet::canvas::Weight::{Bold, Plain};
use crate::sheet::canvas::{Anchor, Sheet};
use crate::sheet::measure::{width, wrap};
use crate::sheet::sizes::{Sizes, leading};
use crate::sheet::{parts, translated};

/// A narrow document that is filled from the top.
pub struct ReceiptPaper {
    pub sheet: Sheet,
    pub sizes: Sizes,
    pub lang: Lang,
}

impl ReceiptPaper {
    /// A document with its head: the hall and the title.
    pub fn begin(lang: Lang, hall: &Text, title: Word, dots: u32) -> Self {
        let sizes = Sizes::of(dots);
        let mut paper = Self { sheet: sizes.sheet(), sizes, lang };
        parts::hall(&mut paper.sheet, hall, lang, &paper.sizes);
        paper.sheet.skip(paper.sizes.gap / 4);
        paper.heading(title);
        paper
    }

    /// The texts in the language that leads.
    pub fn words(&self) -> &'static Words {
        Words::of(self.lang)
    }

    /// The title: one language large, the other beside it or below.
    fn heading(&mut self, word: Word) {
        let (text, translation) = both(self.lang, word);
        let (sizes, available_width) = (&self.sizes, self.sizes.available_width());
        let gap = sizes.translation * 2 / 3;
        let size = (available_width * 1000 / width(text, 1000).max(1)).min(sizes.matter);
        self.sheet.skip(leading(size));
        let base = self.sheet.y - size / 4;
        let mut runs = vec![(size, Bold, text)];
        if width(text, size) + gap + width(translation, sizes.translation) <= available_width {
            runs.push((sizes.translation, Plain, translation));
            self.sheet.runs(self.sheet.margin, base, Anchor::Left, gap, &runs);
        } else {
            self.sheet.runs(self.sheet.margin, base, Anchor::Left, gap, &runs);
            self.sheet.row((sizes.translation, Plain, translation), leading(sizes.translation));
        }
    }

    /// A thin rule with space above and below.
    pub fn rule(&mut self) {
        self.sheet.skip(self.sizes.gap / 2);
        self.sheet.rule(2);
        self.sheet.skip(self.sizes.gap / 2);
    }

    pub fn gap(&mut self) {
        self.sheet.skip(self.sizes.gap / 2);
    }

    /// The name of a field, above its value.
    pub fn label(&mut self, word: Word) {
        self.label_of(both(self.lang, word));
    }

    fn label_of(&mut self, both: (&str, &str)) {
        parts::label(
            &mut self.sheet,
            self.sizes.margin,
            self.sizes.available_width(),
            both,
            &self.sizes,
        );
        self.sheet.skip(leading(self.sizes.label) + 4);
    }

    /// The size in which a text fits in one row, at most `largest`.
    pub fn one_row(&self, text: &str, largest: u32) -> u32 {
        (self.sizes.available_width() * 1000 / width(text, 1000).max(1)).min(largest)
    }

    /// The largest row of the document; long text fills it from margin to
    /// margin.
    pub fn hero(&mut self, word: Word, text: &str, largest: u32) {
        self.gap();
        self.label(word);
        let size = self.one_row(text, largest);
        // Digits fill less than three quarters of their type size.
        self.sheet.skip(size * 73 / 100 + self.sizes.gap / 2);
        let base = self.sheet.y;
        // The white space inside a large digit would make it look indented.
        let white = if text.starts_with(['4', '7']) { 15 } else { 45 };
        let x = self.sizes.margin.saturating_sub(size * white / 1000);
        self.sheet.text(x, base, (size, Bold, text));
        self.sheet.skip(self.sizes.gap / 2);
    }

    /// The case number as the largest row.
    pub fn case_hero(&mut self, number: &str) {
        self.hero(|words| words.number, &grouped(number), self.sizes.matter * 2);
    }

    /// The matter and the applicant.
    pub fn matter(&mut self, matter: &Text, applicant: &str) {
        self.label(|words| words.matter);
        parts::name(&mut self.sheet, matter, self.lang, &self.sizes);
        self.gap();
        self.field(|words| words.applicant, applicant);
    }

    /// A field, its value at the right margin of the same row, or below if
    /// there is no space.
    pub fn field(&mut self, word: Word, value: &str) {
        self.field_of(both(self.lang, word), value);
    }

    /// The same with the field's name in both languages; the translation may be
    /// empty.
    pub fn field_of(&mut self, (text, translation): (&str, &str), value: &str) {
        let (sizes, available_width) = (&self.sizes, self.sizes.available_width());
        let taken = width(text, sizes.label) + sizes.label;
        if taken + width(value, sizes.item) > available_width {
            self.label_of((text, translation));
            self.block(self.sizes.item, Bold, 0, value, 12);
            return self.sheet.skip(self.sizes.gap / 5);
        }
        let base = self.sheet.y + leading(sizes.item) - sizes.item / 4;
        self.sheet.runs(self.sheet.right(), base, Anchor::Right, 0, &[(sizes.item, Bold, value)]);
        let mut runs = vec![(sizes.label, Plain, text)];
        let gap = sizes.label / 3;
        if taken + gap + width(translation, sizes.translation) + width(value, sizes.item)
            <= available_width
        {
            runs.push((sizes.translation, Plain, translation));
        }
        self.sheet.runs(self.sheet.margin, base, Anchor::Left, gap, &runs);
        self.sheet.skip(leading(sizes.item) + sizes.gap / 5);
    }

    /// The same, if there is a value.
    pub fn optional_field(&mut self, word: Word, value: Option<&str>) {
        if let Some(value) = value.filter(|value| !value.trim().is_empty()) {
            self.field(word, value);
        }
    }

    /// Rows of a text, `indent` dots from the margin.
    pub fn block(
        &mut self,
        size: u32,
        weight: crate::sheet::canvas::Weight,
        indent: u32,
        text: &str,
        max_rows: usize,
    ) {
        for row in wrap(text, size, self.sizes.available_width() - indent, max_rows) {
            self.sheet.skip(leading(size));
            let (x, base) = (self.sheet.margin + indent, self.sheet.y - size / 3);
            self.sheet.text(x, base, (size, weight, &row));
        }
    }

    /// A text with a small translation below.
    pub fn block_with_translation(&mut self, size: u32, text: &Text, max_rows: usize) {
        self.block(size, Bold, 0, text.get(self.lang), max_rows);
        let translation = translated(text, self.lang).unwrap_or_default();
        self.block(self.sizes.translation, Plain, 0, translation, max_rows);
    }

    /// The heading of a list, with the number of entries at the right margin.
    pub fn list_head(&mut self, word: Word, count: usize) {
        self.list_head_of(both(self.lang, word), count);
    }

    /// The same with the heading in both languages.
    pub fn list_head_of(&mut self, (text, translation): (&str, &str), count: usize) {
        let sizes = &self.sizes;
        let base = self.sheet.y + leading(sizes.hall) - sizes.hall / 4;
        let count = count.to_string();
        self.sheet.runs(self.sheet.right(), base, Anchor::Right, 0, &[(sizes.item, Bold, &count)]);
        let gap = sizes.label / 3;
        let runs = [(sizes.hall, Bold, text), (sizes.translation, Plain, translation)];
        self.sheet.runs(self.sheet.margin, base, Anchor::Left, gap, &runs);
        self.sheet.skip(leading(sizes.hall));
    }

    /// The indent of a list's text.
    pub fn indent(&self) -> u32 {
        self.sizes.item * 13 / 10
    }

    /// The box or tick of the next row; the caller adds the text.
    pub fn mark(&mut self, ticked: bool) {
        self.sheet.skip(self.sizes.gap / 3);
        let (item, side) = (self.sizes.item, self.sizes.item * 4 / 5);
        let top = self.sheet.y + leading(item) - item / 3 - side + side / 10;
        if ticked {
            self.sheet.tick(self.sheet.margin, top, side);
        } else {
            self.sheet.tick_box(self.sheet.margin, top, side);
        }
    }

    /// The QR code; beside it, what it is for and the telephone number for
    /// enquiries.
    pub fn code(&mut self, qr: &str, word: Word, telephone: Option<&str>) {
        let (text, translation) = both(self.lang, word);
        let ask = both(self.lang, |words| words.telephone);
        let sizes = &self.sizes;
        parts::code(&mut self.sheet, qr, sizes, |sheet, available_width| {
            // Large Chinese characters reach slightly above the top edge of the
            // code.
            for row in wrap(text, sizes.hall, available_width, 2) {
                sheet.row((sizes.hall, Bold, &row), sizes.hall * 10 / 9);
            }
            for row in wrap(translation, sizes.translation, available_width, 3) {
                sheet.row((sizes.translation, Plain, &row), leading(sizes.translation));
            }
            let Some(telephone) = telephone else { return };
            sheet.skip(sizes.gap);
            parts::label(sheet, sheet.margin, available_width, ask, sizes);
            sheet.skip(leading(sizes.label));
            // A telephone number is set in one row, if it stays legible.
            let one_row = available_width * 1000 / width(telephone, 1000).max(1);
            let size = one_row.clamp(sizes.translation, sizes.item);
            for row in wrap(telephone, size, available_width, 3) {
                sheet.row((size, Bold, &row), leading(size));
            }
        });
    }

    /// Finishes the document with small text at the foot, in both languages.
    pub fn finish(mut self, foot: Word, name: &str) -> String {
        self.foot(foot);
        self.sheet.finish(name)
    }

    /// Small text at the foot, in both languages. Nothing may follow it.
    pub fn foot(&mut self, foot: Word) {
        let (text, translation) = both(self.lang, foot);
        self.sheet.rule(2);
        self.gap();
        self.block(self.sizes.label, Plain, 0, text, 3);
        self.block(self.sizes.translation, Plain, 0, translation, 3);
        // Letters reach below their base line.
        self.sheet.skip(self.sizes.gap);
    }
}
