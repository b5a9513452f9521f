//! A pad to sign on with a finger, a pen or the mouse.

use leptos::ev::PointerEvent;
use leptos::html::Canvas;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::js_sys::Promise;
use web_sys::{Blob, CanvasRenderingContext2d, HtmlCanvasElement};

/// Width of the line, in CSS pixels.
const LINE_WIDTH: f64 = 3.0;

/// A signature that is being drawn.
#[derive(Clone, Copy)]
pub struct Pad {
    /// Something was drawn.
    pub drawn: RwSignal<bool>,
    /// Counts what changed the drawing.
    changes: RwSignal<u64>,
    canvas: NodeRef<Canvas>,
}

impl Default for Pad {
    fn default() -> Self {
        Self { drawn: RwSignal::new(false), changes: RwSignal::new(0), canvas: NodeRef::new() }
    }
}

impl Pad {
    /// Another number whenever another drawing is there; none once the pad is gone.
    pub fn changes(self) -> Option<u64> {
        self.changes.try_get_untracked()
    }

    /// The drawing as a PNG; none where the browser cannot make one.
    pub async fn picture(self) -> Option<Blob> {
        let canvas = self.canvas.try_get_untracked().flatten()?;
        to_blob(&canvas, "image/png", 1.0).await
    }

    pub fn clear(self) {
        self.drawn.set(false);
        self.changes.update(|changes| *changes += 1);
        if let Some((canvas, context)) = self.context() {
            context.set_fill_style_str("#fff");
            context.fill_rect(0.0, 0.0, f64::from(canvas.width()), f64::from(canvas.height()));
        }
    }

    fn context(self) -> Option<(HtmlCanvasElement, CanvasRenderingContext2d)> {
        let canvas = self.canvas.get_untracked()?;
        let context = canvas.get_context("2d").ok()??.dyn_into().ok()?;
        Some((canvas, context))
    }

    /// Moves the pen to the pointer; draws a line there when `draw` is set.
    fn move_pen(self, event: &PointerEvent, draw: bool) {
        let Some((canvas, context)) = self.context() else { return };
        let scale = f64::from(canvas.width()) / f64::from(canvas.client_width().max(1));
        let at = (f64::from(event.offset_x()) * scale, f64::from(event.offset_y()) * scale);
        if draw {
            context.set_line_width(LINE_WIDTH * scale);
            context.set_line_cap("round");
            context.set_line_join("round");
            context.set_stroke_style_str("#16232b");
            context.line_to(at.0, at.1);
            context.stroke();
            self.drawn.set(true);
            self.changes.update(|changes| *changes += 1);
        }
        context.begin_path();
        context.move_to(at.0, at.1);
    }
}

/// What a canvas shows, as a file; none where the browser cannot make one.
pub async fn to_blob(canvas: &HtmlCanvasElement, kind: &str, quality: f64) -> Option<Blob> {
    let made = Promise::new(&mut |resolve, _| {
        let _ = canvas.to_blob_with_type_and_encoder_options(&resolve, kind, &quality.into());
    });
    JsFuture::from(made).await.ok()?.dyn_into().ok()
}

#[component]
pub fn SignaturePad(
    pad: Pad,
    /// Says who signs here.
    sign_here: Signal<&'static str>,
    /// The label of the key that clears it.
    sign_again: Signal<&'static str>,
) -> impl IntoView {
    let is_down = RwSignal::new(false);
    // The canvas gets the resolution of the screen once it has a size.
    Effect::new(move || {
        let Some(canvas) = pad.canvas.get() else { return };
        request_animation_frame(move || {
            let scale = window().device_pixel_ratio().max(1.0);
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            let pixels = |size: i32| (f64::from(size) * scale).max(1.0) as u32;
            canvas.set_width(pixels(canvas.client_width()));
            canvas.set_height(pixels(canvas.client_height()));
            pad.clear();
        });
    });
    let on_down = move |event: PointerEvent| {
        event.prevent_default();
        if let Some(canvas) = pad.canvas.get_untracked() {
            let _ = canvas.set_pointer_capture(event.pointer_id());
        }
        is_down.set(true);
        pad.move_pen(&event, false);
        // A dot is a stroke too.
        pad.move_pen(&event, true);
    };
    view! {
        <div class="pad">
            <canvas
                node_ref=pad.canvas
                on:pointerdown=on_down
                on:pointermove=move |event| {
                    if is_down.get_untracked() {
                        pad.move_pen(&event, true);
                    }
                }
                on:pointerup=move |_| is_down.set(false)
                on:pointercancel=move |_| is_down.set(false)
            ></canvas>
            <p class="hint soft" hidden=move || pad.drawn.get()>
                {sign_here}
            </p>
            <button
                class="button small"
                type="button"
                disabled=move || !pad.drawn.get()
                on:click=move |_| pad.clear()
            >
                {sign_again}
            </button>
        </div>
    }
}
