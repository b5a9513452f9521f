//! 不予受理通知书, 终止办理通知书: a case ends, and why.

use jiban_domain::documents::{EndKind, EndNotice};

use super::grouped;
use super::receipt_paper::ReceiptPaper;
use crate::sheet::canvas::Weight::{Bold, Plain};
use crate::words::fill;

/// An SVG for paper of this width.
pub fn end_notice(content: &EndNotice, dots: u32) -> String {
    let lang = content.lang;
    let mut paper = match content.kind {
        EndKind::Declined => ReceiptPaper::begin(lang, &content.hall, |words| words.declined, dots),
        EndKind::Ended => ReceiptPaper::begin(lang, &content.hall, |words| words.ended, dots),
    };
    paper.gap();
    paper.sheet.rule(2);
    paper.gap();
    paper.matter(&content.matter, &content.applicant);
    paper.field(|words| words.number, &grouped(&content.number));
    paper.field(|words| words.ended_at, &content.ended);
    paper.rule();
    paper.label(|words| words.reasons);
    paper.block_with_translation(paper.sizes.item, &content.reason, 12);
    for material in &content.lacking {
        paper.gap();
        paper.mark(false);
        let (item, label, indent) = (paper.sizes.item, paper.sizes.label, paper.indent());
        paper.block(item, Bold, indent, material.name.get(lang), 4);
        let by = fill(paper.words().by, &[("day", &material.due)]);
        paper.block(label, Plain, indent, &by, 1);
    }
    paper.rule();
    paper.label(|words| words.what_next);
    for way in &content.next {
        paper.block(paper.sizes.label, Plain, 0, way.get(lang), 6);
        paper.gap();
    }
    paper.rule();
    paper.gap();
    paper.code(&content.qr, |words| words.scan, content.telephone.as_deref());
    paper.finish(|words| words.keep, &grouped(&content.number))
}
