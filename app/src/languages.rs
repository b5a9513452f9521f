//! Which tables a further language has: those that visitors read, at kiosks and on phones. Its
//! file (`app/languages/TAG.toml`) has a section for each, with a line for each text.

use crate::api::NoAnswerWords;
use crate::apply::words::ApplyWords;
use crate::booking::words::BookingWords;
use crate::guides::words::GuideWords;
use crate::kiosk::accessibility_words::AccessibilityWords;
use crate::kiosk::booking::words::KioskBookingWords;
use crate::kiosk::self_print::words::SelfPrintWords;
use crate::kiosk::words::KioskWords;
use crate::parts::priority::PriorityWords;
use crate::parts::ticket_state::TicketStateWords;
use crate::parts::wait::WaitWords;
use crate::progress::case_words::CaseWords;
use crate::progress::give_back_page::GiveBackWords;
use crate::progress::verify_words::VerifyWords;
use crate::progress::words::ProgressWords;
use crate::slip::words::SlipWords;
use crate::words::Table;

pub const TABLES: &[Table] = &[
    KioskWords::TABLE,
    SelfPrintWords::TABLE,
    AccessibilityWords::TABLE,
    NoAnswerWords::TABLE,
    WaitWords::TABLE,
    PriorityWords::TABLE,
    TicketStateWords::TABLE,
    GuideWords::TABLE,
    ProgressWords::TABLE,
    GiveBackWords::TABLE,
    CaseWords::TABLE,
    VerifyWords::TABLE,
    ApplyWords::TABLE,
    BookingWords::TABLE,
    KioskBookingWords::TABLE,
    SlipWords::TABLE,
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn tables_are_found_by_their_names() {
        let names: BTreeSet<_> = TABLES.iter().map(|table| table.name).collect();
        assert_eq!(names.len(), TABLES.len(), "two tables have one name");
    }
}
