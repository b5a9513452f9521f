//! What the narrow papers of a case share: head, fields, lists, and the foot
//! with the QR code.

use jiban_domain::{Lang, Text};

use super::grouped;
use super::words::{Words, both};
use crate::sheet::canvas::Weight::{Bold, Plain};
use crate::sheet::canvas::{From, Sheet};
use crate::sheet::measure::{width, wrap};
use crate::sheet::sizes::{Sizes, leading};
use crate::sheet::{parts, translated};

/// A word of the table.
pub type Word = fn(&Words) -> &'static str;

/// A narrow paper being filled from above.
pub struct Narrow {
    pub sheet: Sheet,
    pub sizes: Sizes,
    pub lang: Lang,
}

impl Narrow {
    /// The paper with its head: whose it is, and what it is.
    pub fn begin(lang: Lang, hall: &Text, title: Word, paper_mm: u16) -> Self {
        let sizes = Sizes::of(paper_mm);
        let mut paper = Self { sheet: sizes.sheet(), sizes, lang };
        parts::hall(&mut paper.sheet, hall, lang, &paper.sizes);
        paper.sheet.skip(paper.sizes.gap / 4);
        paper.heading(title);
        paper
    }

    /// Words of the table in the language that leads.
    pub fn words(&self) -> &'static Words {
        Words::of(self.lang)
    }

    /// A heading: the one language large, the other beside it or below.
    fn heading(&mut self, word: Word) {
        let (here, there) = both(self.lang, word);
        let (sizes, room) = (&self.sizes, self.sizes.room());
        let gap = sizes.beside * 2 / 3;
        let size = (room * 1000 / width(here, 1000).max(1)).min(sizes.matter);
        self.sheet.skip(leading(size));
        let base = self.sheet.y - size / 4;
        let mut runs = vec![(size, Bold, here)];
        if width(here, size) + gap + width(there, sizes.beside) <= room {
            runs.push((sizes.beside, Plain, there));
            self.sheet.runs(self.sheet.margin, base, From::Left, gap, &runs);
        } else {
            self.sheet.runs(self.sheet.margin, base, From::Left, gap, &runs);
            self.sheet.row((sizes.beside, Plain, there), leading(sizes.beside));
        }
    }

    /// A thin rule with air above and below.
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
        parts::label(&mut self.sheet, self.sizes.margin, self.sizes.room(), both, &self.sizes);
        self.sheet.skip(leading(self.sizes.label) + 4);
    }

    /// The size that sets a text in one row, at most the `largest`.
    pub fn one_row(&self, text: &str, largest: u32) -> u32 {
        (self.sizes.room() * 1000 / width(text, 1000).max(1)).min(largest)
    }

    /// The paper's hero: one row, from margin to margin where it is long enough.
    pub fn hero(&mut self, word: Word, text: &str, largest: u32) {
        self.gap();
        self.label(word);
        let size = self.one_row(text, largest);
        // Figures fill less than three quarters of their size.
        self.sheet.skip(size * 73 / 100 + self.sizes.gap / 2);
        let base = self.sheet.y;
        // White that belongs to the figure would set so large a one off the margin.
        let white = if text.starts_with(['4', '7']) { 15 } else { 45 };
        let x = self.sizes.margin.saturating_sub(size * white / 1000);
        self.sheet.text(x, base, (size, Bold, text));
        self.sheet.skip(self.sizes.gap / 2);
    }

    /// The case's number where it is the hero.
    pub fn case_hero(&mut self, number: &str) {
        self.hero(|words| words.number, &grouped(number), self.sizes.matter * 2);
    }

    /// The matter, and whose case it is.
    pub fn matter(&mut self, matter: &Text, applicant: &str) {
        self.label(|words| words.matter);
        parts::name(&mut self.sheet, matter, self.lang, &self.sizes);
        self.gap();
        self.field(|words| words.applicant, applicant);
    }

    /// A field: its value at the right margin of the same row, or below where
    /// that is too narrow.
    pub fn field(&mut self, word: Word, value: &str) {
        self.field_of(both(self.lang, word), value);
    }

    /// The same, with the field's name in both languages; the other may be empty.
    pub fn field_of(&mut self, (here, there): (&str, &str), value: &str) {
        let (sizes, room) = (&self.sizes, self.sizes.room());
        let taken = width(here, sizes.label) + sizes.label;
        if taken + width(value, sizes.item) > room {
            self.label_of((here, there));
            self.block(self.sizes.item, Bold, 0, value, 12);
            return self.sheet.skip(self.sizes.gap / 5);
        }
        let base = self.sheet.y + leading(sizes.item) - sizes.item / 4;
        self.sheet.runs(self.sheet.right(), base, From::Right, 0, &[(sizes.item, Bold, value)]);
        let mut runs = vec![(sizes.label, Plain, here)];
        let gap = sizes.label / 3;
        if taken + gap + width(there, sizes.beside) + width(value, sizes.item) <= room {
            runs.push((sizes.beside, Plain, there));
        }
        self.sheet.runs(self.sheet.margin, base, From::Left, gap, &runs);
        self.sheet.skip(leading(sizes.item) + sizes.gap / 5);
    }

    /// The same, where there is a value.
    pub fn field_if(&mut self, word: Word, value: Option<&str>) {
        if let Some(value) = value.filter(|value| !value.trim().is_empty()) {
            self.field(word, value);
        }
    }

    /// Rows of a text, `indent` dots in from the margin.
    pub fn block(
        &mut self,
        size: u32,
        weight: crate::sheet::canvas::Weight,
        indent: u32,
        text: &str,
        most: usize,
    ) {
        for row in wrap(text, size, self.sizes.room() - indent, most) {
            self.sheet.skip(leading(size));
            let (x, base) = (self.sheet.margin + indent, self.sheet.y - size / 3);
            self.sheet.text(x, base, (size, weight, &row));
        }
    }

    /// A text, and small below it the other language.
    pub fn both_blocks(&mut self, size: u32, text: &Text, most: usize) {
        self.block(size, Bold, 0, text.get(self.lang), most);
        let there = translated(text, self.lang).unwrap_or_default();
        self.block(self.sizes.beside, Plain, 0, there, most);
    }

    /// The heading of a list, with how many there are at the right margin.
    pub fn list_head(&mut self, word: Word, count: usize) {
        self.list_head_of(both(self.lang, word), count);
    }

    /// The same, with the heading in both languages.
    pub fn list_head_of(&mut self, (here, there): (&str, &str), count: usize) {
        let sizes = &self.sizes;
        let base = self.sheet.y + leading(sizes.hall) - sizes.hall / 4;
        let count = count.to_string();
        self.sheet.runs(self.sheet.right(), base, From::Right, 0, &[(sizes.item, Bold, &count)]);
        let gap = sizes.label / 3;
        let runs = [(sizes.hall, Bold, here), (sizes.beside, Plain, there)];
        self.sheet.runs(self.sheet.margin, base, From::Left, gap, &runs);
        self.sheet.skip(leading(sizes.hall));
    }

    /// How far a list's words stand in from the margin.
    pub fn indent(&self) -> u32 {
        self.sizes.item * 13 / 10
    }

    /// The box or tick of a list's next row; the words are the caller's.
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

    /// The QR code, beside it what it is for and whom to ask.
    pub fn code(&mut self, qr: &str, word: Word, telephone: Option<&str>) {
        let (here, there) = both(self.lang, word);
        let ask = both(self.lang, |words| words.telephone);
        let sizes = &self.sizes;
        parts::code(&mut self.sheet, qr, sizes, |sheet, room| {
            // Large Chinese letters reach a little above the code's top edge.
            for row in wrap(here, sizes.hall, room, 2) {
                sheet.row((sizes.hall, Bold, &row), sizes.hall * 10 / 9);
            }
            for row in wrap(there, sizes.beside, room, 3) {
                sheet.row((sizes.beside, Plain, &row), leading(sizes.beside));
            }
            let Some(telephone) = telephone else { return };
            sheet.skip(sizes.gap);
            parts::label(sheet, sheet.margin, room, ask, sizes);
            sheet.skip(leading(sizes.label));
            // A number is read in one row, where that leaves it legible.
            let one_row = room * 1000 / width(telephone, 1000).max(1);
            let size = one_row.clamp(sizes.beside, sizes.item);
            for row in wrap(telephone, size, room, 3) {
                sheet.row((size, Bold, &row), leading(size));
            }
        });
    }

    /// Small words at the foot, in both languages, and the end.
    pub fn finish(mut self, foot: Word, name: &str) -> String {
        self.foot(foot);
        self.sheet.finish(name)
    }

    /// Small words at the foot, in both languages: nothing comes below them.
    pub fn foot(&mut self, foot: Word) {
        let (here, there) = both(self.lang, foot);
        self.sheet.rule(2);
        self.gap();
        self.block(self.sizes.label, Plain, 0, here, 3);
        self.block(self.sizes.beside, Plain, 0, there, 3);
        // Letters reach below the row they stand on.
        self.sheet.skip(self.sizes.gap);
    }
}
