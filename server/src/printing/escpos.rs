//! The ESC/POS commands that are sent to printers.
//!
//! They are built here and not by the crate `escpos`: its drivers block their thread and hold
//! an `Rc`, its status requests contain a stray byte, with a time limit it accepts only numeric
//! addresses, and it has no request for a receipt, which is what tells a printed slip from one
//! that was only sent.

use super::raster::Bitmap;

/// Requests a status. The printer answers at once with one byte, even if it has stopped. See
/// [`super::replies`] for the bits.
pub const fn status_request(about: u8) -> [u8; 3] {
    [0x10, 0x04, about]
}

/// The status of the printer as a whole.
pub const ONLINE: u8 = 1;
/// The cause of being offline.
pub const CAUSE: u8 = 2;
/// The status of the paper roll.
pub const ROLL: u8 = 4;

/// Requests a confirmation that everything before was executed, in the two ways that printers
/// support: an echo of `mark` (`GS ( H`), and the status of the roll, which is answered in the
/// order of the commands (`GS r`).
pub fn receipt_request(mark: [u8; 4]) -> Vec<u8> {
    let mut bytes = vec![0x1d, b'(', b'H', 6, 0, 48, 48];
    bytes.extend(mark);
    bytes.extend([0x1d, b'r', 1]);
    bytes
}

/// Rows per picture command: printers buffer a few kilobytes.
const BAND: usize = 96;

/// The commands of one job, from reset to cut.
pub struct Job(Vec<u8>);

impl Job {
    /// Resets the printer and disables its unsolicited reports, so that everything it sends is
    /// an answer.
    pub fn new() -> Self {
        Self(vec![0x1b, b'@', 0x1d, b'a', 0])
    }

    /// A picture, in bands without gaps between them.
    pub fn picture(&mut self, picture: &Bitmap) {
        let stride = picture.stride();
        for band in picture.bits.chunks(stride * BAND) {
            let rows = band.len() / stride;
            self.0.extend([0x1d, b'v', b'0', 0]);
            self.length(stride);
            self.length(rows);
            self.0.extend(without_commands(band));
        }
    }

    /// A centred QR code drawn by the printer: model 2, error correction level M.
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
        // Align left again, and add the quiet zone below the code.
        let white = module.saturating_mul(4);
        self.0.extend([0x1b, b'J', white, 0x1b, b'a', 0]);
    }

    /// Feeds the paper to the knife and cuts it except for a corner. Paper of narrow printers is
    /// mostly torn off by hand, so they feed a little further.
    pub fn cut(mut self, dots: u32) -> Vec<u8> {
        let further = if dots < 480 { 96 } else { 24 };
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

/// The dots of a picture without byte pairs that are real-time commands (status requests,
/// recovery, cash drawer): printers execute those even within a picture. Setting one more dot
/// beside a lone one breaks the pair.
fn without_commands(dots: &[u8]) -> impl Iterator<Item = u8> + '_ {
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
    fn pictures_contain_no_commands() {
        let sent: Vec<u8> = without_commands(&[0x10, 0x04, 0x01, 0x10, 0x10, 0x14, 0x10]).collect();
        assert_eq!(sent, [0x18, 0x04, 0x01, 0x10, 0x18, 0x14, 0x10]);
    }
}
