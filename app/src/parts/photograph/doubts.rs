//! What may be wrong with a photograph: told at once, and never a reason to refuse it. Pages
//! without WebAssembly measure the same in `public/supply.js`, by the bounds given here.

use jiban_domain::Lang;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

/// The least mean lightness, of 255.
pub const LEAST_LIGHT: u32 = 60;
/// The least variance of the Laplacian, which is small where no edge is sharp.
pub const LEAST_EDGES: u32 = 30;
/// The least pixels of the shorter side.
pub const LEAST_SIDE: u32 = 600;
/// The longer side, in pixels, of the copy that is measured.
pub const MEASURED_SIDE: u32 = 640;

crate::words! {
    pub DoubtWords {
        dark: "照片偏暗，可能看不清。建议在亮处重拍。" |
            "It is rather dark. Better take it again in the light.",
        blurred: "照片有点模糊，可能看不清。建议拿稳重拍。" |
            "It is rather blurred. Better hold still and take it again.",
        small: "照片太小，字可能看不清。建议靠近重拍。" |
            "It is rather small. Better go closer and take it again.",
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    Dark,
    Blurred,
    Small,
}

impl Doubt {
    pub fn sentence(self, lang: Lang) -> &'static str {
        let words = DoubtWords::of(lang);
        match self {
            Self::Dark => words.dark,
            Self::Blurred => words.blurred,
            Self::Small => words.small,
        }
    }
}

/// What may be wrong with a picture of which a canvas holds a copy; `shorter_side` is that of
/// the picture itself, in pixels.
pub fn doubts_of(picture: &HtmlCanvasElement, shorter_side: u32) -> Vec<Doubt> {
    let mut doubts =
        lightness(picture).map(|(light, width)| measured(&light, width)).unwrap_or_default();
    if shorter_side < LEAST_SIDE {
        doubts.push(Doubt::Small);
    }
    doubts
}

/// The lightness of each pixel of a smaller copy, and the pixels of its rows.
fn lightness(picture: &HtmlCanvasElement) -> Option<(Vec<f32>, usize)> {
    let longer = picture.width().max(picture.height()).max(1);
    let scale = (f64::from(MEASURED_SIDE) / f64::from(longer)).min(1.0);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let side = |side: u32| (f64::from(side) * scale).round().max(3.0) as u32;
    let (width, height) = (side(picture.width()), side(picture.height()));
    let copy: HtmlCanvasElement = document().create_element("canvas").ok()?.dyn_into().ok()?;
    copy.set_width(width);
    copy.set_height(height);
    let paper: CanvasRenderingContext2d = copy.get_context("2d").ok().flatten()?.dyn_into().ok()?;
    let (w, h) = (f64::from(width), f64::from(height));
    paper.draw_image_with_html_canvas_element_and_dw_and_dh(picture, 0.0, 0.0, w, h).ok()?;
    let pixels = paper.get_image_data(0.0, 0.0, w, h).ok()?.data();
    let light = pixels.0.chunks_exact(4).map(|pixel| {
        let [red, green, blue] = [pixel[0], pixel[1], pixel[2]].map(f32::from);
        // As Rec. 601 weighs them.
        0.299 * red + 0.587 * green + 0.114 * blue
    });
    Some((light.collect(), width as usize))
}

/// What lightness tells, in rows of `width` pixels.
fn measured(light: &[f32], width: usize) -> Vec<Doubt> {
    let height = light.len() / width.max(1);
    let mut edges = Vec::with_capacity(light.len());
    for row in 1..height.saturating_sub(1) {
        for column in 1..width - 1 {
            let at = row * width + column;
            let around = light[at - 1] + light[at + 1] + light[at - width] + light[at + width];
            edges.push(4.0 * light[at] - around);
        }
    }
    let mean = mean_of(light, |value| value);
    let middle = mean_of(&edges, |edge| edge);
    let variance = mean_of(&edges, |edge| (edge - middle).powi(2));
    let doubt = |is_doubted: bool, doubt| is_doubted.then_some(doubt);
    #[allow(clippy::cast_precision_loss)]
    let (dark, blurred) = (mean < LEAST_LIGHT as f32, variance < LEAST_EDGES as f32);
    [doubt(dark, Doubt::Dark), doubt(blurred, Doubt::Blurred)].into_iter().flatten().collect()
}

#[allow(clippy::cast_precision_loss)]
fn mean_of(values: &[f32], of: impl Fn(f32) -> f32) -> f32 {
    values.iter().map(|value| of(*value)).sum::<f32>() / values.len().max(1) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIDE: usize = 40;

    fn picture(pixel: impl Fn(usize, usize) -> f32) -> Vec<f32> {
        (0..SIDE * SIDE).map(|at| pixel(at % SIDE, at / SIDE)).collect()
    }

    #[test]
    fn letters_in_the_light_are_not_doubted() {
        let letters = picture(|x, y| if (x / 4 + y / 4) % 2 == 0 { 20.0 } else { 230.0 });
        assert_eq!(measured(&letters, SIDE), []);
    }

    #[test]
    fn the_same_letters_in_the_dark_are() {
        let letters = picture(|x, y| if (x / 4 + y / 4) % 2 == 0 { 5.0 } else { 60.0 });
        assert_eq!(measured(&letters, SIDE), [Doubt::Dark]);
    }

    #[test]
    fn a_slope_without_an_edge_is_blurred() {
        #[allow(clippy::cast_precision_loss)]
        let slope = picture(|x, _| 60.0 + 4.0 * x as f32);
        assert_eq!(measured(&slope, SIDE), [Doubt::Blurred]);
        assert_eq!(measured(&picture(|_, _| 0.0), SIDE), [Doubt::Dark, Doubt::Blurred]);
    }

    #[test]
    fn a_picture_of_nothing_is_measured_too() {
        assert_eq!(measured(&[], 0), [Doubt::Dark, Doubt::Blurred]);
        assert_eq!(measured(&[200.0; 2], 2), [Doubt::Blurred]);
    }
}
