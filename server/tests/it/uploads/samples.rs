//! Files as cameras, scanners and screens make them, and malicious ones.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::{ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use pdf_writer::{Name, Pdf, Rect, Ref};
use resvg::usvg::{Options, Tree};
use svg2pdf::{ConversionOptions, PageOptions};

/// A JPEG, red on the left and blue on the right, with an EXIF orientation (1 to 8).
pub fn photograph(width: u32, height: u32, orientation: u8) -> Vec<u8> {
    let picture = RgbImage::from_fn(width, height, |x, _| {
        if x < width / 2 { Rgb([255, 0, 0]) } else { Rgb([0, 0, 255]) }
    });
    let mut jpeg = Vec::new();
    JpegEncoder::new(&mut jpeg).encode_image(&picture).unwrap();
    let mut exif = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
    exif.extend([orientation, 0, 0, 0, 0, 0, 0, 0]);
    let long = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    jpeg.splice(2..2, [&[0xff, 0xe1], &long[..], &exif].concat());
    jpeg
}

/// A PNG: a black stroke on a transparent ground.
pub fn signature(width: u32, height: u32) -> Vec<u8> {
    let picture = RgbaImage::from_fn(width, height, |x, y| {
        let stroke = x.abs_diff(width / 2) < width / 4 && y.abs_diff(height / 2) < height / 4;
        Rgba([0, 0, 0, if stroke { 255 } else { 0 }])
    });
    let mut png = Vec::new();
    picture.write_to(&mut Cursor::new(&mut png), ImageFormat::Png).unwrap();
    png
}

/// A PDF of one page, twice as wide as high, red on the left.
pub fn document() -> Vec<u8> {
    let svg = r##"<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100">
        <rect width="100" height="100" fill="#f00"/></svg>"##;
    let tree = Tree::from_str(svg, &Options::default()).unwrap();
    svg2pdf::to_pdf(&tree, ConversionOptions::default(), PageOptions::default()).unwrap()
}

/// A PDF whose page grows 64 times in each of four run-length decodings: the code
/// for "128 times the next byte" is itself the next byte.
pub fn growing() -> Vec<u8> {
    let [catalog, pages, page, content] = [1, 2, 3, 4].map(Ref::new);
    let mut pdf = Pdf::new();
    pdf.catalog(catalog).pages(pages);
    pdf.pages(pages).kids([page]).count(1);
    let page_at = Rect::new(0.0, 0.0, 100.0, 100.0);
    pdf.page(page).parent(pages).media_box(page_at).contents(content);
    // Then the end mark of each decoding, which the one before must pass on.
    let steps = [&[129; 1024][..], &[4, 2, 0, 128, 128, 128, 128]].concat();
    let mut stream = pdf.stream(content, &steps);
    stream.insert(Name(b"Filter")).array().items([Name(b"RunLengthDecode"); 4]);
    drop(stream);
    pdf.finish()
}

/// A small PNG whose header claims this size.
pub fn bomb(width: u32, height: u32) -> Vec<u8> {
    let mut png = signature(8, 8);
    png[16..20].copy_from_slice(&width.to_be_bytes());
    png[20..24].copy_from_slice(&height.to_be_bytes());
    let checked = png[12..29].iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            if sum & 1 == 1 { sum >> 1 ^ 0xedb8_8320 } else { sum >> 1 }
        })
    });
    png[29..33].copy_from_slice(&(!checked).to_be_bytes());
    png
}

/// A thumbnail's pixels.
pub fn pixels(jpeg: &[u8]) -> RgbImage {
    image::load_from_memory_with_format(jpeg, ImageFormat::Jpeg).unwrap().to_rgb8()
}

/// A small file that another program made.
pub fn fixture(name: &str) -> Vec<u8> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/uploads/fixtures");
    std::fs::read(std::path::Path::new(folder).join(name)).unwrap()
}

/// A grey JPEG of this size without anything on it, made without being drawn: six bits for
/// each block, which say that it is like the one before.
pub fn flat_jpeg(width: u16, height: u16) -> Vec<u8> {
    let mut jpeg = Vec::new();
    let block = image::GrayImage::from_pixel(8, 8, image::Luma([128]));
    JpegEncoder::new(&mut jpeg).encode_image(&block).unwrap();
    let find = |mark: [u8; 2]| jpeg.windows(2).position(|bytes| bytes == mark).unwrap();
    let (frame, scan) = (find([0xff, 0xc0]), find([0xff, 0xda]));
    jpeg[frame + 5..frame + 7].copy_from_slice(&height.to_be_bytes());
    jpeg[frame + 7..frame + 9].copy_from_slice(&width.to_be_bytes());
    let head = scan + 2 + usize::from(jpeg[scan + 3]);
    jpeg.truncate(head);
    let blocks = usize::from(width.div_ceil(8)) * usize::from(height.div_ceil(8));
    jpeg.extend([0x28, 0xa2, 0x8a].repeat(blocks.div_ceil(4)));
    jpeg.extend([0xff, 0xd9]);
    jpeg
}

/// A PNG, red above and blue below.
pub fn long_screenshot(width: u32, height: u32) -> Vec<u8> {
    let picture = RgbImage::from_fn(width, height, |_, y| {
        if y < height / 2 { Rgb([255, 0, 0]) } else { Rgb([0, 0, 255]) }
    });
    let mut png = Vec::new();
    picture.write_to(&mut Cursor::new(&mut png), ImageFormat::Png).unwrap();
    png
}

/// A ZIP archive with these parts, whose content does not matter.
pub fn zipped(names: &[&str]) -> Vec<u8> {
    let mut zip = Vec::new();
    let mut archive = rawzip::ZipArchiveWriter::new(&mut zip);
    for name in names {
        let (mut entry, config) = archive.new_file(name).start().unwrap();
        let mut writer = config.wrap(&mut entry);
        std::io::Write::write_all(&mut writer, b"<xml/>").unwrap();
        let (_, descriptor) = writer.finish().unwrap();
        entry.finish(descriptor).unwrap();
    }
    archive.finish().unwrap();
    zip
}
