//! Lends numbers to terminals. What is lent for a day belongs to one store until the day is
//! over: it is never given to another, whatever becomes of the first.

use jiban_app::api::terminal::{LentNumbers, NumbersLeft};
use jiban_domain::lent::{BLOCK, blocks_wanted};
use jiban_domain::setup::Hall;
use jiban_domain::{KioskId, Millis};
use jiff::ToSpan as _;
use jiff::civil::Date;
use uuid::Uuid;

use crate::change::terminals::LentBlock;
use crate::live_state::LiveState;

/// Who asks for numbers.
#[derive(Debug, Clone)]
pub(super) struct Borrower {
    pub kiosk: KioskId,
    pub store: Uuid,
    /// What it says that it has left.
    pub left: Vec<NumbersLeft>,
}

/// The business day, and the next: a terminal may be cut off overnight.
pub(super) fn days(live_state: &LiveState, hall: &Hall, now: Millis) -> Vec<String> {
    let today = live_state.business_day(hall, now);
    let tomorrow = beside(&today, 1);
    std::iter::once(today).chain(tomorrow).collect()
}

/// A day so many days after another.
fn beside(day: &str, days: i64) -> Option<String> {
    let day: Date = day.parse().ok()?;
    Some(day.checked_add(days.days()).ok()?.to_string())
}

/// The days on which a number may not be lent again.
pub(super) fn around(day: &str) -> Vec<String> {
    [-1, 0, 1].into_iter().filter_map(|days| beside(day, days)).collect()
}

/// The blocks that a store is to be lent more.
pub(super) fn wanted(
    live_state: &LiveState,
    hall: &Hall,
    to: &Borrower,
    now: Millis,
) -> Vec<LentBlock> {
    let lent = live_state.lent();
    let mut wanted: Vec<LentBlock> = Vec::new();
    for day in days(live_state, hall, now) {
        let around = around(&day);
        for line in &hall.lines {
            let letter = line.letter;
            let left = to.left.iter().find(|left| left.day == day && left.letter == letter);
            let blocks = || lent.on_day(&hall.id, letter, &day).map(|(_, block)| block);
            let mine = || blocks().filter(|block| block.store == to.store);
            // Of what it has not heard of yet it has everything left.
            let left =
                if mine().next().is_none() { 0 } else { left.map_or(u32::MAX, |left| left.left) };
            let unused = mine().filter(|block| block.used < BLOCK).count();
            let of_kiosk =
                blocks().filter(|block| block.kiosk == to.kiosk && block.used < BLOCK).count();
            let count = blocks_wanted(left, unused, of_kiosk);
            // Nor on the next day, of which the plan is made at the same time.
            let planned = |first: u32| {
                wanted.iter().any(|block| block.letter == letter && block.first == first)
            };
            let free = lent.free(&hall.id, letter, &around).filter(|first| !planned(*first));
            let free = free.filter(|first| {
                // In a hall that carries its lines over, a number may still be waiting.
                (*first..first + BLOCK).all(|number| !live_state.is_held(&hall.id, letter, number))
            });
            let firsts: Vec<u32> = free.take(count).collect();
            wanted.extend(firsts.into_iter().map(|first| LentBlock {
                hall: hall.id.clone(),
                day: day.clone(),
                letter,
                first,
                kiosk: to.kiosk.clone(),
                store: to.store,
                at: now,
            }));
        }
    }
    wanted
}

/// What a store was lent for the business day and the next.
pub(super) fn lent_to(
    live_state: &LiveState,
    hall: &Hall,
    store: Uuid,
    days: &[String],
) -> Vec<LentNumbers> {
    let mut lent = Vec::new();
    let mut letters: Vec<char> = hall.lines.iter().map(|line| line.letter).collect();
    letters.sort_unstable();
    letters.dedup();
    for day in days {
        for letter in &letters {
            let mine = live_state.lent().on_day(&hall.id, *letter, day);
            let mine = mine.filter(|(_, block)| block.store == store);
            lent.extend(mine.map(|(first, _)| LentNumbers {
                day: day.clone(),
                letter: *letter,
                first,
                last: first + BLOCK - 1,
            }));
        }
    }
    lent
}
