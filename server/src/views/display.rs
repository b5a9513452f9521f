//! The snapshot of a hall display.

use jiban_app::api::display::{CallShown, DisplayNow, LineWaiting};
use jiban_domain::schedule::Schedule;
use jiban_domain::setup::Line;
use jiban_domain::{CounterId, HallId, Millis, Refusal, Text};

use super::{count, hall};
use crate::live_state::LiveState;
use crate::waits::counters_open;
use crate::zone::zone;

/// Everything a display shows. `voice` is whether the server can synthesize
/// speech.
///
/// # Errors
/// [`Refusal::UnknownHall`].
pub fn display_now(
    live_state: &LiveState,
    id: &HallId,
    voice: bool,
    now: Millis,
) -> Result<DisplayNow, Refusal> {
    let hall = hall::meant(live_state, Some(id))?;
    let name_of = |id: &CounterId| {
        hall.counter(id).map_or_else(|| Text::from(id.as_str()), |counter| counter.name.clone())
    };
    // Old calls are of no use, and the day's first call must not be shown
    // beside yesterday's last.
    let since = now - 12 * 60 * 60 * 1000;
    let calls = live_state
        .calls(id)
        .filter(|called| (since..=now).contains(&called.at) || live_state.is_open(called))
        .map(|called| CallShown {
            seq: called.seq,
            number: called.number.clone(),
            counter: called.counter.clone(),
            counter_name: name_of(&called.counter),
            at: called.at,
            current: live_state.is_open(called),
        })
        .collect();
    let zone = zone(hall);
    let time = live_state.time(&zone);
    let later = |line: &Line| Schedule::of_line(hall, &line.id, time).calls_from(now, None);
    let called = |line: &Line| {
        Schedule::of_line(hall, &line.id, time).is_open(now)
            || counters_open(live_state, hall, &line.id, now) > 0
    };
    let quiet = !hall.lines.iter().any(called);
    let calls_from = hall.lines.iter().filter(|_| quiet).filter_map(later);
    Ok(DisplayNow {
        hall: hall.id.clone(),
        name: hall.name.clone(),
        time_zone: hall.time_zone.clone(),
        now: 0,
        time_unknown: false,
        calls,
        lines: hall
            .lines
            .iter()
            .map(|line| LineWaiting {
                id: line.id.clone(),
                letter: line.letter,
                name: line.name.clone(),
                waiting: count(live_state.waiting(hall, &line.id)),
                called: called(line),
            })
            .collect(),
        calls_from: calls_from.min_by_key(|from| from.at),
        voice,
    })
}
