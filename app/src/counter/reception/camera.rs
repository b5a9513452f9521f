//! Photographs of a material by a camera. The picture stays open until all pages are taken.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::state::use_reception;
use super::upload::upload;
use crate::parts::photograph::camera::{
    CameraChoice, CameraPreview, PreviewState, QUALITY, WhichCamera,
};
use crate::parts::signature::to_blob;
use crate::words::fill;

/// Where a counter's browser remembers the camera chosen last.
pub const CAMERA_KEY: &str = "jiban.counter.camera";

#[component]
pub fn CameraDialog(material: u32) -> impl IntoView {
    let reception = use_reception();
    let counter = reception.counter;
    let words = untrack(|| reception.words());
    let preview = CameraPreview::new(WhichCamera::Remembered(CAMERA_KEY));
    let taken = RwSignal::new(0_u32);
    let name = untrack(|| reception.material(material))
        .map(|one| one.name.get(counter.lang.get_untracked()).to_owned())
        .unwrap_or_default();
    let button = preview.open_when_mounted();
    let take = move |_| {
        let Some(canvas) = preview.capture() else { return };
        let Some(case) = untrack(|| reception.with_case(|case| case.id)) else { return };
        spawn_local(async move {
            if let Some(blob) = to_blob(&canvas, "image/jpeg", QUALITY).await {
                upload(reception, case, material, (blob, String::new()));
                let _ = taken.try_update(|taken| *taken += 1);
            }
        });
    };
    view! {
        <div class="camera" tabindex="-1" autofocus>
            <header role="none">
                <h2>{fill(words.camera_title, &[("name", &name)])}</h2>
                <CameraChoice preview label=words.camera_which />
            </header>
            <div class="body">
                <video node_ref=preview.video autoplay muted playsinline></video>
                <canvas node_ref=preview.canvas hidden></canvas>
                <p class="over" role="status">
                    {move || match preview.state.get() {
                        PreviewState::Opening => words.camera_opening,
                        PreviewState::Shown => "",
                        PreviewState::Failed => words.camera_failed,
                        PreviewState::Insecure => words.camera_needs_https,
                    }}
                </p>
            </div>
            <footer role="none">
                <p class="reply good" role="status">
                    {move || {
                        let taken = taken.get();
                        (taken > 0).then(|| fill(words.taken, &[("n", &taken)]))
                    }}
                </p>
                <button class="button" type="button" on:click=move |_| reception.close_dialog()>
                    {words.finish}
                    <kbd>"Esc"</kbd>
                </button>
                <button
                    class="key"
                    type="button"
                    node_ref=button
                    disabled=move || preview.state.get() != PreviewState::Shown
                    on:click=take
                >
                    {words.take_photograph}
                    <kbd>"Enter"</kbd>
                </button>
            </footer>
        </div>
    }
}
