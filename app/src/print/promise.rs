//! 容缺受理承诺书: what will be submitted later, by when, what happens otherwise, and
//! the signature.

use jiban_domain::documents::{PromiseNotice, PromisedMaterial};

use super::grouped;
use super::receipt_paper::ReceiptPaper;
use crate::sheet::canvas::Weight::{Bold, Plain};
use crate::words::fill;

/// An SVG for paper of this width.
pub fn promise_notice(content: &PromiseNotice, dots: u32) -> String {
    let lang = content.lang;
    let mut paper = ReceiptPaper::begin(lang, &content.hall, |words| words.promise, dots);
    paper.gap();
    paper.sheet.rule(2);
    paper.gap();
    paper.matter(&content.matter, &content.applicant);
    paper.field(|words| words.number, &grouped(&content.number));
    paper.rule();
    let head = fill(paper.words().promise_all, &[("n", &content.promised.len())]);
    paper.block(paper.sizes.hall, Bold, 0, &head, 3);
    let shared = shared_consequence(&content.promised);
    for material in &content.promised {
        promised(&mut paper, material, shared.is_some());
    }
    if let Some(shared) = shared {
        paper.rule();
        paper.label(|words| words.otherwise);
        paper.block_with_translation(paper.sizes.item, &shared.consequence, 9);
    }
    paper.rule();
    paper.block(paper.sizes.label, Plain, 0, paper.words().promise_words, 9);
    paper.gap();
    signature(&mut paper, content);
    paper.gap();
    paper.gap();
    paper.code(&content.qr, |words| words.scan_supply, content.telephone.as_deref());
    paper.finish(|words| words.keep, &grouped(&content.number))
}

/// The first material, if all have the same consequence, which is then printed
/// once.
fn shared_consequence(promised: &[PromisedMaterial]) -> Option<&PromisedMaterial> {
    let first = promised.first()?;
    promised.iter().all(|one| one.consequence == first.consequence).then_some(first)
}

fn promised(paper: &mut ReceiptPaper, material: &PromisedMaterial, shared: bool) {
    paper.gap();
    paper.mark(false);
    let (lang, indent) = (paper.lang, paper.indent());
    let (item, label) = (paper.sizes.item, paper.sizes.label);
    paper.block(item, Bold, indent, material.name.get(lang), 4);
    paper.block(label, Plain, indent, material.form.get(lang), 2);
    let words = paper.words();
    paper.block(item, Bold, indent, &format!("{} {}", words.supply_by, material.due), 2);
    if !shared {
        let otherwise = format!("{} {}", words.otherwise, material.consequence.get(lang));
        paper.block(label, Plain, indent, &otherwise, 6);
    }
}

/// A line to sign on, or the signature above it.
fn signature(paper: &mut ReceiptPaper, content: &PromiseNotice) {
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
