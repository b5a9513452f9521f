//! Writes a hall file: lists that people look for get a heading for each entry,
//! short values stay on one line.

use jiban_domain::setup::Setup;
use toml_edit::{Array, ArrayOfTables, Item, Table, Value};

/// Lists longer than this, in characters, are split into lines.
const WIDTH: usize = 80;

/// A setup as a hall file; [`super::read`] returns the same setup.
///
/// # Panics
/// Never: every setup can be written as TOML.
pub fn write(setup: &Setup) -> String {
    let mut document = match toml_edit::ser::to_document(setup) {
        Ok(document) => document,
        Err(error) => unreachable!("a setup is a table of tables, texts and numbers: {error}"),
    };
    let file = document.as_table_mut();
    file.decor_mut().set_prefix(
        "# A hall file. Import it with: jiban import FILE\n\
         # 大厅文件，用 jiban import FILE 导入。\n\n",
    );
    for hall in with_headings(file, "hall") {
        for part in ["hours", "rules"] {
            if let Some(item) = hall.get_mut(part) {
                make_table(item);
            }
        }
        for part in ["line", "counter", "kiosk", "matter"] {
            for table in with_headings(hall, part) {
                if let Some(hours) = table.get_mut("hours") {
                    make_table(hours);
                }
                week_as_table(table);
                split_long_lists(table);
                if part == "matter" {
                    form(table);
                }
            }
        }
        week_as_table(hall);
        split_long_lists(hall);
    }
    with_headings(file, "clerk").for_each(split_long_lists);
    document.to_string()
}

/// A matter's form: a heading for each group and each field.
fn form(matter: &mut Table) {
    for group in with_headings(matter, "form") {
        with_headings(group, "field").for_each(split_long_lists);
    }
}

/// Writes each entry of a list under a heading, `[[key]]`.
fn with_headings<'t>(table: &'t mut Table, key: &str) -> impl Iterator<Item = &'t mut Table> {
    let item = table.entry(key).or_insert(Item::None);
    let list = std::mem::take(item);
    *item = match list {
        Item::Value(Value::Array(list)) if list.is_empty() => Item::None,
        Item::Value(Value::Array(list)) => {
            let tables = list.into_iter().filter_map(|entry| match entry {
                Value::InlineTable(entry) => Some(entry.into_table()),
                _ => None,
            });
            Item::ArrayOfTables(tables.collect::<ArrayOfTables>())
        }
        other => other,
    };
    item.as_array_of_tables_mut().into_iter().flat_map(ArrayOfTables::iter_mut)
}

/// Each day of the hours gets a line.
fn week_as_table(owner: &mut Table) {
    if let Some(week) = owner.get_mut("hours").and_then(|hours| hours.get_mut("week")) {
        make_table(week);
    }
}

fn make_table(item: &mut Item) {
    let value = std::mem::take(item);
    *item = match value.into_table() {
        Ok(table) => Item::Table(table),
        Err(value) => value,
    };
}

/// Splits long lists, one entry per line.
fn split_long_lists(table: &mut Table) {
    for (_, item) in table.iter_mut() {
        if let Some(list) = item.as_array_mut()
            && list.to_string().chars().count() > WIDTH
        {
            one_entry_per_line(list);
        }
    }
}

fn one_entry_per_line(list: &mut Array) {
    for entry in list.iter_mut() {
        entry.decor_mut().set_prefix("\n  ");
    }
    list.set_trailing("\n");
    list.set_trailing_comma(true);
}
