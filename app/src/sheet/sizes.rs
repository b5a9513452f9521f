//! Type sizes and spaces of the narrow layouts.

use super::canvas::Sheet;

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

/// For paper of 58 mm.
const NARROW: Sizes = Sizes {
    dots: 384,
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
};
/// For paper of 80 mm.
const WIDE: Sizes = Sizes {
    dots: 576,
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
};
/// The least side of a QR code: 41 modules, the most that an address of a slip needs, of four
/// dots, since phones do not read smaller ones from thermal paper.
const LEAST_CODE: u32 = 41 * 4;
/// Fewer dots across are narrow paper.
const WIDE_FROM: u32 = 480;

impl Sizes {
    /// The sizes for a head of so many dots, in the proportions of the nearer paper.
    pub const fn of(dots: u32) -> Self {
        let base = if dots < WIDE_FROM { NARROW } else { WIDE };
        Self {
            dots,
            margin: base.margin * dots / base.dots,
            gap: base.gap * dots / base.dots,
            hall: base.hall * dots / base.dots,
            number: base.number * dots / base.dots,
            matter: base.matter * dots / base.dots,
            value: base.value * dots / base.dots,
            item: base.item * dots / base.dots,
            label: base.label * dots / base.dots,
            translation: base.translation * dots / base.dots,
            code: if base.code * dots / base.dots < LEAST_CODE {
                LEAST_CODE
            } else {
                base.code * dots / base.dots
            },
            rows: base.rows,
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
