//! A bar in a table row, with a mark at the limit.

use std::fmt::Write as _;

use leptos::prelude::*;

/// In units of the drawing; the page stretches it to the column.
const LENGTH: f64 = 200.0;
const HEIGHT: f64 = 16.0;

/// A bar for `value` on a scale up to `max`, with a mark at `limit`. The part
/// beyond the limit differs in pattern as well as colour, so that it shows in
/// greyscale print.
pub fn bar(value: f64, limit: Option<f64>, max: f64, alternative: String) -> AnyView {
    let scale = if max > 0.0 { LENGTH / max } else { 0.0 };
    let (end, mark) = ((value * scale).min(LENGTH), limit.map(|limit| (limit * scale).min(LENGTH)));
    let within = mark.map_or(end, |mark| end.min(mark));
    let beyond = (end - within).max(0.0);
    let stripes = stripes(within, beyond);
    view! {
        <svg
            class="bar"
            viewBox=format!("0 0 {LENGTH} {HEIGHT}")
            preserveAspectRatio="none"
            role="img"
            aria-label=alternative
        >
            <rect class="within" x="0" y="3" width=within height="10" />
            {(beyond > 0.0)
                .then(|| {
                    view! {
                        <rect class="beyond" x=within y="3" width=beyond height="10" />
                        <path class="stripes" d=stripes />
                    }
                })}
            {mark.map(|mark| view! { <path class="limit" d=format!("M{mark:.1} 0V{HEIGHT}") /> })}
        </svg>
    }
    .into_any()
}

/// Vertical stripes over the part beyond the limit.
fn stripes(from: f64, length: f64) -> String {
    let mut path = String::new();
    let mut at = from + 4.0;
    while at < from + length {
        // Writing into a string cannot fail.
        let _ = write!(path, "M{at:.1} 3v10");
        at += 4.0;
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stripes_stay_within_their_part() {
        assert_eq!(stripes(100.0, 10.0), "M104.0 3v10M108.0 3v10");
        assert_eq!(stripes(100.0, 0.0), "");
    }
}
