//! What a change of the hall does to bookings that were made before it: they stand as they are,
//! except where nobody would be there. Smaller slots or fewer places concern new bookings only.

use serde::{Deserialize, Serialize};

use super::Booking;
use super::offer::open_periods;
use crate::schedule::HallTime;
use crate::setup::Setup;
use crate::text::Text;

/// Why a booking cannot be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Concern {
    /// The hall does not do this any more.
    NotOffered,
    /// Nobody is there at that time: a holiday, other hours.
    Closed,
}

impl Concern {
    /// Why, for the person.
    pub fn name(self) -> Text {
        match self {
            Self::NotOffered => {
                Text::new("大厅不再办理这个事项", "The hall no longer offers this service")
            }
            Self::Closed => Text::new(
                "大厅的开放时间改变了，这个时段不办公",
                "The hall's hours have changed: it is closed at this time",
            ),
        }
    }

    /// What is wrong with a booking by the halls as they are now, if anything is.
    pub fn of(booking: &Booking, setup: &Setup, time: HallTime<'_>) -> Option<Self> {
        let Some(hall) = setup.hall(&booking.hall) else { return Some(Self::NotOffered) };
        let Some(matter) = hall.matter(&booking.matter) else { return Some(Self::NotOffered) };
        let Some(line) = hall.line(&matter.line).filter(|line| !line.closed) else {
            return Some(Self::NotOffered);
        };
        // Of its slots only the beginning of each is known, whatever length they have now.
        let open = |place: &super::SlotPlace| {
            let periods = open_periods(hall, &line.id, None, place.day, time);
            periods.iter().any(|(from, to)| *from <= place.slot && place.slot < *to)
        };
        (!booking.places.iter().all(open)).then_some(Self::Closed)
    }
}
