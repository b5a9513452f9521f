//! Violence: the server is killed, its power is cut, its files are damaged. Every change must
//! pass a few rounds of each; `cargo xtask torture` runs as many as one has patience for, and
//! prints what was tried.

mod full_disk;
mod kills;
mod power_cuts;

/// The number of rounds: `usual`, or as many times that as `JIBAN_TORTURE` says.
pub fn rounds(usual: u64) -> u64 {
    let times = std::env::var("JIBAN_TORTURE").ok();
    usual * times.map_or(1, |times| times.parse().unwrap())
}

/// A line of the table that `cargo xtask torture` prints.
pub fn report(what: &str, rounds: u64, result: &str) {
    println!("| {what} | {rounds} | {result} |");
}
