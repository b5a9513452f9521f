//! Exporting and importing the hall file.

use jiban_domain::Lang;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::Value;
use wasm_bindgen_futures::JsFuture;

use super::calendar::calendar_section;
use super::differences::{Change, differences};
use super::words::SetupWords;
use super::working_copy::WorkingCopy;
use crate::words::fill;

pub fn import_export_page(copy: WorkingCopy, lang: Lang) -> AnyView {
    let words = SetupWords::of(lang);
    let file = RwSignal::new(String::new());
    let unreadable = RwSignal::new(false);
    let read_file = move |event: leptos::ev::Event| {
        let input = event_target::<web_sys::HtmlInputElement>(&event);
        let Some(chosen) = input.files().and_then(|files| files.get(0)) else { return };
        spawn_local(async move {
            let text = JsFuture::from(chosen.text()).await.ok().and_then(|text| text.as_string());
            unreadable.set(text.is_none());
            if let Some(text) = text {
                file.set(text);
                copy.preview.set(None);
            }
            // Otherwise choosing the same file again, corrected, would be no change.
            input.set_value("");
        });
    };
    let export = view! {
        <section class="sheet">
            <h2>{words.export_title}</h2>
            <p class="soft">{words.export_lead}</p>
            <a class="button" href="/api/admin/setup.toml" download="hall.toml">
                {words.export}
            </a>
        </section>
    }
    .into_any();
    let import = view! {
        <section class="sheet">
            <h2>{words.import_title}</h2>
            <p class="soft">{words.import_lead}</p>
            <label class="button pick">
                {words.choose_file}
                <input type="file" accept=".toml,text/plain" on:change=read_file />
            </label>
            {move || {
                unreadable
                    .get()
                    .then(|| {
                        view! {
                            <p class="bad-words" role="alert">
                                {words.unreadable}
                            </p>
                        }
                    })
            }}
            <label class="field">
                <span class="field-label">{words.file_text}</span>
                <textarea
                    class="input file-text"
                    rows="14"
                    spellcheck="false"
                    prop:value=move || file.get()
                    on:input=move |event| {
                        file.set(event_target_value(&event));
                        copy.preview.set(None);
                    }
                ></textarea>
            </label>
            <div class="said">
                <button
                    type="button"
                    class="key"
                    disabled=move || file.with(|file| file.trim().is_empty()) || copy.busy.get()
                    on:click=move |_| copy.check_import(file.get_untracked(), lang)
                >
                    {words.import}
                </button>
                {move || {
                    copy
                        .unsaved
                        .get()
                        .then(|| view! { <span class="bad-words">{words.import_unsaved}</span> })
                }}
            </div>
            {move || {
                let preview = copy.preview.get()?;
                Some(preview_of(copy, &preview, move || file.get_untracked(), lang))
            }}
        </section>
    }
    .into_any();
    view! { <div class="files">{export} {import} {calendar_section(lang)}</div> }.into_any()
}

/// What the file would change, and the button that does it.
fn preview_of(
    copy: WorkingCopy,
    preview: &Value,
    file: impl Fn() -> String + Copy + Send + Sync + 'static,
    lang: Lang,
) -> AnyView {
    let words = SetupWords::of(lang);
    let found = differences(&copy.saved(), preview, lang);
    if found.is_empty() {
        return view! { <p role="status">{words.import_same}</p> }.into_any();
    }
    let count = fill(words.import_changes, &[("n", &found.len())]);
    let rows = found
        .into_iter()
        .map(|(change, name)| {
            let (word, class) = match change {
                Change::Added => (words.import_added, "mark good"),
                Change::Changed => (words.import_changed, "mark"),
                Change::Removed => (words.import_removed, "mark bad"),
            };
            view! {
                <li>
                    <span class=class>{word}</span>
                    " "
                    {name}
                </li>
            }
        })
        .collect_view();
    view! {
        <div class="import-preview" role="status">
            <p>
                <b>{count}</b>
            </p>
            <ul>{rows}</ul>
            <button
                type="button"
                class="key"
                disabled=move || copy.busy.get()
                on:click=move |_| copy.import(file(), lang)
            >
                {words.import_now}
            </button>
        </div>
    }
    .into_any()
}
