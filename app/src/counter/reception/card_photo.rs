//! The photograph of an identity document, for handing results over without a
//! pick-up code: by the camera, or from a file where there is none.

use jiban_domain::{CaseId, Lang};
use leptos::html::{Button, Input};
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::Blob;

use super::camera::CAMERA_KEY;
use super::post_file::post_file;
use super::state::use_reception;
use crate::api::Refused;
use crate::api::reception::UploadedFile;
use crate::parts::photograph::camera::{
    CameraChoice, CameraPreview, PreviewState, QUALITY, WhichCamera,
};
use crate::parts::photograph::shrink::fit;
use crate::parts::signature::to_blob;

/// A photograph that is being taken.
#[derive(Clone, Copy)]
pub struct Card {
    /// There is one.
    pub taken: RwSignal<bool>,
    /// The camera is open.
    is_open: RwSignal<bool>,
    blob: StoredValue<Option<Blob>, LocalStorage>,
    /// The id of the saved file: after a lost answer it is not sent again.
    saved: RwSignal<Option<String>>,
}

impl Card {
    pub fn new() -> Self {
        Self {
            taken: RwSignal::new(false),
            is_open: RwSignal::new(false),
            blob: StoredValue::new_local(None),
            saved: RwSignal::new(None),
        }
    }

    fn put(self, blob: Blob) {
        // The dialog may have been closed meanwhile.
        if self.blob.try_update_value(|held| *held = Some(blob)).is_some() {
            self.saved.set(None);
            self.taken.set(true);
            self.is_open.set(false);
        }
    }

    /// Saves it on the server; returns the file's id.
    ///
    /// # Errors
    /// The server's refusal, or [`Refused::no_answer`].
    pub async fn save(self, case: CaseId, lang: Lang) -> Result<String, Refused> {
        if let Some(saved) = self.saved.try_get_untracked().flatten() {
            return Ok(saved);
        }
        let blob = self.blob.try_get_value().flatten();
        let Some(blob) = blob else { return Err(Refused::no_answer(lang)) };
        let url = format!("/api/counter/card?case={}", case.0);
        let saved =
            post_file::<UploadedFile>(&url, (&fit(blob).await, ""), lang, |_| ()).await?.file;
        let _ = self.saved.try_set(Some(saved.clone()));
        Ok(saved)
    }
}

#[component]
pub fn CardPhoto(card: Card) -> impl IntoView {
    view! {
        <div class="card-photo">
            <Show
                when=move || card.is_open.get()
                fallback=move || view! { <CardButtons card /> }
            >
                <CardCamera card />
            </Show>
        </div>
    }
}

#[component]
fn CardButtons(card: Card) -> impl IntoView {
    let reception = use_reception();
    let field = NodeRef::<Input>::new();
    let button = NodeRef::<Button>::new();
    // Back from the camera, the cursor is where it was.
    if card.taken.get_untracked() {
        crate::parts::focus::focus_when_shown(button);
    }
    let chosen = move |_| {
        let file = field.get_untracked().and_then(|field| field.files()?.get(0));
        if let Some(file) = file {
            card.put(file.into());
        }
    };
    let word = move || {
        let words = reception.words();
        if card.taken.get() { words.photograph_card_again } else { words.photograph_card }
    };
    view! {
        <button
            class="button"
            type="button"
            node_ref=button
            on:click=move |_| card.is_open.set(true)
        >
            {word}
        </button>
        <button
            class="button quiet"
            type="button"
            on:click=move |_| {
                if let Some(field) = field.get_untracked() {
                    field.click();
                }
            }
        >
            {move || reception.words().choose_card}
        </button>
        <input
            type="file"
            accept="image/*"
            hidden
            node_ref=field
            on:change=chosen
        />
        <span class="mark good" role="status" hidden=move || !card.taken.get()>
            {move || reception.words().card_photographed}
        </span>
    }
}

#[component]
fn CardCamera(card: Card) -> impl IntoView {
    let reception = use_reception();
    let preview = CameraPreview::new(WhichCamera::Remembered(CAMERA_KEY));
    let button = preview.open_when_mounted();
    let take = move |_| {
        let Some(canvas) = preview.capture() else { return };
        spawn_local(async move {
            if let Some(blob) = to_blob(&canvas, "image/jpeg", QUALITY).await {
                card.put(blob);
            }
        });
    };
    view! {
        <video node_ref=preview.video autoplay muted playsinline></video>
        <canvas node_ref=preview.canvas hidden></canvas>
        <p class="soft" role="status">
            {move || {
                let words = reception.words();
                match preview.state.get() {
                    PreviewState::Opening => words.camera_opening,
                    PreviewState::Shown => "",
                    PreviewState::Failed => words.camera_failed,
                    PreviewState::Insecure => words.camera_needs_https,
                }
            }}
        </p>
        <CameraChoice preview label=Signal::derive(move || reception.words().camera_which) />
        <button class="button" type="button" on:click=move |_| card.is_open.set(false)>
            {move || reception.words().close}
        </button>
        <button
            class="button"
            type="button"
            node_ref=button
            disabled=move || preview.state.get() != PreviewState::Shown
            on:click=take
        >
            {move || reception.words().take_photograph}
        </button>
    }
}
