//! Type sizes and spaces of the narrow layouts.

use super::canvas::Sheet;
use super::dots;

/// Type sizes and spaces for one paper width, in dots.
pub struct Sizes {
    pub dots: u32,
    pub margin: u32,
    pub gap: u32,
    pub hall: u32,
    pub number: u32,
    pub matter: u32,
    pub value: u32,
    pub item: u32,
    pub label: u32,
    /// The translation.
    pub translation: u32,
    /// The largest side of a QR code, without its quiet zone.
    pub code: u32,
    /// The most rows of the list of materials.
    pub rows: usize,
}

impl Sizes {
    pub const fn of(paper_mm: u16) -> Self {
        let dots = dots(paper_mm);
        if dots < 500 {
            Self {
                dots,
                margin: 8,
                gap: 16,
                hall: 26,
                number: 150,
                matter: 31,
                value: 32,
                item: 25,
                label: 20,
                translation: 18,
                code: 180,
                rows: 12,
            }
        } else {
            Self {
                dots,
                margin: 12,
                gap: 20,
                hall: 32,
                number: 220,
                matter: 40,
                value: 44,
                item: 29,
                label: 24,
                translation: 22,
                code: 212,
                rows: 14,
            }
        }
    }

    pub const fn available_width(&self) -> u32 {
        self.dots - 2 * self.margin
    }

    pub fn sheet(&self) -> Sheet {
        Sheet::new(self.dots, self.margin)
    }
}

/// The line height of a type size.
pub const fn leading(size: u32) -> u32 {
    size * 4 / 3
}
