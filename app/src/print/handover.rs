//! 出件通知: the place, the hours, and what to bring.

use jiban_domain::documents::HandoverSlip;

use super::grouped;
use super::receipt_paper::ReceiptPaper;

/// An SVG for paper of this width.
pub fn handover(content: &HandoverSlip, dots: u32) -> String {
    let lang = content.lang;
    let mut paper = ReceiptPaper::begin(lang, &content.hall, |words| words.handover, dots);
    paper.case_hero(&content.number);
    paper.rule();
    paper.label(|words| words.fetch_at);
    paper.block_with_translation(paper.sizes.hall, &content.place, 4);
    paper.gap();
    paper.label(|words| words.hours);
    paper.block_with_translation(paper.sizes.item, &content.hours, 4);
    if let Some(day) = &content.kept_until {
        paper.gap();
        paper.field(|words| words.kept_until, day);
    }
    paper.rule();
    paper.matter(&content.matter, &content.applicant);
    paper.optional_field(|words| words.agent, content.agent.as_deref());
    paper.rule();
    paper.gap();
    paper.code(&content.qr, |words| words.scan, content.telephone.as_deref());
    paper.finish(|words| words.fetch_with, &grouped(&content.number))
}
