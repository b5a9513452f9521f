//! The answer of each kind of field as a row of the table, or the place for one.

use jiban_domain::Lang;
use jiban_domain::form::{Field, FieldKind, FieldValue};

use super::pages::{Cell, LABEL, PAD, Pages, SIZE};
use super::{Application, ApplicationWords};
use crate::apply::answer::lines;
use crate::sheet::canvas::Weight::{Bold, Plain};
use crate::sheet::measure::wrap;
use crate::sheet::sizes::leading;
use crate::words::fill;

const LABELS: u32 = 27;

/// A field with its answer beside it.
pub fn row(pages: &mut Pages, content: &Application, field: &Field, value: Option<&FieldValue>) {
    let lang = content.lang;
    let (all, left) = (pages.available_width(), Pages::left());
    let column = all * LABELS / 100;
    let mut label = field.label.get(lang).to_owned();
    if field.required && value.is_none() {
        label.push_str(" *");
    }
    let width = all - column;
    let (said, least) = match value {
        Some(value) => (lines(field, value, lang), 0),
        None => by_hand(content, field),
    };
    let weight = if value.is_some() { Bold } else { Plain };
    let rows = said.iter().flat_map(|line| wrap(line, SIZE, width - 2 * PAD, usize::MAX));
    let cells = vec![
        Cell {
            x: left,
            width: column,
            rows: wrap(&label, LABEL, column - 2 * PAD, usize::MAX),
            size: LABEL,
            weight: Plain,
            leads: true,
        },
        Cell { x: left + column, width, rows: rows.collect(), size: SIZE, weight, leads: false },
    ];
    let continued = ApplicationWords::of(lang).continued;
    pages.cells(cells, least.max(leading(SIZE) + 2 * PAD), continued, |_| {});
}

/// What is printed where somebody writes, and how high the place is.
fn by_hand(content: &Application, field: &Field) -> (Vec<String>, u32) {
    let (lang, words) = (content.lang, ApplicationWords::of(content.lang));
    let row = leading(SIZE);
    let mut said = Vec::new();
    let boxes = |names: Vec<&str>| {
        let boxes: Vec<_> = names.into_iter().map(|name| format!("□ {name}")).collect();
        boxes.join("　")
    };
    let mut least = 2 * row;
    match field.kind {
        FieldKind::Choice | FieldKind::Several => {
            said.push(boxes(field.choices.iter().map(|one| one.name.get(lang)).collect()));
        }
        FieldKind::YesNo => said.push(boxes(vec![words.yes, words.no])),
        FieldKind::LongText => least = 6 * row,
        FieldKind::Person => said.extend(parts(&[words.name, words.paper, words.number_of])),
        FieldKind::Business => said.extend(parts(&[words.business_name, words.code])),
        FieldKind::Address => said.extend(parts(&[words.region, words.detail])),
        FieldKind::Date => said.push(words.hand.to_owned()),
        _ => {}
    }
    said.extend(condition(content, field));
    let rows = u32::try_from(said.len()).unwrap_or(u32::MAX);
    (said, least.max(rows.saturating_mul(row) + 2 * PAD))
}

fn parts(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| format!("{name}：")).collect()
}

/// When it is to be filled in, where that depends on another field.
fn condition(content: &Application, field: &Field) -> Option<String> {
    let lang = content.lang;
    let words = ApplicationWords::of(lang);
    let condition = field.shown_when.first()?;
    let other = content.form.field(&condition.field)?;
    let named = |id: &String| match (other.kind, id.as_str()) {
        (FieldKind::YesNo, "yes") => words.yes.to_owned(),
        (FieldKind::YesNo, "no") => words.no.to_owned(),
        (_, id) => other
            .choices
            .iter()
            .find(|choice| choice.id == id)
            .map_or_else(|| id.to_owned(), |choice| choice.name.get(lang).to_owned()),
    };
    let between = if lang.base() == Lang::Zh { "、" } else { ", " };
    let choices: Vec<_> = condition.is.iter().map(named).collect();
    let said = [
        ("label", &other.label.get(lang) as &dyn std::fmt::Display),
        ("choices", &choices.join(between)),
    ];
    Some(fill(words.when, &said))
}

/// Rows with their columns; the head is drawn again on each page.
pub fn table(pages: &mut Pages, content: &Application, field: &Field, value: Option<&FieldValue>) {
    let (lang, words) = (content.lang, ApplicationWords::of(content.lang));
    let label = field.label.get(lang).to_owned();
    pages.room(6 * leading(SIZE));
    let available = pages.available_width();
    pages.sheet.skip(8);
    pages.text(&label, (LABEL, Bold), 0, available);
    let columns: Vec<&Field> = field.columns.iter().collect();
    let head = {
        let columns = columns.clone();
        move |pages: &mut Pages| {
            let texts = columns.iter().map(|column| vec![column.label.get(lang).to_owned()]);
            let cells = cells(texts.collect(), pages.available_width(), (LABEL - 3, true));
            pages.cells(cells, 0, "", |_| {});
        }
    };
    head(pages);
    let mut drawn = 0;
    if let Some(FieldValue::Rows(rows)) = value {
        for row in rows.iter().filter(|row| !row.values().all(FieldValue::is_empty)) {
            let texts = columns.iter().map(|column| {
                row.get(&column.id).map(|cell| lines(column, cell, lang)).unwrap_or_default()
            });
            let cells = cells(texts.collect(), pages.available_width(), (LABEL, false));
            pages.cells(cells, leading(LABEL) + 2 * PAD, words.continued, &head);
            drawn += 1;
        }
    }
    let empty = match value {
        None => 4,
        Some(_) => usize::from(drawn == 0),
    };
    for _ in 0..empty {
        let texts = columns.iter().map(|_| Vec::new());
        let cells = cells(texts.collect(), pages.available_width(), (LABEL, false));
        pages.cells(cells, 2 * leading(LABEL), "", &head);
    }
    pages.sheet.skip(8);
}

/// Cells of one width beside each other.
fn cells(texts: Vec<Vec<String>>, available: u32, (size, leads): (u32, bool)) -> Vec<Cell> {
    let count = u32::try_from(texts.len()).unwrap_or(u32::MAX).max(1);
    let width = available / count;
    let mut x = Pages::left();
    let cell = |rows: Vec<String>| {
        let at = x;
        x += width;
        let rows = rows.iter().flat_map(|line| wrap(line, size, width - 2 * PAD, usize::MAX));
        Cell { x: at, width, rows: rows.collect(), size, weight: Plain, leads }
    };
    texts.into_iter().map(cell).collect()
}

/// What is agreed to, whole, and the tick.
pub fn consent(
    pages: &mut Pages,
    content: &Application,
    field: &Field,
    value: Option<&FieldValue>,
) {
    let (lang, words) = (content.lang, ApplicationWords::of(content.lang));
    let available = pages.available_width();
    pages.room(4 * leading(SIZE));
    pages.text(field.label.get(lang), (LABEL, Bold), 0, available);
    if let Some(statement) = &field.statement {
        pages.text(statement.get(lang), (LABEL - 3, Plain), 0, available);
    }
    let agreed = value == Some(&FieldValue::Flag(true));
    let word = match value {
        None => words.agree,
        Some(_) if agreed => words.agreed,
        Some(_) => words.not_agreed,
    };
    let side = 30;
    pages.room(2 * side);
    pages.sheet.skip(10);
    let (x, y) = (Pages::left(), pages.sheet.y);
    pages.sheet.tick_box(x, y, side);
    if agreed {
        pages.sheet.tick(x, y, side);
    }
    pages.sheet.text(x + side + 14, y + side - 5, (LABEL, Bold, word));
    pages.sheet.skip(side + 14);
}
