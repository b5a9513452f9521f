//! The forms as tables: each list of the setup, and each of its fields with key,
//! label and kind.
//!
//! The tests compare these tables with the types of `domain::setup`, so that no
//! field of the setup is missing here and none here is unknown there.

use jiban_domain::Lang;
use jiban_domain::setup::CaseRules;
use serde_json::Value;

use super::json_pointer;
use super::words::Bilingual;

mod booking;
mod commitment;
pub mod form;
mod matters;
mod recurring_fields;
mod self_print;
mod tables;
#[cfg(test)]
mod tests;

pub use booking::Part;
pub use matters::{BUNDLES, MATTERS};
pub use self_print::STATEMENTS;
pub use tables::{CLERKS, COUNTERS, DEPARTMENTS, HALLS, KIOSKS, LINES, PRINTERS, ROLES, WEEKDAYS};

/// One field of a form.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// JSON pointer below its item: `/name`, `/printer/address`; empty if the
    /// item itself is the value.
    pub key: &'static str,
    pub label: Bilingual,
    /// Shown below the control; may be empty.
    pub hint: Bilingual,
    pub kind: FieldKind,
}

impl Field {
    const fn new(key: &'static str, kind: FieldKind, zh: &'static str, en: &'static str) -> Self {
        Self { key, label: Bilingual(zh, en), hint: Bilingual("", ""), kind }
    }

    const fn hint(self, zh: &'static str, en: &'static str) -> Self {
        Self { hint: Bilingual(zh, en), ..self }
    }
}

/// How a field is edited.
#[derive(Debug, Clone, Copy)]
pub enum FieldKind {
    /// No field, but the heading of those that follow.
    Heading,
    Text,
    OptionalText,
    /// A text in Chinese and English.
    Bilingual,
    OptionalBilingual,
    Integer {
        min: f64,
        max: f64,
    },
    /// The same, or none.
    OptionalInteger {
        min: f64,
        max: f64,
    },
    /// A number with up to two decimals, or none.
    OptionalNumber {
        min: f64,
        max: f64,
    },
    /// Minutes, in steps of a half.
    Minutes,
    Checkbox,
    /// Yes or no, or absent: these three in this order, absent first.
    OptionalYesNo([Bilingual; 3]),
    /// `HH:MM`.
    TimeOfDay,
    /// One of a fixed set; the first is the default.
    OneOf(&'static [(&'static str, Bilingual)]),
    /// A to Z.
    Letter,
    /// A line of the hall.
    Line,
    /// A line of the hall that is being edited, or none.
    OptionalLine,
    Lines,
    Halls,
    /// Another hall, or none.
    ParentHall,
    Department,
    /// A department; absent if it is that of the matter.
    StepDepartment,
    Departments,
    /// A matter of the hall.
    Matter,
    Matters,
    /// The kind of printer, which decides which other fields there are.
    Printer,
    /// Weekly periods of its own, or none.
    Hours,
    /// A part that the item has or has not.
    Part(&'static Part),
    /// A text that makes an object of what is around it, or something else where it is empty.
    Within(&'static Within),
    /// A list inside the item.
    List(&'static NestedList),
    /// The groups of a matter's form, with a preview.
    Form,
    /// The form of a bundle.
    FormPreview,
    /// The columns of a table in a form.
    Columns,
    /// When a form's field is asked.
    Conditions,
    /// Where the value of a form's field may come from.
    Sources,
    /// The earliest or latest day of a form's date.
    DateBound,
}

/// What is around a text of [`FieldKind::Within`], as JSON.
#[derive(Debug)]
pub struct Within {
    /// Where nothing is typed.
    pub empty: &'static str,
    /// Where something is, with the text's own key.
    pub filled: &'static str,
}

/// A list inside an item.
#[derive(Debug)]
pub struct NestedList {
    /// What one item is called.
    pub singular: Bilingual,
    /// The fields shown in the row.
    pub fields: &'static [Field],
    /// Rarely used fields, folded below the row.
    pub advanced: &'static [Field],
    /// A new item, as JSON.
    pub template: &'static str,
}

impl NestedList {
    pub fn all_fields(&self) -> impl Iterator<Item = &'static Field> {
        self.fields.iter().chain(self.advanced)
    }
}

/// A list of the setup, edited on a page of its own.
#[derive(Debug)]
pub struct Section {
    /// Its key in the setup.
    pub key: &'static str,
    /// Whether each hall has its own list; else there is one for all halls.
    pub per_hall: bool,
    /// What one item is called.
    pub singular: Bilingual,
    /// What the page is for, in a sentence.
    pub introduction: Bilingual,
    pub fields: &'static [Field],
    /// The prefix of new ids.
    pub id_prefix: &'static str,
    /// A new item, as JSON, without the values that [`Section::new_item`] fills in.
    template: &'static str,
}

impl Section {
    /// The JSON pointer of the list.
    pub fn list_at(&self, hall: usize) -> String {
        if self.per_hall { format!("/hall/{hall}/{}", self.key) } else { format!("/{}", self.key) }
    }

    /// A new item, with an unused id and letter, and a line and department that
    /// exist.
    pub fn new_item(&self, root: &Value, hall: usize) -> Value {
        let mut item: Value = serde_json::from_str(self.template).unwrap_or_default();
        let is_used = |wanted: &str| {
            let is_in = |at: &str| {
                json_pointer::list(root, at)
                    .iter()
                    .any(|other| json_pointer::text(other, "/id") == wanted)
            };
            if self.per_hall {
                (0..json_pointer::len(root, "/hall")).any(|hall| is_in(&self.list_at(hall)))
            } else {
                is_in(&self.list_at(0))
            }
        };
        let first = json_pointer::len(root, &self.list_at(hall)) + 1;
        let id = (first..usize::MAX)
            .map(|number| format!("{}{number}", self.id_prefix))
            .find(|id| !is_used(id))
            .unwrap_or_default();
        json_pointer::set(&mut item, "/id", id.into());
        let lines = json_pointer::list(root, &format!("/hall/{hall}/line"));
        if self.key == "line" {
            let letter = ('A'..='Z').map(String::from).find(|letter| {
                lines.iter().all(|line| json_pointer::text(line, "/letter") != *letter)
            });
            json_pointer::set(&mut item, "/letter", letter.unwrap_or_default().into());
        }
        let line = lines.first().map(|line| json_pointer::text(line, "/id")).unwrap_or_default();
        match self.key {
            "matter" => {
                let department = json_pointer::text(root, "/department/0/id");
                json_pointer::set(&mut item, "/line", line.into());
                json_pointer::set(&mut item, "/department", department.into());
            }
            "statement" => {
                let department = json_pointer::text(root, "/department/0/id");
                json_pointer::set(&mut item, "/department", department.into());
            }
            "hall" => {
                let rules = serde_json::to_value(CaseRules::default()).unwrap_or_default();
                json_pointer::set(&mut item, "/cases", rules);
            }
            "counter" if !line.is_empty() => json_pointer::push(&mut item, "/lines", line.into()),
            _ => {}
        }
        item
    }
}

const SECTIONS: [&Section; 9] =
    [&MATTERS, &BUNDLES, &LINES, &COUNTERS, &KIOSKS, &STATEMENTS, &DEPARTMENTS, &CLERKS, &HALLS];

/// The section whose list is at a JSON pointer.
pub fn section_of_list(at: &str) -> Option<&'static Section> {
    let key = at.rsplit('/').next()?;
    SECTIONS.into_iter().find(|section| section.key == key)
}

/// The name of an item in this language, else in the other, else its id.
pub fn display_name(root: &Value, at: &str, lang: Lang) -> String {
    let keys = match lang.base() {
        Lang::Zh => ["/name/zh", "/name/en", "/label/zh", "/label/en", "/id"],
        _ => ["/name/en", "/name/zh", "/label/en", "/label/zh", "/id"],
    };
    keys.into_iter()
        .map(|key| json_pointer::text(root, &format!("{at}{key}")))
        .find(|name| !name.trim().is_empty())
        .unwrap_or_default()
}

/// The label of a key; empty if it is not among `choices`.
pub fn choice_label(choices: &[(&str, Bilingual)], key: &str, lang: Lang) -> &'static str {
    choices.iter().find(|choice| choice.0 == key).map_or("", |choice| choice.1.get(lang))
}
