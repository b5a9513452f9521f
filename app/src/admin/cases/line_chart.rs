//! A chart of two lines over days, one solid and one dashed, so that they can be
//! told apart in greyscale print.

use std::fmt::Write as _;

use leptos::prelude::*;

/// In units of the drawing.
const WIDTH: f64 = 760.0;
const HEIGHT: f64 = 240.0;
const LEFT: f64 = 34.0;
const RIGHT: f64 = 24.0;
const TOP: f64 = 14.0;
const BOTTOM: f64 = 30.0;
const MAX_AXIS_LABELS: usize = 8;

/// The label below the axis, and the two values.
pub type Point = (String, u32, u32);

/// The chart. `names` are those of the solid and of the dashed line.
pub fn line_chart(points: &[Point], names: [&'static str; 2], alternative: String) -> AnyView {
    let most = points.iter().map(|(_, one, other)| *one.max(other)).max().unwrap_or_default();
    let top = round_up(most);
    let x = |at: usize| x_position(at, points.len());
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
    let grid_lines = [0, top / 2, top]
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
    let every = points.len().div_ceil(MAX_AXIS_LABELS).max(1);
    let axis_labels = points
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
    // A single point has no line, so it is drawn as a dot.
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
                {grid_lines}
                {axis_labels}
                <path class="broken" d=path(|point| point.2) />
                <path class="whole" d=path(|point| point.1) />
                {dots}
            </svg>
        </figure>
    }
    .into_any()
}

/// The horizontal position of a point.
#[allow(clippy::cast_precision_loss)]
fn x_position(at: usize, points: usize) -> f64 {
    let room = WIDTH - LEFT - RIGHT;
    if points < 2 { LEFT + room / 2.0 } else { LEFT + room * at as f64 / (points - 1) as f64 }
}

/// The next round number (2, 4, 6, 8, 10, 20, 40 and so on), always even so that
/// the scale has a whole number in its middle.
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
    fn the_scale_ends_at_an_even_round_number() {
        for (most, top) in [(0, 2), (2, 2), (3, 4), (10, 10), (11, 20), (95, 100), (101, 200)] {
            assert_eq!(round_up(most), top);
        }
    }

    #[test]
    fn points_reach_from_edge_to_edge() {
        assert!((x_position(0, 30) - LEFT).abs() < 0.01);
        assert!((x_position(29, 30) - (WIDTH - RIGHT)).abs() < 0.01);
        assert!(x_position(0, 1) > LEFT);
    }
}
