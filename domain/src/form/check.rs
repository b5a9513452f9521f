//! Whether an answer is right, and in which form it is kept.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::Form;
use super::check_parts;
use super::check_text::{amount, email, postcode, text};
use super::date::date;
use super::field::{Field, FieldKind, TextFormat};
use super::refusal::{FieldFault, FieldRefusal};
use super::value::{FieldValue, Values};
use crate::identity;
use crate::ids::FieldId;
use crate::text;
use crate::text::Text;

/// The answers of a whole form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Checked {
    /// Those that are right and asked, in the form in which they are kept.
    pub values: Values,
    /// What is wrong, in the order of the form.
    pub refusals: Vec<FieldRefusal>,
}

/// Checks the answers of a form. What is not asked by them is left out.
pub fn check(form: &Form, values: &Values, today: Date) -> Checked {
    let mut checked = Checked::default();
    let asked = form.asked_values(values);
    for field in form.fields().filter(|field| form.asks(field, values)) {
        let value = asked.get(&field.id).unwrap_or(FieldValue::empty());
        match check_field(field, value, &asked, today) {
            Ok(Some(kept)) => {
                checked.values.insert(field.id.clone(), kept);
            }
            Ok(None) => {}
            Err(refusals) => checked.refusals.extend(refusals),
        }
    }
    checked
}

/// Checks one answer; `values` are those of the form that are asked, for bounds that name another
/// field. The answer in the form in which it is kept, or none where the field was left empty.
///
/// # Errors
/// What is wrong; several for a table or something of parts.
pub fn check_field(
    field: &Field,
    value: &FieldValue,
    values: &Values,
    today: Date,
) -> Result<Option<FieldValue>, Vec<FieldRefusal>> {
    let one = match (field.kind, value) {
        (FieldKind::Consent, FieldValue::Flag(true)) => Ok(Some(value.clone())),
        (FieldKind::Consent, value) => match value {
            FieldValue::Flag(false) | FieldValue::Text(_) if !field.required => Ok(None),
            _ => Err(vec![FieldRefusal::new(
                FieldFault::NotAgreed,
                Text::new("请阅读后勾选同意。", "Read it, then tick to agree."),
            )]),
        },
        (_, value) if value.is_empty() && field.required => Err(vec![required(field)]),
        (_, value) if value.is_empty() => Ok(None),
        (FieldKind::Table, FieldValue::Rows(rows)) => table(field, rows, values, today),
        (kind, FieldValue::Parts(parts)) if !kind.parts().is_empty() => {
            check_parts::parts(kind, parts, today)
        }
        (FieldKind::Several, FieldValue::Several(several)) => {
            self::several(field, several).map_err(|refusal| vec![refusal])
        }
        (FieldKind::YesNo, FieldValue::Flag(_)) => Ok(Some(value.clone())),
        (FieldKind::YesNo, FieldValue::Text(text)) => match text.trim() {
            "yes" => Ok(Some(FieldValue::Flag(true))),
            "no" => Ok(Some(FieldValue::Flag(false))),
            _ => Err(vec![shape()]),
        },
        (kind, FieldValue::Text(written)) if is_one_text(kind) => {
            of_text(field, written, values, today)
                .map(|kept| Some(FieldValue::Text(kept)))
                .map_err(|refusal| vec![refusal])
        }
        _ => Err(vec![shape()]),
    };
    one.map_err(|refusals| {
        refusals.into_iter().map(|refusal| refusal.within(field.id.as_str())).collect()
    })
}

/// Whether a value is one that the field can have while it is being written.
pub fn fits(field: &Field, value: &FieldValue) -> bool {
    if value.is_endless() {
        return false;
    }
    match (field.kind, value) {
        (_, FieldValue::Text(text)) if text.is_empty() => true,
        (FieldKind::Consent | FieldKind::YesNo, FieldValue::Flag(_))
        | (FieldKind::Several, FieldValue::Several(_)) => true,
        (FieldKind::YesNo, FieldValue::Text(text)) => matches!(text.as_str(), "yes" | "no"),
        (FieldKind::Table, FieldValue::Rows(rows)) => rows.iter().flatten().all(|(id, value)| {
            field.columns.iter().any(|column| column.id == *id && fits(column, value))
        }),
        // A table and a choice of several are both an empty list.
        (FieldKind::Table, FieldValue::Several(several)) => several.is_empty(),
        (kind, FieldValue::Parts(parts)) => {
            let known = kind.parts();
            !known.is_empty() && parts.keys().all(|name| known.contains(&name.as_str()))
        }
        (kind, FieldValue::Text(_)) => is_one_text(kind),
        _ => false,
    }
}

const fn is_one_text(kind: FieldKind) -> bool {
    matches!(
        kind,
        FieldKind::Text
            | FieldKind::LongText
            | FieldKind::Number
            | FieldKind::Money
            | FieldKind::Date
            | FieldKind::Choice
            | FieldKind::Telephone
    )
}

fn required(field: &Field) -> FieldRefusal {
    let why = match field.kind {
        FieldKind::Choice | FieldKind::YesNo => Text::new("请选择一项。", "Choose one."),
        FieldKind::Several => Text::new("请至少选择一项。", "Choose at least one."),
        FieldKind::Table => Text::new("请至少填写一行。", "Fill in at least one row."),
        FieldKind::Date => Text::new("请填写日期。", "Enter a date."),
        _ => Text::new("请填写这一项。", "Fill this in."),
    };
    FieldRefusal::new(FieldFault::Required, why)
}

fn shape() -> FieldRefusal {
    FieldRefusal::new(
        FieldFault::Shape,
        Text::new("这一项的填写方式不对。", "This is not what the field takes."),
    )
}

/// A value that is one text.
fn of_text(
    field: &Field,
    written: &str,
    values: &Values,
    today: Date,
) -> Result<String, FieldRefusal> {
    let refused = |fault| move |why| FieldRefusal::new(fault, why);
    match field.kind {
        FieldKind::Number => self::number(field, written, field.decimals),
        FieldKind::Money => self::number(field, written, 2),
        FieldKind::Date => self::date_within(field, written, values, today),
        FieldKind::Telephone => identity::telephone(written).map_err(refused(FieldFault::Identity)),
        FieldKind::Choice => {
            let written = written.trim();
            if field.choices.iter().any(|choice| choice.id == written) {
                return Ok(written.to_owned());
            }
            Err(FieldRefusal::new(
                FieldFault::Choice,
                Text::new("请从列出的选项中选择。", "Choose one of those listed."),
            ))
        }
        _ => {
            let kept = text(field, written)?;
            match field.format {
                TextFormat::Any => Ok(kept),
                TextFormat::Email => email(&kept),
                TextFormat::Postcode => postcode(&kept),
                TextFormat::CreditCode => {
                    identity::credit_code(&kept).map_err(refused(FieldFault::Identity))
                }
            }
        }
    }
}

fn number(field: &Field, written: &str, decimals: u8) -> Result<String, FieldRefusal> {
    let (kept, number) = amount(written, decimals)?;
    let unit = field.unit.clone().unwrap_or_else(|| match field.kind {
        FieldKind::Money => Text::new("元", "yuan"),
        _ => Text::default(),
    });
    let Text { zh, en } = unit;
    let gap = if en.is_empty() { "" } else { " " };
    if let Some(least) = field.least.filter(|least| number < *least) {
        return Err(FieldRefusal::new(
            FieldFault::TooSmall,
            text!("不能小于 {least}{gap}{zh}。" | "It must be at least {least}{gap}{en}."),
        ));
    }
    if let Some(most) = field.most.filter(|most| number > *most) {
        return Err(FieldRefusal::new(
            FieldFault::TooLarge,
            text!("不能大于 {most}{gap}{zh}。" | "It must be at most {most}{gap}{en}."),
        ));
    }
    Ok(kept)
}

fn date_within(
    field: &Field,
    written: &str,
    values: &Values,
    today: Date,
) -> Result<String, FieldRefusal> {
    let found = date(written).ok_or_else(|| {
        FieldRefusal::new(
            FieldFault::Date,
            Text::new("请填写日期，如 2026-01-31。", "Enter a date, such as 2026-01-31."),
        )
    })?;
    let bound = |bound: &Option<super::bound::DateBound>| {
        bound.as_ref().and_then(|bound| bound.day(today, values))
    };
    if let Some(earliest) = bound(&field.earliest).filter(|earliest| found < *earliest) {
        return Err(FieldRefusal::new(
            FieldFault::TooEarly,
            text!("不能早于 {earliest}。" | "It cannot be before {earliest}."),
        ));
    }
    if let Some(latest) = bound(&field.latest).filter(|latest| found > *latest) {
        return Err(FieldRefusal::new(
            FieldFault::TooLate,
            text!("不能晚于 {latest}。" | "It cannot be after {latest}."),
        ));
    }
    Ok(found.to_string())
}

#[allow(clippy::cast_precision_loss, reason = "far fewer entries than that")]
fn count(field: &Field, entries: usize) -> Result<(), FieldRefusal> {
    let entries = entries as f64;
    let what = match field.kind {
        FieldKind::Table => Text::new("行", "rows"),
        _ => Text::new("项", "choices"),
    };
    let Text { zh, en } = what;
    if let Some(least) = field.least.filter(|least| entries < *least) {
        return Err(FieldRefusal::new(
            FieldFault::TooFew,
            text!("至少要有 {least} {zh}。" | "At least {least} {en} are needed."),
        ));
    }
    if let Some(most) = field.most.filter(|most| entries > *most) {
        return Err(FieldRefusal::new(
            FieldFault::TooMany,
            text!("最多 {most} {zh}。" | "At most {most} {en} are possible."),
        ));
    }
    Ok(())
}

fn several(field: &Field, several: &[String]) -> Result<Option<FieldValue>, FieldRefusal> {
    let mut kept: Vec<String> = Vec::new();
    // In the order of the form, each once.
    for choice in field.choices.iter().filter(|choice| several.contains(&choice.id)) {
        kept.push(choice.id.clone());
    }
    if several.iter().any(|id| !kept.contains(id)) {
        return Err(FieldRefusal::new(
            FieldFault::Choice,
            Text::new("请从列出的选项中选择。", "Choose from those listed."),
        ));
    }
    count(field, kept.len())?;
    Ok(Some(FieldValue::Several(kept)))
}

fn table(
    field: &Field,
    rows: &[BTreeMap<FieldId, FieldValue>],
    values: &Values,
    today: Date,
) -> Result<Option<FieldValue>, Vec<FieldRefusal>> {
    let mut refusals = Vec::new();
    let mut kept = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        if row.values().all(FieldValue::is_empty) {
            continue;
        }
        let mut right = BTreeMap::new();
        let named = named_by_bounds(&field.columns, row, values);
        for column in &field.columns {
            let value = row.get(&column.id).unwrap_or(FieldValue::empty());
            match check_field(column, value, &named, today) {
                Ok(Some(value)) => {
                    right.insert(column.id.clone(), value);
                }
                Ok(None) => {}
                Err(wrong) => {
                    let start = format!("[{index}].");
                    refusals.extend(wrong.into_iter().map(|refusal| refusal.within(&start)));
                }
            }
        }
        kept.push(right);
    }
    if let Err(refusal) = count(field, kept.len()) {
        refusals.insert(0, refusal);
    }
    if field.most.is_none() && kept.len() > field.most_rows() {
        refusals.insert(0, too_many_rows(field.most_rows()));
    }
    if refusals.is_empty() { Ok(Some(FieldValue::Rows(kept))) } else { Err(refusals) }
}

/// What the bounds of dates in a row name: another date of that row, or one of the form.
fn named_by_bounds(columns: &[Field], row: &Values, values: &Values) -> Values {
    let bounds = columns.iter().flat_map(|column| [&column.earliest, &column.latest]);
    let named = bounds.flatten().filter_map(|bound| {
        let id = bound.named()?;
        let in_row = columns.iter().any(|column| column.id == *id);
        let value = if in_row { row.get(id) } else { values.get(id) };
        Some((id.clone(), value?.clone()))
    });
    named.collect()
}

fn too_many_rows(most: usize) -> FieldRefusal {
    FieldRefusal::new(
        FieldFault::TooMany,
        text!("最多 {most} 行。" | "At most {most} rows are possible."),
    )
}
