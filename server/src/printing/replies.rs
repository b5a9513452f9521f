//! What a printer says. Its kinds of word are told apart by fixed bits;
//! whatever fits none is noise and means nothing.

use jiban_app::api::kiosk::PrinterNow;

/// A word from the printer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reply {
    /// The answer to a question of state.
    State(u8),
    /// The echo of a job's mark.
    Receipt([u8; 4]),
    /// The roll's state, given in turn with the commands.
    InTurn {
        /// The roll was out.
        paper_out: bool,
    },
}

/// Puts words together from bytes as they come.
#[derive(Debug, Default)]
pub struct Ear {
    heard: Vec<u8>,
}

const RECEIPT: [u8; 2] = [0x37, 0x22];
const RECEIPT_LENGTH: usize = 7;
/// A report a printer makes of its own accord.
const REPORT_LENGTH: usize = 4;

impl Ear {
    /// The words that are complete with these bytes.
    pub fn hear(&mut self, bytes: &[u8]) -> Vec<Reply> {
        self.heard.extend(bytes);
        let mut replies = Vec::new();
        let mut at = 0;
        while let Some(first) = self.heard.get(at).copied() {
            let rest = &self.heard[at..];
            if first == RECEIPT[0] && rest.get(1).is_none_or(|second| *second == RECEIPT[1]) {
                if rest.len() < RECEIPT_LENGTH {
                    break;
                }
                replies.push(Reply::Receipt([rest[2], rest[3], rest[4], rest[5]]));
                at += RECEIPT_LENGTH;
            } else if first & 0x93 == 0x10 {
                if rest.len() < REPORT_LENGTH {
                    break;
                }
                at += REPORT_LENGTH;
            } else {
                if first & 0x93 == 0x12 {
                    replies.push(Reply::State(first));
                } else if first & 0xf0 == 0 {
                    replies.push(Reply::InTurn { paper_out: first & 0x0c == 0x0c });
                }
                at += 1;
            }
        }
        self.heard.drain(..at);
        replies
    }
}

/// The printer's state from its answers about itself, the cause of a stop, and
/// the roll. An answer that did not come counts against nobody but the first:
/// simple printers know only some of the questions.
pub fn state(online: Option<u8>, cause: Option<u8>, roll: Option<u8>) -> PrinterNow {
    let Some(online) = online else {
        return PrinterNow::Offline;
    };
    let says = |answer: Option<u8>, bits| answer.is_some_and(|answer| answer & bits != 0);
    if says(cause, 0x04) {
        PrinterNow::CoverOpen
    } else if says(roll, 0x60) || says(cause, 0x20) {
        PrinterNow::PaperOut
    } else if online & 0x08 != 0 || says(cause, 0x40) {
        PrinterNow::Offline
    } else if says(roll, 0x0c) {
        PrinterNow::PaperLow
    } else {
        PrinterNow::Ready
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_are_told_apart_however_they_arrive() {
        let said = [
            0x12, 0x37, 0x22, 1, 2, 3, 4, 0, // state, receipt
            0x14, 0, 0, 0x0f, // a report of its own
            0x00, 0x0c, 0x11, 0x13, // two in turn, flow control
        ];
        let wanted = [
            Reply::State(0x12),
            Reply::Receipt([1, 2, 3, 4]),
            Reply::InTurn { paper_out: false },
            Reply::InTurn { paper_out: true },
        ];
        assert_eq!(Ear::default().hear(&said), wanted);
        let mut ear = Ear::default();
        let one_by_one: Vec<Reply> = said.iter().flat_map(|byte| ear.hear(&[*byte])).collect();
        assert_eq!(one_by_one, wanted);
    }

    proptest! {
        #[test]
        fn no_noise_is_a_receipt_with_our_mark(noise: Vec<u8>) {
            let mark = *b"\x4a\x69\x62\x61";
            prop_assume!(!noise.windows(4).any(|part| part == mark));
            prop_assert!(!Ear::default().hear(&noise).contains(&Reply::Receipt(mark)));
        }
    }

    #[test]
    fn the_state_is_the_worst_that_was_said() {
        let cases = [
            ((None, None, None), PrinterNow::Offline),
            ((Some(0x12), None, None), PrinterNow::Ready),
            ((Some(0x12), Some(0x12), Some(0x12)), PrinterNow::Ready),
            ((Some(0x12), Some(0x12), Some(0x1e)), PrinterNow::PaperLow),
            ((Some(0x1a), Some(0x32), Some(0x7e)), PrinterNow::PaperOut),
            ((Some(0x1a), Some(0x32), None), PrinterNow::PaperOut),
            ((Some(0x1a), Some(0x16), Some(0x7e)), PrinterNow::CoverOpen),
            ((Some(0x1a), Some(0x52), Some(0x12)), PrinterNow::Offline),
            ((Some(0x1a), None, None), PrinterNow::Offline),
        ];
        for ((online, cause, roll), wanted) in cases {
            assert_eq!(state(online, cause, roll), wanted, "{online:?} {cause:?} {roll:?}");
        }
    }
}
