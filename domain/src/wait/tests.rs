use proptest::prelude::*;

use super::*;

/// A matter whose visits all take five minutes.
fn five() -> Pace {
    Pace::known(5.0, 0.0)
}

fn waiting(people: u32) -> Waiting {
    let mut waiting = Waiting::default();
    waiting.add(&five(), people);
    waiting
}

fn counter(lines: &[usize], since: Option<f64>) -> OpenCounter<'_> {
    OpenCounter { lines, in_hand: since.map(|since| (five(), since)) }
}

fn minutes(load: &Load, ahead: u32) -> f64 {
    load.minutes(ahead).expect("a counter is open")
}

#[track_caller]
fn near(value: f64, wanted: f64) {
    assert!((value - wanted).abs() < 0.1, "{value}, wanted {wanted}");
}

#[test]
fn without_a_counter_there_is_no_wait() {
    assert_eq!(wait(&load(0, &[waiting(3)], &[]), 3), None);
    let elsewhere = counter(&[1], None);
    assert_eq!(wait(&load(0, &[waiting(3), waiting(0)], &[elsewhere]), 3), None);
}

#[test]
fn a_free_counter_takes_at_once() {
    let at_once = Some(WaitMinutes { low: 0, high: 1 });
    let busy = counter(&[0], Some(1.0));
    assert_eq!(wait(&load(0, &[waiting(0)], &[busy, counter(&[0], None)]), 0), at_once);
    // Whoever has just joined the line counts among it, and waits no longer.
    let free = [busy, counter(&[0], None)];
    assert_eq!(wait(&load(0, &[waiting(1)], &free), 0), at_once);
    assert_ne!(wait(&load(0, &[waiting(2)], &free), 1), at_once);
    // Someone of another line may take it.
    assert_ne!(wait(&load(0, &[waiting(0), waiting(1)], &[counter(&[0, 1], None)]), 0), at_once);
    // Others wait, but not for the counter that is free.
    let lines = [waiting(0), waiting(9)];
    let counters = [counter(&[0], None), counter(&[1], Some(1.0))];
    assert_eq!(wait(&load(0, &lines, &counters), 0), at_once);
}

#[test]
fn one_counter_is_waited_for_exactly() {
    let load = load(0, &[waiting(2)], &[counter(&[0], Some(2.0))]);
    near(minutes(&load, 0), 3.0);
    near(minutes(&load, 2), 13.0);
}

#[test]
fn a_shared_counter_goes_by_who_came_first() {
    // Three counters for both lines: each line waits for all the work.
    let lines = [waiting(0), waiting(12)];
    let all = [0, 1];
    let three = [counter(&all, Some(2.5)); 3];
    near(minutes(&load(0, &lines, &three), 0), minutes(&load(1, &lines, &three), 12));

    // One of them its own: then the other line's work is no concern.
    let own = [counter(&[0], Some(2.5)), counter(&[1], Some(2.5)), counter(&[1], Some(2.5))];
    near(minutes(&load(0, &lines, &own), 0), 2.5);

    // A long and a short line with a counter each and one between them: the
    // one between is all the long line's.
    let lines = [waiting(40), waiting(4)];
    let between = [counter(&[0], Some(2.5)), counter(&all, Some(2.5)), counter(&[1], Some(2.5))];
    near(load(0, &lines, &between).minutes(40).unwrap() / 100.0, 1.0);
}

#[test]
fn the_hall_file_is_outvoted_by_what_is_seen() {
    let mut pace = Pace::new(8.0);
    for _ in 0..100 {
        pace.learn(4.0);
    }
    near(pace.mean(), 4.2);
    pace.learn(f64::NAN);
    pace.learn(-3.0);
    near(pace.mean(), 4.2);
    pace.learn(10_000.0);
    assert!(pace.mean() < 4.5, "one ticket forgotten at its counter changes little");
}

#[test]
fn tickets_clicked_away_are_outvoted_again() {
    let mut pace = Pace::new(8.0);
    for _ in 0..300 {
        pace.learn(0.02);
    }
    for _ in 0..300 {
        pace.learn(8.0);
    }
    assert!(pace.mean() > 4.0, "{}", pace.mean());
}

#[test]
fn many_minutes_are_shown_in_fives() {
    assert_eq!(WaitMinutes::rounded(17.4, 43.1), WaitMinutes { low: 17, high: 45 });
    assert_eq!(WaitMinutes::rounded(-2.0, 0.2), WaitMinutes { low: 0, high: 1 });
    assert_eq!(WaitMinutes::rounded(f64::NAN, f64::INFINITY), WaitMinutes { low: 0, high: 10_000 });
}

proptest! {
    #[test]
    fn a_range_is_a_range_whatever_the_hall(
        people in prop::collection::vec(0_u32..20_000, 3),
        paces in prop::collection::vec((0.5..480.0, 0.0..500.0), 3),
        counters in prop::collection::vec(
            (prop::sample::subsequence(vec![0_usize, 1, 2], 1..=3), prop::option::of(0.0..600.0)),
            0..8,
        ),
        ahead in 0_u32..20_000,
    ) {
        let paces: Vec<Pace> = paces.iter().map(|(mean, off)| Pace::known(*mean, *off)).collect();
        let mut lines = vec![Waiting::default(); 3];
        for ((line, people), pace) in lines.iter_mut().zip(&people).zip(&paces) {
            line.add(pace, *people);
        }
        let counters: Vec<OpenCounter<'_>> = counters
            .iter()
            .map(|(serves, since)| OpenCounter {
                lines: serves,
                in_hand: since.map(|since| (paces[serves[0]], since)),
            })
            .collect();
        for line in 0..3 {
            let load = load(line, &lines, &counters);
            let served = counters.iter().any(|counter| counter.lines.contains(&line));
            let told = wait(&load, ahead);
            prop_assert_eq!(told.is_some(), served);
            let (Some(told), Some(less)) = (told, wait(&load, ahead / 2)) else { continue };
            prop_assert!(told.low <= told.high && told.high >= 1, "{:?}", told);
            prop_assert!(less.high <= told.high, "more ahead, less wait: {:?} {:?}", less, told);
            prop_assert!(minutes(&load, ahead).is_finite());
        }
    }
}
