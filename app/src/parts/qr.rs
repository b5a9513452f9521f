//! A QR code, as SVG path data and as a drawing.

use leptos::prelude::*;
use qrcode::{EcLevel, QrCode};

/// White modules around a code; without them scanners miss its edge.
const QUIET: usize = 4;

/// An address as a code holds it: capitals, which are encoded in few modules. The scheme
/// stays in small letters: some telephones take `HTTP://` for a text and open nothing.
pub fn address(url: &str) -> String {
    match url.split_once("://") {
        Some((scheme, rest)) => {
            format!("{}://{}", scheme.to_ascii_lowercase(), rest.to_ascii_uppercase())
        }
        None => url.to_ascii_uppercase(),
    }
}

/// The code for `text` with its quiet zone, sized by `class` or by its
/// container. `name` says what it leads to, to those who do not see it. None if the text is
/// too long for a code.
pub fn drawing(
    text: &str,
    class: &'static str,
    name: impl Fn() -> &'static str + Clone + Send + Sync + 'static,
) -> Option<AnyView> {
    let (side, path) = path(text)?;
    let side_with_quiet_zone = side + 2 * QUIET;
    let view = view! {
        <svg
            class=class
            viewBox=format!("-{QUIET} -{QUIET} {side_with_quiet_zone} {side_with_quiet_zone}")
            shape-rendering="crispEdges"
            role="img"
            aria-label=name
        >
            <path d=path />
        </svg>
    };
    Some(view.into_any())
}

/// The dark modules of the code for `text` as an SVG path, and the side of the
/// code in modules without the quiet zone. Upper-case text is encoded
/// alphanumerically, which keeps the modules large. `None` if the text is too
/// long for a code.
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
