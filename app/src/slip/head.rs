//! The upper half of the slip: hall, number, matter, and the figures.

use jiban_domain::Lang;
use jiban_domain::slip::Slip;
use jiban_domain::ticket::TicketState;

use super::words::SlipWords;
use crate::parts::wait::{self, Wait, WaitWords};
use crate::parts::{priority, ticket_state};
use crate::sheet::canvas::Weight::{Bold, Plain};
use crate::sheet::canvas::{Anchor, Sheet};
use crate::sheet::measure::{width, wrap};
use crate::sheet::sizes::{Sizes, leading};
use crate::sheet::{other, parts, translated};

pub fn head(sheet: &mut Sheet, slip: &Slip, sizes: &Sizes) {
    parts::hall(sheet, &slip.hall, slip.lang, sizes);
    number(sheet, slip, sizes);
    line(sheet, slip, sizes);
    priority_note(sheet, slip, sizes);
    sheet.rule(2);
    sheet.skip(sizes.gap / 2);
    matter(sheet, slip, sizes);
    sheet.skip(sizes.gap * 2 / 3);
    sheet.rule(2);
    sheet.skip(sizes.gap / 2);
    figures(sheet, slip, sizes);
    sheet.rule(2);
    sheet.skip(sizes.gap);
}

fn number(sheet: &mut Sheet, slip: &Slip, sizes: &Sizes) {
    let size =
        (sizes.available_width() * 1000 / width(&slip.number, 1000).max(1)).min(sizes.number);
    // Capitals and digits fill less than three quarters of their type size.
    sheet.skip(sizes.gap + size * 73 / 100);
    // The white space inside a large letter would make it look indented.
    let white = match slip.number.chars().next() {
        Some('A' | 'J' | 'T' | 'V'..='Z') => 8,
        Some('C' | 'G' | 'O' | 'Q' | 'S') => 45,
        _ => 80,
    };
    let x = sheet.margin.saturating_sub(size * white / 1000);
    let base = sheet.y;
    sheet.text(x, base, (size, Bold, &slip.number));
    sheet.skip(sizes.gap);
}

/// The line's name; at the right margin, a stamp on reprinted slips.
fn line(sheet: &mut Sheet, slip: &Slip, sizes: &Sizes) {
    let words = SlipWords::of(slip.lang);
    let base = sheet.y + leading(sizes.hall) - sizes.hall / 4;
    let mut available_width = sizes.available_width();
    if slip.reprint {
        let stamp = format!("{} {}", words.reprint, SlipWords::of(other(slip.lang)).reprint);
        let taken = sheet.stamp(sheet.right(), base, sizes.translation, &stamp);
        available_width -= taken + sizes.translation / 2;
    }
    let rows = wrap(slip.line.get(slip.lang), sizes.hall, available_width, 2);
    let translation = translated(&slip.line, slip.lang).unwrap_or_default();
    let gap = sizes.translation / 2;
    for (place, row) in rows.iter().enumerate() {
        sheet.skip(leading(sizes.hall));
        let mut runs = vec![(sizes.hall, Bold, row.as_str())];
        let needed = width(row, sizes.hall) + gap + width(translation, sizes.translation);
        if place + 1 == rows.len() && !translation.is_empty() && needed <= available_width {
            runs.push((sizes.translation, Plain, translation));
        }
        let (x, base) = (sheet.margin, sheet.y - sizes.hall / 4);
        sheet.runs(x, base, Anchor::Left, gap, &runs);
    }
    sheet.skip(sizes.gap / 2);
}

/// The class of a visitor with priority, who brings the proof of it.
fn priority_note(sheet: &mut Sheet, slip: &Slip, sizes: &Sizes) {
    let Some(shown) = priority::shown(slip.priority, slip.lang) else { return };
    let text = format!("{} · {shown}", priority::PriorityWords::of(slip.lang).label);
    for row in wrap(&text, sizes.item, sizes.available_width(), 2) {
        sheet.row((sizes.item, Bold, &row), leading(sizes.item));
    }
    sheet.skip(sizes.gap / 2);
}

fn matter(sheet: &mut Sheet, slip: &Slip, sizes: &Sizes) {
    label(
        sheet,
        sheet.margin,
        sizes.available_width(),
        slip.lang,
        |lang| SlipWords::of(lang).matter,
        sizes,
    );
    sheet.skip(leading(sizes.label) + 4);
    parts::name(sheet, &slip.matter, slip.lang, sizes);
}

fn label(
    sheet: &mut Sheet,
    x: u32,
    available_width: u32,
    lang: Lang,
    word: fn(Lang) -> &'static str,
    sizes: &Sizes,
) {
    let both = (word(lang), word(other(lang)));
    parts::label(sheet, x, available_width, both, sizes);
}

/// A column of the figures.
struct Figure {
    label: fn(Lang) -> &'static str,
    value: String,
    /// Small, beside the value.
    unit: &'static str,
    /// Small, below it.
    below: String,
}

impl Figure {
    fn new(label: fn(Lang) -> &'static str, value: String, unit: &'static str) -> Self {
        Self { label, value, unit, below: String::new() }
    }
}

/// People ahead, wait and time: three columns, separated by thin rules. Of a number that
/// does not wait any more, its state is in the first two.
fn figures(sheet: &mut Sheet, slip: &Slip, sizes: &Sizes) {
    let words = SlipWords::of(slip.lang);
    let (day, time) = slip.issued_local.split_once(' ').unwrap_or(("", &slip.issued_local));
    let taken = Figure {
        below: day.to_owned(),
        ..Figure::new(|lang| SlipWords::of(lang).taken, time.to_owned(), "")
    };
    if slip.state == TicketState::Waiting && !slip.confirmed {
        let place = Figure::new(|lang| SlipWords::of(lang).place, words.confirming.to_owned(), "");
        columns(sheet, slip.lang, sizes, &[(11, place), (5, taken)]);
    } else if slip.state == TicketState::Waiting {
        let ahead =
            Figure::new(|lang| SlipWords::of(lang).ahead, slip.ahead.to_string(), words.people);
        columns(sheet, slip.lang, sizes, &[(4, ahead), (7, wait(slip)), (5, taken)]);
    } else {
        let state = ticket_state::name(slip.state, slip.lang).to_owned();
        let state = Figure::new(|lang| SlipWords::of(lang).state, state, "");
        columns(sheet, slip.lang, sizes, &[(11, state), (5, taken)]);
    }
}

/// Columns of so many sixteenths of the width.
fn columns(sheet: &mut Sheet, lang: Lang, sizes: &Sizes, columns: &[(u32, Figure)]) {
    let top = sheet.y;
    let sixteenth = sizes.available_width() / 16;
    let values_high = leading(sizes.label) + leading(sizes.value);
    let high = values_high + leading(sizes.translation);
    let mut column = 0;
    for (span, Figure { label: name, value, unit, below }) in columns {
        let inset = if column == 0 { 0 } else { sizes.gap * 2 / 3 };
        let x = sheet.margin + column * sixteenth + inset;
        let available_width = span * sixteenth - inset;
        label(sheet, x, available_width, lang, *name, sizes);
        let gap = sizes.label / 4;
        let for_value = match *unit {
            "" => available_width,
            unit => available_width.saturating_sub(gap + width(unit, sizes.label)),
        };
        let fitting = |text: &str, available: u32, most: u32| {
            (available * 1000 / width(text, 1000).max(1)).min(most)
        };
        let size = fitting(value, for_value, sizes.value);
        let base = top + leading(sizes.label) + leading(sizes.value) - sizes.value / 5;
        let mut runs = vec![(size, Bold, value.as_str())];
        if !unit.is_empty() {
            runs.push((sizes.label, Plain, unit));
        }
        sheet.runs(x, base, Anchor::Left, gap, &runs);
        if !below.is_empty() {
            let size = fitting(below, available_width, sizes.translation);
            sheet.text(x, top + values_high + sizes.translation, (size, Plain, below));
        }
        if column > 0 {
            sheet.block(sheet.margin + column * sixteenth, top, 2, high);
        }
        column += span;
    }
    sheet.skip(high + sizes.gap / 2);
}

/// `20–45` and its unit; or from when numbers are called.
fn wait(slip: &Slip) -> Figure {
    let label: fn(Lang) -> &'static str = |lang| WaitWords::of(lang).label;
    match Wait::of(slip.wait_minutes, slip.calls_from.as_ref()) {
        Wait::Called(minutes) => {
            let (low, high, unit) = wait::figures(slip.lang, minutes);
            let range = if low == high { low } else { format!("{low}–{high}") };
            Figure::new(label, range, unit)
        }
        Wait::NoCounter => Figure::new(label, WaitWords::of(slip.lang).no_counter.to_owned(), ""),
        Wait::Later(from, _) => Figure {
            below: from.day.get(slip.lang).to_owned(),
            ..Figure::new(|lang| WaitWords::of(lang).from_label, from.time.clone(), "")
        },
    }
}
