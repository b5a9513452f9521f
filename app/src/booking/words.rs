//! The texts of the pages on which somebody books.

use jiban_domain::booking::BookingState;
use jiban_domain::{Lang, Text};

use crate::words;

words! {
    pub BookingWords {
        title: "预约办事" | "Book a visit",
        choose_matter: "请选择要办的事项" | "Choose the service",
        choose_time: "请选择日期和时间" | "Choose the day and time",
        nothing_free: "近日已经约满" | "Everything is booked for the next days",
        nothing_free_next: "请改天再看，或直接到大厅取号，不预约也能办。" |
            "Look again another day, or come and take a number: no booking is needed.",
        full: "约满" | "full",
        left_one: "余 1" | "1 left",
        left: "余 {n}" | "{n} left",
        other_matter: "选择其他事项" | "Choose another service",
        who: "请填写来办事的人" | "Who will come?",
        held: "已为您保留到 {at}" | "Held for you until {at}",
        name: "姓名" | "Name",
        number: "证件号码" | "Number of the identity document",
        number_hint: "身份证号或其他证件号码，来时请带此证件。" |
            "Of your ID card or passport. Please bring it with you.",
        telephone: "联系电话" | "Telephone",
        telephone_hint: "大厅有变动时，按此号码联系您。" | "We call this number if something changes.",
        private: "这些信息加密保存，只用于这次预约，过后删除。" |
            "These are kept encrypted, used for this booking only, and erased afterwards.",
        confirm: "确认预约" | "Book",
        give_up: "不约了" | "Do not book",
        booked: "预约成功" | "You are booked",
        code: "预约码" | "Booking code",
        when: "时间" | "Time",
        matter: "事项" | "Service",
        place: "地点" | "Place",
        check_in: "当天 {from} 起，在自助终端或咨询台扫下面的码，或报预约码、证件号码，即可报到取号。{until} 以后到的，按现场取号排队。" |
            "On the day, from {from} on, scan the code below at a kiosk or desk, or give the booking code or your document's number, to get your place in line. After {until} you wait like everyone.",
        keep: "请收藏本页或截图。凭本页可改约、取消。" | "Keep this page or take a screenshot. Here you can move or cancel the booking.",
        code_alt: "报到用的二维码" | "QR code for check-in",
        calendar: "加入手机日历" | "Add to calendar",
        move_it: "改约时间" | "Move it",
        cancel: "取消预约" | "Cancel it",
        again: "再约一次" | "Book again",
        bring: "需要带的材料" | "What to bring",
        checked_in: "已报到，请留意叫号。" | "You are checked in. Listen for your number.",
        cancelled: "预约已取消，这个时段稍后让给其他人。" | "The booking is cancelled. The time goes to others after a while.",
        expired: "没有在时限内确认，这个时段已经放出。" | "It was not confirmed in time and has been released.",
        not_come: "预约时间已过，没有报到。当天仍可报到，按现场取号排队。" |
            "The time is over and nobody checked in. On that day you can still do so, and wait like everyone.",
        not_come_often: "近期您有 {n} 次预约没有来。不能来时请提前取消，把时段让给别人。" |
            "You did not come to {n} bookings lately. Please cancel when you cannot come, so that others can have the time.",
        concern_next: "请改约其他时间，或取消预约。给您带来不便，十分抱歉。" |
            "Please move the booking to another time, or cancel it. We are sorry.",
        ask_cancel: "要取消这个预约吗？" | "Cancel this booking?",
        cancel_means: "取消后不能恢复，如仍要办理，需要重新预约或现场取号。" |
            "This cannot be undone. You would have to book again or take a number.",
        really_cancel: "确定取消" | "Cancel the booking",
        keep_it: "不取消，返回" | "Keep it",
        ask_move: "改到什么时间？" | "Move it to when?",
        now_at: "现在预约的是 {when}" | "Now it is {when}",
        slots: "时段" | "Times",
    }
}

/// What is said of a booking's state on its page, below its heading.
pub fn of_state(state: BookingState, lang: Lang) -> &'static str {
    let words = BookingWords::of(lang);
    match state {
        BookingState::Held | BookingState::Booked => "",
        BookingState::CheckedIn => words.checked_in,
        BookingState::Cancelled => words.cancelled,
        BookingState::Expired => words.expired,
        BookingState::NotCome => words.not_come,
    }
}

/// A day as a heading: `11月27日 周五`.
pub fn day(day: jiff::civil::Date, lang: Lang) -> String {
    let weekday = usize::try_from(day.weekday().to_monday_zero_offset()).unwrap_or_default();
    let zh = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"][weekday];
    let text = Text {
        zh: format!("{}月{}日 {zh}", day.month(), day.day()),
        en: day.strftime("%a %-d %b").to_string(),
    };
    text.get(lang).to_owned()
}
