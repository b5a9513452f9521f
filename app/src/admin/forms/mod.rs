//! What is set up, as tables: each list of the description, and each of its
//! fields with its key, its name and how it is edited.
//!
//! A field that is missing here, or that the description does not know, fails
//! the tests below: they hold these tables against `domain::setup`.

use jiban_domain::Lang;
use jiban_domain::setup::CaseRules;
use serde_json::Value;

use super::document;
use super::words::Both;

mod tables;
#[cfg(test)]
mod tests;

pub use tables::{
    BUNDLES, CLERKS, COUNTERS, DEPARTMENTS, HALLS, KIOSKS, LINES, MATTERS, PRINTERS, ROLES,
    WEEKDAYS,
};

/// One field of a form.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Where it is, below its item: `/name`, `/printer/address`; empty where
    /// the item itself is the field.
    pub key: &'static str,
    /// How it is called.
    pub label: Both,
    /// What to know before filling it in; may be empty.
    pub hint: Both,
    /// How it is edited.
    pub kind: Kind,
}

impl Field {
    const fn new(key: &'static str, kind: Kind, zh: &'static str, en: &'static str) -> Self {
        Self { key, label: Both(zh, en), hint: Both("", ""), kind }
    }

    const fn hint(self, zh: &'static str, en: &'static str) -> Self {
        Self { hint: Both(zh, en), ..self }
    }
}

/// How a field is edited.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// No field: the title of those that follow.
    Heading,
    /// One text.
    Plain,
    /// One text that may be absent.
    Optional,
    /// A text in both languages.
    Words,
    /// The same, that may be absent.
    OptionalWords,
    /// A whole number.
    Whole {
        /// The least taken.
        least: f64,
        /// The most taken.
        most: f64,
    },
    /// Minutes, by halves.
    Minutes,
    /// Yes or no.
    Tick,
    /// A time of day, `HH:MM`.
    Clock,
    /// One of these; the first where nothing is set.
    Choice(&'static [(&'static str, Both)]),
    /// A capital letter.
    Letter,
    /// One of the hall's lines.
    LineOf,
    /// Some of the hall's lines.
    LinesOf,
    /// Some of the halls.
    HallsOf,
    /// Another hall, or none.
    HallAbove,
    /// A department.
    DepartmentOf,
    /// The same; absent where it is the matter's own.
    OtherDepartment,
    /// Some of the departments.
    DepartmentsOf,
    /// One of the hall's matters.
    MatterOf,
    /// Some of the hall's matters.
    MattersOf,
    /// What prints a kiosk's slips; the other fields depend on it.
    Printer,
    /// A list inside the item.
    Rows(&'static Rows),
}

/// A list inside an item.
#[derive(Debug)]
pub struct Rows {
    /// What one of them is called.
    pub one: Both,
    /// The fields of each, seen at once.
    pub fields: &'static [Field],
    /// What is seldom set: below the row, once it is opened.
    pub more: &'static [Field],
    /// A new one, as JSON.
    pub fresh: &'static str,
}

impl Rows {
    /// All fields of a row.
    pub fn all(&self) -> impl Iterator<Item = &'static Field> {
        self.fields.iter().chain(self.more)
    }
}

/// A list of the description, edited on a page of its own.
#[derive(Debug)]
pub struct Section {
    /// Its key in the hall file.
    pub key: &'static str,
    /// Whether each hall has such a list; else there is one in all.
    pub in_a_hall: bool,
    /// What one of them is called.
    pub one: Both,
    /// What the page is for, in a sentence.
    pub lead: Both,
    /// The fields of each.
    pub fields: &'static [Field],
    /// What new ids begin with.
    pub id_stem: &'static str,
    /// A new one, as JSON, without what [`Section::fresh`] finds out.
    fresh: &'static str,
}

impl Section {
    /// Where the list is.
    pub fn list_at(&self, hall: usize) -> String {
        if self.in_a_hall { format!("/hall/{hall}/{}", self.key) } else { format!("/{}", self.key) }
    }

    /// A new item for a list, with an id, a letter, a line and a department that
    /// fit.
    pub fn fresh(&self, root: &Value, hall: usize) -> Value {
        let mut fresh: Value = serde_json::from_str(self.fresh).unwrap_or_default();
        let taken = |wanted: &str| {
            let among = |at: &str| {
                document::list(root, at).iter().any(|item| document::text(item, "/id") == wanted)
            };
            if self.in_a_hall {
                (0..document::count(root, "/hall")).any(|hall| among(&self.list_at(hall)))
            } else {
                among(&self.list_at(0))
            }
        };
        let first = document::count(root, &self.list_at(hall)) + 1;
        let id = (first..usize::MAX)
            .map(|number| format!("{}{number}", self.id_stem))
            .find(|id| !taken(id))
            .unwrap_or_default();
        document::put(&mut fresh, "/id", id.into());
        let lines = document::list(root, &format!("/hall/{hall}/line"));
        if self.key == "line" {
            let letter = ('A'..='Z')
                .map(String::from)
                .find(|letter| lines.iter().all(|line| document::text(line, "/letter") != *letter));
            document::put(&mut fresh, "/letter", letter.unwrap_or_default().into());
        }
        let line = lines.first().map(|line| document::text(line, "/id")).unwrap_or_default();
        match self.key {
            "matter" => {
                let department = document::text(root, "/department/0/id");
                document::put(&mut fresh, "/line", line.into());
                document::put(&mut fresh, "/department", department.into());
            }
            "hall" => {
                let rules = serde_json::to_value(CaseRules::default()).unwrap_or_default();
                document::put(&mut fresh, "/cases", rules);
            }
            "counter" if !line.is_empty() => document::push(&mut fresh, "/lines", line.into()),
            _ => {}
        }
        fresh
    }
}

const SECTIONS: [&Section; 8] =
    [&MATTERS, &BUNDLES, &LINES, &COUNTERS, &KIOSKS, &DEPARTMENTS, &CLERKS, &HALLS];

/// The section whose list is at a place.
pub fn section_of_list(at: &str) -> Option<&'static Section> {
    let key = at.rsplit('/').next()?;
    SECTIONS.into_iter().find(|section| section.key == key)
}

/// The name of the item at a place, in the language asked for or else in the
/// other; else its id.
pub fn name_of(root: &Value, at: &str, lang: Lang) -> String {
    let (first, second) = match lang {
        Lang::Zh => ("/name/zh", "/name/en"),
        Lang::En => ("/name/en", "/name/zh"),
    };
    [first, second, "/id"]
        .into_iter()
        .map(|key| document::text(root, &format!("{at}{key}")))
        .find(|name| !name.trim().is_empty())
        .unwrap_or_default()
}

/// The name of the one of `choices` that is called `key`; empty when none is.
pub fn chosen(choices: &[(&str, Both)], key: &str, lang: Lang) -> &'static str {
    choices.iter().find(|choice| choice.0 == key).map_or("", |choice| choice.1.get(lang))
}
