//! The choice of one file of a material, or of all: where one side of a card is blurred, the
//! other need not be sent again.

use leptos::prelude::*;

/// Shown where there are several. The files are given by their ids, with what is said of each.
#[component]
pub fn WhichFile(
    label: &'static str,
    all: &'static str,
    files: Vec<(String, String)>,
    chosen: RwSignal<Option<String>>,
) -> impl IntoView {
    if files.len() < 2 {
        return None;
    }
    let choose = move |event| {
        let id = event_target_value(&event);
        chosen.set(Some(id).filter(|id| !id.is_empty()));
    };
    let options = files
        .into_iter()
        .map(|(id, said)| view! { <option value=id>{said}</option> })
        .collect_view();
    Some(view! {
        <label class="typed field">
            <span class="field-label">{label}</span>
            <select class="input" name="which-file" on:change=choose>
                <option value="">{all}</option>
                {options}
            </select>
        </label>
    })
}
