//! 告知承诺书, and 承诺不实告知书: what was committed to instead of being proved, and the notice
//! of what a check found broken.

use jiban_domain::Lang;
use jiban_domain::documents::{BreachNotice, CommitmentNotice, CommittedTo};

use super::grouped;
use super::receipt_paper::ReceiptPaper;
use crate::sheet::canvas::Weight::{Bold, Plain};
use crate::words::fill;

/// What somebody signs, or is to answer, is printed whole: so many rows take the longest text.
const ROWS: usize = 400;

/// The signed commitment: an SVG for paper of this width.
pub fn commitment_notice(content: &CommitmentNotice, dots: u32) -> String {
    let lang = content.lang;
    let mut paper = ReceiptPaper::begin(lang, &content.hall, |words| words.commitment, dots);
    paper.gap();
    paper.sheet.rule(2);
    paper.gap();
    paper.matter(&content.matter, &content.applicant);
    paper.field(|words| words.number, &grouped(&content.number));
    let days = format!("{} {}", content.promised_days, paper.words().days);
    paper.field(|words| words.promised, &days);
    for terms in &content.terms {
        committed(&mut paper, terms, content.terms.len() > 1);
    }
    paper.rule();
    paper.block(paper.sizes.label, Plain, 0, paper.words().commitment_words, 9);
    paper.gap();
    signature(&mut paper, content);
    paper.gap();
    paper.gap();
    paper.code(&content.qr, |words| words.scan, content.telephone.as_deref());
    paper.finish(|words| words.keep, &grouped(&content.number))
}

fn committed(paper: &mut ReceiptPaper, terms: &CommittedTo, several: bool) {
    let lang = paper.lang;
    paper.rule();
    if several {
        paper.block(paper.sizes.item, Bold, 0, terms.name.get(lang), 3);
    }
    paper.label(|words| words.committed_to);
    paper.block(paper.sizes.item, Plain, 0, terms.text.get(lang), ROWS);
    if !terms.replaced.is_empty() {
        paper.gap();
        paper.label(|words| words.replaced);
        for replaced in &terms.replaced {
            paper.mark(true);
            let indent = paper.indent();
            paper.block(paper.sizes.item, Bold, indent, replaced.get(lang), 3);
        }
    }
    paper.gap();
    paper.label(|words| words.check_after);
    paper.block_with_translation(paper.sizes.item, &terms.check, 6);
    paper.gap();
    paper.label(|words| words.if_broken);
    paper.block(paper.sizes.item, Plain, 0, terms.consequence.get(lang), ROWS);
}

/// A line to sign on, or the signature above it.
fn signature(paper: &mut ReceiptPaper, content: &CommitmentNotice) {
    paper.label(|words| words.signature);
    let (available_width, high) = (paper.sizes.available_width(), paper.sizes.value * 3);
    if let Some(signature) = &content.signature {
        let (x, y) = (paper.sheet.margin, paper.sheet.y);
        paper.sheet.picture(x, y, available_width, high, signature);
    }
    paper.sheet.skip(high);
    paper.sheet.rule(2);
    paper.gap();
    paper.field(|words| words.applicant, &content.applicant);
    paper.field(|words| words.signed, &content.signed);
}

/// The notice of a breach: an SVG for paper of this width.
pub fn breach_notice(content: &BreachNotice, dots: u32) -> String {
    let lang: Lang = content.lang;
    let mut paper = ReceiptPaper::begin(lang, &content.hall, |words| words.breach, dots);
    paper.gap();
    paper.sheet.rule(2);
    paper.gap();
    paper.matter(&content.matter, &content.applicant);
    paper.field(|words| words.number, &grouped(&content.number));
    for found in &content.found {
        paper.rule();
        paper.field(|words| words.told, &found.told);
        paper.field(|words| words.found_by, found.department.get(lang));
        paper.label(|words| words.found);
        paper.block(paper.sizes.item, Bold, 0, &found.finding, ROWS);
        paper.gap();
        paper.field(|words| words.answer_by, &fill(paper.words().by, &[("day", &found.answer_by)]));
        if let Some(day) = &found.put_right_by {
            paper.field(|words| words.put_right_by, &fill(paper.words().by, &[("day", day)]));
        }
        paper.gap();
        paper.label(|words| words.if_broken);
        paper.block(paper.sizes.item, Plain, 0, found.consequence.get(lang), ROWS);
    }
    paper.rule();
    paper.label(|words| words.how_to_answer);
    paper.block_with_translation(paper.sizes.item, &content.how, 12);
    paper.rule();
    paper.gap();
    paper.code(&content.qr, |words| words.scan_answer, content.telephone.as_deref());
    paper.finish(|words| words.keep, &grouped(&content.number))
}
