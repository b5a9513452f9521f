//! The print head: it executes commands and blackens paper.

use image::{GrayImage, Luma};
use qrcode::{Color, EcLevel, QrCode};

/// The effect of one command.
pub enum Done {
    Nothing,
    Unknown,
    Cut(GrayImage),
    Receipt([u8; 4]),
    Roll,
}

/// The print head, its paper, and the commands not yet executed.
pub struct Head {
    width: u32,
    waiting: Vec<u8>,
    /// Rows of dots; true is black.
    rows: Vec<Vec<bool>>,
    centred: bool,
    module: usize,
    code: Vec<u8>,
}

impl Head {
    pub fn new(width: u32) -> Self {
        Self { width, waiting: vec![], rows: vec![], centred: false, module: 3, code: vec![] }
    }

    /// Adds received data.
    pub fn push(&mut self, data: &[u8]) {
        self.waiting.extend(data);
    }

    /// Resets the printer, as if it were switched off and on.
    pub fn reset(&mut self) {
        *self = Self::new(self.width);
    }

    /// Executes the next complete command.
    pub fn step(&mut self) -> Option<Done> {
        let (length, done) = self.execute()?;
        self.waiting.drain(..length);
        Some(done)
    }

    fn execute(&mut self) -> Option<(usize, Done)> {
        let byte = |at: usize| self.waiting.get(at).copied();
        let word = |at| Some(usize::from(u16::from_le_bytes([byte(at)?, byte(at + 1)?])));
        let all = |length| (self.waiting.len() >= length).then_some(length);
        match (byte(0)?, byte(1).unwrap_or(b'\0')) {
            (0x1b, b'@') => {
                (self.centred, self.code) = (false, vec![]);
                Some((2, Done::Nothing))
            }
            (0x1b, b'a') => {
                self.centred = byte(2)? == 1;
                Some((3, Done::Nothing))
            }
            (0x1b, b'J') => {
                self.feed(usize::from(byte(2)?));
                Some((3, Done::Nothing))
            }
            (0x1d, b'a') => Some((all(3)?, Done::Nothing)),
            (0x1d, b'r') => Some((all(3)?, Done::Roll)),
            (0x1d, b'v') => {
                let (across, down) = (word(4)?, word(6)?);
                let length = all(8 + across * down)?;
                let dots = self.waiting[8..length].to_vec();
                for row in dots.chunks(across.max(1)) {
                    let bits =
                        row.iter().flat_map(|byte| (0..8).map(move |bit| byte << bit & 0x80 != 0));
                    self.rows.push(bits.collect());
                }
                Some((length, Done::Nothing))
            }
            (0x1d, b'V') => {
                let length = all(if matches!(byte(2)?, 65 | 66) { 4 } else { 3 })?;
                Some((length, Done::Cut(self.slip())))
            }
            (0x1d, b'(') => {
                let length = all(5 + word(3)?)?;
                let what = self.waiting[5..length].to_vec();
                let done = match (byte(2)?, what.as_slice()) {
                    (b'H', [48, 48, a, b, c, d]) => Done::Receipt([*a, *b, *c, *d]),
                    (b'k', [49, what @ ..]) => self.qr(what),
                    _ => Done::Unknown,
                };
                Some((length, done))
            }
            (0x1b | 0x1d, _) if self.waiting.len() < 2 => None,
            _ => Some((1, Done::Unknown)),
        }
    }

    fn feed(&mut self, rows: usize) {
        self.rows.extend(std::iter::repeat_n(vec![], rows));
    }

    fn qr(&mut self, what: &[u8]) -> Done {
        match what {
            [65 | 69, ..] => {}
            [67, module] => self.module = usize::from(*module),
            [80, 48, text @ ..] => self.code = text.to_vec(),
            [81, 48] => {
                let Ok(code) = QrCode::with_error_correction_level(&self.code, EcLevel::M) else {
                    return Done::Unknown;
                };
                let side = code.width() * self.module;
                let free = (self.width as usize).saturating_sub(side);
                let left = if self.centred { free / 2 } else { 0 };
                for y in 0..side {
                    let mut row = vec![false; left];
                    row.extend(
                        (0..side).map(|x| code[(x / self.module, y / self.module)] == Color::Dark),
                    );
                    self.rows.push(row);
                }
            }
            _ => return Done::Unknown,
        }
        Done::Nothing
    }

    /// Cuts the paper: everything printed so far is a slip.
    fn slip(&mut self) -> GrayImage {
        let rows = std::mem::take(&mut self.rows);
        let height = u32::try_from(rows.len()).unwrap_or_default().max(1);
        GrayImage::from_fn(self.width, height, |x, y| {
            let black = rows.get(y as usize).and_then(|row| row.get(x as usize));
            Luma([if black == Some(&true) { 0 } else { 255 }])
        })
    }
}
