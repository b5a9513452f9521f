//! What the codes on printed papers say, read by a decoder that shares nothing with the encoder.

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::{RenderSettings, render_pdf};
use image::GrayImage;

/// What the codes on each page of a PDF say.
pub fn codes_of_pdf(pdf: &[u8]) -> Vec<Vec<String>> {
    let pdf = Pdf::new(pdf.to_vec()).unwrap();
    let (how, drawn) = (InterpreterSettings::default(), RenderSettings::default());
    let pages = render_pdf(&pdf, 2.0, how, &drawn, None).unwrap().into_iter();
    let codes = pages.map(|page| {
        let light = page.data().iter().map(|pixel| pixel.g).collect();
        let size = (page.width().into(), page.height().into());
        codes_on(&GrayImage::from_raw(size.0, size.1, light).unwrap())
    });
    codes.collect()
}

/// What the codes on a printed paper say. Squares among letters look like codes too, and say
/// nothing.
pub fn codes_on(paper: &GrayImage) -> Vec<String> {
    let (width, height) = (paper.width() as usize, paper.height() as usize);
    // A white margin, like the edge of the paper.
    let mut seen = rqrr::PreparedImage::prepare_from_greyscale(width + 60, height + 60, |x, y| {
        let (Some(x), Some(y)) = (x.checked_sub(30), y.checked_sub(30)) else { return 255 };
        if x < width && y < height { paper.as_raw()[y * width + x] } else { 255 }
    });
    let codes = seen.detect_grids();
    codes.iter().filter_map(|code| code.decode().ok()).map(|(_, text)| text).collect()
}
