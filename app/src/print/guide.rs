//! 办事指南: what to bring and the steps, on slip paper.

use jiban_domain::{Lang, Text};

use super::receipt_paper::ReceiptPaper;
use super::words::both;
use crate::api::guide::Guide;
use crate::api::kiosk::PrintSheet;
use crate::guides::words::GuideWords;
use crate::sheet::canvas::DOTS_PER_MM;
use crate::sheet::canvas::Weight::{Bold, Plain};
use crate::sheet::other;
use crate::sheet::sizes::leading;

/// The content of a printed guide.
pub struct GuidePrint<'a> {
    /// In the language that leads.
    pub guide: &'a Guide,
    pub hall: &'a Text,
    /// The time of printing, by the hall's clock.
    pub printed: &'a str,
    pub telephone: &'a str,
}

/// The guide for paper of this width.
pub fn guide(content: &GuidePrint<'_>, dots: u32) -> PrintSheet {
    let GuidePrint { guide, hall, printed, telephone } = *content;
    let lang = guide.lang;
    let mut paper = ReceiptPaper::begin(lang, hall, |words| words.guide, dots);
    paper.gap();
    let (matter, label) = (paper.sizes.matter, paper.sizes.label);
    paper.block(matter, Bold, 0, &guide.name, 4);
    paper.block(label, Plain, 0, &guide.department, 3);
    paper.rule();
    for (name, value) in &guide.first {
        paper.field_of((name, ""), value);
    }
    paper.rule();
    brought(&mut paper, guide);
    let parts = guide.parts.iter().map(|one| (&one.name, &one.after));
    numbered(&mut paper, |words| words.parts, &parts.collect::<Vec<_>>());
    let steps = guide.steps.iter().map(|one| (&one.name, &one.aside));
    numbered(&mut paper, |words| words.steps, &steps.collect::<Vec<_>>());
    for (name, value) in &guide.rest {
        paper.field_of((name, ""), value);
    }
    paper.field(|words| words.printed, printed);
    paper.rule();
    paper.gap();
    paper.code(&guide.address, |words| words.scan_guide, Some(telephone));
    paper.foot(|words| words.newest);
    let high_mm = paper.sheet.height().div_ceil(DOTS_PER_MM);
    PrintSheet {
        svg: paper.sheet.finish(&format!("{} {}", both(lang, |w| w.guide).0, guide.name)),
        high_mm,
    }
}

/// The list that a visitor ticks at home.
fn brought(paper: &mut ReceiptPaper, guide: &Guide) {
    let words = GuideWords::of(guide.lang);
    if guide.materials.is_empty() {
        paper.block(paper.sizes.hall, Bold, 0, words.no_materials, 2);
        return paper.rule();
    }
    paper.list_head_of(in_both(guide.lang, |words| words.materials), guide.materials.len());
    for material in &guide.materials {
        paper.mark(false);
        let (item, label, indent) = (paper.sizes.item, paper.sizes.label, paper.indent());
        paper.block(item, Bold, indent, &material.name, 4);
        let later = material.deferrable.then_some(words.deferrable);
        let aside: Vec<_> = material.aside.iter().map(String::as_str).chain(later).collect();
        paper.block(label, Plain, indent, &aside.join(" · "), 4);
    }
    paper.rule();
}

/// A numbered list, each row with who or when below it.
fn numbered(
    paper: &mut ReceiptPaper,
    head: fn(&GuideWords) -> &'static str,
    rows: &[(&String, &String)],
) {
    if rows.is_empty() {
        return;
    }
    paper.list_head_of(in_both(paper.lang, head), rows.len());
    for (place, (name, aside)) in rows.iter().enumerate() {
        paper.sheet.skip(paper.sizes.gap / 3);
        let (item, label, indent) = (paper.sizes.item, paper.sizes.label, paper.indent());
        let (x, base) = (paper.sheet.margin, paper.sheet.y + leading(item) - item / 3);
        paper.sheet.text(x, base, (item, Plain, &(place + 1).to_string()));
        paper.block(item, Bold, indent, name, 3);
        paper.block(label, Plain, indent, aside, 3);
    }
    paper.rule();
}

fn in_both(lang: Lang, word: fn(&GuideWords) -> &'static str) -> (&'static str, &'static str) {
    (word(GuideWords::of(lang)), word(GuideWords::of(other(lang))))
}
