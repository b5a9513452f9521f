//! Looking at a JPEG or PNG: it is decoded whole, upright, and made small.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::metadata::Orientation;
use image::{
    DynamicImage, ImageDecoder as _, ImageError, ImageFormat, ImageReader, Limits, RgbImage,
};

use super::{FileKind, FileRefused, Seen, THUMBNAIL};

/// The longest side that is looked at, in dots: an A3 sheet scanned with 600 a
/// inch has 9,921.
const LONGEST: u32 = 16_384;

/// What a picture may take in memory, in bytes: 64 million dots in colour, more
/// than nearly all phones make.
const MOST_MEMORY: u64 = 3 * 64 * 1024 * 1024;

/// Of 100; a thumbnail is then some 15 KB.
const QUALITY: u8 = 80;

pub(super) fn look(kind: FileKind, bytes: &[u8]) -> Result<Seen, FileRefused> {
    let format = if kind == FileKind::Png { ImageFormat::Png } else { ImageFormat::Jpeg };
    if format == ImageFormat::Jpeg && !is_whole(bytes) {
        return Err(FileRefused::Broken);
    }
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST);
    limits.max_image_height = Some(LONGEST);
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(refused)?;
    if decoder.total_bytes() > MOST_MEMORY {
        return Err(FileRefused::TooLarge);
    }
    // A camera that is turned says so, and leaves the turning to others.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let picture = DynamicImage::from_decoder(decoder).map_err(refused)?;
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
    let thumbnail = jpeg(&on_paper(&small)).map_err(refused)?;
    Ok(Seen { thumbnail, size: Some((width, height)), pages: None })
}

fn refused(error: ImageError) -> FileRefused {
    match error {
        ImageError::Limits(_) => FileRefused::TooLarge,
        _ => FileRefused::Broken,
    }
}

/// A picture on white, where it lets something through: a signature is often
/// drawn on nothing.
fn on_paper(picture: &DynamicImage) -> RgbImage {
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

/// A picture as a thumbnail is kept.
pub(super) fn jpeg(picture: &RgbImage) -> Result<Vec<u8>, ImageError> {
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, QUALITY).encode_image(picture)?;
    Ok(jpeg)
}

/// Whether a JPEG goes to its own end. The decoder would paint what is missing
/// grey and be content. Phones put more behind the end; that is theirs.
fn is_whole(jpeg: &[u8]) -> bool {
    let mut rest = jpeg.get(2..).unwrap_or_default();
    // From mark to mark: over the lengths of what has one, and over the picture
    // itself, in which such a byte is never followed by a mark of another kind.
    while let Some(found) = rest.iter().position(|byte| *byte == 0xff) {
        let over = match &rest[found..] {
            [_, 0xd9, ..] => return true,
            [_, 0xff, ..] => 1,
            [_, 0x00 | 0x01 | 0xd0..=0xd7, ..] => 2,
            [_, _, high, low, ..] => 2 + usize::from(u16::from_be_bytes([*high, *low])),
            _ => return false,
        };
        rest = rest.get(found + over..).unwrap_or_default();
    }
    false
}
