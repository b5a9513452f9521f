//! A statement on A4 pages: its sentence, then a table that goes on over as many pages as it
//! needs. Each page has the whole foot with the code, so that none can be swapped for another.

use jiban_domain::Text;
use jiban_domain::documents::{PrintedBy, StatementDocument};

use super::foot::Foot;
use super::page::{Page, long_date};
use super::style::{BODY_END, HEIGHT, MARGIN, SERIF, SOFT, TEAL};
use crate::sheet::canvas::Weight::{Bold, Plain};
use crate::sheet::canvas::{Anchor, DOTS_PER_MM, Sheet, Weight};
use crate::sheet::measure::{width, wrap};
use crate::sheet::sizes::leading;
use crate::sheet::translated;

/// The type of a value and of a heading.
const VALUE: u32 = 28;
const HEADING: u32 = 26;
const SMALL: u32 = 20;
/// Between a value and the lines around it.
const AIR: u32 = 10;
/// No value takes more rows; the longest has 60 signs.
const ROWS: usize = 6;

/// The pages, each an SVG of 210 by 297 mm.
pub fn statement(content: &StatementDocument, printed: &PrintedBy) -> Vec<String> {
    let columns = columns(content);
    let mut pages: Vec<Page> = Vec::new();
    let mut rows = content.rows.iter().peekable();
    while rows.peek().is_some() || pages.is_empty() {
        let mut page = begin(content, pages.is_empty());
        heading(&mut page, content, &columns);
        let mut is_first = true;
        while let Some(row) = rows.peek() {
            let high = height(row, &columns);
            // A row that fits no page at all does not exist: a value has few rows.
            if page.sheet.y + high > BODY_END && !is_first {
                break;
            }
            draw(&mut page, row, &columns);
            is_first = false;
            rows.next();
        }
        pages.push(page);
    }
    let count = u32::try_from(pages.len()).unwrap_or(u32::MAX);
    let name = content.title.get(content.lang);
    let finished = pages.into_iter().zip(1..).map(|(mut page, number)| {
        let printed = PrintedBy { page: number, pages: count, ..printed.clone() };
        foot(content, &printed).draw(&mut page);
        page.sheet.finish_page(name, HEIGHT)
    });
    finished.collect()
}

fn foot<'a>(content: &'a StatementDocument, printed: &'a PrintedBy) -> Foot<'a> {
    Foot {
        issuer: &content.issuer,
        issuer_word: |words| words.stated_by,
        day: &content.issued_on,
        day_word: |words| words.stated_on,
        verify_code: &content.verify_code,
        qr: &content.qr,
        specimen: |words| words.specimen_statement,
        revoked: false,
        printed: Some(printed),
    }
}

/// A page up to its table. Those after the first have only the title and whose it is.
fn begin(content: &StatementDocument, first: bool) -> Page {
    let mut page = Page::new(content.lang, if first { 88 } else { 60 });
    page.frame();
    page.sheet.y = 28 * DOTS_PER_MM;
    page.title(&content.title);
    page.skip(24);
    if first {
        page.paragraph(&content.sentence, 38);
        page.skip(24);
        page.thin_rule(0);
    }
    page.field_of(|words| words.statement_holder, &content.holder);
    page.field_of(|words| words.holder_number, &content.holder_number);
    if first {
        page.field_of(|words| words.as_of, &long_date(&content.as_of, content.lang));
    }
    page.skip(24);
    page
}

/// A column: where it begins, and how wide it is.
struct Place {
    x: u32,
    wide: u32,
    figures: bool,
}

/// The columns side by side, each as wide as its longest value wants, as far as there is room.
fn columns(content: &StatementDocument) -> Vec<Place> {
    let room = Page::new(content.lang, 100).sheet.available_width();
    let longest = |at: usize, heading: &Text| {
        let values = content.rows.iter().filter_map(|row| row.get(at));
        let widest = values.map(|value| width(value, VALUE)).max().unwrap_or(0);
        widest.max(width(heading.get(content.lang), HEADING)).clamp(60, 700)
    };
    let wanted: Vec<u32> =
        content.columns.iter().enumerate().map(|(at, heading)| longest(at, heading)).collect();
    let sum = wanted.iter().sum::<u32>().max(1);
    let mut x = MARGIN;
    let place = |(at, wanted): (usize, &u32)| {
        let wide = wanted * room / sum;
        let here = x;
        x += wide;
        let figures = content.figures.get(at).copied().unwrap_or_default();
        Place { x: here, wide: wide.saturating_sub(2 * AIR), figures }
    };
    wanted.iter().enumerate().map(place).collect()
}

fn rows_of(value: &str, size: u32, column: &Place) -> Vec<String> {
    wrap(value, size, column.wide, ROWS)
}

fn height(row: &[String], columns: &[Place]) -> u32 {
    let rows = row.iter().zip(columns).map(|(value, column)| rows_of(value, VALUE, column).len());
    let most = u32::try_from(rows.max().unwrap_or(1).max(1)).unwrap_or(1);
    most * leading(VALUE) + 2 * AIR + 2
}

fn heading(page: &mut Page, content: &StatementDocument, columns: &[Place]) {
    let lang = content.lang;
    let top = page.sheet.y;
    let mut end = top;
    for (heading, column) in content.columns.iter().zip(columns) {
        page.sheet.y = top;
        page.sheet.within(TEAL, |sheet| {
            for row in rows_of(heading.get(lang), HEADING, column) {
                sheet.skip(leading(HEADING));
                cell(sheet, column, (HEADING, Bold, &row));
            }
        });
        page.sheet.within(SOFT, |sheet| {
            for row in rows_of(translated(heading, lang).unwrap_or_default(), SMALL, column) {
                sheet.skip(leading(SMALL));
                cell(sheet, column, (SMALL, Plain, &row));
            }
        });
        end = end.max(page.sheet.y);
    }
    page.sheet.y = end + AIR;
    page.thin_rule(0);
}

fn draw(page: &mut Page, row: &[String], columns: &[Place]) {
    let top = page.sheet.y;
    for (value, column) in row.iter().zip(columns) {
        page.sheet.y = top + AIR;
        page.sheet.within(SERIF, |sheet| {
            for row in rows_of(value, VALUE, column) {
                sheet.skip(leading(VALUE));
                cell(sheet, column, (VALUE, Plain, &row));
            }
        });
    }
    page.sheet.y = top + height(row, columns) - 2;
    page.thin_rule(0);
}

/// A row of text in a column; figures stand at its right, under each other.
fn cell(sheet: &mut Sheet, column: &Place, run: (u32, Weight, &str)) {
    let base = sheet.y - run.0 / 3;
    let (x, from) = if column.figures {
        (column.x + column.wide, Anchor::Right)
    } else {
        (column.x, Anchor::Left)
    };
    sheet.runs(x, base, from, 0, &[run]);
}
