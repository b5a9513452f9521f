//! What is drawn, broken into A4 pages: a cell that is higher than what is left of its page goes
//! on in the next, and nothing is left out.

use super::super::style::{HEIGHT, SOFT, TEAL, WIDTH};
use crate::sheet::canvas::Weight::{Bold, Plain};
use crate::sheet::canvas::{Anchor, DOTS_PER_MM, Sheet, Weight};
use crate::sheet::measure::wrap;
use crate::sheet::sizes::leading;

const MARGIN: u32 = 20 * DOTS_PER_MM;
const TOP: u32 = 18 * DOTS_PER_MM;
/// Where the body ends; the foot is below.
const BOTTOM: u32 = HEIGHT - 20 * DOTS_PER_MM;
/// The largest side of the QR code.
pub const CODE: u32 = 26 * DOTS_PER_MM;
pub const GAP: u32 = 24;
/// Inside a cell.
pub const PAD: u32 = 12;
/// The type of answers, and of labels.
pub const SIZE: u32 = 30;
pub const LABEL: u32 = 27;

/// Pages that are filled one after the other.
pub struct Pages {
    done: Vec<Sheet>,
    pub sheet: Sheet,
    /// Where the code of the first page ends.
    code_ends: u32,
}

/// A cell of a row: where it begins, how wide it is, and its rows of text.
pub struct Cell {
    pub x: u32,
    pub width: u32,
    pub rows: Vec<String>,
    pub size: u32,
    pub weight: Weight,
    /// Drawn in the lead colour.
    pub leads: bool,
}

impl Pages {
    pub fn new() -> Self {
        Self { done: Vec::new(), sheet: Self::empty(), code_ends: 0 }
    }

    fn empty() -> Sheet {
        let mut sheet = Sheet::new(WIDTH, MARGIN);
        sheet.y = TOP;
        sheet
    }

    pub fn available_width(&self) -> u32 {
        self.sheet.available_width()
    }

    pub const fn left() -> u32 {
        MARGIN
    }

    /// Begins a new page where so much is not left of this one. Whether it did.
    pub fn room(&mut self, dots: u32) -> bool {
        let begins = self.sheet.y + dots > BOTTOM && self.sheet.y > TOP;
        if begins {
            self.done.push(std::mem::replace(&mut self.sheet, Self::empty()));
        }
        begins
    }

    /// Rows of text that still fit on this page.
    fn rows_left(&self, leading: u32) -> usize {
        let left = BOTTOM.saturating_sub(self.sheet.y + 2 * PAD);
        usize::try_from(left / leading.max(1)).unwrap_or_default()
    }

    pub fn gap(&mut self) {
        self.sheet.skip(GAP);
    }

    /// The QR code at the right of the first page's head.
    pub fn code(&mut self, side: usize, path: &str, caption: &str) {
        let modules = u32::try_from(side).unwrap_or(u32::MAX);
        let module = (CODE / modules.saturating_add(1)).max(1);
        let x = self.sheet.right() - module * modules;
        self.sheet.drawing(x, TOP, module, path);
        let base = TOP + module * (modules + 4);
        self.sheet.within(SOFT, |sheet| {
            sheet.runs(sheet.right(), base, Anchor::Right, 0, &[(18, Plain, caption)]);
        });
        self.code_ends = base + GAP;
    }

    /// Below the code.
    pub fn past_the_code(&mut self) {
        self.sheet.y = self.sheet.y.max(self.code_ends) + GAP / 2;
    }

    /// Rows of text, which may go on in the next page.
    pub fn text(&mut self, text: &str, (size, weight): (u32, Weight), indent: u32, width: u32) {
        for line in text.lines() {
            for row in wrap(line, size, width - indent, usize::MAX) {
                let lead = leading(size);
                self.room(lead);
                self.sheet.skip(lead);
                let base = self.sheet.y - lead / 4;
                self.sheet.text(MARGIN + indent, base, (size, weight, &row));
            }
        }
    }

    /// The name of a group; it is never the last of its page.
    pub fn heading(&mut self, name: &str) {
        self.room(leading(34) + 4 * leading(SIZE));
        let width = self.available_width();
        self.sheet.within(TEAL, |sheet| {
            for row in wrap(name, 34, width, 3) {
                sheet.row((34, Bold, &row), leading(34));
            }
        });
        self.sheet.skip(8);
    }

    /// A row of cells with their frames. What does not fit goes on in the next page, where
    /// `again` is drawn first; the first cell says there that it goes on.
    pub fn cells(
        &mut self,
        mut cells: Vec<Cell>,
        least: u32,
        continued: &str,
        again: impl Fn(&mut Self),
    ) {
        let lead = cells.iter().map(|cell| leading(cell.size)).max().unwrap_or(1);
        let high = |cells: &[Cell]| cells.iter().map(|cell| cell.rows.len()).max().unwrap_or(0);
        let head: Vec<String> = cells.first().map(|cell| cell.rows.clone()).unwrap_or_default();
        loop {
            let rows = high(&cells);
            let whole = u32::try_from(rows).unwrap_or(u32::MAX).saturating_mul(lead);
            let whole = whole.saturating_add(2 * PAD).max(least);
            // A few rows are not torn from each other.
            let together = whole.min(4 * lead + 2 * PAD);
            if self.room(together) {
                again(self);
            }
            let fit = self.rows_left(lead).max(1);
            let n = rows.min(fit);
            let dots = u32::try_from(n).unwrap_or(u32::MAX).saturating_mul(lead) + 2 * PAD;
            let dots = if n == rows { dots.max(least) } else { dots };
            self.segment(&mut cells, n, (lead, dots));
            if high(&cells) == 0 {
                return;
            }
            if let Some(first) = cells.first_mut().filter(|first| first.leads) {
                first.rows.clone_from(&head);
                if let Some(last) = first.rows.last_mut() {
                    last.push_str(continued);
                }
                first.rows = wrap(&first.rows.concat(), first.size, first.width - 2 * PAD, 3);
                if cells.iter().skip(1).all(|cell| cell.rows.is_empty()) {
                    return;
                }
            }
        }
    }

    /// The first rows of all cells.
    fn segment(&mut self, cells: &mut [Cell], n: usize, (lead, dots): (u32, u32)) {
        let top = self.sheet.y;
        for cell in cells {
            self.sheet.frame(cell.x, top, cell.width + 2, dots + 2, 2);
            let rows: Vec<String> = cell.rows.drain(..n.min(cell.rows.len())).collect();
            let write = |sheet: &mut Sheet| {
                let mut base = top + PAD;
                for row in &rows {
                    base += lead;
                    sheet.text(cell.x + PAD, base - lead / 4, (cell.size, cell.weight, row));
                }
            };
            if cell.leads {
                self.sheet.within(TEAL, write);
            } else {
                write(&mut self.sheet);
            }
        }
        self.sheet.y = top + dots;
    }

    /// All pages with their feet.
    pub fn finish(mut self, title: &str, page_of: impl Fn(usize, usize) -> String) -> Vec<String> {
        self.done.push(self.sheet);
        let all = self.done.len();
        let pages = self.done.into_iter().enumerate().map(|(at, mut sheet)| {
            let base = HEIGHT - 12 * DOTS_PER_MM;
            let page = page_of(at + 1, all);
            sheet.within(SOFT, |sheet| {
                for row in wrap(title, 20, WIDTH - 2 * MARGIN - 400, 1) {
                    sheet.text(MARGIN, base, (20, Plain, &row));
                }
                sheet.runs(sheet.right(), base, Anchor::Right, 0, &[(20, Bold, &page)]);
            });
            sheet.finish_page(title, HEIGHT)
        });
        pages.collect()
    }
}
