//! Printed documents in real fonts: codes can be read, nothing leaves the paper, and
//! the text of a PDF can be selected.

mod commitments;
mod samples;

use std::fs;
use std::path::Path;

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::hayro_syntax::object::{Dict, Name, Object, Stream};
use hayro::{RenderSettings, render_pdf};
use image::{GrayImage, Luma};
use jiban::pdf;
use jiban::printing::fonts;
use jiban::printing::raster::{Bitmap, raster};
use jiban_app::api::guide::Guide;
use jiban_app::api::kiosk::PrintSheet;
use jiban_app::print;
use jiban_app::print::GuidePrint;
use jiban_domain::Lang;
use jiban_domain::documents::{Decision, PromiseNotice, ResultState};
use resvg::usvg::{Group, Node, Options, Tree};
use rqrr::BitGrid as _;

const A4_DOTS: u32 = 1680;

fn as_image(bitmap: &Bitmap) -> GrayImage {
    GrayImage::from_fn(bitmap.width, bitmap.height, |x, y| {
        Luma([if bitmap.is_black(x, y) { 0 } else { 255 }])
    })
}

/// What the code on a receipt of 80 mm says.
pub fn code_on_receipt(svg: &str) -> String {
    read_qr(&as_image(&raster(svg, 576).unwrap()))
}

fn read_qr(picture: &GrayImage) -> String {
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    // A white margin, like the edge of the paper.
    let mut seen = rqrr::PreparedImage::prepare_from_greyscale(width + 60, height + 60, |x, y| {
        let (Some(x), Some(y)) = (x.checked_sub(30), y.checked_sub(30)) else { return 255 };
        if x < width && y < height { picture.as_raw()[y * width + x] } else { 255 }
    });
    let codes = seen.detect_grids();
    assert_eq!(codes.len(), 1, "codes in the picture");
    codes[0].decode().unwrap().1
}

/// Whether four modules of white surround the code on the paper, as its standard requires
/// (ISO/IEC 18004): a scanner finds no edge otherwise. The picture ends at the paper's edge.
fn has_quiet_zone(picture: &GrayImage) -> Result<(), String> {
    let mut seen = rqrr::PreparedImage::prepare(picture.clone());
    // Squares among the letters look like codes too.
    let mut codes = seen.detect_grids();
    codes.retain(|code| code.decode().is_ok());
    let [code] = &codes[..] else { return Err(format!("{} codes in the picture", codes.len())) };
    let modules = i32::try_from(code.grid.size()).unwrap();
    let [left_top, _, beyond, _] = code.bounds;
    // The bounds end one module beyond the code.
    let module = (beyond.x - left_top.x) / (modules + 1);
    let (right, bottom) = (left_top.x + modules * module, left_top.y + modules * module);
    let code = (left_top.x - 2..right + 2, left_top.y - 2..bottom + 2);
    let quiet = 4 * module - 2;
    for y in left_top.y - quiet..bottom + quiet {
        for x in left_top.x - quiet..right + quiet {
            if code.0.contains(&x) && code.1.contains(&y) {
                continue;
            }
            let (Ok(dot_x), Ok(dot_y)) = (u32::try_from(x), u32::try_from(y)) else {
                return Err(format!("the paper ends at {x}, {y}"));
            };
            match picture.get_pixel_checked(dot_x, dot_y) {
                Some(Luma([255])) => {}
                found => return Err(format!("{found:?} at {x}, {y}; the code is {code:?}")),
            }
        }
    }
    Ok(())
}

/// The edges of every text as laid out, in dots: left, right, bottom.
fn edges(svg: &str, dots: u32) -> Vec<[f32; 3]> {
    fn collect(group: &Group, scale: f32, into: &mut Vec<[f32; 3]>) {
        for node in group.children() {
            match node {
                Node::Group(group) => collect(group, scale, into),
                Node::Text(text) => {
                    let bounds = text.abs_bounding_box();
                    into.push(
                        [bounds.left(), bounds.right(), bounds.bottom()].map(|edge| edge * scale),
                    );
                }
                _ => {}
            }
        }
    }
    let options = Options { fontdb: fonts::chinese().unwrap(), ..Options::default() };
    let tree = Tree::from_str(svg, &options).unwrap();
    #[allow(clippy::cast_precision_loss)]
    let scale = dots as f32 / tree.size().width();
    let mut edges = Vec::new();
    collect(tree.root(), scale, &mut edges);
    assert!(edges.len() > 10);
    edges
}

#[test]
fn codes_are_read_back_from_paper() {
    for lang in [Lang::Zh, Lang::En] {
        for dots in [384, 512, 576, 640] {
            for (name, svg) in on_receipt_paper(lang, dots) {
                let picture = as_image(&raster(&svg, dots).unwrap());
                assert_eq!(read_qr(&picture), samples::URL, "{name} {dots}");
            }
        }
        for (name, svg) in pages(lang) {
            let picture = as_image(&raster(&svg, A4_DOTS).unwrap());
            assert_eq!(read_qr(&picture), samples::VERIFY, "{name}");
        }
    }
}

#[test]
fn four_white_modules_surround_every_code() {
    for lang in [Lang::Zh, Lang::En] {
        for dots in [384, 512, 576, 640] {
            for (name, svg) in on_receipt_paper(lang, dots) {
                let picture = as_image(&raster(&svg, dots).unwrap());
                assert_eq!(has_quiet_zone(&picture), Ok(()), "{name} {dots} {lang:?}");
            }
        }
        for (name, svg) in pages(lang) {
            let picture = as_image(&raster(&svg, A4_DOTS).unwrap());
            assert_eq!(has_quiet_zone(&picture), Ok(()), "{name} {lang:?}");
        }
    }
}

#[test]
fn nothing_runs_off_receipt_paper() {
    for lang in [Lang::Zh, Lang::En] {
        for dots in [384, 512, 576, 640] {
            for (name, svg) in
                on_receipt_paper(lang, dots).into_iter().chain(longest_on_receipt_paper(lang, dots))
            {
                for [left, right, _] in edges(&svg, dots) {
                    #[allow(clippy::cast_precision_loss)]
                    let within = left >= 0.0 && right <= dots as f32;
                    assert!(within, "{name} {dots} {lang:?}: {left}..{right}");
                }
            }
        }
    }
}

#[test]
fn nothing_leaves_the_frame_of_a_page() {
    // Within the inner line of the frame.
    let (left_most, right_most, lowest) = (96.0, 1584.0, 2280.0);
    for lang in [Lang::Zh, Lang::En] {
        for (name, svg) in pages(lang).into_iter().chain(longest_pages(lang)) {
            for [left, right, bottom] in edges(&svg, A4_DOTS) {
                assert!(
                    left >= left_most && right <= right_most,
                    "{name} {lang:?}: {left}..{right}"
                );
                assert!(bottom <= lowest, "{name} {lang:?}: {bottom}");
            }
        }
    }
}

#[test]
fn a_signature_is_ink_on_the_paper() {
    let ink = |signature: Option<String>| {
        let svg = print::promise_notice(&PromiseNotice { signature, ..samples::promise() }, 576);
        let picture = raster(&svg, 576).unwrap();
        picture.bits.iter().map(|byte| byte.count_ones()).sum::<u32>()
    };
    let (signed, unsigned) = (ink(samples::promise().signature), ink(None));
    assert!(signed > unsigned + 500, "{signed} dots signed, {unsigned} not");
}

fn streams(pdf: &Pdf) -> Vec<(Dict<'_>, Vec<u8>)> {
    pdf.objects()
        .into_iter()
        .filter_map(|object| match object {
            Object::Stream(stream) => Some((stream.dict().clone(), decoded(&stream))),
            _ => None,
        })
        .collect()
}

fn decoded(stream: &Stream<'_>) -> Vec<u8> {
    stream.decoded().map(std::borrow::Cow::into_owned).unwrap_or_default()
}

#[test]
fn a_document_is_one_page_whose_text_can_be_selected() {
    let content = samples::document();
    let bytes = pdf::from_svg(&print::result_document(&content), &content.title.zh).unwrap();
    assert!(bytes.len() < 250_000, "{} bytes", bytes.len());
    let pdf = Pdf::new(bytes).unwrap();
    assert_eq!(pdf.pages().len(), 1);
    let title: Vec<u8> = [0xfe, 0xff]
        .into_iter()
        .chain(content.title.zh.encode_utf16().flat_map(u16::to_be_bytes))
        .collect();
    assert_eq!(pdf.metadata().title.as_deref(), Some(title.as_slice()));

    // Every character maps back to itself, and every font is embedded.
    let streams = streams(&pdf);
    let maps: String = streams
        .iter()
        .map(|(_, data)| String::from_utf8_lossy(data).into_owned())
        .filter(|data| data.contains("beginbfchar"))
        .collect();
    let said = [&content.title.zh, &content.holder, &content.sentence.zh, &content.issuer.zh];
    for c in said.into_iter().flat_map(|text| text.chars()) {
        assert!(maps.contains(&format!("<{:04X}>", u32::from(c))), "{c} cannot be selected");
    }
    let fonts = pdf.objects().into_iter().filter_map(|object| match object {
        Object::Dict(dict)
            if dict.get::<Name>("Type").is_some_and(|name| &*name == b"FontDescriptor") =>
        {
            Some(dict.contains_key("FontFile2") || dict.contains_key("FontFile3"))
        }
        _ => None,
    });
    let fonts: Vec<bool> = fonts.collect();
    assert!(!fonts.is_empty() && fonts.iter().all(|within| *within), "{fonts:?}");
}

#[test]
fn a_document_opened_elsewhere_shows_its_code_on_a4() {
    let bytes = pdf::from_svg(&print::result_document(&samples::document()), "").unwrap();
    let pdf = Pdf::new(bytes).unwrap();
    let (width, height) = pdf.pages()[0].render_dimensions();
    assert!((width - 595.3).abs() < 0.5 && (height - 841.9).abs() < 0.5, "{width} x {height}");
    let (how, drawn) = (InterpreterSettings::default(), RenderSettings::default());
    let pictures = render_pdf(&pdf, 2.0, how, &drawn, None).unwrap();
    let (width, height) = (u32::from(pictures[0].width()), u32::from(pictures[0].height()));
    let light = pictures[0].data().iter().map(|pixel| pixel.g).collect();
    assert_eq!(read_qr(&GrayImage::from_raw(width, height, light).unwrap()), samples::VERIFY);
}

#[test]
fn a_broken_drawing_makes_no_document() {
    assert!(matches!(pdf::from_svg("<svg", "x"), Err(pdf::PdfError::Svg(_))));
}

/// Every document on receipt paper, with its name.
fn guide(name: &'static str, guide: &Guide, dots: u32) -> (&'static str, String) {
    let hall = samples::hall();
    let printed = "2026-11-25 09:05";
    let content = GuidePrint { guide, hall: &hall, printed, telephone: "010-6655 1234" };
    let PrintSheet { svg, high_mm } = print::guide(&content, dots);
    assert!(svg.contains(&format!("height=\"{high_mm}mm\"")));
    (name, svg)
}

fn on_receipt_paper(lang: Lang, dots: u32) -> [(&'static str, String); 8] {
    let mut receipt = samples::receipt();
    let mut missing = samples::missing();
    let mut promise = samples::promise();
    let mut handover = samples::handover();
    (receipt.lang, missing.lang, promise.lang, handover.lang) = (lang, lang, lang, lang);
    [
        ("receipt", print::receipt(&receipt, dots)),
        ("missing", print::missing_notice(&missing, dots)),
        ("promise", print::promise_notice(&promise, dots)),
        ("handover", print::handover(&handover, dots)),
        guide("guide", &samples::guide(lang), dots),
        ("end", print::end_notice(&samples::end(lang), dots)),
        ("commitment", print::commitment_notice(&commitments::commitment(lang), dots)),
        ("breach", print::breach_notice(&commitments::breach(lang), dots)),
    ]
}

/// The same with texts of the greatest length.
fn longest_on_receipt_paper(lang: Lang, dots: u32) -> [(&'static str, String); 8] {
    let (receipt, missing, promise, handover) = samples::longest(lang);
    [
        ("long receipt", print::receipt(&receipt, dots)),
        ("long missing", print::missing_notice(&missing, dots)),
        ("long promise", print::promise_notice(&promise, dots)),
        ("long handover", print::handover(&handover, dots)),
        guide("long guide", &samples::longest_guide(lang), dots),
        ("long end", print::end_notice(&samples::longest_end(lang), dots)),
        ("long commitment", print::commitment_notice(&commitments::longest(lang), dots)),
        ("long breach", print::breach_notice(&commitments::longest_breach(lang), dots)),
    ]
}

fn longest_pages(lang: Lang) -> [(&'static str, String); 3] {
    let (document, decision) = samples::longest_pages(lang);
    let fuller = Decision { reasons: vec![samples::long(); 60], ..decision.clone() };
    [
        ("long document", print::result_document(&document)),
        ("long decision", print::decision(&decision)),
        ("longer decision", print::decision(&fuller)),
    ]
}

/// Every document on A4, with its name.
fn pages(lang: Lang) -> [(&'static str, String); 3] {
    let mut document = samples::document();
    let mut decision = samples::decision();
    (document.lang, decision.lang) = (lang, lang);
    let valid = print::result_document(&document);
    document.state = ResultState::Revoked;
    [
        ("document", valid),
        ("revoked", print::result_document(&document)),
        ("decision", print::decision(&decision)),
    ]
}

/// Writes the documents to `target/papers`, for people to look at.
#[test]
fn every_document_in_every_width_and_language_becomes_a_pdf() {
    let to = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/papers");
    fs::create_dir_all(&to).unwrap();
    for lang in [Lang::Zh, Lang::En] {
        for dots in [384, 512, 576, 640] {
            for (name, svg) in
                on_receipt_paper(lang, dots).into_iter().chain(longest_on_receipt_paper(lang, dots))
            {
                let bytes = pdf::from_svg(&svg, name).unwrap();
                fs::write(to.join(format!("{name}-{dots}-{}.svg", lang.tag())), svg).unwrap();
                fs::write(to.join(format!("{name}-{dots}-{}.pdf", lang.tag())), bytes).unwrap();
            }
        }
        for (name, svg) in pages(lang).into_iter().chain(longest_pages(lang)) {
            let bytes = pdf::from_svg(&svg, name).unwrap();
            fs::write(to.join(format!("{name}-{}.svg", lang.tag())), svg).unwrap();
            fs::write(to.join(format!("{name}-{}.pdf", lang.tag())), bytes).unwrap();
        }
    }
}
