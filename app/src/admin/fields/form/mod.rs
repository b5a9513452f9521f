//! What a matter asks: groups of fields, written beside a preview of the form.
//!
//! - [`groups`]: groups and their fields, of which one is unfolded; [`one_field`]: that one
//! - [`conditions`], [`sources`], [`date_bound`]: what a field says of others, in words
//! - [`known`]: what is written so far, to choose from
//! - [`preview`]: the form as an applicant sees it

mod conditions;
mod date_bound;
mod groups;
mod known;
mod one_field;
mod preview;
mod sources;
mod words;

use jiban_domain::Lang;
use leptos::prelude::*;

use super::nested_list::DrawField;
use crate::admin::forms::FieldKind;
use crate::admin::working_copy::WorkingCopy;
use words::FormWords;

/// The groups of a form, and its preview.
pub(super) fn form(
    copy: WorkingCopy,
    at: &str,
    hall: usize,
    lang: Lang,
    draw: DrawField,
) -> AnyView {
    let matter = at.trim_end_matches("/form");
    view! {
        <div class="field-wide form-with-preview">
            <div class="form-editor">
                <p class="soft small">{FormWords::of(lang).lead}</p>
                {groups::groups(copy, at, hall, lang, draw)}
            </div>
            {preview::of_matter(copy, matter, hall, lang)}
        </div>
    }
    .into_any()
}

/// The form of a bundle.
pub(super) fn of_bundle(copy: WorkingCopy, at: &str, hall: usize, lang: Lang) -> AnyView {
    preview::of_bundle(copy, at, hall, lang)
}

/// A part of a form's field that only such fields have.
pub(super) fn part(
    copy: WorkingCopy,
    kind: &FieldKind,
    at: &str,
    hall: usize,
    lang: Lang,
    draw: DrawField,
) -> AnyView {
    match kind {
        FieldKind::Columns => groups::columns(copy, at, hall, lang, draw),
        FieldKind::Conditions => conditions::conditions(copy, at, lang),
        FieldKind::Sources => sources::sources(copy, at, hall, lang),
        _ => ().into_any(),
    }
}

pub(super) use date_bound::date_bound;
