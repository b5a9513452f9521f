//! The replies of a printer. Their kinds are distinguished by fixed bits; anything else is noise
//! and is ignored.

use jiban_domain::print_job::PrinterNow;

/// A reply of the printer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reply {
    /// The answer to a status request.
    Status(u8),
    /// The echo of a job's mark.
    Receipt([u8; 4]),
    /// The status of the roll, answered in the order of the commands.
    InOrder { paper_out: bool },
}

/// Assembles replies from bytes as they arrive.
#[derive(Debug, Default)]
pub struct ReplyParser {
    pending: Vec<u8>,
}

const RECEIPT: [u8; 2] = [0x37, 0x22];
const RECEIPT_LENGTH: usize = 7;
/// The length of a report that a printer sends unsolicited.
const REPORT_LENGTH: usize = 4;

impl ReplyParser {
    /// Adds bytes and returns the replies that are now complete.
    pub fn push(&mut self, bytes: &[u8]) -> Vec<Reply> {
        self.pending.extend(bytes);
        let mut replies = Vec::new();
        let mut at = 0;
        while let Some(first) = self.pending.get(at).copied() {
            let rest = &self.pending[at..];
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
                    replies.push(Reply::Status(first));
                } else if first & 0xf0 == 0 {
                    replies.push(Reply::InOrder { paper_out: first & 0x0c == 0x0c });
                }
                at += 1;
            }
        }
        self.pending.drain(..at);
        replies
    }
}

/// The status of the printer from its three answers. Only the first answer is required: simple
/// printers do not support all requests.
pub fn status(online: u8, cause: Option<u8>, roll: Option<u8>) -> PrinterNow {
    let has = |answer: Option<u8>, bits| answer.is_some_and(|answer| answer & bits != 0);
    if has(cause, 0x04) {
        PrinterNow::CoverOpen
    } else if has(roll, 0x60) || has(cause, 0x20) {
        PrinterNow::PaperOut
    } else if online & 0x08 != 0 || has(cause, 0x40) {
        PrinterNow::Offline
    } else if has(roll, 0x0c) {
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
    fn replies_are_distinguished_however_they_arrive() {
        let sent = [
            0x12, 0x37, 0x22, 1, 2, 3, 4, 0, // state, receipt
            0x14, 0, 0, 0x0f, // a report of its own
            0x00, 0x0c, 0x11, 0x13, // two in turn, flow control
        ];
        let expected = [
            Reply::Status(0x12),
            Reply::Receipt([1, 2, 3, 4]),
            Reply::InOrder { paper_out: false },
            Reply::InOrder { paper_out: true },
        ];
        assert_eq!(ReplyParser::default().push(&sent), expected);
        let mut parser = ReplyParser::default();
        let one_by_one: Vec<Reply> = sent.iter().flat_map(|byte| parser.push(&[*byte])).collect();
        assert_eq!(one_by_one, expected);
    }

    proptest! {
        #[test]
        fn no_noise_is_a_receipt_with_our_mark(noise: Vec<u8>) {
            let mark = *b"\x4a\x69\x62\x61";
            prop_assume!(!noise.windows(4).any(|part| part == mark));
            prop_assert!(!ReplyParser::default().push(&noise).contains(&Reply::Receipt(mark)));
        }
    }

    #[test]
    fn the_status_is_the_worst_reported() {
        let cases = [
            ((0x12, None, None), PrinterNow::Ready),
            ((0x12, Some(0x12), Some(0x12)), PrinterNow::Ready),
            ((0x12, Some(0x12), Some(0x1e)), PrinterNow::PaperLow),
            ((0x1a, Some(0x32), Some(0x7e)), PrinterNow::PaperOut),
            ((0x1a, Some(0x32), None), PrinterNow::PaperOut),
            ((0x1a, Some(0x16), Some(0x7e)), PrinterNow::CoverOpen),
            ((0x1a, Some(0x52), Some(0x12)), PrinterNow::Offline),
            ((0x1a, None, None), PrinterNow::Offline),
        ];
        for ((online, cause, roll), wanted) in cases {
            assert_eq!(status(online, cause, roll), wanted, "{online:?} {cause:?} {roll:?}");
        }
    }
}
