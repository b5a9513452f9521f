//! Rastering an SVG to the dots of a thermal print head.

use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::{Options, Tree};

use super::fonts::{self, NoChineseFont};

/// Pixels darker than this become black. It is above the middle, so that the thin strokes of
/// small characters, which are grey at their edges, are not broken.
const BLACK_BELOW: u32 = 160;

/// A picture with one bit per dot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bitmap {
    /// In dots.
    pub width: u32,
    /// In dots.
    pub height: u32,
    /// Rows from top to bottom, each padded to whole bytes. The leftmost dot is the highest
    /// bit; 1 is black.
    pub bits: Vec<u8>,
}

impl Bitmap {
    /// Bytes per row.
    pub const fn stride(&self) -> usize {
        self.width.div_ceil(8) as usize
    }

    /// Whether a dot is black; dots outside the picture are not.
    pub fn is_black(&self, x: u32, y: u32) -> bool {
        x < self.width
            && self
                .bits
                .get(y as usize * self.stride() + x as usize / 8)
                .is_some_and(|byte| byte & (0x80 >> (x % 8)) != 0)
    }
}

/// Why a drawing could not be rastered.
#[derive(Debug, thiserror::Error)]
pub enum RasterError {
    #[error(transparent)]
    NoChineseFont(#[from] NoChineseFont),
    #[error("the drawing is not a valid SVG: {0}")]
    Svg(#[from] resvg::usvg::Error),
    #[error("a picture of {0} by {1} dots is too large")]
    Size(u32, u32),
}

/// The longest picture: 2 m of paper. A longer one is a mistake.
const MAX_ROWS: u32 = 16_000;

/// Rasters an SVG to `width` dots across.
pub fn raster(svg: &str, width: u32) -> Result<Bitmap, RasterError> {
    let options = Options { fontdb: fonts::chinese()?, ..Options::default() };
    let tree = Tree::from_str(svg, &options)?;
    #[allow(clippy::cast_precision_loss)]
    let scale = width as f32 / tree.size().width();
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let height = (tree.size().height() * scale).round() as u32;
    if height > MAX_ROWS {
        return Err(RasterError::Size(width, height));
    }
    let mut pixels = Pixmap::new(width, height).ok_or(RasterError::Size(width, height))?;
    pixels.fill(Color::WHITE);
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    let stride = width.div_ceil(8) as usize;
    let mut bits = vec![0; stride * height as usize];
    for (place, pixel) in pixels.pixels().iter().enumerate() {
        let (x, y) = (place % width as usize, place / width as usize);
        let luminance =
            u32::from(pixel.red()) * 3 + u32::from(pixel.green()) * 6 + u32::from(pixel.blue());
        if luminance / 10 < BLACK_BELOW {
            bits[y * stride + x / 8] |= 0x80 >> (x % 8);
        }
    }
    Ok(Bitmap { width, height, bits })
}
