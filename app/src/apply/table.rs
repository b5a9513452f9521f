//! A table: a card for each row, which fits a phone as well as a desk. A table in which nothing is
//! answered has no rows of its own: how many are shown is then the page's affair.

use std::collections::BTreeMap;

use jiban_domain::FieldId;
use jiban_domain::form::{Field, FieldValue};
use leptos::prelude::*;

use super::slot::{Slot, rows};
use super::words::ApplyWords;
use crate::words::fill;

type Row = BTreeMap<FieldId, FieldValue>;

/// The rows of a table, as a page shows them.
#[derive(Clone, Copy)]
struct Shown {
    value: Signal<FieldValue>,
    /// Told of each change; none on a page without scripts.
    write: Option<Callback<FieldValue>>,
    /// How many there are while nothing is answered.
    begun: RwSignal<usize>,
    count: Memo<usize>,
}

impl Shown {
    fn of(slot: &Slot) -> Self {
        let (value, write) = (slot.value, slot.write);
        // One to begin with, or as many as a page without scripts was asked for.
        let begun = RwSignal::new(untrack(|| value.with(|value| rows(value).len())).max(1));
        let count = Memo::new(move |_| {
            let answered =
                value.with(|value| (!value.is_empty()).then(|| rows(value).len().max(1)));
            answered.unwrap_or_else(|| begun.get())
        });
        Self { value, write, begun, count }
    }

    /// All of them.
    fn now(self) -> Vec<Row> {
        self.whole(rows(&self.value.get_untracked()))
    }

    /// Rows, and those that are shown besides.
    fn whole(self, answered: &[Row]) -> Vec<Row> {
        let mut whole = answered.to_vec();
        whole.resize_with(whole.len().max(self.count.get_untracked()), Row::new);
        whole
    }

    fn set(self, rows: Vec<Row>) {
        self.begun.set(rows.len().max(1));
        let rows = FieldValue::Rows(rows);
        // An empty row more or less is no answer.
        let was_empty = self.value.with_untracked(FieldValue::is_empty);
        if let Some(write) = self.write.filter(|_| !(was_empty && rows.is_empty())) {
            write.run(rows);
        }
    }

    fn add(self) {
        let mut rows = self.now();
        rows.push(Row::new());
        self.set(rows);
    }

    fn remove(self, at: usize) {
        let mut rows = self.now();
        if at < rows.len() {
            rows.remove(at);
        }
        self.set(rows);
    }
}

/// Its rows, and a key for one more. `draw` draws a cell.
pub(super) fn table(field: &Field, slot: &Slot, draw: fn(&Field, &Slot) -> AnyView) -> AnyView {
    let words = ApplyWords::of(slot.lang());
    let (columns, most) = (field.columns.clone(), field.most_rows());
    let all = Shown::of(slot);
    let write = slot
        .write
        .map(|_| Callback::new(move |value: FieldValue| all.set(all.whole(rows(&value)))));
    let of_rows = Slot { write, ..slot.clone() };
    // Rows are drawn again only when their number changes, so that the cursor stays.
    let shown = move || {
        (0..all.count.get()).map(|at| row(&columns, &of_rows, at, all, draw)).collect_view()
    };
    let is_full = move || all.count.get() >= most;
    let add = if slot.write.is_some() {
        view! {
            <button
                type="button"
                class="ask-row-key"
                disabled=is_full
                on:click=move |_| all.add()
            >
                {words.add_row}
            </button>
        }
        .into_any()
    } else {
        // The page comes again with one row more.
        view! {
            <button class="ask-row-key" name="add_row" value=slot.name.clone() disabled=is_full>
                {words.add_row}
            </button>
        }
        .into_any()
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
    all: Shown,
    draw: fn(&Field, &Slot) -> AnyView,
) -> AnyView {
    let words = ApplyWords::of(slot.lang());
    let cells =
        columns.iter().map(|column| draw(column, &slot.cell(at, &column.id))).collect_view();
    let name = fill(words.remove_row, &[("n", &(at + 1))]);
    let remove = (all.count.get() > 1).then(|| {
        if slot.write.is_some() {
            view! {
                <button
                    type="button"
                    class="ask-row-key"
                    aria-label=name
                    on:click=move |_| all.remove(at)
                >
                    {words.remove}
                </button>
            }
            .into_any()
        } else {
            // The page comes again without it.
            view! {
                <button
                    class="ask-row-key"
                    name="remove_row"
                    value=format!("{}.{at}", slot.name)
                    aria-label=name
                >
                    {words.remove}
                </button>
            }
            .into_any()
        }
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

#[cfg(test)]
mod tests {
    use jiban_domain::Lang;
    use jiban_domain::form::Values;

    use super::super::slot::Filling;
    use super::*;

    /// A table at a page whose values, as those of a draft, leave out what is empty. How often it
    /// was written is counted.
    fn page() -> (Shown, RwSignal<FieldValue>, RwSignal<usize>) {
        let (value, times) = (RwSignal::new(FieldValue::default()), RwSignal::new(0));
        let write = Callback::new(move |written: FieldValue| {
            times.update(|times| *times += 1);
            value.set(if written.is_empty() { FieldValue::default() } else { written });
        });
        let filling = Filling::still(Lang::Zh, Values::new(), Vec::new());
        let slot = Slot {
            name: "staff".to_owned(),
            place: "staff".to_owned(),
            value: value.into(),
            write: Some(write),
            filling,
        };
        (Shown::of(&slot), value, times)
    }

    fn named(name: &str) -> Row {
        Row::from([("name".into(), name.into())])
    }

    #[test]
    fn a_table_that_is_empty_takes_more_rows_and_keeps_them() {
        Owner::new().with(|| {
            let (all, value, times) = page();
            let count = || all.count.get_untracked();
            assert_eq!(count(), 1);
            all.add();
            all.add();
            assert_eq!((count(), times.get_untracked()), (3, 0), "an empty row is no answer");
            all.remove(0);
            assert_eq!(count(), 2);
            // Into the second of them.
            all.set(all.whole(&[Row::new(), named("刘梅")]));
            assert_eq!((count(), times.get_untracked()), (2, 1));
            all.add();
            assert_eq!((count(), times.get_untracked()), (3, 2));
            // Into the first alone: the others stay.
            all.set(all.whole(&[named("王强")]));
            assert_eq!(count(), 3);
            // What was cleared leaves the rows where they are.
            all.set(vec![Row::new(); 3]);
            assert_eq!((count(), value.get_untracked()), (3, FieldValue::default()));
        });
    }

    #[test]
    fn the_last_answer_goes_with_its_row() {
        Owner::new().with(|| {
            let (all, value, _) = page();
            all.add();
            all.set(all.whole(&[named("刘梅")]));
            all.remove(0);
            assert_eq!(all.count.get_untracked(), 1);
            assert!(value.get_untracked().is_empty());
        });
    }
}
