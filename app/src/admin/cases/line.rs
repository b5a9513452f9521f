//! Two lines over days: one whole, one broken, so that grey print tells them
//! apart.

use std::fmt::Write as _;

use leptos::prelude::*;

/// The drawing, in its own units.
const WIDTH: f64 = 760.0;
const HEIGHT: f64 = 240.0;
const LEFT: f64 = 34.0;
const RIGHT: f64 = 24.0;
const TOP: f64 = 14.0;
const BOTTOM: f64 = 30.0;
/// Names below the axis, at most.
const NAMES: usize = 8;

/// A point: its name below the axis, and the two values.
pub type Point = (String, u32, u32);

/// The chart; `names` are the two lines', the whole one's first.
pub fn line(points: &[Point], names: [&'static str; 2], alternative: String) -> AnyView {
    let most = points.iter().map(|(_, one, other)| *one.max(other)).max().unwrap_or_default();
    let top = round_up(most);
    let x = |at: usize| across(at, points.len());
    let y = |value: u32| TOP + (HEIGHT - TOP - BOTTOM) * (1.0 - f64::from(value) / f64::from(top));
    let path = |of: fn(&Point) -> u32| {
        let mut path = String::new();
        for (at, point) in points.iter().enumerate() {
            let pen = if at == 0 { 'M' } else { 'L' };
            // Writing into a string cannot fail.
            let _ = write!(path, "{pen}{:.1} {:.1}", x(at), y(of(point)));
        }
        path
    };
    let rules = [0, top / 2, top]
        .into_iter()
        .filter(|value| *value * 2 == top || *value != top / 2)
        .map(|value| {
            let at = y(value);
            view! {
                <path class="rule" d=format!("M{LEFT} {at:.1}H{}", WIDTH - RIGHT) />
                <text class="scale" x=LEFT - 6.0 y=at + 4.0>
                    {value}
                </text>
            }
        })
        .collect_view();
    let every = points.len().div_ceil(NAMES).max(1);
    let below = points
        .iter()
        .enumerate()
        .step_by(every)
        .map(|(at, (name, ..))| {
            view! {
                <text class="name" x=x(at) y=HEIGHT - 10.0>
                    {name.clone()}
                </text>
            }
        })
        .collect_view();
    // A single point makes no line.
    let dots = (points.len() == 1).then(|| {
        let (_, one, other) = &points[0];
        view! {
            <circle class="whole-dot" cx=x(0) cy=y(*one) r="4" />
            <circle class="broken-dot" cx=x(0) cy=y(*other) r="4" />
        }
    });
    view! {
        <figure class="line-chart">
            <figcaption>
                <span class="whole">{names[0]}</span>
                <span class="broken">{names[1]}</span>
            </figcaption>
            <svg viewBox=format!("0 0 {WIDTH} {HEIGHT}") role="img" aria-label=alternative>
                {rules}
                {below}
                <path class="broken" d=path(|point| point.2) />
                <path class="whole" d=path(|point| point.1) />
                {dots}
            </svg>
        </figure>
    }
    .into_any()
}

/// Where a point stands from left to right.
#[allow(clippy::cast_precision_loss)]
fn across(at: usize, points: usize) -> f64 {
    let room = WIDTH - LEFT - RIGHT;
    if points < 2 { LEFT + room / 2.0 } else { LEFT + room * at as f64 / (points - 1) as f64 }
}

/// The next round number: 2, 4, 10, 20, 40, 100 and so on, so that half of it is
/// whole.
fn round_up(most: u32) -> u32 {
    let mut unit: u32 = 1;
    loop {
        for step in [2, 4, 6, 8, 10] {
            let top = unit.saturating_mul(step);
            if top >= most {
                return top;
            }
        }
        unit = unit.saturating_mul(10);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scale_ends_at_a_round_number_that_has_a_half() {
        for (most, top) in [(0, 2), (2, 2), (3, 4), (10, 10), (11, 20), (95, 100), (101, 200)] {
            assert_eq!(round_up(most), top);
        }
    }

    #[test]
    fn points_stand_from_edge_to_edge() {
        assert!((across(0, 30) - LEFT).abs() < 0.01);
        assert!((across(29, 30) - (WIDTH - RIGHT)).abs() < 0.01);
        assert!(across(0, 1) > LEFT);
    }
}
