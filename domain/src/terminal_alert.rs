//! What is wrong with a terminal, and when it is over: each has a bound at which it begins and
//! a milder one at which it ends, so that nothing comes and goes.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::ids::Millis;
use crate::print_job::PrinterNow;
use crate::text::Text;

/// A printer is away when it has not answered for so long: switching it on takes a while.
const PRINTER_AWAY: Millis = 30_000;
/// The browser is started too often from so many starts on.
const RESTARTS: u32 = 3;
/// Two programs with one key are over when neither was refused for so long.
const KEY_QUIET: Millis = 10 * 60_000;

/// What is wrong. Its name in snake case is on the wire and in the database.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum AlertKind {
    /// It has not reported.
    Silent,
    PaperOut,
    /// Its printer does not answer.
    PrinterAway,
    /// Its disk is nearly full.
    DiskFull,
    /// It has little memory left.
    Memory,
    Hot,
    /// Its browser was started again and again.
    Restarting,
    /// Two programs use its key.
    KeyInUse,
    /// Its clock is wrong.
    ClockOff,
}

/// From when something is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Thresholds {
    /// Without a report.
    pub silent_seconds: u32,
    /// Of the disk that is still free.
    pub disk_percent: u32,
    /// Of the memory that is still free.
    pub memory_percent: u32,
    /// Degrees Celsius.
    pub temperature: u32,
    /// Between the terminal's clock and the hall's.
    pub clock_seconds: u32,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self {
            silent_seconds: 60,
            disk_percent: 10,
            memory_percent: 5,
            temperature: 80,
            clock_seconds: 60,
        }
    }
}

/// What is known of a terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TerminalFacts {
    /// Since its last report, or the server's start.
    pub silent_for: Millis,
    pub printer: PrinterNow,
    /// For how long the printer has been so.
    pub printer_for: Millis,
    /// Free, and of how many.
    pub disk: (u64, u64),
    pub memory: (u64, u64),
    /// Tenths of a degree.
    pub temperature: Option<i32>,
    /// The browser's starts within ten minutes, without the first of a program.
    pub restarts: u32,
    /// Since two programs last used its key.
    pub key_doubled: Option<Millis>,
    /// How far its clock is off; none while the hall's own is in doubt.
    pub clock_off: Option<Millis>,
}

/// What the facts say of one kind of alert.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Wrong,
    Well,
    /// Neither: it stays as it is.
    Between,
}

impl AlertKind {
    /// What the facts say.
    pub fn judge(self, facts: &TerminalFacts, bounds: &Thresholds) -> Verdict {
        let silent = facts.silent_for >= Millis::from(bounds.silent_seconds) * 1000;
        match self {
            Self::Silent => verdict(silent, !silent),
            Self::KeyInUse => {
                let quiet = facts.key_doubled.is_none_or(|ago| ago >= KEY_QUIET);
                verdict(!quiet, quiet)
            }
            // Nobody knows how it is now.
            _ if silent => Verdict::Between,
            Self::PaperOut => {
                verdict(facts.printer == PrinterNow::PaperOut, facts.printer.prints())
            }
            Self::PrinterAway => {
                let away = facts.printer == PrinterNow::Offline;
                verdict(away && facts.printer_for >= PRINTER_AWAY, !away)
            }
            Self::DiskFull => scarce(facts.disk, bounds.disk_percent),
            Self::Memory => scarce(facts.memory, bounds.memory_percent),
            Self::Hot => {
                let bound = i64::from(bounds.temperature) * 10;
                let now = facts.temperature.map(i64::from);
                verdict(now.is_some_and(|now| now >= bound), now.is_none_or(|now| now < bound - 50))
            }
            Self::Restarting => verdict(facts.restarts >= RESTARTS, facts.restarts == 0),
            Self::ClockOff => {
                let bound = Millis::from(bounds.clock_seconds) * 1000;
                let off = facts.clock_off;
                verdict(off.is_some_and(|off| off >= bound), off.is_some_and(|off| off < bound / 2))
            }
        }
    }

    /// What is wrong, in the words of the screens.
    pub fn name(self) -> Text {
        let (zh, en) = match self {
            Self::Silent => ("没有消息", "does not report"),
            Self::PaperOut => ("打印机缺纸", "is out of paper"),
            Self::PrinterAway => ("打印机没有应答", "has a printer that does not answer"),
            Self::DiskFull => ("磁盘将满", "has a disk that is nearly full"),
            Self::Memory => ("内存将尽", "is short of memory"),
            Self::Hot => ("温度过高", "is too hot"),
            Self::Restarting => ("浏览器反复重启", "starts its browser again and again"),
            Self::KeyInUse => ("密钥被两个程序使用", "has a key that two programs use"),
            Self::ClockOff => ("时钟不准", "has a wrong clock"),
        };
        Text::new(zh, en)
    }
}

const fn verdict(wrong: bool, well: bool) -> Verdict {
    match (wrong, well) {
        (true, _) => Verdict::Wrong,
        (false, true) => Verdict::Well,
        (false, false) => Verdict::Between,
    }
}

/// Of what is free, less than so many percent; a quarter more than that is enough again.
fn scarce((free, of): (u64, u64), percent: u32) -> Verdict {
    if of == 0 {
        return Verdict::Between;
    }
    let (free, of, percent) = (u128::from(free), u128::from(of), u128::from(percent));
    verdict(free * 100 < of * percent, free * 400 >= of * percent * 5)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn well() -> TerminalFacts {
        TerminalFacts {
            silent_for: 3_000,
            printer: PrinterNow::Ready,
            printer_for: 3_000,
            disk: (50, 100),
            memory: (50, 100),
            temperature: Some(450),
            restarts: 0,
            key_doubled: None,
            clock_off: Some(20),
        }
    }

    #[test]
    fn a_terminal_that_is_well_has_no_alert() {
        for kind in AlertKind::VARIANTS {
            let verdict = kind.judge(&well(), &Thresholds::default());
            assert_eq!(verdict, Verdict::Well, "{kind:?}");
        }
    }

    #[test]
    fn each_begins_at_its_bound_and_ends_at_a_milder_one() {
        use PrinterNow::{CoverOpen, Offline, PaperOut};
        use Verdict::{Between, Well, Wrong};
        let with = |change: &dyn Fn(&mut TerminalFacts)| {
            let mut facts = well();
            change(&mut facts);
            facts
        };
        for (kind, facts, expected) in [
            (AlertKind::Silent, with(&|it| it.silent_for = 59_999), Well),
            (AlertKind::Silent, with(&|it| it.silent_for = 60_000), Wrong),
            (AlertKind::PaperOut, with(&|it| it.printer = PaperOut), Wrong),
            (AlertKind::PaperOut, with(&|it| it.printer = CoverOpen), Between),
            (AlertKind::PrinterAway, with(&|it| it.printer = Offline), Between),
            (
                AlertKind::PrinterAway,
                with(&|it| (it.printer, it.printer_for) = (Offline, 30_000)),
                Wrong,
            ),
            (AlertKind::DiskFull, with(&|it| it.disk = (9, 100)), Wrong),
            (AlertKind::DiskFull, with(&|it| it.disk = (12, 100)), Between),
            (AlertKind::DiskFull, with(&|it| it.disk = (13, 100)), Well),
            (AlertKind::Memory, with(&|it| it.memory = (4, 100)), Wrong),
            (AlertKind::Hot, with(&|it| it.temperature = Some(800)), Wrong),
            (AlertKind::Hot, with(&|it| it.temperature = Some(760)), Between),
            (AlertKind::Hot, with(&|it| it.temperature = Some(740)), Well),
            (AlertKind::Restarting, with(&|it| it.restarts = 3), Wrong),
            (AlertKind::Restarting, with(&|it| it.restarts = 1), Between),
            (AlertKind::KeyInUse, with(&|it| it.key_doubled = Some(1)), Wrong),
            (AlertKind::KeyInUse, with(&|it| it.key_doubled = Some(600_000)), Well),
            (AlertKind::ClockOff, with(&|it| it.clock_off = Some(60_000)), Wrong),
            (AlertKind::ClockOff, with(&|it| it.clock_off = Some(31_000)), Between),
            (AlertKind::ClockOff, with(&|it| it.clock_off = None), Between),
        ] {
            assert_eq!(kind.judge(&facts, &Thresholds::default()), expected, "{kind:?} {facts:?}");
        }
    }

    #[test]
    fn of_a_silent_terminal_nothing_else_is_known() {
        let silent = TerminalFacts { silent_for: 70_000, disk: (0, 100), ..well() };
        let verdict = AlertKind::DiskFull.judge(&silent, &Thresholds::default());
        assert_eq!(verdict, Verdict::Between);
    }
}
