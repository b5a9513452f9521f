//! The fields of a form, each drawn according to its kind.
//!
//! - [`frame`]: label, hint and fault around a control
//! - [`inputs`]: controls into which one types; [`choices`]: controls from which
//!   one chooses; [`hours`]: weekly periods; [`dates`]: hours of single dates
//! - [`part`]: a part that an item has or has not, with fields of its own
//! - [`form`](mod@form): what a matter asks, with a preview
//! - [`nested_list`]: a list inside an item, whose rows hold fields in turn. Both
//!   get [`field`] as a function, so that it does not depend on this file.

use jiban_domain::Lang;
use leptos::prelude::*;

use super::forms::{Field, FieldKind};
use super::json_pointer;
use super::words::SetupWords;
use super::working_copy::WorkingCopy;
use choices::{
    checkbox_list, department_options, hall_options, line_options, matter_options, named_options,
    printer_field, select_field,
};
use inputs::{bilingual_field, checkbox_field, number_field, text_field, within_field};
use nested_list::nested_list;
use part::part;

mod choices;
mod dates;
mod form;
pub mod frame;
pub mod hours;
pub mod inputs;
mod nested_list;
mod part;
mod period;

/// All fields of an item.
pub fn item_form(
    copy: WorkingCopy,
    fields: &'static [Field],
    item_at: &str,
    hall: usize,
    lang: Lang,
) -> AnyView {
    let printer = copy
        .edited
        .with_untracked(|root| json_pointer::text(root, &format!("{item_at}/printer/kind")));
    // Each kind of printer has fields of its own.
    let is_shown = |field: &&Field| match &*printer {
        "escpos" => true,
        "browser" => !field.key.starts_with("/printer/") || field.key == "/printer/paper",
        _ => !field.key.starts_with("/printer/"),
    };
    let shown = fields
        .iter()
        .filter(is_shown)
        .map(|shown| field(copy, shown, &format!("{item_at}{}", shown.key), hall, lang))
        .collect_view();
    view! { <div class="form">{shown}</div> }.into_any()
}

/// One field. `at` points to its value, `hall` is the index of the hall whose
/// lines and matters can be chosen.
pub fn field(
    copy: WorkingCopy,
    field: &'static Field,
    at: &str,
    hall: usize,
    lang: Lang,
) -> AnyView {
    match field.kind {
        FieldKind::Heading => {
            view! { <h3 class="form-heading">{field.label.get(lang)}</h3> }.into_any()
        }
        FieldKind::Form => form::form(copy, at, hall, lang, self::field),
        FieldKind::FormPreview => form::of_bundle(copy, at, hall, lang),
        FieldKind::DateBound => form::date_bound(copy, field, at, lang),
        FieldKind::Columns | FieldKind::Conditions | FieldKind::Sources => {
            form::part(copy, &field.kind, at, hall, lang, self::field)
        }
        FieldKind::List(list) => nested_list(copy, list, at, hall, lang, self::field),
        FieldKind::Bilingual | FieldKind::OptionalBilingual => {
            bilingual_field(copy, field, at, lang)
        }
        FieldKind::Checkbox => checkbox_field(copy, field, at, lang),
        FieldKind::Text | FieldKind::OptionalText | FieldKind::TimeOfDay => {
            text_field(copy, field, at, lang)
        }
        FieldKind::Integer { min, max } => number_field(copy, field, at, (min, max, 1.0), lang),
        FieldKind::OptionalInteger { min, max } => {
            number_field(copy, field, at, (min, max, 1.0), lang)
        }
        FieldKind::OptionalNumber { min, max } => {
            number_field(copy, field, at, (min, max, 0.01), lang)
        }
        FieldKind::Part(shown) => part(copy, (field, shown), at, hall, lang, self::field),
        FieldKind::Minutes => number_field(copy, field, at, (0.5, 480.0, 0.5), lang),
        FieldKind::Within(within) => within_field(copy, field, within, at, lang),
        FieldKind::Printer => printer_field(copy, field, at, lang),
        FieldKind::Hours => hours::own_hours(copy, field, at, lang),
        FieldKind::OneOf(_)
        | FieldKind::OptionalYesNo(_)
        | FieldKind::Letter
        | FieldKind::Line
        | FieldKind::OptionalLine
        | FieldKind::ParentHall
        | FieldKind::Department
        | FieldKind::StepDepartment
        | FieldKind::Matter => {
            select_field(copy, field, at, options(copy, field, at, hall, lang), lang)
        }
        FieldKind::Lines | FieldKind::Halls | FieldKind::Departments | FieldKind::Matters => {
            checkbox_list(copy, field, at, options(copy, field, at, hall, lang), lang)
        }
    }
}

/// What can be chosen in a field: keys and names. Empty for other kinds.
fn options(
    copy: WorkingCopy,
    field: &Field,
    at: &str,
    hall: usize,
    lang: Lang,
) -> Vec<(String, String)> {
    copy.edited.with_untracked(|root| match field.kind {
        FieldKind::OneOf(choices) => named_options(choices, lang),
        FieldKind::OptionalYesNo(names) => {
            let named = ["", "true", "false"].into_iter().zip(names);
            named.map(|(key, name)| (key.to_owned(), name.get(lang).to_owned())).collect()
        }
        FieldKind::Letter => {
            ('A'..='Z').map(|letter| (letter.to_string(), letter.to_string())).collect()
        }
        FieldKind::Line | FieldKind::Lines => line_options(root, hall, lang),
        FieldKind::OptionalLine => {
            let mut lines = line_options(root, hall_of(at).unwrap_or(hall), lang);
            lines.insert(0, (String::new(), SetupWords::of(lang).no_line.to_owned()));
            lines
        }
        FieldKind::Matter | FieldKind::Matters => matter_options(root, hall, lang),
        FieldKind::Halls => hall_options(root, lang),
        FieldKind::ParentHall => {
            let own_id_at = format!("{}/id", at.trim_end_matches("/parent"));
            let own_id = json_pointer::text(root, &own_id_at);
            let mut halls = hall_options(root, lang);
            halls.retain(|(id, _)| *id != own_id);
            halls.insert(0, (String::new(), SetupWords::of(lang).top_hall.to_owned()));
            halls
        }
        FieldKind::Department | FieldKind::Departments => department_options(root, lang),
        FieldKind::StepDepartment => {
            let mut departments = department_options(root, lang);
            let own = SetupWords::of(lang).own_department.to_owned();
            departments.insert(0, (String::new(), own));
            departments
        }
        _ => Vec::new(),
    })
}

/// The index of the hall that a pointer leads into: `/hall/1/general_line`.
fn hall_of(at: &str) -> Option<usize> {
    at.strip_prefix("/hall/")?.split('/').next()?.parse().ok()
}
