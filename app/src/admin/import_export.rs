//! Exporting and importing the hall file.

use jiban_domain::Lang;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;

use super::calendar::calendar_section;
use super::words::SetupWords;
use super::working_copy::WorkingCopy;

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
                    on:input=move |event| file.set(event_target_value(&event))
                ></textarea>
            </label>
            <div class="said">
                <button
                    type="button"
                    class="key"
                    disabled=move || file.with(|file| file.trim().is_empty()) || copy.busy.get()
                    on:click=move |_| copy.import(file.get_untracked(), lang)
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
        </section>
    }
    .into_any();
    view! { <div class="files">{export} {import} {calendar_section(lang)}</div> }.into_any()
}
