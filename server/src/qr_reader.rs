//! Reads a QR code from a small picture that a kiosk's camera took of a phone's screen. The
//! page has no reader of its own, so that it stays small.

use rqrr::PreparedImage;

/// The most pixels of a picture: 640 x 480.
pub const MOST_PIXELS: usize = 640 * 480;
/// No code of a hall is smaller than this many pixels.
const LEAST_SIDE: usize = 40;

/// The text of the first code that can be read in a picture of grey pixels, a byte each, row by
/// row; `None` if there is none, or if this is no such picture.
pub fn read(width: usize, grey: &[u8]) -> Option<String> {
    let is_picture = width >= LEAST_SIDE
        && grey.len() <= MOST_PIXELS
        && grey.len().is_multiple_of(width)
        && grey.len() / width >= LEAST_SIDE;
    if !is_picture {
        return None;
    }
    let height = grey.len() / width;
    let pixel = |x: usize, y: usize| grey[y * width + x];
    let mut picture = PreparedImage::prepare_from_greyscale(width, height, pixel);
    picture.detect_grids().into_iter().find_map(|code| code.decode().ok()).map(|(_, text)| text)
}

#[cfg(test)]
mod tests {
    use qrcode::{Color, EcLevel, QrCode};

    use super::*;

    /// A phone's screen in a dim hall: grey instead of black and white, unevenly lit, noisy.
    fn picture(text: &str, width: usize, height: usize) -> Vec<u8> {
        let code = QrCode::with_error_correction_level(text, EcLevel::M).unwrap();
        let (side, scale) = (code.width(), 5);
        let (left, top) = ((width - side * scale) / 2, (height - side * scale) / 3);
        let at = |x: usize, y: usize| {
            let (Some(x), Some(y)) = (x.checked_sub(left), y.checked_sub(top)) else {
                return false;
            };
            let (x, y) = (x / scale, y / scale);
            x < side && y < side && code[(x, y)] == Color::Dark
        };
        let pixels = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
        pixels
            .map(|(x, y)| {
                let light = if at(x, y) { 60 } else { 170 };
                let noise = (x * 7 + y * 13) % 23;
                u8::try_from(light + noise + 40 * x / width).unwrap()
            })
            .collect()
    }

    #[test]
    fn a_code_on_a_phone_is_read() {
        let address = "HTTP://192.168.1.20:3000/T/0123456789ABCDEFGHJKMNPQRS";
        assert_eq!(read(480, &picture(address, 480, 360)).as_deref(), Some(address));
    }

    #[test]
    fn what_is_no_picture_of_a_code_is_nothing() {
        assert_eq!(read(480, &vec![120; 480 * 360]), None);
        assert_eq!(read(0, &[]), None);
        assert_eq!(read(480, &[1, 2, 3]), None);
        assert_eq!(read(1, &vec![0; 1000]), None);
        assert_eq!(read(1000, &vec![0; 1000 * 1000]), None, "too large");
        let noise: Vec<u8> = (0..480 * 360)
            .map(|at: u32| u8::try_from(at.wrapping_mul(2_654_435_761) >> 24).unwrap())
            .collect();
        assert_eq!(read(480, &noise), None);
    }
}
