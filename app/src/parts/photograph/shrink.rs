//! A photograph that is too large, or of a kind that only this browser can show, as a
//! smaller JPEG. The phone page does the same in `public/supply.js`.

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, CanvasRenderingContext2d, HtmlCanvasElement, HtmlImageElement, Url};

use crate::parts::signature::to_blob;

/// The largest file the server takes, in bytes.
pub const MAX_SIZE: f64 = 10.0 * 1024.0 * 1024.0;
/// The pictures it takes.
const TAKEN: [&str; 3] = ["image/jpeg", "image/png", "image/webp"];
/// Canvases hold no more pixels in some browsers, and none is longer.
const MOST_PIXELS: f64 = 16_000_000.0;
const LONGEST: f64 = 16_384.0;
/// Of a JPEG, from hardly visible to plain.
const QUALITIES: [f64; 5] = [0.9, 0.8, 0.7, 0.6, 0.5];
/// How much smaller it is made after that.
const SMALLER: f64 = 0.7;

/// What is sent of a file: the file itself, or a JPEG made of it.
pub async fn fit(file: Blob) -> Blob {
    let kind = file.type_();
    let is_taken = TAKEN.contains(&kind.as_str()) && file.size() <= MAX_SIZE;
    // A file of unknown type is tried: systems do not know HEIC.
    if is_taken || !(kind.is_empty() || kind.starts_with("image/")) {
        return file;
    }
    shrink(&file).await.unwrap_or(file)
}

async fn shrink(file: &Blob) -> Option<Blob> {
    let address = Url::create_object_url_with_blob(file).ok()?;
    let shrunk = draw_smaller(&address).await;
    let _ = Url::revoke_object_url(&address);
    shrunk
}

async fn draw_smaller(address: &str) -> Option<Blob> {
    let image = HtmlImageElement::new().ok()?;
    image.set_src(address);
    JsFuture::from(image.decode()).await.ok()?;
    let (width, height) = (f64::from(image.natural_width()), f64::from(image.natural_height()));
    if width < 1.0 || height < 1.0 {
        return None;
    }
    let fits = (MOST_PIXELS / (width * height)).sqrt();
    let mut scale = fits.min(LONGEST / width.max(height)).min(1.0);
    while scale * width.max(height) >= 1.0 {
        let canvas = draw(&image, (width * scale, height * scale))?;
        for quality in QUALITIES {
            let blob = to_blob(&canvas, "image/jpeg", quality).await?;
            if blob.size() <= MAX_SIZE {
                return Some(blob);
            }
        }
        scale *= SMALLER;
    }
    None
}

/// The picture on white, upright: browsers turn it as its camera was held.
fn draw(image: &HtmlImageElement, (width, height): (f64, f64)) -> Option<HtmlCanvasElement> {
    let canvas: HtmlCanvasElement = document().create_element("canvas").ok()?.dyn_into().ok()?;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let pixels = |side: f64| side.round().max(1.0) as u32;
    canvas.set_width(pixels(width));
    canvas.set_height(pixels(height));
    let paper: CanvasRenderingContext2d =
        canvas.get_context("2d").ok().flatten()?.dyn_into().ok()?;
    paper.set_fill_style_str("#fff");
    paper.fill_rect(0.0, 0.0, width, height);
    paper.draw_image_with_html_image_element_and_dw_and_dh(image, 0.0, 0.0, width, height).ok()?;
    Some(canvas)
}
