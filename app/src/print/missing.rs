//! 一次性告知书: everything that is missing, in one notice; 补正通知书: what a department
//! asks for after acceptance.

use jiban_domain::documents::MissingNotice;

use super::grouped;
use super::receipt_paper::ReceiptPaper;
use crate::sheet::canvas::Weight::{Bold, Plain};
use crate::words::fill;

/// An SVG for paper of this width.
pub fn missing_notice(content: &MissingNotice, dots: u32) -> String {
    let lang = content.lang;
    let mut paper = match &content.asked {
        None => ReceiptPaper::begin(lang, &content.hall, |words| words.missing, dots),
        Some(_) => ReceiptPaper::begin(lang, &content.hall, |words| words.asked, dots),
    };
    paper.gap();
    paper.sheet.rule(2);
    paper.gap();
    paper.matter(&content.matter, &content.applicant);
    paper.field(|words| words.number, &grouped(&content.number));
    paper.field(|words| words.told, &content.told);
    paper.rule();
    let size = paper.sizes.hall;
    let count = content.missing.len();
    let sentence = match &content.asked {
        None => paper.words().bring_all,
        Some(_) => paper.words().bring_asked,
    };
    let head = fill(sentence, &[("n", &count)]);
    paper.block(size, Bold, 0, &head, 3);
    if let Some((department, reason)) = &content.asked {
        paper.gap();
        paper.label(|words| words.asked_by);
        paper.block_with_translation(paper.sizes.item, department, 3);
        paper.block(paper.sizes.item, Plain, 0, reason, 12);
    }
    for material in &content.missing {
        paper.gap();
        paper.mark(false);
        let (sizes, indent) = (&paper.sizes, paper.indent());
        let (item, label) = (sizes.item, sizes.label);
        paper.block(item, Bold, indent, material.name.get(lang), 4);
        paper.block(label, Plain, indent, material.form.get(lang), 2);
        if let Some(remark) = &material.remark {
            paper.block(label, Plain, indent, remark.get(lang), 6);
        }
    }
    paper.rule();
    paper.label(|words| words.place);
    paper.block_with_translation(paper.sizes.item, &content.place, 4);
    if let Some(due) = &content.due {
        paper.gap();
        paper.label(|words| words.bring_by);
        paper.block(paper.sizes.value, Bold, 0, due, 1);
    }
    paper.rule();
    paper.gap();
    paper.code(&content.qr, |words| words.scan_list, content.telephone.as_deref());
    paper.finish(|words| words.all_told, &grouped(&content.number))
}
