//! The API of bookings: what can be booked, a slot held and confirmed, moved, cancelled, and
//! checked in with.
//!
//! - `GET /api/booking/offers?hall=ID&matter=ID`: an [`Offered`]
//! - `GET /api/booking/booking?token=TOKEN`: a [`BookingNow`]

use jiban_domain::booking::{BookingId, BookingState, Concern, DayOffer};
use jiban_domain::day::Clock24;
use jiban_domain::identity::IdentityPaper;
use jiban_domain::slip::Slip;
use jiban_domain::{HallId, KioskId, Lang, MatterId, Millis, Text, Token};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::calls;
use super::kiosk::Issued;

calls! {
    HoldSlot => "/api/booking/hold" -> BookingNow,
    ConfirmBooking => "/api/booking/confirm" -> BookingNow,
    MoveBooking => "/api/booking/move" -> BookingNow,
    CancelBooking => "/api/booking/cancel" -> BookingNow,
    CheckIn => "/api/booking/check_in" -> CheckedIn,
    BookAtCounter => "/api/counter/book" -> BookingNow,
    CheckInAtCounter => "/api/counter/check_in" -> CheckedIn,
    CancelAtCounter => "/api/counter/cancel_booking" -> BookingNow,
    RevealBooking => "/api/counter/reveal_booking" -> BookedBy,
}

/// What can be booked of a matter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offered {
    pub hall: HallId,
    pub hall_name: Text,
    pub matter: MatterId,
    pub matter_name: Text,
    /// IANA name of the hall's time zone.
    pub time_zone: String,
    /// Those on which nothing is free too.
    pub days: Vec<DayOffer>,
}

/// Hold a slot while its visitor types. It is free again by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoldSlot {
    /// A repeat gets the first answer.
    pub request_id: Uuid,
    pub hall: HallId,
    pub matter: MatterId,
    /// `2026-11-27`.
    pub day: String,
    /// `09:30`.
    pub slot: Clock24,
    #[serde(default)]
    pub lang: Lang,
    /// Where it is asked for at a kiosk.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kiosk: Option<KioskId>,
}

/// Who books.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct BookedBy {
    pub name: String,
    /// Of the identity paper.
    pub number: String,
    pub telephone: String,
    /// Which paper; recognised by the number where it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paper: Option<IdentityPaper>,
}

/// Make a held slot a booking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConfirmBooking {
    pub request_id: Uuid,
    pub token: Token,
    #[serde(flatten)]
    pub by: BookedBy,
}

/// Move a booking to another slot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MoveBooking {
    pub request_id: Uuid,
    pub token: Token,
    pub day: String,
    pub slot: Clock24,
}

/// Give a booking up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CancelBooking {
    pub request_id: Uuid,
    pub token: Token,
}

/// Check in on the day, at a kiosk: by one of token, code, number and telephone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckIn {
    pub request_id: Uuid,
    pub kiosk: KioskId,
    /// From the QR code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<Token>,
    /// The booking code, the number of the paper, or the telephone number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub typed: Option<String>,
    /// The slip's language.
    #[serde(default)]
    pub lang: Lang,
    /// The visitor continues without a slip.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub screen_only: bool,
}

/// A booking that became a ticket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckedIn {
    #[serde(flatten)]
    pub issued: Issued,
    /// It came too late for its place, and waits like everyone.
    pub late: bool,
    /// When the booking was for: `今天 09:30`.
    pub when: Text,
    pub matter: MatterId,
    pub matter_name: Text,
    /// What the slip says, for the kiosk's own terminal, which prints it and keeps it from the
    /// page; null where the server prints or nobody does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slip: Option<Slip>,
}

/// Book for a visitor at a counter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookAtCounter {
    pub request_id: Uuid,
    pub matter: MatterId,
    pub day: String,
    pub slot: Clock24,
    #[serde(flatten)]
    pub by: BookedBy,
}

/// Check in at a counter: by one of a row of its list, token, code, number and telephone.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct CheckInAtCounter {
    pub request_id: Uuid,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub booking: Option<BookingId>,
    /// From the QR code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<Token>,
    /// The booking code, the number of the paper, or the telephone number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub typed: Option<String>,
}

impl CheckInAtCounter {
    /// A row of the list.
    pub fn of_row(request_id: Uuid, booking: BookingId) -> Self {
        Self { request_id, booking: Some(booking), ..Self::default() }
    }

    /// What a scanner typed, or a clerk.
    pub fn of_typed(request_id: Uuid, typed: &str) -> Self {
        let token = token_in(typed);
        let typed = token.is_none().then(|| typed.trim().to_owned());
        Self { request_id, booking: None, token, typed }
    }
}

/// What a QR code of the hall leads to: the token at the end of its address, or a token alone.
pub fn token_in(scanned: &str) -> Option<Token> {
    let last = scanned.trim().rsplit(|sign: char| !sign.is_ascii_alphanumeric()).next()?;
    last.parse().ok()
}

/// Cancel a booking of the counter's hall, as its holder asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CancelAtCounter {
    pub request_id: Uuid,
    pub booking: BookingId,
}

/// Name and telephone of a booking, to call about it; the trail records it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevealBooking {
    pub booking: BookingId,
}

/// A booking as its holder sees it: nothing of who booked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookingNow {
    pub token: Token,
    pub state: BookingState,
    /// Eight figures; empty until it is confirmed.
    pub code: String,
    /// The address of its page; the QR code holds it in capitals after its scheme.
    pub url: String,
    pub hall: HallId,
    pub hall_name: Text,
    pub matter: MatterId,
    pub matter_name: Text,
    pub day: String,
    pub slot: Clock24,
    /// `明天（11月27日 周五） 09:30`.
    pub when: Text,
    /// UTC milliseconds.
    pub begins_at: Millis,
    pub ends_at: Millis,
    /// While it is held: when that ends.
    pub held_until: Option<Millis>,
    /// Check-in is possible from here on.
    pub check_in_from: Millis,
    /// Who comes later than this waits like everyone.
    pub on_time_until: Millis,
    /// Why it cannot be kept, if it cannot.
    pub concern: Option<Concern>,
    /// How often this person did not come lately, where that is to be told; else 0.
    pub not_come: u32,
    pub telephone: String,
}

/// The bookings of today for a counter's lines, and those that somebody has to call about.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct BookingsToday {
    pub today: Vec<BookingListed>,
    /// Of coming days, that cannot be kept.
    pub concerned: Vec<BookingListed>,
}

/// A booking in a list of the staff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookingListed {
    pub id: BookingId,
    pub state: BookingState,
    pub day: String,
    pub slot: Clock24,
    pub matter_name: Text,
    /// `张*`.
    pub name: String,
    /// `138****5678`.
    pub telephone: String,
    /// The number of the ticket that it became, while that can still move.
    pub ticket: Option<String>,
    pub late: bool,
    pub concern: Option<Concern>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_scanned_is_a_token_and_what_is_said_is_typed() {
        let id = Uuid::new_v4();
        let token = Token([7; 16]);
        for scanned in [
            format!("HTTP://192.168.1.20:3000/B/{token}"),
            format!(" http://hall.example/b/{}\t", token.to_string().to_lowercase()),
            token.to_string(),
        ] {
            let asked = CheckInAtCounter::of_typed(id, &scanned);
            assert_eq!((asked.token, asked.typed), (Some(token), None), "{scanned}");
        }
        let said = CheckInAtCounter::of_typed(id, " 138 1234 5678 ");
        assert_eq!((said.token, said.typed.as_deref()), (None, Some("138 1234 5678")));
    }
}
