//! 不予行政许可决定书, 撤销决定书: the refusal of a permit, or its revocation, the reasons, and
//! how to appeal.

use jiban_domain::documents::Decision;
use jiban_domain::{Lang, Text};

use super::fit::fit;
use super::foot::Foot;
use super::grouped;
use super::page::{Indent, Page, long_date};
use super::result::number;
use super::words::{Word, Words, both};
use crate::sheet::canvas::Weight::{Bold, Plain};
use crate::sheet::translated;
use crate::words::fill;

/// An SVG of 210 by 297 mm.
pub fn decision(content: &Decision) -> String {
    let foot = Foot {
        issuer: &content.issuer,
        issuer_word: |words| words.decided_by,
        day: &content.decided_on,
        day_word: |words| words.decided_on,
        verify_code: &content.verify_code,
        qr: &content.qr,
        specimen: |words| words.specimen_decision,
        revoked: false,
        printed: None,
    };
    fit(content.lang, content.title.get(content.lang), &foot, |page| body(page, content))
}

fn body(page: &mut Page, content: &Decision) {
    page.title(&content.title);
    page.skip(24);
    page.thin_rule(page.sheet.available_width() * 3 / 8);
    page.skip(20);
    number(page, |words| words.decision_number, &content.number);
    page.skip(40);
    page.rows(&fill(page.words().to, &[("name", &content.applicant)]), 36, Bold, Indent::None);
    let decided = content.sentence.clone().unwrap_or_else(|| refused(content));
    page.paragraph(&decided, 34);
    page.skip(20);
    page.thin_rule(0);
    page.field_of(|words| words.holder_number, &content.applicant_number);
    page.field(both(content.lang, |words| words.case), &grouped(&content.case), "");
    list(page, |words| words.reasons, &content.reasons);
    list(page, |words| words.grounds, std::slice::from_ref(&content.grounds));
    list(page, |words| words.appeal, &content.appeal);
}

/// The sentence that refuses the permit.
fn refused(content: &Decision) -> Text {
    let in_lang = |lang: Lang| {
        let day = long_date(&content.accepted_on, lang);
        let matter = content.matter.get(lang);
        fill(Words::of(lang).refused, &[("day", &day), ("matter", &matter)])
    };
    Text { zh: in_lang(Lang::Zh), en: in_lang(Lang::En) }
}

/// A heading and the texts below it, numbered if there are several.
fn list(page: &mut Page, word: Word, texts: &[Text]) {
    page.skip(26);
    page.heading(word);
    if let [text] = texts {
        page.rows(text.get(page.lang), 30, Plain, Indent::None);
        if let Some(translation) = translated(text, page.lang) {
            page.in_other_language(translation, 0);
        }
        return;
    }
    for (place, text) in texts.iter().enumerate() {
        page.numbered(place + 1, text, 30);
    }
}
