use super::*;

/// 2026-11-26 10:00 in Shanghai.
const TEN: Millis = 1_795_658_400_000;
const YEAR: Millis = 365 * DAY;

/// A machine whose clock can be set.
struct Machine {
    now: Reading,
}

impl Machine {
    fn started(at: Millis) -> Self {
        Self { now: Reading { machine: at, steady: 1_000 } }
    }

    fn passes(&mut self, time: Millis) -> Reading {
        self.now.machine += time;
        self.now.steady += time;
        self.now
    }

    fn is_set(&mut self, at: Millis) -> Reading {
        self.now.machine = at;
        self.now
    }
}

fn last(at: Millis) -> Remembered {
    Remembered { last: Some(at), in_doubt_since: None }
}

fn running(at: Millis) -> (HallClock, Machine) {
    let machine = Machine::started(at);
    (HallClock::at_start(last(at), machine.now), machine)
}

#[test]
fn small_corrections_are_followed_and_never_turn_time_back() {
    let (mut clock, mut machine) = running(TEN);
    assert_eq!(clock.tell(machine.is_set(TEN - 5 * MINUTE)), TEN);
    assert_eq!(clock.tell(machine.passes(MINUTE)), TEN, "it stands until it is true again");
    assert_eq!(clock.tell(machine.passes(6 * MINUTE)), TEN + 2 * MINUTE);
    assert_eq!(clock.tell(machine.is_set(TEN + 12 * MINUTE)), TEN + 12 * MINUTE);
    assert_eq!(clock.doubt(machine.now), None);
}

#[test]
fn many_small_steps_back_are_no_small_correction() {
    let (mut clock, mut machine) = running(TEN);
    clock.tell(machine.is_set(TEN - 10 * MINUTE));
    assert!(clock.doubt(machine.now).is_none());
    clock.tell(machine.is_set(TEN - 20 * MINUTE));
    assert!(clock.doubt(machine.now).is_some_and(|doubt| doubt.known));
}

#[test]
fn a_jump_is_not_followed_and_ends_when_the_clock_is_set_right() {
    for wrong in [0, TEN - YEAR, TEN - 60 * MINUTE, TEN + 60 * MINUTE, TEN + 73 * YEAR] {
        let (mut clock, mut machine) = running(TEN);
        clock.tell(machine.passes(MINUTE));
        assert_eq!(clock.tell(machine.is_set(wrong)), TEN + MINUTE);
        assert_eq!(clock.tell(machine.passes(9 * MINUTE)), TEN + 10 * MINUTE);
        let doubt = clock.doubt(machine.now).unwrap();
        assert_eq!((doubt.since, doubt.known), (TEN + MINUTE, true));
        assert!(!clock.can_settle(machine.now));
        machine.is_set(TEN + 11 * MINUTE);
        assert!(clock.can_settle(machine.now));
        let setting = clock.settle(machine.now);
        assert_eq!((setting.from, setting.to), (TEN + 10 * MINUTE, TEN + 11 * MINUTE));
        assert_eq!(clock.doubt(machine.now), None);
    }
}

#[test]
fn hours_without_a_look_at_the_clock_are_no_jump() {
    let (mut clock, mut machine) = running(TEN);
    assert_eq!(clock.tell(machine.passes(40 * DAY)), TEN + 40 * DAY);
    assert_eq!(clock.doubt(machine.now), None);
}

#[test]
fn a_hall_that_was_closed_for_three_weeks_starts_without_a_question() {
    let machine = Machine::started(TEN + 21 * DAY);
    let mut clock = HallClock::at_start(last(TEN), machine.now);
    assert_eq!(clock.doubt(machine.now), None);
    assert_eq!(clock.tell(machine.now), TEN + 21 * DAY);
}

#[test]
fn a_start_in_a_wrong_year_goes_on_from_the_last_event() {
    for wrong in [0, TEN - YEAR, TEN - 8 * 60 * MINUTE, TEN + 30 * DAY, TEN + 73 * YEAR] {
        let mut machine = Machine::started(wrong);
        let mut clock = HallClock::at_start(last(TEN), machine.now);
        let doubt = clock.doubt(machine.passes(MINUTE)).unwrap();
        assert_eq!((doubt.hall, doubt.since, doubt.known), (TEN + MINUTE, TEN, false), "{wrong}");
        assert!(!clock.can_settle(machine.passes(DAY)), "time alone makes no clock right");
        machine.is_set(TEN + 3 * DAY);
        assert!(clock.can_settle(machine.now));
        let setting = clock.settle(machine.now);
        assert_eq!((setting.to, setting.since), (TEN + 3 * DAY, TEN));
        assert_eq!(clock.tell(machine.passes(MINUTE)), TEN + 3 * DAY + MINUTE);
    }
}

#[test]
fn a_clock_that_starts_some_minutes_behind_the_last_event_catches_up() {
    let mut machine = Machine::started(TEN - 5 * MINUTE);
    let mut clock = HallClock::at_start(last(TEN), machine.now);
    assert_eq!(clock.tell(machine.now), TEN);
    assert_eq!(clock.tell(machine.passes(7 * MINUTE)), TEN + 2 * MINUTE);
    assert_eq!(clock.doubt(machine.now), None);
}

#[test]
fn a_doubt_outlives_a_restart() {
    let remembered = Remembered { last: Some(TEN + DAY), in_doubt_since: Some(TEN) };
    let machine = Machine::started(TEN + 2 * DAY);
    let mut clock = HallClock::at_start(remembered, machine.now);
    assert_eq!(clock.doubt(machine.now).map(|doubt| doubt.since), Some(TEN));
    assert!(clock.can_settle(machine.now), "the clock was set right meanwhile");
}

#[test]
fn a_new_hall_doubts_only_what_cannot_be() {
    let mut machine = Machine::started(0);
    let mut clock = HallClock::at_start(Remembered::default(), machine.now);
    assert!(clock.doubt(machine.now).is_some());
    machine.is_set(TEN);
    assert!(clock.can_settle(machine.now));
    let machine = Machine::started(TEN);
    let mut clock = HallClock::at_start(Remembered::default(), machine.now);
    assert_eq!(clock.doubt(machine.now), None);
}

#[test]
fn an_operator_may_turn_time_back() {
    let (mut clock, mut machine) = running(TEN + 73 * YEAR);
    machine.is_set(TEN);
    assert_eq!(clock.tell(machine.now), TEN + 73 * YEAR);
    assert_eq!(clock.settle(machine.now).to, TEN);
    assert_eq!(clock.tell(machine.passes(MINUTE)), TEN + MINUTE);
}
