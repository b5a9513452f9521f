//! Numbers that terminals may give by themselves while the hall's server is away.
//!
//! Each letter has two series. Ordinary numbers are counted one by one and never enter the
//! other series, so they never jump. Lent numbers begin at [`FIRST`], and are lent in blocks:
//! a block belongs to one terminal's store for one day, and nobody else gives numbers of it.

/// The first number that is lent.
pub const FIRST: u32 = 9_001;
/// The last one. Ordinary numbers that come so far go on behind it.
pub const LAST: u32 = 99_000;
/// Numbers in a block.
pub const BLOCK: u32 = 20;
/// A terminal with fewer unused numbers of a letter is lent another block: what a busy
/// terminal gives in an hour.
pub const ENOUGH: u32 = 80;
/// Blocks of a letter on one day that a store may have unused, as far as the hall knows. A
/// terminal that says it has none left gets no more than these.
pub const UNUSED_BLOCKS: usize = 6;
/// The same of all stores of one kiosk together: files are lost now and then.
pub const UNUSED_BLOCKS_OF_KIOSK: usize = 40;

/// Whether a number is one of those that are lent.
pub const fn is_lent(number: u32) -> bool {
    number >= FIRST && number <= LAST
}

/// The ordinary number after this one.
pub const fn next_ordinary(number: u32) -> u32 {
    let next = number.saturating_add(1);
    if is_lent(next) { LAST + 1 } else { next }
}

/// The first number of the block that a lent number is of.
pub const fn block_of(number: u32) -> u32 {
    number - (number - 1) % BLOCK
}

/// The first numbers of all blocks.
pub fn blocks() -> impl Iterator<Item = u32> {
    (FIRST..=LAST).step_by(BLOCK as usize)
}

/// How many blocks more a store is lent of a letter: until it has enough, and not more than it
/// may have unused.
pub const fn blocks_wanted(left: u32, unused_blocks: usize, of_kiosk: usize) -> usize {
    if left >= ENOUGH {
        return 0;
    }
    let wanted = (ENOUGH - left).div_ceil(BLOCK) as usize;
    let room = UNUSED_BLOCKS.saturating_sub(unused_blocks);
    let room_of_kiosk = UNUSED_BLOCKS_OF_KIOSK.saturating_sub(of_kiosk);
    let room = if room < room_of_kiosk { room } else { room_of_kiosk };
    if wanted < room { wanted } else { room }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_numbers_never_enter_the_lent_series() {
        let mut number = 8_990;
        for _ in 0..40 {
            number = next_ordinary(number);
            assert!(!is_lent(number), "{number}");
        }
        assert_eq!(next_ordinary(9_000), 99_001);
        assert_eq!(next_ordinary(0), 1);
    }

    #[test]
    fn blocks_do_not_overlap_and_each_number_is_of_one() {
        let firsts: Vec<u32> = blocks().collect();
        assert!(firsts.iter().all(|first| first % BLOCK == 1 && *first >= FIRST));
        assert_eq!(firsts.last().map(|first| first + BLOCK - 1), Some(LAST));
        for number in FIRST..=LAST {
            let first = block_of(number);
            assert!((first..first + BLOCK).contains(&number), "{number} of {first}");
            assert_eq!(first % BLOCK, 1, "{number}");
        }
    }

    #[test]
    fn a_store_gets_enough_and_never_without_end() {
        assert_eq!(blocks_wanted(0, 0, 0), 4);
        assert_eq!(blocks_wanted(79, 4, 4), 1);
        assert_eq!(blocks_wanted(80, 4, 4), 0);
        assert_eq!(blocks_wanted(0, 4, 4), 2, "it says it has none; it may have that many");
        assert_eq!(blocks_wanted(0, 6, 6), 0);
        assert_eq!(blocks_wanted(0, 0, 38), 2, "the kiosk's files were lost again and again");
        assert_eq!(blocks_wanted(0, 0, 40), 0);
    }
}
