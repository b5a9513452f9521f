//! The wait shown, judged over sixty simulated days.

mod simulation;

use simulation::{Figures, Hall, run};

fn sixty_days() -> [Figures; 2] {
    [Hall::one_line(), Hall::shared_counters()].map(|hall| run(&hall, 60, 1))
}

#[test]
fn the_wait_shown_is_nearly_as_good_as_knowing_the_true_means() {
    for figures in sixty_days() {
        let best = figures.knowing.error().min(figures.plain.error());
        assert!(figures.ours.error() <= 1.2 * best, "{figures:?}");
        assert!(figures.ours.error() <= 0.5 * figures.last_20.error(), "{figures:?}");
        assert!(figures.ours.bias().abs() <= 0.1 * figures.waited(), "{figures:?}");
    }
}

#[test]
fn the_range_holds_four_of_five_waits_and_is_no_wider_than_that_needs() {
    for figures in sixty_days() {
        assert!((0.8..0.88).contains(&figures.held()), "{figures:?}");
        assert!(figures.width() <= figures.waited(), "{figures:?}");
    }
}
