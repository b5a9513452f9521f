//! A JPEG, decoded at the smallest of the scales 1, 1/2, 1/4 and 1/8 that is enough for a
//! thumbnail.
//!
//! Its end mark is not asked for, but its rows are. A decoder cannot tell: it fills missing
//! rows with zeros. So something is put after the last byte that no decoder can take for
//! rows: bits that are all ones, a code that every table of codes leaves free (ISO 10918-1,
//! C.2). Whoever needs one more row fails on it.

use std::io::Read as _;

use image::metadata::Orientation;
use image::{DynamicImage, GrayImage, RgbImage};
use jpeg_decoder::{CodingProcess, Decoder, Error, PixelFormat};

use super::super::{THUMBNAIL, UploadRefused};
use super::{MAX_MEMORY, Read, require_size};

/// The decoder reads some bytes ahead, and a code has at most two.
const ONES: usize = 64;

pub(super) fn read(bytes: &[u8]) -> Result<Read, UploadRefused> {
    let mut after: Vec<u8> = [0xff, 0x00].repeat(ONES);
    after.extend([0xff, 0xd9]);
    let mut decoder = Decoder::new(whole(bytes).chain(&*after));
    decoder.read_info().map_err(refusal)?;
    let info = decoder.info().ok_or(UploadRefused::Broken)?;
    let (width, height) = (u32::from(info.width), u32::from(info.height));
    require_size(width, height)?;
    let whole_in_memory = match info.coding_process {
        CodingProcess::DctSequential => 0,
        // Each pass over it changes all of it.
        CodingProcess::DctProgressive | CodingProcess::Lossless => {
            u64::from(width) * u64::from(height) * info.pixel_format.pixel_bytes() as u64
        }
    };
    if whole_in_memory > MAX_MEMORY {
        return Err(UploadRefused::TooLarge);
    }
    let side = u16::try_from(THUMBNAIL).unwrap_or(u16::MAX);
    let (small_width, small_height) = decoder.scale(side, side).map_err(refusal)?;
    let pixels = decoder.decode().map_err(refusal)?;
    let (small_width, small_height) = (u32::from(small_width), u32::from(small_height));
    let rgb = |pixels| RgbImage::from_raw(small_width, small_height, pixels).map(Into::into);
    let small: Option<DynamicImage> = match info.pixel_format {
        PixelFormat::RGB24 => rgb(pixels),
        PixelFormat::L8 => {
            GrayImage::from_raw(small_width, small_height, pixels).map(DynamicImage::from)
        }
        PixelFormat::CMYK32 => {
            rgb(pixels.as_chunks().0.iter().copied().flat_map(of_inks).collect())
        }
        // Lossless pictures of medical devices, in native byte order.
        PixelFormat::L16 => {
            let bright = pixels.as_chunks().0.iter().map(|grey| u16::from_ne_bytes(*grey) >> 8);
            let bright = bright.map(|grey| u8::try_from(grey).unwrap_or(u8::MAX)).collect();
            GrayImage::from_raw(small_width, small_height, bright).map(DynamicImage::from)
        }
    };
    let orientation = decoder.exif_data().and_then(Orientation::from_exif_chunk);
    Ok(Read {
        small: small.ok_or(UploadRefused::Broken)?,
        width,
        height,
        orientation: orientation.unwrap_or(Orientation::NoTransforms),
    })
}

/// What is printed with these four inks, as light.
fn of_inks([cyan, magenta, yellow, black]: [u8; 4]) -> [u8; 3] {
    [cyan, magenta, yellow].map(|ink| {
        let light = u16::from(255 - ink) * u16::from(255 - black) / 255;
        u8::try_from(light).unwrap_or(u8::MAX)
    })
}

fn refusal(error: Error) -> UploadRefused {
    tracing::debug!(%error, "a JPEG could not be decoded");
    UploadRefused::Broken
}

/// The picture up to its end mark, if it has one. What phones append (a second picture, a
/// film) is no part of it.
fn whole(jpeg: &[u8]) -> &[u8] {
    let mut at = 2;
    // From marker to marker: segments with a length are skipped. In the entropy-coded data
    // the byte 0xff is never followed by the code of another marker.
    while let Some(found) = jpeg.get(at..).and_then(|rest| rest.iter().position(|b| *b == 0xff)) {
        at += found;
        at += match &jpeg[at..] {
            [_, 0xd9, ..] => return &jpeg[..at],
            [_, 0xff, ..] => 1,
            [_, 0x00 | 0x01 | 0xd0..=0xd7, ..] => 2,
            [_, _, high, low, ..] => 2 + usize::from(u16::from_be_bytes([*high, *low])),
            _ => break,
        };
    }
    // Half an end mark would join with what comes after it.
    let end = jpeg.iter().rposition(|byte| *byte != 0xff).map_or(0, |last| last + 1);
    &jpeg[..end]
}
