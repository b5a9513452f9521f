//! The slip's only layout: the screen shows, the browser prints and the server
//! rasterizes this same SVG. A pure function that needs no font.
//!
//! From the top: the hall; the number, as large as the paper allows; the
//! matter; people ahead, wait and time in three columns; the QR code; and below
//! the line to tear along, what to bring with boxes to tick. The visitor's
//! language leads; the other is printed small beside it where it helps.

mod head;
#[cfg(test)]
mod tests;
pub(crate) mod words;

use jiban_domain::slip::Slip;
use jiban_domain::ticket::TicketState;

use crate::parts::qr;
use crate::parts::wait::Wait;
use crate::sheet::canvas::Weight::{Bold, Plain};
use crate::sheet::canvas::{Anchor, DOTS_PER_MM, Sheet};
pub use crate::sheet::dots;
use crate::sheet::measure::wrap;
use crate::sheet::sizes::{Sizes, leading};
use crate::sheet::{other, parts};
use crate::words::fill;
use head::head;
use words::SlipWords;

/// The slip as an SVG, `dots` units wide and as high as needed. It
/// refers to nothing outside itself.
pub fn svg(slip: &Slip, dots: u32) -> String {
    draw(slip, dots).finish(&slip.number)
}

/// The height of the slip in dots.
pub fn height(slip: &Slip, dots: u32) -> u32 {
    draw(slip, dots).height()
}

/// The height of the slip in millimetres.
pub fn height_mm(slip: &Slip, dots: u32) -> u32 {
    height(slip, dots).div_ceil(DOTS_PER_MM)
}

/// The slip without its QR code, for a printer that draws the code itself.
pub struct AroundQr {
    /// Down to the words above the code.
    pub above: String,
    /// Dots per module of the code.
    pub module: u32,
    /// From the line to tear along; none if there is nothing to bring.
    pub below: Option<String>,
}

/// The slip in two parts; the printer draws the QR code between them.
pub fn around_qr(slip: &Slip, dots: u32) -> AroundQr {
    let sizes = Sizes::of(dots);
    let mut above = sizes.sheet();
    head(&mut above, slip, &sizes);
    follow_words(&mut above, slip, &sizes, sizes.available_width());
    let module = qr::path(&slip.qr).map_or(1, |(side, _)| parts::module(side, &sizes));
    above.skip(parts::QUIET * module);
    let below = (!slip.materials.is_empty()).then(|| {
        let mut below = sizes.sheet();
        below.skip(parts::QUIET * module);
        bring(&mut below, slip, &sizes);
        below.skip(sizes.gap);
        below.finish(&slip.number)
    });
    AroundQr { above: above.finish(&slip.number), module, below }
}

fn draw(slip: &Slip, dots: u32) -> Sheet {
    let sizes = Sizes::of(dots);
    let mut sheet = sizes.sheet();
    head(&mut sheet, slip, &sizes);
    follow(&mut sheet, slip, &sizes);
    if !slip.materials.is_empty() {
        bring(&mut sheet, slip, &sizes);
    }
    // Letters and boxes reach below their base line.
    sheet.skip(sizes.gap);
    sheet
}

fn follow(sheet: &mut Sheet, slip: &Slip, sizes: &Sizes) {
    parts::code(sheet, &slip.qr, sizes, |sheet, available_width| {
        follow_words(sheet, slip, sizes, available_width);
    });
}

fn follow_words(sheet: &mut Sheet, slip: &Slip, sizes: &Sizes, available_width: u32) {
    let (words, other_words) = (SlipWords::of(slip.lang), SlipWords::of(other(slip.lang)));
    // Large Chinese characters reach slightly above the top edge of the code.
    let lead = sizes.hall * 10 / 9;
    for row in wrap(words.follow, sizes.hall, available_width, 2) {
        sheet.row((sizes.hall, Bold, &row), lead);
    }
    for row in wrap(other_words.follow, sizes.translation, available_width, 2) {
        sheet.row((sizes.translation, Plain, &row), leading(sizes.translation));
    }
    sheet.skip(sizes.gap / 2);
    for row in wrap(&next(slip), sizes.label, available_width, 6) {
        sheet.row((sizes.label, Plain, &row), leading(sizes.label));
    }
}

/// What to do with it. A slip printed again may be of a number that was called or missed.
fn next(slip: &Slip) -> String {
    let words = SlipWords::of(slip.lang);
    let counter = slip.counter.as_ref().map_or(words.first_counter, |name| name.get(slip.lang));
    let at_counter = |sentence| fill(sentence, &[("counter", &counter)]);
    match slip.state {
        TicketState::Waiting if !slip.confirmed => words.confirming_next.to_owned(),
        TicketState::Waiting => match Wait::of(slip.wait_minutes, slip.calls_from.as_ref()) {
            Wait::Called(_) => words.watch_for_number.to_owned(),
            wait => wait.next(slip.lang, slip.ahead),
        },
        TicketState::Called => at_counter(words.go_to),
        TicketState::Serving => at_counter(words.serving),
        TicketState::OnHold => at_counter(words.on_hold),
        TicketState::Missed => at_counter(words.missed),
        // A number that has ended is not printed again.
        TicketState::Finished | TicketState::Cancelled => String::new(),
    }
}

/// The line to tear along, and the list with boxes to tick.
fn bring(sheet: &mut Sheet, slip: &Slip, sizes: &Sizes) {
    let words = SlipWords::of(slip.lang);
    sheet.tear_line();
    sheet.skip(sizes.gap);
    let right = sheet.right();
    let base = sheet.y + sizes.hall;
    sheet.runs(right, base, Anchor::Right, 0, &[(sizes.label, Bold, &slip.number)]);
    sheet.runs(
        sheet.margin,
        base,
        Anchor::Left,
        sizes.label / 3,
        &[
            (sizes.hall, Bold, words.bring),
            (sizes.translation, Plain, SlipWords::of(other(slip.lang)).bring),
        ],
    );
    sheet.skip(leading(sizes.hall) + sizes.gap / 4);
    let side = sizes.item * 4 / 5;
    let indent = side + sizes.item / 2;
    let mut rows_left = sizes.rows;
    let mut shown = 0;
    for material in &slip.materials {
        let rows = wrap(material.get(slip.lang), sizes.item, sizes.available_width() - indent, 3);
        if rows.len() > rows_left {
            break;
        }
        rows_left -= rows.len();
        shown += 1;
        let lead = leading(sizes.item);
        sheet.skip(sizes.gap / 4);
        let box_top = sheet.y + lead - lead / 4 - side + side / 10;
        sheet.tick_box(sheet.margin, box_top, side);
        for row in rows {
            sheet.skip(lead);
            let (x, base) = (sheet.margin + indent, sheet.y - lead / 4);
            sheet.text(x, base, (sizes.item, Plain, &row));
        }
    }
    let left_out = slip.materials.len() - shown;
    if left_out > 0 {
        sheet.skip(sizes.gap / 4);
        let more = fill(words.more, &[("n", &left_out)]);
        for row in wrap(&more, sizes.label, sizes.available_width(), 2) {
            sheet.row((sizes.label, Bold, &row), leading(sizes.label));
        }
    }
    sheet.skip(sizes.gap);
}
