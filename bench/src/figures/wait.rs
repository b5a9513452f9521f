//! The wait shown, over sixty simulated days, by the functions that serve it.

use simulation::score::Score;
use simulation::{Hall, run};

use crate::table::{Aim, Table};

/// Shared with the domain's test of waits.
#[path = "../../../domain/tests/simulation/mod.rs"]
mod simulation;

/// Adds its rows.
pub fn measure(table: &mut Table) {
    let halls =
        [("one line", Hall::one_line()), ("three lines sharing counters", Hall::shared_counters())];
    for (name, hall) in halls {
        let figures = run(&hall, 60, 1);
        let told = |score: &Score| format!("{:.1} min (bias {:+.1})", score.error(), score.bias());
        let best = figures.knowing.error().min(figures.plain.error());
        table.row(
            format!("the wait shown, off by (60 days, 4 counters, {name})"),
            told(&figures.ours),
            format!("true means known: {}", told(&figures.knowing)),
            [Aim::new("at most 1.2 times", figures.ours.error() <= 1.2 * best)],
        );
        table.row(
            format!("the same by plainer ways ({name})"),
            format!("last 20 waits: {}", told(&figures.last_20)),
            format!("(ahead + 1) x true mean / counters: {}", told(&figures.plain)),
            [],
        );
        table.row(
            format!("waits within the range shown ({name})"),
            format!("{:.0} %", 100.0 * figures.held()),
            format!("mean wait {:.1} min, mean width {:.1} min", figures.waited(), figures.width()),
            [Aim::new("at least 80 %", figures.held() >= 0.8)],
        );
    }
}
