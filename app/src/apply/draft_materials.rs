//! Photographs and scans of a draft's materials, added at a page in the browser.

use std::collections::HashMap;

use jiban_domain::{Lang, Text, Token};
use leptos::html::Input;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::Blob;
use web_sys::js_sys::encode_uri_component;

use super::beside_words::BesideWords;
use super::live_draft::LiveDraft;
use crate::api::Refused;
use crate::api::apply::{DetachDraftFile, DraftFileShown, DraftMaterial, DraftShown};
use crate::api::ask;
use crate::parts::photograph::doubts::Doubt;
use crate::parts::photograph::shrink::look_at;
use crate::words::{fill, lang};

/// What may be wrong with files that were sent from this page, by their ids.
type Doubts = HashMap<String, Vec<Doubt>>;

/// How files are added at a screen in a hall, where nobody has files of their own.
#[derive(Clone, Copy)]
pub struct PublicScreen {
    /// Says how.
    pub lead: Signal<&'static str>,
    /// Photographs a material, by its key, where the screen has a camera.
    pub photograph: Option<Callback<String>>,
}

#[component]
pub fn Materials(
    live: LiveDraft,
    draft: Token,
    /// How files are added; without it they are chosen from the device.
    #[prop(optional)]
    public_screen: Option<PublicScreen>,
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
    let doubts = RwSignal::new(HashMap::new());
    let rows = move || {
        let materials = materials.get();
        let row = move |material: DraftMaterial| {
            view! { <MaterialRow material draft writable public_screen refused doubts /> }
        };
        materials.into_iter().map(row).collect_view()
    };
    view! {
        <section class="ask-group draft-materials">
            <h2>{move || BesideWords::of(lang.get()).materials}</h2>
            {public_screen.map(|screen| view! { <p class="soft">{screen.lead}</p> })}
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
    public_screen: Option<PublicScreen>,
    refused: RwSignal<Option<Refused>>,
    doubts: RwSignal<Doubts>,
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
                let name = file.name();
                let (photograph, found) = look_at(file.into()).await;
                let to = (draft, key.as_str());
                match attach_file(to, (&photograph, &name), lang.get_untracked()).await {
                    Ok(sent) => {
                        let sent = sent.filter(|_| !found.is_empty());
                        let _ = doubts.try_update(|all| all.extend(sent.map(|id| (id, found))));
                    }
                    Err(refusal) => {
                        if refused.try_set(Some(refusal)).is_some() {
                            return;
                        }
                    }
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
        view! { <MaterialFile file=file.clone() name=name.clone() draft writable refused doubts /> }
    });
    let files = files.collect_view();
    // A material that is no longer required accepts no files.
    let takes = !material.no_longer_asked;
    let may_add = move || takes && writable.get();
    let photograph = public_screen.and_then(|screen| screen.photograph);
    let take = photograph.map(|photograph| {
        let key = material.key.clone();
        view! {
            <button
                class="button"
                type="button"
                hidden=move || !may_add()
                on:click=move |_| photograph.run(key.clone())
            >
                {move || words().take_photo}
            </button>
        }
    });
    let add = public_screen.is_none().then(|| {
        view! {
            <label class="button add" hidden=move || !may_add()>
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
            {add} {take}
        </li>
    }
}

#[component]
fn MaterialFile(
    file: DraftFileShown,
    /// Of the material.
    name: Text,
    draft: Token,
    writable: Memo<bool>,
    refused: RwSignal<Option<Refused>>,
    doubts: RwSignal<Doubts>,
) -> impl IntoView {
    let lang = lang();
    let id = file.file.clone();
    let remove = move |_| {
        let call = DetachDraftFile { token: draft, file: id.clone() };
        spawn_local(async move {
            if let Err(refusal) = ask(&call, lang.get_untracked()).await {
                let _ = refused.try_set(Some(refusal));
            }
        });
    };
    let address = format!("/api/apply/file?token={draft}&file={}", file.file);
    let id = file.file;
    let said = move || {
        let sentence = |doubt: &Doubt| doubt.sentence(lang.get());
        doubts.with(|doubts| {
            let found = doubts.get(&id).into_iter().flatten();
            found.map(|doubt| view! { <p class="doubt">{sentence(doubt)}</p> }).collect_view()
        })
    };
    view! {
        <li>
            <img src=address alt=name.get(lang.get_untracked()).to_owned() />
            <div role="status">{said}</div>
            <button class="button" type="button" hidden=move || !writable.get() on:click=remove>
                {move || BesideWords::of(lang.get()).remove_file}
            </button>
        </li>
    }
}

/// Sends one file to a material of a draft, by its key. Returns the id that it got.
///
/// # Errors
/// The server's refusal, or [`Refused::no_answer`].
pub async fn attach_file(
    (draft, material): (Token, &str),
    (file, name): (&Blob, &str),
    lang: Lang,
) -> Result<Option<String>, Refused> {
    let key = String::from(encode_uri_component(material));
    let name = String::from(encode_uri_component(name));
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
    if !answer.ok() {
        return Err(answer.json().await.unwrap_or_else(|_| Refused::no_answer(lang)));
    }
    let draft: DraftShown = answer.json().await.map_err(|_| Refused::no_answer(lang))?;
    let files = draft.materials.into_iter().find(|one| one.key == material).map(|one| one.files);
    Ok(files.and_then(|mut files| files.pop()).map(|newest| newest.file))
}
