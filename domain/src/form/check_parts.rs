//! The rules of addresses, persons and businesses.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::field::FieldKind;
use super::refusal::{FieldFault, FieldRefusal};
use super::value::{FieldValue, is_blank};
use crate::identity::{self, IdentityPaper};
use crate::text;
use crate::text::Text;

/// The parts of an address, person or business.
pub(super) fn parts(
    kind: FieldKind,
    parts: &BTreeMap<String, String>,
    today: Date,
) -> Result<Option<FieldValue>, Vec<FieldRefusal>> {
    let mut refusals = Vec::new();
    let mut kept = BTreeMap::new();
    let part = |name: &str| {
        let part = parts.get(name).map_or("", |part| part.trim());
        if is_blank(part) { "" } else { part }
    };
    let mut take = |name: &str, found: Result<String, Text>| match found {
        Ok(part) => {
            kept.insert(name.to_owned(), part);
        }
        Err(why) if part(name).is_empty() => {
            refusals.push(FieldRefusal::new(FieldFault::Required, why).of_part(name));
        }
        Err(why) => refusals.push(FieldRefusal::new(FieldFault::Identity, why).of_part(name)),
    };
    match kind {
        FieldKind::Person => {
            take("name", identity::name(part("name")));
            let number = part("number");
            let paper = match part("paper") {
                "" => IdentityPaper::recognise(number),
                paper => paper.parse().unwrap_or_default(),
            };
            let found = match number {
                "" => Err(Text::new("请填写证件号码。", "Enter the number.")),
                number => paper.number(number, today),
            };
            take("number", found);
            take("paper", Ok(<&str>::from(paper).to_owned()));
        }
        FieldKind::Business => {
            take("name", identity::name(part("name")));
            let found = match part("code") {
                "" => Err(Text::new("请填写统一社会信用代码。", "Enter the credit code.")),
                code => identity::credit_code(code),
            };
            take("code", found);
        }
        _ => {
            take(
                "region",
                address_part(part("region"), "省、市、区县", "province, city and district"),
            );
            take("detail", address_part(part("detail"), "街道和门牌号", "street and number"));
        }
    }
    if refusals.is_empty() { Ok(Some(FieldValue::Parts(kept))) } else { Err(refusals) }
}

/// The most characters of a part of an address.
const ADDRESS: usize = 120;

fn address_part(part: &str, zh: &str, en: &str) -> Result<String, Text> {
    let visible = crate::typed::visible(part);
    let part = visible.split_whitespace().collect::<Vec<_>>().join(" ");
    match part.chars().count() {
        0 => Err(text!("请填写{zh}。" | "Enter {en}.")),
        long if long > ADDRESS => {
            Err(text!("不超过 {ADDRESS} 个字。" | "At most {ADDRESS} characters."))
        }
        _ => Ok(part),
    }
}
