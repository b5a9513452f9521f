//! Inspecting a picture: all of it is read, and made into an upright thumbnail. A picture of
//! a hundred million pixels is never in memory as a whole.
//!
//! - [`jpeg`]: decoded at an eighth of its size
//! - [`png`]: row by row
//! - [`shrink`]: rows into a thumbnail

mod jpeg;
mod png;
mod shrink;

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder as _, ImageError, ImageFormat, ImageReader, RgbImage};

use super::{FileKind, Inspected, THUMBNAIL, UploadRefused};

/// The most pixels that are read: a phone's 200 megapixels and some more. Row by row, or at
/// an eighth of the size, they take little memory, but seconds of a core.
const MAX_PIXELS: u64 = 256 * 1024 * 1024;

/// The memory that a picture may take which must be decoded as a whole, in bytes: 64 million
/// pixels in colour.
const MAX_MEMORY: u64 = 3 * 64 * 1024 * 1024;

/// JPEG quality, of 100; a thumbnail then has about 15 KB.
const QUALITY: u8 = 80;

/// A picture that was read.
struct Read {
    /// Not larger than needed for a thumbnail, or a few times that; on white.
    small: DynamicImage,
    /// As stored.
    width: u32,
    height: u32,
    /// A camera that is turned only notes it; the picture is not rotated.
    orientation: Orientation,
}

pub(super) fn inspect(kind: FileKind, bytes: &[u8]) -> Result<Inspected, UploadRefused> {
    let Read { small, mut width, mut height, orientation } = match kind {
        FileKind::Jpeg => jpeg::read(bytes)?,
        FileKind::Webp => read_webp(bytes)?,
        _ => png::read(bytes)?,
    };
    let mut small = if small.width().max(small.height()) > THUMBNAIL {
        small.thumbnail(THUMBNAIL, THUMBNAIL)
    } else {
        small
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
    let thumbnail = encode(&small.to_rgb8()).map_err(refusal)?;
    Ok(Inspected { thumbnail, size: Some((width, height)), pages: None })
}

/// Refuses a picture with no pixels, or too many.
fn require_size(width: u32, height: u32) -> Result<(), UploadRefused> {
    match u64::from(width) * u64::from(height) {
        0 => Err(UploadRefused::Broken),
        1..=MAX_PIXELS => Ok(()),
        _ => Err(UploadRefused::TooLarge),
    }
}

/// The first frame of a WebP, which has at most 16,384 pixels a side.
fn read_webp(bytes: &[u8]) -> Result<Read, UploadRefused> {
    // Its length is in its head, of which a decoder takes little notice.
    let length = bytes.get(4..8).and_then(|length| length.try_into().ok());
    let length = length.map_or(u32::MAX, u32::from_le_bytes);
    if u64::from(length) + 7 > bytes.len() as u64 {
        return Err(UploadRefused::Broken);
    }
    let reader = ImageReader::with_format(Cursor::new(bytes), ImageFormat::WebP);
    let mut decoder = reader.into_decoder().map_err(refusal)?;
    if decoder.total_bytes() > MAX_MEMORY {
        return Err(UploadRefused::TooLarge);
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let picture = DynamicImage::from_decoder(decoder).map_err(refusal)?;
    let (width, height) = (picture.width(), picture.height());
    let small = if width.max(height) > THUMBNAIL {
        picture.thumbnail(THUMBNAIL, THUMBNAIL)
    } else {
        picture
    };
    let small = small.to_rgba8();
    let small = RgbImage::from_fn(small.width(), small.height(), |x, y| {
        shrink::on_white(small.get_pixel(x, y).0).into()
    });
    Ok(Read { small: small.into(), width, height, orientation })
}

fn refusal(error: ImageError) -> UploadRefused {
    match error {
        ImageError::Limits(_) => UploadRefused::TooLarge,
        _ => UploadRefused::Broken,
    }
}

/// Encodes a thumbnail.
pub(super) fn encode(picture: &RgbImage) -> Result<Vec<u8>, ImageError> {
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, QUALITY).encode_image(picture)?;
    Ok(jpeg)
}
