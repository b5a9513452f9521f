//! A QR code, as SVG path data and drawn.

use leptos::prelude::*;
use qrcode::{EcLevel, QrCode};

/// Modules of white around a code, without which readers miss its edge.
const QUIET: usize = 4;

/// The code of `text` with room around it, to be sized by `class` or by what it
/// stands in; nothing where the text is too long for any code.
pub fn drawing(text: &str, class: &'static str) -> Option<AnyView> {
    let (side, path) = path(text)?;
    let whole = side + 2 * QUIET;
    let view = view! {
        <svg
            class=class
            viewBox=format!("-{QUIET} -{QUIET} {whole} {whole}")
            shape-rendering="crispEdges"
            role="img"
        >
            <path d=path />
        </svg>
    };
    Some(view.into_any())
}

/// The dark modules of a code that holds `text`, as an SVG path in a square of
/// the side returned (in modules, quiet zone not counted). Upper-case text is
/// encoded alphanumerically, which keeps the modules large. `None` when the
/// text is too long for any code.
pub fn path(text: &str) -> Option<(usize, String)> {
    use std::fmt::Write as _;
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let side = code.width();
    let colours = code.to_colors();
    let mut path = String::new();
    for (y, row) in colours.chunks(side).enumerate() {
        let mut x = 0;
        while x < side {
            let run = row[x..].iter().take_while(|dark| **dark == qrcode::Color::Dark).count();
            if run > 0 {
                let _ = write!(path, "M{x} {y}h{run}v1h-{run}z");
            }
            x += run.max(1);
        }
    }
    Some((side, path))
}
