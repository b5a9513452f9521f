//! What is said to a printer, in ESC/POS.
//!
//! These few commands are made here and not by the crate `escpos`: its drivers
//! block their thread and hold an `Rc`, its questions of state carry a stray
//! byte, it wants an address of digits where a time limit is set, and it knows
//! no request for a receipt, which is what tells a printed slip from a sent one.

use super::raster::Bitmap;

/// Ask how the printer is: it answers with one byte at once, even when it has
/// stopped. See [`super::replies`] for the bits.
pub const fn ask_state(about: u8) -> [u8; 3] {
    [0x10, 0x04, about]
}

/// The printer as a whole.
pub const ONLINE: u8 = 1;
/// Why it is offline.
pub const CAUSE: u8 = 2;
/// The roll.
pub const ROLL: u8 = 4;

/// Ask for word when all before it has been done, in the two ways printers
/// know: an echo of `mark` (`GS ( H`), and the roll's state, which is answered
/// in turn with the other commands (`GS r`).
pub fn ask_receipt(mark: [u8; 4]) -> Vec<u8> {
    let mut bytes = vec![0x1d, b'(', b'H', 6, 0, 48, 48];
    bytes.extend(mark);
    bytes.extend([0x1d, b'r', 1]);
    bytes
}

/// Rows sent in one picture command: printers hold a few kilobytes.
const BAND: usize = 96;

/// One slip's commands, from reset to cut.
pub struct Job(Vec<u8>);

impl Job {
    /// Resets the printer and forbids it to report on its own, so that what it
    /// sends is an answer.
    pub fn new() -> Self {
        Self(vec![0x1b, b'@', 0x1d, b'a', 0])
    }

    /// A picture, in bands that follow each other without a gap.
    pub fn picture(&mut self, picture: &Bitmap) {
        let stride = picture.stride();
        for band in picture.bits.chunks(stride * BAND) {
            let rows = band.len() / stride;
            self.0.extend([0x1d, b'v', b'0', 0]);
            self.length(stride);
            self.length(rows);
            self.0.extend(harmless(band));
        }
    }

    /// A QR code in the middle of the row, drawn by the printer: model 2,
    /// error correction M.
    pub fn qr(&mut self, text: &str, module: u32) {
        let module = u8::try_from(module).unwrap_or(16).clamp(1, 16);
        self.0.extend([0x1b, b'a', 1]);
        self.code(&[65, 50, 0]);
        self.code(&[67, module]);
        self.code(&[69, 49]);
        let mut store = vec![80, 48];
        store.extend(text.as_bytes());
        self.code(&store);
        self.code(&[81, 48]);
        // Back to the left, and the code's own white below it.
        let white = module.saturating_mul(4);
        self.0.extend([0x1b, b'J', white, 0x1b, b'a', 0]);
    }

    /// Feeds to the knife and cuts all but a corner. Narrow printers are
    /// mostly torn by hand: they feed a little further.
    pub fn cut(mut self, paper: u16) -> Vec<u8> {
        let further = if paper < 70 { 96 } else { 24 };
        self.0.extend([0x1b, b'J', further, 0x1d, b'V', 66, 0]);
        self.0
    }

    fn code(&mut self, what: &[u8]) {
        self.0.extend([0x1d, b'(', b'k']);
        self.length(what.len() + 1);
        self.0.push(49);
        self.0.extend(what);
    }

    fn length(&mut self, length: usize) {
        let [low, high] = u16::try_from(length).unwrap_or(u16::MAX).to_le_bytes();
        self.0.extend([low, high]);
    }
}

/// The dots of a picture without the pairs that a printer would obey in the
/// midst of it (questions of state, recovery, the drawer): it looks for those
/// in everything it hears. One dot more, beside a lone one, breaks the pair.
fn harmless(dots: &[u8]) -> impl Iterator<Item = u8> + '_ {
    dots.iter().enumerate().map(|(place, dot)| match (dot, dots.get(place + 1)) {
        (0x10, Some(0x04 | 0x05 | 0x14)) => 0x18,
        _ => *dot,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_goes_out_in_bands_with_no_row_lost() {
        let picture = Bitmap { width: 20, height: 100, bits: vec![0xff; 300] };
        let mut job = Job::new();
        let head = job.0.len();
        job.picture(&picture);
        let sent = &job.0[head..];
        assert_eq!(sent[..8], [0x1d, b'v', b'0', 0, 3, 0, 96, 0]);
        assert_eq!(sent[8 + 288..8 + 288 + 8], [0x1d, b'v', b'0', 0, 3, 0, 4, 0]);
        assert_eq!(sent.len(), 8 + 288 + 8 + 12);
    }

    #[test]
    fn no_dots_are_a_command() {
        let sent: Vec<u8> = harmless(&[0x10, 0x04, 0x01, 0x10, 0x10, 0x14, 0x10]).collect();
        assert_eq!(sent, [0x18, 0x04, 0x01, 0x10, 0x18, 0x14, 0x10]);
    }
}
