//! A table: a card for each row, which fits a phone as well as a desk.

use std::collections::BTreeMap;

use jiban_domain::form::{Field, FieldValue};
use leptos::prelude::*;

use super::slot::{Slot, rows};
use super::words::ApplyWords;
use crate::words::fill;

/// Its rows, and a key for one more. `draw` draws a cell.
pub(super) fn table(field: &Field, slot: &Slot, draw: fn(&Field, &Slot) -> AnyView) -> AnyView {
    let words = ApplyWords::of(slot.lang());
    let (columns, most) = (field.columns.clone(), field.most_rows());
    let value = slot.value;
    // One to begin with.
    let count = Memo::new(move |_| value.with(|value| rows(value).len().max(1)));
    let of_rows = slot.clone();
    // Rows are drawn again only when their number changes, so that the cursor stays.
    let shown = move || {
        (0..count.get()).map(|at| row(&columns, &of_rows, at, count.get(), draw)).collect_view()
    };
    let is_full = move || count.get() >= most;
    let add = match slot.write {
        Some(write) => {
            let add = move |_| {
                let mut rows = rows(&value.get_untracked()).to_vec();
                rows.resize_with(count.get_untracked() + 1, BTreeMap::new);
                write.run(FieldValue::Rows(rows));
            };
            view! {
                <button type="button" class="ask-row-key" disabled=is_full on:click=add>
                    {words.add_row}
                </button>
            }
            .into_any()
        }
        // The page comes again with one row more.
        None => view! {
            <button class="ask-row-key" name="add_row" value=slot.name.clone() disabled=is_full>
                {words.add_row}
            </button>
        }
        .into_any(),
    };
    view! {
        <span class="ask-rows">{shown}</span>
        {add}
    }
    .into_any()
}

fn row(
    columns: &[Field],
    slot: &Slot,
    at: usize,
    count: usize,
    draw: fn(&Field, &Slot) -> AnyView,
) -> AnyView {
    let words = ApplyWords::of(slot.lang());
    let cells =
        columns.iter().map(|column| draw(column, &slot.cell(at, &column.id))).collect_view();
    let value = slot.value;
    let name = fill(words.remove_row, &[("n", &(at + 1))]);
    let remove = (count > 1).then(|| match slot.write {
        Some(write) => {
            let remove = move |_| {
                let mut rows = rows(&value.get_untracked()).to_vec();
                if at < rows.len() {
                    rows.remove(at);
                }
                write.run(FieldValue::Rows(rows));
            };
            view! {
                <button type="button" class="ask-row-key" aria-label=name on:click=remove>
                    {words.remove}
                </button>
            }
            .into_any()
        }
        // The page comes again without it.
        None => view! {
            <button
                class="ask-row-key"
                name="remove_row"
                value=format!("{}.{at}", slot.name)
                aria-label=name
            >
                {words.remove}
            </button>
        }
        .into_any(),
    });
    view! {
        <fieldset class="ask-row" id=format!("{}-{at}", slot.id())>
            <legend>{fill(words.row, &[("n", &(at + 1))])}</legend>
            {cells}
            {remove}
        </fieldset>
    }
    .into_any()
}
