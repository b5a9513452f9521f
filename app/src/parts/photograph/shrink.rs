//! A photograph that is too large, or of a kind that only this browser can show, as a
//! smaller JPEG. The phone page does the same in `public/supply.js`.

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, CanvasRenderingContext2d, HtmlCanvasElement, HtmlImageElement, Url};

use super::doubts::{Doubt, doubts_of};
use crate::parts::signature::to_blob;

/// The largest file the server takes, in bytes.
pub const MAX_SIZE: f64 = 10.0 * 1024.0 * 1024.0;
/// The pictures it takes.
const TAKEN: [&str; 3] = ["image/jpeg", "image/png", "image/webp"];
/// Canvases hold no more pixels in some browsers, and none is longer.
const MOST_PIXELS: f64 = 16_000_000.0;
const LONGEST: f64 = 16_384.0;
/// The longer side of a photograph that is read on a screen.
const READ_AT: f64 = 2560.0;
/// Of a JPEG, from hardly visible to plain.
const QUALITIES: [f64; 5] = [0.9, 0.8, 0.7, 0.6, 0.5];
/// How much smaller it is made after that.
const SMALLER: f64 = 0.7;

/// What is sent of a file: the file itself, or a JPEG made of it.
pub async fn fit(file: Blob) -> Blob {
    let kind = file.type_();
    // A file of unknown type is tried: systems do not know HEIC.
    if is_taken(&file) || !(kind.is_empty() || kind.starts_with("image/")) {
        return file;
    }
    shrink(&file).await.unwrap_or(file)
}

fn is_taken(file: &Blob) -> bool {
    TAKEN.contains(&file.type_().as_str()) && file.size() <= MAX_SIZE
}

/// What is sent of a photograph for an application, as [`fit`], and no larger than it is read:
/// and what may be wrong with it.
pub async fn look_at(file: Blob) -> (Blob, Vec<Doubt>) {
    let kind = file.type_();
    if !(kind.is_empty() || kind.starts_with("image/")) {
        return (file, Vec::new());
    }
    let Some(image) = decoded(&file).await else { return (file, Vec::new()) };
    let (width, height) = size(&image);
    let scale = (READ_AT / width.max(height)).min(1.0);
    let measured = draw(&image, (width * scale, height * scale));
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let doubts = measured.map(|copy| doubts_of(&copy, width.min(height) as u32));
    let doubts = doubts.unwrap_or_default();
    if scale >= 1.0 && is_taken(&file) {
        return (file, doubts);
    }
    (smaller(&image, scale).await.unwrap_or(file), doubts)
}

async fn shrink(file: &Blob) -> Option<Blob> {
    let image = decoded(file).await?;
    let (width, height) = size(&image);
    let fits = (MOST_PIXELS / (width * height)).sqrt();
    smaller(&image, fits.min(LONGEST / width.max(height)).min(1.0)).await
}

/// A picture as the browser shows it; none where it cannot.
async fn decoded(file: &Blob) -> Option<HtmlImageElement> {
    let address = Url::create_object_url_with_blob(file).ok()?;
    let decoding = async {
        let image = HtmlImageElement::new().ok()?;
        image.set_src(&address);
        JsFuture::from(image.decode()).await.ok()?;
        let (width, height) = size(&image);
        (width >= 1.0 && height >= 1.0).then_some(image)
    };
    let image = decoding.await;
    let _ = Url::revoke_object_url(&address);
    image
}

fn size(image: &HtmlImageElement) -> (f64, f64) {
    (f64::from(image.natural_width()), f64::from(image.natural_height()))
}

/// A JPEG that the server takes, no larger than `scale`.
async fn smaller(image: &HtmlImageElement, mut scale: f64) -> Option<Blob> {
    let (width, height) = size(image);
    while scale * width.max(height) >= 1.0 {
        let canvas = draw(image, (width * scale, height * scale))?;
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
