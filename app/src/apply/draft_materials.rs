//! Photographs and scans of a draft's materials, added at a page in the browser.

use jiban_domain::{Lang, Token};
use leptos::html::Input;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::beside_words::BesideWords;
use super::live_draft::LiveDraft;
use crate::api::Refused;
use crate::api::apply::{DetachDraftFile, DraftMaterial};
use crate::api::ask;
use crate::words::{fill, lang};

#[component]
pub fn Materials(
    live: LiveDraft,
    draft: Token,
    /// What says how to add them, on a screen that has neither files nor a camera.
    #[prop(optional, into)]
    instead: Option<Signal<&'static str>>,
) -> impl IntoView {
    let lang = lang();
    let materials = Memo::new(move |_| {
        live.draft
            .with(|draft| draft.as_ref().map(|draft| draft.materials.clone()).unwrap_or_default())
    });
    let writable = Memo::new(move |_| {
        live.draft.with(|draft| draft.as_ref().is_some_and(|draft| draft.state.is_writable()))
    });
    let refused = RwSignal::new(None::<Refused>);
    let adds = instead.is_none();
    let rows = move || {
        let materials = materials.get();
        let row = move |material: DraftMaterial| {
            view! { <MaterialRow material draft writable adds refused /> }
        };
        materials.into_iter().map(row).collect_view()
    };
    view! {
        <section class="ask-group draft-materials">
            <h2>{move || BesideWords::of(lang.get()).materials}</h2>
            {instead.map(|instead| view! { <p class="soft">{instead}</p> })}
            <p class="reply refusal" role="alert">
                {move || refused.get().map(|refused| refused.in_a_line(lang.get()))}
            </p>
            <ul>{rows}</ul>
        </section>
    }
}

#[component]
fn MaterialRow(
    material: DraftMaterial,
    draft: Token,
    writable: Memo<bool>,
    adds: bool,
    refused: RwSignal<Option<Refused>>,
) -> impl IntoView {
    let lang = lang();
    let words = move || BesideWords::of(lang.get());
    let input = NodeRef::<Input>::new();
    let sending = RwSignal::new(false);
    let key = material.key.clone();
    let send = move |_| {
        let Some(chosen) = input.get_untracked() else { return };
        let files = chosen.files();
        let files: Vec<web_sys::File> = files
            .map(|list| (0..list.length()).filter_map(|index| list.get(index)).collect())
            .unwrap_or_default();
        let key = key.clone();
        sending.set(true);
        refused.set(None);
        spawn_local(async move {
            for file in files {
                let sent = post_file(draft, &key, &file, lang.get_untracked()).await;
                if let Err(refusal) = sent
                    && refused.try_set(Some(refusal)).is_some()
                {
                    return;
                }
            }
            let _ = sending.try_set(false);
            chosen.set_value("");
        });
    };
    let count = material.files.len().to_string();
    let none = material.files.is_empty();
    let name = material.name.clone();
    let files = material.files.iter().map(|file| {
        let (address, id) =
            (format!("/api/apply/file?token={draft}&file={}", file.file), file.file.clone());
        let remove = move |_| {
            let call = DetachDraftFile { token: draft, file: id.clone() };
            spawn_local(async move {
                if let Err(refusal) = ask(&call, lang.get_untracked()).await {
                    let _ = refused.try_set(Some(refusal));
                }
            });
        };
        view! {
            <li>
                <img src=address alt=name.get(lang.get_untracked()).to_owned() />
                <button
                    class="button"
                    type="button"
                    hidden=move || !writable.get()
                    on:click=remove
                >
                    {move || words().remove_file}
                </button>
            </li>
        }
    });
    let files = files.collect_view();
    let add = adds.then(|| {
        view! {
                <label class="button add" hidden=move || !writable.get()>
                {move || if sending.get() { words().sending_file } else { words().add_photo }}
                <input
                    type="file"
                    accept="image/*,.pdf,.ofd"
                    multiple
                    node_ref=input
                    disabled=move || sending.get()
                    on:change=send
                />
            </label>
        }
    });
    let name = material.name.clone();
    view! {
        <li class="draft-material">
            <h3>{move || name.get(lang.get()).to_owned()}</h3>
            <p class="soft">
                {move || {
                    if none {
                        words().no_file.to_owned()
                    } else {
                        fill(words().files, &[("count", &count)])
                    }
                }}
            </p>
            <ul class="draft-files">{files}</ul>
            {add}
        </li>
    }
}

/// Sends one file.
async fn post_file(
    draft: Token,
    material: &str,
    file: &web_sys::File,
    lang: Lang,
) -> Result<(), Refused> {
    let key = String::from(web_sys::js_sys::encode_uri_component(material));
    let name = String::from(web_sys::js_sys::encode_uri_component(&file.name()));
    let kind = file.type_();
    let kind = if kind.is_empty() { "application/octet-stream".to_owned() } else { kind };
    let sent =
        gloo_net::http::Request::post(&format!("/api/apply/attach?token={draft}&material={key}"))
            .header("Accept-Language", lang.tag())
            .header("content-type", &kind)
            .header("x-file-name", &name)
            .body(file.clone());
    let Ok(sent) = sent else { return Err(Refused::no_answer(lang)) };
    let answer = sent.send().await.map_err(|_| Refused::no_answer(lang))?;
    if answer.ok() {
        return Ok(());
    }
    Err(answer.json().await.unwrap_or_else(|_| Refused::no_answer(lang)))
}
