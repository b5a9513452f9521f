//! A PNG, row by row. Its end mark is not asked for: when all rows are there, it is whole.

use std::io::Cursor;

use image::metadata::Orientation;
use png::{ColorType, Decoder, DecodingError, Limits, Transformations};

use super::super::UploadRefused;
use super::shrink::{Shrinking, on_white};
use super::{Read, require_size};

/// The memory of the decoder, in bytes: two rows of a picture, and a piece of it.
const MEMORY: usize = 64 * 1024 * 1024;

/// The first column and row of each pass of an interlaced picture, and the steps between.
const PASSES: [[u32; 4]; 7] = [
    [0, 0, 8, 8],
    [4, 0, 8, 8],
    [0, 4, 4, 8],
    [2, 0, 4, 4],
    [0, 2, 2, 4],
    [1, 0, 2, 2],
    [0, 1, 1, 2],
];

pub(super) fn read(bytes: &[u8]) -> Result<Read, UploadRefused> {
    let mut decoder = Decoder::new_with_limits(Cursor::new(bytes), Limits { bytes: MEMORY });
    decoder.set_transformations(Transformations::normalize_to_color8());
    decoder.set_ignore_text_chunk(true);
    decoder.set_ignore_iccp_chunk(true);
    let size = decoder.read_header_info().map_err(refusal)?.size();
    require_size(size.0, size.1)?;
    let mut reader = decoder.read_info().map_err(refusal)?;
    let (colour, _) = reader.output_color_type();
    let info = reader.info();
    let (width, height) = info.size();
    let exif = info.exif_metadata.as_deref().and_then(Orientation::from_exif_chunk);
    let passes: &[_] = if info.interlaced { &PASSES } else { &[[0, 0, 1, 1]] };
    let mut shrinking = Shrinking::new(width, height);
    // A pass without columns has no rows.
    for [left, top, across, down] in passes.iter().filter(|[left, ..]| *left < width) {
        for y in (*top..height).step_by(*down as usize) {
            let row = reader.next_row().map_err(refusal)?.ok_or(UploadRefused::Broken)?;
            let (row, columns) = (row.data(), (*left, *across));
            match colour {
                ColorType::Grayscale => {
                    shrinking.add(y, columns, row.iter().map(|grey| [*grey; 3]));
                }
                ColorType::GrayscaleAlpha => {
                    let pixels = row.as_chunks().0.iter();
                    let pixels = pixels.map(|[grey, opaque]| [*grey, *grey, *grey, *opaque]);
                    shrinking.add(y, columns, pixels.map(on_white));
                }
                ColorType::Rgb => shrinking.add(y, columns, row.as_chunks().0.iter().copied()),
                ColorType::Rgba => {
                    shrinking.add(y, columns, row.as_chunks().0.iter().copied().map(on_white));
                }
                ColorType::Indexed => return Err(UploadRefused::Broken),
            }
        }
    }
    let orientation = exif.unwrap_or(Orientation::NoTransforms);
    Ok(Read { small: shrinking.finish().into(), width, height, orientation })
}

fn refusal(error: DecodingError) -> UploadRefused {
    match error {
        DecodingError::LimitsExceeded => UploadRefused::TooLarge,
        _ => UploadRefused::Broken,
    }
}
