//! Marks on a sheet, as SVG. Black by default: a thermal head prints no grey.

use std::fmt::{Display, Write as _};

/// Dots per millimetre of a usual thermal head (203 dpi). One unit of the
/// drawing is one dot, so that rules and QR modules fall on whole dots.
pub const DOTS_PER_MM: u32 = 8;

const FAMILIES: &str = "Noto Sans CJK SC,Noto Sans SC,Source Han Sans SC,Source Han Sans CN,\
    Source Han Sans,PingFang SC,Microsoft YaHei,WenQuanYi Zen Hei,WenQuanYi Micro Hei,sans-serif";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    Plain,
    Bold,
}

/// Which point of a text its `x` refers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    Left,
    Middle,
    Right,
}

/// Type size, weight and text.
pub type Run<'a> = (u32, Weight, &'a str);

/// A sheet that is filled from the top; `y` is where the next mark goes.
pub struct Sheet {
    pub width: u32,
    /// Dots left free on each side.
    pub margin: u32,
    pub y: u32,
    marks: String,
}

impl Sheet {
    pub fn new(width: u32, margin: u32) -> Self {
        Self { width, margin, y: 0, marks: String::new() }
    }

    /// Dots between the margins.
    pub fn available_width(&self) -> u32 {
        self.width - 2 * self.margin
    }

    /// The `x` of the right margin.
    pub fn right(&self) -> u32 {
        self.width - self.margin
    }

    /// Leaves `dots` free.
    pub fn skip(&mut self, dots: u32) {
        self.y += dots;
    }

    /// Writes runs on one base line, `gap` dots apart.
    pub fn runs(&mut self, x: u32, base: u32, from: Anchor, gap: u32, runs: &[Run<'_>]) {
        let anchor = match from {
            Anchor::Left => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::Right => " text-anchor=\"end\"",
        };
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
        self.runs(x, base, Anchor::Left, 0, &[run]);
    }

    /// Writes one run with `spacing` more dots after each letter.
    pub fn spaced(&mut self, x: u32, base: u32, from: Anchor, spacing: u32, run: Run<'_>) {
        self.put(format_args!("<g letter-spacing=\"{spacing}\">"));
        self.runs(x, base, from, 0, &[run]);
        self.put("</g>");
    }

    /// A row of text at the left margin, below the previous mark.
    pub fn row(&mut self, run: Run<'_>, leading: u32) {
        self.y += leading;
        let base = self.y - leading / 4;
        self.text(self.margin, base, run);
    }

    /// A rule from margin to margin, below the previous mark.
    pub fn rule(&mut self, thick: u32) {
        let (x, y, available_width) = (self.margin, self.y, self.available_width());
        self.block(x, y, available_width, thick);
        self.y += thick;
    }

    /// A filled rectangle.
    pub fn block(&mut self, x: u32, y: u32, width: u32, height: u32) {
        self.put(format_args!("<path d=\"M{x} {y}h{width}v{height}h-{width}z\"/>"));
    }

    /// An empty frame; `width` and `height` are of its outer edges.
    pub fn frame(&mut self, x: u32, y: u32, width: u32, height: u32, thick: u32) {
        let (across, down) = (width - 2 * thick, height - 2 * thick);
        self.put(format_args!(
            "<path d=\"M{x} {y}h{width}v{height}h-{width}z\
             m{thick} {thick}v{down}h{across}v-{down}z\"/>"
        ));
    }

    /// An empty box to tick; `side` is its outer edge.
    pub fn tick_box(&mut self, x: u32, y: u32, side: u32) {
        self.frame(x, y, side, side, 2);
    }

    /// A tick of the size of a box.
    pub fn tick(&mut self, x: u32, y: u32, side: u32) {
        let at = |share: u32| side * share / 20;
        let (x1, y1) = (x + at(2), y + at(11));
        let (x2, y2) = (x + at(8), y + at(17));
        let (x3, y3) = (x + at(19), y + at(3));
        let thick = at(3).max(2);
        self.put(format_args!(
            "<path d=\"M{x1} {y1}L{x2} {y2}L{x3} {y3}\" fill=\"none\" stroke=\"#000\" \
             stroke-width=\"{thick}\" shape-rendering=\"auto\"/>"
        ));
    }

    /// A picture inside a box, uncropped and centred. `png` must be a data URI;
    /// anything else is left out, so that no drawing refers to anything outside
    /// itself.
    pub fn picture(&mut self, x: u32, y: u32, width: u32, height: u32, png: &str) {
        let base64 = |c: u8| c.is_ascii_alphanumeric() || matches!(c, b'+' | b'/' | b'=');
        if png.strip_prefix("data:image/png;base64,").is_some_and(|data| data.bytes().all(base64)) {
            self.put(format_args!(
                "<image x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" href=\"{png}\"/>"
            ));
        }
    }

    /// What `draw` draws, in a group with these attributes. They are constants,
    /// never user input.
    pub fn within(&mut self, attributes: &'static str, draw: impl FnOnce(&mut Self)) {
        self.put(format_args!("<g {attributes}>"));
        draw(self);
        self.put("</g>");
    }

    /// White text on black that ends at `right`, on the base line `base`.
    /// Returns its width in dots.
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
    pub fn tear_line(&mut self) {
        let dashes = self.width / 16;
        let y = self.y;
        let path: String = (0..dashes).fold(String::new(), |mut path, dash| {
            let _ = write!(path, "M{} {y}h8v2h-8z", dash * 16 + 4);
            path
        });
        self.put(format_args!("<path d=\"{path}\"/>"));
        self.y += 2;
    }

    /// A path on a grid of its own, `scale` dots per unit.
    pub fn drawing(&mut self, x: u32, y: u32, scale: u32, path: &str) {
        self.put(format_args!(
            "<path transform=\"translate({x} {y}) scale({scale})\" d=\"{path}\"/>"
        ));
    }

    /// The height in dots, rounded up to whole millimetres.
    pub fn height(&self) -> u32 {
        self.y.next_multiple_of(DOTS_PER_MM)
    }

    /// The SVG document. Screen readers say `name`.
    pub fn finish(self, name: &str) -> String {
        let height = self.height();
        self.finish_page(name, height)
    }

    /// The SVG document, exactly `height` dots high.
    pub fn finish_page(self, name: &str, height: u32) -> String {
        let (width, name) = (self.width, escape(name));
        let (wide, high) = (width / DOTS_PER_MM, height / DOTS_PER_MM);
        let marks = self.marks;
        // Modules of a QR code must not be smoothed.
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

/// Escapes text for XML, and leaves out characters that XML does not allow.
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
