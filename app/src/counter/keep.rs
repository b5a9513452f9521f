//! What this browser remembers: the language, and where its clerk signed in
//! last.

use jiban_domain::Lang;
use leptos::prelude::*;

pub(super) use crate::parts::keep::{keep, kept};

/// The hall chosen last.
pub(super) const HALL: &str = "jiban.counter.hall";
/// The counter chosen last.
pub(super) const COUNTER: &str = "jiban.counter.counter";
/// The name typed last.
pub(super) const NAME: &str = "jiban.counter.name";

/// The page's language.
pub(super) fn language() -> RwSignal<Lang> {
    crate::parts::keep::language("jiban.counter.lang")
}
