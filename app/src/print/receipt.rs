//! 受理通知书: a case was accepted, and the day its decision is due.

use jiban_domain::documents::Receipt;

use super::grouped;
use super::receipt_paper::ReceiptPaper;
use crate::sheet::canvas::Anchor;
use crate::sheet::canvas::Weight::{Bold, Plain};
use crate::sheet::measure::width;
use crate::sheet::sizes::leading;
use crate::words::fill;

/// An SVG for paper of this width.
pub fn receipt(content: &Receipt, dots: u32) -> String {
    let mut paper = ReceiptPaper::begin(content.lang, &content.hall, |words| words.receipt, dots);
    paper.case_hero(&content.number);
    paper.rule();
    paper.matter(&content.matter, &content.applicant);
    paper.optional_field(|words| words.agent, content.agent.as_deref());
    paper.field(|words| words.accepted, &content.accepted);
    paper.rule();
    due(&mut paper, content);
    paper.rule();
    if !content.received.is_empty() {
        paper.list_head(|words| words.received, content.received.len());
        for material in &content.received {
            paper.mark(true);
            let (size, indent) = (paper.sizes.item, paper.indent());
            paper.block(size, Plain, indent, material.get(content.lang), 4);
        }
        paper.rule();
    }
    if !content.deferred.is_empty() {
        paper.list_head(|words| words.deferred, content.deferred.len());
        for material in &content.deferred {
            paper.mark(false);
            let (size, indent) = (paper.sizes.item, paper.indent());
            paper.block(size, Plain, indent, material.name.get(content.lang), 4);
            let by = fill(paper.words().by, &[("day", &material.due)]);
            paper.block(size, Bold, indent, &by, 1);
        }
        paper.rule();
    }
    let told_by = content.told_by.as_ref().map(|way| way.get(content.lang));
    if told_by.is_some() {
        paper.optional_field(|words| words.told_by, told_by);
        paper.rule();
    }
    paper.gap();
    paper.code(&content.qr, |words| words.scan, content.telephone.as_deref());
    paper.finish(|words| words.keep, &grouped(&content.number))
}

/// The due day, large; marked if it is provisional.
fn due(paper: &mut ReceiptPaper, content: &Receipt) {
    let words = paper.words();
    let top = paper.sheet.y;
    paper.label(|words| words.due);
    if content.due_provisional {
        let size = paper.sizes.translation;
        let (right, base) = (paper.sheet.right() - 2, top + paper.sizes.label);
        paper.sheet.stamp(right, base, size, words.provisional);
        paper.sheet.skip(paper.sizes.gap / 3);
    }
    let size = paper.one_row(&content.due, paper.sizes.value * 5 / 4);
    paper.sheet.skip(leading(size));
    let base = paper.sheet.y - size / 3;
    paper.sheet.text(paper.sheet.margin, base, (size, Bold, &content.due));
    let promised = match content.promised_days {
        0 => words.at_once.to_owned(),
        days => format!("{days} {}", words.days),
    };
    let size_of = |text| width(text, paper.sizes.label);
    let row = [words.promised, &promised].map(size_of).into_iter().max().unwrap_or_default();
    if width(&content.due, size) + paper.sizes.gap + row <= paper.sizes.available_width() {
        let (right, label) = (paper.sheet.right(), paper.sizes.label);
        let above = base - leading(label);
        paper.sheet.runs(right, above, Anchor::Right, 0, &[(label, Plain, words.promised)]);
        paper.sheet.runs(right, base, Anchor::Right, 0, &[(label, Bold, &promised)]);
    } else {
        paper.field(|words| words.promised, &promised);
    }
    if content.due_provisional {
        paper.block(paper.sizes.label, Plain, 0, words.provisional_why, 3);
    }
}
