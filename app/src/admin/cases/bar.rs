//! A bar in a row of a table, with a mark where the limit is.

use std::fmt::Write as _;

use leptos::prelude::*;

/// The bar's drawing, in its own units; the page stretches it to its column.
const LENGTH: f64 = 200.0;
const HEIGHT: f64 = 16.0;

/// A bar as long as `value` of `most`, and a mark at `limit`. What is beyond the
/// limit has another pattern as well as another colour: it shows in grey print.
pub fn bar(value: f64, limit: Option<f64>, most: f64, alternative: String) -> AnyView {
    let scale = if most > 0.0 { LENGTH / most } else { 0.0 };
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

/// Upright stripes over what is beyond.
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
    fn stripes_stay_within_what_is_beyond() {
        assert_eq!(stripes(100.0, 10.0), "M104.0 3v10M108.0 3v10");
        assert_eq!(stripes(100.0, 0.0), "");
    }
}
