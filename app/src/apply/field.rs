//! A field: its label, what helps to fill it in, its control, and what is wrong with it.

use jiban_domain::Lang;
use jiban_domain::form::{Field, FieldKind};
use leptos::prelude::*;

use super::offer::offer;
use super::refusal::why;
use super::slot::{Filling, Slot};
use super::words::ApplyWords;
use super::{choosing, control, parts, table};

/// A field of a form.
pub fn field(field: &Field, filling: Filling) -> AnyView {
    in_slot(field, &Slot::of(field, filling))
}

/// A field, or a column of a table in one of its rows.
pub(super) fn in_slot(field: &Field, slot: &Slot) -> AnyView {
    let lang = slot.lang();
    let has_help = field.help.is_some() || field.example.is_some() || is_typed_date(field, slot);
    match field.kind {
        FieldKind::Consent => choosing::consent(field, slot),
        FieldKind::Choice if field.choices.len() > choosing::MOST_AT_A_GLANCE => {
            one(field, slot, has_help, choosing::select_of(field, slot, has_help))
        }
        FieldKind::Choice => several(field, slot, has_help, choosing::radios(field, slot)),
        FieldKind::YesNo => several(field, slot, has_help, choosing::yes_or_no(field, slot)),
        FieldKind::Several => several(field, slot, has_help, choosing::ticks(field, slot)),
        FieldKind::Address | FieldKind::Person | FieldKind::Business => {
            several(field, slot, has_help, parts::parts(field.kind, slot))
        }
        FieldKind::Table => {
            let columns = |column: &Field, slot: &Slot| in_slot(column, slot);
            several(field, slot, has_help, table::table(field, slot, columns))
        }
        FieldKind::Text
        | FieldKind::LongText
        | FieldKind::Number
        | FieldKind::Money
        | FieldKind::Date
        | FieldKind::Telephone => {
            let unit = control::unit(field, lang);
            let control = control::input(field, slot, has_help);
            let control = view! {
                <span class="ask-control">
                    {control} {unit.map(|unit| view! { <span class="ask-unit">{unit}</span> })}
                </span>
            };
            one(field, slot, has_help, control.into_any())
        }
    }
}

/// A field with one control.
fn one(field: &Field, slot: &Slot, has_help: bool, control: AnyView) -> AnyView {
    view! {
        <div
            class="ask"
            data-field=slot.name.clone()
            data-other=slot.other_here()
            data-pointed=slot.is_pointed()
        >
            <label class="ask-label" for=slot.id()>
                {label(field, slot.lang())}
            </label>
            {has_help.then(|| help(field, slot))}
            {offer(field, slot)}
            {control}
            {why(slot)}
        </div>
    }
    .into_any()
}

/// A field with several controls.
fn several(field: &Field, slot: &Slot, has_help: bool, controls: AnyView) -> AnyView {
    let described_by = slot.described_by(has_help);
    view! {
        <fieldset
            class="ask"
            id=slot.id()
            data-field=slot.name.clone()
            data-other=slot.other_here()
            data-pointed=slot.is_pointed()
            aria-describedby=described_by
            aria-invalid=slot.invalid()
        >
            <legend class="ask-label">{label(field, slot.lang())}</legend>
            {has_help.then(|| help(field, slot))}
            {offer(field, slot)}
            {controls}
            {why(slot)}
        </fieldset>
    }
    .into_any()
}

/// Its label, which says what need not be answered: most must be.
fn label(field: &Field, lang: Lang) -> AnyView {
    let optional = (!field.required).then(|| ApplyWords::of(lang).optional);
    view! {
        {field.label.get(lang).to_owned()}
        {optional.map(|optional| view! { <i class="ask-optional">{optional}</i> })}
    }
    .into_any()
}

/// A date without the browser's own control: it is said how to write one.
fn is_typed_date(field: &Field, slot: &Slot) -> bool {
    field.kind == FieldKind::Date && slot.filling.own_keys
}

fn help(field: &Field, slot: &Slot) -> AnyView {
    let lang = slot.lang();
    let words = ApplyWords::of(lang);
    let help = field.help.as_ref().map(|help| help.get(lang).to_owned());
    let example = field.example.as_ref().map(|example| {
        view! {
            <span class="ask-example">
                {words.example} " " <q>{example.get(lang).to_owned()}</q>
            </span>
        }
    });
    view! {
        <p class="ask-help" id=slot.help_id()>
            {help}
            " "
            {is_typed_date(field, slot).then_some(words.typed_date)}
            " "
            {example}
        </p>
    }
    .into_any()
}
