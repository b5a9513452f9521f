//! The numbers that terminals may give by themselves.

use std::collections::BTreeMap;

use jiban_domain::lent::{block_of, blocks, is_lent};
use jiban_domain::ticket::Ticket;
use jiban_domain::{HallId, KioskId, Millis};
use uuid::Uuid;

use crate::change::terminals::LentBlock;

/// Blocks of lent numbers.
#[derive(Debug, Clone, Default)]
pub struct LentNumbers {
    // By hall and letter, then by day and first number.
    blocks: BTreeMap<(HallId, char), BTreeMap<(String, u32), Block>>,
}

/// Whose a block is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    pub kiosk: KioskId,
    pub store: Uuid,
    pub at: Millis,
    /// How many of it the hall knows to have been given.
    pub used: u32,
}

impl LentNumbers {
    pub(super) fn put(&mut self, block: &LentBlock) {
        let LentBlock { hall, day, letter, first, kiosk, store, at } = block;
        let of_letter = self.blocks.entry((hall.clone(), *letter)).or_default();
        of_letter.entry((day.clone(), *first)).or_insert_with(|| Block {
            kiosk: kiosk.clone(),
            store: *store,
            at: *at,
            used: 0,
        });
    }

    /// Counts a ticket that has a lent number.
    pub(super) fn count(&mut self, ticket: &Ticket) {
        if !is_lent(ticket.number) {
            return;
        }
        let of_letter = self.blocks.get_mut(&(ticket.hall.clone(), ticket.letter));
        let key = (ticket.day.clone(), block_of(ticket.number));
        if let Some(block) = of_letter.and_then(|blocks| blocks.get_mut(&key)) {
            block.used += 1;
        }
    }

    pub(super) fn forget_before(&mut self, day: &str) {
        for blocks in self.blocks.values_mut() {
            blocks.retain(|(of, _), _| of.as_str() >= day);
        }
    }

    /// The block that a number of a day is of.
    pub fn block(&self, hall: &HallId, day: &str, letter: char, number: u32) -> Option<&Block> {
        self.blocks.get(&(hall.clone(), letter))?.get(&(day.to_owned(), block_of(number)))
    }

    /// The blocks of a letter on a day, each with its first number.
    pub fn on_day<'a>(
        &'a self,
        hall: &HallId,
        letter: char,
        day: &'a str,
    ) -> impl Iterator<Item = (u32, &'a Block)> {
        let of_letter = self.blocks.get(&(hall.clone(), letter));
        let from = (day.to_owned(), 0);
        of_letter
            .into_iter()
            .flat_map(move |blocks| blocks.range(from.clone()..))
            .take_while(move |((of, _), _)| of == day)
            .map(|((_, first), block)| (*first, block))
    }

    /// The first numbers of blocks of a letter that nobody has on any of these days. A number is
    /// not lent for two days that follow each other: a terminal whose clock is a day ahead, or a
    /// hall that carries its lines over, would have two visitors hear it.
    pub fn free<'a>(
        &'a self,
        hall: &'a HallId,
        letter: char,
        days: &'a [String],
    ) -> impl Iterator<Item = u32> + 'a {
        let taken: std::collections::BTreeSet<u32> =
            days.iter().flat_map(|day| self.on_day(hall, letter, day)).map(|(at, _)| at).collect();
        blocks().filter(move |first| !taken.contains(first))
    }
}
