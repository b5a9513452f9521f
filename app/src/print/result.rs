//! A licence, permit or certificate on a page of A4.

use jiban_domain::documents::{ResultDocument, ResultState};

use super::foot::Foot;
use super::page::{Indent, Page, SERIF, day_in_words, fit};
use super::words::both;
use crate::sheet::canvas::From;
use crate::sheet::canvas::Weight::{Bold, Plain};
use crate::sheet::measure::wrap;
use crate::sheet::translated;
use crate::words::fill;

/// The document as an SVG, 210 by 297 mm.
pub fn result_document(content: &ResultDocument) -> String {
    let foot = Foot {
        issuer: &content.issuer,
        issuer_word: |words| words.issuer,
        day: &content.issued_on,
        day_word: |words| words.issued_on,
        verify_code: &content.verify_code,
        qr: &content.qr,
        specimen: |words| words.specimen,
        revoked: content.state == ResultState::Revoked,
    };
    fit(content.lang, content.title.get(content.lang), &foot, |page| body(page, content))
}

fn body(page: &mut Page, content: &ResultDocument) {
    let lang = content.lang;
    page.title(&content.title);
    page.skip(30);
    page.hair(page.sheet.room() * 3 / 8);
    page.skip(26);
    number(page, |words| words.document_number, &content.number);
    page.skip(56);
    page.paragraph(&content.sentence, 42);
    page.skip(40);
    page.hair(0);
    page.field_of(|words| words.holder, &content.holder);
    page.field_of(|words| words.holder_number, &content.holder_number);
    page.field_of_both(|words| words.matter, &content.matter);
    for line in &content.lines {
        let label = (line.label.get(lang), translated(&line.label, lang).unwrap_or_default());
        let there = translated(&line.value, lang).unwrap_or_default();
        page.field(label, line.value.get(lang), there);
    }
    let words = page.words();
    let valid = content.valid_until.as_ref().map_or(words.for_good.to_owned(), |day| {
        fill(words.until, &[("day", &day_in_words(day, lang))])
    });
    page.field_of(|words| words.valid, &valid);
    if let Some(conditions) = &content.conditions {
        page.skip(30);
        page.heading(|words| words.conditions);
        page.rows(conditions.get(lang), 30, Plain, Indent::None);
        if let Some(there) = translated(conditions, lang) {
            page.aside(there, 0);
        }
    }
}

/// The document's number, in the middle below its name.
pub fn number(page: &mut Page, word: super::page::Word, number: &str) {
    let (here, _) = both(page.lang, word);
    let size = page.scaled(32);
    let room = page.sheet.room();
    for row in wrap(&format!("{here} {number}"), size, room, 2) {
        page.sheet.within(SERIF, |sheet| {
            sheet.skip(size * 4 / 3);
            let x = sheet.width / 2;
            sheet.runs(x, sheet.y - size / 3, From::Middle, 0, &[(size, Bold, &row)]);
        });
    }
}
