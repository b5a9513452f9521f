//! Every expected "no" about a booking.

use super::BookingState;
use crate::refusal_table::{Shown, refusals};
use crate::text::{Lang, Text};

refusals! {
    /// An expected "no" about a booking. Nothing was changed.
    #[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
    #[error("{}", self.code())]
    pub enum BookingRefusal {
        /// The hall takes no bookings.
        NoBookings = 409 "no_bookings",
            "本大厅不接受预约。" | "This hall takes no bookings.",
            next "请直接到大厅取号办理。" | "Please come to the hall and take a number.";
        /// The matter, or its line, is not booked.
        NotBookable = 409 "not_bookable",
            "该事项不需预约，或暂不接受预约。" | "This service cannot be booked.",
            next "请选择其他事项，或直接到大厅取号。" | "Choose another service, or take a number at the hall.";
        /// No such booking, or a code or token nobody has.
        UnknownBooking = 404 "unknown_booking",
            "没有找到这个预约。" | "This booking was not found.",
            next "请核对预约码，或到咨询台询问。" | "Check the booking code, or ask at the information desk.";
        /// The slot is over, or not one of those that can be booked.
        SlotNotOffered = 409 "slot_not_offered",
            "这个时段不能预约。" | "This time cannot be booked.",
            next "请重新选择日期和时段。" | "Choose another day or time.";
        SlotFull = 409 "slot_full",
            "这个时段已经约满。" | "This time is fully booked.",
            next "请选择其他时段。" | "Choose another time.";
        /// The person has a booking for this matter on that day.
        AlreadyBooked = 409 "already_booked",
            "此证件当天已预约过该事项，同一事项一天只能预约一次。" | "This document already has a booking for the service on that day. One a day is possible.",
            next "请使用已有的预约，或先取消它；也可选择其他日期。" | "Use that booking, cancel it first, or choose another day.";
        /// The slot was held too long without being confirmed.
        HoldOver = 409 "hold_over",
            "保留时间已过，这个时段已经放出。" | "The time was held for a while and has been released.",
            next "请重新选择时段。" | "Choose a time again.";
        /// The move does not apply to the booking's state.
        WrongBookingState(state: BookingState) = 409 "wrong_booking_state",
            "该预约现为“{state}”，不能这样操作。" | "The booking's state is \"{state}\", so this cannot be done.",
            next "请查看预约的当前状态，或重新预约。" | "Look at the booking's page, or book again.";
        /// Check-in begins later on that day; the time.
        TooEarly(at: Text) = 409 "too_early",
            "还没到报到时间，{at} 起可以报到。" | "It is too early to check in. Check-in begins at {at}.",
            next "请到时再来报到；急需办理的，可现场取号。" | "Come back then, or take an ordinary number now.";
        /// The booking is for a later day.
        OtherDay(at: Text) = 409 "other_day",
            "您预约的是 {at}。" | "Your booking is for {at}.",
            next "请届时再来；急需办理的，可现场取号。" | "Come back then, or take an ordinary number now.";
        /// The booking was for a day that is over.
        DayOver(day: Text) = 409 "day_over",
            "您预约的日期（{day}）已过。" | "The day of your booking ({day}) is over.",
            next "请现场取号，或重新预约。" | "Take a number, or book again.";
        /// The booking is for another hall; its name.
        OtherHall(hall: Text) = 409 "other_hall",
            "您预约的是“{hall}”。" | "Your booking is for another hall: {hall}.",
            next "请到所预约的大厅报到；也可在这里现场取号。" | "Go to that hall to check in, or take a number here.";
        /// The hall cannot keep the booking; why.
        CannotBeKept(why: Text) = 409 "booking_cannot_be_kept",
            "该预约不能履行：{why}。" | "This booking cannot be kept: {why}.",
            next "请改约其他时间，或取消；抱歉给您带来不便。" | "Please move it to another time or cancel it. We are sorry.";
        /// Name, number or telephone is not right; the reason.
        PersonNotValid(why: Text) = 422 "person_not_valid",
            "请核对填写的内容：{why}" | "Check what you entered: {why}",
            next "更正后再提交。" | "Correct it and send it again.";
        /// Too many slots are held from here and not confirmed.
        TooManyHolds { seconds: u32 } = 429 "too_many_holds",
            "这里保留了太多时段没有确认，请等待 {seconds} 秒。" | "Too many times are held from here without being confirmed. Wait {seconds} seconds.",
            next "请先确认或取消已选的时段。" | "First confirm or cancel those already chosen.";
        /// The person did not come too often; the last day without bookings.
        Barred(until: Text) = 409 "barred",
            "您多次预约未到，{until} 前不能预约。" | "You did not come to several bookings and cannot book until {until}.",
            next "请直接到大厅取号办理，不受影响。" | "You can still come to the hall and take a number.";
    }
}

impl BookingRefusal {
    /// The seconds after which the same request may succeed, if they are known.
    pub const fn retry_after(&self) -> Option<u32> {
        match self {
            Self::TooManyHolds { seconds } => Some(*seconds),
            _ => None,
        }
    }
}

impl Shown for BookingState {
    fn shown(&self, lang: Lang) -> String {
        self.name().get(lang).to_owned()
    }
}
