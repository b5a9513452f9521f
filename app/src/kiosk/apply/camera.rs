//! Photographs of a material by the kiosk's own camera. Each is looked at before it is sent.

use jiban_domain::{Lang, Token};
use leptos::html::Button;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::beside::HelperBar;
use super::words::KioskApplyWords;
use crate::api::Refused;
use crate::apply::draft_materials::attach_file;
use crate::apply::live_draft::LiveDraft;
use crate::kiosk::typed::Wrong;
use crate::parts::icon::{self, Icon};
use crate::parts::photograph::camera::{CameraPreview, PreviewState, QUALITY, WhichCamera};
use crate::parts::photograph::doubts::{Doubt, doubts_of};
use crate::parts::signature::to_blob;
use crate::words::{fill, lang};

/// Whether the browser gives this page a camera, as `public/machines/kiosk.js` found.
pub(super) fn has_camera() -> bool {
    document().document_element().is_some_and(|root| root.class_list().contains("has-camera"))
}

/// Photographs of one material.
#[derive(Clone, Copy)]
struct Photographing {
    draft: Token,
    /// The key of the material.
    material: StoredValue<String>,
    preview: CameraPreview,
    /// What may be wrong with the photograph that was taken and is not sent yet.
    taken: RwSignal<Option<Vec<Doubt>>>,
    sending: RwSignal<bool>,
    sent: RwSignal<u32>,
    refused: RwSignal<Option<Refused>>,
    lang: RwSignal<Lang>,
}

impl Photographing {
    fn new(draft: Token, material: String) -> Self {
        Self {
            draft,
            material: StoredValue::new(material),
            preview: CameraPreview::new(WhichCamera::FacingAway),
            taken: RwSignal::new(None),
            sending: RwSignal::new(false),
            sent: RwSignal::new(0),
            refused: RwSignal::new(None),
            lang: lang(),
        }
    }

    fn is_taken(self) -> bool {
        self.taken.with(Option::is_some)
    }

    fn shows_camera(self) -> bool {
        self.preview.state.get() == PreviewState::Shown
    }

    fn take(self) {
        self.refused.set(None);
        if let Some(canvas) = self.preview.capture() {
            let shorter = canvas.width().min(canvas.height());
            self.taken.set(Some(doubts_of(&canvas, shorter)));
        }
    }

    fn send(self) {
        let Some(canvas) = self.preview.canvas.get_untracked() else { return };
        if self.sending.get_untracked() {
            return;
        }
        self.sending.set(true);
        self.refused.set(None);
        spawn_local(async move {
            let in_lang = self.lang.get_untracked();
            let key = self.material.try_get_value().unwrap_or_default();
            let answer = match to_blob(&canvas, "image/jpeg", QUALITY).await {
                Some(photograph) => {
                    attach_file((self.draft, &key), (&photograph, ""), in_lang).await
                }
                None => Err(Refused::no_answer(in_lang)),
            };
            // The visitor may have left meanwhile.
            if self.sending.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(_) => {
                    self.sent.update(|sent| *sent += 1);
                    self.taken.set(None);
                }
                Err(refusal) => self.refused.set(Some(refusal)),
            }
        });
    }
}

/// Takes photographs of a material, given by its key.
#[component]
pub(super) fn CameraPage(
    live: LiveDraft,
    draft: Token,
    material: String,
    close: Callback<()>,
) -> impl IntoView {
    let lang = lang();
    let words = move || KioskApplyWords::of(lang.get());
    let name = live.draft.with_untracked(|draft| {
        let own = draft.as_ref()?.materials.iter().find(|one| one.key == material)?;
        Some(own.name.clone())
    });
    let photographing = Photographing::new(draft, material);
    let preview = photographing.preview;
    // Closed with this page, which has the preview.
    let button = preview.open_when_mounted();
    let title = Signal::derive(move || {
        let name = name.as_ref().map(|name| name.get(lang.get())).unwrap_or_default();
        fill(words().camera_title, &[("name", &name)])
    });
    let is_taken = Memo::new(move |_| photographing.is_taken());
    let state = move || match preview.state.get() {
        _ if is_taken.get() => String::new(),
        PreviewState::Opening => words().camera_opening.to_owned(),
        PreviewState::Shown => match photographing.sent.get() {
            0 => String::new(),
            sent => fill(words().camera_sent, &[("n", &sent)]),
        },
        PreviewState::Failed | PreviewState::Insecure => words().camera_failed.to_owned(),
    };
    let doubts = move || {
        let found = photographing.taken.get().unwrap_or_default();
        let said = |doubt: Doubt| view! { <p class="doubt">{doubt.sentence(lang.get())}</p> };
        found.into_iter().map(said).collect_view()
    };
    view! {
        <section class="page photograph">
            <div class="title">
                <h1>{title}</h1>
                <p class="soft" data-heard="">
                    {move || if is_taken.get() { words().camera_look } else { words().camera_lead }}
                </p>
            </div>
            <HelperBar live draft />
            <div class="frame">
                <video
                    node_ref=preview.video
                    autoplay
                    muted
                    playsinline
                    hidden=move || is_taken.get() || !photographing.shows_camera()
                ></video>
                <canvas
                    node_ref=preview.canvas
                    role="img"
                    aria-label=title
                    hidden=move || !is_taken.get()
                ></canvas>
                <p class="state" role="status">
                    {state}
                </p>
            </div>
            <div class="said">
                <div role="status">{doubts}</div>
                <Wrong refused=photographing.refused.into() />
            </div>
            <Keys photographing is_taken button close />
        </section>
    }
}

/// What can be done before a photograph is taken, and with one that was.
#[component]
fn Keys(
    photographing: Photographing,
    is_taken: Memo<bool>,
    /// Takes the photograph.
    button: NodeRef<Button>,
    close: Callback<()>,
) -> impl IntoView {
    let words = move || KioskApplyWords::of(photographing.lang.get());
    let Photographing { preview, taken, sending, .. } = photographing;
    let use_it = move || {
        if sending.get() { words().camera_sending } else { words().camera_use }
    };
    view! {
        <div class="photograph-keys">
            <button
                class="button"
                hidden=move || is_taken.get()
                on:click=move |_| {
                    preview.close();
                    close.run(());
                }
            >
                {move || words().close}
            </button>
            <button
                class="button"
                hidden=move || is_taken.get() || !preview.is_one_of_several()
                on:click=move |_| preview.choose_next()
            >
                {move || words().camera_other}
            </button>
            <button
                class="key"
                data-key="Enter"
                hidden=move || is_taken.get()
                node_ref=button
                disabled=move || !photographing.shows_camera()
                on:click=move |_| photographing.take()
            >
                <Icon path=icon::CAMERA />
                <span>{move || words().camera_take}</span>
            </button>
            <button
                class="button"
                hidden=move || !is_taken.get()
                disabled=move || sending.get()
                on:click=move |_| taken.set(None)
            >
                {move || words().camera_again}
            </button>
            <button
                class="key"
                data-key="Enter"
                hidden=move || !is_taken.get()
                disabled=move || sending.get()
                on:click=move |_| photographing.send()
            >
                {use_it}
            </button>
        </div>
    }
}
