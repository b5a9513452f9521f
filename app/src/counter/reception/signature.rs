//! A pad to sign on, with a finger, a pen or the mouse; large, since it is
//! turned toward the visitor.

use jiban_domain::{CaseId, Lang};
use leptos::ev::PointerEvent;
use leptos::html::Canvas;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::js_sys::Promise;
use web_sys::{Blob, CanvasRenderingContext2d, HtmlCanvasElement};

use super::room::room;
use super::sending::post_file;
use crate::api::Refused;
use crate::api::reception::UploadedFile;

/// Width of the line, in points of the screen.
const PEN: f64 = 3.0;

/// What was drawn.
#[derive(Clone, Copy)]
pub struct Pad {
    /// Something was.
    pub drawn: RwSignal<bool>,
    canvas: NodeRef<Canvas>,
    /// The file kept of it, so that a lost answer is not drawn again.
    kept: RwSignal<Option<String>>,
}

impl Pad {
    /// Empty.
    pub fn new() -> Self {
        Self { drawn: RwSignal::new(false), canvas: NodeRef::new(), kept: RwSignal::new(None) }
    }

    /// Keeps it at the hall; gives the file's id.
    ///
    /// # Errors
    /// The hall's refusal, or no answer.
    pub async fn keep(self, case: CaseId, lang: Lang) -> Result<String, Refused> {
        if let Some(kept) = self.kept.try_get_untracked().flatten() {
            return Ok(kept);
        }
        let blob = match self.canvas.try_get_untracked().flatten() {
            Some(canvas) => picture(&canvas, "image/png", 1.0).await,
            None => None,
        };
        let Some(blob) = blob else { return Err(Refused::no_answer(lang)) };
        let address = format!("/api/counter/signature?case={}", case.0);
        let kept = post_file::<UploadedFile>(&address, &blob, lang, |_| ()).await?.file;
        let _ = self.kept.try_set(Some(kept.clone()));
        Ok(kept)
    }

    fn clear(self) {
        self.drawn.set(false);
        self.kept.set(None);
        if let Some((canvas, pen)) = self.pen() {
            pen.set_fill_style_str("#fff");
            pen.fill_rect(0.0, 0.0, f64::from(canvas.width()), f64::from(canvas.height()));
        }
    }

    fn pen(self) -> Option<(HtmlCanvasElement, CanvasRenderingContext2d)> {
        let canvas = self.canvas.get_untracked()?;
        let pen = canvas.get_context("2d").ok()??.dyn_into().ok()?;
        Some((canvas, pen))
    }

    /// The pen goes to where the pointer is; draws on the way where it is down.
    fn follow(self, event: &PointerEvent, down: bool) {
        let Some((canvas, pen)) = self.pen() else { return };
        let scale = f64::from(canvas.width()) / f64::from(canvas.client_width().max(1));
        let at = (f64::from(event.offset_x()) * scale, f64::from(event.offset_y()) * scale);
        if down {
            pen.set_line_width(PEN * scale);
            pen.set_line_cap("round");
            pen.set_line_join("round");
            pen.set_stroke_style_str("#16232b");
            pen.line_to(at.0, at.1);
            pen.stroke();
            self.drawn.set(true);
            self.kept.set(None);
        }
        pen.begin_path();
        pen.move_to(at.0, at.1);
    }
}

/// What a canvas shows, as a file; none where the browser cannot make it.
pub async fn picture(canvas: &HtmlCanvasElement, kind: &str, quality: f64) -> Option<Blob> {
    let made = Promise::new(&mut |resolve, _| {
        let _ = canvas.to_blob_with_type_and_encoder_options(&resolve, kind, &quality.into());
    });
    JsFuture::from(made).await.ok()?.dyn_into().ok()
}

/// The pad.
#[component]
pub fn SignaturePad(pad: Pad) -> impl IntoView {
    let room = room();
    let down = RwSignal::new(false);
    // As many points as it has on the screen, once it has a size.
    Effect::new(move || {
        let Some(canvas) = pad.canvas.get() else { return };
        request_animation_frame(move || {
            let scale = window().device_pixel_ratio().max(1.0);
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            let points = |size: i32| (f64::from(size) * scale).max(1.0) as u32;
            canvas.set_width(points(canvas.client_width()));
            canvas.set_height(points(canvas.client_height()));
            pad.clear();
        });
    });
    let on_down = move |event: PointerEvent| {
        event.prevent_default();
        if let Some(canvas) = pad.canvas.get_untracked() {
            let _ = canvas.set_pointer_capture(event.pointer_id());
        }
        down.set(true);
        pad.follow(&event, false);
        // A dot is a stroke too.
        pad.follow(&event, true);
    };
    view! {
        <div class="pad">
            <canvas
                node_ref=pad.canvas
                on:pointerdown=on_down
                on:pointermove=move |event| {
                    if down.get_untracked() {
                        pad.follow(&event, true);
                    }
                }
                on:pointerup=move |_| down.set(false)
                on:pointercancel=move |_| down.set(false)
            ></canvas>
            <p class="hint soft" hidden=move || pad.drawn.get()>
                {move || room.words().sign_here}
            </p>
            <button
                class="button small"
                type="button"
                disabled=move || !pad.drawn.get()
                on:click=move |_| pad.clear()
            >
                {move || room.words().clear}
            </button>
        </div>
    }
}
