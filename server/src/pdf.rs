//! Converts drawings to a PDF, each on a page of its own. Its text can be selected and searched; its fonts
//! are embedded with only the characters used. Content and layout are in
//! [`jiban_app::print`].

use std::collections::HashMap;

use pdf_writer::{Content, Finish, Name, Pdf, Rect, Ref, TextStr};
use resvg::usvg::{Options, Tree};
use svg2pdf::ConversionOptions;

use crate::printing::fonts::{self, NoChineseFont};

/// Why a drawing could not be converted.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    #[error(transparent)]
    NoChineseFont(#[from] NoChineseFont),
    #[error("the drawing is not a valid SVG: {0}")]
    Svg(#[from] resvg::usvg::Error),
    #[error("the drawing cannot be converted: {0}")]
    Pdf(svg2pdf::ConversionError),
}

/// PDF points per CSS pixel, the unit of the drawing.
const POINTS: f32 = 72.0 / 96.0;

/// Converts a drawing to a document with this title, on a page of its size. This is slow, so
/// call it from a blocking thread.
pub fn from_svg(svg: &str, title: &str) -> Result<Vec<u8>, PdfError> {
    from_pages(&[svg], title)
}

/// Converts drawings to a document of as many pages, likewise.
pub fn from_pages(svgs: &[impl AsRef<str>], title: &str) -> Result<Vec<u8>, PdfError> {
    let options = Options { fontdb: fonts::chinese()?, ..Options::default() };
    let mut next = Ref::new(1);
    let [catalog, pages, info] = std::array::from_fn(|_| next.bump());
    let kids: Vec<[Ref; 2]> = svgs.iter().map(|_| [next.bump(), next.bump()]).collect();

    let mut pdf = Pdf::new();
    let mut root = pdf.catalog(catalog);
    root.pages(pages).lang(TextStr("zh-CN"));
    root.viewer_preferences().display_doc_title(true);
    root.finish();
    pdf.document_info(info).title(TextStr(title)).producer(TextStr("Jiban"));
    let count = i32::try_from(kids.len()).unwrap_or(i32::MAX);
    pdf.pages(pages).kids(kids.iter().map(|[page, _]| *page)).count(count);
    for (svg, [page, content]) in svgs.iter().zip(kids) {
        let tree = Tree::from_str(svg.as_ref(), &options)?;
        let (width, height) = (tree.size().width() * POINTS, tree.size().height() * POINTS);
        let (drawing, drawn) =
            svg2pdf::to_chunk(&tree, ConversionOptions::default()).map_err(PdfError::Pdf)?;
        let mut numbers = HashMap::new();
        let drawing = drawing.renumber(|old| *numbers.entry(old).or_insert_with(|| next.bump()));
        let Some(drawn) = numbers.get(&drawn).copied() else {
            return Err(PdfError::Pdf(svg2pdf::ConversionError::UnknownError));
        };
        let name = Name(b"Drawing");
        let mut sheet = pdf.page(page);
        sheet.media_box(Rect::new(0.0, 0.0, width, height)).parent(pages).contents(content);
        sheet.resources().x_objects().pair(name, drawn);
        sheet.finish();
        let mut show = Content::new();
        show.transform([width, 0.0, 0.0, height, 0.0, 0.0]).x_object(name);
        pdf.stream(content, &show.finish());
        pdf.extend(&drawing);
    }
    Ok(pdf.finish())
}
