//! What surrounds each control of a form: its label, its hint and its fault.

use jiban_domain::Lang;
use leptos::prelude::*;

use crate::admin::field_faults;
use crate::admin::forms::Field;
use crate::admin::working_copy::WorkingCopy;

/// What is wrong with the field at a pointer, or with anything inside it.
pub fn fault_message(copy: WorkingCopy, at: &str) -> impl IntoView + use<> {
    let at = at.to_owned();
    move || {
        let message = copy.faults.with(|faults| {
            faults.iter().find(|fault| fault.is_within(&at)).map(|fault| fault.message.clone())
        });
        message.map(|message| view! { <span class="field-fault">{message}</span> })
    }
}

/// Whether something is wrong with the field at a pointer.
pub fn has_fault(
    copy: WorkingCopy,
    at: &str,
) -> impl Fn() -> bool + Send + Sync + Clone + 'static + use<> {
    let at = at.to_owned();
    move || copy.faults.with(|faults| field_faults::has_fault(faults, &at))
}

/// A control with its label above, hint and fault below.
pub fn labelled(
    copy: WorkingCopy,
    field: &'static Field,
    at: &str,
    lang: Lang,
    control: AnyView,
) -> AnyView {
    let (label, hint) = (field.label.get(lang), field.hint.get(lang));
    view! {
        <label class="field">
            <span class="field-label">{label}</span>
            {control}
            {(!hint.is_empty()).then(|| view! { <span class="field-hint">{hint}</span> })}
            {fault_message(copy, at)}
        </label>
    }
    .into_any()
}
