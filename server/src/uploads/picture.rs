//! Inspecting a JPEG or PNG: it is decoded completely, and turned into an upright
//! thumbnail.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::metadata::Orientation;
use image::{
    DynamicImage, ImageDecoder as _, ImageError, ImageFormat, ImageReader, Limits, RgbImage,
};

use super::{FileKind, Inspected, THUMBNAIL, UploadRefused};

/// The longest side that is decoded, in pixels: an A3 sheet scanned at 600 dpi has 9,921.
const MAX_SIDE: u32 = 16_384;

/// The memory a decoded picture may take, in bytes: 64 million pixels in colour, more than
/// almost any phone produces.
const MAX_MEMORY: u64 = 3 * 64 * 1024 * 1024;

/// JPEG quality, of 100; a thumbnail then has about 15 KB.
const QUALITY: u8 = 80;

pub(super) fn inspect(kind: FileKind, bytes: &[u8]) -> Result<Inspected, UploadRefused> {
    let format = if kind == FileKind::Png { ImageFormat::Png } else { ImageFormat::Jpeg };
    if format == ImageFormat::Jpeg && !is_complete(bytes) {
        return Err(UploadRefused::Broken);
    }
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    limits.max_alloc = Some(MAX_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(refusal)?;
    if decoder.total_bytes() > MAX_MEMORY {
        return Err(UploadRefused::TooLarge);
    }
    // A camera that is turned only notes its orientation; the picture is not rotated.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let picture = DynamicImage::from_decoder(decoder).map_err(refusal)?;
    let (mut width, mut height) = (picture.width(), picture.height());
    let mut small = if width.max(height) > THUMBNAIL {
        picture.thumbnail(THUMBNAIL, THUMBNAIL)
    } else {
        picture
    };
    small.apply_orientation(orientation);
    if matches!(
        orientation,
        Orientation::Rotate90
            | Orientation::Rotate270
            | Orientation::Rotate90FlipH
            | Orientation::Rotate270FlipH
    ) {
        (width, height) = (height, width);
    }
    let thumbnail = jpeg(&on_white(&small)).map_err(refusal)?;
    Ok(Inspected { thumbnail, size: Some((width, height)), pages: None })
}

fn refusal(error: ImageError) -> UploadRefused {
    match error {
        ImageError::Limits(_) => UploadRefused::TooLarge,
        _ => UploadRefused::Broken,
    }
}

/// A picture on white instead of a transparent background, as signatures have.
fn on_white(picture: &DynamicImage) -> RgbImage {
    let picture = picture.to_rgba8();
    RgbImage::from_fn(picture.width(), picture.height(), |x, y| {
        let [colour @ .., opaque] = picture.get_pixel(x, y).0;
        colour
            .map(|light| {
                let mixed = u16::from(light) * u16::from(opaque) + 255 * u16::from(255 - opaque);
                u8::try_from(mixed / 255).unwrap_or(u8::MAX)
            })
            .into()
    })
}

/// Encodes a thumbnail.
pub(super) fn jpeg(picture: &RgbImage) -> Result<Vec<u8>, ImageError> {
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, QUALITY).encode_image(picture)?;
    Ok(jpeg)
}

/// Whether a JPEG has its end marker. The decoder paints missing parts grey and reports no
/// error. Phones append data after the end, which is accepted.
fn is_complete(jpeg: &[u8]) -> bool {
    let mut rest = jpeg.get(2..).unwrap_or_default();
    // From marker to marker: segments with a length are skipped. In the entropy-coded data
    // the byte 0xff is never followed by the code of another marker.
    while let Some(found) = rest.iter().position(|byte| *byte == 0xff) {
        let skip = match &rest[found..] {
            [_, 0xd9, ..] => return true,
            [_, 0xff, ..] => 1,
            [_, 0x00 | 0x01 | 0xd0..=0xd7, ..] => 2,
            [_, _, high, low, ..] => 2 + usize::from(u16::from_be_bytes([*high, *low])),
            _ => return false,
        };
        rest = rest.get(found + skip..).unwrap_or_default();
    }
    false
}
