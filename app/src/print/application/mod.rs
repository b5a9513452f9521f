//! An application form on paper: what was filled in, in tables by groups, on as many A4 pages as
//! it takes; or empty, to be filled in by hand.
//!
//! - [`pages`]: breaks what is drawn into pages
//! - [`answers`]: the answer of each kind of field, and the place for one

mod answers;
mod pages;
#[cfg(test)]
mod tests;

use jiban_domain::form::{Field, FieldKind, FieldValue, Form, Group, Values};
use jiban_domain::{Lang, Text};

use super::page::long_date;
use super::style::WIDTH;
use crate::parts::qr;
use crate::sheet::canvas::Anchor;
use crate::sheet::canvas::Weight::{Bold, Plain};
use crate::words::fill;
use pages::Pages;

crate::words! {
    pub ApplicationWords {
        form: "申请表" | "Application form",
        number: "办件编号 {n}" | "Case {n}",
        sent: "提交时间 {at}" | "Sent {at}",
        blank: "空白表" | "to be filled in by hand",
        when: "（{label}为“{choices}”时填写）" | "(only where “{label}” is {choices})",
        continued: "（续）" | "(continued)",
        agreed: "已阅读并同意" | "Read, and agreed to",
        not_agreed: "未同意" | "Not agreed to",
        agree: "阅读后勾选同意" | "Tick after reading",
        yes: "是" | "Yes",
        no: "否" | "No",
        name: "姓名" | "Name",
        business_name: "名称" | "Name",
        paper: "证件" | "Document",
        number_of: "号码" | "Number",
        code: "统一社会信用代码" | "Credit code",
        region: "省市区" | "District",
        detail: "详细地址" | "Address",
        signature: "申请人签名（盖章）" | "Applicant's signature (seal)",
        day: "日期" | "Date",
        hand: "　　年　　月　　日" | "",
        true_and_whole: "以上内容由申请人填写并确认。" | "Filled in and confirmed by the applicant.",
        not_drawn: "下列字打印不出，请手写补上：{places}。" | "These characters cannot be printed. Write them by hand: {places}.",
        place: "{label}第 {n} 字" | "{label}, character {n}",
        scan: "扫码查看" | "Scan to open",
        page_of: "第 {page} 页，共 {pages} 页" | "page {page} of {pages}",
    }
}

/// What the paper says.
#[derive(Debug, Clone, PartialEq)]
pub struct Application {
    pub lang: Lang,
    pub hall: Text,
    /// What is applied for.
    pub name: Text,
    pub form: Form,
    /// None for a form that is filled in by hand.
    pub values: Option<Values>,
    /// The case, as it is read aloud.
    pub number: Option<String>,
    /// When it was sent.
    pub sent: Option<String>,
    /// The drawn signature as a data URI, and the day: `YYYY-MM-DD`.
    pub signed: Option<(String, String)>,
    /// What the code leads to.
    pub qr: Option<String>,
    /// Characters of answers that no font has: the field, and their places counted from 1.
    pub undrawable: Vec<(Text, Vec<usize>)>,
}

/// The pages, each an SVG.
pub fn application(content: &Application) -> Vec<String> {
    let lang = content.lang;
    let words = ApplicationWords::of(lang);
    let mut pages = Pages::new();
    head(&mut pages, content);
    let nothing = Values::new();
    let values = content.values.as_ref().unwrap_or(&nothing);
    for group in &content.form.groups {
        let asked: Vec<&Field> = group
            .fields
            .iter()
            .filter(|field| content.values.is_none() || content.form.asks(field, values))
            .collect();
        if !asked.is_empty() {
            draw_group(&mut pages, content, group, &asked);
        }
    }
    signature(&mut pages, content);
    let title = format!("{} · {}", content.hall.get(lang), content.name.get(lang));
    let of = |page: usize, all: usize| fill(words.page_of, &[("page", &page), ("pages", &all)]);
    pages.finish(&title, of)
}

fn head(pages: &mut Pages, content: &Application) {
    let (lang, words) = (content.lang, ApplicationWords::of(content.lang));
    let code = content.qr.as_deref().and_then(qr::path);
    let aside = if code.is_some() { pages::CODE + pages::GAP } else { 0 };
    if let Some((side, path)) = code {
        pages.code(side, &path, words.scan);
    }
    let available = pages.available_width() - aside;
    pages.text(content.hall.get(lang), (28, Plain), 0, available);
    pages.text(&format!("{}{}", content.name.get(lang), words.form), (52, Bold), 0, available);
    let other = crate::sheet::translated(&content.name, lang);
    if let Some(other) = other {
        pages.text(other, (24, Plain), 0, available);
    }
    let facts = [
        content.number.as_ref().map(|number| fill(words.number, &[("n", number)])),
        content.sent.as_ref().map(|at| fill(words.sent, &[("at", at)])),
        content.values.is_none().then(|| words.blank.to_owned()),
    ];
    let facts: Vec<String> = facts.into_iter().flatten().collect();
    pages.text(&facts.join("　　"), (24, Plain), 0, available);
    pages.past_the_code();
}

fn draw_group(pages: &mut Pages, content: &Application, group: &Group, asked: &[&Field]) {
    pages.heading(group.name.get(content.lang));
    for field in asked {
        let value = content
            .values
            .as_ref()
            .map(|values| values.get(&field.id).unwrap_or(FieldValue::empty()));
        match field.kind {
            FieldKind::Table => answers::table(pages, content, field, value),
            FieldKind::Consent => answers::consent(pages, content, field, value),
            _ => answers::row(pages, content, field, value),
        }
    }
    pages.gap();
}

/// The applicant's signature, drawn or to be written, and the day.
fn signature(pages: &mut Pages, content: &Application) {
    let (lang, words) = (content.lang, ApplicationWords::of(content.lang));
    if !content.undrawable.is_empty() {
        let places = content.undrawable.iter().flat_map(|(label, places)| {
            places
                .iter()
                .map(|place| fill(words.place, &[("label", &label.get(lang)), ("n", place)]))
        });
        let places: Vec<_> = places.collect();
        let sentence = fill(words.not_drawn, &[("places", &places.join("、"))]);
        let available = pages.available_width();
        pages.text(&sentence, (24, Bold), 0, available);
        pages.gap();
    }
    let high = 300;
    pages.room(high);
    let top = pages.sheet.y;
    if content.values.is_some() {
        pages.sheet.row((24, Plain, words.true_and_whole), 40);
    }
    let base = top + 170;
    let left = WIDTH / 2 - 160;
    pages.sheet.runs(left, base, Anchor::Right, 0, &[(30, Bold, words.signature)]);
    let line = (left + 20, base + 12);
    pages.sheet.block(line.0, line.1, 420, 2);
    let right = left + 480;
    pages.sheet.text(right, base, (30, Bold, words.day));
    if let Some((png, day)) = &content.signed {
        pages.sheet.picture(line.0, base - 130, 420, 140, png);
        pages.sheet.text(right + 110, base, (30, Plain, &long_date(day, lang)));
    } else {
        pages.sheet.text(right + 110, base, (30, Plain, words.hand));
    }
    pages.sheet.y = top + high;
}
