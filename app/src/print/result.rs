//! A licence, permit or certificate on an A4 page.

use jiban_domain::documents::{PrintedBy, ResultDocument, ResultState};

use super::fit::fit;
use super::foot::Foot;
use super::page::{Indent, Page, long_date};
use super::style::SERIF;
use super::words::{Word, both};
use crate::sheet::canvas::Anchor;
use crate::sheet::canvas::Weight::{Bold, Plain};
use crate::sheet::measure::wrap;
use crate::sheet::translated;
use crate::words::fill;

/// An SVG of 210 by 297 mm.
pub fn result_document(content: &ResultDocument) -> String {
    drawn(content, None)
}

/// The same, as it comes out of a kiosk.
pub fn printed_result(content: &ResultDocument, printed: &PrintedBy) -> String {
    drawn(content, Some(printed))
}

fn drawn(content: &ResultDocument, printed: Option<&PrintedBy>) -> String {
    let foot = Foot {
        issuer: &content.issuer,
        issuer_word: |words| words.issuer,
        day: &content.issued_on,
        day_word: |words| words.issued_on,
        verify_code: &content.verify_code,
        qr: &content.qr,
        specimen: |words| words.specimen,
        revoked: content.state == ResultState::Revoked,
        printed,
    };
    fit(content.lang, content.title.get(content.lang), &foot, |page| body(page, content))
}

fn body(page: &mut Page, content: &ResultDocument) {
    let lang = content.lang;
    page.title(&content.title);
    page.skip(30);
    page.thin_rule(page.sheet.available_width() * 3 / 8);
    page.skip(26);
    number(page, |words| words.document_number, &content.number);
    page.skip(56);
    page.paragraph(&content.sentence, 42);
    page.skip(40);
    page.thin_rule(0);
    page.field_of(|words| words.holder, &content.holder);
    page.field_of(|words| words.holder_number, &content.holder_number);
    page.field_with_translation(|words| words.matter, &content.matter);
    for line in &content.lines {
        let label = (line.label.get(lang), translated(&line.label, lang).unwrap_or_default());
        let translation = translated(&line.value, lang).unwrap_or_default();
        page.field(label, line.value.get(lang), translation);
    }
    let words = page.words();
    let valid = content.valid_until.as_ref().map_or(words.for_good.to_owned(), |day| {
        fill(words.until, &[("day", &long_date(day, lang))])
    });
    page.field_of(|words| words.valid, &valid);
    if let Some(conditions) = &content.conditions {
        page.skip(30);
        page.heading(|words| words.conditions);
        page.rows(conditions.get(lang), 30, Plain, Indent::None);
        if let Some(translation) = translated(conditions, lang) {
            page.in_other_language(translation, 0);
        }
    }
}

/// The document's number, centred below its title.
pub fn number(page: &mut Page, word: Word, number: &str) {
    let (text, _) = both(page.lang, word);
    let size = page.scaled(32);
    let available_width = page.sheet.available_width();
    for row in wrap(&format!("{text} {number}"), size, available_width, 2) {
        page.sheet.within(SERIF, |sheet| {
            sheet.skip(size * 4 / 3);
            let x = sheet.width / 2;
            sheet.runs(x, sheet.y - size / 3, Anchor::Middle, 0, &[(size, Bold, &row)]);
        });
    }
}
