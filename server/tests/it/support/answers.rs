//! Right answers to each of the demo's forms, for the end of November 2026.

use std::collections::BTreeMap;

use jiban_domain::form::Values;

/// The answers, by matter.
pub fn of_all_forms() -> BTreeMap<String, Values> {
    serde_json::from_str(include_str!("../fixtures/answers.json")).unwrap()
}
