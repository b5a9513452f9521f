//! Marks on a sheet, as SVG. Black only: a thermal head knows no grey.

use std::fmt::{Display, Write as _};

/// Dots to a millimetre of the usual thermal head (203 dpi). One unit of the
/// drawing is one dot, so that rules and QR modules fall on whole dots.
pub const DOTS_PER_MM: u32 = 8;

const FAMILIES: &str = "Noto Sans CJK SC,Noto Sans SC,Source Han Sans SC,Source Han Sans CN,\
    Source Han Sans,PingFang SC,Microsoft YaHei,WenQuanYi Zen Hei,WenQuanYi Micro Hei,sans-serif";

/// How heavy the letters are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    Plain,
    Bold,
}

/// Which end of a text its place names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum From {
    Left,
    Right,
}

/// A run of letters of one size and weight.
pub type Run<'a> = (u32, Weight, &'a str);

/// A sheet being filled from above; `y` is where the next thing goes.
pub struct Sheet {
    /// Dots across.
    pub width: u32,
    /// Dots left free at either side.
    pub margin: u32,
    /// Dots from the top to what comes next.
    pub y: u32,
    marks: String,
}

impl Sheet {
    pub fn new(width: u32, margin: u32) -> Self {
        Self { width, margin, y: 0, marks: String::new() }
    }

    /// Dots between the margins.
    pub fn room(&self) -> u32 {
        self.width - 2 * self.margin
    }

    /// The right margin.
    pub fn right(&self) -> u32 {
        self.width - self.margin
    }

    /// Leaves `dots` free.
    pub fn skip(&mut self, dots: u32) {
        self.y += dots;
    }

    /// Writes runs on one base line, each `gap` after the one before.
    pub fn runs(&mut self, x: u32, base: u32, from: From, gap: u32, runs: &[Run<'_>]) {
        let anchor = if from == From::Right { " text-anchor=\"end\"" } else { "" };
        self.put(format_args!("<text x=\"{x}\" y=\"{base}\"{anchor}>"));
        for (place, (size, weight, text)) in runs.iter().enumerate() {
            let dx = if place == 0 { String::new() } else { format!(" dx=\"{gap}\"") };
            let bold = if *weight == Weight::Bold { " font-weight=\"700\"" } else { "" };
            let text = escape(text);
            self.put(format_args!("<tspan{dx} font-size=\"{size}\"{bold}>{text}</tspan>"));
        }
        self.put("</text>");
    }

    /// Writes one run.
    pub fn text(&mut self, x: u32, base: u32, run: Run<'_>) {
        self.runs(x, base, From::Left, 0, &[run]);
    }

    /// A row of text at the left margin, below what is there.
    pub fn row(&mut self, run: Run<'_>, leading: u32) {
        self.y += leading;
        let base = self.y - leading / 4;
        self.text(self.margin, base, run);
    }

    /// A rule from margin to margin, below what is there.
    pub fn rule(&mut self, thick: u32) {
        let (x, y, room) = (self.margin, self.y, self.room());
        self.block(x, y, room, thick);
        self.y += thick;
    }

    /// A filled rectangle.
    pub fn block(&mut self, x: u32, y: u32, width: u32, height: u32) {
        self.put(format_args!("<path d=\"M{x} {y}h{width}v{height}h-{width}z\"/>"));
    }

    /// An empty box to tick, its outer edge `side` long.
    pub fn tick_box(&mut self, x: u32, y: u32, side: u32) {
        let inner = side - 4;
        self.put(format_args!(
            "<path d=\"M{x} {y}h{side}v{side}h-{side}zm2 2v{inner}h{inner}v-{inner}z\"/>"
        ));
    }

    /// White letters on black, ending at `right`, standing on the base line
    /// `base`. Returns the dots across.
    pub fn stamp(&mut self, right: u32, base: u32, size: u32, text: &str) -> u32 {
        let width = super::measure::width(text, size) + size * 2 / 3;
        let (left, top) = (right - width, base - size - size / 6);
        self.block(left, top, width, size + size / 2);
        let middle = left + width / 2;
        let text = escape(text);
        self.put(format_args!(
            "<text x=\"{middle}\" y=\"{base}\" font-size=\"{size}\" font-weight=\"700\" \
             text-anchor=\"middle\" fill=\"#fff\">{text}</text>"
        ));
        width
    }

    /// The line to tear along: dashes from edge to edge.
    pub fn tear(&mut self) {
        let dashes = self.width / 16;
        let y = self.y;
        let path: String = (0..dashes).fold(String::new(), |mut path, dash| {
            let _ = write!(path, "M{} {y}h8v2h-8z", dash * 16 + 4);
            path
        });
        self.put(format_args!("<path d=\"{path}\"/>"));
        self.y += 2;
    }

    /// A path on a grid of its own, `scale` dots to a step.
    pub fn drawing(&mut self, x: u32, y: u32, scale: u32, path: &str) {
        self.put(format_args!(
            "<path transform=\"translate({x} {y}) scale({scale})\" d=\"{path}\"/>"
        ));
    }

    /// Dots down, whole millimetres.
    pub fn height(&self) -> u32 {
        self.y.next_multiple_of(DOTS_PER_MM)
    }

    /// The document. `name` is what a screen reader says.
    pub fn finish(self, name: &str) -> String {
        let (width, height, name) = (self.width, self.height(), escape(name));
        let (wide, high) = (width / DOTS_PER_MM, height / DOTS_PER_MM);
        let marks = self.marks;
        // Modules of a QR code must not be smoothed into each other.
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{wide}mm\" height=\"{high}mm\" \
             viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"{name}\" \
             font-family=\"{FAMILIES}\" fill=\"#000\">\
             <path fill=\"#fff\" d=\"M0 0h{width}v{height}H0z\"/>\
             <g shape-rendering=\"crispEdges\">{marks}</g></svg>"
        )
    }

    fn put(&mut self, what: impl Display) {
        // Writing to a string cannot fail.
        let _ = write!(self.marks, "{what}");
    }
}

/// Text as XML holds it; what no XML may hold is left out.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_leave_its_element() {
        assert_eq!(escape("<script>\"&'\u{0}\u{b}\u{ffff}号"), "&lt;script&gt;&quot;&amp;'号");
    }
}
