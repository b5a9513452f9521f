//! An SVG as the dots of a thermal head: black or not.

use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::{Options, Tree};

use super::fonts::{self, NoChineseFont};

/// Black where less light than this is left. Lighter than the middle, so that
/// the thin strokes of small characters, grey at their edges, stay whole.
const INK_BELOW: u32 = 160;

/// A picture of one bit a dot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bitmap {
    /// Dots across.
    pub width: u32,
    /// Dots down.
    pub height: u32,
    /// Rows from above, each filled up to whole bytes; the left dot is the
    /// highest bit, 1 is black.
    pub bits: Vec<u8>,
}

impl Bitmap {
    /// Bytes of one row.
    pub const fn stride(&self) -> usize {
        self.width.div_ceil(8) as usize
    }

    /// Whether a dot is black; outside the picture nothing is.
    pub fn ink(&self, x: u32, y: u32) -> bool {
        x < self.width
            && self
                .bits
                .get(y as usize * self.stride() + x as usize / 8)
                .is_some_and(|byte| byte & (0x80 >> (x % 8)) != 0)
    }
}

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// See [`fonts::chinese`].
    #[error(transparent)]
    NoChineseFont(#[from] NoChineseFont),
    /// The drawing is no SVG.
    #[error("the drawing cannot be read: {0}")]
    Svg(#[from] resvg::usvg::Error),
    /// No picture has such a size.
    #[error("a picture {0} dots wide and {1} high cannot be made")]
    Size(u32, u32),
}

/// Longer than any slip: 2 m of paper. A drawing beyond that is a mistake.
const MOST_ROWS: u32 = 16_000;

/// Rasters an SVG to `width` dots across.
pub fn raster(svg: &str, width: u32) -> Result<Bitmap, Fault> {
    let options = Options { fontdb: fonts::chinese()?, ..Options::default() };
    let tree = Tree::from_str(svg, &options)?;
    #[allow(clippy::cast_precision_loss)]
    let scale = width as f32 / tree.size().width();
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let height = (tree.size().height() * scale).round() as u32;
    if height > MOST_ROWS {
        return Err(Fault::Size(width, height));
    }
    let mut pixels = Pixmap::new(width, height).ok_or(Fault::Size(width, height))?;
    pixels.fill(Color::WHITE);
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    let stride = width.div_ceil(8) as usize;
    let mut bits = vec![0; stride * height as usize];
    for (place, pixel) in pixels.pixels().iter().enumerate() {
        let (x, y) = (place % width as usize, place / width as usize);
        let light =
            u32::from(pixel.red()) * 3 + u32::from(pixel.green()) * 6 + u32::from(pixel.blue());
        if light / 10 < INK_BELOW {
            bits[y * stride + x / 8] |= 0x80 >> (x % 8);
        }
    }
    Ok(Bitmap { width, height, bits })
}
