//! A group of a form: what of it is asked, by what was answered so far.

use std::sync::Arc;

use jiban_domain::form::Form;
use leptos::prelude::*;

use super::field::field;
use super::slot::Filling;

/// The group at this place of the form, with its name and help. Where nothing of it is asked,
/// there is nothing.
pub fn group(form: &Arc<Form>, at: usize, filling: Filling) -> AnyView {
    let Some(group) = form.groups.get(at) else { return ().into_any() };
    let lang = filling.lang;
    let help = group.help.as_ref().map(|help| help.get(lang).to_owned());
    let help = help.map(|help| view! { <p class="ask-group-help">{help}</p> });
    let name = group.name.get(lang).to_owned();
    let own = form.clone();
    let is_asked = Memo::new(move |_| {
        let group = &own.groups[at];
        filling.values.with(|values| group.fields.iter().any(|field| own.asks(field, values)))
    });
    let fields = (0..group.fields.len()).map(|index| asked(form, (at, index), filling));
    view! {
        <section class="ask-group" hidden=move || !is_asked.get()>
            <h2>{name}</h2>
            {help}
            {fields.collect_view()}
        </section>
    }
    .into_any()
}

/// A field that may be asked, by its group and its place there.
fn asked(form: &Arc<Form>, (group, at): (usize, usize), filling: Filling) -> AnyView {
    let shown = &form.groups[group].fields[at];
    if shown.shown_when.is_empty() {
        return field(shown, filling);
    }
    let own = form.clone();
    let is_asked = {
        let form = form.clone();
        Memo::new(move |_| {
            filling.values.with(|values| form.asks(&form.groups[group].fields[at], values))
        })
    };
    (move || is_asked.get().then(|| field(&own.groups[group].fields[at], filling))).into_any()
}
