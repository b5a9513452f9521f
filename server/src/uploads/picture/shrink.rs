//! Rows of pixels into a thumbnail: each of its pixels is the mean of those it stands for.

use image::{Rgb, RgbImage};

use super::super::THUMBNAIL;

/// A thumbnail on its way, of a picture whose pixels come in any order.
pub(super) struct Shrinking {
    width: u32,
    height: u32,
    small: (u32, u32),
    /// For each pixel of the thumbnail the sums of its three colours, and how many they are.
    sums: Vec<[u64; 4]>,
    /// The column of the thumbnail for each of the picture.
    columns: Vec<u32>,
}

impl Shrinking {
    pub(super) fn new(width: u32, height: u32) -> Self {
        let longer = width.max(height);
        let shrunk = |side: u32| {
            let side = u64::from(side) * u64::from(THUMBNAIL) / u64::from(longer);
            u32::try_from(side).unwrap_or(THUMBNAIL).max(1)
        };
        let small =
            if longer > THUMBNAIL { (shrunk(width), shrunk(height)) } else { (width, height) };
        let columns = (0..width).map(|x| scaled(x, small.0, width)).collect();
        let sums = vec![[0; 4]; small.0 as usize * small.1 as usize];
        Self { width, height, small, sums, columns }
    }

    /// Adds pixels of row `y`, from column `from` on, `step` columns apart.
    pub(super) fn add(
        &mut self,
        y: u32,
        (from, step): (u32, u32),
        pixels: impl Iterator<Item = [u8; 3]>,
    ) {
        let row = scaled(y.min(self.height - 1), self.small.1, self.height) * self.small.0;
        let columns = self.columns[(from.min(self.width)) as usize..].iter();
        for (column, pixel) in columns.step_by(step as usize).zip(pixels) {
            let sum = &mut self.sums[(row + column) as usize];
            for (sum, light) in sum.iter_mut().zip(pixel) {
                *sum += u64::from(light);
            }
            sum[3] += 1;
        }
    }

    pub(super) fn finish(self) -> RgbImage {
        RgbImage::from_fn(self.small.0, self.small.1, |x, y| {
            let [colours @ .., count] = self.sums[(y * self.small.0 + x) as usize];
            Rgb(colours.map(|sum| u8::try_from(sum / count.max(1)).unwrap_or(u8::MAX)))
        })
    }
}

fn scaled(at: u32, small: u32, large: u32) -> u32 {
    u32::try_from(u64::from(at) * u64::from(small) / u64::from(large)).unwrap_or_default()
}

/// A pixel on white instead of a transparent ground, as signatures have.
pub(super) fn on_white([colour @ .., opaque]: [u8; 4]) -> [u8; 3] {
    colour.map(|light| {
        let mixed = u16::from(light) * u16::from(opaque) + 255 * u16::from(255 - opaque);
        u8::try_from(mixed / 255).unwrap_or(u8::MAX)
    })
}
